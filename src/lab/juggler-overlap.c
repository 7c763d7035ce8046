/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-overlap.h"

typedef struct
{
  gint64 time;
  int    step; /* 1: one more, -1: one less */
} Edge;

void
juggler_overlap_init (JugglerOverlap *overlap)
{
  overlap->edges = g_array_new (FALSE, FALSE, sizeof (Edge));
}

void
juggler_overlap_clear (JugglerOverlap *overlap)
{
  g_clear_pointer (&overlap->edges, g_array_unref);
}

/* Adds a stretch [begin, end) in which a worker ran; those of one worker do not overlap. */
void
juggler_overlap_add (JugglerOverlap *overlap,
                     gint64          begin,
                     gint64          end)
{
  Edge edges[] = { { begin, 1 }, { end, -1 } };

  if (end > begin)
    g_array_append_vals (overlap->edges, edges, G_N_ELEMENTS (edges));
}

/* At the same time an end comes first: who takes over a core does not run beside who had it. */
static int
compare_edges (gconstpointer left,
               gconstpointer right)
{
  const Edge *one = left;
  const Edge *other = right;

  if (one->time != other->time)
    return one->time < other->time ? -1 : 1;
  return one->step - other->step;
}

/* The largest number of which it can be said that so many ran at the same instant for `least` in all; at least 1 if
 * anything ran. */
guint
juggler_overlap_most (JugglerOverlap *overlap,
                      gint64          least)
{
  g_autoptr (GArray) times = g_array_new (FALSE, TRUE, sizeof (gint64)); /* in which just so many ran */
  gint64 before = 0;
  gint64 sum = 0;
  guint  running = 0;

  g_array_sort (overlap->edges, compare_edges);
  for (guint i = 0; i < overlap->edges->len; i++)
    {
      const Edge *edge = &g_array_index (overlap->edges, Edge, i);

      if (running >= times->len)
        g_array_set_size (times, running + 1);
      g_array_index (times, gint64, running) += i > 0 ? edge->time - before : 0;
      before = edge->time;
      running = (guint) ((int) running + edge->step);
    }
  for (guint count = times->len; count > 1; count--)
    {
      sum += g_array_index (times, gint64, count - 1);
      if (count > 2 && sum >= least)
        return count - 1;
    }
  return overlap->edges->len > 0 ? 1 : 0;
}
