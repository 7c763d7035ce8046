/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-result-builder.c: from the slots, as the host left them, to the result of the experiment format. */

#include "config.h"

#include "juggler-result-private.h"

#include <inttypes.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include <glib/gi18n-lib.h>

#include "juggler-words.h"

static const char *
keep_name (JugglerResult     *self,
           const JugglerPlan *plan,
           JugglerPlanString  name)
{
  return g_string_chunk_insert (self->names, juggler_plan_string (plan, name));
}

/* The run was cut short: who lived then keeps the state that it had. */
static gboolean
was_cut_short (JugglerOutcome outcome)
{
  return outcome == JUGGLER_OUTCOME_TIME_LIMIT || outcome == JUGGLER_OUTCOME_STOPPED
         || outcome == JUGGLER_OUTCOME_DEADLOCK;
}

/* ---- values ---- */

static const JugglerListElement *
shared_list (const JugglerShared *shared,
             guint                global,
             guint64             *length)
{
  const char            *block = (const char *) shared + shared->globals_offset;
  const JugglerListHead *head = (const JugglerListHead *) (block + (gsize) global * JUGGLER_GLOBAL_STRIDE);

  *length = MIN (atomic_load (&head->claimed), JUGGLER_LIST_CAPACITY);
  /* The host could have written anything there. */
  if (head->elements > shared->globals_size
      || shared->globals_size - head->elements < *length * sizeof (JugglerListElement))
    *length = 0;
  return (const JugglerListElement *) (block + head->elements);
}

static void
read_shared_list (const JugglerResultSource *source,
                  guint                      global,
                  JugglerResultValue        *value)
{
  guint64 length;
  const JugglerListElement *elements = shared_list (source->shared, global, &length);
  guint64 i;

  value->values = g_new (gint64, MAX (length, 1));
  value->value = 0;
  for (i = 0; i < length; i++)
    if (atomic_load (&elements[i].written))
      value->values[value->value++] = atomic_load (&elements[i].value);
}

static void
read_list (const JugglerResultSource *source,
           guint                      worker,
           guint                      global,
           gint64                     until,
           JugglerResultValue        *value)
{
  guint         n = 0;
  const gint64 *exact = juggler_lists_get_exact (source->lists, worker, global, &n);
  guint         process = atomic_load (&juggler_shared_slot (source->shared, worker)->process);

  if (exact != NULL)
    value->values = g_memdup2 (exact, MAX (n, 1) * sizeof *exact);
  else if (source->shared->globals_offset != 0)
    {
      read_shared_list (source, global, value);
      return;
    }
  else
    value->values = juggler_lists_rebuild (source->lists, process < source->shared->n_workers ? process : worker,
                                           global, until, &n);
  value->value = n;
}

JugglerResultValue *
juggler_result_read_values (JugglerResult             *self,
                            const JugglerResultSource *source,
                            guint                      worker,
                            gboolean                  *exact)
{
  JugglerSlot        *slot = juggler_shared_slot (source->shared, worker);
  _Atomic int64_t    *published = juggler_shared_values (source->shared, worker);
  guint               flags = atomic_load (&slot->flags);
  guint64             death = atomic_load (&slot->death_ticks);
  gint64              until = death != 0 ? juggler_clock_map_to_time (source->clock, death) : G_MAXINT64;
  JugglerResultValue *values = g_new0 (JugglerResultValue, MAX (self->n_globals, 1));
  guint g;

  *exact = (flags & JUGGLER_SLOT_EXACT) != 0;
  for (g = 0; g < self->n_globals; g++)
    {
      const JugglerPlanGlobal *global = juggler_plan_global (source->plan, g);

      values[g].name = self->globals != NULL ? self->globals[g].name : keep_name (self, source->plan, global->name);
      values[g].is_list = global->is_list != 0;
      if (values[g].is_list)
        read_list (source, worker, g, until, &values[g]);
      else if (worker == 0 && !(flags & (JUGGLER_SLOT_EXACT | JUGGLER_SLOT_PUBLISHED)))
        values[g].value = source->main_values[g];
      else
        values[g].value = atomic_load (&published[g]);
    }
  return values;
}

/* ---- one worker ---- */

static void
read_wait (const JugglerResultSource *source,
           guint                      index,
           JugglerResultWorker       *worker)
{
  JugglerSlot *slot = juggler_shared_slot (source->shared, index);
  guint64      end = atomic_load (&source->shared->end_ticks);
  JugglerSpan  span = { 0 };

  worker->waiting = atomic_load (&slot->state);
  worker->waits_for = (int) atomic_load (&slot->wait_object);
  /* When the run is stopped waits end too: what it did at that moment stands in its lane. */
  if (end != 0
      && juggler_timeline_get_span_at (source->timeline, index, juggler_clock_map_to_time (source->clock, end), &span))
    {
      static const JugglerSlotState states[JUGGLER_N_LANE_STATES] = {
        [JUGGLER_LANE_LOCK] = JUGGLER_SLOT_WAITING_LOCK,
        [JUGGLER_LANE_JOIN] = JUGGLER_SLOT_WAITING_JOIN,
        [JUGGLER_LANE_SLEEP] = JUGGLER_SLOT_SLEEPING,
        [JUGGLER_LANE_OUTPUT] = JUGGLER_SLOT_WAITING_OUTPUT,
      };

      if (states[span.state] != 0)
        {
          worker->waiting = states[span.state];
          worker->waits_for = (int) span.object;
        }
    }
  if (worker->waiting != JUGGLER_SLOT_WAITING_LOCK && worker->waiting != JUGGLER_SLOT_WAITING_JOIN)
    worker->waits_for = -1;
  worker->state = worker->waiting == JUGGLER_SLOT_WAITING_LOCK || worker->waiting == JUGGLER_SLOT_WAITING_JOIN
                      || worker->waiting == JUGGLER_SLOT_WAITING_OUTPUT
                    ? JUGGLER_RESULT_WAITING
                    : JUGGLER_RESULT_RUNNING;
}

static void
read_status (int                  status,
             gboolean             left,
             JugglerResultWorker *worker)
{
  if (WIFEXITED (status) && left)
    {
      /* One of its threads ended it by hard_exit. */
      worker->state = JUGGLER_RESULT_FINISHED;
      worker->has_exit = TRUE;
      worker->exit_code = WEXITSTATUS (status);
      return;
    }
  if (!WIFSIGNALED (status))
    {
      /* Ended by itself, but not at its last step: its process ended with its parent. */
      worker->state = JUGGLER_RESULT_KILLED;
      worker->signal = SIGKILL;
      return;
    }
  worker->signal = WTERMSIG (status);
  switch (worker->signal)
    {
    case SIGTERM:
      worker->state = JUGGLER_RESULT_TERMINATED;
      break;
    case SIGILL:
    case SIGABRT:
    case SIGBUS:
    case SIGFPE:
    case SIGSEGV:
      worker->state = JUGGLER_RESULT_CRASHED;
      break;
    default:
      worker->state = JUGGLER_RESULT_KILLED;
    }
}

static void
read_state (const JugglerResultSource *source,
            guint                      index,
            JugglerResultWorker       *worker)
{
  JugglerSlot *slot = juggler_shared_slot (source->shared, index);
  guint        state = atomic_load (&slot->state);
  guint        flags = atomic_load (&slot->flags);

  worker->waiting = JUGGLER_SLOT_RUNNING;
  worker->waits_for = -1;
  if (state == JUGGLER_SLOT_NEVER_STARTED)
    {
      worker->state = JUGGLER_RESULT_NEVER_STARTED;
      return;
    }
  if (state == JUGGLER_SLOT_FINISHED || state == JUGGLER_SLOT_FAILED)
    {
      worker->state = state == JUGGLER_SLOT_FINISHED ? JUGGLER_RESULT_FINISHED : JUGGLER_RESULT_FAILED;
      worker->has_exit = TRUE;
      worker->exit_code = atomic_load (&slot->exit_code);
      if (state == JUGGLER_SLOT_FAILED)
        worker->message = juggler_words_failure (source->plan, atomic_load (&slot->failure),
                                                 atomic_load (&slot->failure_object));
    }
  else if (flags & JUGGLER_SLOT_VANISHED)
    worker->state = JUGGLER_RESULT_VANISHED;
  else if (flags & (JUGGLER_SLOT_REAPED | JUGGLER_SLOT_ZOMBIE))
    read_status (atomic_load (&slot->wait_status), (flags & JUGGLER_SLOT_LEFT) != 0, worker);
  else
    read_wait (source, index, worker);
  worker->stopped = (flags & JUGGLER_SLOT_STOPPED) != 0;
  worker->cut = (flags & (JUGGLER_SLOT_DAEMON_CUT | JUGGLER_SLOT_CUT_ORPHAN)) != 0;
  if (flags & JUGGLER_SLOT_ORPHAN)
    {
      worker->new_ppid = atomic_load (&slot->new_ppid);
      if (worker->state != JUGGLER_RESULT_FAILED)
        worker->state = JUGGLER_RESULT_ORPHAN;
    }
}

static void
read_times (const JugglerResultSource *source,
            guint                      index,
            JugglerResultWorker       *worker)
{
  JugglerSlot *slot = juggler_shared_slot (source->shared, index);
  guint64      start = atomic_load (&slot->start_ticks);
  guint64      end = atomic_load (&slot->end_ticks);
  guint64      over = atomic_load (&source->shared->end_ticks);

  worker->start_us = -1;
  worker->end_us = -1;
  if (start == 0)
    return;
  if (end == 0)
    end = atomic_load (&slot->death_ticks);
  if (end == 0 || (was_cut_short (source->outcome) && end > over && over != 0))
    end = over; /* it lived until the run was cut short */
  worker->start_us = MAX (0.0, (gdouble) juggler_clock_map_to_time (source->clock, start) / 1000.0);
  worker->end_us = MAX (worker->start_us, (gdouble) juggler_clock_map_to_time (source->clock, end) / 1000.0);
  worker->wait_ms = (gdouble) juggler_clock_map_to_length (source->clock, atomic_load (&slot->waited_ticks)) / 1e6;
}

/* A wait for a lock that the end of the run or a signal cut off is in no sum of the slot. */
static void
add_open_wait (const JugglerResultSource *source,
               guint                      index,
               JugglerResultWorker       *worker)
{
  JugglerSpan span = { 0 };
  gint64      end = (gint64) (worker->end_us * 1000.0);

  if (worker->end_us > 0 && juggler_timeline_get_span_at (source->timeline, index, end - 1, &span)
      && span.state == JUGGLER_LANE_LOCK && span.open)
    worker->wait_ms += (gdouble) (end - span.begin) / 1e6;
}

static void
read_cores (JugglerSlot         *slot,
            JugglerResultWorker *worker)
{
  guint core;

  worker->cores = g_new (guint, JUGGLER_MAX_CORES);
  for (core = 0; core < JUGGLER_MAX_CORES; core++)
    if (atomic_load (&slot->cores[core / 64]) & (UINT64_C (1) << (core % 64)))
      worker->cores[worker->n_cores++] = core;
  worker->cores = g_renew (guint, worker->cores, MAX (worker->n_cores, 1));
}

static void
read_worker (JugglerResult             *self,
             const JugglerResultSource *source,
             guint                      index)
{
  const JugglerPlanWorker *planned = juggler_plan_worker (source->plan, index);
  const JugglerPlanGroup  *group = juggler_plan_group (source->plan, planned->group);
  JugglerSlot             *slot = juggler_shared_slot (source->shared, index);
  JugglerResultWorker     *worker = &self->workers[index];
  guint64 address = atomic_load (&slot->globals_address);
  guint   parent = atomic_load (&slot->parent);
  guint   g;

  worker->name = keep_name (self, source->plan, planned->name);
  worker->kind = group->kind;
  worker->daemon = group->daemon != 0;
  worker->parent = -1;
  read_state (source, index, worker);
  worker->started = worker->state != JUGGLER_RESULT_NEVER_STARTED;
  read_times (source, index, worker);
  worker->addresses = g_new0 (guint64, MAX (self->n_globals, 1));
  if (!worker->started)
    return;
  worker->pid = atomic_load (&slot->pid);
  worker->ppid = atomic_load (&slot->ppid);
  worker->tid = atomic_load (&slot->tid);
  if (index > 0 && parent < self->n_workers)
    worker->parent = (int) parent;
  worker->globals = juggler_result_read_values (self, source, index, &worker->globals_exact);
  for (g = 0; g < self->n_globals && address != 0; g++)
    worker->addresses[g] = address + (guint64) g * JUGGLER_GLOBAL_STRIDE;
  worker->cpu_ms = (gdouble) atomic_load (&slot->cpu_ns) / 1e6;
  worker->voluntary = atomic_load (&slot->voluntary);
  worker->involuntary = atomic_load (&slot->involuntary);
  worker->increments = atomic_load (&slot->increments);
  read_cores (slot, worker);
  add_open_wait (source, index, worker);
}

/* ---- the rest ---- */

static int
compare_lines (gconstpointer a,
               gconstpointer b,
               gpointer      data)
{
  const JugglerResultLine *x = a;
  const JugglerResultLine *y = b;

  return (x->t_us > y->t_us) - (x->t_us < y->t_us);
}

static void
read_output (JugglerResult             *self,
             const JugglerResultSource *source)
{
  guint i;
  const JugglerOutputEntry *entries = juggler_output_get_entries (source->output, &self->n_lines);

  self->lines = g_new (JugglerResultLine, MAX (self->n_lines, 1));
  for (i = 0; i < self->n_lines; i++)
    {
      self->lines[i].t_us = (gdouble) entries[i].time / 1000.0;
      self->lines[i].worker = entries[i].worker;
      self->lines[i].text = g_string_chunk_insert (self->names, entries[i].text);
    }
  g_qsort_with_data (self->lines, (gint) self->n_lines, sizeof *self->lines, compare_lines, NULL);
}

static void
read_deadlock (JugglerResult             *self,
               const JugglerResultSource *source)
{
  const JugglerEdge *edges = juggler_shared_edges (source->shared);
  guint n = MIN (atomic_load (&source->shared->n_edges), self->n_workers);
  guint i;

  self->edges = g_new0 (JugglerResultEdge, MAX (n, 1));
  if (source->outcome != JUGGLER_OUTCOME_DEADLOCK)
    return;
  for (i = 0; i < n; i++)
    {
      JugglerResultEdge *edge = &self->edges[self->n_edges];

      if (edges[i].worker >= self->n_workers || edges[i].object >= (edges[i].is_join ? self->n_workers : self->n_locks))
        continue;
      edge->worker = edges[i].worker;
      edge->is_join = edges[i].is_join != 0;
      edge->object = edges[i].object;
      edge->holder = edges[i].holder < self->n_workers ? (int) edges[i].holder : -1;
      edge->owner_ended = edges[i].owner_end;
      self->n_edges++;
      if (edges[i].in_cycle)
        self->n_cycle = self->n_edges;
    }
}

static void
note (JugglerResult *self,
      char          *text)
{
  g_ptr_array_add (self->notes, text);
}

/* As the host sees it, which inherits what this program may use. */
static gboolean
has_core (guint core)
{
  cpu_set_t machine;

  if (sched_getaffinity (0, sizeof machine, &machine) < 0)
    return TRUE;
  return core < CPU_SETSIZE && CPU_ISSET (core, &machine);
}

static void
note_missing_core (JugglerResult *self,
                   const char    *group,
                   guint64        core)
{
  note (self, g_strdup_printf (_("“%s”: core %" PRIu64 " is not there and was left out"), group, core));
}

/* Numbers that no machine has are not in the plan. Returns whether the group names some. */
static gboolean
note_absent_cores (JugglerResult             *self,
                   const JugglerResultSource *source,
                   guint                      group)
{
  const JugglerDocumentWorker *worker;

  if (source->document == NULL || group == 0)
    return FALSE;
  worker = juggler_document_get_worker (source->document, group - 1);
  for (guint i = 0; i < worker->n_absent_cores; i++)
    note_missing_core (self, worker->name, (guint64) worker->absent_cores[i]);
  return worker->n_absent_cores > 0;
}

static void
note_cores (JugglerResult             *self,
            const JugglerResultSource *source)
{
  gboolean pinned = FALSE;
  guint    n_groups = juggler_plan_count (source->plan, JUGGLER_TABLE_GROUPS);
  guint    i;
  guint    k;

  if (source->cores_wanted > self->cores && self->cores > 0)
    note (self, g_strdup_printf (ngettext ("%u cores were asked for; this machine lets a run use %u core",
                                           "%u cores were asked for; this machine lets a run use %u cores", self->cores),
                                 source->cores_wanted, self->cores));
  for (i = 0; i < n_groups; i++)
    {
      const JugglerPlanGroup *group = juggler_plan_group (source->plan, i);

      pinned = note_absent_cores (self, source, i) || pinned || group->n_cores > 0;
      for (k = 0; k < group->n_cores; k++)
        if (!has_core (*juggler_plan_core (source->plan, group->first_core + k)))
          note_missing_core (self, juggler_plan_string (source->plan, group->name),
                             *juggler_plan_core (source->plan, group->first_core + k));
    }
  if (pinned)
    g_ptr_array_add (self->provoked, g_strdup ("cores"));
  if (source->plan->gil)
    g_ptr_array_add (self->provoked, g_strdup ("gil"));
  if (source->plan->race_window_us > 0)
    g_ptr_array_add (self->provoked, g_strdup ("race_window_us"));
}

static void
note_events (JugglerResult             *self,
             const JugglerResultSource *source)
{
  guint n = 0;
  const JugglerTimelineEvent *events = juggler_timeline_get_events (source->timeline, &n);
  guint i;

  for (i = 0; i < n; i++)
    if (events[i].kind == JUGGLER_TIMELINE_OWNER_DIED && events[i].object < self->n_locks)
      note (self, g_strdup_printf (_("owner died: “%s” got “%s” from “%s”, which had ended without releasing it"),
                                   self->workers[events[i].worker].name, self->lock_names[events[i].object],
                                   events[i].value >= 0 && events[i].value < (gint64) self->n_workers
                                     ? self->workers[events[i].value].name
                                     : "?"));
}

static void
write_notes (JugglerResult             *self,
             const JugglerResultSource *source)
{
  guint n_others;
  guint i;

  note_cores (self, source);
  note_events (self, source);
  for (i = 0; i < self->n_workers; i++)
    if (self->workers[i].stopped)
      note (self, g_strdup_printf (_("“%s” was held by SIGSTOP when the run ended"), self->workers[i].name));
  n_others = self->notes->len;
  if (self->n_dropped > 0)
    note (self, g_strdup_printf (ngettext ("%" PRIu64 " record of the timeline found no room and is missing",
                                           "%" PRIu64 " records of the timeline found no room and are missing",
                                           (gulong) self->n_dropped),
                                 self->n_dropped));
  if (juggler_timeline_get_thinned_until (source->timeline) > 0)
    note (self, g_strdup_printf (_("the timeline's detail before %.3f s was given up to bound the memory"),
                                 (gdouble) juggler_timeline_get_thinned_until (source->timeline) / 1e9));
  self->n_timeline_notes = self->notes->len - n_others;
}

static void
judge (JugglerResult             *self,
       const JugglerResultSource *source)
{
  guint g;

  self->expected = g_memdup2 (source->expected, MAX (self->n_globals, 1) * sizeof *source->expected);
  self->right = source->outcome == JUGGLER_OUTCOME_FINISHED;
  for (g = 0; g < self->n_globals; g++)
    if (self->expected[g].has)
      {
        self->has_expect = TRUE;
        if (self->globals[g].value != self->expected[g].value)
          self->right = FALSE;
      }
  self->right = self->right && self->has_expect;
}

JugglerResult *
juggler_result_new (const JugglerResultSource *source)
{
  JugglerResult *self = g_object_new (JUGGLER_TYPE_RESULT, NULL);
  const JugglerPlan *plan = source->plan;
  guint64  end = atomic_load (&source->shared->end_ticks);
  gboolean exact;
  guint i;

  self->title = g_strdup (source->title);
  self->outcome = source->outcome;
  self->cores = atomic_load (&source->shared->cores_used);
  self->shared_globals = plan->shared_globals != 0;
  self->time_limit_ms = plan->time_limit_ms;
  self->n_dropped = source->n_dropped;
  self->wall_ms = end != 0 ? MAX (0.0, (gdouble) juggler_clock_map_to_time (source->clock, end) / 1e6) : 0;
  self->n_globals = juggler_plan_count (plan, JUGGLER_TABLE_GLOBALS);
  self->n_workers = source->shared->n_workers;
  self->n_locks = juggler_plan_count (plan, JUGGLER_TABLE_LOCKS);
  self->lock_names = g_new (const char *, MAX (self->n_locks, 1));
  for (i = 0; i < self->n_locks; i++)
    self->lock_names[i] = keep_name (self, plan, juggler_plan_lock (plan, i)->name);
  self->globals = juggler_result_read_values (self, source, 0, &exact);
  self->workers = g_new0 (JugglerResultWorker, self->n_workers);
  for (i = 0; i < self->n_workers; i++)
    read_worker (self, source, i);
  judge (self, source);
  read_output (self, source);
  read_deadlock (self, source);
  write_notes (self, source);
  return self;
}
