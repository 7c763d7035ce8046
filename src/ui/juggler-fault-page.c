/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-fault-page.h"

#include <glib/gi18n.h>

#include "juggler-format.h"

struct _JugglerFaultPage
{
  GtkWidget parent_instance;

  JugglerDocument *document;
  char            *trouble;

  /* Template widgets */
  GtkNoSelection *fault_model;
};

enum
{
  PROP_0,
  PROP_DOCUMENT,
  PROP_TROUBLE,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (JugglerFaultPage, juggler_fault_page, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

static char *
heading_text (JugglerFaultPage *self,
              guint             n_faults,
              const char       *trouble)
{
  g_autofree char *number = juggler_format_unsigned (n_faults);

  if (trouble != NULL)
    return g_strdup (_("The file cannot be read"));
  return g_strdup_printf (ngettext ("%s fault, so it cannot run yet", "%s faults, so it cannot run yet", n_faults),
                          number);
}

static char *
advice_text (JugglerFaultPage *self,
             const char       *trouble)
{
  return g_strdup (trouble != NULL ? trouble : _("Mend the file, then open it again."));
}

static char *
place_text (guint line,
            guint column)
{
  /* Translators: line and column in a file. */
  return g_strdup_printf (C_("place in a file", "%u : %u"), line, column);
}

static char *
fault_text (const char *message,
            const char *suggestion)
{
  if (suggestion == NULL)
    return g_strdup (message);
  /* Translators: what is wrong in a document, then a name that may have been meant. */
  return g_strdup_printf (_("%s, did you mean “%s”?"), message, suggestion);
}

static gboolean
is_positive (JugglerFaultPage *self,
             guint             number)
{
  return number > 0;
}

static void
juggler_fault_page_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  JugglerFaultPage *self = JUGGLER_FAULT_PAGE (object);

  switch (prop_id)
    {
    case PROP_DOCUMENT:
      g_value_set_object (value, self->document);
      break;
    case PROP_TROUBLE:
      g_value_set_string (value, self->trouble);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
juggler_fault_page_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  JugglerFaultPage *self = JUGGLER_FAULT_PAGE (object);

  switch (prop_id)
    {
    case PROP_DOCUMENT:
      if (!g_set_object (&self->document, g_value_get_object (value)))
        break;
      gtk_no_selection_set_model (self->fault_model,
                                  self->document != NULL ? juggler_document_get_faults (self->document) : NULL);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_TROUBLE:
      if (g_strcmp0 (self->trouble, g_value_get_string (value)) == 0)
        break;
      g_free (self->trouble);
      self->trouble = g_value_dup_string (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
juggler_fault_page_dispose (GObject *object)
{
  JugglerFaultPage *self = JUGGLER_FAULT_PAGE (object);
  GtkWidget        *child;

  gtk_widget_dispose_template (GTK_WIDGET (object), JUGGLER_TYPE_FAULT_PAGE);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (juggler_fault_page_parent_class)->dispose (object);
}

static void
juggler_fault_page_finalize (GObject *object)
{
  g_free (JUGGLER_FAULT_PAGE (object)->trouble);
  G_OBJECT_CLASS (juggler_fault_page_parent_class)->finalize (object);
}

static void
setup_fault_cb (GtkSignalListItemFactory *factory,
                GtkListItem              *item,
                JugglerFaultPage         *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *place = gtk_label_new (NULL);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *message = gtk_label_new (NULL);
  GtkWidget *path = gtk_label_new (NULL);

  gtk_label_set_width_chars (GTK_LABEL (place), 8);
  gtk_label_set_xalign (GTK_LABEL (place), 1);
  gtk_widget_set_valign (place, GTK_ALIGN_START);
  gtk_widget_add_css_class (place, "tabular");
  gtk_label_set_xalign (GTK_LABEL (message), 0);
  gtk_label_set_wrap (GTK_LABEL (message), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (message), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (path), 0);
  gtk_label_set_ellipsize (GTK_LABEL (path), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_add_css_class (path, "path");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), message);
  gtk_box_append (GTK_BOX (texts), path);
  gtk_box_append (GTK_BOX (box), place);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_widget_add_css_class (box, "fault");
  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_child (item, box);
}

static void
bind_fault_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *item,
               JugglerFaultPage         *self)
{
  JugglerDocumentFault *fault = gtk_list_item_get_item (item);
  GtkWidget            *place = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget            *message = gtk_widget_get_first_child (gtk_widget_get_next_sibling (place));
  GtkWidget            *path = gtk_widget_get_next_sibling (message);
  g_autofree char      *place_words = NULL;
  g_autofree char      *words = NULL;

  place_words = place_text (juggler_document_fault_get_line (fault), juggler_document_fault_get_column (fault));
  words = fault_text (juggler_document_fault_get_message (fault), juggler_document_fault_get_suggestion (fault));
  gtk_label_set_label (GTK_LABEL (place), place_words);
  gtk_label_set_label (GTK_LABEL (message), words);
  gtk_label_set_label (GTK_LABEL (path), juggler_document_fault_get_path (fault));
}

static void
juggler_fault_page_class_init (JugglerFaultPageClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = juggler_fault_page_dispose;
  object_class->finalize = juggler_fault_page_finalize;
  object_class->get_property = juggler_fault_page_get_property;
  object_class->set_property = juggler_fault_page_set_property;

  properties[PROP_DOCUMENT] = g_param_spec_object ("document", NULL, NULL, JUGGLER_TYPE_DOCUMENT, flags);
  properties[PROP_TROUBLE] = g_param_spec_string ("trouble", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/app/juggler/Juggler/juggler-fault-page.ui");
  gtk_widget_class_bind_template_child (widget_class, JugglerFaultPage, fault_model);
  gtk_widget_class_bind_template_callback (widget_class, heading_text);
  gtk_widget_class_bind_template_callback (widget_class, advice_text);
  gtk_widget_class_bind_template_callback (widget_class, is_positive);
  gtk_widget_class_bind_template_callback (widget_class, setup_fault_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_fault_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
juggler_fault_page_init (JugglerFaultPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * juggler_fault_page_new:
 *
 * Makes a page without a document. Thread: main.
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
juggler_fault_page_new (void)
{
  return g_object_new (JUGGLER_TYPE_FAULT_PAGE, NULL);
}
