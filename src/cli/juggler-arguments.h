/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-arguments.h: what the command line asks for. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  JUGGLER_COMMAND_HELP,
  JUGGLER_COMMAND_VERSION,
  JUGGLER_COMMAND_RUN,
  JUGGLER_COMMAND_CHECK,
} JugglerCommand;

typedef struct
{
  JugglerCommand command;
  GPtrArray     *files;    /* (element-type filename) */
  GPtrArray     *settings; /* (element-type utf8): PATH=VALUE */
  gboolean       json;
  guint          runs;
  char          *timeline; /* (nullable) (type filename) */
} JugglerArguments;

#define JUGGLER_MAX_RUNS 1000000U

JugglerArguments *juggler_arguments_parse (int                argc,
                                           char             **argv,
                                           char             **fault);
void              juggler_arguments_free  (JugglerArguments  *arguments);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JugglerArguments, juggler_arguments_free)

G_END_DECLS
