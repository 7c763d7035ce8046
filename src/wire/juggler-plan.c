/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "juggler-plan.h"

#include <stdlib.h>

/* What `a` of an instruction is. */
typedef enum
{
  SUBJECT_NONE,
  SUBJECT_TEXT,
  SUBJECT_INTEGER, /* a global that is an integer */
  SUBJECT_LIST,    /* a global that is a list */
  SUBJECT_LOCK,    /* of one of `locks` */
  SUBJECT_WORKERS, /* and b: how many */
} Subject;

#define KIND(name) (1U << JUGGLER_OPERAND_##name)
#define ABSENT (KIND (NONE))
#define NUMBER (KIND (INTEGER) | KIND (PARAMETER))
#define VALUE (NUMBER | KIND (LOOP) | KIND (REGISTER))
#define COMPARED (VALUE | KIND (GLOBAL))

#define LOCK_KIND(name) (1U << JUGGLER_LOCK_##name)
#define HOT_LOCKS (LOCK_KIND (MUTEX) | LOCK_KIND (ROBUST) | LOCK_KIND (SPIN) | LOCK_KIND (RLOCK))
#define HELD_LOCKS (HOT_LOCKS | LOCK_KIND (RW) | LOCK_KIND (CONDITION))

typedef struct
{
  uint8_t  subject; /* Subject */
  uint8_t  jumps;   /* b is where to */
  uint8_t  flags;   /* JUGGLER_INSTRUCTION_* that it may have */
  uint8_t  x;       /* operand kinds allowed, a bit each */
  uint8_t  y;
  uint16_t locks; /* lock kinds allowed, a bit each */
} OpRule;

/* The operands of an op that has none are not looked at by anybody, nor are they here: x and y 0. */
static const OpRule op_rules[JUGGLER_N_OPS] = {
  [JUGGLER_OP_END] = { 0 },
  [JUGGLER_OP_PRINT] = { .subject = SUBJECT_TEXT },
  [JUGGLER_OP_SLEEP] = { .x = NUMBER },
  [JUGGLER_OP_WORK] = { .x = NUMBER },
  [JUGGLER_OP_READ] = { .subject = SUBJECT_INTEGER },
  [JUGGLER_OP_ADD] = { .x = VALUE },
  [JUGGLER_OP_WRITE] = { .subject = SUBJECT_INTEGER },
  [JUGGLER_OP_INCREMENT] = { .subject = SUBJECT_INTEGER, .x = VALUE },
  [JUGGLER_OP_ATOMIC_ADD] = { .subject = SUBJECT_INTEGER, .x = VALUE },
  [JUGGLER_OP_SET] = { .subject = SUBJECT_INTEGER, .x = VALUE },
  [JUGGLER_OP_APPEND] = { .subject = SUBJECT_LIST, .x = VALUE },
  [JUGGLER_OP_LOCK] = { .subject = SUBJECT_LOCK,
                        .locks = HELD_LOCKS,
                        .flags = JUGGLER_INSTRUCTION_TIMEOUT | JUGGLER_INSTRUCTION_READ_MODE },
  [JUGGLER_OP_UNLOCK] = { .subject = SUBJECT_LOCK, .locks = HELD_LOCKS, .flags = JUGGLER_INSTRUCTION_READ_MODE },
  [JUGGLER_OP_ACQUIRE] = { .subject = SUBJECT_LOCK, .locks = LOCK_KIND (SEMAPHORE) },
  [JUGGLER_OP_RELEASE] = { .subject = SUBJECT_LOCK, .locks = LOCK_KIND (SEMAPHORE) },
  [JUGGLER_OP_BARRIER] = { .subject = SUBJECT_LOCK, .locks = LOCK_KIND (BARRIER) },
  [JUGGLER_OP_WAIT] = { .subject = SUBJECT_LOCK, .locks = LOCK_KIND (CONDITION), .x = COMPARED, .y = VALUE },
  [JUGGLER_OP_NOTIFY] = { .subject = SUBJECT_LOCK, .locks = LOCK_KIND (CONDITION) },
  [JUGGLER_OP_NOTIFY_ALL] = { .subject = SUBJECT_LOCK, .locks = LOCK_KIND (CONDITION) },
  [JUGGLER_OP_REPEAT] = { .x = NUMBER },
  [JUGGLER_OP_REPEAT_END] = { 0 },
  [JUGGLER_OP_BRANCH_UNLESS] = { .jumps = 1, .x = COMPARED, .y = VALUE },
  [JUGGLER_OP_JUMP] = { .jumps = 1 },
  [JUGGLER_OP_START] = { .subject = SUBJECT_WORKERS },
  [JUGGLER_OP_JOIN] = { .subject = SUBJECT_WORKERS, .flags = JUGGLER_INSTRUCTION_TIMEOUT },
  [JUGGLER_OP_TERMINATE] = { .subject = SUBJECT_WORKERS },
  [JUGGLER_OP_KILL] = { .subject = SUBJECT_WORKERS },
  [JUGGLER_OP_EXIT] = { .x = NUMBER },
  [JUGGLER_OP_HARD_EXIT] = { .x = NUMBER },
  [JUGGLER_OP_CRASH] = { 0 },
};

static const size_t entry_sizes[JUGGLER_N_TABLES] = {
  [JUGGLER_TABLE_GLOBALS] = sizeof (JugglerPlanGlobal),
  [JUGGLER_TABLE_ELEMENTS] = sizeof (int64_t),
  [JUGGLER_TABLE_LOCKS] = sizeof (JugglerPlanLock),
  [JUGGLER_TABLE_CODES] = sizeof (JugglerPlanCode),
  [JUGGLER_TABLE_INSTRUCTIONS] = sizeof (JugglerInstruction),
  [JUGGLER_TABLE_GROUPS] = sizeof (JugglerPlanGroup),
  [JUGGLER_TABLE_WORKERS] = sizeof (JugglerPlanWorker),
  [JUGGLER_TABLE_PARAMETERS] = sizeof (JugglerPlanParameter),
  [JUGGLER_TABLE_TEXTS] = sizeof (JugglerPlanText),
  [JUGGLER_TABLE_SEGMENTS] = sizeof (JugglerPlanSegment),
  [JUGGLER_TABLE_CORES] = sizeof (uint32_t),
  [JUGGLER_TABLE_STRINGS] = sizeof (char),
};

size_t
juggler_plan_entry_size (JugglerPlanTable table)
{
  return (unsigned) table < JUGGLER_N_TABLES ? entry_sizes[table] : 0;
}

static bool
in_table (const JugglerPlan *plan,
          JugglerPlanTable   table,
          uint32_t           first,
          uint32_t           count)
{
  return (uint64_t) first + count <= plan->tables[table].count;
}

static bool
string_is_valid (const JugglerPlan *plan,
                 JugglerPlanString  string)
{
  uint64_t end = (uint64_t) string.offset + string.length;

  return end < plan->tables[JUGGLER_TABLE_STRINGS].count
         && ((const char *) juggler_plan_table (plan, JUGGLER_TABLE_STRINGS))[end] == '\0';
}

static const char *
check_header (const JugglerPlan *plan,
              size_t             size)
{
  if (size < sizeof *plan || (uintptr_t) plan % 8 != 0)
    return "the plan is too short or not aligned";
  if (plan->magic != JUGGLER_PLAN_MAGIC)
    return "the plan is not one of Juggler's";
  if (plan->version != JUGGLER_PLAN_VERSION)
    return "the plan has another version";
  if (plan->size != size)
    return "the plan is not as long as it says";
  if (plan->cores > JUGGLER_MAX_CORES || plan->shared_globals > 1 || plan->gil > 1)
    return "a setting of the plan is out of range";

  for (unsigned i = 0; i < JUGGLER_N_TABLES; i++)
    {
      JugglerPlanRange range = plan->tables[i];

      if (range.offset % 8 != 0 || range.offset < sizeof *plan || range.offset > size
          || range.count > (size - range.offset) / entry_sizes[i])
        return "a table is outside the plan";
    }
  return NULL;
}

static const char *
check_globals (const JugglerPlan *plan)
{
  for (uint32_t i = 0; i < plan->tables[JUGGLER_TABLE_GLOBALS].count; i++)
    {
      const JugglerPlanGlobal *global = juggler_plan_global (plan, i);

      if (!string_is_valid (plan, global->name) || global->is_list > 1)
        return "a global of the plan is not valid";
      if (global->is_list
          && (global->n_elements > JUGGLER_LIST_CAPACITY
              || !in_table (plan, JUGGLER_TABLE_ELEMENTS, global->first_element, global->n_elements)))
        return "a list of the plan has elements outside their table";
    }
  return NULL;
}

static const char *
check_locks (const JugglerPlan *plan)
{
  for (uint32_t i = 0; i < plan->tables[JUGGLER_TABLE_LOCKS].count; i++)
    {
      const JugglerPlanLock *lock = juggler_plan_lock (plan, i);

      if (!string_is_valid (plan, lock->name) || lock->kind >= JUGGLER_N_LOCK_KINDS)
        return "a lock of the plan is not valid";
    }
  return NULL;
}

static const char *
check_group (const JugglerPlan      *plan,
             uint32_t                index,
             const JugglerPlanGroup *group)
{
  const JugglerPlanCode *code;

  if (!string_is_valid (plan, group->name) || group->kind > JUGGLER_KIND_THREAD || group->daemon > 1
      || group->nice < -20 || group->nice > 19)
    return "a group of workers is not valid";
  if (group->code >= plan->tables[JUGGLER_TABLE_CODES].count)
    return "a group of workers has no code";
  /* Main, and nobody else, runs main's steps. */
  if ((index == 0) != (group->code == 0))
    return "main has not its own code";
  if (index == 0 && (group->n_workers != 1 || group->kind != JUGGLER_KIND_PROCESS || group->daemon))
    return "main is not one process";

  code = juggler_plan_code (plan, group->code);
  if (!in_table (plan, JUGGLER_TABLE_PARAMETERS, group->first_parameter, code->n_parameters))
    return "a group of workers has not the parameters of its code";
  if (!in_table (plan, JUGGLER_TABLE_CORES, group->first_core, group->n_cores))
    return "a group of workers has cores outside their table";
  return NULL;
}

static const char *
check_groups (const JugglerPlan *plan)
{
  uint64_t next_worker = 0;

  for (uint32_t i = 0; i < plan->tables[JUGGLER_TABLE_GROUPS].count; i++)
    {
      const JugglerPlanGroup *group = juggler_plan_group (plan, i);
      const char             *fault = check_group (plan, i, group);

      if (fault != NULL)
        return fault;
      if (group->first_worker != next_worker || group->n_workers == 0)
        return "the groups do not follow one another";
      next_worker += group->n_workers;
    }
  if (next_worker != plan->tables[JUGGLER_TABLE_WORKERS].count)
    return "the groups do not have all workers";
  return NULL;
}

static const char *
check_workers (const JugglerPlan *plan)
{
  uint32_t n_workers = plan->tables[JUGGLER_TABLE_WORKERS].count;

  if (n_workers == 0 || n_workers > JUGGLER_MAX_WORKERS + 1)
    return "the plan has no workers or too many";
  for (uint32_t i = 0; i < n_workers; i++)
    {
      const JugglerPlanWorker *worker = juggler_plan_worker (plan, i);
      const JugglerPlanGroup  *group;

      if (!string_is_valid (plan, worker->name) || worker->group >= plan->tables[JUGGLER_TABLE_GROUPS].count)
        return "a worker of the plan is not valid";
      group = juggler_plan_group (plan, worker->group);
      if (i < group->first_worker || i - group->first_worker >= group->n_workers)
        return "a worker is not in its group";
    }
  return NULL;
}

static const char *
check_values (const JugglerPlan *plan)
{
  for (uint32_t i = 0; i < plan->tables[JUGGLER_TABLE_PARAMETERS].count; i++)
    {
      const JugglerPlanParameter *parameter = juggler_plan_parameter (plan, i);

      if (parameter->is_text > 1 || (parameter->is_text && !string_is_valid (plan, parameter->text)))
        return "a parameter of the plan is not valid";
    }
  for (uint32_t i = 0; i < plan->tables[JUGGLER_TABLE_CORES].count; i++)
    {
      if (*juggler_plan_core (plan, i) >= JUGGLER_MAX_CORES)
        return "a core number of the plan is too high";
    }
  return NULL;
}

/* One body of code while it is checked. */
typedef struct
{
  const JugglerPlan        *plan;
  const JugglerPlanCode    *code;
  const JugglerInstruction *instructions;
  const uint32_t           *loops; /* for each instruction the REPEAT whose body it is in, or JUGGLER_NONE */
} CodeCheck;

static bool
operand_is_valid (const CodeCheck      *check,
                  uint32_t              pc,
                  const JugglerOperand *operand,
                  unsigned              kinds)
{
  if (operand->kind >= JUGGLER_N_OPERANDS || (kinds & (1U << operand->kind)) == 0)
    return false;
  switch (operand->kind)
    {
    case JUGGLER_OPERAND_PARAMETER:
      return operand->index < check->code->n_parameters;
    case JUGGLER_OPERAND_LOOP:
      return check->loops[pc] != JUGGLER_NONE;
    case JUGGLER_OPERAND_GLOBAL:
      return operand->index < check->plan->tables[JUGGLER_TABLE_GLOBALS].count
             && !juggler_plan_global (check->plan, operand->index)->is_list;
    default:
      return true;
    }
}

static bool
segment_is_valid (const CodeCheck          *check,
                  uint32_t                  pc,
                  const JugglerPlanSegment *segment)
{
  switch (segment->kind)
    {
    case JUGGLER_SEGMENT_LITERAL:
      return string_is_valid (check->plan, segment->literal);
    case JUGGLER_SEGMENT_LOOP:
      return check->loops[pc] != JUGGLER_NONE;
    case JUGGLER_SEGMENT_GLOBAL:
      return segment->index < check->plan->tables[JUGGLER_TABLE_GLOBALS].count;
    case JUGGLER_SEGMENT_PARAMETER:
      return segment->index < check->code->n_parameters;
    default:
      return segment->kind < JUGGLER_N_SEGMENTS;
    }
}

static bool
text_is_valid (const CodeCheck *check,
               uint32_t         pc,
               uint32_t         index)
{
  const JugglerPlanText *text;

  if (index >= check->plan->tables[JUGGLER_TABLE_TEXTS].count)
    return false;
  text = juggler_plan_text (check->plan, index);
  if (!in_table (check->plan, JUGGLER_TABLE_SEGMENTS, text->first_segment, text->n_segments))
    return false;
  for (uint32_t i = 0; i < text->n_segments; i++)
    {
      if (!segment_is_valid (check, pc, juggler_plan_segment (check->plan, text->first_segment + i)))
        return false;
    }
  return true;
}

static bool
lock_is_valid (const CodeCheck          *check,
               const JugglerInstruction *instruction,
               unsigned                  kinds)
{
  const JugglerPlanLock *lock;

  if (instruction->a >= check->plan->tables[JUGGLER_TABLE_LOCKS].count)
    return false;
  lock = juggler_plan_lock (check->plan, instruction->a);
  if ((instruction->flags & JUGGLER_INSTRUCTION_READ_MODE) && lock->kind != JUGGLER_LOCK_RW)
    return false;
  return (kinds & (1U << lock->kind)) != 0;
}

static bool
subject_is_valid (const CodeCheck          *check,
                  uint32_t                  pc,
                  const JugglerInstruction *instruction,
                  const OpRule             *rule)
{
  const JugglerPlan *plan = check->plan;

  switch ((Subject) rule->subject)
    {
    case SUBJECT_TEXT:
      return text_is_valid (check, pc, instruction->a);
    case SUBJECT_INTEGER:
    case SUBJECT_LIST:
      return instruction->a < plan->tables[JUGGLER_TABLE_GLOBALS].count
             && juggler_plan_global (plan, instruction->a)->is_list == (rule->subject == SUBJECT_LIST);
    case SUBJECT_LOCK:
      return lock_is_valid (check, instruction, rule->locks);
    case SUBJECT_WORKERS:
      /* Main (0) is nobody's child. */
      return instruction->a >= 1 && instruction->b >= 1
             && in_table (plan, JUGGLER_TABLE_WORKERS, instruction->a, instruction->b);
    case SUBJECT_NONE:
    default:
      return true;
    }
}

/* A jump stays in the body of its own innermost loop: the interpreter keeps its loops on a stack, which only REPEAT
 * and REPEAT_END move. The end of a body ("continue") is its REPEAT_END, which belongs to the body. */
static bool
jump_is_valid (const CodeCheck *check,
               uint32_t         pc,
               uint32_t         target)
{
  return target < check->code->n_instructions && check->loops[target] == check->loops[pc];
}

static bool
native_is_valid (const CodeCheck          *check,
                 uint32_t                  pc,
                 const JugglerInstruction *repeat)
{
  const JugglerInstruction *body = repeat + 1;
  uint32_t                  n_body = repeat->b - pc - 2;
  const unsigned            by = NUMBER;

  switch (repeat->native)
    {
    case JUGGLER_NATIVE_NONE:
      return true;
    case JUGGLER_NATIVE_INCREMENT:
      return n_body == 1 && body[0].op == JUGGLER_OP_INCREMENT && operand_is_valid (check, pc, &body[0].x, by);
    case JUGGLER_NATIVE_ATOMIC_ADD:
      return n_body == 1 && body[0].op == JUGGLER_OP_ATOMIC_ADD && operand_is_valid (check, pc, &body[0].x, by);
    case JUGGLER_NATIVE_LOCKED_INCREMENT:
      return n_body == 3 && body[0].op == JUGGLER_OP_LOCK && body[0].flags == 0
             && lock_is_valid (check, &body[0], HOT_LOCKS) && body[1].op == JUGGLER_OP_INCREMENT
             && operand_is_valid (check, pc, &body[1].x, by) && body[2].op == JUGGLER_OP_UNLOCK
             && body[2].flags == 0 && body[2].a == body[0].a;
    default:
      return false;
    }
}

static const char *
check_instruction (const CodeCheck *check,
                   uint32_t         pc)
{
  const JugglerInstruction *instruction = &check->instructions[pc];
  const OpRule             *rule = &op_rules[instruction->op];
  bool                      timed = (instruction->flags & JUGGLER_INSTRUCTION_TIMEOUT) != 0;

  if (instruction->flags & ~rule->flags)
    return "an instruction has flags that it cannot have";
  if (!subject_is_valid (check, pc, instruction, rule))
    return "an instruction names what is not there";
  if (rule->x != 0 && !operand_is_valid (check, pc, &instruction->x, rule->x))
    return "an instruction has a wrong operand";
  if (rule->y != 0 && !operand_is_valid (check, pc, &instruction->y, rule->y))
    return "an instruction has a wrong second operand";
  if (timed && !operand_is_valid (check, pc, &instruction->y, NUMBER))
    return "an instruction has a wrong time-out";
  if (rule->x == COMPARED && instruction->compare >= JUGGLER_N_COMPARES)
    return "an instruction has a wrong comparison";
  if ((rule->jumps || (timed && instruction->op == JUGGLER_OP_LOCK)) && !jump_is_valid (check, pc, instruction->b))
    return "a jump leaves its loop or its code";
  if (instruction->native != JUGGLER_NATIVE_NONE && instruction->op != JUGGLER_OP_REPEAT)
    return "an instruction that is no loop is marked as native";
  if (instruction->op == JUGGLER_OP_REPEAT && !native_is_valid (check, pc, instruction))
    return "a native loop has not the body of one";
  return NULL;
}

/* Finds for each instruction the loop it is in, and that REPEAT and REPEAT_END match. */
static const char *
find_loops (const JugglerInstruction *instructions,
            uint32_t                  n_instructions,
            uint32_t                 *loops)
{
  uint32_t stack[JUGGLER_MAX_LOOP_DEPTH];
  uint32_t depth = 0;

  for (uint32_t pc = 0; pc < n_instructions; pc++)
    {
      const JugglerInstruction *instruction = &instructions[pc];

      if (instruction->op >= JUGGLER_N_OPS)
        return "an instruction is not one of the instructions";
      loops[pc] = depth > 0 ? stack[depth - 1] : JUGGLER_NONE;
      if (instruction->op == JUGGLER_OP_REPEAT)
        {
          if (depth == JUGGLER_MAX_LOOP_DEPTH)
            return "loops are nested too deeply";
          stack[depth++] = pc;
        }
      else if (instruction->op == JUGGLER_OP_REPEAT_END)
        {
          if (depth == 0 || instruction->b != stack[depth - 1] || instructions[stack[depth - 1]].b != pc + 1)
            return "the beginning and the end of a loop do not match";
          depth--;
        }
    }
  return depth == 0 ? NULL : "a loop has no end";
}

static const char *
check_code (const JugglerPlan     *plan,
            const JugglerPlanCode *code,
            uint32_t              *loops)
{
  CodeCheck   check = { plan, code, juggler_plan_instruction (plan, code->first_instruction), loops };
  const char *fault = find_loops (check.instructions, code->n_instructions, loops);

  if (fault != NULL)
    return fault;
  if (check.instructions[code->n_instructions - 1].op != JUGGLER_OP_END)
    return "a body of code does not end with END";
  for (uint32_t pc = 0; pc < code->n_instructions && fault == NULL; pc++)
    fault = check_instruction (&check, pc);
  return fault;
}

/* The bounds of all bodies of code come first: the groups are checked against them. */
static const char *
check_code_bounds (const JugglerPlan *plan,
                   uint32_t          *longest)
{
  uint64_t next_instruction = 0;

  *longest = 0;
  for (uint32_t i = 0; i < plan->tables[JUGGLER_TABLE_CODES].count; i++)
    {
      const JugglerPlanCode *code = juggler_plan_code (plan, i);

      if (!string_is_valid (plan, code->name) || code->n_instructions == 0 || (i == 0 && code->n_parameters != 0))
        return "a body of code is not valid";
      /* One after the other: so that the time this check takes is bounded by the plan's size. */
      if (code->first_instruction < next_instruction
          || !in_table (plan, JUGGLER_TABLE_INSTRUCTIONS, code->first_instruction, code->n_instructions))
        return "a body of code is outside the table of instructions";
      next_instruction = (uint64_t) code->first_instruction + code->n_instructions;
      if (code->n_instructions > *longest)
        *longest = code->n_instructions;
    }
  return NULL;
}

static const char *
check_codes (const JugglerPlan *plan,
             uint32_t           longest)
{
  const char *fault = NULL;
  uint32_t   *loops = malloc ((longest + (size_t) 1) * sizeof *loops);

  if (loops == NULL)
    return "there is no memory to check the plan";
  for (uint32_t i = 0; i < plan->tables[JUGGLER_TABLE_CODES].count && fault == NULL; i++)
    fault = check_code (plan, juggler_plan_code (plan, i), loops);
  free (loops);
  return fault;
}

const char *
juggler_plan_validate (const void *data,
                       size_t      size)
{
  const JugglerPlan *plan = data;
  const char        *fault = check_header (plan, size);
  uint32_t           longest = 0;

  if (fault == NULL)
    fault = check_globals (plan);
  if (fault == NULL)
    fault = check_locks (plan);
  if (fault == NULL)
    fault = check_code_bounds (plan, &longest);
  if (fault == NULL)
    fault = check_groups (plan);
  if (fault == NULL)
    fault = check_workers (plan);
  if (fault == NULL)
    fault = check_values (plan);
  if (fault == NULL)
    fault = check_codes (plan, longest);
  return fault;
}
