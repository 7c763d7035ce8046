/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-result-private.h: how a result is put together. */

#pragma once

#include "juggler-clock-map.h"
#include "juggler-document.h"
#include "juggler-lists.h"
#include "juggler-output.h"
#include "juggler-result.h"
#include "juggler-timeline.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean has;
  gint64   value;
} JugglerExpected;

struct _JugglerResult
{
  GObject              parent_instance;

  char                *title;
  JugglerOutcome       outcome;
  gboolean             has_expect;
  gboolean             right;
  gdouble              wall_ms;
  guint                cores;
  gboolean             shared_globals;
  guint                time_limit_ms;
  guint64              n_dropped;
  guint                n_globals;
  JugglerResultValue  *globals; /* of main */
  JugglerExpected     *expected;
  guint                n_workers;
  JugglerResultWorker *workers;
  guint                n_lines;
  JugglerResultLine   *lines;
  guint                n_edges;
  guint                n_cycle;
  JugglerResultEdge   *edges;
  guint                n_locks;
  const char         **lock_names;
  GPtrArray           *provoked;
  GPtrArray           *notes;
  guint                n_timeline_notes; /* of them, the last ones */
  GStringChunk        *names; /* of globals, workers and locks; texts of lines */
};

/* What a run has at its end. All borrowed; n_expected: one each global. */
typedef struct
{
  const char            *title;
  const JugglerPlan     *plan;
  JugglerShared         *shared;
  JugglerOutcome         outcome;
  const JugglerClockMap *clock;
  JugglerTimeline       *timeline;
  JugglerOutput         *output;
  JugglerLists          *lists;
  const JugglerExpected *expected;
  const gint64          *main_values; /* what main's process saw last, where main itself does not say */
  guint                  cores_wanted; /* 0: all */
  JugglerDocument       *document;     /* for the cores that it names and the plan leaves out; NULL: none */
  guint64                n_dropped;
} JugglerResultSource;

JugglerResult *juggler_result_new            (const JugglerResultSource *source);
/* The globals and the lists that a worker saw last; n_globals of them. */
JugglerResultValue *juggler_result_read_values (JugglerResult             *self,
                                                const JugglerResultSource *source,
                                                guint                      worker,
                                                gboolean                  *exact);

G_END_DECLS
