/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-model-error.h: what can go wrong with a document besides its faults. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * JugglerModelError:
 * @JUGGLER_MODEL_ERROR_UNREADABLE: the file cannot be read or written; the message says why
 * @JUGGLER_MODEL_ERROR_FAULTY: the document has faults (juggler_document_get_faults()) and so cannot be compiled
 * @JUGGLER_MODEL_ERROR_NOT_YET: the document is right, but uses what this version cannot run
 * @JUGGLER_MODEL_ERROR_PATH: a JSON path or a value cannot be used to change the document
 *
 * Every message is one translated line without a full stop.
 */
typedef enum
{
  JUGGLER_MODEL_ERROR_UNREADABLE,
  JUGGLER_MODEL_ERROR_FAULTY,
  JUGGLER_MODEL_ERROR_NOT_YET,
  JUGGLER_MODEL_ERROR_PATH,
} JugglerModelError;

#define JUGGLER_MODEL_ERROR (juggler_model_error_quark ())

GQuark juggler_model_error_quark (void);

G_END_DECLS
