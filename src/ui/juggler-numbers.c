/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-numbers.h"

#include <glib/gi18n.h>

#include "juggler-copy.h"
#include "juggler-equation.h"
#include "juggler-fold-box.h"
#include "juggler-format.h"
#include "juggler-tally.h"
#include "juggler-term.h"

/* More values than this are no picture any more. */
#define MAX_COPIES 8

/* Of a longer list the first elements stand for the rest. */
#define MAX_LIST_ELEMENTS 12

struct _JugglerNumbers
{
  GtkWidget parent_instance;

  JugglerRun *run;
  GBytes     *plan;    /* nullable: of a document that this version cannot run */
  GPtrArray  *figures; /* Figure, one a global that is shown */
  GtkWidget  *time;    /* where no global is to be shown, how long it takes; borrowed from the widget tree */
};

/* How one global is shown. */
typedef struct
{
  JugglerGlobal   *global;   /* owned */
  JugglerEquation *equation; /* borrowed from the widget tree; or NULL */
  GPtrArray       *copies;   /* of JugglerCopy, borrowed; or NULL */
  GtkWidget       *term;     /* the one value that all see, borrowed; or NULL */
  gboolean         tallied;  /* what it should be by now is known */
} Figure;

enum
{
  PROP_0,
  PROP_RUN,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (JugglerNumbers, juggler_numbers, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

static void
figure_free (gpointer data)
{
  Figure *figure = data;

  g_object_unref (figure->global);
  g_clear_pointer (&figure->copies, g_ptr_array_unref);
  g_free (figure);
}

/* Whether a value can be told of this worker: main and each process that has a copy; of a list that all share,
 * everybody, for that they see the same is what it is about. */
static gboolean
has_own_view (JugglerWorker *worker,
              gboolean       separate)
{
  if (juggler_worker_get_index (worker) == 0)
    return TRUE;
  return !separate || juggler_worker_get_kind (worker) == JUGGLER_KIND_PROCESS;
}

static GtkWidget *
new_copies (JugglerNumbers *self,
            Figure         *figure,
            const char     *title)
{
  GListModel *workers = juggler_run_get_workers (self->run);
  GtkWidget  *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget  *row = juggler_fold_box_new (JUGGLER_FOLD_WRAP, 20, 6);
  gboolean    separate = juggler_global_get_separate (figure->global);
  guint       n_left_out = 0;

  figure->copies = g_ptr_array_new ();
  for (guint i = 0; i < g_list_model_get_n_items (workers); i++)
    {
      g_autoptr (JugglerWorker) worker = g_list_model_get_item (workers, i);
      GtkWidget                *copy;

      if (!has_own_view (worker, separate))
        continue;
      if (figure->copies->len == MAX_COPIES)
        {
          n_left_out += 1;
          continue;
        }
      copy = juggler_copy_new (worker);
      juggler_fold_box_append (JUGGLER_FOLD_BOX (row), copy);
      g_ptr_array_add (figure->copies, copy);
    }
  if (title != NULL)
    {
      GtkWidget *label = gtk_label_new (title);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_add_css_class (label, "section-heading");
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_box_append (GTK_BOX (box), row);
  if (n_left_out > 0)
    {
      /* Translators: of the workers whose values are shown, so many have found no room. */
      g_autofree char *text =
        g_strdup_printf (ngettext ("and in %u more worker", "and in %u more workers", n_left_out), n_left_out);
      GtkWidget       *label = gtk_label_new (text);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_add_css_class (label, "footnote");
      gtk_box_append (GTK_BOX (box), label);
    }
  return box;
}

static const JugglerPlan *
get_plan (JugglerNumbers *self)
{
  return self->plan != NULL ? g_bytes_get_data (self->plan, NULL) : NULL;
}

static void
build (JugglerNumbers *self)
{
  GListModel *globals = juggler_run_get_globals (self->run);
  guint       n_globals = g_list_model_get_n_items (globals);

  self->plan = juggler_document_compile (juggler_run_get_document (self->run), NULL); /* starting it says why not */

  for (guint i = 0; i < n_globals; i++)
    {
      Figure     *figure = g_new0 (Figure, 1);
      GtkWidget  *widget;
      const char *name;

      figure->global = g_list_model_get_item (globals, i);
      name = juggler_global_get_name (figure->global);
      if (juggler_global_get_has_expected (figure->global) && !juggler_global_get_separate (figure->global))
        {
          widget = juggler_equation_new (n_globals > 1 ? name : NULL);
          figure->equation = JUGGLER_EQUATION (widget);
          figure->tallied = self->plan != NULL && juggler_tally_is_known (get_plan (self), i);
        }
      else if (!juggler_global_get_separate (figure->global) && !juggler_global_get_is_list (figure->global))
        widget = figure->term = g_object_new (JUGGLER_TYPE_TERM, "caption", name, "halign", GTK_ALIGN_START, NULL);
      else
        widget = new_copies (self, figure, name);
      gtk_widget_set_parent (widget, GTK_WIDGET (self));
      g_ptr_array_add (self->figures, figure);
    }
  if (n_globals == 0)
    {
      self->time = g_object_new (JUGGLER_TYPE_TERM, "halign", GTK_ALIGN_START, NULL);
      gtk_widget_set_parent (self->time, GTK_WIDGET (self));
    }
}

static void
clear (JugglerNumbers *self)
{
  GtkWidget *child;

  g_ptr_array_set_size (self->figures, 0);
  g_clear_pointer (&self->plan, g_bytes_unref);
  self->time = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}

static JugglerEquationPhase
get_phase (JugglerNumbers *self)
{
  switch (juggler_run_get_state (self->run))
    {
    case JUGGLER_RUN_RUNNING:
      return JUGGLER_EQUATION_RUNNING;
    case JUGGLER_RUN_ENDED:
      return juggler_run_get_outcome (self->run) == JUGGLER_OUTCOME_FINISHED ? JUGGLER_EQUATION_FINISHED
                                                                             : JUGGLER_EQUATION_CUT_SHORT;
    case JUGGLER_RUN_REFUSED:
    case JUGGLER_RUN_FAILED:
    case JUGGLER_RUN_IDLE:
    case JUGGLER_RUN_STARTING:
    default:
      return JUGGLER_EQUATION_IDLE;
    }
}

static void
refresh_equation (JugglerNumbers *self,
                  Figure         *figure)
{
  JugglerEquationValues values = {
    .phase = get_phase (self),
    .expected = juggler_global_get_expected (figure->global),
    .actual = juggler_global_get_value (figure->global),
    .has_by_now = figure->tallied,
  };

  if (figure->tallied)
    values.by_now = juggler_tally_count (get_plan (self), juggler_global_get_index (figure->global),
                                         juggler_run_get_workers (self->run));

  juggler_equation_show (figure->equation, &values);
}

/* While the run lasts: what the worker wrote last. Lists say only how long they are, and of what others did to a
 * copy nobody knows. */
static char *
value_so_far (JugglerGlobal *global,
              guint          worker)
{
  GListModel *all = juggler_global_get_series (global);

  if (juggler_global_get_is_list (global))
    return NULL;
  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (JugglerSeries) series = g_list_model_get_item (all, i);
      guint                     n_points;
      const JugglerPoint       *points = juggler_series_get_points (series, &n_points);

      if (juggler_series_get_worker (series) == worker && n_points > 0)
        return juggler_format_integer (points[n_points - 1].value);
    }
  return NULL;
}

static char *
value_at_end (JugglerResult *result,
              guint          global,
              guint          index)
{
  const JugglerResultWorker *worker = juggler_result_get_worker (result, index);
  const JugglerResultValue  *value;

  if (index == 0)
    value = juggler_result_get_global (result, global);
  else if (worker->started)
    value = &worker->globals[global];
  else
    return NULL;
  if (!value->is_list)
    return juggler_format_integer (value->value);
  return juggler_format_list (value->values, (gsize) value->value, MAX_LIST_ELEMENTS);
}

static void
refresh_copies (JugglerNumbers *self,
                Figure         *figure)
{
  JugglerResult *result = juggler_run_get_result (self->run);
  guint          global = juggler_global_get_index (figure->global);

  for (guint i = 0; i < figure->copies->len; i++)
    {
      JugglerCopy     *copy = g_ptr_array_index (figure->copies, i);
      guint            worker = juggler_worker_get_index (juggler_copy_get_worker (copy));
      g_autofree char *text = NULL;

      text = result != NULL ? value_at_end (result, global, worker) : value_so_far (figure->global, worker);
      juggler_copy_set_value (copy, text, juggler_global_get_is_list (figure->global));
    }
}

static void
refresh_term (JugglerNumbers *self,
              Figure         *figure)
{
  g_autofree char *text = juggler_format_integer (juggler_global_get_value (figure->global));

  g_object_set (figure->term, "number", text, NULL);
}

static void
refresh_time (JugglerNumbers *self)
{
  JugglerResult   *result = juggler_run_get_result (self->run);
  g_autofree char *text = NULL;
  char             tenths[G_ASCII_DTOSTR_BUF_SIZE];

  if (result != NULL)
    text = juggler_format_duration (juggler_result_get_wall_ms (result) * 1000.0);
  else if (juggler_run_get_state (self->run) == JUGGLER_RUN_RUNNING)
    {
      g_ascii_formatd (tenths, sizeof tenths, "%.1f", (double) juggler_run_get_elapsed (self->run) / 1e6);
      /* Translators: seconds that a run has lasted so far; keep the thin space (U+2009). */
      text = g_strdup_printf (C_("big number", "%s\342\200\211s"), tenths);
    }
  g_object_set (self->time, "caption", result != NULL ? C_("big number", "Took") : C_("big number", "Time"), "number",
                text != NULL ? text : "?", "pending", text == NULL, NULL);
}

static void
juggler_numbers_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_RUN:
      g_value_set_object (value, JUGGLER_NUMBERS (object)->run);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
juggler_numbers_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_RUN:
      juggler_numbers_set_run (JUGGLER_NUMBERS (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
juggler_numbers_dispose (GObject *object)
{
  JugglerNumbers *self = JUGGLER_NUMBERS (object);

  clear (self);
  g_clear_object (&self->run);
  G_OBJECT_CLASS (juggler_numbers_parent_class)->dispose (object);
}

static void
juggler_numbers_finalize (GObject *object)
{
  g_ptr_array_unref (JUGGLER_NUMBERS (object)->figures);
  G_OBJECT_CLASS (juggler_numbers_parent_class)->finalize (object);
}

static void
juggler_numbers_class_init (JugglerNumbersClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = juggler_numbers_dispose;
  object_class->finalize = juggler_numbers_finalize;
  object_class->get_property = juggler_numbers_get_property;
  object_class->set_property = juggler_numbers_set_property;

  properties[PROP_RUN] = g_param_spec_object ("run", NULL, NULL, JUGGLER_TYPE_RUN,
                                              G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
juggler_numbers_init (JugglerNumbers *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  self->figures = g_ptr_array_new_with_free_func (figure_free);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 12);
}

/**
 * juggler_numbers_new:
 *
 * Makes an empty place for big numbers. Thread: main.
 *
 * Returns: (transfer floating): the widget
 */
GtkWidget *
juggler_numbers_new (void)
{
  return g_object_new (JUGGLER_TYPE_NUMBERS, NULL);
}

/**
 * juggler_numbers_get_run:
 * @self: the numbers
 *
 * Gets the run whose numbers they are.
 *
 * Returns: (transfer none) (nullable): the run
 */
JugglerRun *
juggler_numbers_get_run (JugglerNumbers *self)
{
  g_return_val_if_fail (JUGGLER_IS_NUMBERS (self), NULL);
  return self->run;
}

/**
 * juggler_numbers_set_run:
 * @self: the numbers
 * @run: (nullable): a run
 *
 * Sets the run whose numbers they are, and shows them as they are now.
 */
void
juggler_numbers_set_run (JugglerNumbers *self,
                         JugglerRun     *run)
{
  g_return_if_fail (JUGGLER_IS_NUMBERS (self));
  if (!g_set_object (&self->run, run))
    return;
  clear (self);
  if (run != NULL)
    build (self);
  juggler_numbers_refresh (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUN]);
}

/**
 * juggler_numbers_refresh:
 * @self: the numbers
 *
 * Shows the values as they are now. Whoever calls it says how often: digits that change more than four times a second
 * cannot be read.
 */
void
juggler_numbers_refresh (JugglerNumbers *self)
{
  g_return_if_fail (JUGGLER_IS_NUMBERS (self));
  for (guint i = 0; i < self->figures->len; i++)
    {
      Figure *figure = g_ptr_array_index (self->figures, i);

      if (figure->equation != NULL)
        refresh_equation (self, figure);
      else if (figure->term != NULL)
        refresh_term (self, figure);
      else
        refresh_copies (self, figure);
    }
  if (self->time != NULL)
    refresh_time (self);
}
