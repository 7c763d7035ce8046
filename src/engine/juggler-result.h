/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-result.h: what came out of a run; never changes. Any thread. */

#pragma once

#include <glib-object.h>

#include "juggler-plan.h"
#include "juggler-shared.h"

G_BEGIN_DECLS

/**
 * JugglerResultState:
 *
 * `state` of a worker in the result, as the experiment format names it.
 */
typedef enum
{
  JUGGLER_RESULT_NEVER_STARTED,
  JUGGLER_RESULT_RUNNING,
  JUGGLER_RESULT_WAITING,
  JUGGLER_RESULT_FINISHED,
  JUGGLER_RESULT_TERMINATED,
  JUGGLER_RESULT_KILLED,
  JUGGLER_RESULT_CRASHED,
  JUGGLER_RESULT_VANISHED,
  JUGGLER_RESULT_FAILED,
  JUGGLER_RESULT_ORPHAN,
} JugglerResultState;

/* An integer (values == NULL) or a list. */
typedef struct
{
  const char *name;
  gboolean    is_list;
  gint64      value; /* of a list: its length */
  gint64     *values;
} JugglerResultValue;

typedef struct
{
  const char         *name;
  JugglerWorkerKind   kind;
  int                 pid, ppid, tid; /* 0: never started */
  gboolean            started;
  JugglerResultState  state;
  gboolean            has_exit;
  int                 exit_code;
  int                 signal;     /* 0: null */
  char               *message;    /* nullable: why it failed, translated */
  JugglerResultValue *globals;    /* n_globals of the result */
  gboolean            globals_exact;
  guint64            *addresses;  /* n_globals; 0: not known */
  gdouble             start_us;   /* < 0: null; so end_us */
  gdouble             end_us;
  gdouble             cpu_ms;
  gdouble             wait_ms;    /* waited for locks */
  guint64             voluntary;
  guint64             involuntary;
  guint              *cores;
  guint               n_cores;
  guint64             increments;
  gboolean            daemon;
  gboolean            stopped;    /* held by SIGSTOP when the run ended */
  gboolean            cut;        /* ended by the end of the run (daemon, orphan), not by a step */
  int                 parent;     /* index of the worker that started it; -1: nobody */
  int                 new_ppid;   /* of an orphan; else 0 */
  /* At the outcome, while it still lived: */
  JugglerSlotState    waiting;    /* what it waited for, JUGGLER_SLOT_RUNNING if nothing */
  int                 waits_for;  /* lock or worker; -1 */
} JugglerResultWorker;

typedef struct
{
  gdouble     t_us;
  guint       worker; /* index: 0 is main */
  const char *text;
} JugglerResultLine;

typedef struct
{
  guint           worker;
  gboolean        is_join;
  guint           object; /* lock, or worker with is_join */
  int             holder; /* -1: nobody */
  JugglerOwnerEnd owner_ended;
} JugglerResultEdge;

#define JUGGLER_TYPE_RESULT (juggler_result_get_type ())

G_DECLARE_FINAL_TYPE (JugglerResult, juggler_result, JUGGLER, RESULT, GObject)

const char     *juggler_result_get_title        (JugglerResult *self);
JugglerOutcome  juggler_result_get_outcome      (JugglerResult *self);
/* "finished", "deadlock", "time limit", "stopped", "main died": of the format, never translated. */
const char     *juggler_outcome_to_string       (JugglerOutcome outcome);
/* "never started", "running" …: of the format, never translated. */
const char     *juggler_result_state_to_string  (JugglerResultState state);
gboolean        juggler_result_get_has_expect   (JugglerResult *self);
gboolean        juggler_result_get_right        (JugglerResult *self); /* FALSE also without expect */
gdouble         juggler_result_get_wall_ms      (JugglerResult *self);
guint           juggler_result_get_cores        (JugglerResult *self); /* that the run could use */
gboolean        juggler_result_get_shared_globals (JugglerResult *self);
guint           juggler_result_get_time_limit_ms  (JugglerResult *self);
guint64         juggler_result_get_n_dropped    (JugglerResult *self); /* timeline records lost */

/* Globals as main saw them last. */
guint           juggler_result_get_n_globals    (JugglerResult *self);
const JugglerResultValue *
                juggler_result_get_global       (JugglerResult *self,
                                                 guint          index);
gboolean        juggler_result_get_expected     (JugglerResult *self,
                                                 guint          global,
                                                 gint64        *expected);
gboolean        juggler_result_get_lost         (JugglerResult *self,
                                                 guint          global,
                                                 gint64        *lost);

/* 0 is main; the format's "workers" are 1 and up. */
guint           juggler_result_get_n_workers    (JugglerResult *self);
const JugglerResultWorker *
                juggler_result_get_worker       (JugglerResult *self,
                                                 guint          index);

guint           juggler_result_get_n_lines      (JugglerResult *self);
const JugglerResultLine *
                juggler_result_get_line         (JugglerResult *self,
                                                 guint          index);

const char     *juggler_result_get_lock_name    (JugglerResult *self,
                                                 guint          lock);

/* With the outcome deadlock: the members of the cycle in order, then (juggler_result_get_n_cycle() and up) the others
 * who wait for them. */
guint           juggler_result_get_n_edges      (JugglerResult *self);
guint           juggler_result_get_n_cycle      (JugglerResult *self);
const JugglerResultEdge *
                juggler_result_get_edge         (JugglerResult *self,
                                                 guint          index);

guint           juggler_result_get_n_provoked   (JugglerResult *self);
const char     *juggler_result_get_provoked     (JugglerResult *self,
                                                 guint          index);

/* What was not as the document asked, translated: cores that the machine lacks, owners that died … */
guint           juggler_result_get_n_notes      (JugglerResult *self);
const char     *juggler_result_get_note         (JugglerResult *self,
                                                 guint          index);
/* How many of them, the last ones, tell only what the timeline lacks. */
guint           juggler_result_get_n_timeline_notes (JugglerResult *self);

/**
 * juggler_result_to_json:
 *
 * Returns: (transfer full): the result as the experiment format has it: one line, keys in its order, UTF-8, without a
 * newline at its end
 */
char           *juggler_result_to_json          (JugglerResult *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
