/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-deadlock.h: the keeper finds out that nothing can go on any more. */

#pragma once

#include "juggler-shared.h"

typedef struct
{
  uint32_t next;     /* the worker that this one waits for, or one of DEADLOCK_* */
  uint32_t colour;
  uint32_t sequence; /* wait_sequence when looked at */
  uint32_t word;     /* of the lock waited for */
} JugglerDeadlockNode;

typedef struct
{
  JugglerShared       *shared;
  JugglerDeadlockNode *now;    /* one a worker */
  JugglerDeadlockNode *before; /* the look before this one */
  int                  suspected;
} JugglerDeadlock;

/* Returns 0, or -errno where memory was refused. */
int juggler_deadlock_init (JugglerDeadlock *self, JugglerShared *shared);

/* Takes a look. Returns 1 when the run is in a final deadlock that stood unchanged at the look before as well; then the
 * edges are written into the shared memory. Only the keeper, at intervals of some tens of milliseconds. */
int juggler_deadlock_look (JugglerDeadlock *self);

/* Whether a worker has been started and has not ended, as far as the shared memory tells. */
int juggler_deadlock_lives (const JugglerShared *shared, uint32_t worker);
