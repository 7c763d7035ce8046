/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* result-maker.h: results made by hand, for what a run does too seldom. */

#pragma once

#include "juggler-document.h"
#include "juggler-facts.h"
#include "juggler-result-private.h"

G_BEGIN_DECLS

typedef struct
{
  JugglerDocument *document;
  GBytes          *plan;
  JugglerResult   *result;
  JugglerFacts     facts;
} ResultMaker;

void                 result_maker_init      (ResultMaker       *maker,
                                             const char        *document,
                                             JugglerOutcome     outcome);
void                 result_maker_clear     (ResultMaker       *maker);
JugglerResultWorker *result_maker_worker    (ResultMaker       *maker,
                                             guint              worker);
void                 result_maker_end       (ResultMaker       *maker,
                                             guint              worker,
                                             JugglerResultState state,
                                             int                signal);
void                 result_maker_set_value (ResultMaker       *maker,
                                             guint              worker,
                                             guint              global,
                                             gint64             value);
void                 result_maker_set_list  (ResultMaker       *maker,
                                             guint              worker,
                                             guint              global,
                                             guint              n_values);
void                 result_maker_add_edge  (ResultMaker       *maker,
                                             JugglerResultEdge  edge,
                                             gboolean           in_cycle);
void                 result_maker_assert    (ResultMaker       *maker,
                                             const char        *sentence);

G_END_DECLS
