/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-run-private.h"

#include <signal.h>

#include <glib/gi18n-lib.h>

#define START_TIMEOUT_MS 10000U

enum
{
  PROP_0,
  PROP_DOCUMENT,
  PROP_HOST_PATH,
  PROP_START_TIMEOUT,
  PROP_RECORDING,
  PROP_STATE,
  PROP_OUTCOME,
  PROP_ELAPSED,
  PROP_N_DROPPED,
  PROP_RESULT,
  PROP_ERROR,
  N_PROPS,
};

enum
{
  ENDED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

G_DEFINE_ENUM_TYPE (JugglerRunState, juggler_run_state,
                    G_DEFINE_ENUM_VALUE (JUGGLER_RUN_IDLE, "idle"),
                    G_DEFINE_ENUM_VALUE (JUGGLER_RUN_STARTING, "starting"),
                    G_DEFINE_ENUM_VALUE (JUGGLER_RUN_RUNNING, "running"),
                    G_DEFINE_ENUM_VALUE (JUGGLER_RUN_ENDED, "ended"),
                    G_DEFINE_ENUM_VALUE (JUGGLER_RUN_REFUSED, "refused"),
                    G_DEFINE_ENUM_VALUE (JUGGLER_RUN_FAILED, "failed"))

G_DEFINE_ENUM_TYPE (JugglerOutcome, juggler_outcome,
                    G_DEFINE_ENUM_VALUE (JUGGLER_OUTCOME_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (JUGGLER_OUTCOME_FINISHED, "finished"),
                    G_DEFINE_ENUM_VALUE (JUGGLER_OUTCOME_DEADLOCK, "deadlock"),
                    G_DEFINE_ENUM_VALUE (JUGGLER_OUTCOME_TIME_LIMIT, "time-limit"),
                    G_DEFINE_ENUM_VALUE (JUGGLER_OUTCOME_STOPPED, "stopped"),
                    G_DEFINE_ENUM_VALUE (JUGGLER_OUTCOME_MAIN_DIED, "main-died"),
                    G_DEFINE_ENUM_VALUE (JUGGLER_OUTCOME_REFUSED, "refused"))

G_DEFINE_FINAL_TYPE (JugglerRun, juggler_run, G_TYPE_OBJECT)

static void
make_workers (JugglerRun *self)
{
  guint n = juggler_plan_count (self->plan, JUGGLER_TABLE_WORKERS);
  g_autoptr (GPtrArray) workers = g_ptr_array_new_full (n, g_object_unref);
  guint i;

  for (i = 0; i < n; i++)
    {
      const JugglerPlanWorker *planned = juggler_plan_worker (self->plan, i);
      const JugglerPlanGroup  *group = juggler_plan_group (self->plan, planned->group);

      g_ptr_array_add (workers, juggler_worker_new (i, juggler_plan_string (self->plan, planned->name), group->kind,
                                                    group->daemon != 0));
    }
  g_list_store_splice (self->workers, 0, 0, workers->pdata, n);
}

static gboolean
has_process_workers (const JugglerPlan *plan)
{
  guint i;

  for (i = 1; i < juggler_plan_count (plan, JUGGLER_TABLE_GROUPS); i++)
    if (juggler_plan_group (plan, i)->kind == JUGGLER_KIND_PROCESS)
      return TRUE;
  return FALSE;
}

static void
make_globals (JugglerRun *self)
{
  guint    n = juggler_plan_count (self->plan, JUGGLER_TABLE_GLOBALS);
  gboolean separate = !self->plan->shared_globals && has_process_workers (self->plan);
  guint    i;

  self->expected = g_new0 (JugglerExpected, MAX (n, 1));
  for (i = 0; i < n; i++)
    {
      const JugglerPlanGlobal *planned = juggler_plan_global (self->plan, i);
      g_autoptr (JugglerGlobal) global = NULL;

      global = juggler_global_new (i, juggler_plan_string (self->plan, planned->name), planned->is_list != 0,
                                   planned->is_list ? planned->n_elements : planned->initial);
      self->expected[i].has = juggler_document_get_expected (self->document, i, &self->expected[i].value);
      if (self->expected[i].has)
        juggler_global_set_expected (global, self->expected[i].value);
      juggler_global_set_separate (global, separate);
      g_list_store_append (self->globals, global);
    }
}

/* Compiled now, so that all workers are there before the start, and so that a document that changes later does not
 * change the run. */
static void
juggler_run_constructed (GObject *object)
{
  JugglerRun *self = JUGGLER_RUN (object);
  gsize       size;

  G_OBJECT_CLASS (juggler_run_parent_class)->constructed (object);

  self->title = g_strdup (juggler_document_get_title (self->document));
  self->cores_wanted = juggler_document_get_settings (self->document)->cores;
  self->plan_bytes = juggler_document_compile (self->document, &self->compile_error);
  if (self->plan_bytes == NULL)
    {
      self->timeline = juggler_timeline_new (0, 0);
      return;
    }
  self->plan = g_bytes_get_data (self->plan_bytes, &size);
  self->timeline = juggler_timeline_new (juggler_plan_count (self->plan, JUGGLER_TABLE_WORKERS),
                                         juggler_plan_count (self->plan, JUGGLER_TABLE_LOCKS));
  make_workers (self);
  make_globals (self);
}

static void
juggler_run_finalize (GObject *object)
{
  JugglerRun *self = JUGGLER_RUN (object);

  /* Never while it runs: it holds a reference on itself then. */
  juggler_run_release (self);
  g_clear_error (&self->fault);
  g_clear_error (&self->error);
  g_clear_error (&self->compile_error);
  g_clear_object (&self->result);
  g_object_unref (self->workers);
  g_object_unref (self->globals);
  g_object_unref (self->diagnostics);
  g_object_unref (self->output);
  g_object_unref (self->timeline);
  g_object_unref (self->document);
  g_clear_pointer (&self->plan_bytes, g_bytes_unref);
  g_ptr_array_unref (self->stop_tasks);
  g_free (self->expected);
  g_free (self->host_path);
  g_free (self->title);

  G_OBJECT_CLASS (juggler_run_parent_class)->finalize (object);
}

static void
juggler_run_get_property (GObject    *object,
                          guint       property,
                          GValue     *value,
                          GParamSpec *pspec)
{
  JugglerRun *self = JUGGLER_RUN (object);

  switch (property)
    {
    case PROP_DOCUMENT:
      g_value_set_object (value, self->document);
      break;
    case PROP_HOST_PATH:
      g_value_set_string (value, self->host_path);
      break;
    case PROP_START_TIMEOUT:
      g_value_set_uint (value, self->start_timeout);
      break;
    case PROP_RECORDING:
      g_value_set_boolean (value, self->recording);
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_OUTCOME:
      g_value_set_enum (value, self->outcome);
      break;
    case PROP_ELAPSED:
      g_value_set_int64 (value, self->elapsed);
      break;
    case PROP_N_DROPPED:
      g_value_set_uint64 (value, self->n_dropped);
      break;
    case PROP_RESULT:
      g_value_set_object (value, self->result);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
juggler_run_set_property (GObject      *object,
                          guint         property,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  JugglerRun *self = JUGGLER_RUN (object);

  switch (property)
    {
    case PROP_DOCUMENT:
      self->document = g_value_dup_object (value);
      break;
    case PROP_HOST_PATH:
      self->host_path = g_value_dup_string (value);
      break;
    case PROP_START_TIMEOUT:
      self->start_timeout = g_value_get_uint (value);
      break;
    case PROP_RECORDING:
      self->recording = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
install_construct_properties (void)
{
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  /**
   * JugglerRun:document:
   *
   * What is run. Changing it later does not change the run.
   */
  properties[PROP_DOCUMENT] = g_param_spec_object ("document", NULL, NULL, JUGGLER_TYPE_DOCUMENT, flags);
  /**
   * JugglerRun:host-path:
   *
   * The program juggler-host; %NULL finds it.
   */
  properties[PROP_HOST_PATH] = g_param_spec_string ("host-path", NULL, NULL, NULL, flags);
  /**
   * JugglerRun:start-timeout:
   *
   * How long juggler-host may take until it is ready, in ms.
   */
  properties[PROP_START_TIMEOUT] = g_param_spec_uint ("start-timeout", NULL, NULL, 1, G_MAXUINT, START_TIMEOUT_MS, flags);
  /**
   * JugglerRun:recording:
   *
   * Whether a timeline is recorded; benchmarks compare with and without.
   */
  properties[PROP_RECORDING] = g_param_spec_boolean ("recording", NULL, NULL, TRUE, flags);
}

static void
juggler_run_class_init (JugglerRunClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->constructed = juggler_run_constructed;
  object_class->finalize = juggler_run_finalize;
  object_class->get_property = juggler_run_get_property;
  object_class->set_property = juggler_run_set_property;

  juggler_memory_prepare ();
  install_construct_properties ();
  /**
   * JugglerRun:state:
   *
   * Where the run is in its life.
   */
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, JUGGLER_TYPE_RUN_STATE, JUGGLER_RUN_IDLE, flags);
  /**
   * JugglerRun:outcome:
   *
   * How it ended, as soon as that is known.
   */
  properties[PROP_OUTCOME] = g_param_spec_enum ("outcome", NULL, NULL, JUGGLER_TYPE_OUTCOME, JUGGLER_OUTCOME_NONE, flags);
  /**
   * JugglerRun:elapsed:
   *
   * Since main's first step, in us; at the end up to when the outcome was known.
   */
  properties[PROP_ELAPSED] = g_param_spec_int64 ("elapsed", NULL, NULL, 0, G_MAXINT64, 0, flags);
  /**
   * JugglerRun:n-dropped:
   *
   * Records of the timeline that found no room.
   */
  properties[PROP_N_DROPPED] = g_param_spec_uint64 ("n-dropped", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  /**
   * JugglerRun:result:
   *
   * What came out; %NULL before the end.
   */
  properties[PROP_RESULT] = g_param_spec_object ("result", NULL, NULL, JUGGLER_TYPE_RESULT, flags);
  /**
   * JugglerRun:error:
   *
   * Why there is no result; %NULL if there is one.
   */
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * JugglerRun::ended:
   *
   * The run is over, and nothing of it is left.
   */
  signals[ENDED] = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
juggler_run_init (JugglerRun *self)
{
  self->workers = g_list_store_new (JUGGLER_TYPE_WORKER);
  self->globals = g_list_store_new (JUGGLER_TYPE_GLOBAL);
  self->diagnostics = g_list_store_new (JUGGLER_TYPE_DIAGNOSTIC);
  self->output = juggler_output_new ();
  self->stop_tasks = g_ptr_array_new_with_free_func (g_object_unref);
}

/* ---- for the other files ---- */

void
juggler_run_set_state (JugglerRun      *self,
                       JugglerRunState  state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

void
juggler_run_set_outcome (JugglerRun     *self,
                         JugglerOutcome  outcome)
{
  if (self->outcome == outcome)
    return;
  self->outcome = outcome;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OUTCOME]);
}

void
juggler_run_set_figures (JugglerRun *self,
                         gint64      elapsed,
                         guint64     n_dropped)
{
  if (self->elapsed != elapsed)
    {
      self->elapsed = elapsed;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ELAPSED]);
    }
  if (self->n_dropped != n_dropped)
    {
      self->n_dropped = n_dropped;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_DROPPED]);
    }
}

void
juggler_run_diagnose (JugglerRun *self,
                      const char *message,
                      gboolean    fatal)
{
  g_autoptr (JugglerDiagnostic) diagnostic = juggler_diagnostic_new (message, fatal);

  g_list_store_append (self->diagnostics, diagnostic);
}

void
juggler_run_announce (JugglerRun *self)
{
  if (self->result != NULL)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RESULT]);
  if (self->error != NULL)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
  g_signal_emit (self, signals[ENDED], 0);
}

/* ---- public ---- */

/**
 * juggler_run_new:
 * @document: what to run
 *
 * Returns: (transfer full): a run that is not started
 */
JugglerRun *
juggler_run_new (JugglerDocument *document)
{
  g_return_val_if_fail (JUGGLER_IS_DOCUMENT (document), NULL);

  return g_object_new (JUGGLER_TYPE_RUN, "document", document, NULL);
}

void
juggler_run_start_async (JugglerRun          *self,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (JUGGLER_IS_RUN (self));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, juggler_run_start_async);
  /* Whether it was started or not is what the call back should know. */
  g_task_set_check_cancellable (task, FALSE);
  if (self->state != JUGGLER_RUN_IDLE)
    {
      g_task_return_new_error (task, JUGGLER_ENGINE_ERROR, JUGGLER_ENGINE_ERROR_STATE, "%s",
                               _("a run can be started only once"));
      return;
    }
  self->start_task = g_steal_pointer (&task);
  if (cancellable != NULL)
    self->cancellable = g_object_ref (cancellable);
  juggler_run_begin (self);
}

gboolean
juggler_run_start_finish (JugglerRun    *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
juggler_run_stop_async (JugglerRun          *self,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (JUGGLER_IS_RUN (self));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, juggler_run_stop_async);
  if (self->state == JUGGLER_RUN_IDLE || juggler_run_is_over (self))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  g_ptr_array_add (self->stop_tasks, g_steal_pointer (&task));
  juggler_run_ask_to_stop (self);
}

gboolean
juggler_run_stop_finish (JugglerRun    *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
juggler_run_start (JugglerRun *self)
{
  g_return_if_fail (JUGGLER_IS_RUN (self));
  g_return_if_fail (self->state == JUGGLER_RUN_IDLE);

  juggler_run_begin (self);
}

void
juggler_run_stop (JugglerRun *self)
{
  g_return_if_fail (JUGGLER_IS_RUN (self));

  if (self->state != JUGGLER_RUN_IDLE && !juggler_run_is_over (self))
    juggler_run_ask_to_stop (self);
}

/**
 * juggler_run_signal_worker:
 * @worker: index; 0 is main
 * @signal_number: SIGTERM, SIGSTOP …
 * @error: %JUGGLER_ENGINE_ERROR_STATE
 *
 * Returns: whether the keeper was told
 */
gboolean
juggler_run_signal_worker (JugglerRun  *self,
                           guint        worker,
                           int          signal_number,
                           GError     **error)
{
  g_return_val_if_fail (JUGGLER_IS_RUN (self), FALSE);
  g_return_val_if_fail (worker < g_list_model_get_n_items (G_LIST_MODEL (self->workers)), FALSE);
  g_return_val_if_fail (signal_number > 0 && signal_number < NSIG, FALSE);

  if (self->state == JUGGLER_RUN_RUNNING && self->client != NULL
      && juggler_host_client_signal (self->client, worker, signal_number))
    return TRUE;
  g_set_error_literal (error, JUGGLER_ENGINE_ERROR, JUGGLER_ENGINE_ERROR_STATE,
                       _("there is no run whose worker could get a signal"));
  return FALSE;
}

JugglerDocument *
juggler_run_get_document (JugglerRun *self)
{
  g_return_val_if_fail (JUGGLER_IS_RUN (self), NULL);
  return self->document;
}

JugglerRunState
juggler_run_get_state (JugglerRun *self)
{
  g_return_val_if_fail (JUGGLER_IS_RUN (self), JUGGLER_RUN_IDLE);
  return self->state;
}

gboolean
juggler_run_is_over (JugglerRun *self)
{
  g_return_val_if_fail (JUGGLER_IS_RUN (self), FALSE);
  return self->state >= JUGGLER_RUN_ENDED;
}

JugglerOutcome
juggler_run_get_outcome (JugglerRun *self)
{
  g_return_val_if_fail (JUGGLER_IS_RUN (self), JUGGLER_OUTCOME_NONE);
  return self->outcome;
}

gint64
juggler_run_get_elapsed (JugglerRun *self)
{
  g_return_val_if_fail (JUGGLER_IS_RUN (self), 0);
  return self->elapsed;
}

guint64
juggler_run_get_n_dropped (JugglerRun *self)
{
  g_return_val_if_fail (JUGGLER_IS_RUN (self), 0);
  return self->n_dropped;
}

guint64
juggler_run_get_monotonic_ns (JugglerRun *self)
{
  g_return_val_if_fail (JUGGLER_IS_RUN (self), 0);
  return self->monotonic_ns;
}

int
juggler_run_get_keeper_pid (JugglerRun *self)
{
  g_return_val_if_fail (JUGGLER_IS_RUN (self), 0);
  return self->keeper_pid;
}

GListModel *
juggler_run_get_workers (JugglerRun *self)
{
  g_return_val_if_fail (JUGGLER_IS_RUN (self), NULL);
  return G_LIST_MODEL (self->workers);
}

GListModel *
juggler_run_get_globals (JugglerRun *self)
{
  g_return_val_if_fail (JUGGLER_IS_RUN (self), NULL);
  return G_LIST_MODEL (self->globals);
}

GListModel *
juggler_run_get_output (JugglerRun *self)
{
  g_return_val_if_fail (JUGGLER_IS_RUN (self), NULL);
  return G_LIST_MODEL (self->output);
}

GListModel *
juggler_run_get_diagnostics (JugglerRun *self)
{
  g_return_val_if_fail (JUGGLER_IS_RUN (self), NULL);
  return G_LIST_MODEL (self->diagnostics);
}

JugglerTimeline *
juggler_run_get_timeline (JugglerRun *self)
{
  g_return_val_if_fail (JUGGLER_IS_RUN (self), NULL);
  return self->timeline;
}

JugglerResult *
juggler_run_get_result (JugglerRun *self)
{
  g_return_val_if_fail (JUGGLER_IS_RUN (self), NULL);
  return self->result;
}

const GError *
juggler_run_get_error (JugglerRun *self)
{
  g_return_val_if_fail (JUGGLER_IS_RUN (self), NULL);
  return self->error;
}

guint
juggler_run_get_n_locks (JugglerRun *self)
{
  g_return_val_if_fail (JUGGLER_IS_RUN (self), 0);
  return self->plan != NULL ? juggler_plan_count (self->plan, JUGGLER_TABLE_LOCKS) : 0;
}

const char *
juggler_run_get_lock_name (JugglerRun *self,
                           guint       lock)
{
  g_return_val_if_fail (JUGGLER_IS_RUN (self), NULL);
  g_return_val_if_fail (lock < juggler_run_get_n_locks (self), NULL);
  return juggler_plan_string (self->plan, juggler_plan_lock (self->plan, lock)->name);
}
