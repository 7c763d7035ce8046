/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-json-writer.h: a tree that was changed as text again. Private to the model. */

#pragma once

#include "juggler-json.h"

G_BEGIN_DECLS

/* Where in its parent's text a value stands that took another's place. */
typedef struct
{
  guint32 begin;
  guint32 end;
} JugglerJsonSlot;

typedef struct
{
  GPtrArray  *texts; /* GBytes: of each source */
  GHashTable *slots; /* JugglerJsonNode -> JugglerJsonSlot, of the nodes that took another's place */
} JugglerJsonSources;

/* What was read into source 0 and is unchanged is written byte for byte, with what stands around it; anything else is
 * laid out with two spaces a level. */
void juggler_json_write (GString                  *out,
                         const JugglerJsonSources *sources,
                         const JugglerJsonNode    *root);

G_END_DECLS
