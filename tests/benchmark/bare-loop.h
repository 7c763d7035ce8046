/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* bare-loop.h: what the native loops are measured against: the same loads and stores in plain C, with a pthread mutex,
 * lock and counter on cache lines of their own. */

#pragma once

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct
{
  _Alignas (128) _Atomic int64_t counter;
  _Alignas (128) pthread_mutex_t mutex;
  _Alignas (128) _Atomic uint32_t ready; /* workers that are there; all begin together */
} BareLoop;

void bare_loop_init (BareLoop *self);

/* Waits, spinning, until `n_workers` have come. */
void bare_loop_meet (BareLoop *self, uint32_t n_workers);

void bare_loop_run (BareLoop *self, bool locked, int64_t n);
