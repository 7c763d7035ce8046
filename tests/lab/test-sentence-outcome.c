/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <signal.h>

#include "result-maker.h"

#define PEN 0
#define PAPER 1
#define INK 2
#define NOBODY (-1)

static const char document[] =
  "{\"juggler\": 1, \"title\": \"Family\", \"locks\": {\"pen\": \"mutex\", \"paper\": \"mutex\", \"ink\": \"mutex\"},"
  "\"tasks\": {\"work\": {\"steps\": [{\"sleep\": 20}]}},"
  "\"workers\": [{\"name\": \"a\", \"target\": \"work\", \"kind\": \"process\"},"
  "{\"name\": \"b\", \"target\": \"work\", \"kind\": \"process\"},"
  "{\"name\": \"c\", \"target\": \"work\", \"kind\": \"process\"}]}";

static void
add_lock_edge (ResultMaker    *maker,
               guint           worker,
               guint           lock,
               int             holder,
               JugglerOwnerEnd owner_ended)
{
  JugglerResultEdge edge = { .worker = worker, .object = lock, .holder = holder, .owner_ended = owner_ended };

  result_maker_add_edge (maker, edge, TRUE);
}

static void
add_join_edge (ResultMaker *maker,
               guint        worker,
               guint        other)
{
  JugglerResultEdge edge = { .worker = worker, .is_join = TRUE, .object = other, .holder = (int) other };

  result_maker_add_edge (maker, edge, TRUE);
}

static void
test_deadlock_of_two (void)
{
  ResultMaker       maker;
  JugglerResultEdge blocked = { .worker = 0, .is_join = TRUE, .object = 1, .holder = 1 };

  result_maker_init (&maker, document, JUGGLER_OUTCOME_DEADLOCK);
  add_lock_edge (&maker, 1, PAPER, 2, JUGGLER_OWNER_LIVES);
  add_lock_edge (&maker, 2, PEN, 1, JUGGLER_OWNER_LIVES);
  result_maker_add_edge (&maker, blocked, FALSE);
  result_maker_assert (&maker, "Deadlock: a holds pen and waits for paper, while b holds paper and waits for pen; "
                               "neither can ever go on.");
  result_maker_clear (&maker);
}

static void
test_deadlock_with_join (void)
{
  ResultMaker maker;

  result_maker_init (&maker, document, JUGGLER_OUTCOME_DEADLOCK);
  add_join_edge (&maker, 0, 1);
  add_lock_edge (&maker, 1, PEN, 0, JUGGLER_OWNER_LIVES);
  result_maker_assert (&maker, "Deadlock: a waits for pen, which main holds, while main waits for a to end; neither can "
                               "ever go on.");
  result_maker_clear (&maker);
}

static void
test_deadlock_ring (void)
{
  ResultMaker maker;

  result_maker_init (&maker, document, JUGGLER_OUTCOME_DEADLOCK);
  add_lock_edge (&maker, 1, PEN, 2, JUGGLER_OWNER_LIVES);
  add_lock_edge (&maker, 2, PAPER, 3, JUGGLER_OWNER_LIVES);
  add_lock_edge (&maker, 3, INK, 1, JUGGLER_OWNER_LIVES);
  result_maker_assert (&maker, "Deadlock: 3 workers wait in a ring, each for what the next one holds (a → b → c → a), "
                               "and none can ever go on.");
  result_maker_clear (&maker);
}

static void
test_deadlock_of_one (void)
{
  static const struct
  {
    int             holder;
    JugglerOwnerEnd end;
    const char     *sentence;
  } cases[] = {
    { 1, JUGGLER_OWNER_LIVES, "Deadlock of one: a waits for pen, which it holds itself." },
    { 2, JUGGLER_OWNER_FINISHED, "Deadlock: a waits for pen, but b has ended and never released it, so nobody ever will." },
    { 2, JUGGLER_OWNER_KILLED,
      "Deadlock: a waits for pen, but b was killed while it held it, so nobody will ever release it." },
    { 2, JUGGLER_OWNER_FAILED, "Deadlock: a waits for pen, but b failed while it held it, so nobody will ever release it." },
    { 2, JUGGLER_OWNER_VANISHED,
      "Deadlock: a waits for pen, but b vanished while it held it, so nobody will ever release it." },
    { NOBODY, JUGGLER_OWNER_LIVES, "Deadlock: a waits for pen, and nobody is left who could release it." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ResultMaker maker;

      result_maker_init (&maker, document, JUGGLER_OUTCOME_DEADLOCK);
      add_lock_edge (&maker, 1, PEN, cases[i].holder, cases[i].end);
      result_maker_assert (&maker, cases[i].sentence);
      result_maker_clear (&maker);
    }
}

/* The format tells of a dead owner that it finished or was killed; the sentence tells what the result knows. */
static void
test_dead_owner (void)
{
  static const struct
  {
    JugglerOwnerEnd    end;
    JugglerResultState state;
    const char        *how;
  } cases[] = {
    { JUGGLER_OWNER_FINISHED, JUGGLER_RESULT_FINISHED, "b has ended and never released it, so nobody ever will" },
    { JUGGLER_OWNER_FINISHED, JUGGLER_RESULT_FAILED, "b failed while it held it, so nobody will ever release it" },
    { JUGGLER_OWNER_FINISHED, JUGGLER_RESULT_VANISHED, "b vanished while it held it, so nobody will ever release it" },
    { JUGGLER_OWNER_KILLED, JUGGLER_RESULT_VANISHED, "b vanished while it held it, so nobody will ever release it" },
    { JUGGLER_OWNER_KILLED, JUGGLER_RESULT_KILLED, "b was killed while it held it, so nobody will ever release it" },
    { JUGGLER_OWNER_KILLED, JUGGLER_RESULT_TERMINATED, "b was killed while it held it, so nobody will ever release it" },
    { JUGGLER_OWNER_KILLED, JUGGLER_RESULT_ORPHAN, "b was killed while it held it, so nobody will ever release it" },
    { JUGGLER_OWNER_KILLED, JUGGLER_RESULT_CRASHED, "b crashed while it held it, so nobody will ever release it" },
    { JUGGLER_OWNER_FINISHED, JUGGLER_RESULT_ORPHAN, "b has ended and never released it, so nobody ever will" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ResultMaker      maker;
      g_autofree char *sentence = g_strdup_printf ("Deadlock: a waits for pen, but %s.", cases[i].how);

      result_maker_init (&maker, document, JUGGLER_OUTCOME_DEADLOCK);
      result_maker_end (&maker, 2, cases[i].state, 0);
      add_lock_edge (&maker, 1, PEN, 2, cases[i].end);
      result_maker_assert (&maker, sentence);
      result_maker_clear (&maker);
    }
}

static void
test_deadlock_without_cycle (void)
{
  ResultMaker maker;

  result_maker_init (&maker, document, JUGGLER_OUTCOME_DEADLOCK);
  result_maker_assert (&maker, "Deadlock: everybody waits, and nobody is left who could wake them.");
  result_maker_clear (&maker);
}

static void
test_main_died (void)
{
  ResultMaker maker;

  result_maker_init (&maker, document, JUGGLER_OUTCOME_MAIN_DIED);
  result_maker_end (&maker, 0, JUGGLER_RESULT_CRASHED, SIGABRT);
  result_maker_assert (&maker, "The process of main crashed with SIGABRT (6) after 31.2 ms: its threads ended with it, "
                               "and its processes were killed.");
  result_maker_end (&maker, 0, JUGGLER_RESULT_KILLED, SIGKILL);
  result_maker_assert (&maker, "Main was killed by SIGKILL (9) after 31.2 ms: its threads ended with it, and its "
                               "processes were killed.");
  result_maker_end (&maker, 0, JUGGLER_RESULT_TERMINATED, SIGTERM);
  result_maker_assert (&maker, "Main was killed by SIGTERM (15) after 31.2 ms: its threads ended with it, and its "
                               "processes were killed.");
  result_maker_clear (&maker);
}

static void
test_time_limit (void)
{
  ResultMaker          maker;
  JugglerResultWorker *worker;

  result_maker_init (&maker, document, JUGGLER_OUTCOME_TIME_LIMIT);
  worker = result_maker_worker (&maker, 2);
  result_maker_end (&maker, 0, JUGGLER_RESULT_RUNNING, 0);
  result_maker_assert (&maker, "The time limit of 60.0 s ended the run: main still ran.");
  result_maker_end (&maker, 2, JUGGLER_RESULT_RUNNING, 0);
  result_maker_assert (&maker, "The time limit of 60.0 s ended the run: b still ran.");
  worker->waiting = JUGGLER_SLOT_SLEEPING;
  result_maker_assert (&maker, "The time limit of 60.0 s ended the run: b still slept.");
  result_maker_end (&maker, 2, JUGGLER_RESULT_WAITING, 0);
  worker->waiting = JUGGLER_SLOT_WAITING_LOCK;
  worker->waits_for = PAPER;
  result_maker_assert (&maker, "The time limit of 60.0 s ended the run: b still waited for paper.");
  worker->waiting = JUGGLER_SLOT_WAITING_JOIN;
  worker->waits_for = 3;
  result_maker_assert (&maker, "The time limit of 60.0 s ended the run: b still waited for c to end.");
  result_maker_end (&maker, 3, JUGGLER_RESULT_RUNNING, 0);
  result_maker_assert (&maker, "The time limit of 60.0 s ended the run: 2 workers had not ended.");
  result_maker_worker (&maker, 3)->stopped = TRUE;
  result_maker_assert (&maker, "The time limit of 60.0 s ended the run: c was stopped by SIGSTOP, and nobody let it "
                               "continue.");
  result_maker_clear (&maker);
}

static void
test_orphan_at_time_limit (void)
{
  ResultMaker maker;

  result_maker_init (&maker, document, JUGGLER_OUTCOME_TIME_LIMIT);
  result_maker_end (&maker, 1, JUGGLER_RESULT_ORPHAN, 0);
  result_maker_worker (&maker, 1)->cut = TRUE;
  result_maker_assert (&maker, "The time limit of 60.0 s ended the run: a still ran as an orphan.");
  result_maker_clear (&maker);
}

static void
test_stopped (void)
{
  ResultMaker maker;

  result_maker_init (&maker, document, JUGGLER_OUTCOME_STOPPED);
  result_maker_assert (&maker, "The run was stopped after 31.2 ms.");
  result_maker_end (&maker, 1, JUGGLER_RESULT_RUNNING, 0);
  result_maker_assert (&maker, "The run was stopped after 31.2 ms, before a had ended.");
  result_maker_worker (&maker, 1)->stopped = TRUE;
  result_maker_assert (&maker, "The run was stopped after 31.2 ms, while a was held by SIGSTOP.");
  result_maker_end (&maker, 2, JUGGLER_RESULT_WAITING, 0);
  result_maker_assert (&maker, "The run was stopped after 31.2 ms, before 2 workers had ended.");
  result_maker_clear (&maker);
}

static void
test_refused (void)
{
  ResultMaker maker;

  result_maker_init (&maker, document, JUGGLER_OUTCOME_REFUSED);
  result_maker_assert (&maker, "The machine refused what the experiment asked for, so it could not run.");
  result_maker_clear (&maker);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sentence/outcome/deadlock-of-two", test_deadlock_of_two);
  g_test_add_func ("/sentence/outcome/deadlock-with-join", test_deadlock_with_join);
  g_test_add_func ("/sentence/outcome/deadlock-ring", test_deadlock_ring);
  g_test_add_func ("/sentence/outcome/deadlock-of-one", test_deadlock_of_one);
  g_test_add_func ("/sentence/outcome/dead-owner", test_dead_owner);
  g_test_add_func ("/sentence/outcome/deadlock-without-cycle", test_deadlock_without_cycle);
  g_test_add_func ("/sentence/outcome/main-died", test_main_died);
  g_test_add_func ("/sentence/outcome/time-limit", test_time_limit);
  g_test_add_func ("/sentence/outcome/orphan-at-time-limit", test_orphan_at_time_limit);
  g_test_add_func ("/sentence/outcome/stopped", test_stopped);
  g_test_add_func ("/sentence/outcome/refused", test_refused);
  return g_test_run ();
}
