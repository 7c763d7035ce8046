/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Real runs: juggler-host of this build, real processes and threads. */

#include "run-support.h"

#include <signal.h>

#include <glib/gstdio.h>

static JsonObject *
worker_of (JsonObject *result,
           guint       index)
{
  return json_array_get_object_element (json_object_get_array_member (result, "workers"), index);
}

static const char *
state_of (JsonObject *result,
          guint       index)
{
  return json_object_get_string_member (worker_of (result, index), "state");
}

/* ---- results ---- */

static void
test_empty (void)
{
  g_autoptr (JugglerRun) run = run_support_run ("{'juggler':1,'title':'nothing','main':[]}");
  g_autoptr (JsonObject) result = run_support_json (run);

  g_assert_cmpint (juggler_run_get_state (run), ==, JUGGLER_RUN_ENDED);
  g_assert_cmpstr (json_object_get_string_member (result, "outcome"), ==, "finished");
  g_assert_true (json_object_get_null_member (result, "right"));
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (result, "main"), "exit"), ==, 0);
  run_support_assert_clean (run);
}

static const char mutex_text[] =
  "{'juggler':1,'title':'mutex','globals':{'g_num':0,'my_list':[]},'locks':{'m':'mutex'},"
  "'tasks':{'sum':{'params':{'n':50000},'steps':[{'repeat':'n','steps':[{'lock':'m'},{'increment':'g_num'},{'unlock':'m'}]},"
  "{'append':'my_list','value':7},{'print':'{name} done'}]}},"
  "'workers':[{'name':'a','target':'sum','kind':'thread'},{'name':'b','target':'sum','kind':'thread'}],"
  "'main':[{'start':'a'},{'start':'b'},{'join':'a'},{'join':'b'},{'print':'g_num = {g_num}'}],'expect':{'g_num':100000}}";

static void
assert_members (JsonObject        *object,
                const char *const *names)
{
  g_autoptr (GList) members = json_object_get_members (object);
  GList            *it = members;

  for (; *names != NULL; names++, it = it->next)
    {
      g_assert_nonnull (it);
      g_assert_cmpstr (it->data, ==, *names);
    }
}

static void
test_result (void)
{
  static const char *const keys[] = { "title", "gear", "outcome", "right", "provoked", "globals", "expected", "lost",
                                      "wall_ms", "cores", "main", "workers", "output", "deadlock", NULL };
  static const char *const worker_keys[] = { "name", "kind", "pid", "ppid", "tid", "started", "state", "exit", "signal",
                                             "globals", "globals_exact", "address", "start_us", "end_us", "cpu_ms",
                                             "wait_ms", "switches", "cores", "increments", NULL };
  g_autoptr (JugglerRun) run = run_support_run (mutex_text);
  g_autoptr (JsonObject) result = run_support_json (run);
  JsonObject *a = worker_of (result, 0);
  JsonArray  *output = json_object_get_array_member (result, "output");
  gdouble     last = 0;
  guint       i;

  assert_members (result, keys);
  assert_members (a, worker_keys);
  assert_members (json_object_get_object_member (result, "main"), (const char *const[]){ "pid", "ppid", "exit", "cpu_ms", NULL });
  g_assert_true (json_object_get_boolean_member (result, "right"));
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (result, "globals"), "g_num"), ==, 100000);
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (result, "lost"), "g_num"), ==, 0);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (json_object_get_object_member (result, "globals"),
                                                                         "my_list")), ==, 2);
  g_assert_cmpint (json_object_get_int_member (a, "increments"), ==, 50000);
  g_assert_true (json_object_get_boolean_member (a, "globals_exact"));
  g_assert_cmpint (json_object_get_int_member (a, "pid"), ==,
                   json_object_get_int_member (json_object_get_object_member (result, "main"), "pid"));
  g_assert_true (g_str_has_prefix (json_object_get_string_member (json_object_get_object_member (a, "address"), "my_list"),
                                   "0x"));
  g_assert_cmpuint (json_array_get_length (output), ==, 3);
  for (i = 0; i < 3; i++)
    {
      gdouble t = json_object_get_double_member (json_array_get_object_element (output, i), "t_us");

      g_assert_cmpfloat (t, >=, last);
      last = t;
    }
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (output, 2), "text"), ==, "g_num = 100000");
  run_support_assert_clean (run);
}

/* Separate copies: the same address, other contents. */
static void
test_processes (void)
{
  g_autoptr (JugglerRun) run = run_support_run (
    "{'juggler':1,'title':'no-sharing','globals':{'my_list':[],'n':1},"
    "'tasks':{'write':{'steps':[{'repeat':3,'steps':[{'append':'my_list','value':'i'}]},{'set':'n','to':5},"
    "{'print':'{name} {my_list}'}]},'read':{'steps':[{'print':'{my_list}'},{'exit':3}]}},"
    "'workers':[{'name':'w','target':'write','kind':'process'},{'name':'r','target':'read','kind':'process'}],"
    "'main':[{'start':'w'},{'join':'w'},{'start':'r'},{'join':'r'}]}");
  g_autoptr (JsonObject) result = run_support_json (run);
  JsonObject *w = worker_of (result, 0);
  JsonObject *r = worker_of (result, 1);
  JsonObject *globals = json_object_get_object_member (w, "globals");

  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (globals, "my_list")), ==, 3);
  g_assert_cmpint (json_object_get_int_member (globals, "n"), ==, 5);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (json_object_get_object_member (r, "globals"),
                                                                         "my_list")), ==, 0);
  g_assert_cmpint (json_object_get_int_member (r, "exit"), ==, 3);
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (w, "address"), "n"), ==,
                   json_object_get_string_member (json_object_get_object_member (r, "address"), "n"));
  g_assert_cmpint (json_object_get_int_member (w, "ppid"), ==,
                   json_object_get_int_member (json_object_get_object_member (result, "main"), "pid"));
  g_assert_cmpint (json_object_get_int_member (w, "pid"), !=, json_object_get_int_member (r, "pid"));
  g_assert_cmpstr (state_of (result, 0), ==, "finished");
  run_support_assert_clean (run);
}

static void
test_states (void)
{
  g_autoptr (JugglerRun) run = run_support_run (
    "{'juggler':1,'title':'states','locks':{'m':'mutex'},"
    "'tasks':{'sleep':{'steps':[{'sleep':60000}]},'crash':{'steps':[{'crash':true}]},'bad':{'steps':[{'unlock':'m'}]},"
    "'exit':{'steps':[{'exit':7}]}},"
    "'workers':[{'name':'t','target':'sleep','kind':'process'},{'name':'k','target':'sleep','kind':'process'},"
    "{'name':'c','target':'crash','kind':'process'},{'name':'f','target':'bad','kind':'thread'},"
    "{'name':'e','target':'exit','kind':'thread'},{'name':'n','target':'exit','kind':'thread'},"
    "{'name':'v','target':'sleep','kind':'thread','daemon':true}],"
    "'main':[{'start':'t'},{'start':'k'},{'start':'c'},{'start':'f'},{'start':'e'},{'start':'v'},{'terminate':'t'},"
    "{'kill':'k'},{'join':'t'},{'join':'k'},{'join':'c'},{'join':'f'},{'join':'e'},{'sleep':20}]}");
  g_autoptr (JsonObject) result = run_support_json (run);
  static const struct
  {
    const char *state;
    gint64      exit;
    gint64      signal;
  } expected[] = {
    { "terminated", -1, SIGTERM }, { "killed", -1, SIGKILL }, { "crashed", -1, SIGABRT },
    { "failed", 1, -1 },           { "finished", 7, -1 },     { "never started", -1, -1 },
    { "vanished", -1, -1 },
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      JsonObject *worker = worker_of (result, i);

      g_assert_cmpstr (state_of (result, i), ==, expected[i].state);
      if (expected[i].signal >= 0)
        g_assert_cmpint (json_object_get_int_member (worker, "signal"), ==, expected[i].signal);
      else
        g_assert_true (json_object_get_null_member (worker, "signal"));
      if (i != 3 && expected[i].exit >= 0)
        g_assert_cmpint (json_object_get_int_member (worker, "exit"), ==, expected[i].exit);
      else if (i != 3)
        g_assert_true (json_object_get_null_member (worker, "exit"));
    }
  g_assert_nonnull (strstr (json_object_get_string_member (worker_of (result, 3), "message"), "m"));
  g_assert_true (json_object_get_null_member (worker_of (result, 5), "start_us"));
  g_assert_false (json_object_get_boolean_member (worker_of (result, 6), "globals_exact"));
  g_assert_cmpint (juggler_worker_get_state (run_support_worker (run, 1)), ==, JUGGLER_WORKER_TERMINATED);
  g_assert_cmpint (juggler_worker_get_state (run_support_worker (run, 7)), ==, JUGGLER_WORKER_VANISHED);
  run_support_assert_clean (run);
}

static void
test_deadlock (void)
{
  g_autoptr (JugglerRun) run = run_support_run (
    "{'juggler':1,'title':'deadlock','locks':{'m1':'mutex','m2':'mutex'},"
    "'tasks':{'one':{'steps':[{'lock':'m1'},{'sleep':50},{'lock':'m2'}]},'two':{'steps':[{'lock':'m2'},{'sleep':50},{'lock':'m1'}]}},"
    "'workers':[{'name':'a','target':'one','kind':'thread'},{'name':'b','target':'two','kind':'process'}],"
    "'main':[{'start':'b'},{'start':'a'},{'join':'a'}]}");
  g_autoptr (JsonObject) result = run_support_json (run);
  JsonObject *deadlock = json_object_get_object_member (result, "deadlock");
  JsonArray  *cycle = json_object_get_array_member (deadlock, "cycle");
  JsonObject *edge = json_array_get_object_element (cycle, 0);

  g_assert_cmpstr (json_object_get_string_member (result, "outcome"), ==, "deadlock");
  g_assert_cmpuint (json_array_get_length (cycle), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (edge, "held_by"), ==,
                   json_object_get_string_member (json_array_get_object_element (cycle, 1), "worker"));
  g_assert_cmpstr (state_of (result, 0), ==, "waiting");
  g_assert_cmpstr (state_of (result, 1), ==, "waiting");
  g_assert_true (json_object_get_null_member (worker_of (result, 1), "signal"));
  g_assert_cmpstr (json_array_get_string_element (json_object_get_array_member (deadlock, "blocked"), 0), ==, "main");
  g_assert_cmpstr (juggler_worker_get_waits_for (run_support_worker (run, 1)), ==, "m2");
  run_support_assert_clean (run);
}

static void
test_time_limit (void)
{
  g_autoptr (JugglerRun) run = run_support_run (
    "{'juggler':1,'title':'limit','globals':{'g':0},'tasks':{'spin':{'steps':[{'while':'g < 1','steps':[]}]},'sleep':{'steps':[{'sleep':60000}]}},"
    "'workers':[{'name':'s','target':'spin','kind':'thread'},{'name':'p','target':'sleep','kind':'process'}],"
    "'main':[{'start':'s'},{'start':'p'},{'join':'s'}],'settings':{'time_limit_s':1},'expect':{'g':0}}");
  g_autoptr (JsonObject) result = run_support_json (run);

  g_assert_cmpstr (json_object_get_string_member (result, "outcome"), ==, "time limit");
  g_assert_false (json_object_get_boolean_member (result, "right"));
  g_assert_cmpstr (state_of (result, 0), ==, "running");
  g_assert_cmpstr (state_of (result, 1), ==, "running");
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (result, "main"), "state"), ==, "waiting");
  g_assert_true (json_object_get_null_member (worker_of (result, 1), "signal"));
  run_support_assert_clean (run);
}

/* What no machine has is left out and noted, and a lock of a kind of later that no step uses is nobody's business. */
static void
test_absent_cores (void)
{
  g_autoptr (JugglerRun) run = run_support_run (
    "{'juggler':1,'title':'absent','locks':{'s':{'semaphore':1},'b':{'barrier':2},'r':'rw','c':'condition','m':'mutex'},"
    "'tasks':{'t':{'steps':[{'lock':'m'},{'unlock':'m'}]}},"
    "'workers':[{'name':'a','target':'t','kind':'thread','cores':[1024,9223372036854775807]}],'settings':{'time_limit_s':59.5}}");
  g_autoptr (JsonObject) result = run_support_json (run);
  JsonArray *notes = json_object_get_array_member (result, "notes");

  g_assert_cmpstr (json_object_get_string_member (result, "outcome"), ==, "finished");
  g_assert_cmpstr (state_of (result, 0), ==, "finished");
  g_assert_cmpuint (json_array_get_length (notes), ==, 2);
  g_assert_nonnull (strstr (json_array_get_string_element (notes, 0), "core 1024 is not there"));
  g_assert_nonnull (strstr (json_array_get_string_element (notes, 1), "core 9223372036854775807 is not there"));
  g_assert_cmpstr (json_array_get_string_element (json_object_get_array_member (result, "provoked"), 0), ==, "cores");
  run_support_assert_clean (run);
}

static void
test_shared_globals (void)
{
  g_autoptr (JugglerRun) run = run_support_run (
    "{'juggler':1,'title':'shared','globals':{'g':0,'l':[1]},'tasks':{'add':{'steps':[{'repeat':1000,'steps':[{'atomic_add':'g'}]},{'append':'l','value':2}]}},"
    "'workers':[{'name':'p','target':'add','kind':'process','count':3}],'main':[{'start':'p'},{'join':'p'}],"
    "'settings':{'shared_globals':true},'expect':{'g':3000}}");
  g_autoptr (JsonObject) result = run_support_json (run);

  g_assert_true (json_object_get_boolean_member (result, "right"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (json_object_get_object_member (result, "globals"), "l")),
                    ==, 4);
  g_assert_cmpstr (json_object_get_string_member (worker_of (result, 2), "name"), ==, "p-3");
}

/* A killed process: its list is put together from what was appended, on top of its parent's. */
static void
test_killed_list (void)
{
  g_autoptr (JugglerRun) run = run_support_run (
    "{'juggler':1,'title':'killed','globals':{'l':[10]},"
    "'tasks':{'add':{'steps':[{'append':'l','value':30},{'sleep':60000}]}},'workers':[{'name':'p','target':'add','kind':'process'}],"
    "'main':[{'append':'l','value':20},{'start':'p'},{'append':'l','value':99},{'sleep':200},{'kill':'p'},{'join':'p'}]}");
  g_autoptr (JsonObject) result = run_support_json (run);
  JsonArray *list = json_object_get_array_member (json_object_get_object_member (worker_of (result, 0), "globals"), "l");
  guint      i;

  g_assert_false (json_object_get_boolean_member (worker_of (result, 0), "globals_exact"));
  g_assert_cmpuint (json_array_get_length (list), ==, 3);
  for (i = 0; i < 3; i++)
    g_assert_cmpint (json_array_get_int_element (list, i), ==, (i + 1) * 10);
}

/* ---- life ---- */

static void
stopped_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      data)
{
  gboolean *called = data;

  g_assert_true (juggler_run_stop_finish (JUGGLER_RUN (object), result, NULL));
  g_assert_true (juggler_run_is_over (JUGGLER_RUN (object)));
  *called = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

static const char endless_text[] =
  "{'juggler':1,'title':'endless','globals':{'g':0},'locks':{'m':'mutex'},"
  "'tasks':{'count':{'steps':[{'repeat':1000000000000,'steps':[{'increment':'g'}]}]},'wait':{'steps':[{'lock':'m'}]},"
  "'sleep':{'steps':[{'sleep':50000}]}},"
  "'workers':[{'name':'a','target':'count','kind':'thread'},{'name':'b','target':'count','kind':'process'},"
  "{'name':'w','target':'wait','kind':'process'},{'name':'s','target':'sleep','kind':'process'}],"
  "'main':[{'lock':'m'},{'start':'a'},{'start':'b'},{'start':'w'},{'start':'s'},{'join':'a'}],'settings':{'time_limit_s':60}}";

static gboolean
all_alive (gpointer data)
{
  guint i;

  for (i = 0; i < 5; i++)
    if (!juggler_worker_get_alive (run_support_worker (data, i)) || juggler_worker_get_pid (run_support_worker (data, i)) == 0)
      return FALSE;
  return juggler_worker_get_state (run_support_worker (data, 3)) == JUGGLER_WORKER_WAITING_LOCK
         && juggler_worker_get_increments (run_support_worker (data, 1)) > 0;
}

static void
ended_cb (JugglerRun *run,
          guint      *count)
{
  (*count)++;
  g_assert_true (juggler_run_is_over (run));
}

static void
test_stop (void)
{
  g_autoptr (JugglerDocument) document = run_support_document (endless_text);
  g_autoptr (JugglerRun) run = run_support_start (document);
  g_autoptr (JsonObject) result = NULL;
  g_autoptr (JugglerGlobal) global = g_list_model_get_item (juggler_run_get_globals (run), 0);
  gboolean stopped = FALSE;
  guint    n_ended = 0;

  g_signal_connect (run, "ended", G_CALLBACK (ended_cb), &n_ended);
  run_support_until (all_alive, run);
  g_assert_cmpstr (juggler_worker_get_waits_for (run_support_worker (run, 3)), ==, "m");
  g_assert_cmpint (juggler_worker_get_holder (run_support_worker (run, 3)), ==, 0);
  juggler_run_stop_async (run, NULL, stopped_cb, &stopped);
  run_support_until (is_true, &stopped);
  g_assert_cmpuint (n_ended, ==, 1);
  g_assert_cmpint (juggler_run_get_outcome (run), ==, JUGGLER_OUTCOME_STOPPED);
  g_assert_cmpint (juggler_global_get_value (global), >, 0);
  result = run_support_json (run);
  g_assert_cmpstr (state_of (result, 0), ==, "running");
  g_assert_cmpstr (state_of (result, 2), ==, "waiting");
  g_assert_cmpstr (state_of (result, 3), ==, "running");
  g_assert_cmpint (juggler_worker_get_state (run_support_worker (run, 4)), ==, JUGGLER_WORKER_SLEEPING);
  run_support_assert_clean (run);
}

/* Whom a signal from outside ends: told apart, and the timeline is right up to then. */
static void
kill_part (int which)
{
  g_autoptr (JugglerDocument) document = run_support_document (endless_text);
  g_autoptr (JugglerRun) run = run_support_start (document);
  pid_t pid;

  run_support_until (all_alive, run);
  pid = which < 0 ? juggler_run_get_keeper_pid (run) : (pid_t) juggler_worker_get_pid (run_support_worker (run, (guint) which));
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  run_support_wait (run);
  if (which < 0)
    {
      g_assert_cmpint (juggler_run_get_state (run), ==, JUGGLER_RUN_FAILED);
      g_assert_error (juggler_run_get_error (run), JUGGLER_ENGINE_ERROR, JUGGLER_ENGINE_ERROR_HOST_DIED);
      g_assert_null (juggler_run_get_result (run));
    }
  else
    {
      g_autoptr (JsonObject) result = run_support_json (run);

      g_assert_cmpstr (json_object_get_string_member (result, "outcome"), ==, "main died");
      g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (result, "main"), "signal"), ==, SIGKILL);
      g_assert_cmpstr (state_of (result, 0), ==, "vanished");
      g_assert_cmpstr (state_of (result, 1), ==, "killed");
    }
  run_support_assert_clean (run);
  json_object_unref (run_support_trace (run));
}

static void
test_keeper_killed (void)
{
  guint i;

  for (i = 0; i < 3; i++)
    kill_part (-1);
}

static void
test_main_killed (void)
{
  kill_part (0);
}

static gboolean
b_is_dead (gpointer data)
{
  return juggler_worker_get_signal (run_support_worker (data, 2)) == SIGKILL;
}

static gboolean
s_is_stopped (gpointer data)
{
  return juggler_worker_get_stopped (run_support_worker (data, 4));
}

static void
test_signals (void)
{
  g_autoptr (JugglerDocument) document = run_support_document (endless_text);
  g_autoptr (JugglerRun) run = run_support_start (document);
  g_autoptr (JsonObject) result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean stopped = FALSE;

  run_support_until (all_alive, run);
  g_assert_true (juggler_run_signal_worker (run, 4, SIGSTOP, &error));
  g_assert_true (juggler_run_signal_worker (run, 2, SIGKILL, &error));
  run_support_until (s_is_stopped, run);
  run_support_until (b_is_dead, run);
  g_assert_false (juggler_worker_get_alive (run_support_worker (run, 2)));
  juggler_run_stop_async (run, NULL, stopped_cb, &stopped);
  run_support_until (is_true, &stopped);
  result = run_support_json (run);
  g_assert_cmpstr (state_of (result, 1), ==, "killed");
  g_assert_cmpstr (state_of (result, 3), ==, "running");
  g_assert_true (json_object_get_boolean_member (worker_of (result, 3), "stopped"));
  g_assert_false (juggler_run_signal_worker (run, 4, SIGTERM, &error));
  g_assert_error (error, JUGGLER_ENGINE_ERROR, JUGGLER_ENGINE_ERROR_STATE);
  run_support_assert_clean (run);
}

typedef struct
{
  gboolean called;
  GError  *error;
} Start;

static void
start_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      data)
{
  Start *start = data;

  juggler_run_start_finish (JUGGLER_RUN (object), result, &start->error);
  start->called = TRUE;
}

static void
assert_start_fails (const char *host,
                    guint       timeout,
                    int         code)
{
  g_autoptr (JugglerDocument) document = run_support_document ("{'juggler':1,'title':'t','main':[]}");
  JugglerRun *run = g_object_new (JUGGLER_TYPE_RUN, "document", document, "host-path", host, "start-timeout", timeout, NULL);
  Start start = { 0 };
  guint n_ended = 0;

  g_signal_connect (run, "ended", G_CALLBACK (ended_cb), &n_ended);
  juggler_run_start_async (run, NULL, start_cb, &start);
  run_support_until (is_true, &start.called);
  g_assert_error (start.error, JUGGLER_ENGINE_ERROR, code);
  g_assert_cmpint (juggler_run_get_state (run), ==, JUGGLER_RUN_FAILED);
  g_assert_cmpuint (n_ended, ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (juggler_run_get_diagnostics (run)), ==, 1);
  g_assert_null (strchr (start.error->message, '\n'));
  g_clear_error (&start.error);
  g_assert_finalize_object (run);
}

static void
test_host_missing (void)
{
  assert_start_fails ("/nonexistent/juggler-host", 5000, JUGGLER_ENGINE_ERROR_HOST_MISSING);
}

static void
test_host_dies (void)
{
  assert_start_fails ("/bin/false", 5000, JUGGLER_ENGINE_ERROR_HOST_DIED);
}

/* A program that never says anything. */
static void
test_start_timeout (void)
{
  g_autofree char *directory = g_dir_make_tmp ("juggler-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "silent", NULL);

  g_assert_true (g_file_set_contents_full (path, "#!/bin/sh\nexec sleep 100\n", -1, G_FILE_SET_CONTENTS_NONE, 0700, NULL));
  assert_start_fails (path, 200, JUGGLER_ENGINE_ERROR_TIMED_OUT);
  g_remove (path);
  g_rmdir (directory);
}

/* gcc says it by a macro, clang by a feature. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED
#elif defined(__has_feature)
#if __has_feature (address_sanitizer) || __has_feature (thread_sanitizer)
#define SANITIZED
#endif
#endif

/* The machine says no in the middle of a run: told in one line that names what was refused, and nothing is left. */
static void
test_refused (void)
{
#ifdef SANITIZED
  g_test_skip ("a sanitizer's own memory does not fit into the limit");
#else
  g_autofree char *directory = g_dir_make_tmp ("juggler-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "narrow", NULL);
  g_autofree char *script = g_strdup_printf ("#!/bin/sh\nulimit -v 100000\nexec '%s'\n", g_getenv ("JUGGLER_HOST"));
  g_autoptr (JugglerDocument) document = run_support_document (
    "{'juggler':1,'title':'narrow','tasks':{'wait':{'steps':[{'sleep':20000}]}},"
    "'workers':[{'name':'t','target':'wait','kind':'thread','count':900}]}");
  g_autoptr (JugglerRun) run = NULL;
  Start start = { 0 };

  g_assert_true (g_file_set_contents_full (path, script, -1, G_FILE_SET_CONTENTS_NONE, 0700, NULL));
  run = g_object_new (JUGGLER_TYPE_RUN, "document", document, "host-path", path, NULL);
  juggler_run_start_async (run, NULL, start_cb, &start);
  run_support_wait (run);
  g_assert_cmpint (juggler_run_get_state (run), ==, JUGGLER_RUN_REFUSED);
  g_assert_error (juggler_run_get_error (run), JUGGLER_ENGINE_ERROR, JUGGLER_ENGINE_ERROR_REFUSED);
  g_assert_nonnull (strstr (juggler_run_get_error (run)->message, "of 900"));
  g_assert_null (strchr (juggler_run_get_error (run)->message, '\n'));
  g_assert_null (juggler_run_get_result (run));
  run_support_assert_clean (run);
  g_clear_error (&start.error);
  g_remove (path);
  g_rmdir (directory);
#endif
}

static void
test_started_once (void)
{
  g_autoptr (JugglerRun) run = run_support_run ("{'juggler':1,'title':'t','main':[]}");
  Start start = { 0 };

  juggler_run_start_async (run, NULL, start_cb, &start);
  run_support_until (is_true, &start.called);
  g_assert_error (start.error, JUGGLER_ENGINE_ERROR, JUGGLER_ENGINE_ERROR_STATE);
  g_clear_error (&start.error);
  g_assert_cmpint (juggler_run_get_state (run), ==, JUGGLER_RUN_ENDED);
}

static void
test_cancelled (void)
{
  g_autoptr (JugglerDocument) document = run_support_document (endless_text);
  g_autoptr (JugglerRun) run = juggler_run_new (document);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Start start = { 0 };

  juggler_run_start_async (run, cancellable, start_cb, &start);
  g_cancellable_cancel (cancellable);
  run_support_until (is_true, &start.called);
  g_assert_error (start.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&start.error);
  run_support_wait (run);
  g_assert_cmpint (juggler_run_get_outcome (run), ==, JUGGLER_OUTCOME_STOPPED);
  run_support_assert_clean (run);
}

static guint
count_descriptors (void)
{
  g_autoptr (GDir) directory = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (directory) != NULL)
    n++;
  return n;
}

/* Runs at once and one after the other leave no descriptor, and the objects go. */
static void
test_many (void)
{
  g_autoptr (JugglerDocument) document = run_support_document (mutex_text);
  JugglerRun *runs[6];
  guint before;
  guint round;
  guint i;

  g_object_unref (run_support_run (mutex_text));
  before = count_descriptors ();
  for (round = 0; round < 3; round++)
    {
      for (i = 0; i < G_N_ELEMENTS (runs); i++)
        runs[i] = run_support_start (document);
      for (i = 0; i < G_N_ELEMENTS (runs); i++)
        {
          run_support_wait (runs[i]);
          g_assert_true (juggler_result_get_right (juggler_run_get_result (runs[i])));
          while (g_main_context_iteration (NULL, FALSE))
            ;
          g_assert_finalize_object (runs[i]);
        }
    }
  g_assert_cmpuint (count_descriptors (), ==, before);
}

/* ---- output and size ---- */

static void
count_items_cb (GListModel *model,
                guint       position,
                guint       removed,
                guint       added,
                guint      *n)
{
  g_assert_cmpuint (position, ==, *n);
  g_assert_cmpuint (removed, ==, 0);
  *n += added;
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, *n);
}

/* Far more output than the rings hold: nothing is lost, and what one worker printed stays in its order. */
static void
test_output (void)
{
  g_autoptr (JugglerDocument) document = run_support_document (
    "{'juggler':1,'title':'flood','tasks':{'talk':{'steps':[{'repeat':20000,'steps':[{'print':'{name} says {i} and some more text'}]}]}},"
    "'workers':[{'name':'p','target':'talk','kind':'process'},{'name':'t','target':'talk','kind':'thread'}]}");
  g_autoptr (JugglerRun) run = juggler_run_new (document);
  guint  next[3] = { 0 };
  guint  n = 0;
  guint  i;
  Start  start = { 0 };
  JugglerResult *result;

  g_signal_connect (juggler_run_get_output (run), "items-changed", G_CALLBACK (count_items_cb), &n);
  juggler_run_start_async (run, NULL, start_cb, &start);
  run_support_wait (run);
  g_assert_no_error (start.error);
  result = juggler_run_get_result (run);
  g_assert_cmpuint (n, ==, 40000);
  g_assert_cmpuint (juggler_result_get_n_lines (result), ==, 40000);
  for (i = 0; i < n; i++)
    {
      const JugglerResultLine *line = juggler_result_get_line (result, i);
      g_autofree char *expected = g_strdup_printf ("%s says %u and some more text",
                                                   line->worker == 1 ? "p" : "t", next[line->worker]++);

      g_assert_cmpstr (line->text, ==, expected);
    }
}

static void
test_thousand (void)
{
  g_autoptr (JugglerRun) run = run_support_run (
    "{'juggler':1,'title':'many','globals':{'g':0},'tasks':{'one':{'steps':[{'atomic_add':'g'}]}},"
    "'workers':[{'name':'t','target':'one','kind':'thread','count':1000},{'name':'p','target':'one','kind':'process','count':200}],"
    "'main':[{'start':'t'},{'start':'p'},{'join':'t'},{'join':'p'}],'expect':{'g':1000}}");

  g_assert_no_error ((GError *) juggler_run_get_error (run));
  g_assert_true (juggler_result_get_right (juggler_run_get_result (run)));
  run_support_assert_clean (run);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/run/empty", test_empty);
  g_test_add_func ("/engine/run/result", test_result);
  g_test_add_func ("/engine/run/processes", test_processes);
  g_test_add_func ("/engine/run/states", test_states);
  g_test_add_func ("/engine/run/deadlock", test_deadlock);
  g_test_add_func ("/engine/run/time-limit", test_time_limit);
  g_test_add_func ("/engine/run/absent-cores", test_absent_cores);
  g_test_add_func ("/engine/run/shared-globals", test_shared_globals);
  g_test_add_func ("/engine/run/killed-list", test_killed_list);
  g_test_add_func ("/engine/run/stop", test_stop);
  g_test_add_func ("/engine/run/keeper-killed", test_keeper_killed);
  g_test_add_func ("/engine/run/main-killed", test_main_killed);
  g_test_add_func ("/engine/run/signals", test_signals);
  g_test_add_func ("/engine/run/host-missing", test_host_missing);
  g_test_add_func ("/engine/run/host-dies", test_host_dies);
  g_test_add_func ("/engine/run/start-timeout", test_start_timeout);
  g_test_add_func ("/engine/run/refused", test_refused);
  g_test_add_func ("/engine/run/started-once", test_started_once);
  g_test_add_func ("/engine/run/cancelled", test_cancelled);
  g_test_add_func ("/engine/run/many", test_many);
  g_test_add_func ("/engine/run/output", test_output);
  g_test_add_func ("/engine/run/thousand", test_thousand);
  return g_test_run ();
}
