/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "benchmark-table.h"

#include <stdio.h>
#include <stdlib.h>

static int
compare_doubles (const void *a,
                 const void *b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
median (const double *sorted,
        unsigned      n)
{
  return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
}

void
benchmark_table_head (const char *ours,
                      const char *theirs)
{
  printf ("%-46s %10s %10s %7s %10s %10s %7s  %s\n", "", ours, theirs, "ratio", ours, theirs, "ratio", "goal");
  printf ("%-46s %10s %10s %7s %10s %10s %7s\n", "seconds", "minimum", "minimum", "", "median", "median", "");
}

gboolean
benchmark_table_row (const char *name,
                     double     *ours,
                     double     *theirs,
                     unsigned    n,
                     double      goal)
{
  double ratio;

  qsort (ours, n, sizeof *ours, compare_doubles);
  qsort (theirs, n, sizeof *theirs, compare_doubles);
  ratio = theirs[0] / ours[0];
  printf ("%-46s %10.4f %10.4f %7.3f %10.4f %10.4f %7.3f  >= %.2f%s\n", name, ours[0], theirs[0], ratio,
          median (ours, n), median (theirs, n), median (theirs, n) / median (ours, n), goal,
          ratio >= goal ? "" : "  MISSED");
  fflush (stdout);
  return ratio >= goal;
}
