/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-check.h"

#include <glib/gi18n-lib.h>

#define KIND(name) (1U << JUGGLER_LOCK_##name)
#define HOT_KINDS (KIND (MUTEX) | KIND (ROBUST) | KIND (SPIN) | KIND (RLOCK))
#define HELD_KINDS (HOT_KINDS | KIND (RW) | KIND (CONDITION))

/* JSON nests no deeper than 64, and steps in steps take two levels each: so the format's 32 is never passed, nor is the
 * stack of the functions here, which call themselves once a level. */
G_STATIC_ASSERT (JUGGLER_DOCUMENT_MAX_NESTING / 2 <= JUGGLER_DOCUMENT_MAX_DEPTH);
G_STATIC_ASSERT (JUGGLER_DOCUMENT_MAX_DEPTH <= JUGGLER_MAX_LOOP_DEPTH);

typedef struct
{
  const JugglerJsonNode *node;
  const JugglerJsonNode *value; /* of the verb */
  JugglerOp              op;
} Step;

typedef void (*CheckStep) (JugglerWalk *self,
                           const Step  *step);

typedef struct
{
  const char *verb;
  CheckStep   check;
  JugglerOp   op;
  const char *options[3];
} Verb;

static void check_list (JugglerWalk           *self,
                        const JugglerJsonNode *steps);

static guint
here (const JugglerWalk *self)
{
  return self->code->instructions->len;
}

static JugglerInstruction *
instruction_at (const JugglerWalk *self,
                guint              pc)
{
  return &g_array_index (self->code->instructions, JugglerInstruction, pc);
}

static JugglerInstruction
begin_instruction (const Step *step)
{
  return (JugglerInstruction) { .op = (guint8) step->op, .step = step->node->number - 1 };
}

static guint
emit (JugglerWalk              *self,
      const JugglerInstruction *instruction)
{
  g_array_append_val (self->code->instructions, *instruction);
  return here (self) - 1;
}

static guint
emit_jump (JugglerWalk *self,
           const Step  *step,
           guint        target)
{
  JugglerInstruction jump = { .op = JUGGLER_OP_JUMP, .step = step->node->number - 1, .b = target };

  return emit (self, &jump);
}

static void
check_print (JugglerWalk *self,
             const Step  *step)
{
  JugglerInstruction instruction = begin_instruction (step);

  juggler_walk_template (self, step->value, &instruction.a);
  emit (self, &instruction);
}

/* sleep, work */
static void
check_time (JugglerWalk *self,
            const Step  *step)
{
  JugglerInstruction instruction = begin_instruction (step);

  juggler_walk_value (self, step->value, JUGGLER_VALUE_MILLISECONDS, &instruction.x);
  emit (self, &instruction);
}

/* read, write */
static void
check_access (JugglerWalk *self,
              const Step  *step)
{
  JugglerInstruction instruction = begin_instruction (step);

  juggler_walk_global (self, step->value, FALSE, &instruction.a);
  emit (self, &instruction);
}

static void
check_add (JugglerWalk *self,
           const Step  *step)
{
  JugglerInstruction instruction = begin_instruction (step);

  juggler_walk_value (self, step->value, JUGGLER_VALUE_LOOP, &instruction.x);
  emit (self, &instruction);
}

/* increment, atomic_add */
static void
check_increment (JugglerWalk *self,
                 const Step  *step)
{
  const JugglerJsonNode *by = juggler_json_find (step->node, "by");
  JugglerInstruction     instruction = begin_instruction (step);

  juggler_walk_global (self, step->value, FALSE, &instruction.a);
  instruction.x = (JugglerOperand) { .kind = JUGGLER_OPERAND_INTEGER, .value = 1 };
  if (by != NULL)
    juggler_walk_value (self, by, JUGGLER_VALUE_LOOP, &instruction.x);
  emit (self, &instruction);
}

/* set, append */
static void
check_store (JugglerWalk *self,
             const Step  *step)
{
  gboolean               is_list = step->op == JUGGLER_OP_APPEND;
  const char            *key = is_list ? "value" : "to";
  const JugglerJsonNode *value = juggler_json_find (step->node, key);
  JugglerInstruction     instruction = begin_instruction (step);

  juggler_walk_global (self, step->value, is_list, &instruction.a);
  if (value == NULL)
    juggler_check_missing (self->check, step->node, key, _ ("is missing: an integer, a parameter or \"i\""));
  else
    juggler_walk_value (self, value, JUGGLER_VALUE_LOOP, &instruction.x);
  emit (self, &instruction);
}

static void
check_mode (JugglerWalk        *self,
            const Step         *step,
            JugglerInstruction *instruction,
            gboolean            has_lock)
{
  const JugglerJsonNode *mode = juggler_json_find (step->node, "mode");
  gboolean               is_rw;

  if (!has_lock)
    return;
  is_rw = g_array_index (self->check->experiment->locks, JugglerDocumentLock, instruction->a).kind == JUGGLER_LOCK_RW;
  if (mode == NULL)
    {
      if (is_rw && step->op == JUGGLER_OP_LOCK)
        juggler_check_missing (self->check, step->node, "mode", _ ("is missing: \"read\" or \"write\""));
      return;
    }
  if (!is_rw)
    juggler_check_key_fault (self->check, mode, NULL, _ ("is only for locks of the kind \"rw\""));
  else if (juggler_check_kind (self->check, mode, JUGGLER_JSON_TEXT))
    {
      if (g_str_equal (mode->value.text, "read"))
        instruction->flags |= JUGGLER_INSTRUCTION_READ_MODE;
      else if (!g_str_equal (mode->value.text, "write"))
        juggler_check_fault (self->check, mode, NULL, _ ("must be \"read\" or \"write\""));
    }
}

/* On a time-out `else` runs, and the rest of the list of steps is skipped:
 *   LOCK, time-out to a; JUMP b; a: the else's steps; JUMP to the list's end; b:
 * Without `else` the time-out goes to the list's end by itself. */
static void
check_lock (JugglerWalk *self,
            const Step  *step)
{
  const JugglerJsonNode *timeout = juggler_json_find (step->node, "timeout");
  const JugglerJsonNode *otherwise = juggler_json_find (step->node, "else");
  JugglerInstruction     instruction = begin_instruction (step);
  gboolean               has_lock = juggler_walk_lock (self, step->value, HELD_KINDS, &instruction.a);
  guint                  lock;
  guint                  jump;

  check_mode (self, step, &instruction, has_lock);
  if (timeout != NULL)
    {
      instruction.flags |= JUGGLER_INSTRUCTION_TIMEOUT;
      juggler_walk_value (self, timeout, JUGGLER_VALUE_MILLISECONDS, &instruction.y);
    }
  else if (otherwise != NULL)
    {
      juggler_check_key_fault (self->check, otherwise, NULL, _ ("needs a \"timeout\" after which it runs"));
    }
  lock = emit (self, &instruction);
  if (otherwise == NULL)
    {
      if (timeout != NULL)
        g_array_append_val (self->list_ends, lock);
      return;
    }
  jump = emit_jump (self, step, 0);
  instruction_at (self, lock)->b = here (self);
  check_list (self, otherwise);
  lock = emit_jump (self, step, 0);
  g_array_append_val (self->list_ends, lock);
  instruction_at (self, jump)->b = here (self);
}

static void
check_unlock (JugglerWalk *self,
              const Step  *step)
{
  JugglerInstruction instruction = begin_instruction (step);
  gboolean           has_lock = juggler_walk_lock (self, step->value, HELD_KINDS, &instruction.a);

  check_mode (self, step, &instruction, has_lock);
  emit (self, &instruction);
}

/* acquire, release, barrier, notify, notify_all */
static void
check_signal (JugglerWalk *self,
              const Step  *step)
{
  JugglerInstruction instruction = begin_instruction (step);
  guint              kinds = KIND (CONDITION);

  if (step->op == JUGGLER_OP_ACQUIRE || step->op == JUGGLER_OP_RELEASE)
    kinds = KIND (SEMAPHORE);
  else if (step->op == JUGGLER_OP_BARRIER)
    kinds = KIND (BARRIER);
  juggler_walk_lock (self, step->value, kinds, &instruction.a);
  emit (self, &instruction);
}

static void
check_wait (JugglerWalk *self,
            const Step  *step)
{
  const JugglerJsonNode *until = juggler_json_find (step->node, "until");
  JugglerInstruction     instruction = begin_instruction (step);

  juggler_walk_lock (self, step->value, KIND (CONDITION), &instruction.a);
  if (until == NULL)
    juggler_check_missing (self->check, step->node, "until", _ ("is missing: a comparison such as \"g > 0\""));
  else
    juggler_walk_comparison (self, until, &instruction);
  emit (self, &instruction);
}

static const JugglerJsonNode *
require_steps (JugglerWalk *self,
               const Step  *step,
               const char  *key)
{
  const JugglerJsonNode *steps = juggler_json_find (step->node, key);

  if (steps == NULL)
    juggler_check_missing (self->check, step->node, key, _ ("is missing: a list of steps"));
  return steps;
}

/* Which loops run natively: see JugglerNative. */
static JugglerNative
recognise_loop (const JugglerWalk *self,
                guint              repeat)
{
  const JugglerInstruction *body = instruction_at (self, repeat + 1);
  guint                     n_body = here (self) - repeat - 1;
  const JugglerInstruction *increment = n_body == 3 ? body + 1 : body;
  JugglerLockKind           kind;

  if (n_body != 1 && n_body != 3)
    return JUGGLER_NATIVE_NONE;
  if (increment->x.kind != JUGGLER_OPERAND_INTEGER && increment->x.kind != JUGGLER_OPERAND_PARAMETER)
    return JUGGLER_NATIVE_NONE;
  if (n_body == 1)
    return increment->op == JUGGLER_OP_INCREMENT    ? JUGGLER_NATIVE_INCREMENT
           : increment->op == JUGGLER_OP_ATOMIC_ADD ? JUGGLER_NATIVE_ATOMIC_ADD
                                                    : JUGGLER_NATIVE_NONE;
  if (body[0].op != JUGGLER_OP_LOCK || body[0].flags != 0 || increment->op != JUGGLER_OP_INCREMENT
      || body[2].op != JUGGLER_OP_UNLOCK || body[2].flags != 0 || body[2].a != body[0].a
      || body[0].a >= self->check->experiment->locks->len)
    return JUGGLER_NATIVE_NONE;
  kind = g_array_index (self->check->experiment->locks, JugglerDocumentLock, body[0].a).kind;
  return ((1U << kind) & HOT_KINDS) != 0 ? JUGGLER_NATIVE_LOCKED_INCREMENT : JUGGLER_NATIVE_NONE;
}

static void
check_repeat (JugglerWalk *self,
              const Step  *step)
{
  const JugglerJsonNode *steps = require_steps (self, step, "steps");
  JugglerInstruction     instruction = begin_instruction (step);
  JugglerInstruction     end = { .op = JUGGLER_OP_REPEAT_END, .step = instruction.step };
  JugglerLoop            loop = { .parent = self->loop, .node = step->value };
  guint                  outer = self->loop;
  guint                  repeat;

  juggler_walk_value (self, step->value, JUGGLER_VALUE_NOT_NEGATIVE, &instruction.x);
  loop.times = instruction.x;
  g_array_append_val (self->code->loops, loop);
  self->loop = self->code->loops->len;
  repeat = emit (self, &instruction);
  if (steps != NULL)
    check_list (self, steps);
  instruction_at (self, repeat)->native = (guint8) recognise_loop (self, repeat);
  end.b = repeat;
  emit (self, &end);
  instruction_at (self, repeat)->b = here (self);
  self->loop = outer;
}

/* a: BRANCH_UNLESS b; the steps; JUMP a; b: */
static void
check_while (JugglerWalk *self,
             const Step  *step)
{
  const JugglerJsonNode *steps = require_steps (self, step, "steps");
  JugglerInstruction     instruction = begin_instruction (step);
  guint                  branch;

  juggler_walk_comparison (self, step->value, &instruction);
  branch = emit (self, &instruction);
  if (steps != NULL)
    check_list (self, steps);
  emit_jump (self, step, branch);
  instruction_at (self, branch)->b = here (self);
}

/* BRANCH_UNLESS a; then; JUMP b; a: else; b: */
static void
check_if (JugglerWalk *self,
          const Step  *step)
{
  const JugglerJsonNode *then = require_steps (self, step, "then");
  const JugglerJsonNode *otherwise = juggler_json_find (step->node, "else");
  JugglerInstruction     instruction = begin_instruction (step);
  guint                  branch;
  guint                  jump;

  juggler_walk_comparison (self, step->value, &instruction);
  branch = emit (self, &instruction);
  if (then != NULL)
    check_list (self, then);
  if (otherwise != NULL)
    {
      jump = emit_jump (self, step, 0);
      instruction_at (self, branch)->b = here (self);
      check_list (self, otherwise);
      instruction_at (self, jump)->b = here (self);
    }
  else
    {
      instruction_at (self, branch)->b = here (self);
    }
}

/* start, join, terminate, kill */
static void
check_workers_step (JugglerWalk *self,
                    const Step  *step)
{
  const JugglerJsonNode *timeout = step->op == JUGGLER_OP_JOIN ? juggler_json_find (step->node, "timeout") : NULL;
  JugglerInstruction     instruction = begin_instruction (step);

  juggler_walk_workers (self, step->value, step->op, &instruction.a, &instruction.b);
  if (timeout != NULL)
    {
      instruction.flags |= JUGGLER_INSTRUCTION_TIMEOUT;
      juggler_walk_value (self, timeout, JUGGLER_VALUE_MILLISECONDS, &instruction.y);
    }
  emit (self, &instruction);
}

/* exit, hard_exit */
static void
check_exit (JugglerWalk *self,
            const Step  *step)
{
  JugglerInstruction instruction = begin_instruction (step);

  juggler_walk_value (self, step->value, JUGGLER_VALUE_CODE, &instruction.x);
  emit (self, &instruction);
}

static void
check_crash (JugglerWalk *self,
             const Step  *step)
{
  JugglerInstruction instruction = begin_instruction (step);

  if (step->value->kind != JUGGLER_JSON_BOOLEAN || step->value->value.integer == 0)
    juggler_check_fault (self->check, step->value, NULL, _ ("must be true"));
  emit (self, &instruction);
}

static const Verb verbs[] = {
  { "print", check_print, JUGGLER_OP_PRINT, { NULL } },
  { "sleep", check_time, JUGGLER_OP_SLEEP, { NULL } },
  { "work", check_time, JUGGLER_OP_WORK, { NULL } },
  { "read", check_access, JUGGLER_OP_READ, { NULL } },
  { "add", check_add, JUGGLER_OP_ADD, { NULL } },
  { "write", check_access, JUGGLER_OP_WRITE, { NULL } },
  { "increment", check_increment, JUGGLER_OP_INCREMENT, { "by" } },
  { "atomic_add", check_increment, JUGGLER_OP_ATOMIC_ADD, { "by" } },
  { "set", check_store, JUGGLER_OP_SET, { "to" } },
  { "append", check_store, JUGGLER_OP_APPEND, { "value" } },
  { "lock", check_lock, JUGGLER_OP_LOCK, { "mode", "timeout", "else" } },
  { "unlock", check_unlock, JUGGLER_OP_UNLOCK, { "mode" } },
  { "acquire", check_signal, JUGGLER_OP_ACQUIRE, { NULL } },
  { "release", check_signal, JUGGLER_OP_RELEASE, { NULL } },
  { "barrier", check_signal, JUGGLER_OP_BARRIER, { NULL } },
  { "wait", check_wait, JUGGLER_OP_WAIT, { "until" } },
  { "notify", check_signal, JUGGLER_OP_NOTIFY, { NULL } },
  { "notify_all", check_signal, JUGGLER_OP_NOTIFY_ALL, { NULL } },
  { "repeat", check_repeat, JUGGLER_OP_REPEAT, { "steps" } },
  { "while", check_while, JUGGLER_OP_BRANCH_UNLESS, { "steps" } },
  { "if", check_if, JUGGLER_OP_BRANCH_UNLESS, { "then", "else" } },
  { "start", check_workers_step, JUGGLER_OP_START, { NULL } },
  { "join", check_workers_step, JUGGLER_OP_JOIN, { "timeout" } },
  { "terminate", check_workers_step, JUGGLER_OP_TERMINATE, { NULL } },
  { "kill", check_workers_step, JUGGLER_OP_KILL, { NULL } },
  { "exit", check_exit, JUGGLER_OP_EXIT, { NULL } },
  { "hard_exit", check_exit, JUGGLER_OP_HARD_EXIT, { NULL } },
  { "crash", check_crash, JUGGLER_OP_CRASH, { NULL } },
};

static const Verb *
find_verb (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      if (g_str_equal (verbs[i].verb, name))
        return &verbs[i];
    }
  return NULL;
}

static gboolean
has_option (const Verb *verb,
            const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (verb->options) && verb->options[i] != NULL; i++)
    {
      if (g_str_equal (verb->options[i], name))
        return TRUE;
    }
  return FALSE;
}

/* Keys that are neither the step's verb nor one of its options. `verb` NULL: it has none. */
static void
check_step_keys (JugglerWalk           *self,
                 const JugglerJsonNode *step,
                 const Verb            *verb)
{
  const char *names[G_N_ELEMENTS (verbs)];
  guint       n_names = 0;

  for (guint i = 0; verb != NULL && i < G_N_ELEMENTS (verb->options) && verb->options[i] != NULL; i++)
    names[n_names++] = verb->options[i];
  for (guint i = 0; verb == NULL && i < G_N_ELEMENTS (verbs); i++)
    names[n_names++] = verbs[i].verb;
  for (const JugglerJsonNode *member = step->value.first; member != NULL; member = member->next)
    {
      const char *name = member->key->name;

      if (verb != NULL && (g_str_equal (name, verb->verb) || has_option (verb, name)))
        continue;
      if (verb != NULL && find_verb (name) != NULL)
        juggler_check_key_fault (self->check, member, NULL, _ ("a step has one verb, and \"%s\" is this one's"),
                                 verb->verb);
      else
        juggler_check_key_fault (self->check, member, juggler_check_suggest_among (self->check, name, names, n_names),
                                 _ ("unknown key"));
    }
}

static void
check_step (JugglerWalk           *self,
            const JugglerJsonNode *node)
{
  const Verb            *verb = NULL;
  const JugglerJsonNode *value = NULL;
  Step                   step;

  if (!juggler_check_kind (self->check, node, JUGGLER_JSON_OBJECT))
    return;
  /* The verb need not be the first key. No option is called like a verb. */
  for (const JugglerJsonNode *member = node->value.first; member != NULL && verb == NULL; member = member->next)
    {
      verb = find_verb (member->key->name);
      value = member;
    }
  check_step_keys (self, node, verb);
  if (verb == NULL)
    {
      if (node->value.first == NULL)
        juggler_check_fault (self->check, node, NULL, _ ("a step needs a verb, such as \"print\""));
      return;
    }
  step = (Step) { .node = node, .value = value, .op = verb->op };
  verb->check (self, &step);
}

static void
check_list (JugglerWalk           *self,
            const JugglerJsonNode *steps)
{
  GArray             *outer_ends = self->list_ends;
  g_autoptr (GArray)  list_ends = NULL;

  if (!juggler_check_kind (self->check, steps, JUGGLER_JSON_ARRAY))
    return;
  list_ends = g_array_new (FALSE, FALSE, sizeof (guint));
  self->list_ends = list_ends;
  for (const JugglerJsonNode *step = steps->value.first; step != NULL; step = step->next)
    check_step (self, step);
  for (guint i = 0; i < list_ends->len; i++)
    instruction_at (self, g_array_index (list_ends, guint, i))->b = here (self);
  self->list_ends = outer_ends;
}

static void
start_all (JugglerWalk *self)
{
  GPtrArray *groups = self->check->experiment->groups;

  for (guint i = 0; i < groups->len; i++)
    {
      const JugglerGroup *group = g_ptr_array_index (groups, i);
      JugglerInstruction  start = { .op = JUGGLER_OP_START, .step = JUGGLER_NONE };

      start.a = group->first;
      start.b = group->worker.count;
      emit (self, &start);
    }
}

void
juggler_check_steps (JugglerCheck          *self,
                     guint                  code,
                     const JugglerJsonNode *steps)
{
  JugglerWalk        walk = { .check = self, .code = g_ptr_array_index (self->experiment->codes, code) };
  JugglerInstruction end = { .op = JUGGLER_OP_END, .step = JUGGLER_NONE };

  if (steps != NULL)
    check_list (&walk, steps);
  else if (code == 0)
    start_all (&walk);
  emit (&walk, &end);
}
