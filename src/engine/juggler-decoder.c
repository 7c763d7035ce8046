/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "juggler-decoder.h"

#include "juggler-global-private.h"

/* Points kept of all series together; a series has at least so many. */
#define MOST_POINTS 1000000U
#define FEWEST_POINTS 64U

typedef struct
{
  JugglerRingReader reader;
  gboolean          attached;
  gboolean          ended;     /* END was read, or closed */
  gboolean          lost;      /* records are missing between the last one read and the next */
  gint64            last_time; /* of the last record read */
  guint64           n_dropped;
  GString          *line; /* of an OUTPUT in pieces */
  gint64            line_time;
} Lane;

typedef struct
{
  guint  worker;
  gint64 time;
} Reaped;

struct _JugglerDecoder
{
  JugglerMemory   *memory;
  JugglerClockMap *clock;
  JugglerTimeline *timeline;
  JugglerOutput   *output;
  JugglerLists    *lists;
  GListModel      *globals;
  guint            n_workers;
  guint            n_globals;
  guint            most_points;
  Lane            *lanes;
  GArray          *reaped; /* Reaped: to settle */
  guint            worker; /* whose ring is being read */
  guint64          n_dropped;
  guint            n_corrupt;
};

JugglerDecoder *
juggler_decoder_new (JugglerMemory   *memory,
                     JugglerClockMap *clock,
                     JugglerTimeline *timeline,
                     JugglerOutput   *output,
                     JugglerLists    *lists,
                     GListModel      *globals)
{
  JugglerDecoder *self = g_new0 (JugglerDecoder, 1);

  self->memory = memory;
  self->clock = clock;
  self->timeline = timeline;
  self->output = output;
  self->lists = lists;
  self->globals = globals;
  self->n_workers = memory->shared->n_workers;
  self->n_globals = g_list_model_get_n_items (globals);
  self->most_points = MAX (MOST_POINTS / MAX (self->n_workers * MAX (self->n_globals, 1), 1), FEWEST_POINTS);
  self->lanes = g_new0 (Lane, self->n_workers);
  self->reaped = g_array_new (FALSE, FALSE, sizeof (Reaped));
  return self;
}

void
juggler_decoder_free (JugglerDecoder *self)
{
  guint i;

  if (self == NULL)
    return;
  for (i = 0; i < self->n_workers; i++)
    if (self->lanes[i].line != NULL)
      g_string_free (self->lanes[i].line, TRUE);
  g_free (self->lanes);
  g_array_unref (self->reaped);
  g_free (self);
}

static gint64
to_time (JugglerDecoder *self,
         guint64         ticks)
{
  return juggler_clock_map_to_time (self->clock, ticks);
}

static JugglerLane *
lane_of (JugglerDecoder *self,
         guint           worker)
{
  return juggler_timeline_ensure_lane (self->timeline, worker);
}

static guint32
worker_or_none (JugglerDecoder *self,
                guint32         worker)
{
  return worker < self->n_workers ? worker : G_MAXUINT32;
}

static guint
process_of (JugglerDecoder *self,
            guint           worker)
{
  guint process = atomic_load_explicit (&juggler_shared_slot (self->memory->shared, worker)->process,
                                        memory_order_relaxed);

  return process < self->n_workers ? process : worker;
}

/* Where records were lost, what lies between the last one read and `upto` is not known. */
static void
fill_gap (JugglerDecoder *self,
          Lane           *lane,
          gint64          upto)
{
  if (!lane->lost)
    return;
  lane->lost = FALSE;
  if (upto > lane->last_time)
    juggler_lane_add (lane_of (self, self->worker), lane->last_time, upto, JUGGLER_LANE_UNSAMPLED, NULL,
                      JUGGLER_LANE_RUNNING);
}

/* ---- one record ---- */

static void
decode_span (JugglerDecoder          *self,
             Lane                    *lane,
             const JugglerRecordSpan *span,
             gint64                   end)
{
  static const JugglerLaneState states[JUGGLER_N_SPANS] = {
    [JUGGLER_SPAN_PREEMPTED] = JUGGLER_LANE_PREEMPTED, [JUGGLER_SPAN_STOLEN] = JUGGLER_LANE_STOLEN,
    [JUGGLER_SPAN_LOCK] = JUGGLER_LANE_LOCK,           [JUGGLER_SPAN_SLEEP] = JUGGLER_LANE_SLEEP,
    [JUGGLER_SPAN_JOIN] = JUGGLER_LANE_JOIN,           [JUGGLER_SPAN_OUTPUT] = JUGGLER_LANE_OUTPUT,
    [JUGGLER_SPAN_GATE] = JUGGLER_LANE_GATE,
  };
  JugglerLaneDetail detail = {
    .object = span->object,
    .holder = worker_or_none (self, span->holder),
    .timed_out = (span->flags & JUGGLER_SPAN_TIMED_OUT) != 0,
    .granted = (span->flags & JUGGLER_SPAN_GRANTED) != 0,
    .at_end = (span->flags & JUGGLER_JOIN_AT_END) != 0,
  };
  gint64 begin = MIN (to_time (self, span->begin), end);

  if (span->kind >= JUGGLER_N_SPANS || lane->ended)
    return;
  fill_gap (self, lane, begin);
  juggler_lane_add (lane_of (self, self->worker), begin, end, states[span->kind], &detail, JUGGLER_LANE_RUNNING);
}

static void
decode_held (JugglerDecoder          *self,
             const JugglerRecordHeld *held,
             gint64                   end)
{
  JugglerHold hold = {
    .begin = MIN (to_time (self, held->begin), end),
    .end = end,
    .worker = self->worker,
    .from = worker_or_none (self, held->from),
  };

  juggler_timeline_add_hold (self->timeline, held->lock, &hold);
}

static void
decode_turns (JugglerDecoder           *self,
              Lane                     *lane,
              const JugglerRecordTurns *turns,
              gint64                    end)
{
  gint64 begin = MIN (to_time (self, turns->begin), end);
  JugglerLaneDetail detail = {
    .object = turns->lock,
    .holder = worker_or_none (self, turns->from),
    .turns = {
      .turns = turns->turns,
      .waits = turns->waits,
      .held = CLAMP (juggler_clock_map_to_length (self->clock, turns->held_ticks), 0, end - begin),
      .waited = CLAMP (juggler_clock_map_to_length (self->clock, turns->waited_ticks), 0, end - begin),
    },
  };
  JugglerHold hold = {
    .begin = begin,
    .end = end,
    .worker = self->worker,
    .from = turns->waits > 0 ? detail.holder : G_MAXUINT32,
    .turns = turns->turns,
    .sums = detail.turns,
  };

  if (lane->ended)
    return;
  fill_gap (self, lane, begin);
  juggler_lane_add (lane_of (self, self->worker), begin, end, JUGGLER_LANE_TURNS, &detail, JUGGLER_LANE_RUNNING);
  juggler_timeline_add_hold (self->timeline, turns->lock, &hold);
}

static void
decode_sample (JugglerDecoder            *self,
               const JugglerRecordSample *sample,
               gint64                     time)
{
  g_autoptr (JugglerGlobal) global = g_list_model_get_item (self->globals, sample->global);
  JugglerPoint point = { time, sample->value, sample->done };

  if (global != NULL)
    juggler_series_append (juggler_global_ensure_series (global, self->worker, self->most_points), point);
}

static void
decode_output (JugglerDecoder            *self,
               Lane                      *lane,
               const JugglerRecordOutput *output,
               gint64                     time)
{
  if (lane->line == NULL)
    {
      lane->line = g_string_new (NULL);
      lane->line_time = time;
    }
  g_string_append_len (lane->line, output->text, output->length);
  if (output->more)
    return;
  juggler_output_add (self->output, lane->line_time, self->worker, lane->line->str);
  g_string_free (g_steal_pointer (&lane->line), TRUE);
}

static void
decode_event (JugglerDecoder           *self,
              const JugglerRecordEvent *event,
              gint64                    time)
{
  static const JugglerTimelineEventKind kinds[JUGGLER_N_EVENTS] = {
    [JUGGLER_EVENT_STARTED] = JUGGLER_TIMELINE_STARTED,       [JUGGLER_EVENT_JOINED] = JUGGLER_TIMELINE_JOINED,
    [JUGGLER_EVENT_REAPED] = JUGGLER_TIMELINE_REAPED,         [JUGGLER_EVENT_SIGNALLED] = JUGGLER_TIMELINE_SIGNALLED,
    [JUGGLER_EVENT_STEPS_DONE] = JUGGLER_TIMELINE_STEPS_DONE, [JUGGLER_EVENT_OWNER_DIED] = JUGGLER_TIMELINE_OWNER_DIED,
  };
  JugglerTimelineEvent it = { .time = time, .worker = self->worker, .object = event->object, .value = event->value };
  gboolean of_worker = event->kind == JUGGLER_EVENT_STARTED || event->kind == JUGGLER_EVENT_JOINED
                       || event->kind == JUGGLER_EVENT_REAPED || event->kind == JUGGLER_EVENT_SIGNALLED;

  if (event->kind >= JUGGLER_N_EVENTS || (of_worker && event->object >= self->n_workers))
    return;
  it.kind = kinds[event->kind];
  juggler_timeline_add_event (self->timeline, &it);
  if (event->kind == JUGGLER_EVENT_STARTED)
    {
      juggler_lists_started (self->lists, process_of (self, self->worker), event->object, time);
    }
  else if (event->kind == JUGGLER_EVENT_REAPED)
    {
      Reaped reaped = { event->object, time };

      g_array_append_val (self->reaped, reaped);
    }
}

static void
decode_list (JugglerDecoder            *self,
             const JugglerRecordAppend *append,
             gint64                     time)
{
  juggler_lists_append (self->lists, process_of (self, self->worker), time, append->global, append->index,
                        append->value);
}

static void
decode_life (JugglerDecoder          *self,
             Lane                    *lane,
             const JugglerRecordHead *head,
             gint64                   time)
{
  JugglerLane *it = lane_of (self, self->worker);

  if (head->type == JUGGLER_RECORD_START)
    {
      juggler_lane_begin (it, time);
      lane->last_time = time;
    }
  else if (!lane->ended)
    {
      fill_gap (self, lane, time);
      juggler_lane_clear_open (it);
      juggler_lane_add (it, MAX (time, juggler_lane_get_stored (it)), time, JUGGLER_LANE_RUNNING, NULL,
                        JUGGLER_LANE_RUNNING);
      lane->ended = TRUE;
    }
}

static void
decode (const JugglerRecordHead *head,
        gpointer                 data)
{
  JugglerDecoder *self = data;
  Lane           *lane = &self->lanes[self->worker];
  gint64          time = to_time (self, head->ticks);

  if (head->type == JUGGLER_RECORD_DROPPED)
    {
      lane->lost = !lane->ended;
      return; /* its place says when: it has no time of its own */
    }
  if (head->core != JUGGLER_RECORD_NO_CORE && head->core < JUGGLER_MAX_CORES
      && (head->type == JUGGLER_RECORD_CORE || head->type == JUGGLER_RECORD_START))
    juggler_timeline_set_core (self->timeline, self->worker, time, head->core);
  switch (head->type)
    {
    case JUGGLER_RECORD_START:
    case JUGGLER_RECORD_END:
      decode_life (self, lane, head, time);
      break;
    case JUGGLER_RECORD_SPAN:
      decode_span (self, lane, (const JugglerRecordSpan *) head, time);
      break;
    case JUGGLER_RECORD_HELD:
      decode_held (self, (const JugglerRecordHeld *) head, time);
      break;
    case JUGGLER_RECORD_TURNS:
      decode_turns (self, lane, (const JugglerRecordTurns *) head, time);
      break;
    case JUGGLER_RECORD_SAMPLE:
      decode_sample (self, (const JugglerRecordSample *) head, time);
      break;
    case JUGGLER_RECORD_APPEND:
      decode_list (self, (const JugglerRecordAppend *) head, time);
      break;
    case JUGGLER_RECORD_LIST:
      {
        const JugglerRecordList *list = (const JugglerRecordList *) head;

        juggler_lists_add_part (self->lists, self->worker, list->global, list->first, list->total, list->values,
                                list->count);
        return; /* written after the end */
      }
    case JUGGLER_RECORD_OUTPUT:
      decode_output (self, lane, (const JugglerRecordOutput *) head, time);
      break;
    case JUGGLER_RECORD_EVENT:
      decode_event (self, (const JugglerRecordEvent *) head, time);
      break;
    default:
      break;
    }
  if (!lane->ended)
    fill_gap (self, lane, time);
  lane->last_time = MAX (lane->last_time, time);
}

/* ---- rings ---- */

guint64
juggler_decoder_drain (JugglerDecoder *self,
                       guint           worker)
{
  JugglerShared *shared = self->memory->shared;
  Lane          *lane = &self->lanes[worker];
  guint64        before;
  guint64        dropped;

  if (!lane->attached)
    {
      JugglerRingShared *ring = juggler_shared_ring (shared, worker);

      juggler_ring_reader_init (&lane->reader, ring, ring + 1, juggler_shared_ring_size (shared, worker));
      lane->attached = TRUE;
    }
  self->worker = worker;
  before = lane->reader.tail;
  if (juggler_ring_drain (&lane->reader, decode, self) < 0)
    {
      self->n_corrupt++;
      lane->lost = !lane->ended;
    }
  dropped = atomic_load_explicit (&lane->reader.shared->dropped, memory_order_relaxed);
  self->n_dropped += dropped - lane->n_dropped;
  lane->n_dropped = dropped;
  return lane->reader.tail - before;
}

void
juggler_decoder_settle (JugglerDecoder *self)
{
  guint i;

  for (i = 0; i < self->reaped->len; i++)
    {
      Reaped       reaped = g_array_index (self->reaped, Reaped, i);
      JugglerLane *lane = lane_of (self, reaped.worker);
      JugglerSlot *slot = juggler_shared_slot (self->memory->shared, reaped.worker);
      guint64      death = atomic_load_explicit (&slot->death_ticks, memory_order_relaxed);
      gint64       from;

      /* It was dead when it was reaped, so all that it ever wrote is there now. */
      juggler_decoder_drain (self, reaped.worker);
      if (!juggler_lane_has_begun (lane))
        continue;
      juggler_decoder_close (self, reaped.worker, death != 0 ? MIN (to_time (self, death), reaped.time) : reaped.time);
      from = juggler_lane_get_stored (lane);
      juggler_lane_add (lane, from, reaped.time, JUGGLER_LANE_ZOMBIE, NULL, JUGGLER_LANE_ZOMBIE);
    }
  g_array_set_size (self->reaped, 0);
}

/* ---- slots ---- */

JugglerLaneState
juggler_decoder_lane_state (JugglerSlotState state)
{
  switch (state)
    {
    case JUGGLER_SLOT_SLEEPING:
      return JUGGLER_LANE_SLEEP;
    case JUGGLER_SLOT_WAITING_LOCK:
      return JUGGLER_LANE_LOCK;
    case JUGGLER_SLOT_WAITING_JOIN:
      return JUGGLER_LANE_JOIN;
    case JUGGLER_SLOT_WAITING_OUTPUT:
      return JUGGLER_LANE_OUTPUT;
    default:
      return JUGGLER_LANE_RUNNING;
    }
}

/* What the slot says it does, since when. */
static JugglerLaneState
look_at_slot (JugglerDecoder    *self,
              guint              worker,
              gint64            *since,
              JugglerLaneDetail *detail)
{
  JugglerSlot *slot = juggler_shared_slot (self->memory->shared, worker);
  JugglerLaneState state = juggler_decoder_lane_state (atomic_load_explicit (&slot->state, memory_order_acquire));
  guint32 sequence = atomic_load_explicit (&slot->wait_sequence, memory_order_acquire);

  *detail = (JugglerLaneDetail){ .object = G_MAXUINT32, .holder = G_MAXUINT32, .open = TRUE };
  *since = to_time (self, atomic_load_explicit (&slot->state_ticks, memory_order_relaxed));
  if (state == JUGGLER_LANE_RUNNING)
    return state;
  detail->object = atomic_load_explicit (&slot->wait_object, memory_order_relaxed);
  detail->holder = worker_or_none (self, atomic_load_explicit (&slot->wait_holder, memory_order_relaxed));
  detail->at_end = state == JUGGLER_LANE_JOIN
                   && (atomic_load_explicit (&slot->flags, memory_order_relaxed) & JUGGLER_SLOT_STEPS_DONE) != 0;
  atomic_thread_fence (memory_order_acquire);
  /* It went on while we looked: what it does by now comes with the next look. */
  if (atomic_load_explicit (&slot->wait_sequence, memory_order_relaxed) != sequence)
    return JUGGLER_LANE_RUNNING;
  return state;
}

void
juggler_decoder_look (JugglerDecoder *self,
                      guint           worker,
                      gint64          now)
{
  JugglerLane      *lane = juggler_timeline_get_lane (self->timeline, worker);
  JugglerLaneDetail detail;
  JugglerLaneState  state;
  gint64            since;
  guint32           flags;

  if (lane == NULL || !juggler_lane_has_begun (lane))
    return;
  if (self->lanes[worker].ended)
    {
      flags = atomic_load_explicit (&juggler_shared_slot (self->memory->shared, worker)->flags, memory_order_acquire);
      if ((flags & JUGGLER_SLOT_ZOMBIE) && !(flags & JUGGLER_SLOT_REAPED))
        juggler_lane_set_open (lane, juggler_lane_get_stored (lane), now, JUGGLER_LANE_ZOMBIE, NULL,
                               JUGGLER_LANE_ZOMBIE);
      else
        juggler_lane_clear_open (lane);
      return;
    }
  state = look_at_slot (self, worker, &since, &detail);
  if (since < juggler_lane_get_stored (lane))
    state = JUGGLER_LANE_RUNNING; /* that wait is over and stored */
  juggler_lane_set_open (lane, state == JUGGLER_LANE_RUNNING ? now : since, now, state, &detail,
                         self->lanes[worker].lost ? JUGGLER_LANE_UNSAMPLED : JUGGLER_LANE_RUNNING);
}

static void
close_line (JugglerDecoder *self,
            Lane           *lane,
            guint           worker)
{
  g_autofree char *text = NULL;

  if (lane->line == NULL)
    return;
  text = g_utf8_make_valid (lane->line->str, (gssize) lane->line->len);
  juggler_output_add (self->output, lane->line_time, worker, text);
  g_string_free (g_steal_pointer (&lane->line), TRUE);
}

void
juggler_decoder_close (JugglerDecoder *self,
                       guint           worker,
                       gint64          time)
{
  JugglerLane      *it = juggler_timeline_get_lane (self->timeline, worker);
  Lane             *lane = &self->lanes[worker];
  JugglerLaneDetail detail;
  JugglerLaneState  state;
  gint64            since;

  close_line (self, lane, worker);
  if (it == NULL)
    return;
  juggler_lane_clear_open (it);
  if (lane->ended || !juggler_lane_has_begun (it))
    return;
  self->worker = worker;
  lane->ended = TRUE;
  state = look_at_slot (self, worker, &since, &detail);
  /* A wait that began before what is stored was over, only the slot did not say so yet. */
  if (state == JUGGLER_LANE_RUNNING || since < juggler_lane_get_stored (it))
    since = time;
  fill_gap (self, lane, MIN (since, time));
  if (since < time)
    juggler_lane_add (it, since, time, state, &detail, JUGGLER_LANE_RUNNING);
  else if (time > juggler_lane_get_stored (it))
    juggler_lane_add (it, juggler_lane_get_stored (it), time, JUGGLER_LANE_RUNNING, NULL, JUGGLER_LANE_RUNNING);
}

gboolean
juggler_decoder_has_ended (JugglerDecoder *self,
                           guint           worker)
{
  return self->lanes[worker].ended;
}

guint64
juggler_decoder_get_n_dropped (JugglerDecoder *self)
{
  return self->n_dropped;
}

guint
juggler_decoder_get_n_corrupt (JugglerDecoder *self)
{
  return self->n_corrupt;
}
