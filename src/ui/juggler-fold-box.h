/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-fold-box.h: a plain container for a JugglerFoldLayout, in templates and from code. */

#pragma once

#include <gtk/gtk.h>

#include "juggler-fold-layout.h"

G_BEGIN_DECLS

#define JUGGLER_TYPE_FOLD_BOX (juggler_fold_box_get_type ())

G_DECLARE_FINAL_TYPE (JugglerFoldBox, juggler_fold_box, JUGGLER, FOLD_BOX, GtkWidget)

GtkWidget *juggler_fold_box_new    (JugglerFoldPolicy  policy,
                                    int                spacing,
                                    int                line_spacing);
void       juggler_fold_box_append (JugglerFoldBox    *self,
                                    GtkWidget         *child);

G_END_DECLS
