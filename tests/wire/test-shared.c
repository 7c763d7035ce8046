/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>
#include <string.h>
#include <sys/mman.h>

#include "juggler-clock.h"
#include "juggler-shared.h"
#include "plan-builder.h"

/* The memory of a run of three workers with two globals, a list and a lock. */
static JugglerShared *
make_shared (gboolean  shared_globals,
             uint64_t *size)
{
  PlanBuilder            *builder = plan_builder_new ();
  const int64_t           elements[] = { 5, -6 };
  g_autofree JugglerPlan *plan = NULL;
  JugglerShared           header;
  JugglerShared          *shared;
  size_t                  plan_size;

  plan_builder_global (builder, "a", 11);
  plan_builder_list (builder, "l", elements, 2);
  plan_builder_global (builder, "b", G_MININT64);
  plan_builder_list (builder, "m", NULL, 0);
  plan_builder_lock (builder, "mutex", JUGGLER_LOCK_MUTEX);
  plan_builder_group (builder, "w", JUGGLER_KIND_PROCESS, plan_builder_task (builder, "t", NULL, 0), 2);
  builder->shared_globals = shared_globals ? 1 : 0;
  plan = plan_builder_end (builder, &plan_size);

  memset (&header, 0, sizeof header);
  *size = juggler_shared_layout (&header, plan, 0);
  header.ticks_per_second = 1000000000;
  shared = mmap (NULL, *size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  g_assert_true (shared != MAP_FAILED);
  memcpy (shared, &header, sizeof header);
  memcpy ((char *) shared + header.plan_offset, plan, plan_size);
  return shared;
}

static void
test_good (void)
{
  for (unsigned i = 0; i < 2; i++)
    {
      uint64_t       size;
      JugglerShared *shared = make_shared (i == 1, &size);

      g_assert_cmpstr (juggler_shared_validate (shared, size), ==, NULL);
      g_assert_cmpint (shared->globals_offset != 0, ==, i == 1);
      munmap (shared, size);
    }
}

/* No part overlaps another, everything is inside, and what is touched by many is on lines of its own. */
static void
test_layout (void)
{
  uint64_t       size;
  JugglerShared *shared = make_shared (TRUE, &size);

  g_assert_cmpuint (shared->plan_offset, >=, sizeof (JugglerShared));
  g_assert_cmpuint (shared->locks_offset, >=, shared->plan_offset + shared->plan_size);
  g_assert_cmpuint (shared->globals_offset, >=, shared->locks_offset + sizeof (JugglerLock));
  g_assert_cmpuint (shared->edges_offset, >=, shared->globals_offset + shared->globals_size);
  g_assert_cmpuint (shared->workers_offset, >=, shared->edges_offset + 3 * sizeof (JugglerEdge));
  g_assert_cmpuint (shared->values_offset, >=, sizeof (JugglerSlot));
  g_assert_cmpuint (shared->ring_offset, >=, shared->values_offset + shared->n_values * 8);
  g_assert_cmpuint (shared->worker_stride, >=, shared->ring_offset + sizeof (JugglerRingShared) + shared->ring_size);
  g_assert_cmpuint (size, ==, shared->workers_offset + shared->main_stride + 2 * shared->worker_stride);
  g_assert_cmpuint (shared->locks_offset % 128, ==, 0);
  g_assert_cmpuint (shared->globals_offset % 4096, ==, 0);
  g_assert_cmpuint (shared->workers_offset % 4096, ==, 0);
  g_assert_cmpuint (shared->worker_stride % 4096, ==, 0);
  g_assert_cmpuint (shared->ring_offset % 64, ==, 0);
  /* A new child that writes its slot, its values and its first records touches one page. */
  g_assert_cmpuint (shared->ring_offset + sizeof (JugglerRingShared) + 1024, <, 4096);
  munmap (shared, size);
}

static void
test_ring_sizes (void)
{
  const uint32_t n_workers[] = { 1, 16, 17, 64, 65, 1000, 1001, 10000 };
  const uint32_t kilobytes[] = { 256, 256, 64, 64, 64, 64, 16, 16 };

  for (unsigned i = 0; i < G_N_ELEMENTS (n_workers); i++)
    {
      size_t                  size;
      JugglerShared           header;
      g_autofree JugglerPlan *plan = plan_builder_loop (JUGGLER_NATIVE_INCREMENT, JUGGLER_LOCK_MUTEX, 1, n_workers[i],
                                                        JUGGLER_KIND_THREAD, FALSE, &size);

      g_assert_cmpstr (juggler_plan_validate (plan, size), ==, NULL);
      memset (&header, 0, sizeof header);
      juggler_shared_layout (&header, plan, 0);
      g_assert_cmpuint (header.n_workers, ==, n_workers[i] + 1);
      g_assert_cmpuint (header.ring_size, ==, kilobytes[i] * 1024);
      g_assert_cmpuint (header.worker_stride, <=, header.ring_size + 4096);
      g_assert_cmpuint (header.main_ring_size, >=, n_workers[i] * 256);
      juggler_shared_layout (&header, plan, 2048);
      g_assert_cmpuint (header.ring_size, ==, 2048);
      g_assert_cmpuint (header.main_ring_size, ==, 2048);
    }
}

/* Each field that the other side filled in, changed in each of several ways. */
static void
test_bad_fields (void)
{
#define FIELD(name) { #name, offsetof (JugglerShared, name), sizeof (((JugglerShared *) NULL)->name) }
  const struct
  {
    const char *name;
    size_t      offset;
    size_t      size;
  } fields[] = {
    FIELD (magic),          FIELD (version),        FIELD (size),          FIELD (plan_offset),
    FIELD (plan_size),      FIELD (locks_offset),   FIELD (globals_offset), FIELD (globals_size),
    FIELD (edges_offset),   FIELD (workers_offset), FIELD (worker_stride), FIELD (n_workers),
    FIELD (n_values),       FIELD (values_offset),  FIELD (ring_offset),   FIELD (ring_size),
    FIELD (clock),          FIELD (record),         FIELD (main_stride),   FIELD (main_ring_size),
  };
#undef FIELD
  uint64_t       size;
  JugglerShared *shared = make_shared (TRUE, &size);

  for (unsigned i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      unsigned char *field = (unsigned char *) shared + fields[i].offset;
      uint64_t       right = 0;

      memcpy (&right, field, fields[i].size);
      for (unsigned bit = 1; bit < fields[i].size * 8; bit++)
        {
          uint64_t wrong = right ^ (UINT64_C (1) << bit);

          memcpy (field, &wrong, fields[i].size);
          if (juggler_shared_validate (shared, size) == NULL)
            g_error ("%s: bit %u not found", fields[i].name, bit);
        }
      memcpy (field, &right, fields[i].size);
      g_assert_cmpstr (juggler_shared_validate (shared, size), ==, NULL);
    }
  shared->ticks_per_second = 0;
  g_assert_nonnull (juggler_shared_validate (shared, size));
  munmap (shared, size);
}

static void
test_bad_size (void)
{
  uint64_t       size;
  JugglerShared *shared = make_shared (FALSE, &size);

  for (uint64_t wrong = 0; wrong < size; wrong += 1024)
    g_assert_nonnull (juggler_shared_validate (shared, wrong));
  g_assert_nonnull (juggler_shared_validate (shared, size + 4096));
  g_assert_nonnull (juggler_shared_validate ((char *) shared + 64, size));
  /* The plan inside is checked, too. */
  ((JugglerPlan *) ((char *) shared + shared->plan_offset))->magic++;
  g_assert_nonnull (juggler_shared_validate (shared, size));
  munmap (shared, size);
}

static void
test_globals (void)
{
  uint64_t            size;
  JugglerShared      *shared = make_shared (TRUE, &size);
  const JugglerPlan  *plan = juggler_shared_plan (shared);
  unsigned char      *block = (unsigned char *) shared + shared->globals_offset;
  JugglerListHead    *list = (JugglerListHead *) (block + JUGGLER_GLOBAL_STRIDE);
  JugglerListHead    *empty = (JugglerListHead *) (block + 3 * JUGGLER_GLOBAL_STRIDE);
  JugglerListElement *elements;

  juggler_globals_init (block, plan);
  g_assert_cmpint (*(int64_t *) block, ==, 11);
  g_assert_cmpint (*(int64_t *) (block + 2 * JUGGLER_GLOBAL_STRIDE), ==, G_MININT64);
  g_assert_cmpuint (atomic_load (&list->claimed), ==, 2);
  g_assert_cmpuint (atomic_load (&empty->claimed), ==, 0);
  elements = (JugglerListElement *) (block + list->elements);
  g_assert_cmpint (atomic_load (&elements[0].value), ==, 5);
  g_assert_cmpint (atomic_load (&elements[1].value), ==, -6);
  g_assert_cmpuint (atomic_load (&elements[1].written), ==, 1);
  g_assert_cmpuint (atomic_load (&elements[2].written), ==, 0);
  g_assert_cmpuint (list->elements, >=, 4 * JUGGLER_GLOBAL_STRIDE);
  g_assert_cmpuint (empty->elements, >=, list->elements + JUGGLER_LIST_CAPACITY * sizeof (JugglerListElement));
  g_assert_cmpuint (empty->elements + JUGGLER_LIST_CAPACITY * sizeof (JugglerListElement), <=, shared->globals_size);
  g_assert_cmpuint (juggler_globals_size (plan), ==, shared->globals_size);
  munmap (shared, size);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shared/good", test_good);
  g_test_add_func ("/shared/layout", test_layout);
  g_test_add_func ("/shared/ring-sizes", test_ring_sizes);
  g_test_add_func ("/shared/bad-fields", test_bad_fields);
  g_test_add_func ("/shared/bad-size", test_bad_size);
  g_test_add_func ("/shared/globals", test_globals);
  return g_test_run ();
}
