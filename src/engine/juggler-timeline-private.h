/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-timeline-private.h: how the decoder fills a timeline. */

#pragma once

#include "juggler-lane.h"
#include "juggler-timeline.h"

G_BEGIN_DECLS

typedef struct
{
  gint64  time;
  guint32 core;
} JugglerCoreChange;

/* Holds and events come nearly in order; they are sorted when they are asked for. */
typedef struct
{
  GArray *holds; /* JugglerHold */
  GArray *reach; /* gint64: where the longest of the holds up to this one ends; of those sorted */
  guint   n_sorted;
} JugglerLockLane;

struct _JugglerTimeline
{
  GObject          parent_instance;

  JugglerLane    **lanes;   /* NULL: nothing yet */
  GArray         **cores;   /* JugglerCoreChange of each worker; NULL: nothing yet */
  guint            n_lanes;
  JugglerLockLane *locks;
  guint            n_locks;
  GArray          *events; /* JugglerTimelineEvent */
  guint            n_sorted_events;
  guint            n_cores;
  guint64          n_dropped;
  guint64          monotonic_ns;
  gint64           end;
  gint64           thinned_until;
  gsize            limit;
};

JugglerTimeline *juggler_timeline_new             (guint                     n_lanes,
                                                   guint                     n_locks);
JugglerLane     *juggler_timeline_get_lane        (JugglerTimeline          *self,
                                                   guint                     lane); /* nullable */
/* ---- for the decoder ---- */
JugglerLane     *juggler_timeline_ensure_lane     (JugglerTimeline          *self,
                                                   guint                     lane);
void             juggler_timeline_set_core        (JugglerTimeline          *self,
                                                   guint                     lane,
                                                   gint64                    time,
                                                   guint                     core);
void             juggler_timeline_add_hold        (JugglerTimeline          *self,
                                                   guint                     lock,
                                                   const JugglerHold        *hold);
void             juggler_timeline_add_event       (JugglerTimeline          *self,
                                                   const JugglerTimelineEvent *event);
void             juggler_timeline_set_start       (JugglerTimeline          *self,
                                                   guint64                   monotonic_ns);
void             juggler_timeline_set_n_dropped   (JugglerTimeline          *self,
                                                   guint64                   n_dropped);
/* After each drain: how far it goes now. Thins if need be, notifies, emits `changed`. */
void             juggler_timeline_commit          (JugglerTimeline          *self,
                                                   gint64                    end);
/* ---- for queries ---- */
void             juggler_timeline_sort_holds      (JugglerTimeline          *self,
                                                   guint                     lock);

G_END_DECLS
