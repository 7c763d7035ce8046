/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-result-json.c: the result as the experiment format has it, keys in its order. */

#include "juggler-compact-json.h"
#include "juggler-result-private.h"

static void
write_value (JugglerCompactJson       *json,
             const JugglerResultValue *value)
{
  gint64 i;

  juggler_compact_json_name (json, value->name);
  if (!value->is_list)
    {
      juggler_compact_json_integer (json, value->value);
      return;
    }
  juggler_compact_json_begin (json, '[');
  for (i = 0; i < value->value; i++)
    juggler_compact_json_integer (json, value->values[i]);
  juggler_compact_json_end (json, ']');
}

static void
write_expected (JugglerResult      *self,
                JugglerCompactJson *json)
{
  gint64 number;
  guint  g;

  juggler_compact_json_name (json, "expected");
  juggler_compact_json_begin (json, '{');
  for (g = 0; g < self->n_globals; g++)
    if (juggler_result_get_expected (self, g, &number))
      {
        juggler_compact_json_name (json, self->globals[g].name);
        juggler_compact_json_integer (json, number);
      }
  juggler_compact_json_end (json, '}');
  juggler_compact_json_name (json, "lost");
  juggler_compact_json_begin (json, '{');
  for (g = 0; g < self->n_globals; g++)
    if (juggler_result_get_expected (self, g, &number))
      {
        juggler_compact_json_name (json, self->globals[g].name);
        juggler_compact_json_difference (json, number, self->globals[g].value);
      }
  juggler_compact_json_end (json, '}');
}

static void
write_texts (JugglerCompactJson *json,
             const char         *name,
             GPtrArray          *texts)
{
  guint i;

  juggler_compact_json_name (json, name);
  juggler_compact_json_begin (json, '[');
  for (i = 0; i < texts->len; i++)
    juggler_compact_json_string (json, g_ptr_array_index (texts, i));
  juggler_compact_json_end (json, ']');
}

static void
write_number_or_null (JugglerCompactJson *json,
                      const char         *name,
                      gboolean            is_there,
                      gint64              value)
{
  juggler_compact_json_name (json, name);
  if (is_there)
    juggler_compact_json_integer (json, value);
  else
    juggler_compact_json_null (json);
}

static void
write_time (JugglerCompactJson *json,
            const char         *name,
            gdouble             us)
{
  juggler_compact_json_name (json, name);
  if (us < 0)
    juggler_compact_json_null (json);
  else
    juggler_compact_json_number (json, us);
}

static void
write_globals (JugglerResult             *self,
               const JugglerResultWorker *worker,
               JugglerCompactJson        *json)
{
  char  address[2 + 16 + 1];
  guint g;

  juggler_compact_json_name (json, "globals");
  juggler_compact_json_begin (json, '{');
  for (g = 0; g < self->n_globals; g++)
    {
      if (worker->globals != NULL)
        {
          write_value (json, &worker->globals[g]);
          continue;
        }
      juggler_compact_json_name (json, self->globals[g].name);
      juggler_compact_json_null (json);
    }
  juggler_compact_json_end (json, '}');
  juggler_compact_json_name (json, "globals_exact");
  juggler_compact_json_boolean (json, worker->globals_exact);
  juggler_compact_json_name (json, "address");
  juggler_compact_json_begin (json, '{');
  for (g = 0; g < self->n_globals; g++)
    {
      juggler_compact_json_name (json, self->globals[g].name);
      g_snprintf (address, sizeof address, "0x%" G_GINT64_MODIFIER "x", worker->addresses[g]);
      juggler_compact_json_string (json, worker->addresses[g] != 0 ? address : NULL);
    }
  juggler_compact_json_end (json, '}');
}

static void
write_figures (const JugglerResultWorker *worker,
               JugglerCompactJson        *json)
{
  guint i;

  write_time (json, "start_us", worker->start_us);
  write_time (json, "end_us", worker->end_us);
  juggler_compact_json_name (json, "cpu_ms");
  juggler_compact_json_number (json, worker->cpu_ms);
  juggler_compact_json_name (json, "wait_ms");
  juggler_compact_json_number (json, worker->wait_ms);
  juggler_compact_json_name (json, "switches");
  juggler_compact_json_begin (json, '{');
  juggler_compact_json_name (json, "voluntary");
  juggler_compact_json_unsigned (json, worker->voluntary);
  juggler_compact_json_name (json, "involuntary");
  juggler_compact_json_unsigned (json, worker->involuntary);
  juggler_compact_json_end (json, '}');
  juggler_compact_json_name (json, "cores");
  juggler_compact_json_begin (json, '[');
  for (i = 0; i < worker->n_cores; i++)
    juggler_compact_json_unsigned (json, worker->cores[i]);
  juggler_compact_json_end (json, ']');
  juggler_compact_json_name (json, "increments");
  juggler_compact_json_unsigned (json, worker->increments);
}

static void
write_worker (JugglerResult             *self,
              const JugglerResultWorker *worker,
              JugglerCompactJson        *json)
{
  juggler_compact_json_begin (json, '{');
  juggler_compact_json_name (json, "name");
  juggler_compact_json_string (json, worker->name);
  juggler_compact_json_name (json, "kind");
  juggler_compact_json_string (json, worker->kind == JUGGLER_KIND_PROCESS ? "process" : "thread");
  write_number_or_null (json, "pid", worker->pid != 0, worker->pid);
  write_number_or_null (json, "ppid", worker->pid != 0, worker->ppid);
  write_number_or_null (json, "tid", worker->tid != 0, worker->tid);
  juggler_compact_json_name (json, "started");
  juggler_compact_json_boolean (json, worker->started);
  juggler_compact_json_name (json, "state");
  juggler_compact_json_string (json, juggler_result_state_to_string (worker->state));
  write_number_or_null (json, "exit", worker->has_exit, worker->exit_code);
  write_number_or_null (json, "signal", worker->signal != 0, worker->signal);
  write_globals (self, worker, json);
  write_figures (worker, json);
  if (worker->message != NULL)
    {
      juggler_compact_json_name (json, "message");
      juggler_compact_json_string (json, worker->message);
    }
  if (worker->stopped)
    {
      juggler_compact_json_name (json, "stopped");
      juggler_compact_json_boolean (json, TRUE);
    }
  if (worker->new_ppid != 0)
    {
      juggler_compact_json_name (json, "new_ppid");
      juggler_compact_json_integer (json, worker->new_ppid);
    }
  juggler_compact_json_end (json, '}');
}

static void
write_main (const JugglerResultWorker *worker,
            JugglerCompactJson        *json)
{
  juggler_compact_json_name (json, "main");
  juggler_compact_json_begin (json, '{');
  juggler_compact_json_name (json, "pid");
  juggler_compact_json_integer (json, worker->pid);
  juggler_compact_json_name (json, "ppid");
  juggler_compact_json_integer (json, worker->ppid);
  write_number_or_null (json, "exit", worker->has_exit, worker->exit_code);
  juggler_compact_json_name (json, "cpu_ms");
  juggler_compact_json_number (json, worker->cpu_ms);
  juggler_compact_json_name (json, "state");
  juggler_compact_json_string (json, juggler_result_state_to_string (worker->state));
  write_number_or_null (json, "signal", worker->signal != 0, worker->signal);
  if (worker->message != NULL)
    {
      juggler_compact_json_name (json, "message");
      juggler_compact_json_string (json, worker->message);
    }
  juggler_compact_json_end (json, '}');
}

static void
write_edge (JugglerResult           *self,
            const JugglerResultEdge *edge,
            JugglerCompactJson      *json)
{
  static const char *const ends[] = { NULL, "finished", "killed", "finished", "killed" };
  g_autofree char *join = NULL;

  juggler_compact_json_begin (json, '{');
  juggler_compact_json_name (json, "worker");
  juggler_compact_json_string (json, self->workers[edge->worker].name);
  juggler_compact_json_name (json, "waits_for");
  if (edge->is_join)
    {
      join = g_strconcat ("join ", self->workers[edge->object].name, NULL);
      juggler_compact_json_string (json, join);
    }
  else
    juggler_compact_json_string (json, self->lock_names[edge->object]);
  juggler_compact_json_name (json, "held_by");
  /* Who waits for a worker's end can go on when that worker does something: it stands where a lock's owner stands. */
  if (edge->is_join && edge->holder < 0)
    juggler_compact_json_string (json, self->workers[edge->object].name);
  else
    juggler_compact_json_string (json, edge->holder >= 0 ? self->workers[edge->holder].name : NULL);
  if (edge->owner_ended > JUGGLER_OWNER_LIVES && (guint) edge->owner_ended < G_N_ELEMENTS (ends))
    {
      juggler_compact_json_name (json, "owner_ended");
      juggler_compact_json_string (json, ends[edge->owner_ended]);
    }
  juggler_compact_json_end (json, '}');
}

static void
write_deadlock (JugglerResult      *self,
                JugglerCompactJson *json)
{
  guint i;

  juggler_compact_json_name (json, "deadlock");
  if (self->outcome != JUGGLER_OUTCOME_DEADLOCK)
    {
      juggler_compact_json_null (json);
      return;
    }
  juggler_compact_json_begin (json, '{');
  juggler_compact_json_name (json, "cycle");
  juggler_compact_json_begin (json, '[');
  for (i = 0; i < self->n_cycle; i++)
    write_edge (self, &self->edges[i], json);
  juggler_compact_json_end (json, ']');
  juggler_compact_json_name (json, "blocked");
  juggler_compact_json_begin (json, '[');
  for (i = self->n_cycle; i < self->n_edges; i++)
    juggler_compact_json_string (json, self->workers[self->edges[i].worker].name);
  juggler_compact_json_end (json, ']');
  juggler_compact_json_end (json, '}');
}

static void
write_output (JugglerResult      *self,
              JugglerCompactJson *json)
{
  guint i;

  juggler_compact_json_name (json, "output");
  juggler_compact_json_begin (json, '[');
  for (i = 0; i < self->n_lines; i++)
    {
      juggler_compact_json_begin (json, '{');
      juggler_compact_json_name (json, "t_us");
      juggler_compact_json_number (json, self->lines[i].t_us);
      juggler_compact_json_name (json, "worker");
      juggler_compact_json_string (json, self->workers[self->lines[i].worker].name);
      juggler_compact_json_name (json, "text");
      juggler_compact_json_string (json, self->lines[i].text);
      juggler_compact_json_end (json, '}');
    }
  juggler_compact_json_end (json, ']');
}

char *
juggler_result_to_json (JugglerResult *self)
{
  JugglerCompactJson writer = { g_string_new (NULL), FALSE };
  JugglerCompactJson *json = &writer;
  guint i;

  g_return_val_if_fail (JUGGLER_IS_RESULT (self), NULL);

  juggler_compact_json_begin (json, '{');
  juggler_compact_json_name (json, "title");
  juggler_compact_json_string (json, self->title);
  juggler_compact_json_name (json, "gear");
  juggler_compact_json_string (json, "real");
  juggler_compact_json_name (json, "outcome");
  juggler_compact_json_string (json, juggler_outcome_to_string (self->outcome));
  juggler_compact_json_name (json, "right");
  if (self->has_expect)
    juggler_compact_json_boolean (json, self->right);
  else
    juggler_compact_json_null (json);
  write_texts (json, "provoked", self->provoked);
  juggler_compact_json_name (json, "globals");
  juggler_compact_json_begin (json, '{');
  for (i = 0; i < self->n_globals; i++)
    write_value (json, &self->globals[i]);
  juggler_compact_json_end (json, '}');
  write_expected (self, json);
  juggler_compact_json_name (json, "wall_ms");
  juggler_compact_json_number (json, self->wall_ms);
  juggler_compact_json_name (json, "cores");
  juggler_compact_json_unsigned (json, self->cores);
  write_main (&self->workers[0], json);
  juggler_compact_json_name (json, "workers");
  juggler_compact_json_begin (json, '[');
  for (i = 1; i < self->n_workers; i++)
    write_worker (self, &self->workers[i], json);
  juggler_compact_json_end (json, ']');
  write_output (self, json);
  write_deadlock (self, json);
  write_texts (json, "notes", self->notes);
  juggler_compact_json_end (json, '}');
  return g_string_free (writer.text, FALSE);
}
