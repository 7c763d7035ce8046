/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-worker.h: one worker of a run, as it is now. */

#pragma once

#include <glib-object.h>

#include "juggler-plan.h"

G_BEGIN_DECLS

/**
 * JugglerWorkerState:
 *
 * How a worker stands. Up to %JUGGLER_WORKER_WAITING_OUTPUT it lives; a worker that the end of the run cut short keeps
 * the state that it had then. Translated words: juggler_worker_state_to_string().
 */
typedef enum
{
  JUGGLER_WORKER_NEVER_STARTED,
  JUGGLER_WORKER_STARTING, /* fork or pthread_create was called, its first instant has not come */
  JUGGLER_WORKER_RUNNING,  /* running, or ready to */
  JUGGLER_WORKER_SLEEPING,
  JUGGLER_WORKER_WAITING_LOCK,   /* waits-for: the lock, holder: who has it */
  JUGGLER_WORKER_WAITING_JOIN,   /* waits-for: the worker */
  JUGGLER_WORKER_WAITING_OUTPUT, /* its output has not been read yet */
  JUGGLER_WORKER_FINISHED,
  JUGGLER_WORKER_TERMINATED, /* signal 15 */
  JUGGLER_WORKER_KILLED,     /* another signal */
  JUGGLER_WORKER_CRASHED,    /* signal 4, 6, 7, 8 or 11 */
  JUGGLER_WORKER_VANISHED,   /* a thread cut off by the end of its process */
  JUGGLER_WORKER_FAILED,     /* message says why */
} JugglerWorkerState;

#define JUGGLER_TYPE_WORKER_STATE (juggler_worker_state_get_type ())
#define JUGGLER_TYPE_WORKER_KIND (juggler_worker_kind_get_type ())
#define JUGGLER_TYPE_WORKER (juggler_worker_get_type ())

GType       juggler_worker_state_get_type  (void);
GType       juggler_worker_kind_get_type   (void);
const char *juggler_worker_state_to_string (JugglerWorkerState state);

G_DECLARE_FINAL_TYPE (JugglerWorker, juggler_worker, JUGGLER, WORKER, GObject)

/* Each getter is a property of the same name with dashes (pid, letter-index, …), read-only, notified on changes only.
 * Main context of the run. */

guint              juggler_worker_get_index        (JugglerWorker *self); /* 0: main, then in document order */
const char        *juggler_worker_get_name         (JugglerWorker *self);
JugglerWorkerKind  juggler_worker_get_kind         (JugglerWorker *self);
int                juggler_worker_get_letter_index (JugglerWorker *self); /* 0: A, 1: B …; -1: main, which has none */
gboolean           juggler_worker_get_daemon       (JugglerWorker *self);
int                juggler_worker_get_parent       (JugglerWorker *self); /* index of who started it; -1: nobody yet */
gint64             juggler_worker_get_pid          (JugglerWorker *self); /* 0: not started; so the next two */
gint64             juggler_worker_get_ppid         (JugglerWorker *self); /* now: of an orphan the new one */
gint64             juggler_worker_get_tid          (JugglerWorker *self);
JugglerWorkerState juggler_worker_get_state        (JugglerWorker *self);
gboolean           juggler_worker_get_alive        (JugglerWorker *self); /* never after the run */
gboolean           juggler_worker_get_orphan       (JugglerWorker *self); /* its parent ended before it; stays TRUE */
gboolean           juggler_worker_get_zombie       (JugglerWorker *self); /* ended, not yet reaped */
gboolean           juggler_worker_get_stopped      (JugglerWorker *self); /* held by SIGSTOP now */
gboolean           juggler_worker_get_steps_done   (JugglerWorker *self); /* its last step is behind it */
int                juggler_worker_get_exit_code    (JugglerWorker *self); /* -1: none */
int                juggler_worker_get_signal       (JugglerWorker *self); /* that ended it; 0: none */
guint64            juggler_worker_get_increments   (JugglerWorker *self); /* made so far */
const char        *juggler_worker_get_waits_for    (JugglerWorker *self); /* nullable: name of a lock or a worker */
int                juggler_worker_get_holder       (JugglerWorker *self); /* index of who has the lock; -1: not known */
const char        *juggler_worker_get_message      (JugglerWorker *self); /* nullable: why it failed */

G_END_DECLS
