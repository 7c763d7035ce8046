/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "juggler-list.h"

static JugglerListHead *
list_head (const JugglerProcess *process,
           uint32_t              global)
{
  return (JugglerListHead *) (process->globals + (size_t) global * JUGGLER_GLOBAL_STRIDE);
}

static JugglerListElement *
list_elements (const JugglerProcess *process,
               uint32_t              global)
{
  return (JugglerListElement *) (process->globals + list_head (process, global)->elements);
}

int64_t
juggler_list_append (JugglerProcess *process,
                     uint32_t        global,
                     int64_t         value)
{
  JugglerListHead *head = list_head (process, global);
  uint64_t place = atomic_load_explicit (&head->claimed, memory_order_relaxed);
  JugglerListElement *element;

  do
    {
      if (place >= JUGGLER_LIST_CAPACITY)
        return -1;
    }
  while (!atomic_compare_exchange_weak_explicit (&head->claimed, &place, place + 1, memory_order_relaxed,
                                                 memory_order_relaxed));

  element = &list_elements (process, global)[place];
  atomic_store_explicit (&element->value, value, memory_order_relaxed);
  /* Pairs with the acquire in juggler_list_read(). */
  atomic_store_explicit (&element->written, 1, memory_order_release);
  return (int64_t) place;
}

uint32_t
juggler_list_length (const JugglerProcess *process,
                     uint32_t              global)
{
  return (uint32_t) atomic_load_explicit (&list_head (process, global)->claimed, memory_order_relaxed);
}

uint32_t
juggler_list_read (const JugglerProcess *process,
                   uint32_t              global,
                   uint32_t              first,
                   uint32_t              count,
                   int64_t              *values)
{
  JugglerListElement *elements = list_elements (process, global);
  uint32_t length = juggler_list_length (process, global);
  uint32_t n = 0;

  while (n < count && first + n < length)
    {
      JugglerListElement *element = &elements[first + n];

      if (!atomic_load_explicit (&element->written, memory_order_acquire))
        {
          uint64_t deadline = juggler_clock_monotonic_ns () + 1000000U;

          while (!atomic_load_explicit (&element->written, memory_order_acquire))
            if (juggler_clock_monotonic_ns () > deadline)
              return n;
        }
      values[n++] = atomic_load_explicit (&element->value, memory_order_relaxed);
    }
  return n;
}
