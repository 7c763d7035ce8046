/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A fuzz target for everything that reads documents: whatever the text, there is a verdict, the text is kept, a change
 * leaves a text that can be read again, and a plan that is made is a good one. */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "juggler-document.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
demand (gboolean    holds,
        const char *what)
{
  if (holds)
    return;
  g_printerr ("%s\n", what);
  abort ();
}

static void
check_lines (JugglerDocument *document)
{
  g_autofree char *lines = juggler_document_dup_fault_lines (document);
  guint            n_lines = 0;

  demand (g_utf8_validate (lines, -1, NULL), "the faults are not UTF-8");
  for (const char *c = lines; *c != '\0'; c++)
    n_lines += *c == '\n';
  demand (n_lines == g_list_model_get_n_items (juggler_document_get_faults (document)), "a fault is not one line");
}

static void
check_plan (JugglerDocument *document)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) plan = juggler_document_compile (document, &error);
  const char        *trouble;
  gsize              size;
  const void        *data;

  demand ((plan != NULL) != (error != NULL), "neither a plan nor an error");
  if (plan == NULL)
    {
      demand (juggler_document_is_valid (document) == g_error_matches (error, JUGGLER_MODEL_ERROR,
                                                                       JUGGLER_MODEL_ERROR_NOT_YET),
              "the error does not fit the document");
      return;
    }
  data = g_bytes_get_data (plan, &size);
  trouble = juggler_plan_validate (data, size);
  demand (trouble == NULL, trouble);
}

static void
check_change (JugglerDocument *document,
              const char      *path,
              const char      *value)
{
  g_autoptr (GBytes)          bytes = NULL;
  g_autoptr (JugglerDocument) again = NULL;

  if (!juggler_document_set_value (document, "--set", path, value, NULL))
    return;
  check_lines (document);
  check_plan (document);
  bytes = juggler_document_to_bytes (document);
  again = juggler_document_new_from_bytes (bytes, "again");
  /* The byte-order mark is a fault that a change does not cure; all else that can be changed can be read. */
  demand (juggler_document_get_n_workers (again) == juggler_document_get_n_workers (document),
          "the changed text says something else");
  demand (juggler_document_is_valid (again) == juggler_document_is_valid (document),
          "the changed text is not as good as the document");
}

/* No document begins with a slash: lines that do are changes to one that is right. */
static void
check_assignments (const char *lines)
{
  g_autoptr (JugglerDocument) document = juggler_document_new_from_text (
      "{ \"juggler\": 1, \"title\": \"t\",\n  \"globals\": { \"g\": 0 },\n  \"tasks\": {\n    \"t\": { \"steps\": [] }\n  },\n"
      "  \"workers\": [\n    { \"target\": \"t\", \"kind\": \"thread\" }, { \"target\": \"t\", \"kind\": \"process\" }\n  ]\n}\n",
      -1, "fixed");
  g_auto (GStrv) assignments = g_strsplit (lines, "\n", 20);

  for (guint i = 0; assignments[i] != NULL; i++)
    {
      g_autoptr (GError)          error = NULL;
      g_autoptr (GBytes)          bytes = NULL;
      g_autoptr (JugglerDocument) again = NULL;

      if (!juggler_document_set_assignment (document, assignments[i], &error))
        demand (error != NULL && g_utf8_validate (error->message, -1, NULL), "refused without a word");
      check_lines (document);
      check_plan (document);
      bytes = juggler_document_to_bytes (document);
      again = juggler_document_new_from_bytes (bytes, "again");
      demand (juggler_document_is_valid (again) || !juggler_document_is_valid (document),
              "the changed text is worse than the document");
      demand (juggler_document_get_n_steps (again) == juggler_document_get_n_steps (document),
              "the changed text has other steps");
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GBytes)          bytes = g_bytes_new (data, size);
  g_autoptr (JugglerDocument) document = juggler_document_new_from_bytes (bytes, "fuzz");
  g_autoptr (GBytes)          same = juggler_document_to_bytes (document);

  demand (g_bytes_equal (bytes, same), "the text was not kept");
  if (size > 0 && data[0] == '/')
    {
      g_autofree char *lines = g_strndup ((const char *) data, size);

      check_assignments (lines);
      return 0;
    }
  check_lines (document);
  check_plan (document);
  check_change (document, "/workers/0/count", "3");
  check_change (document, "/settings/cores", "[1, {\"a\": \"b\"}]");
  juggler_document_remove (document, "/tasks", NULL);
  check_change (document, "/main/0", "{\"print\": \"{name}\"}");
  check_change (document, "/main/-", "text");
  return 0;
}
