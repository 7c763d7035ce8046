/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-context.h: what a worker knows while it runs. One per worker, in that worker's own memory. */

#pragma once

#include <pthread.h>
#include <sched.h>

#include "juggler-clock.h"
#include "juggler-shared.h"

/* What all workers of one process know; constant after the process has begun. */
typedef struct
{
  JugglerShared     *shared;
  const JugglerPlan *plan;
  unsigned char     *globals; /* the globals block: private copy-on-write memory, or in the memfd */
  JugglerClockSource clock;
  int                doorbell;
  uint64_t           jump_ticks; /* a longer gap between two looks at the clock is a question (about 20 us) */
  uint32_t           leader;     /* the worker that this process was started for; its first thread runs it */
  pthread_t         *threads;    /* one a worker; valid for those that this process has started */
  cpu_set_t          machine;    /* the cores that the host found itself allowed to use */
} JugglerProcess;

typedef struct
{
  uint64_t last_ticks;     /* when the worker last looked at the clock while it ran */
  uint64_t base_ticks;     /* since when base_cpu_ns counts */
  uint64_t base_cpu_ns;    /* CLOCK_THREAD_CPUTIME_ID then */
  uint64_t base_switches;  /* involuntary + voluntary of getrusage then, as far as not explained by own waits */
  uint64_t blocked_ticks;  /* own waits since base_ticks */
  uint32_t core;
  uint32_t enabled;
  JugglerRecordTurns turns; /* locks taken in quick succession, not yet written; turns.turns == 0: none */
} JugglerRecorder;

typedef struct
{
  int64_t  counter;
  int64_t  limit;
} JugglerLoop;

typedef struct
{
  JugglerProcess             *process;
  JugglerShared              *shared; /* = process->shared */
  uint32_t                    index;  /* worker; 0: main */
  const JugglerPlanGroup     *group;
  const JugglerPlanParameter *parameters;
  const JugglerInstruction   *code;
  JugglerSlot                *slot;
  _Atomic int64_t            *values; /* published */
  JugglerRingWriter           ring;
  JugglerRecorder             recorder;
  int64_t                     tmp;
  uint64_t                    increments;
  uint64_t                    sample_step; /* a sample of a global every so many increments */
  uint64_t                    next_sample;
  uint64_t                    writes;      /* of globals, by interpreted steps; every write_step-th is sampled */
  uint64_t                    write_step;
  uint32_t                    n_loops;
  JugglerLoop                 loops[JUGGLER_MAX_LOOP_DEPTH + 1];
} JugglerContext;

static inline uint64_t
juggler_context_ticks (const JugglerContext *context)
{
  return juggler_clock_ticks (context->process->clock);
}

static inline int
juggler_context_stopped (const JugglerContext *context)
{
  return atomic_load_explicit (&context->shared->stop, memory_order_relaxed) != 0;
}

static inline _Atomic int64_t *
juggler_context_global (const JugglerContext *context,
                        uint32_t              global)
{
  return (_Atomic int64_t *) (context->process->globals + (size_t) global * JUGGLER_GLOBAL_STRIDE);
}
