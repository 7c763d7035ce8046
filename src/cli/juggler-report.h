/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-report.h: a run, and many runs, told to a person. */

#pragma once

#include "juggler-console.h"
#include "juggler-run.h"

G_BEGIN_DECLS

guint juggler_report_name_width (JugglerRun     *run);
void  juggler_report_lines      (JugglerConsole *console,
                                 JugglerRun     *run,
                                 guint           name_width,
                                 guint           first,
                                 guint           n_lines);
void  juggler_report_run        (JugglerConsole *console,
                                 JugglerRun     *run,
                                 gboolean        with_timeline);
void  juggler_report_in_row     (JugglerConsole *console,
                                 JugglerRun     *run,
                                 guint           number,
                                 guint           n_runs);

G_END_DECLS
