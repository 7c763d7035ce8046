/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-sentence-private.h"

#include <glib/gi18n-lib.h>

#include "juggler-format.h"
#include "juggler-overlap.h"

/* Workers are busy when each had the processor for so long … */
#define BUSY_MS 5.0
/* … and so much of the run's time all of them together wanted it. */
#define BUSY_SHARE 0.2
/* They took turns when they waited for the processor at least for this share of the time that they had it. */
#define TURNS_SHARE 0.05
/* They ran side by side when that lasted for so much of their time, and so long: a span's ends are known to some
 * microseconds only. */
#define TOGETHER_SHARE 0.02
#define TOGETHER_MS 1.0
/* Without a timeline: they must have computed so much faster than one alone could. */
#define FASTER 1.1
/* A timeline with more spans is not looked through for one sentence. */
#define MOST_SPANS 200000U
#define NS_PER_MS 1e6

typedef struct
{
  guint    count;     /* workers that computed */
  gdouble  cpu_ms;    /* time that they had the processor */
  gdouble  waited_ms; /* time that they wanted it and others had it; as far as the timeline tells */
  guint    most;      /* of them at the same instant; 0: not known */
  gboolean met;       /* two of them lived at the same time */
  gboolean one_core;  /* they had one core for all of them */
} Busy;

typedef struct
{
  JugglerOverlap overlap;
  guint          n_spans;
  gboolean       known;
} Spans;

static gboolean
is_busy (const JugglerFacts *facts,
         guint               worker)
{
  return juggler_facts_get_worker (facts, worker)->cpu_ms >= BUSY_MS;
}

static gboolean
add_span_cb (const JugglerSpan *span,
             gpointer           data)
{
  Spans *spans = data;

  spans->n_spans++;
  if (span->thinned || spans->n_spans > MOST_SPANS)
    spans->known = FALSE;
  else if (span->state == JUGGLER_LANE_RUNNING)
    juggler_overlap_add (&spans->overlap, span->begin, span->end);
  return spans->known;
}

static gdouble
get_waited_ms (const JugglerFacts *facts,
               guint               worker)
{
  JugglerShares shares;
  gint64        begin;
  gint64        end;

  if (!juggler_timeline_get_lane_extent (facts->timeline, worker, &begin, &end) || end <= begin)
    return 0;
  juggler_timeline_get_shares (facts->timeline, worker, begin, (gdouble) (end - begin), 1, &shares);
  return (gdouble) (shares.time[JUGGLER_LANE_PREEMPTED] + shares.time[JUGGLER_LANE_STOLEN]) / NS_PER_MS;
}

/* How many ran at the same instant, from the timeline. */
static void
take_spans (const JugglerFacts *facts,
            Busy               *busy)
{
  Spans   spans = { .known = TRUE };
  gdouble least = MAX (TOGETHER_MS, TOGETHER_SHARE * busy->cpu_ms) * NS_PER_MS;

  juggler_overlap_init (&spans.overlap);
  for (guint i = 1; i < juggler_result_get_n_workers (facts->result); i++)
    if (is_busy (facts, i))
      {
        busy->waited_ms += get_waited_ms (facts, i);
        juggler_timeline_foreach_span (facts->timeline, i, G_MININT64, G_MAXINT64, add_span_cb, &spans);
      }
  if (spans.known)
    busy->most = MIN (juggler_overlap_most (&spans.overlap, (gint64) least),
                      MAX (juggler_result_get_cores (facts->result), 1));
  juggler_overlap_clear (&spans.overlap);
}

/* Whether a worker began before an earlier one had ended. */
static gboolean
find_met (const JugglerFacts *facts)
{
  JugglerOverlap overlap;
  gboolean       met;

  juggler_overlap_init (&overlap);
  for (guint i = 1; i < juggler_result_get_n_workers (facts->result); i++)
    {
      const JugglerResultWorker *worker = juggler_facts_get_worker (facts, i);

      if (is_busy (facts, i))
        juggler_overlap_add (&overlap, (gint64) (worker->start_us * 1000),
                             worker->end_us >= 0 ? (gint64) (worker->end_us * 1000) : G_MAXINT64);
    }
  met = juggler_overlap_most (&overlap, 1) > 1;
  juggler_overlap_clear (&overlap);
  return met;
}

/* Whether all of them ran on the same core and no other. */
static gboolean
find_one_core (const JugglerFacts *facts)
{
  gint core = -1;

  if (juggler_result_get_cores (facts->result) == 1)
    return TRUE;
  for (guint i = 1; i < juggler_result_get_n_workers (facts->result); i++)
    {
      const JugglerResultWorker *worker = juggler_facts_get_worker (facts, i);

      if (!is_busy (facts, i))
        continue;
      if (worker->n_cores != 1 || (core >= 0 && (gint) worker->cores[0] != core))
        return FALSE;
      core = (gint) worker->cores[0];
    }
  return core >= 0;
}

static Busy
find_busy (const JugglerFacts *facts)
{
  Busy busy = { 0 };

  for (guint i = 1; i < juggler_result_get_n_workers (facts->result); i++)
    if (is_busy (facts, i))
      {
        busy.count++;
        busy.cpu_ms += juggler_facts_get_worker (facts, i)->cpu_ms;
      }
  if (busy.count < 2)
    return busy;
  if (facts->timeline != NULL)
    take_spans (facts, &busy);
  busy.met = find_met (facts);
  busy.one_core = busy.most < 2 && find_one_core (facts);
  return busy;
}

static char *
on_one_core (const Busy *busy,
             const char *cpu,
             const char *wall)
{
  /* Translators: how many workers (two or more), two times. */
  return g_strdup_printf (ngettext ("%u worker needed %s of processor time in all; on one core it took %s: they took "
                                    "turns, only one at any instant.",
                                    "%u workers needed %s of processor time in all; on one core it took %s: they took "
                                    "turns, only one at any instant.",
                                    busy->count),
                          busy->count, cpu, wall);
}

static char *
one_by_one (const Busy *busy,
            const char *cpu,
            const char *wall)
{
  /* Translators: how many workers (two or more), two times. */
  return g_strdup_printf (ngettext ("%u worker needed %s of processor time in all, and it took %s: they ran one after "
                                    "the other, never two at once.",
                                    "%u workers needed %s of processor time in all, and it took %s: they ran one after "
                                    "the other, never two at once.",
                                    busy->count),
                          busy->count, cpu, wall);
}

/* Some ran at the same instant. */
static char *
side_by_side (const Busy *busy,
              guint       cores,
              const char *cpu,
              const char *wall)
{
  if (busy->most >= busy->count)
    /* Translators: how many workers (two or more), time, how many cores (two or more), time. */
    return g_strdup_printf (ngettext ("%u worker needed %s of processor time in all; on %u cores it took %s: they ran "
                                      "side by side, at the same time.",
                                      "%u workers needed %s of processor time in all; on %u cores it took %s: they ran "
                                      "side by side, all at the same time.",
                                      busy->count),
                            busy->count, cpu, cores, wall);
  if (busy->waited_ms >= TURNS_SHARE * busy->cpu_ms)
    /* Translators: how many workers (two or more), time, how many cores (two or more), time, how many workers. */
    return g_strdup_printf (ngettext ("%u worker needed %s of processor time in all; on %u cores it took %s: %u at a "
                                      "time ran, and the others waited for their turn.",
                                      "%u workers needed %s of processor time in all; on %u cores it took %s: up to %u "
                                      "at a time ran side by side, and the others waited for their turn.",
                                      busy->count),
                            busy->count, cpu, cores, wall, busy->most);
  /* Translators: how many workers (two or more), time, how many cores (two or more), time, how many workers. */
  return g_strdup_printf (ngettext ("%u worker needed %s of processor time in all; on %u cores it took %s: %u at a time "
                                    "ran.",
                                    "%u workers needed %s of processor time in all; on %u cores it took %s: up to %u at "
                                    "a time ran side by side.",
                                    busy->count),
                          busy->count, cpu, cores, wall, busy->most);
}

/* Two lived at the same time on several cores, but hardly ever ran so: a lock, or other programs, kept them apart. */
static char *
kept_apart (const Busy *busy,
            guint       cores,
            const char *cpu,
            const char *wall)
{
  /* Translators: how many workers (two or more), time, how many cores (two or more), time. */
  return g_strdup_printf (ngettext ("%u worker needed %s of processor time in all; there were %u cores, but it took %s: "
                                    "hardly ever did two of them run at the same instant.",
                                    "%u workers needed %s of processor time in all; there were %u cores, but it took "
                                    "%s: hardly ever did two of them run at the same instant.",
                                    busy->count),
                          busy->count, cpu, cores, wall);
}

/* Workers that computed: taking turns on one core, side by side on several, or both. */
char *
juggler_sentence_together (const JugglerFacts *facts)
{
  gdouble          wall_ms = juggler_result_get_wall_ms (facts->result);
  guint            cores = juggler_result_get_cores (facts->result);
  Busy             busy = find_busy (facts);
  g_autofree char *cpu = juggler_format_duration (busy.cpu_ms * 1000.0);
  g_autofree char *wall = juggler_format_duration (wall_ms * 1000.0);

  if (busy.count < 2 || wall_ms <= 0 || busy.cpu_ms + busy.waited_ms < BUSY_SHARE * wall_ms)
    return NULL;
  if (!busy.met)
    return one_by_one (&busy, cpu, wall);
  if (busy.one_core)
    return on_one_core (&busy, cpu, wall);
  if (busy.most > 1)
    return side_by_side (&busy, cores, cpu, wall);
  if (busy.most == 1)
    return kept_apart (&busy, cores, cpu, wall);
  if (busy.cpu_ms <= wall_ms * FASTER)
    return NULL;
  /* Translators: how many workers (two or more), time, how many cores (two or more), time. */
  return g_strdup_printf (ngettext ("%u worker needed %s of processor time in all; on %u cores it took only %s: it ran "
                                    "side by side with others.",
                                    "%u workers needed %s of processor time in all; on %u cores it took only %s: some "
                                    "of them ran side by side.",
                                    busy.count),
                          busy.count, cpu, cores, wall);
}
