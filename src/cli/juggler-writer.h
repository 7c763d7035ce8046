/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-writer.h: writes to stdout and stderr that Ctrl+C can end.
 *
 * stdio's write would wait for a reader that does not read, and no signal would bring it back to the main loop. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

int juggler_writer_write (int         fd,
                          const char *text,
                          gsize       length);

G_END_DECLS
