/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A bench through several real runs. No display is needed. */

#include "config.h"

#include <glib/gstdio.h>

#include "juggler-bench.h"

static JugglerBench *
new_bench (const char *text)
{
  g_autofree char          *folder = g_dir_make_tmp ("juggler-XXXXXX", NULL);
  g_autofree char          *path = g_build_filename (folder, "test.juggler", NULL);
  g_autoptr (JugglerLesson) lesson = juggler_lesson_new ("test", path, "Test", "");
  g_autoptr (GError)        error = NULL;
  JugglerBench             *bench;

  if (text != NULL)
    {
      g_file_set_contents (path, text, -1, &error);
      g_assert_no_error (error);
    }
  bench = juggler_bench_new (lesson);
  g_assert_true (juggler_bench_get_experiment (bench) == lesson);
  g_unlink (path);
  g_rmdir (folder);
  return bench;
}

static void
run_to_end (JugglerBench *bench)
{
  while (juggler_bench_get_running (bench))
    g_main_context_iteration (NULL, TRUE);
}

static void
count_cb (guint *count)
{
  *count += 1;
}

static const char short_text[] =
  "{ \"juggler\": 1, \"title\": \"t\", \"tasks\": { \"t\": { \"steps\": [ { \"print\": \"here\" } ] } },"
  "  \"workers\": [ { \"target\": \"t\", \"kind\": \"thread\" } ] }";

static void
test_runs (void)
{
  g_autoptr (JugglerBench) bench = new_bench (short_text);
  JugglerRun              *first = juggler_bench_get_run (bench);
  guint                    n_running = 0;

  g_signal_connect_swapped (bench, "notify::running", G_CALLBACK (count_cb), &n_running);
  g_assert_true (juggler_bench_get_runnable (bench));
  g_assert_cmpuint (juggler_bench_get_run_number (bench), ==, 0);
  g_assert_cmpint (juggler_run_get_state (first), ==, JUGGLER_RUN_IDLE);

  juggler_bench_start (bench);
  g_assert_true (juggler_bench_get_running (bench));
  g_assert_true (juggler_bench_get_run (bench) == first); /* the one that was shown before it was started */
  run_to_end (bench);
  g_assert_cmpuint (n_running, ==, 2); /* on and off, nothing between */
  g_assert_cmpint (juggler_run_get_outcome (first), ==, JUGGLER_OUTCOME_FINISHED);
  g_assert_cmpuint (g_list_model_get_n_items (juggler_run_get_output (first)), ==, 1);

  juggler_bench_start (bench);
  g_assert_false (juggler_bench_get_run (bench) == first);
  g_assert_cmpuint (juggler_bench_get_run_number (bench), ==, 2);
  run_to_end (bench);
  g_assert_cmpint (juggler_run_get_outcome (juggler_bench_get_run (bench)), ==, JUGGLER_OUTCOME_FINISHED);
}

static void
test_stop (void)
{
  g_autoptr (JugglerBench) bench =
    new_bench ("{ \"juggler\": 1, \"title\": \"t\", \"tasks\": { \"t\": { \"steps\": [ { \"sleep\": 60000 } ] } },"
               "  \"workers\": [ { \"target\": \"t\", \"kind\": \"process\" } ] }");

  juggler_bench_stop (bench); /* of nothing: nothing happens */
  g_assert_false (juggler_bench_get_stopping (bench));
  juggler_bench_start (bench);
  juggler_bench_stop (bench); /* at the very start */
  g_assert_true (juggler_bench_get_stopping (bench));
  juggler_bench_stop (bench); /* twice does no harm */
  run_to_end (bench);
  g_assert_false (juggler_bench_get_stopping (bench));
  g_assert_cmpint (juggler_run_get_state (juggler_bench_get_run (bench)), !=, JUGGLER_RUN_RUNNING);

  juggler_bench_start (bench);
  while (juggler_run_get_state (juggler_bench_get_run (bench)) == JUGGLER_RUN_STARTING)
    g_main_context_iteration (NULL, TRUE);
  juggler_bench_stop (bench);
  run_to_end (bench);
  g_assert_cmpint (juggler_run_get_outcome (juggler_bench_get_run (bench)), ==, JUGGLER_OUTCOME_STOPPED);
}

static void
test_faulty (void)
{
  g_autoptr (JugglerBench) bench = new_bench ("{ \"juggler\": 1, \"titel\": \"t\" }");

  g_assert_false (juggler_bench_get_runnable (bench));
  g_assert_null (juggler_bench_get_run (bench));
  g_assert_nonnull (juggler_bench_get_document (bench));
}

static void
test_missing (void)
{
  g_autoptr (JugglerBench) bench = new_bench (NULL);
  g_autofree char         *trouble = NULL;

  g_assert_false (juggler_bench_get_runnable (bench));
  g_assert_null (juggler_bench_get_document (bench));
  g_object_get (bench, "trouble", &trouble, NULL);
  g_assert_nonnull (strstr (trouble, "test.juggler"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/bench/runs", test_runs);
  g_test_add_func ("/ui/bench/stop", test_stop);
  g_test_add_func ("/ui/bench/faulty", test_faulty);
  g_test_add_func ("/ui/bench/missing", test_missing);
  return g_test_run ();
}
