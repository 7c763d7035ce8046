/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "juggler-lane.h"

#include <string.h>

/* A segment's byte. */
#define STATE_MASK 0x1fU
#define CONTINUES 0x20U /* goes on with the segment before it: longer than a length can say */

#define DETAIL_TIMED_OUT 1U
#define DETAIL_GRANTED 2U
#define DETAIL_AT_END 4U
#define DETAIL_OPEN 8U
#define NO_HOLDER G_MAXUINT16

/* How many records of details stand before the chunk's first; absolute, also after old ones were given up. */
typedef struct
{
  guint32 lengths[JUGGLER_LANE_CHUNK]; /* ns */
  guint8  states[JUGGLER_LANE_CHUNK];
  guint64 first_detail;
  guint64 first_turns;
} Chunk;

typedef struct
{
  guint32 object;
  guint16 holder;
  guint16 flags;
} Detail;

/* Apart from the others: a chunk's beginnings are searched, its sums only read when found. */
struct _JugglerLane
{
  gint64            begin;
  gboolean          begun;
  JugglerShares     sums; /* at the end of what is stored */
  gint64            stored;

  GArray           *begins;  /* gint64, a chunk */
  GArray           *marks;   /* JugglerShares at that time */
  GArray           *chunks;  /* Chunk; of chunk n_thinned and up */
  guint             n_thinned;
  guint             n_last; /* segments in the last chunk */
  GArray           *details; /* Detail; the first is number details_base */
  guint64           details_base;
  GArray           *turns; /* JugglerTurns of TURNS segments */
  guint64           turns_base;

  gboolean          open;
  gint64            open_since;
  gint64            open_until;
  JugglerLaneState  open_state;
  JugglerLaneState  open_filler;
  JugglerLaneDetail open_detail;
};

static inline gboolean
has_detail (guint state)
{
  return state == JUGGLER_LANE_LOCK || state == JUGGLER_LANE_JOIN || state == JUGGLER_LANE_TURNS;
}

JugglerLane *
juggler_lane_new (void)
{
  JugglerLane *self = g_new0 (JugglerLane, 1);

  self->begins = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->marks = g_array_new (FALSE, FALSE, sizeof (JugglerShares));
  self->chunks = g_array_new (FALSE, FALSE, sizeof (Chunk));
  self->details = g_array_new (FALSE, FALSE, sizeof (Detail));
  self->turns = g_array_new (FALSE, FALSE, sizeof (JugglerTurns));
  return self;
}

void
juggler_lane_free (JugglerLane *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->begins);
  g_array_unref (self->marks);
  g_array_unref (self->chunks);
  g_array_unref (self->details);
  g_array_unref (self->turns);
  g_free (self);
}

gboolean
juggler_lane_has_begun (const JugglerLane *self)
{
  return self->begun;
}

gint64
juggler_lane_get_begin (const JugglerLane *self)
{
  return self->begin;
}

gint64
juggler_lane_get_stored (const JugglerLane *self)
{
  return self->stored;
}

gint64
juggler_lane_get_end (const JugglerLane *self)
{
  return self->open ? MAX (self->stored, self->open_until) : self->stored;
}

gsize
juggler_lane_get_memory (const JugglerLane *self)
{
  return sizeof *self + (gsize) self->begins->len * (sizeof (gint64) + sizeof (JugglerShares))
         + (gsize) self->chunks->len * sizeof (Chunk) + (gsize) self->details->len * sizeof (Detail)
         + (gsize) self->turns->len * sizeof (JugglerTurns);
}

gint64
juggler_lane_get_thinned_until (const JugglerLane *self)
{
  if (self->n_thinned == 0)
    return self->begin;
  return self->n_thinned < self->begins->len ? g_array_index (self->begins, gint64, self->n_thinned) : self->stored;
}

void
juggler_lane_begin (JugglerLane *self,
                    gint64       time)
{
  if (self->begun)
    return;
  self->begun = TRUE;
  self->begin = time;
  self->stored = time;
}

/* ---- adding ---- */

static Chunk *
chunk_for_next_segment (JugglerLane *self)
{
  if (self->begins->len == self->n_thinned || self->n_last == JUGGLER_LANE_CHUNK)
    {
      guint  at = self->chunks->len;
      Chunk *chunk;

      g_array_append_val (self->begins, self->stored);
      g_array_append_val (self->marks, self->sums);
      g_array_set_size (self->chunks, at + 1);
      chunk = &g_array_index (self->chunks, Chunk, at);
      chunk->first_detail = self->details_base + self->details->len;
      chunk->first_turns = self->turns_base + self->turns->len;
      self->n_last = 0;
    }
  return &g_array_index (self->chunks, Chunk, self->chunks->len - 1);
}

static void
store_detail (JugglerLane             *self,
              JugglerLaneState         state,
              const JugglerLaneDetail *detail)
{
  Detail stored = { G_MAXUINT32, NO_HOLDER, 0 };

  if (detail != NULL)
    {
      stored.object = detail->object;
      stored.holder = (guint16) MIN (detail->holder, NO_HOLDER);
      stored.flags = (guint16) ((detail->timed_out ? DETAIL_TIMED_OUT : 0) | (detail->granted ? DETAIL_GRANTED : 0)
                                | (detail->at_end ? DETAIL_AT_END : 0) | (detail->open ? DETAIL_OPEN : 0));
    }
  g_array_append_val (self->details, stored);
  if (state == JUGGLER_LANE_TURNS)
    {
      JugglerTurns turns = detail != NULL ? detail->turns : (JugglerTurns){ 0 };

      g_array_append_val (self->turns, turns);
    }
}

/* Lengthens the last segment if that says the same. */
static gboolean
lengthen (JugglerLane      *self,
          gint64            end,
          JugglerLaneState  state)
{
  Chunk *chunk;
  guint64 length;

  if (self->chunks->len == 0 || self->n_last == 0 || has_detail (state))
    return FALSE;
  chunk = &g_array_index (self->chunks, Chunk, self->chunks->len - 1);
  if ((chunk->states[self->n_last - 1] & STATE_MASK) != (guint) state)
    return FALSE;
  length = chunk->lengths[self->n_last - 1] + (guint64) (end - self->stored);
  if (length > G_MAXUINT32)
    return FALSE;
  chunk->lengths[self->n_last - 1] = (guint32) length;
  self->sums.time[state] += end - self->stored;
  self->stored = end;
  return TRUE;
}

static void
append (JugglerLane             *self,
        gint64                   end,
        JugglerLaneState         state,
        const JugglerLaneDetail *detail)
{
  gint64  whole = end - self->stored;
  gint64  waited = detail != NULL ? CLAMP (detail->turns.waited, 0, whole) : 0;
  guint8  continues = 0;

  if (whole <= 0 || lengthen (self, end, state))
    return;
  while (self->stored < end)
    {
      Chunk *chunk = chunk_for_next_segment (self);
      gint64 length = MIN (end - self->stored, (gint64) G_MAXUINT32);

      if (!continues && has_detail (state))
        store_detail (self, state, detail);
      chunk->lengths[self->n_last] = (guint32) length;
      chunk->states[self->n_last] = (guint8) state | continues;
      self->n_last++;
      self->sums.time[state] += length;
      self->sums.changes += continues ? 0 : 1;
      if (state == JUGGLER_LANE_TURNS)
        self->sums.turns_waited += (gint64) ((__int128) waited * length / whole);
      self->stored += length;
      continues = CONTINUES;
    }
}

void
juggler_lane_add (JugglerLane             *self,
                  gint64                   begin,
                  gint64                   end,
                  JugglerLaneState         state,
                  const JugglerLaneDetail *detail,
                  JugglerLaneState         filler)
{
  JugglerLaneDetail cut;

  if (!self->begun)
    juggler_lane_begin (self, begin);
  if (begin > self->stored)
    append (self, begin, filler, NULL);
  if (end <= self->stored)
    return;
  if (state != JUGGLER_LANE_TURNS || detail == NULL)
    {
      append (self, end, state, detail);
      return;
    }
  while (self->stored < end)
    {
      /* What was cut off, and a piece no longer than one length can say: each has its share of the waiting. */
      gint64 piece = MIN (end - self->stored, (gint64) G_MAXUINT32);

      cut = *detail;
      cut.turns.waited = (gint64) ((__int128) detail->turns.waited * piece / (end - begin));
      cut.turns.held = (gint64) ((__int128) detail->turns.held * piece / (end - begin));
      append (self, self->stored + piece, state, &cut);
    }
}

void
juggler_lane_set_open (JugglerLane             *self,
                       gint64                   since,
                       gint64                   now,
                       JugglerLaneState         state,
                       const JugglerLaneDetail *detail,
                       JugglerLaneState         filler)
{
  self->open = TRUE;
  self->open_since = MIN (since, now);
  self->open_until = now;
  self->open_state = state;
  self->open_filler = filler;
  self->open_detail = detail != NULL ? *detail : (JugglerLaneDetail){ .object = G_MAXUINT32, .holder = G_MAXUINT32 };
}

void
juggler_lane_clear_open (JugglerLane *self)
{
  self->open = FALSE;
}

/* ---- giving up detail ---- */

static void
drop_segments (JugglerLane *self,
               guint        n)
{
  const Chunk *first;

  g_array_remove_range (self->chunks, 0, n);
  self->n_thinned += n;
  first = &g_array_index (self->chunks, Chunk, 0);
  if (first->first_detail > self->details_base)
    g_array_remove_range (self->details, 0, (guint) (first->first_detail - self->details_base));
  if (first->first_turns > self->turns_base)
    g_array_remove_range (self->turns, 0, (guint) (first->first_turns - self->turns_base));
  self->details_base = first->first_detail;
  self->turns_base = first->first_turns;
}

static void
drop_every_second_mark (JugglerLane *self)
{
  guint kept = 0;
  guint i;

  for (i = 0; i < self->begins->len; i++)
    {
      if (i < self->n_thinned && i % 2 == 1)
        continue;
      g_array_index (self->begins, gint64, kept) = g_array_index (self->begins, gint64, i);
      g_array_index (self->marks, JugglerShares, kept) = g_array_index (self->marks, JugglerShares, i);
      kept++;
    }
  self->n_thinned = (self->n_thinned + 1) / 2;
  g_array_set_size (self->begins, kept);
  g_array_set_size (self->marks, kept);
}

/* GArray never gives memory back by itself. */
static void
shrink (GArray **array,
        gsize    element_size)
{
  GArray *smaller = g_array_sized_new (FALSE, FALSE, (guint) element_size, (*array)->len);

  if ((*array)->len > 0)
    g_array_append_vals (smaller, (*array)->data, (*array)->len);
  g_array_unref (*array);
  *array = smaller;
}

gboolean
juggler_lane_thin (JugglerLane *self)
{
  if (self->chunks->len > 4)
    drop_segments (self, self->chunks->len / 2);
  else if (self->n_thinned <= 16)
    return FALSE;
  if (self->n_thinned > self->chunks->len)
    drop_every_second_mark (self);
  shrink (&self->begins, sizeof (gint64));
  shrink (&self->marks, sizeof (JugglerShares));
  shrink (&self->chunks, sizeof (Chunk));
  shrink (&self->details, sizeof (Detail));
  shrink (&self->turns, sizeof (JugglerTurns));
  return TRUE;
}

/* ---- sums ---- */

/* The last chunk that begins at or before `time`, searched outwards from *hint: columns are asked for in order. There
 * is at least one chunk, and the first begins with the lane. */
static guint
find_chunk (const JugglerLane *self,
            gint64             time,
            guint             *hint)
{
  const gint64 *begins = (const gint64 *) self->begins->data;
  guint low = 0;
  guint high = self->begins->len; /* begins[high] > time, as it were */
  guint step = 1;

  if (hint != NULL && *hint < high && begins[*hint] <= time)
    {
      low = *hint;
      while (low + step < self->begins->len && begins[low + step] <= time)
        {
          low += step;
          step *= 2;
        }
      high = MIN (self->begins->len, low + step);
    }
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (begins[middle] <= time)
        low = middle;
      else
        high = middle;
    }
  if (hint != NULL)
    *hint = low;
  return low;
}

static guint
n_segments (const JugglerLane *self,
            guint              chunk)
{
  return chunk + 1 == self->begins->len ? self->n_last : JUGGLER_LANE_CHUNK;
}

/* A straight line between two marks. The states' shares are cut from one running total, so that they add up to the
 * very length, to the nanosecond. */
static void
interpolate (const JugglerLane *self,
             guint              chunk,
             gint64             time,
             JugglerShares     *sums)
{
  const JugglerShares *from = &g_array_index (self->marks, JugglerShares, chunk);
  const JugglerShares *to = chunk + 1 < self->marks->len ? from + 1 : &self->sums;
  gint64 begin = g_array_index (self->begins, gint64, chunk);
  gint64 end = chunk + 1 < self->begins->len ? g_array_index (self->begins, gint64, chunk + 1) : self->stored;
  gint64 total = 0;
  gint64 given = 0;
  guint  i;

  *sums = *from;
  if (end <= begin)
    return;
  for (i = 0; i < JUGGLER_N_LANE_STATES; i++)
    {
      gint64 upto;

      total += to->time[i] - from->time[i];
      upto = (gint64) ((__int128) total * (time - begin) / (end - begin));
      sums->time[i] += upto - given;
      given = upto;
    }
  sums->turns_waited += (gint64) ((__int128) (to->turns_waited - from->turns_waited) * (time - begin) / (end - begin));
  sums->changes += (guint64) ((__int128) (to->changes - from->changes) * (time - begin) / (end - begin));
}

static void
add_open_sums (const JugglerLane *self,
               gint64             time,
               JugglerShares     *sums)
{
  gint64 since = MAX (self->open_since, self->stored);
  gint64 end = MIN (time, self->open_until);

  if (!self->open || end <= self->stored)
    return;
  sums->time[self->open_filler] += MIN (since, end) - self->stored;
  if (end > since)
    {
      sums->time[self->open_state] += end - since;
      sums->changes++;
    }
}

void
juggler_lane_get_sums (const JugglerLane *self,
                       gint64             time,
                       guint             *hint,
                       JugglerShares     *sums)
{
  const Chunk *chunk;
  guint        index;
  guint        count;
  guint64      turns;
  gint64       at;
  guint        i;

  if (!self->begun || time <= self->begin)
    {
      memset (sums, 0, sizeof *sums);
      return;
    }
  if (time >= self->stored)
    {
      *sums = self->sums;
      add_open_sums (self, time, sums);
      return;
    }
  index = find_chunk (self, time, hint);
  if (index < self->n_thinned)
    {
      interpolate (self, index, time, sums);
      return;
    }
  *sums = g_array_index (self->marks, JugglerShares, index);
  chunk = &g_array_index (self->chunks, Chunk, index - self->n_thinned);
  count = n_segments (self, index);
  at = g_array_index (self->begins, gint64, index);
  turns = chunk->first_turns;
  for (i = 0; i < count && at < time; i++)
    {
      guint  state = chunk->states[i] & STATE_MASK;
      gint64 length = MIN ((gint64) chunk->lengths[i], time - at);

      sums->time[state] += length;
      sums->changes += chunk->states[i] & CONTINUES ? 0 : 1;
      if (state == JUGGLER_LANE_TURNS)
        {
          turns += chunk->states[i] & CONTINUES ? 0 : 1;
          if (turns > self->turns_base)
            {
              const JugglerTurns *what = &g_array_index (self->turns, JugglerTurns, turns - 1 - self->turns_base);

              sums->turns_waited += (gint64) ((__int128) CLAMP (what->waited, 0, (gint64) chunk->lengths[i]) * length
                                              / MAX (chunk->lengths[i], 1));
            }
        }
      at += chunk->lengths[i];
    }
}

/* ---- spans ---- */

typedef struct
{
  JugglerSpanFunc func;
  gpointer        data;
  gint64          begin;
  gint64          end;
  gboolean        pending;
  JugglerSpan     span; /* not yet handed out: the next segment may belong to it */
} Walk;

static gboolean
flush (Walk *walk)
{
  gboolean go_on = TRUE;

  if (walk->pending && walk->span.end > walk->begin && walk->span.begin < walk->end)
    go_on = walk->func (&walk->span, walk->data);
  walk->pending = FALSE;
  return go_on;
}

static gboolean
hand_out (Walk              *walk,
          const JugglerSpan *span)
{
  if (walk->pending && span->state == walk->span.state && !has_detail (span->state) && !span->thinned
      && !walk->span.thinned && walk->span.end == span->begin)
    {
      walk->span.end = span->end;
      walk->span.open = span->open;
      return TRUE;
    }
  if (!flush (walk))
    return FALSE;
  walk->span = *span;
  walk->pending = TRUE;
  return TRUE;
}

static void
fill_in_detail (const JugglerLane *self,
                guint64            details,
                guint64            turns,
                JugglerSpan       *span)
{
  if (details > self->details_base)
    {
      const Detail *detail = &g_array_index (self->details, Detail, details - 1 - self->details_base);

      span->object = detail->object;
      span->holder = detail->holder == NO_HOLDER ? G_MAXUINT32 : detail->holder;
      span->timed_out = (detail->flags & DETAIL_TIMED_OUT) != 0;
      span->granted = (detail->flags & DETAIL_GRANTED) != 0;
      span->at_end = (detail->flags & DETAIL_AT_END) != 0;
      span->open = (detail->flags & DETAIL_OPEN) != 0;
    }
  if (span->state == JUGGLER_LANE_TURNS && turns > self->turns_base)
    span->turns = g_array_index (self->turns, JugglerTurns, turns - 1 - self->turns_base);
}

static JugglerSpan
make_span (gint64           begin,
           gint64           end,
           JugglerLaneState state)
{
  return (JugglerSpan){ .begin = begin, .end = end, .state = state, .object = G_MAXUINT32, .holder = G_MAXUINT32 };
}

static gboolean
walk_chunk (const JugglerLane *self,
            guint              index,
            Walk              *walk)
{
  const Chunk *chunk = &g_array_index (self->chunks, Chunk, index - self->n_thinned);
  gint64       at = g_array_index (self->begins, gint64, index);
  guint64      details = chunk->first_detail;
  guint64      turns = chunk->first_turns;
  guint        count = n_segments (self, index);
  guint        i;

  for (i = 0; i < count && at < walk->end; i++)
    {
      JugglerSpan span = make_span (at, at + chunk->lengths[i], chunk->states[i] & STATE_MASK);

      at = span.end;
      if (chunk->states[i] & CONTINUES && walk->pending && walk->span.state == span.state)
        {
          walk->span.end = span.end;
          continue;
        }
      if (has_detail (span.state))
        {
          details += chunk->states[i] & CONTINUES ? 0 : 1;
          turns += span.state == JUGGLER_LANE_TURNS && !(chunk->states[i] & CONTINUES) ? 1 : 0;
          fill_in_detail (self, details, turns, &span);
        }
      if (!hand_out (walk, &span))
        return FALSE;
    }
  return TRUE;
}

static gboolean
walk_thinned (const JugglerLane *self,
              guint              index,
              Walk              *walk)
{
  const JugglerShares *from = &g_array_index (self->marks, JugglerShares, index);
  const JugglerShares *to = index + 1 < self->marks->len ? from + 1 : &self->sums;
  gint64 end = index + 1 < self->begins->len ? g_array_index (self->begins, gint64, index + 1) : self->stored;
  JugglerSpan span = make_span (g_array_index (self->begins, gint64, index), end, JUGGLER_LANE_NONE);
  guint  i;

  for (i = 0; i < JUGGLER_N_LANE_STATES; i++)
    if (to->time[i] - from->time[i] > to->time[span.state] - from->time[span.state])
      span.state = i;
  span.thinned = TRUE;
  return hand_out (walk, &span);
}

static gboolean
walk_open (const JugglerLane *self,
           Walk              *walk)
{
  gint64      since = MAX (self->open_since, self->stored);
  JugglerSpan span;

  if (!self->open || self->open_until <= self->stored)
    return TRUE;
  if (since > self->stored)
    {
      span = make_span (self->stored, MIN (since, self->open_until), self->open_filler);
      if (!hand_out (walk, &span))
        return FALSE;
    }
  if (self->open_until <= since)
    return TRUE;
  span = make_span (since, self->open_until, self->open_state);
  span.object = self->open_detail.object;
  span.holder = self->open_detail.holder;
  span.at_end = self->open_detail.at_end;
  span.open = TRUE;
  return hand_out (walk, &span);
}

void
juggler_lane_foreach (const JugglerLane *self,
                      gint64             begin,
                      gint64             end,
                      JugglerSpanFunc    func,
                      gpointer           data)
{
  Walk  walk = { .func = func, .data = data, .begin = begin, .end = end };
  guint index;

  if (!self->begun || end <= self->begin || end <= begin)
    return;
  if (self->begins->len > 0 && begin < self->stored)
    {
      index = find_chunk (self, MAX (begin, self->begin), NULL);
      while (index > self->n_thinned
             && g_array_index (self->chunks, Chunk, index - self->n_thinned).states[0] & CONTINUES)
        index--;
      for (; index < self->begins->len && g_array_index (self->begins, gint64, index) < end; index++)
        if (!(index < self->n_thinned ? walk_thinned (self, index, &walk) : walk_chunk (self, index, &walk)))
          return;
    }
  if (end > self->stored && !walk_open (self, &walk))
    return;
  flush (&walk);
}
