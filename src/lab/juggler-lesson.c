/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-lesson.h"

#include <glib/gi18n-lib.h>

struct _JugglerLesson
{
  GObject parent_instance;

  char *id;
  char *path;
  char *title;       /* in English, as in the document */
  char *description; /* likewise */
};

enum
{
  PROP_0,
  PROP_ID,
  PROP_PATH,
  PROP_TITLE,
  PROP_DESCRIPTION,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (JugglerLesson, juggler_lesson, G_TYPE_OBJECT)

/* gettext answers the empty text with the header of its file. */
static const char *
translate (const char *text)
{
  return text[0] != '\0' ? g_dpgettext2 (GETTEXT_PACKAGE, "experiment", text) : "";
}

static void
juggler_lesson_finalize (GObject *object)
{
  JugglerLesson *self = JUGGLER_LESSON (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->description, g_free);

  G_OBJECT_CLASS (juggler_lesson_parent_class)->finalize (object);
}

static void
juggler_lesson_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  JugglerLesson *self = JUGGLER_LESSON (object);

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_PATH:
      g_value_set_string (value, self->path);
      break;
    case PROP_TITLE:
      g_value_set_string (value, juggler_lesson_get_title (self));
      break;
    case PROP_DESCRIPTION:
      g_value_set_string (value, juggler_lesson_get_description (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
juggler_lesson_class_init (JugglerLessonClass *klass)
{
  GObjectClass    *object_class = G_OBJECT_CLASS (klass);
  static const struct
  {
    guint       id;
    const char *name;
  } names[] = {
    { PROP_ID, "id" }, { PROP_PATH, "path" }, { PROP_TITLE, "title" }, { PROP_DESCRIPTION, "description" },
  };

  object_class->finalize = juggler_lesson_finalize;
  object_class->get_property = juggler_lesson_get_property;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    properties[names[i].id] = g_param_spec_string (names[i].name, NULL, NULL, NULL,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
juggler_lesson_init (JugglerLesson *self)
{
}

/**
 * juggler_lesson_new:
 * @id: the file's name without `.juggler`
 * @path: (type filename): the document
 * @title: in English, as in the document
 * @description: in English, as in the document
 *
 * Returns: (transfer full): a new lesson
 */
JugglerLesson *
juggler_lesson_new (const char *id,
                        const char *path,
                        const char *title,
                        const char *description)
{
  JugglerLesson *self;

  g_return_val_if_fail (id != NULL && path != NULL && title != NULL && description != NULL, NULL);

  self = g_object_new (JUGGLER_TYPE_LESSON, NULL);
  self->id = g_strdup (id);
  self->path = g_strdup (path);
  self->title = g_strdup (title);
  self->description = g_strdup (description);
  return self;
}

/**
 * juggler_lesson_get_id:
 *
 * Returns: the name by which the course calls it, never translated
 */
const char *
juggler_lesson_get_id (JugglerLesson *self)
{
  g_return_val_if_fail (JUGGLER_IS_LESSON (self), NULL);

  return self->id;
}

/**
 * juggler_lesson_get_path:
 *
 * Returns: (type filename): where its document lies
 */
const char *
juggler_lesson_get_path (JugglerLesson *self)
{
  g_return_val_if_fail (JUGGLER_IS_LESSON (self), NULL);

  return self->path;
}

/**
 * juggler_lesson_get_title:
 *
 * Returns: the title in the language of the moment
 */
const char *
juggler_lesson_get_title (JugglerLesson *self)
{
  g_return_val_if_fail (JUGGLER_IS_LESSON (self), NULL);

  return translate (self->title);
}

/**
 * juggler_lesson_get_description:
 *
 * Returns: the description in the language of the moment
 */
const char *
juggler_lesson_get_description (JugglerLesson *self)
{
  g_return_val_if_fail (JUGGLER_IS_LESSON (self), NULL);

  return translate (self->description);
}
