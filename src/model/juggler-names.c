/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "juggler-names.h"

#include <string.h>

#include "juggler-document.h"

#define MAX_COMPARED 48U

/* Python 3.12 (keyword.kwlist) and C23 (6.4.1), with C's `asm`, which compilers take. Sorted by strcmp(). */
static const char *const keywords[] = {
  "False", "None", "True", "_Alignas", "_Alignof", "_Atomic", "_BitInt", "_Bool", "_Complex", "_Decimal128",
  "_Decimal32", "_Decimal64", "_Generic", "_Imaginary", "_Noreturn", "_Static_assert", "_Thread_local", "alignas",
  "alignof", "and", "as", "asm", "assert", "async", "auto", "await", "bool", "break", "case", "char", "class", "const",
  "constexpr", "continue", "def", "default", "del", "do", "double", "elif", "else", "enum", "except", "extern",
  "false", "finally", "float", "for", "from", "global", "goto", "if", "import", "in", "inline", "int", "is", "lambda",
  "long", "nonlocal", "not", "nullptr", "or", "pass", "raise", "register", "restrict", "return", "short", "signed",
  "sizeof", "static", "static_assert", "struct", "switch", "thread_local", "true", "try", "typedef", "typeof",
  "typeof_unqual", "union", "unsigned", "void", "volatile", "while", "with", "yield",
};

static const char *const reserved[] = { "i", "main", "name", "pid", "ppid", "tid", "tmp" };

static gboolean
is_among (const char        *name,
          const char *const *names,
          guint              n_names)
{
  for (guint i = 0; i < n_names; i++)
    {
      if (g_str_equal (name, names[i]))
        return TRUE;
    }
  return FALSE;
}

JugglerNameVerdict
juggler_name_judge (const char *name)
{
  g_return_val_if_fail (name != NULL, JUGGLER_NAME_EMPTY);

  if (*name == '\0')
    return JUGGLER_NAME_EMPTY;
  for (const char *c = name; *c != '\0'; c++)
    {
      if (!(g_ascii_isalpha (*c) || *c == '_' || (c > name && g_ascii_isdigit (*c))))
        return JUGGLER_NAME_MALFORMED;
    }
  if (strlen (name) > JUGGLER_DOCUMENT_MAX_NAME)
    return JUGGLER_NAME_LONG;
  if (is_among (name, keywords, G_N_ELEMENTS (keywords)))
    return JUGGLER_NAME_KEYWORD;
  if (is_among (name, reserved, G_N_ELEMENTS (reserved)))
    return JUGGLER_NAME_RESERVED;
  return JUGGLER_NAME_GOOD;
}

/* Edit distance, without case, with swapped neighbours as one edit (optimal string alignment). */
static guint
distance (const char *a,
          guint       a_length,
          const char *b,
          guint       b_length)
{
  guint rows[3][MAX_COMPARED + 1];

  for (guint j = 0; j <= b_length; j++)
    rows[0][j] = j;
  for (guint i = 1; i <= a_length; i++)
    {
      guint *row = rows[i % 3];
      guint *above = rows[(i + 2) % 3];
      guint *two_above = rows[(i + 1) % 3];

      row[0] = i;
      for (guint j = 1; j <= b_length; j++)
        {
          char  x = g_ascii_tolower (a[i - 1]);
          char  y = g_ascii_tolower (b[j - 1]);
          guint best = MIN (above[j] + 1, row[j - 1] + 1);

          best = MIN (best, above[j - 1] + (x != y));
          if (i > 1 && j > 1 && x == g_ascii_tolower (b[j - 2]) && g_ascii_tolower (a[i - 2]) == y)
            best = MIN (best, two_above[j - 2] + 1);
          row[j] = best;
        }
    }
  return rows[a_length % 3][b_length];
}

const char *
juggler_name_suggest (const char        *name,
                      const char *const *candidates,
                      guint              n_candidates)
{
  gsize       length = strlen (name);
  guint       best = MAX ((guint) length / 3, 1) + 1;
  const char *found = NULL;

  if (length == 0 || length > MAX_COMPARED)
    return NULL;
  best = MIN (best, 4);
  for (guint i = 0; i < n_candidates; i++)
    {
      gsize other = strlen (candidates[i]);
      guint d;

      if (other > MAX_COMPARED || other > length + best || length > other + best)
        continue;
      d = distance (name, (guint) length, candidates[i], (guint) other);
      /* A name of one letter is near every other one; only its case may differ. */
      if (d < best && d < MAX (length, other) && (length > 1 || d == 0))
        {
          best = d;
          found = candidates[i];
        }
    }
  return found;
}
