/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-output-row.h"

#include <glib/gi18n.h>

#include "juggler-chip.h"

struct _JugglerOutputRow
{
  GtkWidget parent_instance;

  JugglerOutputLine *line;
  JugglerRun        *run;
  gboolean           in_seconds;
  int                name_chars;
};

enum
{
  PROP_0,
  PROP_LINE,
  PROP_RUN,
  PROP_IN_SECONDS,
  PROP_NAME_CHARS,
  PROP_WORKER,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (JugglerOutputRow, juggler_output_row, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

/**
 * juggler_output_row_format_time:
 * @microseconds: since main's first step
 * @in_seconds: in seconds, else in milliseconds
 *
 * Writes when a line was printed. All lines of a list have the same unit and as many decimals, so that they can be
 * compared at a glance.
 *
 * Returns: (transfer full): the text
 */
char *
juggler_output_row_format_time (double   microseconds,
                                gboolean in_seconds)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  if (in_seconds)
    {
      g_ascii_formatd (number, sizeof number, "%.3f", microseconds / 1e6);
      /* Translators: seconds; keep the thin space (U+2009) between number and unit. */
      return g_strdup_printf (C_("time of output", "%s\342\200\211s"), number);
    }
  g_ascii_formatd (number, sizeof number, "%.2f", microseconds / 1e3);
  /* Translators: milliseconds; keep the thin space (U+2009) between number and unit. */
  return g_strdup_printf (C_("time of output", "%s\342\200\211ms"), number);
}

static char *
time_text (JugglerOutputRow *self,
           gdouble           t_us,
           gboolean          in_seconds)
{
  return juggler_output_row_format_time (t_us, in_seconds);
}

static gboolean
is_process (JugglerOutputRow  *self,
            JugglerWorkerKind  kind)
{
  return kind == JUGGLER_KIND_PROCESS;
}

/* Whose line it is; NULL while the row is in reserve. */
static JugglerWorker *
dup_worker (JugglerOutputRow *self)
{
  if (self->line == NULL || self->run == NULL)
    return NULL;
  return g_list_model_get_item (juggler_run_get_workers (self->run), juggler_output_line_get_worker (self->line));
}

static void
juggler_output_row_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  JugglerOutputRow *self = JUGGLER_OUTPUT_ROW (object);

  switch (prop_id)
    {
    case PROP_LINE:
      g_value_set_object (value, self->line);
      break;
    case PROP_RUN:
      g_value_set_object (value, self->run);
      break;
    case PROP_NAME_CHARS:
      g_value_set_int (value, self->name_chars);
      break;
    case PROP_IN_SECONDS:
      g_value_set_boolean (value, self->in_seconds);
      break;
    case PROP_WORKER:
      g_value_take_object (value, dup_worker (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
juggler_output_row_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  JugglerOutputRow *self = JUGGLER_OUTPUT_ROW (object);
  gboolean          changed = FALSE;

  switch (prop_id)
    {
    case PROP_LINE:
      changed = g_set_object (&self->line, g_value_get_object (value));
      break;
    case PROP_RUN:
      changed = g_set_object (&self->run, g_value_get_object (value));
      break;
    case PROP_IN_SECONDS:
      changed = self->in_seconds != g_value_get_boolean (value);
      self->in_seconds = g_value_get_boolean (value);
      break;
    case PROP_NAME_CHARS:
      changed = self->name_chars != g_value_get_int (value);
      self->name_chars = g_value_get_int (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
  if (!changed)
    return;
  g_object_notify_by_pspec (object, pspec);
  if (prop_id == PROP_LINE || prop_id == PROP_RUN)
    g_object_notify_by_pspec (object, properties[PROP_WORKER]);
}

static void
juggler_output_row_dispose (GObject *object)
{
  JugglerOutputRow *self = JUGGLER_OUTPUT_ROW (object);
  GtkWidget        *child;

  gtk_widget_dispose_template (GTK_WIDGET (object), JUGGLER_TYPE_OUTPUT_ROW);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->line);
  g_clear_object (&self->run);
  G_OBJECT_CLASS (juggler_output_row_parent_class)->dispose (object);
}

static void
juggler_output_row_class_init (JugglerOutputRowClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = juggler_output_row_dispose;
  object_class->get_property = juggler_output_row_get_property;
  object_class->set_property = juggler_output_row_set_property;

  properties[PROP_LINE] = g_param_spec_object ("line", NULL, NULL, JUGGLER_TYPE_OUTPUT_LINE, flags);
  properties[PROP_RUN] = g_param_spec_object ("run", NULL, NULL, JUGGLER_TYPE_RUN, flags);
  properties[PROP_NAME_CHARS] = g_param_spec_int ("name-chars", NULL, NULL, -1, G_MAXINT, 8, flags);
  properties[PROP_IN_SECONDS] = g_param_spec_boolean ("in-seconds", NULL, NULL, FALSE, flags);
  properties[PROP_WORKER] = g_param_spec_object ("worker", NULL, NULL, JUGGLER_TYPE_WORKER,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (JUGGLER_TYPE_CHIP);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/juggler/Juggler/juggler-output-row.ui");
  gtk_widget_class_bind_template_callback (widget_class, time_text);
  gtk_widget_class_bind_template_callback (widget_class, is_process);
}

static void
juggler_output_row_init (JugglerOutputRow *self)
{
  self->name_chars = 8;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * juggler_output_row_new:
 *
 * Makes a row without a line. Thread: main.
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
juggler_output_row_new (void)
{
  return g_object_new (JUGGLER_TYPE_OUTPUT_ROW, NULL);
}
