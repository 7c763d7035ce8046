/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* host-fixture.h: the shared memory of a run and the contexts of its workers, made by hand in the test's own process:
 * so that recorder, locks and native loops can be driven without a keeper. */

#pragma once

#include <glib.h>

#include "juggler-context.h"
#include "plan-builder.h"

typedef struct
{
  int             memory_fd;
  JugglerShared  *shared;
  JugglerProcess  process;
} HostFixture;

/* Takes the plan. `ring_size` 0: as a run would have it. */
HostFixture *host_fixture_new (JugglerPlan *plan, size_t plan_size, uint32_t ring_size, gboolean record);
void host_fixture_free (HostFixture *self);

/* A worker's context, as the host makes it; the calling thread then runs the worker: juggler_recorder_start() next. */
JugglerContext *host_fixture_context (HostFixture *self, uint32_t worker);

/* The records now in a worker's ring: copies, in order. Fails the test if the ring is corrupt. */
GPtrArray *host_fixture_drain (HostFixture *self, uint32_t worker);

/* What a worker's REPEAT (instruction 0 of code 1) is run with. */
const JugglerInstruction *host_fixture_loop (HostFixture *self);

void host_fixture_pin (int core);
