/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-message.h: what the engine and the keeper say to each other over the inherited socket (SOCK_SEQPACKET, one
 * message a packet). Everything that is more than a word stands in the shared memory; a message says "look now". */

#pragma once

#include <stddef.h>
#include <stdint.h>

typedef enum
{
  /* engine to keeper */
  JUGGLER_MESSAGE_STOP = 1, /* end the run as `stopped` */
  JUGGLER_MESSAGE_SIGNAL,   /* worker, value: send this signal to a worker's process */
  /* keeper to engine */
  JUGGLER_MESSAGE_READY = 16, /* value: JUGGLER_SHARED_VERSION; main has been forked */
  JUGGLER_MESSAGE_OUTCOME,    /* value: JugglerOutcome; the run is over, what is left is being torn down */
  JUGGLER_MESSAGE_ENDED,      /* nothing of the run is left; the keeper's last word */
  JUGGLER_MESSAGE_FAULT,      /* value: JugglerFault, code: errno; the keeper cannot run this */
} JugglerMessageType;

typedef enum
{
  JUGGLER_FAULT_NONE,
  JUGGLER_FAULT_ARGUMENTS, /* an inherited descriptor is not what it should be */
  JUGGLER_FAULT_SHARED,    /* the shared memory is not valid */
  JUGGLER_FAULT_VERSION,
  JUGGLER_FAULT_SYSTEM,    /* code: errno of what the keeper needs for itself */
  JUGGLER_N_FAULTS,
} JugglerFault;

typedef struct
{
  uint32_t magic; /* JUGGLER_MESSAGE_MAGIC */
  uint32_t type;
  uint32_t worker;
  int32_t  value;
  int32_t  code;
  uint32_t reserved;
} JugglerMessage;

#define JUGGLER_MESSAGE_MAGIC 0x47534d4aU /* "JMSG" */

_Static_assert (sizeof (JugglerMessage) == 24, "message layout");

/* Whether a packet of `size` bytes is a message with a known type and values in range; n_workers bounds `worker`. */
int juggler_message_valid (const void *packet, size_t size, uint32_t n_workers);

/* Sends one message; never raises SIGPIPE, never blocks for longer than the socket's buffer is full. Returns 0 or
 * -errno. */
int juggler_message_send (int fd, uint32_t type, uint32_t worker, int32_t value, int32_t code);

/* Receives one message. Returns 1, 0 at the end of the stream, -EAGAIN, -EBADMSG for a packet that is no message, or
 * another -errno. */
int juggler_message_receive (int fd, JugglerMessage *message, uint32_t n_workers);
