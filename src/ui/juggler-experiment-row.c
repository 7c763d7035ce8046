/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-experiment-row.h"

struct _JugglerExperimentRow
{
  GtkListBoxRow parent_instance;

  JugglerLesson *experiment;
  gboolean           running;
};

enum
{
  PROP_0,
  PROP_EXPERIMENT,
  PROP_RUNNING,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (JugglerExperimentRow, juggler_experiment_row, GTK_TYPE_LIST_BOX_ROW)

static GParamSpec *properties[N_PROPS];

static void
juggler_experiment_row_get_property (GObject    *object,
                                     guint       prop_id,
                                     GValue     *value,
                                     GParamSpec *pspec)
{
  JugglerExperimentRow *self = JUGGLER_EXPERIMENT_ROW (object);

  switch (prop_id)
    {
    case PROP_EXPERIMENT:
      g_value_set_object (value, self->experiment);
      break;
    case PROP_RUNNING:
      g_value_set_boolean (value, self->running);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
juggler_experiment_row_set_property (GObject      *object,
                                     guint         prop_id,
                                     const GValue *value,
                                     GParamSpec   *pspec)
{
  JugglerExperimentRow *self = JUGGLER_EXPERIMENT_ROW (object);

  switch (prop_id)
    {
    case PROP_EXPERIMENT:
      self->experiment = g_value_dup_object (value);
      break;
    case PROP_RUNNING:
      if (self->running == g_value_get_boolean (value))
        break;
      self->running = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
juggler_experiment_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), JUGGLER_TYPE_EXPERIMENT_ROW);
  g_clear_object (&JUGGLER_EXPERIMENT_ROW (object)->experiment);
  G_OBJECT_CLASS (juggler_experiment_row_parent_class)->dispose (object);
}

static void
juggler_experiment_row_class_init (JugglerExperimentRowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = juggler_experiment_row_dispose;
  object_class->get_property = juggler_experiment_row_get_property;
  object_class->set_property = juggler_experiment_row_set_property;

  properties[PROP_EXPERIMENT] = g_param_spec_object ("experiment", NULL, NULL, JUGGLER_TYPE_LESSON,
                                                     G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY |
                                                       G_PARAM_STATIC_STRINGS);
  properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE,
                                                   G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                                     G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/app/juggler/Juggler/juggler-experiment-row.ui");
}

static void
juggler_experiment_row_init (JugglerExperimentRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * juggler_experiment_row_new:
 * @experiment: an experiment
 *
 * Makes a row. Thread: main.
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
juggler_experiment_row_new (JugglerLesson *experiment)
{
  return g_object_new (JUGGLER_TYPE_EXPERIMENT_ROW, "experiment", experiment, NULL);
}

/**
 * juggler_experiment_row_get_experiment:
 * @self: a row
 *
 * Gets what the row stands for.
 *
 * Returns: (transfer none): the experiment
 */
JugglerLesson *
juggler_experiment_row_get_experiment (JugglerExperimentRow *self)
{
  g_return_val_if_fail (JUGGLER_IS_EXPERIMENT_ROW (self), NULL);
  return self->experiment;
}
