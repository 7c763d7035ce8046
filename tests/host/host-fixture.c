/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "host-fixture.h"

#include <sched.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <unistd.h>

HostFixture *
host_fixture_new (JugglerPlan *plan,
                  size_t       plan_size,
                  uint32_t     ring_size,
                  gboolean     record)
{
  HostFixture  *self = g_new0 (HostFixture, 1);
  JugglerShared header;

  g_assert_cmpstr (juggler_plan_validate (plan, plan_size), ==, NULL);
  memset (&header, 0, sizeof header);
  juggler_shared_layout (&header, plan, ring_size);
  header.clock = juggler_clock_choose ();
  header.record = record;
  header.ticks_per_second = juggler_clock_frequency (header.clock, 2);

  self->memory_fd = memfd_create ("juggler-test", MFD_CLOEXEC);
  g_assert_cmpint (self->memory_fd, >=, 0);
  g_assert_cmpint (ftruncate (self->memory_fd, (off_t) header.size), ==, 0);
  self->shared = mmap (NULL, header.size, PROT_READ | PROT_WRITE, MAP_SHARED, self->memory_fd, 0);
  g_assert_true (self->shared != MAP_FAILED);
  memcpy (self->shared, &header, sizeof header);
  memcpy ((char *) self->shared + header.plan_offset, plan, plan_size);
  g_free (plan);
  g_assert_cmpstr (juggler_shared_validate (self->shared, header.size), ==, NULL);

  self->process.shared = self->shared;
  self->process.plan = juggler_shared_plan (self->shared);
  self->process.clock = header.clock;
  self->process.doorbell = eventfd (0, EFD_CLOEXEC);
  self->process.jump_ticks = header.ticks_per_second / 50000;
  if (header.globals_offset != 0)
    self->process.globals = (unsigned char *) self->shared + header.globals_offset;
  else
    self->process.globals = mmap (NULL, header.globals_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
                                  0);
  g_assert_true (self->process.globals != MAP_FAILED);
  juggler_globals_init (self->process.globals, self->process.plan);
  return self;
}

void
host_fixture_free (HostFixture *self)
{
  if (self->shared->globals_offset == 0)
    munmap (self->process.globals, self->shared->globals_size);
  munmap (self->shared, self->shared->size);
  close (self->memory_fd);
  close (self->process.doorbell);
  g_free (self);
}

JugglerContext *
host_fixture_context (HostFixture *self,
                      uint32_t     worker)
{
  JugglerContext    *context = g_new0 (JugglerContext, 1);
  const JugglerPlan *plan = self->process.plan;

  context->process = &self->process;
  context->shared = self->shared;
  context->index = worker;
  context->group = juggler_plan_group (plan, juggler_plan_worker (plan, worker)->group);
  context->parameters = juggler_plan_parameter (plan, context->group->first_parameter);
  context->code = juggler_plan_instruction (plan, juggler_plan_code (plan, context->group->code)->first_instruction);
  context->slot = juggler_shared_slot (self->shared, worker);
  context->values = juggler_shared_values (self->shared, worker);
  context->write_step = 1;
  return context;
}

static void
copy_record (const JugglerRecordHead *record,
             void                    *data)
{
  g_ptr_array_add (data, g_memdup2 (record, record->size));
}

GPtrArray *
host_fixture_drain (HostFixture *self,
                    uint32_t     worker)
{
  JugglerRingShared *shared = juggler_shared_ring (self->shared, worker);
  GPtrArray         *records = g_ptr_array_new_with_free_func (g_free);
  JugglerRingReader  reader;

  juggler_ring_reader_init (&reader, shared, shared + 1, juggler_shared_ring_size (self->shared, worker));
  g_assert_cmpint (juggler_ring_drain (&reader, copy_record, records), ==, (int) records->len);
  return records;
}

const JugglerInstruction *
host_fixture_loop (HostFixture *self)
{
  return juggler_plan_instruction (self->process.plan, juggler_plan_code (self->process.plan, 1)->first_instruction);
}

void
host_fixture_pin (int core)
{
  cpu_set_t set;

  CPU_ZERO (&set);
  CPU_SET (core, &set);
  g_assert_cmpint (sched_setaffinity (0, sizeof set, &set), ==, 0);
}
