/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-sentence.h: what happened in a run, and why, in one plain sentence. */

#pragma once

#include "juggler-document.h"
#include "juggler-run.h"

G_BEGIN_DECLS

char *juggler_sentence_for_run    (JugglerRun      *run) G_GNUC_WARN_UNUSED_RESULT;
char *juggler_sentence_for_result (JugglerResult   *result,
                                   JugglerDocument *document) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
