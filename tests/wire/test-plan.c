/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A plan that uses everything is valid; each of its fields, changed to what it cannot be, makes it invalid. */

#include <glib.h>
#include <string.h>

#include "plan-builder.h"

enum
{
  PRINT,
  OUTER,
  INNER,
  ADD,
  SKIP,
  APPEND,
  INNER_END,
  TIMED_LOCK,
  UNLOCK,
  OUTER_END,
  HOT,
  HOT_LOCK,
  HOT_INCREMENT,
  HOT_UNLOCK,
  HOT_END,
  SLEEP,
  START,
  JOIN,
  EXIT,
  N_INSTRUCTIONS,
};

enum
{
  COUNTER,
  LIST,
};

enum
{
  MUTEX,
  SEMAPHORE,
  RW,
};

static JugglerOperand
integer (int64_t value)
{
  return (JugglerOperand){ .kind = JUGGLER_OPERAND_INTEGER, .value = value };
}

static JugglerOperand
operand (JugglerOperandKind kind,
         uint32_t           index)
{
  return (JugglerOperand){ .kind = kind, .index = index };
}

static void
fill_in_code (JugglerInstruction *code,
              uint32_t            text)
{
  memset (code, 0, N_INSTRUCTIONS * sizeof *code);
  code[PRINT] = (JugglerInstruction){ .op = JUGGLER_OP_PRINT, .a = text };
  code[OUTER] = (JugglerInstruction){ .op = JUGGLER_OP_REPEAT, .b = OUTER_END + 1, .x = integer (3) };
  code[INNER] = (JugglerInstruction){
    .op = JUGGLER_OP_REPEAT, .b = INNER_END + 1, .x = operand (JUGGLER_OPERAND_PARAMETER, 0)
  };
  code[ADD] = (JugglerInstruction){ .op = JUGGLER_OP_ADD, .x = operand (JUGGLER_OPERAND_LOOP, 0) };
  code[SKIP] = (JugglerInstruction){ .op = JUGGLER_OP_BRANCH_UNLESS,
                                     .compare = JUGGLER_COMPARE_LESS,
                                     .x = operand (JUGGLER_OPERAND_GLOBAL, COUNTER),
                                     .y = integer (10),
                                     .b = INNER_END };
  code[APPEND] = (JugglerInstruction){
    .op = JUGGLER_OP_APPEND, .a = LIST, .x = operand (JUGGLER_OPERAND_REGISTER, 0)
  };
  code[INNER_END] = (JugglerInstruction){ .op = JUGGLER_OP_REPEAT_END, .b = INNER };
  code[TIMED_LOCK] = (JugglerInstruction){ .op = JUGGLER_OP_LOCK,
                                           .flags = JUGGLER_INSTRUCTION_TIMEOUT,
                                           .a = MUTEX,
                                           .y = integer (100),
                                           .b = OUTER_END };
  code[UNLOCK] = (JugglerInstruction){ .op = JUGGLER_OP_UNLOCK, .a = MUTEX };
  code[OUTER_END] = (JugglerInstruction){ .op = JUGGLER_OP_REPEAT_END, .b = OUTER };
  code[HOT] = (JugglerInstruction){
    .op = JUGGLER_OP_REPEAT, .native = JUGGLER_NATIVE_LOCKED_INCREMENT, .b = HOT_END + 1, .x = integer (1000)
  };
  code[HOT_LOCK] = (JugglerInstruction){ .op = JUGGLER_OP_LOCK, .a = MUTEX };
  code[HOT_INCREMENT] = (JugglerInstruction){ .op = JUGGLER_OP_INCREMENT, .a = COUNTER, .x = integer (1) };
  code[HOT_UNLOCK] = (JugglerInstruction){ .op = JUGGLER_OP_UNLOCK, .a = MUTEX };
  code[HOT_END] = (JugglerInstruction){ .op = JUGGLER_OP_REPEAT_END, .b = HOT };
  code[SLEEP] = (JugglerInstruction){ .op = JUGGLER_OP_SLEEP, .x = integer (5) };
  code[START] = (JugglerInstruction){ .op = JUGGLER_OP_START, .a = 2, .b = 2 };
  code[JOIN] = (JugglerInstruction){
    .op = JUGGLER_OP_JOIN, .flags = JUGGLER_INSTRUCTION_TIMEOUT, .a = 2, .b = 2, .y = integer (7)
  };
  code[EXIT] = (JugglerInstruction){ .op = JUGGLER_OP_EXIT, .x = integer (0) };
}

static uint32_t
add_text (PlanBuilder *builder)
{
  JugglerPlanText    text = { 0, 4 };
  JugglerPlanSegment segments[] = {
    { JUGGLER_SEGMENT_LITERAL, 0, plan_builder_string (builder, "g = ") },
    { JUGGLER_SEGMENT_GLOBAL, COUNTER, { 0, 0 } },
    { JUGGLER_SEGMENT_PARAMETER, 0, { 0, 0 } },
    { JUGGLER_SEGMENT_PID, 0, { 0, 0 } },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (segments); i++)
    plan_builder_add (builder, JUGGLER_TABLE_SEGMENTS, &segments[i]);
  return plan_builder_add (builder, JUGGLER_TABLE_TEXTS, &text);
}

static JugglerPlan *
make_plan (size_t *size)
{
  PlanBuilder         *builder = plan_builder_new ();
  const int64_t        elements[] = { 1, 2, 3 };
  const uint32_t       core = 1;
  JugglerPlanParameter parameter = { .value = 4 };
  JugglerInstruction   code[N_INSTRUCTIONS];
  uint32_t             task;

  plan_builder_global (builder, "g_num", 7);
  plan_builder_list (builder, "my_list", elements, 3);
  plan_builder_lock (builder, "mutex", JUGGLER_LOCK_MUTEX);
  plan_builder_lock (builder, "places", JUGGLER_LOCK_SEMAPHORE);
  plan_builder_lock (builder, "table", JUGGLER_LOCK_RW);
  plan_builder_add (builder, JUGGLER_TABLE_PARAMETERS, &parameter);
  parameter.is_text = 1;
  parameter.text = plan_builder_string (builder, "hello");
  plan_builder_add (builder, JUGGLER_TABLE_PARAMETERS, &parameter);
  plan_builder_add (builder, JUGGLER_TABLE_CORES, &core);
  fill_in_code (code, add_text (builder));
  task = plan_builder_task (builder, "work", code, N_INSTRUCTIONS);
  ((JugglerPlanCode *) builder->tables[JUGGLER_TABLE_CODES]->data)[task].n_parameters = 2;
  plan_builder_group (builder, "a", JUGGLER_KIND_PROCESS, task, 1);
  plan_builder_group (builder, "b", JUGGLER_KIND_THREAD, task, 2);
  ((JugglerPlanGroup *) builder->tables[JUGGLER_TABLE_GROUPS]->data)[1].n_cores = 1;
  return plan_builder_end (builder, size);
}

static void
test_good (void)
{
  size_t                  size;
  g_autofree JugglerPlan *plan = make_plan (&size);

  g_assert_cmpstr (juggler_plan_validate (plan, size), ==, NULL);
}

/* Every shorter plan, and one that says another size than it has. */
static void
test_size (void)
{
  size_t                  size;
  g_autofree JugglerPlan *plan = make_plan (&size);

  for (size_t shorter = 0; shorter < size; shorter++)
    g_assert_nonnull (juggler_plan_validate (plan, shorter));
  plan->size += 8;
  g_assert_nonnull (juggler_plan_validate (plan, size));
  for (unsigned i = 0; i < JUGGLER_N_TABLES; i++)
    {
      g_autofree JugglerPlan *other = make_plan (&size);

      other->tables[i].count = UINT32_MAX;
      g_assert_nonnull (juggler_plan_validate (other, size));
      other->tables[i].count = 0;
      other->tables[i].offset = (uint32_t) size + 8;
      g_assert_nonnull (juggler_plan_validate (other, size));
      other->tables[i].offset = 12;
      g_assert_nonnull (juggler_plan_validate (other, size));
      other->tables[i].offset = 0;
      g_assert_nonnull (juggler_plan_validate (other, size));
    }
}

/* What the mutations below change. */
typedef struct
{
  JugglerPlan          *plan;
  JugglerPlanGlobal    *globals;
  JugglerPlanLock      *locks;
  JugglerPlanCode      *codes;
  JugglerInstruction   *code; /* of the task */
  JugglerPlanGroup     *groups;
  JugglerPlanWorker    *workers;
  JugglerPlanParameter *parameters;
  JugglerPlanText      *texts;
  JugglerPlanSegment   *segments;
  uint32_t             *cores;
  char                 *strings;
} Parts;

static Parts
parts_of (JugglerPlan *plan)
{
  Parts parts = { .plan = plan };

#define PART(TABLE) ((void *) ((char *) plan + plan->tables[JUGGLER_TABLE_##TABLE].offset))
  parts.globals = PART (GLOBALS);
  parts.locks = PART (LOCKS);
  parts.codes = PART (CODES);
  parts.code = (JugglerInstruction *) PART (INSTRUCTIONS) + parts.codes[1].first_instruction;
  parts.groups = PART (GROUPS);
  parts.workers = PART (WORKERS);
  parts.parameters = PART (PARAMETERS);
  parts.texts = PART (TEXTS);
  parts.segments = PART (SEGMENTS);
  parts.cores = PART (CORES);
  parts.strings = PART (STRINGS);
#undef PART
  return parts;
}

/* A statement on `p` that breaks the plan. */
#define BREAK(statement)                                                                                               \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    size_t                  break_size;                                                                                \
    g_autofree JugglerPlan *break_plan = make_plan (&break_size);                                                      \
    Parts                   p = parts_of (break_plan);                                                                 \
                                                                                                                       \
    g_assert_cmpstr (juggler_plan_validate (break_plan, break_size), ==, NULL);                                        \
    statement;                                                                                                         \
    if (juggler_plan_validate (break_plan, break_size) == NULL)                                                        \
      g_error ("not found: %s", #statement);                                                                           \
  }                                                                                                                    \
  G_STMT_END

static void
test_bad_header (void)
{
  BREAK (p.plan->magic++);
  BREAK (p.plan->version++);
  BREAK (p.plan->size -= 8);
  BREAK (p.plan->cores = JUGGLER_MAX_CORES + 1);
  BREAK (p.plan->shared_globals = 2);
  BREAK (p.plan->gil = 2);
  BREAK (p.plan->tables[JUGGLER_TABLE_WORKERS].count = 0);
  BREAK (p.plan->tables[JUGGLER_TABLE_WORKERS].count--);
  BREAK (p.plan->tables[JUGGLER_TABLE_GROUPS].count--);
  BREAK (p.plan->tables[JUGGLER_TABLE_CODES].count--);
  BREAK (p.plan->tables[JUGGLER_TABLE_PARAMETERS].count--);
  BREAK (p.plan->tables[JUGGLER_TABLE_ELEMENTS].count--);
  BREAK (p.plan->tables[JUGGLER_TABLE_STRINGS].count = 1);
}

static void
test_bad_strings (void)
{
  BREAK (p.strings[p.globals[0].name.offset + p.globals[0].name.length] = 'x');
  BREAK (p.globals[0].name.offset = UINT32_MAX);
  BREAK (p.globals[0].name.length = UINT32_MAX);
  BREAK (p.locks[0].name.length++);
  BREAK (p.codes[1].name.length--);
  BREAK (p.groups[1].name.offset = 100000);
  BREAK (p.workers[3].name.length = 100000);
  BREAK (p.parameters[1].text.length++);
  BREAK (p.segments[0].literal.length++);
}

static void
test_bad_tables (void)
{
  BREAK (p.globals[LIST].is_list = 2);
  BREAK (p.globals[LIST].n_elements++);
  BREAK (p.globals[LIST].first_element = UINT32_MAX);
  BREAK (p.locks[MUTEX].kind = JUGGLER_N_LOCK_KINDS);
  BREAK (p.groups[0].code = 1);
  BREAK (p.groups[0].n_workers = 2);
  BREAK (p.groups[0].kind = JUGGLER_KIND_THREAD);
  BREAK (p.groups[0].daemon = 1);
  BREAK (p.groups[1].code = 0);
  BREAK (p.groups[1].code = 2);
  BREAK (p.groups[1].kind = 2);
  BREAK (p.groups[1].daemon = 2);
  BREAK (p.groups[1].nice = 20);
  BREAK (p.groups[1].nice = -21);
  BREAK (p.groups[1].first_worker = 0);
  BREAK (p.groups[1].n_workers = 0);
  BREAK (p.groups[1].n_workers = UINT32_MAX);
  BREAK (p.groups[2].n_workers = 1);
  BREAK (p.groups[1].first_parameter = 1);
  BREAK (p.groups[1].first_core = 1);
  BREAK (p.groups[1].n_cores = 2);
  BREAK (p.workers[1].group = 2);
  BREAK (p.workers[1].group = 3);
  BREAK (p.workers[0].group = 1);
  BREAK (p.parameters[0].is_text = 2);
  BREAK (p.cores[0] = JUGGLER_MAX_CORES);
}

static void
test_bad_code (void)
{
  BREAK (p.codes[0].n_parameters = 1);
  BREAK (p.codes[1].n_parameters = 3);
  BREAK (p.codes[1].n_instructions = 0);
  BREAK (p.codes[1].n_instructions--);
  BREAK (p.codes[1].n_instructions++);
  BREAK (p.codes[1].first_instruction = 0);
  BREAK (p.codes[1].first_instruction = UINT32_MAX);
  BREAK (p.code[N_INSTRUCTIONS].op = JUGGLER_OP_CRASH);
  BREAK (p.code[PRINT].op = JUGGLER_N_OPS);
  BREAK (p.code[PRINT].op = 255);
  BREAK (p.code[PRINT].flags = JUGGLER_INSTRUCTION_TIMEOUT);
  BREAK (p.code[SLEEP].flags = 128);
  BREAK (p.code[UNLOCK].flags = JUGGLER_INSTRUCTION_TIMEOUT);
  BREAK (p.code[UNLOCK].flags = JUGGLER_INSTRUCTION_READ_MODE);
  BREAK (p.code[SLEEP].native = JUGGLER_NATIVE_INCREMENT);
}

static void
test_bad_subjects (void)
{
  BREAK (p.code[PRINT].a = 1);
  BREAK (p.texts[0].n_segments = 5);
  BREAK (p.texts[0].first_segment = UINT32_MAX);
  BREAK (p.segments[1].index = 2);
  BREAK (p.segments[2].index = 2);
  BREAK (p.segments[3].kind = JUGGLER_N_SEGMENTS);
  BREAK (p.segments[3].kind = JUGGLER_SEGMENT_LOOP); /* PRINT is in no loop */
  BREAK (p.code[APPEND].a = COUNTER);
  BREAK (p.code[APPEND].a = 2);
  BREAK (p.code[HOT_INCREMENT].a = LIST);
  BREAK (p.code[HOT_INCREMENT].a = UINT32_MAX);
  BREAK (p.code[TIMED_LOCK].a = SEMAPHORE);
  BREAK (p.code[TIMED_LOCK].a = 3);
  BREAK (p.code[START].a = 0);
  BREAK (p.code[START].b = 0);
  BREAK (p.code[START].b = 3);
  BREAK (p.code[START].a = UINT32_MAX);
  BREAK (p.code[START].op = JUGGLER_OP_ACQUIRE);
}

static void
test_bad_operands (void)
{
  BREAK (p.code[SLEEP].x.kind = JUGGLER_OPERAND_NONE);
  BREAK (p.code[SLEEP].x.kind = JUGGLER_OPERAND_REGISTER);
  BREAK (p.code[SLEEP].x.kind = JUGGLER_OPERAND_GLOBAL);
  BREAK (p.code[SLEEP].x.kind = JUGGLER_N_OPERANDS);
  BREAK (p.code[SLEEP].x.kind = UINT32_MAX);
  BREAK (p.code[INNER].x.index = 2);
  BREAK (p.code[INNER].x.kind = JUGGLER_OPERAND_LOOP);
  BREAK (p.code[ADD].x.kind = JUGGLER_OPERAND_GLOBAL);
  BREAK (p.code[SKIP].x.index = LIST);
  BREAK (p.code[SKIP].x.index = 2);
  BREAK (p.code[SKIP].y.kind = JUGGLER_OPERAND_GLOBAL);
  BREAK (p.code[SKIP].compare = JUGGLER_N_COMPARES);
  BREAK (p.code[TIMED_LOCK].y.kind = JUGGLER_OPERAND_NONE);
  BREAK (p.code[JOIN].y.kind = JUGGLER_OPERAND_LOOP);
  /* i belongs to a loop: the same instruction outside of any. */
  BREAK (p.code[SLEEP] = p.code[ADD]);
}

static void
test_bad_jumps (void)
{
  BREAK (p.code[SKIP].b = N_INSTRUCTIONS + 1);
  BREAK (p.code[SKIP].b = UINT32_MAX);
  BREAK (p.code[SKIP].b = OUTER_END);
  BREAK (p.code[SKIP].b = PRINT);
  BREAK (p.code[TIMED_LOCK].b = ADD);
  BREAK (p.code[TIMED_LOCK].b = SLEEP);
  BREAK (p.code[OUTER].b = OUTER_END);
  BREAK (p.code[OUTER].b = INNER_END + 1);
  BREAK (p.code[INNER_END].b = OUTER);
  BREAK (p.code[OUTER_END].op = JUGGLER_OP_CRASH);
  BREAK (p.code[OUTER].op = JUGGLER_OP_CRASH);
  BREAK ((p.code[SLEEP] = (JugglerInstruction){ .op = JUGGLER_OP_REPEAT, .x = integer (1), .b = START }));
}

static void
test_bad_natives (void)
{
  BREAK (p.code[HOT].native = JUGGLER_N_NATIVES);
  BREAK (p.code[HOT].native = JUGGLER_NATIVE_INCREMENT);
  BREAK (p.code[HOT].native = JUGGLER_NATIVE_ATOMIC_ADD);
  BREAK (p.code[INNER].native = JUGGLER_NATIVE_INCREMENT);
  BREAK (p.code[OUTER].native = JUGGLER_NATIVE_LOCKED_INCREMENT);
  BREAK (p.code[HOT_UNLOCK].a = RW);
  BREAK ((p.code[HOT_LOCK].a = RW, p.code[HOT_UNLOCK].a = RW));
  BREAK (p.code[HOT_LOCK].op = JUGGLER_OP_UNLOCK);
  BREAK (p.code[HOT_INCREMENT].op = JUGGLER_OP_ATOMIC_ADD);
  BREAK (p.code[HOT_INCREMENT].x = operand (JUGGLER_OPERAND_LOOP, 0));
  BREAK (p.code[HOT_INCREMENT].x = operand (JUGGLER_OPERAND_REGISTER, 0));
  BREAK ((p.code[HOT_LOCK].flags = JUGGLER_INSTRUCTION_TIMEOUT, p.code[HOT_LOCK].y = integer (1),
          p.code[HOT_LOCK].b = HOT_END));
}

/* Loops nest 32 deep, no deeper. */
static void
test_depth (void)
{
  for (unsigned depth = JUGGLER_MAX_LOOP_DEPTH; depth <= JUGGLER_MAX_LOOP_DEPTH + 1; depth++)
    {
      PlanBuilder                   *builder = plan_builder_new ();
      g_autofree JugglerInstruction *code = g_new0 (JugglerInstruction, 2 * depth);
      g_autofree JugglerPlan        *plan = NULL;
      size_t                         size;

      for (unsigned i = 0; i < depth; i++)
        {
          code[i] = (JugglerInstruction){ .op = JUGGLER_OP_REPEAT, .x = integer (1), .b = 2 * depth - i };
          code[2 * depth - i - 1] = (JugglerInstruction){ .op = JUGGLER_OP_REPEAT_END, .b = i };
        }
      plan_builder_group (builder, "w", JUGGLER_KIND_THREAD, plan_builder_task (builder, "t", code, 2 * depth), 1);
      plan = plan_builder_end (builder, &size);
      g_assert_cmpint (juggler_plan_validate (plan, size) == NULL, ==, depth <= JUGGLER_MAX_LOOP_DEPTH);
    }
}

/* Any word of the plan changed to anything: the check may say yes or no, but never reads outside. */
static void
test_any_word (void)
{
  const uint32_t values[] = { 0, 1, 2, 3, 7, 255, 4096, 0x7fffffff, 0x80000000, UINT32_MAX };
  size_t         size;

  for (size_t word = 0;; word++)
    {
      g_autofree JugglerPlan *plan = make_plan (&size);

      if (word * 4 >= size)
        break;
      for (unsigned i = 0; i < G_N_ELEMENTS (values); i++)
        {
          ((uint32_t *) plan)[word] = values[i];
          (void) juggler_plan_validate (plan, size);
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan/good", test_good);
  g_test_add_func ("/plan/size", test_size);
  g_test_add_func ("/plan/bad-header", test_bad_header);
  g_test_add_func ("/plan/bad-strings", test_bad_strings);
  g_test_add_func ("/plan/bad-tables", test_bad_tables);
  g_test_add_func ("/plan/bad-code", test_bad_code);
  g_test_add_func ("/plan/bad-subjects", test_bad_subjects);
  g_test_add_func ("/plan/bad-operands", test_bad_operands);
  g_test_add_func ("/plan/bad-jumps", test_bad_jumps);
  g_test_add_func ("/plan/bad-natives", test_bad_natives);
  g_test_add_func ("/plan/depth", test_depth);
  g_test_add_func ("/plan/any-word", test_any_word);
  return g_test_run ();
}
