/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-bench.h"

struct _JugglerBench
{
  GObject parent_instance;

  JugglerLesson   *experiment;
  JugglerDocument *document;
  char            *trouble;
  JugglerRun      *run;
  guint            run_number;
  gboolean         running;
  gboolean         stopping;
};

enum
{
  PROP_0,
  PROP_EXPERIMENT,
  PROP_DOCUMENT,
  PROP_TROUBLE,
  PROP_RUN,
  PROP_RUN_NUMBER,
  PROP_RUNNABLE,
  PROP_RUNNING,
  PROP_STOPPING,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (JugglerBench, juggler_bench, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static void
set_flag (JugglerBench *self,
          gboolean     *flag,
          gboolean      value,
          int           property)
{
  if (*flag == value)
    return;
  *flag = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
state_cb (JugglerBench *self)
{
  JugglerRunState state = juggler_run_get_state (self->run);

  set_flag (self, &self->running, state == JUGGLER_RUN_STARTING || state == JUGGLER_RUN_RUNNING, PROP_RUNNING);
  if (!self->running)
    set_flag (self, &self->stopping, FALSE, PROP_STOPPING);
}

static void
take_run (JugglerBench *self,
          JugglerRun   *run)
{
  if (self->run != NULL)
    g_signal_handlers_disconnect_by_func (self->run, state_cb, self);
  g_clear_object (&self->run);
  self->run = run;
  g_signal_connect_object (run, "notify::state", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUN]);
}

static void
juggler_bench_constructed (GObject *object)
{
  JugglerBench      *self = JUGGLER_BENCH (object);
  g_autoptr (GError) error = NULL;

  G_OBJECT_CLASS (juggler_bench_parent_class)->constructed (object);

  self->document = juggler_document_load (juggler_lesson_get_path (self->experiment), &error);
  if (self->document == NULL)
    self->trouble = g_strdup (error->message);
  else if (juggler_document_is_valid (self->document))
    take_run (self, juggler_run_new (self->document));
}

static void
juggler_bench_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  JugglerBench *self = JUGGLER_BENCH (object);

  switch (prop_id)
    {
    case PROP_EXPERIMENT:
      g_value_set_object (value, self->experiment);
      break;
    case PROP_DOCUMENT:
      g_value_set_object (value, self->document);
      break;
    case PROP_TROUBLE:
      g_value_set_string (value, self->trouble);
      break;
    case PROP_RUN:
      g_value_set_object (value, self->run);
      break;
    case PROP_RUN_NUMBER:
      g_value_set_uint (value, self->run_number);
      break;
    case PROP_RUNNABLE:
      g_value_set_boolean (value, self->run != NULL);
      break;
    case PROP_RUNNING:
      g_value_set_boolean (value, self->running);
      break;
    case PROP_STOPPING:
      g_value_set_boolean (value, self->stopping);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
juggler_bench_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_EXPERIMENT:
      JUGGLER_BENCH (object)->experiment = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
juggler_bench_dispose (GObject *object)
{
  JugglerBench *self = JUGGLER_BENCH (object);

  g_clear_object (&self->run);
  g_clear_object (&self->document);
  g_clear_object (&self->experiment);
  G_OBJECT_CLASS (juggler_bench_parent_class)->dispose (object);
}

static void
juggler_bench_finalize (GObject *object)
{
  g_free (JUGGLER_BENCH (object)->trouble);
  G_OBJECT_CLASS (juggler_bench_parent_class)->finalize (object);
}

static void
juggler_bench_class_init (JugglerBenchClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = juggler_bench_constructed;
  object_class->dispose = juggler_bench_dispose;
  object_class->finalize = juggler_bench_finalize;
  object_class->get_property = juggler_bench_get_property;
  object_class->set_property = juggler_bench_set_property;

  properties[PROP_EXPERIMENT] = g_param_spec_object ("experiment", NULL, NULL, JUGGLER_TYPE_LESSON,
                                                     G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY |
                                                       G_PARAM_STATIC_STRINGS);
  properties[PROP_DOCUMENT] = g_param_spec_object ("document", NULL, NULL, JUGGLER_TYPE_DOCUMENT, readable);
  properties[PROP_TROUBLE] = g_param_spec_string ("trouble", NULL, NULL, NULL, readable);
  properties[PROP_RUN] = g_param_spec_object ("run", NULL, NULL, JUGGLER_TYPE_RUN, readable);
  properties[PROP_RUN_NUMBER] = g_param_spec_uint ("run-number", NULL, NULL, 0, G_MAXUINT, 0, readable);
  properties[PROP_RUNNABLE] = g_param_spec_boolean ("runnable", NULL, NULL, FALSE, readable);
  properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, readable);
  properties[PROP_STOPPING] = g_param_spec_boolean ("stopping", NULL, NULL, FALSE, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
juggler_bench_init (JugglerBench *self)
{
}

/**
 * juggler_bench_new:
 * @experiment: what was chosen
 *
 * Reads the experiment's document; that it is faulty or not there is no error, but a state.
 *
 * Returns: (transfer full): the bench
 */
JugglerBench *
juggler_bench_new (JugglerLesson *experiment)
{
  g_return_val_if_fail (JUGGLER_IS_LESSON (experiment), NULL);
  return g_object_new (JUGGLER_TYPE_BENCH, "experiment", experiment, NULL);
}

/**
 * juggler_bench_get_experiment:
 * @self: a bench
 *
 * Gets what was chosen.
 *
 * Returns: (transfer none): the experiment
 */
JugglerLesson *
juggler_bench_get_experiment (JugglerBench *self)
{
  g_return_val_if_fail (JUGGLER_IS_BENCH (self), NULL);
  return self->experiment;
}

/**
 * juggler_bench_get_document:
 * @self: a bench
 *
 * Gets the document, which may be faulty.
 *
 * Returns: (transfer none) (nullable): the document; %NULL: it cannot be read
 */
JugglerDocument *
juggler_bench_get_document (JugglerBench *self)
{
  g_return_val_if_fail (JUGGLER_IS_BENCH (self), NULL);
  return self->document;
}

/**
 * juggler_bench_get_run:
 * @self: a bench
 *
 * Gets the last run, or before the first one a run that has not been started.
 *
 * Returns: (transfer none) (nullable): the run; %NULL: the document cannot be run
 */
JugglerRun *
juggler_bench_get_run (JugglerBench *self)
{
  g_return_val_if_fail (JUGGLER_IS_BENCH (self), NULL);
  return self->run;
}

/**
 * juggler_bench_get_run_number:
 * @self: a bench
 *
 * Gets how many runs were started.
 *
 * Returns: the number, 0 before the first
 */
guint
juggler_bench_get_run_number (JugglerBench *self)
{
  g_return_val_if_fail (JUGGLER_IS_BENCH (self), 0);
  return self->run_number;
}

/**
 * juggler_bench_get_runnable:
 * @self: a bench
 *
 * Gets whether the document is without faults.
 *
 * Returns: whether it can be run
 */
gboolean
juggler_bench_get_runnable (JugglerBench *self)
{
  g_return_val_if_fail (JUGGLER_IS_BENCH (self), FALSE);
  return self->run != NULL;
}

/**
 * juggler_bench_get_running:
 * @self: a bench
 *
 * Gets whether a run is on.
 *
 * Returns: whether it runs, or starts to
 */
gboolean
juggler_bench_get_running (JugglerBench *self)
{
  g_return_val_if_fail (JUGGLER_IS_BENCH (self), FALSE);
  return self->running;
}

/**
 * juggler_bench_get_stopping:
 * @self: a bench
 *
 * Gets whether the run that is on was asked to stop.
 *
 * Returns: whether it was
 */
gboolean
juggler_bench_get_stopping (JugglerBench *self)
{
  g_return_val_if_fail (JUGGLER_IS_BENCH (self), FALSE);
  return self->stopping;
}

/* How a start failed is in the run's state and error, where the page finds it. */
static void
started_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GError) error = NULL;

  if (!juggler_run_start_finish (JUGGLER_RUN (source), result, &error))
    g_debug ("run not started: %s", error->message);
}

static void
stopped_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GError) error = NULL;

  if (!juggler_run_stop_finish (JUGGLER_RUN (source), result, &error))
    g_debug ("run not stopped: %s", error->message);
}

/**
 * juggler_bench_start:
 * @self: a bench that can be run and does not
 *
 * Starts a run.
 */
void
juggler_bench_start (JugglerBench *self)
{
  g_return_if_fail (JUGGLER_IS_BENCH (self));
  g_return_if_fail (self->run != NULL && !self->running);

  if (juggler_run_get_state (self->run) != JUGGLER_RUN_IDLE)
    take_run (self, juggler_run_new (self->document));
  self->run_number += 1;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUN_NUMBER]);
  juggler_run_start_async (self->run, NULL, started_cb, NULL);
  state_cb (self);
}

/**
 * juggler_bench_stop:
 * @self: a bench
 *
 * Asks the run that is on to stop; without one nothing happens.
 */
void
juggler_bench_stop (JugglerBench *self)
{
  g_return_if_fail (JUGGLER_IS_BENCH (self));
  if (!self->running || self->stopping)
    return;
  set_flag (self, &self->stopping, TRUE, PROP_STOPPING);
  juggler_run_stop_async (self->run, NULL, stopped_cb, NULL);
}
