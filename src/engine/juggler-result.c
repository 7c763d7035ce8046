/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "juggler-result-private.h"

G_DEFINE_FINAL_TYPE (JugglerResult, juggler_result, G_TYPE_OBJECT)

static void
free_values (JugglerResultValue *values,
             guint               n)
{
  guint i;

  for (i = 0; values != NULL && i < n; i++)
    g_free (values[i].values);
  g_free (values);
}

static void
juggler_result_finalize (GObject *object)
{
  JugglerResult *self = JUGGLER_RESULT (object);
  guint i;

  for (i = 0; i < self->n_workers; i++)
    {
      free_values (self->workers[i].globals, self->n_globals);
      g_free (self->workers[i].addresses);
      g_free (self->workers[i].cores);
      g_free (self->workers[i].message);
    }
  free_values (self->globals, self->n_globals);
  g_free (self->title);
  g_free (self->expected);
  g_free (self->workers);
  g_free (self->lines);
  g_free (self->edges);
  g_free (self->lock_names);
  g_ptr_array_unref (self->provoked);
  g_ptr_array_unref (self->notes);
  g_string_chunk_free (self->names);

  G_OBJECT_CLASS (juggler_result_parent_class)->finalize (object);
}

static void
juggler_result_class_init (JugglerResultClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = juggler_result_finalize;
}

static void
juggler_result_init (JugglerResult *self)
{
  self->provoked = g_ptr_array_new_with_free_func (g_free);
  self->notes = g_ptr_array_new_with_free_func (g_free);
  self->names = g_string_chunk_new (1024);
}

const char *
juggler_outcome_to_string (JugglerOutcome outcome)
{
  switch (outcome)
    {
    case JUGGLER_OUTCOME_FINISHED:
      return "finished";
    case JUGGLER_OUTCOME_DEADLOCK:
      return "deadlock";
    case JUGGLER_OUTCOME_TIME_LIMIT:
      return "time limit";
    case JUGGLER_OUTCOME_STOPPED:
      return "stopped";
    case JUGGLER_OUTCOME_MAIN_DIED:
      return "main died";
    default:
      return NULL;
    }
}

const char *
juggler_result_state_to_string (JugglerResultState state)
{
  static const char *const names[] = {
    "never started", "running", "waiting", "finished", "terminated", "killed", "crashed", "vanished", "failed", "orphan",
  };

  g_return_val_if_fail (state < G_N_ELEMENTS (names), NULL);
  return names[state];
}

const char *
juggler_result_get_title (JugglerResult *self)
{
  g_return_val_if_fail (JUGGLER_IS_RESULT (self), NULL);
  return self->title;
}

JugglerOutcome
juggler_result_get_outcome (JugglerResult *self)
{
  g_return_val_if_fail (JUGGLER_IS_RESULT (self), JUGGLER_OUTCOME_NONE);
  return self->outcome;
}

gboolean
juggler_result_get_has_expect (JugglerResult *self)
{
  g_return_val_if_fail (JUGGLER_IS_RESULT (self), FALSE);
  return self->has_expect;
}

gboolean
juggler_result_get_right (JugglerResult *self)
{
  g_return_val_if_fail (JUGGLER_IS_RESULT (self), FALSE);
  return self->right;
}

gdouble
juggler_result_get_wall_ms (JugglerResult *self)
{
  g_return_val_if_fail (JUGGLER_IS_RESULT (self), 0);
  return self->wall_ms;
}

guint
juggler_result_get_cores (JugglerResult *self)
{
  g_return_val_if_fail (JUGGLER_IS_RESULT (self), 0);
  return self->cores;
}

gboolean
juggler_result_get_shared_globals (JugglerResult *self)
{
  g_return_val_if_fail (JUGGLER_IS_RESULT (self), FALSE);
  return self->shared_globals;
}

guint
juggler_result_get_time_limit_ms (JugglerResult *self)
{
  g_return_val_if_fail (JUGGLER_IS_RESULT (self), 0);
  return self->time_limit_ms;
}

guint64
juggler_result_get_n_dropped (JugglerResult *self)
{
  g_return_val_if_fail (JUGGLER_IS_RESULT (self), 0);
  return self->n_dropped;
}

guint
juggler_result_get_n_globals (JugglerResult *self)
{
  g_return_val_if_fail (JUGGLER_IS_RESULT (self), 0);
  return self->n_globals;
}

const JugglerResultValue *
juggler_result_get_global (JugglerResult *self,
                           guint          index)
{
  g_return_val_if_fail (JUGGLER_IS_RESULT (self), NULL);
  g_return_val_if_fail (index < self->n_globals, NULL);
  return &self->globals[index];
}

/**
 * juggler_result_get_expected:
 * @expected: (out) (optional): what the document expects
 *
 * Returns: whether it expects something of this global
 */
gboolean
juggler_result_get_expected (JugglerResult *self,
                             guint          global,
                             gint64        *expected)
{
  g_return_val_if_fail (JUGGLER_IS_RESULT (self), FALSE);
  g_return_val_if_fail (global < self->n_globals, FALSE);

  if (expected != NULL)
    *expected = self->expected[global].value;
  return self->expected[global].has;
}

/**
 * juggler_result_get_lost:
 * @lost: (out) (optional): expected value - final value in main
 *
 * Returns: whether the document expects something of this global
 */
gboolean
juggler_result_get_lost (JugglerResult *self,
                         guint          global,
                         gint64        *lost)
{
  g_return_val_if_fail (JUGGLER_IS_RESULT (self), FALSE);
  g_return_val_if_fail (global < self->n_globals, FALSE);

  if (lost != NULL)
    *lost = (gint64) ((guint64) self->expected[global].value - (guint64) self->globals[global].value);
  return self->expected[global].has;
}

guint
juggler_result_get_n_workers (JugglerResult *self)
{
  g_return_val_if_fail (JUGGLER_IS_RESULT (self), 0);
  return self->n_workers;
}

const JugglerResultWorker *
juggler_result_get_worker (JugglerResult *self,
                           guint          index)
{
  g_return_val_if_fail (JUGGLER_IS_RESULT (self), NULL);
  g_return_val_if_fail (index < self->n_workers, NULL);
  return &self->workers[index];
}

guint
juggler_result_get_n_lines (JugglerResult *self)
{
  g_return_val_if_fail (JUGGLER_IS_RESULT (self), 0);
  return self->n_lines;
}

const JugglerResultLine *
juggler_result_get_line (JugglerResult *self,
                         guint          index)
{
  g_return_val_if_fail (JUGGLER_IS_RESULT (self), NULL);
  g_return_val_if_fail (index < self->n_lines, NULL);
  return &self->lines[index];
}

const char *
juggler_result_get_lock_name (JugglerResult *self,
                              guint          lock)
{
  g_return_val_if_fail (JUGGLER_IS_RESULT (self), NULL);
  g_return_val_if_fail (lock < self->n_locks, NULL);
  return self->lock_names[lock];
}

guint
juggler_result_get_n_edges (JugglerResult *self)
{
  g_return_val_if_fail (JUGGLER_IS_RESULT (self), 0);
  return self->n_edges;
}

guint
juggler_result_get_n_cycle (JugglerResult *self)
{
  g_return_val_if_fail (JUGGLER_IS_RESULT (self), 0);
  return self->n_cycle;
}

const JugglerResultEdge *
juggler_result_get_edge (JugglerResult *self,
                         guint          index)
{
  g_return_val_if_fail (JUGGLER_IS_RESULT (self), NULL);
  g_return_val_if_fail (index < self->n_edges, NULL);
  return &self->edges[index];
}

guint
juggler_result_get_n_provoked (JugglerResult *self)
{
  g_return_val_if_fail (JUGGLER_IS_RESULT (self), 0);
  return self->provoked->len;
}

const char *
juggler_result_get_provoked (JugglerResult *self,
                             guint          index)
{
  g_return_val_if_fail (JUGGLER_IS_RESULT (self), NULL);
  g_return_val_if_fail (index < self->provoked->len, NULL);
  return g_ptr_array_index (self->provoked, index);
}

guint
juggler_result_get_n_notes (JugglerResult *self)
{
  g_return_val_if_fail (JUGGLER_IS_RESULT (self), 0);
  return self->notes->len;
}

guint
juggler_result_get_n_timeline_notes (JugglerResult *self)
{
  g_return_val_if_fail (JUGGLER_IS_RESULT (self), 0);
  return self->n_timeline_notes;
}

const char *
juggler_result_get_note (JugglerResult *self,
                         guint          index)
{
  g_return_val_if_fail (JUGGLER_IS_RESULT (self), NULL);
  g_return_val_if_fail (index < self->notes->len, NULL);
  return g_ptr_array_index (self->notes, index);
}
