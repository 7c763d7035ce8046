/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "juggler-timeline-private.h"

#define DEFAULT_LIMIT ((gsize) 80 << 20)

enum
{
  PROP_0,
  PROP_END,
  PROP_N_DROPPED,
  PROP_THINNED,
  N_PROPS,
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JugglerTimeline, juggler_timeline, G_TYPE_OBJECT)

static void
juggler_timeline_finalize (GObject *object)
{
  JugglerTimeline *self = JUGGLER_TIMELINE (object);
  guint i;

  for (i = 0; i < self->n_lanes; i++)
    {
      juggler_lane_free (self->lanes[i]);
      g_clear_pointer (&self->cores[i], g_array_unref);
    }
  for (i = 0; i < self->n_locks; i++)
    {
      g_array_unref (self->locks[i].holds);
      g_array_unref (self->locks[i].reach);
    }
  g_free (self->lanes);
  g_free (self->cores);
  g_free (self->locks);
  g_array_unref (self->events);

  G_OBJECT_CLASS (juggler_timeline_parent_class)->finalize (object);
}

static void
juggler_timeline_get_property (GObject    *object,
                               guint       property,
                               GValue     *value,
                               GParamSpec *pspec)
{
  JugglerTimeline *self = JUGGLER_TIMELINE (object);

  switch (property)
    {
    case PROP_END:
      g_value_set_int64 (value, self->end);
      break;
    case PROP_N_DROPPED:
      g_value_set_uint64 (value, self->n_dropped);
      break;
    case PROP_THINNED:
      g_value_set_boolean (value, self->thinned_until > 0);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
juggler_timeline_class_init (JugglerTimelineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = juggler_timeline_finalize;
  object_class->get_property = juggler_timeline_get_property;

  /**
   * JugglerTimeline:end:
   *
   * Up to where the timeline is known, in ns since the start of the run.
   */
  properties[PROP_END] = g_param_spec_int64 ("end", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  /**
   * JugglerTimeline:n-dropped:
   *
   * How many records found no room in their ring. Where they are missing a lane is `unsampled`.
   */
  properties[PROP_N_DROPPED] = g_param_spec_uint64 ("n-dropped", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  /**
   * JugglerTimeline:thinned:
   *
   * Whether old detail was given up to bound the memory.
   */
  properties[PROP_THINNED] = g_param_spec_boolean ("thinned", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * JugglerTimeline::changed:
   *
   * New records came.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
juggler_timeline_init (JugglerTimeline *self)
{
  self->events = g_array_new (FALSE, FALSE, sizeof (JugglerTimelineEvent));
  self->limit = DEFAULT_LIMIT;
}

JugglerTimeline *
juggler_timeline_new (guint n_lanes,
                      guint n_locks)
{
  JugglerTimeline *self = g_object_new (JUGGLER_TYPE_TIMELINE, NULL);
  guint i;

  self->n_lanes = n_lanes;
  self->lanes = g_new0 (JugglerLane *, n_lanes);
  self->cores = g_new0 (GArray *, n_lanes);
  self->n_locks = n_locks;
  self->locks = g_new0 (JugglerLockLane, n_locks);
  for (i = 0; i < n_locks; i++)
    {
      self->locks[i].holds = g_array_new (FALSE, FALSE, sizeof (JugglerHold));
      self->locks[i].reach = g_array_new (FALSE, FALSE, sizeof (gint64));
    }
  return self;
}

/* ---- filling ---- */

JugglerLane *
juggler_timeline_get_lane (JugglerTimeline *self,
                           guint            lane)
{
  return lane < self->n_lanes ? self->lanes[lane] : NULL;
}

JugglerLane *
juggler_timeline_ensure_lane (JugglerTimeline *self,
                              guint            lane)
{
  g_return_val_if_fail (lane < self->n_lanes, NULL);

  if (self->lanes[lane] == NULL)
    self->lanes[lane] = juggler_lane_new ();
  return self->lanes[lane];
}

void
juggler_timeline_set_core (JugglerTimeline *self,
                           guint            lane,
                           gint64           time,
                           guint            core)
{
  JugglerCoreChange change = { time, core };
  GArray *cores;

  g_return_if_fail (lane < self->n_lanes);

  if (self->cores[lane] == NULL)
    self->cores[lane] = g_array_new (FALSE, FALSE, sizeof (JugglerCoreChange));
  cores = self->cores[lane];
  if (cores->len > 0)
    {
      const JugglerCoreChange *last = &g_array_index (cores, JugglerCoreChange, cores->len - 1);

      if (last->core == core)
        return;
      change.time = MAX (change.time, last->time);
    }
  g_array_append_val (cores, change);
  self->n_cores = MAX (self->n_cores, core + 1);
}

void
juggler_timeline_add_hold (JugglerTimeline   *self,
                           guint              lock,
                           const JugglerHold *hold)
{
  if (lock < self->n_locks && hold->end > hold->begin)
    g_array_append_vals (self->locks[lock].holds, hold, 1);
}

void
juggler_timeline_add_event (JugglerTimeline            *self,
                            const JugglerTimelineEvent *event)
{
  g_array_append_vals (self->events, event, 1);
}

void
juggler_timeline_set_start (JugglerTimeline *self,
                            guint64          monotonic_ns)
{
  self->monotonic_ns = monotonic_ns;
}

void
juggler_timeline_set_n_dropped (JugglerTimeline *self,
                                guint64          n_dropped)
{
  if (self->n_dropped == n_dropped)
    return;
  self->n_dropped = n_dropped;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_DROPPED]);
}

static gsize
holds_memory (const JugglerLockLane *lock)
{
  return (gsize) lock->holds->len * sizeof (JugglerHold) + (gsize) lock->reach->len * sizeof (gint64);
}

/* The older half goes. */
static gboolean
thin_holds (JugglerTimeline *self,
            guint            lock)
{
  JugglerLockLane *lane = &self->locks[lock];
  guint   half = lane->holds->len / 2;
  GArray *newer;

  if (lane->holds->len < 64)
    return FALSE;
  juggler_timeline_sort_holds (self, lock);
  self->thinned_until = MAX (self->thinned_until, g_array_index (lane->holds, JugglerHold, half).begin);
  newer = g_array_sized_new (FALSE, FALSE, sizeof (JugglerHold), lane->holds->len - half);
  g_array_append_vals (newer, &g_array_index (lane->holds, JugglerHold, half), lane->holds->len - half);
  g_array_unref (lane->holds);
  lane->holds = newer;
  lane->n_sorted = 0;
  g_array_set_size (lane->reach, 0);
  return TRUE;
}

/* Where most of it lies it goes first, so that a quiet worker's lane stays whole beside a busy one's. */
static gboolean
thin_largest (JugglerTimeline *self)
{
  gsize largest = 0;
  guint lane = 0;
  guint lock = G_MAXUINT;
  guint i;

  for (i = 0; i < self->n_lanes; i++)
    if (self->lanes[i] != NULL && juggler_lane_get_memory (self->lanes[i]) > largest)
      {
        largest = juggler_lane_get_memory (self->lanes[i]);
        lane = i;
      }
  for (i = 0; i < self->n_locks; i++)
    if (holds_memory (&self->locks[i]) > largest)
      {
        largest = holds_memory (&self->locks[i]);
        lock = i;
      }
  if (lock != G_MAXUINT)
    return thin_holds (self, lock);
  if (largest == 0 || !juggler_lane_thin (self->lanes[lane]))
    return FALSE;
  self->thinned_until = MAX (self->thinned_until, juggler_lane_get_thinned_until (self->lanes[lane]));
  return TRUE;
}

void
juggler_timeline_commit (JugglerTimeline *self,
                         gint64           end)
{
  gboolean was_thinned = self->thinned_until > 0;
  gsize    memory = juggler_timeline_get_memory (self);

  /* Down to three quarters, so that it is seldom. */
  if (memory > self->limit)
    while (memory > self->limit / 4 * 3 && thin_largest (self))
      memory = juggler_timeline_get_memory (self);
  if (!was_thinned && self->thinned_until > 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_THINNED]);
  if (end > self->end)
    {
      self->end = end;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_END]);
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- facts ---- */

/**
 * juggler_lane_state_get_nick:
 *
 * Returns: the name that a state has in exports
 */
const char *
juggler_lane_state_get_nick (JugglerLaneState state)
{
  static const char *const nicks[JUGGLER_N_LANE_STATES] = {
    "none", "running", "preempted", "stolen", "lock", "sleep", "join", "output", "gate", "turns", "zombie", "unsampled",
  };

  g_return_val_if_fail (state < JUGGLER_N_LANE_STATES, NULL);
  return nicks[state];
}

guint
juggler_timeline_get_n_lanes (JugglerTimeline *self)
{
  g_return_val_if_fail (JUGGLER_IS_TIMELINE (self), 0);
  return self->n_lanes;
}

guint
juggler_timeline_get_n_locks (JugglerTimeline *self)
{
  g_return_val_if_fail (JUGGLER_IS_TIMELINE (self), 0);
  return self->n_locks;
}

guint
juggler_timeline_get_n_cores (JugglerTimeline *self)
{
  g_return_val_if_fail (JUGGLER_IS_TIMELINE (self), 0);
  return self->n_cores;
}

gint64
juggler_timeline_get_end (JugglerTimeline *self)
{
  g_return_val_if_fail (JUGGLER_IS_TIMELINE (self), 0);
  return self->end;
}

guint64
juggler_timeline_get_n_dropped (JugglerTimeline *self)
{
  g_return_val_if_fail (JUGGLER_IS_TIMELINE (self), 0);
  return self->n_dropped;
}

guint64
juggler_timeline_get_monotonic_ns (JugglerTimeline *self)
{
  g_return_val_if_fail (JUGGLER_IS_TIMELINE (self), 0);
  return self->monotonic_ns;
}

gint64
juggler_timeline_get_thinned_until (JugglerTimeline *self)
{
  g_return_val_if_fail (JUGGLER_IS_TIMELINE (self), 0);
  return self->thinned_until;
}

gsize
juggler_timeline_get_memory (JugglerTimeline *self)
{
  gsize memory;
  guint i;

  g_return_val_if_fail (JUGGLER_IS_TIMELINE (self), 0);

  memory = (gsize) self->events->len * sizeof (JugglerTimelineEvent);
  for (i = 0; i < self->n_lanes; i++)
    {
      if (self->lanes[i] != NULL)
        memory += juggler_lane_get_memory (self->lanes[i]);
      if (self->cores[i] != NULL)
        memory += (gsize) self->cores[i]->len * sizeof (JugglerCoreChange);
    }
  for (i = 0; i < self->n_locks; i++)
    memory += holds_memory (&self->locks[i]);
  return memory;
}

void
juggler_timeline_set_memory_limit (JugglerTimeline *self,
                                   gsize            bytes)
{
  g_return_if_fail (JUGGLER_IS_TIMELINE (self));
  self->limit = bytes;
}
