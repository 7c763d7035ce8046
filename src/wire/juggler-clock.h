/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-clock.h: ticks, the cheapest clock that all processes of a run share.
 *
 * Workers stamp their records with raw ticks and never convert them: the reader takes a pair (ticks, CLOCK_MONOTONIC)
 * each time it drains the rings and interpolates between two pairs, so that neither a wrong frequency nor a slewed
 * monotonic clock can add up. */

#pragma once

#include <stdint.h>
#include <time.h>

#if defined(__x86_64__)
#include <x86intrin.h>
#endif

typedef enum
{
  JUGGLER_CLOCK_MONOTONIC, /* ticks are nanoseconds of CLOCK_MONOTONIC */
  JUGGLER_CLOCK_COUNTER,   /* ticks are those of the processor's counter (x86 TSC, aarch64 CNTVCT) */
} JugglerClockSource;

/* Which source juggler_ticks() may use on this machine: the counter only where it runs at one rate in every power
 * state (CPUID 0x80000007 EDX bit 8, "invariant TSC"; the aarch64 generic timer always does) and the kernel itself
 * keeps time by it. JUGGLER_CLOCK=monotonic in the environment chooses the fallback. */
JugglerClockSource juggler_clock_choose (void);

static inline uint64_t
juggler_clock_monotonic_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (uint64_t) now.tv_sec * 1000000000U + (uint64_t) now.tv_nsec;
}

/* Not ordered against the loads and stores around it: a stamp may be early or late by some tens of nanoseconds,
 * which is less than what ordering it would cost. Any thread. */
static inline uint64_t
juggler_clock_ticks (JugglerClockSource source)
{
#if defined(__x86_64__)
  if (source == JUGGLER_CLOCK_COUNTER)
    return __rdtsc ();
#elif defined(__aarch64__)
  if (source == JUGGLER_CLOCK_COUNTER)
    {
      uint64_t ticks;

      __asm__ volatile ("mrs %0, cntvct_el0" : "=r"(ticks));
      return ticks;
    }
#else
  (void) source;
#endif
  return juggler_clock_monotonic_ns ();
}

typedef struct
{
  uint64_t ticks;
  uint64_t monotonic_ns;
} JugglerClockPair;

/* The pair whose two readings were closest together out of a few tries. Any thread. */
JugglerClockPair juggler_clock_pair (JugglerClockSource source);

/* Ticks per second over `milliseconds` of waiting: only for thresholds, never for converting stamps. */
uint64_t juggler_clock_frequency (JugglerClockSource source, unsigned milliseconds);
