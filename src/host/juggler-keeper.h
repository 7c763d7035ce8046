/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <sys/types.h>

#include "juggler-shared.h"

/* Runs the experiment in the mapped shared memory and returns the exit status of the host: 0 when the run ended and
 * nothing of it is left. `socket` and `doorbell` are borrowed. */
int juggler_keeper_run (JugglerShared *shared, int socket, int doorbell);
