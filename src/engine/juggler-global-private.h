/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "juggler-global.h"
#include "juggler-series-private.h"

JugglerGlobal *juggler_global_new          (guint          index,
                                            const char    *name,
                                            gboolean       is_list,
                                            gint64         initial);
void           juggler_global_set_expected (JugglerGlobal *self,
                                            gint64         expected);
void           juggler_global_set_separate (JugglerGlobal *self,
                                            gboolean       separate);
/* text: NULL makes it of the value. */
void           juggler_global_set_value    (JugglerGlobal *self,
                                            gint64         value,
                                            const char    *text);
/* The series of a worker, made when it is not there yet. most: points that it keeps. */
JugglerSeries *juggler_global_ensure_series (JugglerGlobal *self,
                                             guint          worker,
                                             guint          most);
/* Announces what was appended to the series. */
void           juggler_global_commit       (JugglerGlobal *self);
