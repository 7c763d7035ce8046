/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "juggler-result.h"
#include "juggler-worker.h"

/* What a look at the slot gave. waits_for: copied. */
typedef struct
{
  int                parent;
  int                pid;
  int                ppid;
  int                tid;
  JugglerWorkerState state;
  gboolean           alive;
  gboolean           orphan;
  gboolean           zombie;
  gboolean           stopped;
  gboolean           steps_done;
  int                exit_code;
  int                signal;
  guint64            increments;
  const char        *waits_for;
  int                holder;
} JugglerWorkerFacts;

JugglerWorker *juggler_worker_new         (guint                     index,
                                           const char               *name,
                                           JugglerWorkerKind         kind,
                                           gboolean                  daemon);
/* Notifies what changed, all together. */
void           juggler_worker_update      (JugglerWorker            *self,
                                           const JugglerWorkerFacts *facts);
void           juggler_worker_set_message (JugglerWorker            *self,
                                           const char               *message);
/* The run is over: it does not live any more. Of one that was cut short the state that it had then, by the result. */
void           juggler_worker_end         (JugglerWorker             *self,
                                           const JugglerResultWorker *result);
