/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* plan-builder.h: small plans made by hand, for tests and benchmarks below the model. */

#pragma once

#include <glib.h>

#include "juggler-plan.h"

typedef struct
{
  GByteArray *tables[JUGGLER_N_TABLES];
  uint32_t    shared_globals;
} PlanBuilder;

/* Begins with main (an empty one) as code 0, group 0 and worker 0. */
PlanBuilder *plan_builder_new (void);

JugglerPlanString plan_builder_string (PlanBuilder *self, const char *text);
uint32_t plan_builder_global (PlanBuilder *self, const char *name, int64_t initial);
uint32_t plan_builder_list (PlanBuilder *self, const char *name, const int64_t *elements, uint32_t n_elements);
uint32_t plan_builder_lock (PlanBuilder *self, const char *name, JugglerLockKind kind);

/* A task of these instructions, with an END behind them. Returns its code. */
uint32_t plan_builder_task (PlanBuilder *self, const char *name, const JugglerInstruction *instructions, uint32_t n);

/* Returns the first worker. */
uint32_t plan_builder_group (PlanBuilder *self, const char *name, JugglerWorkerKind kind, uint32_t code, uint32_t n);

/* Adds an entry to any table; returns its index. */
uint32_t plan_builder_add (PlanBuilder *self, JugglerPlanTable table, const void *entry);

/* Frees the builder. Returns the plan, to be freed with g_free(). */
JugglerPlan *plan_builder_end (PlanBuilder *self, size_t *size);

/* A plan with one counter and one task that is `repeat n { … }` as a native loop, run by `n_workers`. The REPEAT is
 * instruction 0 of code 1. `lock`: of a locked increment. */
JugglerPlan *plan_builder_loop (JugglerNative native, JugglerLockKind lock, int64_t n, uint32_t n_workers,
                                JugglerWorkerKind kind, gboolean shared_globals, size_t *size);
