/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-clock-map.h: from the workers' raw ticks to nanoseconds since the start of the run. Private to the engine.
 *
 * A line through the pairs (ticks, CLOCK_MONOTONIC) that the reader took, one a drain: no frequency is believed, so no
 * error of one can add up, and a slewed monotonic clock is followed. */

#pragma once

#include <glib.h>

#include "juggler-clock.h"

G_BEGIN_DECLS

typedef struct _JugglerClockMap JugglerClockMap;

/* ticks_per_second: about, for as long as there is one pair only. */
JugglerClockMap *juggler_clock_map_new          (guint64                ticks_per_second);
void             juggler_clock_map_free         (JugglerClockMap       *self);

/* Pairs come in order; one that is too close to the last to say anything about the rate is left out. */
void             juggler_clock_map_add          (JugglerClockMap       *self,
                                                 JugglerClockPair       pair);

/* The instant that is time 0: where the run began on both clocks. */
void             juggler_clock_map_set_start    (JugglerClockMap       *self,
                                                 guint64                ticks);
guint64          juggler_clock_map_get_start_ns (const JugglerClockMap *self);

/* CLOCK_MONOTONIC at `ticks`, and ns since the start. */
guint64          juggler_clock_map_to_monotonic (const JugglerClockMap *self,
                                                 guint64                ticks);
gint64           juggler_clock_map_to_time      (const JugglerClockMap *self,
                                                 guint64                ticks);
/* A length in ticks, as ns; by the mean rate of the run. */
gint64           juggler_clock_map_to_length    (const JugglerClockMap *self,
                                                 guint64                ticks);

G_END_DECLS
