/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "juggler-series.h"

/* most: points kept; beyond, every second one goes. */
JugglerSeries *juggler_series_new    (guint          worker,
                                      guint          most);
/* Adds to what the next juggler_series_commit() announces; a time before the last point's becomes the last one's. */
void           juggler_series_append (JugglerSeries *self,
                                      JugglerPoint   point);
void           juggler_series_commit (JugglerSeries *self);
