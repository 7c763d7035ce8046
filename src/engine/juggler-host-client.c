/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-host-client.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib-unix.h>
#include <glib/gi18n-lib.h>

#include "juggler-engine-error.h"
#include "juggler-message.h"

/* Above all that is given to the host, so that putting one in its place never overwrites another. */
#define FIRST_FREE_FD 10

extern char **environ;

struct _JugglerHostClient
{
  JugglerHostCallbacks callbacks;
  gpointer             data;
  pid_t                pid;
  gboolean             alive;       /* not yet reaped */
  gboolean             stream_over; /* its end of the socket is closed */
  int                  wait_status;
  guint                n_workers;
  int                  socket;
  int                  doorbell;
  GSource             *socket_source;
  GSource             *doorbell_source;
  GSource             *child_source;
};

/* ---- starting ---- */

/* In a build tree the programs are neighbours: build/src/cli/juggler-cli, build/src/host/juggler-host. */
static char *
find_beside_program (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *directory = NULL;
  g_autofree char *path = NULL;

  if (program == NULL)
    return NULL;
  directory = g_path_get_dirname (program);
  path = g_build_filename (directory, "..", "host", "juggler-host", NULL);
  return g_file_test (path, G_FILE_TEST_IS_EXECUTABLE) ? g_steal_pointer (&path) : NULL;
}

static char *
find_host (const char *path)
{
  const char *named = path != NULL ? path : g_getenv ("JUGGLER_HOST");
  char       *beside;

  if (named != NULL && *named != '\0')
    return g_strdup (named);
  beside = find_beside_program ();
  return beside != NULL ? beside : g_strdup (JUGGLER_HOST_PATH);
}

static gboolean
refuse (const char  *what,
        int          code,
        GError     **error)
{
  g_set_error (error, JUGGLER_ENGINE_ERROR, JUGGLER_ENGINE_ERROR_REFUSED,
               /* Translators: %s is what was asked for, then the system's reason. */
               _("could not start juggler-host (%s): %s. Close other programs, or raise the limits of this session "
                 "(ulimit -u, ulimit -n)."),
               what, g_strerror (code));
  return FALSE;
}

/* What the host inherits: number 3, 4, 5 and nothing else but the standard streams. */
static int
spawn (JugglerHostClient *self,
       const char        *path,
       int                fds[3])
{
  char  name[] = "juggler-host";
  char *arguments[] = { name, NULL };
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t none;
  sigset_t all;
  int result;

  posix_spawn_file_actions_init (&actions);
  posix_spawnattr_init (&attributes);
  sigemptyset (&none);
  sigfillset (&all);
  posix_spawnattr_setsigmask (&attributes, &none);
  posix_spawnattr_setsigdefault (&attributes, &all);
  posix_spawnattr_setflags (&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  /* With --json nothing else may come on stdout; stderr is for what the host says of itself. */
  posix_spawn_file_actions_addopen (&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen (&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2 (&actions, fds[0], JUGGLER_FD_SOCKET);
  posix_spawn_file_actions_adddup2 (&actions, fds[1], JUGGLER_FD_SHARED);
  posix_spawn_file_actions_adddup2 (&actions, fds[2], JUGGLER_FD_DOORBELL);
#if __GLIBC_PREREQ(2, 34)
  posix_spawn_file_actions_addclosefrom_np (&actions, JUGGLER_FD_DOORBELL + 1);
#endif
  result = posix_spawn (&self->pid, path, &actions, &attributes, arguments, environ);
  posix_spawn_file_actions_destroy (&actions);
  posix_spawnattr_destroy (&attributes);
  return result;
}

static gboolean
spawn_with (JugglerHostClient  *self,
            const char         *path,
            int                 host_socket,
            int                 memory_fd,
            GError            **error)
{
  int fds[3] = { -1, -1, -1 };
  int sources[3] = { host_socket, memory_fd, self->doorbell };
  int result = 0;
  int i;

  for (i = 0; i < 3 && result == 0; i++)
    {
      fds[i] = fcntl (sources[i], F_DUPFD_CLOEXEC, FIRST_FREE_FD);
      if (fds[i] < 0)
        result = errno;
    }
  if (result == 0)
    result = spawn (self, path, fds);
  for (i = 0; i < 3; i++)
    if (fds[i] >= 0)
      close (fds[i]);
  if (result == 0)
    return TRUE;
  self->pid = 0;
  if (result != ENOENT && result != EACCES && result != ENOTDIR && result != ENOEXEC && result != ELOOP)
    return refuse ("posix_spawn", result, error);
  g_set_error (error, JUGGLER_ENGINE_ERROR, JUGGLER_ENGINE_ERROR_HOST_MISSING,
               _("the program that runs the experiments cannot be started: %s: %s. Install Juggler again, or set "
                 "JUGGLER_HOST to the path of juggler-host."),
               path, g_strerror (result));
  return FALSE;
}

/* ---- listening ---- */

static void
drop_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
tell_if_gone (JugglerHostClient *self)
{
  if (!self->alive && self->stream_over)
    self->callbacks.gone (self->wait_status, self->data);
}

static GError *
make_fault (int fault,
            int code)
{
  switch (fault)
    {
    case JUGGLER_FAULT_SYSTEM:
      return g_error_new (JUGGLER_ENGINE_ERROR, JUGGLER_ENGINE_ERROR_REFUSED,
                          _("juggler-host could not begin: %s. Close other programs, or raise the limits of this "
                            "session (ulimit -a)."),
                          g_strerror (code));
    case JUGGLER_FAULT_VERSION:
    case JUGGLER_FAULT_SHARED:
      return g_error_new_literal (JUGGLER_ENGINE_ERROR, JUGGLER_ENGINE_ERROR_FAULT,
                                  _("juggler-host does not fit this program. Install both from the same version."));
    default:
      return g_error_new_literal (JUGGLER_ENGINE_ERROR, JUGGLER_ENGINE_ERROR_FAULT,
                                  _("juggler-host did not get what it needs. Install Juggler again."));
    }
}

static void
handle_message (JugglerHostClient    *self,
                const JugglerMessage *message)
{
  switch (message->type)
    {
    case JUGGLER_MESSAGE_READY:
      if (message->value == (int) JUGGLER_SHARED_VERSION)
        self->callbacks.ready (self->data);
      else
        self->callbacks.fault (make_fault (JUGGLER_FAULT_VERSION, 0), self->data);
      break;
    case JUGGLER_MESSAGE_OUTCOME:
      self->callbacks.outcome ((JugglerOutcome) message->value, self->data);
      break;
    case JUGGLER_MESSAGE_ENDED:
      self->callbacks.ended (self->data);
      break;
    case JUGGLER_MESSAGE_FAULT:
      self->callbacks.fault (make_fault (message->value, message->code), self->data);
      break;
    default:
      break;
    }
}

static gboolean
socket_cb (int          fd,
           GIOCondition condition,
           gpointer     data)
{
  JugglerHostClient *self = data;
  JugglerMessage message;
  int result;

  while ((result = juggler_message_receive (fd, &message, self->n_workers)) == 1)
    handle_message (self, &message);
  if (result == -EAGAIN || result == -EINTR || result == -EBADMSG)
    return G_SOURCE_CONTINUE;
  self->stream_over = TRUE;
  drop_source (&self->socket_source);
  tell_if_gone (self);
  return G_SOURCE_REMOVE;
}

static gboolean
doorbell_cb (int          fd,
             GIOCondition condition,
             gpointer     data)
{
  JugglerHostClient *self = data;
  guint64 rings;

  if (read (fd, &rings, sizeof rings) == (gssize) sizeof rings)
    self->callbacks.doorbell (self->data);
  return G_SOURCE_CONTINUE;
}

static void
child_cb (GPid     pid,
          int      wait_status,
          gpointer data)
{
  JugglerHostClient *self = data;

  self->alive = FALSE;
  self->wait_status = wait_status;
  g_clear_pointer (&self->child_source, g_source_unref);
  tell_if_gone (self);
}

static void
listen_to (JugglerHostClient *self,
           GMainContext      *context)
{
  self->socket_source = g_unix_fd_source_new (self->socket, G_IO_IN | G_IO_HUP | G_IO_ERR);
  g_source_set_callback (self->socket_source, G_SOURCE_FUNC (socket_cb), self, NULL);
  g_source_attach (self->socket_source, context);
  self->doorbell_source = g_unix_fd_source_new (self->doorbell, G_IO_IN);
  g_source_set_callback (self->doorbell_source, G_SOURCE_FUNC (doorbell_cb), self, NULL);
  g_source_attach (self->doorbell_source, context);
  self->child_source = g_child_watch_source_new (self->pid);
  g_source_set_callback (self->child_source, G_SOURCE_FUNC (child_cb), self, NULL);
  g_source_attach (self->child_source, context);
}

JugglerHostClient *
juggler_host_client_start (JugglerMemory               *memory,
                           const char                  *path,
                           GMainContext                *context,
                           const JugglerHostCallbacks  *callbacks,
                           gpointer                     data,
                           GError                     **error)
{
  g_autoptr (JugglerHostClient) self = g_new0 (JugglerHostClient, 1);
  g_autofree char *host = find_host (path);
  int      sockets[2];
  gboolean started;

  self->callbacks = *callbacks;
  self->data = data;
  self->n_workers = memory->shared->n_workers;
  self->socket = -1;
  self->doorbell = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (self->doorbell < 0)
    {
      refuse ("eventfd", errno, error);
      return NULL;
    }
  if (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets) < 0)
    {
      refuse ("socketpair", errno, error);
      return NULL;
    }
  self->socket = sockets[0];
  started = g_unix_set_fd_nonblocking (self->socket, TRUE, error)
            && spawn_with (self, host, sockets[1], memory->fd, error);
  /* Only the host's own copy may be open, or its death would not be seen here. */
  close (sockets[1]);
  juggler_memory_close_fd (memory);
  if (!started)
    return NULL;
  self->alive = TRUE;
  listen_to (self, context);
  return g_steal_pointer (&self);
}

void
juggler_host_client_free (JugglerHostClient *self)
{
  if (self == NULL)
    return;
  drop_source (&self->socket_source);
  drop_source (&self->doorbell_source);
  drop_source (&self->child_source);
  if (self->alive)
    {
      kill (self->pid, SIGKILL);
      waitpid (self->pid, NULL, 0);
    }
  if (self->socket >= 0)
    close (self->socket);
  if (self->doorbell >= 0)
    close (self->doorbell);
  g_free (self);
}

/* ---- speaking ---- */

int
juggler_host_client_get_pid (JugglerHostClient *self)
{
  return self->pid;
}

gboolean
juggler_host_client_stop (JugglerHostClient *self)
{
  return !self->stream_over && juggler_message_send (self->socket, JUGGLER_MESSAGE_STOP, 0, 0, 0) == 0;
}

gboolean
juggler_host_client_signal (JugglerHostClient *self,
                            guint              worker,
                            int                signal_number)
{
  return !self->stream_over
         && juggler_message_send (self->socket, JUGGLER_MESSAGE_SIGNAL, worker, signal_number, 0) == 0;
}

void
juggler_host_client_kill (JugglerHostClient *self)
{
  if (self->alive)
    kill (self->pid, SIGKILL);
}
