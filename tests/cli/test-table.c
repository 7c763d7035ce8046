/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "juggler-table.h"

static void
test_width (void)
{
  g_assert_cmpuint (juggler_text_width (""), ==, 0);
  g_assert_cmpuint (juggler_text_width ("main"), ==, 4);
  g_assert_cmpuint (juggler_text_width ("多任务"), ==, 6);
  /* A letter and a mark that is drawn over it. */
  g_assert_cmpuint (juggler_text_width ("e\314\201"), ==, 1);
  /* Between groups of digits. */
  g_assert_cmpuint (juggler_text_width ("2\342\200\211000"), ==, 5);
}

static void
test_pad (void)
{
  g_autofree char *left = juggler_text_pad ("多", 4, JUGGLER_ALIGN_LEFT);
  g_autofree char *right = juggler_text_pad ("多", 4, JUGGLER_ALIGN_RIGHT);
  g_autofree char *longer = juggler_text_pad ("longer", 4, JUGGLER_ALIGN_RIGHT);

  g_assert_cmpstr (left, ==, "多  ");
  g_assert_cmpstr (right, ==, "  多");
  g_assert_cmpstr (longer, ==, "longer");
}

static void
add_row (JugglerTable *table,
         const char   *one,
         const char   *two,
         const char   *three)
{
  juggler_table_add (table, one);
  juggler_table_add (table, two);
  juggler_table_add (table, three);
}

static void
test_cut (void)
{
  static const struct
  {
    const char *text;
    guint       width;
    const char *cut;
  } cases[] = {
    { "abc", 3, "abc" }, { "abcd", 3, "ab…" }, { "abcd", 1, "…" }, { "abcd", 0, "" },      { "", 0, "" },
    { "多任务", 6, "多任务" }, { "多任务", 5, "多任…" }, { "多任务", 4, "多…" }, { "e\314\201e\314\201e", 2, "e\314\201…" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *cut = juggler_text_cut (cases[i].text, cases[i].width);

      g_assert_cmpstr (cut, ==, cases[i].cut);
    }
}

static void
test_table (void)
{
  static const JugglerAlign aligns[] = { JUGGLER_ALIGN_LEFT, JUGGLER_ALIGN_RIGHT, JUGGLER_ALIGN_LEFT };
  g_autoptr (JugglerTable) table = juggler_table_new (3, aligns);
  g_autofree char *text = NULL;

  add_row (table, "worker", "CPU", "state");
  add_row (table, "主进程", "1", "finished");
  add_row (table, "a", "1000", "");
  text = juggler_table_render (table, "");
  g_assert_cmpstr (text, ==, "worker   CPU  state\n主进程     1  finished\na       1000\n");
}

/* A column in which nobody has anything to say is left out, title and all. */
static void
test_empty_column (void)
{
  static const JugglerAlign aligns[] = { JUGGLER_ALIGN_LEFT, JUGGLER_ALIGN_RIGHT, JUGGLER_ALIGN_LEFT };
  g_autoptr (JugglerTable) table = juggler_table_new (3, aligns);
  g_autofree char *text = NULL;

  add_row (table, "worker", "TID", "state");
  add_row (table, "a", NULL, "finished");
  text = juggler_table_render (table, "");
  g_assert_cmpstr (text, ==, "worker  state\na       finished\n");
}

/* Styles take no room. */
static void
test_style (void)
{
  static const JugglerAlign aligns[] = { JUGGLER_ALIGN_LEFT, JUGGLER_ALIGN_LEFT, JUGGLER_ALIGN_LEFT };
  g_autoptr (JugglerTable) table = juggler_table_new (3, aligns);
  g_autofree char *text = NULL;

  add_row (table, "x", "y", "z");
  juggler_table_add (table, "aa");
  juggler_table_style (table, "<");
  juggler_table_add (table, "b");
  juggler_table_add (table, "c");
  text = juggler_table_render (table, ">");
  g_assert_cmpstr (text, ==, "x   y  z\n<aa>  b  c\n");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/table/width", test_width);
  g_test_add_func ("/table/pad", test_pad);
  g_test_add_func ("/table/cut", test_cut);
  g_test_add_func ("/table/table", test_table);
  g_test_add_func ("/table/empty-column", test_empty_column);
  g_test_add_func ("/table/style", test_style);
  return g_test_run ();
}
