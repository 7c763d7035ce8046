/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-check.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "juggler-names.h"

static const char *const lock_kinds[JUGGLER_N_LOCK_KINDS] = {
  [JUGGLER_LOCK_MUTEX] = "mutex",         [JUGGLER_LOCK_ROBUST] = "robust",   [JUGGLER_LOCK_SPIN] = "spin",
  [JUGGLER_LOCK_RLOCK] = "rlock",         [JUGGLER_LOCK_RW] = "rw",           [JUGGLER_LOCK_CONDITION] = "condition",
  [JUGGLER_LOCK_SEMAPHORE] = "semaphore", [JUGGLER_LOCK_BARRIER] = "barrier",
};

const char *
juggler_lock_kind_to_text (JugglerLockKind kind)
{
  g_return_val_if_fail (kind < JUGGLER_N_LOCK_KINDS, "");

  return lock_kinds[kind];
}

/* Everything but the recorded schedules, which are as long as the run was. */
static void
check_texts (JugglerCheck          *self,
             const JugglerJsonNode *root)
{
  const JugglerJsonNode *schedules = juggler_json_find (root, "schedules");
  const JugglerJsonNode *node = root;

  while (node != NULL)
    {
      if (node->kind == JUGGLER_JSON_TEXT && strlen (node->value.text) > JUGGLER_DOCUMENT_MAX_TEXT)
        juggler_check_fault (self, node, NULL, _ ("a text must not be longer than %u bytes"),
                             JUGGLER_DOCUMENT_MAX_TEXT);
      node = juggler_json_walk (node, root);
      if (node != NULL && node == schedules)
        node = node->next;
    }
}

/* Returns FALSE if the rest must not be judged: another version has other rules. */
static gboolean
check_version (JugglerCheck          *self,
               const JugglerJsonNode *root)
{
  const JugglerJsonNode *version = juggler_json_find (root, "juggler");
  gint64                 number;

  if (version == NULL)
    {
      juggler_check_missing (self, root, "juggler", _ ("is missing: the version of the format, 1"));
      return TRUE;
    }
  if (version->kind == JUGGLER_JSON_HUGE)
    number = version->value.integer;
  else if (!juggler_check_integer (self, version, &number) || number == 1)
    return TRUE;
  if (number < 1)
    {
      juggler_check_fault (self, version, NULL, _ ("must be 1, the only version of the format"));
      return TRUE;
    }
  juggler_check_fault (self, version, NULL, _ ("made by a newer version of Juggler: this one reads version 1"));
  return FALSE;
}

static void
check_titles (JugglerCheck          *self,
              const JugglerJsonNode *root)
{
  const JugglerJsonNode *title = juggler_json_find (root, "title");
  const JugglerJsonNode *description = juggler_json_find (root, "description");

  if (title == NULL)
    {
      juggler_check_missing (self, root, "title", _ ("is missing"));
    }
  else if (juggler_check_kind (self, title, JUGGLER_JSON_TEXT))
    {
      if (g_utf8_strlen (title->value.text, -1) > (glong) JUGGLER_DOCUMENT_MAX_TITLE)
        juggler_check_fault (self, title, NULL, _ ("must not be longer than %u characters"),
                             JUGGLER_DOCUMENT_MAX_TITLE);
      g_free (self->experiment->title);
      self->experiment->title = g_strdup (title->value.text);
    }
  if (description != NULL && juggler_check_kind (self, description, JUGGLER_JSON_TEXT))
    {
      g_free (self->experiment->description);
      self->experiment->description = g_strdup (description->value.text);
    }
}

static void
check_list (JugglerCheck          *self,
            const JugglerJsonNode *list,
            JugglerDocumentGlobal *global)
{
  gint64 value;

  global->is_list = TRUE;
  for (const JugglerJsonNode *element = list->value.first; element != NULL; element = element->next)
    {
      if (!juggler_check_integer (self, element, &value))
        continue;
      g_array_append_val (self->experiment->elements, value);
      global->n_elements++;
    }
  if (global->n_elements > JUGGLER_LIST_CAPACITY)
    juggler_check_fault (self, list, NULL, _ ("a list must not have more than %u elements"), JUGGLER_LIST_CAPACITY);
}

static void
check_globals (JugglerCheck          *self,
               const JugglerJsonNode *globals)
{
  JugglerExperiment *experiment = self->experiment;
  guint              n_elements = 0;

  if (globals == NULL || !juggler_check_kind (self, globals, JUGGLER_JSON_OBJECT))
    return;
  for (const JugglerJsonNode *member = globals->value.first; member != NULL; member = member->next)
    {
      JugglerDocumentGlobal global = { .name = member->key->name };

      juggler_check_name (self, member);
      if (member->kind == JUGGLER_JSON_ARRAY)
        check_list (self, member, &global);
      else if (member->kind == JUGGLER_JSON_INTEGER || member->kind == JUGGLER_JSON_HUGE)
        juggler_check_integer (self, member, &global.initial);
      else
        juggler_check_fault (self, member, NULL, _ ("a global must be an integer or a list of integers"));
      g_array_append_val (experiment->globals, global);
      g_hash_table_insert (experiment->global_index, (gpointer) global.name,
                           GUINT_TO_POINTER (experiment->globals->len));
    }
  for (guint i = 0; i < experiment->globals->len; i++)
    {
      JugglerDocumentGlobal *global = &g_array_index (experiment->globals, JugglerDocumentGlobal, i);

      if (global->n_elements > 0)
        global->elements = &g_array_index (experiment->elements, gint64, n_elements);
      n_elements += global->n_elements;
    }
}

static void
check_lock_with_number (JugglerCheck          *self,
                        const JugglerJsonNode *node,
                        JugglerDocumentLock   *lock)
{
  static const char *const keys[] = { "semaphore", "barrier" };
  const JugglerJsonNode   *first = node->value.first;

  juggler_check_keys (self, node, keys, G_N_ELEMENTS (keys));
  if (first == NULL)
    {
      juggler_check_fault (self, node, NULL, _ ("must be {\"semaphore\": n} or {\"barrier\": n}"));
      return;
    }
  if (first->next != NULL && juggler_json_find (node, "semaphore") != NULL && juggler_json_find (node, "barrier") != NULL)
    juggler_check_key_fault (self, first->next, NULL, _ ("a lock is of one kind only"));
  if (g_str_equal (first->key->name, "barrier"))
    {
      lock->kind = JUGGLER_LOCK_BARRIER;
      juggler_check_range (self, first, 1, JUGGLER_MAX_WORKERS + 1, &lock->n);
    }
  else if (g_str_equal (first->key->name, "semaphore"))
    {
      lock->kind = JUGGLER_LOCK_SEMAPHORE;
      juggler_check_range (self, first, 0, G_MAXINT32, &lock->n);
    }
}

static void
check_lock_by_name (JugglerCheck          *self,
                    const JugglerJsonNode *node,
                    JugglerDocumentLock   *lock)
{
  g_autofree char *quoted = juggler_json_quote (node->value.text);

  for (guint kind = 0; kind < JUGGLER_N_LOCK_KINDS; kind++)
    {
      if (!g_str_equal (lock_kinds[kind], node->value.text))
        continue;
      lock->kind = kind;
      if (kind == JUGGLER_LOCK_SEMAPHORE || kind == JUGGLER_LOCK_BARRIER)
        juggler_check_fault (self, node, NULL, _ ("needs a number: {\"%s\": n}"), lock_kinds[kind]);
      return;
    }
  juggler_check_fault (self, node, juggler_name_suggest (node->value.text, lock_kinds, JUGGLER_N_LOCK_KINDS),
                       _ ("there is no kind of lock %s"), quoted);
}

static void
check_locks (JugglerCheck          *self,
             const JugglerJsonNode *locks)
{
  JugglerExperiment *experiment = self->experiment;

  if (locks == NULL || !juggler_check_kind (self, locks, JUGGLER_JSON_OBJECT))
    return;
  for (const JugglerJsonNode *member = locks->value.first; member != NULL; member = member->next)
    {
      JugglerDocumentLock lock = { .name = member->key->name, .kind = JUGGLER_LOCK_MUTEX };

      juggler_check_name (self, member);
      if (member->kind == JUGGLER_JSON_TEXT)
        check_lock_by_name (self, member, &lock);
      else if (member->kind == JUGGLER_JSON_OBJECT)
        check_lock_with_number (self, member, &lock);
      else
        juggler_check_fault (self, member, NULL, _ ("must name the kind of lock, such as \"mutex\""));
      g_array_append_val (experiment->locks, lock);
      g_hash_table_insert (experiment->lock_index, (gpointer) lock.name, GUINT_TO_POINTER (experiment->locks->len));
    }
}

/* Whole seconds or a fraction of them; the plan has whole milliseconds. */
static void
check_time_limit (JugglerCheck          *self,
                  const JugglerJsonNode *setting)
{
  gboolean is_fraction = setting->kind == JUGGLER_JSON_FRACTION;
  gint64   whole = 0;
  gdouble  seconds;

  if (!is_fraction && !juggler_check_integer (self, setting, &whole))
    return;
  seconds = is_fraction ? setting->value.fraction : (gdouble) whole;
  if (seconds > 0.0)
    self->experiment->settings.time_limit_ms = (guint) CLAMP (seconds * 1000.0 + 0.5, 1.0, (gdouble) G_MAXUINT32);
  else
    juggler_check_fault (self, setting, NULL, _ ("must be more than 0"));
}

static void
check_setting (JugglerCheck          *self,
               const JugglerJsonNode *setting)
{
  JugglerDocumentSettings *settings = &self->experiment->settings;
  const char              *name = setting->key->name;
  gint64                   value;

  if (g_str_equal (name, "cores") && juggler_check_range (self, setting, 1, JUGGLER_MAX_CORES, &value))
    settings->cores = (guint) value;
  else if (g_str_equal (name, "gil"))
    juggler_check_boolean (self, setting, &settings->gil);
  else if (g_str_equal (name, "shared_globals"))
    juggler_check_boolean (self, setting, &settings->shared_globals);
  else if (g_str_equal (name, "race_window_us") && juggler_check_range (self, setting, 0, G_MAXUINT32, &value))
    settings->race_window_us = (guint) value;
  else if (g_str_equal (name, "time_limit_s"))
    check_time_limit (self, setting);
  else if (g_str_equal (name, "start_method") && juggler_check_kind (self, setting, JUGGLER_JSON_TEXT)
           && !g_str_equal (setting->value.text, "fork"))
    juggler_check_fault (self, setting, NULL, _ ("only \"fork\" is possible"));
}

static void
check_settings (JugglerCheck          *self,
                const JugglerJsonNode *settings)
{
  static const char *const keys[] = { "cores", "gil", "shared_globals", "race_window_us", "start_method", "time_limit_s" };

  if (settings == NULL || !juggler_check_kind (self, settings, JUGGLER_JSON_OBJECT))
    return;
  juggler_check_keys (self, settings, keys, G_N_ELEMENTS (keys));
  for (const JugglerJsonNode *setting = settings->value.first; setting != NULL; setting = setting->next)
    check_setting (self, setting);
}

static void
check_expect (JugglerCheck          *self,
              const JugglerJsonNode *expect)
{
  JugglerExperiment *experiment = self->experiment;

  if (expect == NULL || !juggler_check_kind (self, expect, JUGGLER_JSON_OBJECT))
    return;
  for (const JugglerJsonNode *member = expect->value.first; member != NULL; member = member->next)
    {
      int                    index = juggler_experiment_find (experiment->global_index, member->key->name);
      JugglerDocumentGlobal *global;

      experiment->has_expect = TRUE;
      if (index < 0)
        {
          juggler_check_key_fault (self, member,
                                   juggler_check_suggest (self, member->key->name, experiment->global_index),
                                   _ ("there is no such global"));
          continue;
        }
      global = &g_array_index (experiment->globals, JugglerDocumentGlobal, index);
      if (global->is_list)
        juggler_check_key_fault (self, member, NULL, _ ("is a list; only integers can be expected"));
      else
        global->has_expected = juggler_check_integer (self, member, &global->expected);
    }
}

static void
check_schedules (JugglerCheck          *self,
                 const JugglerJsonNode *schedules)
{
  if (schedules == NULL || !juggler_check_kind (self, schedules, JUGGLER_JSON_OBJECT))
    return;
  for (const JugglerJsonNode *member = schedules->value.first; member != NULL; member = member->next)
    {
      if (strlen (member->key->name) > JUGGLER_DOCUMENT_MAX_TEXT)
        juggler_check_key_fault (self, member, NULL, _ ("a name must not be longer than %u bytes"),
                                 JUGGLER_DOCUMENT_MAX_TEXT);
      juggler_check_kind (self, member, JUGGLER_JSON_TEXT);
    }
}

/* In the order of the text. Steps in steps get theirs when their parents are visited. */
static void
number_steps (JugglerExperiment     *experiment,
              const JugglerJsonNode *steps)
{
  JugglerJsonNode *node;

  if (steps == NULL || steps->kind != JUGGLER_JSON_ARRAY)
    return;
  for (node = steps->value.first; node != NULL; node = juggler_json_walk (node, steps))
    {
      if (node->kind != JUGGLER_JSON_OBJECT || node->key != NULL)
        continue;
      g_ptr_array_add (experiment->steps, node);
      node->number = experiment->steps->len;
    }
}

static void
number_all_steps (JugglerExperiment     *experiment,
                  const JugglerJsonNode *root)
{
  for (const JugglerJsonNode *member = root->value.first; member != NULL; member = member->next)
    {
      if (g_str_equal (member->key->name, "main"))
        number_steps (experiment, member);
      else if (g_str_equal (member->key->name, "tasks") && member->kind == JUGGLER_JSON_OBJECT)
        for (const JugglerJsonNode *task = member->value.first; task != NULL; task = task->next)
          number_steps (experiment, juggler_json_find (task, "steps"));
    }
}

static void
check_all_steps (JugglerCheck          *self,
                 const JugglerJsonNode *root)
{
  const JugglerJsonNode *main_steps = juggler_json_find (root, "main");

  number_all_steps (self->experiment, root);
  for (guint code = 1; code < self->experiment->codes->len; code++)
    {
      const JugglerCode *task = g_ptr_array_index (self->experiment->codes, code);

      juggler_check_steps (self, code, juggler_json_find (task->node, "steps"));
    }
  juggler_check_steps (self, 0, main_steps);
}

JugglerExperiment *
juggler_check_document (const JugglerJsonNode *root,
                        GArray                *faults)
{
  static const char *const     keys[] = { "juggler", "title",   "description", "globals", "locks",    "tasks",
                                          "workers", "main",    "settings",    "expect",  "schedules" };
  g_autoptr (JugglerExperiment) experiment = juggler_experiment_new (root);
  JugglerCheck                 self = { .experiment = experiment, .faults = faults };

  if (!juggler_check_kind (&self, root, JUGGLER_JSON_OBJECT) || !check_version (&self, root))
    return g_steal_pointer (&experiment);
  juggler_check_keys (&self, root, keys, G_N_ELEMENTS (keys));
  check_texts (&self, root);
  check_titles (&self, root);
  check_globals (&self, juggler_json_find (root, "globals"));
  check_locks (&self, juggler_json_find (root, "locks"));
  check_settings (&self, juggler_json_find (root, "settings"));
  juggler_check_tasks (&self, juggler_json_find (root, "tasks"));
  juggler_check_workers (&self, juggler_json_find (root, "workers"));
  check_all_steps (&self, root);
  juggler_check_bound_values (&self);
  check_expect (&self, juggler_json_find (root, "expect"));
  check_schedules (&self, juggler_json_find (root, "schedules"));
  return g_steal_pointer (&experiment);
}
