/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "juggler-output-line-private.h"

struct _JugglerOutputLine
{
  GObject parent_instance;
  gdouble t_us;
  guint   worker;
  char   *text;
};

enum
{
  PROP_0,
  PROP_T_US,
  PROP_WORKER,
  PROP_TEXT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (JugglerOutputLine, juggler_output_line, G_TYPE_OBJECT)

static void
juggler_output_line_finalize (GObject *object)
{
  g_free (JUGGLER_OUTPUT_LINE (object)->text);
  G_OBJECT_CLASS (juggler_output_line_parent_class)->finalize (object);
}

static void
juggler_output_line_get_property (GObject    *object,
                                  guint       property,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  JugglerOutputLine *self = JUGGLER_OUTPUT_LINE (object);

  switch (property)
    {
    case PROP_T_US:
      g_value_set_double (value, self->t_us);
      break;
    case PROP_WORKER:
      g_value_set_uint (value, self->worker);
      break;
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
juggler_output_line_class_init (JugglerOutputLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = juggler_output_line_finalize;
  object_class->get_property = juggler_output_line_get_property;
  properties[PROP_T_US] = g_param_spec_double ("t-us", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0, flags);
  properties[PROP_WORKER] = g_param_spec_uint ("worker", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
juggler_output_line_init (JugglerOutputLine *self)
{
}

JugglerOutputLine *
juggler_output_line_new (gdouble     t_us,
                         guint       worker,
                         const char *text)
{
  JugglerOutputLine *self = g_object_new (JUGGLER_TYPE_OUTPUT_LINE, NULL);

  self->t_us = t_us;
  self->worker = worker;
  self->text = g_strdup (text);
  return self;
}

gdouble
juggler_output_line_get_t_us (JugglerOutputLine *self)
{
  g_return_val_if_fail (JUGGLER_IS_OUTPUT_LINE (self), 0);
  return self->t_us;
}

guint
juggler_output_line_get_worker (JugglerOutputLine *self)
{
  g_return_val_if_fail (JUGGLER_IS_OUTPUT_LINE (self), 0);
  return self->worker;
}

const char *
juggler_output_line_get_text (JugglerOutputLine *self)
{
  g_return_val_if_fail (JUGGLER_IS_OUTPUT_LINE (self), NULL);
  return self->text;
}
