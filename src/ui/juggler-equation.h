/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-equation.h: expected − actual = lost, in big numbers. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * JugglerEquationPhase:
 * @JUGGLER_EQUATION_IDLE: nothing has run: only the expected value is known
 * @JUGGLER_EQUATION_RUNNING: the actual value changes
 * @JUGGLER_EQUATION_FINISHED: all steps were run: what is missing is lost
 * @JUGGLER_EQUATION_CUT_SHORT: stopped, stuck or died before the last step: what is missing is not lost, only not done
 */
typedef enum
{
  JUGGLER_EQUATION_IDLE,
  JUGGLER_EQUATION_RUNNING,
  JUGGLER_EQUATION_FINISHED,
  JUGGLER_EQUATION_CUT_SHORT,
} JugglerEquationPhase;

typedef struct
{
  JugglerEquationPhase phase;
  gint64               expected; /* when all is done */
  gint64               actual;   /* not used while idle */
  gboolean             has_by_now;
  gint64               by_now;   /* while running: what the value would be now had nothing been lost */
} JugglerEquationValues;

#define JUGGLER_TYPE_EQUATION (juggler_equation_get_type ())

/**
 * JugglerEquation:
 *
 * Property: title, the global's name where there is more than one equation, else empty.
 */
G_DECLARE_FINAL_TYPE (JugglerEquation, juggler_equation, JUGGLER, EQUATION, GtkWidget)

GtkWidget *juggler_equation_new  (const char                  *title);
void       juggler_equation_show (JugglerEquation             *self,
                                  const JugglerEquationValues *values);

G_END_DECLS
