/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-console.h: stdout and stderr of juggler-cli. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _JugglerConsole JugglerConsole;

/* To the line's first column, and nothing on it from there. */
#define JUGGLER_CONSOLE_NO_PROGRESS "\r\033[K"

JugglerConsole *juggler_console_new          (void);
void            juggler_console_free         (JugglerConsole *console);
gboolean        juggler_console_has_colour   (JugglerConsole *console);
gboolean        juggler_console_has_progress (JugglerConsole *console);
const char     *juggler_console_get_style    (JugglerConsole *console,
                                              guint           worker);
const char     *juggler_console_get_strong   (JugglerConsole *console);
const char     *juggler_console_get_dim      (JugglerConsole *console);
const char     *juggler_console_get_lost     (JugglerConsole *console);
const char     *juggler_console_get_reset    (JugglerConsole *console);
char           *juggler_console_localize     (JugglerConsole *console,
                                              const char     *text);
void            juggler_console_write        (JugglerConsole *console,
                                              const char     *text);
void            juggler_console_write_raw    (JugglerConsole *console,
                                              const char     *text);
gboolean        juggler_console_flush        (JugglerConsole *console);
void            juggler_console_progress     (JugglerConsole *console,
                                              const char     *text);
void            juggler_console_error        (JugglerConsole *console,
                                              const char     *format,
                                              ...) G_GNUC_PRINTF (2, 3);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JugglerConsole, juggler_console_free)

G_END_DECLS
