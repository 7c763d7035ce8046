/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-lesson.h: one experiment of the course, as a list shows it. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define JUGGLER_TYPE_LESSON (juggler_lesson_get_type ())

/* Properties (read-only, constant but for the language): id, path, title, description. Main context only. */
G_DECLARE_FINAL_TYPE (JugglerLesson, juggler_lesson, JUGGLER, LESSON, GObject)

JugglerLesson *juggler_lesson_new             (const char    *id,
                                               const char    *path,
                                               const char    *title,
                                               const char    *description) G_GNUC_WARN_UNUSED_RESULT;
const char    *juggler_lesson_get_id          (JugglerLesson *self);
const char    *juggler_lesson_get_path        (JugglerLesson *self);
const char    *juggler_lesson_get_title       (JugglerLesson *self);
const char    *juggler_lesson_get_description (JugglerLesson *self);

G_END_DECLS
