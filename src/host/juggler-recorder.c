/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How a worker knows that it did not run
 *
 * A worker that runs looks at the time-stamp counter every microsecond or so: between the chunks of a native loop,
 * between two steps, before and after its own waits. A gap of more than about 20 us between two looks (a jump) is a
 * question, not an answer: timer ticks, other interrupts and the host of a virtual machine make such gaps by the
 * thousand. So at a jump, and only then, the worker asks the kernel:
 *
 *   getrusage (RUSAGE_THREAD)   did the count of its switches change? If not, it kept its core: STOLEN.
 *   CLOCK_THREAD_CPUTIME_ID     if so, how much of the time since the last such reading was it off the core?
 *                               Wall time less CPU time is that; it lies at the end of the jump, because a worker that
 *                               had come back would have looked at the clock again.
 *
 * Wall time is taken from CLOCK_MONOTONIC, which runs as the CPU clock does, and turned into ticks by the ticks that
 * went by meanwhile: no measured frequency is involved. The readings of one jump are the base for the next, so that
 * small differences (interrupts that the CPU clock may or may not count) add up over one timer tick at most.
 *
 * The worker's own waits (futex, sleep, join, room for output) are known exactly and are written as what they are.
 * They are voluntary switches. After a long one the base is taken anew, so nothing needs to be explained; after one
 * that was shorter than these two system calls are worth, only involuntary switches count until the next base.
 *
 * Locks that change hands every microsecond are joined: see juggler-recorder-turns.c.
 *
 * Rejected: jumps alone (2 to 6 % of what they found never happened, boundaries off by 25 to 44 us); /proc/self/sched
 * (not in every kernel, a file to read); perf_event_open (not inside a sandbox). */

#include "juggler-recorder.h"

#include <sched.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "juggler-recorder-private.h"

#if defined(__GLIBC__) && defined(__x86_64__)
#if __GLIBC_PREREQ(2, 35)
#include <sys/rseq.h>
#define HAVE_RSEQ 1
#endif
#endif

/* Of the 20 us that make a jump. */
#define LONG_WAIT_JUMPS 2U /* about 40 us: a wait after which a new base costs nothing that shows */
#define READING_TRIES 4

/* Which core this thread is on. The kernel keeps it up to date in the thread's rseq area (rseq(2), registered by
 * glibc 2.35 and later); reading it costs as much as any variable. A core number that a record cannot hold is none. */
static inline uint32_t
current_core (void)
{
  int core;

#ifdef HAVE_RSEQ
  if (__builtin_expect (__rseq_size != 0, 1))
    {
      const char *thread;

      /* The thread pointer: %fs:0 holds its own address (x86-64 psABI, TLS variant II). */
      __asm__ ("movq %%fs:0, %0" : "=r"(thread));
      core = (int) *(const volatile uint32_t *) (thread + __rseq_offset + offsetof (struct rseq, cpu_id));
      if (__builtin_expect (core >= 0, 1))
        return (uint32_t) core < JUGGLER_MAX_CORES ? (uint32_t) core : JUGGLER_RECORD_NO_CORE;
    }
#endif
  core = sched_getcpu ();
  return core >= 0 && (uint32_t) core < JUGGLER_MAX_CORES ? (uint32_t) core : JUGGLER_RECORD_NO_CORE;
}

/* A worker is the only writer of its sums: a plain load and store, no atomic add. */
static inline void
publish (_Atomic uint64_t *place,
         uint64_t          value)
{
  atomic_store_explicit (place, value, memory_order_relaxed);
}

static void
write_head (JugglerContext    *context,
            JugglerRecordType  type,
            uint64_t           ticks)
{
  if (juggler_recorder_begin (context, type, sizeof (JugglerRecordHead), ticks) != NULL)
    juggler_ring_commit (&context->ring);
}

/* Spans come in order and never overlap: whatever went wrong with a clock, the floor holds. */
void
juggler_recorder_write_span (JugglerContext  *context,
                             JugglerSpanKind  kind,
                             uint64_t         begin,
                             uint64_t         end,
                             uint32_t         object,
                             uint32_t         holder,
                             uint32_t         flags)
{
  JugglerRecordSpan *span;

  if (begin < context->recorder.floor_ticks)
    begin = context->recorder.floor_ticks;
  if (end < begin)
    return;
  span = juggler_recorder_begin (context, JUGGLER_RECORD_SPAN, sizeof *span, end);
  if (span != NULL)
    {
      span->begin = begin;
      span->kind = kind;
      span->object = object;
      span->holder = holder;
      span->flags = flags;
      juggler_ring_commit (&context->ring);
    }
  context->recorder.floor_ticks = end;
}

/* The clock */

typedef struct
{
  uint64_t ticks;
  uint64_t monotonic_ns;
  uint64_t cpu_ns;
  uint64_t voluntary;
  uint64_t involuntary;
} Reading;

static uint64_t
thread_cpu_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (uint64_t) now.tv_sec * 1000000000U + (uint64_t) now.tv_nsec;
}

/* All readings of one moment: taken again if something came in between. */
static Reading
take_reading (const JugglerContext *context)
{
  struct rusage usage;
  Reading       now;

  for (int i = 0; i < READING_TRIES; i++)
    {
      now.ticks = juggler_context_ticks (context);
      getrusage (RUSAGE_THREAD, &usage);
      now.cpu_ns = thread_cpu_ns ();
      now.monotonic_ns = juggler_clock_monotonic_ns ();
      if (juggler_context_ticks (context) - now.ticks < context->process->jump_ticks / 2)
        break;
    }
  now.voluntary = (uint64_t) usage.ru_nvcsw;
  now.involuntary = (uint64_t) usage.ru_nivcsw;
  return now;
}

static void
set_base (JugglerContext *context,
          const Reading  *now)
{
  JugglerRecorder *self = &context->recorder;
  JugglerSlot     *slot = context->slot;

  self->base_ticks = now->ticks;
  self->base_monotonic_ns = now->monotonic_ns;
  self->base_cpu_ns = now->cpu_ns;
  self->base_voluntary = now->voluntary;
  self->base_involuntary = now->involuntary;
  self->waited_since_base = 0;
  self->last_ticks = now->ticks;
  publish (&slot->cpu_ns, now->cpu_ns);
  publish (&slot->voluntary, now->voluntary);
  publish (&slot->involuntary, now->involuntary);
}

/* Time off the core since the base, in ticks. */
static uint64_t
off_core_ticks (const JugglerRecorder *self,
                const Reading         *now)
{
  uint64_t wall = now->monotonic_ns - self->base_monotonic_ns;
  uint64_t cpu = now->cpu_ns - self->base_cpu_ns;

  if (wall <= cpu)
    return 0;
  return (uint64_t) ((double) (wall - cpu) * (double) (now->ticks - self->base_ticks) / (double) wall);
}

static void
note_core (JugglerContext *context,
           uint64_t        ticks)
{
  uint32_t core = current_core ();

  if (__builtin_expect (core == context->recorder.core, 1))
    return;
  juggler_recorder_flush_turns (context);
  context->recorder.core = core;
  if (core != JUGGLER_RECORD_NO_CORE)
    {
      _Atomic uint64_t *bits = &context->slot->cores[core / 64];

      publish (bits, atomic_load_explicit (bits, memory_order_relaxed) | (UINT64_C (1) << (core % 64)));
    }
  write_head (context, JUGGLER_RECORD_CORE, ticks);
}

/* There was a jump. `busy`: the worker had a reason to be busy for long. */
static void
examine_jump (JugglerContext *context,
              bool            busy)
{
  JugglerRecorder *self = &context->recorder;
  Reading          now = take_reading (context);
  uint64_t         gap = now.ticks - self->last_ticks;
  bool             switched;

  juggler_recorder_flush_turns (context);
  switched = now.involuntary != self->base_involuntary
             || (!self->waited_since_base && now.voluntary != self->base_voluntary);
  if (switched)
    {
      uint64_t off = off_core_ticks (self, &now);

      if (off > gap)
        off = gap;
      if (off > 0)
        juggler_recorder_write_span (context, JUGGLER_SPAN_PREEMPTED, now.ticks - off, now.ticks, JUGGLER_NONE,
                                     JUGGLER_NONE, 0);
      self->preempted_ticks += off;
      publish (&context->slot->preempted_ticks, self->preempted_ticks);
    }
  else if (!busy)
    {
      juggler_recorder_write_span (context, JUGGLER_SPAN_STOLEN, self->last_ticks, now.ticks, JUGGLER_NONE,
                                   JUGGLER_NONE, 0);
      self->stolen_ticks += gap;
      publish (&context->slot->stolen_ticks, self->stolen_ticks);
    }
  set_base (context, &now);
}

static inline void
look_at (JugglerContext *context,
         uint64_t        now,
         bool            busy)
{
  JugglerRecorder *self = &context->recorder;

  if (__builtin_expect (now - self->last_ticks > context->process->jump_ticks, 0))
    examine_jump (context, busy || self->busy);
  else
    self->last_ticks = now;
  self->busy = 0;
  note_core (context, self->last_ticks);
  if (__builtin_expect (self->turns.begin != 0, 0) && now - self->turns.begin > juggler_recorder_flush_ticks (context))
    juggler_recorder_flush_turns (context);
}

void
juggler_recorder_look_at (JugglerContext *context,
                          uint64_t        now)
{
  look_at (context, now, false);
}

static inline void
look_at_clock (JugglerContext *context,
               bool            busy)
{
  if (context->recorder.enabled)
    look_at (context, juggler_context_ticks (context), busy);
}

void
juggler_recorder_check (JugglerContext *context)
{
  look_at_clock (context, false);
}

void
juggler_recorder_check_after_call (JugglerContext *context)
{
  look_at_clock (context, true);
}

/* Waits */

uint64_t
juggler_recorder_wait_begin (JugglerContext   *context,
                             JugglerSlotState  state,
                             uint32_t          object,
                             uint32_t          holder,
                             int               timed)
{
  JugglerSlot *slot = context->slot;
  uint64_t     begin;

  look_at_clock (context, false);
  begin = context->recorder.enabled ? context->recorder.last_ticks : juggler_context_ticks (context);

  atomic_store_explicit (&slot->wait_object, object, memory_order_relaxed);
  atomic_store_explicit (&slot->wait_holder, holder, memory_order_relaxed);
  atomic_store_explicit (&slot->state_ticks, begin, memory_order_relaxed);
  if (timed)
    atomic_fetch_or_explicit (&slot->flags, JUGGLER_SLOT_WAIT_TIMED, memory_order_relaxed);
  /* Released: who sees the odd number or the state sees what is waited for. */
  atomic_store_explicit (&slot->wait_sequence, atomic_load_explicit (&slot->wait_sequence, memory_order_relaxed) + 1,
                         memory_order_release);
  atomic_store_explicit (&slot->state, state, memory_order_release);
  return begin;
}

static void
publish_running (JugglerSlot *slot,
                 uint64_t     now)
{
  atomic_store_explicit (&slot->wait_sequence, atomic_load_explicit (&slot->wait_sequence, memory_order_relaxed) + 1,
                         memory_order_release);
  if (atomic_load_explicit (&slot->flags, memory_order_relaxed) & JUGGLER_SLOT_WAIT_TIMED)
    atomic_fetch_and_explicit (&slot->flags, ~JUGGLER_SLOT_WAIT_TIMED, memory_order_relaxed);
  atomic_store_explicit (&slot->state_ticks, now, memory_order_relaxed);
  atomic_store_explicit (&slot->state, JUGGLER_SLOT_RUNNING, memory_order_release);
}

/* Returns when the wait ended: where its end is also the base's, not before the readings were of one moment. */
static uint64_t
base_after_wait (JugglerContext *context,
                 uint64_t        begin,
                 uint64_t        now)
{
  JugglerRecorder *self = &context->recorder;
  uint64_t         jump = context->process->jump_ticks;
  Reading          reading;

  if (now - begin <= jump * LONG_WAIT_JUMPS && now - self->base_ticks <= juggler_recorder_flush_ticks (context))
    {
      self->waited_since_base = 1;
      self->last_ticks = now;
      return now;
    }
  reading = take_reading (context);
  set_base (context, &reading);
  /* Woken, it was switched out again before it could look around: that belongs to the wait. */
  return reading.ticks - now > jump ? reading.ticks : now;
}

void
juggler_recorder_wait_end (JugglerContext  *context,
                           uint64_t         begin,
                           JugglerSpanKind  kind,
                           uint32_t         object,
                           uint32_t         holder,
                           uint32_t         flags)
{
  JugglerRecorder *self = &context->recorder;
  uint64_t         now = juggler_context_ticks (context);

  publish_running (context->slot, now);
  if (kind == JUGGLER_SPAN_LOCK)
    {
      self->waited_ticks += now - begin;
      publish (&context->slot->waited_ticks, self->waited_ticks);
    }
  if (!self->enabled)
    {
      self->last_ticks = now;
      return;
    }

  now = base_after_wait (context, begin, now);
  if (kind == JUGGLER_SPAN_LOCK && (flags & JUGGLER_SPAN_GRANTED) && now - begin < context->process->jump_ticks)
    {
      juggler_recorder_join_wait (context, object, begin, now, holder);
    }
  else
    {
      juggler_recorder_flush_turns (context);
      juggler_recorder_write_span (context, kind, begin, now, object, holder, flags);
    }
  note_core (context, now);
}

/* Facts */

void
juggler_recorder_event (JugglerContext   *context,
                        JugglerEventKind  kind,
                        uint32_t          object,
                        int64_t           value)
{
  JugglerRecordEvent *event;

  /* Right before or after it stands a fork, a clone, a kill: what keeps the core for long until the next look. */
  context->recorder.busy = 1;
  event = juggler_recorder_begin (context, JUGGLER_RECORD_EVENT, sizeof *event, juggler_context_ticks (context));
  if (event == NULL)
    return;
  event->kind = kind;
  event->object = object;
  event->value = value;
  juggler_ring_commit (&context->ring);
}

void
juggler_recorder_sample (JugglerContext *context,
                         uint32_t        global,
                         int64_t         value)
{
  JugglerRecordSample *sample;

  if (!context->recorder.enabled)
    return;
  sample = juggler_recorder_begin (context, JUGGLER_RECORD_SAMPLE, sizeof *sample, juggler_context_ticks (context));
  if (sample == NULL)
    return;
  sample->global = global;
  sample->reserved = 0;
  sample->value = value;
  sample->done = context->increments;
  juggler_ring_commit (&context->ring);
}

void
juggler_recorder_append (JugglerContext *context,
                         uint32_t        global,
                         uint32_t        index,
                         int64_t         value)
{
  JugglerRecordAppend *append;

  if (!context->recorder.enabled)
    return;
  append = juggler_recorder_begin (context, JUGGLER_RECORD_APPEND, sizeof *append, juggler_context_ticks (context));
  if (append == NULL)
    return;
  append->global = global;
  append->index = index;
  append->value = value;
  juggler_ring_commit (&context->ring);
}

/* Begin and end */

void
juggler_recorder_start (JugglerContext *context)
{
  JugglerRecorder   *self = &context->recorder;
  JugglerRingShared *ring = juggler_shared_ring (context->shared, context->index);
  Reading            now;

  juggler_ring_writer_init (&context->ring, ring, ring + 1, juggler_shared_ring_size (context->shared, context->index));
  memset (self, 0, sizeof *self);
  self->enabled = context->shared->record;
  self->core = current_core ();
  if (self->core != JUGGLER_RECORD_NO_CORE)
    publish (&context->slot->cores[self->core / 64], UINT64_C (1) << (self->core % 64));

  now = take_reading (context);
  set_base (context, &now);
  self->floor_ticks = now.ticks;
  publish (&context->slot->cpu_ns, now.cpu_ns);
  publish (&context->slot->start_ticks, now.ticks);
  publish (&context->slot->state_ticks, now.ticks);
  write_head (context, JUGGLER_RECORD_START, now.ticks);
}

void
juggler_recorder_end (JugglerContext *context)
{
  JugglerRecorder *self = &context->recorder;
  Reading          now;

  /* Switched out between the two: another look finds out for how long. */
  for (int i = 0; i < READING_TRIES; i++)
    {
      look_at_clock (context, false);
      now = take_reading (context);
      if (!self->enabled || now.ticks - self->last_ticks <= context->process->jump_ticks)
        break;
    }
  juggler_recorder_flush_turns (context);
  set_base (context, &now);
  publish (&context->slot->waited_ticks, self->waited_ticks);
  publish (&context->slot->preempted_ticks, self->preempted_ticks);
  publish (&context->slot->stolen_ticks, self->stolen_ticks);
  publish (&context->slot->end_ticks, now.ticks);
  write_head (context, JUGGLER_RECORD_END, now.ticks);
  /* Nothing but lists from here on, not even the wait for their room. */
  self->enabled = 0;
}
