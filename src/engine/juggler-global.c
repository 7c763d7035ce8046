/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "juggler-global-private.h"

struct _JugglerGlobal
{
  GObject     parent_instance;
  guint       index;
  char       *name;
  gboolean    is_list;
  gint64      value;
  char       *text;
  gboolean    has_expected;
  gint64      expected;
  gboolean    separate;
  GListStore *series;
  GHashTable *by_worker; /* index -> JugglerSeries, owned by series */
  GHashTable *touched;   /* JugglerSeries with points not yet announced */
};

enum
{
  PROP_0,
  PROP_INDEX,
  PROP_NAME,
  PROP_IS_LIST,
  PROP_VALUE,
  PROP_TEXT,
  PROP_HAS_EXPECTED,
  PROP_EXPECTED,
  PROP_LOST,
  PROP_SEPARATE,
  PROP_SERIES,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (JugglerGlobal, juggler_global, G_TYPE_OBJECT)

static gint64
get_lost (JugglerGlobal *self)
{
  /* Wraps at 64 bits, as the globals do. */
  return self->has_expected ? (gint64) ((guint64) self->expected - (guint64) self->value) : 0;
}

static void
juggler_global_finalize (GObject *object)
{
  JugglerGlobal *self = JUGGLER_GLOBAL (object);

  g_free (self->name);
  g_free (self->text);
  g_hash_table_unref (self->touched);
  g_hash_table_unref (self->by_worker);
  g_object_unref (self->series);

  G_OBJECT_CLASS (juggler_global_parent_class)->finalize (object);
}

static void
juggler_global_get_property (GObject    *object,
                             guint       property,
                             GValue     *value,
                             GParamSpec *pspec)
{
  JugglerGlobal *self = JUGGLER_GLOBAL (object);

  switch (property)
    {
    case PROP_INDEX:
      g_value_set_uint (value, self->index);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_IS_LIST:
      g_value_set_boolean (value, self->is_list);
      break;
    case PROP_VALUE:
      g_value_set_int64 (value, self->value);
      break;
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_HAS_EXPECTED:
      g_value_set_boolean (value, self->has_expected);
      break;
    case PROP_EXPECTED:
      g_value_set_int64 (value, self->expected);
      break;
    case PROP_LOST:
      g_value_set_int64 (value, get_lost (self));
      break;
    case PROP_SEPARATE:
      g_value_set_boolean (value, self->separate);
      break;
    case PROP_SERIES:
      g_value_set_object (value, self->series);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

/* Read-only; what they mean stands at their getters in the header. */
static void
juggler_global_class_init (JugglerGlobalClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = juggler_global_finalize;
  object_class->get_property = juggler_global_get_property;

  properties[PROP_INDEX] = g_param_spec_uint ("index", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_IS_LIST] = g_param_spec_boolean ("is-list", NULL, NULL, FALSE, flags);
  properties[PROP_VALUE] = g_param_spec_int64 ("value", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  properties[PROP_HAS_EXPECTED] = g_param_spec_boolean ("has-expected", NULL, NULL, FALSE, flags);
  properties[PROP_EXPECTED] = g_param_spec_int64 ("expected", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_LOST] = g_param_spec_int64 ("lost", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_SEPARATE] = g_param_spec_boolean ("separate", NULL, NULL, FALSE, flags);
  properties[PROP_SERIES] = g_param_spec_object ("series", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
juggler_global_init (JugglerGlobal *self)
{
  self->series = g_list_store_new (JUGGLER_TYPE_SERIES);
  self->by_worker = g_hash_table_new (NULL, NULL);
  self->touched = g_hash_table_new (NULL, NULL);
}

static char *
make_text (gint64 value)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, value);
}

JugglerGlobal *
juggler_global_new (guint       index,
                    const char *name,
                    gboolean    is_list,
                    gint64      initial)
{
  JugglerGlobal *self = g_object_new (JUGGLER_TYPE_GLOBAL, NULL);

  self->index = index;
  self->name = g_strdup (name);
  self->is_list = is_list;
  self->value = initial;
  self->text = make_text (initial);
  return self;
}

void
juggler_global_set_expected (JugglerGlobal *self,
                             gint64         expected)
{
  self->has_expected = TRUE;
  self->expected = expected;
}

void
juggler_global_set_separate (JugglerGlobal *self,
                             gboolean       separate)
{
  self->separate = separate;
}

void
juggler_global_set_value (JugglerGlobal *self,
                          gint64         value,
                          const char    *text)
{
  g_autofree char *made = text == NULL ? make_text (value) : g_strdup (text);

  if (self->value == value && g_str_equal (self->text, made))
    return;
  g_object_freeze_notify (G_OBJECT (self));
  if (self->value != value)
    {
      self->value = value;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALUE]);
      if (self->has_expected)
        g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOST]);
    }
  if (!g_str_equal (self->text, made))
    {
      g_free (self->text);
      self->text = g_steal_pointer (&made);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

JugglerSeries *
juggler_global_ensure_series (JugglerGlobal *self,
                              guint          worker,
                              guint          most)
{
  JugglerSeries *series = g_hash_table_lookup (self->by_worker, GUINT_TO_POINTER (worker));

  if (series == NULL)
    {
      g_autoptr (JugglerSeries) made = juggler_series_new (worker, most);

      series = made;
      g_hash_table_insert (self->by_worker, GUINT_TO_POINTER (worker), made);
      g_list_store_append (self->series, made);
    }
  g_hash_table_add (self->touched, series);
  return series;
}

void
juggler_global_commit (JugglerGlobal *self)
{
  GHashTableIter iter;
  gpointer       series;

  g_hash_table_iter_init (&iter, self->touched);
  while (g_hash_table_iter_next (&iter, &series, NULL))
    juggler_series_commit (series);
  g_hash_table_remove_all (self->touched);
}

guint
juggler_global_get_index (JugglerGlobal *self)
{
  g_return_val_if_fail (JUGGLER_IS_GLOBAL (self), 0);
  return self->index;
}

const char *
juggler_global_get_name (JugglerGlobal *self)
{
  g_return_val_if_fail (JUGGLER_IS_GLOBAL (self), NULL);
  return self->name;
}

gboolean
juggler_global_get_is_list (JugglerGlobal *self)
{
  g_return_val_if_fail (JUGGLER_IS_GLOBAL (self), FALSE);
  return self->is_list;
}

gint64
juggler_global_get_value (JugglerGlobal *self)
{
  g_return_val_if_fail (JUGGLER_IS_GLOBAL (self), 0);
  return self->value;
}

const char *
juggler_global_get_text (JugglerGlobal *self)
{
  g_return_val_if_fail (JUGGLER_IS_GLOBAL (self), NULL);
  return self->text;
}

gboolean
juggler_global_get_has_expected (JugglerGlobal *self)
{
  g_return_val_if_fail (JUGGLER_IS_GLOBAL (self), FALSE);
  return self->has_expected;
}

gint64
juggler_global_get_expected (JugglerGlobal *self)
{
  g_return_val_if_fail (JUGGLER_IS_GLOBAL (self), 0);
  return self->expected;
}

gint64
juggler_global_get_lost (JugglerGlobal *self)
{
  g_return_val_if_fail (JUGGLER_IS_GLOBAL (self), 0);
  return get_lost (self);
}

gboolean
juggler_global_get_separate (JugglerGlobal *self)
{
  g_return_val_if_fail (JUGGLER_IS_GLOBAL (self), FALSE);
  return self->separate;
}

GListModel *
juggler_global_get_series (JugglerGlobal *self)
{
  g_return_val_if_fail (JUGGLER_IS_GLOBAL (self), NULL);
  return G_LIST_MODEL (self->series);
}
