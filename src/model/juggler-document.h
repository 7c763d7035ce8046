/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-document.h: an experiment document: read, checked, changed, written back, compiled. */

#pragma once

#include <gio/gio.h>

#include "juggler-document-fault.h"
#include "juggler-model-error.h"
#include "juggler-plan.h"

G_BEGIN_DECLS

#define JUGGLER_DOCUMENT_MAX_BYTES (16U * 1024U * 1024U)
#define JUGGLER_DOCUMENT_MAX_TEXT 4096U  /* bytes of one text */
#define JUGGLER_DOCUMENT_MAX_TITLE 120U  /* code points */
#define JUGGLER_DOCUMENT_MAX_NAME 40U    /* characters */
#define JUGGLER_DOCUMENT_MAX_NESTING 64U /* arrays and objects in one another */
#define JUGGLER_DOCUMENT_MAX_DEPTH 32U   /* steps in steps */
#define JUGGLER_DOCUMENT_MAX_PARAMS 255U /* of one task */
#define JUGGLER_DOCUMENT_MAX_FAULTS 100000U

#define JUGGLER_TYPE_DOCUMENT (juggler_document_get_type ())

/**
 * JugglerDocument:
 *
 * A document is always there, right or wrong: what is wrong with it is in its list of faults. It belongs to one thread
 * at a time. The signal `changed` is emitted after each change, when the faults are those of the new content.
 *
 * What the accessors below give is what could be understood; of a document with faults that can be less than what its
 * text says.
 */
G_DECLARE_FINAL_TYPE (JugglerDocument, juggler_document, JUGGLER, DOCUMENT, GObject)

/**
 * JugglerDocumentWorker:
 * @name: of the entry; the default (`sum_num-1`) if it has none
 * @target: the task's name
 * @kind: process or thread
 * @daemon: whether it is a daemon
 * @count: how many workers the entry stands for
 * @nice: -20 to 19
 * @absent_cores: (array length=n_absent_cores): those of its "cores" that no machine has, which the plan leaves out; at
 *   most JUGGLER_MAX_CORES of them
 *
 * One entry of the document's "workers". Valid until the document changes.
 */
typedef struct
{
  const char       *name;
  const char       *target;
  JugglerWorkerKind kind;
  gboolean          daemon;
  guint             count;
  int               nice;
  const gint64     *absent_cores;
  guint             n_absent_cores;
} JugglerDocumentWorker;

/**
 * JugglerDocumentGlobal:
 * @name: its name
 * @is_list: whether it is a list
 * @initial: the value of an integer
 * @elements: (array length=n_elements): the values of a list
 * @has_expected: whether "expect" has it
 * @expected: what it should be in the end
 */
typedef struct
{
  const char   *name;
  gboolean      is_list;
  gint64        initial;
  const gint64 *elements;
  guint         n_elements;
  gboolean      has_expected;
  gint64        expected;
} JugglerDocumentGlobal;

/**
 * JugglerDocumentLock:
 * @name: its name
 * @kind: which kind
 * @n: of a semaphore or barrier
 */
typedef struct
{
  const char     *name;
  JugglerLockKind kind;
  gint64          n;
} JugglerDocumentLock;

/**
 * JugglerDocumentSettings:
 * @cores: how many cores the run may use; 0: all
 * @gil: whether threads take turns as in CPython
 * @shared_globals: whether processes share the globals
 * @race_window_us: pause between read and write, in microseconds
 * @time_limit_ms: in milliseconds, at least 1
 */
typedef struct
{
  guint    cores;
  gboolean gil;
  gboolean shared_globals;
  guint    race_window_us;
  guint    time_limit_ms;
} JugglerDocumentSettings;

/* Making one. */

/**
 * juggler_document_new:
 * @title: the experiment's title
 *
 * Returns: (transfer full): an experiment without tasks and workers, laid out with two spaces
 */
JugglerDocument *juggler_document_new                (const char       *title) G_GNUC_WARN_UNUSED_RESULT;

/**
 * juggler_document_new_from_text:
 * @text: (array length=length): need not be valid in any way
 * @length: in bytes, or -1 if @text ends with a NUL
 * @label: what faults call it, mostly a file's name
 */
JugglerDocument *juggler_document_new_from_text      (const char       *text,
                                                      gssize            length,
                                                      const char       *label) G_GNUC_WARN_UNUSED_RESULT;
JugglerDocument *juggler_document_new_from_bytes     (GBytes           *bytes,
                                                      const char       *label) G_GNUC_WARN_UNUSED_RESULT;

/**
 * juggler_document_load:
 * @path: in the file system's encoding; blocks while it reads
 *
 * Returns: (transfer full) (nullable): the document, also when it is faulty; %NULL with
 *   %JUGGLER_MODEL_ERROR_UNREADABLE only if the file cannot be read. A file that is too large is a fault.
 */
JugglerDocument *juggler_document_load               (const char       *path,
                                                      GError          **error) G_GNUC_WARN_UNUSED_RESULT;

/* What is wrong. */

const char      *juggler_document_get_label          (JugglerDocument  *self);
gboolean         juggler_document_is_valid           (JugglerDocument  *self); /* it has no faults */
GListModel      *juggler_document_get_faults         (JugglerDocument  *self); /* JugglerDocumentFault; transfer none; the same model always */

/**
 * juggler_document_dup_fault_lines:
 *
 * Returns: (transfer full): all faults as juggler_document_fault_to_line() has them, each with a newline; "" if none
 */
char            *juggler_document_dup_fault_lines    (JugglerDocument  *self) G_GNUC_WARN_UNUSED_RESULT;

/* Changing and writing. */

/**
 * juggler_document_set_value:
 * @origin: (nullable): what faults of this value call it (`--set /settings/cores`); %NULL: the document itself
 * @path: RFC 6901; missing parents are made, `-` or an array's length appends to it
 * @value: JSON; if it is none it is taken as a text
 *
 * The rest of the document's text stays as it is. That the new value is wrong is no error but a fault of the document.
 *
 * Returns: whether it was set; else %JUGGLER_MODEL_ERROR_PATH, and nothing has changed. With an origin the message
 *   begins with it.
 */
gboolean         juggler_document_set_value          (JugglerDocument  *self,
                                                      const char       *origin,
                                                      const char       *path,
                                                      const char       *value,
                                                      GError          **error);

/**
 * juggler_document_set_text:
 * @text: a text, also if it looks like JSON: what a person typed into an entry
 *
 * juggler_document_set_value() without an origin.
 */
gboolean         juggler_document_set_text           (JugglerDocument  *self,
                                                      const char       *path,
                                                      const char       *text,
                                                      GError          **error);

/**
 * juggler_document_set_assignment:
 * @assignment: `PATH=VALUE`, split at the first `=`, as the command line's `--set` has it
 *
 * juggler_document_set_value() with the origin `--set PATH`.
 */
gboolean         juggler_document_set_assignment     (JugglerDocument  *self,
                                                      const char       *assignment,
                                                      GError          **error);

/**
 * juggler_document_remove:
 * @path: RFC 6901, of a member or element that is there
 *
 * Returns: whether it was removed; else %JUGGLER_MODEL_ERROR_PATH
 */
gboolean         juggler_document_remove             (JugglerDocument  *self,
                                                      const char       *path,
                                                      GError          **error);

/**
 * juggler_document_to_bytes:
 *
 * Returns: (transfer full): the document's text; byte for byte what was read, except where it was changed
 */
GBytes          *juggler_document_to_bytes           (JugglerDocument  *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * juggler_document_save:
 * @path: in the file system's encoding; replaced as a whole or not at all. Blocks.
 */
gboolean         juggler_document_save               (JugglerDocument  *self,
                                                      const char       *path,
                                                      GError          **error);

/* What it says. Strings and structures belong to the document and are valid until it changes. */

const char                    *juggler_document_get_title       (JugglerDocument *self); /* "" if it has none */
const char                    *juggler_document_get_description (JugglerDocument *self);
const JugglerDocumentSettings *juggler_document_get_settings    (JugglerDocument *self);
guint                          juggler_document_get_n_tasks     (JugglerDocument *self);
const char                    *juggler_document_get_task_name   (JugglerDocument *self,
                                                                 guint            task);
guint                          juggler_document_get_n_workers   (JugglerDocument *self); /* entries, not counted by "count" */
const JugglerDocumentWorker   *juggler_document_get_worker      (JugglerDocument *self,
                                                                 guint            worker);
guint                          juggler_document_get_n_globals   (JugglerDocument *self);
const JugglerDocumentGlobal   *juggler_document_get_global      (JugglerDocument *self,
                                                                 guint            global);
guint                          juggler_document_get_n_locks     (JugglerDocument *self);
const JugglerDocumentLock     *juggler_document_get_lock        (JugglerDocument *self,
                                                                 guint            lock);

/* Whether it has an "expect" with at least one global: whether a run can be "right". */
gboolean                       juggler_document_has_expect      (JugglerDocument *self);

/**
 * juggler_document_get_expected:
 * @global: the global's number, as in the plan
 * @value: (out) (optional): what it should be in the end
 *
 * Returns: whether the document says what the global should be
 */
gboolean                       juggler_document_get_expected    (JugglerDocument *self,
                                                                 guint            global,
                                                                 gint64          *value);

/* Compiling. */

/**
 * juggler_document_compile:
 *
 * Globals, locks and tasks (code 1 + task) have the numbers of the accessors above; worker 0 is main, group 0 too, and
 * group 1 + n is the document's worker n. The plan is aligned to 8 bytes.
 *
 * Returns: (transfer full) (nullable): a JugglerPlan that juggler_plan_validate() accepts, or %NULL with
 *   %JUGGLER_MODEL_ERROR_FAULTY or %JUGGLER_MODEL_ERROR_NOT_YET
 */
GBytes          *juggler_document_compile            (JugglerDocument  *self,
                                                      GError          **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * juggler_document_dup_worker_name:
 * @worker: as in the plan: 0 is main
 *
 * Returns: (transfer full) (nullable): its name (`sum1`, `a-2`); %NULL if the document has not so many
 */
char            *juggler_document_dup_worker_name    (JugglerDocument  *self,
                                                      guint             worker) G_GNUC_WARN_UNUSED_RESULT;

/**
 * juggler_document_get_n_steps:
 *
 * Returns: how many steps the document has, steps in steps included; what JugglerInstruction.step counts. They are
 *   numbered in the order of the text. The steps of a default main, which the text has not, have no number.
 */
guint            juggler_document_get_n_steps        (JugglerDocument  *self);

/**
 * juggler_document_dup_step_path:
 * @step: its number, as in JugglerInstruction.step
 *
 * Returns: (transfer full) (nullable): its JSON path (`/tasks/sum_num/steps/0/steps/1`)
 */
char            *juggler_document_dup_step_path      (JugglerDocument  *self,
                                                      guint             step) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
