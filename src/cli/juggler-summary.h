/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-summary.h: what many runs of one experiment have in common. */

#pragma once

#include "juggler-console.h"
#include "juggler-result.h"

G_BEGIN_DECLS

typedef struct _JugglerSummary JugglerSummary;

JugglerSummary *juggler_summary_new  (void);
void            juggler_summary_free (JugglerSummary *summary);
void            juggler_summary_add  (JugglerSummary *summary,
                                      JugglerResult  *result);
void            juggler_summary_tell (JugglerSummary *summary,
                                      JugglerConsole *console,
                                      guint           n_wanted,
                                      gboolean        stopped);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JugglerSummary, juggler_summary_free)

G_END_DECLS
