/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "host-fixture.h"
#include "juggler-lock.h"
#include "juggler-native.h"
#include "juggler-recorder.h"

#define N_KILLS 3000
#define N_TURNS 100000

enum
{
  MUTEX,
  ROBUST,
  SPIN,
  RLOCK,
  N_LOCKS,
};

#define N_WORKERS 4

static HostFixture *
make_fixture (void)
{
  PlanBuilder *builder = plan_builder_new ();
  size_t       size;
  JugglerPlan *plan;

  plan_builder_global (builder, "g_num", 0);
  plan_builder_lock (builder, "mutex", JUGGLER_LOCK_MUTEX);
  plan_builder_lock (builder, "robust", JUGGLER_LOCK_ROBUST);
  plan_builder_lock (builder, "spin", JUGGLER_LOCK_SPIN);
  plan_builder_lock (builder, "rlock", JUGGLER_LOCK_RLOCK);
  plan_builder_group (builder, "w", JUGGLER_KIND_PROCESS, plan_builder_task (builder, "t", NULL, 0), N_WORKERS);
  builder->shared_globals = 1;
  plan = plan_builder_end (builder, &size);
  return host_fixture_new (plan, size, 0, TRUE);
}

static JugglerContext *
start_worker (HostFixture *fixture,
              uint32_t     worker)
{
  JugglerContext *context = host_fixture_context (fixture, worker);

  juggler_recorder_start (context);
  return context;
}

static uint32_t
word_of (HostFixture *fixture,
         uint32_t     lock)
{
  return atomic_load (&juggler_shared_lock (fixture->shared, lock)->word);
}

/* A plain counter, no atomic: only mutual exclusion keeps it right. */
static int64_t *
counter_of (HostFixture *fixture)
{
  return (int64_t *) fixture->process.globals;
}

static void
take_turns (HostFixture *fixture,
            uint32_t     worker,
            uint32_t     lock)
{
  JugglerContext *context = start_worker (fixture, worker);

  for (unsigned i = 0; i < N_TURNS; i++)
    {
      g_assert_cmpint (juggler_lock_acquire (context, lock, -1), ==, JUGGLER_LOCK_GOT);
      *counter_of (fixture) += 1;
      g_assert_cmpint (juggler_lock_release (context, lock), ==, JUGGLER_LOCK_GOT);
    }
  juggler_recorder_end (context);
  g_free (context);
}

typedef struct
{
  HostFixture *fixture;
  uint32_t     worker;
  uint32_t     lock;
} Turns;

static gpointer
turns_thread (gpointer data)
{
  Turns *turns = data;

  take_turns (turns->fixture, turns->worker, turns->lock);
  return NULL;
}

static void
test_threads (gconstpointer data)
{
  uint32_t     lock = GPOINTER_TO_UINT (data);
  HostFixture *fixture = make_fixture ();
  Turns        turns[N_WORKERS];
  GThread     *threads[N_WORKERS];
  /* More than cores, but spinning beside one another they would spin away whole time slices. */
  unsigned n = lock == SPIN ? 2 : N_WORKERS;

  for (unsigned i = 0; i < n; i++)
    {
      turns[i] = (Turns){ fixture, i + 1, lock };
      threads[i] = g_thread_new ("worker", turns_thread, &turns[i]);
    }
  for (unsigned i = 0; i < n; i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (*counter_of (fixture), ==, n * N_TURNS);
  g_assert_cmpuint (atomic_load (&juggler_shared_lock (fixture->shared, lock)->turns), ==, n * N_TURNS);
  g_assert_cmpuint (word_of (fixture, lock) & JUGGLER_LOCK_OWNER_MASK, ==, 0);
  host_fixture_free (fixture);
}

static void
test_processes (gconstpointer data)
{
  uint32_t     lock = GPOINTER_TO_UINT (data);
  HostFixture *fixture = make_fixture ();

  for (unsigned i = 0; i < 2; i++)
    {
      pid_t pid = fork ();

      g_assert_cmpint (pid, >=, 0);
      if (pid == 0)
        {
          take_turns (fixture, i + 1, lock);
          _exit (0);
        }
    }
  for (unsigned i = 0; i < 2; i++)
    {
      int status = -1;

      g_assert_cmpint (wait (&status), >, 0);
      g_assert_cmpint (status, ==, 0);
    }
  g_assert_cmpint (*counter_of (fixture), ==, 2 * N_TURNS);
  host_fixture_free (fixture);
}

static void
test_owner (void)
{
  HostFixture    *fixture = make_fixture ();
  JugglerContext *first = start_worker (fixture, 1);
  JugglerContext *second = start_worker (fixture, 2);

  for (uint32_t lock = 0; lock < N_LOCKS; lock++)
    {
      g_assert_cmpint (juggler_lock_release (first, lock), ==, JUGGLER_LOCK_NOT_HELD);
      g_assert_cmpint (juggler_lock_acquire (first, lock, -1), ==, JUGGLER_LOCK_GOT);
      g_assert_cmpuint (word_of (fixture, lock), ==, 2);
      g_assert_cmpint (juggler_lock_release (second, lock), ==, JUGGLER_LOCK_NOT_HELD);
      g_assert_cmpuint (word_of (fixture, lock), ==, 2);
      g_assert_cmpint (juggler_lock_release (first, lock), ==, JUGGLER_LOCK_GOT);
      g_assert_cmpuint (word_of (fixture, lock), ==, 0);
      g_assert_cmpint (juggler_lock_release (first, lock), ==, JUGGLER_LOCK_NOT_HELD);
      g_assert_cmpuint (atomic_load (&juggler_shared_lock (fixture->shared, lock)->last_owner), ==, 2);
    }
  g_free (first);
  g_free (second);
  host_fixture_free (fixture);
}

static void
test_rlock (void)
{
  HostFixture    *fixture = make_fixture ();
  JugglerContext *context = start_worker (fixture, 1);
  JugglerContext *other = start_worker (fixture, 2);
  JugglerLock    *lock = juggler_shared_lock (fixture->shared, RLOCK);

  for (unsigned i = 0; i < 5; i++)
    {
      g_assert_cmpint (juggler_lock_acquire (context, RLOCK, -1), ==, JUGGLER_LOCK_GOT);
      g_assert_cmpuint (atomic_load (&lock->depth), ==, i);
    }
  for (unsigned i = 5; i-- > 0;)
    {
      g_assert_cmpint (juggler_lock_acquire (other, RLOCK, 0), ==, JUGGLER_LOCK_TIMED_OUT);
      g_assert_cmpint (juggler_lock_release (context, RLOCK), ==, JUGGLER_LOCK_GOT);
    }
  g_assert_cmpint (juggler_lock_acquire (other, RLOCK, 0), ==, JUGGLER_LOCK_GOT);
  atomic_store (&lock->depth, INT32_MAX);
  g_assert_cmpint (juggler_lock_acquire (other, RLOCK, -1), ==, JUGGLER_LOCK_TOO_DEEP);
  g_free (context);
  g_free (other);
  host_fixture_free (fixture);
}

/* The last record of a kind in a worker's ring; free with g_free(). */
static void *
last_span (HostFixture *fixture,
           uint32_t     worker)
{
  GPtrArray *records = host_fixture_drain (fixture, worker);
  void      *found = NULL;

  for (unsigned i = 0; i < records->len; i++)
    {
      JugglerRecordSpan *span = g_ptr_array_index (records, i);

      if (span->head.type != JUGGLER_RECORD_SPAN || span->kind != JUGGLER_SPAN_LOCK)
        continue;
      g_free (found);
      found = g_memdup2 (span, sizeof *span);
    }
  g_ptr_array_unref (records);
  return found;
}

/* A time-out gives up, says so in the span, and leaves the owner's lock alone. */
static void
test_timeout (gconstpointer data)
{
  uint32_t           lock = GPOINTER_TO_UINT (data);
  HostFixture       *fixture = make_fixture ();
  JugglerContext    *owner = start_worker (fixture, 1);
  JugglerContext    *waiter = start_worker (fixture, 2);
  JugglerRecordSpan *span;
  uint64_t           before;

  g_assert_cmpint (juggler_lock_acquire (owner, lock, -1), ==, JUGGLER_LOCK_GOT);
  before = juggler_clock_monotonic_ns ();
  g_assert_cmpint (juggler_lock_acquire (waiter, lock, 30), ==, JUGGLER_LOCK_TIMED_OUT);
  g_assert_cmpuint (juggler_clock_monotonic_ns () - before, >=, 30000000);
  g_assert_cmpuint (word_of (fixture, lock) & JUGGLER_LOCK_OWNER_MASK, ==, 2);
  g_assert_cmpuint (atomic_load (&waiter->slot->state), ==, JUGGLER_SLOT_RUNNING);
  g_assert_cmpuint (atomic_load (&waiter->slot->flags) & JUGGLER_SLOT_WAIT_TIMED, ==, 0);
  g_assert_cmpuint (atomic_load (&waiter->slot->wait_sequence) % 2, ==, 0);
  span = last_span (fixture, 2);
  g_assert_nonnull (span);
  g_assert_cmpuint (span->object, ==, lock);
  g_assert_cmpuint (span->holder, ==, 1);
  g_assert_cmpuint (span->flags, ==, JUGGLER_SPAN_TIMED_OUT);

  g_assert_cmpint (juggler_lock_release (owner, lock), ==, JUGGLER_LOCK_GOT);
  g_assert_cmpint (juggler_lock_acquire (waiter, lock, 30), ==, JUGGLER_LOCK_GOT);
  g_assert_cmpint (juggler_lock_release (waiter, lock), ==, JUGGLER_LOCK_GOT);
  /* The longest time-out there is is no error. */
  g_assert_cmpint (juggler_lock_acquire (waiter, lock, INT64_MAX), ==, JUGGLER_LOCK_GOT);
  g_free (span);
  g_free (owner);
  g_free (waiter);
  host_fixture_free (fixture);
}

static void
wait_until_waiting (HostFixture *fixture,
                    uint32_t     worker,
                    uint32_t     lock,
                    uint32_t     holder)
{
  JugglerSlot *slot = juggler_shared_slot (fixture->shared, worker);

  while (atomic_load (&slot->state) != JUGGLER_SLOT_WAITING_LOCK
         || (word_of (fixture, lock) & JUGGLER_LOCK_WAITERS) == 0)
    g_usleep (100);
  g_assert_cmpuint (atomic_load (&slot->wait_object), ==, lock);
  g_assert_cmpuint (atomic_load (&slot->wait_holder), ==, holder);
  g_assert_cmpuint (atomic_load (&slot->wait_sequence) % 2, ==, 1);
}

typedef struct
{
  HostFixture      *fixture;
  JugglerContext   *context;
  uint32_t          lock;
  JugglerLockResult result;
} Acquire;

static gpointer
acquire_thread (gpointer data)
{
  Acquire *acquire = data;

  acquire->result = juggler_lock_acquire (acquire->context, acquire->lock, -1);
  return NULL;
}

/* Who waits says for what and for whom, and is handed the lock. */
static void
test_hand_over (void)
{
  HostFixture       *fixture = make_fixture ();
  JugglerContext    *owner = start_worker (fixture, 1);
  Acquire            acquire = { fixture, host_fixture_context (fixture, 2), MUTEX, JUGGLER_LOCK_TIMED_OUT };
  JugglerRecordSpan *span;
  GThread           *thread;

  juggler_recorder_start (acquire.context);
  g_assert_cmpint (juggler_lock_acquire (owner, MUTEX, -1), ==, JUGGLER_LOCK_GOT);
  thread = g_thread_new ("waiter", acquire_thread, &acquire);
  wait_until_waiting (fixture, 2, MUTEX, 1);
  g_usleep (2000);
  g_assert_cmpint (juggler_lock_release (owner, MUTEX), ==, JUGGLER_LOCK_GOT);
  g_thread_join (thread);
  g_assert_cmpint (acquire.result, ==, JUGGLER_LOCK_GOT);
  g_assert_cmpuint (word_of (fixture, MUTEX) & JUGGLER_LOCK_OWNER_MASK, ==, 3);
  span = last_span (fixture, 2);
  g_assert_nonnull (span);
  g_assert_cmpuint (span->holder, ==, 1);
  g_assert_cmpuint (span->flags, ==, JUGGLER_SPAN_GRANTED);
  g_assert_cmpuint (atomic_load (&acquire.context->slot->waited_ticks), >=, span->head.ticks - span->begin);
  g_free (span);
  g_free (owner);
  g_free (acquire.context);
  host_fixture_free (fixture);
}

/* The deadlock of one: a lock that is locked again by its owner waits for itself, and says so. */
static void
test_deadlock_of_one (gconstpointer data)
{
  uint32_t     lock = GPOINTER_TO_UINT (data);
  HostFixture *fixture = make_fixture ();
  pid_t        pid = fork ();

  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      JugglerContext *context = start_worker (fixture, 1);

      juggler_lock_acquire (context, lock, -1);
      juggler_lock_acquire (context, lock, -1);
      _exit (0);
    }
  wait_until_waiting (fixture, 1, lock, 1);
  g_usleep (20000);
  g_assert_cmpint (waitpid (pid, NULL, WNOHANG), ==, 0);
  g_assert_cmpuint (word_of (fixture, lock), ==, 2 | JUGGLER_LOCK_WAITERS);
  kill (pid, SIGKILL);
  waitpid (pid, NULL, 0);
  host_fixture_free (fixture);
}

/* A stopped run: who is woken after it does not take the lock. */
static void
test_stop (void)
{
  HostFixture    *fixture = make_fixture ();
  JugglerContext *owner = start_worker (fixture, 1);
  Acquire         acquire = { fixture, host_fixture_context (fixture, 2), MUTEX, JUGGLER_LOCK_GOT };
  GThread        *thread;

  juggler_recorder_start (acquire.context);
  g_assert_cmpint (juggler_lock_acquire (owner, MUTEX, -1), ==, JUGGLER_LOCK_GOT);
  thread = g_thread_new ("waiter", acquire_thread, &acquire);
  wait_until_waiting (fixture, 2, MUTEX, 1);
  g_usleep (2000);
  atomic_store (&fixture->shared->stop, 1);
  g_assert_cmpint (juggler_lock_release (owner, MUTEX), ==, JUGGLER_LOCK_GOT);
  g_thread_join (thread);
  g_assert_cmpint (acquire.result, ==, JUGGLER_LOCK_STOPPED);
  g_assert_cmpuint (word_of (fixture, MUTEX), ==, 0);
  g_free (owner);
  g_free (acquire.context);
  host_fixture_free (fixture);
}

/* Locks and unlocks for ever, and counts before and after: so the test knows, without the word, who was inside. */
typedef struct
{
  _Atomic uint64_t began;
  _Atomic uint64_t inside;
  _Atomic uint64_t outside;
} Progress;

_Noreturn static void
loop_for_ever (HostFixture *fixture,
               uint32_t     worker,
               uint32_t     lock,
               Progress    *progress)
{
  JugglerContext *context = start_worker (fixture, worker);

  for (;;)
    {
      if (juggler_lock_acquire (context, lock, -1) != JUGGLER_LOCK_GOT)
        _exit (1);
      atomic_fetch_add_explicit (&progress->inside, 1, memory_order_relaxed);
      atomic_fetch_add_explicit (&progress->outside, 1, memory_order_relaxed);
      if (juggler_lock_release (context, lock) != JUGGLER_LOCK_GOT)
        _exit (1);
      atomic_fetch_add_explicit (&progress->began, 1, memory_order_relaxed);
    }
}

/* 3 000 SIGKILLs of a worker in a mutex loop. Either the lock was free, or its word names the dead one: the two
 * counters beside the critical section say whether it died inside. */
static void
test_kills (void)
{
  HostFixture *fixture = make_fixture ();
  Progress    *progress = mmap (NULL, sizeof *progress, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  JugglerLock *lock = juggler_shared_lock (fixture->shared, MUTEX);
  unsigned     n_held = 0;

  for (unsigned i = 0; i < N_KILLS; i++)
    {
      uint32_t worker = 1 + i % N_WORKERS;
      uint32_t word;
      pid_t    pid;

      memset (progress, 0, sizeof *progress);
      atomic_store (&lock->word, 0);
      pid = fork ();
      g_assert_cmpint (pid, >=, 0);
      if (pid == 0)
        loop_for_ever (fixture, worker, MUTEX, progress);
      while (atomic_load (&progress->outside) < i % 200)
        ;
      kill (pid, SIGKILL);
      g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);

      word = atomic_load (&lock->word);
      g_assert_true (word == 0 || word == worker + 1);
      if (atomic_load (&progress->inside) != atomic_load (&progress->outside))
        g_assert_cmpuint (word, ==, worker + 1);
      n_held += word != 0;
    }
  g_test_message ("held at death: %u of %u", n_held, N_KILLS);
  g_assert_cmpuint (n_held, >, 0);
  munmap (progress, sizeof *progress);
  host_fixture_free (fixture);
}

/* A robust lock whose owner is killed goes to a waiter, who is told; killed again and again, nobody is forgotten. */
static void
test_robust (void)
{
  HostFixture    *fixture = make_fixture ();
  Progress       *progress = mmap (NULL, 2 * sizeof *progress, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
                                   0);
  JugglerLock    *lock = juggler_shared_lock (fixture->shared, ROBUST);
  pid_t           pids[2] = { -1, -1 };
  unsigned        n_handed_on = 0;

  for (unsigned i = 0; i < 300; i++)
    {
      unsigned victim = i % 2;
      uint64_t before;

      for (unsigned j = 0; j < 2; j++)
        {
          if (pids[j] > 0)
            continue;
          pids[j] = fork ();
          g_assert_cmpint (pids[j], >=, 0);
          if (pids[j] == 0)
            loop_for_ever (fixture, j + 1, ROBUST, &progress[j]);
        }
      before = atomic_load (&progress[victim].began);
      while (atomic_load (&progress[victim].began) < before + 1 + i % 50)
        g_usleep (20);
      kill (pids[victim], SIGKILL);
      g_assert_cmpint (waitpid (pids[victim], NULL, 0), ==, pids[victim]);
      pids[victim] = -1;
      if ((atomic_load (&lock->word) & JUGGLER_LOCK_OWNER_MASK) == victim + 1)
        n_handed_on++;
      juggler_lock_worker_died (fixture->shared, victim + 1);

      /* The other goes on, whatever the moment was; a lost wake-up hangs here until the test's time is over. */
      before = atomic_load (&progress[1 - victim].began);
      while (atomic_load (&progress[1 - victim].began) < before + 10)
        g_usleep (20);
    }
  for (unsigned j = 0; j < 2; j++)
    {
      if (pids[j] > 0)
        {
          kill (pids[j], SIGKILL);
          waitpid (pids[j], NULL, 0);
        }
    }
  g_test_message ("handed on: %u of 300", n_handed_on);
  g_assert_cmpuint (n_handed_on, >, 0);
  munmap (progress, 2 * sizeof *progress);
  host_fixture_free (fixture);
}

/* The next owner notes that the one before died, once. */
static void
test_owner_died_event (void)
{
  HostFixture    *fixture = make_fixture ();
  JugglerContext *dead = start_worker (fixture, 1);
  JugglerContext *next = start_worker (fixture, 2);
  GPtrArray      *records;
  unsigned        n_events = 0;

  g_assert_cmpint (juggler_lock_acquire (dead, ROBUST, -1), ==, JUGGLER_LOCK_GOT);
  g_assert_cmpint (juggler_lock_owner_died (fixture->shared, ROBUST, 2), ==, 0);
  g_assert_cmpint (juggler_lock_owner_died (fixture->shared, ROBUST, 1), ==, 1);
  g_assert_cmpint (juggler_lock_owner_died (fixture->shared, ROBUST, 1), ==, 0);
  for (unsigned i = 0; i < 2; i++)
    {
      g_assert_cmpint (juggler_lock_acquire (next, ROBUST, -1), ==, JUGGLER_LOCK_GOT);
      g_assert_cmpint (juggler_lock_release (next, ROBUST), ==, JUGGLER_LOCK_GOT);
    }
  records = host_fixture_drain (fixture, 2);
  for (unsigned i = 0; i < records->len; i++)
    {
      const JugglerRecordEvent *event = g_ptr_array_index (records, i);

      if (event->head.type != JUGGLER_RECORD_EVENT || event->kind != JUGGLER_EVENT_OWNER_DIED)
        continue;
      n_events++;
      g_assert_cmpuint (event->object, ==, ROBUST);
      g_assert_cmpint (event->value, ==, 1);
    }
  g_assert_cmpuint (n_events, ==, 1);

  /* A mutex is not handed on. */
  g_assert_cmpint (juggler_lock_acquire (dead, MUTEX, -1), ==, JUGGLER_LOCK_GOT);
  juggler_lock_worker_died (fixture->shared, 1);
  g_assert_cmpuint (word_of (fixture, MUTEX), ==, 2);
  g_ptr_array_unref (records);
  g_free (dead);
  g_free (next);
  host_fixture_free (fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lock/owner", test_owner);
  g_test_add_func ("/lock/rlock", test_rlock);
  g_test_add_data_func ("/lock/threads/mutex", GUINT_TO_POINTER (MUTEX), test_threads);
  g_test_add_data_func ("/lock/threads/robust", GUINT_TO_POINTER (ROBUST), test_threads);
  g_test_add_data_func ("/lock/threads/spin", GUINT_TO_POINTER (SPIN), test_threads);
  g_test_add_data_func ("/lock/threads/rlock", GUINT_TO_POINTER (RLOCK), test_threads);
  g_test_add_data_func ("/lock/processes/mutex", GUINT_TO_POINTER (MUTEX), test_processes);
  g_test_add_data_func ("/lock/processes/spin", GUINT_TO_POINTER (SPIN), test_processes);
  g_test_add_data_func ("/lock/timeout/mutex", GUINT_TO_POINTER (MUTEX), test_timeout);
  g_test_add_data_func ("/lock/timeout/spin", GUINT_TO_POINTER (SPIN), test_timeout);
  g_test_add_func ("/lock/hand-over", test_hand_over);
  g_test_add_data_func ("/lock/deadlock-of-one/mutex", GUINT_TO_POINTER (MUTEX), test_deadlock_of_one);
  g_test_add_data_func ("/lock/deadlock-of-one/robust", GUINT_TO_POINTER (ROBUST), test_deadlock_of_one);
  g_test_add_func ("/lock/stop", test_stop);
  g_test_add_func ("/lock/owner-died-event", test_owner_died_event);
  g_test_add_func ("/lock/robust", test_robust);
  g_test_add_func ("/lock/kills", test_kills);
  return g_test_run ();
}
