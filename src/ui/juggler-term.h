/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-term.h: a big number with a caption, a part of an equation. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JUGGLER_TYPE_TERM (juggler_term_get_type ())

/**
 * JugglerTerm:
 *
 * Caption above the number; one that is folding has it at its left where the width is enough for both. Properties:
 * caption, number, widest (the widest number to be expected, so that nothing beside it moves when digits come), pending
 * (not known yet), checked (with a check mark: as it should be), folding.
 */
G_DECLARE_FINAL_TYPE (JugglerTerm, juggler_term, JUGGLER, TERM, GtkWidget)

G_END_DECLS
