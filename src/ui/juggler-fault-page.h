/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-fault-page.h: why a document cannot be run: its faults and their places, or that it cannot be read. */

#pragma once

#include <gtk/gtk.h>

#include "juggler-document.h"

G_BEGIN_DECLS

#define JUGGLER_TYPE_FAULT_PAGE (juggler_fault_page_get_type ())

/**
 * JugglerFaultPage:
 *
 * Properties: document (nullable), trouble (nullable: why there is no document).
 */
G_DECLARE_FINAL_TYPE (JugglerFaultPage, juggler_fault_page, JUGGLER, FAULT_PAGE, GtkWidget)

GtkWidget *juggler_fault_page_new (void);

G_END_DECLS
