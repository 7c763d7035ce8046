/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-lists.h: what the lists of a run hold, worker by worker. Private to the engine.
 *
 * A worker that reaches its end writes its lists down whole. Of one that did not, its list is put together from what
 * was appended in its process; a process begins with its parent's list as it was when it was started. */

#pragma once

#include <glib.h>

#include "juggler-plan.h"

G_BEGIN_DECLS

typedef struct _JugglerLists JugglerLists;

JugglerLists *juggler_lists_new        (const JugglerPlan  *plan);
void          juggler_lists_free       (JugglerLists       *self);

/* process: the worker whose process it happened in. */
void          juggler_lists_append     (JugglerLists       *self,
                                        guint               process,
                                        gint64              time,
                                        guint               global,
                                        guint               index,
                                        gint64              value);
/* `child` was started in `process`. */
void          juggler_lists_started    (JugglerLists       *self,
                                        guint               process,
                                        guint               child,
                                        gint64              time);
/* A part of the list that a worker saw at its own end. */
void          juggler_lists_add_part   (JugglerLists       *self,
                                        guint               worker,
                                        guint               global,
                                        guint               first,
                                        guint               total,
                                        const gint64       *values,
                                        guint               n_values);

/* The list that a worker saw at its own end; NULL when it did not say so, or not all of it. Transfer none. */
const gint64 *juggler_lists_get_exact  (JugglerLists       *self,
                                        guint               worker,
                                        guint               global,
                                        guint              *n_values);
/* The list of a process at `time`, as far as it is known. Transfer full. */
gint64       *juggler_lists_rebuild    (JugglerLists       *self,
                                        guint               process,
                                        guint               global,
                                        gint64              time,
                                        guint              *n_values);
guint         juggler_lists_get_n_appends (JugglerLists    *self,
                                        guint               global);

G_END_DECLS
