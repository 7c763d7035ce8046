/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-json-writer.h: writes JSON without spaces, in the order of the calls. Private to the engine.
 *
 * json-glib would build a tree of a result with a million lines first, and prints numbers in its own way. Names are
 * literals, so only values are escaped. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  GString *text;
  gboolean comma; /* before the next value */
} JugglerJsonWriter;

void juggler_json_begin       (JugglerJsonWriter *self,
                               char               bracket); /* { or [ */
void juggler_json_end         (JugglerJsonWriter *self,
                               char               bracket); /* } or ] */
void juggler_json_name        (JugglerJsonWriter *self,
                               const char        *name);
/* NULL: null. What is no UTF-8 is made so. */
void juggler_json_string      (JugglerJsonWriter *self,
                               const char        *value);
void juggler_json_integer     (JugglerJsonWriter *self,
                               gint64             value);
void juggler_json_unsigned    (JugglerJsonWriter *self,
                               guint64            value);
/* One to three decimals, in the C locale. */
void juggler_json_number      (JugglerJsonWriter *self,
                               gdouble            value);
void juggler_json_boolean     (JugglerJsonWriter *self,
                               gboolean           value);
void juggler_json_null        (JugglerJsonWriter *self);

G_END_DECLS
