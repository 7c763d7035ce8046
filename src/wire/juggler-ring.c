/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "juggler-ring.h"

#include <limits.h>
#include <linux/futex.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

void
juggler_ring_writer_init (JugglerRingWriter *writer,
                          JugglerRingShared *shared,
                          void              *data,
                          uint32_t           size)
{
  writer->shared = shared;
  writer->data = data;
  writer->size = size;
  writer->head = atomic_load_explicit (&shared->head, memory_order_relaxed);
  writer->reserved = writer->head;
  writer->cached_tail = atomic_load_explicit (&shared->tail, memory_order_acquire);
  writer->pending_dropped = 0;
}

/* Where a record of `size` bytes begins if it is put at `position` or, if the ring ends too soon, at its start. */
static inline uint64_t
place_record (const JugglerRingWriter *writer,
              uint64_t                 position,
              uint32_t                 size)
{
  uint64_t left = writer->size - (position & (writer->size - 1));

  return left < size ? position + left : position;
}

static inline JugglerRecordHead *
record_at (const JugglerRingWriter *writer,
           uint64_t                 position)
{
  return (JugglerRecordHead *) (writer->data + (position & (writer->size - 1)));
}

/* Only the first 8 bytes of the head: there may be no room for more. */
static inline void
write_pad (JugglerRingWriter *writer,
           uint64_t           from,
           uint64_t           to)
{
  JugglerRecordHead *pad = record_at (writer, from);

  pad->size = (uint32_t) (to - from);
  pad->type = JUGGLER_RECORD_PAD;
  pad->core = JUGGLER_RECORD_NO_CORE;
}

static bool
has_room (JugglerRingWriter *writer,
          uint64_t           end)
{
  uint64_t tail;

  if (end - writer->cached_tail <= writer->size)
    return true;
  /* Acquire: what the consumer read before it moved its index was read before we write there again. And sequentially
   * consistent, which costs nothing more here, for a producer that has just set `starving`: see free_room(). */
  tail = atomic_load_explicit (&writer->shared->tail, memory_order_seq_cst);
  if (writer->head - tail > writer->size)
    return false; /* ahead of us, or too far behind: not an index of this ring */
  writer->cached_tail = tail;
  return end - tail <= writer->size;
}

/* Returns where the record itself begins. Apart, so that juggler_ring_reserve() stays short where nothing was lost. */
static uint64_t
write_dropped (JugglerRingWriter *writer,
               uint64_t           start)
{
  JugglerRecordDropped *dropped = (JugglerRecordDropped *) record_at (writer, start);

  if (start != writer->head)
    write_pad (writer, writer->head, start);
  dropped->head.size = sizeof *dropped;
  dropped->head.type = JUGGLER_RECORD_DROPPED;
  dropped->head.core = JUGGLER_RECORD_NO_CORE;
  dropped->head.ticks = 0; /* its place in the ring says when */
  dropped->count = writer->pending_dropped;
  return start + sizeof *dropped;
}

void *
juggler_ring_reserve (JugglerRingWriter *writer,
                      uint32_t           size)
{
  uint64_t after = writer->head;
  uint64_t start;
  uint64_t dropped = 0;

  if (size < sizeof (JugglerRecordHead) || size % 8 != 0 || size > writer->size / 4)
    return NULL;
  if (__builtin_expect (writer->pending_dropped != 0, 0))
    {
      dropped = place_record (writer, after, sizeof (JugglerRecordDropped));
      after = dropped + sizeof (JugglerRecordDropped);
    }
  start = place_record (writer, after, size);
  if (!has_room (writer, start + size))
    return NULL;

  if (__builtin_expect (writer->pending_dropped != 0, 0))
    after = write_dropped (writer, dropped);
  if (start != after)
    write_pad (writer, after, start);
  writer->reserved = start + size;
  record_at (writer, start)->size = size;
  return record_at (writer, start);
}

void
juggler_ring_commit (JugglerRingWriter *writer)
{
  writer->head = writer->reserved;
  writer->pending_dropped = 0; /* reserve wrote it, and nothing is lost between reserve and commit */
  atomic_store_explicit (&writer->shared->head, writer->head, memory_order_release);
}

void
juggler_ring_drop (JugglerRingWriter *writer)
{
  uint64_t dropped = atomic_load_explicit (&writer->shared->dropped, memory_order_relaxed);

  writer->pending_dropped++;
  atomic_store_explicit (&writer->shared->dropped, dropped + 1, memory_order_relaxed);
}

void
juggler_ring_reader_init (JugglerRingReader *reader,
                          JugglerRingShared *shared,
                          const void        *data,
                          uint32_t           size)
{
  reader->shared = shared;
  reader->data = data;
  reader->size = size;
  reader->tail = atomic_load_explicit (&shared->tail, memory_order_relaxed);
}

/* Gives the room up to `tail` back. The producer sets `starving`, then looks at `tail` once more before it waits; we
 * move `tail`, then look at `starving`. All four are sequentially consistent, so that one sees the other. (No fences
 * between them: the thread sanitizer does not know those.) */
static void
free_room (JugglerRingReader *reader,
           uint64_t           tail)
{
  JugglerRingShared *shared = reader->shared;

  reader->tail = tail;
  atomic_store_explicit (&shared->tail, tail, memory_order_seq_cst);
  if (atomic_load_explicit (&shared->starving, memory_order_seq_cst) == 0)
    return;
  atomic_store_explicit (&shared->starving, 0, memory_order_relaxed);
  atomic_fetch_add_explicit (&shared->room, 1, memory_order_release);
  syscall (SYS_futex, &shared->room, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
}

/* Returns the size of the record at `tail`, or 0 if it is none. `left`: bytes up to the producer's index. */
static uint32_t
check_record (const JugglerRingReader *reader,
              uint64_t                 tail,
              uint64_t                 left)
{
  uint64_t                 offset = tail & (reader->size - 1);
  const JugglerRecordHead *head = (const JugglerRecordHead *) (reader->data + offset);
  /* Read once: the same memory is the producer's. */
  uint32_t size = *(const volatile uint32_t *) &head->size;

  if (size > left || size > reader->size - offset || !juggler_record_valid (head, size))
    return 0;
  if (head->type == JUGGLER_RECORD_PAD && offset + size != reader->size)
    return 0;
  return size;
}

int
juggler_ring_drain (JugglerRingReader *reader,
                    JugglerRingFunc    func,
                    void              *data)
{
  uint64_t head = atomic_load_explicit (&reader->shared->head, memory_order_acquire);
  uint64_t tail = reader->tail;
  int      n_records = 0;

  if (head == tail)
    return 0;
  if (head - tail > reader->size || head % 8 != 0)
    {
      free_room (reader, head);
      return -1;
    }

  while (tail != head)
    {
      const JugglerRecordHead *record = (const JugglerRecordHead *) (reader->data + (tail & (reader->size - 1)));
      uint32_t                 size = check_record (reader, tail, head - tail);

      if (size == 0)
        {
          free_room (reader, head);
          return -1;
        }
      if (record->type != JUGGLER_RECORD_PAD)
        {
          func (record, data);
          n_records++;
        }
      tail += size;
    }
  free_room (reader, tail);
  return n_records;
}
