/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-output.h: all lines of a run's output as a list. Private to the engine.
 *
 * A run may print a million lines: they are kept as plain structs, the objects are made when a row is shown. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  gint64      time; /* ns */
  guint       worker;
  const char *text;
} JugglerOutputEntry;

#define JUGGLER_TYPE_OUTPUT (juggler_output_get_type ())

G_DECLARE_FINAL_TYPE (JugglerOutput, juggler_output, JUGGLER, OUTPUT, GObject)

JugglerOutput            *juggler_output_new         (void);
/* Puts a line into the next batch. */
void                      juggler_output_add         (JugglerOutput *self,
                                                      gint64         time,
                                                      guint          worker,
                                                      const char    *text);
/* Sorts the batch by time (stable) and announces it by one items-changed. Returns how many lines it had. */
guint                     juggler_output_commit      (JugglerOutput *self);
const JugglerOutputEntry *juggler_output_get_entries (JugglerOutput *self,
                                                      guint         *n_entries);

G_END_DECLS
