/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-check.h: what is wrong with a document. Private to the model. */

#pragma once

#include <glib.h>

#include "juggler-experiment.h"
#include "juggler-json.h"

G_BEGIN_DECLS

typedef struct
{
  guint16 source; /* of the place: which of the document's texts */
  guint32 offset; /* bytes in it */
  char   *path;
  char   *message;
  char   *suggestion; /* nullable */
} JugglerCheckFault;

typedef struct
{
  JugglerExperiment *experiment;
  GArray            *faults; /* JugglerCheckFault */
  gsize              n_bytes; /* of their paths and messages */
} JugglerCheck;

/* Checks a whole document; its faults are appended to `faults`. */
JugglerExperiment *juggler_check_document     (const JugglerJsonNode *root,
                                               GArray                *faults) G_GNUC_WARN_UNUSED_RESULT;
GArray            *juggler_check_faults_new   (void);

/* A fault of a value, of a member's key, of a key that is not there. A fault is dropped once there are too many, and
 * where the reader has found one already. */
void               juggler_check_fault        (JugglerCheck          *self,
                                               const JugglerJsonNode *node,
                                               const char            *suggestion,
                                               const char            *format,
                                               ...) G_GNUC_PRINTF (4, 5);
void               juggler_check_key_fault    (JugglerCheck          *self,
                                               const JugglerJsonNode *member,
                                               const char            *suggestion,
                                               const char            *format,
                                               ...) G_GNUC_PRINTF (4, 5);
void               juggler_check_missing      (JugglerCheck          *self,
                                               const JugglerJsonNode *object,
                                               const char            *key,
                                               const char            *format,
                                               ...) G_GNUC_PRINTF (4, 5);

/* Whether a value is what it should be; if not, that is a fault. */
gboolean           juggler_check_kind         (JugglerCheck          *self,
                                               const JugglerJsonNode *node,
                                               JugglerJsonKind        kind);
gboolean           juggler_check_integer      (JugglerCheck          *self,
                                               const JugglerJsonNode *node,
                                               gint64                *value);
gboolean           juggler_check_range        (JugglerCheck          *self,
                                               const JugglerJsonNode *node,
                                               gint64                 least,
                                               gint64                 most,
                                               gint64                *value);
gboolean           juggler_check_boolean      (JugglerCheck          *self,
                                               const JugglerJsonNode *node,
                                               gboolean              *value);
/* Keys of an object that it may not have. */
void               juggler_check_keys         (JugglerCheck          *self,
                                               const JugglerJsonNode *object,
                                               const char *const     *allowed,
                                               guint                  n_allowed);
/* A member's key as a new name. */
void               juggler_check_name         (JugglerCheck          *self,
                                               const JugglerJsonNode *member);
/* A text as a new name. */
void               juggler_check_name_text    (JugglerCheck          *self,
                                               const JugglerJsonNode *node);

/* What was probably meant: one of some names, or of those in an index. Borrowed from there; nullable. */
const char        *juggler_check_suggest_among (JugglerCheck         *self,
                                               const char            *name,
                                               const char *const     *names,
                                               guint                  n_names);
const char        *juggler_check_suggest      (JugglerCheck          *self,
                                               const char            *name,
                                               GHashTable            *index);

/* The tasks' parameters, then the workers, then (with the steps known) what is bound to what. */
void               juggler_check_tasks        (JugglerCheck          *self,
                                               const JugglerJsonNode *tasks);
void               juggler_check_workers      (JugglerCheck          *self,
                                               const JugglerJsonNode *workers);
void               juggler_check_bound_values (JugglerCheck          *self);

/* The steps of a body of code; `steps` NULL: it has none. The code ends up in the experiment. */
void               juggler_check_steps        (JugglerCheck          *self,
                                               guint                  code,
                                               const JugglerJsonNode *steps);

/* The body of code that is being checked. */
typedef struct
{
  JugglerCheck *check;
  JugglerCode  *code;
  guint         loop;      /* 1 + the innermost loop; 0: none */
  GArray       *list_ends; /* guint: instructions whose b is the end of the list of steps */
} JugglerWalk;

#define JUGGLER_VALUE_LOOP 1U         /* may be `i` */
#define JUGGLER_VALUE_NOT_NEGATIVE 2U
#define JUGGLER_VALUE_MILLISECONDS 4U /* not negative, and a time that fits */
#define JUGGLER_VALUE_CODE 8U         /* an exit code: 32 bits, as the C library takes it */

/* What stands where a number is needed. FALSE: a fault. */
gboolean           juggler_walk_value         (JugglerWalk           *self,
                                               const JugglerJsonNode *node,
                                               guint                  flags,
                                               JugglerOperand        *operand);
/* `g < 10` */
gboolean           juggler_walk_comparison    (JugglerWalk           *self,
                                               const JugglerJsonNode *node,
                                               JugglerInstruction    *instruction);
/* `{name} done`; gives the number of the plan's text. */
gboolean           juggler_walk_template      (JugglerWalk           *self,
                                               const JugglerJsonNode *node,
                                               guint32               *text);
/* The number of a global that is an integer or a list. */
gboolean           juggler_walk_global        (JugglerWalk           *self,
                                               const JugglerJsonNode *node,
                                               gboolean               is_list,
                                               guint32               *global);
/* The number of a lock of one of some kinds, a bit each. */
gboolean           juggler_walk_lock          (JugglerWalk           *self,
                                               const JugglerJsonNode *node,
                                               guint                  kinds,
                                               guint32               *lock);
/* Workers to be started and so on by an op. */
gboolean           juggler_walk_workers       (JugglerWalk           *self,
                                               const JugglerJsonNode *node,
                                               JugglerOp              op,
                                               guint32               *first,
                                               guint32               *n_workers);
int                juggler_walk_find_param    (const JugglerWalk     *self,
                                               const char            *name);

const char        *juggler_lock_kind_to_text  (JugglerLockKind        kind);

G_END_DECLS
