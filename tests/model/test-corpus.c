/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The corpus: what is malformed is refused with located lines, those made by hand with exactly the expected ones; what
 * is valid is accepted, and so are the course's experiments. */

#include <locale.h>
#include <string.h>

#include "model-test.h"

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list_folder (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir)   dir = g_dir_open (folder, 0, &error);
  GPtrArray         *names = g_ptr_array_new_with_free_func (g_free);
  const char        *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      if (g_str_has_suffix (name, ".juggler"))
        g_ptr_array_add (names, g_strdup (name));
    }
  g_ptr_array_sort (names, compare_names);
  return names;
}

static char *
corpus_folder (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "model", "corpus", name, NULL);
}

static JugglerDocument *
load (const char *folder,
      const char *name)
{
  g_autofree char    *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError)  error = NULL;
  JugglerDocument    *document = juggler_document_load (path, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (juggler_document_get_label (document), ==, path);
  return document;
}

static void
assert_located (JugglerDocument *document,
                const char      *name)
{
  GListModel *faults = juggler_document_get_faults (document);

  g_test_message ("%s", name);
  g_assert_false (juggler_document_is_valid (document));
  g_assert_cmpuint (g_list_model_get_n_items (faults), >=, 1);
  for (guint i = 0; i < g_list_model_get_n_items (faults); i++)
    {
      g_autoptr (JugglerDocumentFault) fault = g_list_model_get_item (faults, i);
      g_autofree char                 *line = juggler_document_fault_to_line (fault, name);

      g_assert_true (g_regex_match_simple ("^[^:]+:[1-9][0-9]*:[1-9][0-9]*: /.*: [^\\n]+$", line, 0, 0));
    }
}

static void
test_malformed (void)
{
  g_autofree char      *folder = corpus_folder ("malformed");
  g_autoptr (GPtrArray) names = list_folder (folder);

  g_assert_cmpuint (names->len, >=, 300);
  for (guint i = 0; i < names->len; i++)
    {
      const char                 *name = g_ptr_array_index (names, i);
      g_autoptr (JugglerDocument) document = load (folder, name);
      g_autoptr (GError)          error = NULL;
      g_autoptr (GBytes)          plan = NULL;

      assert_located (document, name);
      plan = juggler_document_compile (document, &error);
      g_assert_null (plan);
      g_assert_error (error, JUGGLER_MODEL_ERROR, JUGGLER_MODEL_ERROR_FAULTY);
    }
}

/* The lines that the file of expectations has for each document. */
static GHashTable *
read_expectations (void)
{
  g_autofree char    *path = g_test_build_filename (G_TEST_DIST, "model", "corpus", "expected-faults.txt", NULL);
  g_autofree char    *text = NULL;
  g_auto (GStrv)      lines = NULL;
  g_autoptr (GError)  error = NULL;
  GHashTable         *expectations = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *colon = strchr (lines[i], ':');
      char       *name;

      if (*lines[i] == '#' || colon == NULL)
        continue;
      name = g_strndup (lines[i], (gsize) (colon - lines[i]));
      g_hash_table_insert (expectations, g_strdup (name),
                           g_strconcat (g_hash_table_contains (expectations, name)
                                            ? (const char *) g_hash_table_lookup (expectations, name)
                                            : "",
                                        lines[i], "\n", NULL));
      g_free (name);
    }
  return expectations;
}

static void
test_expected_faults (void)
{
  g_autofree char       *folder = corpus_folder ("malformed");
  g_autoptr (GPtrArray)  names = list_folder (folder);
  g_autoptr (GHashTable) expectations = read_expectations ();
  guint                  n_compared = 0;

  for (guint i = 0; i < names->len; i++)
    {
      const char                 *name = g_ptr_array_index (names, i);
      g_autoptr (JugglerDocument) document = load (folder, name);
      GListModel                 *faults = juggler_document_get_faults (document);
      g_autoptr (GString)         lines = g_string_new (NULL);

      if (!g_str_has_prefix (name, "hand-"))
        continue;
      for (guint j = 0; j < g_list_model_get_n_items (faults); j++)
        {
          g_autoptr (JugglerDocumentFault) fault = g_list_model_get_item (faults, j);
          g_autofree char                 *line = juggler_document_fault_to_line (fault, name);

          g_string_append_printf (lines, "%s\n", line);
        }
      g_assert_cmpstr (lines->str, ==, g_hash_table_lookup (expectations, name));
      n_compared++;
    }
  g_assert_cmpuint (n_compared, ==, g_hash_table_size (expectations));
}

static void
assert_runs (JugglerDocument *document,
             const char      *name)
{
  g_autofree char    *lines = juggler_document_dup_fault_lines (document);
  g_autoptr (GError)  error = NULL;
  g_autoptr (GBytes)  plan = juggler_document_compile (document, &error);
  gboolean            is_later = g_str_has_prefix (name, "later-");
  gsize               size;
  const void         *data;

  g_test_message ("%s", name);
  g_assert_cmpstr (lines, ==, "");
  g_assert_true (juggler_document_is_valid (document));
  if (is_later)
    {
      g_assert_error (error, JUGGLER_MODEL_ERROR, JUGGLER_MODEL_ERROR_NOT_YET);
      return;
    }
  g_assert_no_error (error);
  data = g_bytes_get_data (plan, &size);
  g_assert_cmpstr (juggler_plan_validate (data, size), ==, NULL);
}

static void
test_valid (void)
{
  g_autofree char      *folder = corpus_folder ("valid");
  g_autoptr (GPtrArray) names = list_folder (folder);

  g_assert_cmpuint (names->len, >=, 12);
  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (JugglerDocument) document = load (folder, g_ptr_array_index (names, i));

      assert_runs (document, g_ptr_array_index (names, i));
    }
}

static void
test_experiments (void)
{
  const char           *folder = g_getenv ("JUGGLER_EXPERIMENTS");
  g_autoptr (GPtrArray) names = NULL;

  g_assert_nonnull (folder);
  names = list_folder (folder);
  g_assert_cmpuint (names->len, >=, 20);
  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (JugglerDocument) document = load (folder, g_ptr_array_index (names, i));

      assert_runs (document, g_ptr_array_index (names, i));
    }
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/corpus/malformed", test_malformed);
  g_test_add_func ("/corpus/expected-faults", test_expected_faults);
  g_test_add_func ("/corpus/valid", test_valid);
  g_test_add_func ("/corpus/experiments", test_experiments);
  return g_test_run ();
}
