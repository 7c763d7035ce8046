/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "juggler-lane-private.h"

JugglerLane *
juggler_lane_new (void)
{
  JugglerLane *self = g_new0 (JugglerLane, 1);

  self->begins = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->marks = g_array_new (FALSE, FALSE, sizeof (JugglerShares));
  self->chunks = g_array_new (FALSE, FALSE, sizeof (JugglerLaneChunk));
  self->details = g_array_new (FALSE, FALSE, sizeof (JugglerLaneStoredDetail));
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
         + (gsize) self->chunks->len * sizeof (JugglerLaneChunk) + (gsize) self->details->len * sizeof (JugglerLaneStoredDetail)
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

static JugglerLaneChunk *
chunk_for_next_segment (JugglerLane *self)
{
  if (self->begins->len == self->n_thinned || self->n_last == JUGGLER_LANE_CHUNK)
    {
      guint  at = self->chunks->len;
      JugglerLaneChunk *chunk;

      g_array_append_val (self->begins, self->stored);
      g_array_append_val (self->marks, self->sums);
      g_array_set_size (self->chunks, at + 1);
      chunk = &g_array_index (self->chunks, JugglerLaneChunk, at);
      chunk->first_detail = self->details_base + self->details->len;
      chunk->first_turns = self->turns_base + self->turns->len;
      self->n_last = 0;
    }
  return &g_array_index (self->chunks, JugglerLaneChunk, self->chunks->len - 1);
}

static void
store_detail (JugglerLane             *self,
              JugglerLaneState         state,
              const JugglerLaneDetail *detail)
{
  JugglerLaneStoredDetail stored = { G_MAXUINT32, JUGGLER_LANE_NO_HOLDER, 0 };

  if (detail != NULL)
    {
      stored.object = detail->object;
      stored.holder = (guint16) MIN (detail->holder, JUGGLER_LANE_NO_HOLDER);
      stored.flags |= detail->timed_out ? JUGGLER_LANE_DETAIL_TIMED_OUT : 0;
      stored.flags |= detail->granted ? JUGGLER_LANE_DETAIL_GRANTED : 0;
      stored.flags |= detail->at_end ? JUGGLER_LANE_DETAIL_AT_END : 0;
      stored.flags |= detail->open ? JUGGLER_LANE_DETAIL_OPEN : 0;
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
  JugglerLaneChunk *chunk;
  guint64 length;

  if (self->chunks->len == 0 || self->n_last == 0 || juggler_lane_has_detail (state))
    return FALSE;
  chunk = &g_array_index (self->chunks, JugglerLaneChunk, self->chunks->len - 1);
  if ((chunk->states[self->n_last - 1] & JUGGLER_LANE_STATE_MASK) != (guint) state)
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
      JugglerLaneChunk *chunk = chunk_for_next_segment (self);
      gint64 length = MIN (end - self->stored, (gint64) G_MAXUINT32);

      if (!continues && juggler_lane_has_detail (state))
        store_detail (self, state, detail);
      chunk->lengths[self->n_last] = (guint32) length;
      chunk->states[self->n_last] = (guint8) state | continues;
      self->n_last++;
      self->sums.time[state] += length;
      self->sums.changes += continues ? 0 : 1;
      if (state == JUGGLER_LANE_TURNS)
        self->sums.turns_waited += (gint64) ((__int128) waited * length / whole);
      self->stored += length;
      continues = JUGGLER_LANE_CONTINUES;
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
  const JugglerLaneChunk *first;

  g_array_remove_range (self->chunks, 0, n);
  self->n_thinned += n;
  first = &g_array_index (self->chunks, JugglerLaneChunk, 0);
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
  shrink (&self->chunks, sizeof (JugglerLaneChunk));
  shrink (&self->details, sizeof (JugglerLaneStoredDetail));
  shrink (&self->turns, sizeof (JugglerTurns));
  return TRUE;
}
