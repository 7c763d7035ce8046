/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ring-support.h"

static gboolean
note_span (const JugglerSpan *span,
           gpointer           data)
{
  g_string_append_printf (data, "%s %d-%d%s; ", juggler_lane_state_get_nick (span->state), (int) span->begin,
                          (int) span->end, span->open ? " open" : "");
  return TRUE;
}

#define assert_lane(support, lane, expected)                                                                           \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autoptr (GString) spans_ = g_string_new (NULL);                                                                  \
    juggler_timeline_foreach_span ((support)->timeline, lane, G_MININT64, G_MAXINT64, note_span, spans_);              \
    g_assert_cmpstr (spans_->str, ==, expected);                                                                       \
  }                                                                                                                    \
  G_STMT_END

static void
test_states (void)
{
  RingSupport *support = ring_support_new (0);
  JugglerSpan  span;

  ring_support_head (support, 1, JUGGLER_RECORD_START, 100, 1);
  ring_support_span (support, 1, JUGGLER_SPAN_PREEMPTED, 200, 300, 0, 0);
  ring_support_span (support, 1, JUGGLER_SPAN_LOCK, 300, 450, 0, 2);
  ring_support_span (support, 1, JUGGLER_SPAN_SLEEP, 500, 600, 0, 0);
  ring_support_head (support, 1, JUGGLER_RECORD_CORE, 550, 0);
  ring_support_turns (support, 1, 700, 800, 20, 5, 40);
  ring_support_head (support, 1, JUGGLER_RECORD_END, 900, 0);
  ring_support_read (support);
  assert_lane (support, 1, "running 100-200; preempted 200-300; lock 300-450; running 450-500; sleep 500-600; "
                           "running 600-700; turns 700-800; running 800-900; ");
  g_assert_true (juggler_timeline_get_span_at (support->timeline, 1, 400, &span));
  g_assert_cmpuint (span.object, ==, 0);
  g_assert_cmpuint (span.holder, ==, 2);
  g_assert_true (span.granted);
  g_assert_true (juggler_timeline_get_span_at (support->timeline, 1, 799, &span));
  g_assert_cmpuint (span.turns.turns, ==, 20);
  g_assert_cmpint (span.turns.waited, ==, 40);
  g_assert_false (juggler_timeline_get_span_at (support->timeline, 1, 900, &span));
  g_assert_false (juggler_timeline_get_span_at (support->timeline, 1, 99, &span));
  g_assert_cmpint (juggler_timeline_get_core_at (support->timeline, 1, 99), ==, -1);
  g_assert_cmpint (juggler_timeline_get_core_at (support->timeline, 1, 549), ==, 1);
  g_assert_cmpint (juggler_timeline_get_core_at (support->timeline, 1, 550), ==, 0);
  g_assert_true (juggler_decoder_has_ended (support->decoder, 1));
  ring_support_free (support);
}

/* What comes after the end, or before what is stored, changes nothing. */
static void
test_odd_records (void)
{
  RingSupport *support = ring_support_new (0);

  ring_support_head (support, 1, JUGGLER_RECORD_START, 100, 0);
  ring_support_span (support, 1, JUGGLER_SPAN_SLEEP, 150, 300, 0, 0);
  ring_support_span (support, 1, JUGGLER_SPAN_STOLEN, 200, 250, 0, 0);
  ring_support_span (support, 1, JUGGLER_SPAN_STOLEN, 400, 350, 0, 0); /* its end before its begin */
  ring_support_head (support, 1, JUGGLER_RECORD_END, 500, 0);
  ring_support_span (support, 1, JUGGLER_SPAN_SLEEP, 500, 900, 0, 0);
  ring_support_event (support, 1, JUGGLER_EVENT_REAPED, 100, 77, 0); /* no such worker */
  ring_support_read (support);
  assert_lane (support, 1, "running 100-150; sleep 150-300; running 300-500; ");
  ring_support_free (support);
}

/* Lost records leave "unsampled", from the last record read to the next one. */
static void
test_dropped (void)
{
  RingSupport *support = ring_support_new (1024);
  gint64       at = 1000;
  guint        lost = 0;
  g_autoptr (GString) spans = g_string_new (NULL);

  ring_support_head (support, 1, JUGGLER_RECORD_START, 0, 0);
  while (ring_support_span (support, 1, JUGGLER_SPAN_STOLEN, at, at + 10, 0, 0))
    at += 1000;
  for (lost = 1; lost < 50; lost++)
    ring_support_span (support, 1, JUGGLER_SPAN_STOLEN, at + 1000 * lost, at + 1000 * lost + 10, 0, 0);
  ring_support_read (support);
  ring_support_span (support, 1, JUGGLER_SPAN_SLEEP, at + 60000, at + 60500, 0, 0);
  ring_support_head (support, 1, JUGGLER_RECORD_END, at + 61000, 0);
  ring_support_read (support);
  g_assert_cmpuint (juggler_decoder_get_n_dropped (support->decoder), ==, 50);
  juggler_timeline_foreach_span (support->timeline, 1, at - 1000, G_MAXINT64, note_span, spans);
  {
    g_autofree char *expected = g_strdup_printf ("stolen %d-%d; unsampled %d-%d; sleep %d-%d; running %d-%d; ",
                                                 (int) at - 1000, (int) at - 990, (int) at - 990, (int) at + 60000,
                                                 (int) at + 60000, (int) at + 60500, (int) at + 60500, (int) at + 61000);

    g_assert_cmpstr (spans->str, ==, expected);
  }
  ring_support_free (support);
}

/* A worker that was killed: its open wait, its half line of output, the zombie that it is until it is reaped. */
static void
test_killed (void)
{
  RingSupport *support = ring_support_new (0);
  JugglerSlot *slot = ring_support_slot (support, 3);
  guint        n;

  ring_support_event (support, 0, JUGGLER_EVENT_STARTED, 50, 3, 0);
  ring_support_head (support, 3, JUGGLER_RECORD_START, 100, 0);
  ring_support_span (support, 3, JUGGLER_SPAN_SLEEP, 200, 300, 0, 0);
  ring_support_output (support, 3, 310, "half a ", TRUE);
  atomic_store (&slot->state_ticks, ring_support_ticks (400));
  atomic_store (&slot->wait_object, 1);
  atomic_store (&slot->wait_holder, 2);
  atomic_store (&slot->state, JUGGLER_SLOT_WAITING_LOCK);
  ring_support_read (support);
  juggler_decoder_look (support->decoder, 3, 700);
  assert_lane (support, 3, "running 100-200; sleep 200-300; running 300-400; lock 400-700 open; ");
  atomic_store (&slot->death_ticks, ring_support_ticks (800));
  ring_support_event (support, 0, JUGGLER_EVENT_REAPED, 1000, 3, 9);
  ring_support_read (support);
  assert_lane (support, 3, "running 100-200; sleep 200-300; running 300-400; lock 400-800 open; zombie 800-1000; ");
  g_assert_cmpstr (juggler_output_get_entries (support->output, &n)[0].text, ==, "half a ");
  juggler_timeline_get_events (support->timeline, &n);
  g_assert_cmpuint (n, ==, 2);
  ring_support_free (support);
}

/* Killed between a wait's record and the word in the slot that it is over: not waiting. */
static void
test_killed_after_wait (void)
{
  RingSupport *support = ring_support_new (0);
  JugglerSlot *slot = ring_support_slot (support, 3);

  ring_support_head (support, 3, JUGGLER_RECORD_START, 0, 0);
  ring_support_span (support, 3, JUGGLER_SPAN_LOCK, 400, 600, 0, 1);
  atomic_store (&slot->state_ticks, ring_support_ticks (400));
  atomic_store (&slot->state, JUGGLER_SLOT_WAITING_LOCK);
  ring_support_read (support);
  juggler_decoder_close (support->decoder, 3, 700);
  assert_lane (support, 3, "running 0-400; lock 400-600; running 600-700; ");
  ring_support_free (support);
}

static gboolean
note_hold (const JugglerHold *hold,
           gpointer           data)
{
  g_string_append_printf (data, "%u<%d %d-%d*%u; ", hold->worker, (int) hold->from, (int) hold->begin, (int) hold->end,
                          hold->turns);
  return TRUE;
}

static void
test_holds (void)
{
  RingSupport *support = ring_support_new (0);
  g_autoptr (GString) holds = g_string_new (NULL);

  ring_support_head (support, 1, JUGGLER_RECORD_START, 0, 0);
  ring_support_head (support, 2, JUGGLER_RECORD_START, 0, 1);
  ring_support_held (support, 1, 0, 300, 400, 2);
  ring_support_held (support, 2, 0, 100, 250, JUGGLER_NONE);
  ring_support_held (support, 2, 1, 100, 250, JUGGLER_NONE);
  ring_support_read (support);
  ring_support_turns (support, 1, 500, 900, 30, 4, 10);
  ring_support_held (support, 2, 0, 450, 460, 1);
  ring_support_read (support);
  juggler_timeline_foreach_hold (support->timeline, 0, G_MININT64, G_MAXINT64, note_hold, holds);
  g_assert_cmpstr (holds->str, ==, "2<-1 100-250*0; 1<2 300-400*0; 2<1 450-460*0; 1<2 500-900*30; ");
  g_string_truncate (holds, 0);
  juggler_timeline_foreach_hold (support->timeline, 0, 400, 500, note_hold, holds);
  g_assert_cmpstr (holds->str, ==, "2<1 450-460*0; ");
  ring_support_free (support);
}

static gboolean
note_core_span (const JugglerCoreSpan *span,
                gpointer               data)
{
  g_string_append_printf (data, "%u %d-%d; ", span->worker, (int) span->begin, (int) span->end);
  return TRUE;
}

static void
test_cores (void)
{
  RingSupport *support = ring_support_new (0);
  g_autoptr (GString) spans = g_string_new (NULL);

  ring_support_head (support, 1, JUGGLER_RECORD_START, 0, 0);
  ring_support_span (support, 1, JUGGLER_SPAN_PREEMPTED, 200, 600, 0, 0);
  ring_support_head (support, 1, JUGGLER_RECORD_CORE, 800, 1);
  ring_support_head (support, 1, JUGGLER_RECORD_END, 1000, 1);
  ring_support_head (support, 2, JUGGLER_RECORD_START, 190, 0); /* some ns before the other saw that it was out */
  ring_support_span (support, 2, JUGGLER_SPAN_SLEEP, 500, 700, 0, 0);
  ring_support_head (support, 2, JUGGLER_RECORD_END, 900, 0);
  ring_support_read (support);
  juggler_timeline_foreach_core_span (support->timeline, 0, G_MININT64, G_MAXINT64, note_core_span, spans);
  g_assert_cmpstr (spans->str, ==, "1 0-200; 2 200-500; 1 600-800; 2 800-900; ");
  g_string_truncate (spans, 0);
  juggler_timeline_foreach_core_span (support->timeline, 1, G_MININT64, G_MAXINT64, note_core_span, spans);
  g_assert_cmpstr (spans->str, ==, "1 800-1000; ");
  g_assert_cmpuint (juggler_timeline_get_n_cores (support->timeline), ==, 2);
  ring_support_free (support);
}

static void
test_values (void)
{
  RingSupport *support = ring_support_new (0);
  g_autoptr (JugglerGlobal) global = g_list_model_get_item (G_LIST_MODEL (support->globals), 0);
  g_autoptr (JugglerSeries) series = NULL;
  g_autofree gint64 *child = NULL;
  g_autofree gint64 *own = NULL;
  guint n;

  ring_support_head (support, 1, JUGGLER_RECORD_START, 0, 0);
  ring_support_sample (support, 1, 10, 5);
  ring_support_sample (support, 1, 20, 9);
  ring_support_append (support, 1, 30, 1, 2);
  ring_support_event (support, 0, JUGGLER_EVENT_STARTED, 40, 3, 0);
  ring_support_append (support, 0, 50, 2, 3);
  ring_support_append (support, 3, 60, 2, 30);
  ring_support_append (support, 3, 70, 4, 50); /* the one before it was lost */
  ring_support_read (support);
  juggler_global_commit (global);
  series = g_list_model_get_item (juggler_global_get_series (global), 0);
  g_assert_cmpuint (juggler_series_get_worker (series), ==, 1);
  g_assert_cmpint (juggler_series_get_points (series, &n)[1].value, ==, 9);
  g_assert_cmpuint (n, ==, 2);
  own = juggler_lists_rebuild (support->lists, 0, 1, G_MAXINT64, &n);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpint (own[1], ==, 2);
  g_assert_cmpint (own[2], ==, 3);
  child = juggler_lists_rebuild (support->lists, 3, 1, G_MAXINT64, &n);
  g_assert_cmpuint (n, ==, 4);
  g_assert_cmpint (child[0], ==, 1);
  g_assert_cmpint (child[2], ==, 30);
  g_assert_cmpint (child[3], ==, 50);
  ring_support_free (support);
}

static void
test_output (void)
{
  RingSupport *support = ring_support_new (0);
  const JugglerOutputEntry *entries;
  guint n;

  ring_support_output (support, 1, 500, "late", FALSE);
  ring_support_output (support, 2, 100, "ear", TRUE);
  ring_support_output (support, 2, 100, "ly 计", TRUE);
  ring_support_output (support, 2, 100, "", FALSE);
  ring_support_read (support);
  entries = juggler_output_get_entries (support->output, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpstr (entries[0].text, ==, "early 计");
  g_assert_cmpint (entries[0].time, ==, 100);
  g_assert_cmpstr (entries[1].text, ==, "late");
  ring_support_free (support);
}

/* A ring that holds what no worker writes is skipped and counted; the others go on. */
static void
test_corrupt (void)
{
  RingSupport *support = ring_support_new (0);
  JugglerRingShared *ring = juggler_shared_ring (support->memory->shared, 1);

  ring_support_head (support, 1, JUGGLER_RECORD_START, 0, 0);
  ring_support_head (support, 2, JUGGLER_RECORD_START, 0, 0);
  ring_support_read (support);
  atomic_store (&ring->head, atomic_load (&ring->head) + (1U << 30));
  ring_support_span (support, 2, JUGGLER_SPAN_SLEEP, 10, 20, 0, 0);
  ring_support_read (support);
  g_assert_cmpuint (juggler_decoder_get_n_corrupt (support->decoder), ==, 1);
  assert_lane (support, 2, "running 0-10; sleep 10-20; ");
  ring_support_free (support);
}

/* Random records of random workers at random times, looks and deaths in between: no lane ever overlaps. */
static gboolean
check_order (const JugglerSpan *span,
             gpointer           data)
{
  gint64 *upto = data;

  g_assert_cmpint (span->begin, >=, *upto);
  g_assert_cmpint (span->end, >, span->begin);
  *upto = span->end;
  return TRUE;
}

static void
test_random (void)
{
  RingSupport *support = ring_support_new (4096);
  gint64       at = 0;
  guint        i;
  guint        worker;

  for (i = 0; i < 20000; i++)
    {
      gint64 begin = at + g_test_rand_int_range (-200, 400);

      worker = (guint) g_test_rand_int_range (0, 4);
      at += g_test_rand_int_range (0, 300);
      switch (g_test_rand_int_range (0, 8))
        {
        case 0:
          ring_support_head (support, worker, JUGGLER_RECORD_START, at, 0);
          break;
        case 1:
          ring_support_turns (support, worker, begin, at, 5, 2, 30);
          break;
        case 2:
          atomic_store (&ring_support_slot (support, worker)->state_ticks, ring_support_ticks (begin));
          atomic_store (&ring_support_slot (support, worker)->state, (guint) g_test_rand_int_range (0, JUGGLER_N_SLOT_STATES));
          juggler_decoder_look (support->decoder, worker, at);
          break;
        case 3:
          ring_support_read (support);
          break;
        default:
          ring_support_span (support, worker, (guint) g_test_rand_int_range (0, JUGGLER_N_SPANS), begin, at, 0, 1);
        }
    }
  ring_support_read (support);
  for (worker = 0; worker < 4; worker++)
    {
      gint64 upto = G_MININT64;

      juggler_decoder_close (support->decoder, worker, at - 100);
      juggler_timeline_foreach_span (support->timeline, worker, G_MININT64, G_MAXINT64, check_order, &upto);
      g_assert_cmpint (upto, >, 0);
    }
  ring_support_free (support);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/decoder/states", test_states);
  g_test_add_func ("/engine/decoder/odd-records", test_odd_records);
  g_test_add_func ("/engine/decoder/dropped", test_dropped);
  g_test_add_func ("/engine/decoder/killed", test_killed);
  g_test_add_func ("/engine/decoder/killed-after-wait", test_killed_after_wait);
  g_test_add_func ("/engine/decoder/holds", test_holds);
  g_test_add_func ("/engine/decoder/cores", test_cores);
  g_test_add_func ("/engine/decoder/values", test_values);
  g_test_add_func ("/engine/decoder/output", test_output);
  g_test_add_func ("/engine/decoder/corrupt", test_corrupt);
  g_test_add_func ("/engine/decoder/random", test_random);
  return g_test_run ();
}
