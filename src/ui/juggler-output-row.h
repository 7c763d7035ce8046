/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-output-row.h: one line of output: when, who, what. */

#pragma once

#include <gtk/gtk.h>

#include "juggler-output-line.h"
#include "juggler-run.h"

G_BEGIN_DECLS

#define JUGGLER_TYPE_OUTPUT_ROW (juggler_output_row_get_type ())

/**
 * JugglerOutputRow:
 *
 * Properties: line and run (nullable: a row in reserve), in-seconds (the unit of the time, one for all rows),
 * name-chars (how wide the names are, in all rows alike).
 */
G_DECLARE_FINAL_TYPE (JugglerOutputRow, juggler_output_row, JUGGLER, OUTPUT_ROW, GtkWidget)

GtkWidget *juggler_output_row_new         (void);
char      *juggler_output_row_format_time (double   microseconds,
                                           gboolean in_seconds) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
