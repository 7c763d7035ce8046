/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-run-poll.c: how a run looks at its workers: the rings often enough that none fills up, the slots as often as
 * a person can see. */

#include "config.h"

#include "juggler-run-private.h"

#include <signal.h>
#include <sys/wait.h>

#define LONGEST_INTERVAL_MS 30U
#define SHORTEST_INTERVAL_MS 2U
/* The first looks: main may start thousands within milliseconds, and each is a record in one ring. */
#define FIRST_INTERVAL_MS 4U
#define PUBLISH_US 25000
/* What a list shows while the run goes on: making its text anew costs as much as the list is long. */
#define LIVE_ELEMENTS 100U
#define LIVE_APPENDS 20000U

static JugglerSlot *
slot_of (JugglerRun *self,
         guint       worker)
{
  return juggler_shared_slot (self->memory->shared, worker);
}

static gint64
to_time (JugglerRun *self,
         guint64     ticks)
{
  return juggler_clock_map_to_time (self->clock, ticks);
}

/* ---- values ---- */

static char *
list_text (const gint64 *values,
           guint         n,
           guint         most)
{
  GString *text = g_string_new ("[");
  guint    i;

  for (i = 0; i < n && i < most; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? ", " : "", values[i]);
  if (n > most)
    g_string_append (text, ", …");
  g_string_append_c (text, ']');
  return g_string_free (text, FALSE);
}

static gboolean
counts_for_main (JugglerRun *self,
                 guint       worker)
{
  return self->plan->shared_globals || atomic_load_explicit (&slot_of (self, worker)->process, memory_order_relaxed) == 0;
}

/* Main's threads share its globals; each publishes the one it works on. What changed last is what main would see. */
static void
look_at_values (JugglerRun *self,
                guint       worker,
                guint64    *newest)
{
  _Atomic int64_t *published = juggler_shared_values (self->memory->shared, worker);
  guint   n = self->memory->shared->n_values;
  guint64 progress = atomic_load_explicit (&slot_of (self, worker)->progress_ticks, memory_order_relaxed);
  guint   g;

  if (n == 0 || !counts_for_main (self, worker))
    return;
  if (self->seen_values[worker] == NULL)
    {
      self->seen_values[worker] = g_new (gint64, n);
      /* A new worker publishes what it finds: no news, unless it is main itself. */
      for (g = 0; g < n; g++)
        self->seen_values[worker][g] = worker == 0 ? self->main_values[g]
                                                   : atomic_load_explicit (&published[g], memory_order_relaxed);
    }
  for (g = 0; g < n; g++)
    {
      gint64 value = atomic_load_explicit (&published[g], memory_order_relaxed);

      if (value == self->seen_values[worker][g])
        continue;
      self->seen_values[worker][g] = value;
      if (progress < newest[g])
        continue;
      newest[g] = progress;
      self->main_values[g] = value;
    }
}

static void
read_shared_values (JugglerRun *self)
{
  JugglerShared *shared = self->memory->shared;
  const char    *block = (const char *) shared + shared->globals_offset;
  guint          g;

  for (g = 0; g < shared->n_values; g++)
    self->main_values[g] = atomic_load_explicit ((const _Atomic int64_t *) (block + (gsize) g * JUGGLER_GLOBAL_STRIDE),
                                                 memory_order_relaxed);
}

static void
show_list (JugglerRun    *self,
           JugglerGlobal *global,
           guint          g,
           gint64         now)
{
  guint appends = juggler_lists_get_n_appends (self->lists, g);
  guint n = 0;
  g_autofree gint64 *values = NULL;
  g_autofree char   *text = NULL;

  if (self->list_marks[g] == appends + 1 || appends > LIVE_APPENDS)
    return;
  self->list_marks[g] = appends + 1;
  values = juggler_lists_rebuild (self->lists, 0, g, now, &n);
  text = list_text (values, n, LIVE_ELEMENTS);
  juggler_global_set_value (global, n, text);
}

static void
show_values (JugglerRun *self,
             gint64      now)
{
  guint n = self->memory->shared->n_values;
  g_autofree guint64 *newest = g_new0 (guint64, MAX (n, 1));
  guint g;
  guint i;

  for (i = 0; i < self->n_active; i++)
    look_at_values (self, self->active[i], newest);
  if (self->memory->shared->globals_offset != 0 && self->begun)
    read_shared_values (self);
  for (g = 0; g < n; g++)
    {
      g_autoptr (JugglerGlobal) global = g_list_model_get_item (G_LIST_MODEL (self->globals), g);

      if (juggler_global_get_is_list (global))
        show_list (self, global, g, now);
      else
        juggler_global_set_value (global, self->main_values[g], NULL);
    }
}

/* ---- workers ---- */

static JugglerWorkerState
state_by_signal (int  status,
                 int *signal_number)
{
  *signal_number = WIFSIGNALED (status) ? WTERMSIG (status) : SIGKILL;
  switch (*signal_number)
    {
    case SIGTERM:
      return JUGGLER_WORKER_TERMINATED;
    case SIGILL:
    case SIGABRT:
    case SIGBUS:
    case SIGFPE:
    case SIGSEGV:
      return JUGGLER_WORKER_CRASHED;
    default:
      return JUGGLER_WORKER_KILLED;
    }
}

static void
look_at_status (JugglerSlot        *slot,
                guint               flags,
                JugglerWorkerFacts *facts)
{
  int status = atomic_load_explicit (&slot->wait_status, memory_order_relaxed);

  if (WIFEXITED (status) && (flags & JUGGLER_SLOT_LEFT))
    {
      facts->state = JUGGLER_WORKER_FINISHED; /* by hard_exit in one of its threads */
      facts->exit_code = WEXITSTATUS (status);
    }
  else
    facts->state = state_by_signal (status, &facts->signal);
}

static void
look_at_wait (JugglerRun         *self,
              JugglerSlot        *slot,
              JugglerWorkerFacts *facts)
{
  guint object = atomic_load_explicit (&slot->wait_object, memory_order_relaxed);
  guint word;

  if (facts->state == JUGGLER_WORKER_WAITING_JOIN && object < self->memory->shared->n_workers)
    {
      facts->waits_for = juggler_plan_string (self->plan, juggler_plan_worker (self->plan, object)->name);
    }
  else if (facts->state == JUGGLER_WORKER_WAITING_LOCK && object < juggler_run_get_n_locks (self))
    {
      facts->waits_for = juggler_run_get_lock_name (self, object);
      word = atomic_load_explicit (&juggler_shared_lock (self->memory->shared, object)->word, memory_order_relaxed)
             & JUGGLER_LOCK_OWNER_MASK;
      facts->holder = word > 0 && word <= self->memory->shared->n_workers ? (int) word - 1 : -1;
    }
}

static void
look_at_state (JugglerRun         *self,
               guint               worker,
               JugglerWorkerFacts *facts)
{
  static const JugglerWorkerState states[JUGGLER_N_SLOT_STATES] = {
    [JUGGLER_SLOT_NEVER_STARTED] = JUGGLER_WORKER_NEVER_STARTED,
    [JUGGLER_SLOT_STARTING] = JUGGLER_WORKER_STARTING,
    [JUGGLER_SLOT_RUNNING] = JUGGLER_WORKER_RUNNING,
    [JUGGLER_SLOT_SLEEPING] = JUGGLER_WORKER_SLEEPING,
    [JUGGLER_SLOT_WAITING_LOCK] = JUGGLER_WORKER_WAITING_LOCK,
    [JUGGLER_SLOT_WAITING_JOIN] = JUGGLER_WORKER_WAITING_JOIN,
    [JUGGLER_SLOT_WAITING_OUTPUT] = JUGGLER_WORKER_WAITING_OUTPUT,
    [JUGGLER_SLOT_FINISHED] = JUGGLER_WORKER_FINISHED,
    [JUGGLER_SLOT_FAILED] = JUGGLER_WORKER_FAILED,
  };
  JugglerSlot *slot = slot_of (self, worker);
  guint state = atomic_load_explicit (&slot->state, memory_order_acquire);
  guint flags = atomic_load_explicit (&slot->flags, memory_order_acquire);

  facts->state = state < JUGGLER_N_SLOT_STATES ? states[state] : JUGGLER_WORKER_RUNNING;
  facts->orphan = (flags & JUGGLER_SLOT_ORPHAN) != 0;
  facts->zombie = (flags & JUGGLER_SLOT_ZOMBIE) != 0 && (flags & JUGGLER_SLOT_REAPED) == 0;
  facts->stopped = (flags & JUGGLER_SLOT_STOPPED) != 0;
  facts->steps_done = (flags & JUGGLER_SLOT_STEPS_DONE) != 0;
  facts->exit_code = -1;
  if (state == JUGGLER_SLOT_FINISHED || state == JUGGLER_SLOT_FAILED)
    facts->exit_code = atomic_load_explicit (&slot->exit_code, memory_order_relaxed);
  else if (flags & JUGGLER_SLOT_VANISHED)
    facts->state = JUGGLER_WORKER_VANISHED;
  else if (flags & (JUGGLER_SLOT_REAPED | JUGGLER_SLOT_ZOMBIE))
    look_at_status (slot, flags, facts);
  facts->alive = facts->state != JUGGLER_WORKER_NEVER_STARTED && facts->state < JUGGLER_WORKER_FINISHED;
}

static void
show_worker (JugglerRun *self,
             guint       worker)
{
  JugglerSlot *slot = slot_of (self, worker);
  guint        parent = atomic_load_explicit (&slot->parent, memory_order_relaxed);
  JugglerWorkerFacts facts = { .parent = -1, .holder = -1 };
  g_autoptr (JugglerWorker) item = NULL;

  look_at_state (self, worker, &facts);
  if (facts.state == JUGGLER_WORKER_NEVER_STARTED)
    return;
  item = g_list_model_get_item (G_LIST_MODEL (self->workers), worker);
  if (worker > 0 && parent < self->memory->shared->n_workers)
    facts.parent = (int) parent;
  facts.pid = MAX (atomic_load_explicit (&slot->pid, memory_order_relaxed), 0);
  facts.ppid = facts.orphan ? atomic_load_explicit (&slot->new_ppid, memory_order_relaxed)
                            : atomic_load_explicit (&slot->ppid, memory_order_relaxed);
  facts.tid = atomic_load_explicit (&slot->tid, memory_order_relaxed);
  facts.increments = atomic_load_explicit (&slot->increments, memory_order_relaxed);
  look_at_wait (self, slot, &facts);
  juggler_worker_update (item, &facts);
}

/* Dead without an END of its own: its lane ends where it died, whether a record tells so or not. A process whose exit
 * status nobody took yet is a zombie from then on. */
static void
close_dead (JugglerRun *self,
            guint       worker)
{
  JugglerSlot *slot = slot_of (self, worker);
  guint   flags = atomic_load_explicit (&slot->flags, memory_order_acquire);
  guint64 death = atomic_load_explicit (&slot->death_ticks, memory_order_relaxed);

  if (death == 0 || !(flags & (JUGGLER_SLOT_ZOMBIE | JUGGLER_SLOT_REAPED | JUGGLER_SLOT_VANISHED)))
    return;
  /* It may have written until it died, after its ring was last read. */
  juggler_decoder_drain (self->decoder, worker);
  if (!juggler_decoder_has_ended (self->decoder, worker))
    juggler_decoder_close (self->decoder, worker, to_time (self, death));
}

/* Nothing more can come of it: not in its ring, not in its slot. */
static gboolean
is_through (JugglerRun *self,
            guint       worker)
{
  JugglerSlot *slot = slot_of (self, worker);
  guint state = atomic_load_explicit (&slot->state, memory_order_acquire);
  guint flags = atomic_load_explicit (&slot->flags, memory_order_acquire);

  if (!juggler_decoder_has_ended (self->decoder, worker))
    return FALSE;
  if (flags & (JUGGLER_SLOT_REAPED | JUGGLER_SLOT_VANISHED))
    return TRUE;
  return atomic_load_explicit (&slot->process, memory_order_relaxed) != worker
         && (state == JUGGLER_SLOT_FINISHED || state == JUGGLER_SLOT_FAILED);
}

static void
retire_workers (JugglerRun *self)
{
  guint kept = 0;
  guint i;

  for (i = 0; i < self->n_active; i++)
    {
      guint worker = self->active[i];

      if (!is_through (self, worker))
        {
          self->active[kept++] = worker;
          continue;
        }
      /* Looked at before the last drain, perhaps: once more, now that nobody writes. */
      juggler_decoder_drain (self->decoder, worker);
      show_worker (self, worker);
    }
  self->n_active = kept;
}

/* ---- looking ---- */

static gboolean
find_start (JugglerRun *self)
{
  guint64 ticks = atomic_load_explicit (&self->memory->shared->start_ticks, memory_order_acquire);

  if (self->begun || ticks == 0)
    return self->begun;
  self->begun = TRUE;
  juggler_clock_map_set_start (self->clock, ticks);
  self->monotonic_ns = juggler_clock_map_get_start_ns (self->clock);
  juggler_timeline_set_start (self->timeline, self->monotonic_ns);
  return TRUE;
}

/* The fullest ring says when to come again: at half full twice as soon, and where something was lost at once. */
static void
adapt_interval (JugglerRun *self,
                guint64     most)
{
  guint64 size = self->memory->shared->ring_size;
  guint64 n_dropped = juggler_decoder_get_n_dropped (self->decoder);

  if (n_dropped != self->seen_dropped)
    self->interval = SHORTEST_INTERVAL_MS;
  else if (most > size / 2)
    self->interval = MAX (self->interval / 2, SHORTEST_INTERVAL_MS);
  else if (most < size / 8)
    self->interval = MIN (self->interval + 2, LONGEST_INTERVAL_MS);
  self->seen_dropped = n_dropped;
}

static void
commit_series (JugglerRun *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->globals));
  guint g;

  for (g = 0; g < n; g++)
    {
      g_autoptr (JugglerGlobal) global = g_list_model_get_item (G_LIST_MODEL (self->globals), g);

      juggler_global_commit (global);
    }
}

static void
show_all (JugglerRun *self,
          gint64      now)
{
  guint i;

  show_values (self, now);
  for (i = 0; i < self->n_active; i++)
    {
      close_dead (self, self->active[i]);
      juggler_decoder_look (self->decoder, self->active[i], now);
      show_worker (self, self->active[i]);
    }
  retire_workers (self);
  juggler_timeline_set_n_dropped (self->timeline, juggler_decoder_get_n_dropped (self->decoder));
  juggler_timeline_commit (self->timeline, now);
  juggler_run_set_figures (self, MAX (now / 1000, 0), juggler_decoder_get_n_dropped (self->decoder));
}

void
juggler_run_look (JugglerRun *self,
                  gboolean    publish)
{
  JugglerClockPair pair = juggler_clock_pair ((JugglerClockSource) self->memory->shared->clock);
  guint64 most = 0;
  gint64  clock = g_get_monotonic_time ();
  guint   i;

  juggler_clock_map_add (self->clock, pair);
  if (!find_start (self))
    return;
  for (i = 0; i < self->n_active; i++)
    {
      guint state = atomic_load_explicit (&slot_of (self, self->active[i])->state, memory_order_acquire);

      /* A ring nobody wrote to is not touched: reading it would make it real memory. */
      if (state > JUGGLER_SLOT_STARTING)
        {
          guint32 size = juggler_shared_ring_size (self->memory->shared, self->active[i]);

          /* As if every ring were as long as a worker's: main's own may be longer. */
          most = MAX (most, juggler_decoder_drain (self->decoder, self->active[i]) *
                              self->memory->shared->ring_size / size);
        }
    }
  juggler_decoder_settle (self->decoder);
  juggler_output_commit (self->output);
  commit_series (self);
  adapt_interval (self, most);
  if (!publish && clock - self->last_publish < PUBLISH_US)
    return;
  self->last_publish = clock;
  show_all (self, to_time (self, pair.ticks));
}

static gboolean
timer_cb (gpointer data)
{
  JugglerRun *self = data;

  juggler_run_look (self, FALSE);
  g_source_set_ready_time (self->timer, g_get_monotonic_time () + (gint64) self->interval * 1000);
  return G_SOURCE_CONTINUE;
}

static gboolean
dispatch_timer (GSource     *source,
                GSourceFunc  callback,
                gpointer     data)
{
  return callback (data);
}

void
juggler_run_poll_start (JugglerRun *self)
{
  static GSourceFuncs funcs = { .dispatch = dispatch_timer };
  guint n = self->memory->shared->n_workers;
  guint n_globals = self->memory->shared->n_values;
  guint i;

  self->active = g_new (guint, n);
  self->n_active = n;
  for (i = 0; i < n; i++)
    self->active[i] = i;
  self->seen_values = g_new0 (gint64 *, n);
  self->main_values = g_new0 (gint64, MAX (n_globals, 1));
  self->list_marks = g_new0 (guint, MAX (n_globals, 1));
  for (i = 0; i < n_globals; i++)
    {
      const JugglerPlanGlobal *global = juggler_plan_global (self->plan, i);

      self->main_values[i] = global->is_list ? (gint64) global->n_elements : global->initial;
    }
  self->interval = FIRST_INTERVAL_MS;
  self->timer = g_source_new (&funcs, sizeof (GSource));
  g_source_set_callback (self->timer, timer_cb, self, NULL);
  g_source_set_ready_time (self->timer, g_get_monotonic_time () + (gint64) self->interval * 1000);
  g_source_attach (self->timer, self->context);
}

/* ---- the end ---- */

static gint64
end_of_worker (JugglerRun *self,
               guint       worker,
               gint64      over)
{
  guint64 death = atomic_load (&slot_of (self, worker)->death_ticks);

  return death != 0 ? to_time (self, death) : over;
}

void
juggler_run_look_last (JugglerRun *self)
{
  JugglerShared   *shared = self->memory->shared;
  JugglerClockPair pair = juggler_clock_pair ((JugglerClockSource) shared->clock);
  guint64 end_ticks = self->gone_ticks != 0 ? self->gone_ticks : atomic_load (&shared->end_ticks);
  gint64  over;
  guint   i;

  juggler_clock_map_add (self->clock, pair);
  if (!find_start (self))
    {
      /* Main never came to its first step: whatever there is, it begins now. */
      self->begun = TRUE;
      juggler_clock_map_set_start (self->clock, pair.ticks);
    }
  over = to_time (self, end_ticks != 0 ? end_ticks : pair.ticks);
  for (i = 0; i < self->n_active; i++)
    if (atomic_load (&slot_of (self, self->active[i])->state) != JUGGLER_SLOT_NEVER_STARTED)
      juggler_decoder_drain (self->decoder, self->active[i]);
  juggler_decoder_settle (self->decoder);
  show_values (self, over);
  for (i = 0; i < self->n_active; i++)
    juggler_decoder_close (self->decoder, self->active[i], end_of_worker (self, self->active[i], over));
  juggler_output_commit (self->output);
  commit_series (self);
  juggler_timeline_set_n_dropped (self->timeline, juggler_decoder_get_n_dropped (self->decoder));
  juggler_timeline_commit (self->timeline, over);
  juggler_run_set_figures (self, MAX (over / 1000, 0), juggler_decoder_get_n_dropped (self->decoder));
}

static void
show_result_globals (JugglerRun *self)
{
  guint g;

  for (g = 0; g < juggler_result_get_n_globals (self->result); g++)
    {
      const JugglerResultValue *value = juggler_result_get_global (self->result, g);
      g_autoptr (JugglerGlobal) global = g_list_model_get_item (G_LIST_MODEL (self->globals), g);
      g_autofree char *text = value->is_list ? list_text (value->values, (guint) value->value, G_MAXUINT) : NULL;

      juggler_global_set_value (global, value->value, text);
    }
}

void
juggler_run_show_result (JugglerRun *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->workers));
  guint i;

  for (i = 0; i < n; i++)
    {
      g_autoptr (JugglerWorker) worker = g_list_model_get_item (G_LIST_MODEL (self->workers), i);
      const JugglerResultWorker *result = self->result != NULL ? juggler_result_get_worker (self->result, i) : NULL;

      show_worker (self, i);
      juggler_worker_end (worker, result);
      if (result != NULL)
        juggler_worker_set_message (worker, result->message);
    }
  if (self->result != NULL)
    show_result_globals (self);
}
