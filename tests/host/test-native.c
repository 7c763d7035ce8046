/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>
#include <limits.h>

#include "host-fixture.h"
#include "juggler-lock.h"
#include "juggler-native.h"
#include "juggler-recorder.h"

typedef struct
{
  HostFixture    *fixture;
  JugglerContext *context;
  int64_t         n;
  int64_t         done;
  int             failed;
  _Atomic int    *all;
  int             n_all;
} Run;

static HostFixture *
make_fixture (JugglerNative   native,
              JugglerLockKind lock,
              uint32_t        n_workers)
{
  size_t       size;
  JugglerPlan *plan = plan_builder_loop (native, lock, 1, n_workers, JUGGLER_KIND_THREAD, FALSE, &size);

  return host_fixture_new (plan, size, 0, TRUE);
}

static int64_t
counter_of (HostFixture *fixture)
{
  return atomic_load ((_Atomic int64_t *) fixture->process.globals);
}

static gpointer
run_worker (gpointer data)
{
  Run *run = data;

  juggler_recorder_start (run->context);
  if (run->all != NULL)
    {
      atomic_fetch_add (run->all, 1);
      while (atomic_load (run->all) < run->n_all)
        ;
    }
  run->done = juggler_native_run (run->context, host_fixture_loop (run->fixture), run->n, &run->failed);
  juggler_recorder_end (run->context);
  return NULL;
}

static void
run_once (HostFixture *fixture,
          int64_t      n)
{
  Run run = { .fixture = fixture, .context = host_fixture_context (fixture, 1), .n = n };

  g_thread_join (g_thread_new ("worker", run_worker, &run));
  g_assert_cmpint (run.done, ==, n);
  g_assert_cmpint (run.failed, ==, 0);
  g_assert_cmpuint (atomic_load (&run.context->slot->increments), ==, (uint64_t) n);
  g_assert_cmpint (atomic_load (&run.context->values[0]), ==, counter_of (fixture));
  g_free (run.context);
}

/* Every number of iterations, chunks and their rests included. */
static void
test_counts (gconstpointer data)
{
  JugglerNative native = GPOINTER_TO_INT (data);
  const int64_t counts[] = { 1, 2, 124, 125, 126, 255, 256, 257, 1999, 2000, 2001, 4000, 65537, 1000000 };

  for (unsigned i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      HostFixture *fixture = make_fixture (native, JUGGLER_LOCK_MUTEX, 1);

      run_once (fixture, counts[i]);
      g_assert_cmpint (counter_of (fixture), ==, counts[i]);
      g_assert_cmpuint (atomic_load (&juggler_shared_lock (fixture->shared, 0)->turns), ==,
                        native == JUGGLER_NATIVE_LOCKED_INCREMENT ? (uint64_t) counts[i] : 0);
      g_assert_cmpuint (atomic_load (&juggler_shared_lock (fixture->shared, 0)->word), ==, 0);
      host_fixture_free (fixture);
    }
}

static void
test_none (void)
{
  HostFixture    *fixture = make_fixture (JUGGLER_NATIVE_INCREMENT, JUGGLER_LOCK_MUTEX, 1);
  JugglerContext *context = host_fixture_context (fixture, 1);
  int             failed = 0;

  juggler_recorder_start (context);
  g_assert_cmpint (juggler_native_run (context, host_fixture_loop (fixture), 0, &failed), ==, 0);
  g_assert_cmpint (juggler_native_run (context, host_fixture_loop (fixture), -5, &failed), ==, 0);
  g_assert_cmpint (counter_of (fixture), ==, 0);
  g_free (context);
  host_fixture_free (fixture);
}

/* Integers wrap at 64 bits, whatever is added. */
static void
test_wrap (void)
{
  const JugglerNative natives[] = { JUGGLER_NATIVE_INCREMENT, JUGGLER_NATIVE_ATOMIC_ADD,
                                    JUGGLER_NATIVE_LOCKED_INCREMENT };

  for (unsigned i = 0; i < G_N_ELEMENTS (natives); i++)
    {
      HostFixture        *fixture = make_fixture (natives[i], JUGGLER_LOCK_MUTEX, 1);
      JugglerInstruction *loop = (JugglerInstruction *) host_fixture_loop (fixture);
      JugglerInstruction *body = loop + (natives[i] == JUGGLER_NATIVE_LOCKED_INCREMENT ? 2 : 1);

      atomic_store ((_Atomic int64_t *) fixture->process.globals, INT64_MAX - 1);
      run_once (fixture, 3);
      g_assert_cmpint (counter_of (fixture), ==, INT64_MIN + 1);
      body->x.value = INT64_MIN;
      run_once (fixture, 1);
      g_assert_cmpint (counter_of (fixture), ==, 1);
      body->x.value = -3;
      run_once (fixture, 1000);
      g_assert_cmpint (counter_of (fixture), ==, 1 - 3000);
      host_fixture_free (fixture);
    }
}

static void
run_two (HostFixture *fixture,
         int64_t      n,
         Run         *runs)
{
  GThread    *threads[2];
  _Atomic int all = 0;

  for (unsigned i = 0; i < 2; i++)
    {
      runs[i] = (Run){ .fixture = fixture, .context = host_fixture_context (fixture, i + 1), .n = n, .all = &all,
                       .n_all = 2 };
      threads[i] = g_thread_new ("worker", run_worker, &runs[i]);
    }
  for (unsigned i = 0; i < 2; i++)
    g_thread_join (threads[i]);
}

/* Under each kind of lock, and by atomic adds, nothing is lost. */
static void
test_exact (gconstpointer data)
{
  JugglerLockKind kind = GPOINTER_TO_INT (data) & 0xff;
  JugglerNative   native = GPOINTER_TO_INT (data) >> 8;
  HostFixture    *fixture = make_fixture (native, kind, 2);
  Run             runs[2];

  run_two (fixture, 300000, runs);
  g_assert_cmpint (counter_of (fixture), ==, 600000);
  for (unsigned i = 0; i < 2; i++)
    {
      g_assert_cmpint (runs[i].done, ==, 300000);
      g_free (runs[i].context);
    }
  g_assert_cmpuint (atomic_load (&juggler_shared_lock (fixture->shared, 0)->word) & JUGGLER_LOCK_OWNER_MASK, ==, 0);
  host_fixture_free (fixture);
}

/* Without a lock they lose, where two cores are there: that is what the loop is for. */
static void
test_loses (void)
{
  HostFixture *fixture = make_fixture (JUGGLER_NATIVE_INCREMENT, JUGGLER_LOCK_MUTEX, 2);
  Run          runs[2];

  if (g_get_num_processors () < 2)
    {
      g_test_skip ("one core");
      host_fixture_free (fixture);
      return;
    }
  run_two (fixture, 200000000, runs);
  g_assert_cmpint (counter_of (fixture), <, 400000000);
  g_assert_cmpint (counter_of (fixture), >=, 2);
  for (unsigned i = 0; i < 2; i++)
    {
      g_assert_cmpuint (atomic_load (&runs[i].context->slot->increments), ==, 200000000);
      g_free (runs[i].context);
    }
  host_fixture_free (fixture);
}

/* The run is stopped at any moment: what was made is what is said, and nothing else was. */
static void
test_stop (gconstpointer data)
{
  JugglerNative native = GPOINTER_TO_INT (data);

  for (unsigned round = 0; round < 200; round++)
    {
      HostFixture *fixture = make_fixture (native, JUGGLER_LOCK_MUTEX, 1);
      Run          run = { .fixture = fixture, .context = host_fixture_context (fixture, 1), .n = INT64_MAX };
      GThread     *thread = g_thread_new ("worker", run_worker, &run);

      while (atomic_load (&run.context->slot->increments) < round * 777)
        ;
      atomic_store (&fixture->shared->stop, 1);
      g_thread_join (thread);
      g_assert_cmpint (run.done, >=, round * 777);
      g_assert_cmpint (run.done, ==, counter_of (fixture));
      g_assert_cmpuint (atomic_load (&run.context->slot->increments), ==, (uint64_t) run.done);
      g_assert_cmpuint (atomic_load (&juggler_shared_lock (fixture->shared, 0)->word), ==, 0);
      g_free (run.context);
      host_fixture_free (fixture);
    }
}

/* An rlock taken outside is only taken deeper inside, and is still held afterwards. */
static void
test_rlock_outside (void)
{
  HostFixture    *fixture = make_fixture (JUGGLER_NATIVE_LOCKED_INCREMENT, JUGGLER_LOCK_RLOCK, 1);
  JugglerContext *context = host_fixture_context (fixture, 1);
  JugglerLock    *lock = juggler_shared_lock (fixture->shared, 0);
  int             failed = 0;

  juggler_recorder_start (context);
  g_assert_cmpint (juggler_lock_acquire (context, 0, -1), ==, JUGGLER_LOCK_GOT);
  g_assert_cmpint (juggler_native_run (context, host_fixture_loop (fixture), 1000, &failed), ==, 1000);
  g_assert_cmpint (failed, ==, 0);
  g_assert_cmpuint (atomic_load (&lock->word), ==, 2);
  g_assert_cmpuint (atomic_load (&lock->depth), ==, 0);
  g_assert_cmpint (juggler_lock_release (context, 0), ==, JUGGLER_LOCK_GOT);
  g_assert_cmpuint (atomic_load (&lock->word), ==, 0);
  g_free (context);
  host_fixture_free (fixture);
}

/* Samples come by count: about one for each 512th of the work, rising to the end. */
static void
test_samples (void)
{
  const int64_t n = 4000000;
  HostFixture  *fixture = make_fixture (JUGGLER_NATIVE_INCREMENT, JUGGLER_LOCK_MUTEX, 1);
  GPtrArray    *records;
  int64_t       last = 0;
  unsigned      n_samples = 0;

  run_once (fixture, n);
  records = host_fixture_drain (fixture, 1);
  for (unsigned i = 0; i < records->len; i++)
    {
      const JugglerRecordSample *sample = g_ptr_array_index (records, i);

      g_assert_cmpuint (sample->head.type, !=, JUGGLER_RECORD_DROPPED);
      if (sample->head.type != JUGGLER_RECORD_SAMPLE)
        continue;
      g_assert_cmpint (sample->value, >, last);
      /* Alone, what it sees is what it did. */
      g_assert_cmpuint (sample->done, ==, (uint64_t) sample->value);
      last = sample->value;
      n_samples++;
    }
  g_assert_cmpuint (n_samples, >=, 400);
  g_assert_cmpuint (n_samples, <=, 520);
  g_assert_cmpint (last, >, n - n / 256);
  g_ptr_array_unref (records);
  host_fixture_free (fixture);
}

int
main (int    argc,
      char **argv)
{
#define EXACT(native, kind) GINT_TO_POINTER (JUGGLER_NATIVE_##native << 8 | JUGGLER_LOCK_##kind)
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/native/counts/increment", GINT_TO_POINTER (JUGGLER_NATIVE_INCREMENT), test_counts);
  g_test_add_data_func ("/native/counts/atomic-add", GINT_TO_POINTER (JUGGLER_NATIVE_ATOMIC_ADD), test_counts);
  g_test_add_data_func ("/native/counts/locked", GINT_TO_POINTER (JUGGLER_NATIVE_LOCKED_INCREMENT), test_counts);
  g_test_add_func ("/native/none", test_none);
  g_test_add_func ("/native/wrap", test_wrap);
  g_test_add_data_func ("/native/exact/mutex", EXACT (LOCKED_INCREMENT, MUTEX), test_exact);
  g_test_add_data_func ("/native/exact/robust", EXACT (LOCKED_INCREMENT, ROBUST), test_exact);
  g_test_add_data_func ("/native/exact/spin", EXACT (LOCKED_INCREMENT, SPIN), test_exact);
  g_test_add_data_func ("/native/exact/rlock", EXACT (LOCKED_INCREMENT, RLOCK), test_exact);
  g_test_add_data_func ("/native/exact/atomic-add", EXACT (ATOMIC_ADD, MUTEX), test_exact);
  g_test_add_func ("/native/loses", test_loses);
  g_test_add_data_func ("/native/stop/increment", GINT_TO_POINTER (JUGGLER_NATIVE_INCREMENT), test_stop);
  g_test_add_data_func ("/native/stop/atomic-add", GINT_TO_POINTER (JUGGLER_NATIVE_ATOMIC_ADD), test_stop);
  g_test_add_data_func ("/native/stop/locked", GINT_TO_POINTER (JUGGLER_NATIVE_LOCKED_INCREMENT), test_stop);
  g_test_add_func ("/native/rlock-outside", test_rlock_outside);
  g_test_add_func ("/native/samples", test_samples);
  return g_test_run ();
}
