/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "juggler-output-line.h"

JugglerOutputLine *juggler_output_line_new (gdouble     t_us,
                                            guint       worker,
                                            const char *text);
