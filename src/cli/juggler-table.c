/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-table.h"

#define COLUMN_GAP 2U

typedef struct
{
  char       *text;
  const char *style; /* an escape sequence in front of the text, or NULL */
} Cell;

struct _JugglerTable
{
  guint         n_columns;
  JugglerAlign *aligns;
  GArray       *cells; /* row by row */
};

static void
clear_cell (gpointer data)
{
  Cell *cell = data;

  g_clear_pointer (&cell->text, g_free);
}

/* A table without columns that no cell fills: those are left out, title and all, when it is rendered. */
JugglerTable *
juggler_table_new (guint               n_columns,
                   const JugglerAlign *aligns)
{
  JugglerTable *table = g_new0 (JugglerTable, 1);

  g_return_val_if_fail (n_columns > 0, NULL);

  table->n_columns = n_columns;
  table->aligns = g_memdup2 (aligns, n_columns * sizeof *aligns);
  table->cells = g_array_new (FALSE, TRUE, sizeof (Cell));
  g_array_set_clear_func (table->cells, clear_cell);
  return table;
}

void
juggler_table_free (JugglerTable *table)
{
  g_array_unref (table->cells);
  g_free (table->aligns);
  g_free (table);
}

/* Adds the next cell of the row; a row is full after n_columns of them. The first row holds the titles. */
void
juggler_table_add (JugglerTable *table,
                   const char   *text)
{
  Cell cell = { g_strdup (text != NULL ? text : ""), NULL };

  g_array_append_val (table->cells, cell);
}

/* Draws the cell added last in `style`, a static string. */
void
juggler_table_style (JugglerTable *table,
                     const char   *style)
{
  g_return_if_fail (table->cells->len > 0);

  g_array_index (table->cells, Cell, table->cells->len - 1).style = style;
}

/* Returns the width of a column, 0 if only its title says something. */
static guint
column_width (JugglerTable *table,
              guint         column)
{
  guint width = 0;
  guint below = 0;

  for (guint i = column; i < table->cells->len; i += table->n_columns)
    {
      guint cell = juggler_text_width (g_array_index (table->cells, Cell, i).text);

      width = MAX (width, cell);
      if (i >= table->n_columns)
        below = MAX (below, cell);
    }
  return below > 0 ? width : 0;
}

/* Returns the whole table, a line a row; `reset` ends a style. */
char *
juggler_table_render (JugglerTable *table,
                      const char   *reset)
{
  GString           *text = g_string_new (NULL);
  g_autofree guint *widths = g_new0 (guint, table->n_columns);

  for (guint column = 0; column < table->n_columns; column++)
    widths[column] = column_width (table, column);
  for (guint row = 0; row < table->cells->len / table->n_columns; row++)
    {
      gsize begin = text->len;

      for (guint column = 0; column < table->n_columns; column++)
        {
          const Cell       *cell = &g_array_index (table->cells, Cell, row * table->n_columns + column);
          g_autofree char *padded = NULL;

          if (widths[column] == 0)
            continue;
          if (text->len > begin)
            g_string_append_printf (text, "%*s", (int) COLUMN_GAP, "");
          padded = juggler_text_pad (cell->text, widths[column], table->aligns[column]);
          if (cell->style != NULL && cell->text[0] != '\0')
            g_string_append_printf (text, "%s%s%s", cell->style, padded, reset);
          else
            g_string_append (text, padded);
        }
      while (text->len > begin && text->str[text->len - 1] == ' ')
        g_string_truncate (text, text->len - 1);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

/* How many columns of a terminal the text takes: two for a Chinese character, none for a mark that is drawn over
 * another. */
guint
juggler_text_width (const char *text)
{
  guint width = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);

      if (!g_unichar_iszerowidth (letter))
        width += g_unichar_iswide (letter) ? 2 : 1;
    }
  return width;
}

/* Fills the text up with spaces to `width` columns; a longer one stays as it is. */
char *
juggler_text_pad (const char  *text,
                  guint        width,
                  JugglerAlign align)
{
  guint own = juggler_text_width (text);
  int   missing = own < width ? (int) (width - own) : 0;

  return align == JUGGLER_ALIGN_RIGHT ? g_strdup_printf ("%*s%s", missing, "", text)
                                      : g_strdup_printf ("%s%*s", text, missing, "");
}

/* Cuts a text that is wider than `width` columns, which then ends with an ellipsis; others stay as they are. */
char *
juggler_text_cut (const char *text,
                  guint       width)
{
  GString *cut;
  guint    used = 0;

  if (juggler_text_width (text) <= width)
    return g_strdup (text);
  cut = g_string_new (NULL);
  for (const char *at = text; width > 0; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);

      used += g_unichar_iszerowidth (letter) ? 0 : g_unichar_iswide (letter) ? 2 : 1;
      if (used > width - 1)
        break;
      g_string_append_unichar (cut, letter);
    }
  if (width > 0)
    g_string_append (cut, "…");
  return g_string_free (cut, FALSE);
}
