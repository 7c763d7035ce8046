/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-sentence-private.h"

#include <glib/gi18n-lib.h>

#include "juggler-format.h"

/* A longer list is not told element by element. */
#define LIST_ELEMENTS 12U

static char *
format_value (const JugglerResultValue *value)
{
  if (value->is_list)
    return juggler_format_list (value->values, (gsize) value->value, LIST_ELEMENTS);
  return juggler_format_integer (value->value);
}

static gboolean
same_value (const JugglerResultValue *one,
            const JugglerResultValue *other)
{
  if (one->value != other->value)
    return FALSE;
  for (gint64 i = 0; one->is_list && i < one->value; i++)
    if (one->values[i] != other->values[i])
      return FALSE;
  return TRUE;
}

/* A process that ended with another value than main's in its own copy of the global; 0: none. Where main's value is
 * wrong, one that worked on its own copy is enough: the values may be the same by chance. */
static guint
find_other_copy (const JugglerFacts *facts,
                 guint               global)
{
  gint64   lost = 0;
  gboolean wrong = juggler_result_get_lost (facts->result, global, &lost) && lost != 0;

  for (guint i = 1; i < juggler_result_get_n_workers (facts->result); i++)
    {
      const JugglerResultWorker *worker = juggler_facts_get_worker (facts, i);

      if (!worker->started || worker->globals == NULL || juggler_facts_in_main (facts, i))
        continue;
      if (!same_value (&worker->globals[global], juggler_result_get_global (facts->result, global))
          || (wrong && juggler_facts_get_use (facts, i, global) != JUGGLER_USE_NONE))
        return i;
    }
  return 0;
}

/* Whether main or a thread of it changed the global too. */
static gboolean
main_changed (const JugglerFacts *facts,
              guint               global)
{
  for (guint i = 0; i < juggler_result_get_n_workers (facts->result); i++)
    if (juggler_facts_get_worker (facts, i)->started && juggler_facts_in_main (facts, i)
        && juggler_facts_get_use (facts, i, global) != JUGGLER_USE_NONE)
      return TRUE;
  return FALSE;
}

/* Whether main's own process, its threads included, added more to the global than it has. */
static gboolean
lost_in_main (const JugglerFacts *facts,
              guint               global,
              gint64             *lost)
{
  gint64 initial;
  gint64 made;

  if (juggler_result_get_global (facts->result, global)->is_list || !juggler_facts_get_initial (facts, global, &initial)
      || !juggler_facts_get_made (facts, global, &made))
    return FALSE;
  *lost = (gint64) ((guint64) initial + (guint64) made
                    - (guint64) juggler_result_get_global (facts->result, global)->value);
  return *lost > 0;
}

/* The global that processes changed in copies of their own: one with an expected value first. FALSE: none. */
static gboolean
find_separate (const JugglerFacts *facts,
               guint              *global,
               guint              *worker)
{
  gboolean found = FALSE;
  gint64   expected;

  for (guint i = 0; i < juggler_result_get_n_globals (facts->result); i++)
    {
      guint copy = find_other_copy (facts, i);

      if (copy == 0)
        continue;
      if (!found || juggler_result_get_expected (facts->result, i, &expected))
        {
          *global = i;
          *worker = copy;
        }
      found = TRUE;
      if (juggler_result_get_expected (facts->result, i, &expected))
        break;
    }
  return found;
}

char *
juggler_sentence_separate (const JugglerFacts *facts)
{
  guint                      global = 0;
  guint                      first = 0;
  const JugglerResultWorker *worker;
  g_autofree char           *mine = NULL;
  g_autofree char           *own = NULL;
  gint64                     initial;
  gint64                     lost;

  if (!find_separate (facts, &global, &first))
    return NULL;
  worker = juggler_facts_get_worker (facts, first);
  mine = format_value (juggler_result_get_global (facts->result, global));
  own = format_value (&worker->globals[global]);
  if (juggler_result_get_global (facts->result, global)->is_list)
    /* Translators: global (a list), process, the list there, the list in main. */
    return g_strdup_printf (_("Separate copies: each process has a %1$s of its own; it is %3$s in %2$s and %4$s in "
                              "main."),
                            worker->globals[global].name, worker->name, own, mine);
  if (juggler_facts_get_use (facts, first, global) != JUGGLER_USE_NONE && lost_in_main (facts, global, &lost))
    {
      g_autofree char *number = juggler_format_integer (lost);

      /* Translators: global, process, the value there, the value in main, how many of main's own were lost. */
      return g_strdup_printf (_("Separate copies: each process counts in a %1$s of its own, so %3$s in %2$s does not "
                                "reach main. And %1$s in main is %4$s though %5$s more were added there: two threads "
                                "read the same value, and the one that writes last undoes what the other wrote."),
                              worker->globals[global].name, worker->name, own, mine, number);
    }
  if (juggler_facts_get_use (facts, first, global) != JUGGLER_USE_NONE && main_changed (facts, global))
    /* Translators: global, process, the value there, the value in main. */
    return g_strdup_printf (_("Separate copies: each process counts in a %1$s of its own, so %3$s in %2$s does not "
                              "reach main, whose %1$s has only what was added in its own process: %4$s."),
                            worker->globals[global].name, worker->name, own, mine);
  if (juggler_facts_get_use (facts, first, global) != JUGGLER_USE_NONE
      && juggler_facts_get_initial (facts, global, &initial)
      && initial == juggler_result_get_global (facts->result, global)->value)
    /* Translators: global, process, the value there, the value in main. */
    return g_strdup_printf (_("Separate copies: each process counts in a %1$s of its own (%3$s in %2$s), and main’s "
                              "still is %4$s."),
                            worker->globals[global].name, worker->name, own, mine);
  /* Translators: global, process, the value there, the value in main. */
  return g_strdup_printf (_("Separate copies: each process has a %1$s of its own; it is %3$s in %2$s and %4$s in main."),
                          worker->globals[global].name, worker->name, own, mine);
}

/* What is expected came out in main, and a process has another value in a copy of its own. */
char *
juggler_sentence_right_apart (const JugglerFacts *facts)
{
  guint                      global = 0;
  guint                      first = 0;
  gint64                     expected = 0;
  const JugglerResultWorker *worker;
  g_autofree char           *mine = NULL;
  g_autofree char           *own = NULL;

  if (!find_separate (facts, &global, &first) || !juggler_result_get_expected (facts->result, global, &expected))
    return NULL;
  worker = juggler_facts_get_worker (facts, first);
  mine = format_value (juggler_result_get_global (facts->result, global));
  own = format_value (&worker->globals[global]);
  /* Translators: global, value in main, value in the process, process. */
  return g_strdup_printf (_("Right: %1$s is %2$s in main, as expected; each process has a copy of its own, and it is "
                            "%3$s in %4$s."),
                          worker->globals[global].name, mine, own, worker->name);
}

/* Threads only, processes only, or both, among those that change the global without a lock of their own kind. */
typedef struct
{
  guint    n_plain;     /* workers that increment or write it */
  guint    n_processes; /* of them */
  guint    n_locked;    /* of them, those that take a lock */
  guint    n_atomic;
  guint    first;       /* the first that takes a lock */
  gboolean overlapped;  /* two of them lived at the same time */
  gboolean cut;         /* one of them did not come to its end */
} Writers;

static gboolean
overlap (const JugglerResultWorker *one,
         const JugglerResultWorker *other)
{
  return one->start_us < other->end_us && other->start_us < one->end_us;
}

static Writers
find_writers (const JugglerFacts *facts,
              guint               global)
{
  Writers writers = { 0 };
  guint   previous = 0;

  for (guint i = 0; i < juggler_result_get_n_workers (facts->result); i++)
    {
      const JugglerResultWorker *worker = juggler_facts_get_worker (facts, i);
      JugglerUse                 use;

      if (!worker->started || !juggler_facts_in_main (facts, i))
        continue;
      use = juggler_facts_get_use (facts, i, global);
      if ((use & JUGGLER_USE_ATOMIC) != 0)
        writers.n_atomic++;
      if ((use & JUGGLER_USE_PLAIN) == 0)
        continue;
      if ((use & JUGGLER_USE_LOCK) != 0 && writers.n_locked++ == 0)
        writers.first = i;
      if (writers.n_plain > 0 && overlap (juggler_facts_get_worker (facts, previous), worker))
        writers.overlapped = TRUE;
      writers.n_plain++;
      if (worker->kind == JUGGLER_KIND_PROCESS && i > 0)
        writers.n_processes++;
      if (worker->state != JUGGLER_RESULT_FINISHED)
        writers.cut = TRUE;
      previous = i;
    }
  return writers;
}

/* The expected global that misses most; FALSE: all are as they should be. */
static gboolean
find_wrong (const JugglerFacts *facts,
            guint              *global,
            gint64             *expected,
            gint64             *lost)
{
  guint64 most = 0;

  for (guint i = 0; i < juggler_result_get_n_globals (facts->result); i++)
    {
      gint64  should;
      gint64  missing;
      guint64 size;

      if (!juggler_result_get_expected (facts->result, i, &should)
          || !juggler_result_get_lost (facts->result, i, &missing) || missing == 0)
        continue;
      size = missing < 0 ? -(guint64) missing : (guint64) missing;
      if (size > most)
        {
          most = size;
          *global = i;
          *expected = should;
          *lost = missing;
        }
    }
  return most > 0;
}

/* Whether what is missing was lost by workers that overwrote each other. */
static gboolean
is_lost_update (const JugglerFacts *facts,
                guint               global,
                const Writers      *writers,
                gint64              lost)
{
  gint64 initial;
  gint64 made;

  if (lost < 0 || writers->n_plain + writers->n_atomic < 2 || writers->n_plain == 0)
    return FALSE;
  if (juggler_facts_get_initial (facts, global, &initial) && juggler_facts_get_made (facts, global, &made))
    return (guint64) juggler_result_get_global (facts->result, global)->value - (guint64) initial < (guint64) made;
  return writers->n_locked < writers->n_plain;
}

/* "862 598 (43 %)": the share is of what should have been added. */
static char *
format_lost (const JugglerFacts *facts,
             guint               global,
             gint64              expected,
             gint64              lost)
{
  gint64           initial;
  gdouble          asked;
  g_autofree char *number = juggler_format_integer (lost);
  g_autofree char *percent = NULL;

  juggler_facts_get_initial (facts, global, &initial);
  asked = (gdouble) expected - (gdouble) initial;
  if (asked <= 0 || (gdouble) lost > asked)
    return g_steal_pointer (&number);
  percent = juggler_format_percent ((gdouble) lost / asked);
  /* Translators: a number and what share of the whole that is: "862 598 (43 %)". */
  return g_strdup_printf (C_("sentence", "%s (%s)"), number, percent);
}

static char *
lost_updates (const JugglerFacts *facts,
              const Writers      *writers,
              const char         *name,
              const char         *should,
              const char         *is,
              const char         *lost)
{
  if (juggler_result_get_cores (facts->result) == 1)
    /* Translators: global, expected value, value, how many were lost with their share. */
    return g_strdup_printf (_("Lost updates, even on one core: %1$s should be %2$s and is %3$s, %4$s are lost: a worker "
                              "was interrupted between its read and its write, and when it came back it wrote its old "
                              "value over all that the other had added."),
                            name, should, is, lost);
  if (writers->n_processes == 0)
    /* Translators: global, expected value, value, how many were lost with their share. */
    return g_strdup_printf (_("Lost updates: %1$s should be %2$s and is %3$s, %4$s are lost: two threads read the same "
                              "value, both add to it, and the one that writes last undoes what the other wrote."),
                            name, should, is, lost);
  if (writers->n_processes == writers->n_plain)
    /* Translators: global, expected value, value, how many were lost with their share. */
    return g_strdup_printf (_("Lost updates: %1$s should be %2$s and is %3$s, %4$s are lost: two processes read the "
                              "same shared value, both add to it, and the one that writes last undoes what the other "
                              "wrote."),
                            name, should, is, lost);
  /* Translators: global, expected value, value, how many were lost with their share. */
  return g_strdup_printf (_("Lost updates: %1$s should be %2$s and is %3$s, %4$s are lost: two workers read the same "
                            "value, both add to it, and the one that writes last undoes what the other wrote."),
                          name, should, is, lost);
}

/* Updates that were overwritten. Where a worker was cut off, what is missing was in part never added, and there is
 * something better to say. */
char *
juggler_sentence_lost (const JugglerFacts *facts)
{
  guint            global = 0;
  gint64           expected = 0;
  gint64           missing = 0;
  Writers          writers;
  g_autofree char *should = NULL;
  g_autofree char *is = NULL;
  g_autofree char *lost = NULL;

  if (!find_wrong (facts, &global, &expected, &missing))
    return NULL;
  writers = find_writers (facts, global);
  if (writers.cut || !is_lost_update (facts, global, &writers, missing))
    return NULL;
  should = juggler_format_integer (expected);
  is = format_value (juggler_result_get_global (facts->result, global));
  lost = format_lost (facts, global, expected, missing);
  return lost_updates (facts, &writers, juggler_result_get_global (facts->result, global)->name, should, is, lost);
}

/* Any other value that is not the expected one. */
char *
juggler_sentence_wrong (const JugglerFacts *facts)
{
  guint            global = 0;
  gint64           expected = 0;
  gint64           missing = 0;
  const char      *name;
  g_autofree char *should = NULL;
  g_autofree char *is = NULL;
  g_autofree char *difference = NULL;

  if (!find_wrong (facts, &global, &expected, &missing))
    return NULL;
  name = juggler_result_get_global (facts->result, global)->name;
  should = juggler_format_integer (expected);
  is = format_value (juggler_result_get_global (facts->result, global));
  difference = juggler_format_unsigned (missing < 0 ? -(guint64) missing : (guint64) missing);
  if (missing < 0)
    /* Translators: global, expected value, value, how much too much. */
    return g_strdup_printf (_("Wrong: %1$s should be %2$s and is %3$s, which is %4$s more."), name, should, is,
                            difference);
  /* Translators: global, expected value, value, how much too little. */
  return g_strdup_printf (_("Wrong: %1$s should be %2$s and is %3$s, which is %4$s less."), name, should, is,
                          difference);
}

static char *
right_with_lock (const JugglerFacts *facts,
                 const Writers      *writers,
                 const char         *name,
                 const char         *value)
{
  guint            lock = juggler_facts_get_lock (facts, writers->first);
  const char      *lock_name = lock != JUGGLER_NONE ? juggler_result_get_lock_name (facts->result, lock) : NULL;
  gdouble          wait_ms = 0;
  g_autofree char *waits = juggler_format_unsigned (facts->waits);
  g_autofree char *time = NULL;

  if (lock_name == NULL)
    return NULL;
  for (guint i = 0; i < juggler_result_get_n_workers (facts->result); i++)
    wait_ms += juggler_facts_get_worker (facts, i)->wait_ms;
  time = juggler_format_duration (wait_ms * 1000.0);
  if (facts->waits_exact && facts->waits > 0)
    /* Translators: global, value, lock, how often, time. */
    return g_strdup_printf (ngettext ("Exact: %1$s is %2$s, as expected: only one at a time can hold %3$s, and a worker "
                                      "that came late had to wait %4$s time for it, %5$s in all.",
                                      "Exact: %1$s is %2$s, as expected: only one at a time can hold %3$s, and a worker "
                                      "that came late had to wait %4$s times for it, %5$s in all.",
                                      (gulong) facts->waits),
                            name, value, lock_name, waits, time);
  if (wait_ms > 0)
    /* Translators: global, value, lock, time. */
    return g_strdup_printf (_("Exact: %1$s is %2$s, as expected: only one at a time can hold %3$s, and whoever came "
                              "late waited for it, %4$s in all."),
                            name, value, lock_name, time);
  /* Translators: global, value, lock. */
  return g_strdup_printf (_("Exact: %1$s is %2$s, as expected: only one at a time can hold %3$s, though this time "
                            "nobody had to wait for it."),
                          name, value, lock_name);
}

/* Two or more without a lock, and nothing was lost. */
static char *
right_by_luck (const JugglerFacts *facts,
               const Writers      *writers,
               const char         *name,
               const char         *value)
{
  if (!writers->overlapped)
    /* Translators: global, value. */
    return g_strdup_printf (_("Nothing was lost: %1$s is %2$s, as expected, since the workers ran one after the other; "
                              "at the same time they might have overwritten each other."),
                            name, value);
  if (juggler_result_get_cores (facts->result) == 1)
    /* Translators: global, value. */
    return g_strdup_printf (_("Nothing was lost this time: %1$s is %2$s, as expected: on one core the workers take "
                              "turns, and none was interrupted just between a read and its write; without a lock that "
                              "stays luck."),
                            name, value);
  /* Translators: global, value. */
  return g_strdup_printf (_("Nothing was lost this time: %1$s is %2$s, as expected, but only by luck: without a lock two "
                            "workers may read the same value, and one update is then lost."),
                          name, value);
}

char *
juggler_sentence_right (const JugglerFacts *facts)
{
  guint            global = 0;
  guint            n_expected = 0;
  gint64           expected = 0;
  Writers          writers;
  const char      *name;
  char            *sentence = NULL;
  g_autofree char *value = NULL;

  for (guint i = juggler_result_get_n_globals (facts->result); i > 0; i--)
    if (juggler_result_get_expected (facts->result, i - 1, &expected))
      {
        global = i - 1;
        n_expected++;
      }
  if (n_expected == 0)
    return NULL;
  name = juggler_result_get_global (facts->result, global)->name;
  value = format_value (juggler_result_get_global (facts->result, global));
  writers = find_writers (facts, global);
  if (n_expected == 1 && writers.n_plain > 0 && writers.n_plain == writers.n_locked)
    sentence = right_with_lock (facts, &writers, name, value);
  else if (n_expected == 1 && writers.n_plain == 0 && writers.n_atomic > 1)
    sentence = g_strdup_printf (_("Exact: %1$s is %2$s, as expected: an atomic add reads, adds and writes in one "
                                  "indivisible step, so nothing can come in between."),
                                name, value);
  else if (n_expected == 1 && writers.n_plain + writers.n_atomic > 1)
    sentence = right_by_luck (facts, &writers, name, value);
  if (sentence != NULL)
    return sentence;
  if (n_expected == 1)
    return g_strdup_printf (_("Right: %1$s is %2$s, as expected."), name, value);
  return g_strdup_printf (ngettext ("Right: %u expected value holds.", "Right: all %u expected values hold.",
                                    n_expected),
                          n_expected);
}

/* A list that several workers of one memory saw alike. */
char *
juggler_sentence_shared (const JugglerFacts *facts)
{
  for (guint global = 0; global < juggler_result_get_n_globals (facts->result); global++)
    {
      const JugglerResultValue *value = juggler_result_get_global (facts->result, global);
      g_autofree char          *text = NULL;
      guint                     alike = 0;

      if (!value->is_list || value->value == 0)
        continue;
      for (guint i = 1; i < juggler_result_get_n_workers (facts->result); i++)
        {
          const JugglerResultWorker *worker = juggler_facts_get_worker (facts, i);

          if (worker->started && worker->globals_exact && juggler_facts_in_main (facts, i)
              && same_value (&worker->globals[global], value))
            alike++;
        }
      if (alike < 2)
        continue;
      text = format_value (value);
      if (juggler_result_get_shared_globals (facts->result))
        /* Translators: global (a list), its value. */
        return g_strdup_printf (_("Shared: %1$s lies in memory that all processes have in common; at the end it is %2$s for all "
                                  "of them."),
                                value->name, text);
      /* Translators: global (a list), its value. */
      return g_strdup_printf (_("Shared: the threads of a process have one %1$s in common; at the end it is %2$s for all of "
                                "them."),
                              value->name, text);
    }
  return NULL;
}
