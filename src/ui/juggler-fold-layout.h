/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-fold-layout.h: children side by side where there is room, below each other where there is none.
 *
 * The floor is libadwaita 1.2, which has no breakpoints; and a row that folds by itself fits every pane, text size
 * and language. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  JUGGLER_FOLD_WRAP,   /* as many in a line as fit, the rest in the next */
  JUGGLER_FOLD_STACK,  /* all in one line, or if they do not fit each in its own */
  JUGGLER_FOLD_DROP,  /* always in one line; what may be left out is, as far as it must, from the first on */
} JugglerFoldPolicy;

/* A child of this class may be left out: a sign between numbers, where each has a line of its own; a detail, where
 * there is no room for it. */
#define JUGGLER_FOLD_OPTIONAL "optional"

#define JUGGLER_TYPE_FOLD_POLICY (juggler_fold_policy_get_type ())
#define JUGGLER_TYPE_FOLD_LAYOUT (juggler_fold_layout_get_type ())

G_DECLARE_FINAL_TYPE (JugglerFoldLayout, juggler_fold_layout, JUGGLER, FOLD_LAYOUT, GtkLayoutManager)

GType             juggler_fold_policy_get_type (void) G_GNUC_CONST;
GtkLayoutManager *juggler_fold_layout_new      (void);

G_END_DECLS
