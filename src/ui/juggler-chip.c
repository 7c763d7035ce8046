/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-chip.h"

#include "juggler-format.h"

#define N_COLOURS 5

struct _JugglerChip
{
  GtkWidget parent_instance;

  GtkWidget *label;
  guint      worker;
  gboolean   process;
};

enum
{
  PROP_0,
  PROP_WORKER,
  PROP_PROCESS,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (JugglerChip, juggler_chip, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

/* What the chip looks like is in style.css; here are only the classes that say what it stands for. */
static void
update_classes (JugglerChip *self)
{
  g_autofree char *letter = juggler_format_letter (self->worker);
  g_autofree char *colour = NULL;
  const char      *classes[4] = { NULL };
  guint            n_classes = 0;

  if (self->worker == 0)
    colour = g_strdup ("main");
  else
    colour = g_strdup_printf ("worker-%c", 'a' + (self->worker - 1) % N_COLOURS);
  classes[n_classes++] = colour;
  classes[n_classes++] = self->process ? "process" : "thread";
  if (self->worker > N_COLOURS)
    classes[n_classes++] = "ring";
  gtk_widget_set_css_classes (GTK_WIDGET (self), classes);
  gtk_label_set_label (GTK_LABEL (self->label), letter);
}

/* As wide as high, wider only for two letters. */
static void
juggler_chip_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  JugglerChip *self = JUGGLER_CHIP (widget);

  gtk_widget_measure (self->label, orientation, -1, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = *minimum;
}

static void
juggler_chip_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  gtk_widget_allocate (JUGGLER_CHIP (widget)->label, width, height, -1, NULL);
}

static void
juggler_chip_dispose (GObject *object)
{
  JugglerChip *self = JUGGLER_CHIP (object);

  g_clear_pointer (&self->label, gtk_widget_unparent);
  G_OBJECT_CLASS (juggler_chip_parent_class)->dispose (object);
}

static void
juggler_chip_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  JugglerChip *self = JUGGLER_CHIP (object);

  switch (prop_id)
    {
    case PROP_WORKER:
      g_value_set_uint (value, self->worker);
      break;
    case PROP_PROCESS:
      g_value_set_boolean (value, self->process);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
juggler_chip_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  JugglerChip *self = JUGGLER_CHIP (object);

  switch (prop_id)
    {
    case PROP_WORKER:
      juggler_chip_set_worker (self, g_value_get_uint (value));
      break;
    case PROP_PROCESS:
      juggler_chip_set_process (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
juggler_chip_class_init (JugglerChipClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = juggler_chip_dispose;
  object_class->get_property = juggler_chip_get_property;
  object_class->set_property = juggler_chip_set_property;
  widget_class->measure = juggler_chip_measure;
  widget_class->size_allocate = juggler_chip_size_allocate;

  /* The worker's place in the document, from 1; 0 is main. */
  properties[PROP_WORKER] = g_param_spec_uint ("worker", NULL, NULL, 0, G_MAXUINT, 0,
                                               G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_PROCESS] = g_param_spec_boolean ("process", NULL, NULL, TRUE,
                                                   G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                                     G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "chip");
  /* The worker's name always stands beside it: a letter read aloud before each name says nothing. */
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
juggler_chip_init (JugglerChip *self)
{
  self->process = TRUE;
  self->label = gtk_label_new (NULL);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  update_classes (self);
}

/**
 * juggler_chip_new:
 *
 * Makes a chip, at first that of main. Thread: main.
 *
 * Returns: (transfer floating): the chip
 */
GtkWidget *
juggler_chip_new (void)
{
  return g_object_new (JUGGLER_TYPE_CHIP, NULL);
}

/**
 * juggler_chip_get_worker:
 * @self: a chip
 *
 * Gets whose chip it is.
 *
 * Returns: the worker's place in the document, from 1; 0 is main
 */
guint
juggler_chip_get_worker (JugglerChip *self)
{
  g_return_val_if_fail (JUGGLER_IS_CHIP (self), 0);
  return self->worker;
}

/**
 * juggler_chip_set_worker:
 * @self: a chip
 * @worker: the worker's place in the document, from 1; 0 is main
 *
 * Sets whose chip it is.
 */
void
juggler_chip_set_worker (JugglerChip *self,
                         guint        worker)
{
  g_return_if_fail (JUGGLER_IS_CHIP (self));
  if (self->worker == worker)
    return;
  self->worker = worker;
  update_classes (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WORKER]);
}

/**
 * juggler_chip_get_process:
 * @self: a chip
 *
 * Gets whether the worker is a process.
 *
 * Returns: %TRUE for a process, %FALSE for a thread
 */
gboolean
juggler_chip_get_process (JugglerChip *self)
{
  g_return_val_if_fail (JUGGLER_IS_CHIP (self), TRUE);
  return self->process;
}

/**
 * juggler_chip_set_process:
 * @self: a chip
 * @process: %TRUE for a process, %FALSE for a thread
 *
 * Sets whether the worker is a process (a rounded square) or a thread (a circle).
 */
void
juggler_chip_set_process (JugglerChip *self,
                          gboolean     process)
{
  g_return_if_fail (JUGGLER_IS_CHIP (self));
  if (self->process == process)
    return;
  self->process = process;
  update_classes (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROCESS]);
}
