/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-experiment.h: one experiment of the course, as a list shows it. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define JUGGLER_TYPE_EXPERIMENT (juggler_experiment_get_type ())

/* Properties (read-only, constant but for the language): id, path, title, description. Main context only. */
G_DECLARE_FINAL_TYPE (JugglerExperiment, juggler_experiment, JUGGLER, EXPERIMENT, GObject)

JugglerExperiment *juggler_experiment_new             (const char         *id,
                                                       const char         *path,
                                                       const char         *title,
                                                       const char         *description) G_GNUC_WARN_UNUSED_RESULT;
const char        *juggler_experiment_get_id          (JugglerExperiment  *self);
const char        *juggler_experiment_get_path        (JugglerExperiment  *self);
const char        *juggler_experiment_get_title       (JugglerExperiment  *self);
const char        *juggler_experiment_get_description (JugglerExperiment  *self);

G_END_DECLS
