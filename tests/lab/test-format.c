/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <locale.h>

#include <glib.h>

#include "juggler-format.h"

#define THIN "\342\200\211"
#define MINUS "\342\210\222"

#define assert_text(call, expected)                                                                                    \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_autofree char *text = (call);                                                                                    \
    g_assert_cmpstr (text, ==, expected);                                                                              \
  }                                                                                                                    \
  G_STMT_END

static void
test_integer (void)
{
  assert_text (juggler_format_integer (0), "0");
  assert_text (juggler_format_integer (7), "7");
  assert_text (juggler_format_integer (999), "999");
  assert_text (juggler_format_integer (1000), "1" THIN "000");
  assert_text (juggler_format_integer (862598), "862" THIN "598");
  assert_text (juggler_format_integer (-1), MINUS "1");
  assert_text (juggler_format_integer (-123456), MINUS "123" THIN "456");
  assert_text (juggler_format_integer (G_MAXINT64), "9" THIN "223" THIN "372" THIN "036" THIN "854" THIN "775" THIN "807");
  assert_text (juggler_format_integer (G_MININT64),
               MINUS "9" THIN "223" THIN "372" THIN "036" THIN "854" THIN "775" THIN "808");
  assert_text (juggler_format_unsigned (G_MAXUINT64),
               "18" THIN "446" THIN "744" THIN "073" THIN "709" THIN "551" THIN "615");
}

static void
test_duration (void)
{
  assert_text (juggler_format_duration (0), "0" THIN "µs");
  assert_text (juggler_format_duration (-5), "0" THIN "µs");
  assert_text (juggler_format_duration (0.454), "0.45" THIN "µs");
  assert_text (juggler_format_duration (1.5), "1.50" THIN "µs");
  assert_text (juggler_format_duration (9.994), "9.99" THIN "µs");
  assert_text (juggler_format_duration (9.996), "10.0" THIN "µs");
  assert_text (juggler_format_duration (812.4), "812" THIN "µs");
  assert_text (juggler_format_duration (999.6), "1.00" THIN "ms");
  assert_text (juggler_format_duration (3940), "3.94" THIN "ms");
  assert_text (juggler_format_duration (31207), "31.2" THIN "ms");
  assert_text (juggler_format_duration (99960), "100" THIN "ms");
  assert_text (juggler_format_duration (999600), "1.00" THIN "s");
  assert_text (juggler_format_duration (1e6), "1.00" THIN "s");
  assert_text (juggler_format_duration (60e6), "60.0" THIN "s");
  assert_text (juggler_format_duration (1234.4e6), "1" THIN "234" THIN "s");
}

static void
test_percent (void)
{
  assert_text (juggler_format_percent (0), "0" THIN "%");
  assert_text (juggler_format_percent (0.0000001), "<0.1" THIN "%");
  assert_text (juggler_format_percent (0.003), "0.3" THIN "%");
  assert_text (juggler_format_percent (0.0994), "9.9" THIN "%");
  assert_text (juggler_format_percent (0.0996), "10" THIN "%");
  assert_text (juggler_format_percent (0.431299), "43" THIN "%");
  assert_text (juggler_format_percent (0.994), "99" THIN "%");
  assert_text (juggler_format_percent (0.9985), "99.9" THIN "%");
  assert_text (juggler_format_percent (0.99999), ">99.9" THIN "%");
  assert_text (juggler_format_percent (1), "100" THIN "%");
}

static void
test_ratio (void)
{
  assert_text (juggler_format_ratio (6), "6.0" THIN "×");
  assert_text (juggler_format_ratio (0.95), "0.9" THIN "×");
  assert_text (juggler_format_ratio (12.4), "12" THIN "×");
  assert_text (juggler_format_ratio (12345), "12" THIN "345" THIN "×");
}

static void
test_list (void)
{
  static const gint64 values[] = { 0, -1, 2000 };

  assert_text (juggler_format_list (NULL, 0, 5), "[]");
  assert_text (juggler_format_list (values, 3, 5), "[0, -1, 2000]");
  assert_text (juggler_format_list (values, 3, 2), "[0, -1, …]");
  assert_text (juggler_format_list (values, 3, 0), "[…]");
}

static void
test_letter (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  assert_text (juggler_format_letter (0), "M");
  assert_text (juggler_format_letter (1), "A");
  assert_text (juggler_format_letter (2), "B");
  assert_text (juggler_format_letter (12), "L");
  assert_text (juggler_format_letter (13), "N");
  assert_text (juggler_format_letter (25), "Z");
  assert_text (juggler_format_letter (26), "AA");
  assert_text (juggler_format_letter (27), "AB");
  /* A letter is a name, so no two workers may have the same, main included. */
  for (guint i = 0; i <= 10000; i++)
    g_assert_true (g_hash_table_add (seen, juggler_format_letter (i)));
}

static void
test_plain (void)
{
  assert_text (juggler_format_plain ("862" THIN "598 (43" THIN "%)"), "862598 (43 %)");
  assert_text (juggler_format_plain (MINUS "5 …"), "-5 …");
  assert_text (juggler_format_plain (THIN "1"), " 1");
}

/* Numbers have a point also where the locale has a comma. */
static void
test_locale (void)
{
  if (setlocale (LC_NUMERIC, "de_DE.UTF-8") == NULL)
    {
      g_test_skip ("no locale with a decimal comma");
      return;
    }
  assert_text (juggler_format_duration (31207), "31.2" THIN "ms");
  assert_text (juggler_format_percent (0.034), "3.4" THIN "%");
  setlocale (LC_NUMERIC, "C");
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/format/integer", test_integer);
  g_test_add_func ("/format/duration", test_duration);
  g_test_add_func ("/format/percent", test_percent);
  g_test_add_func ("/format/ratio", test_ratio);
  g_test_add_func ("/format/list", test_list);
  g_test_add_func ("/format/letter", test_letter);
  g_test_add_func ("/format/plain", test_plain);
  g_test_add_func ("/format/locale", test_locale);
  return g_test_run ();
}
