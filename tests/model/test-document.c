/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a document says and what is wrong with it; the many single faults are in the corpus. */

#include <locale.h>
#include <string.h>

#include "juggler-json.h"
#include "model-test.h"

static const char example[] = "{ \"juggler\": 1, \"title\": \"T\", \"description\": \"D\",\n"
                              "  \"globals\": { \"g\": -3, \"l\": [1, 2], \"h\": 4, \"k\": [] },\n"
                              "  \"locks\": { \"m\": \"robust\", \"s\": { \"semaphore\": 2 } },\n"
                              "  \"tasks\": { \"t\": { \"params\": { \"n\": 1 }, \"steps\": [ { \"sleep\": \"n\" } ] },\n"
                              "             \"u\": { \"steps\": [] } },\n"
                              "  \"workers\": [ { \"name\": \"a\", \"target\": \"t\", \"kind\": \"thread\", \"count\": 3 },\n"
                              "                { \"target\": \"u\", \"kind\": \"process\", \"daemon\": true, \"nice\": 5 },\n"
                              "                { \"target\": \"t\", \"kind\": \"thread\" },\n"
                              "                { \"target\": \"u\", \"kind\": \"process\" } ],\n"
                              "  \"settings\": { \"cores\": 2, \"shared_globals\": true, \"time_limit_s\": 5 },\n"
                              "  \"expect\": { \"h\": 9, \"g\": 0 } }";

static void
test_content (void)
{
  JugglerDocument               *document = juggler_document_new_from_text (example, -1, "d");
  const JugglerDocumentSettings *settings = juggler_document_get_settings (document);
  gint64                         value = 0;

  g_assert_true (juggler_document_is_valid (document));
  g_assert_cmpstr (juggler_document_get_label (document), ==, "d");
  g_assert_cmpstr (juggler_document_get_title (document), ==, "T");
  g_assert_cmpstr (juggler_document_get_description (document), ==, "D");
  g_assert_cmpuint (settings->cores, ==, 2);
  g_assert_true (settings->shared_globals);
  g_assert_false (settings->gil);
  g_assert_cmpuint (settings->time_limit_ms, ==, 5000);
  g_assert_cmpuint (juggler_document_get_n_tasks (document), ==, 2);
  g_assert_cmpstr (juggler_document_get_task_name (document, 1), ==, "u");
  g_assert_cmpuint (juggler_document_get_n_globals (document), ==, 4);
  g_assert_cmpint (juggler_document_get_global (document, 0)->initial, ==, -3);
  g_assert_true (juggler_document_get_global (document, 1)->is_list);
  g_assert_cmpuint (juggler_document_get_global (document, 1)->n_elements, ==, 2);
  g_assert_cmpint (juggler_document_get_global (document, 1)->elements[1], ==, 2);
  g_assert_true (juggler_document_has_expect (document));
  g_assert_true (juggler_document_get_expected (document, 2, &value));
  g_assert_cmpint (value, ==, 9);
  g_assert_true (juggler_document_get_expected (document, 0, &value));
  g_assert_cmpint (value, ==, 0);
  g_assert_false (juggler_document_get_expected (document, 1, &value));
  g_assert_cmpuint (juggler_document_get_n_locks (document), ==, 2);
  g_assert_cmpuint (juggler_document_get_lock (document, 0)->kind, ==, JUGGLER_LOCK_ROBUST);
  g_assert_cmpint (juggler_document_get_lock (document, 1)->n, ==, 2);
  g_assert_finalize_object (document);
}

static void
test_workers (void)
{
  g_autoptr (JugglerDocument) document = juggler_document_new_from_text (example, -1, "d");
  const char *const           names[] = { "main", "a-1", "a-2", "a-3", "u-1", "t-1", "u-2", NULL };

  g_assert_cmpuint (juggler_document_get_n_workers (document), ==, 4);
  g_assert_cmpstr (juggler_document_get_worker (document, 0)->name, ==, "a");
  g_assert_cmpuint (juggler_document_get_worker (document, 0)->count, ==, 3);
  g_assert_cmpuint (juggler_document_get_worker (document, 0)->kind, ==, JUGGLER_KIND_THREAD);
  g_assert_cmpstr (juggler_document_get_worker (document, 1)->name, ==, "u-1");
  g_assert_cmpstr (juggler_document_get_worker (document, 1)->target, ==, "u");
  g_assert_true (juggler_document_get_worker (document, 1)->daemon);
  g_assert_cmpint (juggler_document_get_worker (document, 1)->nice, ==, 5);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = juggler_document_dup_worker_name (document, i);

      g_assert_cmpstr (name, ==, names[i]);
    }
}

static void
test_defaults (void)
{
  g_autoptr (JugglerDocument) document
      = juggler_document_new_from_text ("{\"juggler\": 1, \"title\": \"t\"}", -1, "d");
  const JugglerDocumentSettings *settings = juggler_document_get_settings (document);

  g_assert_true (juggler_document_is_valid (document));
  g_assert_cmpstr (juggler_document_get_description (document), ==, "");
  g_assert_cmpuint (settings->cores, ==, 0);
  g_assert_cmpuint (settings->time_limit_ms, ==, 60000);
  g_assert_cmpuint (settings->race_window_us, ==, 0);
  g_assert_false (juggler_document_has_expect (document));
}

/* A document that cannot even be read has accessors that say so. */
static void
test_unreadable (void)
{
  g_autoptr (JugglerDocument) document = juggler_document_new_from_text ("{", -1, "d");
  g_autofree char            *step = juggler_document_dup_step_path (document, 0);
  g_autofree char            *worker = juggler_document_dup_worker_name (document, 1);

  g_assert_false (juggler_document_is_valid (document));
  g_assert_cmpstr (juggler_document_get_title (document), ==, "");
  g_assert_cmpuint (juggler_document_get_n_workers (document), ==, 0);
  g_assert_cmpuint (juggler_document_get_n_globals (document), ==, 0);
  g_assert_cmpuint (juggler_document_get_settings (document)->time_limit_ms, ==, 60000);
  g_assert_null (step);
  g_assert_null (worker);
}

static void
test_places (void)
{
  /* Of a missing key the object's {, of an unknown key that key, of a bad value its first character. */
  assert_faults ("{ \"juggler\": 1, \"title\": \"三🙂\", \"workers\": [ {\"三\": 1} ] }",
                 "d:1:45: /workers/0/target: is missing: the task that the worker runs\n"
                 "d:1:45: /workers/0/kind: is missing: \"process\" or \"thread\"\n"
                 "d:1:46: /workers/0/三: unknown key");
  assert_faults ("{ \"juggler\": 1,\n\"title\":\n  5 }", "d:3:3: /title: must be a text, not an integer");
}

/* The faults come in the order of the text, not in that in which they were found. */
static void
test_order (void)
{
  assert_faults ("{\"expect\": {\"x\": 1},\n\"main\": [{\"print\": 1}],\n\"juggler\": 1,\n\"title\": 2}",
                 "d:1:13: /expect/x: there is no such global\n"
                 "d:2:20: /main/0/print: must be a text, not an integer\n"
                 "d:4:10: /title: must be a text, not an integer");
}

static void
test_newer_version (void)
{
  assert_faults ("{\"juggler\": 2, \"novelty\": {}}",
                 "d:1:13: /juggler: made by a newer version of Juggler: this one reads version 1");
}

static void
test_one_line (void)
{
  g_autoptr (JugglerDocumentFault) fault
      = juggler_document_fault_new (NULL, 1, 2, "/a\nb", "first\nsecond\x1b[0m", "name");
  g_autofree char *line = juggler_document_fault_to_line (fault, "f\ng");

  g_assert_cmpstr (line, ==, "f\\ng:1:2: /a\\nb: first\\nsecond\\u001b[0m, did you mean \"name\"?");
  g_assert_finalize_object (g_steal_pointer (&fault));
}

/* One fault each, at the key or at the value's first character, and no other that follows from it. */
static void
test_bad_texts (void)
{
  assert_faults ("{\"juggler\": 1, \"title\": \"abc\\u0000\"}", "d:1:25: /title: \\u0000 is not allowed in a text");
  assert_faults ("{\"juggler\": 1, \"title\": \"t\", \"a\\u0000\": 1}",
                 "d:1:30: /a\xef\xbf\xbd: \\u0000 is not allowed in a text");
  assert_faults ("{\"juggler\": 1, \"title\": \"t\", \"tasks\": {\"t\": {\"steps\": []}}, \"workers\": [{\"target\": "
                 "\"t\\ud83d\", \"kind\": \"thread\"}]}",
                 "d:1:84: /workers/0/target: half of a surrogate pair is no character");
  assert_faults ("{\"juggler\": 1, \"title\": \"t\", \"globals\": {\"g\\udc00\": 1.5}, \"main\": [{\"\\u0000\": 1}]}",
                 "d:1:42: /globals/g\xef\xbf\xbd: half of a surrogate pair is no character\n"
                 "d:1:53: /globals/g\xef\xbf\xbd: a global must be an integer or a list of integers\n"
                 "d:1:69: /main/0/\xef\xbf\xbd: \\u0000 is not allowed in a text");
  assert_faults ("{\"juggler\": 1, \"title\": \"\xe9t\xe9\", \"demon\": 1}",
                 "d:1:25: /title: this text is not valid UTF-8\nd:1:32: /demon: unknown key");
  assert_faults ("\xff\xfe{", "d:1:1: /: what stands here is not valid UTF-8");
}

/* Putting it right is enough. */
static void
test_bad_text_replaced (void)
{
  g_autoptr (JugglerDocument) document
      = juggler_document_new_from_text ("{\"juggler\": 1, \"title\": \"\\u0000\"}", -1, "d");
  g_autofree char            *text = NULL;

  g_assert_false (juggler_document_is_valid (document));
  g_assert_true (juggler_document_set_value (document, NULL, "/title", "t", NULL));
  text = text_of (document);
  g_assert_cmpstr (text, ==, "{\"juggler\": 1, \"title\": \"t\"}");
  g_assert_true (juggler_document_is_valid (document));
}

static void
test_settings (void)
{
  static const struct
  {
    const char *limit;
    guint       ms;
  } limits[] = { { "1", 1000 },      { "0.5", 500 },   { "2.0", 2000 },        { "1e-9", 1 },
                 { "0.0014", 1 },    { "5e-1", 500 },  { "4294967", 4294967000 }, { "4294968", G_MAXUINT32 },
                 { "1e999", G_MAXUINT32 }, { "9223372036854775807", G_MAXUINT32 } };

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"juggler\": 1, \"title\": \"t\", \"settings\": {\"time_limit_s\": %s}}",
                                               limits[i].limit);
      g_autoptr (JugglerDocument) document = juggler_document_new_from_text (text, -1, "d");

      g_assert_true (juggler_document_is_valid (document));
      g_assert_cmpuint (juggler_document_get_settings (document)->time_limit_ms, ==, limits[i].ms);
    }
}

static void
test_worker_limits (void)
{
  g_autoptr (JugglerDocument) document = juggler_document_new_from_text (
      "{\"juggler\": 1, \"title\": \"t\", \"tasks\": {\"t\": {\"steps\": []}}, \"workers\": [{\"target\": \"t\", \"kind\": "
      "\"thread\", \"nice\": -2147483648, \"cores\": [0, 1024, 9223372036854775807, 1024, 1023]}, {\"target\": \"t\", "
      "\"kind\": \"thread\", \"nice\": 20, \"cores\": [1024]}]}",
      -1, "d");
  const JugglerDocumentWorker *worker = juggler_document_get_worker (document, 0);
  g_autoptr (GBytes)           bytes = juggler_document_compile (document, NULL);
  const JugglerPlan           *plan = g_bytes_get_data (bytes, NULL);

  g_assert_true (juggler_document_is_valid (document));
  g_assert_cmpint (worker->nice, ==, -20);
  g_assert_cmpuint (worker->n_absent_cores, ==, 2);
  g_assert_cmpint (worker->absent_cores[0], ==, 1024);
  g_assert_cmpint (worker->absent_cores[1], ==, G_MAXINT64);
  g_assert_cmpuint (juggler_plan_group (plan, 1)->n_cores, ==, 2);
  g_assert_cmpint (juggler_plan_group (plan, 1)->nice, ==, -20);
  worker = juggler_document_get_worker (document, 1);
  g_assert_cmpint (worker->nice, ==, 19);
  g_assert_cmpuint (worker->n_absent_cores, ==, 1);
  g_assert_cmpuint (juggler_plan_group (plan, 2)->n_cores, ==, 0);
}

/* A path can be as long as a document: the list has an end in bytes too. */
static void
test_long_faults (void)
{
  g_autofree char                 *name = g_strnfill (1000000, 'k');
  g_autoptr (GString)              text = g_string_new ("{\"juggler\": 1, \"title\": \"t\", \"");
  g_autoptr (JugglerDocument)      document = NULL;
  g_autoptr (JugglerDocumentFault) last = NULL;
  guint                            n_faults;

  g_string_append_printf (text, "%s\": [", name);
  for (guint i = 0; i < 1000; i++)
    g_string_append (text, "{\"a\":1,\"a\":1},");
  g_string_append (text, "0]}");
  document = juggler_document_new_from_text (text->str, -1, "d");
  n_faults = g_list_model_get_n_items (juggler_document_get_faults (document));
  g_assert_cmpuint (n_faults, >, 60);
  g_assert_cmpuint (n_faults, <, 80);
  last = g_list_model_get_item (juggler_document_get_faults (document), n_faults - 1);
  g_assert_cmpstr (juggler_document_fault_get_message (last), ==, "there are more faults, which are not listed");
}

static void
test_too_many_faults (void)
{
  g_autoptr (GString)              text = g_string_new ("{\"juggler\": 1, \"title\": \"t\"");
  g_autoptr (JugglerDocument)      document = NULL;
  g_autoptr (JugglerDocumentFault) last = NULL;
  GListModel                      *faults;

  for (guint i = 0; i < 200000; i++)
    g_string_append_printf (text, ",\"k%u\":0", i);
  g_string_append (text, "}");
  document = juggler_document_new_from_text (text->str, -1, "d");
  faults = juggler_document_get_faults (document);
  g_assert_cmpuint (g_list_model_get_n_items (faults), ==, JUGGLER_DOCUMENT_MAX_FAULTS + 1);
  last = g_list_model_get_item (faults, JUGGLER_DOCUMENT_MAX_FAULTS);
  g_assert_cmpstr (juggler_document_fault_get_message (last), ==, "there are more faults, which are not listed");
}

static void
test_limits (void)
{
  g_autofree char *text = g_strnfill (4096, 'x');
  g_autofree char *good = g_strdup_printf ("{\"juggler\": 1, \"title\": \"t\", \"description\": \"%s\"}", text);
  g_autofree char *bad = g_strdup_printf ("{\"juggler\": 1, \"title\": \"t\", \"description\": \"%sx\"}", text);
  g_autofree char *schedule = g_strdup_printf ("{\"juggler\": 1, \"title\": \"t\", \"schedules\": {\"s\": \"%sx\"}}", text);
  g_autoptr (GString) list = g_string_new ("{\"juggler\": 1, \"title\": \"t\", \"globals\": {\"l\": [0");

  assert_faults (good, "");
  assert_faults (bad, "d:1:45: /description: a text must not be longer than 4096 bytes");
  assert_faults (schedule, "");
  for (guint i = 1; i < 65536; i++)
    g_string_append (list, ",0");
  g_string_append (list, "]}}");
  assert_faults (list->str, "");
  g_string_truncate (list, list->len - 3);
  g_string_append (list, ",0]}}");
  assert_faults (list->str, "d:1:47: /globals/l: a list must not have more than 65536 elements");
}

/* Workers times parameters must fit into memory. */
static void
test_many_parameters (void)
{
  g_autoptr (GString) text = g_string_new ("{\"juggler\": 1, \"title\": \"t\", \"tasks\": {\"t\": {\"steps\": [], \"params\": {\n");
  g_autofree char    *lines = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (text, "%s\"p%u\": 0\n", i > 0 ? "," : "", i);
  g_string_append (text, "}}}, \"workers\": [\n{\"target\": \"t\", \"kind\": \"thread\"}");
  for (guint i = 0; i < 15000; i++)
    g_string_append (text, ",\n{\"target\": \"t\", \"kind\": \"thread\"}");
  g_string_append (text, "]}");
  lines = fault_lines (text->str);
  g_assert_cmpstr (lines, ==, "d:257:2: /tasks/t/params/p255: a task must not have more than 255 parameters\n"
                              "d:110003:1: /workers/10000: with this there are more than 10000 workers\n");
}

static void
test_too_large (void)
{
  g_autoptr (GByteArray)      data = g_byte_array_new ();
  g_autoptr (GBytes)          bytes = NULL;
  g_autoptr (JugglerDocument) document = NULL;
  g_autofree char            *lines = NULL;

  g_byte_array_set_size (data, JUGGLER_DOCUMENT_MAX_BYTES + 1);
  memset (data->data, '[', data->len);
  bytes = g_bytes_new (data->data, data->len);
  document = juggler_document_new_from_bytes (bytes, "d");
  lines = juggler_document_dup_fault_lines (document);
  g_assert_cmpstr (lines, ==, "d:1:1: /: the document is larger than 16 MiB\n");
}

/* A parameter hides a global of its name, as a local variable does in Python. */
static void
test_hiding (void)
{
  static const char head[] = "{\"juggler\": 1, \"title\": \"t\", \"globals\": {\"n\": 0, \"g\": 0},\n\"tasks\": {\"t\": "
                             "{\"params\": {\"n\": \"text\"}, \"steps\": [";
  static const char tail[] = "]}},\n\"workers\": [{\"target\": \"t\", \"kind\": \"thread\"}]}";
  g_autofree char  *print = g_strconcat (head, "{\"print\": \"{n}\"}", tail, NULL);
  g_autofree char  *write = g_strconcat (head, "{\"write\": \"n\"}", tail, NULL);
  g_autofree char  *compare = g_strconcat (head, "{\"while\": \"n < 1\", \"steps\": []}", tail, NULL);

  assert_faults (print, "");
  assert_faults (write, "d:2:62: /tasks/t/steps/0/write: \"n\" is a parameter here, not a global");
  assert_faults (compare, "d:2:33: /tasks/t/params/n: must be an integer, for the task counts with it");
}

/* Each kind of thing has names of its own. */
static void
test_namespaces (void)
{
  assert_faults ("{\"juggler\": 1, \"title\": \"t\", \"globals\": {\"x\": 0}, \"locks\": {\"x\": \"mutex\"}, \"tasks\": {\"x\": "
                 "{\"steps\": [{\"lock\": \"x\"}, {\"increment\": \"x\"}, {\"unlock\": \"x\"}]}}, \"workers\": [{\"name\": "
                 "\"x\", \"target\": \"x\", \"kind\": \"process\"}], \"main\": [{\"start\": \"x\"}]}",
                 "");
}

/* What is wrong with a value that only one worker uses is said of that one. */
static void
test_unused_defaults (void)
{
  assert_faults ("{\"juggler\": 1, \"title\": \"t\", \"tasks\": {\"t\": {\"params\": {\"n\": \"none\"}, \"steps\": "
                 "[{\"sleep\": \"n\"}]}},\n\"workers\": [{\"target\": \"t\", \"kind\": \"thread\", \"args\": [1]}]}",
                 "");
}

static void
test_daemon_and_thread_tasks (void)
{
  static const char head[] = "{\"juggler\": 1, \"title\": \"t\", \"tasks\": {\"p\": {\"steps\": [{\"start\": \"c\"}, {\"join\": "
                             "\"c\"}, {\"terminate\": \"c\"}]}, \"c\": {\"steps\": []}}, \"workers\": [{\"name\": \"c\", "
                             "\"target\": \"c\", \"kind\": \"process\"}, {\"name\": \"p\", \"target\": \"p\", ";
  g_autofree char  *process = g_strconcat (head, "\"kind\": \"process\"}]}", NULL);
  g_autofree char  *daemon = g_strconcat (head, "\"kind\": \"process\", \"daemon\": true}]}", NULL);

  assert_faults (process, "");
  assert_faults (daemon, "d:1:66: /tasks/p/steps/0/start: the daemon process \"p\" runs this task; those may not start "
                         "workers");
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/content", test_content);
  g_test_add_func ("/document/workers", test_workers);
  g_test_add_func ("/document/defaults", test_defaults);
  g_test_add_func ("/document/unreadable", test_unreadable);
  g_test_add_func ("/document/places", test_places);
  g_test_add_func ("/document/order", test_order);
  g_test_add_func ("/document/newer-version", test_newer_version);
  g_test_add_func ("/document/one-line", test_one_line);
  g_test_add_func ("/document/bad-texts", test_bad_texts);
  g_test_add_func ("/document/bad-text-replaced", test_bad_text_replaced);
  g_test_add_func ("/document/settings", test_settings);
  g_test_add_func ("/document/worker-limits", test_worker_limits);
  g_test_add_func ("/document/long-faults", test_long_faults);
  g_test_add_func ("/document/too-many-faults", test_too_many_faults);
  g_test_add_func ("/document/limits", test_limits);
  g_test_add_func ("/document/many-parameters", test_many_parameters);
  g_test_add_func ("/document/too-large", test_too_large);
  g_test_add_func ("/document/hiding", test_hiding);
  g_test_add_func ("/document/namespaces", test_namespaces);
  g_test_add_func ("/document/unused-defaults", test_unused_defaults);
  g_test_add_func ("/document/daemon-and-thread-tasks", test_daemon_and_thread_tasks);
  return g_test_run ();
}
