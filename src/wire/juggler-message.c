/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "juggler-message.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>

#include "juggler-shared.h"

#define HIGHEST_SIGNAL 64

static bool
type_is_valid (const JugglerMessage *message,
               uint32_t              n_workers)
{
  switch (message->type)
    {
    case JUGGLER_MESSAGE_SIGNAL:
      return message->worker < n_workers && message->value >= 1 && message->value <= HIGHEST_SIGNAL;
    case JUGGLER_MESSAGE_OUTCOME:
      return message->value > JUGGLER_OUTCOME_NONE && message->value < JUGGLER_N_OUTCOMES;
    case JUGGLER_MESSAGE_FAULT:
      return message->value > JUGGLER_FAULT_NONE && message->value < JUGGLER_N_FAULTS;
    case JUGGLER_MESSAGE_STOP:
    case JUGGLER_MESSAGE_READY:
    case JUGGLER_MESSAGE_ENDED:
      return true;
    default:
      return false;
    }
}

int
juggler_message_valid (const void *packet,
                       size_t      size,
                       uint32_t    n_workers)
{
  JugglerMessage message;

  if (size != sizeof message)
    return 0;
  memcpy (&message, packet, sizeof message);
  if (message.magic != JUGGLER_MESSAGE_MAGIC || message.reserved != 0)
    return 0;
  if (message.worker != 0 && message.worker != JUGGLER_NONE && message.worker >= n_workers)
    return 0;
  return type_is_valid (&message, n_workers);
}

int
juggler_message_send (int      fd,
                      uint32_t type,
                      uint32_t worker,
                      int32_t  value,
                      int32_t  code)
{
  JugglerMessage message = { JUGGLER_MESSAGE_MAGIC, type, worker, value, code, 0 };
  ssize_t        sent;

  do
    sent = send (fd, &message, sizeof message, MSG_NOSIGNAL);
  while (sent < 0 && errno == EINTR);
  if (sent < 0)
    return -errno;
  /* A packet goes as a whole or not at all (socket(7), SOCK_SEQPACKET); anything else is not our kind of socket. */
  return sent == (ssize_t) sizeof message ? 0 : -EMSGSIZE;
}

int
juggler_message_receive (int             fd,
                         JugglerMessage *message,
                         uint32_t        n_workers)
{
  JugglerMessage packet;
  ssize_t        length;

  /* ECONNRESET: the other end closed with messages of ours unread. The error is reported once and before what still
   * waits in our own queue (unix(7)), so asking again gives that, then the end of the stream. */
  do
    length = recv (fd, &packet, sizeof packet, MSG_TRUNC);
  while (length < 0 && (errno == EINTR || errno == ECONNRESET));
  if (length < 0)
    return errno == EWOULDBLOCK ? -EAGAIN : -errno;
  if (length == 0)
    return 0;
  if (!juggler_message_valid (&packet, (size_t) length, n_workers))
    return -EBADMSG;
  *message = packet;
  return 1;
}
