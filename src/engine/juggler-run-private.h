/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-run-private.h: what the files of JugglerRun share: juggler-run.c is the object, juggler-run-life.c how it
 * starts and ends, juggler-run-poll.c how it looks at the workers. */

#pragma once

#include "juggler-decoder.h"
#include "juggler-global-private.h"
#include "juggler-host-client.h"
#include "juggler-result-private.h"
#include "juggler-run.h"
#include "juggler-worker-private.h"

G_BEGIN_DECLS

struct _JugglerRun
{
  GObject            parent_instance;

  /* From construction. */
  JugglerDocument   *document;
  char              *title;
  GBytes            *plan_bytes; /* NULL: does not compile, see compile_error */
  const JugglerPlan *plan;
  GError            *compile_error;
  JugglerExpected   *expected;
  guint              cores_wanted;
  char              *host_path;
  guint              start_timeout; /* ms */
  gboolean           recording;

  /* What others see. */
  JugglerRunState    state;
  JugglerOutcome     outcome;
  gint64             elapsed; /* us */
  guint64            n_dropped;
  guint64            monotonic_ns;
  int                keeper_pid;
  GListStore        *workers;
  GListStore        *globals;
  GListStore        *diagnostics;
  JugglerOutput     *output;
  JugglerTimeline   *timeline;
  JugglerResult     *result;
  GError            *error;

  /* While it runs. */
  GMainContext      *context;
  JugglerMemory     *memory;
  JugglerHostClient *client;
  JugglerClockMap   *clock;
  JugglerLists      *lists;
  JugglerDecoder    *decoder;
  GSource           *timer;       /* the next look */
  GSource           *guard_timer; /* start-up, then stop, time-out; or the next round on survivors */
  guint              interval;    /* ms between two looks */
  guint64            seen_dropped; /* as of the last look */
  gint64             last_publish; /* g_get_monotonic_time() */
  guint             *active;      /* workers of which something may still come */
  guint              n_active;
  gint64           **seen_values; /* of each worker, as last published; NULL: not looked at yet */
  gint64            *main_values; /* of main's process (or all, where shared) as last changed by anybody */
  guint             *list_marks;  /* appends at the last look, of each global */
  gboolean           begun;       /* time 0 is known */
  gboolean           ready;
  gboolean           ended_said;
  gboolean           timed_out;   /* of the start-up */
  guint64            gone_ticks;  /* when a keeper's death was seen; 0: not */
  guint              survivor_rounds; /* looks for survivors of a dead keeper */
  guint              quiet_rounds;    /* that found none, in a row */
  GError            *fault;
  GTask             *start_task;
  GPtrArray         *stop_tasks;
  gboolean           stop_asked;
  GCancellable      *cancellable;
  gulong             cancelled_id;
};

/* ---- juggler-run.c ---- */
void juggler_run_set_state   (JugglerRun     *self,
                              JugglerRunState state);
void juggler_run_set_outcome (JugglerRun     *self,
                              JugglerOutcome  outcome);
void juggler_run_set_figures (JugglerRun     *self,
                              gint64          elapsed,
                              guint64         n_dropped);
void juggler_run_diagnose    (JugglerRun     *self,
                              const char     *message,
                              gboolean        fatal);
void juggler_run_announce    (JugglerRun     *self); /* result and error are there: notify, emit ended */

/* ---- juggler-run-life.c ---- */
void juggler_run_begin       (JugglerRun     *self);
void juggler_run_ask_to_stop (JugglerRun     *self);
void juggler_run_release     (JugglerRun     *self); /* what it holds while it runs */

/* ---- juggler-run-poll.c ---- */
void juggler_run_poll_start  (JugglerRun     *self);
/* Reads all rings; publishes what the slots say if that is due or asked for. */
void juggler_run_look        (JugglerRun     *self,
                              gboolean        publish);
/* The last look: reads until nothing is left, closes the lanes. */
void juggler_run_look_last   (JugglerRun     *self);
/* Puts what the result says into the models. */
void juggler_run_show_result (JugglerRun     *self);

G_END_DECLS
