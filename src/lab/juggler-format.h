/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-format.h: numbers as people read them. Pure functions, any thread; all texts are UTF-8 and to be freed with
 * g_free(). Process and thread ids never come here: they are names, not quantities, and are never grouped. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Between groups of digits, and between a number and its unit. U+202F, which was made for it, is nearly zero wide in
 * GNOME's old interface font. */
#define JUGGLER_FORMAT_THIN_SPACE "\342\200\211"
#define JUGGLER_FORMAT_MINUS "\342\210\222"

char *juggler_format_integer  (gint64 value);
char *juggler_format_unsigned (guint64 value);
char *juggler_format_duration (double microseconds);
char *juggler_format_percent  (double fraction);
char *juggler_format_ratio    (double ratio);
char *juggler_format_list     (const gint64 *values,
                               gsize         n_values,
                               gsize         max_values);
char *juggler_format_letter   (guint worker);
char *juggler_format_plain    (const char *text);

G_END_DECLS
