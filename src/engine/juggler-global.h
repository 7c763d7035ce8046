/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-global.h: one global of a run, as main sees it, with what all workers saw of it. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define JUGGLER_TYPE_GLOBAL (juggler_global_get_type ())

G_DECLARE_FINAL_TYPE (JugglerGlobal, juggler_global, JUGGLER, GLOBAL, GObject)

/* Each getter is a property of the same name, read-only, notified on changes only. Main context of the run. */

guint       juggler_global_get_index        (JugglerGlobal *self); /* in document order */
const char *juggler_global_get_name         (JugglerGlobal *self);
gboolean    juggler_global_get_is_list      (JugglerGlobal *self);
/* The value that the newest word of a worker in main's process (or of any, where globals are shared) gives: of a
 * list its length. At the end of the run: what main sees. */
gint64      juggler_global_get_value        (JugglerGlobal *self);
const char *juggler_global_get_text         (JugglerGlobal *self); /* "42", or "[0, 1, 2]" */
gboolean    juggler_global_get_has_expected (JugglerGlobal *self);
gint64      juggler_global_get_expected     (JugglerGlobal *self);
gint64      juggler_global_get_lost         (JugglerGlobal *self); /* expected - value; 0 without an expected one */
/* TRUE when worker processes have copies of their own, so that "lost" would be the wrong word. */
gboolean    juggler_global_get_separate     (JugglerGlobal *self);
/* A GListModel of JugglerSeries, one a worker that wrote samples, appended as they come; transfer none. */
GListModel *juggler_global_get_series       (JugglerGlobal *self);

G_END_DECLS
