/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Between fork and a worker's first step nothing locks and nothing allocates: a child that took a lock which another
 * thread of its parent held at that moment would hang (fork(2): only async-signal-safe functions are safe in the
 * child of a process with threads). For the same reason a process ends by _exit(2) only. */

#include "juggler-life.h"

#include <errno.h>
#include <linux/futex.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "juggler-interpreter.h"
#include "juggler-list.h"
#include "juggler-lock.h"
#include "juggler-recorder.h"
#include "juggler-sanitizer.h"
#include "juggler-signals.h"

#if defined(JUGGLER_THREAD_SANITIZER) || defined(JUGGLER_ADDRESS_SANITIZER)
#define STACK_SIZE (1024U * 1024U)
#else
#define STACK_SIZE (128U * 1024U)
#endif

#define LIST_PIECE 64U

/* The one process that this is; a forked child has its own copy. */
static JugglerProcess this_process;

/* The kernel walks this list when the process ends, however it ends, and sets FUTEX_OWNER_DIED in the slot's life
 * word: so the keeper learns of a death from memory, without a file descriptor or a poll of /proc a worker (see
 * Documentation/locking/robust-futexes). The list's links are pointers and stay in private memory; only the word is
 * shared, at futex_offset from the link. */
static struct robust_list life_link;
static struct robust_list_head life_list;

static void
register_life (JugglerSlot *slot)
{
  atomic_store (&slot->life, (uint32_t) gettid ());
  life_link.next = &life_list.list;
  life_list.list.next = &life_link;
  life_list.futex_offset = (long) ((char *) &slot->life - (char *) &life_link);
  life_list.list_op_pending = NULL;
  syscall (SYS_set_robust_list, &life_list, sizeof life_list);
}

_Noreturn void
juggler_life_park (void)
{
  for (;;)
    pause ();
}

_Noreturn void
juggler_life_refused (JugglerShared *shared,
                      JugglerRefusal what,
                      int            error,
                      uint32_t       worker)
{
  uint32_t nothing = JUGGLER_REFUSED_NOTHING;

  /* Only the first refusal is told; it is claimed by its errno, which is never 0. */
  if (atomic_compare_exchange_strong (&shared->refusal_errno, &(int32_t){ 0 }, error))
    {
      atomic_store (&shared->refusal_worker, worker);
      atomic_compare_exchange_strong (&shared->refusal, &nothing, (uint32_t) what);
    }
  kill (atomic_load (&shared->keeper_pid), SIGUSR1);
  juggler_life_park ();
}

static void
context_init (JugglerContext *context,
              uint32_t        index)
{
  JugglerShared *shared = this_process.shared;
  const JugglerPlan *plan = this_process.plan;
  const JugglerPlanCode *code;

  memset (context, 0, sizeof *context);
  context->process = &this_process;
  context->shared = shared;
  context->index = index;
  context->group = juggler_plan_group (plan, juggler_plan_worker (plan, index)->group);
  code = juggler_plan_code (plan, context->group->code);
  context->parameters = juggler_plan_parameter (plan, context->group->first_parameter);
  context->code = juggler_plan_instruction (plan, code->first_instruction);
  context->slot = juggler_shared_slot (shared, index);
  context->values = juggler_shared_values (shared, index);
  context->write_step = 1;
}

static void
publish_values (const JugglerContext *context,
                _Atomic int64_t      *values)
{
  for (uint32_t g = 0; g < context->shared->n_values; g++)
    atomic_store_explicit (&values[g],
                           atomic_load_explicit (juggler_context_global (context, g), memory_order_relaxed),
                           memory_order_relaxed);
}

static void
publish_lists (JugglerContext *context)
{
  int64_t values[LIST_PIECE];

  for (uint32_t g = 0; g < context->shared->n_values; g++)
    {
      uint32_t total, first = 0, n;

      if (!juggler_plan_global (context->process->plan, g)->is_list)
        continue;
      total = juggler_list_length (context->process, g);
      while ((n = juggler_list_read (context->process, g, first, LIST_PIECE, values)) > 0)
        {
          juggler_recorder_list (context, g, values, first, n, total);
          first += n;
        }
      if (total == 0)
        juggler_recorder_list (context, g, values, 0, 0, 0);
    }
}

static uint64_t
process_cpu_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (uint64_t) now.tv_sec * 1000000000U + (uint64_t) now.tv_nsec;
}

/* The worker's own end: what it sees of the globals now is what the result shows. */
static void
finish (JugglerContext   *context,
        JugglerSlotState  state,
        int64_t           code)
{
  publish_values (context, context->values);
  juggler_recorder_end (context);
  /* A process's time is that of all its threads: main's is the whole program's, as in time(1). */
  if (context->index == this_process.leader)
    atomic_store (&context->slot->cpu_ns, process_cpu_ns ());
  publish_lists (context);
  atomic_store (&context->slot->exit_code, (int32_t) code);
  atomic_fetch_or (&context->slot->flags, JUGGLER_SLOT_EXACT);
  atomic_store_explicit (&context->slot->state, state, memory_order_release);
}

static void
restrict_cores (const JugglerContext *context)
{
  const JugglerPlanGroup *group = context->group;
  cpu_set_t set;

  if (group->n_cores == 0)
    return;
  CPU_ZERO (&set);
  for (uint32_t i = 0; i < group->n_cores; i++)
    {
      uint32_t core = *juggler_plan_core (context->process->plan, group->first_core + i);

      if (core < CPU_SETSIZE && CPU_ISSET (core, &this_process.cores))
        CPU_SET (core, &set);
    }
  /* None of them is there: any of the run's, as the result notes. */
  if (CPU_COUNT (&set) == 0)
    return;
  if (sched_setaffinity (0, sizeof set, &set) < 0)
    juggler_life_refused (context->shared, JUGGLER_REFUSED_AFFINITY, errno, context->index);
}

static void
enter (JugglerContext *context)
{
  JugglerSlot *slot = context->slot;
  JugglerPlanString name = juggler_plan_worker (context->process->plan, context->index)->name;

  /* The parent's number was put there by the parent: by now it may have left, and getppid() tell another. */
  atomic_store (&slot->tid, gettid ());
  atomic_store (&slot->pid, getpid ());
  syscall (SYS_prctl, PR_SET_NAME, juggler_plan_string (context->process->plan, name), 0, 0, 0);
  restrict_cores (context);
  if (context->group->nice != 0)
    {
      errno = 0;
      /* nice(2) changes the calling thread only, on Linux: what the lesson on priorities wants. */
      if (nice (context->group->nice) == -1 && errno != 0)
        juggler_life_refused (context->shared, JUGGLER_REFUSED_NICE, errno, context->index);
    }
  publish_values (context, context->values);
  juggler_recorder_start (context);
  atomic_store_explicit (&slot->state, JUGGLER_SLOT_RUNNING, memory_order_release);
}

/* Threads */

/* Whoever ends while it holds a robust lock passes it on as a dead owner does (pthread_mutexattr_setrobust(3)): a thread
 * itself, here; of a process that ended the keeper sees to it. */
static void
hand_on_robust_locks (JugglerContext *context)
{
  const JugglerPlan *plan = context->process->plan;

  for (uint32_t lock = 0; lock < juggler_plan_count (plan, JUGGLER_TABLE_LOCKS); lock++)
    if (juggler_plan_lock (plan, lock)->kind == JUGGLER_LOCK_ROBUST)
      juggler_lock_owner_died (context->shared, lock, context->index);
}

static void *
thread_main (void *data)
{
  JugglerContext context;
  JugglerEnd end;

  context_init (&context, (uint32_t) (uintptr_t) data);
  enter (&context);
  end = juggler_interpreter_run (&context);
  finish (&context, end.failed ? JUGGLER_SLOT_FAILED : JUGGLER_SLOT_FINISHED, end.code);
  hand_on_robust_locks (&context);
  atomic_store (&context.slot->done_word, 1);
  syscall (SYS_futex, &context.slot->done_word, FUTEX_WAKE, INT32_MAX, NULL, NULL, 0);
  return NULL;
}

static void
not_started (JugglerSlot *slot)
{
  atomic_store (&slot->start_ticks, 0);
  atomic_store (&slot->pid, 0);
  atomic_store (&slot->state, JUGGLER_SLOT_NEVER_STARTED);
}

static void
start_thread (JugglerContext *context,
              uint32_t        worker)
{
  JugglerSlot *slot = juggler_shared_slot (context->shared, worker);
  pthread_attr_t attributes;
  size_t stack = STACK_SIZE;
  int error;

  atomic_store (&slot->ppid, getppid ());
  atomic_store (&slot->pid, getpid ());
  pthread_attr_init (&attributes);
  if (stack < (size_t) PTHREAD_STACK_MIN)
    stack = (size_t) PTHREAD_STACK_MIN;
  pthread_attr_setstacksize (&attributes, stack);
  error = pthread_create (&this_process.threads[worker], &attributes, thread_main, (void *) (uintptr_t) worker);
  pthread_attr_destroy (&attributes);
  if (error != 0)
    {
      not_started (slot);
      juggler_life_refused (context->shared, JUGGLER_REFUSED_THREAD, error, worker);
    }
}

/* Processes */

static int
started_here (const JugglerContext *context,
              uint32_t              worker)
{
  const JugglerSlot *slot = juggler_shared_slot (context->shared, worker);

  return atomic_load (&slot->parent) == context->index && atomic_load (&slot->state) != JUGGLER_SLOT_NEVER_STARTED;
}

static int
is_process (const JugglerContext *context,
            uint32_t              worker)
{
  const JugglerPlan *plan = context->process->plan;

  return juggler_plan_group (plan, juggler_plan_worker (plan, worker)->group)->kind == JUGGLER_KIND_PROCESS;
}

static int
is_daemon (const JugglerContext *context,
           uint32_t              worker)
{
  const JugglerPlan *plan = context->process->plan;

  return juggler_plan_group (plan, juggler_plan_worker (plan, worker)->group)->daemon != 0;
}

/* Takes the exit status of a child; waits for it if `options` has no WNOHANG. Returns 1 when it was taken. */
static int
reap (JugglerContext *context,
      uint32_t        worker,
      int             options)
{
  JugglerSlot *slot = juggler_shared_slot (context->shared, worker);
  struct rusage usage;
  int status;
  pid_t pid;

  do
    pid = wait4 (atomic_load (&slot->pid), &status, options, &usage);
  while (pid < 0 && errno == EINTR);
  if (pid <= 0)
    return 0;

  if (atomic_load (&slot->death_ticks) == 0)
    atomic_store (&slot->death_ticks, juggler_context_ticks (context));
  if (!(atomic_load (&slot->flags) & JUGGLER_SLOT_EXACT))
    {
      atomic_store (&slot->cpu_ns, (uint64_t) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000000U +
                                     (uint64_t) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1000U);
      atomic_store (&slot->voluntary, (uint64_t) usage.ru_nvcsw);
      atomic_store (&slot->involuntary, (uint64_t) usage.ru_nivcsw);
    }
  atomic_store (&slot->wait_status, status);
  atomic_fetch_or (&slot->flags, JUGGLER_SLOT_REAPED);
  juggler_recorder_event (context, JUGGLER_EVENT_REAPED, worker, status);
  return 1;
}

/* What both a worker process and main do when their steps are done; the order is CPython's: main runs
 * threading._shutdown(), then multiprocessing's exit function; a child the other way round (Process._bootstrap). */
static void
join_threads (JugglerContext *context)
{
  for (uint32_t i = 0; i < this_process.n_started; i++)
    {
      uint32_t worker = this_process.started[i];

      if (!is_process (context, worker) && !is_daemon (context, worker))
        juggler_life_join (context, worker, -1);
    }
}

static void
end_children (JugglerContext *context)
{
  for (uint32_t i = 0; i < this_process.n_started; i++)
    {
      uint32_t worker = this_process.started[i];
      JugglerSlot *slot = juggler_shared_slot (context->shared, worker);

      if (is_process (context, worker) && is_daemon (context, worker) &&
          !(atomic_load (&slot->flags) & JUGGLER_SLOT_REAPED))
        {
          atomic_fetch_or (&slot->flags, JUGGLER_SLOT_DAEMON_CUT);
          juggler_life_signal (context, worker, SIGTERM);
        }
    }
  for (uint32_t i = 0; i < this_process.n_started; i++)
    if (is_process (context, this_process.started[i]))
      juggler_life_join (context, this_process.started[i], -1);
}

static _Noreturn void
end_process (JugglerContext *context,
             JugglerEnd      end)
{
  juggler_recorder_event (context, JUGGLER_EVENT_STEPS_DONE, JUGGLER_NONE, end.code);
  atomic_fetch_or (&context->slot->flags, JUGGLER_SLOT_STEPS_DONE);
  if (context->index == 0)
    {
      join_threads (context);
      end_children (context);
    }
  else
    {
      end_children (context);
      join_threads (context);
    }
  if (juggler_context_stopped (context))
    juggler_life_park ();
  end.code = (uint8_t) end.code;
  finish (context, end.failed ? JUGGLER_SLOT_FAILED : JUGGLER_SLOT_FINISHED, end.code);
  _exit ((int) end.code);
}

static _Noreturn void
child_main (uint32_t worker,
            pid_t    parent)
{
  JugglerContext context;

  this_process.leader = worker;
  this_process.n_started = 0;
  juggler_signals_follow_parent (parent);
  context_init (&context, worker);
  register_life (context.slot);
  enter (&context);
  end_process (&context, juggler_interpreter_run (&context));
}

static void
start_process (JugglerContext *context,
               uint32_t        worker)
{
  JugglerSlot *slot = juggler_shared_slot (context->shared, worker);
  pid_t parent = getpid ();
  pid_t pid;

  atomic_store (&slot->ppid, parent);
  pid = fork ();
  if (pid == 0)
    child_main (worker, parent);
  if (pid < 0)
    {
      int error = errno;

      not_started (slot);
      juggler_life_refused (context->shared, JUGGLER_REFUSED_PROCESS, error, worker);
    }
  /* Both sides write the same: whoever comes first, the keeper can find the child. */
  atomic_store (&slot->tid, pid);
  atomic_store (&slot->pid, pid);
}

static int
fail (JugglerContext *context,
      JugglerFailure  failure,
      uint32_t        object)
{
  atomic_store (&context->slot->failure_object, object);
  atomic_store (&context->slot->failure, failure);
  return -1;
}

int
juggler_life_start (JugglerContext *context,
                    uint32_t        worker)
{
  JugglerSlot *slot = juggler_shared_slot (context->shared, worker);
  uint32_t expected = JUGGLER_SLOT_NEVER_STARTED;

  if (context->index != 0 && context->group->daemon)
    return fail (context, JUGGLER_FAILURE_START_BY_DAEMON, worker);
  if (!atomic_compare_exchange_strong (&slot->state, &expected, JUGGLER_SLOT_STARTING))
    return fail (context, JUGGLER_FAILURE_START_TWICE, worker);

  atomic_store (&slot->parent, context->index);
  atomic_store (&slot->process, is_process (context, worker) ? worker : this_process.leader);
  /* What it will say of itself, should it end before its first instruction. */
  atomic_store (&slot->start_ticks, juggler_context_ticks (context));
  atomic_store (&slot->globals_address, (uint64_t) (uintptr_t) this_process.globals);
  publish_values (context, juggler_shared_values (context->shared, worker));
  juggler_recorder_event (context, JUGGLER_EVENT_STARTED, worker, 0);
  if (is_process (context, worker))
    start_process (context, worker);
  else
    start_thread (context, worker);
  /* A list, not a walk over all slots at the end: each slot is a page that a child would have to touch. */
  this_process.started[this_process.n_started++] = worker;
  return 0;
}

/* Waits until a thread has ended; returns 0 on time-out. */
static int
wait_thread (JugglerContext *context,
             uint32_t        worker,
             int64_t         timeout_ms)
{
  JugglerSlot *slot = juggler_shared_slot (context->shared, worker);
  struct timespec deadline;

  clock_gettime (CLOCK_MONOTONIC, &deadline);
  deadline.tv_sec += timeout_ms / 1000;
  deadline.tv_nsec += (timeout_ms % 1000) * 1000000;
  if (deadline.tv_nsec >= 1000000000)
    {
      deadline.tv_sec++;
      deadline.tv_nsec -= 1000000000;
    }
  while (!atomic_load (&slot->done_word))
    if (syscall (SYS_futex, &slot->done_word, FUTEX_WAIT_BITSET, 0, timeout_ms < 0 ? NULL : &deadline, NULL,
                 FUTEX_BITSET_MATCH_ANY) < 0 && errno == ETIMEDOUT)
      return atomic_load (&slot->done_word) != 0;
  return 1;
}

/* Waits until a child process has ended; returns 0 on time-out. */
static int
wait_process (JugglerContext *context,
              uint32_t        worker,
              int64_t         timeout_ms)
{
  uint64_t deadline = juggler_clock_monotonic_ns () + (uint64_t) (timeout_ms < 0 ? 0 : timeout_ms) * 1000000U;
  int fd;

  if (timeout_ms < 0)
    return reap (context, worker, 0);

  /* A descriptor for the length of this wait only; where there is none (Linux before 5.3, or no descriptors left) look
   * again every millisecond. */
  fd = (int) syscall (SYS_pidfd_open, atomic_load (&juggler_shared_slot (context->shared, worker)->pid), 0);
  for (;;)
    {
      uint64_t now = juggler_clock_monotonic_ns ();
      int64_t left_ms = now >= deadline ? 0 : (int64_t) ((deadline - now + 999999U) / 1000000U);
      struct pollfd pollfd = { .fd = fd, .events = POLLIN };

      if (reap (context, worker, WNOHANG))
        break;
      if (left_ms == 0)
        {
          if (fd >= 0)
            close (fd);
          return 0;
        }
      if (fd < 0)
        left_ms = 1;
      else if (left_ms > INT32_MAX)
        left_ms = INT32_MAX;
      poll (&pollfd, fd < 0 ? 0 : 1, (int) left_ms);
    }
  if (fd >= 0)
    close (fd);
  return 1;
}

static int
has_ended (JugglerContext *context,
           uint32_t        worker)
{
  const JugglerSlot *slot = juggler_shared_slot (context->shared, worker);

  if (is_process (context, worker))
    return reap (context, worker, WNOHANG);
  return atomic_load (&slot->done_word) != 0;
}

int
juggler_life_join (JugglerContext *context,
                   uint32_t        worker,
                   int64_t         timeout_ms)
{
  JugglerSlot *slot = juggler_shared_slot (context->shared, worker);
  int ended = 1;

  if (worker == context->index)
    return fail (context, JUGGLER_FAILURE_JOIN_SELF, worker);
  if (atomic_load (&slot->state) == JUGGLER_SLOT_NEVER_STARTED)
    return fail (context, JUGGLER_FAILURE_JOIN_NOT_STARTED, worker);
  if (!started_here (context, worker))
    return fail (context, JUGGLER_FAILURE_JOIN_FOREIGN, worker);
  if (atomic_load (&slot->flags) & JUGGLER_SLOT_JOINED)
    return 0;

  if (!has_ended (context, worker))
    {
      uint32_t at_end = atomic_load (&context->slot->flags) & JUGGLER_SLOT_STEPS_DONE ? JUGGLER_JOIN_AT_END : 0;
      uint64_t begin = juggler_recorder_wait_begin (context, JUGGLER_SLOT_WAITING_JOIN, worker, JUGGLER_NONE,
                                                    timeout_ms >= 0);

      ended = is_process (context, worker) ? wait_process (context, worker, timeout_ms)
                                           : wait_thread (context, worker, timeout_ms);
      juggler_recorder_wait_end (context, begin, JUGGLER_SPAN_JOIN, worker, JUGGLER_NONE,
                                 at_end | (ended ? 0 : JUGGLER_SPAN_TIMED_OUT));
    }
  if (!ended)
    return 0;
  if (!is_process (context, worker))
    pthread_join (this_process.threads[worker], NULL);
  atomic_fetch_or (&slot->flags, JUGGLER_SLOT_JOINED);
  juggler_recorder_event (context, JUGGLER_EVENT_JOINED, worker, 0);
  return 0;
}

int
juggler_life_signal (JugglerContext *context,
                     uint32_t        worker,
                     int             signal_number)
{
  JugglerSlot *slot = juggler_shared_slot (context->shared, worker);

  if (atomic_load (&slot->state) == JUGGLER_SLOT_NEVER_STARTED)
    return fail (context, JUGGLER_FAILURE_SIGNAL_NOT_STARTED, worker);
  if (!started_here (context, worker))
    return fail (context, JUGGLER_FAILURE_SIGNAL_FOREIGN, worker);
  if (!is_process (context, worker))
    return fail (context, JUGGLER_FAILURE_SIGNAL_THREAD, worker);
  /* Once reaped, the number may belong to somebody else. */
  if (atomic_load (&slot->flags) & JUGGLER_SLOT_REAPED)
    return 0;
  kill (atomic_load (&slot->pid), signal_number);
  /* The keeper looks more often for a while: a death that was asked for is placed to the millisecond. */
  kill (atomic_load (&context->shared->keeper_pid), SIGUSR1);
  juggler_recorder_event (context, JUGGLER_EVENT_SIGNALLED, worker, signal_number);
  return 0;
}

_Noreturn void
juggler_life_hard_exit (JugglerContext *context,
                        int64_t         code)
{
  /* Before the end itself: a child reads it the moment its parent is gone. */
  atomic_fetch_or (&juggler_shared_slot (context->shared, this_process.leader)->flags, JUGGLER_SLOT_LEFT);
  if (context->index == this_process.leader)
    finish (context, JUGGLER_SLOT_FINISHED, (uint8_t) code);
  else
    juggler_recorder_end (context); /* it vanishes with the process, whose end this is */
  _exit ((uint8_t) code);
}

_Noreturn void
juggler_life_crash (JugglerContext *context)
{
  publish_values (context, context->values);
  atomic_store (&juggler_shared_slot (context->shared, this_process.leader)->death_ticks,
                juggler_context_ticks (context));
  signal (SIGABRT, SIG_DFL);
  abort ();
}

/* Main */

/* Memory that costs nothing until it is touched. */
static void *
reserve_memory (JugglerShared *shared,
                size_t         size)
{
  void *memory = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

  if (memory == MAP_FAILED)
    juggler_life_refused (shared, JUGGLER_REFUSED_MEMORY, errno, 0);
  return memory;
}

static void
main_prepare (JugglerShared *shared,
              int            doorbell)
{
  const JugglerPlan *plan = juggler_shared_plan (shared);

  this_process.shared = shared;
  this_process.plan = plan;
  this_process.clock = (JugglerClockSource) shared->clock;
  this_process.doorbell = doorbell;
  this_process.jump_ticks = shared->ticks_per_second / 50000U;
  this_process.leader = 0;
  this_process.threads = reserve_memory (shared, sizeof (pthread_t) * shared->n_workers);
  this_process.started = reserve_memory (shared, sizeof (uint32_t) * shared->n_workers);
  if (shared->globals_offset != 0)
    {
      this_process.globals = (unsigned char *) shared + shared->globals_offset;
    }
  else if (shared->globals_size > 0)
    {
      this_process.globals = reserve_memory (shared, shared->globals_size);
      /* A huge page would be copied as a whole by each child's first write. */
      madvise (this_process.globals, shared->globals_size, MADV_NOHUGEPAGE);
    }
  juggler_globals_init (this_process.globals, plan);
}

_Noreturn void
juggler_life_main (JugglerShared   *shared,
                   int              doorbell,
                   const cpu_set_t *cores)
{
  JugglerContext context;
  JugglerSlot *slot = juggler_shared_slot (shared, 0);

  this_process.cores = *cores;
  this_process.shared = shared;
  register_life (slot);
  main_prepare (shared, doorbell);
  juggler_signals_install (&this_process);
  juggler_signals_follow_parent (atomic_load (&shared->keeper_pid));
  atomic_store (&slot->parent, JUGGLER_NONE);
  atomic_store (&slot->ppid, getppid ());
  atomic_store (&slot->globals_address, (uint64_t) (uintptr_t) this_process.globals);
  atomic_store (&slot->state, JUGGLER_SLOT_STARTING);
  context_init (&context, 0);
  enter (&context);
  atomic_store (&shared->start_monotonic_ns, juggler_clock_monotonic_ns ());
  atomic_store (&shared->start_ticks, atomic_load (&slot->start_ticks));
  end_process (&context, juggler_interpreter_run (&context));
}
