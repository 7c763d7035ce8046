/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "juggler-timeline-private.h"
#include "result-maker.h"

#define MS 1000000
#define WORKERS 4

static const char document[] = "{\"juggler\": 1, \"title\": \"Busy\", \"tasks\": {\"busy\": {\"steps\": [{\"work\": 20}]}},"
                               "\"workers\": [{\"name\": \"busy\", \"target\": \"busy\", \"kind\": \"thread\","
                               "\"count\": 4}]}";

/* Four workers with 20 ms of processor time each, which ended in another order than they were started in. */
static void
init_busy (ResultMaker *maker,
           guint        cores)
{
  result_maker_init (maker, document, JUGGLER_OUTCOME_FINISHED);
  for (guint worker = 1; worker <= WORKERS; worker++)
    {
      result_maker_worker (maker, worker)->cpu_ms = 20;
      result_maker_worker (maker, worker)->end_us = 81000 - worker;
    }
  maker->result->cores = cores;
  maker->result->wall_ms = 82;
}

/* Lets each worker run from that ms for 20 ms, and want to run before that. */
static JugglerTimeline *
run_from (ResultMaker  *maker,
          const gint64 *begins)
{
  JugglerTimeline *timeline = juggler_timeline_new (WORKERS + 1, 0);

  for (guint worker = 1; worker <= WORKERS; worker++)
    {
      JugglerLane *lane = juggler_timeline_ensure_lane (timeline, worker);
      gint64       begin = begins[worker - 1] * MS;

      juggler_lane_begin (lane, 0);
      juggler_lane_add (lane, 0, begin, JUGGLER_LANE_PREEMPTED, NULL, JUGGLER_LANE_RUNNING);
      juggler_lane_add (lane, begin + 20 * MS, begin + 21 * MS, JUGGLER_LANE_SLEEP, NULL, JUGGLER_LANE_RUNNING);
    }
  juggler_timeline_commit (timeline, 100 * MS);
  maker->facts.timeline = timeline;
  return timeline;
}

static void
test_one_core (void)
{
  ResultMaker      maker;
  JugglerTimeline *timeline;

  init_busy (&maker, 1);
  result_maker_assert (&maker, "4 workers needed 80.0 ms of processor time in all; on one core it took 82.0 ms: they took "
                               "turns, only one at any instant.");
  timeline = run_from (&maker, (const gint64[]){ 0, 20, 40, 60 });
  result_maker_assert (&maker, "4 workers needed 80.0 ms of processor time in all; on one core it took 82.0 ms: they took "
                               "turns, only one at any instant.");
  g_assert_finalize_object (timeline);
  result_maker_clear (&maker);
}

/* More workers than cores. */
static void
test_two_at_a_time (void)
{
  ResultMaker      maker;
  JugglerTimeline *timeline;

  init_busy (&maker, 2);
  maker.result->wall_ms = 41;
  result_maker_assert (&maker, "4 workers needed 80.0 ms of processor time in all; on 2 cores it took only 41.0 ms: some of "
                               "them ran side by side.");
  timeline = run_from (&maker, (const gint64[]){ 0, 20, 0, 20 });
  result_maker_assert (&maker, "4 workers needed 80.0 ms of processor time in all; on 2 cores it took 41.0 ms: up to 2 at a "
                               "time ran side by side, and the others waited for their turn.");
  /* A machine that does other things too takes longer, and they ran side by side all the same. */
  maker.result->wall_ms = 350;
  result_maker_assert (&maker, "4 workers needed 80.0 ms of processor time in all; on 2 cores it took 350 ms: up to 2 at a "
                               "time ran side by side, and the others waited for their turn.");
  g_assert_finalize_object (timeline);
  result_maker_clear (&maker);
}

/* No more workers than cores. */
static void
test_all_together (void)
{
  ResultMaker      maker;
  JugglerTimeline *timeline;

  init_busy (&maker, 4);
  maker.result->wall_ms = 21;
  timeline = run_from (&maker, (const gint64[]){ 0, 1, 0, 1 });
  result_maker_assert (&maker, "4 workers needed 80.0 ms of processor time in all; on 4 cores it took 21.0 ms: they ran side "
                               "by side, all at the same time.");
  g_assert_finalize_object (timeline);
  result_maker_clear (&maker);
}

static void
test_apart (void)
{
  ResultMaker      maker;
  JugglerTimeline *timeline;

  init_busy (&maker, 2);
  timeline = run_from (&maker, (const gint64[]){ 0, 20, 40, 60 });
  result_maker_assert (&maker, "4 workers needed 80.0 ms of processor time in all; there were 2 cores, but it took 82.0 ms: "
                               "hardly ever did two of them run at the same instant.");
  for (guint worker = 1; worker <= WORKERS; worker++)
    {
      result_maker_worker (&maker, worker)->start_us = 20000 * (worker - 1);
      result_maker_worker (&maker, worker)->end_us = 20000 * worker;
    }
  result_maker_assert (&maker, "4 workers needed 80.0 ms of processor time in all, and it took 82.0 ms: they ran one after "
                               "the other, never two at once.");
  g_assert_finalize_object (timeline);
  result_maker_clear (&maker);
}

/* All on core 3 of two or more: `cores` of a worker does that. */
static void
test_pinned (void)
{
  ResultMaker maker;

  init_busy (&maker, 2);
  for (guint worker = 1; worker <= WORKERS; worker++)
    {
      result_maker_worker (&maker, worker)->cores = g_new (guint, 1);
      result_maker_worker (&maker, worker)->cores[0] = 3;
      result_maker_worker (&maker, worker)->n_cores = 1;
    }
  result_maker_assert (&maker, "4 workers needed 80.0 ms of processor time in all; on one core it took 82.0 ms: they took "
                               "turns, only one at any instant.");
  result_maker_clear (&maker);
}

/* What hardly computes is told otherwise; and without a timeline nothing is said that the times do not show. */
static void
test_not_busy (void)
{
  ResultMaker maker;

  init_busy (&maker, 2);
  result_maker_assert (&maker, "4 workers that all do the same ended in another order than they were started in: busy-4, "
                               "busy-3, busy-2, busy-1; the scheduler decides, and next time it may decide otherwise.");
  maker.result->wall_ms = 401;
  maker.result->cores = 1;
  result_maker_assert (&maker, "4 workers that all do the same ended in another order than they were started in: busy-4, "
                               "busy-3, busy-2, busy-1; the scheduler decides, and next time it may decide otherwise.");
  result_maker_clear (&maker);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sentence/busy/one-core", test_one_core);
  g_test_add_func ("/sentence/busy/two-at-a-time", test_two_at_a_time);
  g_test_add_func ("/sentence/busy/all-together", test_all_together);
  g_test_add_func ("/sentence/busy/apart", test_apart);
  g_test_add_func ("/sentence/busy/pinned", test_pinned);
  g_test_add_func ("/sentence/busy/not-busy", test_not_busy);
  return g_test_run ();
}
