/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-trace.h"

#include <glib/gi18n-lib.h>

#include "juggler-compact-json.h"

/* Tracks of cores and locks stand in "processes" of their own, with numbers above any real one: PID_MAX_LIMIT is 2^22. */
#define CORES_PID 1073741824
#define LOCKS_PID 1073741825
#define CORE_TID(core) (1073750000 + (gint64) (core))
#define LOCK_TID(lock) (1074000000 + (gint64) (lock))

#define FLUSH_BYTES 65536U

typedef struct
{
  JugglerRun        *run;
  JugglerTimeline   *timeline;
  GListModel        *workers;
  JugglerCompactJson  json;
  GOutputStream     *stream;
  GCancellable      *cancellable;
  GError           **error;
  gboolean           failed;
  /* Of the lane that is written now. */
  gint64             pid;
  gint64             tid;
  guint              lane;
  gint64             upto;
  gint64             flow;
  GArray            *last_release; /* of the lock that is written now: gint64 a worker */
} Trace;

/* ---- pieces of an event ---- */

static gboolean
flush (Trace    *self,
       gboolean  all)
{
  GString *text = self->json.text;

  if (self->failed || (!all && text->len < FLUSH_BYTES))
    return !self->failed;
  self->failed = !g_output_stream_write_all (self->stream, text->str, text->len, NULL, self->cancellable, self->error);
  g_string_truncate (text, 0);
  return !self->failed;
}

static const char *
worker_name (Trace   *self,
             guint32  worker)
{
  g_autoptr (JugglerWorker) item = g_list_model_get_item (self->workers, worker);

  return item != NULL ? juggler_worker_get_name (item) : NULL; /* the model keeps it */
}

static void
write_string (Trace      *self,
              const char *name,
              const char *value)
{
  if (value == NULL)
    return;
  juggler_compact_json_name (&self->json, name);
  juggler_compact_json_string (&self->json, value);
}

static void
write_integer (Trace      *self,
               const char *name,
               gint64      value)
{
  juggler_compact_json_name (&self->json, name);
  juggler_compact_json_integer (&self->json, value);
}

static void
write_us (Trace      *self,
          const char *name,
          gint64      ns)
{
  juggler_compact_json_name (&self->json, name);
  juggler_compact_json_number (&self->json, (gdouble) ns / 1000.0);
}

static void
write_flag (Trace      *self,
            const char *name,
            gboolean    value)
{
  if (!value)
    return;
  juggler_compact_json_name (&self->json, name);
  juggler_compact_json_boolean (&self->json, TRUE);
}

static void
begin_event (Trace      *self,
             const char *phase,
             const char *name,
             const char *category,
             gint64      pid,
             gint64      tid,
             gint64      time)
{
  juggler_compact_json_begin (&self->json, '{');
  write_string (self, "ph", phase);
  write_string (self, "name", name);
  write_string (self, "cat", category);
  write_integer (self, "pid", pid);
  write_integer (self, "tid", tid);
  write_us (self, "ts", time);
}

static gboolean
end_event (Trace *self)
{
  juggler_compact_json_end (&self->json, '}');
  g_string_append_c (self->json.text, '\n');
  return flush (self, FALSE);
}

/* Who reads ts and dur as binary fractions and adds them must not come out behind the next event's ts: the sum of two
 * rounded numbers may, so then the length is a nanosecond shorter. */
static void
write_duration (Trace  *self,
                gint64  begin,
                gint64  end)
{
  gint64 length = end - begin;

  while (length > 0 && (gdouble) begin / 1000.0 + (gdouble) length / 1000.0 > (gdouble) end / 1000.0)
    length--;
  write_us (self, "dur", length);
}

static void
write_metadata (Trace      *self,
                const char *what,
                gint64      pid,
                gint64      tid,
                const char *name)
{
  juggler_compact_json_begin (&self->json, '{');
  write_string (self, "ph", "M");
  write_string (self, "name", what);
  write_integer (self, "pid", pid);
  write_integer (self, "tid", tid);
  juggler_compact_json_name (&self->json, "args");
  juggler_compact_json_begin (&self->json, '{');
  write_string (self, "name", name);
  juggler_compact_json_end (&self->json, '}');
  end_event (self);
}

/* ---- workers ---- */

static void
write_span_arguments (Trace             *self,
                      const JugglerSpan *span)
{
  int core = juggler_timeline_get_core_at (self->timeline, self->lane, span->begin);

  juggler_compact_json_name (&self->json, "args");
  juggler_compact_json_begin (&self->json, '{');
  if (core >= 0 && span->state != JUGGLER_LANE_ZOMBIE)
    write_integer (self, "core", core);
  if ((span->state == JUGGLER_LANE_LOCK || span->state == JUGGLER_LANE_TURNS)
      && span->object < juggler_run_get_n_locks (self->run))
    {
      write_string (self, "lock", juggler_run_get_lock_name (self->run, span->object));
      write_string (self, "holder", span->holder != G_MAXUINT32 ? worker_name (self, span->holder) : NULL);
    }
  if (span->state == JUGGLER_LANE_JOIN)
    write_string (self, "worker", worker_name (self, span->object));
  if (span->state == JUGGLER_LANE_TURNS && !span->thinned)
    {
      write_integer (self, "turns", span->turns.turns);
      write_integer (self, "waits", span->turns.waits);
      write_us (self, "held_us", span->turns.held);
      write_us (self, "waited_us", span->turns.waited);
    }
  write_flag (self, "timed_out", span->timed_out);
  write_flag (self, "at_end", span->at_end);
  write_flag (self, "open", span->open);
  write_flag (self, "thinned", span->thinned);
  juggler_compact_json_end (&self->json, '}');
}

static gboolean
write_span (const JugglerSpan *span,
            gpointer           data)
{
  Trace *self = data;

  begin_event (self, "X", juggler_lane_state_get_nick (span->state), "worker", self->pid, self->tid, span->begin);
  write_duration (self, span->begin, span->end);
  write_span_arguments (self, span);
  return end_event (self);
}

static void
write_workers (Trace *self)
{
  guint n = g_list_model_get_n_items (self->workers);

  for (self->lane = 0; self->lane < n && !self->failed; self->lane++)
    {
      g_autoptr (JugglerWorker) worker = g_list_model_get_item (self->workers, self->lane);
      const char *name = juggler_worker_get_name (worker);

      self->pid = juggler_worker_get_pid (worker);
      self->tid = juggler_worker_get_tid (worker);
      if (self->tid == 0 || !juggler_timeline_get_lane_extent (self->timeline, self->lane, NULL, NULL))
        continue;
      if (juggler_worker_get_kind (worker) == JUGGLER_KIND_PROCESS)
        write_metadata (self, "process_name", self->pid, self->tid, name);
      write_metadata (self, "thread_name", self->pid, self->tid, name);
      juggler_timeline_foreach_span (self->timeline, self->lane, G_MININT64, G_MAXINT64, write_span, self);
    }
}

static void
write_events (Trace *self)
{
  static const char *const names[] = { "start", "joined", "reaped", "signal", "steps done", "owner died" };
  guint n = 0;
  const JugglerTimelineEvent *events = juggler_timeline_get_events (self->timeline, &n);
  guint i;

  for (i = 0; i < n && !self->failed; i++)
    {
      const JugglerTimelineEvent *event = &events[i];
      g_autoptr (JugglerWorker) worker = g_list_model_get_item (self->workers, event->worker);
      gboolean of_worker = event->kind <= JUGGLER_TIMELINE_SIGNALLED;

      begin_event (self, "i", names[event->kind], "event", juggler_worker_get_pid (worker),
                   juggler_worker_get_tid (worker), event->time);
      write_string (self, "s", "t");
      juggler_compact_json_name (&self->json, "args");
      juggler_compact_json_begin (&self->json, '{');
      write_string (self, "worker", of_worker ? worker_name (self, event->object) : NULL);
      if (event->kind == JUGGLER_TIMELINE_REAPED || event->kind == JUGGLER_TIMELINE_SIGNALLED)
        write_integer (self, event->kind == JUGGLER_TIMELINE_SIGNALLED ? "signal" : "status", event->value);
      if (event->kind == JUGGLER_TIMELINE_OWNER_DIED && event->object < juggler_run_get_n_locks (self->run))
        write_string (self, "lock", juggler_run_get_lock_name (self->run, event->object));
      juggler_compact_json_end (&self->json, '}');
      end_event (self);
    }
}

/* ---- cores ---- */

static gboolean
write_core_span (const JugglerCoreSpan *span,
                 gpointer               data)
{
  Trace *self = data;

  begin_event (self, "X", worker_name (self, span->worker), "core", self->pid, self->tid, span->begin);
  write_duration (self, span->begin, span->end);
  return end_event (self);
}

static void
write_cores (Trace *self)
{
  guint n = juggler_timeline_get_n_cores (self->timeline);
  guint core;

  self->pid = CORES_PID;
  write_metadata (self, "process_name", CORES_PID, CORE_TID (0), "cores");
  for (core = 0; core < n && !self->failed; core++)
    {
      g_autofree char *name = g_strdup_printf ("core %u", core);

      self->tid = CORE_TID (core);
      write_metadata (self, "thread_name", CORES_PID, self->tid, name);
      juggler_timeline_foreach_core_span (self->timeline, core, G_MININT64, G_MAXINT64, write_core_span, self);
    }
}

/* ---- locks ---- */

static void
write_arrow (Trace             *self,
             const char        *phase,
             const JugglerHold *hold,
             guint              worker,
             gint64             time)
{
  g_autoptr (JugglerWorker) item = g_list_model_get_item (self->workers, worker);

  begin_event (self, phase, "hand-over", "lock", juggler_worker_get_pid (item), juggler_worker_get_tid (item), time);
  write_integer (self, "id", self->flow);
  if (*phase == 'f')
    write_string (self, "bp", "e");
  end_event (self);
}

static gboolean
write_hold (const JugglerHold *hold,
            gpointer           data)
{
  Trace  *self = data;
  gint64 *released = &g_array_index (self->last_release, gint64, hold->worker);
  gint64  begin = MAX (hold->begin, self->upto);

  if (hold->from != G_MAXUINT32 && hold->from != hold->worker)
    {
      gint64 given = g_array_index (self->last_release, gint64, hold->from);

      self->flow++;
      write_arrow (self, "s", hold, hold->from, given == G_MININT64 ? hold->begin : MIN (given, hold->begin));
      write_arrow (self, "f", hold, hold->worker, hold->begin);
    }
  /* Turns of several workers lie over one another: they stand in the workers' own tracks. */
  if (hold->turns == 0 && hold->end > begin)
    {
      begin_event (self, "X", worker_name (self, hold->worker), "lock", LOCKS_PID, self->tid, begin);
      write_duration (self, begin, hold->end);
      end_event (self);
      self->upto = hold->end;
    }
  *released = hold->end;
  return !self->failed;
}

static void
write_locks (Trace *self)
{
  guint  n = juggler_run_get_n_locks (self->run);
  guint  n_workers = g_list_model_get_n_items (self->workers);
  gint64 never = G_MININT64;
  guint  lock;
  guint  i;

  if (n == 0)
    return;
  write_metadata (self, "process_name", LOCKS_PID, LOCK_TID (0), "locks");
  for (lock = 0; lock < n && !self->failed; lock++)
    {
      self->last_release = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n_workers);
      for (i = 0; i < n_workers; i++)
        g_array_append_val (self->last_release, never);
      self->tid = LOCK_TID (lock);
      self->upto = G_MININT64;
      write_metadata (self, "thread_name", LOCKS_PID, self->tid, juggler_run_get_lock_name (self->run, lock));
      juggler_timeline_foreach_hold (self->timeline, lock, G_MININT64, G_MAXINT64, write_hold, self);
      g_clear_pointer (&self->last_release, g_array_unref);
    }
}

/* ---- globals ---- */

static void
write_series (Trace         *self,
              JugglerGlobal *global,
              JugglerSeries *series)
{
  g_autoptr (JugglerWorker) worker = g_list_model_get_item (self->workers, juggler_series_get_worker (series));
  guint n = 0;
  const JugglerPoint *points = juggler_series_get_points (series, &n);
  guint i;

  for (i = 0; i < n && !self->failed; i++)
    {
      begin_event (self, "C", juggler_global_get_name (global), "global", juggler_worker_get_pid (worker),
                   juggler_worker_get_tid (worker), points[i].time);
      juggler_compact_json_name (&self->json, "args");
      juggler_compact_json_begin (&self->json, '{');
      write_integer (self, "value", points[i].value);
      juggler_compact_json_end (&self->json, '}');
      end_event (self);
    }
}

static void
write_globals (Trace *self)
{
  GListModel *globals = juggler_run_get_globals (self->run);
  guint g;
  guint i;

  for (g = 0; g < g_list_model_get_n_items (globals); g++)
    {
      g_autoptr (JugglerGlobal) global = g_list_model_get_item (globals, g);
      GListModel *all = juggler_global_get_series (global);

      for (i = 0; i < g_list_model_get_n_items (all) && !self->failed; i++)
        {
          g_autoptr (JugglerSeries) series = g_list_model_get_item (all, i);

          write_series (self, global, series);
        }
    }
}

/* ---- the whole ---- */

static void
write_facts (Trace *self)
{
  JugglerResult *result = juggler_run_get_result (self->run);
  guint i;

  juggler_compact_json_name (&self->json, "juggler");
  juggler_compact_json_begin (&self->json, '{');
  juggler_compact_json_name (&self->json, "monotonic_ns");
  juggler_compact_json_unsigned (&self->json, juggler_timeline_get_monotonic_ns (self->timeline));
  write_string (self, "source", "workers");
  juggler_compact_json_name (&self->json, "dropped");
  juggler_compact_json_unsigned (&self->json, juggler_timeline_get_n_dropped (self->timeline));
  juggler_compact_json_name (&self->json, "provoked");
  juggler_compact_json_begin (&self->json, '[');
  for (i = 0; result != NULL && i < juggler_result_get_n_provoked (result); i++)
    juggler_compact_json_string (&self->json, juggler_result_get_provoked (result, i));
  juggler_compact_json_end (&self->json, ']');
  if (juggler_timeline_get_thinned_until (self->timeline) > 0)
    write_us (self, "thinned_until_us", juggler_timeline_get_thinned_until (self->timeline));
  if (result != NULL)
    write_string (self, "outcome", juggler_outcome_to_string (juggler_result_get_outcome (result)));
  write_string (self, "title", juggler_document_get_title (juggler_run_get_document (self->run)));
  juggler_compact_json_end (&self->json, '}');
}

gboolean
juggler_run_write_trace (JugglerRun     *self,
                         GOutputStream  *stream,
                         GCancellable   *cancellable,
                         GError        **error)
{
  Trace trace = {
    .run = self,
    .timeline = juggler_run_get_timeline (self),
    .workers = juggler_run_get_workers (self),
    .json = { g_string_sized_new (FLUSH_BYTES + 4096), FALSE },
    .stream = stream,
    .cancellable = cancellable,
    .error = error,
  };

  g_return_val_if_fail (JUGGLER_IS_RUN (self), FALSE);
  g_return_val_if_fail (G_IS_OUTPUT_STREAM (stream), FALSE);

  juggler_compact_json_begin (&trace.json, '{');
  juggler_compact_json_name (&trace.json, "traceEvents");
  juggler_compact_json_begin (&trace.json, '[');
  write_workers (&trace);
  write_events (&trace);
  write_cores (&trace);
  write_locks (&trace);
  write_globals (&trace);
  juggler_compact_json_end (&trace.json, ']');
  juggler_compact_json_name (&trace.json, "displayTimeUnit");
  juggler_compact_json_string (&trace.json, "ms");
  write_facts (&trace);
  juggler_compact_json_end (&trace.json, '}');
  g_string_append_c (trace.json.text, '\n');
  flush (&trace, TRUE);
  g_string_free (trace.json.text, TRUE);
  return !trace.failed;
}

gboolean
juggler_run_write_trace_file (JugglerRun  *self,
                              const char  *path,
                              GError     **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) problem = NULL;
  g_autoptr (GFileOutputStream) stream = NULL;

  g_return_val_if_fail (JUGGLER_IS_RUN (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, &problem);
  if (stream != NULL && !juggler_run_write_trace (self, G_OUTPUT_STREAM (stream), NULL, &problem))
    {
      g_autoptr (GCancellable) given_up = g_cancellable_new ();

      /* Closing a cancelled one leaves the old file. */
      g_cancellable_cancel (given_up);
      g_output_stream_close (G_OUTPUT_STREAM (stream), given_up, NULL);
    }
  else if (stream != NULL)
    g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, &problem);
  if (problem == NULL)
    return TRUE;
  g_set_error (error, JUGGLER_ENGINE_ERROR, JUGGLER_ENGINE_ERROR_EXPORT,
               _("the timeline could not be written to “%s”: %s"), path, problem->message);
  return FALSE;
}
