/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "juggler-json.h"

#include <string.h>

#define CHUNK_SIZE (64U * 1024U)
#define MAX_QUOTED 60U

static void
clear_fault (gpointer data)
{
  JugglerJsonFault *fault = data;

  g_free (fault->path);
  g_free (fault->message);
}

void
juggler_json_free (JugglerJson *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->faults, g_array_unref);
  g_clear_pointer (&self->chunks, g_ptr_array_unref);
  g_free (self);
}

gpointer
juggler_json_allocate (JugglerJson *self,
                       gsize        size)
{
  gpointer memory;

  size = (size + 7) & ~(gsize) 7;
  if (self->chunks == NULL)
    {
      self->chunks = g_ptr_array_new_with_free_func (g_free);
      self->faults = g_array_new (FALSE, FALSE, sizeof (JugglerJsonFault));
      g_array_set_clear_func (self->faults, clear_fault);
    }
  if (size > CHUNK_SIZE / 4)
    {
      memory = g_malloc (size);
      g_ptr_array_add (self->chunks, memory);
      return memory;
    }
  if (self->free_space == NULL || size > self->n_free)
    {
      self->free_space = g_malloc (CHUNK_SIZE);
      self->n_free = CHUNK_SIZE;
      g_ptr_array_add (self->chunks, self->free_space);
    }
  memory = self->free_space;
  self->free_space += size;
  self->n_free -= size;
  return memory;
}

gboolean
juggler_json_is_full (const JugglerJson *self)
{
  return self->faults->len > JUGGLER_JSON_MAX_FAULTS || self->n_fault_bytes > JUGGLER_JSON_MAX_FAULT_BYTES;
}

void
juggler_json_add_fault (JugglerJson            *self,
                        const JugglerJsonFault *fault)
{
  self->n_fault_bytes += strlen (fault->path) + strlen (fault->message);
  g_array_append_val (self->faults, *fault);
}

const char *
juggler_json_get_text (const JugglerJson *self)
{
  const char *text = g_bytes_get_data (self->bytes, NULL);

  return text != NULL ? text : "";
}

gboolean
juggler_json_is_container (const JugglerJsonNode *node)
{
  return node->kind == JUGGLER_JSON_ARRAY || node->kind == JUGGLER_JSON_OBJECT;
}

JugglerJsonNode *
juggler_json_find (const JugglerJsonNode *object,
                   const char            *name)
{
  if (object == NULL || object->kind != JUGGLER_JSON_OBJECT)
    return NULL;
  for (JugglerJsonNode *member = object->value.first; member != NULL; member = member->next)
    {
      if (g_str_equal (member->key->name, name))
        return member;
    }
  return NULL;
}

guint
juggler_json_count (const JugglerJsonNode *container)
{
  guint n = 0;

  g_return_val_if_fail (juggler_json_is_container (container), 0);

  for (const JugglerJsonNode *child = container->value.first; child != NULL; child = child->next)
    n++;
  return n;
}

JugglerJsonNode *
juggler_json_walk (const JugglerJsonNode *node,
                   const JugglerJsonNode *top)
{
  if (juggler_json_is_container (node) && node->value.first != NULL)
    return node->value.first;
  for (; node != top; node = node->parent)
    {
      if (node->next != NULL)
        return node->next;
    }
  return NULL;
}

static void
append_token (GString    *path,
              const char *name)
{
  g_string_append_c (path, '/');
  for (; *name != '\0'; name++)
    {
      if (*name == '~')
        g_string_append (path, "~0");
      else if (*name == '/')
        g_string_append (path, "~1");
      else
        g_string_append_c (path, *name);
    }
}

static void
append_path (GString               *path,
             const JugglerJsonNode *node)
{
  const JugglerJsonNode *nodes[JUGGLER_JSON_MAX_NESTING + 1];
  guint                  depth = 0;

  for (; node != NULL && node->parent != NULL && depth < G_N_ELEMENTS (nodes); node = node->parent)
    nodes[depth++] = node;
  while (depth-- > 0)
    {
      if (nodes[depth]->key != NULL)
        append_token (path, nodes[depth]->key->name);
      else
        g_string_append_printf (path, "/%u", nodes[depth]->index);
    }
}

char *
juggler_json_dup_path (const JugglerJsonNode *node)
{
  return juggler_json_dup_member_path (node, NULL);
}

char *
juggler_json_dup_member_path (const JugglerJsonNode *node,
                              const char            *name)
{
  GString *path = g_string_new (NULL);

  append_path (path, node);
  if (name != NULL)
    append_token (path, name);
  return g_string_free (path, FALSE);
}

void
juggler_json_place_advance (JugglerJsonPlace *place,
                            GBytes           *bytes,
                            gsize             offset)
{
  gsize       length;
  const char *text = g_bytes_get_data (bytes, &length);

  g_return_if_fail (offset >= place->offset);

  offset = MIN (offset, length);
  for (; place->offset < offset; place->offset++)
    {
      if (text[place->offset] == '\n')
        {
          place->line++;
          place->column = 1;
        }
      /* The bytes 10xxxxxx go on with a code point that has been counted (RFC 3629, 3). */
      else if (((guchar) text[place->offset] & 0xc0) != 0x80)
        {
          place->column++;
        }
    }
}

static gboolean
breaks_a_line (gunichar c)
{
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 || (c >= 0x202a && c <= 0x202e)
         || (c >= 0x2066 && c <= 0x2069);
}

char *
juggler_json_escape (const char *text,
                     gsize       max_length)
{
  GString *out = g_string_new (NULL);

  for (gsize n = 0; *text != '\0'; text = g_utf8_next_char (text), n++)
    {
      gunichar c = g_utf8_get_char (text);

      if (n >= max_length)
        {
          g_string_append (out, "…");
          break;
        }
      if (c == '\n')
        g_string_append (out, "\\n");
      else if (c == '\t')
        g_string_append (out, "\\t");
      else if (breaks_a_line (c))
        g_string_append_printf (out, "\\u%04x", c);
      else
        g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

char *
juggler_json_quote (const char *text)
{
  g_autofree char *escaped = juggler_json_escape (text, MAX_QUOTED);

  return g_strdup_printf ("\"%s\"", escaped);
}

void
juggler_json_append_text (GString    *out,
                          const char *text)
{
  g_string_append_c (out, '"');
  for (; *text != '\0'; text++)
    {
      guchar c = (guchar) *text;

      if (c == '"' || c == '\\')
        g_string_append_printf (out, "\\%c", c);
      else if (c == '\n')
        g_string_append (out, "\\n");
      else if (c == '\t')
        g_string_append (out, "\\t");
      else if (c < 0x20)
        g_string_append_printf (out, "\\u%04x", c);
      else
        g_string_append_c (out, (char) c);
    }
  g_string_append_c (out, '"');
}
