/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A lane against the plainest thing that can be right: an array with what every nanosecond range was. */

#include "juggler-lane.h"

#include <string.h>

typedef struct
{
  gint64           begin;
  gint64           end;
  JugglerLaneState state;
  gint64           waited; /* of TURNS */
  guint32          object;
} Truth;

typedef struct
{
  JugglerLane *lane;
  GArray      *truth;
  gint64       at;
} Fixture;

static void
truth_add (Fixture          *fixture,
           gint64            end,
           JugglerLaneState  state,
           gint64            waited,
           guint32           object)
{
  Truth truth = { fixture->at, end, state, waited, object };

  if (end > fixture->at)
    g_array_append_val (fixture->truth, truth);
  fixture->at = MAX (fixture->at, end);
}

/* Spans of all kinds and lengths, with gaps of running between some. */
static void
fill (Fixture *fixture,
      guint    n_spans,
      gint64   longest)
{
  static const JugglerLaneState states[] = {
    JUGGLER_LANE_PREEMPTED, JUGGLER_LANE_STOLEN, JUGGLER_LANE_LOCK, JUGGLER_LANE_SLEEP,
    JUGGLER_LANE_JOIN,      JUGGLER_LANE_OUTPUT, JUGGLER_LANE_TURNS,
  };
  guint i;

  fixture->lane = juggler_lane_new ();
  fixture->truth = g_array_new (FALSE, FALSE, sizeof (Truth));
  fixture->at = 1000;
  juggler_lane_begin (fixture->lane, 1000);
  for (i = 0; i < n_spans; i++)
    {
      JugglerLaneState  state = states[g_test_rand_int_range (0, G_N_ELEMENTS (states))];
      gint64            begin = fixture->at + (g_test_rand_bit () ? (gint64) g_test_rand_double_range (1, (gdouble) longest) : 0);
      gint64            end = begin + (gint64) g_test_rand_double_range (1, (gdouble) longest);
      JugglerLaneDetail detail = { .object = i % 7, .holder = i % 5 };

      if (state == JUGGLER_LANE_TURNS)
        detail.turns = (JugglerTurns){ 10, 5, 0, (end - begin) / 3 };
      juggler_lane_add (fixture->lane, begin, end, state, &detail, JUGGLER_LANE_RUNNING);
      truth_add (fixture, begin, JUGGLER_LANE_RUNNING, 0, G_MAXUINT32);
      truth_add (fixture, end, state, detail.turns.waited, detail.object);
    }
}

static void
clear (Fixture *fixture)
{
  g_clear_pointer (&fixture->lane, juggler_lane_free);
  g_clear_pointer (&fixture->truth, g_array_unref);
}

static void
raw_sums (Fixture       *fixture,
          gint64         begin,
          gint64         end,
          JugglerShares *sums)
{
  guint i;

  memset (sums, 0, sizeof *sums);
  for (i = 0; i < fixture->truth->len; i++)
    {
      const Truth *truth = &g_array_index (fixture->truth, Truth, i);
      gint64       overlap = MIN (end, truth->end) - MAX (begin, truth->begin);

      if (overlap > 0)
        sums->time[truth->state] += overlap;
    }
}

static void
assert_shares (Fixture *fixture,
               gint64   begin,
               gint64   end)
{
  JugglerShares before;
  JugglerShares after;
  JugglerShares raw;
  JugglerLaneCursor cursor = { 0 };
  guint         i;

  juggler_lane_get_sums (fixture->lane, begin, &cursor, &before);
  juggler_lane_get_sums (fixture->lane, end, &cursor, &after);
  raw_sums (fixture, begin, end, &raw);
  for (i = 0; i < JUGGLER_N_LANE_STATES; i++)
    g_assert_cmpint (after.time[i] - before.time[i], ==, raw.time[i]);
}

static void
test_shares (gconstpointer data)
{
  gint64  longest = *(const gint64 *) data;
  Fixture fixture;
  guint   i;

  fill (&fixture, 3000, longest);
  assert_shares (&fixture, 0, fixture.at + 5000);
  for (i = 0; i < 2000; i++)
    {
      gint64 a = (gint64) g_test_rand_double_range (0, (gdouble) fixture.at + 2000);
      gint64 b = a + (gint64) g_test_rand_double_range (0, i % 2 ? 5000 : (gdouble) fixture.at);

      assert_shares (&fixture, a, b);
    }
  clear (&fixture);
}

/* However a cursor was moved before, it gives what a fresh search gives. */
static void
test_cursor (void)
{
  Fixture           fixture;
  JugglerLaneCursor cursor = { 0 };
  guint             thinned;
  guint             i;

  fill (&fixture, 3000, 2000);
  for (thinned = 0; thinned < 3; thinned++)
    {
      gint64 time = 0;

      for (i = 0; i < 5000; i++)
        {
          JugglerShares fresh;
          JugglerShares found;

          time = i % 50 == 0 ? (gint64) g_test_rand_double_range (0, (gdouble) fixture.at + 1000)
                             : time + g_test_rand_int_range (0, i % 3 == 0 ? 20000 : 300);
          juggler_lane_get_sums (fixture.lane, time, &cursor, &found);
          juggler_lane_get_sums (fixture.lane, time, NULL, &fresh);
          g_assert_cmpmem (&found, sizeof found, &fresh, sizeof fresh);
        }
      juggler_lane_thin (fixture.lane);
      cursor = (JugglerLaneCursor){ 0 };
    }
  clear (&fixture);
}

typedef struct
{
  Fixture *fixture;
  guint    index;
  gint64   upto;
  gint64   total;
  gboolean exact;
} Check;

static gboolean
check_span (const JugglerSpan *span,
            gpointer           data)
{
  Check       *check = data;
  const Truth *truth;

  g_assert_cmpint (span->begin, >=, check->upto);
  g_assert_cmpint (span->end, >, span->begin);
  check->upto = span->end;
  check->total += span->end - span->begin;
  if (!check->exact)
    return TRUE;
  truth = &g_array_index (check->fixture->truth, Truth, check->index);
  g_assert_cmpint (span->begin, ==, truth->begin);
  g_assert_cmpint (span->state, ==, truth->state);
  /* Neighbours that say the same are one span. */
  while (truth->end < span->end)
    {
      check->index++;
      truth++;
      g_assert_cmpint (span->state, ==, truth->state);
    }
  g_assert_cmpint (span->end, ==, truth->end);
  if (span->state == JUGGLER_LANE_LOCK || span->state == JUGGLER_LANE_TURNS)
    g_assert_cmpuint (span->object, ==, truth->object);
  check->index++;
  return TRUE;
}

static void
test_spans (void)
{
  Fixture fixture;
  Check   check = { .fixture = &fixture, .exact = TRUE };

  fill (&fixture, 2000, 3000);
  juggler_lane_foreach (fixture.lane, G_MININT64, G_MAXINT64, check_span, &check);
  g_assert_cmpuint (check.index, ==, fixture.truth->len);
  clear (&fixture);
}

/* A span longer than one length can say comes out whole, also when asked for from its middle. */
static void
test_long_span (void)
{
  gint64                  hour = 3600 * G_GINT64_CONSTANT (1000000000);
  Fixture                 fixture = { juggler_lane_new (), g_array_new (FALSE, FALSE, sizeof (Truth)), 0 };
  JugglerLaneDetail       detail = { .object = 3, .holder = 2, .timed_out = TRUE };
  Check                   check = { .fixture = &fixture, .exact = TRUE };

  juggler_lane_begin (fixture.lane, 0);
  juggler_lane_add (fixture.lane, 10, hour, JUGGLER_LANE_LOCK, &detail, JUGGLER_LANE_RUNNING);
  truth_add (&fixture, 10, JUGGLER_LANE_RUNNING, 0, 0);
  truth_add (&fixture, hour, JUGGLER_LANE_LOCK, 0, 3);
  juggler_lane_foreach (fixture.lane, hour / 2, hour / 2 + 1, check_span, &(Check){ .fixture = &fixture, .exact = FALSE });
  check.index = 1;
  juggler_lane_foreach (fixture.lane, hour - 5, hour, check_span, &check);
  g_assert_cmpuint (check.index, ==, 2);
  assert_shares (&fixture, 5, hour - 100);
  clear (&fixture);
}

/* A span that begins before what is stored is cut, so that nothing ever overlaps. */
static void
test_late_span (void)
{
  JugglerLane      *lane = juggler_lane_new ();
  JugglerLaneDetail turns = { .object = 0, .holder = 1, .turns = { 8, 4, 50, 100 } };
  JugglerShares     sums;
  Check             check = { 0 };

  juggler_lane_begin (lane, 0);
  juggler_lane_add (lane, 100, 200, JUGGLER_LANE_PREEMPTED, NULL, JUGGLER_LANE_RUNNING);
  juggler_lane_add (lane, 100, 300, JUGGLER_LANE_TURNS, &turns, JUGGLER_LANE_RUNNING);
  juggler_lane_add (lane, 50, 250, JUGGLER_LANE_SLEEP, NULL, JUGGLER_LANE_RUNNING);
  juggler_lane_foreach (lane, G_MININT64, G_MAXINT64, check_span, &check);
  g_assert_cmpint (check.total, ==, 300);
  juggler_lane_get_sums (lane, 300, NULL, &sums);
  g_assert_cmpint (sums.time[JUGGLER_LANE_TURNS], ==, 100);
  g_assert_cmpint (sums.turns_waited, ==, 50);
  g_assert_cmpint (sums.time[JUGGLER_LANE_SLEEP], ==, 0);
  juggler_lane_free (lane);
}

static void
test_open (void)
{
  JugglerLane      *lane = juggler_lane_new ();
  JugglerLaneDetail detail = { .object = 4, .holder = 7 };
  JugglerShares     sums;
  Check             check = { 0 };

  juggler_lane_begin (lane, 0);
  juggler_lane_add (lane, 100, 200, JUGGLER_LANE_STOLEN, NULL, JUGGLER_LANE_RUNNING);
  juggler_lane_set_open (lane, 400, 1000, JUGGLER_LANE_LOCK, &detail, JUGGLER_LANE_UNSAMPLED);
  g_assert_cmpint (juggler_lane_get_end (lane), ==, 1000);
  juggler_lane_get_sums (lane, 700, NULL, &sums);
  g_assert_cmpint (sums.time[JUGGLER_LANE_UNSAMPLED], ==, 200);
  g_assert_cmpint (sums.time[JUGGLER_LANE_LOCK], ==, 300);
  juggler_lane_foreach (lane, G_MININT64, G_MAXINT64, check_span, &check);
  g_assert_cmpint (check.total, ==, 1000);
  /* The record of that wait comes: nothing is counted twice. */
  juggler_lane_add (lane, 400, 900, JUGGLER_LANE_LOCK, &detail, JUGGLER_LANE_RUNNING);
  juggler_lane_get_sums (lane, 5000, NULL, &sums);
  g_assert_cmpint (sums.time[JUGGLER_LANE_LOCK], ==, 600);
  juggler_lane_clear_open (lane);
  juggler_lane_get_sums (lane, 5000, NULL, &sums);
  g_assert_cmpint (sums.time[JUGGLER_LANE_LOCK], ==, 500);
  juggler_lane_free (lane);
}

/* However much detail is given up: sums up to the end stay exact, columns add up, new spans stay whole. */
static void
test_thinning (void)
{
  Fixture fixture;
  Check   check = { .fixture = &fixture };
  gsize   full;
  guint   i;

  fill (&fixture, 40000, 2000);
  full = juggler_lane_get_memory (fixture.lane);
  for (i = 0; juggler_lane_thin (fixture.lane); i++)
    {
      JugglerShares sums;
      gint64        total = 0;
      guint         state;

      check.upto = 0;
      check.total = 0;
      juggler_lane_foreach (fixture.lane, G_MININT64, G_MAXINT64, check_span, &check);
      g_assert_cmpint (check.total, ==, fixture.at - 1000);
      assert_shares (&fixture, 0, fixture.at);
      assert_shares (&fixture, juggler_lane_get_thinned_until (fixture.lane), fixture.at);
      juggler_lane_get_sums (fixture.lane, 1000 + (fixture.at - 1000) / 3, NULL, &sums);
      for (state = 0; state < JUGGLER_N_LANE_STATES; state++)
        total += sums.time[state];
      g_assert_cmpint (total, ==, (fixture.at - 1000) / 3);
    }
  g_assert_cmpuint (i, >, 4);
  g_assert_cmpuint (juggler_lane_get_memory (fixture.lane), <, full / 50);
  clear (&fixture);
}

/* 17 bytes for a pre-emption (a stretch of running and one of waiting): 64 workers, a minute, 30 switches a second
 * each are 2 MB. */
static void
test_memory (void)
{
  Fixture fixture;
  gsize   segments;

  fill (&fixture, 100000, 2000);
  segments = fixture.truth->len;
  g_assert_cmpuint (juggler_lane_get_memory (fixture.lane), <, segments * 16);
  clear (&fixture);
}

int
main (int    argc,
      char **argv)
{
  static const gint64 ordinary = 2000;
  static const gint64 very_long = G_GINT64_CONSTANT (20000000000);

  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/engine/lane/shares", &ordinary, test_shares);
  g_test_add_data_func ("/engine/lane/shares-of-long-spans", &very_long, test_shares);
  g_test_add_func ("/engine/lane/cursor", test_cursor);
  g_test_add_func ("/engine/lane/spans", test_spans);
  g_test_add_func ("/engine/lane/long-span", test_long_span);
  g_test_add_func ("/engine/lane/late-span", test_late_span);
  g_test_add_func ("/engine/lane/open", test_open);
  g_test_add_func ("/engine/lane/thinning", test_thinning);
  g_test_add_func ("/engine/lane/memory", test_memory);
  return g_test_run ();
}
