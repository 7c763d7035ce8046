/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the big numbers say in each phase, in words, digits and class. */

#include "config.h"

#include <adwaita.h>

#include "juggler-equation.h"
#include "juggler-term.h"

#define THIN "\342\200\211"

/* The nth JugglerTerm below a widget. */
static GtkWidget *
find_term (GtkWidget *widget,
           guint     *n)
{
  if (JUGGLER_IS_TERM (widget) && (*n)-- == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *term = find_term (child, n);

      if (term != NULL)
        return term;
    }
  return NULL;
}

static void
assert_term (GtkWidget  *equation,
             guint       n,
             const char *caption,
             const char *number,
             const char *css_class)
{
  static const char *const classes[] = { "lost", "right", "strong" };
  GtkWidget               *term = find_term (equation, &n);
  g_autofree char         *actual_caption = NULL;
  g_autofree char         *actual_number = NULL;

  g_assert_nonnull (term);
  g_object_get (term, "caption", &actual_caption, "number", &actual_number, NULL);
  g_assert_cmpstr (actual_caption, ==, caption);
  g_assert_cmpstr (actual_number, ==, number);
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    g_assert_cmpint (gtk_widget_has_css_class (term, classes[i]), ==, g_strcmp0 (classes[i], css_class) == 0);
}

static GtkWidget *
new_equation (const JugglerEquationValues *values)
{
  GtkWidget *equation = g_object_ref_sink (juggler_equation_new (NULL));

  juggler_equation_show (JUGGLER_EQUATION (equation), values);
  return equation;
}

static void
test_idle (void)
{
  GtkWidget *equation = new_equation (&(JugglerEquationValues) { JUGGLER_EQUATION_IDLE, 100000000, 0, FALSE, 0 });

  assert_term (equation, 0, "Expected", "100" THIN "000" THIN "000", NULL);
  assert_term (equation, 1, "Actual", "?", NULL);
  assert_term (equation, 2, "Lost", "?", NULL);
  g_assert_finalize_object (equation);
}

static void
test_running (void)
{
  GtkWidget *equation =
    new_equation (&(JugglerEquationValues) { JUGGLER_EQUATION_RUNNING, 2000000, 600000, TRUE, 1000000 });

  assert_term (equation, 0, "Expected by now", "1" THIN "000" THIN "000", NULL);
  assert_term (equation, 1, "Actual", "600" THIN "000", NULL);
  assert_term (equation, 2, "Lost so far, 40" THIN "%", "400" THIN "000", "lost");

  /* The value was published a moment after the count of the increments: nothing is lost yet. */
  juggler_equation_show (JUGGLER_EQUATION (equation),
                         &(JugglerEquationValues) { JUGGLER_EQUATION_RUNNING, 2000000, 1000001, TRUE, 1000000 });
  assert_term (equation, 2, "Lost so far", "0", NULL);

  juggler_equation_show (JUGGLER_EQUATION (equation),
                         &(JugglerEquationValues) { JUGGLER_EQUATION_RUNNING, 2000000, 600000, FALSE, 0 });
  assert_term (equation, 0, "Expected", "2" THIN "000" THIN "000", NULL);
  assert_term (equation, 1, "Actual so far", "600" THIN "000", NULL);
  assert_term (equation, 2, "Still to come", "1" THIN "400" THIN "000", NULL);
  g_assert_finalize_object (equation);
}

static void
test_finished (void)
{
  GtkWidget *equation =
    new_equation (&(JugglerEquationValues) { JUGGLER_EQUATION_FINISHED, 2000000, 1137402, FALSE, 0 });

  assert_term (equation, 1, "Actual", "1" THIN "137" THIN "402", NULL);
  assert_term (equation, 2, "Lost, 43" THIN "%", "862" THIN "598", "lost");
  juggler_equation_show (JUGGLER_EQUATION (equation),
                         &(JugglerEquationValues) { JUGGLER_EQUATION_FINISHED, 2000000, 2000000, FALSE, 0 });
  assert_term (equation, 2, "Nothing lost", "0", "right");
  juggler_equation_show (JUGGLER_EQUATION (equation),
                         &(JugglerEquationValues) { JUGGLER_EQUATION_FINISHED, 10, 13, FALSE, 0 });
  assert_term (equation, 2, "Too many", "3", "lost");
  juggler_equation_show (JUGGLER_EQUATION (equation),
                         &(JugglerEquationValues) { JUGGLER_EQUATION_FINISHED, G_MAXINT64, G_MININT64, FALSE, 0 });
  assert_term (equation, 2, "Lost",
               "18" THIN "446" THIN "744" THIN "073" THIN "709" THIN "551" THIN "615", "lost");
  g_assert_finalize_object (equation);
}

/* What a run that was cut short has not counted is not lost, and so never crimson. */
static void
test_cut_short (void)
{
  GtkWidget *equation = new_equation (&(JugglerEquationValues) { JUGGLER_EQUATION_CUT_SHORT, 100, 60, TRUE, 61 });

  assert_term (equation, 0, "Expected", "100", NULL);
  assert_term (equation, 2, "Not counted, 40" THIN "%", "40", "strong");
  g_assert_finalize_object (equation);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/equation/idle", test_idle);
  g_test_add_func ("/ui/equation/running", test_running);
  g_test_add_func ("/ui/equation/finished", test_finished);
  g_test_add_func ("/ui/equation/cut-short", test_cut_short);
  return g_test_run ();
}
