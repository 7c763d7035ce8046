/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-copy.h: the value of a global as one worker sees it, under the worker's chip. */

#pragma once

#include <gtk/gtk.h>

#include "juggler-worker.h"

G_BEGIN_DECLS

#define JUGGLER_TYPE_COPY (juggler_copy_get_type ())

/**
 * JugglerCopy:
 *
 * Properties: worker (construct-only), value (the text of the number or list), pending (not known yet).
 */
G_DECLARE_FINAL_TYPE (JugglerCopy, juggler_copy, JUGGLER, COPY, GtkWidget)

GtkWidget     *juggler_copy_new        (JugglerWorker *worker);
JugglerWorker *juggler_copy_get_worker (JugglerCopy   *self);
void           juggler_copy_set_value  (JugglerCopy   *self,
                                        const char    *value,
                                        gboolean       is_list);

G_END_DECLS
