/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-json.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* Up to so many members of an object are looked through for a duplicate key; beyond, a table is faster. */
#define LINEAR_KEYS 12U

/* What may come next. */
typedef enum
{
  EXPECT_VALUE,
  EXPECT_VALUE_OR_END, /* behind `[` */
  EXPECT_KEY,
  EXPECT_KEY_OR_END, /* behind `{` */
  EXPECT_COMMA_OR_END,
  EXPECT_NOTHING, /* behind the document's value */
} Expectation;

typedef struct
{
  JugglerJsonNode *node;
  JugglerJsonNode *last;
  GHashTable      *keys; /* NULL: few members */
  guint            n_members;
} Level;

typedef struct
{
  JugglerJson    *json;
  const char     *text;
  gsize           length;
  gsize           at;
  const char     *trouble; /* with the text that was read last; NULL: none */
  gboolean        is_utf8; /* all of it */
  Level           levels[JUGGLER_JSON_MAX_NESTING];
  guint           depth;
  JugglerJsonKey *key; /* of the value that comes next */
  gboolean        is_repeated; /* that key stood there before: its value is read, but not kept */
  gboolean        is_behind;   /* a value, where a comma or the end of what it is in comes */
  gboolean        has_ended;   /* by a fault that cannot be read past */
} Reader;

static char *
dup_path_here (Reader *self)
{
  const Level *level = self->depth > 0 ? &self->levels[self->depth - 1] : NULL;

  if (level == NULL)
    return g_strdup ("");
  if (self->is_behind || level->node->kind == JUGGLER_JSON_OBJECT)
    return juggler_json_dup_member_path (level->node, self->key != NULL ? self->key->name : NULL);
  else
    {
      g_autofree char *index = g_strdup_printf ("%u", level->n_members);

      return juggler_json_dup_member_path (level->node, index);
    }
}

/* `node` is what must be in the document for the fault to count; NULL: the document. */
static void
add_fault (Reader                *self,
           gsize                  offset,
           const JugglerJsonNode *node,
           const char            *message)
{
  JugglerJsonFault fault = { .offset = (guint32) offset, .node = node };

  if (juggler_json_is_full (self->json))
    return;
  fault.path = dup_path_here (self);
  fault.message = g_strdup (message);
  juggler_json_add_fault (self->json, &fault);
}

static void
end_with_fault (Reader     *self,
                gsize       offset,
                const char *message)
{
  if (self->has_ended)
    return;
  self->has_ended = TRUE;
  add_fault (self, offset, NULL, message);
  g_array_index (self->json->faults, JugglerJsonFault, self->json->faults->len - 1).is_end = TRUE;
}

static void
skip_space (Reader *self)
{
  while (self->at < self->length)
    {
      char c = self->text[self->at];

      if (c != ' ' && c != '\t' && c != '\n' && c != '\r')
        break;
      self->at++;
    }
}

static JugglerJsonNode *
add_node (Reader         *self,
          JugglerJsonKind kind,
          gsize           begin)
{
  Level           *level = self->depth > 0 ? &self->levels[self->depth - 1] : NULL;
  JugglerJsonNode *node = juggler_json_allocate (self->json, sizeof *node);

  memset (node, 0, sizeof *node);
  node->kind = kind;
  node->begin = (guint32) begin;
  node->end = (guint32) self->at;
  node->key = g_steal_pointer (&self->key);
  if (level == NULL)
    {
      self->json->root = node;
      return node;
    }
  node->parent = level->node;
  node->index = level->n_members;
  if (self->is_repeated)
    {
      self->is_repeated = FALSE;
      return node;
    }
  if (level->last == NULL)
    level->node->value.first = node;
  else
    level->last->next = node;
  level->last = node;
  level->n_members++;
  return node;
}

static int
hex_digits (Reader *self,
            gsize   at)
{
  int value = 0;

  if (self->length - at < 4)
    return -1;
  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (self->text[at + i]);

      if (digit < 0)
        return -1;
      value = value * 16 + digit;
    }
  return value;
}

/* The code point of `\uXXXX` (and of the second half of a pair), at its `u`. Moves behind it; 0: a fault. What can be
 * read but is no character makes the whole text a bad one. */
static gunichar
read_escaped_code_point (Reader *self)
{
  gsize begin = self->at - 1;
  int   first = hex_digits (self, self->at + 1);
  int   second;

  if (first < 0)
    {
      end_with_fault (self, begin, _ ("four hexadecimal digits must follow \\u"));
      return 0;
    }
  self->at += 5;
  if (first == 0)
    {
      self->trouble = _ ("\\u0000 is not allowed in a text");
      return 0xfffd;
    }
  if (first < 0xd800 || first > 0xdfff)
    return (gunichar) first;
  if (first < 0xdc00 && self->length - self->at >= 6 && self->text[self->at] == '\\'
      && self->text[self->at + 1] == 'u')
    {
      second = hex_digits (self, self->at + 2);
      if (second >= 0xdc00 && second <= 0xdfff)
        {
          self->at += 6;
          return 0x10000U + (((guint) first - 0xd800U) << 10) + ((guint) second - 0xdc00U);
        }
    }
  /* RFC 8259, 8.2: what such a text means is left open; it has no UTF-8. */
  self->trouble = _ ("half of a surrogate pair is no character");
  return 0xfffd;
}

static char *
read_escape (Reader *self,
             char   *out)
{
  static const char from[] = "\"\\/bfnrt";
  static const char to[] = "\"\\/\b\f\n\r\t";
  const char       *found;
  gunichar          c;

  self->at++;
  if (self->at >= self->length)
    return out;
  if (self->text[self->at] == 'u')
    {
      c = read_escaped_code_point (self);
      return c == 0 ? out : out + g_unichar_to_utf8 (c, out);
    }
  found = strchr (from, self->text[self->at]);
  if (found == NULL || *found == '\0')
    {
      end_with_fault (self, self->at - 1, _ ("there is no such escape in JSON"));
      return out;
    }
  self->at++;
  *out = to[found - from];
  return out + 1;
}

static char *
read_character (Reader *self,
                char   *out)
{
  const char *c = self->text + self->at;
  gsize       n_bytes = 1;

  if ((guchar) *c < 0x80 || self->is_utf8)
    {
      *out = *c;
    }
  /* -1 and -2 are for what is no character. */
  else if ((gint32) g_utf8_get_char_validated (c, (gssize) (self->length - self->at)) < 0)
    {
      self->trouble = _ ("this text is not valid UTF-8");
      *out = '?';
    }
  else
    {
      n_bytes = (gsize) (g_utf8_next_char (c) - c);
      memcpy (out, c, n_bytes);
    }
  self->at += n_bytes;
  return out + n_bytes;
}

/* At the opening quote; moves behind the closing one. Returns NULL if the text does not end. */
static const char *
read_text (Reader *self)
{
  gsize begin = self->at;
  gsize end = begin + 1;
  char *text;
  char *out;

  self->trouble = NULL;
  /* No escape makes a text longer than it was written. */
  while (end < self->length && self->text[end] != '"')
    end += self->text[end] == '\\' ? 2 : 1;
  if (end >= self->length)
    {
      end_with_fault (self, begin, _ ("this text has no closing quote"));
      return NULL;
    }
  text = out = juggler_json_allocate (self->json, end - begin);
  self->at++;
  while (!self->has_ended && self->text[self->at] != '"')
    {
      if (self->text[self->at] == '\\')
        {
          out = read_escape (self, out);
        }
      else if ((guchar) self->text[self->at] < 0x20)
        {
          end_with_fault (self, self->at, _ ("control characters and line breaks in a text must be escaped"));
        }
      else
        {
          out = read_character (self, out);
        }
    }
  *out = '\0';
  self->at++;
  return self->has_ended ? NULL : text;
}

static gsize
skip_digits (Reader *self)
{
  gsize begin = self->at;

  while (self->at < self->length && g_ascii_isdigit (self->text[self->at]))
    self->at++;
  return self->at - begin;
}

/* Exact to 64 bits, -2^63 included. */
static gboolean
parse_integer (const char *digits,
               gsize       n_digits,
               gboolean    is_negative,
               gint64     *value)
{
  gint64 sum = 0;

  for (gsize i = 0; i < n_digits; i++)
    {
      if (__builtin_mul_overflow (sum, 10, &sum) || __builtin_sub_overflow (sum, digits[i] - '0', &sum))
        return FALSE;
    }
  return is_negative ? (*value = sum, TRUE) : !__builtin_sub_overflow ((gint64) 0, sum, value);
}

static void
read_number (Reader *self)
{
  gsize            begin = self->at;
  gboolean         is_negative = self->text[begin] == '-';
  JugglerJsonKind  kind = JUGGLER_JSON_INTEGER;
  gint64           value = 0;
  gsize            first_digit;
  gsize            n_digits;
  JugglerJsonNode *node;

  self->at += is_negative ? 1 : 0;
  first_digit = self->at;
  n_digits = skip_digits (self);
  if (n_digits == 0 || (n_digits > 1 && self->text[first_digit] == '0'))
    {
      end_with_fault (self, begin, n_digits == 0 ? _ ("a number must follow the minus sign")
                                                 : _ ("a number must not begin with 0"));
      return;
    }
  if (!parse_integer (self->text + first_digit, n_digits, is_negative, &value))
    kind = JUGGLER_JSON_HUGE;
  if (self->at < self->length && self->text[self->at] == '.')
    {
      self->at++;
      kind = JUGGLER_JSON_FRACTION;
      if (skip_digits (self) == 0)
        end_with_fault (self, begin, _ ("digits must follow the decimal point"));
    }
  if (self->at < self->length && (self->text[self->at] == 'e' || self->text[self->at] == 'E'))
    {
      self->at++;
      kind = JUGGLER_JSON_FRACTION;
      if (self->at < self->length && (self->text[self->at] == '+' || self->text[self->at] == '-'))
        self->at++;
      if (skip_digits (self) == 0)
        end_with_fault (self, begin, _ ("digits must follow the exponent's e"));
    }
  if (self->has_ended)
    return;
  node = add_node (self, kind, begin);
  if (kind == JUGGLER_JSON_FRACTION)
    {
      g_autofree char *number = g_strndup (self->text + begin, self->at - begin);

      node->value.fraction = g_ascii_strtod (number, NULL);
      return;
    }
  node->value.integer = kind == JUGGLER_JSON_INTEGER ? value : is_negative ? G_MININT64 : G_MAXINT64;
}

static gboolean
starts_character (Reader *self)
{
  return self->text[self->at] == '\0'
         || (gint32) g_utf8_get_char_validated (self->text + self->at, (gssize) (self->length - self->at)) >= 0;
}

static void
end_at_unexpected (Reader     *self,
                   const char *expected)
{
  g_autofree char *character = NULL;
  g_autofree char *quoted = NULL;
  g_autofree char *message = NULL;

  if (self->at >= self->length)
    {
      message = g_strdup_printf (_ ("the text ends where %s should stand"), expected);
    }
  else if (!self->is_utf8 && !starts_character (self))
    {
      message = g_strdup (_ ("what stands here is not valid UTF-8"));
    }
  else
    {
      const char *here = self->text + self->at;

      character = *here == '\0' ? g_strdup ("\\u0000") : g_strndup (here, g_utf8_next_char (here) - here);
      quoted = *here == '"' ? g_strdup ("'\"'") : juggler_json_quote (character);
      message = g_strdup_printf (_ ("%s stands where %s should stand"), quoted, expected);
      if (*here == '/' || *here == '#')
        {
          g_free (message);
          message = g_strdup (_ ("JSON has no comments"));
        }
    }
  end_with_fault (self, self->at, message);
}

static void
read_word (Reader *self)
{
  static const struct
  {
    const char     *word;
    JugglerJsonKind kind;
    gint64          value;
  } words[] = {
    { "null", JUGGLER_JSON_NULL, 0 },
    { "true", JUGGLER_JSON_BOOLEAN, 1 },
    { "false", JUGGLER_JSON_BOOLEAN, 0 },
  };
  gsize begin = self->at;
  gsize end = begin;

  while (end < self->length && (g_ascii_isalnum (self->text[end]) || self->text[end] == '_'))
    end++;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (strlen (words[i].word) == end - begin && memcmp (words[i].word, self->text + begin, end - begin) == 0)
        {
          self->at = end;
          add_node (self, words[i].kind, begin)->value.integer = words[i].value;
          return;
        }
    }
  if (end > begin)
    {
      g_autofree char *word = g_strndup (self->text + begin, end - begin);
      g_autofree char *quoted = juggler_json_quote (word);
      g_autofree char *message = g_strdup_printf (_ ("%s is no JSON value; a text stands in double quotes"), quoted);

      end_with_fault (self, begin, message);
      return;
    }
  end_at_unexpected (self, _ ("a value"));
}

static void
open_container (Reader         *self,
                JugglerJsonKind kind)
{
  JugglerJsonNode *node;
  g_autofree char *message = NULL;

  if (self->depth == JUGGLER_JSON_MAX_NESTING)
    {
      message = g_strdup_printf (_ ("arrays and objects are nested deeper than %u"), JUGGLER_JSON_MAX_NESTING);
      end_with_fault (self, self->at, message);
      return;
    }
  self->at++;
  node = add_node (self, kind, self->at - 1);
  node->value.first = NULL;
  self->levels[self->depth++] = (Level) { .node = node };
}

static Expectation
expectation_behind_value (Reader *self)
{
  return self->depth > 0 ? EXPECT_COMMA_OR_END : EXPECT_NOTHING;
}

static Expectation
close_container (Reader *self)
{
  Level *level = &self->levels[--self->depth];

  self->at++;
  level->node->end = (guint32) self->at;
  g_clear_pointer (&level->keys, g_hash_table_unref);
  return expectation_behind_value (self);
}

static void
read_text_value (Reader *self)
{
  gsize            begin = self->at;
  const char      *text = read_text (self);
  g_autofree char *path = NULL;
  JugglerJsonNode *node;

  if (text == NULL)
    return;
  if (self->trouble != NULL && !juggler_json_is_full (self->json))
    path = dup_path_here (self);
  node = add_node (self, JUGGLER_JSON_TEXT, begin);
  node->value.text = text;
  if (self->trouble == NULL)
    return;
  node->flags |= JUGGLER_JSON_FLAG_BAD;
  if (path != NULL)
    juggler_json_add_fault (self->json, &(JugglerJsonFault) { .offset = (guint32) begin, .node = node,
                                                              .path = g_steal_pointer (&path),
                                                              .message = g_strdup (self->trouble) });
}

static Expectation
read_value (Reader *self)
{
  char c = self->at < self->length ? self->text[self->at] : '\0';

  if (self->at >= self->length)
    {
      end_at_unexpected (self, _ ("a value"));
    }
  else if (c == '{' || c == '[')
    {
      open_container (self, c == '{' ? JUGGLER_JSON_OBJECT : JUGGLER_JSON_ARRAY);
      return c == '{' ? EXPECT_KEY_OR_END : EXPECT_VALUE_OR_END;
    }
  else if (c == '"')
    {
      read_text_value (self);
    }
  else if (c == '-' || g_ascii_isdigit (c))
    {
      read_number (self);
    }
  else
    {
      read_word (self);
    }
  return expectation_behind_value (self);
}

static gboolean
has_key (Level      *level,
         const char *name)
{
  if (level->keys == NULL && level->n_members < LINEAR_KEYS)
    return juggler_json_find (level->node, name) != NULL;
  if (level->keys == NULL)
    {
      level->keys = g_hash_table_new (g_str_hash, g_str_equal);
      for (JugglerJsonNode *member = level->node->value.first; member != NULL; member = member->next)
        g_hash_table_add (level->keys, (gpointer) member->key->name);
    }
  return !g_hash_table_add (level->keys, (gpointer) name);
}

static Expectation
read_key (Reader *self)
{
  Level      *level = &self->levels[self->depth - 1];
  gsize       begin = self->at;
  const char *name;

  if (self->at >= self->length || self->text[self->at] != '"')
    {
      end_at_unexpected (self, _ ("a key in double quotes"));
      return EXPECT_NOTHING;
    }
  name = read_text (self);
  if (name == NULL)
    return EXPECT_NOTHING;
  self->key = juggler_json_allocate (self->json, sizeof *self->key);
  self->key->name = name;
  self->key->begin = (guint32) begin;
  self->key->is_bad = self->trouble != NULL;
  if (self->trouble != NULL)
    {
      add_fault (self, begin, level->node, self->trouble);
    }
  else if (has_key (level, name))
    {
      add_fault (self, begin, level->node, _ ("this key stands here for the second time"));
      self->is_repeated = TRUE;
    }
  skip_space (self);
  if (self->at >= self->length || self->text[self->at] != ':')
    end_at_unexpected (self, _ ("a colon"));
  else
    self->at++;
  return EXPECT_VALUE;
}

static Expectation
read_comma_or_end (Reader *self)
{
  gboolean is_object = self->levels[self->depth - 1].node->kind == JUGGLER_JSON_OBJECT;
  char     c = self->at < self->length ? self->text[self->at] : '\0';

  if (c == (is_object ? '}' : ']'))
    return close_container (self);
  if (c != ',')
    {
      self->is_behind = TRUE;
      end_at_unexpected (self, is_object ? _ ("a comma or }") : _ ("a comma or ]"));
      return EXPECT_NOTHING;
    }
  self->at++;
  return is_object ? EXPECT_KEY : EXPECT_VALUE;
}

static Expectation
read_next (Reader     *self,
           Expectation expectation)
{
  char c = self->at < self->length ? self->text[self->at] : '\0';

  switch (expectation)
    {
    case EXPECT_VALUE_OR_END:
      return c == ']' ? close_container (self) : read_value (self);
    case EXPECT_KEY_OR_END:
      return c == '}' ? close_container (self) : read_key (self);
    case EXPECT_KEY:
      return read_key (self);
    case EXPECT_COMMA_OR_END:
      return read_comma_or_end (self);
    case EXPECT_VALUE:
    case EXPECT_NOTHING:
    default:
      return read_value (self);
    }
}

static void
read_document (Reader *self)
{
  Expectation expectation = EXPECT_VALUE;

  if (self->length >= 3 && memcmp (self->text, "\xef\xbb\xbf", 3) == 0)
    {
      add_fault (self, 0, NULL, _ ("the text begins with a byte-order mark, which JSON must not have"));
      self->at = 3;
    }
  skip_space (self);
  if (self->at == self->length)
    end_with_fault (self, self->at, _ ("the document is empty"));
  while (!self->has_ended && expectation != EXPECT_NOTHING)
    {
      expectation = read_next (self, expectation);
      skip_space (self);
    }
  if (!self->has_ended && self->at < self->length)
    end_at_unexpected (self, _ ("the document's end"));
}

JugglerJson *
juggler_json_read (GBytes *bytes)
{
  JugglerJson *json = g_new0 (JugglerJson, 1);
  Reader       reader = { .json = json };

  g_return_val_if_fail (bytes != NULL, NULL);

  json->bytes = g_bytes_ref (bytes);
  (void) juggler_json_allocate (json, 0);
  reader.text = g_bytes_get_data (bytes, &reader.length);
  if (reader.text == NULL)
    reader.text = "";
  reader.is_utf8 = g_utf8_validate (reader.text, (gssize) reader.length, NULL);
  if (reader.length > JUGGLER_JSON_MAX_BYTES)
    end_with_fault (&reader, 0, _ ("the document is larger than 16 MiB"));
  else
    read_document (&reader);

  for (guint i = 0; i < reader.depth; i++)
    g_clear_pointer (&reader.levels[i].keys, g_hash_table_unref);
  if (reader.has_ended)
    json->root = NULL;
  return json;
}
