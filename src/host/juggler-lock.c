/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Locks whose owner is always known
 *
 * One word: the owner's worker index + 1, and a bit that says that somebody may wait. It is taken by one
 * compare-and-swap, so there is no moment at which the lock is held and the word does not say by whom: whoever is
 * killed in the middle of a loop, even by SIGKILL, leaves its name. (glibc's mutex writes its owner in a second store;
 * of 3 000 locks whose owner was killed in such a loop 85 % did not name it. Its robust mutexes do, by the same
 * protocol as here, but reach 0.80 of a normal one's speed.)
 *
 * Why the worker's index and not its TID, as the kernel's robust futexes have it: an index is never used again within
 * a run, a TID may be, so a dead owner can not be mistaken for a living thread; and the reader needs no table. The
 * kernel's help (FUTEX_OWNER_DIED) is not needed: the keeper reaps every process, and hands robust locks on by
 * juggler_lock_owner_died().
 *
 * The futexes are not FUTEX_PRIVATE: the memory is shared, waiters may be in several processes, and the keeper, yet
 * another process, must be able to wake them.
 *
 * The protocol of a waiter (Drepper, "Futexes Are Tricky", mutex 2, with the owner in place of 1): set WAITERS in the
 * word as it stands, sleep while it stays so, and take a free word with WAITERS set, since there may be others. */

#include "juggler-lock.h"

#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "juggler-lock-private.h"
#include "juggler-recorder.h"

#define NS_PER_S 1000000000
#define LONGEST_TIMEOUT_MS (INT64_C (1) << 40) /* 34 years; keeps the sum in a time_t */
#define SPINS_BETWEEN_LOOKS 256
#define DEEPEST ((uint32_t) INT32_MAX)

static inline uint32_t
owner_of (uint32_t word)
{
  return word & JUGGLER_LOCK_OWNER_MASK;
}

static uint32_t
holder_of (uint32_t word)
{
  return owner_of (word) != 0 ? owner_of (word) - 1 : JUGGLER_NONE;
}

static JugglerLockKind
kind_of (const JugglerContext *context,
         uint32_t              lock)
{
  return (JugglerLockKind) juggler_plan_lock (context->process->plan, lock)->kind;
}

static void
wake (JugglerLock *lock,
      int          how_many)
{
  syscall (SYS_futex, &lock->word, FUTEX_WAKE, how_many, NULL, NULL, 0);
}

void
juggler_lock_wake (JugglerLock *lock)
{
  wake (lock, 1);
}

/* Waits on the word; FUTEX_WAIT_BITSET, since its time is absolute (futex(2)). Returns 0 or an errno. */
static int
wait_on_word (JugglerLock           *lock,
              uint32_t               word,
              const struct timespec *deadline)
{
  if (syscall (SYS_futex, &lock->word, FUTEX_WAIT_BITSET, word, deadline, NULL, FUTEX_BITSET_MATCH_ANY) == 0)
    return 0;
  return errno;
}

/* The lock was got after its word was free, by a way that is not juggler_lock_try(). Returns who had it before. */
static uint32_t
take_note (JugglerContext *context,
           uint32_t        index,
           JugglerLock    *lock)
{
  uint32_t before = atomic_load_explicit (&lock->last_owner, memory_order_relaxed);
  uint32_t dead;

  atomic_store_explicit (&lock->last_owner, context->index + 1, memory_order_relaxed);
  atomic_store_explicit (&lock->turns, atomic_load_explicit (&lock->turns, memory_order_relaxed) + 1,
                         memory_order_relaxed);
  dead = atomic_load_explicit (&lock->owner_died, memory_order_relaxed);
  if (dead != 0)
    {
      atomic_store_explicit (&lock->owner_died, 0, memory_order_relaxed);
      juggler_recorder_event (context, JUGGLER_EVENT_OWNER_DIED, index, dead - 1);
    }
  return before != 0 ? before - 1 : JUGGLER_NONE;
}

/* One look of a waiter that sleeps. Returns whether it is over, with `result`. */
static bool
sleep_once (JugglerContext        *context,
            JugglerLock           *lock,
            const struct timespec *deadline,
            JugglerLockResult     *result)
{
  uint32_t word = atomic_load_explicit (&lock->word, memory_order_relaxed);
  int      error;

  if (owner_of (word) == 0)
    {
      *result = JUGGLER_LOCK_GOT;
      return atomic_compare_exchange_strong_explicit (&lock->word, &word, (context->index + 1) | JUGGLER_LOCK_WAITERS,
                                                      memory_order_acquire, memory_order_relaxed);
    }
  if ((word & JUGGLER_LOCK_WAITERS) == 0)
    {
      if (!atomic_compare_exchange_strong_explicit (&lock->word, &word, word | JUGGLER_LOCK_WAITERS,
                                                    memory_order_relaxed, memory_order_relaxed))
        return false;
      word |= JUGGLER_LOCK_WAITERS;
    }
  atomic_store_explicit (&context->slot->wait_holder, owner_of (word) - 1, memory_order_relaxed);

  error = wait_on_word (lock, word, deadline);
  if (juggler_context_stopped (context))
    {
      *result = JUGGLER_LOCK_STOPPED;
      return true;
    }
  *result = JUGGLER_LOCK_TIMED_OUT;
  return error == ETIMEDOUT;
}

static inline void
pause_a_moment (void)
{
#if defined(__x86_64__)
  __builtin_ia32_pause ();
#elif defined(__aarch64__)
  __asm__ volatile ("yield");
#endif
}

static bool
is_past (const struct timespec *deadline)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return now.tv_sec > deadline->tv_sec || (now.tv_sec == deadline->tv_sec && now.tv_nsec >= deadline->tv_nsec);
}

/* The same of a waiter that spins: keeps the core, and reads only, until the word is free (test and test-and-set). */
static bool
spin_once (JugglerContext        *context,
           JugglerLock           *lock,
           const struct timespec *deadline,
           JugglerLockResult     *result)
{
  for (int i = 0; i < SPINS_BETWEEN_LOOKS; i++)
    {
      uint32_t word = atomic_load_explicit (&lock->word, memory_order_relaxed);

      if (owner_of (word) == 0
          && atomic_compare_exchange_strong_explicit (&lock->word, &word, context->index + 1, memory_order_acquire,
                                                      memory_order_relaxed))
        {
          *result = JUGGLER_LOCK_GOT;
          return true;
        }
      pause_a_moment ();
    }
  atomic_store_explicit (&context->slot->wait_holder,
                         holder_of (atomic_load_explicit (&lock->word, memory_order_relaxed)), memory_order_relaxed);
  if (juggler_context_stopped (context))
    {
      *result = JUGGLER_LOCK_STOPPED;
      return true;
    }
  *result = JUGGLER_LOCK_TIMED_OUT;
  return deadline != NULL && is_past (deadline);
}

/* Locking once more what one holds: deeper for an rlock; for the others the wait for oneself that it is. */
static JugglerLockResult
take_deeper (JugglerLock *lock)
{
  uint32_t depth = atomic_load_explicit (&lock->depth, memory_order_relaxed);

  if (depth == DEEPEST)
    return JUGGLER_LOCK_TOO_DEEP;
  atomic_store_explicit (&lock->depth, depth + 1, memory_order_relaxed);
  return JUGGLER_LOCK_GOT;
}

JugglerLockResult
juggler_lock_take_slowly (JugglerContext        *context,
                          uint32_t               index,
                          const struct timespec *deadline,
                          uint32_t              *from)
{
  JugglerLock      *lock = juggler_shared_lock (context->shared, index);
  JugglerLockKind   kind = kind_of (context, index);
  JugglerLockResult result = JUGGLER_LOCK_GOT;
  uint32_t          word = atomic_load_explicit (&lock->word, memory_order_relaxed);
  uint32_t          holder = holder_of (word);
  uint32_t          flags;
  uint64_t          begin;

  *from = JUGGLER_NONE;
  if (kind == JUGGLER_LOCK_RLOCK && owner_of (word) == context->index + 1)
    return take_deeper (lock);

  begin = juggler_recorder_wait_begin (context, JUGGLER_SLOT_WAITING_LOCK, index, holder, deadline != NULL);
  while (kind == JUGGLER_LOCK_SPIN ? !spin_once (context, lock, deadline, &result)
                                   : !sleep_once (context, lock, deadline, &result))
    ;
  flags = result == JUGGLER_LOCK_GOT ? JUGGLER_SPAN_GRANTED : 0;
  if (result == JUGGLER_LOCK_TIMED_OUT)
    flags = JUGGLER_SPAN_TIMED_OUT;
  if (result == JUGGLER_LOCK_GOT)
    *from = take_note (context, index, lock);
  context->recorder.got_from = *from;
  juggler_recorder_wait_end (context, begin, JUGGLER_SPAN_LOCK, index, holder != JUGGLER_NONE ? holder : *from, flags);
  return result;
}

static void
deadline_after (struct timespec *deadline,
                int64_t          timeout_ms)
{
  if (timeout_ms > LONGEST_TIMEOUT_MS)
    timeout_ms = LONGEST_TIMEOUT_MS;
  clock_gettime (CLOCK_MONOTONIC, deadline);
  deadline->tv_sec += (time_t) (timeout_ms / 1000);
  deadline->tv_nsec += (long) (timeout_ms % 1000) * 1000000;
  if (deadline->tv_nsec >= NS_PER_S)
    {
      deadline->tv_sec++;
      deadline->tv_nsec -= NS_PER_S;
    }
}

/* Remembers since when the lock is held, for the record at its release. More locks at once than there are places are
 * held unrecorded, and counted as dropped. */
static void
remember_held (JugglerContext *context,
               uint32_t        lock,
               uint64_t        got,
               uint32_t        from)
{
  JugglerRecorder *recorder = &context->recorder;

  if (!recorder->enabled)
    return;
  if (recorder->n_held == JUGGLER_MAX_HELD)
    {
      juggler_ring_drop (&context->ring);
      return;
    }
  recorder->held[recorder->n_held++] = (JugglerHeldLock){ lock, from, got };
}

static void
record_released (JugglerContext *context,
                 uint32_t        lock,
                 uint64_t        released)
{
  JugglerRecorder *recorder = &context->recorder;

  /* The last one taken is most often the first one released. */
  for (uint32_t i = recorder->n_held; i-- > 0;)
    {
      JugglerHeldLock held = recorder->held[i];

      if (held.lock != lock)
        continue;
      recorder->held[i] = recorder->held[--recorder->n_held];
      juggler_recorder_held (context, lock, held.got, released, held.from);
      return;
    }
}

JugglerLockResult
juggler_lock_acquire (JugglerContext *context,
                      uint32_t        index,
                      int64_t         timeout_ms)
{
  JugglerLock      *lock = juggler_shared_lock (context->shared, index);
  struct timespec   deadline;
  uint32_t          from = JUGGLER_NONE;
  JugglerLockResult result;

  if (juggler_lock_try (lock, context->index + 1))
    {
      remember_held (context, index, juggler_context_ticks (context), JUGGLER_NONE);
      return JUGGLER_LOCK_GOT;
    }
  if (timeout_ms >= 0)
    deadline_after (&deadline, timeout_ms);
  result = juggler_lock_take_slowly (context, index, timeout_ms >= 0 ? &deadline : NULL, &from);
  /* An rlock is held from its first lock to its last unlock. */
  if (result == JUGGLER_LOCK_GOT && atomic_load_explicit (&lock->depth, memory_order_relaxed) == 0)
    remember_held (context, index, context->recorder.last_ticks, from);
  return result;
}

JugglerLockResult
juggler_lock_release (JugglerContext *context,
                      uint32_t        index)
{
  JugglerLock *lock = juggler_shared_lock (context->shared, index);
  bool         deep = atomic_load_explicit (&lock->depth, memory_order_relaxed) != 0;
  uint64_t     released;

  if (owner_of (atomic_load_explicit (&lock->word, memory_order_relaxed)) != context->index + 1)
    return JUGGLER_LOCK_NOT_HELD;
  /* Before it is let go, so that it ends before the next owner's begins. */
  released = juggler_context_ticks (context);
  if (juggler_lock_let_go (lock))
    juggler_lock_wake (lock);
  if (!deep && context->recorder.enabled)
    record_released (context, index, released);
  return JUGGLER_LOCK_GOT;
}

int
juggler_lock_owner_died (JugglerShared *shared,
                         uint32_t       index,
                         uint32_t       worker)
{
  JugglerLock *lock = juggler_shared_lock (shared, index);
  uint32_t     word = atomic_load_explicit (&lock->word, memory_order_acquire);

  while (owner_of (word) == worker + 1)
    {
      atomic_store_explicit (&lock->depth, 0, memory_order_relaxed);
      atomic_store_explicit (&lock->owner_died, worker + 1, memory_order_relaxed);
      if (atomic_compare_exchange_weak_explicit (&lock->word, &word, JUGGLER_LOCK_DIED, memory_order_release,
                                                 memory_order_acquire))
        {
          wake (lock, INT_MAX);
          return 1;
        }
    }
  return 0;
}

void
juggler_lock_worker_died (JugglerShared *shared,
                          uint32_t       worker)
{
  const JugglerPlan *plan = juggler_shared_plan (shared);

  for (uint32_t i = 0; i < juggler_plan_count (plan, JUGGLER_TABLE_LOCKS); i++)
    {
      JugglerLock *lock = juggler_shared_lock (shared, i);

      if (juggler_plan_lock (plan, i)->kind == JUGGLER_LOCK_ROBUST && juggler_lock_owner_died (shared, i, worker))
        continue;
      /* Also where somebody else has it by now: that one may have taken the free word without knowing of waiters. */
      wake (lock, INT_MAX);
    }
}
