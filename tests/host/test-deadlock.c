/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The keeper's look at a shared memory in which the test itself plays the workers: every state is put there by hand, so
 * each question has one answer. */

#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "juggler-clock.h"
#include "juggler-deadlock.h"
#include "juggler-document.h"

/* Workers 1 and 2 take two locks in turn; 3 is a daemon thread, 4 a process. Main may terminate 4. */
static const char document_text[] =
  "{\"juggler\": 1, \"title\": \"Locks\", \"globals\": {\"g\": 0},"
  "\"locks\": {\"m1\": \"mutex\", \"m2\": \"mutex\", \"r\": \"robust\"},"
  "\"tasks\": {\"both\": {\"steps\": [{\"lock\": \"m1\"}, {\"lock\": \"m2\"}]}},"
  "\"workers\": ["
  "{\"name\": \"a\", \"target\": \"both\", \"kind\": \"thread\"},"
  "{\"name\": \"b\", \"target\": \"both\", \"kind\": \"thread\"},"
  "{\"name\": \"c\", \"target\": \"both\", \"kind\": \"thread\", \"daemon\": true},"
  "{\"name\": \"d\", \"target\": \"both\", \"kind\": \"process\"}],"
  "\"main\": [{\"start\": \"a\"}, {\"start\": \"b\"}, {\"start\": \"c\"}, {\"start\": \"d\"}, {\"sleep\": 100},"
  "{\"terminate\": \"d\"}, {\"sleep\": 100}]}";

enum
{
  MAIN,
  A,
  B,
  C,
  D,
  N_WORKERS,
};

enum
{
  M1,
  M2,
  ROBUST,
};

#define PC_BEFORE_TERMINATE 4
#define PC_AFTER_TERMINATE 6

typedef struct
{
  JugglerShared   *shared;
  JugglerDeadlock  deadlock;
} Fixture;

static void
set_running (Fixture  *self,
             uint32_t  worker,
             uint32_t  pc)
{
  JugglerSlot *slot = juggler_shared_slot (self->shared, worker);

  atomic_store (&slot->wait_sequence, (atomic_load (&slot->wait_sequence) + 1U) & ~1U);
  atomic_store (&slot->pc, pc);
  atomic_store (&slot->state, JUGGLER_SLOT_RUNNING);
}

static void
set_waiting (Fixture          *self,
             uint32_t          worker,
             JugglerSlotState  state,
             uint32_t          object)
{
  JugglerSlot *slot = juggler_shared_slot (self->shared, worker);

  atomic_store (&slot->wait_object, object);
  atomic_store (&slot->wait_sequence, (atomic_load (&slot->wait_sequence) + 1U) | 1U);
  atomic_store (&slot->state, state);
}

static void
set_owner (Fixture  *self,
           uint32_t  lock,
           uint32_t  worker)
{
  atomic_store (&juggler_shared_lock (self->shared, lock)->word, (worker + 1U) | JUGGLER_LOCK_WAITERS);
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autoptr (JugglerDocument) document = juggler_document_new_from_text (document_text, -1, "locks");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) plan = juggler_document_compile (document, &error);
  JugglerShared layout = { .clock = JUGGLER_CLOCK_MONOTONIC, .record = 1, .ticks_per_second = 1000000000 };
  uint64_t size;

  g_assert_no_error (error);
  size = juggler_shared_layout (&layout, g_bytes_get_data (plan, NULL), 512);
  self->shared = aligned_alloc (4096, size);
  memset (self->shared, 0, size);
  memcpy (self->shared, &layout, sizeof layout);
  memcpy ((char *) self->shared + layout.plan_offset, g_bytes_get_data (plan, NULL), g_bytes_get_size (plan));
  g_assert_null (juggler_shared_validate (self->shared, size));
  g_assert_cmpint (self->shared->n_workers, ==, N_WORKERS);

  for (uint32_t i = 0; i < N_WORKERS; i++)
    {
      JugglerSlot *slot = juggler_shared_slot (self->shared, i);

      atomic_store (&slot->parent, i == MAIN ? JUGGLER_NONE : (uint32_t) MAIN);
      atomic_store (&slot->process, i == D ? (uint32_t) D : (uint32_t) MAIN);
      set_running (self, i, i == MAIN ? PC_BEFORE_TERMINATE : 0);
    }
  g_assert_cmpint (juggler_deadlock_init (&self->deadlock, self->shared), ==, 0);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  free (self->shared);
}

static void
assert_none (Fixture *self)
{
  for (int i = 0; i < 5; i++)
    g_assert_cmpint (juggler_deadlock_look (&self->deadlock), ==, 0);
}

static void
make_cycle (Fixture  *self,
            uint32_t  first,
            uint32_t  second)
{
  set_owner (self, M1, first);
  set_owner (self, M2, second);
  set_waiting (self, first, JUGGLER_SLOT_WAITING_LOCK, M2);
  set_waiting (self, second, JUGGLER_SLOT_WAITING_LOCK, M1);
}

static void
test_nobody_waits (Fixture       *self,
                   gconstpointer  data)
{
  assert_none (self);
  /* Everybody waits for somebody who sleeps: that is none either. */
  set_owner (self, M1, D);
  for (uint32_t i = A; i < D; i++)
    set_waiting (self, i, JUGGLER_SLOT_WAITING_LOCK, M1);
  set_waiting (self, MAIN, JUGGLER_SLOT_WAITING_JOIN, A);
  set_waiting (self, D, JUGGLER_SLOT_SLEEPING, JUGGLER_NONE);
  assert_none (self);
}

static void
test_cycle (Fixture       *self,
            gconstpointer  data)
{
  const JugglerEdge *edges = juggler_shared_edges (self->shared);

  make_cycle (self, A, B);
  set_waiting (self, MAIN, JUGGLER_SLOT_WAITING_JOIN, A);
  set_waiting (self, C, JUGGLER_SLOT_WAITING_LOCK, M2);
  g_assert_cmpint (juggler_deadlock_look (&self->deadlock), ==, 0);
  g_assert_cmpint (juggler_deadlock_look (&self->deadlock), ==, 1);
  g_assert_cmpuint (atomic_load (&self->shared->n_edges), ==, 4);
  g_assert_cmpuint (edges[0].worker, ==, A);
  g_assert_true (edges[0].in_cycle);
  g_assert_false (edges[0].is_join);
  g_assert_cmpuint (edges[0].object, ==, M2);
  g_assert_cmpuint (edges[0].holder, ==, B);
  g_assert_cmpuint (edges[1].worker, ==, B);
  g_assert_true (edges[1].in_cycle);
  g_assert_cmpuint (edges[1].object, ==, M1);
  g_assert_cmpuint (edges[1].holder, ==, A);
  g_assert_cmpuint (edges[2].worker, ==, MAIN);
  g_assert_false (edges[2].in_cycle);
  g_assert_true (edges[2].is_join);
  g_assert_cmpuint (edges[3].worker, ==, C);
  g_assert_false (edges[3].in_cycle);
}

/* While others still run the cycle is as final as ever. */
static void
test_cycle_beside_runners (Fixture       *self,
                           gconstpointer  data)
{
  make_cycle (self, A, B);
  g_assert_cmpint (juggler_deadlock_look (&self->deadlock), ==, 0);
  g_assert_cmpint (juggler_deadlock_look (&self->deadlock), ==, 1);
  g_assert_cmpuint (atomic_load (&self->shared->n_edges), ==, 2);
}

/* A worker that was granted the lock between two looks, and waits again, only looks as if it stood still. */
static void
test_moving_cycle (Fixture       *self,
                   gconstpointer  data)
{
  make_cycle (self, A, B);
  for (int i = 0; i < 5; i++)
    {
      g_assert_cmpint (juggler_deadlock_look (&self->deadlock), ==, 0);
      set_running (self, A, 0);
      set_waiting (self, A, JUGGLER_SLOT_WAITING_LOCK, M2);
    }
}

static void
test_timed_wait (Fixture       *self,
                 gconstpointer  data)
{
  make_cycle (self, A, B);
  atomic_fetch_or (&juggler_shared_slot (self->shared, B)->flags, JUGGLER_SLOT_WAIT_TIMED);
  assert_none (self);
}

static void
test_terminate_ahead (Fixture       *self,
                      gconstpointer  data)
{
  make_cycle (self, A, D);
  assert_none (self);
  set_running (self, MAIN, PC_AFTER_TERMINATE);
  g_assert_cmpint (juggler_deadlock_look (&self->deadlock), ==, 1);
}

/* Daemons go when main goes: while main can still get there, nothing is final. */
static void
test_daemon (Fixture       *self,
             gconstpointer  data)
{
  set_owner (self, M1, C);
  set_waiting (self, C, JUGGLER_SLOT_WAITING_LOCK, M1);
  assert_none (self);
  set_waiting (self, A, JUGGLER_SLOT_WAITING_LOCK, M1);
  set_waiting (self, MAIN, JUGGLER_SLOT_WAITING_JOIN, A);
  g_assert_cmpint (juggler_deadlock_look (&self->deadlock), ==, 0);
  g_assert_cmpint (juggler_deadlock_look (&self->deadlock), ==, 1);
  g_assert_cmpuint (juggler_shared_edges (self->shared)[0].worker, ==, C);
  g_assert_cmpuint (juggler_shared_edges (self->shared)[0].holder, ==, C);
}

static void
test_dead_owner (Fixture       *self,
                 gconstpointer  data)
{
  const JugglerEdge *edges = juggler_shared_edges (self->shared);

  set_owner (self, M1, B);
  set_waiting (self, A, JUGGLER_SLOT_WAITING_LOCK, M1);
  assert_none (self);
  atomic_store (&juggler_shared_slot (self->shared, B)->state, JUGGLER_SLOT_FINISHED);
  g_assert_cmpint (juggler_deadlock_look (&self->deadlock), ==, 0);
  g_assert_cmpint (juggler_deadlock_look (&self->deadlock), ==, 1);
  g_assert_cmpuint (atomic_load (&self->shared->n_edges), ==, 1);
  g_assert_cmpuint (edges[0].worker, ==, A);
  g_assert_cmpuint (edges[0].holder, ==, B);
  g_assert_cmpuint (edges[0].owner_end, ==, JUGGLER_OWNER_FINISHED);
}

/* A robust lock is handed on by the keeper: its waiters need not fear. */
static void
test_dead_owner_of_robust (Fixture       *self,
                           gconstpointer  data)
{
  set_owner (self, ROBUST, B);
  set_waiting (self, A, JUGGLER_SLOT_WAITING_LOCK, ROBUST);
  atomic_fetch_or (&juggler_shared_slot (self->shared, B)->flags, JUGGLER_SLOT_ZOMBIE);
  assert_none (self);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add ("/host/deadlock/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("nobody-waits", test_nobody_waits);
  ADD ("cycle", test_cycle);
  ADD ("cycle-beside-runners", test_cycle_beside_runners);
  ADD ("moving-cycle", test_moving_cycle);
  ADD ("timed-wait", test_timed_wait);
  ADD ("terminate-ahead", test_terminate_ahead);
  ADD ("daemon", test_daemon);
  ADD ("dead-owner", test_dead_owner);
  ADD ("dead-owner-of-robust", test_dead_owner_of_robust);
#undef ADD
  return g_test_run ();
}
