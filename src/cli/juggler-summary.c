/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-summary.h"

#include <glib/gi18n-lib.h>

#include "juggler-format.h"
#include "juggler-table.h"
#include "juggler-labels.h"

/* The lost updates of one global, a run each. */
typedef struct
{
  char   *name;
  GArray *lost; /* gint64 */
} Loss;

struct _JugglerSummary
{
  guint      n_runs;
  guint      n_right;
  gboolean   has_expect;
  guint      outcomes[JUGGLER_N_OUTCOMES];
  GArray    *wall_ns; /* gint64 */
  GPtrArray *losses;  /* Loss, one a global with an expected value */
};

static void
free_loss (gpointer data)
{
  Loss *loss = data;

  g_free (loss->name);
  g_array_unref (loss->lost);
  g_free (loss);
}

JugglerSummary *
juggler_summary_new (void)
{
  JugglerSummary *summary = g_new0 (JugglerSummary, 1);

  summary->wall_ns = g_array_new (FALSE, FALSE, sizeof (gint64));
  summary->losses = g_ptr_array_new_with_free_func (free_loss);
  return summary;
}

void
juggler_summary_free (JugglerSummary *summary)
{
  g_array_unref (summary->wall_ns);
  g_ptr_array_unref (summary->losses);
  g_free (summary);
}

static Loss *
get_loss (JugglerSummary *summary,
          const char     *name)
{
  Loss *loss;

  for (guint i = 0; i < summary->losses->len; i++)
    {
      loss = g_ptr_array_index (summary->losses, i);
      if (g_str_equal (loss->name, name))
        return loss;
    }
  loss = g_new0 (Loss, 1);
  loss->name = g_strdup (name);
  loss->lost = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_ptr_array_add (summary->losses, loss);
  return loss;
}

/* Takes a run that has ended. One that was stopped shows nothing but where it was just then. */
void
juggler_summary_add (JugglerSummary *summary,
                     JugglerResult  *result)
{
  gint64 wall_ns = (gint64) (juggler_result_get_wall_ms (result) * 1e6);
  gint64 lost;

  if (juggler_result_get_outcome (result) == JUGGLER_OUTCOME_STOPPED)
    return;
  summary->n_runs++;
  summary->outcomes[juggler_result_get_outcome (result)]++;
  summary->has_expect = juggler_result_get_has_expect (result);
  if (juggler_result_get_right (result))
    summary->n_right++;
  g_array_append_val (summary->wall_ns, wall_ns);
  for (guint i = 0; i < juggler_result_get_n_globals (result); i++)
    if (juggler_result_get_lost (result, i, &lost))
      g_array_append_val (get_loss (summary, juggler_result_get_global (result, i)->name)->lost, lost);
}

static int
compare_values (gconstpointer left,
                gconstpointer right)
{
  const gint64 *one = left;
  const gint64 *other = right;

  return *one < *other ? -1 : *one > *other;
}

static char *
format_wall (gint64 value)
{
  return juggler_format_duration ((gdouble) value / 1000.0);
}

/* A row with the smallest, the middle and the largest value; sorts them. */
static void
add_spread (JugglerTable   *table,
            JugglerConsole *console,
            const char     *title,
            GArray         *values,
            char         *(*format) (gint64 value))
{
  const guint places[] = { 0, values->len / 2, values->len - 1 };

  g_array_sort (values, compare_values);
  juggler_table_add (table, title);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *text = format (g_array_index (values, gint64, places[i]));
      g_autofree char *shown = juggler_console_localize (console, text);

      juggler_table_add (table, shown);
    }
}

static void
tell_spreads (JugglerSummary *summary,
              JugglerConsole *console)
{
  static const JugglerAlign aligns[] = {
    JUGGLER_ALIGN_LEFT, JUGGLER_ALIGN_RIGHT, JUGGLER_ALIGN_RIGHT, JUGGLER_ALIGN_RIGHT,
  };
  const char *const titles[] = {
    "", C_("column", "least"), C_("column", "median"), C_("column", "most"),
  };
  g_autoptr (JugglerTable) table = juggler_table_new (G_N_ELEMENTS (aligns), aligns);
  g_autofree char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      juggler_table_add (table, titles[i]);
      juggler_table_style (table, juggler_console_get_dim (console));
    }
  add_spread (table, console, C_("column", "time"), summary->wall_ns, format_wall);
  for (guint i = 0; i < summary->losses->len; i++)
    {
      Loss *loss = g_ptr_array_index (summary->losses, i);
      /* Translators: a row of a table: how far the global was from its expected value. */
      g_autofree char *title = g_strdup_printf (C_("column", "missing in %s"), loss->name);

      add_spread (table, console, title, loss->lost, juggler_format_integer);
    }
  text = juggler_table_render (table, juggler_console_get_reset (console));
  juggler_console_write (console, text);
}

/* One line an outcome, when they differ or are no ordinary end. */
static void
tell_outcomes (JugglerSummary *summary,
               JugglerConsole *console)
{
  if (summary->outcomes[JUGGLER_OUTCOME_FINISHED] == summary->n_runs)
    return;
  for (guint i = 0; i < JUGGLER_N_OUTCOMES; i++)
    {
      g_autofree char *line = NULL;

      if (summary->outcomes[i] == 0)
        continue;
      /* Translators: how many of how many runs, and how they ended. */
      line = g_strdup_printf (C_("summary", "%u of %u: %s\n"), summary->outcomes[i], summary->n_runs,
                              juggler_label_outcome ((JugglerOutcome) i));
      juggler_console_write (console, line);
    }
}

static char *
make_sentence (JugglerSummary *summary)
{
  if (!summary->has_expect)
    return g_strdup_printf (ngettext ("%u run; the experiment does not say what would be right.",
                                      "%u runs; the experiment does not say what would be right.", summary->n_runs),
                            summary->n_runs);
  if (summary->n_right == summary->n_runs)
    return g_strdup_printf (ngettext ("%u run, and it came out right.", "%u runs, and all of them came out right.",
                                      summary->n_runs),
                            summary->n_runs);
  if (summary->n_right == 0)
    return g_strdup_printf (ngettext ("%u run, and it came out wrong.", "%u runs, and none of them came out right.",
                                      summary->n_runs),
                            summary->n_runs);
  /* Translators: how many of how many runs (two or more). */
  return g_strdup_printf (ngettext ("%u of %u run came out right: the same experiment ends now this way, now that.",
                                    "%u of %u runs came out right: the same experiment ends now this way, now that.",
                                    summary->n_runs),
                          summary->n_right, summary->n_runs);
}

static char *
make_stopped_sentence (JugglerSummary *summary,
                       guint           n_wanted)
{
  g_autofree char *verdict = NULL;

  if (summary->n_runs == 0)
    /* Translators: how many runs there were to be (two or more). */
    return g_strdup_printf (ngettext ("Stopped: the %u run had not come to its end.",
                                      "Stopped: none of the %u runs had come to its end.", n_wanted),
                            n_wanted);
  verdict = make_sentence (summary);
  /* Translators: how many runs came to their end, of how many (two or more), and a sentence about them. */
  return g_strdup_printf (ngettext ("Stopped after %u of %u run. %s", "Stopped after %u of %u runs. %s", n_wanted),
                          summary->n_runs, n_wanted, verdict);
}

/* Writes the summary of the runs that came to their end, and where `stopped` that there were to be `n_wanted`; nothing
 * if there is nothing to say. */
void
juggler_summary_tell (JugglerSummary *summary,
                      JugglerConsole *console,
                      guint           n_wanted,
                      gboolean        stopped)
{
  g_autofree char *sentence = NULL;
  g_autofree char *line = NULL;

  if (summary->n_runs == 0 && !stopped)
    return;
  juggler_console_write (console, "\n");
  if (summary->n_runs > 0)
    {
      tell_spreads (summary, console);
      juggler_console_write (console, "\n");
      tell_outcomes (summary, console);
    }
  sentence = stopped ? make_stopped_sentence (summary, n_wanted) : make_sentence (summary);
  line = g_strdup_printf ("%s%s%s\n", juggler_console_get_strong (console), sentence,
                          juggler_console_get_reset (console));
  juggler_console_write (console, line);
}
