/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-compile.h: a checked experiment as a plan. Private to the model. */

#pragma once

#include "juggler-experiment.h"

G_BEGIN_DECLS

/* The experiment must have no faults. NULL with JUGGLER_MODEL_ERROR_NOT_YET. */
GBytes *juggler_compile (const JugglerExperiment *experiment,
                         GError                 **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
