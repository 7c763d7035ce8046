/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-signals.h: the two real-time signals that the host's processes send each other. */

#pragma once

#include "juggler-context.h"

/* The signal that the kernel sends a child when its parent ends (PR_SET_PDEATHSIG). */
int juggler_signal_parent_died (void);

/* The keeper's request to publish the globals of now, before a run that was cut short is torn down. */
int juggler_signal_publish (void);

/* Installs both handlers; called by main before it starts anybody, inherited by every process of the run. */
void juggler_signals_install (JugglerProcess *process);

/* Asks the kernel for the signal at the parent's death. `parent`: who forked this process, so that a parent that died
 * before this call is noticed too. */
void juggler_signals_follow_parent (pid_t parent);
