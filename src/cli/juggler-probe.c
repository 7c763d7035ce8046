/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-probe.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

/* Main loop, signals, socket, shared memory, doorbell, timeline … */
#define DESCRIPTORS 16
#define MEMORY ((size_t) 8 * 1024 * 1024)

static char *
probe_descriptors (void)
{
  int           fds[DESCRIPTORS];
  int           count = 0;
  int           failure = 0;
  struct rlimit limit = { 0 };

  for (; count < DESCRIPTORS; count++)
    {
      fds[count] = fcntl (STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
      if (fds[count] < 0)
        {
          failure = errno;
          break;
        }
    }
  while (count > 0)
    close (fds[--count]);
  if (failure == 0)
    return NULL;
  getrlimit (RLIMIT_NOFILE, &limit);
  /* Translators: the system's words, a number. */
  return g_strdup_printf (_("The machine refused a file descriptor: %s. The limit is %lu open files; raise it "
                            "(ulimit -n)."),
                          g_strerror (failure), (unsigned long) limit.rlim_cur);
}

static char *
probe_memory (void)
{
  int   failure;
  void *memory = mmap (NULL, MEMORY, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

  if (memory != MAP_FAILED)
    {
      munmap (memory, MEMORY);
      return NULL;
    }
  failure = errno;
  return g_strdup_printf (_("The machine refused %u MiB of memory: %s. Close other programs, or raise the limit "
                            "(ulimit -v)."),
                          (guint) (MEMORY / (1024 * 1024)), g_strerror (failure));
}

/* GLib ends the program with a crash where it gets no descriptor or no memory; a person deserves a line. Returns:
 * (transfer full) (nullable): what the machine refused, or NULL. */
char *
juggler_probe_machine (void)
{
  char *refusal = probe_descriptors ();

  return refusal != NULL ? refusal : probe_memory ();
}
