/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-survivors.h: ends what is left of a run whose keeper is dead. Private to the engine. */

#pragma once

#include "juggler-memory.h"

G_BEGIN_DECLS

/* Sends SIGKILL to every recorded process that still maps the run's memory; returns how many there were. A number that
 * belongs to another process by now is left alone. Call it until it returns 0. Any thread. */
guint juggler_survivors_kill (const JugglerMemory *memory);

G_END_DECLS
