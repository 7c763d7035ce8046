/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "juggler-diagnostic.h"

struct _JugglerDiagnostic
{
  GObject  parent_instance;
  char    *message;
  gboolean fatal;
};

enum
{
  PROP_0,
  PROP_MESSAGE,
  PROP_FATAL,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (JugglerDiagnostic, juggler_diagnostic, G_TYPE_OBJECT)

static void
juggler_diagnostic_finalize (GObject *object)
{
  g_free (JUGGLER_DIAGNOSTIC (object)->message);
  G_OBJECT_CLASS (juggler_diagnostic_parent_class)->finalize (object);
}

static void
juggler_diagnostic_get_property (GObject    *object,
                                 guint       property,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  JugglerDiagnostic *self = JUGGLER_DIAGNOSTIC (object);

  switch (property)
    {
    case PROP_MESSAGE:
      g_value_set_string (value, self->message);
      break;
    case PROP_FATAL:
      g_value_set_boolean (value, self->fatal);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
juggler_diagnostic_class_init (JugglerDiagnosticClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = juggler_diagnostic_finalize;
  object_class->get_property = juggler_diagnostic_get_property;
  properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, flags);
  properties[PROP_FATAL] = g_param_spec_boolean ("fatal", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
juggler_diagnostic_init (JugglerDiagnostic *self)
{
}

JugglerDiagnostic *
juggler_diagnostic_new (const char *message,
                        gboolean    fatal)
{
  JugglerDiagnostic *self = g_object_new (JUGGLER_TYPE_DIAGNOSTIC, NULL);

  self->message = g_strdup (message);
  self->fatal = fatal;
  return self;
}

const char *
juggler_diagnostic_get_message (JugglerDiagnostic *self)
{
  g_return_val_if_fail (JUGGLER_IS_DIAGNOSTIC (self), NULL);
  return self->message;
}

gboolean
juggler_diagnostic_get_fatal (JugglerDiagnostic *self)
{
  g_return_val_if_fail (JUGGLER_IS_DIAGNOSTIC (self), FALSE);
  return self->fatal;
}
