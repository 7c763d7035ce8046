/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which numbers are shown of real runs: an equation, copies, or a time. */

#include "config.h"

#include <adwaita.h>

#include "juggler-numbers.h"

static void
collect_labels (GtkWidget *widget,
                GString   *text)
{
  /* The second page of a number's stack only keeps a width. */
  if (GTK_IS_STACK (widget))
    {
      collect_labels (gtk_stack_get_visible_child (GTK_STACK (widget)), text);
      return;
    }
  if (GTK_IS_LABEL (widget) && gtk_widget_get_visible (widget))
    g_string_append_printf (text, "%s|", gtk_label_get_label (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_labels (child, text);
}

static char *
get_labels (GtkWidget *widget)
{
  GString *text = g_string_new (NULL);

  collect_labels (widget, text);
  return g_string_free (text, FALSE);
}

/* Runs a document with the numbers looking on; gives what they say at the end. */
static char *
run_and_read (const char *body)
{
  g_autofree char            *text = g_strdup_printf ("{ \"juggler\": 1, \"title\": \"t\", %s }", body);
  g_autoptr (JugglerDocument) document = juggler_document_new_from_text (text, -1, "t.juggler");
  g_autoptr (JugglerRun)      run = NULL;
  GtkWidget                  *numbers = g_object_ref_sink (juggler_numbers_new ());
  char                       *labels;

  g_assert_true (juggler_document_is_valid (document));
  run = juggler_run_new (document);
  juggler_numbers_set_run (JUGGLER_NUMBERS (numbers), run);
  g_assert_true (juggler_numbers_get_run (JUGGLER_NUMBERS (numbers)) == run);
  juggler_run_start_async (run, NULL, NULL, NULL);
  while (!juggler_run_is_over (run))
    {
      g_main_context_iteration (NULL, TRUE);
      juggler_numbers_refresh (JUGGLER_NUMBERS (numbers));
    }
  g_assert_cmpint (juggler_run_get_state (run), ==, JUGGLER_RUN_ENDED);
  juggler_numbers_refresh (JUGGLER_NUMBERS (numbers));
  labels = get_labels (numbers);
  g_assert_finalize_object (numbers);
  return labels;
}

static void
test_equation (void)
{
  g_autofree char *labels =
    run_and_read ("\"globals\": { \"g\": 0 }, \"tasks\": { \"t\": { \"steps\": [ { \"atomic_add\": \"g\" } ] } },"
                  "\"workers\": [ { \"target\": \"t\", \"kind\": \"thread\", \"count\": 3 } ],"
                  "\"expect\": { \"g\": 3 }");

  g_assert_cmpstr (labels, ==, "Expected|3|−|Actual|3|=|Nothing lost|0|");
}

/* Where processes have copies of their own, nothing is lost: each has its own value. */
static void
test_copies (void)
{
  g_autofree char *labels =
    run_and_read ("\"globals\": { \"g\": 7, \"l\": [] }, \"tasks\": { \"t\": { \"steps\": [ { \"increment\": \"g\" },"
                  "{ \"repeat\": 3, \"steps\": [ { \"append\": \"l\", \"value\": \"i\" } ] } ] } },"
                  "\"workers\": [ { \"target\": \"t\", \"kind\": \"process\", \"name\": \"p\" } ],"
                  "\"expect\": { \"g\": 8 }");

  g_assert_cmpstr (labels, ==, "g|M|In main|7|A|In p|8|l|M|In main|[]|A|In p|[0, 1, 2]|");
}

static void
test_shared_list (void)
{
  g_autofree char *labels =
    run_and_read ("\"globals\": { \"l\": [] },"
                  "\"tasks\": { \"t\": { \"steps\": [ { \"append\": \"l\", \"value\": 5 } ] } },"
                  "\"workers\": [ { \"target\": \"t\", \"kind\": \"thread\", \"name\": \"p\" } ]");

  g_assert_cmpstr (labels, ==, "l|M|In main|[5]|A|In p|[5]|");
}

static void
test_shared_integer (void)
{
  g_autofree char *labels =
    run_and_read ("\"globals\": { \"g\": 0 }, \"tasks\": { \"t\": { \"steps\": [ { \"set\": \"g\", \"to\": 4 } ] } },"
                  "\"workers\": [ { \"target\": \"t\", \"kind\": \"thread\" } ]");

  g_assert_cmpstr (labels, ==, "g|4|");
}

static void
test_many (void)
{
  g_autofree char *labels =
    run_and_read ("\"globals\": { \"g\": 0 }, \"tasks\": { \"t\": { \"steps\": [] } },"
                  "\"workers\": [ { \"target\": \"t\", \"kind\": \"process\", \"name\": \"t\", \"count\": 20 } ]");

  g_assert_nonnull (strstr (labels, "|In t-7|"));
  g_assert_null (strstr (labels, "|In t-8|"));
  g_assert_nonnull (strstr (labels, "|and in 13 more workers|"));
}

static void
test_time (void)
{
  g_autofree char *labels = run_and_read ("\"tasks\": { \"t\": { \"steps\": [] } },"
                                          "\"workers\": [ { \"target\": \"t\", \"kind\": \"thread\" } ]");

  g_assert_true (g_str_has_prefix (labels, "Took|"));
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/numbers/equation", test_equation);
  g_test_add_func ("/ui/numbers/copies", test_copies);
  g_test_add_func ("/ui/numbers/shared-list", test_shared_list);
  g_test_add_func ("/ui/numbers/shared-integer", test_shared_integer);
  g_test_add_func ("/ui/numbers/many", test_many);
  g_test_add_func ("/ui/numbers/time", test_time);
  return g_test_run ();
}
