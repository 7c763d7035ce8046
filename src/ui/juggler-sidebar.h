/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-sidebar.h: the course, chapter by chapter, and the files that were opened. */

#pragma once

#include <gtk/gtk.h>

#include "juggler-catalogue.h"
#include "juggler-lesson.h"

G_BEGIN_DECLS

#define JUGGLER_TYPE_SIDEBAR (juggler_sidebar_get_type ())

/**
 * JugglerSidebar:
 *
 * Properties: selected (nullable), running (nullable: the experiment that runs now).
 *
 * Signal `chosen (sidebar)`: an experiment was chosen by click or key, also when it was selected before.
 */
G_DECLARE_FINAL_TYPE (JugglerSidebar, juggler_sidebar, JUGGLER, SIDEBAR, GtkWidget)

GtkWidget     *juggler_sidebar_new            (void);
void           juggler_sidebar_set_course     (JugglerSidebar   *self,
                                               JugglerCatalogue *catalogue);
void           juggler_sidebar_add_opened     (JugglerSidebar   *self,
                                               JugglerLesson    *experiment);
JugglerLesson *juggler_sidebar_get_selected   (JugglerSidebar   *self);
void           juggler_sidebar_set_selected   (JugglerSidebar   *self,
                                               JugglerLesson    *experiment);
void           juggler_sidebar_focus_selected (JugglerSidebar   *self);
void           juggler_sidebar_set_running    (JugglerSidebar   *self,
                                               JugglerLesson    *experiment);

G_END_DECLS
