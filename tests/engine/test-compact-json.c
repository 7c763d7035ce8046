/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "juggler-compact-json.h"

#include <json-glib/json-glib.h>

static char *
write_number (gdouble value)
{
  JugglerCompactJson writer = { g_string_new (NULL), FALSE };

  juggler_compact_json_number (&writer, value);
  return g_string_free (writer.text, FALSE);
}

static void
test_numbers (void)
{
  static const struct
  {
    gdouble     value;
    const char *text;
  } cases[] = {
    { 31.207, "31.207" }, { 30.9, "30.9" }, { 30911.0, "30911.0" }, { 0, "0.0" },
    { 0.0004, "0.0" },    { -0.0001, "0.0" }, { 1e9, "1000000000.0" }, { 0.12, "0.12" },
  };
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = write_number (cases[i].value);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* Every text comes back as it was, through another parser. */
static void
test_strings (void)
{
  static const char *const texts[] = { "", "plain", "a\"b\\c", "line\nbreak\ttab", "\x01\x1f\x7f", "计数器 – ½", "/" };
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      JugglerCompactJson      writer = { g_string_new (NULL), FALSE };
      g_autofree char       *text = NULL;
      g_autoptr (JsonParser) parser = json_parser_new ();

      juggler_compact_json_begin (&writer, '[');
      juggler_compact_json_string (&writer, texts[i]);
      juggler_compact_json_end (&writer, ']');
      text = g_string_free (writer.text, FALSE);
      g_assert_true (json_parser_load_from_data (parser, text, -1, NULL));
      g_assert_cmpstr (json_array_get_string_element (json_node_get_array (json_parser_get_root (parser)), 0), ==, texts[i]);
      g_assert_null (strpbrk (text, "\n\t\x01\x1f\x7f"));
    }
}

static void
test_structure (void)
{
  JugglerCompactJson writer = { g_string_new (NULL), FALSE };
  g_autofree char  *text = NULL;

  juggler_compact_json_begin (&writer, '{');
  juggler_compact_json_name (&writer, "a");
  juggler_compact_json_begin (&writer, '[');
  juggler_compact_json_end (&writer, ']');
  juggler_compact_json_name (&writer, "b");
  juggler_compact_json_begin (&writer, '[');
  juggler_compact_json_integer (&writer, G_MININT64);
  juggler_compact_json_unsigned (&writer, G_MAXUINT64);
  juggler_compact_json_boolean (&writer, TRUE);
  juggler_compact_json_null (&writer);
  juggler_compact_json_begin (&writer, '{');
  juggler_compact_json_end (&writer, '}');
  juggler_compact_json_end (&writer, ']');
  juggler_compact_json_name (&writer, "c");
  juggler_compact_json_string (&writer, NULL);
  juggler_compact_json_end (&writer, '}');
  text = g_string_free (writer.text, FALSE);
  g_assert_cmpstr (text, ==,
                   "{\"a\":[],\"b\":[-9223372036854775808,18446744073709551615,true,null,{}],\"c\":null}");
}

static void
test_invalid_utf8 (void)
{
  JugglerCompactJson writer = { g_string_new (NULL), FALSE };
  g_autofree char  *text = NULL;

  juggler_compact_json_string (&writer, "cut \xe8\xae");
  text = g_string_free (writer.text, FALSE);
  g_assert_true (g_utf8_validate (text, -1, NULL));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/compact-json/numbers", test_numbers);
  g_test_add_func ("/engine/compact-json/strings", test_strings);
  g_test_add_func ("/engine/compact-json/structure", test_structure);
  g_test_add_func ("/engine/compact-json/invalid-utf8", test_invalid_utf8);
  return g_test_run ();
}
