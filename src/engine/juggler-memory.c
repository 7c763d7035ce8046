/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-memory.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "juggler-clock.h"
#include "juggler-engine-error.h"

/* How long the counter's rate is measured: only thresholds use it, stamps are converted by pairs. Two pairs so far apart
 * give it to a thousandth, and a millisecond asleep would be a fifth of what a short run takes. */
#define MEASURE_NS 100000U

/* A pair from earlier on: what was done since is time that need not be waited for. */
static JugglerClockPair   first_pair;
static JugglerClockSource first_source;

void
juggler_memory_prepare (void)
{
  static gsize prepared;

  if (g_once_init_enter (&prepared))
    {
      first_source = juggler_clock_choose ();
      first_pair = juggler_clock_pair (first_source);
      g_once_init_leave (&prepared, 1);
    }
}

static guint64
measure_rate (JugglerClockSource source)
{
  JugglerClockPair begin;
  JugglerClockPair end;

  juggler_memory_prepare ();
  begin = source == first_source ? first_pair : juggler_clock_pair (source);
  do
    end = juggler_clock_pair (source);
  while (end.monotonic_ns - begin.monotonic_ns < MEASURE_NS);
  return (guint64) ((gdouble) (end.ticks - begin.ticks) * 1e9 / (gdouble) (end.monotonic_ns - begin.monotonic_ns));
}

static guint64
ticks_per_second (JugglerClockSource source)
{
  static _Atomic uint64_t known[2];
  guint64 rate = atomic_load (&known[source]);

  if (rate == 0)
    {
      rate = measure_rate (source);
      atomic_store (&known[source], rate);
    }
  return rate;
}

static JugglerMemory *
refuse (JugglerMemory  *self,
        const char     *what,
        int             code,
        GError        **error)
{
  juggler_memory_free (self);
  g_set_error (error, JUGGLER_ENGINE_ERROR, JUGGLER_ENGINE_ERROR_REFUSED,
               /* Translators: %s is a system call, then the system's reason. */
               _("could not make the memory that the run shares (%s): %s. Use fewer workers, close other programs, or "
                 "raise the limits of this session (ulimit -v, ulimit -n)."),
               what, g_strerror (code));
  return NULL;
}

static void
fill_in (JugglerMemory     *self,
         JugglerShared     *header,
         const JugglerPlan *plan,
         gboolean           record)
{
  JugglerClockSource source = juggler_clock_choose ();

  header->clock = source;
  header->ticks_per_second = ticks_per_second (source);
  header->record = record ? 1 : 0;
  memcpy (self->shared, header, sizeof *header);
  memcpy ((char *) self->shared + header->plan_offset, plan, plan->size);
}

JugglerMemory *
juggler_memory_new (const JugglerPlan  *plan,
                    guint               ring_size,
                    gboolean            record,
                    GError            **error)
{
  JugglerMemory *self = g_new0 (JugglerMemory, 1);
  JugglerShared  header;
  struct stat    info;

  memset (&header, 0, sizeof header);
  self->size = juggler_shared_layout (&header, plan, ring_size);
  self->fd = memfd_create ("juggler", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (self->fd < 0)
    return refuse (self, "memfd_create", errno, error);
  if (ftruncate (self->fd, (off_t) self->size) < 0)
    return refuse (self, "ftruncate", errno, error);
  /* Memory that could shrink under a reader would be a SIGBUS. */
  if (fcntl (self->fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) < 0)
    return refuse (self, "F_ADD_SEALS", errno, error);
  if (fstat (self->fd, &info) < 0)
    return refuse (self, "fstat", errno, error);
  self->inode = info.st_ino;
  self->shared = mmap (NULL, self->size, PROT_READ | PROT_WRITE, MAP_SHARED, self->fd, 0);
  if (self->shared == MAP_FAILED)
    {
      self->shared = NULL;
      return refuse (self, "mmap", errno, error);
    }
  fill_in (self, &header, plan, record);
  return self;
}

void
juggler_memory_close_fd (JugglerMemory *self)
{
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
}

void
juggler_memory_free (JugglerMemory *self)
{
  if (self == NULL)
    return;
  juggler_memory_close_fd (self);
  if (self->shared != NULL)
    munmap (self->shared, self->size);
  g_free (self);
}
