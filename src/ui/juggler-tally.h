/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-tally.h: what a counter would be by now had no update been lost.
 *
 * Each worker counts the increments it has made, but not of which global nor by how much. So this is known only where
 * all increments of an experiment are steps of one on one and the same global, and nothing else writes to it; then it
 * is exact. */

#pragma once

#include <gio/gio.h>

#include "juggler-plan.h"

G_BEGIN_DECLS

gboolean juggler_tally_is_known (const JugglerPlan *plan,
                                 guint              global);
gint64   juggler_tally_count    (const JugglerPlan *plan,
                                 guint              global,
                                 GListModel        *workers);

G_END_DECLS
