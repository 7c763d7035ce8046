/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>
#include <sched.h>

#include "juggler-clock.h"

static void
test_wish (void)
{
  g_setenv ("JUGGLER_CLOCK", "monotonic", TRUE);
  g_assert_cmpint (juggler_clock_choose (), ==, JUGGLER_CLOCK_MONOTONIC);
  g_unsetenv ("JUGGLER_CLOCK");
}

/* The counter is taken where the kernel takes it, and nowhere else. */
static void
test_choice (void)
{
  g_autofree char *source = NULL;

#if defined(__x86_64__)
  if (!g_file_get_contents ("/sys/devices/system/clocksource/clocksource0/current_clocksource", &source, NULL, NULL)
      || g_strcmp0 (g_strstrip (source), "tsc") != 0)
    g_assert_cmpint (juggler_clock_choose (), ==, JUGGLER_CLOCK_MONOTONIC);
  else
    g_test_message ("the kernel keeps time by the counter; juggler_clock_choose(): %d", juggler_clock_choose ());
#else
  g_test_skip ("x86 only");
#endif
}

static void
check_pairs (JugglerClockSource source)
{
  JugglerClockPair first = juggler_clock_pair (source);
  JugglerClockPair middle;
  JugglerClockPair last;
  double           between;

  g_usleep (20000);
  middle = juggler_clock_pair (source);
  g_usleep (20000);
  last = juggler_clock_pair (source);

  g_assert_cmpuint (first.ticks, <, middle.ticks);
  g_assert_cmpuint (middle.ticks, <, last.ticks);
  /* A stamp between two pairs is found again to within a thousandth of their distance. */
  between = (double) (middle.ticks - first.ticks) / (double) (last.ticks - first.ticks);
  g_assert_cmpfloat_with_epsilon (
    (double) (middle.monotonic_ns - first.monotonic_ns) / (double) (last.monotonic_ns - first.monotonic_ns), between,
    1e-3);
}

static void
test_pairs (void)
{
  check_pairs (JUGGLER_CLOCK_MONOTONIC);
  check_pairs (juggler_clock_choose ());
}

static void
test_frequency (void)
{
  JugglerClockSource source = juggler_clock_choose ();
  double             a = (double) juggler_clock_frequency (source, 5);
  double             b = (double) juggler_clock_frequency (source, 20);

  g_assert_cmpuint (juggler_clock_frequency (JUGGLER_CLOCK_MONOTONIC, 5), ==, 1000000000);
  g_assert_cmpfloat (a / b, >, 0.98);
  g_assert_cmpfloat (a / b, <, 1.02);
}

static gpointer
look_from (gpointer data)
{
  JugglerClockSource source = juggler_clock_choose ();
  uint64_t          *last = data;
  uint64_t           now = 0;
  cpu_set_t          set;

  CPU_ZERO (&set);
  CPU_SET (last[1], &set);
  /* A machine may have fewer cores, or forbid some. */
  if (sched_setaffinity (0, sizeof set, &set) < 0)
    return NULL;
  for (unsigned i = 0; i < 1000; i++)
    now = juggler_clock_ticks (source);
  g_assert_cmpuint (now, >, last[0]);
  last[0] = now;
  return NULL;
}

/* Stamps of different cores can be compared: what happened later has the higher one. */
static void
test_cores (void)
{
  uint64_t last[2] = { 0, 0 };

  for (unsigned round = 0; round < 200; round++)
    {
      last[1] = round % 2;
      g_thread_join (g_thread_new ("looker", look_from, last));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clock/wish", test_wish);
  g_test_add_func ("/clock/choice", test_choice);
  g_test_add_func ("/clock/pairs", test_pairs);
  g_test_add_func ("/clock/frequency", test_frequency);
  g_test_add_func ("/clock/cores", test_cores);
  return g_test_run ();
}
