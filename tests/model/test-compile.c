/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Plans: which instructions a document becomes, and what else the host needs to know. */

#include <locale.h>
#include <string.h>

#include "model-test.h"

static const char *const op_names[JUGGLER_N_OPS] = {
  "END",     "PRINT",   "SLEEP",   "WORK",   "READ",       "ADD",   "WRITE",     "INCREMENT", "ATOMIC_ADD", "SET",
  "APPEND",  "LOCK",    "UNLOCK",  "ACQUIRE", "RELEASE",   "BARRIER", "WAIT",    "NOTIFY",    "NOTIFY_ALL", "REPEAT",
  "REPEAT_END", "UNLESS", "JUMP",  "START",  "JOIN",       "TERMINATE", "KILL",  "EXIT",      "HARD_EXIT",  "CRASH",
};

static GBytes *
compile_document (JugglerDocument *document)
{
  g_autofree char   *lines = juggler_document_dup_fault_lines (document);
  g_autoptr (GError) error = NULL;
  GBytes            *bytes;
  gsize              size;
  const void        *data;

  g_assert_cmpstr (lines, ==, "");
  bytes = juggler_document_compile (document, &error);
  g_assert_no_error (error);
  data = g_bytes_get_data (bytes, &size);
  g_assert_cmpstr (juggler_plan_validate (data, size), ==, NULL);
  return bytes;
}

static GBytes *
compile (const char *text)
{
  g_autoptr (JugglerDocument) document = juggler_document_new_from_text (text, -1, "d");

  return compile_document (document);
}

static const JugglerPlan *
plan_of (GBytes *bytes)
{
  return g_bytes_get_data (bytes, NULL);
}

static void
append_operand (GString              *out,
                const JugglerOperand *operand)
{
  static const char letters[] = " nplrg";

  if (operand->kind == JUGGLER_OPERAND_NONE)
    return;
  g_string_append_printf (out, " %c", letters[operand->kind]);
  if (operand->kind == JUGGLER_OPERAND_INTEGER)
    g_string_append_printf (out, "%lld", (long long) operand->value);
  else if (operand->kind != JUGGLER_OPERAND_LOOP && operand->kind != JUGGLER_OPERAND_REGISTER)
    g_string_append_printf (out, "%u", operand->index);
}

/* `OP step a b x y` for each instruction; the parts that are zero or nothing are left out, b apart where it is a jump. */
static char *
list_code (const JugglerPlan *plan,
           guint              number)
{
  const JugglerPlanCode *code = juggler_plan_code (plan, number);
  GString               *out = g_string_new (NULL);

  for (guint pc = 0; pc < code->n_instructions; pc++)
    {
      const JugglerInstruction *in = juggler_plan_instruction (plan, code->first_instruction + pc);

      g_string_append_printf (out, "%s%s", pc > 0 ? "; " : "", op_names[in->op]);
      if (in->step != JUGGLER_NONE)
        g_string_append_printf (out, " #%u", in->step);
      if (in->a != 0)
        g_string_append_printf (out, " a%u", in->a);
      if (in->b != 0)
        g_string_append_printf (out, " b%u", in->b);
      if (in->native != JUGGLER_NATIVE_NONE)
        g_string_append_printf (out, " native%u", in->native);
      if ((in->flags & JUGGLER_INSTRUCTION_TIMEOUT) != 0)
        g_string_append (out, " timeout");
      append_operand (out, &in->x);
      if (in->op == JUGGLER_OP_BRANCH_UNLESS)
        g_string_append_printf (out, " c%u", in->compare);
      append_operand (out, &in->y);
    }
  return g_string_free (out, FALSE);
}

static void
assert_main (const char *steps,
             const char *expected)
{
  g_autofree char   *text = g_strdup_printf ("{\"juggler\": 1, \"title\": \"t\", \"globals\": {\"g\": 0, \"l\": []}, "
                                             "\"locks\": {\"m\": \"mutex\", \"k\": \"spin\"}, \"tasks\": {\"t\": {\"steps\": "
                                             "[]}}, \"workers\": [{\"name\": \"a\", \"target\": \"t\", \"kind\": \"process\", "
                                             "\"count\": 3}], \"main\": [%s]}",
                                             steps);
  g_autoptr (GBytes) bytes = compile (text);
  g_autofree char   *found = list_code (plan_of (bytes), 0);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_simple_steps (void)
{
  assert_main ("", "END");
  assert_main ("{\"sleep\": 5}, {\"work\": 0}", "SLEEP #0 n5; WORK #1 n0; END");
  assert_main ("{\"read\": \"g\"}, {\"add\": -2}, {\"write\": \"g\"}", "READ #0; ADD #1 n-2; WRITE #2; END");
  assert_main ("{\"increment\": \"g\"}, {\"increment\": \"g\", \"by\": 7}, {\"atomic_add\": \"g\", \"by\": -1}",
               "INCREMENT #0 n1; INCREMENT #1 n7; ATOMIC_ADD #2 n-1; END");
  assert_main ("{\"set\": \"g\", \"to\": 3}, {\"append\": \"l\", \"value\": 4}", "SET #0 n3; APPEND #1 a1 n4; END");
  assert_main ("{\"lock\": \"k\"}, {\"unlock\": \"k\"}", "LOCK #0 a1; UNLOCK #1 a1; END");
  assert_main ("{\"exit\": 3}, {\"hard_exit\": 4}, {\"crash\": true}", "EXIT #0 n3; HARD_EXIT #1 n4; CRASH #2; END");
  assert_main ("{\"start\": \"a\"}, {\"join\": \"a-2\", \"timeout\": 9}, {\"terminate\": \"a-1\"}, {\"kill\": \"a\"}",
               "START #0 a1 b3; JOIN #1 a2 b1 timeout n9; TERMINATE #2 a1 b1; KILL #3 a1 b3; END");
}

static void
test_loops (void)
{
  assert_main ("{\"repeat\": 3, \"steps\": [{\"set\": \"g\", \"to\": \"i\"}, {\"repeat\": 0, \"steps\": []}]}, {\"sleep\": 1}",
               "REPEAT #0 b5 n3; SET #1 l; REPEAT #2 b4 n0; REPEAT_END #2 b2; REPEAT_END #0; SLEEP #3 n1; END");
  assert_main ("{\"while\": \"g < 10\", \"steps\": [{\"increment\": \"g\"}]}",
               "UNLESS #0 b3 g0 c0 n10; INCREMENT #1 n1; JUMP #0; END");
  assert_main ("{\"if\": \"tmp == -1\", \"then\": [{\"sleep\": 1}]}", "UNLESS #0 b2 r c4 n-1; SLEEP #1 n1; END");
  assert_main ("{\"if\": \"g>=2\", \"then\": [{\"sleep\": 1}], \"else\": [{\"sleep\": 2}]}, {\"sleep\": 3}",
               "UNLESS #0 b3 g0 c3 n2; SLEEP #1 n1; JUMP #0 b4; SLEEP #2 n2; SLEEP #3 n3; END");
  /* In the order of the text, whatever the order of the code. */
  assert_main ("{\"if\": \"g != 2\", \"else\": [{\"sleep\": 2}], \"then\": [{\"sleep\": 1}]}",
               "UNLESS #0 b3 g0 c5 n2; SLEEP #2 n1; JUMP #0 b4; SLEEP #1 n2; END");
}

/* On a time-out the rest of the list of steps is skipped. */
static void
test_timeouts (void)
{
  assert_main ("{\"lock\": \"m\", \"timeout\": 5}, {\"sleep\": 1}", "LOCK #0 b2 timeout n5; SLEEP #1 n1; END");
  assert_main ("{\"lock\": \"m\", \"timeout\": 5, \"else\": [{\"sleep\": 2}]}, {\"sleep\": 1}",
               "LOCK #0 b2 timeout n5; JUMP #0 b4; SLEEP #1 n2; JUMP #0 b5; SLEEP #2 n1; END");
  assert_main ("{\"repeat\": 3, \"steps\": [{\"lock\": \"m\", \"timeout\": 5}, {\"unlock\": \"m\"}]}, {\"sleep\": 1}",
               "REPEAT #0 b4 n3; LOCK #1 b3 timeout n5; UNLOCK #2; REPEAT_END #0; SLEEP #3 n1; END");
  assert_main ("{\"if\": \"g < 1\", \"then\": [{\"lock\": \"m\", \"timeout\": 5}, {\"sleep\": 2}], \"else\": [{\"sleep\": 3}]}",
               "UNLESS #0 b4 g0 c0 n1; LOCK #1 b3 timeout n5; SLEEP #2 n2; JUMP #0 b5; SLEEP #3 n3; END");
  assert_main ("{\"while\": \"g < 1\", \"steps\": [{\"lock\": \"m\", \"timeout\": 5}, {\"sleep\": 2}]}",
               "UNLESS #0 b4 g0 c0 n1; LOCK #1 b3 timeout n5; SLEEP #2 n2; JUMP #0; END");
  /* A time-out inside an "else" skips the rest of that; behind it the outer list is skipped all the same. */
  assert_main ("{\"lock\": \"m\", \"timeout\": 5, \"else\": [{\"lock\": \"k\", \"timeout\": 6}, {\"sleep\": 2}]}, {\"sleep\": 1}",
               "LOCK #0 b2 timeout n5; JUMP #0 b5; LOCK #1 a1 b4 timeout n6; SLEEP #2 n2; JUMP #0 b6; SLEEP #3 n1; END");
}

static void
assert_native (const char   *steps,
               JugglerNative native)
{
  g_autofree char          *text
      = g_strdup_printf ("{\"juggler\": 1, \"title\": \"t\", \"globals\": {\"g\": 0, \"h\": 0}, \"locks\": {\"m\": "
                         "\"mutex\", \"r\": \"robust\", \"k\": \"spin\", \"l\": \"rlock\"}, \"tasks\": {\"t\": {\"params\": "
                         "{\"n\": 2}, \"steps\": [{\"repeat\": \"n\", \"steps\": [%s]}]}}}",
                         steps);
  g_autoptr (GBytes)        bytes = compile (text);
  const JugglerPlanCode    *code = juggler_plan_code (plan_of (bytes), 1);
  const JugglerInstruction *repeat = juggler_plan_instruction (plan_of (bytes), code->first_instruction);

  g_assert_cmpuint (repeat->op, ==, JUGGLER_OP_REPEAT);
  g_assert_cmpuint (repeat->native, ==, native);
}

static void
test_native_loops (void)
{
  assert_native ("{\"increment\": \"g\"}", JUGGLER_NATIVE_INCREMENT);
  assert_native ("{\"increment\": \"g\", \"by\": \"n\"}", JUGGLER_NATIVE_INCREMENT);
  assert_native ("{\"increment\": \"g\", \"by\": \"i\"}", JUGGLER_NATIVE_NONE);
  assert_native ("{\"atomic_add\": \"g\"}", JUGGLER_NATIVE_ATOMIC_ADD);
  assert_native ("{\"lock\": \"m\"}, {\"increment\": \"g\"}, {\"unlock\": \"m\"}", JUGGLER_NATIVE_LOCKED_INCREMENT);
  assert_native ("{\"lock\": \"r\"}, {\"increment\": \"g\"}, {\"unlock\": \"r\"}", JUGGLER_NATIVE_LOCKED_INCREMENT);
  assert_native ("{\"lock\": \"k\"}, {\"increment\": \"g\"}, {\"unlock\": \"k\"}", JUGGLER_NATIVE_LOCKED_INCREMENT);
  assert_native ("{\"lock\": \"l\"}, {\"increment\": \"g\"}, {\"unlock\": \"l\"}", JUGGLER_NATIVE_LOCKED_INCREMENT);
  assert_native ("{\"lock\": \"m\"}, {\"increment\": \"g\"}, {\"unlock\": \"k\"}", JUGGLER_NATIVE_NONE);
  assert_native ("{\"lock\": \"m\", \"timeout\": 1}, {\"increment\": \"g\"}, {\"unlock\": \"m\"}", JUGGLER_NATIVE_NONE);
  assert_native ("{\"lock\": \"m\"}, {\"atomic_add\": \"g\"}, {\"unlock\": \"m\"}", JUGGLER_NATIVE_NONE);
  assert_native ("{\"increment\": \"g\"}, {\"increment\": \"h\"}", JUGGLER_NATIVE_NONE);
  assert_native ("{\"read\": \"g\"}, {\"add\": 1}, {\"write\": \"g\"}", JUGGLER_NATIVE_NONE);
  assert_native ("{\"repeat\": 2, \"steps\": []}", JUGGLER_NATIVE_NONE);
  assert_native ("", JUGGLER_NATIVE_NONE);
}

static char *
list_text (const JugglerPlan *plan,
           guint              number)
{
  static const char *const kinds[] = { "", "<name>", "<pid>", "<ppid>", "<tid>", "<i>", "<tmp>", "<global %u>", "<parameter %u>" };
  const JugglerPlanText   *text = juggler_plan_text (plan, number);
  GString                 *out = g_string_new (NULL);

  for (guint i = 0; i < text->n_segments; i++)
    {
      const JugglerPlanSegment *segment = juggler_plan_segment (plan, text->first_segment + i);

      if (segment->kind == JUGGLER_SEGMENT_LITERAL)
        g_string_append (out, juggler_plan_string (plan, segment->literal));
      else if (segment->kind >= JUGGLER_SEGMENT_GLOBAL)
        g_string_append_printf (out, segment->kind == JUGGLER_SEGMENT_GLOBAL ? "<global %u>" : "<parameter %u>",
                                segment->index);
      else
        g_string_append (out, kinds[segment->kind]);
    }
  return g_string_free (out, FALSE);
}

static void
test_templates (void)
{
  g_autoptr (GBytes) bytes
      = compile ("{\"juggler\": 1, \"title\": \"t\", \"globals\": {\"g\": 0, \"n\": 1}, \"tasks\": {\"t\": {\"params\": "
                 "{\"n\": 2}, \"steps\": [{\"repeat\": 1, \"steps\": [{\"print\": \"{{{name}}} {pid}{ppid} {tid}-{i}\\n三{tmp} "
                 "{g} {n}\"}]}, {\"print\": \"\"}, {\"print\": \"}}{{\"}]}}, \"main\": [{\"print\": \"{n}\"}]}");
  g_autofree char   *all = list_text (plan_of (bytes), 0);
  g_autofree char   *nothing = list_text (plan_of (bytes), 1);
  g_autofree char   *braces = list_text (plan_of (bytes), 2);
  g_autofree char   *of_main = list_text (plan_of (bytes), 3);

  g_assert_cmpstr (all, ==, "{<name>} <pid><ppid> <tid>-<i>\n三<tmp> <global 0> <parameter 0>");
  g_assert_cmpstr (nothing, ==, "");
  g_assert_cmpstr (braces, ==, "}{");
  g_assert_cmpstr (of_main, ==, "<global 1>");
}

static void
assert_string (const JugglerPlan *plan,
               JugglerPlanString  string,
               const char        *expected)
{
  g_assert_cmpstr (juggler_plan_string (plan, string), ==, expected);
  g_assert_cmpuint (string.length, ==, strlen (expected));
}

static void
test_tables (void)
{
  g_autoptr (GBytes)          bytes
      = compile ("{\"juggler\": 1, \"title\": \"t\", \"globals\": {\"g\": -5, \"l\": [7, 8], \"e\": [], \"k\": [9]}, "
                 "\"locks\": {\"m\": \"mutex\", \"s\": \"spin\"}, \"tasks\": {\"t\": {\"params\": {\"n\": 1, \"w\": \"x\"}, "
                 "\"steps\": []}}, \"workers\": [{\"name\": \"a\", \"target\": \"t\", \"kind\": \"thread\", \"count\": 2, "
                 "\"args\": [5], \"cores\": [3, 1, 3]}, {\"target\": \"t\", \"kind\": \"process\", \"kwargs\": {\"w\": \"y\"}, "
                 "\"daemon\": true, \"nice\": -3}], \"settings\": {\"cores\": 4, \"shared_globals\": true, "
                 "\"time_limit_s\": 7}}");
  const JugglerPlan          *plan = plan_of (bytes);
  const JugglerPlanGroup     *threads = juggler_plan_group (plan, 1);
  const JugglerPlanGroup     *process = juggler_plan_group (plan, 2);
  const JugglerPlanParameter *values = juggler_plan_parameter (plan, threads->first_parameter);
  g_autofree char            *starts = list_code (plan, 0);

  g_assert_cmpuint (plan->cores, ==, 4);
  g_assert_cmpuint (plan->shared_globals, ==, 1);
  g_assert_cmpuint (plan->time_limit_ms, ==, 7000);
  g_assert_cmpint (juggler_plan_global (plan, 0)->initial, ==, -5);
  g_assert_cmpuint (juggler_plan_global (plan, 1)->n_elements, ==, 2);
  g_assert_cmpint (*juggler_plan_element (plan, juggler_plan_global (plan, 1)->first_element + 1), ==, 8);
  g_assert_cmpuint (juggler_plan_global (plan, 2)->n_elements, ==, 0);
  g_assert_cmpint (*juggler_plan_element (plan, juggler_plan_global (plan, 3)->first_element), ==, 9);
  assert_string (plan, juggler_plan_lock (plan, 1)->name, "s");
  g_assert_cmpuint (juggler_plan_lock (plan, 1)->kind, ==, JUGGLER_LOCK_SPIN);
  assert_string (plan, juggler_plan_code (plan, 0)->name, "main");
  assert_string (plan, juggler_plan_code (plan, 1)->name, "t");
  g_assert_cmpuint (juggler_plan_count (plan, JUGGLER_TABLE_WORKERS), ==, 4);
  assert_string (plan, juggler_plan_worker (plan, 0)->name, "main");
  assert_string (plan, juggler_plan_worker (plan, 1)->name, "a-1");
  assert_string (plan, juggler_plan_worker (plan, 2)->name, "a-2");
  assert_string (plan, juggler_plan_worker (plan, 3)->name, "t-1");
  g_assert_cmpuint (juggler_plan_worker (plan, 2)->group, ==, 1);
  assert_string (plan, threads->name, "a");
  g_assert_cmpuint (threads->kind, ==, JUGGLER_KIND_THREAD);
  g_assert_cmpuint (threads->n_cores, ==, 2);
  g_assert_cmpuint (*juggler_plan_core (plan, threads->first_core), ==, 3);
  g_assert_cmpint (values[0].value, ==, 5);
  assert_string (plan, values[1].text, "x");
  g_assert_cmpuint (process->daemon, ==, 1);
  g_assert_cmpint (process->nice, ==, -3);
  values = juggler_plan_parameter (plan, process->first_parameter);
  g_assert_cmpint (values[0].value, ==, 1);
  assert_string (plan, values[1].text, "y");
  /* Without "main" all are started in order; these steps stand nowhere. */
  g_assert_cmpstr (starts, ==, "START a1 b2; START a3 b1; END");
}

static void
assert_step_path (JugglerDocument *document,
                  guint            step,
                  const char      *expected)
{
  g_autofree char *path = juggler_document_dup_step_path (document, step);

  g_assert_cmpstr (path, ==, expected);
}

static void
test_step_numbers (void)
{
  g_autoptr (JugglerDocument) document = juggler_document_new_from_text (
      "{\"juggler\": 1, \"title\": \"t\", \"globals\": {\"g\": 0}, \"locks\": {\"m\": \"mutex\"},\n"
      "\"main\": [{\"if\": \"g < 1\", \"else\": [{\"sleep\": 1}], \"then\": [{\"sleep\": 2}]}],\n"
      "\"tasks\": {\"b\": {\"steps\": [{\"lock\": \"m\", \"timeout\": 1, \"else\": [{\"exit\": 1}]}]},\n"
      "            \"a\": {\"steps\": [{\"repeat\": 1, \"steps\": [{\"sleep\": 3}]}]}}}",
      -1, "d");
  g_autoptr (GBytes)        bytes = compile_document (document);
  const JugglerPlanCode    *code = juggler_plan_code (plan_of (bytes), 2);
  const JugglerInstruction *sleep = juggler_plan_instruction (plan_of (bytes), code->first_instruction + 1);

  g_assert_cmpuint (juggler_document_get_n_steps (document), ==, 7);
  assert_step_path (document, 0, "/main/0");
  assert_step_path (document, 1, "/main/0/else/0");
  assert_step_path (document, 2, "/main/0/then/0");
  assert_step_path (document, 3, "/tasks/b/steps/0");
  assert_step_path (document, 4, "/tasks/b/steps/0/else/0");
  assert_step_path (document, 5, "/tasks/a/steps/0");
  assert_step_path (document, 6, "/tasks/a/steps/0/steps/0");
  assert_step_path (document, 7, NULL);
  g_assert_cmpuint (sleep->op, ==, JUGGLER_OP_SLEEP);
  g_assert_cmpuint (sleep->step, ==, 6);
}

static void
assert_not_yet (const char *part,
                const char *message)
{
  g_autofree char            *text = g_strdup_printf ("{\"juggler\": 1, \"title\": \"t\", %s}", part);
  g_autoptr (JugglerDocument) document = juggler_document_new_from_text (text, -1, "d");
  g_autoptr (GError)          error = NULL;
  g_autoptr (GBytes)          plan = juggler_document_compile (document, &error);

  g_assert_true (juggler_document_is_valid (document));
  g_assert_null (plan);
  g_assert_error (error, JUGGLER_MODEL_ERROR, JUGGLER_MODEL_ERROR_NOT_YET);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_not_yet (void)
{
  assert_not_yet ("\"settings\": {\"gil\": true}", "/settings/gil: the GIL comes in a later version");
  assert_not_yet ("\"settings\": {\"race_window_us\": 5}",
                  "/settings/race_window_us: a widened race window comes in a later version");
  assert_not_yet ("\"locks\": {\"m\": \"mutex\", \"x\": \"rw\"}, \"main\": [{\"lock\": \"x\", \"mode\": \"read\"}]",
                  "/locks/x: a lock of the kind \"rw\" comes in a later version");
  assert_not_yet ("\"locks\": {\"y\": \"rw\", \"x\": {\"semaphore\": 1}}, \"tasks\": {\"t\": {\"steps\": [{\"release\": "
                  "\"x\"}]}}",
                  "/locks/x: a lock of the kind \"semaphore\" comes in a later version");
  assert_not_yet ("\"locks\": {\"x\": {\"barrier\": 1}}, \"main\": [{\"barrier\": \"x\"}]",
                  "/locks/x: a lock of the kind \"barrier\" comes in a later version");
  assert_not_yet ("\"locks\": {\"x\": \"condition\"}, \"main\": [{\"notify_all\": \"x\"}]",
                  "/locks/x: a lock of the kind \"condition\" comes in a later version");
}

/* They are in the plan, so that locks keep their numbers. */
static void
test_unused_locks (void)
{
  g_autoptr (GBytes) bytes
      = compile ("{\"juggler\": 1, \"title\": \"t\", \"locks\": {\"x\": \"rw\", \"s\": {\"semaphore\": 3}, \"b\": {\"barrier\": "
                 "2}, \"c\": \"condition\", \"m\": \"mutex\"}, \"main\": [{\"lock\": \"m\"}, {\"unlock\": \"m\"}]}");

  g_assert_cmpuint (juggler_plan_count (plan_of (bytes), JUGGLER_TABLE_LOCKS), ==, 5);
  g_assert_cmpuint (juggler_plan_lock (plan_of (bytes), 1)->kind, ==, JUGGLER_LOCK_SEMAPHORE);
  g_assert_cmpuint (juggler_plan_instruction (plan_of (bytes), 0)->a, ==, 4);
}

static void
test_faulty (void)
{
  g_autoptr (JugglerDocument) document = juggler_document_new_from_text ("{\"juggler\": 1}", -1, "d");
  g_autoptr (GError)          error = NULL;
  g_autoptr (GBytes)          plan = juggler_document_compile (document, &error);

  g_assert_null (plan);
  g_assert_error (error, JUGGLER_MODEL_ERROR, JUGGLER_MODEL_ERROR_FAULTY);
  g_assert_cmpstr (error->message, ==, "the document has 1 fault");
}

/* As many workers as there may be, and as many instructions as fit into a document: in reasonable time. */
static void
test_large (void)
{
  g_autoptr (GString) text = g_string_new ("{\"juggler\": 1, \"title\": \"t\", \"tasks\": {\"t\": {\"steps\": []}}, "
                                           "\"workers\": [");
  g_autoptr (GBytes)  bytes = NULL;

  for (guint i = 0; i < JUGGLER_MAX_WORKERS; i++)
    g_string_append_printf (text, "%s{\"name\": \"w%u\", \"target\": \"t\", \"kind\": \"thread\"}", i > 0 ? "," : "", i);
  g_string_append (text, "], \"main\": [{\"sleep\": 0}");
  for (guint i = 0; i < 300000; i++)
    g_string_append (text, ",{\"sleep\": 1}");
  g_string_append (text, "]}");
  bytes = compile (text->str);
  g_assert_cmpuint (juggler_plan_count (plan_of (bytes), JUGGLER_TABLE_WORKERS), ==, JUGGLER_MAX_WORKERS + 1);
  g_assert_cmpuint (juggler_plan_code (plan_of (bytes), 0)->n_instructions, ==, 300002);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/compile/simple-steps", test_simple_steps);
  g_test_add_func ("/compile/loops", test_loops);
  g_test_add_func ("/compile/timeouts", test_timeouts);
  g_test_add_func ("/compile/native-loops", test_native_loops);
  g_test_add_func ("/compile/templates", test_templates);
  g_test_add_func ("/compile/tables", test_tables);
  g_test_add_func ("/compile/step-numbers", test_step_numbers);
  g_test_add_func ("/compile/not-yet", test_not_yet);
  g_test_add_func ("/compile/unused-locks", test_unused_locks);
  g_test_add_func ("/compile/faulty", test_faulty);
  g_test_add_func ("/compile/large", test_large);
  return g_test_run ();
}
