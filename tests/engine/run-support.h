/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* run-support.h: documents and runs for the engine's tests. */

#pragma once

#include <json-glib/json-glib.h>

#include "juggler-run.h"
#include "juggler-trace.h"

/* A document that is right; text in the experiment format, with ' for ". */
JugglerDocument *run_support_document (const char *text);

/* Starts it and iterates the default context until it is over. */
JugglerRun      *run_support_start    (JugglerDocument *document);
void             run_support_wait     (JugglerRun      *run);
JugglerRun      *run_support_run      (const char      *text);

/* Iterates until `condition (data)`; fails after a generous while. */
void             run_support_until    (gboolean (*condition) (gpointer data),
                                       gpointer data);

/* The result, parsed; free with json_object_unref(). */
JsonObject      *run_support_json     (JugglerRun      *run);
JsonObject      *run_support_trace    (JugglerRun      *run);

/* No process of the run is left, no lane overlaps. */
void             run_support_assert_clean (JugglerRun  *run);

JugglerWorker   *run_support_worker   (JugglerRun      *run,
                                       guint            index); /* transfer none */
