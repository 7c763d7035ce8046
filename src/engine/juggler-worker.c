/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-worker-private.h"

#include <glib/gi18n-lib.h>

struct _JugglerWorker
{
  GObject            parent_instance;
  guint              index;
  char              *name;
  JugglerWorkerKind  kind;
  gboolean           daemon;
  JugglerWorkerFacts facts; /* but waits_for */
  char              *waits_for;
  char              *message;
};

enum
{
  PROP_0,
  PROP_INDEX,
  PROP_NAME,
  PROP_KIND,
  PROP_LETTER_INDEX,
  PROP_DAEMON,
  PROP_PARENT,
  PROP_PID,
  PROP_PPID,
  PROP_TID,
  PROP_STATE,
  PROP_ALIVE,
  PROP_ORPHAN,
  PROP_ZOMBIE,
  PROP_STOPPED,
  PROP_STEPS_DONE,
  PROP_EXIT_CODE,
  PROP_SIGNAL,
  PROP_INCREMENTS,
  PROP_WAITS_FOR,
  PROP_HOLDER,
  PROP_MESSAGE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ENUM_TYPE (JugglerWorkerState, juggler_worker_state,
                    G_DEFINE_ENUM_VALUE (JUGGLER_WORKER_NEVER_STARTED, "never-started"),
                    G_DEFINE_ENUM_VALUE (JUGGLER_WORKER_STARTING, "starting"),
                    G_DEFINE_ENUM_VALUE (JUGGLER_WORKER_RUNNING, "running"),
                    G_DEFINE_ENUM_VALUE (JUGGLER_WORKER_SLEEPING, "sleeping"),
                    G_DEFINE_ENUM_VALUE (JUGGLER_WORKER_WAITING_LOCK, "waiting-lock"),
                    G_DEFINE_ENUM_VALUE (JUGGLER_WORKER_WAITING_JOIN, "waiting-join"),
                    G_DEFINE_ENUM_VALUE (JUGGLER_WORKER_WAITING_OUTPUT, "waiting-output"),
                    G_DEFINE_ENUM_VALUE (JUGGLER_WORKER_FINISHED, "finished"),
                    G_DEFINE_ENUM_VALUE (JUGGLER_WORKER_TERMINATED, "terminated"),
                    G_DEFINE_ENUM_VALUE (JUGGLER_WORKER_KILLED, "killed"),
                    G_DEFINE_ENUM_VALUE (JUGGLER_WORKER_CRASHED, "crashed"),
                    G_DEFINE_ENUM_VALUE (JUGGLER_WORKER_VANISHED, "vanished"),
                    G_DEFINE_ENUM_VALUE (JUGGLER_WORKER_FAILED, "failed"))

G_DEFINE_ENUM_TYPE (JugglerWorkerKind, juggler_worker_kind,
                    G_DEFINE_ENUM_VALUE (JUGGLER_KIND_PROCESS, "process"),
                    G_DEFINE_ENUM_VALUE (JUGGLER_KIND_THREAD, "thread"))

G_DEFINE_FINAL_TYPE (JugglerWorker, juggler_worker, G_TYPE_OBJECT)

/**
 * juggler_worker_state_to_string:
 *
 * Returns: the state in words, translated
 */
const char *
juggler_worker_state_to_string (JugglerWorkerState state)
{
  switch (state)
    {
    case JUGGLER_WORKER_NEVER_STARTED:
      return C_("state of a worker", "never started");
    case JUGGLER_WORKER_STARTING:
      return C_("state of a worker", "starting");
    case JUGGLER_WORKER_RUNNING:
      return C_("state of a worker", "running");
    case JUGGLER_WORKER_SLEEPING:
      return C_("state of a worker", "sleeping");
    case JUGGLER_WORKER_WAITING_LOCK:
      return C_("state of a worker", "waiting for a lock");
    case JUGGLER_WORKER_WAITING_JOIN:
      return C_("state of a worker", "waiting for a worker");
    case JUGGLER_WORKER_WAITING_OUTPUT:
      return C_("state of a worker", "waiting for its output to be read");
    case JUGGLER_WORKER_FINISHED:
      return C_("state of a worker", "finished");
    case JUGGLER_WORKER_TERMINATED:
      return C_("state of a worker", "terminated");
    case JUGGLER_WORKER_KILLED:
      return C_("state of a worker", "killed");
    case JUGGLER_WORKER_CRASHED:
      return C_("state of a worker", "crashed");
    case JUGGLER_WORKER_VANISHED:
      return C_("state of a worker", "vanished");
    case JUGGLER_WORKER_FAILED:
      return C_("state of a worker", "failed");
    default:
      g_return_val_if_reached (NULL);
    }
}

static void
juggler_worker_finalize (GObject *object)
{
  JugglerWorker *self = JUGGLER_WORKER (object);

  g_free (self->name);
  g_free (self->waits_for);
  g_free (self->message);

  G_OBJECT_CLASS (juggler_worker_parent_class)->finalize (object);
}

/* What it is from the beginning to the end. */
static void
get_fixed_property (JugglerWorker *self,
                    guint          property,
                    GValue        *value,
                    GParamSpec    *pspec)
{
  switch (property)
    {
    case PROP_INDEX:
      g_value_set_uint (value, self->index);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_KIND:
      g_value_set_enum (value, self->kind);
      break;
    case PROP_LETTER_INDEX:
      g_value_set_int (value, (int) self->index - 1);
      break;
    case PROP_DAEMON:
      g_value_set_boolean (value, self->daemon);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (self, property, pspec);
    }
}

static void
juggler_worker_get_property (GObject    *object,
                             guint       property,
                             GValue     *value,
                             GParamSpec *pspec)
{
  JugglerWorker *self = JUGGLER_WORKER (object);

  switch (property)
    {
    case PROP_PARENT:
      g_value_set_int (value, self->facts.parent);
      break;
    case PROP_PID:
      g_value_set_int64 (value, self->facts.pid);
      break;
    case PROP_PPID:
      g_value_set_int64 (value, self->facts.ppid);
      break;
    case PROP_TID:
      g_value_set_int64 (value, self->facts.tid);
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->facts.state);
      break;
    case PROP_ALIVE:
      g_value_set_boolean (value, self->facts.alive);
      break;
    case PROP_ORPHAN:
      g_value_set_boolean (value, self->facts.orphan);
      break;
    case PROP_ZOMBIE:
      g_value_set_boolean (value, self->facts.zombie);
      break;
    case PROP_STOPPED:
      g_value_set_boolean (value, self->facts.stopped);
      break;
    case PROP_STEPS_DONE:
      g_value_set_boolean (value, self->facts.steps_done);
      break;
    case PROP_EXIT_CODE:
      g_value_set_int (value, self->facts.exit_code);
      break;
    case PROP_SIGNAL:
      g_value_set_int (value, self->facts.signal);
      break;
    case PROP_INCREMENTS:
      g_value_set_uint64 (value, self->facts.increments);
      break;
    case PROP_WAITS_FOR:
      g_value_set_string (value, self->waits_for);
      break;
    case PROP_HOLDER:
      g_value_set_int (value, self->facts.holder);
      break;
    case PROP_MESSAGE:
      g_value_set_string (value, self->message);
      break;
    default:
      get_fixed_property (self, property, value, pspec);
    }
}

/* Read-only; what they mean stands at their getters in the header. */
static void
juggler_worker_class_init (JugglerWorkerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = juggler_worker_finalize;
  object_class->get_property = juggler_worker_get_property;

  properties[PROP_INDEX] = g_param_spec_uint ("index", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_KIND] = g_param_spec_enum ("kind", NULL, NULL, JUGGLER_TYPE_WORKER_KIND, JUGGLER_KIND_PROCESS, flags);
  properties[PROP_LETTER_INDEX] = g_param_spec_int ("letter-index", NULL, NULL, G_MININT, G_MAXINT, -1, flags);
  properties[PROP_DAEMON] = g_param_spec_boolean ("daemon", NULL, NULL, FALSE, flags);
  properties[PROP_PARENT] = g_param_spec_int ("parent", NULL, NULL, G_MININT, G_MAXINT, -1, flags);
  properties[PROP_PID] = g_param_spec_int64 ("pid", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_PPID] = g_param_spec_int64 ("ppid", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_TID] = g_param_spec_int64 ("tid", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, JUGGLER_TYPE_WORKER_STATE, JUGGLER_WORKER_NEVER_STARTED, flags);
  properties[PROP_ALIVE] = g_param_spec_boolean ("alive", NULL, NULL, FALSE, flags);
  properties[PROP_ORPHAN] = g_param_spec_boolean ("orphan", NULL, NULL, FALSE, flags);
  properties[PROP_ZOMBIE] = g_param_spec_boolean ("zombie", NULL, NULL, FALSE, flags);
  properties[PROP_STOPPED] = g_param_spec_boolean ("stopped", NULL, NULL, FALSE, flags);
  properties[PROP_STEPS_DONE] = g_param_spec_boolean ("steps-done", NULL, NULL, FALSE, flags);
  properties[PROP_EXIT_CODE] = g_param_spec_int ("exit-code", NULL, NULL, G_MININT, G_MAXINT, -1, flags);
  properties[PROP_SIGNAL] = g_param_spec_int ("signal", NULL, NULL, G_MININT, G_MAXINT, -1, flags);
  properties[PROP_INCREMENTS] = g_param_spec_uint64 ("increments", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_WAITS_FOR] = g_param_spec_string ("waits-for", NULL, NULL, NULL, flags);
  properties[PROP_HOLDER] = g_param_spec_int ("holder", NULL, NULL, G_MININT, G_MAXINT, -1, flags);
  properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
juggler_worker_init (JugglerWorker *self)
{
  self->facts.parent = -1;
  self->facts.exit_code = -1;
  self->facts.holder = -1;
}

JugglerWorker *
juggler_worker_new (guint              index,
                    const char        *name,
                    JugglerWorkerKind  kind,
                    gboolean           daemon)
{
  JugglerWorker *self = g_object_new (JUGGLER_TYPE_WORKER, NULL);

  self->index = index;
  self->name = g_strdup (name);
  self->kind = kind;
  self->daemon = daemon;
  return self;
}

static void
notify (JugglerWorker *self,
        guint          property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

void
juggler_worker_update (JugglerWorker            *self,
                       const JugglerWorkerFacts *facts)
{
  JugglerWorkerFacts before = self->facts;
  gboolean           other_wait = g_strcmp0 (self->waits_for, facts->waits_for) != 0;

  self->facts = *facts;
  self->facts.waits_for = NULL;
  if (other_wait)
    {
      g_free (self->waits_for);
      self->waits_for = g_strdup (facts->waits_for);
    }
  g_object_freeze_notify (G_OBJECT (self));
  if (before.parent != facts->parent)
    notify (self, PROP_PARENT);
  if (before.pid != facts->pid)
    notify (self, PROP_PID);
  if (before.ppid != facts->ppid)
    notify (self, PROP_PPID);
  if (before.tid != facts->tid)
    notify (self, PROP_TID);
  if (before.state != facts->state)
    notify (self, PROP_STATE);
  if (before.orphan != facts->orphan)
    notify (self, PROP_ORPHAN);
  if (before.zombie != facts->zombie)
    notify (self, PROP_ZOMBIE);
  if (before.stopped != facts->stopped)
    notify (self, PROP_STOPPED);
  if (before.steps_done != facts->steps_done)
    notify (self, PROP_STEPS_DONE);
  if (before.exit_code != facts->exit_code)
    notify (self, PROP_EXIT_CODE);
  if (before.signal != facts->signal)
    notify (self, PROP_SIGNAL);
  if (before.increments != facts->increments)
    notify (self, PROP_INCREMENTS);
  if (before.holder != facts->holder)
    notify (self, PROP_HOLDER);
  if (before.alive != facts->alive)
    notify (self, PROP_ALIVE);
  if (other_wait)
    notify (self, PROP_WAITS_FOR);
  g_object_thaw_notify (G_OBJECT (self));
}

void
juggler_worker_set_message (JugglerWorker *self,
                            const char    *message)
{
  if (g_strcmp0 (self->message, message) == 0)
    return;
  g_free (self->message);
  self->message = g_strdup (message);
  notify (self, PROP_MESSAGE);
}

void
juggler_worker_end (JugglerWorker             *self,
                    const JugglerResultWorker *result)
{
  JugglerWorkerFacts facts = self->facts;
  g_autofree char   *waits_for = g_strdup (self->waits_for);

  facts.alive = FALSE;
  facts.zombie = FALSE;
  facts.waits_for = waits_for;
  if (self->facts.alive && result != NULL)
    switch (result->waiting)
      {
      case JUGGLER_SLOT_WAITING_LOCK:
        facts.state = JUGGLER_WORKER_WAITING_LOCK;
        break;
      case JUGGLER_SLOT_WAITING_JOIN:
        facts.state = JUGGLER_WORKER_WAITING_JOIN;
        break;
      case JUGGLER_SLOT_WAITING_OUTPUT:
        facts.state = JUGGLER_WORKER_WAITING_OUTPUT;
        break;
      case JUGGLER_SLOT_SLEEPING:
        facts.state = JUGGLER_WORKER_SLEEPING;
        break;
      default:
        break;
      }
  juggler_worker_update (self, &facts);
}

guint
juggler_worker_get_index (JugglerWorker *self)
{
  g_return_val_if_fail (JUGGLER_IS_WORKER (self), 0);
  return self->index;
}

const char *
juggler_worker_get_name (JugglerWorker *self)
{
  g_return_val_if_fail (JUGGLER_IS_WORKER (self), NULL);
  return self->name;
}

JugglerWorkerKind
juggler_worker_get_kind (JugglerWorker *self)
{
  g_return_val_if_fail (JUGGLER_IS_WORKER (self), 0);
  return self->kind;
}

int
juggler_worker_get_letter_index (JugglerWorker *self)
{
  g_return_val_if_fail (JUGGLER_IS_WORKER (self), -1);
  return (int) self->index - 1;
}

gboolean
juggler_worker_get_daemon (JugglerWorker *self)
{
  g_return_val_if_fail (JUGGLER_IS_WORKER (self), FALSE);
  return self->daemon;
}

int
juggler_worker_get_parent (JugglerWorker *self)
{
  g_return_val_if_fail (JUGGLER_IS_WORKER (self), -1);
  return self->facts.parent;
}

gint64
juggler_worker_get_pid (JugglerWorker *self)
{
  g_return_val_if_fail (JUGGLER_IS_WORKER (self), 0);
  return self->facts.pid;
}

gint64
juggler_worker_get_ppid (JugglerWorker *self)
{
  g_return_val_if_fail (JUGGLER_IS_WORKER (self), 0);
  return self->facts.ppid;
}

gint64
juggler_worker_get_tid (JugglerWorker *self)
{
  g_return_val_if_fail (JUGGLER_IS_WORKER (self), 0);
  return self->facts.tid;
}

JugglerWorkerState
juggler_worker_get_state (JugglerWorker *self)
{
  g_return_val_if_fail (JUGGLER_IS_WORKER (self), 0);
  return self->facts.state;
}

gboolean
juggler_worker_get_alive (JugglerWorker *self)
{
  g_return_val_if_fail (JUGGLER_IS_WORKER (self), FALSE);
  return self->facts.alive;
}

gboolean
juggler_worker_get_orphan (JugglerWorker *self)
{
  g_return_val_if_fail (JUGGLER_IS_WORKER (self), FALSE);
  return self->facts.orphan;
}

gboolean
juggler_worker_get_zombie (JugglerWorker *self)
{
  g_return_val_if_fail (JUGGLER_IS_WORKER (self), FALSE);
  return self->facts.zombie;
}

gboolean
juggler_worker_get_stopped (JugglerWorker *self)
{
  g_return_val_if_fail (JUGGLER_IS_WORKER (self), FALSE);
  return self->facts.stopped;
}

gboolean
juggler_worker_get_steps_done (JugglerWorker *self)
{
  g_return_val_if_fail (JUGGLER_IS_WORKER (self), FALSE);
  return self->facts.steps_done;
}

int
juggler_worker_get_exit_code (JugglerWorker *self)
{
  g_return_val_if_fail (JUGGLER_IS_WORKER (self), -1);
  return self->facts.exit_code;
}

int
juggler_worker_get_signal (JugglerWorker *self)
{
  g_return_val_if_fail (JUGGLER_IS_WORKER (self), -1);
  return self->facts.signal;
}

guint64
juggler_worker_get_increments (JugglerWorker *self)
{
  g_return_val_if_fail (JUGGLER_IS_WORKER (self), 0);
  return self->facts.increments;
}

const char *
juggler_worker_get_waits_for (JugglerWorker *self)
{
  g_return_val_if_fail (JUGGLER_IS_WORKER (self), NULL);
  return self->waits_for;
}

int
juggler_worker_get_holder (JugglerWorker *self)
{
  g_return_val_if_fail (JUGGLER_IS_WORKER (self), -1);
  return self->facts.holder;
}

const char *
juggler_worker_get_message (JugglerWorker *self)
{
  g_return_val_if_fail (JUGGLER_IS_WORKER (self), NULL);
  return self->message;
}
