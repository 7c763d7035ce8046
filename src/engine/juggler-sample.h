/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-sample.h: one value of a global at one time. */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define JUGGLER_TYPE_SAMPLE (juggler_sample_get_type ())

G_DECLARE_FINAL_TYPE (JugglerSample, juggler_sample, JUGGLER, SAMPLE, GObject)

/* Properties time, value, done. */

gint64  juggler_sample_get_time  (JugglerSample *self); /* ns since the start of the run */
gint64  juggler_sample_get_value (JugglerSample *self);
guint64 juggler_sample_get_done  (JugglerSample *self); /* increments that the worker had made */

G_END_DECLS
