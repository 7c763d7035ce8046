/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-interrupt.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>

static const int watched[] = { SIGINT, SIGTERM, SIGHUP };

/* One a process, as signals are. */
static struct
{
  int                  fd;
  guint                source;
  JugglerInterruptFunc func;
  gpointer             data;
  const char          *last_words;
  int                  status;
  struct sigaction     before[G_N_ELEMENTS (watched)];
} interrupt = { .fd = -1 };

static volatile sig_atomic_t n_signals;

/* write(2) and _exit(2) are safe in a signal handler, and errno is that of what was interrupted. */
static void
handle_signal (int signal_number)
{
  int      saved = errno;
  uint64_t one = 1;

  n_signals++;
  if (n_signals > 1)
    {
      if (write (STDERR_FILENO, interrupt.last_words, strlen (interrupt.last_words)) < 0)
        {
          /* Nobody reads them: then nobody misses them. */
        }
      _exit (interrupt.status);
    }
  if (write (interrupt.fd, &one, sizeof one) < 0)
    {
      /* The counter cannot be full after one signal. */
    }
  errno = saved;
}

static gboolean
ready_cb (gint         fd,
          GIOCondition condition,
          gpointer     data)
{
  uint64_t count = 0;

  if (read (fd, &count, sizeof count) == sizeof count && interrupt.func != NULL)
    interrupt.func (interrupt.data);
  return G_SOURCE_CONTINUE;
}

/* Calls `func` from the default main context at the first SIGINT, SIGTERM or SIGHUP. Whoever sends a second one has no
 * patience left: it ends the process at once with `status`, whatever it is stuck in, after `last_words` (static) on
 * stderr. A SIGHUP that is ignored stays ignored: that is what nohup is for. Returns whether it could be set up. */
gboolean
juggler_interrupt_watch (JugglerInterruptFunc func,
                         gpointer             data,
                         const char          *last_words,
                         int                  status,
                         GError             **error)
{
  struct sigaction action = { .sa_handler = handle_signal, .sa_flags = SA_RESTART };

  interrupt.fd = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (interrupt.fd < 0)
    {
      int saved = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved),
                   _("The machine refused a file descriptor: %s. Raise the limit of open files (ulimit -n)."),
                   g_strerror (saved));
      return FALSE;
    }
  interrupt.func = func;
  interrupt.data = data;
  interrupt.last_words = last_words;
  interrupt.status = status;
  interrupt.source = g_unix_fd_add (interrupt.fd, G_IO_IN, ready_cb, NULL);
  sigemptyset (&action.sa_mask);
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    sigaddset (&action.sa_mask, watched[i]);
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    {
      sigaction (watched[i], NULL, &interrupt.before[i]);
      if (watched[i] != SIGHUP || interrupt.before[i].sa_handler != SIG_IGN)
        sigaction (watched[i], &action, NULL);
    }
  return TRUE;
}

/* Signals do again what they did before. */
void
juggler_interrupt_unwatch (void)
{
  if (interrupt.fd < 0)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    sigaction (watched[i], &interrupt.before[i], NULL);
  g_source_remove (interrupt.source);
  close (interrupt.fd);
  interrupt.fd = -1;
  interrupt.func = NULL;
}

/* Whether a signal has come, even if the main loop does not know it yet. */
gboolean
juggler_interrupt_has_come (void)
{
  return n_signals > 0;
}

/* A descriptor that is readable from the first signal on until the main loop takes notice; -1: nothing is watched. */
int
juggler_interrupt_get_fd (void)
{
  return interrupt.fd;
}
