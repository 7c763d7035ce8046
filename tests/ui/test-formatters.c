/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Words for states, times of output, and the tally of a counter: no display is needed. */

#include "config.h"

#include "juggler-output-row.h"
#include "juggler-tally.h"
#include "juggler-worker-row.h"

#define THIN "\342\200\211"

static void
assert_state (const char         *expected,
              JugglerWorkerState  state,
              const char         *waits_for,
              int                 holder,
              int                 exit_code,
              int                 signal_number,
              const char         *message)
{
  g_autofree char *text =
    juggler_worker_row_format_state (state, waits_for, holder, exit_code, signal_number, message);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_states (void)
{
  assert_state ("running", JUGGLER_WORKER_RUNNING, NULL, -1, -1, 0, NULL);
  assert_state ("waits for m, held by B", JUGGLER_WORKER_WAITING_LOCK, "m", 2, -1, 0, NULL);
  assert_state ("waits for m, held by M", JUGGLER_WORKER_WAITING_LOCK, "m", 0, -1, 0, NULL);
  assert_state ("waits for m", JUGGLER_WORKER_WAITING_LOCK, "m", -1, -1, 0, NULL);
  assert_state ("waits for sum1", JUGGLER_WORKER_WAITING_JOIN, "sum1", -1, -1, 0, NULL);
  assert_state ("finished", JUGGLER_WORKER_FINISHED, NULL, -1, 0, 0, NULL);
  assert_state ("finished, exit code 3", JUGGLER_WORKER_FINISHED, NULL, -1, 3, 0, NULL);
  assert_state ("terminated (15)", JUGGLER_WORKER_TERMINATED, NULL, -1, -1, 15, NULL);
  assert_state ("killed (9)", JUGGLER_WORKER_KILLED, NULL, -1, -1, 9, NULL);
  assert_state ("failed: m is not held", JUGGLER_WORKER_FAILED, NULL, -1, -1, 0, "m is not held");
}

static void
test_times (void)
{
  g_autofree char *early = juggler_output_row_format_time (28354.0, FALSE);
  g_autofree char *late = juggler_output_row_format_time (993100.0, TRUE);

  g_assert_cmpstr (early, ==, "28.35" THIN "ms");
  g_assert_cmpstr (late, ==, "0.993" THIN "s");
}

static gboolean
is_known (const char *steps)
{
  g_autofree char            *text = NULL;
  g_autoptr (JugglerDocument) document = NULL;
  g_autoptr (GBytes)          plan = NULL;
  g_autoptr (GError)          error = NULL;

  text = g_strdup_printf ("{ \"juggler\": 1, \"title\": \"t\", \"globals\": { \"g\": 5, \"h\": 0 },"
                          "  \"tasks\": { \"t\": { \"params\": { \"k\": 1 }, \"steps\": [ %s ] } },"
                          "  \"workers\": [ { \"target\": \"t\", \"kind\": \"thread\" } ] }",
                          steps);
  document = juggler_document_new_from_text (text, -1, "t.juggler");
  plan = juggler_document_compile (document, &error);
  g_assert_no_error (error);
  return juggler_tally_is_known (g_bytes_get_data (plan, NULL), 0);
}

static void
test_tally (void)
{
  g_assert_true (is_known ("{ \"repeat\": 5, \"steps\": [ { \"increment\": \"g\" } ] }"));
  g_assert_true (is_known ("{ \"atomic_add\": \"g\" }, { \"set\": \"h\", \"to\": 3 }"));
  g_assert_false (is_known ("{ \"increment\": \"g\", \"by\": 2 }"));
  g_assert_false (is_known ("{ \"increment\": \"g\" }, { \"increment\": \"h\" }"));
  g_assert_false (is_known ("{ \"increment\": \"g\" }, { \"set\": \"g\", \"to\": 0 }"));
  g_assert_false (is_known ("{ \"read\": \"g\" }, { \"add\": 1 }, { \"write\": \"g\" }"));
  g_assert_false (is_known ("{ \"print\": \"{g}\" }"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/formatters/states", test_states);
  g_test_add_func ("/ui/formatters/times", test_times);
  g_test_add_func ("/ui/formatters/tally", test_tally);
  return g_test_run ();
}
