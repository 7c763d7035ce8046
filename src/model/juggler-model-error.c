/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "juggler-model-error.h"

G_DEFINE_QUARK (juggler-model-error-quark, juggler_model_error)
