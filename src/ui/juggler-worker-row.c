/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-worker-row.h"

#include <glib/gi18n.h>

#include "juggler-chip.h"
#include "juggler-fold-box.h"
#include "juggler-format.h"

struct _JugglerWorkerRow
{
  GtkWidget parent_instance;

  JugglerWorker *worker;
  JugglerRun    *run;
  int            name_chars;
};

enum
{
  PROP_0,
  PROP_WORKER,
  PROP_RUN,
  PROP_NAME_CHARS,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (JugglerWorkerRow, juggler_worker_row, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

/**
 * juggler_worker_row_format_state:
 * @state: how a worker stands
 * @waits_for: (nullable): the name of the lock or worker it waits for
 * @holder: index of the worker that has the lock; -1: not known
 * @exit_code: its exit code; -1: none
 * @signal_number: the signal that ended it; 0: none
 * @message: (nullable): why it failed
 *
 * Says in words how a worker stands.
 *
 * Returns: (transfer full): the words
 */
char *
juggler_worker_row_format_state (JugglerWorkerState  state,
                                 const char         *waits_for,
                                 int                 holder,
                                 int                 exit_code,
                                 int                 signal_number,
                                 const char         *message)
{
  const char      *word = juggler_worker_state_to_string (state);
  g_autofree char *letter = holder >= 0 ? juggler_format_letter ((guint) holder) : NULL;

  switch (state)
    {
    case JUGGLER_WORKER_WAITING_LOCK:
      if (waits_for == NULL)
        return g_strdup (word);
      if (letter == NULL)
        return g_strdup_printf (C_("worker state", "waits for %s"), waits_for);
      /* Translators: the lock's name, then the letter of the worker that has it. */
      return g_strdup_printf (C_("worker state", "waits for %s, held by %s"), waits_for, letter);
    case JUGGLER_WORKER_WAITING_JOIN:
      return waits_for == NULL ? g_strdup (word) : g_strdup_printf (C_("worker state", "waits for %s"), waits_for);
    case JUGGLER_WORKER_FINISHED:
      if (exit_code <= 0)
        return g_strdup (word);
      /* Translators: a state, then an exit code other than 0. */
      return g_strdup_printf (C_("worker state", "%s, exit code %d"), word, exit_code);
    case JUGGLER_WORKER_TERMINATED:
    case JUGGLER_WORKER_KILLED:
    case JUGGLER_WORKER_CRASHED:
      if (signal_number <= 0)
        return g_strdup (word);
      /* Translators: a state, then the number of the signal that brought it about: "terminated (15)". */
      return g_strdup_printf (C_("worker state", "%s (%d)"), word, signal_number);
    case JUGGLER_WORKER_FAILED:
      if (message == NULL)
        return g_strdup (word);
      /* Translators: a state, then the reason. */
      return g_strdup_printf (C_("worker state", "%s: %s"), word, message);
    case JUGGLER_WORKER_NEVER_STARTED:
    case JUGGLER_WORKER_STARTING:
    case JUGGLER_WORKER_RUNNING:
    case JUGGLER_WORKER_SLEEPING:
    case JUGGLER_WORKER_WAITING_OUTPUT:
    case JUGGLER_WORKER_VANISHED:
    default:
      return g_strdup (word);
    }
}

/* Before the run nothing has failed to start yet. */
static char *
state_text (JugglerWorkerRow   *self,
            JugglerWorkerState  state,
            const char         *waits_for,
            int                 holder,
            int                 exit_code,
            int                 signal_number,
            const char         *message,
            JugglerRunState     run_state)
{
  if (state == JUGGLER_WORKER_NEVER_STARTED && run_state < JUGGLER_RUN_ENDED)
    return g_strdup (run_state == JUGGLER_RUN_IDLE ? "" : C_("worker state", "not started yet"));
  return juggler_worker_row_format_state (state, waits_for, holder, exit_code, signal_number, message);
}

static char **
state_classes (JugglerWorkerRow   *self,
               JugglerWorkerState  state,
               JugglerOutcome      outcome)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gboolean                 waits = state == JUGGLER_WORKER_WAITING_LOCK || state == JUGGLER_WORKER_WAITING_JOIN;

  g_strv_builder_add (builder, "worker-state");
  if (waits && outcome == JUGGLER_OUTCOME_DEADLOCK)
    g_strv_builder_add (builder, "stuck");
  return g_strv_builder_end (builder);
}

static char *
kind_text (JugglerWorkerRow  *self,
           JugglerWorkerKind  kind,
           gboolean           daemon)
{
  if (kind == JUGGLER_KIND_PROCESS)
    return g_strdup (daemon ? C_("worker kind", "daemon process") : C_("worker kind", "process"));
  return g_strdup (daemon ? C_("worker kind", "daemon thread") : C_("worker kind", "thread"));
}

/* Ids are names, not quantities: never grouped. */
static char *
pid_text (JugglerWorkerRow *self,
          gint64            pid)
{
  return pid == 0 ? g_strdup ("") : g_strdup_printf (C_("worker", "PID %d"), (int) pid);
}

/* Of a process its parent, since its first thread's number is its own; of a thread its own number. */
static char *
second_id_text (JugglerWorkerRow  *self,
                JugglerWorkerKind  kind,
                gint64             ppid,
                gint64             tid)
{
  if (kind == JUGGLER_KIND_PROCESS)
    return ppid == 0 ? g_strdup ("") : g_strdup_printf (C_("worker", "PPID %d"), (int) ppid);
  return tid == 0 ? g_strdup ("") : g_strdup_printf (C_("worker", "TID %d"), (int) tid);
}

static gboolean
is_process (JugglerWorkerRow  *self,
            JugglerWorkerKind  kind)
{
  return kind == JUGGLER_KIND_PROCESS;
}

static void
juggler_worker_row_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  JugglerWorkerRow *self = JUGGLER_WORKER_ROW (object);

  switch (prop_id)
    {
    case PROP_WORKER:
      g_value_set_object (value, self->worker);
      break;
    case PROP_RUN:
      g_value_set_object (value, self->run);
      break;
    case PROP_NAME_CHARS:
      g_value_set_int (value, self->name_chars);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
juggler_worker_row_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  JugglerWorkerRow *self = JUGGLER_WORKER_ROW (object);

  switch (prop_id)
    {
    case PROP_WORKER:
      if (g_set_object (&self->worker, g_value_get_object (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_RUN:
      if (g_set_object (&self->run, g_value_get_object (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_NAME_CHARS:
      if (self->name_chars == g_value_get_int (value))
        break;
      self->name_chars = g_value_get_int (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
juggler_worker_row_dispose (GObject *object)
{
  JugglerWorkerRow *self = JUGGLER_WORKER_ROW (object);
  GtkWidget        *child;

  gtk_widget_dispose_template (GTK_WIDGET (object), JUGGLER_TYPE_WORKER_ROW);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->worker);
  g_clear_object (&self->run);
  G_OBJECT_CLASS (juggler_worker_row_parent_class)->dispose (object);
}

static void
juggler_worker_row_class_init (JugglerWorkerRowClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = juggler_worker_row_dispose;
  object_class->get_property = juggler_worker_row_get_property;
  object_class->set_property = juggler_worker_row_set_property;

  properties[PROP_WORKER] = g_param_spec_object ("worker", NULL, NULL, JUGGLER_TYPE_WORKER, flags);
  properties[PROP_RUN] = g_param_spec_object ("run", NULL, NULL, JUGGLER_TYPE_RUN, flags);
  properties[PROP_NAME_CHARS] = g_param_spec_int ("name-chars", NULL, NULL, -1, G_MAXINT, 8, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (JUGGLER_TYPE_CHIP);
  g_type_ensure (JUGGLER_TYPE_FOLD_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/app/juggler/Juggler/juggler-worker-row.ui");
  gtk_widget_class_bind_template_callback (widget_class, state_text);
  gtk_widget_class_bind_template_callback (widget_class, state_classes);
  gtk_widget_class_bind_template_callback (widget_class, kind_text);
  gtk_widget_class_bind_template_callback (widget_class, pid_text);
  gtk_widget_class_bind_template_callback (widget_class, second_id_text);
  gtk_widget_class_bind_template_callback (widget_class, is_process);
}

static void
juggler_worker_row_init (JugglerWorkerRow *self)
{
  self->name_chars = 8;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * juggler_worker_row_new:
 *
 * Makes a row without a worker. Thread: main.
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
juggler_worker_row_new (void)
{
  return g_object_new (JUGGLER_TYPE_WORKER_ROW, NULL);
}
