/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-worker-row.h: one worker of a run: chip, name, kind, PID, PPID or TID, state in words. */

#pragma once

#include <gtk/gtk.h>

#include "juggler-run.h"
#include "juggler-worker.h"

G_BEGIN_DECLS

#define JUGGLER_TYPE_WORKER_ROW (juggler_worker_row_get_type ())

/**
 * JugglerWorkerRow:
 *
 * Properties: worker (nullable: a row in reserve), run (whose worker it is), name-chars (how wide the names are,
 * in all rows alike).
 */
G_DECLARE_FINAL_TYPE (JugglerWorkerRow, juggler_worker_row, JUGGLER, WORKER_ROW, GtkWidget)

GtkWidget *juggler_worker_row_new         (void);
char      *juggler_worker_row_format_state (JugglerWorkerState  state,
                                            const char         *waits_for,
                                            int                 holder,
                                            int                 exit_code,
                                            int                 signal_number,
                                            const char         *message) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
