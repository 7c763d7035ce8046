/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The bare loop that starting workers is measured against: N threads or processes that do nothing, all started, then
 * all joined. Prints milliseconds. Linked with nothing but libc: what else is mapped, fork has to copy. */

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double
now_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

static void *
do_nothing (void *data)
{
  return data;
}

static void
run_threads (unsigned n)
{
  pthread_t *threads = calloc (n, sizeof *threads);

  for (unsigned i = 0; i < n; i++)
    {
      if (threads == NULL || pthread_create (&threads[i], NULL, do_nothing, NULL) != 0)
        exit (1);
    }
  for (unsigned i = 0; i < n; i++)
    pthread_join (threads[i], NULL);
  free (threads);
}

static void
run_processes (unsigned n)
{
  pid_t *pids = calloc (n, sizeof *pids);

  for (unsigned i = 0; i < n; i++)
    {
      if (pids == NULL || (pids[i] = fork ()) < 0)
        exit (1);
      if (pids[i] == 0)
        _exit (0);
    }
  for (unsigned i = 0; i < n; i++)
    waitpid (pids[i], NULL, 0);
  free (pids);
}

int
main (int    argc,
      char **argv)
{
  unsigned n = argc > 2 ? (unsigned) atoi (argv[2]) : 0;
  double   begin = now_ms ();

  if (argc > 2 && strcmp (argv[1], "thread") == 0)
    run_threads (n);
  else if (argc > 2 && strcmp (argv[1], "process") == 0)
    run_processes (n);
  else
    return 2;
  printf ("%.4f\n", now_ms () - begin);
  return 0;
}
