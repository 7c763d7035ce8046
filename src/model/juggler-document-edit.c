/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-document-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "juggler-json-writer.h"

/* Changing a document: a new value is read as a text of its own, and its tree takes its place in the document's. The
 * document's own text is never touched; the writer puts both together. */

static gboolean
refuse (GError    **error,
        const char *origin,
        const char *format,
        ...) G_GNUC_PRINTF (3, 4);

static gboolean
refuse (GError    **error,
        const char *origin,
        const char *format,
        ...)
{
  g_autofree char *message = NULL;
  g_autofree char *label = origin != NULL ? juggler_json_escape (origin, JUGGLER_DOCUMENT_MAX_TEXT) : NULL;
  va_list          arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  if (label != NULL)
    g_set_error (error, JUGGLER_MODEL_ERROR, JUGGLER_MODEL_ERROR_PATH, "%s: %s", label, message);
  else
    g_set_error_literal (error, JUGGLER_MODEL_ERROR, JUGGLER_MODEL_ERROR_PATH, message);
  return FALSE;
}

/* RFC 6901, 3 and 4. NULL: it is none. */
static char *
unescape_token (const char *token,
                gsize       length)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    {
      if (token[i] != '~')
        {
          g_string_append_c (out, token[i]);
          continue;
        }
      i++;
      if (i == length || (token[i] != '0' && token[i] != '1'))
        return NULL;
      g_string_append_c (out, token[i] == '0' ? '~' : '/');
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static GPtrArray *
split_path (const char  *path,
            const char  *origin,
            GError     **error)
{
  g_autoptr (GPtrArray) tokens = g_ptr_array_new_with_free_func (g_free);

  if (!g_utf8_validate (path, -1, NULL) || (*path != '\0' && *path != '/'))
    {
      refuse (error, origin, _ ("the path must be one of RFC 6901, such as /settings/cores"));
      return NULL;
    }
  while (*path == '/')
    {
      gsize length = strcspn (path + 1, "/");
      char *token = unescape_token (path + 1, length);

      if (token == NULL || tokens->len == JUGGLER_JSON_MAX_NESTING)
        {
          refuse (error, origin, token == NULL ? _ ("in a path, ~ is written ~0 and / is written ~1")
                                               : _ ("the path is too long"));
          g_free (token);
          return NULL;
        }
      g_ptr_array_add (tokens, token);
      path += length + 1;
    }
  return g_steal_pointer (&tokens);
}

static gboolean
is_index (const char *token,
          guint64    *index)
{
  if (token[0] == '0' && token[1] != '\0')
    return FALSE;
  return g_ascii_isdigit (token[0]) && g_ascii_string_to_unsigned (token, 10, 0, G_MAXUINT32, index, NULL);
}

/* The member or element that a token names; NULL with *may_add whether it can be added. */
static JugglerJsonNode *
step_down (JugglerJsonNode *node,
           const char      *token,
           gboolean        *may_add)
{
  JugglerJsonNode *child;
  guint64          index;
  guint64          n = 0;

  *may_add = FALSE;
  if (node->kind == JUGGLER_JSON_OBJECT)
    {
      *may_add = TRUE;
      return juggler_json_find (node, token);
    }
  if (node->kind != JUGGLER_JSON_ARRAY)
    return NULL;
  if (g_str_equal (token, "-"))
    {
      *may_add = TRUE;
      return NULL;
    }
  if (!is_index (token, &index))
    return NULL;
  for (child = node->value.first; child != NULL && n < index; child = child->next)
    n++;
  *may_add = child == NULL && n == index;
  return child;
}

/* Follows a path as far as it is there. Returns the last node that is, with the number of tokens used; NULL: what comes
 * next cannot be there. */
static JugglerJsonNode *
follow (JugglerDocument *self,
        GPtrArray       *tokens,
        const char      *origin,
        guint           *n_used,
        GError         **error)
{
  JugglerJsonNode *node = self->root;

  for (*n_used = 0; *n_used < tokens->len; (*n_used)++)
    {
      const char      *token = g_ptr_array_index (tokens, *n_used);
      gboolean         may_add;
      JugglerJsonNode *child = step_down (node, token, &may_add);
      g_autofree char *quoted = NULL;
      g_autofree char *path = NULL;

      if (child == NULL && may_add)
        return node;
      if (child == NULL)
        {
          quoted = juggler_json_quote (token);
          path = juggler_json_dup_path (node);
          refuse (error, origin, _ ("%s in the path: there is no such thing in %s"), quoted, *path != '\0' ? path : "/");
          return NULL;
        }
      node = child;
    }
  return node;
}

static gboolean
begins_array (const char *token)
{
  return g_str_equal (token, "-") || g_str_equal (token, "0");
}

/* A value with what must be around it: the parents that are missing. */
static char *
wrap_value (GPtrArray  *tokens,
            guint       first,
            const char *value)
{
  GString *out = g_string_new (NULL);

  for (guint i = first; i < tokens->len; i++)
    {
      const char *token = g_ptr_array_index (tokens, i);

      g_string_append_c (out, begins_array (token) ? '[' : '{');
      if (!begins_array (token))
        {
          juggler_json_append_text (out, token);
          g_string_append_c (out, ':');
        }
    }
  g_string_append (out, value);
  for (guint i = tokens->len; i > first; i--)
    g_string_append_c (out, begins_array (g_ptr_array_index (tokens, i - 1)) ? ']' : '}');
  return g_string_free (out, FALSE);
}

static JugglerJson *
read_text (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return juggler_json_read (bytes);
}

/* JSON, or else a text. */
static JugglerJson *
read_value (GPtrArray  *tokens,
            guint       first,
            const char *value)
{
  g_autoptr (JugglerJson) json = read_text (value);
  g_autoptr (GString)     text = g_string_new (NULL);
  g_autofree char        *wrapped = NULL;

  if (json->root == NULL)
    {
      juggler_json_append_text (text, value);
      value = text->str;
    }
  wrapped = wrap_value (tokens, first, value);
  return read_text (wrapped);
}

static guint
depth_of (const JugglerJsonNode *node)
{
  guint depth = 0;

  for (; node != NULL; node = node->parent)
    depth++;
  return depth;
}

static guint
height_of (const JugglerJsonNode *top)
{
  guint height = 0;

  for (const JugglerJsonNode *node = top; node != NULL; node = juggler_json_walk (node, top))
    height = juggler_json_is_container (node) ? MAX (height, depth_of (node)) : height;
  return height;
}

static void
mark_changed (JugglerJsonNode *node)
{
  for (; node != NULL; node = node->parent)
    node->flags |= JUGGLER_JSON_FLAG_CHANGED;
}

static void
relink (JugglerJsonNode *parent,
        JugglerJsonNode *old,
        JugglerJsonNode *new)
{
  JugglerJsonNode **link = &parent->value.first;

  while (*link != old)
    link = &(*link)->next;
  *link = new;
}

static void
replace_node (JugglerDocument *self,
              JugglerJsonNode *old,
              JugglerJsonNode *new)
{
  JugglerJsonSlot *slot = g_hash_table_lookup (self->slots, old);
  JugglerJsonSlot  place = slot != NULL ? *slot : (JugglerJsonSlot) { old->begin, old->end };

  g_hash_table_remove (self->slots, old);
  if (old == self->root)
    {
      self->root = new;
      return;
    }
  new->parent = old->parent;
  new->next = old->next;
  new->key = old->key;
  new->index = old->index;
  new->flags |= old->flags & JUGGLER_JSON_FLAG_ADDED;
  /* Only a place in the document's own text matters: what was added is laid out anew. */
  if ((old->flags & JUGGLER_JSON_FLAG_ADDED) == 0)
    g_hash_table_insert (self->slots, new, g_memdup2 (&place, sizeof place));
  relink (old->parent, old, new);
  old->parent = NULL;
  old->next = NULL;
  mark_changed (new->parent);
}

static void
add_node (JugglerJsonNode *parent,
          JugglerJson     *json,
          const char      *token)
{
  JugglerJsonNode *new = json->root;

  new->parent = parent;
  new->flags |= JUGGLER_JSON_FLAG_ADDED;
  if (parent->kind == JUGGLER_JSON_OBJECT)
    {
      char *name = juggler_json_allocate (json, strlen (token) + 1);

      memcpy (name, token, strlen (token) + 1);
      new->key = juggler_json_allocate (json, sizeof *new->key);
      new->key->name = name;
      new->key->begin = new->begin;
      new->key->is_bad = FALSE;
    }
  else
    {
      new->index = juggler_json_count (parent);
    }
  relink (parent, NULL, new);
  mark_changed (parent);
}

static gboolean
is_ready (JugglerDocument *self,
          const char      *origin,
          GError         **error)
{
  if (self->root == NULL)
    return refuse (error, origin, _ ("the document is not valid JSON and cannot be changed"));
  if (self->sources->len > G_MAXUINT16)
    return refuse (error, origin, _ ("the document was changed too often; save and open it again"));
  return TRUE;
}

gboolean
juggler_document_set_value (JugglerDocument *self,
                            const char      *origin,
                            const char      *path,
                            const char      *value,
                            GError         **error)
{
  g_autoptr (GPtrArray)   tokens = NULL;
  g_autoptr (JugglerJson) json = NULL;
  JugglerJsonNode        *node;
  JugglerSource          *source;
  gboolean                is_new;
  guint                   n_used;

  g_return_val_if_fail (JUGGLER_IS_DOCUMENT (self), FALSE);
  g_return_val_if_fail (path != NULL && value != NULL, FALSE);

  if (!is_ready (self, origin, error))
    return FALSE;
  if (!g_utf8_validate (value, -1, NULL))
    return refuse (error, origin, _ ("the value is not valid UTF-8"));
  tokens = split_path (path, origin, error);
  node = tokens != NULL ? follow (self, tokens, origin, &n_used, error) : NULL;
  if (node == NULL)
    return FALSE;
  is_new = n_used < tokens->len;
  json = read_value (tokens, n_used + (is_new ? 1 : 0), value);
  if (json->root == NULL
      || depth_of (is_new ? node : node->parent) + height_of (json->root) > JUGGLER_JSON_MAX_NESTING)
    return refuse (error, origin, _ ("arrays and objects would be nested deeper than %u"), JUGGLER_JSON_MAX_NESTING);

  for (JugglerJsonNode *part = json->root; part != NULL; part = juggler_json_walk (part, json->root))
    part->source = (guint16) self->sources->len;
  if (is_new)
    add_node (node, json, g_ptr_array_index (tokens, n_used));
  else
    replace_node (self, node, json->root);
  source = g_new0 (JugglerSource, 1);
  source->json = g_steal_pointer (&json);
  source->origin = g_strdup (origin);
  g_ptr_array_add (self->sources, source);
  juggler_document_update (self);
  return TRUE;
}

gboolean
juggler_document_set_text (JugglerDocument *self,
                           const char      *path,
                           const char      *text,
                           GError         **error)
{
  g_autoptr (GString) value = g_string_new (NULL);

  g_return_val_if_fail (text != NULL, FALSE);

  juggler_json_append_text (value, text);
  return juggler_document_set_value (self, NULL, path, value->str, error);
}

gboolean
juggler_document_set_assignment (JugglerDocument *self,
                                 const char      *assignment,
                                 GError         **error)
{
  const char      *equals;
  g_autofree char *path = NULL;
  g_autofree char *origin = NULL;

  g_return_val_if_fail (JUGGLER_IS_DOCUMENT (self), FALSE);
  g_return_val_if_fail (assignment != NULL, FALSE);

  equals = strchr (assignment, '=');
  path = equals != NULL ? g_strndup (assignment, (gsize) (equals - assignment)) : g_strdup (assignment);
  if (!g_utf8_validate (path, -1, NULL))
    return refuse (error, "--set", _ ("the path is not valid UTF-8"));
  origin = g_strdup_printf ("--set %s", path);
  if (equals == NULL)
    return refuse (error, origin, _ ("a value is missing: --set PATH=VALUE"));
  return juggler_document_set_value (self, origin, path, equals + 1, error);
}

gboolean
juggler_document_remove (JugglerDocument *self,
                         const char      *path,
                         GError         **error)
{
  g_autoptr (GPtrArray) tokens = NULL;
  JugglerJsonNode      *node;
  JugglerJsonNode      *parent;
  guint                 n_used;

  g_return_val_if_fail (JUGGLER_IS_DOCUMENT (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  if (!is_ready (self, NULL, error))
    return FALSE;
  tokens = split_path (path, NULL, error);
  node = tokens != NULL ? follow (self, tokens, NULL, &n_used, error) : NULL;
  if (node == NULL)
    return FALSE;
  if (n_used < tokens->len || node == self->root)
    return refuse (error, NULL, _ ("%s: there is nothing to remove"), *path != '\0' ? path : "/");
  parent = node->parent;
  for (JugglerJsonNode *behind = node->next; behind != NULL; behind = behind->next)
    behind->index--;
  relink (parent, node, node->next);
  node->parent = NULL;
  node->next = NULL;
  g_hash_table_remove (self->slots, node);
  parent->flags |= JUGGLER_JSON_FLAG_REMOVED;
  mark_changed (parent);
  juggler_document_update (self);
  return TRUE;
}
