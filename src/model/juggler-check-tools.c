/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-check.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "juggler-names.h"

/* A document in which so much is wrong has another trouble than a mistyped name, and looking for the nearest of
 * thousands of names takes its time. */
#define MAX_SUGGESTIONS 100U

static void
clear_fault (gpointer data)
{
  JugglerCheckFault *fault = data;

  g_free (fault->path);
  g_free (fault->message);
  g_free (fault->suggestion);
}

GArray *
juggler_check_faults_new (void)
{
  GArray *faults = g_array_new (FALSE, TRUE, sizeof (JugglerCheckFault));

  g_array_set_clear_func (faults, clear_fault);
  return faults;
}

static gboolean
is_full (JugglerCheck *self)
{
  return self->faults->len > JUGGLER_DOCUMENT_MAX_FAULTS || self->n_bytes > JUGGLER_JSON_MAX_FAULT_BYTES;
}

static void add_fault (JugglerCheck *self,
                       guint16       source,
                       guint32       offset,
                       char         *path,
                       const char   *suggestion,
                       const char   *format,
                       va_list       arguments) G_GNUC_PRINTF (6, 0);

/* Takes the path. */
static void
add_fault (JugglerCheck *self,
           guint16       source,
           guint32       offset,
           char         *path,
           const char   *suggestion,
           const char   *format,
           va_list       arguments)
{
  JugglerCheckFault fault = { .source = source, .offset = offset, .path = path };

  fault.message = g_strdup_vprintf (format, arguments);
  fault.suggestion = g_strdup (suggestion);
  self->n_bytes += strlen (fault.path) + strlen (fault.message);
  g_array_append_val (self->faults, fault);
}

void
juggler_check_fault (JugglerCheck          *self,
                     const JugglerJsonNode *node,
                     const char            *suggestion,
                     const char            *format,
                     ...)
{
  va_list arguments;

  if (is_full (self) || (node->flags & JUGGLER_JSON_FLAG_BAD) != 0)
    return;
  va_start (arguments, format);
  add_fault (self, node->source, node->begin, juggler_json_dup_path (node), suggestion, format, arguments);
  va_end (arguments);
}

void
juggler_check_key_fault (JugglerCheck          *self,
                         const JugglerJsonNode *member,
                         const char            *suggestion,
                         const char            *format,
                         ...)
{
  gboolean is_added = (member->flags & JUGGLER_JSON_FLAG_ADDED) != 0;
  guint16  source = is_added ? member->source : member->parent->source;
  guint32  offset = is_added ? member->begin : member->key->begin;
  va_list  arguments;

  if (is_full (self) || member->key->is_bad)
    return;
  va_start (arguments, format);
  add_fault (self, source, offset, juggler_json_dup_path (member), suggestion, format, arguments);
  va_end (arguments);
}

void
juggler_check_missing (JugglerCheck          *self,
                       const JugglerJsonNode *object,
                       const char            *key,
                       const char            *format,
                       ...)
{
  va_list arguments;

  if (is_full (self))
    return;
  va_start (arguments, format);
  add_fault (self, object->source, object->begin, juggler_json_dup_member_path (object, key), NULL, format, arguments);
  va_end (arguments);
}

static const char *
describe_kind (JugglerJsonKind kind)
{
  switch (kind)
    {
    case JUGGLER_JSON_NULL:
      return "null";
    case JUGGLER_JSON_BOOLEAN:
      return _ ("true or false");
    case JUGGLER_JSON_INTEGER:
    case JUGGLER_JSON_HUGE:
      return _ ("an integer");
    case JUGGLER_JSON_FRACTION:
      return _ ("a number with a fraction or an exponent");
    case JUGGLER_JSON_TEXT:
      return _ ("a text");
    case JUGGLER_JSON_ARRAY:
      return _ ("a list");
    case JUGGLER_JSON_OBJECT:
    default:
      return _ ("an object");
    }
}

gboolean
juggler_check_kind (JugglerCheck          *self,
                    const JugglerJsonNode *node,
                    JugglerJsonKind        kind)
{
  if (node->kind == kind)
    return TRUE;
  if (kind == JUGGLER_JSON_INTEGER && node->kind == JUGGLER_JSON_HUGE)
    juggler_check_fault (self, node, NULL, _ ("does not fit 64 bits: integers go from %s to %s"),
                         "-9223372036854775808", "9223372036854775807");
  else
    juggler_check_fault (self, node, NULL, _ ("must be %s, not %s"), describe_kind (kind), describe_kind (node->kind));
  return FALSE;
}

gboolean
juggler_check_integer (JugglerCheck          *self,
                       const JugglerJsonNode *node,
                       gint64                *value)
{
  if (!juggler_check_kind (self, node, JUGGLER_JSON_INTEGER))
    return FALSE;
  *value = node->value.integer;
  return TRUE;
}

gboolean
juggler_check_range (JugglerCheck          *self,
                     const JugglerJsonNode *node,
                     gint64                 least,
                     gint64                 most,
                     gint64                *value)
{
  g_autofree char *bound = NULL;
  gint64           number;

  if (!juggler_check_integer (self, node, &number))
    return FALSE;
  bound = g_strdup_printf ("%lld", (long long) (number < least ? least : most));
  if (number < least)
    {
      juggler_check_fault (self, node, NULL, _ ("must be at least %s"), bound);
      return FALSE;
    }
  if (number > most)
    {
      juggler_check_fault (self, node, NULL, _ ("must be at most %s"), bound);
      return FALSE;
    }
  *value = number;
  return TRUE;
}

gboolean
juggler_check_boolean (JugglerCheck          *self,
                       const JugglerJsonNode *node,
                       gboolean              *value)
{
  if (!juggler_check_kind (self, node, JUGGLER_JSON_BOOLEAN))
    return FALSE;
  *value = node->value.integer != 0;
  return TRUE;
}

void
juggler_check_keys (JugglerCheck          *self,
                    const JugglerJsonNode *object,
                    const char *const     *allowed,
                    guint                  n_allowed)
{
  for (const JugglerJsonNode *member = object->value.first; member != NULL; member = member->next)
    {
      gboolean is_allowed = FALSE;

      for (guint i = 0; i < n_allowed && !is_allowed; i++)
        is_allowed = g_str_equal (member->key->name, allowed[i]);
      if (!is_allowed)
        juggler_check_key_fault (self, member, juggler_check_suggest_among (self, member->key->name, allowed, n_allowed),
                                 _ ("unknown key"));
    }
}

static char *
describe_verdict (const char *name)
{
  g_autofree char *quoted = juggler_json_quote (name);

  switch (juggler_name_judge (name))
    {
    case JUGGLER_NAME_EMPTY:
      return g_strdup (_ ("a name must not be empty"));
    case JUGGLER_NAME_MALFORMED:
      return g_strdup_printf (_ ("%s is no name: letters, digits and _, not a digit first"), quoted);
    case JUGGLER_NAME_LONG:
      return g_strdup_printf (_ ("%s is longer than %u characters"), quoted, JUGGLER_DOCUMENT_MAX_NAME);
    case JUGGLER_NAME_KEYWORD:
      return g_strdup_printf (_ ("%s is a keyword of Python or C and cannot be a name"), quoted);
    case JUGGLER_NAME_RESERVED:
      return g_strdup_printf (_ ("%s has a meaning of its own and cannot be a name"), quoted);
    case JUGGLER_NAME_GOOD:
    default:
      return NULL;
    }
}

void
juggler_check_name (JugglerCheck          *self,
                    const JugglerJsonNode *member)
{
  g_autofree char *verdict = describe_verdict (member->key->name);

  if (verdict != NULL)
    juggler_check_key_fault (self, member, NULL, "%s", verdict);
}

void
juggler_check_name_text (JugglerCheck          *self,
                         const JugglerJsonNode *node)
{
  g_autofree char *verdict = describe_verdict (node->value.text);

  if (verdict != NULL)
    juggler_check_fault (self, node, NULL, "%s", verdict);
}

const char *
juggler_check_suggest_among (JugglerCheck      *self,
                             const char        *name,
                             const char *const *names,
                             guint              n_names)
{
  return self->faults->len < MAX_SUGGESTIONS ? juggler_name_suggest (name, names, n_names) : NULL;
}

const char *
juggler_check_suggest (JugglerCheck *self,
                       const char   *name,
                       GHashTable   *index)
{
  g_autofree gpointer *names = NULL;
  guint                n_names;

  if (self->faults->len >= MAX_SUGGESTIONS)
    return NULL;
  names = g_hash_table_get_keys_as_array (index, &n_names);
  return juggler_name_suggest (name, (const char *const *) names, n_names);
}
