/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-words.h"

#include <glib/gi18n-lib.h>

static const char *
worker_name (const JugglerPlan *plan,
             guint              worker)
{
  if (worker >= juggler_plan_count (plan, JUGGLER_TABLE_WORKERS))
    return "?";
  return juggler_plan_string (plan, juggler_plan_worker (plan, worker)->name);
}

static const char *
lock_name (const JugglerPlan *plan,
           guint              lock)
{
  if (lock >= juggler_plan_count (plan, JUGGLER_TABLE_LOCKS))
    return "?";
  return juggler_plan_string (plan, juggler_plan_lock (plan, lock)->name);
}

static const char *
global_name (const JugglerPlan *plan,
             guint              global)
{
  if (global >= juggler_plan_count (plan, JUGGLER_TABLE_GLOBALS))
    return "?";
  return juggler_plan_string (plan, juggler_plan_global (plan, global)->name);
}

char *
juggler_words_failure (const JugglerPlan *plan,
                       JugglerFailure     failure,
                       guint              object)
{
  switch (failure)
    {
    case JUGGLER_FAILURE_START_TWICE:
      return g_strdup_printf (_("starts “%s”, which was started before; a worker can be started only once"),
                              worker_name (plan, object));
    case JUGGLER_FAILURE_JOIN_NOT_STARTED:
      return g_strdup_printf (_("joins “%s”, which was not started yet"), worker_name (plan, object));
    case JUGGLER_FAILURE_JOIN_FOREIGN:
      return g_strdup_printf (_("joins “%s”, which another worker started; only who started it can join it"),
                              worker_name (plan, object));
    case JUGGLER_FAILURE_JOIN_SELF:
      return g_strdup_printf (_("joins itself (“%s”)"), worker_name (plan, object));
    case JUGGLER_FAILURE_SIGNAL_NOT_STARTED:
      return g_strdup_printf (_("sends a signal to “%s”, which was not started yet"), worker_name (plan, object));
    case JUGGLER_FAILURE_SIGNAL_FOREIGN:
      return g_strdup_printf (_("sends a signal to “%s”, which another worker started"), worker_name (plan, object));
    case JUGGLER_FAILURE_SIGNAL_THREAD:
      return g_strdup_printf (_("sends a signal to “%s”, which is a thread; only processes can be ended by a signal"),
                              worker_name (plan, object));
    case JUGGLER_FAILURE_START_BY_DAEMON:
      return g_strdup_printf (_("starts “%s”, but a daemon may not start workers"), worker_name (plan, object));
    case JUGGLER_FAILURE_UNLOCK_NOT_HELD:
      return g_strdup_printf (_("unlocks “%s”, which it does not hold"), lock_name (plan, object));
    case JUGGLER_FAILURE_LIST_FULL:
      return g_strdup_printf (_("appends to “%s”, which is full (%u elements)"), global_name (plan, object),
                              JUGGLER_LIST_CAPACITY);
    case JUGGLER_FAILURE_LOCK_DEPTH:
      return g_strdup_printf (_("locks “%s” again too often"), lock_name (plan, object));
    default:
      return g_strdup (_("failed for a reason that this version does not know"));
    }
}

/* "process 412 of 1000" counts those of the same kind in the order of the document. */
static void
count_kind (const JugglerPlan *plan,
            guint              worker,
            guint             *number,
            guint             *total)
{
  guint n_workers = juggler_plan_count (plan, JUGGLER_TABLE_WORKERS);
  guint kind;
  guint i;

  *number = 0;
  *total = 0;
  if (worker >= n_workers)
    return;
  kind = juggler_plan_group (plan, juggler_plan_worker (plan, worker)->group)->kind;
  for (i = 1; i < n_workers; i++)
    {
      if (juggler_plan_group (plan, juggler_plan_worker (plan, i)->group)->kind != kind)
        continue;
      (*total)++;
      if (i <= worker)
        (*number)++;
    }
}

static char *
refused_start (const JugglerShared *shared,
               gboolean             is_process,
               const char          *title,
               guint                worker,
               int                  code)
{
  guint number;
  guint total;

  if (worker == 0)
    return g_strdup_printf (_("%s: could not start the main process: %s. Close other programs, or raise the limit of "
                              "processes (ulimit -u)."),
                            title, g_strerror (code));
  count_kind (juggler_shared_plan (shared), worker, &number, &total);
  if (is_process)
    return g_strdup_printf (_("%s: could not start process %u of %u: %s. Use fewer workers, or raise the limit of "
                              "processes (ulimit -u)."),
                            title, number, total, g_strerror (code));
  return g_strdup_printf (_("%s: could not start thread %u of %u: %s. Use fewer workers, or raise the limits of "
                            "processes and memory (ulimit -u, ulimit -v)."),
                          title, number, total, g_strerror (code));
}

char *
juggler_words_refusal (const JugglerShared *shared,
                       const char          *title)
{
  const JugglerPlan *plan = juggler_shared_plan (shared);
  guint              worker = atomic_load (&shared->refusal_worker);
  int                code = atomic_load (&shared->refusal_errno);

  switch (atomic_load (&shared->refusal))
    {
    case JUGGLER_REFUSED_PROCESS:
      return refused_start (shared, TRUE, title, worker, code);
    case JUGGLER_REFUSED_THREAD:
      return refused_start (shared, FALSE, title, worker, code);
    case JUGGLER_REFUSED_MEMORY:
      return g_strdup_printf (_("%s: no memory for the globals: %s. Close other programs, or raise the limit of memory "
                                "(ulimit -v)."),
                              title, g_strerror (code));
    case JUGGLER_REFUSED_AFFINITY:
      return g_strdup_printf (_("%s: the cores for “%s” could not be set: %s. Leave out “cores”."), title,
                              worker_name (plan, worker), g_strerror (code));
    case JUGGLER_REFUSED_NICE:
      return g_strdup_printf (_("%s: the “nice” value of “%s” could not be set: %s. Use one of 0 to 19."), title,
                              worker_name (plan, worker), g_strerror (code));
    case JUGGLER_REFUSED_DESCRIPTOR:
      return g_strdup_printf (_("%s: no file descriptor left: %s. Raise the limit of open files (ulimit -n)."), title,
                              g_strerror (code));
    default:
      return g_strdup_printf (_("%s: the machine refused something: %s"), title, g_strerror (code));
    }
}
