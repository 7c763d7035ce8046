/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-lane-private.h: how a lane lies in memory; juggler-lane.c fills it, juggler-lane-query.c reads it. */

#pragma once

#include "juggler-lane.h"

/* A segment's byte. */
#define JUGGLER_LANE_STATE_MASK 0x1fU
#define JUGGLER_LANE_CONTINUES 0x20U /* goes on with the segment before it: longer than a length can say */

#define JUGGLER_LANE_DETAIL_TIMED_OUT 1U
#define JUGGLER_LANE_DETAIL_GRANTED 2U
#define JUGGLER_LANE_DETAIL_AT_END 4U
#define JUGGLER_LANE_DETAIL_OPEN 8U
#define JUGGLER_LANE_NO_HOLDER G_MAXUINT16

/* How many records of details stand before the chunk's first; absolute, also after old ones were given up. */
typedef struct
{
  guint32 lengths[JUGGLER_LANE_CHUNK]; /* ns */
  guint8  states[JUGGLER_LANE_CHUNK];
  guint64 first_detail;
  guint64 first_turns;
} JugglerLaneChunk;

typedef struct
{
  guint32 object;
  guint16 holder;
  guint16 flags;
} JugglerLaneStoredDetail;

/* Apart from the others: a chunk's beginnings are searched, its sums only read when found. */
struct _JugglerLane
{
  gint64            begin;
  gboolean          begun;
  JugglerShares     sums; /* at the end of what is stored */
  gint64            stored;

  GArray           *begins;  /* gint64, a chunk */
  GArray           *marks;   /* JugglerShares at that time */
  GArray           *chunks;  /* JugglerLaneChunk; of chunk n_thinned and up */
  guint             n_thinned;
  guint             n_last; /* segments in the last chunk */
  GArray           *details; /* JugglerLaneStoredDetail; the first is number details_base */
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
juggler_lane_has_detail (guint state)
{
  return state == JUGGLER_LANE_LOCK || state == JUGGLER_LANE_JOIN || state == JUGGLER_LANE_TURNS;
}
