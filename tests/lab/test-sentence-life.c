/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <signal.h>

#include "result-maker.h"

#define FAMILY(kind)                                                                                                   \
  "{\"juggler\": 1, \"title\": \"Family\", \"locks\": {\"pen\": \"mutex\", \"paper\": \"mutex\", \"ink\": \"mutex\"}," \
  "\"tasks\": {\"work\": {\"steps\": [{\"sleep\": 20}]}},"                                                             \
  "\"workers\": [{\"name\": \"a\", \"target\": \"work\", \"kind\": \"" kind "\"},"                                     \
  "{\"name\": \"b\", \"target\": \"work\", \"kind\": \"" kind "\"},"                                                   \
  "{\"name\": \"c\", \"target\": \"work\", \"kind\": \"" kind "\"}]}"

#define HARD_EXIT                                                                                                      \
  "{\"juggler\": 1, \"title\": \"Hard exit\", \"tasks\": {"                                                             \
  "\"leave\": {\"steps\": [{\"sleep\": 20}, {\"hard_exit\": 3}]},"                                                      \
  "\"parent\": {\"steps\": [{\"start\": \"t\"}, {\"sleep\": 20}]}, \"wait\": {\"steps\": [{\"sleep\": 20}]}},"           \
  "\"workers\": [{\"name\": \"p\", \"target\": \"parent\", \"kind\": \"process\"},"                                    \
  "{\"name\": \"t\", \"target\": \"leave\", \"kind\": \"thread\", \"daemon\": %s},"                                    \
  "{\"name\": \"u\", \"target\": \"leave\", \"kind\": \"thread\"},"                                                   \
  "{\"name\": \"s\", \"target\": \"wait\", \"kind\": \"thread\"}], \"main\": [{\"start\": \"p\"}, {\"start\": \"u\"},"   \
  "{\"start\": \"s\"}]}"

/* The thread t runs in the process of p. */
static void
init_hard_exit (ResultMaker *maker,
                gboolean     daemon)
{
  g_autofree char *document = g_strdup_printf (HARD_EXIT, daemon ? "true" : "false");

  result_maker_init (maker, document, JUGGLER_OUTCOME_FINISHED);
  result_maker_worker (maker, 2)->pid = result_maker_worker (maker, 1)->pid;
  result_maker_worker (maker, 3)->started = FALSE;
  result_maker_end (maker, 3, JUGGLER_RESULT_NEVER_STARTED, 0);
}

static void
test_hard_exit (void)
{
  static const char sentence[] = "t ended the whole process of p with exit code 3 after 20.0 ms: hard_exit waits for nobody, "
                                 "and all threads of the process vanished at once.";
  ResultMaker       maker;

  init_hard_exit (&maker, FALSE);
  result_maker_end (&maker, 2, JUGGLER_RESULT_VANISHED, 0);
  result_maker_worker (&maker, 1)->exit_code = 3;
  result_maker_assert (&maker, sentence);
  maker.facts.workers[1].zombie_us = 2000000;
  result_maker_assert (&maker, sentence);
  /* Another one that could have done it, in the process of main, which it ended too. */
  result_maker_worker (&maker, 3)->started = TRUE;
  result_maker_end (&maker, 3, JUGGLER_RESULT_VANISHED, 0);
  result_maker_worker (&maker, 2)->pid = result_maker_worker (&maker, 0)->pid;
  result_maker_worker (&maker, 0)->exit_code = 3;
  result_maker_assert (&maker, "A thread ended the whole process of main with exit code 3: hard_exit waits for nobody, and "
                               "all threads of the process vanished at once.");
  result_maker_worker (&maker, 3)->started = FALSE;
  result_maker_end (&maker, 3, JUGGLER_RESULT_NEVER_STARTED, 0);
  result_maker_assert (&maker, "t ended the whole process of main with exit code 3 after 20.0 ms: hard_exit waits for nobody, "
                               "and all threads of the process vanished at once.");
  result_maker_clear (&maker);
}

/* A daemon that was cut off before its hard_exit did not end anything. */
static void
test_hard_exit_not_reached (void)
{
  ResultMaker maker;

  init_hard_exit (&maker, TRUE);
  result_maker_end (&maker, 2, JUGGLER_RESULT_VANISHED, 0);
  result_maker_assert (&maker, "t vanished after 20.0 ms, when its process ended: no thread outlives its process.");
  result_maker_worker (&maker, 1)->exit_code = 3;
  result_maker_assert (&maker, "t ended the whole process of p with exit code 3 after 20.0 ms: hard_exit waits for nobody, "
                               "and all threads of the process vanished at once.");
  result_maker_end (&maker, 1, JUGGLER_RESULT_TERMINATED, SIGTERM);
  result_maker_assert (&maker, "p was terminated by SIGTERM (15) after 20.0 ms, in the middle of its work.");
  result_maker_clear (&maker);
}

static void
test_plain (void)
{
  ResultMaker maker;

  result_maker_init (&maker, FAMILY ("process"), JUGGLER_OUTCOME_FINISHED);
  result_maker_assert (&maker, "All 3 workers came to their end, and the run was over after 31.2 ms.");
  for (guint worker = 2; worker < 4; worker++)
    {
      result_maker_worker (&maker, worker)->started = FALSE;
      result_maker_end (&maker, worker, JUGGLER_RESULT_NEVER_STARTED, 0);
    }
  result_maker_assert (&maker, "1 worker came to its end in 31.2 ms; 2 never started.");
  result_maker_end (&maker, 1, JUGGLER_RESULT_NEVER_STARTED, 0);
  result_maker_assert (&maker, "Main ended after 31.2 ms and started no workers.");
  result_maker_clear (&maker);
}

static void
test_failed (void)
{
  ResultMaker maker;

  result_maker_init (&maker, FAMILY ("process"), JUGGLER_OUTCOME_FINISHED);
  result_maker_end (&maker, 2, JUGGLER_RESULT_FAILED, 0);
  result_maker_worker (&maker, 2)->message = g_strdup ("unlocks “pen”, which it does not hold");
  result_maker_assert (&maker, "b failed, since it unlocks “pen”, which it does not hold.");
  result_maker_end (&maker, 3, JUGGLER_RESULT_FAILED, 0);
  result_maker_assert (&maker, "2 workers failed, first b, since it unlocks “pen”, which it does not hold.");
  result_maker_end (&maker, 0, JUGGLER_RESULT_FAILED, 0);
  result_maker_worker (&maker, 0)->message = g_strdup ("starts “a”, which was started before");
  result_maker_assert (&maker, "Main failed, since it starts “a”, which was started before.");
  result_maker_clear (&maker);
}

static void
test_crashed (void)
{
  ResultMaker maker;

  result_maker_init (&maker, FAMILY ("process"), JUGGLER_OUTCOME_FINISHED);
  result_maker_end (&maker, 1, JUGGLER_RESULT_CRASHED, SIGABRT);
  result_maker_assert (&maker, "a crashed with SIGABRT (6) after 20.0 ms; the other processes went on.");
  result_maker_end (&maker, 2, JUGGLER_RESULT_CRASHED, SIGSEGV);
  result_maker_worker (&maker, 2)->end_us = 11000;
  result_maker_assert (&maker, "2 workers crashed, first b with SIGSEGV (11) after 10.0 ms.");
  result_maker_clear (&maker);
}

static void
test_killed (void)
{
  ResultMaker maker;

  result_maker_init (&maker, FAMILY ("process"), JUGGLER_OUTCOME_FINISHED);
  result_maker_end (&maker, 1, JUGGLER_RESULT_KILLED, SIGKILL);
  result_maker_assert (&maker, "a was killed with SIGKILL (9) after 20.0 ms.");
  maker.facts.has_timeline = TRUE;
  result_maker_assert (&maker, "a was killed from outside the experiment with SIGKILL (9) after 20.0 ms.");
  maker.facts.workers[1].signal = SIGKILL;
  maker.facts.workers[1].sender = 0;
  result_maker_assert (&maker, "a was killed by main with SIGKILL (9) after 20.0 ms, in the middle of its work.");
  result_maker_end (&maker, 3, JUGGLER_RESULT_KILLED, SIGHUP);
  result_maker_assert (&maker, "2 workers were killed, first a with SIGKILL (9) after 20.0 ms.");
  result_maker_clear (&maker);
}

static void
test_terminated (void)
{
  ResultMaker maker;

  result_maker_init (&maker, FAMILY ("process"), JUGGLER_OUTCOME_FINISHED);
  result_maker_end (&maker, 1, JUGGLER_RESULT_TERMINATED, SIGTERM);
  result_maker_assert (&maker, "a was terminated by SIGTERM (15) after 20.0 ms, in the middle of its work.");
  maker.facts.has_timeline = TRUE;
  result_maker_assert (&maker, "a was terminated after 20.0 ms, in the middle of its work, by a SIGTERM (15) from outside "
                               "the experiment.");
  maker.facts.workers[1].signal = SIGTERM;
  result_maker_assert (&maker, "a was terminated after 20.0 ms, in the middle of its work: main sent it SIGTERM (15).");
  result_maker_worker (&maker, 1)->cut = TRUE;
  result_maker_assert (&maker, "a was cut off after 20.0 ms: it is a daemon, and when main is done its daemon processes "
                               "are terminated.");
  result_maker_end (&maker, 2, JUGGLER_RESULT_TERMINATED, SIGTERM);
  maker.facts.workers[2].signal = SIGTERM;
  result_maker_assert (&maker, "b was terminated after 20.0 ms, in the middle of its work: main sent it SIGTERM (15).");
  result_maker_worker (&maker, 2)->cut = TRUE;
  result_maker_assert (&maker, "2 daemon processes were cut off: when main is done, its daemons are terminated.");
  result_maker_clear (&maker);
}

static void
test_vanished (void)
{
  ResultMaker maker;

  result_maker_init (&maker, FAMILY ("thread"), JUGGLER_OUTCOME_FINISHED);
  result_maker_end (&maker, 1, JUGGLER_RESULT_VANISHED, 0);
  result_maker_assert (&maker, "a vanished after 20.0 ms, when its process ended: no thread outlives its process.");
  result_maker_worker (&maker, 1)->daemon = TRUE;
  result_maker_assert (&maker, "a was cut off after 20.0 ms: it is a daemon thread, so main did not wait for it, and it "
                               "vanished with main’s process.");
  result_maker_end (&maker, 2, JUGGLER_RESULT_VANISHED, 0);
  result_maker_assert (&maker, "2 threads vanished when their process ended: no thread outlives its process.");
  result_maker_clear (&maker);
}

static void
test_orphan (void)
{
  ResultMaker maker;

  result_maker_init (&maker, FAMILY ("process"), JUGGLER_OUTCOME_FINISHED);
  result_maker_end (&maker, 2, JUGGLER_RESULT_ORPHAN, 0);
  result_maker_worker (&maker, 2)->parent = 1;
  result_maker_worker (&maker, 2)->ppid = 4712;
  result_maker_worker (&maker, 2)->new_ppid = 4710;
  result_maker_assert (&maker, "b lived on as an orphan when its parent a ended: its PPID changed from 4712 to 4710, the "
                               "keeper of the experiment.");
  result_maker_end (&maker, 3, JUGGLER_RESULT_ORPHAN, 0);
  result_maker_assert (&maker, "2 processes lived on as orphans when their parents ended, and were taken in by the "
                               "keeper of the experiment.");
  result_maker_clear (&maker);
}

static void
test_zombie (void)
{
  ResultMaker maker;

  result_maker_init (&maker, FAMILY ("process"), JUGGLER_OUTCOME_FINISHED);
  maker.result->wall_ms = 2030;
  maker.facts.workers[1].zombie_us = 2000000;
  result_maker_assert (&maker, "a ended after 20.0 ms but stayed in the process table as a zombie for 2.00 s, until main "
                               "asked for its exit code.");
  /* A moment between end and join is what every child has. */
  maker.facts.workers[1].zombie_us = 300;
  result_maker_assert (&maker, "All 3 workers came to their end, and the run was over after 2.03 s.");
  result_maker_clear (&maker);
}

static void
test_main_waited (void)
{
  ResultMaker maker;

  result_maker_init (&maker, FAMILY ("process"), JUGGLER_OUTCOME_FINISHED);
  maker.facts.steps_done_us = 200;
  result_maker_worker (&maker, 2)->end_us = 30000;
  result_maker_assert (&maker, "Main reached its last step after 200 µs but lived until 31.2 ms: it waited for its 3 "
                               "workers to end, b the last.");
  result_maker_worker (&maker, 1)->end_us = 100;
  result_maker_worker (&maker, 3)->daemon = TRUE;
  result_maker_assert (&maker, "Main reached its last step after 200 µs but lived until 31.2 ms: it waited for b to "
                               "end.");
  result_maker_clear (&maker);
}

static void
test_exit (void)
{
  ResultMaker maker;

  result_maker_init (&maker, FAMILY ("process"), JUGGLER_OUTCOME_FINISHED);
  result_maker_worker (&maker, 0)->exit_code = 4;
  result_maker_assert (&maker, "Main ended with exit code 4 after 31.2 ms.");
  result_maker_worker (&maker, 3)->exit_code = 3;
  result_maker_assert (&maker, "c ended with exit code 3 after 20.0 ms.");
  result_maker_clear (&maker);
}

static void
test_order (void)
{
  static const char document[] = "{\"juggler\": 1, \"title\": \"Order\","
                                 "\"tasks\": {\"work\": {\"steps\": [{\"print\": \"{name}\"}]}},"
                                 "\"workers\": [{\"name\": \"t\", \"target\": \"work\", \"kind\": \"thread\", \"count\": 3}]}";
  ResultMaker       maker;

  result_maker_init (&maker, document, JUGGLER_OUTCOME_FINISHED);
  result_maker_assert (&maker, "All 3 workers came to their end, and the run was over after 31.2 ms.");
  result_maker_worker (&maker, 1)->end_us = 23000;
  result_maker_worker (&maker, 3)->end_us = 2000;
  result_maker_assert (&maker, "3 workers that all do the same ended in another order than they were started in: t-3, "
                               "t-2, t-1; the scheduler decides, and next time it may decide otherwise.");
  result_maker_clear (&maker);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sentence/life/plain", test_plain);
  g_test_add_func ("/sentence/life/failed", test_failed);
  g_test_add_func ("/sentence/life/crashed", test_crashed);
  g_test_add_func ("/sentence/life/killed", test_killed);
  g_test_add_func ("/sentence/life/terminated", test_terminated);
  g_test_add_func ("/sentence/life/vanished", test_vanished);
  g_test_add_func ("/sentence/life/orphan", test_orphan);
  g_test_add_func ("/sentence/life/zombie", test_zombie);
  g_test_add_func ("/sentence/life/main-waited", test_main_waited);
  g_test_add_func ("/sentence/life/exit", test_exit);
  g_test_add_func ("/sentence/life/hard-exit", test_hard_exit);
  g_test_add_func ("/sentence/life/hard-exit-not-reached", test_hard_exit_not_reached);
  g_test_add_func ("/sentence/life/order", test_order);
  return g_test_run ();
}
