/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-lock.h: the locks of the Real gear; futex words in the shared memory. Only the worker's own thread. */

#pragma once

#include "juggler-context.h"

typedef enum
{
  JUGGLER_LOCK_GOT,
  JUGGLER_LOCK_TIMED_OUT,
  JUGGLER_LOCK_STOPPED,     /* the run was stopped while it waited */
  JUGGLER_LOCK_NOT_HELD,    /* unlock: the worker does not hold it */
  JUGGLER_LOCK_TOO_DEEP,
} JugglerLockResult;

/* timeout_ms < 0: waits for as long as it takes. Locking a mutex, spin or robust lock that the worker holds itself
 * waits for ever (a deadlock of one), as in Python. Robust: a dead owner is noted by an OWNER_DIED event. */
JugglerLockResult juggler_lock_acquire (JugglerContext *context, uint32_t lock, int64_t timeout_ms);
JugglerLockResult juggler_lock_release (JugglerContext *context, uint32_t lock);

/* The keeper, for each robust lock whose owner died: hands it on. Returns 1 if it was held by that worker. */
int juggler_lock_owner_died (JugglerShared *shared, uint32_t lock, uint32_t worker);

/* The keeper, once for each worker that died without reaching its end: hands its robust locks on, and wakes the
 * waiters of every lock, who look again. They would sleep for ever if the dead one was killed between freeing the word
 * and waking them, or after it had been woken in their place. */
void juggler_lock_worker_died (JugglerShared *shared, uint32_t worker);
