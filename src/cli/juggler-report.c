/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-report.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "juggler-format.h"
#include "juggler-sentence.h"
#include "juggler-table.h"
#include "juggler-labels.h"

/* A table is for reading: of thousands of workers the first ones are shown, and the others counted. */
#define SHOWN_WORKERS 20U
#define SHOWN_COPIES 5U
#define SHOWN_ELEMENTS 10U
#define MOST_NAME_WIDTH 24U

/* Control characters would move the cursor or worse; a line end begins a new line under the old one. */
static void
append_printable (GString    *line,
                  const char *text,
                  guint       indent)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);

      if (letter == '\n')
        g_string_append_printf (line, "\n%*s", (int) indent, "");
      else if (letter != '\t' && g_unichar_iscntrl (letter))
        g_string_append (line, "\357\277\275");
      else
        g_string_append_unichar (line, letter);
    }
}

/* How many columns the names in front of the output take, known before the first line: that of the widest one, up to a
 * bound. */
guint
juggler_report_name_width (JugglerRun *run)
{
  GListModel *workers = juggler_run_get_workers (run);
  guint       width = 0;

  for (guint i = 0; i < g_list_model_get_n_items (workers); i++)
    {
      g_autoptr (JugglerWorker) worker = g_list_model_get_item (workers, i);

      width = MAX (width, juggler_text_width (juggler_worker_get_name (worker)));
    }
  return MIN (width, MOST_NAME_WIDTH);
}

/* How wide the letter of the last worker is; those before it are not wider. */
static guint
letter_width (GListModel *workers)
{
  g_autofree char *last = juggler_format_letter (MAX (g_list_model_get_n_items (workers), 1) - 1);

  return juggler_text_width (last);
}

static void
report_line (JugglerConsole    *console,
             JugglerOutputLine *output,
             GListModel        *workers,
             guint              width)
{
  guint index = juggler_output_line_get_worker (output);
  g_autoptr (JugglerWorker) worker = g_list_model_get_item (workers, index);
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *letter = juggler_format_letter (index);
  g_autofree char *time = juggler_format_duration (juggler_output_line_get_t_us (output));
  g_autofree char *shown_time = juggler_console_localize (console, time);
  g_autofree char *padded_time = juggler_text_pad (shown_time, 8, JUGGLER_ALIGN_RIGHT);
  g_autofree char *cut_name = juggler_text_cut (worker != NULL ? juggler_worker_get_name (worker) : "", width);
  g_autofree char *name = juggler_text_pad (cut_name, width, JUGGLER_ALIGN_LEFT);
  g_autofree char *padded_letter = juggler_text_pad (letter, letter_width (workers), JUGGLER_ALIGN_LEFT);

  g_string_append_printf (line, "%s%s%s  %s%s %s%s  ", juggler_console_get_dim (console), padded_time,
                          juggler_console_get_reset (console), juggler_console_get_style (console, index),
                          padded_letter, name, juggler_console_get_reset (console));
  append_printable (line, juggler_output_line_get_text (output),
                    juggler_text_width (padded_time) + 2 + juggler_text_width (padded_letter) + 1
                      + juggler_text_width (name) + 2);
  g_string_append_c (line, '\n');
  juggler_console_write (console, line->str);
}

/* Writes lines of output as they have come: when, who, what. */
void
juggler_report_lines (JugglerConsole *console,
                      JugglerRun     *run,
                      guint           name_width,
                      guint           first,
                      guint           n_lines)
{
  GListModel *workers = juggler_run_get_workers (run);

  for (guint i = first; i < first + n_lines; i++)
    {
      g_autoptr (JugglerOutputLine) output = g_list_model_get_item (juggler_run_get_output (run), i);

      if (output != NULL)
        report_line (console, output, workers, name_width);
    }
}

static void
add_duration (JugglerTable   *table,
              JugglerConsole *console,
              gdouble         microseconds,
              gboolean        known)
{
  g_autofree char *time = juggler_format_duration (microseconds);
  g_autofree char *shown = juggler_console_localize (console, time);

  juggler_table_add (table, known ? shown : "");
}

static void
add_number (JugglerTable *table,
            int           number)
{
  g_autofree char *text = number > 0 ? g_strdup_printf ("%d", number) : NULL;

  juggler_table_add (table, text);
}

static void
add_worker (JugglerTable   *table,
            JugglerConsole *console,
            JugglerResult  *result,
            guint           index)
{
  const JugglerResultWorker *worker = juggler_result_get_worker (result, index);
  g_autofree char           *letter = juggler_format_letter (index);
  g_autofree char           *ending = juggler_label_ending (worker);
  g_autofree char           *increments = juggler_format_unsigned (worker->increments);
  g_autofree char           *shown_increments = juggler_console_localize (console, increments);

  juggler_table_add (table, letter);
  juggler_table_style (table, juggler_console_get_style (console, index));
  juggler_table_add (table, worker->name);
  juggler_table_style (table, juggler_console_get_style (console, index));
  juggler_table_add (table, juggler_label_kind (worker->kind));
  add_number (table, worker->pid);
  add_number (table, worker->new_ppid > 0 ? worker->new_ppid : worker->ppid);
  add_number (table, worker->kind == JUGGLER_KIND_THREAD ? worker->tid : 0);
  juggler_table_add (table, ending);
  add_duration (table, console, worker->end_us - worker->start_us, worker->start_us >= 0 && worker->end_us >= 0);
  add_duration (table, console, worker->cpu_ms * 1000.0, worker->started || index == 0);
  add_duration (table, console, worker->wait_ms * 1000.0, worker->wait_ms > 0);
  juggler_table_add (table, worker->increments > 0 ? shown_increments : "");
}

static void
report_workers (JugglerConsole *console,
                JugglerResult  *result)
{
  static const JugglerAlign aligns[] = {
    JUGGLER_ALIGN_LEFT,  JUGGLER_ALIGN_LEFT,  JUGGLER_ALIGN_LEFT,  JUGGLER_ALIGN_RIGHT,
    JUGGLER_ALIGN_RIGHT, JUGGLER_ALIGN_RIGHT, JUGGLER_ALIGN_LEFT,  JUGGLER_ALIGN_RIGHT,
    JUGGLER_ALIGN_RIGHT, JUGGLER_ALIGN_RIGHT, JUGGLER_ALIGN_RIGHT,
  };
  const char *const titles[] = {
    "", C_("column", "worker"), C_("column", "kind"), "PID", "PPID", "TID", C_("column", "state"),
    C_("column", "lived"), C_("column", "CPU time"), C_("column", "waited"), C_("column", "increments"),
  };
  g_autoptr (JugglerTable) table = juggler_table_new (G_N_ELEMENTS (aligns), aligns);
  guint            n_workers = juggler_result_get_n_workers (result);
  guint            shown = n_workers > SHOWN_WORKERS + 2 ? SHOWN_WORKERS + 1 : n_workers;
  g_autofree char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      juggler_table_add (table, titles[i]);
      juggler_table_style (table, juggler_console_get_dim (console));
    }
  for (guint i = 0; i < shown; i++)
    add_worker (table, console, result, i);
  text = juggler_table_render (table, juggler_console_get_reset (console));
  juggler_console_write (console, text);
  if (shown < n_workers)
    {
      g_autofree char *others = juggler_format_unsigned (n_workers - shown);
      g_autofree char *line = g_strdup_printf (ngettext ("and %s more worker\n", "and %s more workers\n",
                                                         n_workers - shown),
                                               others);
      g_autofree char *plain = juggler_console_localize (console, line);

      juggler_console_write (console, plain);
    }
}

static char *
format_value (JugglerConsole           *console,
              const JugglerResultValue *value)
{
  g_autofree char *text = value->is_list ? juggler_format_list (value->values, (gsize) value->value, SHOWN_ELEMENTS)
                                         : juggler_format_integer (value->value);

  return juggler_console_localize (console, text);
}

/* How many of a global's updates are missing, with their share of what was expected. */
static char *
format_lost (JugglerConsole *console,
             gint64          lost,
             gint64          expected)
{
  g_autofree char *number = juggler_format_integer (lost);
  g_autofree char *percent = NULL;
  g_autofree char *text = NULL;

  if (lost <= 0 || expected <= 0 || lost > expected)
    return juggler_console_localize (console, number);
  percent = juggler_format_percent ((gdouble) lost / (gdouble) expected);
  /* Translators: how many updates were lost, and their share: "862 598 (43 %)". */
  text = g_strdup_printf (C_("lost", "%s (%s)"), number, percent);
  return juggler_console_localize (console, text);
}

/* The processes that have copies of the globals of their own, as far as the table has room. */
static GArray *
find_copies (JugglerResult *result)
{
  GArray *copies = g_array_new (FALSE, FALSE, sizeof (guint));
  int     main_pid = juggler_result_get_worker (result, 0)->pid;

  if (juggler_result_get_shared_globals (result))
    return copies;
  for (guint i = 1; i < juggler_result_get_n_workers (result) && copies->len < SHOWN_COPIES; i++)
    {
      const JugglerResultWorker *worker = juggler_result_get_worker (result, i);

      if (worker->started && worker->globals != NULL && worker->pid != main_pid
          && worker->kind == JUGGLER_KIND_PROCESS)
        g_array_append_val (copies, i);
    }
  return copies;
}

/* What a global should be in main; nothing where the document does not say it. */
static void
add_expected (JugglerTable   *table,
              JugglerConsole *console,
              JugglerResult  *result,
              guint           global)
{
  gint64           expected = 0;
  gboolean         known = juggler_result_get_expected (result, global, &expected);
  g_autofree char *text = juggler_format_integer (expected);
  g_autofree char *shown = juggler_console_localize (console, text);

  juggler_table_add (table, known ? shown : "");
}

static void
add_copy_titles (JugglerTable   *table,
                 JugglerConsole *console,
                 JugglerResult  *result,
                 GArray         *copies)
{
  juggler_table_add (table, C_("column", "global"));
  juggler_table_style (table, juggler_console_get_dim (console));
  juggler_table_add (table, C_("column", "expected"));
  juggler_table_style (table, juggler_console_get_dim (console));
  juggler_table_add (table, C_("column", "in main"));
  juggler_table_style (table, juggler_console_get_style (console, 0));
  for (guint i = 0; i < copies->len; i++)
    {
      guint            worker = g_array_index (copies, guint, i);
      g_autofree char *title = g_strdup_printf (C_("column", "in %s"), juggler_result_get_worker (result, worker)->name);

      juggler_table_add (table, title);
      juggler_table_style (table, juggler_console_get_style (console, worker));
    }
}

/* A column for main's copy and one for that of each process: nothing is lost between them, they are separate. */
static void
report_copies (JugglerConsole *console,
               JugglerResult  *result,
               GArray         *copies)
{
  guint                    n_columns = copies->len + 3;
  g_autofree JugglerAlign *aligns = g_new0 (JugglerAlign, n_columns);
  g_autoptr (JugglerTable) table = NULL;
  g_autofree char *text = NULL;

  for (guint i = 1; i < n_columns; i++)
    aligns[i] = JUGGLER_ALIGN_RIGHT;
  table = juggler_table_new (n_columns, aligns);
  add_copy_titles (table, console, result, copies);
  for (guint global = 0; global < juggler_result_get_n_globals (result); global++)
    {
      const JugglerResultValue *mine = juggler_result_get_global (result, global);
      g_autofree char          *value = format_value (console, mine);

      juggler_table_add (table, mine->name);
      add_expected (table, console, result, global);
      juggler_table_add (table, value);
      for (guint i = 0; i < copies->len; i++)
        {
          guint            worker = g_array_index (copies, guint, i);
          g_autofree char *copy = format_value (console, &juggler_result_get_worker (result, worker)->globals[global]);

          juggler_table_add (table, copy);
        }
    }
  text = juggler_table_render (table, juggler_console_get_reset (console));
  juggler_console_write (console, text);
}

static void
add_global (JugglerTable   *table,
            JugglerConsole *console,
            JugglerResult  *result,
            guint           global)
{
  const JugglerResultValue *value = juggler_result_get_global (result, global);
  g_autofree char          *text = format_value (console, value);
  gint64                    expected = 0;
  gint64                    lost = 0;

  juggler_table_add (table, value->name);
  if (juggler_result_get_expected (result, global, &expected) && juggler_result_get_lost (result, global, &lost))
    {
      g_autofree char *should = juggler_format_integer (expected);
      g_autofree char *shown = juggler_console_localize (console, should);
      g_autofree char *missing = format_lost (console, lost, expected);

      juggler_table_add (table, shown);
      juggler_table_add (table, text);
      juggler_table_add (table, missing);
      if (lost != 0)
        juggler_table_style (table, juggler_console_get_lost (console));
      return;
    }
  juggler_table_add (table, "");
  juggler_table_add (table, text);
  juggler_table_add (table, "");
}

static void
report_globals (JugglerConsole *console,
                JugglerResult  *result)
{
  static const JugglerAlign aligns[] = {
    JUGGLER_ALIGN_LEFT, JUGGLER_ALIGN_RIGHT, JUGGLER_ALIGN_RIGHT, JUGGLER_ALIGN_RIGHT,
  };
  const char *const titles[] = {
    C_("column", "global"), C_("column", "expected"), C_("column", "actual"), C_("column", "lost"),
  };
  g_autoptr (JugglerTable) table = NULL;
  g_autoptr (GArray) copies = find_copies (result);
  g_autofree char *text = NULL;

  if (juggler_result_get_n_globals (result) == 0)
    return;
  juggler_console_write (console, "\n");
  if (copies->len > 0)
    {
      report_copies (console, result, copies);
      return;
    }
  table = juggler_table_new (G_N_ELEMENTS (aligns), aligns);
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      juggler_table_add (table, titles[i]);
      juggler_table_style (table, juggler_console_get_dim (console));
    }
  for (guint i = 0; i < juggler_result_get_n_globals (result); i++)
    add_global (table, console, result, i);
  text = juggler_table_render (table, juggler_console_get_reset (console));
  juggler_console_write (console, text);
}

/* What was not as the document asked, or should be known besides. What the timeline lacks is only for those who get
 * one. */
static void
report_notes (JugglerConsole *console,
              JugglerResult  *result,
              gboolean        with_timeline)
{
  guint n_notes = juggler_result_get_n_notes (result);

  if (!with_timeline)
    n_notes -= juggler_result_get_n_timeline_notes (result);
  for (guint i = 0; i < n_notes; i++)
    {
      g_autofree char *note = g_strdup_printf (_("Note: %s\n"), juggler_result_get_note (result, i));

      juggler_console_write (console, note);
    }
}

/* Writes what came out of a run: workers, globals, what was not as asked, and the sentence. */
void
juggler_report_run (JugglerConsole *console,
                    JugglerRun     *run,
                    gboolean        with_timeline)
{
  JugglerResult   *result = juggler_run_get_result (run);
  g_autofree char *sentence = juggler_sentence_for_run (run);
  g_autofree char *shown = juggler_console_localize (console, sentence);
  g_autofree char *line = NULL;

  if (g_list_model_get_n_items (juggler_run_get_output (run)) > 0)
    juggler_console_write (console, "\n");
  report_workers (console, result);
  report_globals (console, result);
  juggler_console_write (console, "\n");
  report_notes (console, result, with_timeline);
  line = g_strdup_printf ("%s%s%s\n", juggler_console_get_strong (console), shown, juggler_console_get_reset (console));
  juggler_console_write (console, line);
}

/* "g_num = 1 137 402, lost 862 598 (43 %)" of the first global with an expected value; NULL: there is none. */
static char *
format_verdict (JugglerConsole *console,
                JugglerResult  *result)
{
  g_autoptr (GArray) copies = find_copies (result);

  for (guint i = 0; i < juggler_result_get_n_globals (result); i++)
    {
      const JugglerResultValue *value = juggler_result_get_global (result, i);
      g_autofree char          *text = format_value (console, value);
      g_autofree char          *missing = NULL;
      gint64                    expected;
      gint64                    lost;

      if (!juggler_result_get_expected (result, i, &expected) || !juggler_result_get_lost (result, i, &lost))
        continue;
      if (juggler_result_get_right (result))
        /* Translators: a run in a list of runs: global, value. */
        return g_strdup_printf (C_("run", "%s = %s, right"), value->name, text);
      if (lost == 0)
        continue;
      if (copies->len > 0)
        {
          g_autofree char *should = juggler_format_integer (expected);
          g_autofree char *shown = juggler_console_localize (console, should);

          /* Translators: a run in a list of runs: global, value in main, expected value. */
          return g_strdup_printf (C_("run", "%s = %s in main, not %s: separate copies"), value->name, text, shown);
        }
      missing = format_lost (console, lost, expected);
      /* Translators: a run in a list of runs: global, value, how far it is from the expected one. */
      return g_strdup_printf (C_("run", "%s = %s, missing %s"), value->name, text, missing);
    }
  return NULL;
}

/* Writes a run as one line of many; before the first one what is to be noted, which is much the same for all. */
void
juggler_report_in_row (JugglerConsole *console,
                       JugglerRun     *run,
                       guint           number,
                       guint           n_runs)
{
  JugglerResult   *result = juggler_run_get_result (run);
  g_autofree char *last = g_strdup_printf ("%u", n_runs);
  g_autofree char *time = juggler_format_duration (juggler_result_get_wall_ms (result) * 1000.0);
  g_autofree char *shown_time = juggler_console_localize (console, time);
  g_autofree char *padded_time = juggler_text_pad (shown_time, 8, JUGGLER_ALIGN_RIGHT);
  g_autofree char *verdict = juggler_result_get_outcome (result) == JUGGLER_OUTCOME_FINISHED
                                 ? format_verdict (console, result)
                                 : NULL;
  g_autofree char *line = NULL;

  if (number == 1)
    report_notes (console, result, FALSE);
  if (verdict == NULL)
    {
      g_autofree char *sentence = juggler_sentence_for_run (run);

      verdict = juggler_console_localize (console, sentence);
    }
  line = g_strdup_printf ("%*u  %s  %s\n", (int) strlen (last), number, padded_time, verdict);
  juggler_console_write (console, line);
}
