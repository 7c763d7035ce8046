/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-names.h: which names are allowed, and which was probably meant. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  JUGGLER_NAME_GOOD,
  JUGGLER_NAME_EMPTY,
  JUGGLER_NAME_MALFORMED, /* not [A-Za-z_][A-Za-z0-9_]* */
  JUGGLER_NAME_LONG,
  JUGGLER_NAME_KEYWORD,  /* of Python or C */
  JUGGLER_NAME_RESERVED, /* has a meaning in templates */
} JugglerNameVerdict;

JugglerNameVerdict juggler_name_judge   (const char        *name);

/* The nearest of the candidates, if one is near enough to have been meant; borrowed from them. */
const char        *juggler_name_suggest (const char        *name,
                                         const char *const *candidates,
                                         guint              n_candidates);

G_END_DECLS
