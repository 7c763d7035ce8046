/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-numbers.h: the big numbers of a run: an equation for each global whose right value is known, the copies of
 * each process where they have copies of their own, else what each worker saw. */

#pragma once

#include <gtk/gtk.h>

#include "juggler-run.h"

G_BEGIN_DECLS

#define JUGGLER_TYPE_NUMBERS (juggler_numbers_get_type ())

G_DECLARE_FINAL_TYPE (JugglerNumbers, juggler_numbers, JUGGLER, NUMBERS, GtkWidget)

GtkWidget  *juggler_numbers_new     (void);
JugglerRun *juggler_numbers_get_run (JugglerNumbers *self);
void        juggler_numbers_set_run (JugglerNumbers *self,
                                     JugglerRun     *run);
void        juggler_numbers_refresh (JugglerNumbers *self);

G_END_DECLS
