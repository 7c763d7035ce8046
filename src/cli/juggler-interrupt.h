/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-interrupt.h: Ctrl+C and its kin as a call from the main loop.
 *
 * g_unix_signal_add() starts a thread, and GLib aborts where the machine refuses one; but just then juggler-cli must
 * say in one line what was refused. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef void (*JugglerInterruptFunc) (gpointer data);

gboolean juggler_interrupt_watch    (JugglerInterruptFunc  func,
                                     gpointer              data,
                                     const char           *last_words,
                                     int                   status,
                                     GError              **error);
void     juggler_interrupt_unwatch  (void);
gboolean juggler_interrupt_has_come (void);
int      juggler_interrupt_get_fd   (void);

G_END_DECLS
