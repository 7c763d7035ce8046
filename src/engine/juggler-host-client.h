/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-host-client.h: the one who speaks to juggler-host: starts it, hears it, stops it. Private to the engine. */

#pragma once

#include <gio/gio.h>

#include "juggler-memory.h"

G_BEGIN_DECLS

/* Called on the context given at the start, never from within a call of the client. */
typedef struct
{
  void (*ready)    (gpointer data);
  void (*outcome)  (JugglerOutcome outcome, gpointer data);
  void (*ended)    (gpointer data); /* nothing of the run is left */
  void (*fault)    (GError *error, gpointer data); /* transfer full: the host cannot run this */
  void (*doorbell) (gpointer data); /* a worker waits for room in its ring */
  void (*gone)     (int wait_status, gpointer data); /* the keeper is dead and its last word was read; the last call */
} JugglerHostCallbacks;

typedef struct _JugglerHostClient JugglerHostClient;

/* Starts juggler-host on the memory, whose descriptor it takes. path: nullable, else that program.
 * Errors: HOST_MISSING, REFUSED. */
JugglerHostClient *juggler_host_client_start   (JugglerMemory              *memory,
                                                const char                 *path,
                                                GMainContext               *context,
                                                const JugglerHostCallbacks *callbacks,
                                                gpointer                    data,
                                                GError                    **error);
/* Kills it if it still lives. */
void               juggler_host_client_free    (JugglerHostClient          *self);

int                juggler_host_client_get_pid (JugglerHostClient          *self);
gboolean           juggler_host_client_stop    (JugglerHostClient          *self);
gboolean           juggler_host_client_signal  (JugglerHostClient          *self,
                                                guint                       worker,
                                                int                         signal_number);
/* SIGKILL, for one that does not answer. */
void               juggler_host_client_kill    (JugglerHostClient          *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JugglerHostClient, juggler_host_client_free)

G_END_DECLS
