/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-run-command.h"

#include <glib/gi18n-lib.h>

#include "juggler-format.h"
#include "juggler-interrupt.h"
#include "juggler-probe.h"
#include "juggler-report.h"
#include "juggler-run.h"
#include "juggler-summary.h"
#include "juggler-timeline-file.h"

#define PROGRESS_AFTER_US (G_USEC_PER_SEC)
#define PROGRESS_EVERY_MS 250U

typedef struct
{
  JugglerConsole   *console;
  JugglerArguments *arguments;
  JugglerDocument  *document;
  JugglerSummary   *summary;
  JugglerRun       *run;
  guint             number; /* of the run, from 1 */
  gint64            begin;  /* of the run, monotonic */
  guint             name_width; /* of the run's workers */
  gboolean          ended; /* the run of now */
  gboolean          interrupted;
  JugglerExit       status;
} RunCommand;

static gboolean
shows_many (RunCommand *command)
{
  return command->arguments->runs > 1;
}

static void
stop (RunCommand *command)
{
  if (command->run != NULL)
    juggler_run_stop (command->run);
}

/* The first signal ends the run, and its result is told; a second one ends this process. Nothing of the run outlives
 * that: the keeper sees its socket close. */
static void
interrupt_cb (gpointer data)
{
  RunCommand *command = data;

  command->interrupted = TRUE;
  stop (command);
}

static void
output_cb (GListModel *output,
           guint       position,
           guint       removed,
           guint       added,
           gpointer    data)
{
  RunCommand *command = data;

  juggler_report_lines (command->console, command->run, command->name_width, position, added);
  if (!juggler_console_flush (command->console))
    stop (command);
}

static void
ended_cb (JugglerRun *run,
          gpointer    data)
{
  RunCommand *command = data;

  command->ended = TRUE;
}

static void
count_workers (JugglerRun *run,
               guint      *n_workers,
               guint      *n_ended)
{
  GListModel *workers = juggler_run_get_workers (run);

  *n_workers = g_list_model_get_n_items (workers);
  *n_ended = 0;
  for (guint i = 1; i < *n_workers; i++)
    {
      g_autoptr (JugglerWorker) worker = g_list_model_get_item (workers, i);

      if (juggler_worker_get_state (worker) >= JUGGLER_WORKER_FINISHED)
        (*n_ended)++;
    }
  if (*n_workers > 0)
    (*n_workers)--;
}

static gboolean
progress_cb (gpointer data)
{
  RunCommand      *command = data;
  gint64           elapsed = g_get_monotonic_time () - command->begin;
  guint            n_workers;
  guint            n_ended;
  g_autofree char *time = juggler_format_duration ((gdouble) (elapsed - elapsed % 100000));
  g_autofree char *text = NULL;

  if (command->run == NULL || (!shows_many (command) && elapsed < PROGRESS_AFTER_US))
    return G_SOURCE_CONTINUE;
  count_workers (command->run, &n_workers, &n_ended);
  if (shows_many (command))
    /* Translators: progress: number of the run, how many, time, how many workers have ended, how many there are. */
    text = g_strdup_printf (_("Run %u of %u, %s: %u of %u workers have ended"), command->number,
                            command->arguments->runs, time, n_ended, n_workers);
  else
    /* Translators: progress: time, how many workers have ended, how many there are. */
    text = g_strdup_printf (_("Running for %s: %u of %u workers have ended"), time, n_ended, n_workers);
  juggler_console_progress (command->console, text);
  return G_SOURCE_CONTINUE;
}

/* Runs the document once and waits for its end. */
static void
run_once (RunCommand *command)
{
  command->run = juggler_run_new (command->document);
  command->begin = g_get_monotonic_time ();
  command->ended = FALSE;
  command->name_width = juggler_report_name_width (command->run);
  g_signal_connect (command->run, "ended", G_CALLBACK (ended_cb), command);
  if (!command->arguments->json && !shows_many (command))
    g_signal_connect (juggler_run_get_output (command->run), "items-changed", G_CALLBACK (output_cb), command);
  juggler_run_start (command->run);
  while (!command->ended)
    g_main_context_iteration (NULL, TRUE);
  juggler_console_progress (command->console, NULL);
}

/* Which exit status a run without a result asks for. */
static JugglerExit
status_of (const GError *error)
{
  if (g_error_matches (error, JUGGLER_ENGINE_ERROR, JUGGLER_ENGINE_ERROR_REFUSED))
    return JUGGLER_EXIT_REFUSED;
  if (g_error_matches (error, JUGGLER_MODEL_ERROR, JUGGLER_MODEL_ERROR_FAULTY))
    return JUGGLER_EXIT_USAGE;
  return JUGGLER_EXIT_OTHER;
}

/* Tells the result of the run that has just ended. */
static void
report_result (RunCommand *command)
{
  if (command->arguments->json)
    {
      g_autofree char *json = juggler_result_to_json (juggler_run_get_result (command->run));

      juggler_console_write_raw (command->console, json);
      juggler_console_write_raw (command->console, "\n");
      return;
    }
  if (!shows_many (command))
    {
      juggler_report_run (command->console, command->run, command->arguments->timeline != NULL);
      return;
    }
  juggler_report_in_row (command->console, command->run, command->number, command->arguments->runs);
  juggler_summary_add (command->summary, juggler_run_get_result (command->run));
}

/* What the document asks for and this version cannot do is said with its file, as its faults are. */
static void
report_error (RunCommand   *command,
              const GError *error)
{
  if (error->domain == JUGGLER_MODEL_ERROR)
    juggler_console_error (command->console, "%s: %s", juggler_document_get_label (command->document), error->message);
  else
    juggler_console_error (command->console, "%s", error->message);
  command->status = status_of (error);
}

static void
write_timeline (RunCommand *command)
{
  g_autofree char *problem = NULL;

  if (command->arguments->timeline == NULL)
    return;
  problem = juggler_timeline_file_write (command->arguments->timeline, command->run);
  if (problem == NULL)
    return;
  juggler_console_error (command->console, "%s", problem);
  command->status = JUGGLER_EXIT_OTHER;
}

/* Tells how the run ended, and whether there may be another one. */
static gboolean
finish_run (RunCommand *command)
{
  const GError *error = juggler_run_get_error (command->run);

  if (error != NULL && command->interrupted && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    command->status = JUGGLER_EXIT_INTERRUPTED;
  else if (error != NULL)
    report_error (command, error);
  else
    report_result (command);
  if (!juggler_console_flush (command->console))
    command->status = JUGGLER_EXIT_OTHER;
  if (error == NULL || g_error_matches (error, JUGGLER_ENGINE_ERROR, JUGGLER_ENGINE_ERROR_HOST_DIED))
    write_timeline (command);
  if (command->status == JUGGLER_EXIT_RAN && command->interrupted)
    command->status = JUGGLER_EXIT_INTERRUPTED;
  return command->status == JUGGLER_EXIT_RAN;
}

static void
run_all (RunCommand *command)
{
  guint    progress = 0;
  gboolean more = TRUE;
  g_autoptr (GError) error = NULL;

  if (!juggler_interrupt_watch (interrupt_cb, command,
                                juggler_console_has_progress (command->console) ? JUGGLER_CONSOLE_NO_PROGRESS : "",
                                JUGGLER_EXIT_INTERRUPTED, &error))
    {
      juggler_console_error (command->console, "%s", error->message);
      command->status = JUGGLER_EXIT_REFUSED;
      return;
    }
  if (juggler_console_has_progress (command->console))
    progress = g_timeout_add (PROGRESS_EVERY_MS, progress_cb, command);
  for (command->number = 1; more && command->number <= command->arguments->runs; command->number++)
    {
      run_once (command);
      more = finish_run (command);
      g_clear_object (&command->run);
    }
  if (progress != 0)
    g_source_remove (progress);
  if (!command->arguments->json && shows_many (command))
    juggler_summary_tell (command->summary, command->console, command->arguments->runs, command->interrupted);
  if (!juggler_console_flush (command->console))
    command->status = JUGGLER_EXIT_OTHER;
  juggler_interrupt_unwatch ();
}

JugglerExit
juggler_run_command (JugglerConsole   *console,
                     JugglerArguments *arguments)
{
  g_autoptr (JugglerDocument) document = NULL;
  g_autoptr (JugglerSummary) summary = juggler_summary_new ();
  RunCommand command = { .console = console, .arguments = arguments, .summary = summary };
  g_autofree char *refusal = juggler_probe_machine ();
  g_autofree char *problem = NULL;

  if (refusal != NULL)
    {
      juggler_console_error (console, "%s", refusal);
      return JUGGLER_EXIT_REFUSED;
    }
  document = juggler_documents_open (console, g_ptr_array_index (arguments->files, 0), arguments->settings);
  if (document == NULL)
    return JUGGLER_EXIT_USAGE;
  if (arguments->timeline != NULL)
    problem = juggler_timeline_file_check (arguments->timeline);
  if (problem != NULL)
    {
      juggler_console_error (console, "%s", problem);
      return JUGGLER_EXIT_OTHER;
    }
  command.document = document;
  run_all (&command);
  return command.status;
}
