/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-window.h"

#include <glib/gi18n.h>

#include "juggler-fault-page.h"
#include "juggler-live-page.h"
#include "juggler-sidebar.h"

/* What a new window shows: the experiment that says at once what the program is for. */
#define FIRST_EXPERIMENT "lost-updates"

struct _JugglerWindow
{
  AdwApplicationWindow parent_instance;

  GHashTable   *benches; /* JugglerLesson to JugglerBench: what was chosen so far */
  JugglerBench *bench;   /* what is chosen now */
  JugglerBench *busy;    /* whose run is on; one at a time, for runs share the machine's cores */
  gboolean      closing; /* as soon as the run has stopped */

  /* Template widgets */
  AdwFlap        *flap;
  JugglerSidebar *sidebar;
  GtkStack       *pages;
  GtkWidget      *live_page;
  GtkWidget      *fault_page;
  AdwStatusPage  *empty_page;
  GtkWidget      *run_button;
  GtkWidget      *sidebar_button;
  GtkWidget      *menu_button;
};

enum
{
  PROP_0,
  PROP_BENCH,
  PROP_RUNNING,
  PROP_STOPPING,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (JugglerWindow, juggler_window, ADW_TYPE_APPLICATION_WINDOW)

static GParamSpec *properties[N_PROPS];

static gboolean
is_stopping (JugglerWindow *self)
{
  return self->busy != NULL && juggler_bench_get_stopping (self->busy);
}

/* The one place where actions are enabled. */
static void
update_actions (JugglerWindow *self)
{
  gboolean can_run = self->bench != NULL && juggler_bench_get_runnable (self->bench);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.run-or-stop",
                                 self->busy != NULL ? !is_stopping (self) : can_run);
}

static void
busy_changed_cb (JugglerWindow *self)
{
  if (self->busy != NULL && !juggler_bench_get_running (self->busy))
    {
      g_signal_handlers_disconnect_by_func (self->busy, busy_changed_cb, self);
      g_clear_object (&self->busy);
      juggler_sidebar_set_running (self->sidebar, NULL);
    }
  update_actions (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STOPPING]);
  if (self->closing && self->busy == NULL)
    gtk_window_destroy (GTK_WINDOW (self));
}

static void
start (JugglerWindow *self)
{
  g_set_object (&self->busy, self->bench);
  juggler_sidebar_set_running (self->sidebar, juggler_bench_get_experiment (self->bench));
  g_signal_connect_object (self->busy, "notify::running", G_CALLBACK (busy_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->busy, "notify::stopping", G_CALLBACK (busy_changed_cb), self, G_CONNECT_SWAPPED);
  juggler_bench_start (self->bench);
  busy_changed_cb (self);
}

static void
run_or_stop_cb (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  JugglerWindow *self = JUGGLER_WINDOW (widget);

  if (self->busy != NULL)
    juggler_bench_stop (self->busy);
  else if (self->bench != NULL && juggler_bench_get_runnable (self->bench))
    start (self);
}

static void
toggle_sidebar_cb (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  AdwFlap *flap = JUGGLER_WINDOW (widget)->flap;

  adw_flap_set_reveal_flap (flap, !adw_flap_get_reveal_flap (flap));
}

static void
close_cb (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  gtk_window_close (GTK_WINDOW (widget));
}

static void
selected_cb (JugglerWindow *self)
{
  JugglerLesson *experiment = juggler_sidebar_get_selected (self->sidebar);
  JugglerBench  *bench = NULL;

  if (experiment != NULL)
    {
      bench = g_hash_table_lookup (self->benches, experiment);
      if (bench == NULL)
        {
          bench = juggler_bench_new (experiment);
          g_hash_table_insert (self->benches, g_object_ref (experiment), bench);
        }
    }
  if (!g_set_object (&self->bench, bench))
    return;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BENCH]);
  if (bench == NULL)
    gtk_stack_set_visible_child (self->pages, GTK_WIDGET (self->empty_page));
  else
    gtk_stack_set_visible_child (self->pages,
                                 juggler_bench_get_runnable (bench) ? self->live_page : self->fault_page);
  update_actions (self);
}

/* Where the sidebar lies over the page, choosing is done with it. */
static void
chosen_cb (JugglerWindow *self)
{
  if (adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
}

/* Closing ends the run first: no process of it may be left. The window is gone at once all the same. */
static gboolean
juggler_window_close_request (GtkWindow *window)
{
  JugglerWindow *self = JUGGLER_WINDOW (window);

  if (self->busy == NULL)
    return GTK_WINDOW_CLASS (juggler_window_parent_class)->close_request (window);
  if (!self->closing)
    {
      self->closing = TRUE;
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
      juggler_bench_stop (self->busy);
    }
  return GDK_EVENT_STOP;
}

/* Formatters of the template. */

static char *
run_label (JugglerWindow *self,
           gboolean       running)
{
  return g_strdup (running ? C_("button", "Stop") : C_("button", "Run"));
}

static char *
run_icon (JugglerWindow *self,
          gboolean       running)
{
  return g_strdup (running ? "media-playback-stop-symbolic" : "media-playback-start-symbolic");
}

static char *
run_tooltip (JugglerWindow *self,
             gboolean       running)
{
  return g_strdup (running ? _("Stop the Run (Ctrl+R)") : _("Run the Experiment (Ctrl+R)"));
}

static gboolean
can_run_or_stop (JugglerWindow *self,
                 gboolean       running,
                 gboolean       runnable)
{
  return running || runnable;
}

static char *
subtitle (JugglerWindow *self,
          gboolean       runnable)
{
  return g_strdup (runnable ? "" : _("not opened"));
}

static char *
title (JugglerWindow *self,
       const char    *experiment_title)
{
  return g_strdup (experiment_title != NULL && *experiment_title != '\0' ? experiment_title : _("Juggler"));
}

static void
juggler_window_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  JugglerWindow *self = JUGGLER_WINDOW (object);

  switch (prop_id)
    {
    case PROP_BENCH:
      g_value_set_object (value, self->bench);
      break;
    case PROP_RUNNING:
      g_value_set_boolean (value, self->busy != NULL);
      break;
    case PROP_STOPPING:
      g_value_set_boolean (value, is_stopping (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
juggler_window_dispose (GObject *object)
{
  JugglerWindow *self = JUGGLER_WINDOW (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), JUGGLER_TYPE_WINDOW);
  g_clear_object (&self->bench);
  g_clear_object (&self->busy);
  g_clear_pointer (&self->benches, g_hash_table_unref);
  G_OBJECT_CLASS (juggler_window_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (JUGGLER_TYPE_BENCH);
  g_type_ensure (JUGGLER_TYPE_FAULT_PAGE);
  g_type_ensure (JUGGLER_TYPE_LIVE_PAGE);
  g_type_ensure (JUGGLER_TYPE_SIDEBAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/juggler/Juggler/juggler-window.ui");
  gtk_widget_class_bind_template_child (widget_class, JugglerWindow, empty_page);
  gtk_widget_class_bind_template_child (widget_class, JugglerWindow, fault_page);
  gtk_widget_class_bind_template_child (widget_class, JugglerWindow, flap);
  gtk_widget_class_bind_template_child (widget_class, JugglerWindow, live_page);
  gtk_widget_class_bind_template_child (widget_class, JugglerWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, JugglerWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, JugglerWindow, run_button);
  gtk_widget_class_bind_template_child (widget_class, JugglerWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, JugglerWindow, sidebar_button);
  gtk_widget_class_bind_template_callback (widget_class, can_run_or_stop);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, run_icon);
  gtk_widget_class_bind_template_callback (widget_class, run_label);
  gtk_widget_class_bind_template_callback (widget_class, run_tooltip);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, subtitle);
  gtk_widget_class_bind_template_callback (widget_class, title);
}

static void
juggler_window_class_init (JugglerWindowClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = juggler_window_dispose;
  object_class->get_property = juggler_window_get_property;
  GTK_WINDOW_CLASS (klass)->close_request = juggler_window_close_request;

  properties[PROP_BENCH] = g_param_spec_object ("bench", NULL, NULL, JUGGLER_TYPE_BENCH, readable);
  properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, readable);
  properties[PROP_STOPPING] = g_param_spec_boolean ("stopping", NULL, NULL, FALSE, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "win.run-or-stop", NULL, run_or_stop_cb);
  gtk_widget_class_install_action (widget_class, "win.toggle-sidebar", NULL, toggle_sidebar_cb);
  gtk_widget_class_install_action (widget_class, "win.close", NULL, close_cb);
}

static void
juggler_window_init (JugglerWindow *self)
{
  self->benches = g_hash_table_new_full (NULL, NULL, g_object_unref, g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  update_actions (self);
}

/* A window that would fill the screen nearly had better fill it: else GTK makes it three quarters of the screen. */
static void
fit_to_screen (JugglerWindow *self)
{
  GListModel            *monitors = gdk_display_get_monitors (gtk_widget_get_display (GTK_WIDGET (self)));
  g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, 0);
  GdkRectangle           geometry;
  int                    width, height;

  if (monitor == NULL)
    return;
  gdk_monitor_get_geometry (monitor, &geometry);
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  if (width > geometry.width * 0.9 || height > geometry.height * 0.9)
    gtk_window_maximize (GTK_WINDOW (self));
}

/**
 * juggler_window_new:
 * @application: the application
 * @catalogue: (nullable): the course; %NULL: it cannot be read
 *
 * Makes a window that shows the course. Thread: main.
 *
 * Returns: (transfer none): the window, which belongs to the application
 */
JugglerWindow *
juggler_window_new (AdwApplication   *application,
                    JugglerCatalogue *catalogue)
{
  JugglerWindow *self = g_object_new (JUGGLER_TYPE_WINDOW, "application", application, NULL);

  fit_to_screen (self);
  if (catalogue != NULL)
    {
      juggler_sidebar_set_course (self->sidebar, catalogue);
      juggler_sidebar_set_selected (self->sidebar, juggler_catalogue_find (catalogue, FIRST_EXPERIMENT));
      juggler_sidebar_focus_selected (self->sidebar);
    }
  return self;
}

/**
 * juggler_window_get_bench:
 * @self: a window
 *
 * Gets what is chosen.
 *
 * Returns: (transfer none) (nullable): the bench
 */
JugglerBench *
juggler_window_get_bench (JugglerWindow *self)
{
  g_return_val_if_fail (JUGGLER_IS_WINDOW (self), NULL);
  return self->bench;
}

/**
 * juggler_window_set_trouble:
 * @self: a window without a course
 * @reason: why it cannot be read, one line
 *
 * Says where the course should be, that it is not there.
 */
void
juggler_window_set_trouble (JugglerWindow *self,
                            const char    *reason)
{
  g_autofree char *escaped = g_markup_escape_text (reason, -1);

  g_return_if_fail (JUGGLER_IS_WINDOW (self));
  adw_status_page_set_description (self->empty_page, escaped);
}

/**
 * juggler_window_open:
 * @self: a window
 * @file: an experiment document
 *
 * Lists a file below the course and chooses it.
 */
void
juggler_window_open (JugglerWindow *self,
                     GFile         *file)
{
  g_autofree char            *path = g_file_get_path (file);
  g_autofree char            *name = g_file_get_basename (file);
  g_autofree char            *shown_name = NULL;
  g_autoptr (JugglerLesson)   experiment = NULL;
  g_autoptr (JugglerDocument) document = NULL;
  const char                 *document_title = NULL;

  g_return_if_fail (JUGGLER_IS_WINDOW (self));
  if (path == NULL)
    path = g_file_get_uri (file);
  shown_name = g_filename_display_name (name);
  document = juggler_document_load (path, NULL); /* why it cannot be read the bench finds out and says */
  if (document != NULL && juggler_document_is_valid (document))
    document_title = juggler_document_get_title (document);
  experiment = juggler_lesson_new (shown_name, path,
                                   document_title != NULL && *document_title != '\0' ? document_title : shown_name,
                                   document != NULL ? juggler_document_get_description (document) : "");
  juggler_sidebar_add_opened (self->sidebar, experiment);
  juggler_sidebar_set_selected (self->sidebar, experiment);
  juggler_sidebar_focus_selected (self->sidebar);
}
