/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-output-line.h: one line that a worker printed. */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define JUGGLER_TYPE_OUTPUT_LINE (juggler_output_line_get_type ())

G_DECLARE_FINAL_TYPE (JugglerOutputLine, juggler_output_line, JUGGLER, OUTPUT_LINE, GObject)

/* Properties t-us, worker, text; they never change. */

gdouble     juggler_output_line_get_t_us   (JugglerOutputLine *self); /* us since main's first step */
guint       juggler_output_line_get_worker (JugglerOutputLine *self); /* index */
const char *juggler_output_line_get_text   (JugglerOutputLine *self); /* without the newline at its end */

G_END_DECLS
