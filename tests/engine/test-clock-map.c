/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "juggler-clock-map.h"

/* One rate, no noise: the line is met to the nanosecond, before, between and behind the pairs. */
static void
test_straight (void)
{
  JugglerClockMap *map = juggler_clock_map_new (2500000000);
  guint64          i;

  for (i = 0; i < 100; i++)
    juggler_clock_map_add (map, (JugglerClockPair){ 1000000 + i * 50000000, 777 + i * 20000000 });
  juggler_clock_map_set_start (map, 1000000);
  g_assert_cmpuint (juggler_clock_map_get_start_ns (map), ==, 777);
  for (i = 0; i < 10000; i++)
    g_assert_cmpint (juggler_clock_map_to_time (map, 1000000 + i * 625000), ==, (gint64) i * 250000);
  g_assert_cmpint (juggler_clock_map_to_time (map, 1000000 - 2500), ==, -1000);
  g_assert_cmpint (juggler_clock_map_to_length (map, 5000), ==, 2000);
  juggler_clock_map_free (map);
}

/* The clock is slewed in the middle: each pair is met exactly, and time never runs backwards. */
static void
test_slewed (void)
{
  JugglerClockMap *map = juggler_clock_map_new (1000000000);
  guint64          ns = 5000;
  gint64           last = G_MININT64;
  guint64          i;

  for (i = 0; i < 200; i++)
    {
      juggler_clock_map_add (map, (JugglerClockPair){ i * 30000000, ns });
      ns += i < 100 ? 30000000 : 30015000;
    }
  juggler_clock_map_set_start (map, 0);
  g_assert_cmpint (juggler_clock_map_to_time (map, 3000000000U), ==, G_GINT64_CONSTANT (3000000000));
  g_assert_cmpint (juggler_clock_map_to_time (map, 150 * G_GUINT64_CONSTANT (30000000)), ==,
                   100 * G_GINT64_CONSTANT (30000000) + 50 * G_GINT64_CONSTANT (30015000));
  for (i = 0; i < 60000; i++)
    {
      gint64 time = juggler_clock_map_to_time (map, i * 100000);

      g_assert_cmpint (time, >=, last);
      last = time;
    }
  juggler_clock_map_free (map);
}

static void
test_one_pair (void)
{
  JugglerClockMap *map = juggler_clock_map_new (2000000000);

  g_assert_cmpint (juggler_clock_map_to_length (map, 2000), ==, 1000);
  juggler_clock_map_add (map, (JugglerClockPair){ 1000, 500 });
  /* Too close to say anything about the rate. */
  juggler_clock_map_add (map, (JugglerClockPair){ 1010, 900 });
  juggler_clock_map_set_start (map, 1000);
  g_assert_cmpint (juggler_clock_map_to_time (map, 3000), ==, 1000);
  juggler_clock_map_free (map);
}

static void
test_many_pairs (void)
{
  JugglerClockMap *map = juggler_clock_map_new (1000000000);
  guint64          i;

  for (i = 0; i < 200000; i++)
    juggler_clock_map_add (map, (JugglerClockPair){ i * 3000000, i * 3000000 });
  juggler_clock_map_set_start (map, 0);
  g_assert_cmpint (juggler_clock_map_to_time (map, 123456789), ==, 123456789);
  g_assert_cmpint (juggler_clock_map_to_time (map, 599 * G_GUINT64_CONSTANT (1000000000)), ==,
                   599 * G_GINT64_CONSTANT (1000000000));
  juggler_clock_map_free (map);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/clock-map/straight", test_straight);
  g_test_add_func ("/engine/clock-map/slewed", test_slewed);
  g_test_add_func ("/engine/clock-map/one-pair", test_one_pair);
  g_test_add_func ("/engine/clock-map/many-pairs", test_many_pairs);
  return g_test_run ();
}
