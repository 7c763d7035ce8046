/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Slots as a host leaves them, and what the result says of each. */

#include <signal.h>

#include "ring-support.h"

#include "juggler-result-private.h"

#define MILLISECOND 1000000

static JugglerResult *
make_result (RingSupport    *support,
             JugglerOutcome  outcome,
             JugglerExpected expected)
{
  JugglerExpected     all[2] = { expected, { FALSE, 0 } };
  gint64              main_values[2] = { 17, 1 };
  JugglerResultSource source = {
    .title = "Title",
    .plan = support->plan,
    .shared = support->memory->shared,
    .outcome = outcome,
    .clock = support->clock,
    .timeline = support->timeline,
    .output = support->output,
    .lists = support->lists,
    .expected = all,
    .main_values = main_values,
  };

  atomic_store (&support->memory->shared->end_ticks, ring_support_ticks (100 * MILLISECOND));
  atomic_store (&support->memory->shared->cores_used, 2);
  return juggler_result_new (&source);
}

static void
begin (RingSupport *support,
       guint        worker,
       guint        pid)
{
  JugglerSlot *slot = ring_support_slot (support, worker);

  ring_support_head (support, worker, JUGGLER_RECORD_START, worker * MILLISECOND, 0);
  atomic_store (&slot->start_ticks, ring_support_ticks (worker * MILLISECOND));
  atomic_store (&slot->pid, (int) pid);
  atomic_store (&slot->tid, (int) pid);
  atomic_store (&slot->ppid, 1000);
  atomic_store (&slot->state, JUGGLER_SLOT_RUNNING);
}

static void
die (RingSupport *support,
     guint        worker,
     guint        flags,
     int          status)
{
  JugglerSlot *slot = ring_support_slot (support, worker);

  atomic_store (&slot->death_ticks, ring_support_ticks (50 * MILLISECOND));
  atomic_store (&slot->wait_status, status);
  atomic_store (&slot->flags, flags);
}

static void
finish (RingSupport *support,
        guint        worker,
        int          code,
        gint64       value)
{
  JugglerSlot *slot = ring_support_slot (support, worker);

  atomic_store (&slot->end_ticks, ring_support_ticks (60 * MILLISECOND));
  atomic_store (&slot->exit_code, code);
  atomic_store (&slot->flags, JUGGLER_SLOT_EXACT);
  atomic_store (&juggler_shared_values (support->memory->shared, worker)[0], value);
  atomic_store (&slot->state, JUGGLER_SLOT_FINISHED);
}

static void
test_right (void)
{
  RingSupport   *support = ring_support_new (0);
  JugglerResult *result;
  gint64         lost;

  begin (support, 0, 100);
  finish (support, 0, 0, 40);
  ring_support_read (support);
  result = make_result (support, JUGGLER_OUTCOME_FINISHED, (JugglerExpected){ TRUE, 40 });
  g_assert_true (juggler_result_get_right (result));
  g_assert_cmpfloat (juggler_result_get_wall_ms (result), ==, 100.0);
  g_assert_finalize_object (result);
  result = make_result (support, JUGGLER_OUTCOME_FINISHED, (JugglerExpected){ TRUE, 50 });
  g_assert_false (juggler_result_get_right (result));
  g_assert_true (juggler_result_get_lost (result, 0, &lost));
  g_assert_cmpint (lost, ==, 10);
  g_assert_false (juggler_result_get_lost (result, 1, NULL));
  g_assert_finalize_object (result);
  /* The right value is not enough when the run was cut short. */
  result = make_result (support, JUGGLER_OUTCOME_STOPPED, (JugglerExpected){ TRUE, 40 });
  g_assert_false (juggler_result_get_right (result));
  g_assert_finalize_object (result);
  result = make_result (support, JUGGLER_OUTCOME_FINISHED, (JugglerExpected){ FALSE, 0 });
  g_assert_false (juggler_result_get_has_expect (result));
  g_assert_finalize_object (result);
  ring_support_free (support);
}

static void
test_signals (void)
{
  static const struct
  {
    int                status;
    JugglerResultState state;
  } cases[] = {
    { SIGTERM, JUGGLER_RESULT_TERMINATED }, { SIGKILL, JUGGLER_RESULT_KILLED }, { SIGUSR1, JUGGLER_RESULT_KILLED },
    { SIGILL, JUGGLER_RESULT_CRASHED },     { SIGABRT, JUGGLER_RESULT_CRASHED }, { SIGBUS, JUGGLER_RESULT_CRASHED },
    { SIGFPE, JUGGLER_RESULT_CRASHED },     { SIGSEGV, JUGGLER_RESULT_CRASHED },
  };
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RingSupport *support = ring_support_new (0);
      g_autoptr (JugglerResult) result = NULL;
      const JugglerResultWorker *worker;

      begin (support, 3, 103);
      die (support, 3, i % 2 ? JUGGLER_SLOT_REAPED : JUGGLER_SLOT_ZOMBIE, cases[i].status);
      ring_support_read (support);
      result = make_result (support, JUGGLER_OUTCOME_FINISHED, (JugglerExpected){ FALSE, 0 });
      worker = juggler_result_get_worker (result, 3);
      g_assert_cmpint (worker->state, ==, cases[i].state);
      g_assert_cmpint (worker->signal, ==, cases[i].status);
      g_assert_false (worker->has_exit);
      g_assert_cmpfloat (worker->end_us, ==, 50000.0);
      ring_support_free (support);
    }
}

/* Who lived when the run was cut short keeps what it did then, also when its wait ended with the run. */
static void
test_cut_short (void)
{
  RingSupport *support = ring_support_new (0);
  g_autoptr (JugglerResult) result = NULL;
  guint i;

  for (i = 0; i < 4; i++)
    begin (support, i, 100 + i);
  ring_support_span (support, 1, JUGGLER_SPAN_LOCK, 10 * MILLISECOND, 101 * MILLISECOND, 1, 2);
  atomic_store (&ring_support_slot (support, 2)->state, JUGGLER_SLOT_SLEEPING);
  atomic_store (&ring_support_slot (support, 3)->state, JUGGLER_SLOT_WAITING_JOIN);
  atomic_store (&ring_support_slot (support, 3)->wait_object, 1);
  atomic_store (&ring_support_slot (support, 3)->flags, JUGGLER_SLOT_STOPPED);
  ring_support_read (support);
  result = make_result (support, JUGGLER_OUTCOME_TIME_LIMIT, (JugglerExpected){ FALSE, 0 });
  g_assert_cmpint (juggler_result_get_worker (result, 0)->state, ==, JUGGLER_RESULT_RUNNING);
  g_assert_cmpint (juggler_result_get_worker (result, 1)->state, ==, JUGGLER_RESULT_WAITING);
  g_assert_cmpint (juggler_result_get_worker (result, 1)->waits_for, ==, 1);
  g_assert_cmpint (juggler_result_get_worker (result, 2)->state, ==, JUGGLER_RESULT_RUNNING);
  g_assert_cmpint (juggler_result_get_worker (result, 2)->waiting, ==, JUGGLER_SLOT_SLEEPING);
  g_assert_cmpint (juggler_result_get_worker (result, 3)->state, ==, JUGGLER_RESULT_WAITING);
  g_assert_true (juggler_result_get_worker (result, 3)->stopped);
  for (i = 0; i < 4; i++)
    {
      g_assert_cmpint (juggler_result_get_worker (result, i)->signal, ==, 0);
      g_assert_cmpfloat (juggler_result_get_worker (result, i)->end_us, ==, 100000.0);
    }
  g_assert_cmpuint (juggler_result_get_n_notes (result), ==, 1);
  /* Main said nothing of its own: what its threads did last counts. */
  g_assert_cmpint (juggler_result_get_global (result, 0)->value, ==, 17);
  ring_support_free (support);
}

static void
test_other_ends (void)
{
  RingSupport *support = ring_support_new (0);
  g_autoptr (JugglerResult) result = NULL;
  const JugglerResultWorker *orphan;

  begin (support, 0, 100);
  begin (support, 2, 100);
  begin (support, 3, 103);
  finish (support, 3, 5, 0);
  atomic_fetch_or (&ring_support_slot (support, 3)->flags, JUGGLER_SLOT_ORPHAN);
  atomic_store (&ring_support_slot (support, 3)->new_ppid, 99);
  die (support, 2, JUGGLER_SLOT_VANISHED, 0);
  atomic_store (&ring_support_slot (support, 0)->failure, JUGGLER_FAILURE_UNLOCK_NOT_HELD);
  atomic_store (&ring_support_slot (support, 0)->failure_object, 1);
  atomic_store (&ring_support_slot (support, 0)->exit_code, 1);
  atomic_store (&ring_support_slot (support, 0)->state, JUGGLER_SLOT_FAILED);
  atomic_store (&ring_support_slot (support, 1)->state, JUGGLER_SLOT_NEVER_STARTED);
  ring_support_read (support);
  result = make_result (support, JUGGLER_OUTCOME_FINISHED, (JugglerExpected){ FALSE, 0 });
  g_assert_cmpint (juggler_result_get_worker (result, 0)->state, ==, JUGGLER_RESULT_FAILED);
  g_assert_nonnull (strstr (juggler_result_get_worker (result, 0)->message, "“r”"));
  g_assert_cmpint (juggler_result_get_worker (result, 1)->state, ==, JUGGLER_RESULT_NEVER_STARTED);
  g_assert_cmpfloat (juggler_result_get_worker (result, 1)->start_us, <, 0);
  g_assert_cmpint (juggler_result_get_worker (result, 2)->state, ==, JUGGLER_RESULT_VANISHED);
  orphan = juggler_result_get_worker (result, 3);
  g_assert_cmpint (orphan->state, ==, JUGGLER_RESULT_ORPHAN);
  g_assert_true (orphan->has_exit);
  g_assert_cmpint (orphan->exit_code, ==, 5);
  g_assert_cmpint (orphan->new_ppid, ==, 99);
  ring_support_free (support);
}

static void
test_deadlock (void)
{
  RingSupport *support = ring_support_new (0);
  JugglerEdge *edges = juggler_shared_edges (support->memory->shared);
  g_autoptr (JugglerResult) result = NULL;
  g_autofree char *json = NULL;
  guint i;

  for (i = 0; i < 4; i++)
    begin (support, i, 100 + i);
  edges[0] = (JugglerEdge){ 3, 0, 1, 1, 1, JUGGLER_OWNER_KILLED };
  edges[1] = (JugglerEdge){ 0, 1, 3, JUGGLER_NONE, 0, JUGGLER_OWNER_LIVES };
  edges[2] = (JugglerEdge){ 2, 0, 77, 0, 0, JUGGLER_OWNER_LIVES }; /* no such lock */
  atomic_store (&support->memory->shared->n_edges, 3);
  ring_support_read (support);
  result = make_result (support, JUGGLER_OUTCOME_DEADLOCK, (JugglerExpected){ FALSE, 0 });
  json = juggler_result_to_json (result);
  g_assert_nonnull (strstr (json, "\"deadlock\":{\"cycle\":[{\"worker\":\"p\",\"waits_for\":\"r\",\"held_by\":\"t\","
                                  "\"owner_ended\":\"killed\"}],\"blocked\":[\"main\"]}"));
  g_assert_cmpuint (juggler_result_get_n_edges (result), ==, 2);
  ring_support_free (support);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/result/right", test_right);
  g_test_add_func ("/engine/result/signals", test_signals);
  g_test_add_func ("/engine/result/cut-short", test_cut_short);
  g_test_add_func ("/engine/result/other-ends", test_other_ends);
  g_test_add_func ("/engine/result/deadlock", test_deadlock);
  return g_test_run ();
}
