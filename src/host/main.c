/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-host: started once a run by the engine, never by hand. Three descriptors are inherited (juggler-shared.h);
 * each is verified before it is used, since what is written into a wrong one would be lost or do harm. */

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "juggler-keeper.h"
#include "juggler-message.h"
#include "juggler-sanitizer.h"

#include "config.h"

#define EXIT_USAGE 2

#ifdef JUGGLER_THREAD_SANITIZER
/* A main with threads forks, and its children may start threads of their own: by default the sanitizer gives up there.
 * Daemon threads are meant to vanish with their process. */
const char *__tsan_default_options (void);

const char *
__tsan_default_options (void)
{
  return "die_after_fork=0:report_thread_leaks=0:atexit_sleep_ms=0";
}
#endif

static int
is_our_socket (int fd)
{
  int type, domain;
  socklen_t length = sizeof type;

  if (getsockopt (fd, SOL_SOCKET, SO_TYPE, &type, &length) < 0 || type != SOCK_SEQPACKET)
    return 0;
  length = sizeof domain;
  return getsockopt (fd, SOL_SOCKET, SO_DOMAIN, &domain, &length) == 0 && domain == AF_UNIX;
}

/* The size must be fixed: memory that shrinks under a reader is a SIGBUS. */
static int
is_our_memory (int          fd,
               struct stat *info)
{
  int seals = fcntl (fd, F_GET_SEALS);

  return seals >= 0 && (seals & F_SEAL_SHRINK) && (seals & F_SEAL_GROW) && fstat (fd, info) == 0 && S_ISREG (info->st_mode);
}

static int
is_our_doorbell (int fd)
{
  char path[32], target[64];
  ssize_t length;

  snprintf (path, sizeof path, "/proc/self/fd/%d", fd);
  length = readlink (path, target, sizeof target - 1);
  if (length < 0)
    return fcntl (fd, F_GETFD) >= 0; /* no /proc: believe it */
  target[length] = '\0';
  return strcmp (target, "anon_inode:[eventfd]") == 0;
}

/* What whoever started the program made of signals is not the experiment's: with SIGCHLD ignored, for one, there would
 * be no zombies and no exit statuses. */
static void
reset_signals (void)
{
  sigset_t none;

  for (int i = 1; i < SIGRTMIN; i++)
    signal (i, SIG_DFL);
  sigemptyset (&none);
  sigprocmask (SIG_SETMASK, &none, NULL);
}

/* Whoever started us says it in its own words; only when that one cannot hear us it is said here. */
static int
refuse (JugglerFault  fault,
        int           code,
        const char   *what)
{
  if (juggler_message_send (JUGGLER_FD_SOCKET, JUGGLER_MESSAGE_FAULT, 0, fault, code) < 0)
    fprintf (stderr, "juggler-host: %s\n", what);
  return 1;
}

int
main (int    argc,
      char **argv)
{
  const struct rlimit no_core = { 0, 0 };
  struct stat info;
  const char *problem;
  void *memory;

  if (argc == 2 && strcmp (argv[1], "--version") == 0)
    {
      printf ("juggler-host %s\n", JUGGLER_VERSION);
      return 0;
    }
  if (argc > 1 || !is_our_socket (JUGGLER_FD_SOCKET))
    {
      fprintf (stderr, "juggler-host is started by juggler and juggler-cli, not by hand. Try: juggler-cli run FILE\n");
      return EXIT_USAGE;
    }
  if (!is_our_memory (JUGGLER_FD_SHARED, &info) || !is_our_doorbell (JUGGLER_FD_DOORBELL))
    return refuse (JUGGLER_FAULT_ARGUMENTS, 0, "an inherited descriptor is not what it should be");

  memory = mmap (NULL, (size_t) info.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, JUGGLER_FD_SHARED, 0);
  if (memory == MAP_FAILED)
    return refuse (JUGGLER_FAULT_SYSTEM, errno, "the shared memory cannot be mapped");
  problem = juggler_shared_validate (memory, (uint64_t) info.st_size);
  if (problem != NULL)
    return refuse (JUGGLER_FAULT_SHARED, 0, problem);
  close (JUGGLER_FD_SHARED);
  fcntl (JUGGLER_FD_SOCKET, F_SETFL, O_NONBLOCK);

  /* Its own session: Ctrl+C in a terminal is for the window or juggler-cli, which stops the run in order. A worker
   * that crashes on purpose leaves no core file. */
  reset_signals ();
  setsid ();
  setrlimit (RLIMIT_CORE, &no_core);
  return juggler_keeper_run (memory, JUGGLER_FD_SOCKET, JUGGLER_FD_DOORBELL);
}
