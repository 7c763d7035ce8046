/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "juggler-overlap.h"

static void
test_empty (void)
{
  JugglerOverlap overlap;

  juggler_overlap_init (&overlap);
  g_assert_cmpuint (juggler_overlap_most (&overlap, 1), ==, 0);
  juggler_overlap_add (&overlap, 5, 5);
  g_assert_cmpuint (juggler_overlap_most (&overlap, 1), ==, 0);
  juggler_overlap_add (&overlap, 5, 6);
  g_assert_cmpuint (juggler_overlap_most (&overlap, 1), ==, 1);
  juggler_overlap_clear (&overlap);
}

/* Who takes over does not run beside who had it. */
static void
test_hand_over (void)
{
  JugglerOverlap overlap;

  juggler_overlap_init (&overlap);
  for (gint64 turn = 9; turn >= 0; turn--)
    juggler_overlap_add (&overlap, turn * 10, turn * 10 + 10);
  g_assert_cmpuint (juggler_overlap_most (&overlap, 1), ==, 1);
  juggler_overlap_clear (&overlap);
}

/* Two run beside each other for 30 in two stretches, three for 10 of it. */
static void
test_least (void)
{
  JugglerOverlap overlap;

  juggler_overlap_init (&overlap);
  juggler_overlap_add (&overlap, 0, 20);
  juggler_overlap_add (&overlap, 0, 20);
  juggler_overlap_add (&overlap, 10, 20);
  juggler_overlap_add (&overlap, 40, 60);
  juggler_overlap_add (&overlap, 50, 70);
  g_assert_cmpuint (juggler_overlap_most (&overlap, 10), ==, 3);
  g_assert_cmpuint (juggler_overlap_most (&overlap, 11), ==, 2);
  g_assert_cmpuint (juggler_overlap_most (&overlap, 30), ==, 2);
  g_assert_cmpuint (juggler_overlap_most (&overlap, 31), ==, 1);
  juggler_overlap_clear (&overlap);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/overlap/empty", test_empty);
  g_test_add_func ("/overlap/hand-over", test_hand_over);
  g_test_add_func ("/overlap/least", test_least);
  return g_test_run ();
}
