/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>
#include <linux/futex.h>
#include <sched.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "juggler-ring.h"

#define RING_SIZE 4096U
#define N_RECORDS 400000U

/* The ring and its data as they lie in a run's memory: one behind the other, shared with forked processes. */
typedef struct
{
  JugglerRingShared ring;
  _Alignas (64) unsigned char data[RING_SIZE];
  unsigned char after[64]; /* nobody may write here */
} Memory;

typedef struct
{
  Memory           *memory;
  JugglerRingWriter writer;
  JugglerRingReader reader;
} Fixture;

static void
set_up_at (Fixture  *fixture,
           uint64_t  index)
{
  fixture->memory = mmap (NULL, sizeof (Memory), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  g_assert_true (fixture->memory != MAP_FAILED);
  memset (fixture->memory->after, 0xee, sizeof fixture->memory->after);
  atomic_store (&fixture->memory->ring.head, index);
  atomic_store (&fixture->memory->ring.tail, index);
  juggler_ring_writer_init (&fixture->writer, &fixture->memory->ring, fixture->memory->data, RING_SIZE);
  juggler_ring_reader_init (&fixture->reader, &fixture->memory->ring, fixture->memory->data, RING_SIZE);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  set_up_at (fixture, 0);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  for (unsigned i = 0; i < sizeof fixture->memory->after; i++)
    g_assert_cmpuint (fixture->memory->after[i], ==, 0xee);
  munmap (fixture->memory, sizeof (Memory));
}

/* A record that says which one it is, of one of several sizes. */
static gboolean
write_numbered (JugglerRingWriter *writer,
                uint64_t           number)
{
  uint32_t             length = (uint32_t) (number % 7) * 24;
  uint32_t             size = (uint32_t) (sizeof (JugglerRecordOutput) + length);
  JugglerRecordOutput *record = juggler_ring_reserve (writer, size);

  if (record == NULL)
    return FALSE;
  record->head.size = size;
  record->head.type = JUGGLER_RECORD_OUTPUT;
  record->head.core = 0;
  record->head.ticks = number;
  record->length = length;
  record->more = 0;
  memset (record->text, (int) (number & 0xff), length);
  juggler_ring_commit (writer);
  return TRUE;
}

typedef struct
{
  uint64_t next;
  uint64_t dropped;
  unsigned n_dropped_records;
} Seen;

static void
see_numbered (const JugglerRecordHead *head,
              void                    *data)
{
  const JugglerRecordOutput *record = (const JugglerRecordOutput *) head;
  Seen                      *seen = data;

  if (head->type == JUGGLER_RECORD_DROPPED)
    {
      seen->dropped += ((const JugglerRecordDropped *) head)->count;
      seen->next += ((const JugglerRecordDropped *) head)->count;
      seen->n_dropped_records++;
      return;
    }
  g_assert_cmpuint (head->type, ==, JUGGLER_RECORD_OUTPUT);
  g_assert_cmpuint (head->ticks, ==, seen->next);
  g_assert_cmpuint (record->length, ==, (seen->next % 7) * 24);
  for (uint32_t i = 0; i < record->length; i++)
    g_assert_cmpuint ((unsigned char) record->text[i], ==, seen->next & 0xff);
  seen->next++;
}

static void
count_record (const JugglerRecordHead *head,
              void                    *data)
{
  (*(unsigned *) data)++;
}

static void
test_order (Fixture       *fixture,
            gconstpointer  user_data)
{
  Seen seen = { 0 };

  g_assert_cmpint (juggler_ring_drain (&fixture->reader, see_numbered, &seen), ==, 0);
  for (uint64_t i = 0; i < 20; i++)
    g_assert_true (write_numbered (&fixture->writer, i));
  g_assert_cmpint (juggler_ring_drain (&fixture->reader, see_numbered, &seen), ==, 20);
  g_assert_cmpuint (seen.next, ==, 20);
  g_assert_cmpint (juggler_ring_drain (&fixture->reader, see_numbered, &seen), ==, 0);
}

/* The indices run freely: that they pass 2^64 changes nothing, nor do thousands of times round the ring. */
static void
test_wrap (Fixture       *fixture,
           gconstpointer  user_data)
{
  Seen     seen = { 0 };
  uint64_t written = 0;

  tear_down (fixture, NULL);
  set_up_at (fixture, UINT64_MAX - 20 * RING_SIZE + 1);
  while (written < 20000)
    {
      for (unsigned i = 0; i < written % 23; i++)
        {
          g_assert_true (write_numbered (&fixture->writer, written));
          written++;
        }
      if (written % 23 == 0)
        g_assert_true (write_numbered (&fixture->writer, written++));
      g_assert_cmpint (juggler_ring_drain (&fixture->reader, see_numbered, &seen), >=, 1);
      g_assert_cmpuint (seen.next, ==, written);
    }
  g_assert_cmpuint (seen.dropped, ==, 0);
  g_assert_cmpuint (atomic_load (&fixture->memory->ring.head), <, UINT64_MAX / 2);
}

/* A record that does not fit before the end of the ring begins at its start, even if only 8 bytes are left. */
static void
test_pad (Fixture       *fixture,
          gconstpointer  user_data)
{
  for (uint32_t left = 8; left <= 40; left += 8)
    {
      unsigned           n = 0;
      JugglerRecordSpan *span;

      tear_down (fixture, NULL);
      set_up_at (fixture, RING_SIZE - left);
      span = juggler_ring_reserve (&fixture->writer, sizeof *span);
      g_assert_nonnull (span);
      g_assert_true ((unsigned char *) span == fixture->memory->data + (left < sizeof *span ? 0 : RING_SIZE - left));
      memset (span, 0, sizeof *span);
      span->head.size = sizeof *span;
      span->head.type = JUGGLER_RECORD_SPAN;
      juggler_ring_commit (&fixture->writer);
      g_assert_cmpint (juggler_ring_drain (&fixture->reader, count_record, &n), ==, 1);
      g_assert_cmpuint (n, ==, 1);
      g_assert_cmpuint (atomic_load (&fixture->memory->ring.tail), ==, atomic_load (&fixture->memory->ring.head));
    }
}

static void
test_full (Fixture       *fixture,
           gconstpointer  user_data)
{
  Seen     seen = { 0 };
  uint64_t written = 0;
  uint64_t head;

  while (write_numbered (&fixture->writer, written))
    written++;
  g_assert_cmpuint (written, >, RING_SIZE / 256);
  head = atomic_load (&fixture->memory->ring.head);
  g_assert_cmpuint (head, <=, RING_SIZE);
  for (unsigned i = 0; i < 5; i++)
    {
      juggler_ring_drop (&fixture->writer);
      g_assert_false (write_numbered (&fixture->writer, written + 5));
    }
  g_assert_cmpuint (atomic_load (&fixture->memory->ring.head), ==, head);
  g_assert_cmpuint (atomic_load (&fixture->memory->ring.dropped), ==, 5);

  /* Room again: the loss is said before the next record, once. */
  g_assert_cmpint (juggler_ring_drain (&fixture->reader, see_numbered, &seen), ==, (int) written);
  g_assert_cmpuint (seen.n_dropped_records, ==, 0);
  g_assert_true (write_numbered (&fixture->writer, written + 5));
  g_assert_true (write_numbered (&fixture->writer, written + 6));
  g_assert_cmpint (juggler_ring_drain (&fixture->reader, see_numbered, &seen), ==, 3);
  g_assert_cmpuint (seen.dropped, ==, 5);
  g_assert_cmpuint (seen.n_dropped_records, ==, 1);
  g_assert_cmpuint (seen.next, ==, written + 7);
}

/* What is reserved and not committed never was: not even its DROPPED record is lost. */
static void
test_reserve_again (Fixture       *fixture,
                    gconstpointer  user_data)
{
  Seen seen = { 0 };

  juggler_ring_drop (&fixture->writer);
  g_assert_nonnull (juggler_ring_reserve (&fixture->writer, sizeof (JugglerRecordSpan)));
  g_assert_cmpint (juggler_ring_drain (&fixture->reader, see_numbered, &seen), ==, 0);
  g_assert_true (write_numbered (&fixture->writer, 1));
  g_assert_cmpint (juggler_ring_drain (&fixture->reader, see_numbered, &seen), ==, 2);
  g_assert_cmpuint (seen.dropped, ==, 1);
}

static void
test_bad_sizes (Fixture       *fixture,
                gconstpointer  user_data)
{
  g_assert_null (juggler_ring_reserve (&fixture->writer, 0));
  g_assert_null (juggler_ring_reserve (&fixture->writer, 8));
  g_assert_null (juggler_ring_reserve (&fixture->writer, 20));
  g_assert_null (juggler_ring_reserve (&fixture->writer, RING_SIZE / 4 + 8));
  g_assert_null (juggler_ring_reserve (&fixture->writer, UINT32_MAX - 7));
  g_assert_nonnull (juggler_ring_reserve (&fixture->writer, RING_SIZE / 4));
}

static void
produce_all (JugglerRingWriter *writer)
{
  for (uint64_t i = 0; i < N_RECORDS; i++)
    {
      while (!write_numbered (writer, i))
        sched_yield ();
    }
}

static gpointer
produce_thread (gpointer data)
{
  produce_all (data);
  return NULL;
}

static void
consume_all (Fixture *fixture)
{
  Seen seen = { 0 };

  while (seen.next < N_RECORDS)
    {
      int n = juggler_ring_drain (&fixture->reader, see_numbered, &seen);

      g_assert_cmpint (n, >=, 0);
      if (n == 0)
        sched_yield ();
    }
  g_assert_cmpuint (seen.next, ==, N_RECORDS);
  g_assert_cmpuint (seen.dropped, ==, 0);
}

static void
test_threads (Fixture       *fixture,
              gconstpointer  user_data)
{
  GThread *producer = g_thread_new ("producer", produce_thread, &fixture->writer);

  consume_all (fixture);
  g_thread_join (producer);
}

static void
test_processes (Fixture       *fixture,
                gconstpointer  user_data)
{
  int   status;
  pid_t pid = fork ();

  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      produce_all (&fixture->writer);
      _exit (0);
    }
  consume_all (fixture);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_cmpint (status, ==, 0);
}

/* A producer that is killed at any moment leaves whole records only. */
static void
test_killed_producer (Fixture       *fixture,
                      gconstpointer  user_data)
{
  for (unsigned round = 0; round < 50; round++)
    {
      Seen  seen = { 0 };
      pid_t pid;

      tear_down (fixture, NULL);
      set_up_at (fixture, 0);
      pid = fork ();
      g_assert_cmpint (pid, >=, 0);
      if (pid == 0)
        {
          produce_all (&fixture->writer);
          _exit (0);
        }
      while (seen.next < 50 + round * 20)
        g_assert_cmpint (juggler_ring_drain (&fixture->reader, see_numbered, &seen), >=, 0);
      g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
      g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
      g_assert_cmpint (juggler_ring_drain (&fixture->reader, see_numbered, &seen), >=, 0);
    }
}

/* Waits as a worker's output does: says that it starves, looks once more, sleeps until there is room. */
static gpointer
starve (gpointer data)
{
  Fixture           *fixture = data;
  JugglerRingShared *ring = &fixture->memory->ring;
  uint64_t           written = 0;
  unsigned           waits = 0;

  while (written < 20000)
    {
      uint32_t room;

      if (write_numbered (&fixture->writer, written))
        {
          written++;
          continue;
        }
      room = atomic_load (&ring->room);
      atomic_store (&ring->starving, 1);
      if (write_numbered (&fixture->writer, written))
        {
          written++;
          continue;
        }
      waits++;
      /* No time-out: a wake-up that is missed hangs the test. */
      syscall (SYS_futex, &ring->room, FUTEX_WAIT, room, NULL, NULL, 0);
    }
  return GUINT_TO_POINTER (waits);
}

static void
test_starving (Fixture       *fixture,
               gconstpointer  user_data)
{
  Seen     seen = { 0 };
  GThread *producer = g_thread_new ("producer", starve, fixture);

  while (seen.next < 20000)
    {
      g_assert_cmpint (juggler_ring_drain (&fixture->reader, see_numbered, &seen), >=, 0);
      g_usleep (50);
    }
  g_assert_cmpuint (GPOINTER_TO_UINT (g_thread_join (producer)), >, 10);
}

/* The producer's index is data, not truth. */
static void
test_corrupt_head (Fixture       *fixture,
                   gconstpointer  user_data)
{
  const uint64_t bad[] = { 8, 15, 24 + RING_SIZE + 8, UINT64_MAX, UINT64_MAX / 2, 25 };

  for (unsigned i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      unsigned n = 0;

      tear_down (fixture, NULL);
      set_up_at (fixture, 24);
      atomic_store (&fixture->memory->ring.head, bad[i]);
      g_assert_cmpint (juggler_ring_drain (&fixture->reader, count_record, &n), ==, -1);
      g_assert_cmpuint (n, ==, 0);
      /* The rest is skipped: the next look finds nothing, and no error again. */
      g_assert_cmpint (juggler_ring_drain (&fixture->reader, count_record, &n), ==, 0);
    }
}

static void
test_corrupt_record (Fixture       *fixture,
                     gconstpointer  user_data)
{
  const struct
  {
    uint32_t size;
    uint16_t type;
  } bad[] = {
    { 0, JUGGLER_RECORD_OUTPUT },       { 4, JUGGLER_RECORD_OUTPUT },
    { 12, JUGGLER_RECORD_OUTPUT },      { 16, JUGGLER_RECORD_OUTPUT },
    { 25, JUGGLER_RECORD_OUTPUT },      { RING_SIZE, JUGGLER_RECORD_OUTPUT },
    { UINT32_MAX, JUGGLER_RECORD_PAD }, { UINT32_MAX - 7, JUGGLER_RECORD_LIST },
    { 24, JUGGLER_N_RECORDS },          { 24, UINT16_MAX },
    { 24, JUGGLER_RECORD_PAD },         { 24, JUGGLER_RECORD_SPAN },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      unsigned           n = 0;
      JugglerRecordHead *second;

      tear_down (fixture, NULL);
      set_up_at (fixture, 0);
      g_assert_true (write_numbered (&fixture->writer, 0));
      g_assert_true (write_numbered (&fixture->writer, 7));
      second = (JugglerRecordHead *) (fixture->memory->data + sizeof (JugglerRecordOutput));
      second->size = bad[i].size;
      second->type = bad[i].type;
      g_assert_cmpint (juggler_ring_drain (&fixture->reader, count_record, &n), ==, -1);
      g_assert_cmpuint (n, ==, 1);
      g_assert_cmpint (juggler_ring_drain (&fixture->reader, count_record, &n), ==, 0);
    }
}

/* The consumer's index is looked at with the same eyes: no room is better than overwriting what was not read. */
static void
test_corrupt_tail (Fixture       *fixture,
                   gconstpointer  user_data)
{
  const uint64_t bad[] = { UINT64_MAX, UINT64_MAX / 2, 3 * RING_SIZE };
  uint64_t       written = 0;

  while (write_numbered (&fixture->writer, written))
    written++;
  for (unsigned i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      atomic_store (&fixture->memory->ring.tail, bad[i]);
      g_assert_null (juggler_ring_reserve (&fixture->writer, 1024));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add ("/ring/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("order", test_order);
  ADD ("wrap", test_wrap);
  ADD ("pad", test_pad);
  ADD ("full", test_full);
  ADD ("reserve-again", test_reserve_again);
  ADD ("bad-sizes", test_bad_sizes);
  ADD ("threads", test_threads);
  ADD ("processes", test_processes);
  ADD ("killed-producer", test_killed_producer);
  ADD ("starving", test_starving);
  ADD ("corrupt-head", test_corrupt_head);
  ADD ("corrupt-record", test_corrupt_record);
  ADD ("corrupt-tail", test_corrupt_tail);
  return g_test_run ();
}
