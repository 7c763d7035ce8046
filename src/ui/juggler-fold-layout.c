/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-fold-layout.h"

struct _JugglerFoldLayout
{
  GtkLayoutManager parent_instance;

  JugglerFoldPolicy policy;
  int               spacing;      /* between children of a line */
  int               line_spacing; /* between lines */
};

enum
{
  PROP_0,
  PROP_POLICY,
  PROP_SPACING,
  PROP_LINE_SPACING,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (JugglerFoldLayout, juggler_fold_layout, GTK_TYPE_LAYOUT_MANAGER)

static GParamSpec *properties[N_PROPS];

GType
juggler_fold_policy_get_type (void)
{
  static gsize             type = 0;
  static const GEnumValue  values[] = {
    { JUGGLER_FOLD_WRAP, "JUGGLER_FOLD_WRAP", "wrap" },
    { JUGGLER_FOLD_STACK, "JUGGLER_FOLD_STACK", "stack" },
    { JUGGLER_FOLD_DROP, "JUGGLER_FOLD_DROP", "drop" },
    { 0, NULL, NULL },
  };

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("JugglerFoldPolicy", values));
  return type;
}

static gboolean
is_optional (GtkWidget *child)
{
  return gtk_widget_has_css_class (child, JUGGLER_FOLD_OPTIONAL);
}

static GtkWidget *
next_laid_out (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

#define FOR_EACH_CHILD(child, widget) \
  for (GtkWidget *child = next_laid_out (gtk_widget_get_first_child (widget)); child != NULL; \
       child = next_laid_out (gtk_widget_get_next_sibling (child)))

static int
natural_width (GtkWidget *child)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

static int
height_for_width (GtkWidget *child,
                  int        width)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

/* What all children need in one line, and what they cannot do without. */
static void
measure_widths (JugglerFoldLayout *self,
                GtkWidget         *widget,
                int               *line,
                int               *minimum)
{
  int n_children = 0;
  int n_needed = 0;

  *line = *minimum = 0;
  FOR_EACH_CHILD (child, widget)
    {
      int child_minimum, child_natural;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural, NULL, NULL);
      *line += child_natural + (n_children++ > 0 ? self->spacing : 0);
      if (self->policy != JUGGLER_FOLD_DROP)
        *minimum = MAX (*minimum, child_minimum);
      else if (!is_optional (child))
        *minimum += child_minimum + (n_needed++ > 0 ? self->spacing : 0);
    }
}

static gboolean
fits_in_line (JugglerFoldLayout *self,
              GtkWidget         *widget,
              int                width)
{
  int line, minimum;

  measure_widths (self, widget, &line, &minimum);
  return width < 0 || self->policy == JUGGLER_FOLD_DROP || line <= width;
}

/* Labels in fonts of different heights stand on one line only by their base lines. */
static int
common_baseline (GtkWidget *child,
                 GtkWidget *end)
{
  int common = -1;

  for (; child != end; child = next_laid_out (gtk_widget_get_next_sibling (child)))
    {
      int baseline;

      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, natural_width (child), NULL, NULL, NULL, &baseline);
      common = MAX (common, baseline);
    }
  return common;
}

/* Where the line that begins with `first` ends: the first child behind it, how wide and how high it is, and how many
 * of its children want what is left of the width. */
static GtkWidget *
measure_line (JugglerFoldLayout *self,
              GtkWidget         *first,
              int                width,
              gboolean           one_line,
              int               *used,
              int               *height,
              int               *n_expand)
{
  gboolean   in_line = one_line || self->policy == JUGGLER_FOLD_WRAP;
  GtkWidget *child = first;

  *used = *height = *n_expand = 0;
  while (child != NULL)
    {
      int natural = MIN (natural_width (child), width);

      if (child != first &&
          (self->policy != JUGGLER_FOLD_WRAP || *used + self->spacing + natural > width) && !one_line)
        break;
      *used += natural + (child != first ? self->spacing : 0);
      *height = MAX (*height, height_for_width (child, in_line ? natural : width));
      if (gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL))
        *n_expand += 1;
      child = next_laid_out (gtk_widget_get_next_sibling (child));
    }
  return child;
}

static GtkWidget *
skip_hidden (GtkWidget *child,
             gboolean   one_line)
{
  while (child != NULL && !one_line && is_optional (child))
    child = next_laid_out (gtk_widget_get_next_sibling (child));
  return child;
}

static int
measure_height (JugglerFoldLayout *self,
                GtkWidget         *widget,
                int                width)
{
  gboolean   one_line = fits_in_line (self, widget, width);
  GtkWidget *child = next_laid_out (gtk_widget_get_first_child (widget));
  int        total = 0;

  if (width < 0)
    width = G_MAXINT / 2;
  while ((child = skip_hidden (child, one_line)) != NULL)
    {
      int used, height, n_expand;

      child = measure_line (self, child, width, one_line, &used, &height, &n_expand);
      total += height + (total > 0 ? self->line_spacing : 0);
    }
  return total;
}

static GtkSizeRequestMode
juggler_fold_layout_get_request_mode (GtkLayoutManager *manager,
                                      GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
juggler_fold_layout_measure (GtkLayoutManager *manager,
                             GtkWidget        *widget,
                             GtkOrientation    orientation,
                             int               for_size,
                             int              *minimum,
                             int              *natural,
                             int              *minimum_baseline,
                             int              *natural_baseline)
{
  JugglerFoldLayout *self = JUGGLER_FOLD_LAYOUT (manager);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_widths (self, widget, natural, minimum);
      *natural = MAX (*minimum, *natural);
    }
  else
    *minimum = *natural = measure_height (self, widget, for_size);
}

/* Places the children from `child` up to `end` side by side from the left; what is left of the width goes in equal
 * parts to those that want it. */
static void
allocate_line (JugglerFoldLayout *self,
               GtkWidget         *widget,
               GtkWidget         *child,
               GtkWidget         *end,
               int                width,
               int                y,
               int                height,
               int                extra,
               int                n_expand,
               gboolean           whole_width)
{
  gboolean right_to_left = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int      baseline = whole_width ? -1 : common_baseline (child, end);
  int      x = 0;

  for (; child != end; child = next_laid_out (gtk_widget_get_next_sibling (child)))
    {
      int own = whole_width ? width : MIN (natural_width (child), width);

      gtk_widget_set_child_visible (child, TRUE);
      if (n_expand > 0 && !whole_width && gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL))
        {
          own += extra / n_expand;
          extra -= extra / n_expand;
          n_expand -= 1;
        }
      gtk_widget_size_allocate (child, &(GtkAllocation) { right_to_left ? width - x - own : x, y, own, height },
                                baseline);
      x += own + self->spacing;
    }
}

/* All in one line, without what has no room. If even that is too wide, whoever can be narrower is. */
static void
allocate_dropping (JugglerFoldLayout *self,
                   GtkWidget         *widget,
                   int                width,
                   int                height)
{
  gboolean right_to_left = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int      baseline = common_baseline (next_laid_out (gtk_widget_get_first_child (widget)), NULL);
  int      line, minimum;
  int      x = 0;

  measure_widths (self, widget, &line, &minimum);
  FOR_EACH_CHILD (child, widget)
    {
      gboolean dropped = is_optional (child) && line > width;

      gtk_widget_set_child_visible (child, !dropped);
      if (dropped)
        line -= natural_width (child) + self->spacing;
    }
  FOR_EACH_CHILD (child, widget)
    {
      int own = natural_width (child);

      if (!gtk_widget_get_child_visible (child))
        continue;
      if (gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL))
        own += width - line;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      own = MAX (own, minimum);
      gtk_widget_size_allocate (child, &(GtkAllocation) { right_to_left ? width - x - own : x, 0, own, height },
                                baseline);
      x += own + self->spacing;
    }
}

static void
juggler_fold_layout_allocate (GtkLayoutManager *manager,
                              GtkWidget        *widget,
                              int               width,
                              int               height,
                              int               baseline)
{
  JugglerFoldLayout *self = JUGGLER_FOLD_LAYOUT (manager);
  gboolean           one_line = fits_in_line (self, widget, width);
  GtkWidget         *child = next_laid_out (gtk_widget_get_first_child (widget));
  int                y = 0;

  if (self->policy == JUGGLER_FOLD_DROP)
    {
      allocate_dropping (self, widget, width, height);
      return;
    }
  FOR_EACH_CHILD (hidden, widget)
    if (!one_line && is_optional (hidden))
      gtk_widget_set_child_visible (hidden, FALSE);

  while ((child = skip_hidden (child, one_line)) != NULL)
    {
      gboolean   whole_width = !one_line && self->policy != JUGGLER_FOLD_WRAP;
      int        used, line_height, n_expand;
      GtkWidget *end = measure_line (self, child, width, one_line, &used, &line_height, &n_expand);

      if (one_line)
        line_height = MAX (line_height, height);
      allocate_line (self, widget, child, end, width, y, line_height, MAX (width - used, 0), n_expand, whole_width);
      y += line_height + self->line_spacing;
      child = end;
    }
}

static void
juggler_fold_layout_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  JugglerFoldLayout *self = JUGGLER_FOLD_LAYOUT (object);

  switch (prop_id)
    {
    case PROP_POLICY:
      g_value_set_enum (value, (int) self->policy);
      break;
    case PROP_SPACING:
      g_value_set_int (value, self->spacing);
      break;
    case PROP_LINE_SPACING:
      g_value_set_int (value, self->line_spacing);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
juggler_fold_layout_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  JugglerFoldLayout *self = JUGGLER_FOLD_LAYOUT (object);

  switch (prop_id)
    {
    case PROP_POLICY:
      self->policy = (JugglerFoldPolicy) g_value_get_enum (value);
      break;
    case PROP_SPACING:
      self->spacing = g_value_get_int (value);
      break;
    case PROP_LINE_SPACING:
      self->line_spacing = g_value_get_int (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
}

static void
juggler_fold_layout_class_init (JugglerFoldLayoutClass *klass)
{
  GObjectClass          *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  object_class->get_property = juggler_fold_layout_get_property;
  object_class->set_property = juggler_fold_layout_set_property;
  manager_class->get_request_mode = juggler_fold_layout_get_request_mode;
  manager_class->measure = juggler_fold_layout_measure;
  manager_class->allocate = juggler_fold_layout_allocate;

  properties[PROP_POLICY] = g_param_spec_enum ("policy", NULL, NULL, JUGGLER_TYPE_FOLD_POLICY, JUGGLER_FOLD_WRAP,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SPACING] = g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT16, 0,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LINE_SPACING] = g_param_spec_int ("line-spacing", NULL, NULL, 0, G_MAXINT16, 0,
                                                    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
juggler_fold_layout_init (JugglerFoldLayout *self)
{
}

/**
 * juggler_fold_layout_new:
 *
 * Makes a layout that wraps, without spacing. Thread: main.
 *
 * Returns: (transfer full): the layout
 */
GtkLayoutManager *
juggler_fold_layout_new (void)
{
  return g_object_new (JUGGLER_TYPE_FOLD_LAYOUT, NULL);
}
