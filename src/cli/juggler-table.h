/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-table.h: text in columns, as wide as a terminal draws it. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  JUGGLER_ALIGN_LEFT,
  JUGGLER_ALIGN_RIGHT,
} JugglerAlign;

typedef struct _JugglerTable JugglerTable;

JugglerTable *juggler_table_new    (guint               n_columns,
                                    const JugglerAlign *aligns);
void          juggler_table_free   (JugglerTable       *table);
void          juggler_table_add    (JugglerTable       *table,
                                    const char         *text);
void          juggler_table_style  (JugglerTable       *table,
                                    const char         *style);
char         *juggler_table_render (JugglerTable       *table,
                                    const char         *reset);

guint         juggler_text_width   (const char         *text);
char         *juggler_text_pad     (const char         *text,
                                    guint               width,
                                    JugglerAlign        align);
char         *juggler_text_cut     (const char         *text,
                                    guint               width);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JugglerTable, juggler_table_free)

G_END_DECLS
