/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-labels.h"

#include <glib/gi18n-lib.h>

/**
 * juggler_label_outcome:
 * @outcome: how a run ended
 *
 * Returns: (transfer none): the word for it
 */
const char *
juggler_label_outcome (JugglerOutcome outcome)
{
  switch (outcome)
    {
    case JUGGLER_OUTCOME_FINISHED:
      return C_("outcome", "finished");
    case JUGGLER_OUTCOME_DEADLOCK:
      return C_("outcome", "deadlock");
    case JUGGLER_OUTCOME_TIME_LIMIT:
      return C_("outcome", "time limit");
    case JUGGLER_OUTCOME_STOPPED:
      return C_("outcome", "stopped");
    case JUGGLER_OUTCOME_MAIN_DIED:
      return C_("outcome", "main died");
    case JUGGLER_OUTCOME_REFUSED:
      return C_("outcome", "refused");
    case JUGGLER_OUTCOME_NONE:
    case JUGGLER_N_OUTCOMES:
    default:
      return C_("outcome", "running");
    }
}

/**
 * juggler_label_state:
 * @state: how a worker ended
 *
 * Returns: (transfer none): the word for it
 */
const char *
juggler_label_state (JugglerResultState state)
{
  switch (state)
    {
    case JUGGLER_RESULT_NEVER_STARTED:
      return C_("worker state", "never started");
    case JUGGLER_RESULT_RUNNING:
      return C_("worker state", "running");
    case JUGGLER_RESULT_WAITING:
      return C_("worker state", "waiting");
    case JUGGLER_RESULT_FINISHED:
      return C_("worker state", "finished");
    case JUGGLER_RESULT_TERMINATED:
      return C_("worker state", "terminated");
    case JUGGLER_RESULT_KILLED:
      return C_("worker state", "killed");
    case JUGGLER_RESULT_CRASHED:
      return C_("worker state", "crashed");
    case JUGGLER_RESULT_VANISHED:
      return C_("worker state", "vanished");
    case JUGGLER_RESULT_FAILED:
      return C_("worker state", "failed");
    case JUGGLER_RESULT_ORPHAN:
      return C_("worker state", "orphan");
    default:
      return "";
    }
}

/**
 * juggler_label_kind:
 * @kind: a kind of worker
 *
 * Returns: (transfer none): the word for it
 */
const char *
juggler_label_kind (JugglerWorkerKind kind)
{
  return kind == JUGGLER_KIND_THREAD ? C_("worker kind", "thread") : C_("worker kind", "process");
}

/**
 * juggler_label_ending:
 * @worker: a worker of a result
 *
 * Returns: (transfer full): how it ended, with the number of the signal or an exit code that is not 0:
 * "terminated (15)"
 */
char *
juggler_label_ending (const JugglerResultWorker *worker)
{
  const char *state = juggler_label_state (worker->state);

  if (worker->signal != 0)
    /* Translators: how a worker ended, and the number of the signal: "terminated (15)". */
    return g_strdup_printf (C_("worker state", "%s (%d)"), state, worker->signal);
  if (worker->stopped)
    /* Translators: a worker held by SIGSTOP: "running, stopped". */
    return g_strdup_printf (C_("worker state", "%s, stopped"), state);
  if (worker->has_exit && worker->exit_code != 0)
    /* Translators: how a worker ended, and its exit code. */
    return g_strdup_printf (C_("worker state", "%s, exit %d"), state, worker->exit_code);
  return g_strdup (state);
}
