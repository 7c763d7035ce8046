/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-list.h: the lists of the globals block. Appending is one atom, as in CPython, and takes no lock: a worker
 * that is killed in the middle of it must not leave one behind. */

#pragma once

#include "juggler-context.h"

/* Returns where the value went, or -1 if the list is full. Any thread. */
int64_t juggler_list_append (JugglerProcess *process, uint32_t global, int64_t value);

uint32_t juggler_list_length (const JugglerProcess *process, uint32_t global);

/* Copies up to `count` elements from `first` on into `values`; returns how many. Fewer than the length only where an
 * append was cut off by its worker's death, or is still under way after a millisecond. Any thread. */
uint32_t juggler_list_read (const JugglerProcess *process, uint32_t global, uint32_t first, uint32_t count, int64_t *values);
