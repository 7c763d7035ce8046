/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Starts GIO as a program does that has one thing to wait for, and ends: what an empty experiment is measured against. */

#include <gio/gio.h>

static gboolean
quit (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

int
main (void)
{
  GMainLoop *loop = g_main_loop_new (NULL, FALSE);
  GFile     *file = g_file_new_for_path ("/");

  g_idle_add (quit, loop);
  g_main_loop_run (loop);
  g_object_unref (file);
  g_main_loop_unref (loop);
  return 0;
}
