/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "juggler-compact-json.h"

#include <math.h>
#include <string.h>

static void
before_value (JugglerCompactJson *self)
{
  if (self->comma)
    g_string_append_c (self->text, ',');
  self->comma = TRUE;
}

void
juggler_compact_json_begin (JugglerCompactJson *self,
                            char                bracket)
{
  before_value (self);
  g_string_append_c (self->text, bracket);
  self->comma = FALSE;
}

void
juggler_compact_json_end (JugglerCompactJson *self,
                          char                bracket)
{
  g_string_append_c (self->text, bracket);
  self->comma = TRUE;
}

static void
append_escaped (GString    *text,
                const char *value)
{
  const char *from = value;
  const char *at;

  g_string_append_c (text, '"');
  for (at = value; *at != '\0'; at++)
    {
      guchar c = (guchar) *at;

      if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7f)
        continue;
      g_string_append_len (text, from, at - from);
      from = at + 1;
      if (c == '"' || c == '\\')
        g_string_append_printf (text, "\\%c", c);
      else if (c == '\n')
        g_string_append (text, "\\n");
      else if (c == '\t')
        g_string_append (text, "\\t");
      else
        g_string_append_printf (text, "\\u%04x", c);
    }
  g_string_append (text, from);
  g_string_append_c (text, '"');
}

void
juggler_compact_json_string (JugglerCompactJson *self,
                             const char         *value)
{
  g_autofree char *valid = NULL;

  if (value == NULL)
    {
      juggler_compact_json_null (self);
      return;
    }
  before_value (self);
  if (!g_utf8_validate (value, -1, NULL))
    value = valid = g_utf8_make_valid (value, -1);
  append_escaped (self->text, value);
}

void
juggler_compact_json_name (JugglerCompactJson *self,
                           const char         *name)
{
  juggler_compact_json_string (self, name);
  g_string_append_c (self->text, ':');
  self->comma = FALSE;
}

void
juggler_compact_json_integer (JugglerCompactJson *self,
                              gint64              value)
{
  before_value (self);
  g_string_append_printf (self->text, "%" G_GINT64_FORMAT, value);
}

void
juggler_compact_json_difference (JugglerCompactJson *self,
                                 gint64              a,
                                 gint64              b)
{
  guint64 size = a >= b ? (guint64) a - (guint64) b : (guint64) b - (guint64) a;

  before_value (self);
  g_string_append_printf (self->text, "%s%" G_GUINT64_FORMAT, a >= b ? "" : "-", size);
}

void
juggler_compact_json_unsigned (JugglerCompactJson *self,
                               guint64             value)
{
  before_value (self);
  g_string_append_printf (self->text, "%" G_GUINT64_FORMAT, value);
}

void
juggler_compact_json_number (JugglerCompactJson *self,
                             gdouble             value)
{
  char  text[G_ASCII_DTOSTR_BUF_SIZE];
  gsize length;

  before_value (self);
  if (!isfinite (value))
    value = 0;
  g_ascii_formatd (text, sizeof text, "%.3f", value);
  length = strlen (text);
  while (text[length - 1] == '0' && text[length - 2] != '.')
    length--;
  text[length] = '\0';
  g_string_append (self->text, strcmp (text, "-0.0") == 0 ? "0.0" : text);
}

void
juggler_compact_json_boolean (JugglerCompactJson *self,
                              gboolean            value)
{
  before_value (self);
  g_string_append (self->text, value ? "true" : "false");
}

void
juggler_compact_json_null (JugglerCompactJson *self)
{
  before_value (self);
  g_string_append (self->text, "null");
}
