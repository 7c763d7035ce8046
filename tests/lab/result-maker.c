/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "result-maker.h"

#include "juggler-format.h"
#include "juggler-sentence-private.h"

#define MAIN_PID 4711

/* A worker that started after 1 ms and ended after 21 ms, like all the others. */
static void
fill_worker (ResultMaker *maker,
             guint        index)
{
  const JugglerPlan       *plan = g_bytes_get_data (maker->plan, NULL);
  const JugglerPlanWorker *workers = juggler_plan_table (plan, JUGGLER_TABLE_WORKERS);
  const JugglerPlanGroup  *groups = juggler_plan_table (plan, JUGGLER_TABLE_GROUPS);
  JugglerResultWorker     *worker = &maker->result->workers[index];

  worker->name = juggler_plan_string (plan, workers[index].name);
  worker->kind = (JugglerWorkerKind) groups[workers[index].group].kind;
  worker->daemon = groups[workers[index].group].daemon != 0;
  worker->pid = worker->kind == JUGGLER_KIND_THREAD ? MAIN_PID : MAIN_PID + (int) index;
  worker->ppid = worker->kind == JUGGLER_KIND_THREAD || index == 0 ? MAIN_PID - 1 : MAIN_PID;
  worker->tid = MAIN_PID + (int) index;
  worker->started = TRUE;
  worker->state = JUGGLER_RESULT_FINISHED;
  worker->has_exit = TRUE;
  worker->globals_exact = TRUE;
  worker->start_us = index == 0 ? 0 : 1000;
  worker->end_us = index == 0 ? 31200 : 21000;
  worker->cpu_ms = 1;
  worker->parent = index == 0 ? -1 : 0;
  worker->waiting = JUGGLER_SLOT_RUNNING;
  worker->waits_for = -1;
  worker->globals = g_new0 (JugglerResultValue, maker->result->n_globals);
}

static void
fill_globals (ResultMaker *maker)
{
  const JugglerPlan       *plan = g_bytes_get_data (maker->plan, NULL);
  const JugglerPlanGlobal *globals = juggler_plan_table (plan, JUGGLER_TABLE_GLOBALS);
  JugglerResult           *result = maker->result;

  result->globals = g_new0 (JugglerResultValue, result->n_globals);
  result->expected = g_new0 (JugglerExpected, result->n_globals);
  for (guint i = 0; i < result->n_globals; i++)
    {
      result->globals[i].name = juggler_plan_string (plan, globals[i].name);
      result->globals[i].is_list = globals[i].is_list != 0;
      result->expected[i].has = juggler_document_get_expected (maker->document, i, &result->expected[i].value);
      for (guint worker = 0; worker < result->n_workers; worker++)
        result->workers[worker].globals[i] = result->globals[i];
    }
}

/* A run of the document in which every worker finished and no global was changed. */
void
result_maker_init (ResultMaker   *maker,
                   const char    *document,
                   JugglerOutcome outcome)
{
  g_autofree char      *faults = NULL;
  g_autoptr (GError) error = NULL;
  JugglerResult         *result;
  const JugglerPlan     *plan;
  const JugglerPlanLock *locks;

  *maker = (ResultMaker) { .document = juggler_document_new_from_text (document, -1, "test") };
  faults = juggler_document_dup_fault_lines (maker->document);
  g_assert_cmpstr (faults, ==, "");
  maker->plan = juggler_document_compile (maker->document, &error);
  g_assert_no_error (error);
  plan = g_bytes_get_data (maker->plan, NULL);
  locks = juggler_plan_table (plan, JUGGLER_TABLE_LOCKS);
  maker->result = result = g_object_new (JUGGLER_TYPE_RESULT, NULL);
  result->title = g_strdup (juggler_document_get_title (maker->document));
  result->outcome = outcome;
  result->has_expect = juggler_document_has_expect (maker->document);
  result->wall_ms = 31.2;
  result->cores = 2;
  result->shared_globals = plan->shared_globals != 0;
  result->time_limit_ms = plan->time_limit_ms;
  result->n_globals = juggler_plan_count (plan, JUGGLER_TABLE_GLOBALS);
  result->n_workers = juggler_plan_count (plan, JUGGLER_TABLE_WORKERS);
  result->n_locks = juggler_plan_count (plan, JUGGLER_TABLE_LOCKS);
  result->lock_names = g_new0 (const char *, result->n_locks + 1);
  for (guint i = 0; i < result->n_locks; i++)
    result->lock_names[i] = juggler_plan_string (plan, locks[i].name);
  result->workers = g_new0 (JugglerResultWorker, result->n_workers);
  for (guint i = 0; i < result->n_workers; i++)
    fill_worker (maker, i);
  fill_globals (maker);
  juggler_facts_init (&maker->facts, result, plan, NULL);
}

void
result_maker_clear (ResultMaker *maker)
{
  juggler_facts_clear (&maker->facts);
  g_assert_finalize_object (maker->result);
  g_assert_finalize_object (maker->document);
  g_bytes_unref (maker->plan);
}

JugglerResultWorker *
result_maker_worker (ResultMaker *maker,
                     guint        worker)
{
  g_assert_cmpuint (worker, <, maker->result->n_workers);
  return &maker->result->workers[worker];
}

void
result_maker_end (ResultMaker       *maker,
                  guint              worker,
                  JugglerResultState state,
                  int                signal)
{
  JugglerResultWorker *one = result_maker_worker (maker, worker);

  one->state = state;
  one->signal = signal;
  one->has_exit = state == JUGGLER_RESULT_FINISHED;
  one->globals_exact = one->has_exit;
}

/* Sets what a worker sees; main's (0) is the global's value in the end. */
void
result_maker_set_value (ResultMaker *maker,
                        guint        worker,
                        guint        global,
                        gint64       value)
{
  result_maker_worker (maker, worker)->globals[global].value = value;
  if (worker == 0)
    maker->result->globals[global].value = value;
}

static void
fill_list (JugglerResultValue *list,
           guint               n_values)
{
  g_free (list->values);
  list->value = n_values;
  list->values = g_new0 (gint64, n_values + 1);
  for (guint i = 0; i < n_values; i++)
    list->values[i] = i;
}

/* Sets a list to [0, 1, 2 …]. */
void
result_maker_set_list (ResultMaker *maker,
                       guint        worker,
                       guint        global,
                       guint        n_values)
{
  fill_list (&result_maker_worker (maker, worker)->globals[global], n_values);
  if (worker == 0)
    fill_list (&maker->result->globals[global], n_values);
}

void
result_maker_add_edge (ResultMaker      *maker,
                       JugglerResultEdge edge,
                       gboolean          in_cycle)
{
  JugglerResult *result = maker->result;

  result->edges = g_renew (JugglerResultEdge, result->edges, result->n_edges + 1);
  result->edges[result->n_edges++] = edge;
  if (in_cycle)
    result->n_cycle++;
}

/* Judges the values as the engine does, and compares the sentence, with plain numbers. */
void
result_maker_assert (ResultMaker *maker,
                     const char  *sentence)
{
  g_autofree char *text = NULL;
  g_autofree char *plain = NULL;
  JugglerResult   *result = maker->result;

  result->right = result->has_expect && result->outcome == JUGGLER_OUTCOME_FINISHED;
  for (guint i = 0; i < result->n_globals; i++)
    if (result->expected[i].has && result->expected[i].value != result->globals[i].value)
      result->right = FALSE;
  text = juggler_sentence_for_facts (&maker->facts);
  plain = juggler_format_plain (text);
  g_assert_cmpstr (plain, ==, sentence);
}
