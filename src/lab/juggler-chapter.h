/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-chapter.h: a chapter of the course. */

#pragma once

#include <gio/gio.h>

#include "juggler-lesson.h"

G_BEGIN_DECLS

#define JUGGLER_TYPE_CHAPTER (juggler_chapter_get_type ())

/* A GListModel of JugglerLesson with the properties (read-only, constant but for the language) id and title. Main
 * context only. */
G_DECLARE_FINAL_TYPE (JugglerChapter, juggler_chapter, JUGGLER, CHAPTER, GObject)

JugglerChapter *juggler_chapter_new       (const char         *id,
                                           const char         *title) G_GNUC_WARN_UNUSED_RESULT;
void            juggler_chapter_add       (JugglerChapter     *self,
                                           JugglerLesson      *lesson);
const char     *juggler_chapter_get_id    (JugglerChapter     *self);
const char     *juggler_chapter_get_title (JugglerChapter     *self);

G_END_DECLS
