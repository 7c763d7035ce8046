/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-check.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* What a print prints: `{name} done, g_num = {g_num}`. */

static const struct
{
  const char        *name;
  JugglerSegmentKind kind;
} special_names[] = {
  { "name", JUGGLER_SEGMENT_NAME }, { "pid", JUGGLER_SEGMENT_PID }, { "ppid", JUGGLER_SEGMENT_PPID },
  { "tid", JUGGLER_SEGMENT_TID },   { "i", JUGGLER_SEGMENT_LOOP },  { "tmp", JUGGLER_SEGMENT_REGISTER },
};

static const char *
suggest_name (JugglerWalk *self,
              const char  *name)
{
  const char *names[G_N_ELEMENTS (special_names)];
  const char *found;

  for (guint i = 0; i < G_N_ELEMENTS (special_names); i++)
    names[i] = special_names[i].name;
  found = juggler_check_suggest_among (self->check, name, names, G_N_ELEMENTS (names));
  if (found == NULL)
    found = juggler_check_suggest (self->check, name, self->code->param_index);
  if (found == NULL)
    found = juggler_check_suggest (self->check, name, self->check->experiment->global_index);
  return found;
}

static void
add_segment (JugglerWalk        *self,
             JugglerSegmentKind  kind,
             guint               index,
             const char         *literal,
             gsize               length)
{
  JugglerExperiment *experiment = self->check->experiment;
  JugglerPlanSegment segment = { .kind = kind, .index = index };

  if (literal != NULL)
    segment.literal = juggler_experiment_add_string (experiment, literal, length);
  g_array_append_val (experiment->segments, segment);
}

static gboolean
add_name (JugglerWalk           *self,
          const JugglerJsonNode *node,
          const char            *name)
{
  int              param = juggler_walk_find_param (self, name);
  int              global = juggler_experiment_find (self->check->experiment->global_index, name);
  g_autofree char *quoted = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (special_names); i++)
    {
      if (!g_str_equal (special_names[i].name, name))
        continue;
      if (special_names[i].kind == JUGGLER_SEGMENT_LOOP && self->loop == 0)
        {
          juggler_check_fault (self->check, node, NULL, _ ("\"{i}\" stands outside a \"repeat\""));
          return FALSE;
        }
      add_segment (self, special_names[i].kind, 0, NULL, 0);
      return TRUE;
    }
  if (param >= 0)
    {
      add_segment (self, JUGGLER_SEGMENT_PARAMETER, (guint) param, NULL, 0);
      return TRUE;
    }
  if (global >= 0)
    {
      add_segment (self, JUGGLER_SEGMENT_GLOBAL, (guint) global, NULL, 0);
      return TRUE;
    }
  quoted = juggler_json_quote (name);
  juggler_check_fault (self->check, node, suggest_name (self, name),
                       _ ("there is nothing called %s to print; a brace itself is written {{ or }}"), quoted);
  return FALSE;
}

/* At a `{` that is no `{{`. Returns what follows its `}`, or NULL: there is none. */
static const char *
read_name (JugglerWalk           *self,
           const JugglerJsonNode *node,
           const char            *at,
           gboolean              *is_good)
{
  gsize            length = strcspn (at + 1, "{}");
  g_autofree char *name = g_strndup (at + 1, length);

  if (at[1 + length] != '}')
    {
      juggler_check_fault (self->check, node, NULL, _ ("a { has no }; a brace itself is written {{ or }}"));
      return NULL;
    }
  if (!add_name (self, node, name))
    *is_good = FALSE;
  return at + length + 2;
}

static void
flush_literal (JugglerWalk *self,
               GString     *literal)
{
  if (literal->len > 0)
    add_segment (self, JUGGLER_SEGMENT_LITERAL, 0, literal->str, literal->len);
  g_string_truncate (literal, 0);
}

static gboolean
read_template (JugglerWalk           *self,
               const JugglerJsonNode *node)
{
  const char *at = node->value.text;
  g_autoptr (GString) literal = g_string_new (NULL);
  gboolean    is_good = TRUE;

  while (*at != '\0')
    {
      if ((*at == '{' || *at == '}') && at[1] == *at)
        {
          g_string_append_c (literal, *at);
          at += 2;
        }
      else if (*at == '{')
        {
          flush_literal (self, literal);
          at = read_name (self, node, at, &is_good);
          if (at == NULL)
            return FALSE;
        }
      else if (*at == '}')
        {
          juggler_check_fault (self->check, node, NULL, _ ("a } has no {; a brace itself is written {{ or }}"));
          return FALSE;
        }
      else
        {
          g_string_append_c (literal, *at++);
        }
    }
  flush_literal (self, literal);
  return is_good;
}

gboolean
juggler_walk_template (JugglerWalk           *self,
                       const JugglerJsonNode *node,
                       guint32               *text)
{
  JugglerExperiment *experiment = self->check->experiment;
  JugglerPlanText    plan_text = { .first_segment = experiment->segments->len };

  if (!juggler_check_kind (self->check, node, JUGGLER_JSON_TEXT) || !read_template (self, node))
    return FALSE;
  plan_text.n_segments = experiment->segments->len - plan_text.first_segment;
  *text = experiment->texts->len;
  g_array_append_val (experiment->texts, plan_text);
  return TRUE;
}
