/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What comes from the other process: messages, rings of records, plans. The first byte chooses. With clang's libFuzzer
 * (-Dfuzz=true) this is a target; without it, fuzz-driver.c runs the corpus through it. */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "juggler-message.h"
#include "juggler-plan.h"
#include "juggler-ring.h"

#define RING_SIZE 512U

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static volatile uint64_t sink;

static void
use (const void *bytes,
     size_t      size)
{
  for (size_t i = 0; i < size; i++)
    sink += ((const unsigned char *) bytes)[i];
}

static void
use_record (const JugglerRecordHead *record,
            void                    *data)
{
  const unsigned char *ring = data;

  if ((const unsigned char *) record < ring || (const unsigned char *) record + record->size > ring + RING_SIZE)
    abort ();
  use (record, record->size);
  if (record->type == JUGGLER_RECORD_LIST)
    use (((const JugglerRecordList *) record)->values, ((const JugglerRecordList *) record)->count * sizeof (int64_t));
  if (record->type == JUGGLER_RECORD_OUTPUT)
    use (((const JugglerRecordOutput *) record)->text, ((const JugglerRecordOutput *) record)->length);
}

static void
fuzz_message (const uint8_t *data,
              size_t         size)
{
  if (!juggler_message_valid (data, size, 10))
    return;
  if (size != sizeof (JugglerMessage))
    abort ();
}

/* Eight bytes each for the indices of producer and consumer, then what lies in the ring. */
static void
fuzz_ring (const uint8_t *data,
           size_t         size)
{
  JugglerRingShared *shared = aligned_alloc (64, sizeof *shared);
  unsigned char     *ring = aligned_alloc (64, RING_SIZE);
  JugglerRingReader  reader;
  uint64_t           indices[2] = { 0, 0 };

  if (shared == NULL || ring == NULL)
    abort ();
  memset (shared, 0, sizeof *shared);
  memset (ring, 0, RING_SIZE);
  memcpy (indices, data, size < sizeof indices ? size : sizeof indices);
  if (size > sizeof indices)
    memcpy (ring, data + sizeof indices, size - sizeof indices < RING_SIZE ? size - sizeof indices : RING_SIZE);
  atomic_store (&shared->head, indices[0]);
  atomic_store (&shared->tail, indices[1] & ~UINT64_C (7)); /* the reader's own: always right */
  juggler_ring_reader_init (&reader, shared, ring, RING_SIZE);
  juggler_ring_drain (&reader, use_record, ring);
  if (atomic_load (&shared->tail) != indices[0] || juggler_ring_drain (&reader, use_record, ring) != 0)
    abort ();
  free (ring);
  free (shared);
}

/* A plan that passes is walked as the interpreter would: by its indices, without a look at bounds. */
static void
walk_plan (const JugglerPlan *plan)
{
  for (uint32_t i = 0; i < juggler_plan_count (plan, JUGGLER_TABLE_WORKERS); i++)
    {
      const JugglerPlanWorker *worker = juggler_plan_worker (plan, i);
      const JugglerPlanGroup  *group = juggler_plan_group (plan, worker->group);
      const JugglerPlanCode   *code = juggler_plan_code (plan, group->code);

      use (juggler_plan_string (plan, worker->name), worker->name.length + (size_t) 1);
      use (juggler_plan_parameter (plan, group->first_parameter), code->n_parameters * sizeof (JugglerPlanParameter));
      use (juggler_plan_core (plan, group->first_core), group->n_cores * sizeof (uint32_t));
      for (uint32_t pc = 0; pc < code->n_instructions; pc++)
        {
          const JugglerInstruction *in = juggler_plan_instruction (plan, code->first_instruction + pc);

          if (in->op == JUGGLER_OP_PRINT)
            {
              const JugglerPlanText *text = juggler_plan_text (plan, in->a);

              use (juggler_plan_segment (plan, text->first_segment), text->n_segments * sizeof (JugglerPlanSegment));
            }
          if (in->op == JUGGLER_OP_LOCK)
            use (juggler_plan_lock (plan, in->a), sizeof (JugglerPlanLock));
          if (in->op == JUGGLER_OP_REPEAT || in->op == JUGGLER_OP_JUMP || in->op == JUGGLER_OP_BRANCH_UNLESS)
            use (juggler_plan_instruction (plan, code->first_instruction + in->b), sizeof *in);
        }
    }
}

static void
fuzz_plan (const uint8_t *data,
           size_t         size)
{
  /* Exactly as long as it is, so that a byte too far is seen. */
  void *plan = aligned_alloc (8, size > 0 ? (size + 7) / 8 * 8 : 8);

  if (plan == NULL)
    abort ();
  memcpy (plan, data, size);
  if (juggler_plan_validate (plan, size) == NULL)
    walk_plan (plan);
  free (plan);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  if (size == 0)
    return 0;
  switch (data[0])
    {
    case 'm':
      fuzz_message (data + 1, size - 1);
      break;
    case 'r':
      fuzz_ring (data + 1, size - 1);
      break;
    case 'p':
      fuzz_plan (data + 1, size - 1);
      break;
    default:
      break;
    }
  return 0;
}
