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
  if ((needs & JUGGLER_NEED_CODE) != 0 && (bound->value < G_MININT32 || bound->value > G_MAXINT32))
    return _ ("does not fit the 32 bits of an exit code");
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
get_times (const JugglerLoop *loop,
           GArray            *bound)
{
  const JugglerBound *value;

  if (loop->times.kind != JUGGLER_OPERAND_PARAMETER)
    return loop->times.value;
  value = &g_array_index (bound, JugglerBound, loop->times.index);
  return !value->is_text && value->value > 0 ? value->value : 0;
}

/* A run counts what its workers do in 64 bits. `self` NULL: nothing is said. Returns whether all loops fit. */
static gboolean
check_loops (JugglerCheck *self,
             JugglerCode  *code,
             guint         count,
             GArray       *bound)
{
  g_autofree gint64 *totals = g_new (gint64, code->loops->len + 1);
  gboolean           fit = TRUE;

  for (guint i = 0; i < code->loops->len; i++)
    {
      JugglerLoop *loop = &g_array_index (code->loops, JugglerLoop, i);
      gint64       around = loop->parent > 0 ? totals[loop->parent - 1] : (gint64) count;

      if (around >= 0 && !__builtin_mul_overflow (around, get_times (loop, bound), &totals[i]))
        continue;
      /* What is inside a loop that is too much already is not worth a word of its own. */
      totals[i] = -1;
      fit = FALSE;
      if (self == NULL || around < 0 || loop->is_reported)
        continue;
      loop->is_reported = TRUE;
      juggler_check_fault (self, loop->node, NULL,
                           _ ("with the loops around it and all workers this would run more than %s times"),
                           "9223372036854775807");
    }
  return fit;
}

/* The most that any worker of a task has: if that fits, there is no need to look at thousands of workers one by one. */
typedef struct
{
  guint   count;
  GArray *bound; /* JugglerBound */
} Most;

static void
raise_most (Most               *self,
            const JugglerGroup *group)
{
  self->count = MAX (self->count, group->worker.count);
  for (guint i = 0; i < group->bound->len; i++)
    {
      const JugglerBound *bound = &g_array_index (group->bound, JugglerBound, i);
      JugglerBound       *most = &g_array_index (self->bound, JugglerBound, i);

      if (!bound->is_text)
        most->value = MAX (most->value, bound->value);
    }
}

static void
clear_most (gpointer data)
{
  g_array_unref (((Most *) data)->bound);
}

static GArray *
find_most (JugglerExperiment *experiment)
{
  GArray *all = g_array_new (FALSE, TRUE, sizeof (Most));

  g_array_set_clear_func (all, clear_most);
  for (guint i = 0; i < experiment->codes->len; i++)
    {
      const JugglerCode *code = g_ptr_array_index (experiment->codes, i);
      Most               most = { .bound = g_array_new (FALSE, TRUE, sizeof (JugglerBound)) };

      g_array_set_size (most.bound, code->params->len);
      g_array_append_val (all, most);
    }
  for (guint i = 0; i < experiment->groups->len; i++)
    {
      const JugglerGroup *group = g_ptr_array_index (experiment->groups, i);

      if (group->code > 0)
        raise_most (&g_array_index (all, Most, group->code), group);
    }
  return all;
}

static void
check_all_loops (JugglerCheck *self)
{
  JugglerExperiment *experiment = self->experiment;
  g_autoptr (GArray) all = find_most (experiment);
  g_autofree gboolean *fits = g_new0 (gboolean, experiment->codes->len);

  for (guint i = 0; i < experiment->codes->len; i++)
    {
      const Most *most = &g_array_index (all, Most, i);

      /* Of main this is the whole truth, and of a task that nobody runs all there is to say; else it is that of a worker
       * which perhaps is not there. */
      fits[i] = check_loops (most->count > 0 && i > 0 ? NULL : self, g_ptr_array_index (experiment->codes, i),
                             MAX (most->count, 1), most->bound);
    }
  for (guint i = 0; i < experiment->groups->len; i++)
    {
      const JugglerGroup *group = g_ptr_array_index (experiment->groups, i);

      if (group->code > 0 && !fits[group->code])
        check_loops (self, g_ptr_array_index (experiment->codes, group->code), group->worker.count, group->bound);
    }
}

void
juggler_check_bound_values (JugglerCheck *self)
{
  JugglerExperiment    *experiment = self->experiment;
  g_autoptr (GPtrArray) reported = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < experiment->codes->len; i++)
    {
      JugglerCode *code = g_ptr_array_index (experiment->codes, i);

      g_ptr_array_add (reported, g_new0 (gboolean, code->params->len + 1));
    }
  for (guint i = 0; i < experiment->groups->len; i++)
    {
      JugglerGroup *group = g_ptr_array_index (experiment->groups, i);

      if (group->code > 0)
        check_bound_values_of (self, group, g_ptr_array_index (experiment->codes, group->code),
                               g_ptr_array_index (reported, group->code));
    }
  check_all_loops (self);
}
