/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-writer.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <unistd.h>

#include "juggler-interrupt.h"

/* How long a reader may take, after Ctrl+C, to make room for more. */
#define GRACE_MS 300

/* Waits until there is room. Returns whether there is; FALSE: interrupted, and the reader does not read. poll(2) comes
 * back at a signal even with SA_RESTART (signal(7)); the descriptor is for one that comes just before. */
static gboolean
wait_for_room (int fd)
{
  for (;;)
    {
      gboolean      interrupted = juggler_interrupt_has_come ();
      struct pollfd fds[] = { { .fd = fd, .events = POLLOUT }, { .fd = juggler_interrupt_get_fd (), .events = POLLIN } };
      int           ready = poll (fds, interrupted ? 1 : 2, interrupted ? GRACE_MS : -1);

      if (ready < 0 && errno != EINTR)
        return TRUE; /* write(2) will say what is wrong */
      if (ready > 0 && fds[0].revents != 0)
        return TRUE;
      if (ready == 0)
        return FALSE;
    }
}

/* Writes all of it. Returns 0, the errno of what went wrong, or ECANCELED: a signal came, and nobody reads. A pipe with
 * room takes PIPE_BUF bytes without waiting (pipe(7)); O_NONBLOCK would be set for all who share the open file. */
int
juggler_writer_write (int         fd,
                      const char *text,
                      gsize       length)
{
  while (length > 0)
    {
      gssize written;

      if (!wait_for_room (fd))
        return ECANCELED;
      written = write (fd, text, MIN (length, PIPE_BUF));
      if (written >= 0)
        {
          text += written;
          length -= (gsize) written;
        }
      else if (errno == EPIPE && juggler_interrupt_has_come ())
        return ECANCELED; /* Ctrl+C goes to the reader too */
      else if (errno != EINTR && errno != EAGAIN)
        return errno;
    }
  return 0;
}
