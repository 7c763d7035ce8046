/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Lists announce exactly what changed, once; objects notify on changes only, and go when they are let go. */

#include "juggler-diagnostic.h"
#include "juggler-global-private.h"
#include "juggler-output-line.h"
#include "juggler-output.h"
#include "juggler-sample.h"
#include "juggler-worker-private.h"

static void
items_changed_cb (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  GString    *changes)
{
  g_string_append_printf (changes, "%u-%u+%u ", position, removed, added);
}

static GString *
record_changes (gpointer model)
{
  GString *changes = g_string_new (NULL);

  g_signal_connect (model, "items-changed", G_CALLBACK (items_changed_cb), changes);
  return changes;
}

#define assert_changes(changes, expected)                                                                              \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_assert_cmpstr ((changes)->str, ==, expected);                                                                    \
    g_string_truncate (changes, 0);                                                                                    \
  }                                                                                                                    \
  G_STMT_END

static void
notify_cb (GObject    *object,
           GParamSpec *pspec,
           GString    *names)
{
  g_string_append_printf (names, "%s ", pspec->name);
}

static GString *
record_notifies (gpointer object)
{
  GString *names = g_string_new (NULL);

  g_signal_connect (object, "notify", G_CALLBACK (notify_cb), names);
  return names;
}

static void
test_output (void)
{
  JugglerOutput *output = juggler_output_new ();
  GString       *changes = record_changes (output);
  g_autoptr (JugglerOutputLine) line = NULL;
  guint          n;

  g_assert_cmpuint (juggler_output_commit (output), ==, 0);
  juggler_output_add (output, 3000, 1, "c");
  juggler_output_add (output, 1500, 2, "a");
  juggler_output_add (output, 1500, 1, "b");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (output)), ==, 0);
  g_assert_cmpuint (juggler_output_commit (output), ==, 3);
  assert_changes (changes, "0-0+3 ");
  juggler_output_add (output, 10, 1, "late");
  juggler_output_commit (output);
  assert_changes (changes, "3-0+1 ");
  g_assert_cmpstr (juggler_output_get_entries (output, &n)[0].text, ==, "a");
  g_assert_cmpstr (juggler_output_get_entries (output, &n)[1].text, ==, "b");
  g_assert_cmpuint (n, ==, 4);
  line = g_list_model_get_item (G_LIST_MODEL (output), 2);
  g_assert_cmpfloat (juggler_output_line_get_t_us (line), ==, 3.0);
  g_assert_cmpuint (juggler_output_line_get_worker (line), ==, 1);
  g_assert_cmpstr (juggler_output_line_get_text (line), ==, "c");
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (output), 4));
  g_string_free (changes, TRUE);
  g_assert_finalize_object (g_steal_pointer (&line));
  g_assert_finalize_object (output);
}

static void
test_series (void)
{
  JugglerSeries *series = juggler_series_new (3, 8);
  GString       *changes = record_changes (series);
  guint          n;
  gint64         i;

  for (i = 0; i < 6; i++)
    juggler_series_append (series, (JugglerPoint){ i * 10, i, (guint64) i });
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (series)), ==, 0);
  juggler_series_commit (series);
  assert_changes (changes, "0-0+6 ");
  juggler_series_append (series, (JugglerPoint){ 5, 100, 6 }); /* time never falls */
  juggler_series_commit (series);
  assert_changes (changes, "6-0+1 ");
  g_assert_cmpint (juggler_series_get_points (series, &n)[6].time, ==, 50);
  g_assert_cmpuint (juggler_series_find (series, 20), ==, 2);
  g_assert_cmpuint (juggler_series_find (series, 21), ==, 3);
  g_assert_cmpuint (juggler_series_find (series, 1000), ==, 7);
  g_assert_false (juggler_series_get_thinned (series));
  juggler_series_append (series, (JugglerPoint){ 60, 7, 7 });
  juggler_series_append (series, (JugglerPoint){ 70, 8, 8 });
  juggler_series_commit (series);
  assert_changes (changes, "0-7+5 ");
  g_assert_true (juggler_series_get_thinned (series));
  g_assert_cmpint (juggler_series_get_points (series, &n)[4].value, ==, 8);
  g_string_free (changes, TRUE);
  g_assert_finalize_object (series);
}

static void
test_global (void)
{
  JugglerGlobal *global = juggler_global_new (0, "g_num", FALSE, 5);
  GString       *names;
  GString       *changes;
  JugglerSeries *series;

  juggler_global_set_expected (global, 10);
  names = record_notifies (global);
  changes = record_changes (juggler_global_get_series (global));
  g_assert_cmpint (juggler_global_get_lost (global), ==, 5);
  juggler_global_set_value (global, 5, NULL);
  assert_changes (names, "");
  juggler_global_set_value (global, 7, NULL);
  g_assert_nonnull (strstr (names->str, "value"));
  g_assert_nonnull (strstr (names->str, "lost"));
  g_assert_nonnull (strstr (names->str, "text"));
  g_assert_cmpstr (juggler_global_get_text (global), ==, "7");
  series = juggler_global_ensure_series (global, 1, 10);
  g_assert_true (juggler_global_ensure_series (global, 1, 10) == series);
  assert_changes (changes, "0-0+1 ");
  juggler_series_append (series, (JugglerPoint){ 1, 2, 3 });
  juggler_global_commit (global);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (series)), ==, 1);
  g_string_free (names, TRUE);
  g_string_free (changes, TRUE);
  g_assert_finalize_object (global);
}

static void
test_worker (void)
{
  JugglerWorker     *worker = juggler_worker_new (2, "sum2", JUGGLER_KIND_THREAD, TRUE);
  GString           *names = record_notifies (worker);
  JugglerWorkerFacts facts = { .parent = -1, .exit_code = -1, .holder = -1 };

  g_assert_cmpint (juggler_worker_get_letter_index (worker), ==, 1);
  juggler_worker_update (worker, &facts);
  assert_changes (names, "");
  facts.pid = 47;
  facts.state = JUGGLER_WORKER_WAITING_LOCK;
  facts.alive = TRUE;
  facts.waits_for = "mutex";
  facts.holder = 1;
  juggler_worker_update (worker, &facts);
  g_assert_nonnull (strstr (names->str, "pid"));
  g_assert_nonnull (strstr (names->str, "state"));
  g_assert_nonnull (strstr (names->str, "alive"));
  g_assert_nonnull (strstr (names->str, "waits-for"));
  g_assert_nonnull (strstr (names->str, "holder"));
  g_assert_null (strstr (names->str, "exit-code"));
  g_string_truncate (names, 0);
  juggler_worker_update (worker, &facts);
  assert_changes (names, "");
  juggler_worker_set_message (worker, "why");
  assert_changes (names, "message ");
  juggler_worker_end (worker, NULL);
  assert_changes (names, "alive ");
  g_assert_cmpstr (juggler_worker_get_waits_for (worker), ==, "mutex");
  g_string_free (names, TRUE);
  g_assert_finalize_object (worker);
}

/* Every property can be read through GObject, and says what its getter says. */
static void
test_worker_properties (void)
{
  g_autoptr (JugglerWorker) worker = juggler_worker_new (1, "a", JUGGLER_KIND_PROCESS, FALSE);
  g_autofree GParamSpec   **pspecs = NULL;
  guint n;
  guint i;

  pspecs = g_object_class_list_properties (G_OBJECT_GET_CLASS (worker), &n);
  g_assert_cmpuint (n, ==, 21);
  for (i = 0; i < n; i++)
    {
      g_auto (GValue) value = G_VALUE_INIT;

      g_value_init (&value, pspecs[i]->value_type);
      g_object_get_property (G_OBJECT (worker), pspecs[i]->name, &value);
      g_assert_false (g_param_value_validate (pspecs[i], &value));
    }
}

static void
test_diagnostic (void)
{
  JugglerDiagnostic *diagnostic = juggler_diagnostic_new ("what", TRUE);

  g_assert_cmpstr (juggler_diagnostic_get_message (diagnostic), ==, "what");
  g_assert_true (juggler_diagnostic_get_fatal (diagnostic));
  g_assert_finalize_object (diagnostic);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/models/output", test_output);
  g_test_add_func ("/engine/models/series", test_series);
  g_test_add_func ("/engine/models/global", test_global);
  g_test_add_func ("/engine/models/worker", test_worker);
  g_test_add_func ("/engine/models/worker-properties", test_worker_properties);
  g_test_add_func ("/engine/models/diagnostic", test_diagnostic);
  return g_test_run ();
}
