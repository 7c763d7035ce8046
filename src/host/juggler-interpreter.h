/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "juggler-context.h"

typedef struct
{
  int64_t code;
  int     failed; /* slot->failure says why */
} JugglerEnd;

/* Runs the worker's steps, atom by atom, until they end. Only the worker's own thread. */
JugglerEnd juggler_interpreter_run (JugglerContext *context);
