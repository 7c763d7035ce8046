/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-run-life.c: how a run starts, what it hears of the keeper, how it ends. */

#include "config.h"

#include "juggler-run-private.h"

#include <sys/wait.h>

#include <glib/gi18n-lib.h>

#include "juggler-survivors.h"
#include "juggler-words.h"

/* How long the keeper may take to end a run that was asked to stop. It needs some ms; a keeper held by SIGSTOP never
 * answers. */
#define STOP_TIMEOUT_MS 5000U
/* How often survivors of a dead keeper are looked for: two looks in a row that find none are the end. */
#define SURVIVOR_ROUND_MS 20U
#define MOST_SURVIVOR_ROUNDS 100U

static void
drop_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
set_guard (JugglerRun  *self,
           guint        ms,
           GSourceFunc  func)
{
  drop_source (&self->guard_timer);
  self->guard_timer = g_timeout_source_new (ms);
  g_source_set_callback (self->guard_timer, func, self, NULL);
  g_source_attach (self->guard_timer, self->context);
}

void
juggler_run_release (JugglerRun *self)
{
  guint i;

  drop_source (&self->timer);
  drop_source (&self->guard_timer);
  if (self->cancellable != NULL)
    g_cancellable_disconnect (self->cancellable, self->cancelled_id);
  self->cancelled_id = 0;
  g_clear_object (&self->cancellable);
  for (i = 0; self->seen_values != NULL && self->memory != NULL && i < self->memory->shared->n_workers; i++)
    g_free (self->seen_values[i]);
  g_clear_pointer (&self->seen_values, g_free);
  g_clear_pointer (&self->main_values, g_free);
  g_clear_pointer (&self->list_marks, g_free);
  g_clear_pointer (&self->active, g_free);
  g_clear_pointer (&self->client, juggler_host_client_free);
  g_clear_pointer (&self->decoder, juggler_decoder_free);
  g_clear_pointer (&self->lists, juggler_lists_free);
  g_clear_pointer (&self->clock, juggler_clock_map_free);
  g_clear_pointer (&self->memory, juggler_memory_free);
  g_clear_pointer (&self->context, g_main_context_unref);
}

/* ---- the end ---- */

static void
answer_tasks (JugglerRun *self)
{
  g_autoptr (GPtrArray) stops = g_steal_pointer (&self->stop_tasks);
  guint i;

  self->stop_tasks = g_ptr_array_new_with_free_func (g_object_unref);
  if (self->start_task != NULL)
    {
      g_autoptr (GTask) task = g_steal_pointer (&self->start_task);

      if (self->error != NULL)
        g_task_return_error (task, g_error_copy (self->error));
      else
        g_task_return_boolean (task, TRUE);
    }
  for (i = 0; i < stops->len; i++)
    g_task_return_boolean (g_ptr_array_index (stops, i), TRUE);
}

/* error: transfer full, nullable. */
static void
finish (JugglerRun      *self,
        JugglerRunState  state,
        GError          *error)
{
  self->error = error;
  if (error != NULL)
    juggler_run_diagnose (self, error->message, TRUE);
  juggler_run_release (self);
  juggler_run_set_state (self, state);
  juggler_run_announce (self);
  answer_tasks (self);
  g_object_unref (self); /* of juggler_run_begin() */
}

static void
finish_fault (JugglerRun *self)
{
  GError  *error = g_steal_pointer (&self->fault);
  gboolean refused = g_error_matches (error, JUGGLER_ENGINE_ERROR, JUGGLER_ENGINE_ERROR_REFUSED);

  finish (self, refused ? JUGGLER_RUN_REFUSED : JUGGLER_RUN_FAILED, error);
}

static gboolean
finish_idle (gpointer data)
{
  finish_fault (data);
  return G_SOURCE_REMOVE;
}

/* From the start itself nothing may be told yet. */
static void
finish_soon (JugglerRun *self,
             GError     *error)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  self->fault = error;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, finish_idle, self, NULL);
  g_source_attach (source, self->context);
}

static void
finish_with_result (JugglerRun *self)
{
  JugglerResultSource source = {
    .title = self->title,
    .plan = self->plan,
    .shared = self->memory->shared,
    .outcome = self->outcome,
    .clock = self->clock,
    .timeline = self->timeline,
    .output = self->output,
    .lists = self->lists,
    .expected = self->expected,
    .main_values = self->main_values,
    .cores_wanted = self->cores_wanted,
    .document = self->document,
    .n_dropped = self->n_dropped,
  };
  guint i;

  if (juggler_decoder_get_n_corrupt (self->decoder) > 0)
    juggler_run_diagnose (self, _("a worker's records could not be read; parts of the timeline are missing"), FALSE);
  self->result = juggler_result_new (&source);
  juggler_run_show_result (self);
  for (i = 0; i < juggler_result_get_n_notes (self->result); i++)
    juggler_run_diagnose (self, juggler_result_get_note (self->result, i), FALSE);
  finish (self, JUGGLER_RUN_ENDED, NULL);
}

static GError *
explain_death (JugglerRun *self,
               int         wait_status)
{
  g_autofree char *how = NULL;

  if (self->timed_out)
    return g_error_new (JUGGLER_ENGINE_ERROR, JUGGLER_ENGINE_ERROR_TIMED_OUT,
                        _("%s: juggler-host was not ready within %u s; the machine may be too busy. Try again."),
                        self->title, (self->start_timeout + 999) / 1000);
  if (WIFSIGNALED (wait_status))
    how = g_strdup_printf (_("signal %d"), WTERMSIG (wait_status));
  else
    how = g_strdup_printf (_("exit status %d"), WEXITSTATUS (wait_status));
  if (!self->ready)
    return g_error_new (JUGGLER_ENGINE_ERROR, JUGGLER_ENGINE_ERROR_HOST_DIED,
                        _("%s: juggler-host ended before the run began (%s)"), self->title, how);
  return g_error_new (JUGGLER_ENGINE_ERROR, JUGGLER_ENGINE_ERROR_HOST_DIED,
                      _("%s: the keeper of the run (juggler-host) was ended from outside (%s); all its workers were "
                        "ended too"),
                      self->title, how);
}

/* The keeper is dead: main and all others get their parents' death signal by the kernel, but one that SIGSTOP holds,
 * or an orphan, does not end by it. */
static gboolean
end_survivors_cb (gpointer data)
{
  JugglerRun *self = data;

  self->survivor_rounds++;
  self->quiet_rounds = juggler_survivors_kill (self->memory) > 0 ? 0 : self->quiet_rounds + 1;
  if (self->quiet_rounds < 2 && self->survivor_rounds < MOST_SURVIVOR_ROUNDS)
    return G_SOURCE_CONTINUE;
  juggler_run_look_last (self);
  juggler_run_show_result (self);
  finish_fault (self);
  return G_SOURCE_REMOVE;
}

/* ---- what the keeper says ---- */

static gboolean
stop_timeout_cb (gpointer data)
{
  JugglerRun *self = data;

  g_clear_pointer (&self->guard_timer, g_source_unref);
  if (self->client != NULL)
    juggler_host_client_kill (self->client);
  return G_SOURCE_REMOVE;
}

static void
ready_cb (gpointer data)
{
  JugglerRun *self = data;

  if (self->ready)
    return;
  self->ready = TRUE;
  juggler_run_set_state (self, JUGGLER_RUN_RUNNING);
  if (g_cancellable_is_cancelled (self->cancellable))
    return; /* is being stopped, by its own guard */
  if (!self->stop_asked)
    drop_source (&self->guard_timer);
  if (self->start_task != NULL)
    {
      g_autoptr (GTask) task = g_steal_pointer (&self->start_task);

      g_task_return_boolean (task, TRUE);
    }
}

static void
outcome_cb (JugglerOutcome outcome,
            gpointer       data)
{
  JugglerRun *self = data;

  juggler_run_look (self, FALSE);
  juggler_run_set_outcome (self, outcome);
}

static void
ended_cb (gpointer data)
{
  JugglerRun *self = data;

  self->ended_said = TRUE;
  /* It has nothing to do any more but to end. */
  set_guard (self, STOP_TIMEOUT_MS, stop_timeout_cb);
}

static void
fault_cb (GError   *error,
          gpointer  data)
{
  JugglerRun *self = data;

  if (self->fault != NULL)
    {
      g_error_free (error);
      return;
    }
  g_prefix_error (&error, "%s: ", self->title);
  self->fault = error;
}

static void
doorbell_cb (gpointer data)
{
  juggler_run_look (data, FALSE);
}

static void
gone_cb (int      wait_status,
         gpointer data)
{
  JugglerRun *self = data;

  drop_source (&self->timer);
  drop_source (&self->guard_timer);
  if (!self->ended_said || self->fault != NULL)
    {
      if (self->fault == NULL)
        self->fault = explain_death (self, wait_status);
      self->gone_ticks = juggler_clock_ticks ((JugglerClockSource) self->memory->shared->clock);
      juggler_run_look (self, FALSE);
      if (juggler_survivors_kill (self->memory) > 0 || self->ready)
        {
          set_guard (self, SURVIVOR_ROUND_MS, end_survivors_cb);
          return;
        }
      finish_soon (self, g_steal_pointer (&self->fault));
      return;
    }
  juggler_run_look_last (self);
  if (self->outcome == JUGGLER_OUTCOME_REFUSED)
    {
      g_autofree char *words = juggler_words_refusal (self->memory->shared, self->title);

      juggler_run_show_result (self);
      finish (self, JUGGLER_RUN_REFUSED,
              g_error_new_literal (JUGGLER_ENGINE_ERROR, JUGGLER_ENGINE_ERROR_REFUSED, words));
      return;
    }
  finish_with_result (self);
}

/* ---- starting and stopping ---- */

static gboolean
start_timeout_cb (gpointer data)
{
  JugglerRun *self = data;

  self->timed_out = TRUE;
  g_clear_pointer (&self->guard_timer, g_source_unref);
  juggler_host_client_kill (self->client);
  return G_SOURCE_REMOVE;
}

void
juggler_run_ask_to_stop (JugglerRun *self)
{
  if (self->client == NULL || self->ended_said)
    return;
  self->stop_asked = TRUE;
  juggler_host_client_stop (self->client);
  set_guard (self, STOP_TIMEOUT_MS, stop_timeout_cb);
}

static gboolean
cancelled_idle (gpointer data)
{
  JugglerRun *self = data;

  if (self->start_task != NULL)
    {
      g_autoptr (GTask) task = g_steal_pointer (&self->start_task);

      juggler_run_ask_to_stop (self);
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", _("the run was stopped"));
    }
  return G_SOURCE_REMOVE;
}

/* May come from any thread. */
static void
cancelled_cb (GCancellable *cancellable,
              gpointer      data)
{
  JugglerRun *self = data;
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_callback (source, cancelled_idle, g_object_ref (self), g_object_unref);
  g_source_attach (source, self->context);
}

static gboolean
prepare (JugglerRun  *self,
         GError     **error)
{
  static const JugglerHostCallbacks callbacks = { ready_cb, outcome_cb, ended_cb, fault_cb, doorbell_cb, gone_cb };

  if (self->compile_error != NULL)
    {
      g_propagate_error (error, g_error_copy (self->compile_error));
      return FALSE;
    }
  self->memory = juggler_memory_new (self->plan, 0, self->recording, error);
  if (self->memory == NULL)
    {
      g_prefix_error (error, "%s: ", self->title);
      return FALSE;
    }
  self->clock = juggler_clock_map_new (self->memory->shared->ticks_per_second);
  juggler_clock_map_add (self->clock, juggler_clock_pair ((JugglerClockSource) self->memory->shared->clock));
  self->lists = juggler_lists_new (self->plan);
  self->decoder = juggler_decoder_new (self->memory, self->clock, self->timeline, self->output, self->lists,
                                       G_LIST_MODEL (self->globals));
  self->client = juggler_host_client_start (self->memory, self->host_path, self->context, &callbacks, self, error);
  if (self->client == NULL)
    {
      g_prefix_error (error, "%s: ", self->title);
      return FALSE;
    }
  self->keeper_pid = juggler_host_client_get_pid (self->client);
  return TRUE;
}

void
juggler_run_begin (JugglerRun *self)
{
  GError *error = NULL;

  g_object_ref (self); /* until finish() */
  self->context = g_main_context_ref_thread_default ();
  juggler_run_set_state (self, JUGGLER_RUN_STARTING);
  if (!prepare (self, &error))
    {
      finish_soon (self, error);
      return;
    }
  set_guard (self, self->start_timeout, start_timeout_cb);
  juggler_run_poll_start (self);
  if (self->cancellable != NULL)
    self->cancelled_id = g_cancellable_connect (self->cancellable, G_CALLBACK (cancelled_cb), self, NULL);
}
