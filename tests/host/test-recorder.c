/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>
#include <poll.h>
#include <sched.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "host-fixture.h"
#include "juggler-lock.h"
#include "juggler-native.h"
#include "juggler-recorder.h"

#define SPIN_NS 400000000

static HostFixture *
make_fixture (uint32_t ring_size,
              gboolean record)
{
  size_t       size;
  JugglerPlan *plan = plan_builder_loop (JUGGLER_NATIVE_LOCKED_INCREMENT, JUGGLER_LOCK_MUTEX, 1, 2,
                                         JUGGLER_KIND_THREAD, FALSE, &size);

  return host_fixture_new (plan, size, ring_size, record);
}

static uint64_t
clock_ns (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return (uint64_t) now.tv_sec * 1000000000 + (uint64_t) now.tv_nsec;
}

static double
seconds_of (HostFixture *fixture,
            uint64_t     ticks)
{
  return (double) ticks / (double) fixture->shared->ticks_per_second;
}

/* What a lane's records say, checked: in order, never overlapping, inside START and END. */
typedef struct
{
  uint64_t start;
  uint64_t end;
  uint64_t sums[JUGGLER_N_SPANS];
  unsigned counts[JUGGLER_N_SPANS];
  unsigned n_turns_records;
  uint64_t turns;
  unsigned n_held;
  unsigned n_cores;
  unsigned n_dropped;
  unsigned n_samples;
} Lane;

static void
read_record (Lane                    *lane,
             const JugglerRecordHead *head,
             uint64_t                *floor)
{
  switch (head->type)
    {
    case JUGGLER_RECORD_START:
      lane->start = head->ticks;
      *floor = head->ticks;
      break;
    case JUGGLER_RECORD_END:
      g_assert_cmpuint (head->ticks, >=, *floor);
      lane->end = head->ticks;
      break;
    case JUGGLER_RECORD_SPAN:
      {
        const JugglerRecordSpan *span = (const JugglerRecordSpan *) head;

        g_assert_cmpuint (span->begin, >=, *floor);
        g_assert_cmpuint (head->ticks, >=, span->begin);
        *floor = head->ticks;
        lane->sums[span->kind] += head->ticks - span->begin;
        lane->counts[span->kind]++;
        break;
      }
    case JUGGLER_RECORD_TURNS:
      {
        const JugglerRecordTurns *turns = (const JugglerRecordTurns *) head;

        g_assert_cmpuint (turns->begin, >=, *floor);
        g_assert_cmpuint (head->ticks, >=, turns->begin);
        g_assert_cmpuint (turns->held_ticks + turns->waited_ticks, <=, head->ticks - turns->begin);
        *floor = head->ticks;
        lane->turns += turns->turns;
        lane->n_turns_records++;
        break;
      }
    case JUGGLER_RECORD_HELD:
      lane->n_held++;
      break;
    case JUGGLER_RECORD_CORE:
      lane->n_cores++;
      break;
    case JUGGLER_RECORD_SAMPLE:
      lane->n_samples++;
      break;
    case JUGGLER_RECORD_DROPPED:
      lane->n_dropped++;
      break;
    default:
      break;
    }
}

static Lane
read_lane (HostFixture *fixture,
           uint32_t     worker)
{
  Lane       lane = { 0 };
  GPtrArray *records = host_fixture_drain (fixture, worker);
  uint64_t   floor = 0;

  for (unsigned i = 0; i < records->len; i++)
    read_record (&lane, g_ptr_array_index (records, i), &floor);
  g_ptr_array_unref (records);
  return lane;
}

typedef struct
{
  HostFixture    *fixture;
  JugglerContext *context;
  int             core; /* -1: any */
  uint64_t        wall_ns;
  uint64_t        cpu_ns;
} Spinner;

static gpointer
spin_thread (gpointer data)
{
  Spinner *self = data;
  uint64_t begin;
  uint64_t cpu;

  if (self->core >= 0)
    host_fixture_pin (self->core);
  juggler_recorder_start (self->context);
  begin = clock_ns (CLOCK_MONOTONIC);
  cpu = clock_ns (CLOCK_THREAD_CPUTIME_ID);
  while (clock_ns (CLOCK_MONOTONIC) - begin < SPIN_NS)
    {
      for (unsigned i = 0; i < 100; i++)
        __asm__ volatile ("");
      juggler_recorder_check (self->context);
    }
  self->cpu_ns = clock_ns (CLOCK_THREAD_CPUTIME_ID) - cpu;
  self->wall_ns = clock_ns (CLOCK_MONOTONIC) - begin;
  juggler_recorder_end (self->context);
  return NULL;
}

/* Two spinners on one core: what the one lacks of the wall time the kernel gave to the other (or to others still). The
 * lane must say the same as the kernel's CPU clock. */
static void
test_preempted (void)
{
  HostFixture *fixture = make_fixture (0, TRUE);
  Spinner      spinners[2];
  GThread     *threads[2];

  for (unsigned i = 0; i < 2; i++)
    {
      spinners[i] = (Spinner){ .fixture = fixture, .context = host_fixture_context (fixture, i + 1), .core = 0 };
      threads[i] = g_thread_new ("spinner", spin_thread, &spinners[i]);
    }
  for (unsigned i = 0; i < 2; i++)
    g_thread_join (threads[i]);
  for (unsigned i = 0; i < 2; i++)
    {
      Lane         lane = read_lane (fixture, i + 1);
      JugglerSlot *slot = spinners[i].context->slot;
      double       off = (double) (spinners[i].wall_ns - spinners[i].cpu_ns) / 1e9;
      double       found = seconds_of (fixture, lane.sums[JUGGLER_SPAN_PREEMPTED]);

      g_test_message ("off the core: %.6f s by the CPU clock, %.6f s in %u spans; stolen %.6f s", off, found,
                      lane.counts[JUGGLER_SPAN_PREEMPTED], seconds_of (fixture, lane.sums[JUGGLER_SPAN_STOLEN]));
      g_assert_cmpfloat (off, >, 0.25 * SPIN_NS / 1e9);
      g_assert_cmpfloat (found / off, >, 0.97);
      g_assert_cmpfloat (found / off, <, 1.03);
      g_assert_cmpuint (lane.counts[JUGGLER_SPAN_PREEMPTED], >, 3);
      g_assert_cmpuint (atomic_load (&slot->preempted_ticks), ==, lane.sums[JUGGLER_SPAN_PREEMPTED]);
      g_assert_cmpuint (atomic_load (&slot->involuntary), >, 3);
      g_assert_cmpuint (atomic_load (&slot->start_ticks), ==, lane.start);
      g_assert_cmpuint (atomic_load (&slot->end_ticks), ==, lane.end);
      /* One core, and that one. */
      g_assert_cmpuint (atomic_load (&slot->cores[0]), ==, 1);
      g_assert_cmpuint (lane.n_cores, ==, 0);
      g_free (spinners[i].context);
    }
  host_fixture_free (fixture);
}

static gpointer
sleep_thread (gpointer data)
{
  Spinner              *self = data;
  const struct timespec pause = { 0, 2000000 };

  juggler_recorder_start (self->context);
  for (unsigned i = 0; i < 50; i++)
    {
      uint64_t begin = juggler_recorder_wait_begin (self->context, JUGGLER_SLOT_SLEEPING, JUGGLER_NONE, JUGGLER_NONE,
                                                    1);

      nanosleep (&pause, NULL);
      juggler_recorder_wait_end (self->context, begin, JUGGLER_SPAN_SLEEP, JUGGLER_NONE, JUGGLER_NONE, 0);
      juggler_recorder_check (self->context);
    }
  juggler_recorder_end (self->context);
  return NULL;
}

/* A sleep is a voluntary switch, known to the worker, and no pre-emption. */
static void
test_sleep (void)
{
  HostFixture *fixture = make_fixture (0, TRUE);
  Spinner      self = { .fixture = fixture, .context = host_fixture_context (fixture, 1), .core = -1 };
  Lane         lane;

  g_thread_join (g_thread_new ("sleeper", sleep_thread, &self));
  lane = read_lane (fixture, 1);
  g_assert_cmpuint (lane.counts[JUGGLER_SPAN_SLEEP], ==, 50);
  g_assert_cmpfloat (seconds_of (fixture, lane.sums[JUGGLER_SPAN_SLEEP]), >, 0.0999);
  /* Hundreds of voluntary switches; a real pre-emption needs an involuntary one. */
  g_assert_cmpuint (lane.counts[JUGGLER_SPAN_PREEMPTED], <=, atomic_load (&self.context->slot->involuntary));
  g_assert_cmpuint (atomic_load (&self.context->slot->voluntary), >=, 50);
  g_assert_cmpuint (atomic_load (&self.context->slot->state), ==, JUGGLER_SLOT_RUNNING);
  g_assert_cmpuint (atomic_load (&self.context->slot->wait_sequence), ==, 100);
  g_free (self.context);
  host_fixture_free (fixture);
}

/* While it waits, the slot says for what; afterwards it says nothing of it. */
static void
test_wait_facts (void)
{
  HostFixture    *fixture = make_fixture (0, TRUE);
  JugglerContext *context = host_fixture_context (fixture, 1);
  JugglerSlot    *slot = context->slot;
  uint64_t        begin;

  juggler_recorder_start (context);
  begin = juggler_recorder_wait_begin (context, JUGGLER_SLOT_WAITING_JOIN, 2, JUGGLER_NONE, 1);
  g_assert_cmpuint (atomic_load (&slot->state), ==, JUGGLER_SLOT_WAITING_JOIN);
  g_assert_cmpuint (atomic_load (&slot->wait_object), ==, 2);
  g_assert_cmpuint (atomic_load (&slot->wait_holder), ==, JUGGLER_NONE);
  g_assert_cmpuint (atomic_load (&slot->wait_sequence), ==, 1);
  g_assert_cmpuint (atomic_load (&slot->state_ticks), ==, begin);
  g_assert_cmpuint (atomic_load (&slot->flags), ==, JUGGLER_SLOT_WAIT_TIMED);
  juggler_recorder_wait_end (context, begin, JUGGLER_SPAN_JOIN, 2, JUGGLER_NONE, JUGGLER_SPAN_TIMED_OUT);
  g_assert_cmpuint (atomic_load (&slot->state), ==, JUGGLER_SLOT_RUNNING);
  g_assert_cmpuint (atomic_load (&slot->wait_sequence), ==, 2);
  g_assert_cmpuint (atomic_load (&slot->flags), ==, 0);
  g_assert_cmpuint (atomic_load (&slot->waited_ticks), ==, 0);
  g_free (context);
  host_fixture_free (fixture);
}

/* Busy in a system call for long: neither pre-empted (unless the kernel says so) nor stolen. */
static void
test_busy_call (void)
{
  HostFixture    *fixture = make_fixture (0, TRUE);
  JugglerContext *context = host_fixture_context (fixture, 1);
  Lane            lane;

  juggler_recorder_start (context);
  for (unsigned i = 0; i < 100; i++)
    {
      uint64_t begin = clock_ns (CLOCK_MONOTONIC);

      juggler_recorder_event (context, JUGGLER_EVENT_STARTED, 2, 0);
      while (clock_ns (CLOCK_MONOTONIC) - begin < 100000)
        ;
      juggler_recorder_check (context);
    }
  juggler_recorder_end (context);
  lane = read_lane (fixture, 1);
  /* The look at the end is the only one that nothing explains. */
  g_assert_cmpuint (lane.counts[JUGGLER_SPAN_STOLEN], <=, 1);
  g_assert_cmpuint (lane.counts[JUGGLER_SPAN_PREEMPTED], <=,
                    atomic_load (&context->slot->involuntary) + atomic_load (&context->slot->voluntary));
  g_free (context);
  host_fixture_free (fixture);
}

/* The same without a word is stolen: an interrupt cannot be told from it. */
static void
test_stolen (void)
{
  HostFixture    *fixture = make_fixture (0, TRUE);
  JugglerContext *context = host_fixture_context (fixture, 1);
  Lane            lane;

  juggler_recorder_start (context);
  for (unsigned i = 0; i < 50; i++)
    {
      uint64_t begin = clock_ns (CLOCK_MONOTONIC);

      while (clock_ns (CLOCK_MONOTONIC) - begin < 100000)
        ;
      juggler_recorder_check (context);
    }
  juggler_recorder_end (context);
  lane = read_lane (fixture, 1);
  g_assert_cmpuint (lane.counts[JUGGLER_SPAN_STOLEN] + lane.counts[JUGGLER_SPAN_PREEMPTED], >=, 50);
  g_assert_cmpuint (lane.counts[JUGGLER_SPAN_STOLEN], >=, 25);
  g_assert_cmpuint (atomic_load (&context->slot->stolen_ticks), ==, lane.sums[JUGGLER_SPAN_STOLEN]);
  g_free (context);
  host_fixture_free (fixture);
}

static gpointer
locked_thread (gpointer data)
{
  Spinner *self = data;
  int      failed = 0;

  juggler_recorder_start (self->context);
  g_assert_cmpint (juggler_native_run (self->context, host_fixture_loop (self->fixture), 1000000, &failed), ==,
                   1000000);
  juggler_recorder_end (self->context);
  return NULL;
}

/* Two workers that hand a lock over a million times: joined into runs, every turn in one of them or alone, in order. */
static void
test_turns (void)
{
  HostFixture *fixture = make_fixture (1 << 20, TRUE);
  Spinner      spinners[2];
  GThread     *threads[2];

  for (unsigned i = 0; i < 2; i++)
    {
      spinners[i] = (Spinner){ .fixture = fixture, .context = host_fixture_context (fixture, i + 1) };
      threads[i] = g_thread_new ("locker", locked_thread, &spinners[i]);
    }
  for (unsigned i = 0; i < 2; i++)
    g_thread_join (threads[i]);
  for (unsigned i = 0; i < 2; i++)
    {
      Lane lane = read_lane (fixture, i + 1);

      g_test_message ("%u records of %" G_GUINT64_FORMAT " turns, %u single; %u waits alone", lane.n_turns_records,
                      lane.turns, lane.n_held, lane.counts[JUGGLER_SPAN_LOCK]);
      if (lane.n_dropped == 0)
        g_assert_cmpuint (lane.turns + lane.n_held, ==, 1000000);
      g_assert_cmpuint (lane.n_turns_records, <, 50000);
      g_free (spinners[i].context);
    }
  host_fixture_free (fixture);
}

/* Slow enough to be drawn: each hold is a record of its own, and a hand-over names whom it came from. */
static void
test_held (void)
{
  HostFixture    *fixture = make_fixture (0, TRUE);
  JugglerContext *context = host_fixture_context (fixture, 1);
  uint64_t        jump = fixture->process.jump_ticks;
  GPtrArray      *records;
  unsigned        n_held = 0;

  juggler_recorder_start (context);
  for (unsigned i = 0; i < 10; i++)
    {
      uint64_t now = juggler_context_ticks (context);

      juggler_recorder_held (context, 0, now, now + 2 * jump, i % 2 ? 2 : JUGGLER_NONE);
    }
  records = host_fixture_drain (fixture, 1);
  for (unsigned i = 0; i < records->len; i++)
    {
      const JugglerRecordHeld *held = g_ptr_array_index (records, i);

      if (held->head.type != JUGGLER_RECORD_HELD)
        continue;
      g_assert_cmpuint (held->from, ==, n_held % 2 ? 2 : JUGGLER_NONE);
      g_assert_cmpuint (held->head.ticks - held->begin, ==, 2 * jump);
      n_held++;
    }
  g_assert_cmpuint (n_held, ==, 10);
  g_ptr_array_unref (records);
  g_free (context);
  host_fixture_free (fixture);
}

/* A short hold far from any other stays what it is, too; a few close together are one run. */
static void
test_joined (void)
{
  HostFixture    *fixture = make_fixture (0, TRUE);
  JugglerContext *context = host_fixture_context (fixture, 1);
  uint64_t        jump = fixture->process.jump_ticks;
  uint64_t        at;
  Lane            lane;

  juggler_recorder_start (context);
  at = juggler_context_ticks (context);
  juggler_recorder_held (context, 0, at, at + jump / 10, JUGGLER_NONE);
  at += 100 * jump;
  for (unsigned i = 0; i < 20; i++)
    juggler_recorder_held (context, 0, at + i * jump / 4, at + i * jump / 4 + jump / 10, JUGGLER_NONE);
  at += 100 * jump;
  juggler_recorder_held (context, 0, at, at + jump / 10, JUGGLER_NONE);
  at += 100 * jump;
  juggler_recorder_held (context, 0, at, at + 5 * jump, JUGGLER_NONE);
  /* No END: these times lie ahead of the clock. */
  lane = read_lane (fixture, 1);
  g_assert_cmpuint (lane.n_held, ==, 3);
  g_assert_cmpuint (lane.n_turns_records, ==, 1);
  g_assert_cmpuint (lane.turns, ==, 20);
  g_free (context);
  host_fixture_free (fixture);
}

typedef struct
{
  HostFixture    *fixture;
  JugglerContext *context;
  unsigned        n_lines;
} Writer;

static char *
line_of (unsigned number)
{
  GString *line = g_string_new (NULL);

  g_string_printf (line, "line %u ", number);
  while (line->len < number % 700)
    g_string_append_printf (line, "%u ", (unsigned) line->len);
  return g_string_free (line, FALSE);
}

static gpointer
write_thread (gpointer data)
{
  Writer *self = data;

  juggler_recorder_start (self->context);
  for (unsigned i = 0; i < self->n_lines; i++)
    {
      g_autofree char *line = line_of (i);

      juggler_recorder_output (self->context, line, strlen (line));
    }
  juggler_recorder_end (self->context);
  return NULL;
}

typedef struct
{
  GString *line;
  uint64_t ticks;
  unsigned next;
  gboolean ended;
  unsigned n_waits;
} Reader;

static void
read_output (const JugglerRecordHead *head,
             void                    *data)
{
  Reader                    *self = data;
  const JugglerRecordOutput *output = (const JugglerRecordOutput *) head;

  if (head->type == JUGGLER_RECORD_END)
    self->ended = TRUE;
  if (head->type == JUGGLER_RECORD_SPAN && ((const JugglerRecordSpan *) head)->kind == JUGGLER_SPAN_OUTPUT)
    self->n_waits++;
  if (head->type != JUGGLER_RECORD_OUTPUT)
    return;
  /* All pieces of a line have one time. */
  if (self->line->len > 0)
    g_assert_cmpuint (head->ticks, ==, self->ticks);
  self->ticks = head->ticks;
  g_string_append_len (self->line, output->text, output->length);
  if (!output->more)
    {
      g_autofree char *expected = line_of (self->next);

      g_assert_cmpstr (self->line->str, ==, expected);
      self->next++;
      g_string_truncate (self->line, 0);
    }
}

/* A ring that is far too small: the worker waits, nothing of the output is lost, and the doorbell rings. */
static void
test_output (void)
{
  HostFixture       *fixture = make_fixture (1024, TRUE);
  Writer             writer = { fixture, host_fixture_context (fixture, 1), 3000 };
  Reader             reader = { .line = g_string_new (NULL) };
  JugglerRingShared *ring = juggler_shared_ring (fixture->shared, 1);
  JugglerRingReader  ring_reader;
  GThread           *thread = g_thread_new ("writer", write_thread, &writer);
  unsigned           n_bells = 0;

  juggler_ring_reader_init (&ring_reader, ring, ring + 1, juggler_shared_ring_size (fixture->shared, 1));
  while (!reader.ended && reader.next < writer.n_lines)
    {
      struct pollfd bell = { fixture->process.doorbell, POLLIN, 0 };
      uint64_t      rings;

      if (poll (&bell, 1, 5) == 1)
        {
          g_assert_cmpint (read (bell.fd, &rings, sizeof rings), ==, sizeof rings);
          n_bells++;
        }
      g_assert_cmpint (juggler_ring_drain (&ring_reader, read_output, &reader), >=, 0);
    }
  g_thread_join (thread);
  g_assert_cmpint (juggler_ring_drain (&ring_reader, read_output, &reader), >=, 0);
  g_assert_cmpuint (reader.next, ==, writer.n_lines);
  g_assert_cmpuint (n_bells, >, 100);
  g_assert_cmpuint (reader.n_waits + atomic_load (&ring->dropped), >, 100);
  g_string_free (reader.line, TRUE);
  g_free (writer.context);
  host_fixture_free (fixture);
}

/* Nobody reads, and the run is stopped: the worker does not wait for ever. */
static void
test_output_stopped (void)
{
  HostFixture *fixture = make_fixture (1024, TRUE);
  Writer       writer = { fixture, host_fixture_context (fixture, 1), 3000 };
  GThread     *thread = g_thread_new ("writer", write_thread, &writer);

  while (atomic_load (&writer.context->slot->state) != JUGGLER_SLOT_WAITING_OUTPUT)
    g_usleep (100);
  atomic_store (&fixture->shared->stop, 1);
  g_thread_join (thread);
  g_free (writer.context);
  host_fixture_free (fixture);
}

/* A full ring: records are dropped and counted, and the worker does not wait. */
static void
test_dropped (void)
{
  HostFixture    *fixture = make_fixture (1024, TRUE);
  JugglerContext *context = host_fixture_context (fixture, 1);
  Lane            lane;
  uint64_t        dropped;

  juggler_recorder_start (context);
  for (unsigned i = 0; i < 1000; i++)
    juggler_recorder_sample (context, 0, i);
  dropped = atomic_load (&juggler_shared_ring (fixture->shared, 1)->dropped);
  lane = read_lane (fixture, 1);
  g_assert_cmpuint (lane.n_samples, >, 10);
  g_assert_cmpuint (lane.n_samples + dropped, ==, 1000);
  juggler_recorder_sample (context, 0, 1000);
  lane = read_lane (fixture, 1);
  g_assert_cmpuint (lane.n_dropped, ==, 1);
  g_assert_cmpuint (lane.n_samples, ==, 1);
  g_free (context);
  host_fixture_free (fixture);
}

/* A list in pieces, after the end; not even the wait for room is recorded then. */
static void
test_list (void)
{
  HostFixture    *fixture = make_fixture (0, TRUE);
  JugglerContext *context = host_fixture_context (fixture, 1);
  int64_t         values[20000];
  GPtrArray      *records;
  uint32_t        next = 0;
  gboolean        ended = FALSE;

  for (unsigned i = 0; i < G_N_ELEMENTS (values); i++)
    values[i] = -(int64_t) i;
  juggler_recorder_start (context);
  juggler_recorder_end (context);
  juggler_recorder_list (context, 0, values, 0, G_N_ELEMENTS (values), G_N_ELEMENTS (values));
  juggler_recorder_list (context, 0, values, 0, 0, 0);
  records = host_fixture_drain (fixture, 1);
  for (unsigned i = 0; i < records->len; i++)
    {
      const JugglerRecordList *list = g_ptr_array_index (records, i);

      if (list->head.type == JUGGLER_RECORD_END)
        ended = TRUE;
      if (list->head.type != JUGGLER_RECORD_LIST)
        {
          g_assert_cmpuint (next, ==, 0);
          continue;
        }
      g_assert_true (ended);
      if (list->total == 0)
        continue;
      g_assert_cmpuint (list->first, ==, next);
      for (uint32_t j = 0; j < list->count; j++)
        g_assert_cmpint (list->values[j], ==, -(int64_t) (next + j));
      next += list->count;
    }
  g_assert_cmpuint (next, ==, G_N_ELEMENTS (values));
  g_assert_cmpuint (((JugglerRecordList *) g_ptr_array_index (records, records->len - 1))->total, ==, 0);
  g_ptr_array_unref (records);
  g_free (context);
  host_fixture_free (fixture);
}

/* Without recording: what happened is still said, when it happened is not. */
static void
test_off (void)
{
  HostFixture    *fixture = make_fixture (0, FALSE);
  Spinner         self = { .fixture = fixture, .context = host_fixture_context (fixture, 1) };
  JugglerContext *context = self.context;
  Lane            lane;

  locked_thread (&self);
  lane = read_lane (fixture, 1);
  g_assert_cmpuint (lane.n_samples + lane.n_turns_records + lane.n_held + lane.n_cores, ==, 0);
  for (unsigned i = 0; i < JUGGLER_N_SPANS; i++)
    g_assert_cmpuint (lane.counts[i], ==, 0);
  g_assert_cmpuint (lane.start, >, 0);
  g_assert_cmpuint (lane.end, >, lane.start);
  g_assert_cmpuint (atomic_load (&context->slot->cpu_ns), >, 0);
  g_assert_cmpuint (atomic_load (&context->slot->increments), ==, 1000000);
  g_free (context);
  host_fixture_free (fixture);
}

/* From core to core: each is named, and the slot has them all. */
static void
test_cores (void)
{
  HostFixture    *fixture = make_fixture (0, TRUE);
  JugglerContext *context = host_fixture_context (fixture, 1);
  cpu_set_t       all;
  Lane            lane;

  sched_getaffinity (0, sizeof all, &all);
  if (!CPU_ISSET (0, &all) || !CPU_ISSET (1, &all))
    {
      g_test_skip ("needs cores 0 and 1");
      return;
    }
  host_fixture_pin (0);
  juggler_recorder_start (context);
  for (unsigned i = 1; i <= 10; i++)
    {
      host_fixture_pin (i % 2);
      juggler_recorder_check (context);
      g_assert_cmpuint (context->recorder.core, ==, i % 2);
    }
  juggler_recorder_end (context);
  sched_setaffinity (0, sizeof all, &all);
  lane = read_lane (fixture, 1);
  g_assert_cmpuint (lane.n_cores, ==, 10);
  g_assert_cmpuint (atomic_load (&context->slot->cores[0]), ==, 3);
  g_free (context);
  host_fixture_free (fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recorder/preempted", test_preempted);
  g_test_add_func ("/recorder/sleep", test_sleep);
  g_test_add_func ("/recorder/wait-facts", test_wait_facts);
  g_test_add_func ("/recorder/busy-call", test_busy_call);
  g_test_add_func ("/recorder/stolen", test_stolen);
  g_test_add_func ("/recorder/turns", test_turns);
  g_test_add_func ("/recorder/held", test_held);
  g_test_add_func ("/recorder/joined", test_joined);
  g_test_add_func ("/recorder/output", test_output);
  g_test_add_func ("/recorder/output-stopped", test_output_stopped);
  g_test_add_func ("/recorder/dropped", test_dropped);
  g_test_add_func ("/recorder/list", test_list);
  g_test_add_func ("/recorder/off", test_off);
  g_test_add_func ("/recorder/cores", test_cores);
  return g_test_run ();
}
