/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Changing a document: what is not changed stays byte for byte, and faults of a change say that they are its. */

#include <locale.h>
#include <string.h>

#include <glib/gstdio.h>

#include "model-test.h"

static const char layout[] = "\n{ \"juggler\" : 1,\n  \"title\":\"\\u0041 b\",   \"globals\": { \"g\": 0 },\n"
                             "\t\"tasks\": {\n\t  \"t\": { \"steps\": [] }\n\t},\n"
                             "  \"workers\": [\n    { \"target\": \"t\", \"kind\": \"thread\" }\n  ] }\n\n";

static JugglerDocument *
read_document (const char *text)
{
  return juggler_document_new_from_text (text, -1, "d");
}

static void
set (JugglerDocument *document,
     const char      *path,
     const char      *value)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (juggler_document_set_value (document, NULL, path, value, &error));
  g_assert_no_error (error);
}

/* `from` in the layout above is replaced by `to`, and nothing else. */
static void
assert_patched (JugglerDocument *document,
                const char      *from,
                const char      *to)
{
  g_autofree char *text = text_of (document);
  const char      *at = strstr (layout, from);
  g_autofree char *before = g_strndup (layout, (gsize) (at - layout));
  g_autofree char *expected = g_strconcat (before, to, at + strlen (from), NULL);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_unchanged (void)
{
  const char *const texts[] = { layout, "", "{", "[1,2", "\xff\xfe", "{\"a\":1,\"a\":2}  " };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JugglerDocument) document = read_document (texts[i]);
      g_autofree char            *text = text_of (document);

      g_assert_cmpstr (text, ==, texts[i]);
    }
}

static void
test_replace (void)
{
  g_autoptr (JugglerDocument) document = read_document (layout);

  set (document, "/globals/g", "5");
  assert_patched (document, "\"g\": 0", "\"g\": 5");
  set (document, "/globals/g", " 0 ");
  assert_patched (document, "\"g\": 0", "\"g\": 0");
  set (document, "/title", "no JSON \"at all\"");
  assert_patched (document, "\"\\u0041 b\"", "\"no JSON \\\"at all\\\"\"");
  g_assert_cmpstr (juggler_document_get_title (document), ==, "no JSON \"at all\"");
  g_assert_true (juggler_document_is_valid (document));
}

static void
test_text (void)
{
  g_autoptr (JugglerDocument) document = read_document (layout);
  g_autoptr (GError)          error = NULL;

  g_assert_true (juggler_document_set_text (document, "/title", "[1]", &error));
  assert_patched (document, "\"\\u0041 b\"", "\"[1]\"");
  g_assert_true (juggler_document_set_text (document, "/title", "a \"b\"\n", &error));
  g_assert_cmpstr (juggler_document_get_title (document), ==, "a \"b\"\n");
  g_assert_true (juggler_document_is_valid (document));
  g_assert_false (juggler_document_set_text (document, "/title", "\xff", &error));
  g_assert_error (error, JUGGLER_MODEL_ERROR, JUGGLER_MODEL_ERROR_PATH);
}

static void
test_add (void)
{
  g_autoptr (JugglerDocument) inlined = read_document (layout);
  g_autoptr (JugglerDocument) stacked = read_document (layout);
  g_autoptr (JugglerDocument) emptied = read_document (layout);
  g_autoptr (JugglerDocument) element = read_document (layout);

  set (inlined, "/globals/h", "1");
  assert_patched (inlined, "{ \"g\": 0 }", "{ \"g\": 0, \"h\": 1 }");
  set (stacked, "/tasks/u", "{\"steps\":[ ]}");
  assert_patched (stacked, "{ \"steps\": [] }", "{ \"steps\": [] },\n\t  \"u\": {\n\t    \"steps\": []\n\t  }");
  set (emptied, "/tasks/t/steps/-", "{\"print\":\"x\"}");
  assert_patched (emptied, "[]", "[\n\t    {\n\t      \"print\": \"x\"\n\t    }\n\t  ]");
  set (element, "/workers/1", "{\"target\":\"t\",\"kind\":\"process\"}");
  assert_patched (element, "\"kind\": \"thread\" }",
                  "\"kind\": \"thread\" },\n    {\n      \"target\": \"t\",\n      \"kind\": \"process\"\n    }");
  g_assert_cmpuint (juggler_document_get_n_workers (element), ==, 2);
}

static void
test_parents (void)
{
  g_autoptr (JugglerDocument) document = read_document ("{\n  \"juggler\": 1,\n  \"title\": \"t\"\n}\n");
  g_autofree char            *text = NULL;

  set (document, "/settings/cores", "2");
  set (document, "/tasks/t/steps/0/print", "hello");
  set (document, "/tasks/t/steps/-/sleep", "1");
  text = text_of (document);
  g_assert_cmpstr (text, ==,
                   "{\n  \"juggler\": 1,\n  \"title\": \"t\",\n  \"settings\": {\n    \"cores\": 2\n  },\n"
                   "  \"tasks\": {\n    \"t\": {\n      \"steps\": [\n        {\n          \"print\": \"hello\"\n"
                   "        },\n        {\n          \"sleep\": 1\n        }\n      ]\n    }\n  }\n}\n");
  g_assert_true (juggler_document_is_valid (document));
  g_assert_cmpuint (juggler_document_get_settings (document)->cores, ==, 2);
  g_assert_cmpuint (juggler_document_get_n_steps (document), ==, 2);
}

static void
test_change_again (void)
{
  g_autoptr (JugglerDocument) document = read_document (layout);

  set (document, "/workers/0/count", "[\"wrong\"]");
  g_assert_false (juggler_document_is_valid (document));
  set (document, "/workers/0/count/0", "{\"a\": 1, \"a\": 2}");
  set (document, "/workers/0/count", "7");
  assert_patched (document, "\"kind\": \"thread\" }", "\"kind\": \"thread\", \"count\": 7 }");
  g_assert_true (juggler_document_is_valid (document));
  set (document, "/workers/0", "{ \"target\": \"t\", \"kind\": \"process\" }");
  set (document, "/workers/0/kind", "thread");
  g_assert_cmpuint (juggler_document_get_worker (document, 0)->kind, ==, JUGGLER_KIND_THREAD);
  set (document, "", "{\"juggler\": 1, \"title\": \"other\"}");
  g_assert_cmpstr (juggler_document_get_title (document), ==, "other");
  g_assert_cmpuint (juggler_document_get_n_workers (document), ==, 0);
}

static void
test_remove (void)
{
  g_autoptr (JugglerDocument) document = read_document (layout);
  g_autoptr (GError)          error = NULL;
  g_autofree char            *text = NULL;

  g_assert_true (juggler_document_remove (document, "/globals", NULL));
  text = text_of (document);
  g_assert_cmpstr (text, ==,
                   "\n{\n  \"juggler\": 1,\n  \"title\": \"\\u0041 b\",\n"
                   "  \"tasks\": {\n\t  \"t\": { \"steps\": [] }\n\t},\n"
                   "  \"workers\": [\n    { \"target\": \"t\", \"kind\": \"thread\" }\n  ]\n}\n\n");
  g_assert_true (juggler_document_remove (document, "/workers/0", NULL));
  g_assert_cmpuint (juggler_document_get_n_workers (document), ==, 0);
  g_assert_false (juggler_document_remove (document, "/workers/0", &error));
  g_assert_error (error, JUGGLER_MODEL_ERROR, JUGGLER_MODEL_ERROR_PATH);
  g_assert_false (juggler_document_remove (document, "", NULL));
  g_assert_true (juggler_document_is_valid (document));
}

static void
assert_assignment (const char *assignment,
                   const char *lines)
{
  g_autoptr (JugglerDocument) document = read_document (layout);
  g_autoptr (GError)          error = NULL;
  g_autofree char            *found = NULL;

  g_assert_true (juggler_document_set_assignment (document, assignment, &error));
  g_assert_no_error (error);
  found = juggler_document_dup_fault_lines (document);
  g_assert_cmpstr (found, ==, lines);
}

static void
test_assignments (void)
{
  assert_assignment ("/settings/cores=2", "");
  assert_assignment ("/title=2 = 2", "");
  assert_assignment ("/workers/0/kind=thread", "");
  assert_assignment ("/description={\"no JSON", "");
  assert_assignment ("/workers/0/count=0", "--set /workers/0/count: must be at least 1\n");
  assert_assignment ("/workers/0/count=1.5",
                     "--set /workers/0/count: must be an integer, not a number with a fraction or an exponent\n");
  assert_assignment ("/workers/0/demon=true", "--set /workers/0/demon: unknown key, did you mean \"daemon\"?\n");
  assert_assignment ("/title=", "");
  assert_assignment ("/title=\"\\u0000\"", "--set /title: \\u0000 is not allowed in a text\n");
  assert_assignment ("/globals={\"a\": 1, \"a\": 2}",
                     "--set /globals: /globals/a: this key stands here for the second time\n");
  assert_assignment ("/settings={\"corse\": 1}",
                     "--set /settings: /settings/corse: unknown key, did you mean \"cores\"?\n");
  assert_assignment ("/workers/-/kind=thread", "--set /workers/-/kind: /workers/1/target: is missing: the task that the "
                                               "worker runs\n");
  /* What the change makes wrong elsewhere is shown where it is. */
  assert_assignment ("/tasks={}", "d:8:17: /workers/0/target: there is no task \"t\"\n");
}

static void
assert_refused (const char *assignment,
                const char *message)
{
  g_autoptr (JugglerDocument) document = read_document (layout);
  g_autoptr (GError)          error = NULL;
  g_autofree char            *text = NULL;

  g_assert_false (juggler_document_set_assignment (document, assignment, &error));
  g_assert_error (error, JUGGLER_MODEL_ERROR, JUGGLER_MODEL_ERROR_PATH);
  g_assert_cmpstr (error->message, ==, message);
  text = text_of (document);
  g_assert_cmpstr (text, ==, layout);
}

static void
test_refused (void)
{
  assert_refused ("/settings/cores", "--set /settings/cores: a value is missing: --set PATH=VALUE");
  assert_refused ("settings=1", "--set settings: the path must be one of RFC 6901, such as /settings/cores");
  assert_refused ("/a~2=1", "--set /a~2: in a path, ~ is written ~0 and / is written ~1");
  assert_refused ("/a~=1", "--set /a~: in a path, ~ is written ~0 and / is written ~1");
  assert_refused ("/workers/5/count=1", "--set /workers/5/count: \"5\" in the path: there is no such thing in /workers");
  assert_refused ("/workers/00/count=1",
                  "--set /workers/00/count: \"00\" in the path: there is no such thing in /workers");
  assert_refused ("/title/x=1", "--set /title/x: \"x\" in the path: there is no such thing in /title");
  assert_refused ("/title=\xff", "--set /title: the value is not valid UTF-8");
}

static void
test_too_deep (void)
{
  g_autoptr (JugglerDocument) document = read_document (layout);
  g_autoptr (GString)         path = g_string_new ("/description");
  g_autoptr (GError)          error = NULL;

  for (guint i = 0; i < 63; i++)
    g_string_append (path, "/a");
  g_assert_false (juggler_document_set_value (document, NULL, path->str, "{}", &error));
  g_assert_error (error, JUGGLER_MODEL_ERROR, JUGGLER_MODEL_ERROR_PATH);
  g_clear_error (&error);
  g_assert_true (juggler_document_set_value (document, NULL, path->str, "1", &error));
  g_string_append (path, "/a");
  g_assert_false (juggler_document_set_value (document, NULL, path->str, "1", &error));
  g_assert_error (error, JUGGLER_MODEL_ERROR, JUGGLER_MODEL_ERROR_PATH);
}

static void
test_broken_document (void)
{
  g_autoptr (JugglerDocument) document = read_document ("{");
  g_autoptr (GError)          error = NULL;

  g_assert_false (juggler_document_set_assignment (document, "/title=x", &error));
  g_assert_error (error, JUGGLER_MODEL_ERROR, JUGGLER_MODEL_ERROR_PATH);
  g_assert_cmpstr (error->message, ==, "--set /title: the document is not valid JSON and cannot be changed");
}

static void
count_signal (guint *n)
{
  (*n)++;
}

static void
test_signal (void)
{
  g_autoptr (JugglerDocument) document = read_document (layout);
  guint                       n_changes = 0;

  g_signal_connect_swapped (document, "changed", G_CALLBACK (count_signal), &n_changes);
  set (document, "/title", "x");
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_false (juggler_document_set_value (document, NULL, "x", "x", NULL));
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_true (juggler_document_remove (document, "/globals", NULL));
  g_assert_cmpuint (n_changes, ==, 2);
}

static void
test_new (void)
{
  JugglerDocument *document = juggler_document_new ("A \"new\" one");
  g_autofree char *text = text_of (document);

  g_assert_cmpstr (text, ==, "{\n  \"juggler\": 1,\n  \"title\": \"A \\\"new\\\" one\"\n}\n");
  g_assert_true (juggler_document_is_valid (document));
  g_assert_finalize_object (document);
}

static void
test_save (void)
{
  g_autoptr (GError)          error = NULL;
  g_autofree char            *folder = g_dir_make_tmp ("juggler-test-XXXXXX", &error);
  g_autofree char            *path = g_build_filename (folder, "三.juggler", NULL);
  g_autofree char            *nowhere = g_build_filename (folder, "no", "x.juggler", NULL);
  g_autoptr (JugglerDocument) document = read_document (layout);
  g_autoptr (JugglerDocument) again = NULL;
  g_autofree char            *text = NULL;

  set (document, "/title", "saved");
  g_assert_true (juggler_document_save (document, path, &error));
  again = juggler_document_load (path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (juggler_document_get_title (again), ==, "saved");
  text = text_of (again);
  g_assert_true (g_str_has_suffix (text, strstr (layout, "\"globals\"")));
  g_assert_false (juggler_document_save (document, nowhere, &error));
  g_assert_error (error, JUGGLER_MODEL_ERROR, JUGGLER_MODEL_ERROR_UNREADABLE);
  g_clear_error (&error);
  g_unlink (path);
  g_assert_null (juggler_document_load (path, &error));
  g_assert_error (error, JUGGLER_MODEL_ERROR, JUGGLER_MODEL_ERROR_UNREADABLE);
  g_clear_error (&error);
  g_assert_null (juggler_document_load (folder, &error));
  g_assert_error (error, JUGGLER_MODEL_ERROR, JUGGLER_MODEL_ERROR_UNREADABLE);
  g_rmdir (folder);
}

/* Elements keep count of their places. */
static void
test_places_of_elements (void)
{
  g_autoptr (JugglerDocument) document = juggler_document_new_from_text (
      "{\"juggler\": 1, \"title\": \"t\", \"main\": [{\"sleep\": 0}, {\"sleep\": 1}, {\"sleep\": -2}, {\"sleep\": 3}]}", -1, "d");
  g_autofree char *lines = NULL;

  g_assert_true (juggler_document_remove (document, "/main/0", NULL));
  g_assert_true (juggler_document_set_value (document, "--set /main/-", "/main/-", "{\"sleep\": -4}", NULL));
  g_assert_true (juggler_document_set_value (document, "--set /main/2", "/main/2", "{\"sleep\": -3}", NULL));
  lines = juggler_document_dup_fault_lines (document);
  g_assert_cmpstr (lines, ==, "d:1:77: /main/1/sleep: must be at least 0\n"
                              "--set /main/-: /main/3/sleep: must be at least 0\n"
                              "--set /main/2: /main/2/sleep: must be at least 0\n");
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/edit/unchanged", test_unchanged);
  g_test_add_func ("/edit/replace", test_replace);
  g_test_add_func ("/edit/text", test_text);
  g_test_add_func ("/edit/add", test_add);
  g_test_add_func ("/edit/parents", test_parents);
  g_test_add_func ("/edit/change-again", test_change_again);
  g_test_add_func ("/edit/remove", test_remove);
  g_test_add_func ("/edit/assignments", test_assignments);
  g_test_add_func ("/edit/refused", test_refused);
  g_test_add_func ("/edit/too-deep", test_too_deep);
  g_test_add_func ("/edit/broken-document", test_broken_document);
  g_test_add_func ("/edit/signal", test_signal);
  g_test_add_func ("/edit/new", test_new);
  g_test_add_func ("/edit/save", test_save);
  g_test_add_func ("/edit/places-of-elements", test_places_of_elements);
  return g_test_run ();
}
