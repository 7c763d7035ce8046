/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "juggler-sample-private.h"

struct _JugglerSample
{
  GObject      parent_instance;
  JugglerPoint point;
};

enum
{
  PROP_0,
  PROP_TIME,
  PROP_VALUE,
  PROP_DONE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (JugglerSample, juggler_sample, G_TYPE_OBJECT)

static void
juggler_sample_get_property (GObject    *object,
                             guint       property,
                             GValue     *value,
                             GParamSpec *pspec)
{
  JugglerSample *self = JUGGLER_SAMPLE (object);

  switch (property)
    {
    case PROP_TIME:
      g_value_set_int64 (value, self->point.time);
      break;
    case PROP_VALUE:
      g_value_set_int64 (value, self->point.value);
      break;
    case PROP_DONE:
      g_value_set_uint64 (value, self->point.done);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
juggler_sample_class_init (JugglerSampleClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = juggler_sample_get_property;
  properties[PROP_TIME] = g_param_spec_int64 ("time", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_VALUE] = g_param_spec_int64 ("value", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_DONE] = g_param_spec_uint64 ("done", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
juggler_sample_init (JugglerSample *self)
{
}

JugglerSample *
juggler_sample_new (const JugglerPoint *point)
{
  JugglerSample *self = g_object_new (JUGGLER_TYPE_SAMPLE, NULL);

  self->point = *point;
  return self;
}

gint64
juggler_sample_get_time (JugglerSample *self)
{
  g_return_val_if_fail (JUGGLER_IS_SAMPLE (self), 0);
  return self->point.time;
}

gint64
juggler_sample_get_value (JugglerSample *self)
{
  g_return_val_if_fail (JUGGLER_IS_SAMPLE (self), 0);
  return self->point.value;
}

guint64
juggler_sample_get_done (JugglerSample *self)
{
  g_return_val_if_fail (JUGGLER_IS_SAMPLE (self), 0);
  return self->point.done;
}
