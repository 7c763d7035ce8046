/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-copy.h"

#include <glib/gi18n.h>

#include "juggler-chip.h"

/* Stands for a value that is not known yet. */
#define UNKNOWN "?"

struct _JugglerCopy
{
  GtkWidget parent_instance;

  JugglerWorker *worker;

  /* Template widgets */
  GtkLabel *value_label;
};

enum
{
  PROP_0,
  PROP_WORKER,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (JugglerCopy, juggler_copy, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

static char *
caption (JugglerCopy *self,
         const char  *name)
{
  /* Translators: above the value that a global has in a worker, whose name is %s: "In sum1". */
  return g_strdup_printf (C_("value of a global", "In %s"), name);
}

static gboolean
is_process (JugglerCopy       *self,
            JugglerWorkerKind  kind)
{
  return kind == JUGGLER_KIND_PROCESS;
}

static void
juggler_copy_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_WORKER:
      g_value_set_object (value, JUGGLER_COPY (object)->worker);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
juggler_copy_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_WORKER:
      g_set_object (&JUGGLER_COPY (object)->worker, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
juggler_copy_dispose (GObject *object)
{
  JugglerCopy *self = JUGGLER_COPY (object);
  GtkWidget   *child;

  gtk_widget_dispose_template (GTK_WIDGET (object), JUGGLER_TYPE_COPY);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->worker);
  G_OBJECT_CLASS (juggler_copy_parent_class)->dispose (object);
}

static void
juggler_copy_class_init (JugglerCopyClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = juggler_copy_dispose;
  object_class->get_property = juggler_copy_get_property;
  object_class->set_property = juggler_copy_set_property;

  properties[PROP_WORKER] = g_param_spec_object ("worker", NULL, NULL, JUGGLER_TYPE_WORKER,
                                                 G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (JUGGLER_TYPE_CHIP);
  g_type_ensure (JUGGLER_TYPE_WORKER);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/juggler/Juggler/juggler-copy.ui");
  gtk_widget_class_bind_template_child (widget_class, JugglerCopy, value_label);
  gtk_widget_class_bind_template_callback (widget_class, caption);
  gtk_widget_class_bind_template_callback (widget_class, is_process);
  gtk_widget_class_set_css_name (widget_class, "copy");
}

static void
juggler_copy_init (JugglerCopy *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * juggler_copy_new:
 * @worker: whose value it is
 *
 * Makes a place for a value that is not known yet. Thread: main.
 *
 * Returns: (transfer floating): the widget
 */
GtkWidget *
juggler_copy_new (JugglerWorker *worker)
{
  GtkWidget *self = g_object_new (JUGGLER_TYPE_COPY, "worker", worker, NULL);

  juggler_copy_set_value (JUGGLER_COPY (self), NULL, FALSE);
  if (juggler_worker_get_index (worker) == 0)
    gtk_widget_add_css_class (self, "strong");
  return self;
}

/**
 * juggler_copy_get_worker:
 * @self: a copy
 *
 * Gets whose value it is.
 *
 * Returns: (transfer none): the worker
 */
JugglerWorker *
juggler_copy_get_worker (JugglerCopy *self)
{
  g_return_val_if_fail (JUGGLER_IS_COPY (self), NULL);
  return self->worker;
}

/**
 * juggler_copy_set_value:
 * @self: a copy
 * @value: (nullable): the value as text; %NULL: not known
 * @is_list: whether it is a list, which is written smaller
 *
 * Sets the value. Thread: main.
 */
void
juggler_copy_set_value (JugglerCopy *self,
                        const char  *value,
                        gboolean     is_list)
{
  g_return_if_fail (JUGGLER_IS_COPY (self));
  gtk_label_set_label (self->value_label, value != NULL ? value : UNKNOWN);
  if (value == NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->value_label), "pending");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->value_label), "pending");
  if (is_list)
    gtk_widget_add_css_class (GTK_WIDGET (self->value_label), "text");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->value_label), "text");
}
