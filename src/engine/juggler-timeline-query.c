/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-timeline-query.c: what a painter or an export asks a timeline. */

#include "juggler-timeline-private.h"

#include <math.h>
#include <string.h>

/* Far zooms read another chunk for each column, from main memory: asked for so many columns ahead it is there in time. */
#define PREFETCH_COLUMNS 8

static int
compare_times (gint64 a,
               gint64 b)
{
  return (a > b) - (a < b);
}

static int
compare_holds (gconstpointer a,
               gconstpointer b)
{
  const JugglerHold *x = a;
  const JugglerHold *y = b;
  int order = compare_times (x->begin, y->begin);

  return order != 0 ? order : compare_times (x->end, y->end);
}

static int
compare_events (gconstpointer a,
                gconstpointer b)
{
  return compare_times (((const JugglerTimelineEvent *) a)->time, ((const JugglerTimelineEvent *) b)->time);
}

static int
compare_core_spans (gconstpointer a,
                    gconstpointer b)
{
  return compare_times (((const JugglerCoreSpan *) a)->begin, ((const JugglerCoreSpan *) b)->begin);
}

/* Only the part that new ones may have got into is sorted anew: they come a little out of order, as each worker's ring
 * is read after another's. */
void
juggler_timeline_sort_holds (JugglerTimeline *self,
                             guint            lock)
{
  JugglerLockLane *lane = &self->locks[lock];
  JugglerHold     *holds = (JugglerHold *) lane->holds->data;
  gint64 earliest = G_MAXINT64;
  guint  from = lane->n_sorted;
  guint  i;

  if (lane->n_sorted == lane->holds->len)
    return;
  for (i = lane->n_sorted; i < lane->holds->len; i++)
    earliest = MIN (earliest, holds[i].begin);
  while (from > 0 && holds[from - 1].begin > earliest)
    from--;
  qsort (holds + from, lane->holds->len - from, sizeof *holds, compare_holds);
  lane->n_sorted = lane->holds->len;
  g_array_set_size (lane->reach, lane->n_sorted);
  for (i = from; i < lane->n_sorted; i++)
    g_array_index (lane->reach, gint64, i)
      = i == 0 ? holds[0].end : MAX (holds[i].end, g_array_index (lane->reach, gint64, i - 1));
}

/* The first hold that may end after `time`. */
static guint
find_hold (const JugglerLockLane *lane,
           gint64                 time)
{
  guint low = 0;
  guint high = lane->reach->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (lane->reach, gint64, middle) <= time)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/**
 * juggler_timeline_get_lane_extent:
 * @lane: index of a worker
 * @begin: (out) (optional): its first instant
 * @end: (out) (optional): its last
 *
 * Returns: whether the worker has begun
 */
gboolean
juggler_timeline_get_lane_extent (JugglerTimeline *self,
                                  guint            lane,
                                  gint64          *begin,
                                  gint64          *end)
{
  JugglerLane *it;

  g_return_val_if_fail (JUGGLER_IS_TIMELINE (self), FALSE);

  it = juggler_timeline_get_lane (self, lane);
  if (it == NULL || !juggler_lane_has_begun (it))
    return FALSE;
  if (begin != NULL)
    *begin = juggler_lane_get_begin (it);
  if (end != NULL)
    *end = juggler_lane_get_end (it);
  return TRUE;
}

void
juggler_timeline_foreach_span (JugglerTimeline *self,
                               guint            lane,
                               gint64           begin,
                               gint64           end,
                               JugglerSpanFunc  func,
                               gpointer         data)
{
  JugglerLane *it;

  g_return_if_fail (JUGGLER_IS_TIMELINE (self));
  g_return_if_fail (func != NULL);

  it = juggler_timeline_get_lane (self, lane);
  if (it != NULL)
    juggler_lane_foreach (it, begin, end, func, data);
}

static gboolean
take_first (const JugglerSpan *span,
            gpointer           data)
{
  JugglerSpan *found = data;

  *found = *span;
  return FALSE;
}

/**
 * juggler_timeline_get_span_at:
 * @span: (out caller-allocates): what the worker did then
 *
 * Returns: whether it was there at all
 */
gboolean
juggler_timeline_get_span_at (JugglerTimeline *self,
                              guint            lane,
                              gint64           time,
                              JugglerSpan     *span)
{
  g_return_val_if_fail (JUGGLER_IS_TIMELINE (self), FALSE);
  g_return_val_if_fail (span != NULL, FALSE);

  memset (span, 0, sizeof *span);
  juggler_timeline_foreach_span (self, lane, time, time + 1, take_first, span);
  return span->end > span->begin;
}

static void
subtract_sums (const JugglerShares *from,
               const JugglerShares *to,
               gint64               length,
               JugglerShares       *shares)
{
  gint64 rest = length;
  guint  i;

  for (i = 1; i < JUGGLER_N_LANE_STATES; i++)
    {
      shares->time[i] = to->time[i] - from->time[i];
      /* Two instants on one straight line between marks: each is rounded, the difference may be a nanosecond off. */
      if (shares->time[i] < 0)
        shares->time[i] = 0;
      shares->time[i] = MIN (shares->time[i], rest);
      rest -= shares->time[i];
    }
  shares->time[JUGGLER_LANE_NONE] = rest;
  shares->turns_waited = CLAMP (to->turns_waited - from->turns_waited, 0, shares->time[JUGGLER_LANE_TURNS]);
  shares->changes = to->changes - from->changes;
}

void
juggler_timeline_get_shares (JugglerTimeline *self,
                             guint            lane,
                             gint64           begin,
                             gdouble          width,
                             guint            n_columns,
                             JugglerShares   *shares)
{
  JugglerLane  *it;
  JugglerShares before = { 0 };
  JugglerShares after = { 0 };
  JugglerLaneCursor cursor = { 0 };
  gint64 from = begin;
  guint  ahead = 0;
  guint  i;

  g_return_if_fail (JUGGLER_IS_TIMELINE (self));
  g_return_if_fail (width > 0);

  it = juggler_timeline_get_lane (self, lane);
  if (it != NULL)
    juggler_lane_get_sums (it, begin, &cursor, &before);
  for (i = 0; i < n_columns; i++)
    {
      gint64 to = begin + (gint64) llround (width * (i + 1));

      if (it != NULL)
        {
          juggler_lane_prefetch (it, begin + (gint64) (width * (i + PREFETCH_COLUMNS)), &ahead);
          juggler_lane_get_sums (it, to, &cursor, &after);
        }
      subtract_sums (&before, &after, to - from, &shares[i]);
      before = after;
      from = to;
    }
}

void
juggler_timeline_foreach_hold (JugglerTimeline *self,
                               guint            lock,
                               gint64           begin,
                               gint64           end,
                               JugglerHoldFunc  func,
                               gpointer         data)
{
  GArray *holds;
  guint   i;

  g_return_if_fail (JUGGLER_IS_TIMELINE (self));
  g_return_if_fail (func != NULL);

  if (lock >= self->n_locks)
    return;
  juggler_timeline_sort_holds (self, lock);
  holds = self->locks[lock].holds;
  for (i = find_hold (&self->locks[lock], begin); i < holds->len; i++)
    {
      const JugglerHold *hold = &g_array_index (holds, JugglerHold, i);

      if (hold->begin >= end)
        break;
      if (hold->end > begin && !func (hold, data))
        break;
    }
}

int
juggler_timeline_get_core_at (JugglerTimeline *self,
                              guint            lane,
                              gint64           time)
{
  GArray *cores;
  guint   low = 0;
  guint   high;

  g_return_val_if_fail (JUGGLER_IS_TIMELINE (self), -1);

  if (lane >= self->n_lanes || self->cores[lane] == NULL)
    return -1;
  cores = self->cores[lane];
  high = cores->len;
  if (high == 0 || g_array_index (cores, JugglerCoreChange, 0).time > time)
    return -1;
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (cores, JugglerCoreChange, middle).time <= time)
        low = middle;
      else
        high = middle;
    }
  return (int) g_array_index (cores, JugglerCoreChange, low).core;
}

/* ---- cores ---- */

typedef struct
{
  JugglerTimeline *timeline;
  GArray          *spans; /* JugglerCoreSpan */
  guint            core;
  guint            lane;
  guint            change; /* where in the lane's changes of core we are */
  gint64           begin;
  gint64           end;
} CoreWalk;

static gboolean
add_core_span (const JugglerSpan *span,
               gpointer           data)
{
  CoreWalk *walk = data;
  GArray   *cores = walk->timeline->cores[walk->lane];

  if (span->state != JUGGLER_LANE_RUNNING && span->state != JUGGLER_LANE_TURNS)
    return TRUE;
  for (; walk->change < cores->len; walk->change++)
    {
      gint64 from = g_array_index (cores, JugglerCoreChange, walk->change).time;
      gint64 to = walk->change + 1 < cores->len ? g_array_index (cores, JugglerCoreChange, walk->change + 1).time
                                                : G_MAXINT64;
      JugglerCoreSpan it = { MAX (from, span->begin), MIN (to, span->end), walk->lane };

      if (g_array_index (cores, JugglerCoreChange, walk->change).core == walk->core && it.end > it.begin)
        g_array_append_val (walk->spans, it);
      if (to > span->end)
        break;
    }
  return TRUE;
}

static gboolean
lane_was_on_core (GArray *cores,
                  guint   core)
{
  guint i;

  for (i = 0; cores != NULL && i < cores->len; i++)
    if (g_array_index (cores, JugglerCoreChange, i).core == core)
      return TRUE;
  return FALSE;
}

void
juggler_timeline_foreach_core_span (JugglerTimeline     *self,
                                    guint                core,
                                    gint64               begin,
                                    gint64               end,
                                    JugglerCoreSpanFunc  func,
                                    gpointer             data)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (JugglerCoreSpan));
  CoreWalk walk = { .timeline = self, .spans = spans, .core = core, .begin = begin, .end = end };
  gint64   upto = G_MININT64;
  guint    i;

  g_return_if_fail (JUGGLER_IS_TIMELINE (self));
  g_return_if_fail (func != NULL);

  for (walk.lane = 0; walk.lane < self->n_lanes; walk.lane++)
    {
      walk.change = 0;
      if (self->lanes[walk.lane] != NULL && lane_was_on_core (self->cores[walk.lane], core))
        juggler_lane_foreach (self->lanes[walk.lane], begin, end, add_core_span, &walk);
    }
  if (spans->len > 1)
    qsort (spans->data, spans->len, sizeof (JugglerCoreSpan), compare_core_spans);
  for (i = 0; i < spans->len; i++)
    {
      JugglerCoreSpan *span = &g_array_index (spans, JugglerCoreSpan, i);

      /* Where one worker leaves a core and another comes, each sees it a few microseconds late or early. */
      span->begin = MAX (span->begin, upto);
      if (span->end <= span->begin || span->end <= begin || span->begin >= end)
        continue;
      upto = span->end;
      if (!func (span, data))
        return;
    }
}

const JugglerTimelineEvent *
juggler_timeline_get_events (JugglerTimeline *self,
                             guint           *n_events)
{
  g_return_val_if_fail (JUGGLER_IS_TIMELINE (self), NULL);

  if (self->n_sorted_events < self->events->len)
    {
      /* g_array_sort() is stable: what one worker did at one tick stays in its order. */
      g_array_sort (self->events, compare_events);
      self->n_sorted_events = self->events->len;
    }
  if (n_events != NULL)
    *n_events = self->events->len;
  return (const JugglerTimelineEvent *) (gpointer) self->events->data;
}
