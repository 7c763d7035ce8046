/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The native loops against the same loops in bare C with a pthread mutex; recording on against off; the price of one
 * record. The two sides run in turn, so that what else the machine does hits both; a ratio is that of the minima, the
 * medians are printed beside it. */

#include <glib.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "bare-loop.h"
#include "benchmark-table.h"
#include "host-fixture.h"
#include "juggler-native.h"
#include "juggler-recorder.h"

#define N_UNLOCKED G_GINT64_CONSTANT (200000000)
#define N_LOCKED G_GINT64_CONSTANT (20000000)
#define N_RECORDS 1000000

typedef struct
{
  HostFixture *fixture; /* NULL: bare */
  BareLoop    *bare;
  gboolean     locked;
  int64_t      n;
  uint32_t     worker;
  uint32_t     n_workers;
  uint64_t     begin;
  uint64_t     end;
} Side;

static void *
run_side (void *data)
{
  Side                    *side = data;
  g_autofree JugglerContext *context = NULL;
  int                      failed = 0;

  if (side->fixture != NULL)
    {
      context = host_fixture_context (side->fixture, side->worker);
      juggler_recorder_start (context);
    }
  /* Both sides begin together. */
  bare_loop_meet (side->bare, side->n_workers);
  side->begin = juggler_clock_monotonic_ns ();
  if (context == NULL)
    bare_loop_run (side->bare, side->locked, side->n);
  else
    g_assert_cmpint (juggler_native_run (context, host_fixture_loop (side->fixture), side->n, &failed), ==, side->n);
  side->end = juggler_clock_monotonic_ns ();
  if (context != NULL)
    juggler_recorder_end (context);
  return NULL;
}

typedef struct
{
  double  seconds;
  double  overlap; /* of the shorter one's time */
  int64_t counter;
} Result;

static Result
run (HostFixture *fixture,
     gboolean     locked,
     int64_t      n,
     uint32_t     n_workers)
{
  BareLoop  bare;
  Side      sides[2];
  pthread_t threads[2];
  uint64_t  first_end;
  uint64_t  last_begin;
  uint64_t  shorter;
  Result    result;

  bare_loop_init (&bare);
  for (uint32_t i = 0; i < n_workers; i++)
    {
      sides[i] = (Side){ fixture, &bare, locked, n, i + 1, n_workers, 0, 0 };
      g_assert_cmpint (pthread_create (&threads[i], NULL, run_side, &sides[i]), ==, 0);
    }
  for (uint32_t i = 0; i < n_workers; i++)
    pthread_join (threads[i], NULL);

  first_end = MIN (sides[0].end, sides[n_workers - 1].end);
  last_begin = MAX (sides[0].begin, sides[n_workers - 1].begin);
  shorter = MIN (sides[0].end - sides[0].begin, sides[n_workers - 1].end - sides[n_workers - 1].begin);
  result.seconds = (double) (MAX (sides[0].end, sides[n_workers - 1].end)
                             - MIN (sides[0].begin, sides[n_workers - 1].begin)) / 1e9;
  result.overlap = first_end > last_begin ? (double) (first_end - last_begin) / (double) shorter : 0;
  result.counter = fixture != NULL ? atomic_load ((_Atomic int64_t *) fixture->process.globals)
                                   : atomic_load (&bare.counter);
  return result;
}

static Result
run_juggler (gboolean locked,
             int64_t  n,
             uint32_t n_workers,
             gboolean record)
{
  size_t       size;
  JugglerPlan *plan = plan_builder_loop (locked ? JUGGLER_NATIVE_LOCKED_INCREMENT : JUGGLER_NATIVE_INCREMENT,
                                         JUGGLER_LOCK_MUTEX, n, n_workers, JUGGLER_KIND_THREAD, FALSE, &size);
  HostFixture *fixture = host_fixture_new (plan, size, 0, record);
  Result       result = run (fixture, locked, n, n_workers);

  host_fixture_free (fixture);
  return result;
}

/* Juggler against bare C. Returns whether it met `goal` and what else it has to prove. */
static gboolean
compare_loops (const char *name,
               gboolean    locked,
               int64_t     n,
               uint32_t    n_workers,
               double      goal,
               unsigned    n_pairs)
{
  g_autofree double *ours = g_new (double, n_pairs);
  g_autofree double *bare = g_new (double, n_pairs);
  double             overlap = 1;
  gboolean           lost = TRUE;
  gboolean           good;

  for (unsigned i = 0; i < n_pairs; i++)
    {
      Result juggler = run_juggler (locked, n, n_workers, TRUE);

      ours[i] = juggler.seconds;
      bare[i] = run (NULL, locked, n, n_workers).seconds;
      if (n_workers > 1)
        overlap = MIN (overlap, juggler.overlap);
      if (locked || n_workers == 1)
        g_assert_cmpint (juggler.counter, ==, n * n_workers);
      else
        lost = lost && juggler.counter < n * n_workers;
    }
  good = benchmark_table_row (name, ours, bare, n_pairs, goal);
  if (n_workers > 1)
    {
      printf ("    overlap of the workers: at least %.1f %% (goal: 90 %%)%s\n", overlap * 100,
              locked ? "" : lost ? "; lost updates in every run" : "; a run without lost updates");
      good = good && overlap >= 0.9 && lost;
    }
  return good;
}

static gboolean
compare_recording (unsigned n_pairs)
{
  g_autofree double *on = g_new (double, n_pairs);
  g_autofree double *off = g_new (double, n_pairs);

  for (unsigned i = 0; i < n_pairs; i++)
    {
      on[i] = run_juggler (FALSE, N_UNLOCKED, 1, TRUE).seconds;
      off[i] = run_juggler (FALSE, N_UNLOCKED, 1, FALSE).seconds;
    }
  return benchmark_table_row ("recording on / off, 1 worker, 200 M unlocked", on, off, n_pairs, 0.97);
}

static void
ignore_record (const JugglerRecordHead *record,
               void                    *data)
{
}

/* Nanoseconds of one sample record, and of a look at the clock alone. */
static double
time_records (JugglerContext *context,
              gboolean        write)
{
  JugglerRingShared *ring = juggler_shared_ring (context->shared, context->index);
  JugglerRingReader  reader;
  double             best = 1e9;
  volatile uint64_t  sum = 0;

  juggler_ring_reader_init (&reader, ring, ring + 1, juggler_shared_ring_size (context->shared, context->index));
  /* A batch that fits into the ring, so that every record is written. */
  for (unsigned batch = 0; batch < N_RECORDS / 1000; batch++)
    {
      uint64_t begin = juggler_clock_monotonic_ns ();

      for (unsigned i = 0; i < 1000; i++)
        {
          if (write)
            juggler_recorder_sample (context, 0, i);
          else
            sum = juggler_context_ticks (context);
        }
      best = MIN (best, (double) (juggler_clock_monotonic_ns () - begin) / 1000);
      juggler_ring_drain (&reader, ignore_record, NULL);
    }
  g_assert_cmpuint (atomic_load (&ring->dropped), ==, 0);
  (void) sum;
  return best;
}

static gboolean
measure_record (void)
{
  size_t                     size;
  JugglerPlan               *plan = plan_builder_loop (JUGGLER_NATIVE_INCREMENT, JUGGLER_LOCK_MUTEX, 1, 1,
                                                       JUGGLER_KIND_THREAD, FALSE, &size);
  HostFixture               *fixture = host_fixture_new (plan, size, 0, TRUE);
  g_autofree JugglerContext *context = host_fixture_context (fixture, 1);
  double                     record;
  double                     clock;

  juggler_recorder_start (context);
  clock = time_records (context, FALSE);
  record = time_records (context, TRUE);
  printf ("one record: %.1f ns, of which the clock %.1f ns: %.1f ns beyond it (goal: <= 10)\n", record, clock,
          record - clock);
  host_fixture_free (fixture);
  return record - clock <= 10;
}

int
main (int    argc,
      char **argv)
{
  unsigned n_pairs = argc > 1 ? (unsigned) atoi (argv[1]) : 20;
  gboolean good = TRUE;

  if (n_pairs == 0)
    {
      fprintf (stderr, "usage: %s [PAIRS]\n", argv[0]);
      return 2;
    }
  benchmark_table_head ("Juggler", "bare C");
  good &= compare_loops ("1 worker, 200 M unlocked", FALSE, N_UNLOCKED, 1, 0.95, n_pairs);
  good &= compare_loops ("1 worker, 20 M with a mutex", TRUE, N_LOCKED, 1, 0.95, n_pairs);
  good &= compare_loops ("2 workers, 200 M unlocked each", FALSE, N_UNLOCKED, 2, 0.75, n_pairs);
  good &= compare_loops ("2 workers, 20 M with a mutex each", TRUE, N_LOCKED, 2, 0.75, n_pairs);
  benchmark_table_head ("on", "off");
  good &= compare_recording (n_pairs);
  good &= measure_record ();
  return good ? 0 : 1;
}
