/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-chip.h: the coloured letter by which a worker is known wherever it appears.
 *
 * A rounded square is a process, a circle a thread. Five colours, then the same five as rings. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JUGGLER_TYPE_CHIP (juggler_chip_get_type ())

G_DECLARE_FINAL_TYPE (JugglerChip, juggler_chip, JUGGLER, CHIP, GtkWidget)

GtkWidget *juggler_chip_new         (void);
guint      juggler_chip_get_worker  (JugglerChip *self);
void       juggler_chip_set_worker  (JugglerChip *self,
                                     guint        worker);
gboolean   juggler_chip_get_process (JugglerChip *self);
void       juggler_chip_set_process (JugglerChip *self,
                                     gboolean     process);

G_END_DECLS
