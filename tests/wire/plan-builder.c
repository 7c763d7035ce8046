/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "plan-builder.h"

#include <string.h>

PlanBuilder *
plan_builder_new (void)
{
  PlanBuilder       *self = g_new0 (PlanBuilder, 1);
  JugglerInstruction end = { .op = JUGGLER_OP_END, .step = JUGGLER_NONE };
  JugglerPlanCode    code = { .n_instructions = 1 };

  for (unsigned i = 0; i < JUGGLER_N_TABLES; i++)
    self->tables[i] = g_byte_array_new ();
  plan_builder_add (self, JUGGLER_TABLE_INSTRUCTIONS, &end);
  code.name = plan_builder_string (self, "main");
  plan_builder_add (self, JUGGLER_TABLE_CODES, &code);
  plan_builder_group (self, "main", JUGGLER_KIND_PROCESS, 0, 1);
  return self;
}

static uint32_t
count (PlanBuilder      *self,
       JugglerPlanTable  table)
{
  return self->tables[table]->len / (uint32_t) juggler_plan_entry_size (table);
}

uint32_t
plan_builder_add (PlanBuilder      *self,
                  JugglerPlanTable  table,
                  const void       *entry)
{
  uint32_t index = count (self, table);

  g_byte_array_append (self->tables[table], entry, (guint) juggler_plan_entry_size (table));
  return index;
}

JugglerPlanString
plan_builder_string (PlanBuilder *self,
                     const char  *text)
{
  JugglerPlanString string = { self->tables[JUGGLER_TABLE_STRINGS]->len, (uint32_t) strlen (text) };

  g_byte_array_append (self->tables[JUGGLER_TABLE_STRINGS], (const guint8 *) text, string.length + 1);
  return string;
}

uint32_t
plan_builder_global (PlanBuilder *self,
                     const char  *name,
                     int64_t      initial)
{
  JugglerPlanGlobal global = { .name = plan_builder_string (self, name), .initial = initial };

  return plan_builder_add (self, JUGGLER_TABLE_GLOBALS, &global);
}

uint32_t
plan_builder_list (PlanBuilder   *self,
                   const char    *name,
                   const int64_t *elements,
                   uint32_t       n_elements)
{
  JugglerPlanGlobal global = { .name = plan_builder_string (self, name),
                               .is_list = 1,
                               .first_element = count (self, JUGGLER_TABLE_ELEMENTS),
                               .n_elements = n_elements };

  for (uint32_t i = 0; i < n_elements; i++)
    plan_builder_add (self, JUGGLER_TABLE_ELEMENTS, &elements[i]);
  return plan_builder_add (self, JUGGLER_TABLE_GLOBALS, &global);
}

uint32_t
plan_builder_lock (PlanBuilder     *self,
                   const char      *name,
                   JugglerLockKind  kind)
{
  JugglerPlanLock lock = { .name = plan_builder_string (self, name), .kind = kind, .n = 1 };

  return plan_builder_add (self, JUGGLER_TABLE_LOCKS, &lock);
}

uint32_t
plan_builder_task (PlanBuilder              *self,
                   const char               *name,
                   const JugglerInstruction *instructions,
                   uint32_t                  n)
{
  JugglerInstruction end = { .op = JUGGLER_OP_END, .step = JUGGLER_NONE };
  JugglerPlanCode    code = { .name = plan_builder_string (self, name),
                              .first_instruction = count (self, JUGGLER_TABLE_INSTRUCTIONS),
                              .n_instructions = n + 1 };

  for (uint32_t i = 0; i < n; i++)
    plan_builder_add (self, JUGGLER_TABLE_INSTRUCTIONS, &instructions[i]);
  plan_builder_add (self, JUGGLER_TABLE_INSTRUCTIONS, &end);
  return plan_builder_add (self, JUGGLER_TABLE_CODES, &code);
}

uint32_t
plan_builder_group (PlanBuilder       *self,
                    const char        *name,
                    JugglerWorkerKind  kind,
                    uint32_t           code,
                    uint32_t           n)
{
  JugglerPlanWorker worker = { .name = plan_builder_string (self, name), .group = count (self, JUGGLER_TABLE_GROUPS) };
  JugglerPlanGroup  group = { .name = worker.name,
                              .kind = kind,
                              .code = code,
                              .first_worker = count (self, JUGGLER_TABLE_WORKERS),
                              .n_workers = n };

  for (uint32_t i = 0; i < n; i++)
    plan_builder_add (self, JUGGLER_TABLE_WORKERS, &worker);
  plan_builder_add (self, JUGGLER_TABLE_GROUPS, &group);
  return group.first_worker;
}

JugglerPlan *
plan_builder_end (PlanBuilder *self,
                  size_t      *size)
{
  JugglerPlan  header = { .magic = JUGGLER_PLAN_MAGIC,
                          .version = JUGGLER_PLAN_VERSION,
                          .shared_globals = self->shared_globals,
                          .time_limit_ms = 60000 };
  unsigned char            *plan;
  uint32_t                  end = sizeof header;

  for (unsigned i = 0; i < JUGGLER_N_TABLES; i++)
    {
      header.tables[i] = (JugglerPlanRange){ end, count (self, i) };
      end += (self->tables[i]->len + 7) / 8 * 8;
    }
  header.size = end;
  plan = g_malloc0 (end);
  memcpy (plan, &header, sizeof header);
  for (unsigned i = 0; i < JUGGLER_N_TABLES; i++)
    {
      if (self->tables[i]->len > 0)
        memcpy (plan + header.tables[i].offset, self->tables[i]->data, self->tables[i]->len);
      g_byte_array_unref (self->tables[i]);
    }
  g_free (self);
  *size = end;
  return (JugglerPlan *) plan;
}

JugglerPlan *
plan_builder_loop (JugglerNative      native,
                   JugglerLockKind    lock,
                   int64_t            n,
                   uint32_t           n_workers,
                   JugglerWorkerKind  kind,
                   gboolean           shared_globals,
                   size_t            *size)
{
  PlanBuilder       *builder = plan_builder_new ();
  uint32_t           global = plan_builder_global (builder, "g_num", 0);
  uint32_t           mutex = plan_builder_lock (builder, "mutex", lock);
  gboolean           locked = native == JUGGLER_NATIVE_LOCKED_INCREMENT;
  JugglerOperand     by = { .kind = JUGGLER_OPERAND_INTEGER, .value = 1 };
  JugglerOperand     times = { .kind = JUGGLER_OPERAND_INTEGER, .value = n };
  JugglerInstruction code[5];
  uint32_t           pc = 1;
  uint32_t           task;

  memset (code, 0, sizeof code);
  if (locked)
    code[pc++] = (JugglerInstruction){ .op = JUGGLER_OP_LOCK, .a = mutex };
  code[pc++] = (JugglerInstruction){
    .op = native == JUGGLER_NATIVE_ATOMIC_ADD ? JUGGLER_OP_ATOMIC_ADD : JUGGLER_OP_INCREMENT, .a = global, .x = by
  };
  if (locked)
    code[pc++] = (JugglerInstruction){ .op = JUGGLER_OP_UNLOCK, .a = mutex };
  code[pc++] = (JugglerInstruction){ .op = JUGGLER_OP_REPEAT_END, .b = 0 };
  code[0] = (JugglerInstruction){ .op = JUGGLER_OP_REPEAT, .native = (uint8_t) native, .b = pc, .x = times };
  task = plan_builder_task (builder, "sum_num", code, pc);
  plan_builder_group (builder, "sum", kind, task, n_workers);
  builder->shared_globals = shared_globals ? 1 : 0;
  return plan_builder_end (builder, size);
}
