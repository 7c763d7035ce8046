/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-fold-box.h"

struct _JugglerFoldBox
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (JugglerFoldBox, juggler_fold_box, GTK_TYPE_WIDGET)

static void
juggler_fold_box_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (juggler_fold_box_parent_class)->dispose (object);
}

static void
juggler_fold_box_class_init (JugglerFoldBoxClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = juggler_fold_box_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), JUGGLER_TYPE_FOLD_LAYOUT);
}

static void
juggler_fold_box_init (JugglerFoldBox *self)
{
}

/**
 * juggler_fold_box_new:
 * @policy: what happens where the children do not fit into one line
 * @spacing: pixels between the children of a line
 * @line_spacing: pixels between lines
 *
 * Makes an empty box. Thread: main.
 *
 * Returns: (transfer floating): the box
 */
GtkWidget *
juggler_fold_box_new (JugglerFoldPolicy policy,
                      int               spacing,
                      int               line_spacing)
{
  GtkWidget *self = g_object_new (JUGGLER_TYPE_FOLD_BOX, NULL);

  g_object_set (gtk_widget_get_layout_manager (self), "policy", policy, "spacing", spacing,
                "line-spacing", line_spacing, NULL);
  return self;
}

/**
 * juggler_fold_box_append:
 * @self: a box
 * @child: (transfer floating): a widget without parent
 *
 * Adds a child behind the others.
 */
void
juggler_fold_box_append (JugglerFoldBox *self,
                         GtkWidget      *child)
{
  g_return_if_fail (JUGGLER_IS_FOLD_BOX (self));
  g_return_if_fail (GTK_IS_WIDGET (child));
  gtk_widget_insert_before (child, GTK_WIDGET (self), NULL);
}
