/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "run-support.h"

#include <signal.h>

/* Only against a hang; nothing is ever measured by it. */
#define PATIENCE_US (60 * G_USEC_PER_SEC)

JugglerDocument *
run_support_document (const char *text)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  JugglerDocument *document = juggler_document_new_from_text (json, -1, "test");
  g_autofree char *faults = juggler_document_dup_fault_lines (document);

  g_assert_cmpstr (faults, ==, "");
  return document;
}

static void
started_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GError) error = NULL;
  gboolean          *called = data;

  juggler_run_start_finish (JUGGLER_RUN (object), result, &error);
  *called = TRUE;
}

JugglerRun *
run_support_start (JugglerDocument *document)
{
  JugglerRun *run = juggler_run_new (document);
  gboolean    called = FALSE;

  juggler_run_start_async (run, NULL, started_cb, &called);
  while (!called)
    g_main_context_iteration (NULL, TRUE);
  return run;
}

static gboolean
is_over (gpointer data)
{
  return juggler_run_is_over (data);
}

void
run_support_wait (JugglerRun *run)
{
  run_support_until (is_over, run);
}

void
run_support_until (gboolean (*condition) (gpointer data),
                   gpointer data)
{
  gint64 deadline = g_get_monotonic_time () + PATIENCE_US;

  while (!condition (data))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (500);
    }
}

JugglerRun *
run_support_run (const char *text)
{
  g_autoptr (JugglerDocument) document = run_support_document (text);
  JugglerRun *run = run_support_start (document);

  run_support_wait (run);
  return run;
}

static JsonObject *
parse (const char *text,
       gssize      length)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError)     error = NULL;

  json_parser_load_from_data (parser, text, length, &error);
  g_assert_no_error (error);
  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

JsonObject *
run_support_json (JugglerRun *run)
{
  g_autofree char *text = NULL;

  g_assert_no_error ((GError *) juggler_run_get_error (run));
  g_assert_nonnull (juggler_run_get_result (run));
  text = juggler_result_to_json (juggler_run_get_result (run));
  g_test_message ("%s", text);
  g_assert_null (strchr (text, '\n'));
  return parse (text, -1);
}

JsonObject *
run_support_trace (JugglerRun *run)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError)        error = NULL;

  juggler_run_write_trace (run, stream, NULL, &error);
  g_assert_no_error (error);
  return parse (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (stream)),
                (gssize) g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (stream)));
}

JugglerWorker *
run_support_worker (JugglerRun *run,
                    guint       index)
{
  g_autoptr (JugglerWorker) worker = g_list_model_get_item (juggler_run_get_workers (run), index);

  g_assert_nonnull (worker);
  return worker; /* the model keeps it */
}

typedef struct
{
  gint64 upto;
  gint64 total;
} Lane;

static gboolean
check_span (const JugglerSpan *span,
            gpointer           data)
{
  Lane *lane = data;

  g_assert_cmpint (span->begin, >=, lane->upto);
  g_assert_cmpint (span->end, >, span->begin);
  lane->upto = span->end;
  lane->total += span->end - span->begin;
  return TRUE;
}

/* Not there, or dead and only waiting for init to take note, which in a container may never do so. */
static gboolean
is_gone (gint64 pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%" G_GINT64_FORMAT "/stat", pid);
  g_autofree char *stat = NULL;
  const char      *state;

  if (kill ((pid_t) pid, 0) != 0 || !g_file_get_contents (path, &stat, NULL, NULL))
    return TRUE;
  state = strrchr (stat, ')');
  return state != NULL && (state[2] == 'Z' || state[2] == 'X');
}

void
run_support_assert_clean (JugglerRun *run)
{
  JugglerTimeline *timeline = juggler_run_get_timeline (run);
  guint            n = g_list_model_get_n_items (juggler_run_get_workers (run));
  guint            i;

  for (i = 0; i < n; i++)
    {
      JugglerWorker *worker = run_support_worker (run, i);
      Lane           lane = { G_MININT64, 0 };
      JugglerShares  shares;
      gint64         begin;
      gint64         end;

      g_assert_false (juggler_worker_get_alive (worker));
      if (juggler_worker_get_pid (worker) > 0)
        g_assert_true (is_gone (juggler_worker_get_pid (worker)));
      if (!juggler_timeline_get_lane_extent (timeline, i, &begin, &end) || end == begin)
        continue;
      juggler_timeline_foreach_span (timeline, i, G_MININT64, G_MAXINT64, check_span, &lane);
      g_assert_cmpint (lane.total, ==, end - begin);
      juggler_timeline_get_shares (timeline, i, begin, (gdouble) (end - begin), 1, &shares);
      g_assert_cmpint (shares.time[JUGGLER_LANE_NONE], ==, 0);
    }
}
