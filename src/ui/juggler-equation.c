/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-equation.h"

#include <glib/gi18n.h>

#include "juggler-fold-box.h"
#include "juggler-format.h"
#include "juggler-term.h"

/* How much wider the numbers are in their first size than in their second, as in style.css. */
#define SIZE_RATIO (2.76 / 2.2)

#define TITLE_SPACING 2

/* Stands for a number that is not known yet. */
#define UNKNOWN "?"

struct _JugglerEquation
{
  GtkWidget parent_instance;

  char  *title;
  guint  size_source; /* an idle that gives the numbers their size */
  int    width;

  /* Template widgets */
  GtkWidget *title_label;
  GtkWidget *row;
  GtkWidget *expected_term;
  GtkWidget *actual_term;
  GtkWidget *lost_term;
};

enum
{
  PROP_0,
  PROP_TITLE,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (JugglerEquation, juggler_equation, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

/* What the last term says, and how. */
typedef struct
{
  char       *caption;
  char       *number;
  const char *css_class; /* NULL: plain */
} Lost;

static void
lost_clear (Lost *lost)
{
  g_free (lost->caption);
  g_free (lost->number);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Lost, lost_clear)

static char *
with_share (const char *words,
            guint64     missing,
            gint64      expected)
{
  g_autofree char *share = NULL;

  if (expected <= 0 || missing > (guint64) expected)
    return g_strdup (words);
  share = juggler_format_percent ((double) missing / (double) expected);
  /* Translators: "Lost, 43 %": what the number is, and its share of what was expected. */
  return g_strdup_printf (C_("big number", "%s, %s"), words, share);
}

/* `missing` is how much `actual` falls short of `expected`, or how far it is above. */
static void
describe_end (Lost    *lost,
              gboolean finished,
              gboolean too_many,
              guint64  missing,
              gint64   expected)
{
  g_autofree char *number = juggler_format_unsigned (missing);

  if (missing == 0 && finished)
    {
      lost->caption = g_strdup (C_("big number", "Nothing lost"));
      lost->number = g_steal_pointer (&number);
      lost->css_class = "right";
      return;
    }
  lost->number = g_steal_pointer (&number);
  if (too_many)
    lost->caption = g_strdup (C_("big number", "Too many"));
  else if (finished)
    lost->caption = with_share (C_("big number", "Lost"), missing, expected);
  else
    lost->caption = with_share (C_("big number", "Not counted"), missing, expected);
  lost->css_class = finished ? "lost" : "strong";
}

static void
describe_running (Lost                        *lost,
                  const JugglerEquationValues *values,
                  gboolean                     too_many,
                  guint64                      missing,
                  gint64                       expected)
{
  lost->number = juggler_format_unsigned (too_many ? 0 : missing);
  if (!values->has_by_now)
    {
      lost->caption = g_strdup (C_("big number", "Still to come"));
      return;
    }
  if (too_many || missing == 0)
    lost->caption = g_strdup (C_("big number", "Lost so far"));
  else
    {
      lost->caption = with_share (C_("big number", "Lost so far"), missing, expected);
      lost->css_class = "lost";
    }
}

static void
set_term (GtkWidget  *term,
          const char *caption,
          const char *number,
          const char *widest,
          gboolean    pending)
{
  g_object_set (term, "caption", caption, "number", number, "widest", widest, "pending", pending, NULL);
}

static void
set_lost_class (JugglerEquation *self,
                const char      *css_class)
{
  static const char *const classes[] = { "lost", "right", "strong" };

  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    if (g_strcmp0 (css_class, classes[i]) == 0)
      gtk_widget_add_css_class (self->lost_term, classes[i]);
    else
      gtk_widget_remove_css_class (self->lost_term, classes[i]);
  g_object_set (self->lost_term, "checked", g_strcmp0 (css_class, "right") == 0, NULL);
}

/* Numbers of nine digits do not fit into every width in their first size. The size is a matter of style, and style
 * must not change in the middle of an allocation: so it is done right behind. */
static gboolean
choose_size_cb (gpointer data)
{
  JugglerEquation *self = data;
  gboolean         smaller = gtk_widget_has_css_class (self->row, "long");
  int              natural;

  self->size_source = 0;
  gtk_widget_measure (self->row, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  if (smaller && natural * SIZE_RATIO <= self->width)
    gtk_widget_remove_css_class (self->row, "long");
  else if (!smaller && natural > self->width)
    gtk_widget_add_css_class (self->row, "long");
  return G_SOURCE_REMOVE;
}

static void
choose_size (JugglerEquation *self)
{
  if (self->size_source == 0 && self->width > 0)
    self->size_source = g_idle_add_full (GTK_PRIORITY_RESIZE, choose_size_cb, self, NULL);
}

static GtkSizeRequestMode
juggler_equation_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
juggler_equation_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  JugglerEquation *self = JUGGLER_EQUATION (widget);
  int              title_minimum, title_natural;

  gtk_widget_measure (self->row, orientation, for_size, minimum, natural, NULL, NULL);
  if (!gtk_widget_get_visible (self->title_label))
    return;
  gtk_widget_measure (self->title_label, orientation, for_size, &title_minimum, &title_natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MAX (*minimum, title_minimum);
      *natural = MAX (*natural, title_natural);
    }
  else
    {
      *minimum += title_minimum + TITLE_SPACING;
      *natural += title_natural + TITLE_SPACING;
    }
}

static void
juggler_equation_size_allocate (GtkWidget *widget,
                                int        width,
                                int        height,
                                int        baseline)
{
  JugglerEquation *self = JUGGLER_EQUATION (widget);
  int              top = 0;

  if (gtk_widget_get_visible (self->title_label))
    {
      gtk_widget_measure (self->title_label, GTK_ORIENTATION_VERTICAL, width, NULL, &top, NULL, NULL);
      gtk_widget_size_allocate (self->title_label, &(GtkAllocation) { 0, 0, width, top }, -1);
      top += TITLE_SPACING;
    }
  gtk_widget_size_allocate (self->row, &(GtkAllocation) { 0, top, width, MAX (height - top, 0) }, -1);
  if (self->width != width)
    {
      self->width = width;
      choose_size (self);
    }
}

static void
juggler_equation_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, JUGGLER_EQUATION (object)->title);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
juggler_equation_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_TITLE:
      JUGGLER_EQUATION (object)->title = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static gboolean
has_title (JugglerEquation *self,
           const char      *title)
{
  return title != NULL && *title != '\0';
}

static void
juggler_equation_dispose (GObject *object)
{
  GtkWidget *child;

  g_clear_handle_id (&JUGGLER_EQUATION (object)->size_source, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), JUGGLER_TYPE_EQUATION);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (juggler_equation_parent_class)->dispose (object);
}

static void
juggler_equation_finalize (GObject *object)
{
  g_free (JUGGLER_EQUATION (object)->title);
  G_OBJECT_CLASS (juggler_equation_parent_class)->finalize (object);
}

static void
juggler_equation_class_init (JugglerEquationClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = juggler_equation_dispose;
  object_class->finalize = juggler_equation_finalize;
  object_class->get_property = juggler_equation_get_property;
  object_class->set_property = juggler_equation_set_property;
  widget_class->get_request_mode = juggler_equation_get_request_mode;
  widget_class->measure = juggler_equation_measure;
  widget_class->size_allocate = juggler_equation_size_allocate;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL,
                                                G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (JUGGLER_TYPE_FOLD_LAYOUT);
  g_type_ensure (JUGGLER_TYPE_FOLD_BOX);
  g_type_ensure (JUGGLER_TYPE_TERM);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/juggler/Juggler/juggler-equation.ui");
  gtk_widget_class_bind_template_child (widget_class, JugglerEquation, row);
  gtk_widget_class_bind_template_child (widget_class, JugglerEquation, title_label);
  gtk_widget_class_bind_template_child (widget_class, JugglerEquation, expected_term);
  gtk_widget_class_bind_template_child (widget_class, JugglerEquation, actual_term);
  gtk_widget_class_bind_template_child (widget_class, JugglerEquation, lost_term);
  gtk_widget_class_bind_template_callback (widget_class, has_title);
}

static void
juggler_equation_init (JugglerEquation *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * juggler_equation_new:
 * @title: (nullable): what the equation is about, where there is more than one
 *
 * Makes an equation without numbers. Thread: main.
 *
 * Returns: (transfer floating): the equation
 */
GtkWidget *
juggler_equation_new (const char *title)
{
  return g_object_new (JUGGLER_TYPE_EQUATION, "title", title, NULL);
}

/**
 * juggler_equation_show:
 * @self: an equation
 * @values: what to show
 *
 * Shows the numbers. Thread: main; at most four times a second, or nobody can read them.
 */
void
juggler_equation_show (JugglerEquation             *self,
                       const JugglerEquationValues *values)
{
  gboolean         running = values->phase == JUGGLER_EQUATION_RUNNING;
  gboolean         by_now = running && values->has_by_now;
  gint64           expected = by_now ? values->by_now : values->expected;
  gboolean         too_many = values->actual > expected;
  guint64          missing = too_many ? (guint64) values->actual - (guint64) expected
                                      : (guint64) expected - (guint64) values->actual;
  g_autofree char *widest = juggler_format_integer (values->expected);
  g_autofree char *expected_text = juggler_format_integer (expected);
  g_autofree char *actual_text = juggler_format_integer (values->actual);
  g_auto (Lost)    lost = { NULL };

  g_return_if_fail (JUGGLER_IS_EQUATION (self));

  set_term (self->expected_term, by_now ? C_("big number", "Expected by now") : C_("big number", "Expected"),
            expected_text, widest, FALSE);
  if (values->phase == JUGGLER_EQUATION_IDLE)
    {
      set_term (self->actual_term, C_("big number", "Actual"), UNKNOWN, widest, TRUE);
      set_term (self->lost_term, C_("big number", "Lost"), UNKNOWN, "", TRUE);
      set_lost_class (self, NULL);
      return;
    }
  set_term (self->actual_term,
            running && !by_now ? C_("big number", "Actual so far") : C_("big number", "Actual"), actual_text, widest,
            FALSE);
  if (running)
    describe_running (&lost, values, too_many, missing, expected);
  else
    describe_end (&lost, values->phase == JUGGLER_EQUATION_FINISHED, too_many, missing, expected);
  set_term (self->lost_term, lost.caption, lost.number, "", FALSE);
  set_lost_class (self, lost.css_class);
  choose_size (self);
}
