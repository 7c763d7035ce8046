/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-chapter-row.h: the head of a chapter in the sidebar; it opens and closes. */

#pragma once

#include <gtk/gtk.h>

#include "juggler-chapter.h"

G_BEGIN_DECLS

#define JUGGLER_TYPE_CHAPTER_ROW (juggler_chapter_row_get_type ())

/**
 * JugglerChapterRow:
 *
 * Properties: chapter and number (construct-only; from 1), expanded.
 */
G_DECLARE_FINAL_TYPE (JugglerChapterRow, juggler_chapter_row, JUGGLER, CHAPTER_ROW, GtkListBoxRow)

GtkWidget *juggler_chapter_row_new          (JugglerChapter    *chapter,
                                             guint              number);
gboolean   juggler_chapter_row_get_expanded (JugglerChapterRow *self);
void       juggler_chapter_row_set_expanded (JugglerChapterRow *self,
                                             gboolean           expanded);

G_END_DECLS
