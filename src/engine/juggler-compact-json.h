/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-compact-json.h: writes JSON without spaces, in the order of the calls. Private to the engine.
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
} JugglerCompactJson;

void juggler_compact_json_begin    (JugglerCompactJson *self,
                                    char                bracket); /* { or [ */
void juggler_compact_json_end      (JugglerCompactJson *self,
                                    char                bracket); /* } or ] */
void juggler_compact_json_name     (JugglerCompactJson *self,
                                    const char         *name);
/* NULL: null. What is no UTF-8 is made so. */
void juggler_compact_json_string   (JugglerCompactJson *self,
                                    const char         *value);
void juggler_compact_json_integer  (JugglerCompactJson *self,
                                    gint64              value);
void juggler_compact_json_unsigned (JugglerCompactJson *self,
                                    guint64             value);
/* a - b, which may need 65 bits. */
void juggler_compact_json_difference (JugglerCompactJson *self,
                                      gint64              a,
                                      gint64              b);
/* One to three decimals, in the C locale. */
void juggler_compact_json_number   (JugglerCompactJson *self,
                                    gdouble             value);
void juggler_compact_json_boolean  (JugglerCompactJson *self,
                                    gboolean            value);
void juggler_compact_json_null     (JugglerCompactJson *self);

G_END_DECLS
