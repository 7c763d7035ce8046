/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The hot loops, compiled: as fast as the same loop in a plain C program.
 *
 * An increment is a relaxed load, an addition in a register and a relaxed store, with a barrier on the register in
 * between. A plain `volatile` counter may become one instruction that adds to memory, which loses nothing on one core;
 * and relaxed atomics are what makes a race of it that the compiler and the sanitizers accept.
 *
 * A loop runs in chunks. Between two chunks the worker publishes how far it is, looks at the stop flag and at the
 * clock, and writes a sample when one is due. A chunk's length is chosen by the time it takes, 2 to 15 us: looks must
 * stay below what makes a jump for the recorder, and where two cores fight for the counter the end of a chunk is dear.
 * Inside one the loads are answered by the core's own store buffer; after a pause the line may have gone, and to get it
 * back from a core that hammers on it took up to 3 us, more than 1 000 increments.
 *
 * Rejected: eight increments to a round of the loop. It is faster where two cores fight, but where they take turns on
 * one core, runs of 2 x 200 000 000 lost nothing: an interrupt hardly ever falls between a load and its store then. */

#include "juggler-native.h"

#include "juggler-lock-private.h"
#include "juggler-recorder.h"

#define LONGEST_CHUNK 8000
#define SHORTEST_CHUNK 125
#define LOCKED_CHUNK 256
#define SAMPLES 512
#define MOST_SAMPLES 4096    /* of one worker at one step width; then it doubles */
#define HELD_EVERY_CHUNKS 8U /* how long a turn takes is measured so often */

typedef struct
{
  JugglerContext            *context;
  _Atomic int64_t           *global;
  uint32_t                   index; /* of the global */
  uint64_t                   by;
  uint64_t                   value; /* written last */
  int64_t                    chunk;
  int64_t                    limit; /* of a chunk, so that samples come as often as they should */
  /* With a lock. */
  uint32_t                   lock_index;
  JugglerLock               *lock;
  uint32_t                   chunks;
  uint64_t                   held_ticks;
} Native;

static int64_t
operand_value (const JugglerContext *context,
               const JugglerOperand *operand)
{
  return operand->kind == JUGGLER_OPERAND_PARAMETER ? context->parameters[operand->index].value : operand->value;
}

static inline uint64_t
increment (_Atomic int64_t *global,
           uint64_t         by)
{
  uint64_t value = (uint64_t) atomic_load_explicit (global, memory_order_relaxed);

  __asm__ volatile ("" : "+r"(value));
  value += by;
  atomic_store_explicit (global, (int64_t) value, memory_order_relaxed);
  return value;
}

static uint64_t
increment_chunk (_Atomic int64_t *global,
                 uint64_t         by,
                 int64_t          n)
{
  uint64_t value = 0;

  for (int64_t i = 0; i < n; i++)
    value = increment (global, by);
  return value;
}

static uint64_t
atomic_chunk (_Atomic int64_t *global,
              uint64_t         by,
              int64_t          n)
{
  uint64_t value = 0;

  for (int64_t i = 0; i < n; i++)
    value = (uint64_t) atomic_fetch_add_explicit (global, (int64_t) by, memory_order_relaxed) + by;
  return value;
}

/* Publishes progress after a chunk; a sample when one is due. */
static void
publish (Native  *self,
         int64_t  n)
{
  JugglerContext *context = self->context;
  JugglerSlot    *slot = context->slot;

  context->increments += (uint64_t) n;
  atomic_store_explicit (&slot->increments, context->increments, memory_order_relaxed);
  atomic_store_explicit (&context->values[self->index], (int64_t) self->value, memory_order_relaxed);
  atomic_store_explicit (&slot->progress_ticks, context->recorder.last_ticks, memory_order_relaxed);
  if (context->increments < context->next_sample)
    return;
  juggler_recorder_sample (context, self->index, (int64_t) self->value);
  if (context->increments / context->sample_step > MOST_SAMPLES)
    context->sample_step *= 2;
  context->next_sample = context->increments + context->sample_step;
}

/* A chunk that took longer than a jump was interrupted, or increments have become slow: the next ones tell. */
static void
adapt_chunk (Native   *self,
             uint64_t  took)
{
  uint64_t jump = self->context->process->jump_ticks;

  if (took > jump)
    self->chunk /= 2;
  else if (took > jump / 4 * 3)
    self->chunk -= self->chunk / 4;
  else if (took < jump / 2)
    self->chunk += self->chunk / 4;
  if (self->chunk > self->limit)
    self->chunk = self->limit;
  if (self->chunk < SHORTEST_CHUNK)
    self->chunk = SHORTEST_CHUNK;
}

static int64_t
run_plainly (Native  *self,
             int64_t  n,
             uint64_t (*run_chunk) (_Atomic int64_t *, uint64_t, int64_t))
{
  JugglerContext *context = self->context;
  int64_t         done = 0;

  while (done < n && !juggler_context_stopped (context))
    {
      int64_t  chunk = n - done < self->chunk ? n - done : self->chunk;
      uint64_t last = context->recorder.last_ticks;

      self->value = run_chunk (self->global, self->by, chunk);
      juggler_recorder_check (context);
      adapt_chunk (self, context->recorder.last_ticks - last);
      publish (self, chunk);
      done += chunk;
    }
  return done;
}

/* Waits for the lock: the turns made so far are recorded first, as they came before the wait. */
static JugglerLockResult
take_contended (Native   *self,
                uint32_t *turns)
{
  uint32_t from;

  if (*turns != 0)
    juggler_recorder_turns (self->context, self->lock_index, *turns, self->held_ticks);
  *turns = 0;
  return juggler_lock_take_slowly (self->context, self->lock_index, NULL, &from);
}

/* How long one turn holds the lock: two looks at the clock around it, less what a look itself takes. */
static void
measure_turn (Native   *self,
              uint64_t  before,
              uint64_t  got)
{
  uint64_t held = juggler_context_ticks (self->context) - got;

  held = held > got - before ? held - (got - before) : 1;
  if (held < self->context->process->jump_ticks)
    self->held_ticks = held;
}

static inline void
let_go (Native *self)
{
  if (!juggler_lock_let_go (self->lock))
    return;
  juggler_lock_wake (self->lock);
  /* A system call may take its time on the core. */
  juggler_recorder_check_after_call (self->context);
}

/* Returns how many turns were made; fewer than n only with `result` not GOT. */
static int64_t
locked_chunk (Native            *self,
              int64_t            n,
              JugglerLockResult *result)
{
  const uint32_t me = self->context->index + 1;
  bool           measure = self->context->recorder.enabled && self->chunks++ % HELD_EVERY_CHUNKS == 0;
  uint32_t       turns = 0;

  for (int64_t i = 0; i < n; i++)
    {
      uint64_t before = 0;
      uint64_t got = 0;

      if (__builtin_expect (!juggler_lock_try (self->lock, me), 0))
        {
          *result = take_contended (self, &turns);
          if (*result != JUGGLER_LOCK_GOT)
            return i;
        }
      if (__builtin_expect (measure, 0))
        {
          before = juggler_context_ticks (self->context);
          got = juggler_context_ticks (self->context);
        }
      self->value = increment (self->global, self->by);
      if (__builtin_expect (measure, 0))
        {
          measure_turn (self, before, got);
          measure = false;
        }
      let_go (self);
      turns++;
    }
  juggler_recorder_turns (self->context, self->lock_index, turns, self->held_ticks);
  return n;
}

static int64_t
run_locked (Native  *self,
            int64_t  n,
            int     *failed)
{
  JugglerContext   *context = self->context;
  JugglerLockResult result = JUGGLER_LOCK_GOT;
  int64_t           done = 0;

  while (done < n && result == JUGGLER_LOCK_GOT && !juggler_context_stopped (context))
    {
      int64_t chunk = n - done < self->chunk ? n - done : self->chunk;

      chunk = locked_chunk (self, chunk, &result);
      publish (self, chunk);
      done += chunk;
    }
  if (result != JUGGLER_LOCK_GOT)
    *failed = result;
  return done;
}

/* Samples come every n/512 of the work; a loop that is shorter than one before it keeps the wider step. */
static void
prepare_samples (Native  *self,
                 int64_t  n)
{
  JugglerContext *context = self->context;
  uint64_t        step = (uint64_t) n / SAMPLES;

  if (step == 0)
    step = 1;
  if (context->sample_step < step)
    {
      context->sample_step = step;
      context->next_sample = context->increments + step;
    }
  if (context->sample_step < (uint64_t) self->limit)
    self->limit = context->sample_step < SHORTEST_CHUNK ? SHORTEST_CHUNK : (int64_t) context->sample_step;
  self->chunk = self->limit;
}

int64_t
juggler_native_run (JugglerContext           *context,
                    const JugglerInstruction *repeat,
                    int64_t                   n,
                    int                      *failed)
{
  bool                      locked = repeat->native == JUGGLER_NATIVE_LOCKED_INCREMENT;
  const JugglerInstruction *body = repeat + (locked ? 2 : 1);
  Native                    self = { .context = context, .index = body->a };

  if (n <= 0)
    return 0;
  self.global = juggler_context_global (context, body->a);
  self.by = (uint64_t) operand_value (context, &body->x);
  self.value = (uint64_t) atomic_load_explicit (self.global, memory_order_relaxed);
  self.limit = locked ? LOCKED_CHUNK : LONGEST_CHUNK;
  prepare_samples (&self, n);

  juggler_recorder_check (context);
  switch (repeat->native)
    {
    case JUGGLER_NATIVE_INCREMENT:
      return run_plainly (&self, n, increment_chunk);
    case JUGGLER_NATIVE_ATOMIC_ADD:
      return run_plainly (&self, n, atomic_chunk);
    case JUGGLER_NATIVE_LOCKED_INCREMENT:
      self.lock_index = repeat[1].a;
      self.lock = juggler_shared_lock (context->shared, self.lock_index);
      return run_locked (&self, n, failed);
    default:
      return 0;
    }
}
