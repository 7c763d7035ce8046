/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-lane-query.c: sums and spans of a lane. */

#include "juggler-lane-private.h"

#include <string.h>

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

static void
set_cursor (const JugglerLane *self,
            gint64             time,
            JugglerLaneCursor *cursor)
{
  guint index = find_chunk (self, time, &cursor->chunk);

  cursor->segment = 0;
  cursor->at = g_array_index (self->begins, gint64, index);
  cursor->sums = g_array_index (self->marks, JugglerShares, index);
  if (index >= self->n_thinned)
    cursor->turns = g_array_index (self->chunks, JugglerLaneChunk, index - self->n_thinned).first_turns;
  cursor->is_set = TRUE;
}

/* Adds `length` of a segment. *turns: how many stretches of turns began before it, and then with it. */
static inline void
add_segment (const JugglerLane      *self,
             const JugglerLaneChunk *chunk,
             guint                   segment,
             gint64                  length,
             guint64                *turns,
             JugglerShares          *sums)
{
  guint state = chunk->states[segment] & JUGGLER_LANE_STATE_MASK;
  guint begins = chunk->states[segment] & JUGGLER_LANE_CONTINUES ? 0 : 1;

  sums->time[state] += length;
  sums->changes += begins;
  if (G_LIKELY (state != JUGGLER_LANE_TURNS))
    return;
  *turns += begins;
  if (*turns > self->turns_base)
    {
      const JugglerTurns *what = &g_array_index (self->turns, JugglerTurns, *turns - 1 - self->turns_base);
      gint64              whole = MAX (chunk->lengths[segment], 1);

      sums->turns_waited += (gint64) ((__int128) CLAMP (what->waited, 0, whole) * length / whole);
    }
}

void
juggler_lane_get_sums (const JugglerLane *self,
                       gint64             time,
                       JugglerLaneCursor *cursor,
                       JugglerShares     *sums)
{
  JugglerLaneCursor own;
  const JugglerLaneChunk *chunk;
  guint        count;
  guint64      turns;

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
  if (cursor == NULL)
    {
      own.is_set = FALSE;
      own.chunk = 0;
      cursor = &own;
    }
  if (!cursor->is_set || time < cursor->at || cursor->chunk < self->n_thinned
      || (cursor->chunk + 1 < self->begins->len && time >= g_array_index (self->begins, gint64, cursor->chunk + 1)))
    set_cursor (self, time, cursor);
  if (cursor->chunk < self->n_thinned)
    {
      interpolate (self, cursor->chunk, time, sums);
      return;
    }
  chunk = &g_array_index (self->chunks, JugglerLaneChunk, cursor->chunk - self->n_thinned);
  count = n_segments (self, cursor->chunk);
  while (cursor->segment < count && cursor->at + chunk->lengths[cursor->segment] <= time)
    {
      add_segment (self, chunk, cursor->segment, chunk->lengths[cursor->segment], &cursor->turns, &cursor->sums);
      cursor->at += chunk->lengths[cursor->segment++];
    }
  *sums = cursor->sums;
  turns = cursor->turns;
  if (cursor->segment < count && time > cursor->at)
    add_segment (self, chunk, cursor->segment, time - cursor->at, &turns, sums);
}

/* A cache line each 64 bytes. */
static inline void
prefetch (const void *data,
          gsize       size)
{
  gsize i;

  for (i = 0; i < size; i += 64)
    __builtin_prefetch ((const char *) data + i);
}

void
juggler_lane_prefetch (const JugglerLane *self,
                       gint64             time,
                       guint             *hint)
{
  guint before = *hint;
  guint index;

  if (!self->begun || time <= self->begin || time >= self->stored)
    return;
  index = find_chunk (self, time, hint);
  if (index == before && before != 0)
    return; /* was fetched already */
  prefetch (&g_array_index (self->marks, JugglerShares, index), sizeof (JugglerShares));
  if (index >= self->n_thinned)
    prefetch (&g_array_index (self->chunks, JugglerLaneChunk, index - self->n_thinned), sizeof (JugglerLaneChunk));
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
  if (walk->pending && span->state == walk->span.state && !juggler_lane_has_detail (span->state) && !span->thinned
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
      guint64 index = details - 1 - self->details_base;
      const JugglerLaneStoredDetail *detail = &g_array_index (self->details, JugglerLaneStoredDetail, index);

      span->object = detail->object;
      span->holder = detail->holder == JUGGLER_LANE_NO_HOLDER ? G_MAXUINT32 : detail->holder;
      span->timed_out = (detail->flags & JUGGLER_LANE_DETAIL_TIMED_OUT) != 0;
      span->granted = (detail->flags & JUGGLER_LANE_DETAIL_GRANTED) != 0;
      span->at_end = (detail->flags & JUGGLER_LANE_DETAIL_AT_END) != 0;
      span->open = (detail->flags & JUGGLER_LANE_DETAIL_OPEN) != 0;
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
  const JugglerLaneChunk *chunk = &g_array_index (self->chunks, JugglerLaneChunk, index - self->n_thinned);
  gint64       at = g_array_index (self->begins, gint64, index);
  guint64      details = chunk->first_detail;
  guint64      turns = chunk->first_turns;
  guint        count = n_segments (self, index);
  guint        i;

  for (i = 0; i < count && at < walk->end; i++)
    {
      JugglerSpan span = make_span (at, at + chunk->lengths[i], chunk->states[i] & JUGGLER_LANE_STATE_MASK);

      at = span.end;
      if (chunk->states[i] & JUGGLER_LANE_CONTINUES && walk->pending && walk->span.state == span.state)
        {
          walk->span.end = span.end;
          continue;
        }
      if (juggler_lane_has_detail (span.state))
        {
          details += chunk->states[i] & JUGGLER_LANE_CONTINUES ? 0 : 1;
          turns += span.state == JUGGLER_LANE_TURNS && !(chunk->states[i] & JUGGLER_LANE_CONTINUES) ? 1 : 0;
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
             && g_array_index (self->chunks, JugglerLaneChunk, index - self->n_thinned).states[0] & JUGGLER_LANE_CONTINUES)
        index--;
      for (; index < self->begins->len && g_array_index (self->begins, gint64, index) < end; index++)
        if (!(index < self->n_thinned ? walk_thinned (self, index, &walk) : walk_chunk (self, index, &walk)))
          return;
    }
  if (end > self->stored && !walk_open (self, &walk))
    return;
  flush (&walk);
}
