/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-window.h: the window: the experiments at left, the chosen one beside them, Run and Stop above. */

#pragma once

#include <adwaita.h>

#include "juggler-bench.h"
#include "juggler-catalogue.h"

G_BEGIN_DECLS

#define JUGGLER_TYPE_WINDOW (juggler_window_get_type ())

/**
 * JugglerWindow:
 *
 * Properties (read-only): bench (nullable: what is chosen), running (whether any run is on), stopping.
 *
 * Actions: win.run-or-stop, win.toggle-sidebar, win.close.
 */
G_DECLARE_FINAL_TYPE (JugglerWindow, juggler_window, JUGGLER, WINDOW, AdwApplicationWindow)

JugglerWindow *juggler_window_new         (AdwApplication   *application,
                                           JugglerCatalogue *catalogue) G_GNUC_WARN_UNUSED_RESULT;
void           juggler_window_set_trouble (JugglerWindow    *self,
                                           const char       *reason);
JugglerBench  *juggler_window_get_bench   (JugglerWindow    *self);
void           juggler_window_open        (JugglerWindow    *self,
                                           GFile            *file);

G_END_DECLS
