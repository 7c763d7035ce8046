/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which names are allowed, and which one was meant. */

#include <glib.h>

#include "juggler-names.h"

static void
test_judge (void)
{
  static const struct
  {
    const char        *name;
    JugglerNameVerdict verdict;
  } cases[] = {
    { "a", JUGGLER_NAME_GOOD },          { "_", JUGGLER_NAME_GOOD },
    { "g_num", JUGGLER_NAME_GOOD },      { "A9", JUGGLER_NAME_GOOD },
    { "match", JUGGLER_NAME_GOOD },      { "print", JUGGLER_NAME_GOOD },
    { "Main", JUGGLER_NAME_GOOD },       { "", JUGGLER_NAME_EMPTY },
    { "9a", JUGGLER_NAME_MALFORMED },    { "a-1", JUGGLER_NAME_MALFORMED },
    { "é", JUGGLER_NAME_MALFORMED },     { "lambda", JUGGLER_NAME_KEYWORD },
    { "None", JUGGLER_NAME_KEYWORD },    { "nonlocal", JUGGLER_NAME_KEYWORD },
    { "register", JUGGLER_NAME_KEYWORD }, { "_Atomic", JUGGLER_NAME_KEYWORD },
    { "i", JUGGLER_NAME_RESERVED },      { "tmp", JUGGLER_NAME_RESERVED },
    { "name", JUGGLER_NAME_RESERVED },   { "pid", JUGGLER_NAME_RESERVED },
    { "ppid", JUGGLER_NAME_RESERVED },   { "tid", JUGGLER_NAME_RESERVED },
    { "main", JUGGLER_NAME_RESERVED },
    { "a234567890123456789012345678901234567890", JUGGLER_NAME_GOOD },
    { "a2345678901234567890123456789012345678901", JUGGLER_NAME_LONG },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpuint (juggler_name_judge (cases[i].name), ==, cases[i].verdict);
}

static void
test_suggest (void)
{
  static const char *const names[] = { "daemon", "count", "kwargs", "n", "target" };
  static const struct
  {
    const char *name;
    const char *meant;
  } cases[] = {
    { "demon", "daemon" }, { "coutn", "count" },   { "Target", "target" }, { "kwarg", "kwargs" }, { "N", "n" },
    { "m", NULL },         { "colour", NULL },     { "", NULL },           { "args", NULL },  { "targte", "target" },
    { "x", NULL },         { "demons", "daemon" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (juggler_name_suggest (cases[i].name, names, G_N_ELEMENTS (names)), ==, cases[i].meant);
  g_assert_null (juggler_name_suggest ("demon", names, 0));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/names/judge", test_judge);
  g_test_add_func ("/names/suggest", test_suggest);
  return g_test_run ();
}
