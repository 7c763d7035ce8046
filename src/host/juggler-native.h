/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-native.h: the hot loops, compiled. Only the worker's own thread. */

#pragma once

#include "juggler-context.h"

/* Runs the whole loop of a REPEAT instruction whose `native` is not NONE; `n` iterations. Returns the number of
 * iterations made: fewer than n only when the run was stopped, or the lock said so (*failed is then set to its
 * JugglerLockResult). Publishes progress and value once a chunk, samples by count, checks the clock once a chunk. */
int64_t juggler_native_run (JugglerContext *context, const JugglerInstruction *repeat, int64_t n, int *failed);
