/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-term.h"

#include "juggler-fold-layout.h"

struct _JugglerTerm
{
  GtkWidget parent_instance;

  char     *caption;
  char     *number;
  char     *widest;
  gboolean  pending;
  gboolean  checked;

  /* Template widgets */
  GtkWidget *number_label;
};

enum
{
  PROP_0,
  PROP_CAPTION,
  PROP_NUMBER,
  PROP_WIDEST,
  PROP_PENDING,
  PROP_CHECKED,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (JugglerTerm, juggler_term, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

static void
set_text (JugglerTerm  *self,
          char        **field,
          const char   *text,
          int           property)
{
  if (g_strcmp0 (*field, text) == 0)
    return;
  g_free (*field);
  *field = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_pending (JugglerTerm *self,
             gboolean     pending)
{
  if (self->pending == pending)
    return;
  self->pending = pending;
  if (pending)
    gtk_widget_add_css_class (self->number_label, "pending");
  else
    gtk_widget_remove_css_class (self->number_label, "pending");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PENDING]);
}

static void
juggler_term_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  JugglerTerm *self = JUGGLER_TERM (object);

  switch (prop_id)
    {
    case PROP_CAPTION:
      g_value_set_string (value, self->caption);
      break;
    case PROP_NUMBER:
      g_value_set_string (value, self->number);
      break;
    case PROP_WIDEST:
      g_value_set_string (value, self->widest);
      break;
    case PROP_PENDING:
      g_value_set_boolean (value, self->pending);
      break;
    case PROP_CHECKED:
      g_value_set_boolean (value, self->checked);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
juggler_term_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  JugglerTerm *self = JUGGLER_TERM (object);

  switch (prop_id)
    {
    case PROP_CAPTION:
      set_text (self, &self->caption, g_value_get_string (value), PROP_CAPTION);
      break;
    case PROP_NUMBER:
      set_text (self, &self->number, g_value_get_string (value), PROP_NUMBER);
      break;
    case PROP_WIDEST:
      set_text (self, &self->widest, g_value_get_string (value), PROP_WIDEST);
      break;
    case PROP_PENDING:
      set_pending (self, g_value_get_boolean (value));
      break;
    case PROP_CHECKED:
      if (self->checked == g_value_get_boolean (value))
        break;
      self->checked = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
juggler_term_dispose (GObject *object)
{
  GtkWidget *child;

  gtk_widget_dispose_template (GTK_WIDGET (object), JUGGLER_TYPE_TERM);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (juggler_term_parent_class)->dispose (object);
}

static void
juggler_term_finalize (GObject *object)
{
  JugglerTerm *self = JUGGLER_TERM (object);

  g_free (self->caption);
  g_free (self->number);
  g_free (self->widest);
  G_OBJECT_CLASS (juggler_term_parent_class)->finalize (object);
}

static void
juggler_term_class_init (JugglerTermClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = juggler_term_dispose;
  object_class->finalize = juggler_term_finalize;
  object_class->get_property = juggler_term_get_property;
  object_class->set_property = juggler_term_set_property;

  properties[PROP_CAPTION] = g_param_spec_string ("caption", NULL, NULL, NULL, flags);
  properties[PROP_NUMBER] = g_param_spec_string ("number", NULL, NULL, NULL, flags);
  properties[PROP_WIDEST] = g_param_spec_string ("widest", NULL, NULL, NULL, flags);
  properties[PROP_PENDING] = g_param_spec_boolean ("pending", NULL, NULL, FALSE, flags);
  properties[PROP_CHECKED] = g_param_spec_boolean ("checked", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (JUGGLER_TYPE_FOLD_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/juggler/Juggler/juggler-term.ui");
  gtk_widget_class_bind_template_child (widget_class, JugglerTerm, number_label);
  gtk_widget_class_set_css_name (widget_class, "term");
}

static void
juggler_term_init (JugglerTerm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
