/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>

#include "juggler-catalogue.h"

/* A folder with a course of its own: what the real one holds is not this test's business. */
typedef struct
{
  char *folder;
} Fixture;

static void
write_file (Fixture    *fixture,
            const char *name,
            const char *content)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, content, -1, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("juggler-course-XXXXXX", &error);
  g_assert_no_error (error);
  write_file (fixture, "one.juggler", "{\"juggler\": 1, \"title\": \"One\", \"description\": \"The first.\"}");
  write_file (fixture, "two.juggler", "{\"juggler\": 1, \"title\": \"Two\"}");
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  static const char *const names[] = { "one.juggler", "two.juggler", "course.json" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, names[i], NULL);

      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
}

static void
test_read (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JugglerChapter) chapter = NULL;
  g_autofree char  *path = g_build_filename (fixture->folder, "one.juggler", NULL);
  JugglerCatalogue *catalogue;
  JugglerLesson    *lesson;

  write_file (fixture, "course.json",
              "{\"juggler-course\": 1, \"chapters\": ["
              "{\"id\": \"first\", \"title\": \"First steps\", \"experiments\": [\"one\", \"two\"]},"
              "{\"id\": \"last\", \"title\": \"Last steps\", \"experiments\": []}]}");
  catalogue = juggler_catalogue_new (fixture->folder, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (juggler_catalogue_get_folder (catalogue), ==, fixture->folder);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (catalogue)), ==, 2);
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (catalogue)) == JUGGLER_TYPE_CHAPTER);
  chapter = g_list_model_get_item (G_LIST_MODEL (catalogue), 0);
  g_assert_cmpstr (juggler_chapter_get_id (chapter), ==, "first");
  g_assert_cmpstr (juggler_chapter_get_title (chapter), ==, "First steps");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (chapter)), ==, 2);
  lesson = juggler_catalogue_find (catalogue, "one");
  g_assert_cmpstr (juggler_lesson_get_id (lesson), ==, "one");
  g_assert_cmpstr (juggler_lesson_get_title (lesson), ==, "One");
  g_assert_cmpstr (juggler_lesson_get_description (lesson), ==, "The first.");
  g_assert_cmpstr (juggler_lesson_get_path (lesson), ==, path);
  /* gettext would answer the empty text with a file's header. */
  g_assert_cmpstr (juggler_lesson_get_description (juggler_catalogue_find (catalogue, "two")), ==, "");
  g_assert_null (juggler_catalogue_find (catalogue, "three"));
  g_clear_object (&chapter);
  g_assert_finalize_object (catalogue);
}

static void
test_faults (Fixture      *fixture,
             gconstpointer data)
{
  static const struct
  {
    const char *content; /* NULL: no file */
    int         code;
  } cases[] = {
    { NULL, JUGGLER_CATALOGUE_ERROR_READ },
    { "{", JUGGLER_CATALOGUE_ERROR_READ },
    { "", JUGGLER_CATALOGUE_ERROR_FORMAT },
    { "[]", JUGGLER_CATALOGUE_ERROR_FORMAT },
    { "{\"chapters\": {}}", JUGGLER_CATALOGUE_ERROR_FORMAT },
    { "{\"chapters\": [1]}", JUGGLER_CATALOGUE_ERROR_FORMAT },
    { "{\"chapters\": [{\"id\": 1, \"title\": \"T\", \"experiments\": []}]}", JUGGLER_CATALOGUE_ERROR_FORMAT },
    { "{\"chapters\": [{\"id\": \"i\", \"title\": \"T\"}]}", JUGGLER_CATALOGUE_ERROR_FORMAT },
    { "{\"chapters\": [{\"id\": \"i\", \"title\": \"T\", \"experiments\": [1]}]}", JUGGLER_CATALOGUE_ERROR_FORMAT },
    { "{\"chapters\": [{\"id\": \"i\", \"title\": \"T\", \"experiments\": [\"none\"]}]}", JUGGLER_CATALOGUE_ERROR_READ },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      if (cases[i].content != NULL)
        write_file (fixture, "course.json", cases[i].content);
      g_assert_null (juggler_catalogue_new (fixture->folder, &error));
      g_assert_error (error, JUGGLER_CATALOGUE_ERROR, cases[i].code);
    }
}

/* The course that is delivered: each of its experiments is there and has a title. */
static void
test_course (void)
{
  g_autoptr (GError) error = NULL;
  JugglerCatalogue *catalogue = juggler_catalogue_new (NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (catalogue)), >=, 5);
  g_assert_nonnull (juggler_catalogue_find (catalogue, "lost-updates"));
  g_assert_cmpstr (juggler_lesson_get_title (juggler_catalogue_find (catalogue, "lost-updates")), !=, "");
  g_assert_finalize_object (catalogue);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/catalogue/read", Fixture, NULL, set_up, test_read, tear_down);
  g_test_add ("/catalogue/faults", Fixture, NULL, set_up, test_faults, tear_down);
  g_test_add_func ("/catalogue/course", test_course);
  return g_test_run ();
}
