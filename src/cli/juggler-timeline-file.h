/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-timeline-file.h: where `--timeline` writes.
 *
 * A new file appears whole or not at all, and has no other name before: should juggler-cli be killed while it writes,
 * nothing is left. A file that is there is written over, and may be a pipe or a terminal. */

#pragma once

#include "juggler-run.h"

G_BEGIN_DECLS

char *juggler_timeline_file_check (const char *path);
char *juggler_timeline_file_write (const char *path,
                                   JugglerRun *run);

G_END_DECLS
