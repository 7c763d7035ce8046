/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "juggler-series-private.h"

#include "juggler-sample-private.h"

struct _JugglerSeries
{
  GObject  parent_instance;
  guint    worker;
  guint    most;
  gboolean thinned;
  GArray  *points;
  guint    n_announced;
  gboolean announce_all; /* points before n_announced changed */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (JugglerSeries, juggler_series, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
juggler_series_get_item_type (GListModel *model)
{
  return JUGGLER_TYPE_SAMPLE;
}

static guint
juggler_series_get_n_items (GListModel *model)
{
  return JUGGLER_SERIES (model)->n_announced;
}

static gpointer
juggler_series_get_item (GListModel *model,
                         guint       position)
{
  JugglerSeries *self = JUGGLER_SERIES (model);

  if (position >= self->n_announced)
    return NULL;
  return juggler_sample_new (&g_array_index (self->points, JugglerPoint, position));
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = juggler_series_get_item_type;
  iface->get_n_items = juggler_series_get_n_items;
  iface->get_item = juggler_series_get_item;
}

static void
juggler_series_finalize (GObject *object)
{
  g_array_unref (JUGGLER_SERIES (object)->points);
  G_OBJECT_CLASS (juggler_series_parent_class)->finalize (object);
}

static void
juggler_series_class_init (JugglerSeriesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = juggler_series_finalize;
}

static void
juggler_series_init (JugglerSeries *self)
{
  self->points = g_array_new (FALSE, FALSE, sizeof (JugglerPoint));
}

JugglerSeries *
juggler_series_new (guint worker,
                    guint most)
{
  JugglerSeries *self = g_object_new (JUGGLER_TYPE_SERIES, NULL);

  self->worker = worker;
  self->most = MAX (most, 4);
  return self;
}

/* Keeps the first and every second one after it; the last one that comes is always kept whole. */
static void
thin (JugglerSeries *self)
{
  guint i;

  for (i = 0; 2 * i < self->points->len; i++)
    g_array_index (self->points, JugglerPoint, i) = g_array_index (self->points, JugglerPoint, 2 * i);
  g_array_set_size (self->points, i);
  self->thinned = TRUE;
  self->announce_all = TRUE;
}

void
juggler_series_append (JugglerSeries *self,
                       JugglerPoint   point)
{
  if (self->points->len > 0)
    point.time = MAX (point.time, g_array_index (self->points, JugglerPoint, self->points->len - 1).time);
  if (self->points->len >= self->most)
    thin (self);
  g_array_append_val (self->points, point);
}

void
juggler_series_commit (JugglerSeries *self)
{
  guint before = self->n_announced;
  guint added = self->points->len - MIN (before, self->points->len);

  self->n_announced = self->points->len;
  if (self->announce_all)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, before, self->n_announced);
  else if (added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), before, 0, added);
  self->announce_all = FALSE;
}

guint
juggler_series_get_worker (JugglerSeries *self)
{
  g_return_val_if_fail (JUGGLER_IS_SERIES (self), 0);
  return self->worker;
}

gboolean
juggler_series_get_thinned (JugglerSeries *self)
{
  g_return_val_if_fail (JUGGLER_IS_SERIES (self), FALSE);
  return self->thinned;
}

/**
 * juggler_series_get_points:
 * @n_points: (out): how many
 *
 * Returns: (transfer none) (array length=n_points): all points in order of time, until the next change
 */
const JugglerPoint *
juggler_series_get_points (JugglerSeries *self,
                           guint         *n_points)
{
  g_return_val_if_fail (JUGGLER_IS_SERIES (self), NULL);
  g_return_val_if_fail (n_points != NULL, NULL);

  *n_points = self->n_announced;
  return (const JugglerPoint *) (gpointer) self->points->data;
}

/**
 * juggler_series_find:
 *
 * Returns: index of the first point at or after `time`; the number of points if there is none
 */
guint
juggler_series_find (JugglerSeries *self,
                     gint64         time)
{
  guint low = 0;
  guint high;

  g_return_val_if_fail (JUGGLER_IS_SERIES (self), 0);

  high = self->n_announced;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->points, JugglerPoint, middle).time < time)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}
