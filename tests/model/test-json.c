/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The reader: what is JSON and what not, where everything stands, and that nothing brings it down. */

#include <locale.h>
#include <string.h>

#include "juggler-json.h"

static JugglerJson *
read_text (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return juggler_json_read (bytes);
}

static void
test_kinds (void)
{
  g_autoptr (JugglerJson) json = read_text (" [ null, true, false, 0, -0, -12, 1.0, 1e2, 1E-2, \"\", [], {} ] ");
  const JugglerJsonKind   kinds[]
      = { JUGGLER_JSON_NULL,    JUGGLER_JSON_BOOLEAN,  JUGGLER_JSON_BOOLEAN,  JUGGLER_JSON_INTEGER,
          JUGGLER_JSON_INTEGER, JUGGLER_JSON_INTEGER,  JUGGLER_JSON_FRACTION, JUGGLER_JSON_FRACTION,
          JUGGLER_JSON_FRACTION, JUGGLER_JSON_TEXT,    JUGGLER_JSON_ARRAY,    JUGGLER_JSON_OBJECT };
  const gint64            values[] = { 0, 1, 0, 0, 0, -12 };
  guint                   i = 0;

  g_assert_cmpuint (json->faults->len, ==, 0);
  for (JugglerJsonNode *node = json->root->value.first; node != NULL && i < G_N_ELEMENTS (kinds); node = node->next, i++)
    {
      g_assert_cmpuint (node->kind, ==, kinds[i]);
      if (i < G_N_ELEMENTS (values))
        g_assert_cmpint (node->value.integer, ==, values[i]);
    }
  g_assert_cmpuint (juggler_json_count (json->root), ==, G_N_ELEMENTS (kinds));
}

static void
test_integers (void)
{
  static const struct
  {
    const char     *text;
    JugglerJsonKind kind;
    gint64          value;
  } cases[] = {
    { "9223372036854775807", JUGGLER_JSON_INTEGER, G_MAXINT64 },
    { "-9223372036854775808", JUGGLER_JSON_INTEGER, G_MININT64 },
    { "9223372036854775808", JUGGLER_JSON_HUGE, G_MAXINT64 },
    { "-9223372036854775809", JUGGLER_JSON_HUGE, G_MININT64 },
    { "18446744073709551616", JUGGLER_JSON_HUGE, G_MAXINT64 },
    { "9007199254740993", JUGGLER_JSON_INTEGER, 9007199254740993 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JugglerJson) json = read_text (cases[i].text);

      g_assert_cmpuint (json->faults->len, ==, 0);
      g_assert_cmpuint (json->root->kind, ==, cases[i].kind);
      g_assert_cmpint (json->root->value.integer, ==, cases[i].value);
    }
}

static void
test_texts (void)
{
  static const struct
  {
    const char *text;
    const char *value;
  } cases[] = {
    { "\"\"", "" },
    { "\"a b\"", "a b" },
    { "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t" },
    { "\"\\u0041\\u00e9\\u4E09\\ud83d\\ude42\"", "Aé三🙂" },
    { "\"é三🙂\"", "é三🙂" },
    { "\"\x7f\"", "\x7f" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JugglerJson) json = read_text (cases[i].text);

      g_assert_cmpuint (json->faults->len, ==, 0);
      g_assert_cmpstr (json->root->value.text, ==, cases[i].value);
    }
}

static void
assert_place (JugglerJson *json,
              guint32      offset,
              guint        line,
              guint        column)
{
  JugglerJsonPlace place = JUGGLER_JSON_PLACE_INIT;

  juggler_json_place_advance (&place, json->bytes, offset);
  g_assert_cmpuint (place.line, ==, line);
  g_assert_cmpuint (place.column, ==, column);
}

static void
test_places (void)
{
  g_autoptr (JugglerJson) json = read_text ("{\r\n \"三🙂\": 1, \"é\" :[ 2,\n3 ] }");
  JugglerJsonNode        *first = json->root->value.first;
  JugglerJsonNode        *list = first->next;
  g_autofree char        *path = juggler_json_dup_path (list->value.first->next);

  assert_place (json, json->root->begin, 1, 1);
  assert_place (json, first->key->begin, 2, 2);
  assert_place (json, first->begin, 2, 8);
  assert_place (json, list->key->begin, 2, 11);
  assert_place (json, list->begin, 2, 16);
  assert_place (json, list->value.first->begin, 2, 18);
  assert_place (json, list->value.first->next->begin, 3, 1);
  assert_place (json, list->end, 3, 4);
  g_assert_cmpstr (path, ==, "/é/1");
}

static void
test_paths (void)
{
  g_autoptr (JugglerJson) json = read_text ("{ \"a/b\": { \"m~n\": [ 0, { \"\": 1 } ] } }");
  JugglerJsonNode        *list = json->root->value.first->value.first;
  JugglerJsonNode        *node = list->value.first->next->value.first;
  g_autofree char        *path = juggler_json_dup_path (node);
  g_autofree char        *missing = juggler_json_dup_member_path (json->root, "~/");
  g_autofree char        *root = juggler_json_dup_path (json->root);

  g_assert_cmpstr (path, ==, "/a~1b/m~0n/1/");
  g_assert_cmpstr (missing, ==, "/~0~1");
  g_assert_cmpstr (root, ==, "");
  g_assert_true (juggler_json_find (json->root, "a/b") == json->root->value.first);
  g_assert_null (juggler_json_find (json->root, "a"));
  g_assert_null (juggler_json_find (list, "0"));
  g_assert_cmpuint (juggler_json_count (list), ==, 2);
}

/* One fault, at this byte, and whether anything could be read on. */
static void
assert_fault (const char *text,
              gsize       length,
              guint32     offset,
              const char *path,
              gboolean    is_end)
{
  g_autoptr (GBytes)      bytes = g_bytes_new (text, length);
  g_autoptr (JugglerJson) json = juggler_json_read (bytes);
  const JugglerJsonFault *fault;

  g_assert_cmpuint (json->faults->len, ==, 1);
  fault = &g_array_index (json->faults, JugglerJsonFault, 0);
  g_assert_cmpuint (fault->offset, ==, offset);
  g_assert_cmpstr (fault->path, ==, path);
  g_assert_cmpint (fault->is_end, ==, is_end);
  g_assert_true ((json->root == NULL) == is_end);
}

static void
test_faults (void)
{
  assert_fault ("", 0, 0, "", TRUE);
  assert_fault ("[1,]", 4, 3, "/1", TRUE);
  assert_fault ("{\"a\": 1,}", 9, 8, "", TRUE);
  assert_fault ("{\"a\": tru}", 10, 6, "/a", TRUE);
  assert_fault ("[\"a\nb\"]", 7, 3, "/0", TRUE);
  assert_fault ("[\"\\u0000\"]", 10, 1, "/0", FALSE);
  assert_fault ("{\"a\":1, \"a\":2}", 14, 8, "/a", FALSE);
  assert_fault ("{\"a\":{\"b\":1, \"b\":{\"c\":[]}}}", 27, 13, "/a/b", FALSE);
  assert_fault ("[1] 2", 5, 4, "", TRUE);
  assert_fault ("[3, \xff]", 6, 4, "/1", TRUE);
  assert_fault ("[1\0]", 4, 2, "", TRUE);
  assert_fault ("\xef\xbb\xbf[]", 5, 0, "", FALSE);
}

static void
assert_bad_text (const char *text,
                 guint32     offset,
                 const char *path)
{
  assert_fault (text, strlen (text), offset, path, FALSE);
}

/* A text with what is no character is a bad value or key as a whole, and what follows is read. */
static void
test_bad_texts (void)
{
  g_autoptr (JugglerJson) json = read_text ("{\"\\u0000\": 1, \"\\ud800\": 2}");

  assert_bad_text ("{\"a\": [0, \"xyz\\u0000\\ud800\"]}", 10, "/a/1");
  assert_bad_text ("{\"a\": \"xyz\\udc00\"}", 6, "/a");
  assert_bad_text ("[\"\xff\"]", 1, "/0");
  assert_bad_text ("[\"\xe4\xb8\x89 \xe4\xb8\"]", 1, "/0");
  assert_bad_text ("[\"\xed\xa0\x80\"]", 1, "/0");
  assert_bad_text ("{\"b\": {\"x\\u0000\": [1]}}", 7, "/b/x\xef\xbf\xbd");
  assert_bad_text ("{\"\xc3\": 1}", 1, "/?");
  /* They are not the same key. */
  g_assert_cmpuint (json->faults->len, ==, 2);
  g_assert_cmpuint (juggler_json_count (json->root), ==, 2);
}

/* Elements know their places, which a long list of faults needs. */
static void
test_many_faults (void)
{
  g_autoptr (GString)     text = g_string_new ("[");
  g_autoptr (JugglerJson) json = NULL;
  const JugglerJsonFault *last;

  for (guint i = 0; i < 200000; i++)
    g_string_append (text, "{\"a\":1,\"a\":1},");
  g_string_append (text, "0]");
  json = read_text (text->str);
  g_assert_cmpuint (json->faults->len, ==, JUGGLER_JSON_MAX_FAULTS + 1);
  last = &g_array_index (json->faults, JugglerJsonFault, JUGGLER_JSON_MAX_FAULTS);
  g_assert_cmpstr (last->path, ==, "/100000/a");
}

static void
test_several_faults (void)
{
  g_autoptr (JugglerJson) json = read_text ("{\"a\": \"\\u0000\", \"a\": \"\\ud800\", \"b\": [}");

  g_assert_cmpuint (json->faults->len, ==, 4);
  g_assert_cmpstr (g_array_index (json->faults, JugglerJsonFault, 2).path, ==, "/a");
  g_assert_cmpuint (g_array_index (json->faults, JugglerJsonFault, 3).offset, ==, 37);
}

static void
test_nesting (void)
{
  g_autoptr (GString)     text = g_string_new (NULL);
  g_autoptr (JugglerJson) deepest = NULL;
  g_autoptr (JugglerJson) too_deep = NULL;

  for (guint i = 0; i < 64; i++)
    g_string_append_c (text, '[');
  for (guint i = 0; i < 64; i++)
    g_string_append_c (text, ']');
  deepest = read_text (text->str);
  g_assert_cmpuint (deepest->faults->len, ==, 0);
  g_string_prepend_c (text, '[');
  g_string_append_c (text, ']');
  too_deep = read_text (text->str);
  g_assert_cmpuint (too_deep->faults->len, ==, 1);
  g_assert_cmpuint (g_array_index (too_deep->faults, JugglerJsonFault, 0).offset, ==, 64);
}

static void
test_hostile (void)
{
  const char *const patterns[] = { "[", "{\"a\":", "[{\"\":", "\"\\", "-", "{\"a\":1," };

  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++)
    {
      g_autoptr (GString)     text = g_string_new (NULL);
      g_autoptr (JugglerJson) json = NULL;

      while (text->len < 100000 * strlen (patterns[i]))
        g_string_append (text, patterns[i]);
      json = read_text (text->str);
      g_assert_cmpuint (json->faults->len, >=, 1);
      g_assert_cmpuint (json->faults->len, <=, JUGGLER_JSON_MAX_FAULTS + 1);
      g_assert_null (json->root);
    }
}

static void
test_size (void)
{
  g_autoptr (GByteArray)  data = g_byte_array_new ();
  g_autoptr (GBytes)      largest = NULL;
  g_autoptr (GBytes)      larger = NULL;
  g_autoptr (JugglerJson) json = NULL;
  g_autoptr (JugglerJson) too_large = NULL;

  g_byte_array_set_size (data, JUGGLER_JSON_MAX_BYTES);
  memset (data->data, ' ', data->len);
  data->data[data->len - 1] = '1';
  largest = g_bytes_new (data->data, data->len);
  json = juggler_json_read (largest);
  g_assert_cmpuint (json->faults->len, ==, 0);
  g_byte_array_append (data, (const guint8 *) " ", 1);
  larger = g_bytes_new (data->data, data->len);
  too_large = juggler_json_read (larger);
  g_assert_cmpuint (too_large->faults->len, ==, 1);
  g_assert_nonnull (strstr (g_array_index (too_large->faults, JugglerJsonFault, 0).message, "16 MiB"));
}

/* Many keys: finding a duplicate must not take the square of their number. */
static void
test_many_keys (void)
{
  g_autoptr (GString)     text = g_string_new ("{");
  g_autoptr (JugglerJson) json = NULL;

  for (guint i = 0; i < 200000; i++)
    g_string_append_printf (text, "\"k%u\":%u,", i, i);
  g_string_append (text, "\"k199999\":0}");
  json = read_text (text->str);
  g_assert_cmpuint (json->faults->len, ==, 1);
  g_assert_cmpuint (juggler_json_count (json->root), ==, 200000);
}

static void
test_escapes (void)
{
  g_autofree char    *quoted = juggler_json_quote ("a\nb\x01\u202e");
  g_autofree char    *cut = juggler_json_escape ("三个进程", 2);
  g_autoptr (GString) json = g_string_new (NULL);

  g_assert_cmpstr (quoted, ==, "\"a\\nb\\u0001\\u202e\"");
  g_assert_cmpstr (cut, ==, "三个…");
  juggler_json_append_text (json, "a\"\\\n\t\x02é");
  g_assert_cmpstr (json->str, ==, "\"a\\\"\\\\\\n\\t\\u0002é\"");
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/kinds", test_kinds);
  g_test_add_func ("/json/integers", test_integers);
  g_test_add_func ("/json/texts", test_texts);
  g_test_add_func ("/json/places", test_places);
  g_test_add_func ("/json/paths", test_paths);
  g_test_add_func ("/json/faults", test_faults);
  g_test_add_func ("/json/bad-texts", test_bad_texts);
  g_test_add_func ("/json/many-faults", test_many_faults);
  g_test_add_func ("/json/several-faults", test_several_faults);
  g_test_add_func ("/json/nesting", test_nesting);
  g_test_add_func ("/json/hostile", test_hostile);
  g_test_add_func ("/json/size", test_size);
  g_test_add_func ("/json/many-keys", test_many_keys);
  g_test_add_func ("/json/escapes", test_escapes);
  return g_test_run ();
}
