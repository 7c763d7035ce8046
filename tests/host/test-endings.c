/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How workers end, and how that is told: small documents through juggler-cli, each about one sentence of the format. */

#include <glib.h>
#include <json-glib/json-glib.h>
#include <sched.h>
#include <string.h>
#include <unistd.h>

/* Runs a document and returns the result as juggler-cli wrote it. */
static char *
run_to_text (const char *document)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL, *error_output = NULL;
  char *output = NULL;
  const char *argv[] = { g_getenv ("JUGGLER_CLI"), "run", "--json", NULL, NULL };
  int fd = g_file_open_tmp ("juggler-endings-XXXXXX", &path, &error);
  int status;

  g_assert_no_error (error);
  close (fd);
  g_assert_true (g_file_set_contents (path, document, -1, &error));
  argv[3] = path;
  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, &error_output, &status,
                               &error));
  unlink (path);
  g_assert_cmpstr (error_output, ==, "");
  g_assert_true (g_spawn_check_wait_status (status, &error));
  return output;
}

static JsonObject *
run (JsonParser *parser,
     const char *document)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *output = run_to_text (document);

  g_assert_true (json_parser_load_from_data (parser, output, -1, &error));
  return json_node_get_object (json_parser_get_root (parser));
}

static JsonObject *
worker_at (JsonObject *result,
           guint       index)
{
  return json_array_get_object_element (json_object_get_array_member (result, "workers"), index);
}

#define assert_string(object, name, value) g_assert_cmpstr (json_object_get_string_member (object, name), ==, value)
#define assert_integer(object, name, value) g_assert_cmpint (json_object_get_int_member (object, name), ==, value)

/* A thread that ends while it holds a robust lock passes it on, to a thread and to a process. */
static void
test_robust_thread (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *result = run (parser,
    "{\"juggler\":1,\"title\":\"t\",\"locks\":{\"m\":\"robust\"},\"tasks\":{\"a\":{\"steps\":[{\"lock\":\"m\"}]},"
    "\"b\":{\"steps\":[{\"sleep\":30},{\"lock\":\"m\"},{\"print\":\"got\"},{\"unlock\":\"m\"}]}},\"workers\":["
    "{\"name\":\"A\",\"target\":\"a\",\"kind\":\"thread\"},{\"name\":\"B\",\"target\":\"b\",\"kind\":\"thread\"},"
    "{\"name\":\"C\",\"target\":\"b\",\"kind\":\"process\"}],\"settings\":{\"time_limit_s\":5}}");

  assert_string (result, "outcome", "finished");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (result, "output")), ==, 2);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (result, "notes")), >=, 1);
}

static void
test_hard_exit_in_thread (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *result = run (parser,
    "{\"juggler\":1,\"title\":\"t\",\"tasks\":{\"t\":{\"steps\":[{\"sleep\":20},{\"hard_exit\":3}]}},\"workers\":["
    "{\"name\":\"T\",\"target\":\"t\",\"kind\":\"thread\"}],\"main\":[{\"start\":\"T\"},{\"sleep\":5000}]}");

  assert_string (result, "outcome", "finished");
  assert_integer (json_object_get_object_member (result, "main"), "exit", 3);
  assert_string (worker_at (result, 0), "state", "vanished");
  g_assert_cmpfloat (json_object_get_double_member (result, "wall_ms"), <, 5000);
}

static void
test_dead_owner_blocks_all (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *result = run (parser,
    "{\"juggler\":1,\"title\":\"t\",\"locks\":{\"x\":\"mutex\"},\"tasks\":{\"a\":{\"steps\":[{\"lock\":\"x\"}]},"
    "\"b\":{\"steps\":[{\"sleep\":30},{\"lock\":\"x\"}]}},\"workers\":[{\"name\":\"A\",\"target\":\"a\",\"kind\":\"thread\"},"
    "{\"name\":\"B\",\"target\":\"b\",\"kind\":\"thread\",\"count\":3}]}");
  JsonObject *deadlock = json_object_get_object_member (result, "deadlock");
  JsonObject *edge = json_array_get_object_element (json_object_get_array_member (deadlock, "cycle"), 0);

  assert_string (result, "outcome", "deadlock");
  assert_string (edge, "worker", "B-1");
  assert_string (edge, "held_by", "A");
  assert_string (edge, "owner_ended", "finished");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (deadlock, "blocked")), ==, 3);
}

/* Its parent leaves at once; which PPID it began with is known all the same. */
static void
test_orphan (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *result = run (parser,
    "{\"juggler\":1,\"title\":\"t\",\"tasks\":{\"a\":{\"steps\":[{\"sleep\":100},{\"print\":\"{ppid}\"}]}},\"workers\":["
    "{\"name\":\"A\",\"target\":\"a\",\"kind\":\"process\"}],\"main\":[{\"start\":\"A\"},{\"hard_exit\":4}]}");
  JsonObject *worker = worker_at (result, 0);
  JsonObject *line = json_array_get_object_element (json_object_get_array_member (result, "output"), 0);
  gint64 keeper = json_object_get_int_member (worker, "new_ppid");
  g_autofree char *printed = g_strdup_printf ("%" G_GINT64_FORMAT, keeper);

  assert_string (result, "outcome", "finished");
  assert_integer (json_object_get_object_member (result, "main"), "exit", 4);
  assert_string (worker, "state", "orphan");
  assert_integer (worker, "exit", 0);
  assert_integer (worker, "ppid", json_object_get_int_member (json_object_get_object_member (result, "main"), "pid"));
  assert_string (line, "text", printed);
  g_assert_cmpfloat (json_object_get_double_member (result, "wall_ms"), >=, 100);
}

/* A daemon thread may be gone before its first instruction; a process killed at once as well. */
static void
test_early_end (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();

  for (int i = 0; i < 20; i++)
    {
      JsonObject *result = run (parser,
        "{\"juggler\":1,\"title\":\"t\",\"globals\":{\"g\":7},\"tasks\":{\"a\":{\"steps\":[{\"sleep\":10000}]}},\"workers\":["
        "{\"name\":\"T\",\"target\":\"a\",\"kind\":\"thread\",\"daemon\":true},"
        "{\"name\":\"P\",\"target\":\"a\",\"kind\":\"process\"}],"
        "\"main\":[{\"start\":\"P\"},{\"kill\":\"P\"},{\"start\":\"T\"}]}");
      gint64 pid = json_object_get_int_member (json_object_get_object_member (result, "main"), "pid");

      assert_string (result, "outcome", "finished");
      assert_string (worker_at (result, 0), "state", "vanished");
      assert_integer (worker_at (result, 0), "pid", pid);
      assert_string (worker_at (result, 1), "state", "killed");
      assert_integer (worker_at (result, 1), "signal", 9);
      assert_integer (worker_at (result, 1), "ppid", pid);
      for (guint w = 0; w < 2; w++)
        {
          JsonObject *worker = worker_at (result, w);

          assert_integer (json_object_get_object_member (worker, "globals"), "g", 7);
          g_assert_true (g_str_has_prefix (json_object_get_string_member (json_object_get_object_member (worker, "address"),
                                                                          "g"), "0x"));
          g_assert_cmpfloat (json_object_get_double_member (worker, "start_us"), <=,
                             json_object_get_double_member (worker, "end_us"));
        }
    }
}

/* A worker's own cores are some of the run's. */
static void
test_cores_of_the_run (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  cpu_set_t machine;
  int first = 0;
  JsonObject *result = run (parser,
    "{\"juggler\":1,\"title\":\"t\",\"tasks\":{\"a\":{\"steps\":[{\"work\":20}]}},\"workers\":["
    "{\"name\":\"A\",\"target\":\"a\",\"kind\":\"process\",\"cores\":[0]},"
    "{\"name\":\"B\",\"target\":\"a\",\"kind\":\"thread\",\"cores\":[1]}],\"settings\":{\"cores\":1}}");

  sched_getaffinity (0, sizeof machine, &machine);
  while (!CPU_ISSET (first, &machine))
    first++;
  assert_integer (result, "cores", 1);
  for (guint i = 0; i < 2; i++)
    {
      JsonArray *cores = json_object_get_array_member (worker_at (result, i), "cores");

      g_assert_cmpuint (json_array_get_length (cores), ==, 1);
      g_assert_cmpint (json_array_get_int_element (cores, 0), ==, first);
    }
}

/* Values lost are counted exactly, though the difference of two 64-bit integers needs 65 bits. */
static void
test_wide_difference (void)
{
  g_autofree char *output = run_to_text (
    "{\"juggler\":1,\"title\":\"t\",\"globals\":{\"g\":-9223372036854775808},\"expect\":{\"g\":9223372036854775807}}");

  g_assert_nonnull (strstr (output, "\"right\":false"));
  /* In the text: json-glib reads no integer of more than 64 bits. */
  g_assert_nonnull (strstr (output, "\"lost\":{\"g\":18446744073709551615}"));
}

/* A process's time is that of its threads too, also where the run is cut short. */
static void
test_processor_time (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *result = run (parser,
    "{\"juggler\":1,\"title\":\"t\",\"tasks\":{\"a\":{\"steps\":[{\"work\":60000}]}},\"workers\":["
    "{\"name\":\"T\",\"target\":\"a\",\"kind\":\"thread\"}],\"settings\":{\"time_limit_s\":1}}");

  assert_string (result, "outcome", "time limit");
  assert_string (worker_at (result, 0), "state", "running");
  g_assert_cmpfloat (json_object_get_double_member (json_object_get_object_member (result, "main"), "cpu_ms"), >=,
                     json_object_get_double_member (worker_at (result, 0), "cpu_ms"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_nonnull (g_getenv ("JUGGLER_CLI"));
  g_test_add_func ("/host/endings/robust-thread", test_robust_thread);
  g_test_add_func ("/host/endings/hard-exit-in-thread", test_hard_exit_in_thread);
  g_test_add_func ("/host/endings/dead-owner-blocks-all", test_dead_owner_blocks_all);
  g_test_add_func ("/host/endings/orphan", test_orphan);
  g_test_add_func ("/host/endings/early-end", test_early_end);
  g_test_add_func ("/host/endings/cores-of-the-run", test_cores_of_the_run);
  g_test_add_func ("/host/endings/wide-difference", test_wide_difference);
  g_test_add_func ("/host/endings/processor-time", test_processor_time);
  return g_test_run ();
}
