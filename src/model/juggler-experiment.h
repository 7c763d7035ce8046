/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-experiment.h: what a document says, once it was checked: names resolved, steps flat.
 *
 * The checks and the compiler share one walk over the steps: each step is checked where its instruction is made. Of a
 * document without faults the code here is the plan's. */

#pragma once

#include <glib.h>

#include "juggler-document.h"
#include "juggler-json.h"

G_BEGIN_DECLS

#define JUGGLER_DEFAULT_TIME_LIMIT_MS 60000U

/* What the steps of a task ask of a parameter. */
#define JUGGLER_NEED_NUMBER 1U
#define JUGGLER_NEED_NOT_NEGATIVE 2U
#define JUGGLER_NEED_MILLISECONDS 4U
#define JUGGLER_NEED_CODE 8U

typedef struct
{
  const char *name;
  gboolean    is_text;
  gint64      value;
  const char *text;
  guint       needs; /* JUGGLER_NEED_* */
} JugglerParam;

/* The value a parameter has for a worker. */
typedef struct
{
  gboolean               is_text;
  gint64                 value;
  const char            *text;
  const JugglerJsonNode *node; /* of args or kwargs; NULL: the default */
} JugglerBound;

/* A repeat in a body of code, to find out how often what is in it runs. */
typedef struct
{
  guint                  parent; /* 1 + the loop it is in; 0: none */
  JugglerOperand         times;
  const JugglerJsonNode *node;
  gboolean               is_reported;
} JugglerLoop;

typedef struct
{
  const char            *name; /* "main" for main */
  const JugglerJsonNode *node; /* NULL: main's */
  GArray                *params;       /* JugglerParam */
  GHashTable            *param_index;  /* name -> 1 + number */
  GArray                *instructions; /* JugglerInstruction */
  GArray                *loops;        /* JugglerLoop */
  int                    thread;       /* a worker that runs it as a thread, or -1 */
  int                    daemon;       /* a worker that runs it as a daemon process, or -1 */
} JugglerCode;

typedef struct
{
  JugglerDocumentWorker  worker;
  const JugglerJsonNode *node;
  guint                  code;  /* 1 + the task's number; 0: its target is not known */
  guint                  first; /* its first worker's number in the plan */
  GArray                *bound; /* JugglerBound, one each of the task's parameters */
  GArray                *cores; /* guint32 */
  GArray                *absent_cores; /* gint64 */
} JugglerGroup;

typedef struct
{
  char                   *title;
  char                   *description;
  JugglerDocumentSettings settings;
  GArray                 *globals;  /* JugglerDocumentGlobal */
  GArray                 *elements; /* gint64, of all lists */
  GArray                 *locks;    /* JugglerDocumentLock */
  GPtrArray              *codes;    /* JugglerCode: main's, then the tasks' */
  GPtrArray              *groups;   /* JugglerGroup */
  GPtrArray              *steps;    /* JugglerJsonNode, borrowed; a step's number less 1 is its index */
  GArray                 *texts;    /* JugglerPlanText */
  GArray                 *segments; /* JugglerPlanSegment, its literals in `strings` */
  GString                *strings;  /* NUL-terminated strings one after the other, as in the plan */
  GStringChunk           *names;    /* those that the document does not spell out */
  GHashTable             *global_index; /* name -> 1 + number; likewise below */
  GHashTable             *lock_index;
  GHashTable             *task_index;
  GHashTable             *group_index;
  guint                   n_workers; /* all of all counts, main not */
  gboolean                has_expect;
  const JugglerJsonNode  *root;
} JugglerExperiment;

JugglerExperiment *juggler_experiment_new        (const JugglerJsonNode   *root);
void               juggler_experiment_free       (JugglerExperiment       *self);

JugglerCode       *juggler_experiment_add_code   (JugglerExperiment       *self,
                                                  const char              *name,
                                                  const JugglerJsonNode   *node);
JugglerGroup      *juggler_experiment_add_group  (JugglerExperiment       *self,
                                                  const JugglerJsonNode   *node);

/* Puts a string into the plan's strings. */
JugglerPlanString  juggler_experiment_add_string (JugglerExperiment       *self,
                                                  const char              *string,
                                                  gsize                    length);

/* The number of a name, or -1. */
int                juggler_experiment_find       (GHashTable              *index,
                                                  const char              *name);

/* The workers that a step's text names: a group, or one of it (`a-2`). Returns the group, or NULL. */
const JugglerGroup *juggler_experiment_find_workers (const JugglerExperiment *self,
                                                     const char              *name,
                                                     guint                   *first,
                                                     guint                   *n_workers);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JugglerExperiment, juggler_experiment_free)

G_END_DECLS
