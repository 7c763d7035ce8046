/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "juggler-record.h"

#include <stdbool.h>
#include <stddef.h>

static bool
list_is_valid (const JugglerRecordList *list,
               uint32_t                 size)
{
  uint32_t count;

  if (size < sizeof *list)
    return false;
  /* Read once: what is checked is what is compared, even if the writer is still at it. */
  count = *(const volatile uint32_t *) &list->count;
  return count == (size - sizeof *list) / sizeof (int64_t);
}

static bool
output_is_valid (const JugglerRecordOutput *output,
                 uint32_t                   size)
{
  uint32_t length;

  if (size < sizeof *output)
    return false;
  length = *(const volatile uint32_t *) &output->length;
  return length <= size - sizeof *output && size - sizeof *output - length < 8 && output->more <= 1;
}

int
juggler_record_valid (const JugglerRecordHead *head,
                      uint32_t                 size)
{
  if (size < 8 || size % 8 != 0)
    return 0;
  /* The rest of a ring may be too short for a whole head; a PAD has only its first half. */
  if (head->type == JUGGLER_RECORD_PAD)
    return 1;
  if (size < sizeof *head)
    return 0;

  switch (head->type)
    {
    case JUGGLER_RECORD_START:
    case JUGGLER_RECORD_END:
    case JUGGLER_RECORD_CORE:
      return size == sizeof (JugglerRecordHead);
    case JUGGLER_RECORD_SPAN:
      return size == sizeof (JugglerRecordSpan) && ((const JugglerRecordSpan *) head)->kind < JUGGLER_N_SPANS;
    case JUGGLER_RECORD_HELD:
      return size == sizeof (JugglerRecordHeld);
    case JUGGLER_RECORD_TURNS:
      return size == sizeof (JugglerRecordTurns);
    case JUGGLER_RECORD_SAMPLE:
      return size == sizeof (JugglerRecordSample);
    case JUGGLER_RECORD_APPEND:
      return size == sizeof (JugglerRecordAppend);
    case JUGGLER_RECORD_LIST:
      return list_is_valid ((const JugglerRecordList *) head, size);
    case JUGGLER_RECORD_OUTPUT:
      return output_is_valid ((const JugglerRecordOutput *) head, size);
    case JUGGLER_RECORD_EVENT:
      return size == sizeof (JugglerRecordEvent) && ((const JugglerRecordEvent *) head)->kind < JUGGLER_N_EVENTS;
    case JUGGLER_RECORD_DROPPED:
      return size == sizeof (JugglerRecordDropped);
    default:
      return 0;
    }
}
