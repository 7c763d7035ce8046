/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-documents.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <glib/gi18n-lib.h>

/* What the user called it, for faults: a name of bytes that are no UTF-8 is shown as well as it can be. */
static char *
make_label (const char *path)
{
  return g_filename_display_name (path);
}

/* Reads stdin, but not more of it than a document may have and one byte more: that is a fault already. */
static JugglerDocument *
read_stdin (JugglerConsole *console)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GBytes) content = NULL;
  guint8 buffer[16384];
  size_t length;

  do
    {
      length = fread (buffer, 1, sizeof buffer, stdin);
      g_byte_array_append (bytes, buffer, (guint) length);
    }
  while (length > 0 && bytes->len <= JUGGLER_DOCUMENT_MAX_BYTES);
  if (ferror (stdin))
    {
      juggler_console_error (console, _("Standard input cannot be read: %s"), g_strerror (errno));
      return NULL;
    }
  content = g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  return juggler_document_new_from_bytes (content, "-");
}

static JugglerDocument *
read_document (JugglerConsole *console,
               const char     *path)
{
  g_autoptr (GError) error = NULL;
  JugglerDocument *document;

  if (strcmp (path, "-") == 0)
    return read_stdin (console);
  document = juggler_document_load (path, &error);
  if (document == NULL)
    {
      juggler_console_error (console, "%s", error->message);
      return NULL;
    }
  return document;
}

/* Says all that is wrong with a document, a line each. Returns whether there is something. */
static gboolean
report_faults (JugglerConsole  *console,
               JugglerDocument *document)
{
  GListModel *faults = juggler_document_get_faults (document);
  const char *label = juggler_document_get_label (document);

  for (guint i = 0; i < g_list_model_get_n_items (faults); i++)
    {
      g_autoptr (JugglerDocumentFault) fault = g_list_model_get_item (faults, i);
      g_autofree char *line = juggler_document_fault_to_line (fault, label);

      juggler_console_error (console, "%s", line);
    }
  return g_list_model_get_n_items (faults) > 0;
}

/* Reads a document, `-` from stdin, and makes the changes of `settings` (element-type utf8, nullable) to it. Returns:
 * (transfer full) (nullable): the document, or NULL when it has faults or cannot be read; it has been said then. */
JugglerDocument *
juggler_documents_open (JugglerConsole *console,
                        const char     *path,
                        GPtrArray      *settings)
{
  g_autoptr (JugglerDocument) document = read_document (console, path);
  gboolean right = document != NULL;

  for (guint i = 0; document != NULL && settings != NULL && i < settings->len; i++)
    {
      g_autoptr (GError) error = NULL;

      if (!juggler_document_set_assignment (document, g_ptr_array_index (settings, i), &error))
        {
          juggler_console_error (console, "%s", error->message);
          right = FALSE;
        }
    }
  if (document != NULL && report_faults (console, document))
    right = FALSE;
  return right ? g_steal_pointer (&document) : NULL;
}

/* `juggler-cli check FILE…`: each file is checked, also behind one that is faulty. */
JugglerExit
juggler_check_command (JugglerConsole   *console,
                       JugglerArguments *arguments)
{
  JugglerExit status = JUGGLER_EXIT_RAN;

  for (guint i = 0; i < arguments->files->len; i++)
    {
      const char *path = g_ptr_array_index (arguments->files, i);
      g_autoptr (JugglerDocument) document = juggler_documents_open (console, path, NULL);
      g_autofree char *label = make_label (path);
      g_autofree char *line = g_strdup_printf (_("%s: no faults\n"), label);

      if (document != NULL)
        juggler_console_write (console, line);
      else
        status = JUGGLER_EXIT_USAGE;
    }
  if (!juggler_console_flush (console))
    return JUGGLER_EXIT_OTHER;
  return status;
}
