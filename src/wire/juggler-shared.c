/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "juggler-shared.h"

#include <string.h>

#include "juggler-clock.h"

#define PAGE 4096U
#define SMALLEST_RING 512U
#define LARGEST_RING (16U << 20)

static uint64_t
round_up (uint64_t value,
          uint64_t to)
{
  return (value + to - 1) / to * to;
}

/* More workers, less for each. Only what is written is ever real memory. */
static uint32_t
choose_ring_size (uint32_t n_workers)
{
  if (n_workers <= 17)
    return 256U << 10;
  if (n_workers <= 1001)
    return 64U << 10;
  return 16U << 10;
}

/* Main starts and joins them all: some 200 bytes of records for each, within 20 us. */
static uint32_t
choose_main_ring_size (uint32_t n_workers)
{
  uint32_t size = 256U << 10;

  while (size < n_workers * 256U)
    size *= 2;
  return size;
}

static uint64_t
list_bytes (void)
{
  return (uint64_t) JUGGLER_LIST_CAPACITY * sizeof (JugglerListElement);
}

uint64_t
juggler_globals_size (const JugglerPlan *plan)
{
  const JugglerPlanGlobal *globals = juggler_plan_global (plan, 0);
  uint32_t                 n_globals = plan->tables[JUGGLER_TABLE_GLOBALS].count;
  uint64_t                 size = (uint64_t) n_globals * JUGGLER_GLOBAL_STRIDE;

  for (uint32_t i = 0; i < n_globals; i++)
    {
      if (globals[i].is_list)
        size += list_bytes ();
    }
  return size;
}

static void
init_list (unsigned char           *block,
           uint32_t                 global,
           const JugglerPlan       *plan,
           const JugglerPlanGlobal *list,
           uint64_t                 offset)
{
  JugglerListHead    *head = (JugglerListHead *) (block + (size_t) global * JUGGLER_GLOBAL_STRIDE);
  JugglerListElement *elements = (JugglerListElement *) (block + offset);

  head->elements = offset;
  for (uint32_t i = 0; i < list->n_elements; i++)
    {
      atomic_store_explicit (&elements[i].value, *juggler_plan_element (plan, list->first_element + i),
                             memory_order_relaxed);
      atomic_store_explicit (&elements[i].written, 1, memory_order_relaxed);
    }
  atomic_store_explicit (&head->claimed, list->n_elements, memory_order_release);
}

void
juggler_globals_init (void              *block,
                      const JugglerPlan *plan)
{
  uint32_t n_globals = plan->tables[JUGGLER_TABLE_GLOBALS].count;
  uint64_t offset = (uint64_t) n_globals * JUGGLER_GLOBAL_STRIDE;

  for (uint32_t i = 0; i < n_globals; i++)
    {
      const JugglerPlanGlobal *global = juggler_plan_global (plan, i);
      unsigned char           *place = (unsigned char *) block + (size_t) i * JUGGLER_GLOBAL_STRIDE;

      if (global->is_list)
        {
          init_list (block, i, plan, global, offset);
          offset += list_bytes ();
        }
      else
        {
          atomic_store_explicit ((_Atomic int64_t *) place, global->initial, memory_order_relaxed);
        }
    }
}

/* A worker's block: slot, values and the ring's head one right after the other, so that a new child that writes its
 * first records touches one page (two with hundreds of globals): each page more costs a fork about 1 %. */
static void
layout_worker (JugglerShared *header)
{
  header->values_offset = sizeof (JugglerSlot);
  header->ring_offset = (uint32_t) round_up (sizeof (JugglerSlot) + (uint64_t) header->n_values * sizeof (int64_t), 64);
  header->main_stride = round_up ((uint64_t) header->ring_offset + sizeof (JugglerRingShared) + header->main_ring_size,
                                  PAGE);
  header->worker_stride = round_up ((uint64_t) header->ring_offset + sizeof (JugglerRingShared) + header->ring_size,
                                    PAGE);
}

uint64_t
juggler_shared_layout (JugglerShared     *header,
                       const JugglerPlan *plan,
                       uint32_t           ring_size)
{
  uint64_t end = PAGE;

  header->magic = JUGGLER_SHARED_MAGIC;
  header->version = JUGGLER_SHARED_VERSION;
  header->n_workers = plan->tables[JUGGLER_TABLE_WORKERS].count;
  header->n_values = plan->tables[JUGGLER_TABLE_GLOBALS].count;
  header->ring_size = ring_size != 0 ? ring_size : choose_ring_size (header->n_workers);
  header->main_ring_size = ring_size != 0 ? ring_size : choose_main_ring_size (header->n_workers);

  header->plan_offset = end;
  header->plan_size = plan->size;
  end += plan->size;

  header->locks_offset = round_up (end, sizeof (JugglerLock));
  end = header->locks_offset + (uint64_t) plan->tables[JUGGLER_TABLE_LOCKS].count * sizeof (JugglerLock);

  header->globals_size = juggler_globals_size (plan);
  header->globals_offset = 0;
  if (plan->shared_globals)
    {
      header->globals_offset = round_up (end, PAGE);
      end = header->globals_offset + header->globals_size;
    }

  header->edges_offset = round_up (end, 64);
  end = header->edges_offset + (uint64_t) header->n_workers * sizeof (JugglerEdge);

  header->workers_offset = round_up (end, PAGE);
  layout_worker (header);
  header->size = header->workers_offset + header->main_stride + header->worker_stride * (header->n_workers - 1U);
  return header->size;
}

static bool
ring_size_is_valid (uint32_t ring_size)
{
  return ring_size >= SMALLEST_RING && ring_size <= LARGEST_RING && (ring_size & (ring_size - 1)) == 0;
}

/* The layout has one right answer for a plan and a ring size: what the other side wrote must be that. */
static bool
layout_is_right (const JugglerShared *header,
                 const JugglerPlan   *plan)
{
  JugglerShared right;

  memset (&right, 0, sizeof right);
  juggler_shared_layout (&right, plan, header->main_ring_size == header->ring_size ? header->ring_size : 0);
  return header->size == right.size && header->plan_offset == right.plan_offset
         && header->plan_size == right.plan_size && header->locks_offset == right.locks_offset
         && header->globals_offset == right.globals_offset && header->globals_size == right.globals_size
         && header->edges_offset == right.edges_offset && header->workers_offset == right.workers_offset
         && header->ring_size == right.ring_size && header->main_ring_size == right.main_ring_size
         && header->main_stride == right.main_stride && header->worker_stride == right.worker_stride
         && header->n_workers == right.n_workers
         && header->n_values == right.n_values && header->values_offset == right.values_offset
         && header->ring_offset == right.ring_offset;
}

const char *
juggler_shared_validate (const void *data,
                         uint64_t    size)
{
  const JugglerShared *header = data;
  const char          *fault;

  if (size < PAGE || (uintptr_t) data % PAGE != 0)
    return "the shared memory is too small or not aligned";
  if (header->magic != JUGGLER_SHARED_MAGIC)
    return "the shared memory is not one of Juggler's";
  if (header->version != JUGGLER_SHARED_VERSION)
    return "the shared memory has another version";
  if (header->size != size)
    return "the shared memory is not as long as it says";
  if (header->plan_offset != PAGE || header->plan_size > size - PAGE)
    return "the plan is outside the shared memory";
  if (!ring_size_is_valid (header->ring_size) || !ring_size_is_valid (header->main_ring_size))
    return "the size of the rings is wrong";
  if (header->clock > JUGGLER_CLOCK_COUNTER || header->record > 1 || header->ticks_per_second == 0)
    return "the clock or the recording is not set up";

  fault = juggler_plan_validate ((const char *) data + header->plan_offset, header->plan_size);
  if (fault != NULL)
    return fault;
  if (!layout_is_right (header, juggler_shared_plan (header)))
    return "the layout of the shared memory does not fit its plan";
  return NULL;
}
