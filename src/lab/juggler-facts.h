/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-facts.h: what the sentence is made from: the result, what the document's steps do, and what only the timeline
 * knows. Inside the lab only. */

#pragma once

#include "juggler-result.h"
#include "juggler-timeline.h"

G_BEGIN_DECLS

/* What the timeline knows of a worker and the result does not. */
typedef struct
{
  int     signal;    /* that another worker sent it; 0: none */
  guint   sender;    /* that worker */
  gdouble zombie_us; /* how long it had ended and nobody had taken its exit status */
} JugglerWorkerFacts;

typedef struct
{
  JugglerResult      *result;
  const JugglerPlan  *plan;          /* nullable */
  gboolean            has_timeline;
  JugglerTimeline    *timeline;      /* nullable */
  gdouble             steps_done_us; /* when main reached its last step; < 0: not known */
  JugglerWorkerFacts *workers;       /* one each, main first */
  guint64             waits;         /* how often a lock was waited for and got */
  gboolean            waits_exact;   /* `waits` is known */
} JugglerFacts;

/* What the steps of a worker do with a global. */
typedef enum
{
  JUGGLER_USE_NONE = 0,
  JUGGLER_USE_PLAIN = 1 << 0,  /* increments it, or writes the register to it */
  JUGGLER_USE_ATOMIC = 1 << 1, /* adds to it indivisibly */
  JUGGLER_USE_LOCK = 1 << 2,   /* and takes a lock */
} JugglerUse;

void                       juggler_facts_init          (JugglerFacts        *facts,
                                                        JugglerResult       *result,
                                                        const JugglerPlan   *plan,
                                                        JugglerTimeline     *timeline);
void                       juggler_facts_clear         (JugglerFacts        *facts);

const JugglerResultWorker *juggler_facts_get_worker    (const JugglerFacts  *facts,
                                                        guint                worker);
const char                *juggler_facts_get_name      (const JugglerFacts  *facts,
                                                        guint                worker);
gboolean                   juggler_facts_lives         (const JugglerFacts  *facts,
                                                        guint                worker);
guint                      juggler_facts_count         (const JugglerFacts  *facts,
                                                        JugglerResultState   state,
                                                        guint               *first);
gboolean                   juggler_facts_in_main       (const JugglerFacts  *facts,
                                                        guint                worker);
JugglerUse                 juggler_facts_get_use       (const JugglerFacts  *facts,
                                                        guint                worker,
                                                        guint                global);
guint                      juggler_facts_get_lock      (const JugglerFacts  *facts,
                                                        guint                worker);
gboolean                   juggler_facts_has_op        (const JugglerFacts  *facts,
                                                        guint                worker,
                                                        JugglerOp            op);
gboolean                   juggler_facts_get_initial   (const JugglerFacts  *facts,
                                                        guint                global,
                                                        gint64              *initial);
gboolean                   juggler_facts_get_made      (const JugglerFacts  *facts,
                                                        guint                global,
                                                        gint64              *made);

G_END_DECLS
