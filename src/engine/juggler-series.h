/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-series.h: the values of one global as one worker saw them over time. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * JugglerPoint:
 * @time: ns since the start of the run; never falls within a series
 * @value: the value then
 * @done: increments (and atomic adds) that the worker had made
 */
typedef struct
{
  gint64  time;
  gint64  value;
  guint64 done;
} JugglerPoint;

#define JUGGLER_TYPE_SERIES (juggler_series_get_type ())

/**
 * JugglerSeries:
 *
 * A `GListModel` of [class@Sample], made on demand. Whoever draws takes juggler_series_get_points() instead.
 */
G_DECLARE_FINAL_TYPE (JugglerSeries, juggler_series, JUGGLER, SERIES, GObject)

guint               juggler_series_get_worker   (JugglerSeries *self); /* index */
gboolean            juggler_series_get_thinned  (JugglerSeries *self); /* points were left out to bound the memory */
const JugglerPoint *juggler_series_get_points   (JugglerSeries *self,
                                                 guint         *n_points);
guint               juggler_series_find         (JugglerSeries *self,
                                                 gint64         time);

G_END_DECLS
