/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-ring.h: a ring of records in shared memory, one producer, one consumer.
 *
 * Indices count bytes and run freely (uint64_t, never wrapped); the place is index & (size - 1). A record never
 * crosses the end of the ring: the producer writes a PAD record up to the end instead. Own index relaxed, the
 * other's acquire, publish release (as in ck_ring and spa_ringbuffer). The consumer treats the producer's index as
 * data, not as truth: an index that went back or ran ahead by more than the ring's size is an error. */

#pragma once

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "juggler-record.h"

typedef struct
{
  /* Written by the producer only. */
  _Alignas (64) _Atomic uint64_t head;
  _Atomic uint64_t dropped; /* records that found no room, in all */
  /* Written by the consumer only, but for `starving`, which the producer sets before it waits for room. */
  _Alignas (64) _Atomic uint64_t tail;
  _Atomic uint32_t room;     /* futex: counts up each time the consumer made room */
  _Atomic uint32_t starving; /* 1: the producer waits for room */
} JugglerRingShared;

_Static_assert (sizeof (JugglerRingShared) == 128, "ring layout");

/* The producer's end; in the producer's own memory. */
typedef struct
{
  JugglerRingShared *shared;
  unsigned char     *data;
  uint64_t           size;
  uint64_t           head;        /* committed */
  uint64_t           reserved;    /* end of what is reserved */
  uint64_t           cached_tail; /* the consumer's index when last looked at */
  uint64_t           pending_dropped; /* not yet said by a DROPPED record */
} JugglerRingWriter;

/* The consumer's end. */
typedef struct
{
  JugglerRingShared   *shared;
  const unsigned char *data;
  uint64_t             size;
  uint64_t             tail;
} JugglerRingReader;

void juggler_ring_writer_init (JugglerRingWriter *writer, JugglerRingShared *shared, void *data, uint32_t size);

/* Room for `size` bytes (a multiple of 8, at most a quarter of the ring), or NULL if the consumer is too far behind;
 * then nothing changed. Only the producer's thread. */
void *juggler_ring_reserve (JugglerRingWriter *writer, uint32_t size);

/* Publishes the record reserved last. Only the producer's thread. */
void juggler_ring_commit (JugglerRingWriter *writer);

/* A record that may be lost was lost: counted, and said by a DROPPED record before the next one that fits. */
void juggler_ring_drop (JugglerRingWriter *writer);

void juggler_ring_reader_init (JugglerRingReader *reader, JugglerRingShared *shared, const void *data, uint32_t size);

typedef void (*JugglerRingFunc) (const JugglerRecordHead *record, void *data);

/* Hands every record now in the ring to `func` in order, then frees their room and wakes a producer that waits for
 * it. Each record is checked by juggler_record_valid() first. Returns how many, or -1 if the ring is corrupt (its
 * rest is then skipped). Only the consumer's thread. */
int juggler_ring_drain (JugglerRingReader *reader, JugglerRingFunc func, void *data);
