/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-application.h"

#include <signal.h>

#include <glib-unix.h>
#include <glib/gi18n.h>

#include "juggler-catalogue.h"
#include "juggler-window.h"

struct _JugglerApplication
{
  AdwApplication parent_instance;

  guint signal_sources[3];
};

G_DEFINE_FINAL_TYPE (JugglerApplication, juggler_application, ADW_TYPE_APPLICATION)

/* Asked from outside to end: the windows close as by hand, so that a run is stopped first. */
static gboolean
signal_cb (gpointer data)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (data));

  /* Closing changes the list. */
  g_autoptr (GList) copy = g_list_copy (windows);

  for (GList *l = copy; l != NULL; l = l->next)
    gtk_window_close (l->data);
  return G_SOURCE_CONTINUE;
}

static void
quit_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  signal_cb (data);
}

static void
about_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       data)
{
  static const char *const developers[] = { "The Juggler developers", NULL };

  adw_show_about_window (gtk_application_get_active_window (GTK_APPLICATION (data)),
                         "application-name", _("Juggler"),
                         "application-icon", JUGGLER_APPLICATION_ID,
                         "version", JUGGLER_VERSION,
                         "developer-name", _("The Juggler developers"),
                         "developers", developers,
                         "comments", _("See what real processes and threads do on this machine, while they do it."),
                         "copyright", "© 2026 The Juggler developers",
                         "license-type", GTK_LICENSE_GPL_3_0,
                         /* Translators: your name, as it should stand in the About window. */
                         "translator-credits", _("translator-credits"),
                         NULL);
}

static JugglerWindow *
get_window (JugglerApplication *self)
{
  GtkWindow                    *window = gtk_application_get_active_window (GTK_APPLICATION (self));
  g_autoptr (JugglerCatalogue)  catalogue = NULL;
  g_autoptr (GError)            error = NULL;
  g_autofree char              *folder = NULL;
  JugglerWindow                *made;

  if (JUGGLER_IS_WINDOW (window))
    return JUGGLER_WINDOW (window);
  folder = juggler_catalogue_dup_folder ();
  catalogue = juggler_catalogue_new (folder, &error);
  made = juggler_window_new (ADW_APPLICATION (self), catalogue);
  if (catalogue == NULL)
    juggler_window_set_trouble (made, error->message);
  return made;
}

static void
juggler_application_activate (GApplication *application)
{
  gtk_window_present (GTK_WINDOW (get_window (JUGGLER_APPLICATION (application))));
}

static void
juggler_application_open (GApplication  *application,
                          GFile        **files,
                          int            n_files,
                          const char    *hint)
{
  JugglerWindow *window = get_window (JUGGLER_APPLICATION (application));

  for (int i = 0; i < n_files; i++)
    juggler_window_open (window, files[i]);
  gtk_window_present (GTK_WINDOW (window));
}

/* Without a desktop that says which font it has, GTK takes "Sans 10", which may be anything. What libadwaita was drawn
 * for is better, where it is there. */
static void
choose_font (void)
{
  static const char *const fonts[] = { "Adwaita Sans", "Cantarell" };
  GtkSettings             *settings = gtk_settings_get_default ();
  PangoFontMap            *map = pango_cairo_font_map_get_default ();
  g_autofree char         *name = NULL;

  if (settings == NULL)
    return;
  g_object_get (settings, "gtk-font-name", &name, NULL);
  if (g_strcmp0 (name, "Sans 10") != 0)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (fonts); i++)
    for (guint j = 0; j < g_list_model_get_n_items (G_LIST_MODEL (map)); j++)
      {
        g_autoptr (PangoFontFamily) family = g_list_model_get_item (G_LIST_MODEL (map), j);

        if (g_strcmp0 (pango_font_family_get_name (family), fonts[i]) == 0)
          {
            g_autofree char *wanted = g_strconcat (fonts[i], " 11", NULL);

            g_object_set (settings, "gtk-font-name", wanted, NULL);
            return;
          }
      }
}

static void
juggler_application_startup (GApplication *application)
{
  static const GActionEntry entries[] = {
    { .name = "about", .activate = about_cb },
    { .name = "quit", .activate = quit_cb },
  };
  static const int   signals[] = { SIGINT, SIGTERM, SIGHUP };
  const char *const  quit_keys[] = { "<Control>q", NULL };
  JugglerApplication *self = JUGGLER_APPLICATION (application);

  G_APPLICATION_CLASS (juggler_application_parent_class)->startup (application);

  choose_font ();
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "app.quit", quit_keys);
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    self->signal_sources[i] = g_unix_signal_add (signals[i], signal_cb, self);
}

static void
juggler_application_shutdown (GApplication *application)
{
  JugglerApplication *self = JUGGLER_APPLICATION (application);

  for (gsize i = 0; i < G_N_ELEMENTS (self->signal_sources); i++)
    g_clear_handle_id (&self->signal_sources[i], g_source_remove);
  G_APPLICATION_CLASS (juggler_application_parent_class)->shutdown (application);
}

static int
juggler_application_handle_local_options (GApplication *application,
                                          GVariantDict *options)
{
  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("juggler %s\n", JUGGLER_VERSION);
      return 0;
    }
  return G_APPLICATION_CLASS (juggler_application_parent_class)->handle_local_options (application, options);
}

static void
juggler_application_class_init (JugglerApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->activate = juggler_application_activate;
  application_class->open = juggler_application_open;
  application_class->startup = juggler_application_startup;
  application_class->shutdown = juggler_application_shutdown;
  application_class->handle_local_options = juggler_application_handle_local_options;
}

static void
juggler_application_init (JugglerApplication *self)
{
  const GOptionEntry entries[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version and exit"), NULL },
    { NULL },
  };
  GApplication *application = G_APPLICATION (self);

  g_application_add_main_option_entries (application, entries);
  g_application_set_option_context_parameter_string (application, _("[FILE…]"));
  g_application_set_option_context_summary (
    application, _("Run experiments in real processes and threads, and see what they do."));
}

/**
 * juggler_application_new:
 *
 * Makes the application. The language must be set before. Thread: main.
 *
 * Returns: (transfer full): the application
 */
JugglerApplication *
juggler_application_new (void)
{
  return g_object_new (JUGGLER_TYPE_APPLICATION,
                       "application-id", JUGGLER_APPLICATION_ID,
                       "flags", G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path", "/app/juggler/Juggler",
                       NULL);
}
