/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-sentence-private.h"

#include <signal.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "juggler-format.h"

/* A child that had ended for a moment before main looked is no zombie to speak of. */
#define ZOMBIE_US 50000.0
#define ZOMBIE_SHARE 0.25
#define MAIN_WAITED_SHARE 0.05
#define ORDER_NAMED 12U

static char *
after (const JugglerResultWorker *worker)
{
  return juggler_format_duration (worker->end_us >= 0 && worker->start_us >= 0 ? worker->end_us - worker->start_us : 0);
}

static gdouble
wall_us (const JugglerFacts *facts)
{
  return juggler_result_get_wall_ms (facts->result) * 1000.0;
}

/* "SIGTERM (15)". */
char *
juggler_sentence_signal_name (int signal)
{
  const char *name = sigabbrev_np (signal);

  if (name == NULL)
    /* Translators: a signal that has no name. */
    return g_strdup_printf (C_("sentence", "signal %d"), signal);
  return g_strdup_printf ("SIG%s (%d)", name, signal);
}

static char *
failed (const JugglerFacts *facts,
        guint               count,
        guint               first)
{
  const JugglerResultWorker *worker = juggler_facts_get_worker (facts, first);
  const char                *message = worker->message != NULL ? worker->message : "";

  if (count > 1)
    /* Translators: how many workers (two or more), the first one, why it failed ("unlocks …, which it does not hold"). */
    return g_strdup_printf (ngettext ("%u worker failed, %s, since it %s.", "%u workers failed, first %s, since it %s.",
                                      count),
                            count, juggler_facts_get_name (facts, first), message);
  /* Translators: worker, why it failed ("unlocks …, which it does not hold"). */
  return g_strdup_printf (_("%s failed, since it %s."), juggler_facts_get_name (facts, first), message);
}

static char *
crashed (const JugglerFacts *facts,
         guint               count,
         guint               first)
{
  const JugglerResultWorker *worker = juggler_facts_get_worker (facts, first);
  g_autofree char           *signal_name = juggler_sentence_signal_name (worker->signal);
  g_autofree char           *time = after (worker);

  if (count > 1)
    /* Translators: how many workers (two or more), the first one, signal, time. */
    return g_strdup_printf (ngettext ("%u worker crashed, %s with %s after %s.",
                                      "%u workers crashed, first %s with %s after %s.", count),
                            count, worker->name, signal_name, time);
  /* Translators: worker, signal, time. */
  return g_strdup_printf (_("%s crashed with %s after %s; the other processes went on."), worker->name, signal_name,
                          time);
}

/* Who killed it is known from the timeline: what no worker sent came from outside. */
static char *
killed (const JugglerFacts *facts,
        guint               count,
        guint               first)
{
  const JugglerResultWorker *worker = juggler_facts_get_worker (facts, first);
  g_autofree char           *signal_name = juggler_sentence_signal_name (worker->signal);
  g_autofree char           *time = after (worker);

  if (count > 1)
    /* Translators: how many workers (two or more), the first one, signal, time. */
    return g_strdup_printf (ngettext ("%u worker was killed, %s with %s after %s.",
                                      "%u workers were killed, first %s with %s after %s.", count),
                            count, worker->name, signal_name, time);
  if (facts->workers[first].signal != 0)
    /* Translators: worker, who killed it, signal, time. */
    return g_strdup_printf (_("%s was killed by %s with %s after %s, in the middle of its work."), worker->name,
                            juggler_facts_get_name (facts, facts->workers[first].sender), signal_name, time);
  if (facts->has_timeline)
    /* Translators: worker, signal, time. */
    return g_strdup_printf (_("%s was killed from outside the experiment with %s after %s."), worker->name, signal_name,
                            time);
  /* Translators: worker, signal, time. */
  return g_strdup_printf (_("%s was killed with %s after %s."), worker->name, signal_name, time);
}

/* What befell workers that no step of their own asked for. */
char *
juggler_sentence_accident (const JugglerFacts *facts)
{
  const JugglerResultWorker *main_worker = juggler_facts_get_worker (facts, 0);
  guint                      first;
  guint                      count = juggler_facts_count (facts, JUGGLER_RESULT_FAILED, &first);

  if (main_worker->state == JUGGLER_RESULT_FAILED)
    /* Translators: why main failed ("unlocks …, which it does not hold"). */
    return g_strdup_printf (_("Main failed, since it %s."), main_worker->message != NULL ? main_worker->message : "");
  if (count > 0)
    return failed (facts, count, first);
  count = juggler_facts_count (facts, JUGGLER_RESULT_CRASHED, &first);
  if (count > 0)
    return crashed (facts, count, first);
  count = juggler_facts_count (facts, JUGGLER_RESULT_KILLED, &first);
  if (count > 0)
    return killed (facts, count, first);
  return NULL;
}

static char *
daemons_terminated (const JugglerFacts *facts,
                    guint               count,
                    guint               first)
{
  const JugglerResultWorker *worker = juggler_facts_get_worker (facts, first);
  g_autofree char           *time = after (worker);
  g_autofree char           *number = juggler_format_unsigned (count);

  if (count > 1)
    return g_strdup_printf (ngettext ("%s daemon process was cut off: when main is done, its daemons are terminated.",
                                      "%s daemon processes were cut off: when main is done, its daemons are "
                                      "terminated.",
                                      count),
                            number);
  /* Translators: worker, time. */
  return g_strdup_printf (_("%s was cut off after %s: it is a daemon, and when main is done its daemon processes are "
                            "terminated."),
                          worker->name, time);
}

static char *
terminated (const JugglerFacts *facts,
            guint               count,
            guint               first)
{
  const JugglerResultWorker *worker = juggler_facts_get_worker (facts, first);
  g_autofree char           *time = after (worker);
  g_autofree char           *number = juggler_format_unsigned (count);

  if (count > 1)
    return g_strdup_printf (ngettext ("%s worker was terminated by SIGTERM (15), in the middle of its work.",
                                      "%s workers were terminated by SIGTERM (15), in the middle of their work.",
                                      count),
                            number);
  if (facts->workers[first].signal != 0)
    /* Translators: worker, who sent the signal, time. */
    return g_strdup_printf (_("%s was terminated after %s, in the middle of its work: %s sent it SIGTERM (15)."),
                            worker->name, time, juggler_facts_get_name (facts, facts->workers[first].sender));
  if (facts->has_timeline)
    /* Translators: worker, time. */
    return g_strdup_printf (_("%s was terminated after %s, in the middle of its work, by a SIGTERM (15) from outside the "
                              "experiment."),
                            worker->name, time);
  /* Translators: worker, time. */
  return g_strdup_printf (_("%s was terminated by SIGTERM (15) after %s, in the middle of its work."), worker->name,
                          time);
}

static char *
vanished (const JugglerFacts *facts,
          guint               count,
          guint               first)
{
  const JugglerResultWorker *worker = juggler_facts_get_worker (facts, first);
  gboolean                   with_main = juggler_facts_get_worker (facts, 0)->pid == worker->pid;
  g_autofree char           *time = after (worker);
  g_autofree char           *number = juggler_format_unsigned (count);

  if (count > 1)
    return g_strdup_printf (ngettext ("%s thread vanished when its process ended: no thread outlives its process.",
                                      "%s threads vanished when their process ended: no thread outlives its process.",
                                      count),
                            number);
  if (worker->daemon && with_main)
    /* Translators: worker, time. */
    return g_strdup_printf (_("%s was cut off after %s: it is a daemon thread, so main did not wait for it, and it "
                              "vanished with main’s process."),
                            worker->name, time);
  /* Translators: worker, time. */
  return g_strdup_printf (_("%s vanished after %s, when its process ended: no thread outlives its process."),
                          worker->name, time);
}

/* How many workers SIGTERM ended: those that the end of main cut off, or those that somebody signalled. */
static guint
count_terminated (const JugglerFacts *facts,
                  gboolean            cut,
                  guint              *first)
{
  guint count = 0;

  *first = 0;
  for (guint i = 1; i < juggler_result_get_n_workers (facts->result); i++)
    {
      const JugglerResultWorker *worker = juggler_facts_get_worker (facts, i);

      if (worker->state != JUGGLER_RESULT_TERMINATED || (worker->cut != FALSE) != cut)
        continue;
      if (count == 0)
        *first = i;
      count++;
    }
  return count;
}

/* The process worker, main or another, whose process a thread is in; it has ended by itself. FALSE: none. */
static gboolean
find_ended_process (const JugglerFacts *facts,
                    guint               thread,
                    guint              *process)
{
  for (guint i = 0; i < juggler_result_get_n_workers (facts->result); i++)
    {
      const JugglerResultWorker *worker = juggler_facts_get_worker (facts, i);

      if (worker->kind == JUGGLER_KIND_PROCESS && (worker->started || i == 0) && worker->has_exit && worker->signal == 0
          && worker->pid == juggler_facts_get_worker (facts, thread)->pid)
        {
          *process = i;
          return TRUE;
        }
    }
  return FALSE;
}

/* Whether it can only have been one of its threads that ended the process: its own steps cannot, and would have waited
 * for the thread, or come to another exit code. */
static gboolean
is_hard_exit_of_thread (const JugglerFacts *facts,
                        guint               thread,
                        guint               process)
{
  const JugglerResultWorker *worker = juggler_facts_get_worker (facts, thread);
  int                        code = juggler_facts_get_worker (facts, process)->exit_code;

  if (worker->kind != JUGGLER_KIND_THREAD || !juggler_facts_has_op (facts, thread, JUGGLER_OP_HARD_EXIT)
      || juggler_facts_has_op (facts, process, JUGGLER_OP_HARD_EXIT))
    return FALSE;
  if (worker->state == JUGGLER_RESULT_FINISHED)
    return code != 0 && worker->has_exit && worker->exit_code == code
           && !juggler_facts_has_op (facts, thread, JUGGLER_OP_EXIT);
  return worker->state == JUGGLER_RESULT_VANISHED
         && (!worker->daemon || (code != 0 && !juggler_facts_has_op (facts, process, JUGGLER_OP_EXIT)));
}

/* A thread that ended its whole process; which one it was is not known where several could. */
char *
juggler_sentence_hard_exit (const JugglerFacts *facts)
{
  guint            count = 0;
  guint            thread = 0;
  guint            process = 0;
  guint            its_process = 0;
  g_autofree char *time = NULL;
  const char      *process_name;
  int              code;

  for (guint i = 1; i < juggler_result_get_n_workers (facts->result); i++)
    {
      if (!find_ended_process (facts, i, &process) || !is_hard_exit_of_thread (facts, i, process))
        continue;
      if (count++ == 0)
        {
          thread = i;
          its_process = process;
        }
    }
  if (count == 0)
    return NULL;
  time = after (juggler_facts_get_worker (facts, thread));
  process_name = juggler_facts_get_name (facts, its_process);
  code = juggler_facts_get_worker (facts, its_process)->exit_code;
  if (count == 1)
    /* Translators: thread, worker whose process it is in, number, time. */
    return g_strdup_printf (_("%1$s ended the whole process of %2$s with exit code %3$d after %4$s: hard_exit waits for "
                              "nobody, and all threads of the process vanished at once."),
                            juggler_facts_get_name (facts, thread), process_name, code, time);
  /* Translators: worker whose process it is, number. */
  return g_strdup_printf (_("A thread ended the whole process of %1$s with exit code %2$d: hard_exit waits for nobody, and "
                            "all threads of the process vanished at once."),
                          process_name, code);
}

/* Workers that were ended before their last step. */
char *
juggler_sentence_cut (const JugglerFacts *facts)
{
  guint first;
  guint count = count_terminated (facts, FALSE, &first);

  if (count > 0)
    return terminated (facts, count, first);
  count = count_terminated (facts, TRUE, &first);
  if (count > 0)
    return daemons_terminated (facts, count, first);
  count = juggler_facts_count (facts, JUGGLER_RESULT_VANISHED, &first);
  return count > 0 ? vanished (facts, count, first) : NULL;
}

char *
juggler_sentence_orphan (const JugglerFacts *facts)
{
  guint                      first;
  guint                      count = juggler_facts_count (facts, JUGGLER_RESULT_ORPHAN, &first);
  const JugglerResultWorker *worker;
  g_autofree char           *number = juggler_format_unsigned (count);

  if (count == 0)
    return NULL;
  worker = juggler_facts_get_worker (facts, first);
  if (count > 1)
    return g_strdup_printf (ngettext ("%s process lived on as an orphan when its parent ended, and was taken in by the "
                                      "keeper of the experiment.",
                                      "%s processes lived on as orphans when their parents ended, and were taken in by "
                                      "the keeper of the experiment.",
                                      count),
                            number);
  /* Translators: worker, its parent, old PPID, new PPID. */
  return g_strdup_printf (_("%s lived on as an orphan when its parent %s ended: its PPID changed from %d to %d, the "
                            "keeper of the experiment."),
                          worker->name, juggler_facts_get_name (facts, worker->parent < 0 ? 0 : (guint) worker->parent),
                          worker->ppid, worker->new_ppid);
}

char *
juggler_sentence_zombie (const JugglerFacts *facts)
{
  guint            longest = 0;
  g_autofree char *time = NULL;
  g_autofree char *zombie = NULL;
  const JugglerResultWorker *worker;

  for (guint i = 1; i < juggler_result_get_n_workers (facts->result); i++)
    if (facts->workers[i].zombie_us > facts->workers[longest].zombie_us
        && juggler_facts_get_worker (facts, i)->kind == JUGGLER_KIND_PROCESS)
      longest = i;
  if (longest == 0 || facts->workers[longest].zombie_us < MAX (ZOMBIE_US, ZOMBIE_SHARE * wall_us (facts)))
    return NULL;
  worker = juggler_facts_get_worker (facts, longest);
  time = after (worker);
  zombie = juggler_format_duration (facts->workers[longest].zombie_us);
  /* Translators: worker, time, time, its parent. */
  return g_strdup_printf (_("%s ended after %s but stayed in the process table as a zombie for %s, until %s asked for "
                            "its exit code."),
                          worker->name, time, zombie,
                          juggler_facts_get_name (facts, worker->parent < 0 ? 0 : (guint) worker->parent));
}

char *
juggler_sentence_exit (const JugglerFacts *facts)
{
  const JugglerResultWorker *main_worker = juggler_facts_get_worker (facts, 0);
  g_autofree char           *time = NULL;

  for (guint i = 1; i < juggler_result_get_n_workers (facts->result); i++)
    {
      const JugglerResultWorker *worker = juggler_facts_get_worker (facts, i);

      if (worker->state == JUGGLER_RESULT_FINISHED && worker->has_exit && worker->exit_code != 0)
        {
          time = after (worker);
          /* Translators: worker, number, time. */
          return g_strdup_printf (_("%s ended with exit code %d after %s."), worker->name, worker->exit_code, time);
        }
    }
  if (!main_worker->has_exit || main_worker->exit_code == 0)
    return NULL;
  time = juggler_format_duration (wall_us (facts));
  return g_strdup_printf (_("Main ended with exit code %d after %s."), main_worker->exit_code, time);
}

static int
compare_ends (gconstpointer left,
              gconstpointer right,
              gpointer      data)
{
  const JugglerFacts *facts = data;
  const guint        *one = left;
  const guint        *other = right;
  gdouble             difference = juggler_facts_get_worker (facts, *one)->end_us
                       - juggler_facts_get_worker (facts, *other)->end_us;

  return difference < 0 ? -1 : difference > 0 ? 1 : (int) *one - (int) *other;
}

/* Whether the workers are one group (`count` > 1) without anybody else, all finished. */
static gboolean
is_one_group (const JugglerFacts *facts)
{
  const JugglerPlanWorker *workers;
  guint                    n_workers = juggler_result_get_n_workers (facts->result);

  if (facts->plan == NULL || n_workers < 4 || n_workers > ORDER_NAMED + 1)
    return FALSE;
  workers = juggler_plan_table (facts->plan, JUGGLER_TABLE_WORKERS);
  for (guint i = 1; i < n_workers; i++)
    if (workers[i].group != workers[1].group
        || juggler_facts_get_worker (facts, i)->state != JUGGLER_RESULT_FINISHED)
      return FALSE;
  return TRUE;
}

/* Workers that all do the same, and ended in another order than that in which they were started. */
char *
juggler_sentence_order (const JugglerFacts *facts)
{
  guint n_workers = juggler_result_get_n_workers (facts->result) - 1;
  g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *number = juggler_format_unsigned (n_workers);
  gboolean         same = TRUE;

  if (!is_one_group (facts))
    return NULL;
  for (guint i = 1; i <= n_workers; i++)
    g_array_append_val (order, i);
  g_array_sort_with_data (order, compare_ends, (gpointer) facts);
  for (guint i = 0; i < n_workers; i++)
    {
      guint worker = g_array_index (order, guint, i);

      same = same && worker == i + 1;
      /* Translators: between the names of workers. */
      g_string_append_printf (names, "%s%s", i > 0 ? C_("list", ", ") : "", juggler_facts_get_name (facts, worker));
    }
  if (same)
    return NULL;
  /* Translators: how many workers (three or more), their names in the order in which they ended. */
  return g_strdup_printf (ngettext ("%s worker ended out of order: %s.",
                                    "%s workers that all do the same ended in another order than they were started in: "
                                    "%s; the scheduler decides, and next time it may decide otherwise.",
                                    n_workers),
                          number, names->str);
}

char *
juggler_sentence_main_waited (const JugglerFacts *facts)
{
  guint            count = 0;
  guint            last = 0;
  g_autofree char *done = NULL;
  g_autofree char *end = NULL;

  if (facts->steps_done_us < 0 || wall_us (facts) - facts->steps_done_us < MAIN_WAITED_SHARE * wall_us (facts))
    return NULL;
  for (guint i = 1; i < juggler_result_get_n_workers (facts->result); i++)
    {
      const JugglerResultWorker *worker = juggler_facts_get_worker (facts, i);

      if (worker->daemon || worker->parent != 0 || worker->end_us <= facts->steps_done_us)
        continue;
      if (count == 0 || worker->end_us > juggler_facts_get_worker (facts, last)->end_us)
        last = i;
      count++;
    }
  if (count == 0)
    return NULL;
  done = juggler_format_duration (facts->steps_done_us);
  end = juggler_format_duration (wall_us (facts));
  if (count == 1)
    /* Translators: time, time, worker. */
    return g_strdup_printf (_("Main reached its last step after %s but lived until %s: it waited for %s to end."),
                            done, end, juggler_facts_get_name (facts, last));
  /* Translators: time, time, how many workers (two or more), the last of them. */
  return g_strdup_printf (ngettext ("Main reached its last step after %s but lived until %s: it waited for %u worker, "
                                    "%s.",
                                    "Main reached its last step after %s but lived until %s: it waited for its %u "
                                    "workers to end, %s the last.",
                                    count),
                          done, end, count, juggler_facts_get_name (facts, last));
}

/* Nothing to point at. */
char *
juggler_sentence_plain (const JugglerFacts *facts)
{
  guint            n_workers = juggler_result_get_n_workers (facts->result) - 1;
  guint            first;
  guint            n_never = juggler_facts_count (facts, JUGGLER_RESULT_NEVER_STARTED, &first);
  guint            n_started = n_workers - n_never;
  g_autofree char *wall = juggler_format_duration (wall_us (facts));
  g_autofree char *number = juggler_format_unsigned (n_started);
  g_autofree char *never = juggler_format_unsigned (n_never);

  if (n_started == 0)
    return g_strdup_printf (_("Main ended after %s and started no workers."), wall);
  if (n_never > 0)
    /* Translators: how many workers ended, time, how many were not started (one or more). */
    return g_strdup_printf (ngettext ("%s worker came to its end in %s; %s never started.",
                                      "%s workers came to their end in %s; %s never started.", n_started),
                            number, wall, never);
  if (n_started == 1)
    /* Translators: worker, time. */
    return g_strdup_printf (_("%s came to its end, and the run was over after %s."), juggler_facts_get_name (facts, 1),
                            wall);
  if (n_started == 2)
    /* Translators: time. */
    return g_strdup_printf (_("Both workers came to their end, and the run was over after %s."), wall);
  return g_strdup_printf (ngettext ("%s worker came to its end, and the run was over after %s.",
                                    "All %s workers came to their end, and the run was over after %s.", n_started),
                          number, wall);
}
