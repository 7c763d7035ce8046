/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Every widget can be made from its template, shown, and goes away for good. */

#include "config.h"

#include <adwaita.h>

#include "juggler-application.h"
#include "juggler-bench.h"
#include "juggler-chapter-row.h"
#include "juggler-chip.h"
#include "juggler-copy.h"
#include "juggler-equation.h"
#include "juggler-experiment-row.h"
#include "juggler-fault-page.h"
#include "juggler-fold-box.h"
#include "juggler-live-page.h"
#include "juggler-numbers.h"
#include "juggler-output-row.h"
#include "juggler-sidebar.h"
#include "juggler-term.h"
#include "juggler-window.h"
#include "juggler-worker-row.h"

/* A document that uses much of what the window shows. */
static const char document_text[] =
  "{ \"juggler\": 1, \"title\": \"Both\", \"globals\": { \"g\": 0, \"l\": [] },"
  "  \"tasks\": { \"t\": { \"steps\": [ { \"increment\": \"g\" }, { \"append\": \"l\", \"value\": 1 },"
  "                                { \"print\": \"{g}\" } ] } },"
  "  \"workers\": [ { \"target\": \"t\", \"kind\": \"thread\", \"name\": \"a\", \"count\": 12 } ],"
  "  \"expect\": { \"g\": 12 } }";

static JugglerDocument *
new_document (void)
{
  JugglerDocument *document = juggler_document_new_from_text (document_text, -1, "both.juggler");

  g_assert_true (juggler_document_is_valid (document));
  return document;
}

/* Puts a widget into a window, draws it, and takes both away; then the widget must be gone. */
static void
show_and_finalize (GtkWidget *widget)
{
  GtkWidget *window = gtk_window_new ();

  g_object_ref_sink (widget);
  gtk_window_set_child (GTK_WINDOW (window), widget);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (widget);
  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (widget);
}

static void
test_plain_classes (void)
{
  const GType types[] = {
    JUGGLER_TYPE_CHIP,       JUGGLER_TYPE_EQUATION, JUGGLER_TYPE_FAULT_PAGE, JUGGLER_TYPE_FOLD_BOX,
    JUGGLER_TYPE_LIVE_PAGE,  JUGGLER_TYPE_NUMBERS,  JUGGLER_TYPE_OUTPUT_ROW, JUGGLER_TYPE_SIDEBAR,
    JUGGLER_TYPE_TERM,       JUGGLER_TYPE_WORKER_ROW,
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_test_message ("%s", g_type_name (types[i]));
      show_and_finalize (g_object_new (types[i], NULL));
    }
}

static void
test_chip_classes (void)
{
  GtkWidget *chip = g_object_ref_sink (juggler_chip_new ());

  g_assert_true (gtk_widget_has_css_class (chip, "main"));
  g_assert_true (gtk_widget_has_css_class (chip, "process"));
  juggler_chip_set_worker (JUGGLER_CHIP (chip), 2);
  juggler_chip_set_process (JUGGLER_CHIP (chip), FALSE);
  g_assert_true (gtk_widget_has_css_class (chip, "worker-b"));
  g_assert_true (gtk_widget_has_css_class (chip, "thread"));
  g_assert_false (gtk_widget_has_css_class (chip, "main"));
  g_assert_false (gtk_widget_has_css_class (chip, "ring"));
  juggler_chip_set_worker (JUGGLER_CHIP (chip), 6); /* the five colours again, as rings */
  g_assert_true (gtk_widget_has_css_class (chip, "worker-a"));
  g_assert_true (gtk_widget_has_css_class (chip, "ring"));
  juggler_chip_set_worker (JUGGLER_CHIP (chip), 10);
  g_assert_true (gtk_widget_has_css_class (chip, "worker-e"));
  g_assert_finalize_object (chip);
}

static void
test_sidebar (void)
{
  g_autoptr (GError)           error = NULL;
  g_autoptr (JugglerCatalogue) catalogue = juggler_catalogue_new (g_getenv ("JUGGLER_EXPERIMENTS"), &error);
  g_autoptr (JugglerLesson)    opened = NULL;
  GtkWidget                   *sidebar = juggler_sidebar_new ();
  JugglerLesson               *lesson;

  g_assert_no_error (error);
  juggler_sidebar_set_course (JUGGLER_SIDEBAR (sidebar), catalogue);
  g_assert_null (juggler_sidebar_get_selected (JUGGLER_SIDEBAR (sidebar)));
  lesson = juggler_catalogue_find (catalogue, "mutex");
  g_assert_nonnull (lesson);
  juggler_sidebar_set_selected (JUGGLER_SIDEBAR (sidebar), lesson);
  g_assert_true (juggler_sidebar_get_selected (JUGGLER_SIDEBAR (sidebar)) == lesson);
  juggler_sidebar_set_running (JUGGLER_SIDEBAR (sidebar), lesson);
  juggler_sidebar_set_running (JUGGLER_SIDEBAR (sidebar), NULL);
  opened = juggler_lesson_new ("mine", "/nowhere/mine.juggler", "Mine", "");
  juggler_sidebar_add_opened (JUGGLER_SIDEBAR (sidebar), opened);
  juggler_sidebar_set_selected (JUGGLER_SIDEBAR (sidebar), opened);
  g_assert_true (juggler_sidebar_get_selected (JUGGLER_SIDEBAR (sidebar)) == opened);
  show_and_finalize (sidebar);
}

static void
test_live_page (void)
{
  g_autoptr (JugglerDocument) document = new_document ();
  g_autoptr (JugglerRun)      run = juggler_run_new (document);
  GtkWidget                  *page = juggler_live_page_new ();

  g_object_set (page, "description", "What is it?", "run", run, NULL);
  show_and_finalize (page);
}

static void
test_copy (void)
{
  g_autoptr (JugglerDocument) document = new_document ();
  g_autoptr (JugglerRun)      run = juggler_run_new (document);
  g_autoptr (JugglerWorker)   worker = g_list_model_get_item (juggler_run_get_workers (run), 1);
  GtkWidget                  *copy = juggler_copy_new (worker);

  juggler_copy_set_value (JUGGLER_COPY (copy), "[0, 1, 2]", TRUE);
  g_assert_true (juggler_copy_get_worker (JUGGLER_COPY (copy)) == worker);
  show_and_finalize (copy);
}

static void
test_fault_page (void)
{
  g_autoptr (JugglerDocument) document = juggler_document_new_from_text ("{ \"juggler\": 1, \"titel\": \"x\" }", -1,
                                                                         "faulty.juggler");
  GtkWidget                  *page = juggler_fault_page_new ();

  g_assert_false (juggler_document_is_valid (document));
  g_object_set (page, "document", document, NULL);
  show_and_finalize (page);
}

/* The whole window, with a run in it that is over. */
static void
test_window (void)
{
  g_autoptr (GError)             error = NULL;
  g_autoptr (JugglerCatalogue)   catalogue = juggler_catalogue_new (g_getenv ("JUGGLER_EXPERIMENTS"), &error);
  g_autoptr (JugglerApplication) application = juggler_application_new ();
  g_autoptr (GFile)              missing = g_file_new_for_path ("/nowhere/mine.juggler");
  JugglerWindow                 *window;
  JugglerBench                  *bench;
  gpointer                       left;

  g_assert_no_error (error);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, &error));
  window = juggler_window_new (ADW_APPLICATION (application), catalogue);
  left = window;
  g_object_add_weak_pointer (G_OBJECT (window), &left);
  bench = juggler_window_get_bench (window);
  g_assert_cmpstr (juggler_lesson_get_id (juggler_bench_get_experiment (bench)), ==, "lost-updates");
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.run-or-stop", NULL));
  g_assert_true (juggler_bench_get_running (bench));
  while (juggler_bench_get_running (bench))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (juggler_run_get_outcome (juggler_bench_get_run (bench)), ==, JUGGLER_OUTCOME_FINISHED);

  juggler_window_open (window, missing);
  juggler_window_open (window, missing); /* in the place of the first */
  g_assert_false (juggler_bench_get_runnable (juggler_window_get_bench (window)));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.run-or-stop", NULL); /* nothing to run: nothing happens */
  gtk_widget_activate_action (GTK_WIDGET (window), "win.toggle-sidebar", NULL);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  gtk_window_close (GTK_WINDOW (window));
  while (left != NULL)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/widgets/plain-classes", test_plain_classes);
  g_test_add_func ("/ui/widgets/chip-classes", test_chip_classes);
  g_test_add_func ("/ui/widgets/sidebar", test_sidebar);
  g_test_add_func ("/ui/widgets/live-page", test_live_page);
  g_test_add_func ("/ui/widgets/copy", test_copy);
  g_test_add_func ("/ui/widgets/fault-page", test_fault_page);
  g_test_add_func ("/ui/widgets/window", test_window);
  return g_test_run ();
}
