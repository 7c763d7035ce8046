/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "juggler-json-writer.h"

#include <string.h>

#define INDENT "  "

typedef struct
{
  GString                  *out;
  const JugglerJsonSources *sources;
} Writer;

static void write_value (Writer                *self,
                         const JugglerJsonNode *node,
                         const char            *indent);

static const char *
text_of (Writer                *self,
         const JugglerJsonNode *node)
{
  return g_bytes_get_data (g_ptr_array_index (self->sources->texts, node->source), NULL);
}

static void
write_span (Writer                *self,
            const JugglerJsonNode *node,
            guint32                begin,
            guint32                end)
{
  g_string_append_len (self->out, text_of (self, node) + begin, (gssize) end - (gssize) begin);
}

static void
write_key (Writer                *self,
           const JugglerJsonNode *member)
{
  if (member->key == NULL)
    return;
  juggler_json_append_text (self->out, member->key->name);
  g_string_append (self->out, ": ");
}

static void
write_anew (Writer                *self,
            const JugglerJsonNode *node,
            const char            *indent)
{
  gboolean         is_object = node->kind == JUGGLER_JSON_OBJECT;
  g_autofree char *inner = g_strconcat (indent, INDENT, NULL);

  g_string_append_c (self->out, is_object ? '{' : '[');
  for (const JugglerJsonNode *child = node->value.first; child != NULL; child = child->next)
    {
      g_string_append_printf (self->out, "\n%s", inner);
      write_key (self, child);
      write_value (self, child, inner);
      if (child->next != NULL)
        g_string_append_c (self->out, ',');
    }
  if (node->value.first != NULL)
    g_string_append_printf (self->out, "\n%s", indent);
  g_string_append_c (self->out, is_object ? '}' : ']');
}

/* Where the value of a child stands in its parent's text; FALSE: it was added, and has no place there. */
static gboolean
find_slot (Writer                *self,
           const JugglerJsonNode *child,
           JugglerJsonSlot       *slot)
{
  const JugglerJsonSlot *other;

  if ((child->flags & JUGGLER_JSON_FLAG_ADDED) != 0)
    return FALSE;
  other = g_hash_table_lookup (self->sources->slots, child);
  *slot = other != NULL ? *other : (JugglerJsonSlot) { child->begin, child->end };
  return TRUE;
}

/* The indentation of what is in a container, or NULL if that stands on one line. */
static char *
find_indent (Writer                *self,
             const JugglerJsonNode *node)
{
  const char            *text = text_of (self, node);
  const JugglerJsonNode *first = node->value.first;
  JugglerJsonSlot        slot;
  guint32                begin;
  guint32                line;

  if (first == NULL || !find_slot (self, first, &slot))
    return NULL;
  begin = first->key != NULL ? first->key->begin : slot.begin;
  for (line = begin; line > node->begin && text[line - 1] != '\n'; line--)
    {
    }
  if (line == node->begin)
    return NULL;
  return g_strndup (text + line, strspn (text + line, " \t"));
}

static void
write_added (Writer                *self,
             const JugglerJsonNode *child,
             gboolean               is_first,
             gboolean               is_inline,
             const char            *inner)
{
  if (!is_first)
    g_string_append_c (self->out, ',');
  if (is_inline)
    g_string_append_c (self->out, ' ');
  else
    g_string_append_printf (self->out, "\n%s", inner);
  write_key (self, child);
  write_value (self, child, inner);
}

/* The container's text with what was changed in it put into its place. */
static void
write_patched (Writer                *self,
               const JugglerJsonNode *node,
               const char            *indent)
{
  g_autofree char *found = find_indent (self, node);
  const char      *inner = found != NULL ? found : indent;
  JugglerJsonSlot  slot;
  guint32          cursor = node->begin;

  for (const JugglerJsonNode *child = node->value.first; child != NULL; child = child->next)
    {
      if (find_slot (self, child, &slot))
        {
          write_span (self, node, cursor, slot.begin);
          write_value (self, child, inner);
          cursor = slot.end;
          continue;
        }
      if (cursor == node->begin)
        {
          /* It was empty. */
          write_anew (self, node, indent);
          return;
        }
      write_added (self, child, FALSE, found == NULL, inner);
    }
  write_span (self, node, cursor, node->end);
}

static void
write_value (Writer                *self,
             const JugglerJsonNode *node,
             const char            *indent)
{
  if (!juggler_json_is_container (node)
      || (node->source == 0 && (node->flags & (JUGGLER_JSON_FLAG_CHANGED | JUGGLER_JSON_FLAG_REMOVED)) == 0))
    write_span (self, node, node->begin, node->end);
  else if (node->source != 0 || (node->flags & JUGGLER_JSON_FLAG_REMOVED) != 0)
    write_anew (self, node, indent);
  else
    write_patched (self, node, indent);
}

void
juggler_json_write (GString                  *out,
                    const JugglerJsonSources *sources,
                    const JugglerJsonNode    *root)
{
  Writer writer = { .out = out, .sources = sources };

  write_value (&writer, root, "");
}
