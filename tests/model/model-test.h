/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* model-test.h: what the model's tests share. */

#pragma once

#include "juggler-document.h"

/* Faults as lines, with "d" as the document's name. */
static inline char *
fault_lines (const char *text)
{
  g_autoptr (JugglerDocument) document = juggler_document_new_from_text (text, -1, "d");

  return juggler_document_dup_fault_lines (document);
}

/* `expected` without the newline of the last line. */
#define assert_faults(text, expected)                                                                                  \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autofree char *found_lines = fault_lines (text);                                                                 \
    g_autofree char *expected_lines = *(expected) != '\0' ? g_strconcat (expected, "\n", NULL) : g_strdup ("");        \
    g_assert_cmpstr (found_lines, ==, expected_lines);                                                                 \
  }                                                                                                                    \
  G_STMT_END

static inline char *
text_of (JugglerDocument *document)
{
  g_autoptr (GBytes) bytes = juggler_document_to_bytes (document);
  gsize              length;
  const char        *data = g_bytes_get_data (bytes, &length);

  return g_strndup (data != NULL ? data : "", length);
}
