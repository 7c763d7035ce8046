/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-diagnostic.h: something about a run that its user should know. */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define JUGGLER_TYPE_DIAGNOSTIC (juggler_diagnostic_get_type ())

G_DECLARE_FINAL_TYPE (JugglerDiagnostic, juggler_diagnostic, JUGGLER, DIAGNOSTIC, GObject)

/**
 * juggler_diagnostic_new:
 * @message: one translated line
 * @fatal: whether the run could not go on because of it
 *
 * Returns: (transfer full): a new diagnostic; any thread
 */
JugglerDiagnostic *juggler_diagnostic_new (const char *message,
                                           gboolean    fatal);

/* Properties message, fatal; they never change. */

const char *juggler_diagnostic_get_message (JugglerDiagnostic *self);
gboolean    juggler_diagnostic_get_fatal   (JugglerDiagnostic *self);

G_END_DECLS
