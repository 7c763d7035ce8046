/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-bench.h: an experiment that was chosen: its document, its last run, and how often it ran. */

#pragma once

#include <gio/gio.h>

#include "juggler-document.h"
#include "juggler-lesson.h"
#include "juggler-run.h"

G_BEGIN_DECLS

#define JUGGLER_TYPE_BENCH (juggler_bench_get_type ())

/**
 * JugglerBench:
 *
 * Properties (read-only, notified on changes only): experiment (construct-only), document (nullable: the file cannot be
 * read), trouble (nullable: why not), run (nullable: the document is faulty; before the first run one that has not been
 * started), run-number, runnable, running, stopping. Main context.
 */
G_DECLARE_FINAL_TYPE (JugglerBench, juggler_bench, JUGGLER, BENCH, GObject)

JugglerBench    *juggler_bench_new            (JugglerLesson *experiment) G_GNUC_WARN_UNUSED_RESULT;
JugglerLesson   *juggler_bench_get_experiment (JugglerBench  *self);
JugglerDocument *juggler_bench_get_document   (JugglerBench  *self);
JugglerRun      *juggler_bench_get_run        (JugglerBench  *self);
guint            juggler_bench_get_run_number (JugglerBench  *self);
gboolean         juggler_bench_get_runnable   (JugglerBench  *self);
gboolean         juggler_bench_get_running    (JugglerBench  *self);
gboolean         juggler_bench_get_stopping   (JugglerBench  *self);
void             juggler_bench_start          (JugglerBench  *self);
void             juggler_bench_stop           (JugglerBench  *self);

G_END_DECLS
