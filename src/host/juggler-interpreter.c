/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One turn of the loop is one instruction, and each instruction is at most one atom of the format (`increment`, three
 * atoms, is written out as three steps of one case): so a gear that holds workers before each atom has one place to
 * do it. Loops that the plan marks as native are handed to juggler-native.c as a whole. */

#include "juggler-interpreter.h"

#include <errno.h>
#include <signal.h>
#include <time.h>

#include "juggler-life.h"
#include "juggler-list.h"
#include "juggler-lock.h"
#include "juggler-native.h"
#include "juggler-print.h"
#include "juggler-recorder.h"

/* After so many samples of interpreted writes only every second one is taken, and so on. */
#define SAMPLES_BEFORE_THINNING 512U

typedef enum
{
  NEXT,    /* go on with the instruction behind */
  JUMPED,  /* pc was set */
  FAILED,
  ENDED,   /* code was set */
} Step;

typedef struct
{
  JugglerContext *context;
  uint32_t        pc;
  int64_t         code;
} Interpreter;

static int64_t
operand (const JugglerContext *context,
         const JugglerOperand *x)
{
  switch (x->kind)
    {
    case JUGGLER_OPERAND_INTEGER:
      return x->value;
    case JUGGLER_OPERAND_PARAMETER:
      return context->parameters[x->index].value;
    case JUGGLER_OPERAND_LOOP:
      return context->n_loops > 0 ? context->loops[context->n_loops - 1].counter : 0;
    case JUGGLER_OPERAND_REGISTER:
      return context->tmp;
    case JUGGLER_OPERAND_GLOBAL:
      return atomic_load_explicit (juggler_context_global (context, x->index), memory_order_relaxed);
    default:
      return 0;
    }
}

static int64_t
timeout_of (const JugglerContext     *context,
            const JugglerInstruction *in)
{
  int64_t ms;

  if (!(in->flags & JUGGLER_INSTRUCTION_TIMEOUT))
    return -1;
  ms = operand (context, &in->y);
  return ms < 0 ? 0 : ms;
}

static int64_t
wrapping_add (int64_t a,
              int64_t b)
{
  return (int64_t) ((uint64_t) a + (uint64_t) b);
}

/* A global has a new value that this worker knows of. */
static void
wrote (JugglerContext *context,
       uint32_t        global,
       int64_t         value)
{
  atomic_store_explicit (&context->values[global], value, memory_order_relaxed);
  atomic_store_explicit (&context->slot->increments, context->increments, memory_order_relaxed);
  context->writes++;
  if (context->writes % context->write_step == 0)
    {
      juggler_recorder_sample (context, global, value);
      if (context->writes / context->write_step >= SAMPLES_BEFORE_THINNING)
        context->write_step *= 2;
    }
}

static void
store (JugglerContext *context,
       uint32_t        global,
       int64_t         value)
{
  atomic_store_explicit (juggler_context_global (context, global), value, memory_order_relaxed);
  wrote (context, global, value);
}

static void
sleep_step (JugglerContext *context,
            int64_t         ms)
{
  struct timespec deadline;
  uint64_t begin;

  clock_gettime (CLOCK_MONOTONIC, &deadline);
  deadline.tv_sec += ms / 1000;
  deadline.tv_nsec += (ms % 1000) * 1000000;
  if (deadline.tv_nsec >= 1000000000)
    {
      deadline.tv_sec++;
      deadline.tv_nsec -= 1000000000;
    }
  begin = juggler_recorder_wait_begin (context, JUGGLER_SLOT_SLEEPING, JUGGLER_NONE, JUGGLER_NONE, 1);
  while (clock_nanosleep (CLOCK_MONOTONIC, TIMER_ABSTIME, &deadline, NULL) == EINTR)
    ;
  juggler_recorder_wait_end (context, begin, JUGGLER_SPAN_SLEEP, JUGGLER_NONE, JUGGLER_NONE, 0);
}

static uint64_t
thread_cpu_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (uint64_t) now.tv_sec * 1000000000U + (uint64_t) now.tv_nsec;
}

static void
work_step (JugglerContext *context,
           int64_t         ms)
{
  uint64_t goal = thread_cpu_ns () + (uint64_t) ms * 1000000U;

  while (thread_cpu_ns () < goal && !juggler_context_stopped (context))
    /* Some 30 us between two looks at the CPU clock, which is a system call; the recorder's clock is looked at more
     * often, so that a jump stays a jump. */
    for (int i = 0; i < 32; i++)
      {
        for (int j = 0; j < 1000; j++)
          __asm__ volatile ("");
        juggler_recorder_check (context);
      }
}

static int
compare (const JugglerContext     *context,
         const JugglerInstruction *in)
{
  int64_t x = operand (context, &in->x);
  int64_t y = operand (context, &in->y);

  switch (in->compare)
    {
    case JUGGLER_COMPARE_LESS:
      return x < y;
    case JUGGLER_COMPARE_LESS_EQUAL:
      return x <= y;
    case JUGGLER_COMPARE_GREATER:
      return x > y;
    case JUGGLER_COMPARE_GREATER_EQUAL:
      return x >= y;
    case JUGGLER_COMPARE_EQUAL:
      return x == y;
    default:
      return x != y;
    }
}

static Step
failed (Interpreter    *self,
        JugglerFailure  failure,
        uint32_t        object)
{
  atomic_store (&self->context->slot->failure_object, object);
  atomic_store (&self->context->slot->failure, failure);
  return FAILED;
}

static Step
locked (Interpreter              *self,
        const JugglerInstruction *in,
        JugglerLockResult         result)
{
  switch (result)
    {
    case JUGGLER_LOCK_GOT:
      return NEXT;
    case JUGGLER_LOCK_TIMED_OUT:
      self->pc = in->b;
      return JUMPED;
    case JUGGLER_LOCK_NOT_HELD:
      return failed (self, JUGGLER_FAILURE_UNLOCK_NOT_HELD, in->a);
    case JUGGLER_LOCK_TOO_DEEP:
      return failed (self, JUGGLER_FAILURE_LOCK_DEPTH, in->a);
    default:
      juggler_life_park ();
    }
}

static Step
repeat_step (Interpreter              *self,
             const JugglerInstruction *in)
{
  JugglerContext *context = self->context;
  int64_t n = operand (context, &in->x);

  if (in->native != JUGGLER_NATIVE_NONE && n > 0)
    {
      int result = JUGGLER_LOCK_GOT;
      int64_t done = juggler_native_run (context, in, n, &result);

      if (done < n && juggler_context_stopped (context))
        juggler_life_park ();
      if (result != JUGGLER_LOCK_GOT)
        return locked (self, in + 1, (JugglerLockResult) result);
    }
  if (in->native != JUGGLER_NATIVE_NONE || n <= 0)
    {
      self->pc = in->b;
      return JUMPED;
    }
  context->loops[context->n_loops].counter = 0;
  context->loops[context->n_loops].limit = n;
  context->n_loops++;
  return NEXT;
}

static Step
repeat_end_step (Interpreter              *self,
                 const JugglerInstruction *in)
{
  JugglerContext *context = self->context;
  JugglerLoop *loop = &context->loops[context->n_loops - 1];

  if (++loop->counter < loop->limit)
    {
      self->pc = in->b + 1;
      return JUMPED;
    }
  context->n_loops--;
  return NEXT;
}

/* start, join, terminate and kill of all workers of a group. */
static Step
group_step (Interpreter              *self,
            const JugglerInstruction *in)
{
  JugglerContext *context = self->context;

  for (uint32_t worker = in->a; worker < in->a + in->b; worker++)
    {
      int result;

      if (in->op == JUGGLER_OP_START)
        result = juggler_life_start (context, worker);
      else if (in->op == JUGGLER_OP_JOIN)
        result = juggler_life_join (context, worker, timeout_of (context, in));
      else
        result = juggler_life_signal (context, worker, in->op == JUGGLER_OP_KILL ? SIGKILL : SIGTERM);
      if (result < 0)
        return FAILED;
    }
  return NEXT;
}

static Step
value_step (Interpreter              *self,
            const JugglerInstruction *in)
{
  JugglerContext *context = self->context;
  int64_t value;

  switch (in->op)
    {
    case JUGGLER_OP_READ:
      context->tmp = atomic_load_explicit (juggler_context_global (context, in->a), memory_order_relaxed);
      return NEXT;
    case JUGGLER_OP_ADD:
      context->tmp = wrapping_add (context->tmp, operand (context, &in->x));
      return NEXT;
    case JUGGLER_OP_WRITE:
      store (context, in->a, context->tmp);
      return NEXT;
    case JUGGLER_OP_INCREMENT:
      value = atomic_load_explicit (juggler_context_global (context, in->a), memory_order_relaxed);
      __asm__ volatile ("" : "+r"(value));
      value = wrapping_add (value, operand (context, &in->x));
      __asm__ volatile ("" : "+r"(value));
      context->increments++;
      store (context, in->a, value);
      return NEXT;
    case JUGGLER_OP_ATOMIC_ADD:
      value = operand (context, &in->x);
      value = wrapping_add (atomic_fetch_add_explicit (juggler_context_global (context, in->a), value,
                                                       memory_order_relaxed), value);
      context->increments++;
      wrote (context, in->a, value);
      return NEXT;
    case JUGGLER_OP_SET:
      store (context, in->a, operand (context, &in->x));
      return NEXT;
    default: /* JUGGLER_OP_APPEND */
      {
        int64_t place = juggler_list_append (context->process, in->a, operand (context, &in->x));

        if (place < 0)
          return failed (self, JUGGLER_FAILURE_LIST_FULL, in->a);
        juggler_recorder_append (context, in->a, (uint32_t) place, operand (context, &in->x));
        atomic_store_explicit (&context->values[in->a], place + 1, memory_order_relaxed);
        return NEXT;
      }
    }
}

static Step
step (Interpreter              *self,
      const JugglerInstruction *in)
{
  JugglerContext *context = self->context;

  switch ((JugglerOp) in->op)
    {
    case JUGGLER_OP_PRINT:
      juggler_print (context, in->a);
      return NEXT;
    case JUGGLER_OP_SLEEP:
      sleep_step (context, operand (context, &in->x));
      return NEXT;
    case JUGGLER_OP_WORK:
      work_step (context, operand (context, &in->x));
      return NEXT;
    case JUGGLER_OP_READ:
    case JUGGLER_OP_ADD:
    case JUGGLER_OP_WRITE:
    case JUGGLER_OP_INCREMENT:
    case JUGGLER_OP_ATOMIC_ADD:
    case JUGGLER_OP_SET:
    case JUGGLER_OP_APPEND:
      return value_step (self, in);
    case JUGGLER_OP_LOCK:
      return locked (self, in, juggler_lock_acquire (context, in->a, timeout_of (context, in)));
    case JUGGLER_OP_UNLOCK:
      return locked (self, in, juggler_lock_release (context, in->a));
    case JUGGLER_OP_REPEAT:
      return repeat_step (self, in);
    case JUGGLER_OP_REPEAT_END:
      return repeat_end_step (self, in);
    case JUGGLER_OP_BRANCH_UNLESS:
      if (compare (context, in))
        return NEXT;
      self->pc = in->b;
      return JUMPED;
    case JUGGLER_OP_JUMP:
      self->pc = in->b;
      return JUMPED;
    case JUGGLER_OP_START:
    case JUGGLER_OP_JOIN:
    case JUGGLER_OP_TERMINATE:
    case JUGGLER_OP_KILL:
      return group_step (self, in);
    case JUGGLER_OP_EXIT:
      self->code = operand (context, &in->x);
      return ENDED;
    case JUGGLER_OP_HARD_EXIT:
      juggler_life_hard_exit (context, operand (context, &in->x));
    case JUGGLER_OP_CRASH:
      juggler_life_crash (context);
    default: /* JUGGLER_OP_END; the plan was refused if it has steps of a later version */
      return ENDED;
    }
}

JugglerEnd
juggler_interpreter_run (JugglerContext *context)
{
  Interpreter self = { .context = context };

  for (;;)
    {
      atomic_store_explicit (&context->slot->pc, self.pc, memory_order_relaxed);
      if (juggler_context_stopped (context))
        juggler_life_park ();
      juggler_recorder_check (context);
      switch (step (&self, &context->code[self.pc]))
        {
        case NEXT:
          self.pc++;
          break;
        case JUMPED:
          break;
        case FAILED:
          return (JugglerEnd){ .code = 1, .failed = 1 };
        case ENDED:
          return (JugglerEnd){ .code = self.code };
        }
    }
}
