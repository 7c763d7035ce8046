/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs every file of some folders through a fuzz target: what is left of fuzzing without its engine. TAP. */

#include <stdint.h>

#include <glib.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
main (int    argc,
      char **argv)
{
  guint n_files = 0;

  for (int i = 1; i < argc; i++)
    {
      g_autoptr (GDir) folder = g_dir_open (argv[i], 0, NULL);
      const char      *name;

      while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
        {
          g_autofree char *path = g_build_filename (argv[i], name, NULL);
          g_autofree char *text = NULL;
          gsize            length;

          if (!g_file_get_contents (path, &text, &length, NULL))
            continue;
          LLVMFuzzerTestOneInput ((const uint8_t *) text, length);
          g_print ("ok %u %s\n", ++n_files, name);
        }
    }
  if (n_files == 0)
    g_print ("not ok 1 no files found\n");
  g_print ("1..%u\n", MAX (n_files, 1));
  return n_files == 0;
}
