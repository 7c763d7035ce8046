/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-catalogue.h: the course's experiments, chapter by chapter. */

#pragma once

#include <gio/gio.h>

#include "juggler-chapter.h"

G_BEGIN_DECLS

/**
 * JugglerCatalogueError:
 * @JUGGLER_CATALOGUE_ERROR_READ: the folder or its `course.json` is not there or cannot be read
 * @JUGGLER_CATALOGUE_ERROR_FORMAT: `course.json` is not what it should be
 *
 * The codes of %JUGGLER_CATALOGUE_ERROR.
 */
typedef enum
{
  JUGGLER_CATALOGUE_ERROR_READ,
  JUGGLER_CATALOGUE_ERROR_FORMAT,
} JugglerCatalogueError;

#define JUGGLER_CATALOGUE_ERROR (juggler_catalogue_error_quark ())
#define JUGGLER_TYPE_CATALOGUE (juggler_catalogue_get_type ())

GQuark            juggler_catalogue_error_quark (void);

/* A GListModel of JugglerChapter; it never changes. Main context only. */
G_DECLARE_FINAL_TYPE (JugglerCatalogue, juggler_catalogue, JUGGLER, CATALOGUE, GObject)

JugglerCatalogue *juggler_catalogue_new          (const char        *folder,
                                                  GError           **error) G_GNUC_WARN_UNUSED_RESULT;
const char       *juggler_catalogue_get_folder   (JugglerCatalogue  *self);
JugglerLesson    *juggler_catalogue_find         (JugglerCatalogue  *self,
                                                  const char        *id);
char             *juggler_catalogue_dup_folder   (void);

G_END_DECLS
