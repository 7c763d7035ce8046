/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "juggler-message.h"
#include "juggler-shared.h"

#define N_WORKERS 5

typedef struct
{
  int ends[2];
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  g_assert_cmpint (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fixture->ends), ==, 0);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  for (unsigned i = 0; i < 2; i++)
    {
      if (fixture->ends[i] >= 0)
        close (fixture->ends[i]);
    }
}

static void
test_there_and_back (Fixture       *fixture,
                     gconstpointer  user_data)
{
  JugglerMessage message;

  g_assert_cmpint (juggler_message_send (fixture->ends[0], JUGGLER_MESSAGE_SIGNAL, 3, 15, 0), ==, 0);
  g_assert_cmpint (juggler_message_send (fixture->ends[0], JUGGLER_MESSAGE_FAULT, 0, JUGGLER_FAULT_SYSTEM, ENOMEM), ==,
                   0);
  g_assert_cmpint (juggler_message_receive (fixture->ends[1], &message, N_WORKERS), ==, 1);
  g_assert_cmpuint (message.type, ==, JUGGLER_MESSAGE_SIGNAL);
  g_assert_cmpuint (message.worker, ==, 3);
  g_assert_cmpint (message.value, ==, 15);
  g_assert_cmpint (juggler_message_receive (fixture->ends[1], &message, N_WORKERS), ==, 1);
  g_assert_cmpuint (message.type, ==, JUGGLER_MESSAGE_FAULT);
  g_assert_cmpint (message.code, ==, ENOMEM);
}

static void
test_nothing_there (Fixture       *fixture,
                    gconstpointer  user_data)
{
  JugglerMessage message;

  g_assert_cmpint (fcntl (fixture->ends[1], F_SETFL, O_NONBLOCK), ==, 0);
  g_assert_cmpint (juggler_message_receive (fixture->ends[1], &message, N_WORKERS), ==, -EAGAIN);
}

static void
test_end (Fixture       *fixture,
          gconstpointer  user_data)
{
  JugglerMessage message;

  g_assert_cmpint (juggler_message_send (fixture->ends[0], JUGGLER_MESSAGE_STOP, 0, 0, 0), ==, 0);
  close (fixture->ends[0]);
  fixture->ends[0] = -1;
  g_assert_cmpint (juggler_message_receive (fixture->ends[1], &message, N_WORKERS), ==, 1);
  g_assert_cmpint (juggler_message_receive (fixture->ends[1], &message, N_WORKERS), ==, 0);
  /* No SIGPIPE, which would end this test. */
  g_assert_cmpint (juggler_message_send (fixture->ends[1], JUGGLER_MESSAGE_ENDED, 0, 0, 0), ==, -EPIPE);
}

/* The other end closed with a message of ours unread: what it had sent before is still to be had, then the end. */
static void
test_reset (Fixture       *fixture,
            gconstpointer  user_data)
{
  JugglerMessage message;

  g_assert_cmpint (juggler_message_send (fixture->ends[0], JUGGLER_MESSAGE_STOP, 0, 0, 0), ==, 0);
  g_assert_cmpint (juggler_message_send (fixture->ends[1], JUGGLER_MESSAGE_ENDED, 0, 0, 0), ==, 0);
  close (fixture->ends[1]);
  fixture->ends[1] = -1;
  g_assert_cmpint (juggler_message_receive (fixture->ends[0], &message, N_WORKERS), ==, 1);
  g_assert_cmpuint (message.type, ==, JUGGLER_MESSAGE_ENDED);
  g_assert_cmpint (juggler_message_receive (fixture->ends[0], &message, N_WORKERS), ==, 0);
}

static void
test_full (Fixture       *fixture,
           gconstpointer  user_data)
{
  int result;

  g_assert_cmpint (fcntl (fixture->ends[0], F_SETFL, O_NONBLOCK), ==, 0);
  do
    result = juggler_message_send (fixture->ends[0], JUGGLER_MESSAGE_STOP, 0, 0, 0);
  while (result == 0);
  g_assert_cmpint (result, ==, -EAGAIN);
}

static JugglerMessage
message_of (uint32_t type,
            uint32_t worker,
            int32_t  value)
{
  return (JugglerMessage){ JUGGLER_MESSAGE_MAGIC, type, worker, value, 0, 0 };
}

static void
test_valid (void)
{
  const JugglerMessage good[] = {
    message_of (JUGGLER_MESSAGE_STOP, 0, 0),
    message_of (JUGGLER_MESSAGE_STOP, JUGGLER_NONE, 0),
    message_of (JUGGLER_MESSAGE_SIGNAL, 4, 9),
    message_of (JUGGLER_MESSAGE_READY, 0, JUGGLER_SHARED_VERSION),
    message_of (JUGGLER_MESSAGE_OUTCOME, 0, JUGGLER_OUTCOME_REFUSED),
    message_of (JUGGLER_MESSAGE_ENDED, 0, 0),
    message_of (JUGGLER_MESSAGE_FAULT, 0, JUGGLER_FAULT_SYSTEM),
  };
  const JugglerMessage bad[] = {
    message_of (0, 0, 0),
    message_of (3, 0, 0),
    message_of (15, 0, 0),
    message_of (20, 0, 0),
    message_of (UINT32_MAX, 0, 0),
    message_of (JUGGLER_MESSAGE_STOP, N_WORKERS, 0),
    message_of (JUGGLER_MESSAGE_SIGNAL, N_WORKERS, 9),
    message_of (JUGGLER_MESSAGE_SIGNAL, JUGGLER_NONE, 9),
    message_of (JUGGLER_MESSAGE_SIGNAL, 1, 0),
    message_of (JUGGLER_MESSAGE_SIGNAL, 1, -1),
    message_of (JUGGLER_MESSAGE_SIGNAL, 1, 65),
    message_of (JUGGLER_MESSAGE_OUTCOME, 0, JUGGLER_OUTCOME_NONE),
    message_of (JUGGLER_MESSAGE_OUTCOME, 0, JUGGLER_N_OUTCOMES),
    message_of (JUGGLER_MESSAGE_OUTCOME, 0, -1),
    message_of (JUGGLER_MESSAGE_FAULT, 0, JUGGLER_FAULT_NONE),
    message_of (JUGGLER_MESSAGE_FAULT, 0, JUGGLER_N_FAULTS),
  };
  JugglerMessage message;

  for (unsigned i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (juggler_message_valid (&good[i], sizeof good[i], N_WORKERS));
  for (unsigned i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (juggler_message_valid (&bad[i], sizeof bad[i], N_WORKERS));

  message = good[0];
  for (size_t size = 0; size < sizeof message; size++)
    g_assert_false (juggler_message_valid (&message, size, N_WORKERS));
  g_assert_false (juggler_message_valid (&message, sizeof message + 1, N_WORKERS));
  message.magic++;
  g_assert_false (juggler_message_valid (&message, sizeof message, N_WORKERS));
  message = good[0];
  message.reserved = 1;
  g_assert_false (juggler_message_valid (&message, sizeof message, N_WORKERS));
}

/* Packets that are too short, too long or of something else are refused, and the next one is not. */
static void
test_no_message (Fixture       *fixture,
                 gconstpointer  user_data)
{
  char           packet[64] = "GET / HTTP/1.1";
  JugglerMessage good = message_of (JUGGLER_MESSAGE_STOP, 0, 0);
  JugglerMessage message = message_of (JUGGLER_MESSAGE_READY, 1, 2);

  memcpy (packet, &good, sizeof good);
  for (size_t size = 1; size <= sizeof packet; size++)
    {
      int expected = size == sizeof good ? 1 : -EBADMSG;

      g_assert_cmpint (send (fixture->ends[0], packet, size, 0), ==, (gssize) size);
      g_assert_cmpint (juggler_message_receive (fixture->ends[1], &message, N_WORKERS), ==, expected);
      g_assert_cmpuint (message.type, ==, size < sizeof good ? JUGGLER_MESSAGE_READY : JUGGLER_MESSAGE_STOP);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/message/there-and-back", Fixture, NULL, set_up, test_there_and_back, tear_down);
  g_test_add ("/message/nothing-there", Fixture, NULL, set_up, test_nothing_there, tear_down);
  g_test_add ("/message/end", Fixture, NULL, set_up, test_end, tear_down);
  g_test_add ("/message/reset", Fixture, NULL, set_up, test_reset, tear_down);
  g_test_add ("/message/full", Fixture, NULL, set_up, test_full, tear_down);
  g_test_add ("/message/no-message", Fixture, NULL, set_up, test_no_message, tear_down);
  g_test_add_func ("/message/valid", test_valid);
  return g_test_run ();
}
