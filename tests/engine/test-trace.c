/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The exported timeline of real runs, parsed back. */

#include <signal.h>

#include <glib/gstdio.h>

#include "run-support.h"

#include "juggler-trace.h"

static const char locked_text[] =
  "{'juggler':1,'title':'计数 \\\"x\\\"','globals':{'g':0},'locks':{'m':'mutex'},"
  "'tasks':{'sum':{'steps':[{'repeat':200000,'steps':[{'lock':'m'},{'increment':'g'},{'unlock':'m'}]},{'lock':'m'},{'sleep':5},{'unlock':'m'}]},"
  "'wait':{'steps':[{'sleep':30}]}},"
  "'workers':[{'name':'a','target':'sum','kind':'thread'},{'name':'b','target':'sum','kind':'thread'},{'name':'p','target':'wait','kind':'process'}],"
  "'main':[{'start':'p'},{'start':'a'},{'start':'b'},{'join':'a'},{'join':'b'},{'sleep':60},{'join':'p'}]}";

/* Events of a phase, by track in order of time; each track's spans never overlap, not even as binary fractions. */
static guint
check_spans (JsonArray *events)
{
  g_autoptr (GHashTable) ends = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  guint n = 0;
  guint i;

  for (i = 0; i < json_array_get_length (events); i++)
    {
      JsonObject *event = json_array_get_object_element (events, i);
      g_autofree char *track = NULL;
      gdouble *end;
      gdouble ts;

      if (g_strcmp0 (json_object_get_string_member (event, "ph"), "X") != 0)
        continue;
      n++;
      track = g_strdup_printf ("%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, json_object_get_int_member (event, "pid"),
                               json_object_get_int_member (event, "tid"));
      end = g_hash_table_lookup (ends, track);
      ts = json_object_get_double_member (event, "ts");
      g_assert_cmpfloat (json_object_get_double_member (event, "dur"), >=, 0);
      if (end == NULL)
        {
          end = g_new (gdouble, 1);
          g_hash_table_insert (ends, g_steal_pointer (&track), end);
        }
      else
        g_assert_cmpfloat (ts, >=, *end);
      *end = ts + json_object_get_double_member (event, "dur");
    }
  return n;
}

static guint
count (JsonArray  *events,
       const char *phase,
       const char *name,
       gint64      tid)
{
  guint n = 0;
  guint i;

  for (i = 0; i < json_array_get_length (events); i++)
    {
      JsonObject *event = json_array_get_object_element (events, i);

      if (g_strcmp0 (json_object_get_string_member (event, "ph"), phase) == 0
          && (name == NULL || g_strcmp0 (json_object_get_string_member (event, "name"), name) == 0)
          && (tid == 0 || json_object_get_int_member (event, "tid") == tid))
        n++;
    }
  return n;
}

static void
test_trace (void)
{
  g_autoptr (JugglerRun) run = run_support_run (locked_text);
  g_autoptr (JsonObject) trace = run_support_trace (run);
  JsonArray  *events = json_object_get_array_member (trace, "traceEvents");
  JsonObject *facts = json_object_get_object_member (trace, "juggler");
  guint       i;

  g_assert_cmpuint (check_spans (events), >, 10);
  for (i = 0; i < 4; i++)
    {
      gint64 tid = juggler_worker_get_tid (run_support_worker (run, i));

      g_assert_cmpuint (count (events, "M", "thread_name", tid), ==, 1);
      g_assert_cmpuint (count (events, "X", "running", tid), >, 0);
    }
  g_assert_cmpuint (count (events, "X", "sleep", juggler_worker_get_tid (run_support_worker (run, 3))), ==, 1);
  g_assert_cmpuint (count (events, "X", "join", juggler_worker_get_tid (run_support_worker (run, 0))), >, 0);
  /* It ended while main slept, so it was a zombie until main joined it. */
  g_assert_cmpuint (count (events, "X", "zombie", juggler_worker_get_tid (run_support_worker (run, 3))), ==, 1);
  g_assert_cmpuint (count (events, "C", "g", 0), >, 100);
  g_assert_cmpuint (count (events, "i", "start", 0), ==, 3);
  g_assert_cmpuint (count (events, "s", NULL, 0), ==, count (events, "f", NULL, 0));
  g_assert_cmpint (json_object_get_int_member (facts, "monotonic_ns"), ==, (gint64) juggler_run_get_monotonic_ns (run));
  g_assert_cmpstr (json_object_get_string_member (facts, "source"), ==, "workers");
  g_assert_cmpint (json_object_get_int_member (facts, "dropped"), ==, (gint64) juggler_run_get_n_dropped (run));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (facts, "provoked")), ==, 0);
}

/* Each lane is full from its begin to its end: what the spans say adds up to the life of the worker. */
static void
test_sum (void)
{
  g_autoptr (JugglerRun) run = run_support_run (locked_text);
  JugglerResult   *result = juggler_run_get_result (run);
  JugglerTimeline *timeline = juggler_run_get_timeline (run);
  guint            i;

  run_support_assert_clean (run);
  for (i = 0; i < juggler_result_get_n_workers (result); i++)
    {
      const JugglerResultWorker *worker = juggler_result_get_worker (result, i);
      JugglerShares shares;
      gint64        begin;
      gint64        end;

      g_assert_true (juggler_timeline_get_lane_extent (timeline, i, &begin, &end));
      juggler_timeline_get_shares (timeline, i, begin, (gdouble) (end - begin), 1, &shares);
      g_assert_cmpfloat_with_epsilon ((gdouble) begin / 1000.0, worker->start_us, 0.002);
      g_assert_cmpfloat_with_epsilon ((gdouble) (end - shares.time[JUGGLER_LANE_ZOMBIE]) / 1000.0, worker->end_us, 0.002);
      g_assert_cmpfloat ((gdouble) (shares.time[JUGGLER_LANE_LOCK] + shares.turns_waited) / 1e6, <=, worker->wait_ms + 0.01);
    }
}

/* Keeper, main or a worker killed at any moment: what is there of the timeline is whole, and nothing of the run is left. */
static void
test_killed (void)
{
  g_autoptr (JugglerDocument) document = run_support_document (
    "{'juggler':1,'title':'killed','globals':{'g':0},'locks':{'m':'mutex'},"
    "'tasks':{'loop':{'steps':[{'while':'g < 1','steps':[{'lock':'m'},{'sleep':1},{'unlock':'m'},{'print':'{name}'}]}]}},"
    "'workers':[{'name':'p','target':'loop','kind':'process','count':2},{'name':'t','target':'loop','kind':'thread'}],"
    "'main':[{'start':'p'},{'start':'t'},{'join':'t'}],'settings':{'time_limit_s':1}}");
  guint round;

  for (round = 0; round < 24; round++)
    {
      g_autoptr (JugglerRun) run = run_support_start (document);
      g_autoptr (JsonObject) trace = NULL;
      gint64 until = g_get_monotonic_time () + g_test_rand_int_range (0, 60000);
      pid_t  pid;

      while (g_get_monotonic_time () < until)
        if (!g_main_context_iteration (NULL, FALSE))
          g_usleep (200);
      pid = round % 3 == 0 ? juggler_run_get_keeper_pid (run)
                           : (pid_t) juggler_worker_get_pid (run_support_worker (run, round % 3 - 1));
      if (pid > 0)
        kill (pid, SIGKILL);
      run_support_wait (run);
      run_support_assert_clean (run);
      trace = run_support_trace (run);
      check_spans (json_object_get_array_member (trace, "traceEvents"));
      if (round % 3 == 0)
        g_assert_error (juggler_run_get_error (run), JUGGLER_ENGINE_ERROR, JUGGLER_ENGINE_ERROR_HOST_DIED);
      else if (pid > 0 && round % 3 == 1)
        g_assert_cmpint (juggler_run_get_outcome (run), ==, JUGGLER_OUTCOME_MAIN_DIED);
      else if (pid > 0)
        g_assert_cmpint (juggler_worker_get_signal (run_support_worker (run, 1)), ==, SIGKILL);
    }
}

static void
test_file (void)
{
  g_autoptr (JugglerRun) run = run_support_run ("{'juggler':1,'title':'t','main':[{'print':'x'}]}");
  g_autofree char *directory = g_dir_make_tmp ("juggler-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "trace.json", NULL);
  g_autofree char *bad = g_build_filename (directory, "missing", "trace.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (juggler_run_write_trace_file (run, path, &error));
  g_assert_no_error (error);
  g_assert_true (json_parser_load_from_file (parser, path, &error));
  g_assert_no_error (error);
  g_assert_false (juggler_run_write_trace_file (run, bad, &error));
  g_assert_error (error, JUGGLER_ENGINE_ERROR, JUGGLER_ENGINE_ERROR_EXPORT);
  g_remove (path);
  g_rmdir (directory);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/trace/trace", test_trace);
  g_test_add_func ("/engine/trace/sum", test_sum);
  g_test_add_func ("/engine/trace/killed", test_killed);
  g_test_add_func ("/engine/trace/file", test_file);
  return g_test_run ();
}
