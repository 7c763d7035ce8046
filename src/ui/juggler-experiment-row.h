/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-experiment-row.h: an experiment in the sidebar. */

#pragma once

#include <gtk/gtk.h>

#include "juggler-lesson.h"

G_BEGIN_DECLS

#define JUGGLER_TYPE_EXPERIMENT_ROW (juggler_experiment_row_get_type ())

/**
 * JugglerExperimentRow:
 *
 * Properties: experiment (construct-only), running (a run of it is on).
 */
G_DECLARE_FINAL_TYPE (JugglerExperimentRow, juggler_experiment_row, JUGGLER, EXPERIMENT_ROW, GtkListBoxRow)

GtkWidget     *juggler_experiment_row_new            (JugglerLesson        *experiment);
JugglerLesson *juggler_experiment_row_get_experiment (JugglerExperimentRow *self);

G_END_DECLS
