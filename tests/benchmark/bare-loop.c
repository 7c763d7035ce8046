/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "bare-loop.h"

#include <string.h>

void
bare_loop_init (BareLoop *self)
{
  memset (self, 0, sizeof *self);
  pthread_mutex_init (&self->mutex, NULL);
}

void
bare_loop_meet (BareLoop *self,
                uint32_t  n_workers)
{
  atomic_fetch_add (&self->ready, 1);
  while (atomic_load (&self->ready) < n_workers)
    ;
}

static inline void
increment (BareLoop *self)
{
  uint64_t value = (uint64_t) atomic_load_explicit (&self->counter, memory_order_relaxed);

  __asm__ volatile ("" : "+r"(value));
  atomic_store_explicit (&self->counter, (int64_t) (value + 1), memory_order_relaxed);
}

void
bare_loop_run (BareLoop *self,
               bool      locked,
               int64_t   n)
{
  if (!locked)
    {
      for (int64_t i = 0; i < n; i++)
        increment (self);
      return;
    }
  for (int64_t i = 0; i < n; i++)
    {
      pthread_mutex_lock (&self->mutex);
      increment (self);
      pthread_mutex_unlock (&self->mutex);
    }
}
