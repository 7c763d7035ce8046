/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "juggler-survivors.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Whether a process maps the memfd of this run: no other process does, whatever its name and number. proc(5):
 * "address perms offset dev inode pathname". */
static gboolean
is_of_run (pid_t   pid,
           guint64 inode)
{
  char     path[64];
  char     line[512];
  FILE    *maps;
  gboolean found = FALSE;

  g_snprintf (path, sizeof path, "/proc/%d/maps", (int) pid);
  maps = fopen (path, "re");
  if (maps == NULL)
    return FALSE;
  while (!found && fgets (line, sizeof line, maps) != NULL)
    {
      unsigned long long mapped = 0;

      found = strstr (line, "/memfd:juggler") != NULL && sscanf (line, "%*s %*s %*s %*s %llu", &mapped) == 1
              && mapped == inode;
    }
  fclose (maps);
  return found;
}

/* By a pidfd, so that the number cannot change hands between the look and the signal; pidfd_open(2) is there since
 * Linux 5.3. */
static gboolean
kill_if_of_run (pid_t   pid,
                guint64 inode)
{
  int      fd = (int) syscall (SYS_pidfd_open, pid, 0);
  gboolean is = is_of_run (pid, inode);

  if (is && fd >= 0)
    syscall (SYS_pidfd_send_signal, fd, SIGKILL, NULL, 0);
  else if (is)
    kill (pid, SIGKILL);
  if (fd >= 0)
    close (fd);
  return is;
}

guint
juggler_survivors_kill (const JugglerMemory *memory)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  JugglerShared *shared = memory->shared;
  guint n = 0;
  guint i;

  for (i = 0; i < shared->n_workers; i++)
    {
      pid_t pid = ABS (atomic_load (&juggler_shared_slot (shared, i)->pid));

      /* Never the keeper's number itself, nor ours, nor a group: the memory could hold anything. */
      if (pid <= 1 || pid == getpid () || !g_hash_table_add (seen, GINT_TO_POINTER (pid)))
        continue;
      n += kill_if_of_run (pid, memory->inode) ? 1 : 0;
    }
  return n;
}
