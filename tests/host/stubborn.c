/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Loaded in front of libc (LD_PRELOAD): every forked child ignores SIGTERM. No step of an experiment can do that, but a
 * worker may still meet it, and the run must end all the same. */

#include <pthread.h>
#include <signal.h>

static void
ignore_terminate (void)
{
  signal (SIGTERM, SIG_IGN);
}

__attribute__ ((constructor)) static void
install (void)
{
  pthread_atfork (NULL, NULL, ignore_terminate);
}
