/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-documents.h: reads the documents that the command line names. */

#pragma once

#include "juggler-arguments.h"
#include "juggler-console.h"
#include "juggler-document.h"

G_BEGIN_DECLS

/* Exit statuses of the experiment format. */
typedef enum
{
  JUGGLER_EXIT_RAN = 0,
  JUGGLER_EXIT_OTHER = 1,   /* anything else: one line on stderr says what */
  JUGGLER_EXIT_USAGE = 2,   /* bad usage or a bad document */
  JUGGLER_EXIT_REFUSED = 3, /* by the machine */
  JUGGLER_EXIT_INTERRUPTED = 130,
} JugglerExit;

JugglerDocument *juggler_documents_open (JugglerConsole   *console,
                                         const char       *path,
                                         GPtrArray        *settings);
JugglerExit      juggler_check_command  (JugglerConsole   *console,
                                         JugglerArguments *arguments);

G_END_DECLS
