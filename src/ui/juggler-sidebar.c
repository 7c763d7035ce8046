/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-sidebar.h"

#include <glib/gi18n.h>

#include "juggler-chapter-row.h"
#include "juggler-experiment-row.h"

struct _JugglerSidebar
{
  GtkWidget parent_instance;

  JugglerLesson *selected;
  JugglerLesson *running;

  /* Template widgets */
  GtkListBox *list;
  GtkWidget  *opened_heading; /* above the files that were opened; not to be seen before the first */
};

enum
{
  PROP_0,
  PROP_SELECTED,
  PROP_RUNNING,
  N_PROPS,
};

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (JugglerSidebar, juggler_sidebar, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

/* The head of the chapter that a row belongs to; NULL for an opened file. */
static JugglerChapterRow *
find_chapter_row (GtkListBoxRow *row)
{
  GtkWidget *widget = GTK_WIDGET (row);

  while ((widget = gtk_widget_get_prev_sibling (widget)) != NULL)
    {
      if (JUGGLER_IS_CHAPTER_ROW (widget))
        return JUGGLER_CHAPTER_ROW (widget);
      if (!JUGGLER_IS_EXPERIMENT_ROW (widget))
        return NULL;
    }
  return NULL;
}

static gboolean
filter_cb (GtkListBoxRow *row,
           gpointer       data)
{
  JugglerChapterRow *chapter;

  if (!JUGGLER_IS_EXPERIMENT_ROW (row))
    return TRUE;
  chapter = find_chapter_row (row);
  return chapter == NULL || juggler_chapter_row_get_expanded (chapter);
}

static GtkListBoxRow *
find_row (JugglerSidebar *self,
          JugglerLesson  *experiment)
{
  GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list));

  for (; row != NULL; row = gtk_widget_get_next_sibling (row))
    if (JUGGLER_IS_EXPERIMENT_ROW (row) &&
        juggler_experiment_row_get_experiment (JUGGLER_EXPERIMENT_ROW (row)) == experiment)
      return GTK_LIST_BOX_ROW (row);
  return NULL;
}

static void
row_selected_cb (JugglerSidebar *self,
                 GtkListBoxRow  *row)
{
  JugglerLesson     *experiment = NULL;
  JugglerChapterRow *chapter;

  if (row != NULL && JUGGLER_IS_EXPERIMENT_ROW (row))
    {
      experiment = juggler_experiment_row_get_experiment (JUGGLER_EXPERIMENT_ROW (row));
      chapter = find_chapter_row (row);
      if (chapter != NULL)
        juggler_chapter_row_set_expanded (chapter, TRUE);
    }
  if (g_set_object (&self->selected, experiment))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

static void
row_activated_cb (JugglerSidebar *self,
                  GtkListBoxRow  *row)
{
  if (JUGGLER_IS_CHAPTER_ROW (row))
    {
      JugglerChapterRow *chapter = JUGGLER_CHAPTER_ROW (row);

      juggler_chapter_row_set_expanded (chapter, !juggler_chapter_row_get_expanded (chapter));
    }
  else if (JUGGLER_IS_EXPERIMENT_ROW (row))
    g_signal_emit (self, signals[SIGNAL_CHOSEN], 0);
}

static void
juggler_sidebar_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  JugglerSidebar *self = JUGGLER_SIDEBAR (object);

  switch (prop_id)
    {
    case PROP_SELECTED:
      g_value_set_object (value, self->selected);
      break;
    case PROP_RUNNING:
      g_value_set_object (value, self->running);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
juggler_sidebar_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  JugglerSidebar *self = JUGGLER_SIDEBAR (object);

  switch (prop_id)
    {
    case PROP_SELECTED:
      juggler_sidebar_set_selected (self, g_value_get_object (value));
      break;
    case PROP_RUNNING:
      juggler_sidebar_set_running (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
juggler_sidebar_dispose (GObject *object)
{
  JugglerSidebar *self = JUGGLER_SIDEBAR (object);
  GtkWidget      *child;

  gtk_widget_dispose_template (GTK_WIDGET (object), JUGGLER_TYPE_SIDEBAR);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->selected);
  g_clear_object (&self->running);
  G_OBJECT_CLASS (juggler_sidebar_parent_class)->dispose (object);
}

static void
juggler_sidebar_class_init (JugglerSidebarClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = juggler_sidebar_dispose;
  object_class->get_property = juggler_sidebar_get_property;
  object_class->set_property = juggler_sidebar_set_property;

  properties[PROP_SELECTED] = g_param_spec_object ("selected", NULL, NULL, JUGGLER_TYPE_LESSON, flags);
  properties[PROP_RUNNING] = g_param_spec_object ("running", NULL, NULL, JUGGLER_TYPE_LESSON, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", JUGGLER_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/app/juggler/Juggler/juggler-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, JugglerSidebar, list);
  gtk_widget_class_bind_template_child (widget_class, JugglerSidebar, opened_heading);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
juggler_sidebar_init (JugglerSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_filter_func (self->list, filter_cb, NULL, NULL);
}

/**
 * juggler_sidebar_new:
 *
 * Makes a sidebar without experiments. Thread: main.
 *
 * Returns: (transfer floating): the sidebar
 */
GtkWidget *
juggler_sidebar_new (void)
{
  return g_object_new (JUGGLER_TYPE_SIDEBAR, NULL);
}

/**
 * juggler_sidebar_set_course:
 * @self: a sidebar without a course
 * @catalogue: the course
 *
 * Lists the course's chapters, all of them closed.
 */
void
juggler_sidebar_set_course (JugglerSidebar   *self,
                            JugglerCatalogue *catalogue)
{
  int position = 0;

  g_return_if_fail (JUGGLER_IS_SIDEBAR (self));
  g_return_if_fail (JUGGLER_IS_CATALOGUE (catalogue));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (catalogue)); i++)
    {
      g_autoptr (JugglerChapter) chapter = g_list_model_get_item (G_LIST_MODEL (catalogue), i);
      GtkWidget                 *head = juggler_chapter_row_new (chapter, i + 1);

      g_signal_connect_object (head, "notify::expanded", G_CALLBACK (gtk_list_box_invalidate_filter), self->list,
                               G_CONNECT_SWAPPED);
      gtk_list_box_insert (self->list, head, position++);
      for (guint j = 0; j < g_list_model_get_n_items (G_LIST_MODEL (chapter)); j++)
        {
          g_autoptr (JugglerLesson) experiment = g_list_model_get_item (G_LIST_MODEL (chapter), j);

          gtk_list_box_insert (self->list, juggler_experiment_row_new (experiment), position++);
        }
    }
}

/* A file that is opened again is another one: it has changed, or why should anybody do it. */
static void
remove_opened (JugglerSidebar *self,
               const char     *path)
{
  GtkWidget *row = gtk_widget_get_next_sibling (self->opened_heading);

  while (row != NULL)
    {
      GtkWidget     *next = gtk_widget_get_next_sibling (row);
      JugglerLesson *lesson = juggler_experiment_row_get_experiment (JUGGLER_EXPERIMENT_ROW (row));

      if (g_strcmp0 (juggler_lesson_get_path (lesson), path) == 0 && lesson != self->running)
        gtk_list_box_remove (self->list, row);
      row = next;
    }
}

/**
 * juggler_sidebar_add_opened:
 * @self: a sidebar
 * @experiment: a file that was opened
 *
 * Lists a file below the course, in the place of what it was when it was opened before.
 */
void
juggler_sidebar_add_opened (JugglerSidebar *self,
                            JugglerLesson  *experiment)
{
  g_return_if_fail (JUGGLER_IS_SIDEBAR (self));
  g_return_if_fail (JUGGLER_IS_LESSON (experiment));

  remove_opened (self, juggler_lesson_get_path (experiment));
  gtk_widget_set_visible (self->opened_heading, TRUE);
  gtk_list_box_append (self->list, juggler_experiment_row_new (experiment));
}

/**
 * juggler_sidebar_get_selected:
 * @self: a sidebar
 *
 * Gets what is selected.
 *
 * Returns: (transfer none) (nullable): the experiment
 */
JugglerLesson *
juggler_sidebar_get_selected (JugglerSidebar *self)
{
  g_return_val_if_fail (JUGGLER_IS_SIDEBAR (self), NULL);
  return self->selected;
}

/**
 * juggler_sidebar_set_selected:
 * @self: a sidebar
 * @experiment: (nullable): one that is listed
 *
 * Selects an experiment and opens its chapter.
 */
void
juggler_sidebar_set_selected (JugglerSidebar *self,
                              JugglerLesson  *experiment)
{
  g_return_if_fail (JUGGLER_IS_SIDEBAR (self));
  gtk_list_box_select_row (self->list, experiment != NULL ? find_row (self, experiment) : NULL);
}

/**
 * juggler_sidebar_focus_selected:
 * @self: a sidebar in a window
 *
 * Gives the selected experiment the keyboard, so that the arrow keys go on from there.
 */
void
juggler_sidebar_focus_selected (JugglerSidebar *self)
{
  GtkListBoxRow *row;

  g_return_if_fail (JUGGLER_IS_SIDEBAR (self));
  row = gtk_list_box_get_selected_row (self->list);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

/**
 * juggler_sidebar_set_running:
 * @self: a sidebar
 * @experiment: (nullable): one that is listed
 *
 * Marks the experiment that runs now, and no other.
 */
void
juggler_sidebar_set_running (JugglerSidebar *self,
                             JugglerLesson  *experiment)
{
  GtkWidget *row;

  g_return_if_fail (JUGGLER_IS_SIDEBAR (self));
  if (!g_set_object (&self->running, experiment))
    return;
  for (row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL; row = gtk_widget_get_next_sibling (row))
    if (JUGGLER_IS_EXPERIMENT_ROW (row))
      g_object_set (row, "running",
                    juggler_experiment_row_get_experiment (JUGGLER_EXPERIMENT_ROW (row)) == experiment, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
}
