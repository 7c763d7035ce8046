/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-timeline.h: who ran when, kept so that any stretch of it can be drawn at any zoom.
 *
 * All times are nanoseconds since the start of the run (main's first step), all intervals half open. One thread at a
 * time: the main context of the run while it lasts, any one thread after. Nothing here supposes that a plan stands
 * behind the run. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  JUGGLER_LANE_NONE,      /* not started yet, or all over */
  JUGGLER_LANE_RUNNING,
  JUGGLER_LANE_PREEMPTED, /* switched out while it wanted to run */
  JUGGLER_LANE_STOLEN,    /* an interrupt or the virtual machine's host had the core */
  JUGGLER_LANE_LOCK,      /* waits for a lock: object, held by: holder */
  JUGGLER_LANE_SLEEP,
  JUGGLER_LANE_JOIN,      /* waits for a worker: object */
  JUGGLER_LANE_OUTPUT,    /* waits for room for its output */
  JUGGLER_LANE_GATE,
  JUGGLER_LANE_TURNS,     /* takes turns at a lock (object) too fast to tell one by one: see turns */
  JUGGLER_LANE_ZOMBIE,    /* ended, not yet reaped */
  JUGGLER_LANE_UNSAMPLED, /* records were dropped here: not known */
  JUGGLER_N_LANE_STATES,
} JugglerLaneState;

const char *juggler_lane_state_get_nick (JugglerLaneState state); /* "running", "lock" …: never translated */

/**
 * JugglerTurns:
 * @turns: how often the lock was got
 * @waits: how often after waiting for another worker
 * @held: ns that it was held in all
 * @waited: ns that were waited for it in all
 */
typedef struct
{
  guint32 turns;
  guint32 waits;
  gint64  held;
  gint64  waited;
} JugglerTurns;

/**
 * JugglerSpan:
 * @begin: where it begins, before the asked interval perhaps
 * @end: where it ends; of an open span (@open) the end of what is known
 * @state: what the worker did
 * @object: LOCK and TURNS: the lock, JOIN: the worker; else %G_MAXUINT32
 * @holder: LOCK and TURNS: the worker that had it; %G_MAXUINT32: not known
 * @timed_out: the wait ended by its time-out
 * @granted: the lock was got at @end
 * @at_end: a JOIN that the end of the process makes, no step
 * @open: still going on, or nobody saw its end (a worker that died in it)
 * @thinned: detail was given up here to bound the memory: @state is the most frequent one
 * @turns: of TURNS
 *
 * One stretch of a lane.
 */
typedef struct
{
  gint64           begin;
  gint64           end;
  JugglerLaneState state;
  guint32          object;
  guint32          holder;
  gboolean         timed_out;
  gboolean         granted;
  gboolean         at_end;
  gboolean         open;
  gboolean         thinned;
  JugglerTurns     turns;
} JugglerSpan;

/**
 * JugglerShares:
 * @time: ns in each state; the sum of all is the length of the asked interval
 * @turns_waited: of the TURNS time, how much was waiting
 * @changes: how many changes of state lie in the interval (where detail was given up: at least)
 *
 * What a lane did in an interval, exactly.
 */
typedef struct
{
  gint64  time[JUGGLER_N_LANE_STATES];
  gint64  turns_waited;
  guint64 changes;
} JugglerShares;

/**
 * JugglerHold:
 * @worker: who had the lock
 * @from: whom it was waited for and got from (a hand-over), else %G_MAXUINT32
 * @turns: 0: one hold; else the stretch holds so many, in turn with others, see @sums
 */
typedef struct
{
  gint64       begin;
  gint64       end;
  guint32      worker;
  guint32      from;
  guint32      turns;
  JugglerTurns sums;
} JugglerHold;

/**
 * JugglerCoreSpan:
 * @worker: who was on the core from @begin to @end
 */
typedef struct
{
  gint64  begin;
  gint64  end;
  guint32 worker;
} JugglerCoreSpan;

typedef enum
{
  JUGGLER_TIMELINE_STARTED,    /* worker started object */
  JUGGLER_TIMELINE_JOINED,     /* worker joined object */
  JUGGLER_TIMELINE_REAPED,     /* object's exit status was taken; value: as of wait(2) */
  JUGGLER_TIMELINE_SIGNALLED,  /* worker sent object the signal value */
  JUGGLER_TIMELINE_STEPS_DONE, /* worker reached its last step */
  JUGGLER_TIMELINE_OWNER_DIED, /* worker got the robust lock object from the dead worker value */
} JugglerTimelineEventKind;

typedef struct
{
  gint64                   time;
  guint32                  worker;
  JugglerTimelineEventKind kind;
  guint32                  object;
  gint64                   value;
} JugglerTimelineEvent;

#define JUGGLER_TYPE_TIMELINE (juggler_timeline_get_type ())

/**
 * JugglerTimeline:
 *
 * Properties: end (what is known goes up to here), n-dropped, thinned. Signal `changed`: new records came; at most once
 * a drain.
 */
G_DECLARE_FINAL_TYPE (JugglerTimeline, juggler_timeline, JUGGLER, TIMELINE, GObject)

guint    juggler_timeline_get_n_lanes      (JugglerTimeline *self); /* one a worker, by its index */
guint    juggler_timeline_get_n_locks      (JugglerTimeline *self);
guint    juggler_timeline_get_n_cores      (JugglerTimeline *self); /* the highest core seen + 1 */
gint64   juggler_timeline_get_end          (JugglerTimeline *self);
guint64  juggler_timeline_get_n_dropped    (JugglerTimeline *self); /* records that found no room in their ring */
guint64  juggler_timeline_get_monotonic_ns (JugglerTimeline *self); /* CLOCK_MONOTONIC at time 0 */
/* Before this time detail was given up to bound the memory (sums stay exact at the marks left); 0: nowhere. */
gint64   juggler_timeline_get_thinned_until (JugglerTimeline *self);
gsize    juggler_timeline_get_memory       (JugglerTimeline *self); /* bytes that it takes now */
/* Bytes that it may take, about; default 80 MiB. */
void     juggler_timeline_set_memory_limit (JugglerTimeline *self,
                                            gsize            bytes);

/* When the worker's lane begins and ends (FALSE: it has none yet); end: that of the zombie, or what is known. */
gboolean juggler_timeline_get_lane_extent  (JugglerTimeline *self,
                                            guint            lane,
                                            gint64          *begin,
                                            gint64          *end);

typedef gboolean (*JugglerSpanFunc)     (const JugglerSpan *span, gpointer data);     /* FALSE: enough */
typedef gboolean (*JugglerHoldFunc)     (const JugglerHold *hold, gpointer data);
typedef gboolean (*JugglerCoreSpanFunc) (const JugglerCoreSpan *span, gpointer data);

/**
 * juggler_timeline_foreach_span:
 * @lane: index of a worker
 * @func: (scope call): called for each span that meets [@begin, @end), in order; they never overlap
 *
 * Gaps between spans are time in which the worker did not exist.
 */
void juggler_timeline_foreach_span      (JugglerTimeline     *self,
                                         guint                lane,
                                         gint64               begin,
                                         gint64               end,
                                         JugglerSpanFunc      func,
                                         gpointer             data);

/* Which span holds `time`; FALSE: none. */
gboolean juggler_timeline_get_span_at   (JugglerTimeline     *self,
                                         guint                lane,
                                         gint64               time,
                                         JugglerSpan         *span);

/**
 * juggler_timeline_get_shares:
 * @begin: where the first column begins
 * @width: ns a column, > 0 (a fraction is fine)
 * @n_columns: how many
 * @shares: (out caller-allocates) (array length=n_columns): what the lane did in each
 *
 * The exact time in each state for a row of pixel columns, at any zoom: O(log n) a column at worst.
 */
void juggler_timeline_get_shares        (JugglerTimeline     *self,
                                         guint                lane,
                                         gint64               begin,
                                         gdouble              width,
                                         guint                n_columns,
                                         JugglerShares       *shares);

/* Who had the lock, in order of begin. Single holds never overlap; stretches of turns of several workers do. */
void juggler_timeline_foreach_hold      (JugglerTimeline     *self,
                                         guint                lock,
                                         gint64               begin,
                                         gint64               end,
                                         JugglerHoldFunc      func,
                                         gpointer             data);

/* Who was on the core, in order; they never overlap. */
void juggler_timeline_foreach_core_span (JugglerTimeline     *self,
                                         guint                core,
                                         gint64               begin,
                                         gint64               end,
                                         JugglerCoreSpanFunc  func,
                                         gpointer             data);

/* On which core the worker ran at `time`; -1: not known. */
int  juggler_timeline_get_core_at       (JugglerTimeline     *self,
                                         guint                lane,
                                         gint64               time);

/* All events in order of time; owned by the timeline, until the next change. */
const JugglerTimelineEvent *juggler_timeline_get_events (JugglerTimeline *self,
                                                         guint           *n_events);

G_END_DECLS
