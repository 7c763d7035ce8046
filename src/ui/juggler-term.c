/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-term.h"

/* Between a caption and the number beside it. */
#define SPACING 12

struct _JugglerTerm
{
  GtkWidget parent_instance;

  char     *caption;
  char     *number;
  char     *widest;
  gboolean  pending;
  gboolean  checked;
  gboolean  folding;

  /* Template widgets */
  GtkWidget *caption_label;
  GtkWidget *number_box;
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
  PROP_FOLDING,
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

static int
natural_size (GtkWidget      *widget,
              GtkOrientation  orientation)
{
  int natural;

  gtk_widget_measure (widget, orientation, -1, NULL, &natural, NULL, NULL);
  return natural;
}

/* Whether the caption stands at the left of the number instead of above it. */
static gboolean
is_beside (JugglerTerm *self,
           int          width)
{
  return self->folding &&
         width >= natural_size (self->caption_label, GTK_ORIENTATION_HORIZONTAL) + SPACING +
                    natural_size (self->number_box, GTK_ORIENTATION_HORIZONTAL);
}

static GtkSizeRequestMode
juggler_term_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
juggler_term_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  JugglerTerm *self = JUGGLER_TERM (widget);
  int          caption = natural_size (self->caption_label, orientation);
  int          number = natural_size (self->number_box, orientation);

  if (orientation == GTK_ORIENTATION_HORIZONTAL || is_beside (self, for_size))
    *minimum = *natural = MAX (caption, number);
  else
    *minimum = *natural = caption + number;
}

static void
juggler_term_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  JugglerTerm *self = JUGGLER_TERM (widget);
  gboolean     beside = is_beside (self, width);
  gboolean     right_to_left = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int          caption_height = natural_size (self->caption_label, GTK_ORIENTATION_VERTICAL);
  int          number_height = natural_size (self->number_box, GTK_ORIENTATION_VERTICAL);
  int          caption_width = natural_size (self->caption_label, GTK_ORIENTATION_HORIZONTAL);
  int          number_width = natural_size (self->number_box, GTK_ORIENTATION_HORIZONTAL);

  gtk_label_set_xalign (GTK_LABEL (self->number_label), beside ? 1 : 0);
  if (beside)
    {
      gtk_widget_size_allocate (self->caption_label,
                                &(GtkAllocation) { right_to_left ? width - caption_width : 0,
                                                   (number_height - caption_height) / 2, caption_width,
                                                   caption_height },
                                -1);
      gtk_widget_size_allocate (self->number_box,
                                &(GtkAllocation) { right_to_left ? 0 : width - number_width, 0, number_width,
                                                   number_height },
                                -1);
      return;
    }
  gtk_widget_size_allocate (self->caption_label, &(GtkAllocation) { 0, 0, width, caption_height }, -1);
  gtk_widget_size_allocate (self->number_box, &(GtkAllocation) { 0, caption_height, width, number_height }, -1);
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
    case PROP_FOLDING:
      g_value_set_boolean (value, self->folding);
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
    case PROP_FOLDING:
      if (self->folding == g_value_get_boolean (value))
        break;
      self->folding = g_value_get_boolean (value);
      gtk_widget_queue_resize (GTK_WIDGET (self));
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
  widget_class->get_request_mode = juggler_term_get_request_mode;
  widget_class->measure = juggler_term_measure;
  widget_class->size_allocate = juggler_term_size_allocate;

  properties[PROP_CAPTION] = g_param_spec_string ("caption", NULL, NULL, NULL, flags);
  properties[PROP_NUMBER] = g_param_spec_string ("number", NULL, NULL, NULL, flags);
  properties[PROP_WIDEST] = g_param_spec_string ("widest", NULL, NULL, NULL, flags);
  properties[PROP_PENDING] = g_param_spec_boolean ("pending", NULL, NULL, FALSE, flags);
  properties[PROP_CHECKED] = g_param_spec_boolean ("checked", NULL, NULL, FALSE, flags);
  properties[PROP_FOLDING] = g_param_spec_boolean ("folding", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/app/juggler/Juggler/juggler-term.ui");
  gtk_widget_class_bind_template_child (widget_class, JugglerTerm, caption_label);
  gtk_widget_class_bind_template_child (widget_class, JugglerTerm, number_box);
  gtk_widget_class_bind_template_child (widget_class, JugglerTerm, number_label);
  gtk_widget_class_set_css_name (widget_class, "term");
}

static void
juggler_term_init (JugglerTerm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
