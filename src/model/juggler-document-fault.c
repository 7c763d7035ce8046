/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-document-fault.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "juggler-json.h"

#define MAX_LABEL 4096U /* as long as a file's name can be: it must not be cut */
#define MAX_PATH 400U
#define MAX_MESSAGE 1000U

struct _JugglerDocumentFault
{
  GObject parent_instance;

  char *origin;
  guint line;
  guint column;
  char *path;
  char *message;
  char *suggestion;
};

G_DEFINE_FINAL_TYPE (JugglerDocumentFault, juggler_document_fault, G_TYPE_OBJECT)

static void
juggler_document_fault_finalize (GObject *object)
{
  JugglerDocumentFault *self = JUGGLER_DOCUMENT_FAULT (object);

  g_free (self->origin);
  g_free (self->path);
  g_free (self->message);
  g_free (self->suggestion);
  G_OBJECT_CLASS (juggler_document_fault_parent_class)->finalize (object);
}

static void
juggler_document_fault_class_init (JugglerDocumentFaultClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = juggler_document_fault_finalize;
}

static void
juggler_document_fault_init (JugglerDocumentFault *self)
{
}

JugglerDocumentFault *
juggler_document_fault_new (const char *origin,
                            guint       line,
                            guint       column,
                            const char *path,
                            const char *message,
                            const char *suggestion)
{
  JugglerDocumentFault *self;

  g_return_val_if_fail (path != NULL && message != NULL, NULL);

  self = g_object_new (JUGGLER_TYPE_DOCUMENT_FAULT, NULL);
  self->origin = g_strdup (origin);
  self->line = line;
  self->column = column;
  self->path = g_strdup (path);
  self->message = g_strdup (message);
  self->suggestion = g_strdup (suggestion);
  return self;
}

const char *
juggler_document_fault_get_origin (JugglerDocumentFault *self)
{
  g_return_val_if_fail (JUGGLER_IS_DOCUMENT_FAULT (self), NULL);

  return self->origin;
}

guint
juggler_document_fault_get_line (JugglerDocumentFault *self)
{
  g_return_val_if_fail (JUGGLER_IS_DOCUMENT_FAULT (self), 0);

  return self->line;
}

guint
juggler_document_fault_get_column (JugglerDocumentFault *self)
{
  g_return_val_if_fail (JUGGLER_IS_DOCUMENT_FAULT (self), 0);

  return self->column;
}

const char *
juggler_document_fault_get_path (JugglerDocumentFault *self)
{
  g_return_val_if_fail (JUGGLER_IS_DOCUMENT_FAULT (self), NULL);

  return self->path;
}

const char *
juggler_document_fault_get_message (JugglerDocumentFault *self)
{
  g_return_val_if_fail (JUGGLER_IS_DOCUMENT_FAULT (self), NULL);

  return self->message;
}

const char *
juggler_document_fault_get_suggestion (JugglerDocumentFault *self)
{
  g_return_val_if_fail (JUGGLER_IS_DOCUMENT_FAULT (self), NULL);

  return self->suggestion;
}

/* `--set /a/b` says already that it is about /a/b. */
static gboolean
origin_says_path (JugglerDocumentFault *self)
{
  gsize path_length = strlen (self->path);
  gsize origin_length = strlen (self->origin);

  return g_str_has_suffix (self->origin, self->path) && origin_length > path_length
         && self->origin[origin_length - path_length - 1] == ' ';
}

char *
juggler_document_fault_to_line (JugglerDocumentFault *self,
                                const char           *label)
{
  g_autofree char *place = NULL;
  g_autofree char *path = NULL;
  g_autofree char *message = NULL;
  g_autofree char *what = NULL;
  g_autofree char *origin = NULL;

  g_return_val_if_fail (JUGGLER_IS_DOCUMENT_FAULT (self), NULL);
  g_return_val_if_fail (label != NULL, NULL);

  path = juggler_json_escape (*self->path != '\0' ? self->path : "/", MAX_PATH);
  message = juggler_json_escape (self->message, MAX_MESSAGE);
  if (self->suggestion != NULL)
    what = g_strdup_printf (_ ("%s, did you mean \"%s\"?"), message, self->suggestion);
  else
    what = g_strdup (message);
  place = juggler_json_escape (label, MAX_LABEL);
  if (self->origin == NULL)
    return g_strdup_printf ("%s:%u:%u: %s: %s", place, self->line, self->column, path, what);
  origin = juggler_json_escape (self->origin, MAX_PATH);
  return origin_says_path (self) ? g_strdup_printf ("%s: %s", origin, what)
                                 : g_strdup_printf ("%s: %s: %s", origin, path, what);
}
