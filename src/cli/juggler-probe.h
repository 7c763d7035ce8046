/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-probe.h: whether the machine grants the little that juggler-cli itself needs. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *juggler_probe_machine (void);

G_END_DECLS
