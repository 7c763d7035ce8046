/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "juggler-clock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

#define PAIR_TRIES 5

#if defined(__x86_64__)
/* Intel SDM vol. 3 §18.17.1, AMD APM vol. 3 Fn8000_0007: "invariant TSC", one rate in all P-, C- and T-states. */
static bool
counter_is_invariant (void)
{
  unsigned eax;
  unsigned ebx;
  unsigned ecx;
  unsigned edx;

  if (!__get_cpuid (0x80000007U, &eax, &ebx, &ecx, &edx))
    return false;
  return (edx & (1U << 8)) != 0;
}

/* The kernel watches the counters of all cores and stops to use them when they disagree ("Marking TSC unstable");
 * its present choice is thus the only proof that stamps of different cores may be compared. */
static bool
kernel_keeps_time_by_counter (void)
{
  char    name[16] = "";
  ssize_t length;
  int     fd;

  fd = open ("/sys/devices/system/clocksource/clocksource0/current_clocksource", O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return false;
  do
    length = read (fd, name, sizeof name - 1);
  while (length < 0 && errno == EINTR);
  close (fd);
  return length >= 3 && strncmp (name, "tsc", 3) == 0 && (name[3] == '\n' || name[3] == '\0');
}
#endif

JugglerClockSource
juggler_clock_choose (void)
{
  const char *wish = getenv ("JUGGLER_CLOCK");

  if (wish != NULL && strcmp (wish, "monotonic") == 0)
    return JUGGLER_CLOCK_MONOTONIC;
#if defined(__x86_64__)
  if (counter_is_invariant () && kernel_keeps_time_by_counter ())
    return JUGGLER_CLOCK_COUNTER;
  return JUGGLER_CLOCK_MONOTONIC;
#elif defined(__aarch64__)
  return JUGGLER_CLOCK_COUNTER;
#else
  return JUGGLER_CLOCK_MONOTONIC;
#endif
}

JugglerClockPair
juggler_clock_pair (JugglerClockSource source)
{
  JugglerClockPair best = { 0, 0 };
  uint64_t         best_gap = UINT64_MAX;

  if (source == JUGGLER_CLOCK_MONOTONIC)
    {
      best.monotonic_ns = juggler_clock_monotonic_ns ();
      best.ticks = best.monotonic_ns;
      return best;
    }

  /* An interrupt between two of the readings shows as a long gap: the tightest of the tries had none. */
  for (int i = 0; i < PAIR_TRIES; i++)
    {
      uint64_t before = juggler_clock_ticks (source);
      uint64_t now = juggler_clock_monotonic_ns ();
      uint64_t after = juggler_clock_ticks (source);

      if (after - before < best_gap)
        {
          best_gap = after - before;
          best.ticks = before + best_gap / 2;
          best.monotonic_ns = now;
        }
    }
  return best;
}

#if !defined(__aarch64__)
static uint64_t
measure_frequency (JugglerClockSource source,
                   unsigned           milliseconds)
{
  JugglerClockPair before;
  JugglerClockPair after;
  struct timespec  pause = { milliseconds / 1000, (long) (milliseconds % 1000) * 1000000 };

  if (milliseconds == 0)
    pause.tv_nsec = 100000;
  before = juggler_clock_pair (source);
  while (nanosleep (&pause, &pause) < 0 && errno == EINTR)
    ;
  after = juggler_clock_pair (source);
  if (after.monotonic_ns <= before.monotonic_ns || after.ticks <= before.ticks)
    return 1000000000U;
  return (uint64_t) ((double) (after.ticks - before.ticks) * 1e9 / (double) (after.monotonic_ns - before.monotonic_ns));
}
#endif

uint64_t
juggler_clock_frequency (JugglerClockSource source,
                         unsigned           milliseconds)
{
  if (source == JUGGLER_CLOCK_MONOTONIC)
    return 1000000000U;
#if defined(__aarch64__)
  {
    uint64_t frequency;

    /* Arm ARM D13.8.1: the counter says itself how fast it runs. */
    (void) milliseconds;
    __asm__ volatile ("mrs %0, cntfrq_el0" : "=r"(frequency));
    return frequency;
  }
#else
  return measure_frequency (source, milliseconds);
#endif
}
