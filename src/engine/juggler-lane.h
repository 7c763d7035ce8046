/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-lane.h: the states of one worker over time, in little memory and with running sums. Private to the engine.
 *
 * A lane is a sequence of segments without gaps. They lie in chunks of JUGGLER_LANE_CHUNK; each chunk knows when it
 * begins and how long the lane had been in each state by then, a segment is a short length and a byte. So the time in
 * each state between any two instants is P(end) - P(begin), found by a search over the chunks' beginnings and one
 * partial walk through a chunk. Giving up detail means dropping the segments of old chunks and keeping their sums, then
 * every second one of those: what is left stays exact where it lies, and is a straight line between. */

#pragma once

#include "juggler-timeline.h"

G_BEGIN_DECLS

#define JUGGLER_LANE_CHUNK 64

typedef struct _JugglerLane JugglerLane;

/* What a LOCK, JOIN or TURNS segment tells besides. */
typedef struct
{
  guint32      object;
  guint32      holder;
  gboolean     timed_out;
  gboolean     granted;
  gboolean     at_end;
  gboolean     open;
  JugglerTurns turns;
} JugglerLaneDetail;

JugglerLane *juggler_lane_new         (void);
void         juggler_lane_free        (JugglerLane             *self);

gboolean     juggler_lane_has_begun   (const JugglerLane       *self);
gint64       juggler_lane_get_begin   (const JugglerLane       *self);
/* Up to where it is stored; without what goes on now. */
gint64       juggler_lane_get_stored  (const JugglerLane       *self);
gint64       juggler_lane_get_end     (const JugglerLane       *self);
gsize        juggler_lane_get_memory  (const JugglerLane       *self);
gint64       juggler_lane_get_thinned_until (const JugglerLane *self);

void         juggler_lane_begin       (JugglerLane             *self,
                                       gint64                   time);
/* Adds [begin, end) in a state; what lies between the lane's end and begin was `filler`. A span that begins before the
 * lane's end is cut there. detail: of LOCK, JOIN and TURNS, else NULL. */
void         juggler_lane_add         (JugglerLane             *self,
                                       gint64                   begin,
                                       gint64                   end,
                                       JugglerLaneState         state,
                                       const JugglerLaneDetail *detail,
                                       JugglerLaneState         filler);
/* What goes on now, since `since` and up to `now`; before that it was `filler`. Replaces the last such word. */
void         juggler_lane_set_open    (JugglerLane             *self,
                                       gint64                   since,
                                       gint64                   now,
                                       JugglerLaneState         state,
                                       const JugglerLaneDetail *detail,
                                       JugglerLaneState         filler);
void         juggler_lane_clear_open  (JugglerLane             *self);

/* Gives up detail for about half of what it holds. Returns FALSE when there is nothing left to give up. */
gboolean     juggler_lane_thin        (JugglerLane             *self);

/* Where the last search ended, for the next one, which is mostly a little further on. Begins as all zero. */
typedef struct
{
  gboolean      is_set;
  guint         chunk;
  guint         segment; /* of the chunk: the first that was not wholly counted */
  gint64        at;      /* where that one begins */
  guint64       turns;
  JugglerShares sums;    /* up to there */
} JugglerLaneCursor;

/* P: time in each state from the lane's begin to `time`. The lane does not change while a cursor is in use. */
void         juggler_lane_get_sums    (const JugglerLane       *self,
                                       gint64                   time,
                                       JugglerLaneCursor       *cursor,
                                       JugglerShares           *sums);
/* Fetches what juggler_lane_get_sums() will read for that time. *hint: 0 at first. */
void         juggler_lane_prefetch    (const JugglerLane       *self,
                                       gint64                   time,
                                       guint                   *hint);

void         juggler_lane_foreach     (const JugglerLane       *self,
                                       gint64                   begin,
                                       gint64                   end,
                                       JugglerSpanFunc          func,
                                       gpointer                 data);

G_END_DECLS
