/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-check.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "juggler-names.h"

static void
check_params (JugglerCheck          *self,
              JugglerCode           *code,
              const JugglerJsonNode *params)
{
  if (params == NULL || !juggler_check_kind (self, params, JUGGLER_JSON_OBJECT))
    return;
  for (const JugglerJsonNode *member = params->value.first; member != NULL; member = member->next)
    {
      JugglerParam param = { .name = member->key->name };

      juggler_check_name (self, member);
      if (code->params->len == JUGGLER_DOCUMENT_MAX_PARAMS)
        {
          juggler_check_key_fault (self, member, NULL, _ ("a task must not have more than %u parameters"),
                                   JUGGLER_DOCUMENT_MAX_PARAMS);
          break;
        }
      if (member->kind == JUGGLER_JSON_TEXT)
        {
          param.is_text = TRUE;
          param.text = member->value.text;
        }
      else if (member->kind == JUGGLER_JSON_INTEGER || member->kind == JUGGLER_JSON_HUGE)
        {
          juggler_check_integer (self, member, &param.value);
        }
      else
        {
          juggler_check_fault (self, member, NULL, _ ("a parameter's default must be an integer or a text"));
        }
      g_array_append_val (code->params, param);
      g_hash_table_insert (code->param_index, (gpointer) param.name, GUINT_TO_POINTER (code->params->len));
    }
}

void
juggler_check_tasks (JugglerCheck          *self,
                     const JugglerJsonNode *tasks)
{
  static const char *const keys[] = { "params", "steps" };
  JugglerExperiment       *experiment = self->experiment;

  if (tasks == NULL || !juggler_check_kind (self, tasks, JUGGLER_JSON_OBJECT))
    return;
  for (const JugglerJsonNode *member = tasks->value.first; member != NULL; member = member->next)
    {
      JugglerCode *code = juggler_experiment_add_code (experiment, member->key->name, member);

      juggler_check_name (self, member);
      g_hash_table_insert (experiment->task_index, (gpointer) code->name, GUINT_TO_POINTER (experiment->codes->len - 1));
      if (!juggler_check_kind (self, member, JUGGLER_JSON_OBJECT))
        continue;
      juggler_check_keys (self, member, keys, G_N_ELEMENTS (keys));
      check_params (self, code, juggler_json_find (member, "params"));
      if (juggler_json_find (member, "steps") == NULL)
        juggler_check_missing (self, member, "steps", _ ("is missing: what the task does, at least []"));
    }
}

static void
bind_value (JugglerCheck          *self,
            JugglerGroup          *group,
            guint                  param,
            const JugglerJsonNode *node)
{
  JugglerBound bound = { .node = node };

  if (node->kind == JUGGLER_JSON_TEXT)
    {
      bound.is_text = TRUE;
      bound.text = node->value.text;
    }
  else if (node->kind == JUGGLER_JSON_INTEGER || node->kind == JUGGLER_JSON_HUGE)
    {
      juggler_check_integer (self, node, &bound.value);
    }
  else
    {
      juggler_check_fault (self, node, NULL, _ ("an argument must be an integer or a text"));
    }
  g_array_index (group->bound, JugglerBound, param) = bound;
}

static void
bind_args (JugglerCheck          *self,
           JugglerGroup          *group,
           const JugglerCode     *code,
           const JugglerJsonNode *args)
{
  guint n = 0;

  if (args == NULL || !juggler_check_kind (self, args, JUGGLER_JSON_ARRAY))
    return;
  for (const JugglerJsonNode *arg = args->value.first; arg != NULL; arg = arg->next, n++)
    {
      if (n < code->params->len)
        {
          bind_value (self, group, n, arg);
          continue;
        }
      juggler_check_fault (self, arg, NULL,
                           g_dngettext (GETTEXT_PACKAGE, "%s takes %u argument, given: %u",
                                        "%s takes %u arguments, given: %u", code->params->len),
                           code->name, code->params->len, juggler_json_count (args));
      break;
    }
}

static void
bind_kwargs (JugglerCheck          *self,
             JugglerGroup          *group,
             const JugglerCode     *code,
             const JugglerJsonNode *kwargs)
{
  if (kwargs == NULL || !juggler_check_kind (self, kwargs, JUGGLER_JSON_OBJECT))
    return;
  for (const JugglerJsonNode *argument = kwargs->value.first; argument != NULL; argument = argument->next)
    {
      int param = juggler_experiment_find (code->param_index, argument->key->name);

      if (param < 0)
        juggler_check_key_fault (self, argument,
                                 juggler_check_suggest (self, argument->key->name, code->param_index),
                                 _ ("%s has no parameter of this name"), code->name);
      else if (g_array_index (group->bound, JugglerBound, param).node != NULL)
        juggler_check_key_fault (self, argument, NULL, _ ("is given by position and by name"));
      else
        bind_value (self, group, (guint) param, argument);
    }
}

/* Of a worker whose task is not known: only what is wrong in itself. */
static void
check_loose_arguments (JugglerCheck          *self,
                       const JugglerJsonNode *args,
                       const JugglerJsonNode *kwargs)
{
  if (args != NULL)
    juggler_check_kind (self, args, JUGGLER_JSON_ARRAY);
  if (kwargs != NULL)
    juggler_check_kind (self, kwargs, JUGGLER_JSON_OBJECT);
}

static void
check_arguments (JugglerCheck *self,
                 JugglerGroup *group)
{
  const JugglerJsonNode *args = juggler_json_find (group->node, "args");
  const JugglerJsonNode *kwargs = juggler_json_find (group->node, "kwargs");
  const JugglerCode     *code;

  /* Of more workers than there may be, the values would only take memory. */
  if (self->experiment->groups->len > JUGGLER_MAX_WORKERS)
    group->code = 0;
  if (group->code == 0)
    {
      check_loose_arguments (self, args, kwargs);
      return;
    }
  code = g_ptr_array_index (self->experiment->codes, group->code);
  g_array_set_size (group->bound, code->params->len);
  bind_args (self, group, code, args);
  bind_kwargs (self, group, code, kwargs);
  for (guint i = 0; i < code->params->len; i++)
    {
      const JugglerParam *param = &g_array_index (code->params, JugglerParam, i);
      JugglerBound       *bound = &g_array_index (group->bound, JugglerBound, i);

      if (bound->node != NULL)
        continue;
      bound->is_text = param->is_text;
      bound->value = param->value;
      bound->text = param->text;
    }
}

static void
check_target (JugglerCheck *self,
              JugglerGroup *group)
{
  JugglerExperiment     *experiment = self->experiment;
  const JugglerJsonNode *target = juggler_json_find (group->node, "target");
  g_autofree char       *quoted = NULL;
  int                    code;

  group->worker.target = "";
  if (target == NULL)
    {
      juggler_check_missing (self, group->node, "target", _ ("is missing: the task that the worker runs"));
      return;
    }
  if (!juggler_check_kind (self, target, JUGGLER_JSON_TEXT))
    return;
  group->worker.target = target->value.text;
  code = juggler_experiment_find (experiment->task_index, target->value.text);
  if (code < 0)
    {
      quoted = juggler_json_quote (target->value.text);
      juggler_check_fault (self, target, juggler_check_suggest (self, target->value.text, experiment->task_index),
                           _ ("there is no task %s"), quoted);
      return;
    }
  group->code = (guint) code + 1;
}

static void
check_worker_kind (JugglerCheck *self,
                   JugglerGroup *group)
{
  static const char *const kinds[] = { [JUGGLER_KIND_PROCESS] = "process", [JUGGLER_KIND_THREAD] = "thread" };
  const JugglerJsonNode   *kind = juggler_json_find (group->node, "kind");
  JugglerCode             *code;
  int                      index = (int) self->experiment->groups->len - 1;

  if (kind == NULL)
    juggler_check_missing (self, group->node, "kind", _ ("is missing: \"process\" or \"thread\""));
  else if (juggler_check_kind (self, kind, JUGGLER_JSON_TEXT))
    {
      if (g_str_equal (kind->value.text, "thread"))
        group->worker.kind = JUGGLER_KIND_THREAD;
      else if (!g_str_equal (kind->value.text, "process"))
        juggler_check_fault (self, kind, juggler_name_suggest (kind->value.text, kinds, G_N_ELEMENTS (kinds)),
                             _ ("must be \"process\" or \"thread\""));
    }
  if (group->code == 0)
    return;
  code = g_ptr_array_index (self->experiment->codes, group->code);
  if (group->worker.kind == JUGGLER_KIND_THREAD && code->thread < 0)
    code->thread = index;
  if (group->worker.kind == JUGGLER_KIND_PROCESS && group->worker.daemon && code->daemon < 0)
    code->daemon = index;
}

static void
check_cores (JugglerCheck          *self,
             JugglerGroup          *group,
             const JugglerJsonNode *cores)
{
  g_autoptr (GHashTable) named = g_hash_table_new (g_int64_hash, g_int64_equal);

  if (cores == NULL || !juggler_check_kind (self, cores, JUGGLER_JSON_ARRAY))
    return;
  if (cores->value.first == NULL)
    juggler_check_fault (self, cores, NULL, _ ("must name at least one core, or be left out"));
  for (const JugglerJsonNode *node = cores->value.first; node != NULL; node = node->next)
    {
      gint64  number;
      guint32 core;

      if (!juggler_check_range (self, node, 0, G_MAXINT64, &number)
          || !g_hash_table_add (named, (gpointer) &node->value.integer))
        continue;
      core = (guint32) number;
      if (number < JUGGLER_MAX_CORES)
        g_array_append_val (group->cores, core);
      else if (group->absent_cores->len < JUGGLER_MAX_CORES)
        g_array_append_val (group->absent_cores, number);
    }
  group->worker.absent_cores = (const gint64 *) group->absent_cores->data;
  group->worker.n_absent_cores = group->absent_cores->len;
}

static void
check_options (JugglerCheck *self,
               JugglerGroup *group)
{
  const JugglerJsonNode *daemon = juggler_json_find (group->node, "daemon");
  const JugglerJsonNode *process_group = juggler_json_find (group->node, "group");
  const JugglerJsonNode *nice = juggler_json_find (group->node, "nice");
  const JugglerJsonNode *count = juggler_json_find (group->node, "count");
  gint64                 value;

  if (daemon != NULL)
    juggler_check_boolean (self, daemon, &group->worker.daemon);
  if (process_group != NULL && process_group->kind != JUGGLER_JSON_NULL)
    juggler_check_fault (self, process_group, NULL, _ ("must be null, as in Python"));
  if (nice != NULL && juggler_check_range (self, nice, G_MININT32, G_MAXINT32, &value))
    /* setpriority(2): what is beyond the ends counts as the end. */
    group->worker.nice = (int) CLAMP (value, -20, 19);
  if (count != NULL && juggler_check_range (self, count, 1, JUGGLER_MAX_WORKERS, &value))
    group->worker.count = (guint) value;
  check_cores (self, group, juggler_json_find (group->node, "cores"));
}

/* A worker without a name is called after its task, with the number that it has among those without one. */
static const char *
make_default_name (JugglerCheck *self,
                   JugglerGroup *group,
                   GHashTable   *numbers)
{
  guint            number = GPOINTER_TO_UINT (g_hash_table_lookup (numbers, group->worker.target)) + 1;
  g_autofree char *name = g_strdup_printf ("%s-%u", group->worker.target, number);

  g_hash_table_insert (numbers, (gpointer) group->worker.target, GUINT_TO_POINTER (number));
  return g_string_chunk_insert (self->experiment->names, name);
}

static void
check_worker_name (JugglerCheck *self,
                   JugglerGroup *group,
                   GHashTable   *numbers)
{
  JugglerExperiment     *experiment = self->experiment;
  const JugglerJsonNode *name = juggler_json_find (group->node, "name");
  g_autofree char       *quoted = NULL;

  if (name == NULL)
    {
      group->worker.name = make_default_name (self, group, numbers);
      if (group->code == 0)
        return;
    }
  else if (!juggler_check_kind (self, name, JUGGLER_JSON_TEXT))
    {
      group->worker.name = "";
      return;
    }
  else
    {
      group->worker.name = name->value.text;
      juggler_check_name_text (self, name);
    }
  if (juggler_experiment_find (experiment->group_index, group->worker.name) >= 0)
    {
      quoted = juggler_json_quote (group->worker.name);
      juggler_check_fault (self, name != NULL ? name : group->node, NULL, _ ("a worker before it is called %s too"),
                           quoted);
      return;
    }
  g_hash_table_insert (experiment->group_index, (gpointer) group->worker.name,
                       GUINT_TO_POINTER (experiment->groups->len));
}

static void
check_worker (JugglerCheck          *self,
              const JugglerJsonNode *node,
              GHashTable            *numbers)
{
  static const char *const keys[] = { "name",   "target", "kind",  "args",  "kwargs",
                                      "daemon", "count",  "group", "cores", "nice" };
  JugglerExperiment       *experiment = self->experiment;
  JugglerGroup            *group;

  if (!juggler_check_kind (self, node, JUGGLER_JSON_OBJECT))
    return;
  group = juggler_experiment_add_group (experiment, node);
  juggler_check_keys (self, node, keys, G_N_ELEMENTS (keys));
  check_target (self, group);
  check_options (self, group);
  check_worker_kind (self, group);
  check_worker_name (self, group, numbers);
  check_arguments (self, group);
  group->first = experiment->n_workers + 1;
  if (group->worker.count > JUGGLER_MAX_WORKERS - experiment->n_workers)
    {
      const JugglerJsonNode *count = juggler_json_find (node, "count");

      juggler_check_fault (self, count != NULL ? count : node, NULL, _ ("with this there are more than %u workers"),
                           JUGGLER_MAX_WORKERS);
      /* Said once; the rest is judged as if there were room. */
      experiment->n_workers = 0;
    }
  experiment->n_workers += group->worker.count;
}

/* `sum_num-1` is the first worker without a name that runs sum_num, and the first of a group sum_num. */
static void
check_name_clashes (JugglerCheck *self)
{
  JugglerExperiment *experiment = self->experiment;

  for (guint i = 0; i < experiment->groups->len; i++)
    {
      const JugglerGroup *group = g_ptr_array_index (experiment->groups, i);
      const JugglerGroup *other;
      int                 index;
      guint64             number;

      if (group->code == 0 || juggler_json_find (group->node, "name") != NULL)
        continue;
      index = juggler_experiment_find (experiment->group_index, group->worker.target);
      if (index < 0)
        continue;
      other = g_ptr_array_index (experiment->groups, index);
      number = g_ascii_strtoull (strrchr (group->worker.name, '-') + 1, NULL, 10);
      if (other->worker.count > 1 && number <= other->worker.count)
        juggler_check_fault (self, group->node, NULL, _ ("its default name \"%s\" is that of one of the workers \"%s\""),
                             group->worker.name, other->worker.name);
    }
}

void
juggler_check_workers (JugglerCheck          *self,
                       const JugglerJsonNode *workers)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);

  if (workers == NULL || !juggler_check_kind (self, workers, JUGGLER_JSON_ARRAY))
    return;
  for (const JugglerJsonNode *node = workers->value.first; node != NULL; node = node->next)
    check_worker (self, node, numbers);
  check_name_clashes (self);
}
