/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "juggler-clock-map.h"

/* Two readings of a pair are some tens of ns apart, which over a millisecond is a rate wrong by less than 1e-4, and
 * an extrapolation over as long by less than 100 ns. */
#define CLOSEST_NS 1000000U
/* 30 a second: 36 minutes; then every second one goes. */
#define MOST_PAIRS 65536U

struct _JugglerClockMap
{
  GArray *pairs; /* JugglerClockPair */
  guint64 ticks_per_second;
  guint64 start_ns;
};

JugglerClockMap *
juggler_clock_map_new (guint64 ticks_per_second)
{
  JugglerClockMap *self = g_new0 (JugglerClockMap, 1);

  self->pairs = g_array_new (FALSE, FALSE, sizeof (JugglerClockPair));
  self->ticks_per_second = MAX (ticks_per_second, 1);
  return self;
}

void
juggler_clock_map_free (JugglerClockMap *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->pairs);
  g_free (self);
}

static inline const JugglerClockPair *
pair_at (const JugglerClockMap *self,
         guint                  index)
{
  return &g_array_index (self->pairs, JugglerClockPair, index);
}

void
juggler_clock_map_add (JugglerClockMap  *self,
                       JugglerClockPair  pair)
{
  guint i;

  if (self->pairs->len > 0)
    {
      const JugglerClockPair *last = pair_at (self, self->pairs->len - 1);

      if (pair.ticks <= last->ticks || pair.monotonic_ns < last->monotonic_ns + CLOSEST_NS)
        return;
    }
  if (self->pairs->len == MOST_PAIRS)
    {
      for (i = 0; i < MOST_PAIRS / 2; i++)
        g_array_index (self->pairs, JugglerClockPair, i) = *pair_at (self, 2 * i);
      g_array_set_size (self->pairs, MOST_PAIRS / 2);
    }
  g_array_append_val (self->pairs, pair);
}

void
juggler_clock_map_set_start (JugglerClockMap *self,
                             guint64          ticks)
{
  self->start_ns = juggler_clock_map_to_monotonic (self, ticks);
}

guint64
juggler_clock_map_get_start_ns (const JugglerClockMap *self)
{
  return self->start_ns;
}

/* The first of the two pairs whose line is used: around `ticks`, or the nearest two. */
static guint
find_line (const JugglerClockMap *self,
           guint64                ticks)
{
  guint low = 0;
  guint high = self->pairs->len - 1;

  /* Nearly always it is the newest stretch. */
  if (pair_at (self, high - 1)->ticks <= ticks)
    return high - 1;
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (pair_at (self, middle)->ticks <= ticks)
        low = middle;
      else
        high = middle;
    }
  return low;
}

guint64
juggler_clock_map_to_monotonic (const JugglerClockMap *self,
                                guint64                ticks)
{
  const JugglerClockPair *from;
  const JugglerClockPair *to;
  __int128 distance;

  if (self->pairs->len == 0)
    return (guint64) ((unsigned __int128) ticks * 1000000000U / self->ticks_per_second);
  if (self->pairs->len == 1)
    {
      from = pair_at (self, 0);
      distance = (__int128) ticks - (__int128) from->ticks;
      return (guint64) ((__int128) from->monotonic_ns + distance * 1000000000 / (__int128) self->ticks_per_second);
    }
  from = pair_at (self, find_line (self, ticks));
  to = from + 1;
  distance = (__int128) ticks - (__int128) from->ticks;
  return (guint64) ((__int128) from->monotonic_ns
                    + distance * (__int128) (to->monotonic_ns - from->monotonic_ns)
                        / (__int128) (to->ticks - from->ticks));
}

gint64
juggler_clock_map_to_time (const JugglerClockMap *self,
                           guint64                ticks)
{
  return (gint64) (juggler_clock_map_to_monotonic (self, ticks) - self->start_ns);
}

gint64
juggler_clock_map_to_length (const JugglerClockMap *self,
                             guint64                ticks)
{
  const JugglerClockPair *from;
  const JugglerClockPair *to;

  if (self->pairs->len < 2)
    return (gint64) ((unsigned __int128) ticks * 1000000000U / self->ticks_per_second);
  from = pair_at (self, 0);
  to = pair_at (self, self->pairs->len - 1);
  return (gint64) ((unsigned __int128) ticks * (to->monotonic_ns - from->monotonic_ns) / (to->ticks - from->ticks));
}
