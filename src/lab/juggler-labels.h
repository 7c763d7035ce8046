/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-labels.h: translated words for what the result names in English. Pure; any thread. */

#pragma once

#include "juggler-result.h"

G_BEGIN_DECLS

const char *juggler_label_outcome (JugglerOutcome             outcome);
const char *juggler_label_state   (JugglerResultState         state);
const char *juggler_label_kind    (JugglerWorkerKind          kind);
char       *juggler_label_ending  (const JugglerResultWorker *worker) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
