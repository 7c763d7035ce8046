/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-catalogue.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "juggler-document.h"

struct _JugglerCatalogue
{
  GObject parent_instance;

  char      *folder;
  GPtrArray *chapters;
};

static GType
juggler_catalogue_get_item_type (GListModel *model)
{
  return JUGGLER_TYPE_CHAPTER;
}

static guint
juggler_catalogue_get_n_items (GListModel *model)
{
  return JUGGLER_CATALOGUE (model)->chapters->len;
}

static gpointer
juggler_catalogue_get_item (GListModel *model,
                            guint       position)
{
  JugglerCatalogue *self = JUGGLER_CATALOGUE (model);

  return position < self->chapters->len ? g_object_ref (g_ptr_array_index (self->chapters, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = juggler_catalogue_get_item_type;
  iface->get_n_items = juggler_catalogue_get_n_items;
  iface->get_item = juggler_catalogue_get_item;
}

G_DEFINE_QUARK (juggler-catalogue-error-quark, juggler_catalogue_error)
G_DEFINE_FINAL_TYPE_WITH_CODE (JugglerCatalogue, juggler_catalogue, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
juggler_catalogue_finalize (GObject *object)
{
  JugglerCatalogue *self = JUGGLER_CATALOGUE (object);

  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->chapters, g_ptr_array_unref);

  G_OBJECT_CLASS (juggler_catalogue_parent_class)->finalize (object);
}

static void
juggler_catalogue_class_init (JugglerCatalogueClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = juggler_catalogue_finalize;
}

static void
juggler_catalogue_init (JugglerCatalogue *self)
{
  self->chapters = g_ptr_array_new_with_free_func (g_object_unref);
}

/* The member's text, or NULL: json-glib itself warns where a member is missing or of another type. */
static const char *
get_text (JsonObject *object,
          const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

static JsonArray *
get_array (JsonObject *object,
           const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static gboolean
add_lesson (JugglerCatalogue *self,
            JugglerChapter   *chapter,
            const char       *id,
            GError          **error)
{
  g_autofree char *name = g_strconcat (id, ".juggler", NULL);
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (JugglerDocument) document = NULL;
  g_autoptr (JugglerLesson) lesson = NULL;
  g_autoptr (GError) cause = NULL;

  document = juggler_document_load (path, &cause);
  if (document == NULL)
    {
      g_set_error (error, JUGGLER_CATALOGUE_ERROR, JUGGLER_CATALOGUE_ERROR_READ,
                   _("The course’s experiment “%s” cannot be read: %s"), id, cause->message);
      return FALSE;
    }
  lesson = juggler_lesson_new (id, path, juggler_document_get_title (document),
                               juggler_document_get_description (document));
  juggler_chapter_add (chapter, lesson);
  return TRUE;
}

static gboolean
set_format_error (const char *path,
                  GError    **error)
{
  g_set_error (error, JUGGLER_CATALOGUE_ERROR, JUGGLER_CATALOGUE_ERROR_FORMAT,
               _("“%s” is not a list of chapters; the installation is damaged"), path);
  return FALSE;
}

static gboolean
add_chapter (JugglerCatalogue *self,
             JsonNode         *node,
             const char       *path,
             GError          **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonArray  *experiments = object != NULL ? get_array (object, "experiments") : NULL;
  g_autoptr (JugglerChapter) chapter = NULL;

  if (experiments == NULL || get_text (object, "id") == NULL || get_text (object, "title") == NULL)
    return set_format_error (path, error);
  chapter = juggler_chapter_new (get_text (object, "id"), get_text (object, "title"));
  for (guint i = 0; i < json_array_get_length (experiments); i++)
    {
      JsonNode *id = json_array_get_element (experiments, i);

      if (json_node_get_value_type (id) != G_TYPE_STRING)
        return set_format_error (path, error);
      if (!add_lesson (self, chapter, json_node_get_string (id), error))
        return FALSE;
    }
  g_ptr_array_add (self->chapters, g_steal_pointer (&chapter));
  return TRUE;
}

static gboolean
read_chapters (JugglerCatalogue *self,
               GError          **error)
{
  g_autofree char *path = g_build_filename (self->folder, "course.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) cause = NULL;
  JsonNode  *root;
  JsonArray *chapters;

  if (!json_parser_load_from_file (parser, path, &cause))
    {
      g_set_error (error, JUGGLER_CATALOGUE_ERROR, JUGGLER_CATALOGUE_ERROR_READ,
                   _("The course cannot be read from “%s”: %s"), path, cause->message);
      return FALSE;
    }
  root = json_parser_get_root (parser);
  chapters = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? get_array (json_node_get_object (root), "chapters") : NULL;
  if (chapters == NULL)
    return set_format_error (path, error);
  for (guint i = 0; i < json_array_get_length (chapters); i++)
    if (!add_chapter (self, json_array_get_element (chapters, i), path, error))
      return FALSE;
  return TRUE;
}

/**
 * juggler_catalogue_dup_folder:
 *
 * Returns: (transfer full) (type filename): where the course's experiments lie: what `$JUGGLER_EXPERIMENTS` names, or
 *   the folder of the installation
 */
char *
juggler_catalogue_dup_folder (void)
{
  const char *folder = g_getenv ("JUGGLER_EXPERIMENTS");

  if (folder != NULL && folder[0] != '\0')
    return g_strdup (folder);
  return g_build_filename (JUGGLER_DATA_DIR, "experiments", NULL);
}

/**
 * juggler_catalogue_new:
 * @folder: (nullable) (type filename): where to look; %NULL: juggler_catalogue_dup_folder()
 * @error: %JUGGLER_CATALOGUE_ERROR
 *
 * Reads the list of chapters and the title of each experiment; blocks for some milliseconds.
 *
 * Returns: (transfer full) (nullable): the course
 */
JugglerCatalogue *
juggler_catalogue_new (const char *folder,
                       GError    **error)
{
  g_autoptr (JugglerCatalogue) self = g_object_new (JUGGLER_TYPE_CATALOGUE, NULL);

  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  self->folder = folder != NULL ? g_strdup (folder) : juggler_catalogue_dup_folder ();
  return read_chapters (self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * juggler_catalogue_get_folder:
 *
 * Returns: (type filename): where the experiments lie
 */
const char *
juggler_catalogue_get_folder (JugglerCatalogue *self)
{
  g_return_val_if_fail (JUGGLER_IS_CATALOGUE (self), NULL);

  return self->folder;
}

/**
 * juggler_catalogue_find:
 * @id: an experiment's id (`lost-updates`)
 *
 * Returns: (transfer none) (nullable): the experiment
 */
JugglerLesson *
juggler_catalogue_find (JugglerCatalogue *self,
                        const char       *id)
{
  g_return_val_if_fail (JUGGLER_IS_CATALOGUE (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < self->chapters->len; i++)
    {
      GListModel *chapter = g_ptr_array_index (self->chapters, i);

      for (guint j = 0; j < g_list_model_get_n_items (chapter); j++)
        {
          /* The chapter keeps it, so the reference may go at once. */
          g_autoptr (JugglerLesson) lesson = g_list_model_get_item (chapter, j);

          if (strcmp (juggler_lesson_get_id (lesson), id) == 0)
            return lesson;
        }
    }
  return NULL;
}
