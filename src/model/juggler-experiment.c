/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "juggler-experiment.h"

#include <string.h>

static void
free_code (gpointer data)
{
  JugglerCode *code = data;

  g_array_unref (code->params);
  g_hash_table_unref (code->param_index);
  g_array_unref (code->instructions);
  g_array_unref (code->loops);
  g_free (code);
}

static void
free_group (gpointer data)
{
  JugglerGroup *group = data;

  g_array_unref (group->bound);
  g_array_unref (group->cores);
  g_array_unref (group->absent_cores);
  g_free (group);
}

JugglerExperiment *
juggler_experiment_new (const JugglerJsonNode *root)
{
  JugglerExperiment *self = g_new0 (JugglerExperiment, 1);

  self->root = root;
  self->title = g_strdup ("");
  self->description = g_strdup ("");
  self->settings.time_limit_ms = JUGGLER_DEFAULT_TIME_LIMIT_MS;
  self->globals = g_array_new (FALSE, TRUE, sizeof (JugglerDocumentGlobal));
  self->elements = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->locks = g_array_new (FALSE, TRUE, sizeof (JugglerDocumentLock));
  self->codes = g_ptr_array_new_with_free_func (free_code);
  self->groups = g_ptr_array_new_with_free_func (free_group);
  self->steps = g_ptr_array_new ();
  self->texts = g_array_new (FALSE, FALSE, sizeof (JugglerPlanText));
  self->segments = g_array_new (FALSE, FALSE, sizeof (JugglerPlanSegment));
  self->strings = g_string_new (NULL);
  self->names = g_string_chunk_new (256);
  self->global_index = g_hash_table_new (g_str_hash, g_str_equal);
  self->lock_index = g_hash_table_new (g_str_hash, g_str_equal);
  self->task_index = g_hash_table_new (g_str_hash, g_str_equal);
  self->group_index = g_hash_table_new (g_str_hash, g_str_equal);
  juggler_experiment_add_code (self, "main", NULL);
  return self;
}

void
juggler_experiment_free (JugglerExperiment *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_free (self->description);
  g_array_unref (self->globals);
  g_array_unref (self->elements);
  g_array_unref (self->locks);
  g_ptr_array_unref (self->codes);
  g_ptr_array_unref (self->groups);
  g_ptr_array_unref (self->steps);
  g_array_unref (self->texts);
  g_array_unref (self->segments);
  g_string_free (self->strings, TRUE);
  g_string_chunk_free (self->names);
  g_hash_table_unref (self->global_index);
  g_hash_table_unref (self->lock_index);
  g_hash_table_unref (self->task_index);
  g_hash_table_unref (self->group_index);
  g_free (self);
}

JugglerCode *
juggler_experiment_add_code (JugglerExperiment     *self,
                             const char            *name,
                             const JugglerJsonNode *node)
{
  JugglerCode *code = g_new0 (JugglerCode, 1);

  code->name = name;
  code->node = node;
  code->params = g_array_new (FALSE, TRUE, sizeof (JugglerParam));
  code->param_index = g_hash_table_new (g_str_hash, g_str_equal);
  code->instructions = g_array_new (FALSE, TRUE, sizeof (JugglerInstruction));
  code->loops = g_array_new (FALSE, TRUE, sizeof (JugglerLoop));
  code->thread = -1;
  code->daemon = -1;
  g_ptr_array_add (self->codes, code);
  return code;
}

JugglerGroup *
juggler_experiment_add_group (JugglerExperiment     *self,
                              const JugglerJsonNode *node)
{
  JugglerGroup *group = g_new0 (JugglerGroup, 1);

  group->node = node;
  group->worker.count = 1;
  group->bound = g_array_new (FALSE, TRUE, sizeof (JugglerBound));
  group->cores = g_array_new (FALSE, FALSE, sizeof (guint32));
  group->absent_cores = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_ptr_array_add (self->groups, group);
  return group;
}

JugglerPlanString
juggler_experiment_add_string (JugglerExperiment *self,
                               const char        *string,
                               gsize              length)
{
  JugglerPlanString result = { .offset = (guint32) self->strings->len, .length = (guint32) length };

  g_string_append_len (self->strings, string, (gssize) length);
  g_string_append_c (self->strings, '\0');
  return result;
}

int
juggler_experiment_find (GHashTable *index,
                         const char *name)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (index, name)) - 1;
}

const JugglerGroup *
juggler_experiment_find_workers (const JugglerExperiment *self,
                                 const char              *name,
                                 guint                   *first,
                                 guint                   *n_workers)
{
  int                 index = juggler_experiment_find (self->group_index, name);
  const char         *dash = strrchr (name, '-');
  const JugglerGroup *group;
  g_autofree char    *base = NULL;
  guint64             number;

  if (index >= 0)
    {
      group = g_ptr_array_index (self->groups, index);
      *first = group->first;
      *n_workers = group->worker.count;
      return group;
    }
  /* `a-02` is nobody's name. */
  if (dash == NULL || !g_ascii_isdigit (dash[1]) || dash[1] == '0'
      || !g_ascii_string_to_unsigned (dash + 1, 10, 1, JUGGLER_MAX_WORKERS, &number, NULL))
    return NULL;
  base = g_strndup (name, (gsize) (dash - name));
  index = juggler_experiment_find (self->group_index, base);
  group = index >= 0 ? g_ptr_array_index (self->groups, index) : NULL;
  if (group == NULL || group->worker.count < 2 || number > group->worker.count)
    return NULL;
  *first = group->first + (guint) number - 1;
  *n_workers = 1;
  return group;
}
