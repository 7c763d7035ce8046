/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-facts.h"

#include <glib/gi18n-lib.h>

static gboolean
add_waits_cb (const JugglerHold *hold,
              gpointer           data)
{
  JugglerFacts *facts = data;

  if (hold->turns > 0)
    facts->waits += hold->sums.waits;
  else if (hold->from != G_MAXUINT32)
    facts->waits++;
  return TRUE;
}

static void
take_event (JugglerFacts               *facts,
            const JugglerTimelineEvent *event,
            guint                       n_workers)
{
  const JugglerResultWorker *worker;
  gdouble                    time_us = (gdouble) event->time / 1000.0;

  if (event->kind == JUGGLER_TIMELINE_STEPS_DONE && event->worker == 0)
    facts->steps_done_us = time_us;
  if (event->object >= n_workers)
    return;
  worker = juggler_result_get_worker (facts->result, event->object);
  if (event->kind == JUGGLER_TIMELINE_SIGNALLED)
    {
      facts->workers[event->object].signal = (int) event->value;
      facts->workers[event->object].sender = event->worker;
    }
  else if (event->kind == JUGGLER_TIMELINE_REAPED && worker->end_us >= 0 && time_us > worker->end_us)
    facts->workers[event->object].zombie_us = time_us - worker->end_us;
}

static void
take_timeline (JugglerFacts    *facts,
               JugglerTimeline *timeline)
{
  guint                       n_events = 0;
  guint                       n_workers = juggler_result_get_n_workers (facts->result);
  const JugglerTimelineEvent *events = juggler_timeline_get_events (timeline, &n_events);

  facts->has_timeline = TRUE;
  facts->timeline = timeline;
  for (guint i = 0; i < n_events; i++)
    take_event (facts, &events[i], n_workers);
  for (guint i = 0; i < juggler_timeline_get_n_locks (timeline); i++)
    juggler_timeline_foreach_hold (timeline, i, G_MININT64, G_MAXINT64, add_waits_cb, facts);
  facts->waits_exact = juggler_timeline_get_n_dropped (timeline) == 0;
}

/* Takes what there is to know; `plan` and `timeline` may be NULL. All three must stay while the facts are used. */
void
juggler_facts_init (JugglerFacts      *facts,
                    JugglerResult     *result,
                    const JugglerPlan *plan,
                    JugglerTimeline   *timeline)
{
  *facts = (JugglerFacts) { .result = result, .steps_done_us = -1 };
  facts->workers = g_new0 (JugglerWorkerFacts, juggler_result_get_n_workers (result));
  /* A plan of another document than the result's would lead out of its tables. */
  if (plan != NULL
      && juggler_plan_count (plan, JUGGLER_TABLE_WORKERS) == juggler_result_get_n_workers (result)
      && juggler_plan_count (plan, JUGGLER_TABLE_GLOBALS) == juggler_result_get_n_globals (result))
    facts->plan = plan;
  if (timeline != NULL)
    take_timeline (facts, timeline);
}

void
juggler_facts_clear (JugglerFacts *facts)
{
  g_clear_pointer (&facts->workers, g_free);
}

const JugglerResultWorker *
juggler_facts_get_worker (const JugglerFacts *facts,
                          guint               worker)
{
  return juggler_result_get_worker (facts->result, worker);
}

/* How a worker is called in the middle of a sentence. */
const char *
juggler_facts_get_name (const JugglerFacts *facts,
                        guint               worker)
{
  if (worker == 0)
    /* Translators: the main process, in the middle of a sentence. */
    return C_("sentence", "main");
  return juggler_result_get_worker (facts->result, worker)->name;
}

/* Whether the worker had begun and not ended when the outcome was known. An orphan lives while it has no end. */
gboolean
juggler_facts_lives (const JugglerFacts *facts,
                     guint               worker)
{
  const JugglerResultWorker *facts_worker = juggler_facts_get_worker (facts, worker);

  return facts_worker->state == JUGGLER_RESULT_RUNNING || facts_worker->state == JUGGLER_RESULT_WAITING
         || (facts_worker->state == JUGGLER_RESULT_ORPHAN && (facts_worker->cut || facts_worker->end_us < 0));
}

/* How many workers besides main are in that state, and which is the first (by its end, then by its place). */
guint
juggler_facts_count (const JugglerFacts *facts,
                     JugglerResultState  state,
                     guint              *first)
{
  guint count = 0;

  *first = 0;
  for (guint i = 1; i < juggler_result_get_n_workers (facts->result); i++)
    {
      const JugglerResultWorker *worker = juggler_facts_get_worker (facts, i);

      if (worker->state != state)
        continue;
      if (count == 0 || worker->end_us < juggler_facts_get_worker (facts, *first)->end_us)
        *first = i;
      count++;
    }
  return count;
}

/* Whether the worker sees the same globals as main: a thread in main's process, or all of them if they are shared. */
gboolean
juggler_facts_in_main (const JugglerFacts *facts,
                       guint               worker)
{
  if (worker == 0 || juggler_result_get_shared_globals (facts->result))
    return TRUE;
  return juggler_facts_get_worker (facts, worker)->pid == juggler_facts_get_worker (facts, 0)->pid;
}

/* The worker's instructions; none without a plan. */
static const JugglerInstruction *
get_code (const JugglerFacts *facts,
          guint               worker,
          guint              *n_instructions)
{
  const JugglerPlanWorker *workers;
  const JugglerPlanGroup  *groups;
  const JugglerPlanCode   *code;

  *n_instructions = 0;
  if (facts->plan == NULL)
    return NULL;
  workers = juggler_plan_table (facts->plan, JUGGLER_TABLE_WORKERS);
  groups = juggler_plan_table (facts->plan, JUGGLER_TABLE_GROUPS);
  code = (const JugglerPlanCode *) juggler_plan_table (facts->plan, JUGGLER_TABLE_CODES)
         + groups[workers[worker].group].code;
  *n_instructions = code->n_instructions;
  return (const JugglerInstruction *) juggler_plan_table (facts->plan, JUGGLER_TABLE_INSTRUCTIONS)
         + code->first_instruction;
}

/* What the worker's steps do with a global. Without a plan it is guessed from the increments that it made. */
JugglerUse
juggler_facts_get_use (const JugglerFacts *facts,
                       guint               worker,
                       guint               global)
{
  guint                     n_instructions;
  const JugglerInstruction *code = get_code (facts, worker, &n_instructions);
  JugglerUse                use = JUGGLER_USE_NONE;

  if (code == NULL)
    return juggler_facts_get_worker (facts, worker)->increments > 0 ? JUGGLER_USE_PLAIN : JUGGLER_USE_NONE;
  for (guint i = 0; i < n_instructions; i++)
    {
      if ((code[i].op == JUGGLER_OP_INCREMENT || code[i].op == JUGGLER_OP_WRITE) && code[i].a == global)
        use |= JUGGLER_USE_PLAIN;
      else if (code[i].op == JUGGLER_OP_ATOMIC_ADD && code[i].a == global)
        use |= JUGGLER_USE_ATOMIC;
      else if (code[i].op == JUGGLER_OP_LOCK)
        use |= JUGGLER_USE_LOCK;
    }
  return (use & (JUGGLER_USE_PLAIN | JUGGLER_USE_ATOMIC)) != 0 ? use : JUGGLER_USE_NONE;
}

/* The first lock that the worker's steps take; JUGGLER_NONE: none, or not known. */
guint
juggler_facts_get_lock (const JugglerFacts *facts,
                        guint               worker)
{
  guint                     n_instructions;
  const JugglerInstruction *code = get_code (facts, worker, &n_instructions);

  for (guint i = 0; i < n_instructions; i++)
    if (code[i].op == JUGGLER_OP_LOCK)
      return code[i].a;
  return JUGGLER_NONE;
}

/* Whether the worker's steps have such an instruction; FALSE also without a plan. */
gboolean
juggler_facts_has_op (const JugglerFacts *facts,
                      guint               worker,
                      JugglerOp           op)
{
  guint                     n_instructions;
  const JugglerInstruction *code = get_code (facts, worker, &n_instructions);

  for (guint i = 0; i < n_instructions; i++)
    if (code[i].op == op)
      return TRUE;
  return FALSE;
}

/* The value that a global began with. Returns whether it is known (it is an integer, and there is a plan). */
gboolean
juggler_facts_get_initial (const JugglerFacts *facts,
                           guint               global,
                           gint64             *initial)
{
  const JugglerPlanGlobal *globals;

  *initial = 0;
  if (facts->plan == NULL)
    return FALSE;
  globals = juggler_plan_table (facts->plan, JUGGLER_TABLE_GLOBALS);
  *initial = globals[global].initial;
  return !globals[global].is_list;
}

/* Returns whether an instruction makes it impossible to tell the sum of a global from the number of increments. */
static gboolean
is_unclear (const JugglerInstruction *instruction,
            guint                     global)
{
  switch (instruction->op)
    {
    case JUGGLER_OP_INCREMENT:
    case JUGGLER_OP_ATOMIC_ADD:
      return instruction->a != global || instruction->x.kind != JUGGLER_OPERAND_INTEGER || instruction->x.value != 1;
    case JUGGLER_OP_WRITE:
    case JUGGLER_OP_SET:
      return instruction->a == global;
    default:
      return FALSE;
    }
}

/* How much was added to main's copy of a global in all, arrived or lost. Returns whether it is known: only when every
 * increment of the experiment adds one to this global. */
gboolean
juggler_facts_get_made (const JugglerFacts *facts,
                        guint               global,
                        gint64             *made)
{
  guint64 sum = 0;

  *made = 0;
  if (facts->plan == NULL)
    return FALSE;
  for (guint i = 0; i < juggler_plan_count (facts->plan, JUGGLER_TABLE_INSTRUCTIONS); i++)
    {
      const JugglerInstruction *code = juggler_plan_table (facts->plan, JUGGLER_TABLE_INSTRUCTIONS);

      if (is_unclear (&code[i], global))
        return FALSE;
    }
  for (guint i = 0; i < juggler_result_get_n_workers (facts->result); i++)
    if (juggler_facts_in_main (facts, i))
      sum += juggler_facts_get_worker (facts, i)->increments;
  *made = (gint64) sum;
  return sum <= G_MAXINT64;
}
