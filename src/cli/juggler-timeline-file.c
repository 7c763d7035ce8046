/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-timeline-file.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <gio/gunixoutputstream.h>
#include <glib/gi18n-lib.h>

#include "juggler-trace.h"

static char *
describe (const char *path,
          const char *reason)
{
  g_autofree char *label = g_filename_display_name (path);

  /* Translators: a file's name, the system's words. */
  return g_strdup_printf (_("%s cannot be written: %s"), label, reason);
}

/* A minute of running for a file that cannot be written would be a pity: so this asks before. Nothing that is there is
 * changed. Returns: (transfer full) (nullable): what is wrong, or NULL. */
char *
juggler_timeline_file_check (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int              fd;

  if (access (path, F_OK) != 0 && errno == ENOENT)
    return access (folder, W_OK | X_OK) == 0 ? NULL : describe (path, g_strerror (errno));
  fd = open (path, O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  /* ENXIO: a pipe that nobody reads yet; somebody may when there is something to read. */
  if (fd < 0)
    return errno == ENXIO ? NULL : describe (path, g_strerror (errno));
  close (fd);
  return NULL;
}

/* A file without a name in the folder where `path` shall be; -1: the file system has none (open(2), O_TMPFILE). */
static int
open_nameless (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return open (folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
}

/* linkat(2): AT_EMPTY_PATH needs a capability, the way by /proc does not. */
static gboolean
give_name (int         fd,
           const char *path)
{
  g_autofree char *link = g_strdup_printf ("/proc/self/fd/%d", fd);

  return linkat (AT_FDCWD, link, AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0;
}

/* Writes the run's timeline. Returns: (transfer full) (nullable): what went wrong, or NULL. */
char *
juggler_timeline_file_write (const char *path,
                             JugglerRun *run)
{
  g_autoptr (GOutputStream) stream = NULL;
  g_autoptr (GError) error = NULL;
  gboolean nameless = FALSE;
  int      fd = -1;

  if (access (path, F_OK) != 0)
    fd = open_nameless (path);
  nameless = fd >= 0;
  if (fd < 0)
    fd = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY, 0666);
  if (fd < 0)
    return describe (path, g_strerror (errno));
  stream = g_unix_output_stream_new (fd, TRUE);
  if (!juggler_run_write_trace (run, stream, NULL, &error))
    return describe (path, error->message);
  if (nameless && !give_name (fd, path))
    return describe (path, g_strerror (errno));
  if (!g_output_stream_close (stream, NULL, &error))
    return describe (path, error->message);
  return NULL;
}
