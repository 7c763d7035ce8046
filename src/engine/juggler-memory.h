/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-memory.h: the memory that a run and its host share. Private to the engine. */

#pragma once

#include <glib.h>

#include "juggler-shared.h"

G_BEGIN_DECLS

/**
 * JugglerMemory:
 * @fd: the sealed memfd
 * @inode: its number, by which a process that maps it is known
 * @shared: where it is mapped
 * @size: bytes
 */
typedef struct
{
  int            fd;
  guint64        inode;
  JugglerShared *shared;
  gsize          size;
} JugglerMemory;

/* Called some time before the first juggler_memory_new() it makes that one faster. Any thread. */
void           juggler_memory_prepare (void);

/* Makes, seals and maps it, and lays it out for a plan: the header filled in, the plan copied, all else zero.
 * ring_size 0: chosen by the number of workers. Errors: %JUGGLER_ENGINE_ERROR_REFUSED. Any thread. */
JugglerMemory *juggler_memory_new  (const JugglerPlan *plan,
                                    guint              ring_size,
                                    gboolean           record,
                                    GError           **error);
void           juggler_memory_free (JugglerMemory     *self);

/* The descriptor is the host's by then. */
void           juggler_memory_close_fd (JugglerMemory *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JugglerMemory, juggler_memory_free)

G_END_DECLS
