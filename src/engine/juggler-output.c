/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "juggler-output.h"

#include "juggler-output-line-private.h"

struct _JugglerOutput
{
  GObject       parent_instance;
  GArray       *entries;
  GStringChunk *texts;
  guint         n_announced;
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (JugglerOutput, juggler_output, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
juggler_output_get_item_type (GListModel *model)
{
  return JUGGLER_TYPE_OUTPUT_LINE;
}

static guint
juggler_output_get_n_items (GListModel *model)
{
  return JUGGLER_OUTPUT (model)->n_announced;
}

static gpointer
juggler_output_get_item (GListModel *model,
                         guint       position)
{
  JugglerOutput            *self = JUGGLER_OUTPUT (model);
  const JugglerOutputEntry *entry;

  if (position >= self->n_announced)
    return NULL;
  entry = &g_array_index (self->entries, JugglerOutputEntry, position);
  return juggler_output_line_new ((gdouble) entry->time / 1000.0, entry->worker, entry->text);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = juggler_output_get_item_type;
  iface->get_n_items = juggler_output_get_n_items;
  iface->get_item = juggler_output_get_item;
}

static void
juggler_output_finalize (GObject *object)
{
  JugglerOutput *self = JUGGLER_OUTPUT (object);

  g_array_unref (self->entries);
  g_string_chunk_free (self->texts);
  G_OBJECT_CLASS (juggler_output_parent_class)->finalize (object);
}

static void
juggler_output_class_init (JugglerOutputClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = juggler_output_finalize;
}

static void
juggler_output_init (JugglerOutput *self)
{
  self->entries = g_array_new (FALSE, FALSE, sizeof (JugglerOutputEntry));
  self->texts = g_string_chunk_new (4096);
}

JugglerOutput *
juggler_output_new (void)
{
  return g_object_new (JUGGLER_TYPE_OUTPUT, NULL);
}

void
juggler_output_add (JugglerOutput *self,
                    gint64         time,
                    guint          worker,
                    const char    *text)
{
  JugglerOutputEntry entry = { time, worker, g_string_chunk_insert (self->texts, text) };

  g_array_append_val (self->entries, entry);
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b,
                 gpointer      data)
{
  const JugglerOutputEntry *x = a;
  const JugglerOutputEntry *y = b;

  return (x->time > y->time) - (x->time < y->time);
}

guint
juggler_output_commit (JugglerOutput *self)
{
  guint from = self->n_announced;
  guint added = self->entries->len - from;

  if (added == 0)
    return 0;
  /* Stable, as lines of one worker may have one time. */
  g_qsort_with_data (&g_array_index (self->entries, JugglerOutputEntry, from), (gint) added,
                     sizeof (JugglerOutputEntry), compare_entries, NULL);
  self->n_announced = self->entries->len;
  g_list_model_items_changed (G_LIST_MODEL (self), from, 0, added);
  return added;
}

const JugglerOutputEntry *
juggler_output_get_entries (JugglerOutput *self,
                            guint         *n_entries)
{
  *n_entries = self->n_announced;
  return (const JugglerOutputEntry *) (gpointer) self->entries->data;
}
