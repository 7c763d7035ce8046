/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-run-command.h: `juggler-cli run`. */

#pragma once

#include "juggler-documents.h"

G_BEGIN_DECLS

JugglerExit juggler_run_command (JugglerConsole   *console,
                                 JugglerArguments *arguments);

G_END_DECLS
