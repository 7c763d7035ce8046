/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "juggler-engine-error.h"

G_DEFINE_QUARK (juggler-engine-error-quark, juggler_engine_error)
