/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* refuse.c: preloaded, makes one call of a kind fail as if the machine had refused it, once in all processes of a run.
 *
 * JUGGLER_REFUSE_CALL   which: fork, pthread_create, mmap, memfd_create, socketpair, eventfd
 * JUGGLER_REFUSE_AT     the how manieth, from 1
 * JUGGLER_REFUSE_COUNT  a file of 8 bytes in which all processes count the calls */

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static _Atomic uint64_t *counter;
static const char       *refused_call = "";
static uint64_t          refused_at;

/* By system calls, since the functions are those that this library stands before. */
static void
set_up (void)
{
  const char *path = getenv ("JUGGLER_REFUSE_COUNT");
  const char *call = getenv ("JUGGLER_REFUSE_CALL");
  const char *at = getenv ("JUGGLER_REFUSE_AT");
  long        memory;
  int         fd;

  if (path == NULL || call == NULL || at == NULL)
    return;
  fd = open (path, O_RDWR | O_CLOEXEC);
  if (fd < 0)
    return;
  memory = syscall (SYS_mmap, NULL, sizeof *counter, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  close (fd);
  if (memory == -1)
    return;
  counter = (_Atomic uint64_t *) memory;
  refused_at = strtoull (at, NULL, 10);
  refused_call = call;
}

static int
is_refused (const char *call)
{
  static int ready;

  if (!ready)
    {
      ready = 1;
      set_up ();
    }
  return counter != NULL && strcmp (refused_call, call) == 0 && atomic_fetch_add (counter, 1) + 1 == refused_at;
}

#define REAL(name) ((__typeof__ (&name)) dlsym (RTLD_NEXT, #name))

pid_t
fork (void)
{
  if (is_refused ("fork"))
    {
      errno = EAGAIN;
      return -1;
    }
  return REAL (fork) ();
}

int
pthread_create (pthread_t            *thread,
                const pthread_attr_t *attributes,
                void *(*func) (void *),
                void *data)
{
  if (is_refused ("pthread_create"))
    return EAGAIN;
  return REAL (pthread_create) (thread, attributes, func, data);
}

void *
mmap (void  *address,
      size_t length,
      int    protection,
      int    flags,
      int    fd,
      off_t  offset)
{
  if (is_refused ("mmap"))
    {
      errno = ENOMEM;
      return MAP_FAILED;
    }
  return (void *) syscall (SYS_mmap, address, length, protection, flags, fd, offset);
}

int
memfd_create (const char  *name,
              unsigned int flags)
{
  if (is_refused ("memfd_create"))
    {
      errno = ENFILE;
      return -1;
    }
  return REAL (memfd_create) (name, flags);
}

int
socketpair (int domain,
            int type,
            int protocol,
            int fds[2])
{
  if (is_refused ("socketpair"))
    {
      errno = EMFILE;
      return -1;
    }
  return REAL (socketpair) (domain, type, protocol, fds);
}

int
eventfd (unsigned int value,
         int          flags)
{
  if (is_refused ("eventfd"))
    {
      errno = EMFILE;
      return -1;
    }
  return REAL (eventfd) (value, flags);
}
