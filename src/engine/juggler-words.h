/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-words.h: what the host says by numbers, in words. Private to the engine. All transfer full. */

#pragma once

#include "juggler-shared.h"

#include <glib.h>

G_BEGIN_DECLS

/* Why a worker failed. */
char *juggler_words_failure (const JugglerPlan *plan,
                             JugglerFailure     failure,
                             guint              object);
/* What the machine refused, and what to do about it. title: of the document. */
char *juggler_words_refusal (const JugglerShared *shared,
                             const char          *title);
G_END_DECLS
