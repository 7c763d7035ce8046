/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "juggler-timeline-private.h"

static void
fill (JugglerTimeline *timeline,
      guint            n_spans)
{
  guint n = juggler_timeline_get_n_lanes (timeline);
  guint lane;
  guint i;

  for (lane = 0; lane < n; lane++)
    {
      JugglerLane *it = juggler_timeline_ensure_lane (timeline, lane);

      juggler_lane_begin (it, 0);
      for (i = 0; i < n_spans; i++)
        juggler_lane_add (it, i * 100 + 50, i * 100 + 100, i % 2 ? JUGGLER_LANE_PREEMPTED : JUGGLER_LANE_STOLEN, NULL,
                          JUGGLER_LANE_RUNNING);
    }
}

/* The columns of any zoom add up to the whole, to the nanosecond; outside of the lane there is nothing. */
static void
test_columns (void)
{
  g_autoptr (JugglerTimeline) timeline = juggler_timeline_new (1, 0);
  static const gdouble widths[] = { 0.7, 1, 13.37, 99, 100, 1234.5, 50000, 1e7 };
  gsize w;

  fill (timeline, 5000);
  for (w = 0; w < G_N_ELEMENTS (widths); w++)
    {
      g_autofree JugglerShares *shares = g_new0 (JugglerShares, 1000);
      JugglerShares whole;
      gint64 begin = 123456;
      gint64 total[JUGGLER_N_LANE_STATES] = { 0 };
      guint  i;
      guint  state;

      juggler_timeline_get_shares (timeline, 0, begin, widths[w], 1000, shares);
      juggler_timeline_get_shares (timeline, 0, begin, widths[w] * 1000, 1, &whole);
      for (i = 0; i < 1000; i++)
        for (state = 0; state < JUGGLER_N_LANE_STATES; state++)
          {
            g_assert_cmpint (shares[i].time[state], >=, 0);
            total[state] += shares[i].time[state];
          }
      for (state = 0; state < JUGGLER_N_LANE_STATES; state++)
        g_assert_cmpint (total[state], ==, whole.time[state]);
    }
}

static void
test_empty (void)
{
  g_autoptr (JugglerTimeline) timeline = juggler_timeline_new (3, 2);
  JugglerShares shares;
  JugglerSpan   span;
  guint         n;

  g_assert_false (juggler_timeline_get_lane_extent (timeline, 1, NULL, NULL));
  juggler_timeline_get_shares (timeline, 1, 0, 100, 1, &shares);
  g_assert_cmpint (shares.time[JUGGLER_LANE_NONE], ==, 100);
  g_assert_false (juggler_timeline_get_span_at (timeline, 2, 5, &span));
  g_assert_cmpint (juggler_timeline_get_core_at (timeline, 0, 5), ==, -1);
  juggler_timeline_get_events (timeline, &n);
  g_assert_cmpuint (n, ==, 0);
}

static gboolean
count_hold (const JugglerHold *hold,
            gpointer           data)
{
  (*(guint *) data)++;
  return TRUE;
}

/* Holds come in any order, long ones over short ones; whatever is asked for finds each that meets it. */
static void
test_holds (void)
{
  g_autoptr (JugglerTimeline) timeline = juggler_timeline_new (1, 1);
  g_autoptr (GArray) raw = g_array_new (FALSE, FALSE, sizeof (JugglerHold));
  guint round;
  guint i;

  for (round = 0; round < 300; round++)
    {
      gint64 from = g_test_rand_int_range (0, 100000);
      gint64 to = from + g_test_rand_int_range (1, 5000);
      guint  found = 0;
      guint  expected = 0;

      for (i = 0; i < 20; i++)
        {
          gint64      begin = round * 300 + g_test_rand_int_range (-1000, 1000);
          JugglerHold hold = { .begin = begin, .end = begin + g_test_rand_int_range (1, i == 0 ? 30000 : 100), .turns = 1 };

          g_array_append_val (raw, hold);
          juggler_timeline_add_hold (timeline, 0, &hold);
        }
      for (i = 0; i < raw->len; i++)
        expected += g_array_index (raw, JugglerHold, i).begin < to && g_array_index (raw, JugglerHold, i).end > from;
      juggler_timeline_foreach_hold (timeline, 0, from, to, count_hold, &found);
      g_assert_cmpuint (found, ==, expected);
    }
}

static void
count_cb (gpointer  object,
          gpointer  pspec,
          guint    *n)
{
  (*n)++;
}

/* Past the bound it is thinned, says so once, and stays below; the sums stay. */
static void
test_limit (void)
{
  JugglerTimeline *timeline = juggler_timeline_new (4, 1);
  JugglerShares    shares;
  guint            n_notifies = 0;
  guint            i;

  g_signal_connect (timeline, "notify::thinned", G_CALLBACK (count_cb), &n_notifies);
  juggler_timeline_set_memory_limit (timeline, 1 << 20);
  fill (timeline, 50000);
  for (i = 0; i < 30000; i++)
    juggler_timeline_add_hold (timeline, 0, &(JugglerHold){ .begin = i * 10, .end = i * 10 + 5, .from = G_MAXUINT32 });
  g_assert_cmpuint (juggler_timeline_get_memory (timeline), >, 1 << 21);
  juggler_timeline_commit (timeline, 5000000);
  g_assert_cmpuint (juggler_timeline_get_memory (timeline), <=, 1 << 20);
  g_assert_cmpuint (n_notifies, ==, 1);
  g_assert_cmpint (juggler_timeline_get_thinned_until (timeline), >, 0);
  juggler_timeline_get_shares (timeline, 3, 0, 5000000, 1, &shares);
  g_assert_cmpint (shares.time[JUGGLER_LANE_RUNNING], ==, 2500000);
  g_assert_cmpint (shares.time[JUGGLER_LANE_PREEMPTED], ==, 1250000);
  juggler_timeline_commit (timeline, 5000001);
  g_assert_cmpuint (n_notifies, ==, 1);
  g_assert_finalize_object (timeline);
}

/* A minute of 64 workers, each switched out 100 times a second and taking turns at a lock: below 100 MB, whole. */
static void
test_minute (void)
{
  JugglerTimeline *timeline = juggler_timeline_new (64, 1);
  guint            lane;
  gint64           i;

  for (lane = 0; lane < 64; lane++)
    {
      JugglerLane *it = juggler_timeline_ensure_lane (timeline, lane);

      juggler_lane_begin (it, 0);
      for (i = 0; i < 60 * 1000; i++)
        {
          JugglerLaneDetail detail = { .object = 0, .holder = 1, .turns = { 100, 50, 300000, 200000 } };
          gint64            at = i * 1000000;

          juggler_lane_add (it, at, at + 900000, JUGGLER_LANE_TURNS, &detail, JUGGLER_LANE_RUNNING);
          if (i % 10 == 0)
            juggler_lane_add (it, at + 900000, at + 990000, JUGGLER_LANE_PREEMPTED, NULL, JUGGLER_LANE_RUNNING);
        }
    }
  g_test_message ("%" G_GSIZE_FORMAT " bytes before the bound", juggler_timeline_get_memory (timeline));
  juggler_timeline_commit (timeline, 60 * G_GINT64_CONSTANT (1000000000));
  g_assert_cmpuint (juggler_timeline_get_memory (timeline), <, 100 << 20);
  g_assert_finalize_object (timeline);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/timeline/columns", test_columns);
  g_test_add_func ("/engine/timeline/empty", test_empty);
  g_test_add_func ("/engine/timeline/holds", test_holds);
  g_test_add_func ("/engine/timeline/limit", test_limit);
  g_test_add_func ("/engine/timeline/minute", test_minute);
  return g_test_run ();
}
