/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib.h>
#include <string.h>

#include "juggler-record.h"

static union
{
  JugglerRecordHead   head;
  JugglerRecordSpan   span;
  JugglerRecordEvent  event;
  JugglerRecordList   list;
  JugglerRecordOutput output;
  uint64_t            words[64];
} record;

static int
valid (uint16_t type,
       uint32_t size)
{
  record.head.size = size;
  record.head.type = type;
  return juggler_record_valid (&record.head, size);
}

/* Each type has its size, and no other. */
static void
test_fixed (void)
{
  const struct
  {
    uint16_t type;
    uint32_t size;
  } fixed[] = {
    { JUGGLER_RECORD_START, 16 }, { JUGGLER_RECORD_END, 16 },    { JUGGLER_RECORD_CORE, 16 },
    { JUGGLER_RECORD_SPAN, 40 },  { JUGGLER_RECORD_HELD, 32 },   { JUGGLER_RECORD_TURNS, 56 },
    { JUGGLER_RECORD_SAMPLE, 40 }, { JUGGLER_RECORD_APPEND, 32 }, { JUGGLER_RECORD_EVENT, 32 },
    { JUGGLER_RECORD_DROPPED, 24 },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (fixed); i++)
    {
      memset (&record, 0, sizeof record);
      for (uint32_t size = 0; size <= 64; size += 4)
        g_assert_cmpint (valid (fixed[i].type, size), ==, size == fixed[i].size);
    }
}

static void
test_unknown (void)
{
  memset (&record, 0, sizeof record);
  for (unsigned type = JUGGLER_N_RECORDS; type <= UINT16_MAX; type++)
    g_assert_false (valid ((uint16_t) type, 16));
}

static void
test_pad (void)
{
  memset (&record, 0, sizeof record);
  g_assert_false (valid (JUGGLER_RECORD_PAD, 0));
  g_assert_false (valid (JUGGLER_RECORD_PAD, 12));
  g_assert_true (valid (JUGGLER_RECORD_PAD, 8));
  g_assert_true (valid (JUGGLER_RECORD_PAD, 4096));
}

static void
test_kinds (void)
{
  memset (&record, 0, sizeof record);
  for (uint32_t kind = 0; kind < 32; kind++)
    {
      record.span.kind = kind;
      g_assert_cmpint (valid (JUGGLER_RECORD_SPAN, 40), ==, kind < JUGGLER_N_SPANS);
      record.event.kind = kind;
      g_assert_cmpint (valid (JUGGLER_RECORD_EVENT, 32), ==, kind < JUGGLER_N_EVENTS);
    }
}

static void
test_list (void)
{
  memset (&record, 0, sizeof record);
  for (uint32_t count = 0; count < 20; count++)
    {
      record.list.count = count;
      for (uint32_t size = 16; size < 200; size += 8)
        g_assert_cmpint (valid (JUGGLER_RECORD_LIST, size), ==, size == 32 + 8 * count);
    }
  /* Counts whose bytes would overflow. */
  record.list.count = UINT32_MAX;
  g_assert_false (valid (JUGGLER_RECORD_LIST, 24));
  g_assert_false (valid (JUGGLER_RECORD_LIST, 32));
  record.list.count = 0x20000000;
  g_assert_false (valid (JUGGLER_RECORD_LIST, 32));
}

static void
test_output (void)
{
  memset (&record, 0, sizeof record);
  for (uint32_t length = 0; length < 40; length++)
    {
      record.output.length = length;
      for (uint32_t size = 16; size < 100; size += 8)
        g_assert_cmpint (valid (JUGGLER_RECORD_OUTPUT, size), ==, size == 24 + (length + 7) / 8 * 8);
    }
  record.output.length = UINT32_MAX;
  g_assert_false (valid (JUGGLER_RECORD_OUTPUT, 24));
  record.output.length = 0;
  record.output.more = 2;
  g_assert_false (valid (JUGGLER_RECORD_OUTPUT, 24));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/fixed", test_fixed);
  g_test_add_func ("/record/unknown", test_unknown);
  g_test_add_func ("/record/pad", test_pad);
  g_test_add_func ("/record/kinds", test_kinds);
  g_test_add_func ("/record/list", test_list);
  g_test_add_func ("/record/output", test_output);
  return g_test_run ();
}
