/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-document-private.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "juggler-check.h"
#include "juggler-compile.h"
#include "juggler-json-writer.h"

#define READ_SIZE (64U * 1024U)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JugglerDocument, juggler_document, G_TYPE_OBJECT)

static void
free_source (gpointer data)
{
  JugglerSource *source = data;

  juggler_json_free (source->json);
  g_free (source->origin);
  g_free (source);
}

static void
juggler_document_finalize (GObject *object)
{
  JugglerDocument *self = JUGGLER_DOCUMENT (object);

  g_clear_pointer (&self->experiment, juggler_experiment_free);
  g_clear_object (&self->faults);
  g_clear_pointer (&self->slots, g_hash_table_unref);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_clear_pointer (&self->label, g_free);
  G_OBJECT_CLASS (juggler_document_parent_class)->finalize (object);
}

static void
juggler_document_class_init (JugglerDocumentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = juggler_document_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
}

static void
juggler_document_init (JugglerDocument *self)
{
  self->sources = g_ptr_array_new_with_free_func (free_source);
  self->slots = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->faults = g_list_store_new (JUGGLER_TYPE_DOCUMENT_FAULT);
}

/* Whether a change is still a part of the document, and not replaced by a later one. */
static gboolean
is_attached (JugglerDocument       *self,
             const JugglerJsonNode *node)
{
  while (node != NULL && node->parent != NULL)
    node = node->parent;
  return node != NULL && node == self->root;
}

/* What the reader found. */
static void
collect_reader_faults (JugglerDocument *self,
                       GArray          *faults)
{
  for (guint i = 0; i < self->sources->len; i++)
    {
      const JugglerSource *source = g_ptr_array_index (self->sources, i);
      g_autofree char     *prefix = NULL;

      if (i > 0 && !is_attached (self, source->json->root))
        continue;
      prefix = i > 0 ? juggler_json_dup_path (source->json->root) : g_strdup ("");
      for (guint j = 0; j < source->json->faults->len; j++)
        {
          const JugglerJsonFault *found = &g_array_index (source->json->faults, JugglerJsonFault, j);
          JugglerCheckFault       fault = { .source = (guint16) i, .offset = found->offset };

          /* A change has replaced what was wrong. */
          if (found->node != NULL && !is_attached (self, found->node))
            continue;
          fault.path = g_strconcat (prefix, found->path, NULL);
          fault.message = g_strdup (found->message);
          g_array_append_val (faults, fault);
        }
    }
}

/* A change made without an origin has no place in a text; it is shown at the thing that it is in. */
static void
settle_place (JugglerDocument   *self,
              JugglerCheckFault *fault)
{
  while (fault->source > 0)
    {
      const JugglerSource   *source = g_ptr_array_index (self->sources, fault->source);
      const JugglerJsonNode *around = source->json->root->parent;

      if (source->origin != NULL)
        return;
      fault->source = around != NULL ? around->source : 0;
      fault->offset = around != NULL ? around->begin : 0;
    }
}

static int
compare_faults (gconstpointer a,
                gconstpointer b)
{
  const JugglerCheckFault *one = a;
  const JugglerCheckFault *other = b;

  if (one->source != other->source)
    return one->source < other->source ? -1 : 1;
  return one->offset < other->offset ? -1 : one->offset > other->offset;
}

static void
list_faults (JugglerDocument *self,
             GArray          *faults)
{
  g_autoptr (GPtrArray) objects = g_ptr_array_new_with_free_func (g_object_unref);
  JugglerJsonPlace      place = JUGGLER_JSON_PLACE_INIT;
  guint16               source_number = 0;
  guint                 n_listed = MIN (faults->len, JUGGLER_DOCUMENT_MAX_FAULTS + 1);
  gsize                 n_bytes = 0;

  for (guint i = 0; i < faults->len; i++)
    {
      JugglerCheckFault *fault = &g_array_index (faults, JugglerCheckFault, i);

      n_bytes += strlen (fault->path) + strlen (fault->message);
      settle_place (self, fault);
    }
  g_array_sort (faults, compare_faults);
  for (guint i = 0; i < n_listed; i++)
    {
      const JugglerCheckFault *fault = &g_array_index (faults, JugglerCheckFault, i);
      const JugglerSource     *source = g_ptr_array_index (self->sources, fault->source);
      gboolean                 is_last = i == JUGGLER_DOCUMENT_MAX_FAULTS
                                         || (i == n_listed - 1 && n_bytes > JUGGLER_JSON_MAX_FAULT_BYTES);

      /* The faults are sorted, so that each text is gone through once. */
      if (fault->source != source_number)
        place = (JugglerJsonPlace) JUGGLER_JSON_PLACE_INIT;
      source_number = fault->source;
      juggler_json_place_advance (&place, source->json->bytes, fault->offset);
      g_ptr_array_add (objects,
                       juggler_document_fault_new (source->origin, place.line, place.column, fault->path,
                                                   is_last ? _ ("there are more faults, which are not listed")
                                                           : fault->message,
                                                   is_last ? NULL : fault->suggestion));
    }
  g_list_store_splice (self->faults, 0, g_list_model_get_n_items (G_LIST_MODEL (self->faults)), objects->pdata,
                       objects->len);
}

void
juggler_document_update (JugglerDocument *self)
{
  g_autoptr (GArray) faults = juggler_check_faults_new ();

  g_clear_pointer (&self->experiment, juggler_experiment_free);
  collect_reader_faults (self, faults);
  if (self->root != NULL)
    self->experiment = juggler_check_document (self->root, faults);
  list_faults (self, faults);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

JugglerDocument *
juggler_document_new_from_bytes (GBytes     *bytes,
                                 const char *label)
{
  JugglerDocument *self;
  JugglerSource   *source;

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (label != NULL, NULL);

  self = g_object_new (JUGGLER_TYPE_DOCUMENT, NULL);
  self->label = g_utf8_make_valid (label, -1);
  source = g_new0 (JugglerSource, 1);
  source->json = juggler_json_read (bytes);
  g_ptr_array_add (self->sources, source);
  self->root = source->json->root;
  juggler_document_update (self);
  return self;
}

JugglerDocument *
juggler_document_new_from_text (const char *text,
                                gssize      length,
                                const char *label)
{
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  bytes = g_bytes_new (text, length < 0 ? strlen (text) : (gsize) length);
  return juggler_document_new_from_bytes (bytes, label);
}

JugglerDocument *
juggler_document_new (const char *title)
{
  g_autoptr (GString) text = g_string_new ("{\n  \"juggler\": 1,\n  \"title\": ");

  g_return_val_if_fail (title != NULL, NULL);

  juggler_json_append_text (text, title);
  g_string_append (text, "\n}\n");
  return juggler_document_new_from_text (text->str, (gssize) text->len, title);
}

/* At most one byte more than a document may have, which is enough to refuse it: the file may be endless. */
static GBytes *
read_file (FILE *file)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  guint8                 buffer[READ_SIZE];
  gsize                  n;

  while (data->len <= JUGGLER_DOCUMENT_MAX_BYTES && (n = fread (buffer, 1, sizeof buffer, file)) > 0)
    g_byte_array_append (data, buffer, (guint) n);
  return ferror (file) ? NULL : g_byte_array_free_to_bytes (g_steal_pointer (&data));
}

JugglerDocument *
juggler_document_load (const char *path,
                       GError    **error)
{
  g_autofree char   *label = NULL;
  g_autoptr (GBytes) bytes = NULL;
  FILE              *file;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  label = g_filename_display_name (path);
  file = g_fopen (path, "rbe");
  if (file != NULL)
    bytes = read_file (file);
  if (bytes == NULL)
    g_set_error (error, JUGGLER_MODEL_ERROR, JUGGLER_MODEL_ERROR_UNREADABLE, _ ("%s: cannot be read: %s"), label,
                 g_strerror (errno));
  if (file != NULL)
    fclose (file);
  return bytes != NULL ? juggler_document_new_from_bytes (bytes, label) : NULL;
}

const char *
juggler_document_get_label (JugglerDocument *self)
{
  g_return_val_if_fail (JUGGLER_IS_DOCUMENT (self), NULL);

  return self->label;
}

gboolean
juggler_document_is_valid (JugglerDocument *self)
{
  g_return_val_if_fail (JUGGLER_IS_DOCUMENT (self), FALSE);

  return g_list_model_get_n_items (G_LIST_MODEL (self->faults)) == 0;
}

GListModel *
juggler_document_get_faults (JugglerDocument *self)
{
  g_return_val_if_fail (JUGGLER_IS_DOCUMENT (self), NULL);

  return G_LIST_MODEL (self->faults);
}

char *
juggler_document_dup_fault_lines (JugglerDocument *self)
{
  GString *lines;
  guint    n_faults;

  g_return_val_if_fail (JUGGLER_IS_DOCUMENT (self), NULL);

  lines = g_string_new (NULL);
  n_faults = g_list_model_get_n_items (G_LIST_MODEL (self->faults));
  for (guint i = 0; i < n_faults; i++)
    {
      g_autoptr (JugglerDocumentFault) fault = g_list_model_get_item (G_LIST_MODEL (self->faults), i);
      g_autofree char                 *line = juggler_document_fault_to_line (fault, self->label);

      g_string_append_printf (lines, "%s\n", line);
    }
  return g_string_free (lines, FALSE);
}

GBytes *
juggler_document_to_bytes (JugglerDocument *self)
{
  g_autoptr (GPtrArray) texts = NULL;
  JugglerJsonSources    sources;
  const JugglerSource  *own;
  const char           *text;
  gsize                 length;
  GString              *out;

  g_return_val_if_fail (JUGGLER_IS_DOCUMENT (self), NULL);

  own = g_ptr_array_index (self->sources, 0);
  if (self->sources->len == 1 && (self->root == NULL || (self->root->flags & ~JUGGLER_JSON_FLAG_BAD) == 0))
    return g_bytes_ref (own->json->bytes);
  texts = g_ptr_array_new ();
  for (guint i = 0; i < self->sources->len; i++)
    g_ptr_array_add (texts, ((JugglerSource *) g_ptr_array_index (self->sources, i))->json->bytes);
  sources = (JugglerJsonSources) { .texts = texts, .slots = self->slots };
  text = g_bytes_get_data (own->json->bytes, &length);
  out = g_string_new_len (text, own->json->root->begin);
  juggler_json_write (out, &sources, self->root);
  g_string_append_len (out, text + own->json->root->end, (gssize) (length - own->json->root->end));
  return g_string_free_to_bytes (out);
}

gboolean
juggler_document_save (JugglerDocument *self,
                       const char      *path,
                       GError         **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) cause = NULL;
  g_autofree char   *name = NULL;
  const char        *data;
  gsize              length;

  g_return_val_if_fail (JUGGLER_IS_DOCUMENT (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  bytes = juggler_document_to_bytes (self);
  data = g_bytes_get_data (bytes, &length);
  if (g_file_set_contents_full (path, data != NULL ? data : "", (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT, 0666,
                                &cause))
    return TRUE;
  name = g_filename_display_name (path);
  g_set_error (error, JUGGLER_MODEL_ERROR, JUGGLER_MODEL_ERROR_UNREADABLE, _ ("%s: cannot be written: %s"), name,
               cause->message);
  return FALSE;
}

GBytes *
juggler_document_compile (JugglerDocument *self,
                          GError         **error)
{
  guint n_faults;

  g_return_val_if_fail (JUGGLER_IS_DOCUMENT (self), NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  n_faults = g_list_model_get_n_items (G_LIST_MODEL (self->faults));
  if (n_faults == 0)
    return juggler_compile (self->experiment, error);
  g_set_error (error, JUGGLER_MODEL_ERROR, JUGGLER_MODEL_ERROR_FAULTY,
               g_dngettext (GETTEXT_PACKAGE, "the document has %u fault", "the document has %u faults", n_faults),
               n_faults);
  return NULL;
}
