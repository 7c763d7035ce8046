/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a JugglerFoldLayout puts three children of 100 x 10 in widths that are and are not enough for all of them. */

#include "config.h"

#include <adwaita.h>

#include "juggler-fold-box.h"

#define SPACING 10
#define LINE_SPACING 4

static GtkWidget *
new_box (JugglerFoldPolicy policy)
{
  GtkWidget *box = g_object_ref_sink (juggler_fold_box_new (policy, SPACING, LINE_SPACING));

  for (int i = 0; i < 3; i++)
    {
      GtkWidget *child = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

      gtk_widget_set_size_request (child, 100, 10);
      juggler_fold_box_append (JUGGLER_FOLD_BOX (box), child);
    }
  return box;
}

static int
height_for (GtkWidget *box,
            int        width)
{
  int minimum, natural;

  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, width, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, natural);
  return natural;
}

static void
assert_place (GtkWidget *box,
              int        child,
              int        x,
              int        y,
              int        width)
{
  GtkWidget      *widget = gtk_widget_get_first_child (box);
  graphene_rect_t bounds;

  for (int i = 0; i < child; i++)
    widget = gtk_widget_get_next_sibling (widget);
  g_assert_true (gtk_widget_compute_bounds (widget, box, &bounds));
  g_assert_cmpint ((int) bounds.origin.x, ==, x);
  g_assert_cmpint ((int) bounds.origin.y, ==, y);
  g_assert_cmpint ((int) bounds.size.width, ==, width);
}

/* A widget without a root is allocated all the same. */
static void
allocate (GtkWidget *box,
          int        width)
{
  gtk_widget_allocate (box, width, height_for (box, width), -1, NULL);
}

static void
test_wrap (void)
{
  GtkWidget *box = new_box (JUGGLER_FOLD_WRAP);
  int        minimum, natural;

  gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, 100);
  g_assert_cmpint (natural, ==, 320);
  g_assert_cmpint (height_for (box, 320), ==, 10);
  g_assert_cmpint (height_for (box, 319), ==, 24);
  g_assert_cmpint (height_for (box, 209), ==, 38);
  allocate (box, 319);
  assert_place (box, 1, 110, 0, 100);
  assert_place (box, 2, 0, 14, 100);
  g_assert_finalize_object (box);
}

static void
test_stack (void)
{
  GtkWidget *box = new_box (JUGGLER_FOLD_STACK);
  GtkWidget *middle = gtk_widget_get_next_sibling (gtk_widget_get_first_child (box));

  gtk_widget_add_css_class (middle, JUGGLER_FOLD_OPTIONAL);
  allocate (box, 320);
  assert_place (box, 2, 220, 0, 100);
  g_assert_true (gtk_widget_get_child_visible (middle));
  allocate (box, 319); /* all or nothing, and without the sign between them */
  assert_place (box, 0, 0, 0, 319);
  assert_place (box, 2, 0, 14, 319);
  g_assert_false (gtk_widget_get_child_visible (middle));
  g_assert_cmpint (height_for (box, 319), ==, 24);
  g_assert_finalize_object (box);
}

static void
test_drop (void)
{
  GtkWidget *box = new_box (JUGGLER_FOLD_DROP);
  GtkWidget *first = gtk_widget_get_first_child (box);
  GtkWidget *middle = gtk_widget_get_next_sibling (first);
  int        minimum, natural;

  gtk_widget_add_css_class (middle, JUGGLER_FOLD_OPTIONAL);
  gtk_widget_set_hexpand (gtk_widget_get_last_child (box), TRUE);
  gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, 210);
  g_assert_cmpint (natural, ==, 320);
  g_assert_cmpint (height_for (box, 210), ==, 10);
  allocate (box, 400);
  assert_place (box, 1, 110, 0, 100);
  assert_place (box, 2, 220, 0, 180);
  allocate (box, 319);
  g_assert_false (gtk_widget_get_child_visible (middle));
  assert_place (box, 2, 110, 0, 209);
  allocate (box, 320); /* and back */
  g_assert_true (gtk_widget_get_child_visible (middle));
  assert_place (box, 2, 220, 0, 100);
  g_assert_finalize_object (box);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/fold-layout/wrap", test_wrap);
  g_test_add_func ("/ui/fold-layout/stack", test_stack);
  g_test_add_func ("/ui/fold-layout/drop", test_drop);
  return g_test_run ();
}
