/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-live-page.h: a run while it happens and after: question, big numbers, sentence, workers, output. */

#pragma once

#include <gtk/gtk.h>

#include "juggler-run.h"

G_BEGIN_DECLS

#define JUGGLER_TYPE_LIVE_PAGE (juggler_live_page_get_type ())

/**
 * JugglerLivePage:
 *
 * Properties: description (what the experiment is about), run (nullable), run-number (how many runs of the experiment
 * there were, this one included; 0: none yet).
 */
G_DECLARE_FINAL_TYPE (JugglerLivePage, juggler_live_page, JUGGLER, LIVE_PAGE, GtkWidget)

GtkWidget *juggler_live_page_new (void);

G_END_DECLS
