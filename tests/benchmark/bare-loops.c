/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The bare loop as a program: bare-loops plain|mutex N WORKERS. Prints seconds, from the first worker's begin to the
 * last one's end. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bare-loop.h"
#include "juggler-clock.h"

#define MOST_WORKERS 64U

typedef struct
{
  BareLoop *loop;
  bool      locked;
  int64_t   n;
  uint32_t  n_workers;
  uint64_t  begin;
  uint64_t  end;
} Worker;

static void *
run_worker (void *data)
{
  Worker *self = data;

  bare_loop_meet (self->loop, self->n_workers);
  self->begin = juggler_clock_monotonic_ns ();
  bare_loop_run (self->loop, self->locked, self->n);
  self->end = juggler_clock_monotonic_ns ();
  return NULL;
}

int
main (int    argc,
      char **argv)
{
  static BareLoop loop;
  Worker          workers[MOST_WORKERS];
  pthread_t       threads[MOST_WORKERS];
  uint32_t        n_workers = argc == 4 ? (uint32_t) atoi (argv[3]) : 0;
  uint64_t        begin = UINT64_MAX;
  uint64_t        end = 0;

  if (n_workers == 0 || n_workers > MOST_WORKERS)
    {
      fprintf (stderr, "usage: %s plain|mutex N WORKERS\n", argv[0]);
      return 2;
    }
  bare_loop_init (&loop);
  for (uint32_t i = 0; i < n_workers; i++)
    {
      workers[i] = (Worker){ &loop, strcmp (argv[1], "mutex") == 0, atoll (argv[2]), n_workers, 0, 0 };
      if (pthread_create (&threads[i], NULL, run_worker, &workers[i]) != 0)
        return 1;
    }
  for (uint32_t i = 0; i < n_workers; i++)
    {
      pthread_join (threads[i], NULL);
      begin = workers[i].begin < begin ? workers[i].begin : begin;
      end = workers[i].end > end ? workers[i].end : end;
    }
  printf ("%.6f\n", (double) (end - begin) / 1e9);
  return 0;
}
