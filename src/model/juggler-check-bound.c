/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-check.h"

#include <glib/gi18n-lib.h>

/* What cannot be said of a step alone: whether the values that a worker gives to the task's parameters fit what the
 * steps do with them, and how often loops in loops run. */

static const char *
find_trouble (const JugglerBound *bound,
              guint               needs)
{
  if (bound->is_text)
    return (needs & JUGGLER_NEED_NUMBER) != 0 ? _ ("must be an integer, for the task counts with it") : NULL;
  if ((needs & JUGGLER_NEED_NOT_NEGATIVE) != 0 && bound->value < 0)
    return _ ("must not be negative, for the task repeats or waits as often or long as it says");
  if ((needs & JUGGLER_NEED_MILLISECONDS) != 0 && bound->value > G_MAXINT64 / 1000000)
    return _ ("is more milliseconds than a clock can hold");
  return NULL;
}

static void
check_bound_values_of (JugglerCheck       *self,
                       const JugglerGroup *group,
                       JugglerCode        *code,
                       gboolean           *is_default_reported)
{
  for (guint i = 0; i < code->params->len; i++)
    {
      const JugglerParam    *param = &g_array_index (code->params, JugglerParam, i);
      const JugglerBound    *bound = &g_array_index (group->bound, JugglerBound, i);
      const char            *trouble = find_trouble (bound, param->needs);
      const JugglerJsonNode *params = juggler_json_find (code->node, "params");

      if (trouble == NULL || (bound->node == NULL && is_default_reported[i]))
        continue;
      if (bound->node == NULL)
        is_default_reported[i] = TRUE;
      juggler_check_fault (self, bound->node != NULL ? bound->node : juggler_json_find (params, param->name), NULL,
                           "%s", trouble);
    }
}

static gint64
get_times (const JugglerLoop  *loop,
           const JugglerGroup *group)
{
  const JugglerBound *bound;

  if (loop->times.kind != JUGGLER_OPERAND_PARAMETER)
    return loop->times.value;
  bound = group != NULL ? &g_array_index (group->bound, JugglerBound, loop->times.index) : NULL;
  return bound != NULL && !bound->is_text && bound->value > 0 ? bound->value : 0;
}

/* A run counts what its workers do in 64 bits. */
static void
check_loops (JugglerCheck       *self,
             JugglerCode        *code,
             const JugglerGroup *group)
{
  g_autofree gint64 *totals = g_new (gint64, code->loops->len + 1);
  gint64             count = group != NULL ? group->worker.count : 1;

  for (guint i = 0; i < code->loops->len; i++)
    {
      JugglerLoop *loop = &g_array_index (code->loops, JugglerLoop, i);
      gint64       around = loop->parent > 0 ? totals[loop->parent - 1] : count;

      if (around >= 0 && !__builtin_mul_overflow (around, get_times (loop, group), &totals[i]))
        continue;
      /* What is inside a loop that is too much already is not worth a word of its own. */
      totals[i] = -1;
      if (around < 0 || loop->is_reported)
        continue;
      loop->is_reported = TRUE;
      juggler_check_fault (self, loop->node, NULL,
                           _ ("with the loops around it and all workers this would run more than %s times"),
                           "9223372036854775807");
    }
}

void
juggler_check_bound_values (JugglerCheck *self)
{
  JugglerExperiment *experiment = self->experiment;
  guint              n_codes = experiment->codes->len;
  g_autoptr (GPtrArray) reported = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n_codes; i++)
    {
      JugglerCode *code = g_ptr_array_index (experiment->codes, i);

      g_ptr_array_add (reported, g_new0 (gboolean, code->params->len + 1));
    }
  check_loops (self, g_ptr_array_index (experiment->codes, 0), NULL);
  for (guint i = 0; i < experiment->groups->len; i++)
    {
      JugglerGroup *group = g_ptr_array_index (experiment->groups, i);
      JugglerCode  *code;

      if (group->code == 0)
        continue;
      code = g_ptr_array_index (experiment->codes, group->code);
      check_bound_values_of (self, group, code, g_ptr_array_index (reported, group->code));
      check_loops (self, code, group);
    }
}
