/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* benchmark-table.h: pairs of times, their minima and medians, and what was to be reached. */

#pragma once

#include <glib.h>

void benchmark_table_head (const char *ours, const char *theirs);

/* Prints a row: seconds of both sides and their speed's ratio (theirs / ours; above 1: ours is faster), by minima and
 * by medians. Sorts both. Returns whether the ratio of the minima reaches `goal`. */
gboolean benchmark_table_row (const char *name, double *ours, double *theirs, unsigned n, double goal);
