/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-sentence-private.h"

#include <glib/gi18n-lib.h>

#include "juggler-format.h"

/* A ring of three of its members is told by name, a longer one by its first. */
#define NAMED_MEMBERS 6U

static char *
wall (const JugglerFacts *facts)
{
  return juggler_format_duration (juggler_result_get_wall_ms (facts->result) * 1000.0);
}

static const char *
edge_lock (const JugglerFacts      *facts,
           const JugglerResultEdge *edge)
{
  return juggler_result_get_lock_name (facts->result, edge->object);
}

/* How the owner of a lock ended; the edge tells it as the format has it, which knows fewer ways. */
static JugglerResultState
get_owner_state (const JugglerFacts      *facts,
                 const JugglerResultEdge *edge)
{
  JugglerResultState state = juggler_facts_get_worker (facts, (guint) edge->holder)->state;

  switch (edge->owner_ended)
    {
    case JUGGLER_OWNER_FAILED:
      return JUGGLER_RESULT_FAILED;
    case JUGGLER_OWNER_VANISHED:
      return JUGGLER_RESULT_VANISHED;
    case JUGGLER_OWNER_KILLED:
      return state == JUGGLER_RESULT_FINISHED || state == JUGGLER_RESULT_ORPHAN ? JUGGLER_RESULT_KILLED : state;
    case JUGGLER_OWNER_FINISHED:
    case JUGGLER_OWNER_LIVES:
    default:
      return state;
    }
}

/* One waits for a lock whose owner is gone. */
static char *
dead_owner (const JugglerFacts      *facts,
            const JugglerResultEdge *edge)
{
  const char *waiter = juggler_facts_get_name (facts, edge->worker);
  const char *lock = edge_lock (facts, edge);
  const char *owner = juggler_facts_get_name (facts, edge->holder < 0 ? 0 : (guint) edge->holder);

  if (edge->holder < 0)
    return g_strdup_printf (_("Deadlock: %s waits for %s, and nobody is left who could release it."), waiter, lock);
  switch (get_owner_state (facts, edge))
    {
    case JUGGLER_RESULT_KILLED:
    case JUGGLER_RESULT_TERMINATED:
      /* Translators: waiter, lock, dead owner. */
      return g_strdup_printf (_("Deadlock: %s waits for %s, but %s was killed while it held it, so nobody will ever "
                                "release it."),
                              waiter, lock, owner);
    case JUGGLER_RESULT_CRASHED:
      /* Translators: waiter, lock, owner that crashed. */
      return g_strdup_printf (_("Deadlock: %s waits for %s, but %s crashed while it held it, so nobody will ever "
                                "release it."),
                              waiter, lock, owner);
    case JUGGLER_RESULT_FAILED:
      /* Translators: waiter, lock, owner that failed. */
      return g_strdup_printf (_("Deadlock: %s waits for %s, but %s failed while it held it, so nobody will ever "
                                "release it."),
                              waiter, lock, owner);
    case JUGGLER_RESULT_VANISHED:
      /* Translators: waiter, lock, owner that vanished. */
      return g_strdup_printf (_("Deadlock: %s waits for %s, but %s vanished while it held it, so nobody will ever "
                                "release it."),
                              waiter, lock, owner);
    case JUGGLER_RESULT_FINISHED:
    case JUGGLER_RESULT_ORPHAN:
    case JUGGLER_RESULT_NEVER_STARTED:
    case JUGGLER_RESULT_RUNNING:
    case JUGGLER_RESULT_WAITING:
    default:
      /* Translators: waiter, lock, owner that ended. */
      return g_strdup_printf (_("Deadlock: %s waits for %s, but %s has ended and never released it, so nobody ever "
                                "will."),
                              waiter, lock, owner);
    }
}

static char *
deadlock_of_one (const JugglerFacts      *facts,
                 const JugglerResultEdge *edge)
{
  const char *waiter = juggler_facts_get_name (facts, edge->worker);

  if (edge->is_join)
    return g_strdup_printf (_("Deadlock: %s waits for %s to end, and that can never happen."), waiter,
                            juggler_facts_get_name (facts, edge->object));
  if (edge->owner_ended == JUGGLER_OWNER_LIVES && edge->holder == (int) edge->worker)
    return g_strdup_printf (_("Deadlock of one: %s waits for %s, which it holds itself."), waiter,
                            edge_lock (facts, edge));
  return dead_owner (facts, edge);
}

/* In a ring each waits for what the next one has. */
static char *
deadlock_of_two (const JugglerFacts      *facts,
                 const JugglerResultEdge *one,
                 const JugglerResultEdge *other)
{
  const char *name;
  const char *other_name;

  if (one->is_join)
    {
      const JugglerResultEdge *swap = one;

      one = other;
      other = swap;
    }
  name = juggler_facts_get_name (facts, one->worker);
  other_name = juggler_facts_get_name (facts, other->worker);
  if (one->is_join)
    return g_strdup_printf (_("Deadlock: %s and %s each wait for the other to end."), name, other_name);
  if (other->is_join)
    /* Translators: worker A, lock, worker B that holds it, worker A. */
    return g_strdup_printf (_("Deadlock: %1$s waits for %2$s, which %3$s holds, while %3$s waits for %1$s to end; "
                              "neither can ever go on."),
                            name, edge_lock (facts, one), other_name);
  /* Translators: worker A, the lock it holds, the lock it waits for, worker B, which has them the other way round. */
  return g_strdup_printf (_("Deadlock: %1$s holds %2$s and waits for %3$s, while %4$s holds %3$s and waits for %2$s; "
                            "neither can ever go on."),
                          name, edge_lock (facts, other), edge_lock (facts, one), other_name);
}

static char *
deadlock_ring (const JugglerFacts *facts,
               guint               n_cycle)
{
  g_autoptr (GString) ring = g_string_new (NULL);
  g_autofree char *count = juggler_format_unsigned (n_cycle);

  for (guint i = 0; i < MIN (n_cycle, NAMED_MEMBERS); i++)
    g_string_append_printf (ring, "%s → ",
                            juggler_facts_get_name (facts, juggler_result_get_edge (facts->result, i)->worker));
  if (n_cycle > NAMED_MEMBERS)
    g_string_append (ring, "… → ");
  g_string_append (ring, juggler_facts_get_name (facts, juggler_result_get_edge (facts->result, 0)->worker));
  /* Translators: how many workers (three or more), then the ring: "a → b → c → a". */
  return g_strdup_printf (ngettext ("Deadlock: %s worker waits in a ring for what the next one holds (%s), and none can "
                                    "ever go on.",
                                    "Deadlock: %s workers wait in a ring, each for what the next one holds (%s), and "
                                    "none can ever go on.",
                                    n_cycle),
                          count, ring->str);
}

char *
juggler_sentence_deadlock (const JugglerFacts *facts)
{
  guint n_cycle = juggler_result_get_n_cycle (facts->result);

  if (n_cycle == 0)
    return g_strdup (_("Deadlock: everybody waits, and nobody is left who could wake them."));
  if (n_cycle == 1)
    return deadlock_of_one (facts, juggler_result_get_edge (facts->result, 0));
  if (n_cycle == 2)
    return deadlock_of_two (facts, juggler_result_get_edge (facts->result, 0),
                            juggler_result_get_edge (facts->result, 1));
  return deadlock_ring (facts, n_cycle);
}

char *
juggler_sentence_main_died (const JugglerFacts *facts)
{
  const JugglerResultWorker *main_worker = juggler_facts_get_worker (facts, 0);
  g_autofree char           *time = wall (facts);
  g_autofree char           *signal_name = juggler_sentence_signal_name (main_worker->signal);

  if (main_worker->signal == 0)
    return g_strdup_printf (_("Main died after %s, and everything in its process ended with it."), time);
  if (main_worker->state == JUGGLER_RESULT_CRASHED)
    /* Translators: signal such as "SIGABRT (6)", time. */
    return g_strdup_printf (_("The process of main crashed with %s after %s: its threads ended with it, and its "
                              "processes were killed."),
                            signal_name, time);
  /* Translators: signal such as "SIGKILL (9)", time. */
  return g_strdup_printf (_("Main was killed by %s after %s: its threads ended with it, and its processes were "
                            "killed."),
                          signal_name, time);
}

/* How many workers besides main had not ended; *first: one of them, one held by SIGSTOP if there is. */
static guint
count_living (const JugglerFacts *facts,
              guint              *first)
{
  guint count = 0;

  *first = 0;
  for (guint i = 1; i < juggler_result_get_n_workers (facts->result); i++)
    if (juggler_facts_lives (facts, i))
      {
        if (count == 0
            || (juggler_facts_get_worker (facts, i)->stopped && !juggler_facts_get_worker (facts, *first)->stopped))
          *first = i;
        count++;
      }
  return count;
}

/* What one worker did when the time was up. */
static char *
time_limit_of_one (const JugglerFacts *facts,
                   guint               worker,
                   const char         *limit)
{
  const JugglerResultWorker *one = juggler_facts_get_worker (facts, worker);
  const char                *name = juggler_facts_get_name (facts, worker);

  if (one->waits_for >= 0 && one->waiting == JUGGLER_SLOT_WAITING_LOCK)
    /* Translators: time, worker, lock. */
    return g_strdup_printf (_("The time limit of %s ended the run: %s still waited for %s."), limit, name,
                            juggler_result_get_lock_name (facts->result, (guint) one->waits_for));
  if (one->waits_for >= 0 && one->waiting == JUGGLER_SLOT_WAITING_JOIN)
    /* Translators: time, worker, the worker that it waited for. */
    return g_strdup_printf (_("The time limit of %s ended the run: %s still waited for %s to end."), limit, name,
                            juggler_facts_get_name (facts, (guint) one->waits_for));
  if (one->waiting == JUGGLER_SLOT_SLEEPING)
    /* Translators: time, worker. */
    return g_strdup_printf (_("The time limit of %s ended the run: %s still slept."), limit, name);
  if (one->state == JUGGLER_RESULT_ORPHAN)
    /* Translators: time, worker. */
    return g_strdup_printf (_("The time limit of %s ended the run: %s still ran as an orphan."), limit, name);
  /* Translators: time, worker. */
  return g_strdup_printf (_("The time limit of %s ended the run: %s still ran."), limit, name);
}

char *
juggler_sentence_time_limit (const JugglerFacts *facts)
{
  guint            first;
  guint            living = count_living (facts, &first);
  g_autofree char *limit = juggler_format_duration (juggler_result_get_time_limit_ms (facts->result) * 1000.0);
  g_autofree char *count = juggler_format_unsigned (living);

  if (juggler_facts_get_worker (facts, first)->stopped)
    /* Translators: time, worker. */
    return g_strdup_printf (_("The time limit of %s ended the run: %s was stopped by SIGSTOP, and nobody let it "
                              "continue."),
                            limit, juggler_facts_get_name (facts, first));
  if (living <= 1)
    return time_limit_of_one (facts, first, limit);
  return g_strdup_printf (ngettext ("The time limit of %s ended the run: %s worker had not ended.",
                                    "The time limit of %s ended the run: %s workers had not ended.", living),
                          limit, count);
}

char *
juggler_sentence_stopped (const JugglerFacts *facts)
{
  guint            first;
  guint            living = count_living (facts, &first);
  g_autofree char *time = wall (facts);
  g_autofree char *count = juggler_format_unsigned (living);

  if (living == 0)
    return g_strdup_printf (_("The run was stopped after %s."), time);
  if (living == 1 && juggler_facts_get_worker (facts, first)->stopped)
    /* Translators: time, worker. */
    return g_strdup_printf (_("The run was stopped after %s, while %s was held by SIGSTOP."), time,
                            juggler_facts_get_name (facts, first));
  if (living == 1)
    /* Translators: time, worker. */
    return g_strdup_printf (_("The run was stopped after %s, before %s had ended."), time,
                            juggler_facts_get_name (facts, first));
  return g_strdup_printf (ngettext ("The run was stopped after %s, before %s worker had ended.",
                                    "The run was stopped after %s, before %s workers had ended.", living),
                          time, count);
}
