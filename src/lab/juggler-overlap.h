/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-overlap.h: how many of several workers ran at the same instant, and for how long. Inside the lab only. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  GArray *edges; /* of all stretches: begins and ends */
} JugglerOverlap;

void  juggler_overlap_init  (JugglerOverlap *overlap);
void  juggler_overlap_clear (JugglerOverlap *overlap);
void  juggler_overlap_add   (JugglerOverlap *overlap,
                             gint64          begin,
                             gint64          end);
guint juggler_overlap_most  (JugglerOverlap *overlap,
                             gint64          least);

G_END_DECLS
