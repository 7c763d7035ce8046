/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-document-private.h"

/* What a document says, for those who show it. */

static const JugglerDocumentSettings no_settings = { .time_limit_ms = JUGGLER_DEFAULT_TIME_LIMIT_MS };

const char *
juggler_document_get_title (JugglerDocument *self)
{
  g_return_val_if_fail (JUGGLER_IS_DOCUMENT (self), NULL);

  return self->experiment != NULL ? self->experiment->title : "";
}

const char *
juggler_document_get_description (JugglerDocument *self)
{
  g_return_val_if_fail (JUGGLER_IS_DOCUMENT (self), NULL);

  return self->experiment != NULL ? self->experiment->description : "";
}

const JugglerDocumentSettings *
juggler_document_get_settings (JugglerDocument *self)
{
  g_return_val_if_fail (JUGGLER_IS_DOCUMENT (self), NULL);

  return self->experiment != NULL ? &self->experiment->settings : &no_settings;
}

guint
juggler_document_get_n_tasks (JugglerDocument *self)
{
  g_return_val_if_fail (JUGGLER_IS_DOCUMENT (self), 0);

  return self->experiment != NULL ? self->experiment->codes->len - 1 : 0;
}

const char *
juggler_document_get_task_name (JugglerDocument *self,
                                guint            task)
{
  g_return_val_if_fail (task < juggler_document_get_n_tasks (self), NULL);

  return ((JugglerCode *) g_ptr_array_index (self->experiment->codes, task + 1))->name;
}

guint
juggler_document_get_n_workers (JugglerDocument *self)
{
  g_return_val_if_fail (JUGGLER_IS_DOCUMENT (self), 0);

  return self->experiment != NULL ? self->experiment->groups->len : 0;
}

const JugglerDocumentWorker *
juggler_document_get_worker (JugglerDocument *self,
                             guint            worker)
{
  g_return_val_if_fail (worker < juggler_document_get_n_workers (self), NULL);

  return &((JugglerGroup *) g_ptr_array_index (self->experiment->groups, worker))->worker;
}

guint
juggler_document_get_n_globals (JugglerDocument *self)
{
  g_return_val_if_fail (JUGGLER_IS_DOCUMENT (self), 0);

  return self->experiment != NULL ? self->experiment->globals->len : 0;
}

const JugglerDocumentGlobal *
juggler_document_get_global (JugglerDocument *self,
                             guint            global)
{
  g_return_val_if_fail (global < juggler_document_get_n_globals (self), NULL);

  return &g_array_index (self->experiment->globals, JugglerDocumentGlobal, global);
}

guint
juggler_document_get_n_locks (JugglerDocument *self)
{
  g_return_val_if_fail (JUGGLER_IS_DOCUMENT (self), 0);

  return self->experiment != NULL ? self->experiment->locks->len : 0;
}

const JugglerDocumentLock *
juggler_document_get_lock (JugglerDocument *self,
                           guint            lock)
{
  g_return_val_if_fail (lock < juggler_document_get_n_locks (self), NULL);

  return &g_array_index (self->experiment->locks, JugglerDocumentLock, lock);
}

gboolean
juggler_document_has_expect (JugglerDocument *self)
{
  g_return_val_if_fail (JUGGLER_IS_DOCUMENT (self), FALSE);

  return self->experiment != NULL && self->experiment->has_expect;
}

gboolean
juggler_document_get_expected (JugglerDocument *self,
                               guint            global,
                               gint64          *value)
{
  const JugglerDocumentGlobal *entry = juggler_document_get_global (self, global);

  if (entry == NULL || !entry->has_expected)
    return FALSE;
  if (value != NULL)
    *value = entry->expected;
  return TRUE;
}

char *
juggler_document_dup_worker_name (JugglerDocument *self,
                                  guint            worker)
{
  g_return_val_if_fail (JUGGLER_IS_DOCUMENT (self), NULL);

  if (worker == 0)
    return g_strdup ("main");
  for (guint i = 0; self->experiment != NULL && i < self->experiment->groups->len; i++)
    {
      const JugglerGroup *group = g_ptr_array_index (self->experiment->groups, i);

      if (worker < group->first || worker - group->first >= group->worker.count)
        continue;
      if (group->worker.count == 1)
        return g_strdup (group->worker.name);
      return g_strdup_printf ("%s-%u", group->worker.name, worker - group->first + 1);
    }
  return NULL;
}

guint
juggler_document_get_n_steps (JugglerDocument *self)
{
  g_return_val_if_fail (JUGGLER_IS_DOCUMENT (self), 0);

  return self->experiment != NULL ? self->experiment->steps->len : 0;
}

char *
juggler_document_dup_step_path (JugglerDocument *self,
                                guint            step)
{
  if (step >= juggler_document_get_n_steps (self))
    return NULL;
  return juggler_json_dup_path (g_ptr_array_index (self->experiment->steps, step));
}
