/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-document-private.h: what the files of JugglerDocument share. */

#pragma once

#include "juggler-document.h"
#include "juggler-experiment.h"
#include "juggler-json.h"

G_BEGIN_DECLS

/* A text that a part of the document was read from: first the document's own, then one a change. */
typedef struct
{
  JugglerJson *json;
  char        *origin; /* nullable */
} JugglerSource;

struct _JugglerDocument
{
  GObject parent_instance;

  char              *label;
  GPtrArray         *sources; /* JugglerSource */
  JugglerJsonNode   *root;    /* borrowed from a source; NULL: the text could not be read */
  GHashTable        *slots;   /* JugglerJsonNode -> JugglerJsonSlot */
  GListStore        *faults;
  JugglerExperiment *experiment; /* nullable: as root */
};

/* Checks the document again and says that it changed. */
void juggler_document_update (JugglerDocument *self);

G_END_DECLS
