/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>

#include <glib/gi18n.h>

#include "juggler-application.h"

/* With the cairo renderer nothing draws through GL, and yet setting it up costs GTK 100 ms and 59 MB at each start. A
 * name that GDK does not know (it was renamed in 4.18) does no harm. */
static void
leave_out_gl (void)
{
  if (g_strcmp0 (g_getenv ("GSK_RENDERER"), "cairo") != 0)
    return;
  if (gtk_check_version (4, 18, 0) == NULL)
    g_setenv ("GDK_DISABLE", "gl,vulkan", FALSE);
  else
    g_setenv ("GDK_DEBUG", "gl-disable", FALSE);
}

/* A window that was built and not installed finds its parts where the build put them, as the engine finds its host:
 * the program is build/src/ui/juggler. */
static char *
find_in_build_tree (const char *relative)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : NULL;
  g_autofree char *path = NULL;

  if (folder == NULL || !g_str_has_suffix (folder, "/src/ui"))
    return NULL;
  path = g_build_filename (folder, "..", "..", relative, NULL);
  return g_file_test (path, G_FILE_TEST_IS_DIR) ? g_steal_pointer (&path) : NULL;
}

static void
look_beside (const char *variable,
             const char *relative)
{
  g_autofree char *path = g_getenv (variable) == NULL ? find_in_build_tree (relative) : NULL;

  if (path != NULL)
    g_setenv (variable, path, FALSE);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (JugglerApplication) application = NULL;
  const char                    *locale_dir;

  look_beside ("JUGGLER_LOCALE_DIR", "po");
  look_beside ("JUGGLER_EXPERIMENTS", "../data/experiments");
  locale_dir = g_getenv ("JUGGLER_LOCALE_DIR");
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_dir != NULL ? locale_dir : JUGGLER_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  leave_out_gl ();

  application = juggler_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
