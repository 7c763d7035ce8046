/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-live-page.h"

#include <glib/gi18n.h>

#include "juggler-fold-box.h"
#include "juggler-format.h"
#include "juggler-numbers.h"
#include "juggler-output-row.h"
#include "juggler-sentence.h"
#include "juggler-worker-row.h"

/* Digits that change faster than four times a second cannot be read. */
#define REFRESH_US 250000

/* From here on the times of the output are in seconds. */
#define SECONDS_FROM_US 1000000

/* Of a row of the lists at the normal size of the text, as in style.css, with its line. */
#define ROW_HEIGHT 30

/* The names of workers, in characters: all rows of a run give them the same width. */
#define MIN_NAME_CHARS 7
#define MAX_NAME_CHARS 18

/* What the page wants to be wide, whatever its texts would like: the sidebar folds when it cannot be. */
#define NATURAL_WIDTH 640

struct _JugglerLivePage
{
  GtkWidget parent_instance;

  char         *description;
  JugglerRun   *run;
  guint         run_number;
  gint64        elapsed; /* as shown, us */
  gboolean      in_seconds;
  int           name_chars;
  char         *lead;
  char         *sentence;
  char         *notes;
  GSignalGroup *run_signals;
  gint64        refreshed; /* monotonic time */
  gboolean      following; /* the end of the output stays in view when more comes */
  double        output_value;
  double        output_upper;
  guint         follow_tick;
  int           frames_to_follow;

  /* Template widgets */
  JugglerNumbers *numbers;
  GtkNoSelection *output_model;
  GtkNoSelection *worker_model;
  GtkListView    *output_view;
  GtkListView    *worker_view;
  GtkScrolledWindow *output_scroller;
};

enum
{
  PROP_0,
  PROP_DESCRIPTION,
  PROP_RUN,
  PROP_RUN_NUMBER,
  PROP_ELAPSED,
  PROP_IN_SECONDS,
  PROP_NAME_CHARS,
  PROP_LEAD,
  PROP_SENTENCE,
  PROP_NOTES,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (JugglerLivePage, juggler_live_page, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

static void
take_text (JugglerLivePage  *self,
           char            **field,
           char             *text,
           int               property)
{
  if (g_strcmp0 (*field, text) == 0)
    {
      g_free (text);
      return;
    }
  g_free (*field);
  *field = text;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/* What was not as the document asked, and what went wrong beside: a line each. */
static char *
collect_notes (JugglerRun *run)
{
  JugglerResult *result = juggler_run_get_result (run);
  GListModel    *diagnostics = juggler_run_get_diagnostics (run);
  GString       *text = g_string_new (NULL);

  for (guint i = 0; result != NULL && i < juggler_result_get_n_notes (result); i++)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", juggler_result_get_note (result, i));
  for (guint i = 0; i < g_list_model_get_n_items (diagnostics); i++)
    {
      g_autoptr (JugglerDiagnostic) diagnostic = g_list_model_get_item (diagnostics, i);
      const char                   *message = juggler_diagnostic_get_message (diagnostic);
      const GError                 *error = juggler_run_get_error (run);

      if (strstr (text->str, message) != NULL || (error != NULL && strcmp (error->message, message) == 0))
        continue;
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", message);
    }
  return g_string_free (text, FALSE);
}

static void
update_words (JugglerLivePage *self)
{
  JugglerRunState  state = self->run != NULL ? juggler_run_get_state (self->run) : JUGGLER_RUN_IDLE;
  const GError    *error = self->run != NULL ? juggler_run_get_error (self->run) : NULL;
  char            *lead = NULL;
  char            *sentence = NULL;

  if (state == JUGGLER_RUN_ENDED)
    sentence = juggler_sentence_for_run (self->run);
  else if (state == JUGGLER_RUN_REFUSED)
    lead = g_strdup (_("The machine refused it. The experiment itself is right."));
  else if (state == JUGGLER_RUN_FAILED)
    lead = g_strdup (juggler_run_get_monotonic_ns (self->run) == 0 ? _("This run could not begin.")
                                                                   : _("This run did not come to an end."));
  if (error != NULL && sentence == NULL)
    sentence = g_strdup (error->message);
  take_text (self, &self->lead, lead, PROP_LEAD);
  take_text (self, &self->sentence, sentence, PROP_SENTENCE);
  take_text (self, &self->notes, self->run != NULL ? collect_notes (self->run) : NULL, PROP_NOTES);
}

static void
refresh (JugglerLivePage *self)
{
  JugglerResult *result = self->run != NULL ? juggler_run_get_result (self->run) : NULL;
  gint64         elapsed = self->run != NULL ? juggler_run_get_elapsed (self->run) : 0;

  if (result != NULL)
    elapsed = (gint64) (juggler_result_get_wall_ms (result) * 1000.0);
  self->refreshed = g_get_monotonic_time ();
  self->elapsed = elapsed;
  juggler_numbers_refresh (self->numbers);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ELAPSED]);
  if (self->in_seconds != (elapsed >= SECONDS_FROM_US))
    {
      self->in_seconds = !self->in_seconds;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IN_SECONDS]);
    }
}

/* Whoever looks at the last line goes on looking at the last line; whoever scrolls back is left in peace: the value
 * falls, while nothing else has changed. */
static void
output_scrolled_cb (JugglerLivePage *self,
                    GtkAdjustment   *adjustment)
{
  double value = gtk_adjustment_get_value (adjustment);
  double upper = gtk_adjustment_get_upper (adjustment);

  if (value + gtk_adjustment_get_page_size (adjustment) >= upper - 1)
    self->following = TRUE;
  else if (value < self->output_value && upper == self->output_upper)
    self->following = FALSE;
  self->output_value = value;
  self->output_upper = upper;
}

/* In the first frame the view makes room for what has come, in the second it can go there. */
static gboolean
follow_output_cb (GtkWidget     *widget,
                  GdkFrameClock *clock,
                  gpointer       data)
{
  JugglerLivePage *self = data;
  guint            n_lines = g_list_model_get_n_items (G_LIST_MODEL (self->output_model));

  if (--self->frames_to_follow > 0)
    return G_SOURCE_CONTINUE;
  self->follow_tick = 0;
  if (n_lines > 0)
    gtk_widget_activate_action (GTK_WIDGET (self->output_view), "list.scroll-to-item", "u", n_lines - 1);
  return G_SOURCE_REMOVE;
}

static void
follow_output (JugglerLivePage *self)
{
  if (!self->following)
    return;
  self->frames_to_follow = 2;
  if (self->follow_tick == 0)
    self->follow_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), follow_output_cb, self, NULL);
}

static void
elapsed_cb (JugglerLivePage *self)
{
  if (g_get_monotonic_time () - self->refreshed >= REFRESH_US)
    refresh (self);
}

static void
state_cb (JugglerLivePage *self)
{
  refresh (self);
  follow_output (self); /* the sentence takes some of its room */
  update_words (self);
}

static int
longest_name (JugglerRun *run)
{
  GListModel *workers = juggler_run_get_workers (run);
  glong       longest = MIN_NAME_CHARS;

  for (guint i = 0; i < g_list_model_get_n_items (workers); i++)
    {
      g_autoptr (JugglerWorker) worker = g_list_model_get_item (workers, i);

      longest = MAX (longest, g_utf8_strlen (juggler_worker_get_name (worker), -1));
    }
  return (int) MIN (longest, MAX_NAME_CHARS);
}

static void
set_run (JugglerLivePage *self,
         JugglerRun      *run)
{
  if (!g_set_object (&self->run, run))
    return;
  self->following = TRUE;
  if (run != NULL)
    self->name_chars = longest_name (run);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME_CHARS]);
  g_signal_group_set_target (self->run_signals, run);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUN]);
  gtk_no_selection_set_model (self->worker_model, run != NULL ? juggler_run_get_workers (run) : NULL);
  gtk_no_selection_set_model (self->output_model, run != NULL ? juggler_run_get_output (run) : NULL);
  state_cb (self);
}

/* Formatters of the template. */

static char *
run_text (JugglerLivePage *self,
          guint            run_number)
{
  g_autofree char *number = juggler_format_unsigned (run_number);

  /* Translators: the number of a run: "Run 7". */
  return g_strdup_printf (C_("meta", "Run %s"), number);
}

static char *
cores_text (JugglerLivePage *self,
            JugglerRun      *run,
            JugglerResult   *result)
{
  guint n_machine = g_get_num_processors ();
  guint n_cores = juggler_document_get_settings (juggler_run_get_document (run))->cores;

  if (result != NULL)
    n_cores = juggler_result_get_cores (result);
  else if (n_cores == 0 || n_cores > n_machine)
    n_cores = n_machine;
  /* Translators: how many cores of the machine's the run could use. */
  return g_strdup_printf (ngettext ("%u of %u core", "%u of %u cores", n_machine), n_cores, MAX (n_machine, n_cores));
}

static char *
elapsed_text (JugglerLivePage *self,
              gint64           elapsed,
              JugglerRunState  state)
{
  char tenths[G_ASCII_DTOSTR_BUF_SIZE];

  if (state == JUGGLER_RUN_ENDED)
    return juggler_format_duration ((double) elapsed);
  if (state != JUGGLER_RUN_RUNNING)
    return g_strdup ("");
  g_ascii_formatd (tenths, sizeof tenths, "%.1f", (double) elapsed / 1e6);
  /* Translators: seconds that a run has lasted so far; keep the thin space (U+2009). */
  return g_strdup_printf (C_("meta", "%s\342\200\211s"), tenths);
}

static char *
provoked_text (JugglerLivePage *self,
               JugglerResult   *result)
{
  return g_strdup (result != NULL && juggler_result_get_n_provoked (result) > 0 ? C_("meta", "provoked") : "");
}

/* What is stuck is as bad as what is lost. */
static char **
sentence_classes (JugglerLivePage *self,
                  JugglerOutcome   outcome)
{
  const char *const classes[] = { "sentence", outcome == JUGGLER_OUTCOME_DEADLOCK ? "stuck" : NULL, NULL };

  return g_strdupv ((char **) classes);
}

static char *
lines_text (JugglerLivePage *self,
            guint            n_lines,
            JugglerRunState  state)
{
  g_autofree char *number = juggler_format_unsigned (n_lines);
  g_autofree char *lines = g_strdup_printf (ngettext ("%s line", "%s lines", n_lines), number);

  if (n_lines == 0)
    return g_strdup ("");
  if (state == JUGGLER_RUN_RUNNING)
    /* Translators: beside the heading of the output while it grows: "arriving · 4 lines". */
    return g_strdup_printf (_("arriving · %s"), lines);
  return g_steal_pointer (&lines);
}

static char *
nothing_text (JugglerLivePage *self,
              JugglerRunState  state)
{
  switch (state)
    {
    case JUGGLER_RUN_STARTING:
    case JUGGLER_RUN_RUNNING:
      return g_strdup (_("Nothing printed so far."));
    case JUGGLER_RUN_ENDED:
    case JUGGLER_RUN_REFUSED:
    case JUGGLER_RUN_FAILED:
      return g_strdup (_("Nothing was printed."));
    case JUGGLER_RUN_IDLE:
    default:
      return g_strdup (_("Not run yet. What the workers print appears here."));
    }
}

/* A list may shrink to three rows, but not below what it has. */
static int
least_height (JugglerLivePage *self,
              guint            n_rows)
{
  return (int) MIN (n_rows, 3) * ROW_HEIGHT;
}

static gboolean
is_zero (JugglerLivePage *self,
         guint            number)
{
  return number == 0;
}

static gboolean
is_positive (JugglerLivePage *self,
             guint            number)
{
  return number > 0;
}

static gboolean
has_text (JugglerLivePage *self,
          const char      *text)
{
  return text != NULL && *text != '\0';
}

/* Lists. */

static void
setup_worker_cb (GtkSignalListItemFactory *factory,
                 GtkListItem              *item,
                 JugglerLivePage          *self)
{
  GtkWidget *row = juggler_worker_row_new ();

  gtk_list_item_set_activatable (item, FALSE);
  g_object_bind_property (self, "name-chars", row, "name-chars", G_BINDING_SYNC_CREATE);
  gtk_list_item_set_child (item, row);
}

static void
bind_worker_cb (GtkSignalListItemFactory *factory,
                GtkListItem              *item,
                JugglerLivePage          *self)
{
  g_object_set (gtk_list_item_get_child (item), "worker", gtk_list_item_get_item (item), "run", self->run, NULL);
}

static void
unbind_worker_cb (GtkSignalListItemFactory *factory,
                  GtkListItem              *item,
                  JugglerLivePage          *self)
{
  g_object_set (gtk_list_item_get_child (item), "worker", NULL, "run", NULL, NULL);
}

static void
setup_line_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *item,
               JugglerLivePage          *self)
{
  GtkWidget *row = juggler_output_row_new ();

  gtk_list_item_set_activatable (item, FALSE);
  g_object_bind_property (self, "name-chars", row, "name-chars", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self, "in-seconds", row, "in-seconds", G_BINDING_SYNC_CREATE);
  gtk_list_item_set_child (item, row);
}

static void
bind_line_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *item,
              JugglerLivePage          *self)
{
  g_object_set (gtk_list_item_get_child (item), "line", gtk_list_item_get_item (item), "run", self->run, NULL);
}

static void
unbind_line_cb (GtkSignalListItemFactory *factory,
                GtkListItem              *item,
                JugglerLivePage          *self)
{
  g_object_set (gtk_list_item_get_child (item), "line", NULL, "run", NULL, NULL);
}

static void
juggler_live_page_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  gtk_widget_measure (gtk_widget_get_first_child (widget), orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = MAX (*minimum, NATURAL_WIDTH);
}

static void
juggler_live_page_size_allocate (GtkWidget *widget,
                                 int        width,
                                 int        height,
                                 int        baseline)
{
  gtk_widget_allocate (gtk_widget_get_first_child (widget), width, height, -1, NULL);
}

static void
juggler_live_page_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  JugglerLivePage *self = JUGGLER_LIVE_PAGE (object);

  switch (prop_id)
    {
    case PROP_DESCRIPTION:
      g_value_set_string (value, self->description);
      break;
    case PROP_RUN:
      g_value_set_object (value, self->run);
      break;
    case PROP_RUN_NUMBER:
      g_value_set_uint (value, self->run_number);
      break;
    case PROP_ELAPSED:
      g_value_set_int64 (value, self->elapsed);
      break;
    case PROP_IN_SECONDS:
      g_value_set_boolean (value, self->in_seconds);
      break;
    case PROP_NAME_CHARS:
      g_value_set_int (value, self->name_chars);
      break;
    case PROP_LEAD:
      g_value_set_string (value, self->lead);
      break;
    case PROP_SENTENCE:
      g_value_set_string (value, self->sentence);
      break;
    case PROP_NOTES:
      g_value_set_string (value, self->notes);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
juggler_live_page_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  JugglerLivePage *self = JUGGLER_LIVE_PAGE (object);

  switch (prop_id)
    {
    case PROP_DESCRIPTION:
      take_text (self, &self->description, g_value_dup_string (value), PROP_DESCRIPTION);
      break;
    case PROP_RUN:
      set_run (self, g_value_get_object (value));
      break;
    case PROP_RUN_NUMBER:
      if (self->run_number == g_value_get_uint (value))
        break;
      self->run_number = g_value_get_uint (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
juggler_live_page_dispose (GObject *object)
{
  JugglerLivePage *self = JUGGLER_LIVE_PAGE (object);
  GtkWidget       *child;

  if (self->follow_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->follow_tick);
  self->follow_tick = 0;
  g_clear_object (&self->run_signals);
  gtk_widget_dispose_template (GTK_WIDGET (object), JUGGLER_TYPE_LIVE_PAGE);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->run);
  G_OBJECT_CLASS (juggler_live_page_parent_class)->dispose (object);
}

static void
juggler_live_page_finalize (GObject *object)
{
  JugglerLivePage *self = JUGGLER_LIVE_PAGE (object);

  g_free (self->description);
  g_free (self->lead);
  g_free (self->sentence);
  g_free (self->notes);
  G_OBJECT_CLASS (juggler_live_page_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags writable = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_DESCRIPTION] = g_param_spec_string ("description", NULL, NULL, NULL, writable);
  properties[PROP_RUN] = g_param_spec_object ("run", NULL, NULL, JUGGLER_TYPE_RUN, writable);
  properties[PROP_RUN_NUMBER] = g_param_spec_uint ("run-number", NULL, NULL, 0, G_MAXUINT, 0, writable);
  properties[PROP_ELAPSED] = g_param_spec_int64 ("elapsed", NULL, NULL, 0, G_MAXINT64, 0, readable);
  properties[PROP_IN_SECONDS] = g_param_spec_boolean ("in-seconds", NULL, NULL, FALSE, readable);
  properties[PROP_NAME_CHARS] = g_param_spec_int ("name-chars", NULL, NULL, 0, G_MAXINT, MIN_NAME_CHARS, readable);
  properties[PROP_LEAD] = g_param_spec_string ("lead", NULL, NULL, NULL, readable);
  properties[PROP_SENTENCE] = g_param_spec_string ("sentence", NULL, NULL, NULL, readable);
  properties[PROP_NOTES] = g_param_spec_string ("notes", NULL, NULL, NULL, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (JUGGLER_TYPE_FOLD_BOX);
  g_type_ensure (JUGGLER_TYPE_NUMBERS);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/juggler/Juggler/juggler-live-page.ui");
  gtk_widget_class_bind_template_child (widget_class, JugglerLivePage, numbers);
  gtk_widget_class_bind_template_child (widget_class, JugglerLivePage, output_model);
  gtk_widget_class_bind_template_child (widget_class, JugglerLivePage, output_scroller);
  gtk_widget_class_bind_template_child (widget_class, JugglerLivePage, output_view);
  gtk_widget_class_bind_template_child (widget_class, JugglerLivePage, worker_model);
  gtk_widget_class_bind_template_child (widget_class, JugglerLivePage, worker_view);
  gtk_widget_class_bind_template_callback (widget_class, run_text);
  gtk_widget_class_bind_template_callback (widget_class, cores_text);
  gtk_widget_class_bind_template_callback (widget_class, elapsed_text);
  gtk_widget_class_bind_template_callback (widget_class, provoked_text);
  gtk_widget_class_bind_template_callback (widget_class, lines_text);
  gtk_widget_class_bind_template_callback (widget_class, nothing_text);
  gtk_widget_class_bind_template_callback (widget_class, is_zero);
  gtk_widget_class_bind_template_callback (widget_class, least_height);
  gtk_widget_class_bind_template_callback (widget_class, is_positive);
  gtk_widget_class_bind_template_callback (widget_class, has_text);
  gtk_widget_class_bind_template_callback (widget_class, sentence_classes);
  gtk_widget_class_bind_template_callback (widget_class, setup_worker_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_worker_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_worker_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_line_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_line_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_line_cb);
}

static void
juggler_live_page_class_init (JugglerLivePageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = juggler_live_page_dispose;
  object_class->finalize = juggler_live_page_finalize;
  object_class->get_property = juggler_live_page_get_property;
  object_class->set_property = juggler_live_page_set_property;
  widget_class->measure = juggler_live_page_measure;
  widget_class->size_allocate = juggler_live_page_size_allocate;
  install_properties (object_class);
  bind_template (widget_class);
}

static void
juggler_live_page_init (JugglerLivePage *self)
{
  self->run_signals = g_signal_group_new (JUGGLER_TYPE_RUN);
  g_signal_group_connect_swapped (self->run_signals, "notify::elapsed", G_CALLBACK (elapsed_cb), self);
  g_signal_group_connect_swapped (self->run_signals, "notify::state", G_CALLBACK (state_cb), self);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->output_scroller), "value-changed",
                           G_CALLBACK (output_scrolled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->output_model, "items-changed", G_CALLBACK (follow_output), self, G_CONNECT_SWAPPED);
}

/**
 * juggler_live_page_new:
 *
 * Makes a page without a run. Thread: main.
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
juggler_live_page_new (void)
{
  return g_object_new (JUGGLER_TYPE_LIVE_PAGE, NULL);
}
