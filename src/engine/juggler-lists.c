/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "juggler-lists.h"

#include <string.h>

#include "juggler-shared.h"

/* 40 bytes each; what comes after them is not kept, and the lists of workers that were cut short end there. */
#define MOST_APPENDS 1000000U
/* Processes started by processes started by …; each is at most one worker. */
#define DEEPEST 64U

typedef struct
{
  gint64  time;
  gint64  value;
  guint32 process;
  guint32 index;
} Append;

typedef struct
{
  gint64 *values;
  guint   total;
  guint   filled;
} Whole;

typedef struct
{
  guint  process;
  gint64 time;
} Origin;

struct _JugglerLists
{
  const JugglerPlan *plan;
  guint              n_globals;
  GArray           **appends; /* of each global: Append */
  GHashTable        *wholes;  /* worker * n_globals + global, as a gint64 -> Whole */
  GHashTable        *origins; /* child -> Origin */
};

static void
free_whole (gpointer data)
{
  Whole *whole = data;

  g_free (whole->values);
  g_free (whole);
}

JugglerLists *
juggler_lists_new (const JugglerPlan *plan)
{
  JugglerLists *self = g_new0 (JugglerLists, 1);

  self->plan = plan;
  self->n_globals = juggler_plan_count (plan, JUGGLER_TABLE_GLOBALS);
  self->appends = g_new0 (GArray *, self->n_globals);
  self->wholes = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, free_whole);
  self->origins = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  return self;
}

void
juggler_lists_free (JugglerLists *self)
{
  guint i;

  if (self == NULL)
    return;
  for (i = 0; i < self->n_globals; i++)
    g_clear_pointer (&self->appends[i], g_array_unref);
  g_free (self->appends);
  g_hash_table_unref (self->wholes);
  g_hash_table_unref (self->origins);
  g_free (self);
}

void
juggler_lists_append (JugglerLists *self,
                      guint         process,
                      gint64        time,
                      guint         global,
                      guint         index,
                      gint64        value)
{
  Append append = { time, value, process, index };

  if (global >= self->n_globals || index >= JUGGLER_LIST_CAPACITY)
    return;
  if (self->appends[global] == NULL)
    self->appends[global] = g_array_new (FALSE, FALSE, sizeof (Append));
  if (self->appends[global]->len < MOST_APPENDS)
    g_array_append_val (self->appends[global], append);
}

void
juggler_lists_started (JugglerLists *self,
                       guint         process,
                       guint         child,
                       gint64        time)
{
  Origin *origin = g_new (Origin, 1);

  origin->process = process;
  origin->time = time;
  g_hash_table_insert (self->origins, GUINT_TO_POINTER (child), origin);
}

static gint64
key_of (const JugglerLists *self,
        guint               worker,
        guint               global)
{
  return (gint64) worker * self->n_globals + global;
}

void
juggler_lists_add_part (JugglerLists *self,
                        guint         worker,
                        guint         global,
                        guint         first,
                        guint         total,
                        const gint64 *values,
                        guint         n_values)
{
  gint64 key;
  Whole *whole;

  if (global >= self->n_globals || total > JUGGLER_LIST_CAPACITY || first > total || n_values > total - first)
    return;
  key = key_of (self, worker, global);
  whole = g_hash_table_lookup (self->wholes, &key);
  if (whole == NULL)
    {
      whole = g_new0 (Whole, 1);
      whole->values = g_new0 (gint64, MAX (total, 1));
      whole->total = total;
      g_hash_table_insert (self->wholes, g_memdup2 (&key, sizeof key), whole);
    }
  /* Parts come in order. */
  if (total != whole->total || first != whole->filled)
    return;
  memcpy (whole->values + first, values, n_values * sizeof *values);
  whole->filled += n_values;
}

const gint64 *
juggler_lists_get_exact (JugglerLists *self,
                         guint         worker,
                         guint         global,
                         guint        *n_values)
{
  gint64       key = key_of (self, worker, global);
  const Whole *whole = g_hash_table_lookup (self->wholes, &key);

  *n_values = 0;
  if (whole == NULL || whole->filled != whole->total)
    return NULL;
  *n_values = whole->total;
  return whole->values;
}

/* Elements whose append was not recorded are left out of the list, not made up. */
typedef struct
{
  GArray *values;
  GArray *known; /* gboolean */
} Rebuilt;

static void
put (Rebuilt *rebuilt,
     guint    index,
     gint64   value)
{
  static const gboolean unknown = FALSE;
  static const gint64   nothing = 0;

  while (rebuilt->values->len <= index)
    {
      g_array_append_val (rebuilt->values, nothing);
      g_array_append_val (rebuilt->known, unknown);
    }
  g_array_index (rebuilt->values, gint64, index) = value;
  g_array_index (rebuilt->known, gboolean, index) = TRUE;
}

static void
rebuild (JugglerLists *self,
         guint         process,
         guint         global,
         gint64        time,
         guint         depth,
         Rebuilt      *rebuilt)
{
  const JugglerPlanGlobal *list = juggler_plan_global (self->plan, global);
  const Origin *origin = g_hash_table_lookup (self->origins, GUINT_TO_POINTER (process));
  GArray *appends = self->appends[global];
  guint   i;

  if (origin != NULL && process != 0 && depth < DEEPEST)
    rebuild (self, origin->process, global, MIN (origin->time, time), depth + 1, rebuilt);
  else
    for (i = 0; i < list->n_elements; i++)
      put (rebuilt, i, *juggler_plan_element (self->plan, list->first_element + i));
  for (i = 0; appends != NULL && i < appends->len; i++)
    {
      const Append *append = &g_array_index (appends, Append, i);

      if (append->process == process && append->time <= time)
        put (rebuilt, append->index, append->value);
    }
}

gint64 *
juggler_lists_rebuild (JugglerLists *self,
                       guint         process,
                       guint         global,
                       gint64        time,
                       guint        *n_values)
{
  Rebuilt rebuilt = { g_array_new (FALSE, FALSE, sizeof (gint64)), g_array_new (FALSE, FALSE, sizeof (gboolean)) };
  gint64 *values;
  guint   kept = 0;
  guint   i;

  rebuild (self, process, global, time, 0, &rebuilt);
  values = (gint64 *) (gpointer) rebuilt.values->data;
  for (i = 0; i < rebuilt.values->len; i++)
    if (g_array_index (rebuilt.known, gboolean, i))
      values[kept++] = values[i];
  *n_values = kept;
  g_array_unref (rebuilt.known);
  return (gint64 *) (gpointer) g_array_free (rebuilt.values, FALSE);
}

guint
juggler_lists_get_n_appends (JugglerLists *self,
                             guint         global)
{
  return self->appends[global] != NULL ? self->appends[global]->len : 0;
}
