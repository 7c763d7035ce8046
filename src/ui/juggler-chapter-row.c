/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-chapter-row.h"

#include <glib/gi18n.h>

struct _JugglerChapterRow
{
  GtkListBoxRow parent_instance;

  JugglerChapter *chapter;
  guint           number;
  gboolean        expanded;
};

enum
{
  PROP_0,
  PROP_CHAPTER,
  PROP_NUMBER,
  PROP_EXPANDED,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (JugglerChapterRow, juggler_chapter_row, GTK_TYPE_LIST_BOX_ROW)

static GParamSpec *properties[N_PROPS];

static char *
title_text (JugglerChapterRow *self,
            guint              number,
            const char        *title)
{
  /* Translators: a chapter's number and title, with an en space between: "4 Shared data". */
  return g_strdup_printf (C_("chapter", "%u\342\200\202%s"), number, title);
}

static char *
arrow_icon (JugglerChapterRow *self,
            gboolean           expanded)
{
  return g_strdup (expanded ? "pan-down-symbolic" : "pan-end-symbolic");
}

static void
juggler_chapter_row_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  JugglerChapterRow *self = JUGGLER_CHAPTER_ROW (object);

  switch (prop_id)
    {
    case PROP_CHAPTER:
      g_value_set_object (value, self->chapter);
      break;
    case PROP_NUMBER:
      g_value_set_uint (value, self->number);
      break;
    case PROP_EXPANDED:
      g_value_set_boolean (value, self->expanded);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
juggler_chapter_row_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  JugglerChapterRow *self = JUGGLER_CHAPTER_ROW (object);

  switch (prop_id)
    {
    case PROP_CHAPTER:
      self->chapter = g_value_dup_object (value);
      break;
    case PROP_NUMBER:
      self->number = g_value_get_uint (value);
      break;
    case PROP_EXPANDED:
      juggler_chapter_row_set_expanded (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
juggler_chapter_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), JUGGLER_TYPE_CHAPTER_ROW);
  g_clear_object (&JUGGLER_CHAPTER_ROW (object)->chapter);
  G_OBJECT_CLASS (juggler_chapter_row_parent_class)->dispose (object);
}

static void
juggler_chapter_row_class_init (JugglerChapterRowClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags construct = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = juggler_chapter_row_dispose;
  object_class->get_property = juggler_chapter_row_get_property;
  object_class->set_property = juggler_chapter_row_set_property;

  properties[PROP_CHAPTER] = g_param_spec_object ("chapter", NULL, NULL, JUGGLER_TYPE_CHAPTER, construct);
  properties[PROP_NUMBER] = g_param_spec_uint ("number", NULL, NULL, 0, G_MAXUINT, 0, construct);
  properties[PROP_EXPANDED] = g_param_spec_boolean ("expanded", NULL, NULL, FALSE,
                                                    G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                                      G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/app/juggler/Juggler/juggler-chapter-row.ui");
  gtk_widget_class_bind_template_callback (widget_class, title_text);
  gtk_widget_class_bind_template_callback (widget_class, arrow_icon);
}

static void
juggler_chapter_row_init (JugglerChapterRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED, FALSE, -1);
}

/**
 * juggler_chapter_row_new:
 * @chapter: a chapter
 * @number: its number, from 1
 *
 * Makes the head of a closed chapter. Thread: main.
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
juggler_chapter_row_new (JugglerChapter *chapter,
                         guint           number)
{
  return g_object_new (JUGGLER_TYPE_CHAPTER_ROW, "chapter", chapter, "number", number, NULL);
}

/**
 * juggler_chapter_row_get_expanded:
 * @self: a row
 *
 * Gets whether the chapter's experiments are to be seen.
 *
 * Returns: whether they are
 */
gboolean
juggler_chapter_row_get_expanded (JugglerChapterRow *self)
{
  g_return_val_if_fail (JUGGLER_IS_CHAPTER_ROW (self), FALSE);
  return self->expanded;
}

/**
 * juggler_chapter_row_set_expanded:
 * @self: a row
 * @expanded: whether the chapter's experiments are to be seen
 *
 * Opens or closes the chapter.
 */
void
juggler_chapter_row_set_expanded (JugglerChapterRow *self,
                                  gboolean           expanded)
{
  g_return_if_fail (JUGGLER_IS_CHAPTER_ROW (self));
  if (self->expanded == !!expanded)
    return;
  self->expanded = !!expanded;
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED, self->expanded, -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EXPANDED]);
}
