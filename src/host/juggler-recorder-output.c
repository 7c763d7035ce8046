/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The records that are never lost: output and lists. A worker whose ring is full waits for the reader, as a program
 * does at a full pipe; the others carry on. */

#include "juggler-recorder.h"

#include <errno.h>
#include <linux/futex.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* A reader that died without a word must not hold up a worker that is to be stopped. */
#define ROOM_TIMEOUT_NS 100000000

static void
ring_doorbell (const JugglerContext *context)
{
  const uint64_t one = 1;
  ssize_t        written;

  do
    written = write (context->process->doorbell, &one, sizeof one);
  while (written < 0 && errno == EINTR);
}

/* Waits until there was room for `size` bytes, or the run was stopped (false). */
static bool
wait_for_room (JugglerContext *context,
               uint32_t        size)
{
  JugglerRingShared    *ring = context->ring.shared;
  const struct timespec timeout = { 0, ROOM_TIMEOUT_NS };
  uint64_t              begin;
  bool                  room = false;

  begin = juggler_recorder_wait_begin (context, JUGGLER_SLOT_WAITING_OUTPUT, JUGGLER_NONE, JUGGLER_NONE, 0);
  while (!room && !juggler_context_stopped (context))
    {
      uint32_t count = atomic_load_explicit (&ring->room, memory_order_acquire);

      /* The other half of free_room() in juggler-ring.c. */
      atomic_store_explicit (&ring->starving, 1, memory_order_seq_cst);
      room = juggler_ring_reserve (&context->ring, size) != NULL;
      if (room)
        break;
      ring_doorbell (context);
      syscall (SYS_futex, &ring->room, FUTEX_WAIT, count, &timeout, NULL, 0);
    }
  atomic_store_explicit (&ring->starving, 0, memory_order_relaxed);
  juggler_recorder_wait_end (context, begin, JUGGLER_SPAN_OUTPUT, JUGGLER_NONE, JUGGLER_NONE, 0);
  return room;
}

static void *
reserve_or_wait (JugglerContext    *context,
                 JugglerRecordType  type,
                 uint32_t           size,
                 uint64_t           ticks)
{
  JugglerRecordHead *head;

  /* The span of the wait is a record, too, and may take the room that there was. */
  while ((head = juggler_ring_reserve (&context->ring, size)) == NULL)
    {
      if (!wait_for_room (context, size))
        return NULL;
    }
  head->size = size;
  head->type = (uint16_t) type;
  head->core = (uint16_t) context->recorder.core;
  head->ticks = ticks;
  return head;
}

void
juggler_recorder_output_piece (JugglerContext *context,
                               uint64_t        ticks,
                               const char     *text,
                               size_t          length,
                               int             more)
{
  size_t largest = juggler_shared_ring_size (context->shared, context->index) / 4 - sizeof (JugglerRecordOutput);

  do
    {
      size_t               n = length < largest ? length : largest;
      uint32_t             padded = (uint32_t) ((n + 7) & ~(size_t) 7);
      JugglerRecordOutput *output;

      output = reserve_or_wait (context, JUGGLER_RECORD_OUTPUT, (uint32_t) sizeof *output + padded, ticks);
      if (output == NULL)
        return;
      output->length = (uint32_t) n;
      output->more = more || n < length;
      if (padded != 0)
        memset (output->text + padded - 8, 0, 8);
      if (n != 0)
        memcpy (output->text, text, n);
      juggler_ring_commit (&context->ring);
      text += n;
      length -= n;
    }
  while (length > 0);
}

void
juggler_recorder_output (JugglerContext *context,
                         const char     *text,
                         size_t          length)
{
  juggler_recorder_output_piece (context, juggler_context_ticks (context), text, length, 0);
}

void
juggler_recorder_list (JugglerContext *context,
                       uint32_t        global,
                       const int64_t  *values,
                       uint32_t        first,
                       uint32_t        count,
                       uint32_t        total)
{
  uint32_t room = juggler_shared_ring_size (context->shared, context->index) / 4;
  uint32_t largest = (room - (uint32_t) sizeof (JugglerRecordList)) / sizeof *values;
  uint64_t ticks = juggler_context_ticks (context);

  do
    {
      uint32_t           n = count < largest ? count : largest;
      JugglerRecordList *list;

      list = reserve_or_wait (context, JUGGLER_RECORD_LIST, (uint32_t) (sizeof *list + n * sizeof *values), ticks);
      if (list == NULL)
        return;
      list->global = global;
      list->first = first;
      list->count = n;
      list->total = total;
      if (n != 0)
        memcpy (list->values, values, n * sizeof *values);
      juggler_ring_commit (&context->ring);
      values += n;
      first += n;
      count -= n;
    }
  while (count > 0);
}
