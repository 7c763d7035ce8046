/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-compile.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "juggler-check.h"

typedef struct
{
  const JugglerExperiment *experiment;
  GByteArray              *tables[JUGGLER_N_TABLES];
  GString                 *strings;
} Compiler;

static void
add (Compiler        *self,
     JugglerPlanTable table,
     gconstpointer    entries,
     guint            n_entries)
{
  if (n_entries > 0)
    g_byte_array_append (self->tables[table], entries, n_entries * (guint) juggler_plan_entry_size (table));
}

static guint
count (Compiler        *self,
       JugglerPlanTable table)
{
  return self->tables[table]->len / (guint) juggler_plan_entry_size (table);
}

static JugglerPlanString
add_string (Compiler   *self,
            const char *string)
{
  gsize             length = strlen (string);
  JugglerPlanString result = { .offset = (guint32) self->strings->len, .length = (guint32) length };

  g_string_append_len (self->strings, string, (gssize) length);
  g_string_append_c (self->strings, '\0');
  return result;
}

static gboolean
refuse (GError    **error,
        const char *path,
        const char *what)
{
  g_set_error (error, JUGGLER_MODEL_ERROR, JUGGLER_MODEL_ERROR_NOT_YET, _ ("%s: %s comes in a later version"), path,
               what);
  return FALSE;
}

/* Which locks a step names: one that none does can be of any kind. */
static gboolean *
find_used_locks (const JugglerExperiment *experiment)
{
  gboolean *is_used = g_new0 (gboolean, experiment->locks->len + 1);

  for (guint i = 0; i < experiment->codes->len; i++)
    {
      const JugglerCode *code = g_ptr_array_index (experiment->codes, i);

      for (guint pc = 0; pc < code->instructions->len; pc++)
        {
          const JugglerInstruction *instruction = &g_array_index (code->instructions, JugglerInstruction, pc);

          if (instruction->op >= JUGGLER_OP_LOCK && instruction->op <= JUGGLER_OP_NOTIFY_ALL)
            is_used[instruction->a] = TRUE;
        }
    }
  return is_used;
}

static gboolean
can_run (const JugglerExperiment *experiment,
         GError                 **error)
{
  g_autofree gboolean *is_used = find_used_locks (experiment);
  g_autofree char     *path = NULL;
  g_autofree char     *what = NULL;

  if (experiment->settings.gil)
    return refuse (error, "/settings/gil", _ ("the GIL"));
  if (experiment->settings.race_window_us > 0)
    return refuse (error, "/settings/race_window_us", _ ("a widened race window"));
  for (guint i = 0; i < experiment->locks->len; i++)
    {
      const JugglerDocumentLock *lock = &g_array_index (experiment->locks, JugglerDocumentLock, i);

      if (lock->kind <= JUGGLER_LOCK_RLOCK || !is_used[i])
        continue;
      path = g_strdup_printf ("/locks/%s", lock->name);
      what = g_strdup_printf (_ ("a lock of the kind \"%s\""), juggler_lock_kind_to_text (lock->kind));
      return refuse (error, path, what);
    }
  return TRUE;
}

static void
add_globals (Compiler *self)
{
  GArray *globals = self->experiment->globals;

  for (guint i = 0; i < globals->len; i++)
    {
      const JugglerDocumentGlobal *global = &g_array_index (globals, JugglerDocumentGlobal, i);
      JugglerPlanGlobal            entry = { .name = add_string (self, global->name) };

      entry.is_list = global->is_list ? 1 : 0;
      entry.initial = global->initial;
      entry.first_element = count (self, JUGGLER_TABLE_ELEMENTS);
      entry.n_elements = global->n_elements;
      add (self, JUGGLER_TABLE_ELEMENTS, global->elements, global->n_elements);
      add (self, JUGGLER_TABLE_GLOBALS, &entry, 1);
    }
}

static void
add_locks (Compiler *self)
{
  GArray *locks = self->experiment->locks;

  for (guint i = 0; i < locks->len; i++)
    {
      const JugglerDocumentLock *lock = &g_array_index (locks, JugglerDocumentLock, i);
      JugglerPlanLock            entry = { .name = add_string (self, lock->name), .kind = lock->kind, .n = lock->n };

      add (self, JUGGLER_TABLE_LOCKS, &entry, 1);
    }
}

static void
add_codes (Compiler *self)
{
  GPtrArray *codes = self->experiment->codes;

  for (guint i = 0; i < codes->len; i++)
    {
      const JugglerCode *code = g_ptr_array_index (codes, i);
      JugglerPlanCode    entry = { .name = add_string (self, code->name) };

      entry.first_instruction = count (self, JUGGLER_TABLE_INSTRUCTIONS);
      entry.n_instructions = code->instructions->len;
      entry.n_parameters = code->params->len;
      add (self, JUGGLER_TABLE_INSTRUCTIONS, code->instructions->data, code->instructions->len);
      add (self, JUGGLER_TABLE_CODES, &entry, 1);
    }
}

static void
add_main (Compiler *self)
{
  JugglerPlanString name = add_string (self, "main");
  JugglerPlanGroup  group = { .name = name, .kind = JUGGLER_KIND_PROCESS, .n_workers = 1 };
  JugglerPlanWorker worker = { .name = name };

  add (self, JUGGLER_TABLE_GROUPS, &group, 1);
  add (self, JUGGLER_TABLE_WORKERS, &worker, 1);
}

static void
add_bound_values (Compiler           *self,
                  const JugglerGroup *group)
{
  for (guint i = 0; i < group->bound->len; i++)
    {
      const JugglerBound  *bound = &g_array_index (group->bound, JugglerBound, i);
      JugglerPlanParameter entry = { .is_text = bound->is_text ? 1 : 0, .value = bound->value };

      if (bound->is_text)
        entry.text = add_string (self, bound->text);
      add (self, JUGGLER_TABLE_PARAMETERS, &entry, 1);
    }
}

static void
add_group (Compiler           *self,
           guint               number,
           const JugglerGroup *group)
{
  JugglerPlanGroup entry = { .name = add_string (self, group->worker.name), .kind = group->worker.kind };

  entry.code = group->code;
  entry.daemon = group->worker.daemon ? 1 : 0;
  entry.nice = group->worker.nice;
  entry.first_worker = group->first;
  entry.n_workers = group->worker.count;
  entry.first_parameter = count (self, JUGGLER_TABLE_PARAMETERS);
  entry.first_core = count (self, JUGGLER_TABLE_CORES);
  entry.n_cores = group->cores->len;
  add_bound_values (self, group);
  add (self, JUGGLER_TABLE_CORES, group->cores->data, group->cores->len);
  add (self, JUGGLER_TABLE_GROUPS, &entry, 1);
  for (guint i = 0; i < group->worker.count; i++)
    {
      JugglerPlanWorker worker = { .name = entry.name, .group = number };

      if (group->worker.count > 1)
        {
          g_autofree char *name = g_strdup_printf ("%s-%u", group->worker.name, i + 1);

          worker.name = add_string (self, name);
        }
      add (self, JUGGLER_TABLE_WORKERS, &worker, 1);
    }
}

static GBytes *
join_tables (Compiler *self)
{
  const JugglerDocumentSettings *settings = &self->experiment->settings;
  JugglerPlan                    plan = { .magic = JUGGLER_PLAN_MAGIC, .version = JUGGLER_PLAN_VERSION };
  gsize                          size = sizeof plan;
  char                          *data;

  plan.cores = settings->cores;
  plan.shared_globals = settings->shared_globals ? 1 : 0;
  plan.time_limit_ms = settings->time_limit_ms;
  for (guint i = 0; i < JUGGLER_N_TABLES; i++)
    {
      plan.tables[i].offset = (guint32) size;
      plan.tables[i].count = count (self, i);
      size += (self->tables[i]->len + 7) & ~7U;
    }
  plan.size = (guint32) size;
  data = g_malloc0 (size);
  memcpy (data, &plan, sizeof plan);
  for (guint i = 0; i < JUGGLER_N_TABLES; i++)
    {
      if (self->tables[i]->len > 0)
        memcpy (data + plan.tables[i].offset, self->tables[i]->data, self->tables[i]->len);
    }
  return g_bytes_new_take (data, size);
}

GBytes *
juggler_compile (const JugglerExperiment *experiment,
                 GError                 **error)
{
  Compiler compiler = { .experiment = experiment };
  GBytes  *plan;

  g_return_val_if_fail (experiment != NULL, NULL);

  if (!can_run (experiment, error))
    return NULL;
  for (guint i = 0; i < JUGGLER_N_TABLES; i++)
    compiler.tables[i] = g_byte_array_new ();
  /* The literals of the prints have their offsets already. */
  compiler.strings = g_string_new_len (experiment->strings->str, (gssize) experiment->strings->len);
  add_globals (&compiler);
  add_locks (&compiler);
  add_codes (&compiler);
  add_main (&compiler);
  for (guint i = 0; i < experiment->groups->len; i++)
    add_group (&compiler, i + 1, g_ptr_array_index (experiment->groups, i));
  add (&compiler, JUGGLER_TABLE_TEXTS, experiment->texts->data, experiment->texts->len);
  add (&compiler, JUGGLER_TABLE_SEGMENTS, experiment->segments->data, experiment->segments->len);
  add (&compiler, JUGGLER_TABLE_STRINGS, compiler.strings->str, (guint) compiler.strings->len);
  plan = join_tables (&compiler);
  for (guint i = 0; i < JUGGLER_N_TABLES; i++)
    g_byte_array_unref (compiler.tables[i]);
  g_string_free (compiler.strings, TRUE);
  return plan;
}
