/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-run.h: one run of one experiment on real processes and threads. */

#pragma once

#include <gio/gio.h>

#include "juggler-diagnostic.h"
#include "juggler-document.h"
#include "juggler-engine-error.h"
#include "juggler-global.h"
#include "juggler-output-line.h"
#include "juggler-result.h"
#include "juggler-series.h"
#include "juggler-timeline.h"
#include "juggler-worker.h"

G_BEGIN_DECLS

/**
 * JugglerRunState:
 * @JUGGLER_RUN_IDLE: not started
 * @JUGGLER_RUN_STARTING: juggler-host was started and has not said yet that it is ready
 * @JUGGLER_RUN_RUNNING: from main's fork until nothing of the run is left
 * @JUGGLER_RUN_ENDED: over; there is a result
 * @JUGGLER_RUN_REFUSED: over without a result: the machine refused something, the error says what
 * @JUGGLER_RUN_FAILED: over without a result: the host could not be started, or died; the error says it
 */
typedef enum
{
  JUGGLER_RUN_IDLE,
  JUGGLER_RUN_STARTING,
  JUGGLER_RUN_RUNNING,
  JUGGLER_RUN_ENDED,
  JUGGLER_RUN_REFUSED,
  JUGGLER_RUN_FAILED,
} JugglerRunState;

#define JUGGLER_TYPE_RUN_STATE (juggler_run_state_get_type ())
#define JUGGLER_TYPE_OUTCOME (juggler_outcome_get_type ())
#define JUGGLER_TYPE_RUN (juggler_run_get_type ())

GType juggler_run_state_get_type (void);
GType juggler_outcome_get_type   (void);

/**
 * JugglerRun:
 *
 * A run is used once. Everything happens on the main context that was the thread's default when it was started; every
 * function: that thread only. Several runs at once are fine. While it runs it holds a reference on itself.
 *
 * Properties (read-only, notified on changes only): document, state, outcome, elapsed, n-dropped, result, error.
 * Construct-time: host-path, start-timeout, recording.
 *
 * Signal `ended (run)`: exactly once for a run whose start was asked for, when it is over in whatever way; by then the
 * result or the error is there and no process of the run is left.
 */
G_DECLARE_FINAL_TYPE (JugglerRun, juggler_run, JUGGLER, RUN, GObject)

JugglerRun       *juggler_run_new             (JugglerDocument      *document) G_GNUC_WARN_UNUSED_RESULT;

/**
 * juggler_run_start_async:
 * @cancellable: (nullable): stops the start-up, and with it the run; not the run once it runs
 *
 * Compiles the document and starts juggler-host. The call back comes when main has been forked, or with what stood in
 * the way: errors of the model (the document cannot run) or %JUGGLER_ENGINE_ERROR.
 */
void              juggler_run_start_async     (JugglerRun           *self,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              data);
gboolean          juggler_run_start_finish    (JugglerRun           *self,
                                               GAsyncResult         *result,
                                               GError              **error);

/**
 * juggler_run_stop_async:
 *
 * Ends the run with the outcome `stopped`, unless it was over first; fine in every state. The call back comes after
 * `ended`.
 */
void              juggler_run_stop_async      (JugglerRun           *self,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              data);
gboolean          juggler_run_stop_finish     (JugglerRun           *self,
                                               GAsyncResult         *result,
                                               GError              **error);

/**
 * juggler_run_start:
 *
 * Like juggler_run_start_async() without a call back: what stands in the way is the run's error when `ended` comes, which
 * may be before this returns. The first GTask of a program starts a thread, and GLib aborts where the machine refuses
 * one; juggler-cli must tell a refusal in a line.
 */
void              juggler_run_start           (JugglerRun           *self);

/**
 * juggler_run_stop:
 *
 * Like juggler_run_stop_async() without a call back: `ended` comes in any case.
 */
void              juggler_run_stop            (JugglerRun           *self);

/* Sends a signal to a worker's process, through the keeper. */
gboolean          juggler_run_signal_worker   (JugglerRun           *self,
                                               guint                 worker,
                                               int                   signal_number,
                                               GError              **error);

JugglerDocument  *juggler_run_get_document    (JugglerRun           *self);
JugglerRunState   juggler_run_get_state       (JugglerRun           *self);
gboolean          juggler_run_is_over         (JugglerRun           *self); /* ENDED, REFUSED or FAILED */
JugglerOutcome    juggler_run_get_outcome     (JugglerRun           *self); /* NONE until it is known */
gint64            juggler_run_get_elapsed     (JugglerRun           *self); /* us since main's first step, as of the last look */
guint64           juggler_run_get_n_dropped   (JugglerRun           *self);
guint64           juggler_run_get_monotonic_ns (JugglerRun          *self); /* CLOCK_MONOTONIC at main's first step; 0: not yet */
int               juggler_run_get_keeper_pid  (JugglerRun           *self); /* 0: not started */

/* Models, transfer none; they belong to the run and stay when it has ended. Of a document that does not compile they are
 * empty; starting it says why. */
GListModel       *juggler_run_get_workers     (JugglerRun           *self); /* JugglerWorker, all from construction, main first */
GListModel       *juggler_run_get_globals     (JugglerRun           *self); /* JugglerGlobal, all from construction */
GListModel       *juggler_run_get_output      (JugglerRun           *self); /* JugglerOutputLine, appended */
GListModel       *juggler_run_get_diagnostics (JugglerRun           *self); /* JugglerDiagnostic, appended */
JugglerTimeline  *juggler_run_get_timeline    (JugglerRun           *self);

JugglerResult    *juggler_run_get_result      (JugglerRun           *self); /* nullable: until ENDED */
const GError     *juggler_run_get_error       (JugglerRun           *self); /* nullable: of REFUSED and FAILED */
guint             juggler_run_get_n_locks     (JugglerRun           *self);
const char       *juggler_run_get_lock_name   (JugglerRun           *self,
                                               guint                 lock);

G_END_DECLS
