/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-format.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

/* Copies `digits`, parting the whole part into groups of three. Four digits are parted too: numbers stand below each
 * other in Juggler. */
static char *
group_digits (const char *digits,
              gboolean    negative)
{
  GString *text = g_string_new (negative ? JUGGLER_FORMAT_MINUS : "");
  size_t   whole = strspn (digits, "0123456789");

  for (size_t i = 0; i < whole; i++)
    {
      if (i > 0 && (whole - i) % 3 == 0)
        g_string_append (text, JUGGLER_FORMAT_THIN_SPACE);
      g_string_append_c (text, digits[i]);
    }
  g_string_append (text, digits + whole);
  return g_string_free (text, FALSE);
}

/**
 * juggler_format_unsigned:
 * @value: a number
 *
 * Formats a number in groups of three digits, parted by thin spaces.
 *
 * Returns: (transfer full): the text
 */
char *
juggler_format_unsigned (guint64 value)
{
  char digits[32];

  g_snprintf (digits, sizeof digits, "%" G_GUINT64_FORMAT, value);
  return group_digits (digits, FALSE);
}

/**
 * juggler_format_integer:
 * @value: a number
 *
 * Formats a number in groups of three digits, parted by thin spaces, with a true minus sign.
 *
 * Returns: (transfer full): the text
 */
char *
juggler_format_integer (gint64 value)
{
  char    digits[32];
  guint64 magnitude = value < 0 ? -(guint64) value : (guint64) value;

  g_snprintf (digits, sizeof digits, "%" G_GUINT64_FORMAT, magnitude);
  return group_digits (digits, value < 0);
}

/* `value` with three significant digits, but never fewer than all of its whole ones: 1.23, 12.3, 123, 1 234. The
 * decimal sign is a point in both languages of Juggler, whatever the locale says. */
static char *
three_digits (double value)
{
  char digits[64];
  int  decimals = 0;

  /* The limits are those at which printf rounds up to the next power of ten. */
  if (value < 9.995)
    decimals = 2;
  else if (value < 99.95)
    decimals = 1;
  g_ascii_formatd (digits, sizeof digits, decimals == 2 ? "%.2f" : decimals == 1 ? "%.1f" : "%.0f", value);
  return group_digits (digits, FALSE);
}

/**
 * juggler_format_duration:
 * @microseconds: a length of time in microseconds
 *
 * Formats a length of time in µs, ms or s with three significant digits.
 *
 * Returns: (transfer full): the text
 */
char *
juggler_format_duration (double microseconds)
{
  g_autofree char *number = NULL;

  if (!isfinite (microseconds) || microseconds <= 0)
    return g_strdup_printf (C_("duration", "%s\342\200\211µs"), "0");
  if (microseconds < 999.5)
    {
      number = three_digits (microseconds);
      /* Translators: microseconds; keep the thin space (U+2009) between number and unit. */
      return g_strdup_printf (C_("duration", "%s\342\200\211µs"), number);
    }
  if (microseconds < 999500.0)
    {
      number = three_digits (microseconds / 1000.0);
      /* Translators: milliseconds; keep the thin space (U+2009) between number and unit. */
      return g_strdup_printf (C_("duration", "%s\342\200\211ms"), number);
    }
  number = three_digits (microseconds / 1000000.0);
  /* Translators: seconds; keep the thin space (U+2009) between number and unit. */
  return g_strdup_printf (C_("duration", "%s\342\200\211s"), number);
}

/**
 * juggler_format_percent:
 * @fraction: a share, 0 to 1
 *
 * Formats a share in percent: whole numbers, below ten with one digit. What is not nothing is never called 0 %, and
 * what is not all never 100 %.
 *
 * Returns: (transfer full): the text
 */
char *
juggler_format_percent (double fraction)
{
  char        digits[64];
  const char *format = "%.0f";
  double      percent = CLAMP (isfinite (fraction) ? fraction : 0.0, 0.0, 1.0) * 100.0;

  if (percent > 0 && percent < 0.05)
    g_strlcpy (digits, "<0.1", sizeof digits);
  else if (percent < 100 && percent >= 99.95)
    g_strlcpy (digits, ">99.9", sizeof digits);
  else
    {
      if ((percent > 0 && percent < 9.95) || (percent < 100 && percent >= 99.5))
        format = "%.1f";
      g_ascii_formatd (digits, sizeof digits, format, percent);
    }
  /* Translators: a share in percent. In Chinese without the thin space (U+2009): "%s%%". */
  return g_strdup_printf (C_("percent", "%s\342\200\211%%"), digits);
}

/**
 * juggler_format_ratio:
 * @ratio: how many times as much
 *
 * Formats a ratio, as in "6.0 ×".
 *
 * Returns: (transfer full): the text
 */
char *
juggler_format_ratio (double ratio)
{
  char             digits[64];
  g_autofree char *number = NULL;

  g_ascii_formatd (digits, sizeof digits, ratio < 9.95 ? "%.1f" : "%.0f", MAX (ratio, 0.0));
  number = group_digits (digits, FALSE);
  /* Translators: how many times as much; in Chinese "%s 倍". */
  return g_strdup_printf (C_("ratio", "%s\342\200\211×"), number);
}

/**
 * juggler_format_list:
 * @values: (array length=n_values): the elements
 * @n_values: how many
 * @max_values: how many to write at most
 *
 * Formats a list as Python prints it; of a longer one the first elements and an ellipsis.
 *
 * Returns: (transfer full): the text
 */
char *
juggler_format_list (const gint64 *values,
                     gsize         n_values,
                     gsize         max_values)
{
  GString *text = g_string_new ("[");

  for (gsize i = 0; i < MIN (n_values, max_values); i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? ", " : "", values[i]);
  if (n_values > max_values)
    g_string_append (text, max_values > 0 ? ", …" : "…");
  g_string_append_c (text, ']');
  return g_string_free (text, FALSE);
}

/**
 * juggler_format_letter:
 * @worker: a worker's place in the document, from 1; 0 is main
 *
 * Gives the letter by which a worker goes everywhere: M for main, then A, B, C …, after Z AA, AB … The thirteenth
 * worker is N, since M is main's.
 *
 * Returns: (transfer full): the letter
 */
char *
juggler_format_letter (guint worker)
{
  char  letters[16];
  guint place = sizeof letters - 1;
  guint rest = worker >= 13 ? worker + 1 : worker;

  if (worker == 0)
    return g_strdup ("M");
  letters[place] = '\0';
  for (; rest > 0; rest = (rest - 1) / 26)
    letters[--place] = (char) ('A' + (rest - 1) % 26);
  return g_strdup (letters + place);
}

/**
 * juggler_format_plain:
 * @text: a text with formatted numbers
 *
 * Gives the text as it goes into files and pipes, where other programs read it: no spaces between groups of digits, a
 * plain minus.
 *
 * Returns: (transfer full): the text
 */
char *
juggler_format_plain (const char *text)
{
  GString *plain = g_string_sized_new (strlen (text));

  for (const char *at = text; *at != '\0';)
    {
      size_t   length = (size_t) (g_utf8_next_char (at) - at);
      gunichar letter = g_utf8_get_char (at);

      if (letter == 0x2009)
        {
          if (!(at > text && g_ascii_isdigit (at[-1]) && g_ascii_isdigit (at[length])))
            g_string_append_c (plain, ' ');
        }
      else if (letter == 0x2212)
        g_string_append_c (plain, '-');
      else
        g_string_append_len (plain, at, (gssize) length);
      at += length;
    }
  return g_string_free (plain, FALSE);
}
