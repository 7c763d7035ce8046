/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-decoder.h: drains the rings of a run and sorts what they hold into timeline, output, series and lists.
 * Private to the engine; main context of the run. */

#pragma once

#include "juggler-clock-map.h"
#include "juggler-lists.h"
#include "juggler-memory.h"
#include "juggler-output.h"
#include "juggler-timeline-private.h"

G_BEGIN_DECLS

typedef struct _JugglerDecoder JugglerDecoder;

/* globals: of JugglerGlobal, in order. Everything is borrowed and outlives the decoder. */
JugglerDecoder *juggler_decoder_new          (JugglerMemory     *memory,
                                              JugglerClockMap   *clock,
                                              JugglerTimeline   *timeline,
                                              JugglerOutput     *output,
                                              JugglerLists      *lists,
                                              GListModel        *globals);
void            juggler_decoder_free         (JugglerDecoder    *self);

/* Reads one worker's ring. Returns the bytes read. */
guint64         juggler_decoder_drain        (JugglerDecoder    *self,
                                              guint              worker);
/* After all rings of a look: what could only be said when all were read. */
void            juggler_decoder_settle       (JugglerDecoder    *self);

/* What the worker does now, by its slot, up to `now`. */
void            juggler_decoder_look         (JugglerDecoder    *self,
                                              guint              worker,
                                              gint64             now);
/* No more will come of this worker: its lane ends at `time` at the latest, with the wait that it was in, if it was.
 * Its unfinished line of output is a line. */
void            juggler_decoder_close        (JugglerDecoder    *self,
                                              guint              worker,
                                              gint64             time);

/* Whether its END record was read, or it was closed. */
gboolean        juggler_decoder_has_ended    (JugglerDecoder    *self,
                                              guint              worker);
/* Records lost so far in all rings that were looked at. */
guint64         juggler_decoder_get_n_dropped (JugglerDecoder   *self);
/* Rings that held what no worker writes. */
guint           juggler_decoder_get_n_corrupt (JugglerDecoder   *self);

/* The state of a slot as the timeline has it. */
JugglerLaneState juggler_decoder_lane_state  (JugglerSlotState   state);

G_END_DECLS
