/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-chapter.h"

#include <glib/gi18n-lib.h>

struct _JugglerChapter
{
  GObject parent_instance;

  char      *id;
  char      *title; /* in English */
  GPtrArray *lessons;
};

enum
{
  PROP_0,
  PROP_ID,
  PROP_TITLE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static GType
juggler_chapter_get_item_type (GListModel *model)
{
  return JUGGLER_TYPE_LESSON;
}

static guint
juggler_chapter_get_n_items (GListModel *model)
{
  return JUGGLER_CHAPTER (model)->lessons->len;
}

static gpointer
juggler_chapter_get_item (GListModel *model,
                          guint       position)
{
  JugglerChapter *self = JUGGLER_CHAPTER (model);

  return position < self->lessons->len ? g_object_ref (g_ptr_array_index (self->lessons, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = juggler_chapter_get_item_type;
  iface->get_n_items = juggler_chapter_get_n_items;
  iface->get_item = juggler_chapter_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (JugglerChapter, juggler_chapter, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
juggler_chapter_finalize (GObject *object)
{
  JugglerChapter *self = JUGGLER_CHAPTER (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->lessons, g_ptr_array_unref);

  G_OBJECT_CLASS (juggler_chapter_parent_class)->finalize (object);
}

static void
juggler_chapter_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  JugglerChapter *self = JUGGLER_CHAPTER (object);

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_TITLE:
      g_value_set_string (value, juggler_chapter_get_title (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
juggler_chapter_class_init (JugglerChapterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = juggler_chapter_finalize;
  object_class->get_property = juggler_chapter_get_property;

  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
juggler_chapter_init (JugglerChapter *self)
{
  self->lessons = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * juggler_chapter_new:
 * @id: what the course calls it
 * @title: in English
 *
 * Returns: (transfer full): a new chapter without lessons
 */
JugglerChapter *
juggler_chapter_new (const char *id,
                     const char *title)
{
  JugglerChapter *self;

  g_return_val_if_fail (id != NULL && title != NULL, NULL);

  self = g_object_new (JUGGLER_TYPE_CHAPTER, NULL);
  self->id = g_strdup (id);
  self->title = g_strdup (title);
  return self;
}

/**
 * juggler_chapter_add:
 * @lesson: a lesson
 *
 * Adds a lesson at the end.
 */
void
juggler_chapter_add (JugglerChapter *self,
                     JugglerLesson  *lesson)
{
  g_return_if_fail (JUGGLER_IS_CHAPTER (self));
  g_return_if_fail (JUGGLER_IS_LESSON (lesson));

  g_ptr_array_add (self->lessons, g_object_ref (lesson));
  g_list_model_items_changed (G_LIST_MODEL (self), self->lessons->len - 1, 0, 1);
}

/**
 * juggler_chapter_get_id:
 *
 * Returns: what the course calls it, never translated
 */
const char *
juggler_chapter_get_id (JugglerChapter *self)
{
  g_return_val_if_fail (JUGGLER_IS_CHAPTER (self), NULL);

  return self->id;
}

/**
 * juggler_chapter_get_title:
 *
 * Returns: the title in the language of the moment
 */
const char *
juggler_chapter_get_title (JugglerChapter *self)
{
  g_return_val_if_fail (JUGGLER_IS_CHAPTER (self), NULL);

  return self->title[0] != '\0' ? g_dpgettext2 (GETTEXT_PACKAGE, "chapter", self->title) : "";
}
