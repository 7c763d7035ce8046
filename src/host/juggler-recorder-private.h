/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-recorder-private.h: between the files of the recorder. */

#pragma once

#include "juggler-recorder.h"

/* Of the about 20 us that make a jump: what is joined is written about once a millisecond. */
#define FLUSH_JUMPS 50U

/* A record that may be lost: a full ring never holds a worker up. */
static inline void *
juggler_recorder_begin (JugglerContext    *context,
                        JugglerRecordType  type,
                        uint32_t           size,
                        uint64_t           ticks)
{
  JugglerRecordHead *head = juggler_ring_reserve (&context->ring, size);

  if (head == NULL)
    {
      juggler_ring_drop (&context->ring);
      return NULL;
    }
  head->size = size;
  head->type = (uint16_t) type;
  head->core = (uint16_t) context->recorder.core;
  head->ticks = ticks;
  return head;
}

static inline uint64_t
juggler_recorder_flush_ticks (const JugglerContext *context)
{
  return context->process->jump_ticks * FLUSH_JUMPS;
}

/* A span in its lane: spans come in order and never overlap. */
void juggler_recorder_write_span (JugglerContext *context, JugglerSpanKind kind, uint64_t begin, uint64_t end,
                                  uint32_t object, uint32_t holder, uint32_t flags);

/* What juggler_recorder_check() does, for ticks just read. */
void juggler_recorder_look_at (JugglerContext *context, uint64_t now);

/* Writes what was joined so far. */
void juggler_recorder_flush_turns (JugglerContext *context);

/* A short wait for a lock that was granted. */
void juggler_recorder_join_wait (JugglerContext *context, uint32_t lock, uint64_t begin, uint64_t end, uint32_t holder);
