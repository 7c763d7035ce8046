/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-application.h: the program: its one window, its command line, its end. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define JUGGLER_TYPE_APPLICATION (juggler_application_get_type ())

G_DECLARE_FINAL_TYPE (JugglerApplication, juggler_application, JUGGLER, APPLICATION, AdwApplication)

JugglerApplication *juggler_application_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
