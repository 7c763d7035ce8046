/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-life.h: how workers begin, are waited for, are signalled and end. All functions: only the worker's own
 * thread; start, join and signal only in a process's first thread (the model refuses them in a thread's task: a child's
 * PR_SET_PDEATHSIG fires when the forking thread ends, prctl(2)). */

#pragma once

#include "juggler-context.h"

/* Turns the calling process into main: never returns. `cores`: those that the run may use. */
_Noreturn void juggler_life_main (JugglerShared *shared, int doorbell, const cpu_set_t *cores);

/* The functions below return 0, or -1 after they have made the calling worker `failed` (slot->failure). */
int juggler_life_start (JugglerContext *context, uint32_t worker);
int juggler_life_join (JugglerContext *context, uint32_t worker, int64_t timeout_ms);
int juggler_life_signal (JugglerContext *context, uint32_t worker, int signal_number);

/* Ends the whole process now, without waiting for anybody. */
_Noreturn void juggler_life_hard_exit (JugglerContext *context, int64_t code);
_Noreturn void juggler_life_crash (JugglerContext *context);

/* Says that the machine refused something and waits for the keeper to end the run. */
_Noreturn void juggler_life_refused (JugglerShared *shared, JugglerRefusal what, int error, uint32_t worker);

/* The run is over for this worker; the keeper ends its process. */
_Noreturn void juggler_life_park (void);
