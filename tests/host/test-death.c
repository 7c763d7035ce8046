/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever dies, at whatever moment, one second later nothing of the run is left, and whoever survives says what died.
 * Every run carries a mark of its own in its environment, by which its processes are found in /proc, so that tests may
 * run side by side. JUGGLER_TEST_KILLS says how often each victim is killed (10; the long run takes 50). */

#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* A runner in a native loop, one who sleeps with the lock, one who waits for the lock, one in an own loop of steps that
 * prints, and two threads; all of them far longer than the test. */
static const char document[] =
  "{\"juggler\": 1, \"title\": \"Victims\", \"globals\": {\"g\": 0}, \"locks\": {\"m\": \"mutex\"}, \"tasks\": {"
  "\"runs\": {\"steps\": [{\"repeat\": 1000000000000, \"steps\": [{\"increment\": \"g\"}]}]},"
  "\"holds\": {\"steps\": [{\"lock\": \"m\"}, {\"sleep\": 100000}]},"
  "\"waits\": {\"steps\": [{\"sleep\": 20}, {\"lock\": \"m\"}]},"
  "\"prints\": {\"steps\": [{\"repeat\": 1000000, \"steps\": [{\"print\": \"{name} {i}\"}, {\"sleep\": 1}]}]}},"
  "\"workers\": ["
  "{\"name\": \"runner\", \"target\": \"runs\", \"kind\": \"process\"},"
  "{\"name\": \"holder\", \"target\": \"holds\", \"kind\": \"process\"},"
  "{\"name\": \"waiter\", \"target\": \"waits\", \"kind\": \"process\"},"
  "{\"name\": \"printer\", \"target\": \"prints\", \"kind\": \"process\"},"
  "{\"name\": \"thread1\", \"target\": \"runs\", \"kind\": \"thread\"},"
  "{\"name\": \"thread2\", \"target\": \"prints\", \"kind\": \"thread\"}],"
  "\"main\": [{\"start\": \"runner\"}, {\"start\": \"holder\"}, {\"start\": \"waiter\"}, {\"start\": \"printer\"},"
  "{\"start\": \"thread1\"}, {\"start\": \"thread2\"}],"
  "\"settings\": {\"time_limit_s\": 50}}";

static const char stubborn_document[] =
  "{\"juggler\": 1, \"title\": \"Stubborn\", \"tasks\": {\"sleeps\": {\"steps\": [{\"sleep\": 100000}]}},"
  "\"workers\": [{\"name\": \"runner\", \"target\": \"sleeps\", \"kind\": \"process\"}],"
  "\"main\": [{\"start\": \"runner\"}, {\"sleep\": 200}, {\"terminate\": \"runner\"}],"
  "\"settings\": {\"time_limit_s\": 1}}";

typedef struct
{
  char  *folder;
  char  *file;
  char  *mark;
  GPid   cli;
  char  *output_path;
  char  *error_path;
} Fixture;

static guint mark_counter;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("juggler-death-XXXXXX", &error);
  g_assert_no_error (error);
  self->file = g_build_filename (self->folder, "victims.juggler", NULL);
  self->output_path = g_build_filename (self->folder, "output", NULL);
  self->error_path = g_build_filename (self->folder, "error", NULL);
  g_assert_true (g_file_set_contents (self->file, document, -1, &error));
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_unlink (self->file);
  g_unlink (self->output_path);
  g_unlink (self->error_path);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0); /* nothing else was left in it */
  g_free (self->folder);
  g_free (self->file);
  g_free (self->mark);
  g_free (self->output_path);
  g_free (self->error_path);
}

/* The processes other than `except` that carry the fixture's mark. */
static GArray *
marked_processes (const Fixture *self,
                  pid_t          except)
{
  GArray *pids = g_array_new (FALSE, FALSE, sizeof (pid_t));
  g_autoptr (GDir) dir = g_dir_open ("/proc", 0, NULL);
  g_autofree char *wanted = g_strconcat ("JUGGLER_TEST_MARK=", self->mark, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = NULL, *text = NULL;
      pid_t pid = (pid_t) atoi (name);
      gsize length;

      if (pid <= 0 || pid == except)
        continue;
      path = g_strdup_printf ("/proc/%d/environ", pid);
      if (g_file_get_contents (path, &text, &length, NULL) && memmem (text, length, wanted, strlen (wanted) + 1) != NULL)
        g_array_append_val (pids, pid);
    }
  return pids;
}

static void
assert_nothing_left (const Fixture *self,
                     pid_t          except)
{
  gint64 deadline = g_get_monotonic_time () + G_USEC_PER_SEC;
  GArray *left;

  while ((left = marked_processes (self, except))->len > 0)
    {
      if (g_get_monotonic_time () > deadline)
        {
          g_autofree char *command = g_strdup_printf ("/proc/%d/status", g_array_index (left, pid_t, 0));
          g_autofree char *status = NULL;

          g_file_get_contents (command, &status, NULL, NULL);
          for (guint i = 0; i < left->len; i++)
            kill (g_array_index (left, pid_t, i), SIGKILL);
          g_error ("%u processes are left after a second; the first:\n%s", left->len, status);
        }
      g_array_unref (left);
      g_usleep (20000);
    }
  g_array_unref (left);
}

static void
start (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) environment = g_get_environ ();
  const char *argv[] = { g_getenv ("JUGGLER_CLI"), "run", "--json", self->file, NULL };
  int output, error_output;

  g_assert_nonnull (argv[0]);
  g_free (self->mark);
  self->mark = g_strdup_printf ("%d-%u", getpid (), mark_counter++);
  environment = g_environ_setenv (environment, "JUGGLER_TEST_MARK", self->mark, TRUE);
  output = g_creat (self->output_path, 0600);
  error_output = g_creat (self->error_path, 0600);
  g_assert_true (g_spawn_async_with_fds (NULL, (char **) argv, environment, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL,
                                         &self->cli, -1, output, error_output, &error));
  g_assert_no_error (error);
  close (output);
  close (error_output);
}

/* The child of `parent` with this name in /proc/PID/comm, or with any name; 0 if there is none. */
static pid_t
child_of (pid_t       parent,
          const char *name)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/task/%d/children", parent, parent);
  g_autofree char *text = NULL;
  g_auto (GStrv) pids = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  pids = g_strsplit (text, " ", -1);
  for (guint i = 0; pids[i] != NULL; i++)
    {
      g_autofree char *comm_path = g_strdup_printf ("/proc/%s/comm", pids[i]);
      g_autofree char *comm = NULL;

      if (pids[i][0] != '\0' && g_file_get_contents (comm_path, &comm, NULL, NULL) &&
          (name == NULL || g_str_equal (g_strchomp (comm), name)))
        return (pid_t) atoi (pids[i]);
    }
  return 0;
}

static pid_t
wait_for_child (pid_t       parent,
                const char *name)
{
  for (int i = 0; i < 1000; i++)
    {
      pid_t pid = child_of (parent, name);

      if (pid != 0)
        return pid;
      g_usleep (10000);
    }
  g_error ("no child %s of %d within ten seconds", name != NULL ? name : "at all", parent);
}

/* Waits for juggler-cli; returns its wait status, and its two outputs as text. */
static int
wait_for_cli (Fixture  *self,
              char    **output,
              char    **error_output)
{
  int status;

  for (int i = 0; i < 1500; i++)
    {
      if (waitpid (self->cli, &status, WNOHANG) == self->cli)
        {
          g_file_get_contents (self->output_path, output, NULL, NULL);
          g_file_get_contents (self->error_path, error_output, NULL, NULL);
          return status;
        }
      g_usleep (10000);
    }
  g_error ("juggler-cli has not ended fifteen seconds after its victim's death");
}

static guint
n_kills (void)
{
  const char *value = g_getenv ("JUGGLER_TEST_KILLS");

  return value != NULL ? (guint) atoi (value) : 10;
}

static void
random_pause (void)
{
  g_usleep ((gulong) g_test_rand_int_range (0, 60000));
}

static JsonObject *
parse_result (JsonParser *parser,
              const char *text)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (json_parser_load_from_data (parser, text, -1, &error));
  g_assert_no_error (error);
  return json_node_get_object (json_parser_get_root (parser));
}

static JsonObject *
worker_named (JsonObject *result,
              const char *name)
{
  JsonArray *workers = json_object_get_array_member (result, "workers");

  for (guint i = 0; i < json_array_get_length (workers); i++)
    {
      JsonObject *worker = json_array_get_object_element (workers, i);

      if (g_str_equal (json_object_get_string_member (worker, "name"), name))
        return worker;
    }
  g_assert_not_reached ();
}

static void
test_cli (Fixture       *self,
          gconstpointer  data)
{
  for (guint i = 0; i < n_kills (); i++)
    {
      int status;

      start (self);
      /* At any moment: before the keeper, between keeper and main, or in the midst of it. */
      if (i % 3 != 0)
        wait_for_child (self->cli, NULL);
      random_pause ();
      kill (self->cli, SIGKILL);
      g_assert_cmpint (waitpid (self->cli, &status, 0), ==, self->cli);
      assert_nothing_left (self, 0);
    }
}

static void
test_keeper (Fixture       *self,
             gconstpointer  data)
{
  for (guint i = 0; i < n_kills (); i++)
    {
      g_autofree char *output = NULL, *error_output = NULL;
      pid_t keeper;
      int status;

      start (self);
      keeper = wait_for_child (self->cli, NULL);
      if (i % 3 == 1)
        {
          /* A stopped process runs no handler at its parent's death. */
          pid_t stopped = wait_for_child (wait_for_child (keeper, "main"), "runner");

          kill (stopped, SIGSTOP);
        }
      random_pause ();
      kill (keeper, SIGKILL);
      status = wait_for_cli (self, &output, &error_output);
      g_assert_true (WIFEXITED (status));
      g_assert_cmpint (WEXITSTATUS (status), ==, 1);
      g_assert_cmpstr (output, ==, "");
      g_assert_nonnull (strchr (error_output, '\n'));
      g_assert_true (strchr (error_output, '\n') == error_output + strlen (error_output) - 1); /* one line */
      assert_nothing_left (self, 0);
    }
}

static void
test_main (Fixture       *self,
           gconstpointer  data)
{
  for (guint i = 0; i < n_kills (); i++)
    {
      g_autofree char *output = NULL, *error_output = NULL;
      g_autoptr (JsonParser) parser = json_parser_new ();
      JsonObject *result;
      pid_t main_pid;
      int status;

      start (self);
      main_pid = wait_for_child (wait_for_child (self->cli, NULL), "main");
      if (i % 3 == 1)
        kill (wait_for_child (main_pid, "runner"), SIGSTOP);
      if (i % 5 == 2)
        kill (main_pid, SIGSTOP);
      random_pause ();
      kill (main_pid, SIGKILL);
      status = wait_for_cli (self, &output, &error_output);
      g_assert_cmpstr (error_output, ==, "");
      g_assert_true (WIFEXITED (status));
      g_assert_cmpint (WEXITSTATUS (status), ==, 0);
      result = parse_result (parser, output);
      g_assert_cmpstr (json_object_get_string_member (result, "outcome"), ==, "main died");
      assert_nothing_left (self, 0);
    }
}

static void
kill_worker (Fixture    *self,
             const char *name,
             gboolean    stopped)
{
  g_autofree char *output = NULL, *error_output = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *result, *worker;
  pid_t pid;
  int status;

  start (self);
  pid = wait_for_child (wait_for_child (wait_for_child (self->cli, NULL), "main"), name);
  random_pause ();
  if (stopped)
    {
      kill (pid, SIGSTOP);
      random_pause ();
    }
  kill (pid, SIGKILL);
  g_usleep (60000); /* so long may pass until the keeper has looked */
  kill (self->cli, SIGINT);
  status = wait_for_cli (self, &output, &error_output);
  g_assert_cmpint (WEXITSTATUS (status), ==, 130);
  result = parse_result (parser, output);
  g_assert_cmpstr (json_object_get_string_member (result, "outcome"), ==, "stopped");
  worker = worker_named (result, name);
  g_assert_cmpstr (json_object_get_string_member (worker, "state"), ==, "killed");
  g_assert_cmpint (json_object_get_int_member (worker, "signal"), ==, SIGKILL);
  g_assert_cmpint (json_object_get_int_member (worker, "pid"), ==, pid);
  /* The others were cut short by the end of the run and keep the state they had. */
  worker = worker_named (result, g_str_equal (name, "holder") ? "runner" : "holder");
  g_assert_true (json_object_get_null_member (worker, "signal"));
  assert_nothing_left (self, 0);
}

static void
test_worker (Fixture       *self,
             gconstpointer  data)
{
  const char *name = data;

  for (guint i = 0; i < n_kills (); i++)
    kill_worker (self, name, FALSE);
}

static void
test_stopped_worker (Fixture       *self,
                     gconstpointer  data)
{
  for (guint i = 0; i < n_kills (); i++)
    kill_worker (self, "runner", TRUE);
}

/* A worker held by SIGSTOP is told apart from one that waits. */
static void
test_stopped_is_told (Fixture       *self,
                      gconstpointer  data)
{
  g_autofree char *output = NULL, *error_output = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *worker;
  pid_t pid;

  start (self);
  pid = wait_for_child (wait_for_child (wait_for_child (self->cli, NULL), "main"), "runner");
  kill (pid, SIGSTOP);
  g_usleep (400000);
  kill (self->cli, SIGINT);
  wait_for_cli (self, &output, &error_output);
  worker = worker_named (parse_result (parser, output), "runner");
  g_assert_cmpstr (json_object_get_string_member (worker, "state"), ==, "running");
  g_assert_true (json_object_get_boolean_member (worker, "stopped"));
  assert_nothing_left (self, 0);
}

/* Terminate asks; whoever ignores it lives on, main waits for it, and the time limit ends both. */
static void
test_stubborn_worker (Fixture       *self,
                      gconstpointer  data)
{
  g_autofree char *output = NULL, *error_output = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonObject *result, *worker;
  int status;

  if (g_getenv ("JUGGLER_STUBBORN") == NULL)
    {
      g_test_skip ("no preloading in this build");
      return;
    }
  g_assert_true (g_file_set_contents (self->file, stubborn_document, -1, &error));
  g_setenv ("LD_PRELOAD", g_getenv ("JUGGLER_STUBBORN"), TRUE);
  start (self);
  g_unsetenv ("LD_PRELOAD");
  status = wait_for_cli (self, &output, &error_output);
  g_assert_cmpstr (error_output, ==, "");
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  result = parse_result (parser, output);
  g_assert_cmpstr (json_object_get_string_member (result, "outcome"), ==, "time limit");
  worker = worker_named (result, "runner");
  g_assert_cmpstr (json_object_get_string_member (worker, "state"), ==, "running");
  g_assert_true (json_object_get_null_member (worker, "signal"));
  assert_nothing_left (self, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/host/death/cli", Fixture, NULL, set_up, test_cli, tear_down);
  g_test_add ("/host/death/keeper", Fixture, NULL, set_up, test_keeper, tear_down);
  g_test_add ("/host/death/main", Fixture, NULL, set_up, test_main, tear_down);
  g_test_add ("/host/death/worker-running", Fixture, "runner", set_up, test_worker, tear_down);
  g_test_add ("/host/death/worker-waiting", Fixture, "waiter", set_up, test_worker, tear_down);
  g_test_add ("/host/death/worker-printing", Fixture, "printer", set_up, test_worker, tear_down);
  g_test_add ("/host/death/worker-stopped", Fixture, NULL, set_up, test_stopped_worker, tear_down);
  g_test_add ("/host/death/stopped-is-told", Fixture, NULL, set_up, test_stopped_is_told, tear_down);
  g_test_add ("/host/death/stubborn", Fixture, NULL, set_up, test_stubborn_worker, tear_down);
  return g_test_run ();
}
