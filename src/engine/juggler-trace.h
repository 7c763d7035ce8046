/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-trace.h: a run's timeline as Chrome trace events, which Perfetto and chrome://tracing open. */

#pragma once

#include <gio/gio.h>

#include "juggler-run.h"

G_BEGIN_DECLS

/**
 * juggler_run_write_trace:
 * @self: a run that has ended (also by a death)
 * @stream: where to; is not closed
 * @error: %JUGGLER_ENGINE_ERROR_EXPORT, or of the stream
 *
 * Returns: whether all was written. Blocks as the stream does; main context of the run.
 */
gboolean juggler_run_write_trace      (JugglerRun     *self,
                                       GOutputStream  *stream,
                                       GCancellable   *cancellable,
                                       GError        **error);

/* The same into a file, which is replaced only when all of it was written. */
gboolean juggler_run_write_trace_file (JugglerRun     *self,
                                       const char     *path,
                                       GError        **error);

G_END_DECLS
