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
  _Atomic uint32_t   leader;     /* the worker that this process was started for; its first thread runs it. Atomic
                                  * only because ThreadSanitizer takes a forked child's write for a race with the
                                  * threads that its parent had. */
  pthread_t         *threads;    /* one a worker; valid for those that this process has started */
  uint32_t          *started;    /* the workers that this process has started, in order */
  uint32_t           n_started;
  cpu_set_t          cores;      /* those that the run may use */
} JugglerProcess;

/* A lock that the worker holds now and that was taken by a step, not by a native loop. */
typedef struct
{
  uint32_t lock;
  uint32_t from; /* whom it was got from after a wait, or JUGGLER_NONE */
  uint64_t got;
} JugglerHeldLock;

/* Locks held at the same time that are still recorded one by one. */
#define JUGGLER_MAX_HELD 16U

typedef struct
{
  uint64_t last_ticks;       /* when the worker last looked at the clock while it ran */
  uint64_t floor_ticks;      /* the end of the last span written: the next one begins no earlier */
  uint64_t base_ticks;       /* when the base readings below were taken */
  uint64_t base_monotonic_ns;
  uint64_t base_cpu_ns;      /* CLOCK_THREAD_CPUTIME_ID */
  uint64_t base_voluntary;   /* getrusage (RUSAGE_THREAD) */
  uint64_t base_involuntary;
  uint64_t waited_ticks;     /* sums */
  uint64_t preempted_ticks;
  uint64_t stolen_ticks;
  uint32_t core;
  uint32_t enabled;
  uint32_t waited_since_base; /* own short waits since the base: voluntary switches since then are explained */
  uint32_t busy; /* a call that keeps the core busy for long came after the last look */
  uint32_t n_held;
  JugglerRecordTurns turns;     /* locks taken in quick succession, not yet written; begin 0: none */
  uint64_t           turns_got;        /* the first of these turns */
  uint64_t           turns_released;
  uint64_t           turns_wait_begin; /* the first of these waits */
  uint32_t           turns_holder;
  uint32_t           got_from; /* who had the lock right before it was got; for the wait that ends now */
  JugglerHeldLock    held[JUGGLER_MAX_HELD];
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
