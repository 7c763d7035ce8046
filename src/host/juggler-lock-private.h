/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-lock-private.h: the lock's short way, for juggler-lock.c and the native loops. */

#pragma once

#include "juggler-lock.h"

/* Takes a lock that is free. `me`: worker index + 1. The owner is in the word from the same instruction on that takes
 * it; the rest of the line is the owner's alone, and in its cache anyway. */
static inline bool
juggler_lock_try (JugglerLock *lock,
                  uint32_t     me)
{
  uint32_t expected = 0;

  if (!atomic_compare_exchange_strong_explicit (&lock->word, &expected, me, memory_order_acquire, memory_order_relaxed))
    return false;
  atomic_store_explicit (&lock->last_owner, me, memory_order_relaxed);
  atomic_store_explicit (&lock->turns, atomic_load_explicit (&lock->turns, memory_order_relaxed) + 1,
                         memory_order_relaxed);
  return true;
}

/* Lets a lock go that the caller holds, once. Returns whether somebody may wait: then juggler_lock_wake() must follow. */
static inline bool
juggler_lock_let_go (JugglerLock *lock)
{
  uint32_t depth = atomic_load_explicit (&lock->depth, memory_order_relaxed);

  if (depth != 0)
    {
      atomic_store_explicit (&lock->depth, depth - 1, memory_order_relaxed);
      return false;
    }
  return (atomic_exchange_explicit (&lock->word, 0, memory_order_release) & JUGGLER_LOCK_WAITERS) != 0;
}

void juggler_lock_wake (JugglerLock *lock);

/* What follows when juggler_lock_try() failed: takes an rlock once more, or waits. `deadline`: CLOCK_MONOTONIC, or
 * NULL. `from`: the worker that had it just before, if it was waited for. */
JugglerLockResult juggler_lock_take_slowly (JugglerContext        *context,
                                            uint32_t               lock,
                                            const struct timespec *deadline,
                                            uint32_t              *from);
