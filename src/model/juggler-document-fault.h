/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-document-fault.h: one thing that is wrong in a document, and where. */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define JUGGLER_TYPE_DOCUMENT_FAULT (juggler_document_fault_get_type ())

/**
 * JugglerDocumentFault:
 *
 * Immutable, so every function may be called by any thread.
 */
G_DECLARE_FINAL_TYPE (JugglerDocumentFault, juggler_document_fault, JUGGLER, DOCUMENT_FAULT, GObject)

/**
 * juggler_document_fault_new:
 * @origin: (nullable): where the value comes from if not from the document's text (`--set /settings/cores`)
 * @line: from 1
 * @column: in code points, from 1
 * @path: RFC 6901, "" for the document itself
 * @message: translated, one line, without the suggestion
 * @suggestion: (nullable): a name that may have been meant
 */
JugglerDocumentFault *juggler_document_fault_new            (const char           *origin,
                                                             guint                 line,
                                                             guint                 column,
                                                             const char           *path,
                                                             const char           *message,
                                                             const char           *suggestion) G_GNUC_WARN_UNUSED_RESULT;

const char           *juggler_document_fault_get_origin     (JugglerDocumentFault *self); /* nullable */
guint                 juggler_document_fault_get_line       (JugglerDocumentFault *self);
guint                 juggler_document_fault_get_column     (JugglerDocumentFault *self);
const char           *juggler_document_fault_get_path       (JugglerDocumentFault *self);
const char           *juggler_document_fault_get_message    (JugglerDocumentFault *self);
const char           *juggler_document_fault_get_suggestion (JugglerDocumentFault *self); /* nullable */

/**
 * juggler_document_fault_to_line:
 * @label: what the document is called, mostly its file's name
 *
 * Returns: (transfer full): `LABEL:LINE:COLUMN: /json/path: what is wrong, did you mean "name"?`, or with an origin
 *   `ORIGIN: what is wrong`; one line without a newline, whatever the document contains. The document itself is `/`.
 */
char                 *juggler_document_fault_to_line        (JugglerDocumentFault *self,
                                                             const char           *label) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
