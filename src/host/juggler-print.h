/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "juggler-context.h"

/* Fills in the braces of a text and writes it as one line of output. Only the worker's own thread. */
void juggler_print (JugglerContext *context, uint32_t text);
