/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ring-support.h"

#include <string.h>

#include "plan-builder.h"

#define START_TICKS 1000000

static JugglerPlan *
make_plan (void)
{
  static const int64_t elements[] = { 1 };
  PlanBuilder *builder = plan_builder_new ();
  uint32_t     task;
  size_t       size;

  plan_builder_global (builder, "g", 0);
  plan_builder_list (builder, "l", elements, 1);
  plan_builder_lock (builder, "m", JUGGLER_LOCK_MUTEX);
  plan_builder_lock (builder, "r", JUGGLER_LOCK_RLOCK);
  task = plan_builder_task (builder, "task", NULL, 0);
  plan_builder_group (builder, "t", JUGGLER_KIND_THREAD, task, 2);
  plan_builder_group (builder, "p", JUGGLER_KIND_PROCESS, task, 1);
  return plan_builder_end (builder, &size);
}

RingSupport *
ring_support_new (guint ring_size)
{
  RingSupport *self = g_new0 (RingSupport, 1);
  g_autoptr (GError) error = NULL;
  guint i;

  self->plan = make_plan ();
  self->memory = juggler_memory_new (self->plan, ring_size, TRUE, &error);
  g_assert_no_error (error);
  g_assert_null (juggler_shared_validate (self->memory->shared, self->memory->size));
  self->clock = juggler_clock_map_new (1000000000);
  juggler_clock_map_add (self->clock, (JugglerClockPair){ START_TICKS, START_TICKS });
  juggler_clock_map_set_start (self->clock, START_TICKS);
  self->timeline = juggler_timeline_new (RING_SUPPORT_WORKERS, 2);
  self->output = juggler_output_new ();
  self->lists = juggler_lists_new (self->plan);
  self->globals = g_list_store_new (JUGGLER_TYPE_GLOBAL);
  for (i = 0; i < 2; i++)
    {
      g_autoptr (JugglerGlobal) global = juggler_global_new (i, i == 0 ? "g" : "l", i == 1, 0);

      g_list_store_append (self->globals, global);
    }
  self->decoder = juggler_decoder_new (self->memory, self->clock, self->timeline, self->output, self->lists,
                                       G_LIST_MODEL (self->globals));
  for (i = 0; i < RING_SUPPORT_WORKERS; i++)
    {
      JugglerRingShared *ring = juggler_shared_ring (self->memory->shared, i);

      juggler_ring_writer_init (&self->writers[i], ring, ring + 1,
                                juggler_shared_ring_size (self->memory->shared, i));
      atomic_store (&ring_support_slot (self, i)->process, i == 3 ? 3 : 0);
      atomic_store (&ring_support_slot (self, i)->state, JUGGLER_SLOT_RUNNING);
    }
  return self;
}

void
ring_support_free (RingSupport *self)
{
  juggler_decoder_free (self->decoder);
  juggler_lists_free (self->lists);
  juggler_clock_map_free (self->clock);
  juggler_memory_free (self->memory);
  g_assert_finalize_object (self->globals);
  g_assert_finalize_object (self->output);
  g_assert_finalize_object (self->timeline);
  g_free (self->plan);
  g_free (self);
}

JugglerSlot *
ring_support_slot (RingSupport *self,
                   guint        worker)
{
  return juggler_shared_slot (self->memory->shared, worker);
}

guint64
ring_support_ticks (gint64 time)
{
  return (guint64) (START_TICKS + time);
}

static gpointer
reserve (RingSupport *self,
         guint        worker,
         guint        type,
         gsize        size,
         gint64       time)
{
  JugglerRecordHead *head = juggler_ring_reserve (&self->writers[worker], (uint32_t) size);

  if (head == NULL)
    {
      juggler_ring_drop (&self->writers[worker]);
      return NULL;
    }
  memset ((char *) head + 4, 0, size - 4);
  head->size = (uint32_t) size;
  head->type = (uint16_t) type;
  head->core = JUGGLER_RECORD_NO_CORE;
  head->ticks = ring_support_ticks (time);
  return head;
}

static gboolean
commit (RingSupport *self,
        guint        worker)
{
  juggler_ring_commit (&self->writers[worker]);
  return TRUE;
}

gboolean
ring_support_head (RingSupport *self,
                   guint        worker,
                   guint        type,
                   gint64       time,
                   guint        core)
{
  JugglerRecordHead *head = reserve (self, worker, type, sizeof *head, time);

  if (head == NULL)
    return FALSE;
  head->core = (uint16_t) core;
  return commit (self, worker);
}

gboolean
ring_support_span (RingSupport *self,
                   guint        worker,
                   guint        kind,
                   gint64       begin,
                   gint64       end,
                   guint32      object,
                   guint32      holder)
{
  JugglerRecordSpan *span = reserve (self, worker, JUGGLER_RECORD_SPAN, sizeof *span, end);

  if (span == NULL)
    return FALSE;
  span->begin = ring_support_ticks (begin);
  span->kind = kind;
  span->object = object;
  span->holder = holder;
  span->flags = kind == JUGGLER_SPAN_LOCK ? JUGGLER_SPAN_GRANTED : 0;
  return commit (self, worker);
}

gboolean
ring_support_held (RingSupport *self,
                   guint        worker,
                   guint        lock,
                   gint64       begin,
                   gint64       end,
                   guint32      from)
{
  JugglerRecordHeld *held = reserve (self, worker, JUGGLER_RECORD_HELD, sizeof *held, end);

  if (held == NULL)
    return FALSE;
  held->begin = ring_support_ticks (begin);
  held->lock = lock;
  held->from = from;
  return commit (self, worker);
}

gboolean
ring_support_turns (RingSupport *self,
                    guint        worker,
                    gint64       begin,
                    gint64       end,
                    guint        turns,
                    guint        waits,
                    gint64       waited)
{
  JugglerRecordTurns *it = reserve (self, worker, JUGGLER_RECORD_TURNS, sizeof *it, end);

  if (it == NULL)
    return FALSE;
  it->begin = ring_support_ticks (begin);
  it->lock = 0;
  it->turns = turns;
  it->waits = waits;
  it->from = 2;
  it->held_ticks = (guint64) (end - begin - waited) / 2;
  it->waited_ticks = (guint64) waited;
  return commit (self, worker);
}

gboolean
ring_support_event (RingSupport *self,
                    guint        worker,
                    guint        kind,
                    gint64       time,
                    guint32      object,
                    gint64       value)
{
  JugglerRecordEvent *event = reserve (self, worker, JUGGLER_RECORD_EVENT, sizeof *event, time);

  if (event == NULL)
    return FALSE;
  event->kind = kind;
  event->object = object;
  event->value = value;
  return commit (self, worker);
}

gboolean
ring_support_sample (RingSupport *self,
                     guint        worker,
                     gint64       time,
                     gint64       value)
{
  JugglerRecordSample *sample = reserve (self, worker, JUGGLER_RECORD_SAMPLE, sizeof *sample, time);

  if (sample == NULL)
    return FALSE;
  sample->value = value;
  sample->done = (guint64) value;
  return commit (self, worker);
}

gboolean
ring_support_append (RingSupport *self,
                     guint        worker,
                     gint64       time,
                     guint        index,
                     gint64       value)
{
  JugglerRecordAppend *append = reserve (self, worker, JUGGLER_RECORD_APPEND, sizeof *append, time);

  if (append == NULL)
    return FALSE;
  append->global = 1;
  append->index = index;
  append->value = value;
  return commit (self, worker);
}

gboolean
ring_support_output (RingSupport *self,
                     guint        worker,
                     gint64       time,
                     const char  *text,
                     gboolean     more)
{
  gsize length = strlen (text);
  JugglerRecordOutput *output = reserve (self, worker, JUGGLER_RECORD_OUTPUT, sizeof *output + (length + 7) / 8 * 8, time);

  if (output == NULL)
    return FALSE;
  output->length = (uint32_t) length;
  output->more = more;
  memcpy (output->text, text, length);
  return commit (self, worker);
}

void
ring_support_read (RingSupport *self)
{
  guint i;

  for (i = 0; i < RING_SUPPORT_WORKERS; i++)
    juggler_decoder_drain (self->decoder, i);
  juggler_decoder_settle (self->decoder);
  juggler_output_commit (self->output);
}
