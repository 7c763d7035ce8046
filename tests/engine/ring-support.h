/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ring-support.h: writes into a run's memory as workers would, for tests of what reads it. */

#pragma once

#include "juggler-decoder.h"
#include "juggler-global-private.h"

#define RING_SUPPORT_WORKERS 4

/* main, two threads, a process; globals "g" and the list "l" ([1]); locks "m" and "r". Ticks are ns of an own clock
 * that begins at 1 000 000: time 0. */
typedef struct
{
  JugglerPlan      *plan;
  JugglerMemory    *memory;
  JugglerClockMap  *clock;
  JugglerTimeline  *timeline;
  JugglerOutput    *output;
  JugglerLists     *lists;
  GListStore       *globals;
  JugglerDecoder   *decoder;
  JugglerRingWriter writers[RING_SUPPORT_WORKERS];
} RingSupport;

RingSupport *ring_support_new   (guint        ring_size);
void         ring_support_free  (RingSupport *self);

JugglerSlot *ring_support_slot  (RingSupport *self,
                                 guint        worker);
/* FALSE: no room, and counted as dropped. */
gboolean     ring_support_head  (RingSupport *self,
                                 guint        worker,
                                 guint        type,
                                 gint64       time,
                                 guint        core);
gboolean     ring_support_span  (RingSupport *self,
                                 guint        worker,
                                 guint        kind,
                                 gint64       begin,
                                 gint64       end,
                                 guint32      object,
                                 guint32      holder);
gboolean     ring_support_held  (RingSupport *self,
                                 guint        worker,
                                 guint        lock,
                                 gint64       begin,
                                 gint64       end,
                                 guint32      from);
gboolean     ring_support_turns (RingSupport *self,
                                 guint        worker,
                                 gint64       begin,
                                 gint64       end,
                                 guint        turns,
                                 guint        waits,
                                 gint64       waited);
gboolean     ring_support_event (RingSupport *self,
                                 guint        worker,
                                 guint        kind,
                                 gint64       time,
                                 guint32      object,
                                 gint64       value);
gboolean     ring_support_sample (RingSupport *self,
                                  guint        worker,
                                  gint64       time,
                                  gint64       value);
gboolean     ring_support_append (RingSupport *self,
                                  guint        worker,
                                  gint64       time,
                                  guint        index,
                                  gint64       value);
gboolean     ring_support_output (RingSupport *self,
                                  guint        worker,
                                  gint64       time,
                                  const char  *text,
                                  gboolean     more);
/* Drains all rings and settles. */
void         ring_support_read   (RingSupport *self);
guint64      ring_support_ticks  (gint64       time);
