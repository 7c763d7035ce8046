/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-recorder.h: a worker writes down what happens to it. All functions: only the worker's own thread. */

#pragma once

#include "juggler-context.h"

/* Begins: takes the base readings, writes START, publishes start_ticks. Sets up the ring. */
void juggler_recorder_start (JugglerContext *context);

/* Looks at the clock; on a jump finds out what it was (see the essay in juggler-recorder.c) and writes PREEMPTED or
 * STOLEN spans and core changes. Called between chunks of native loops and between steps. Cheap without a jump. */
void juggler_recorder_check (JugglerContext *context);

/* A wait that the worker itself begins: publishes the slot's state and wait facts (wait_sequence odd). Returns the
 * ticks of its begin, to hand to _wait_end. `timed`: the wait has a time-out. */
uint64_t juggler_recorder_wait_begin (JugglerContext *context, JugglerSlotState state, uint32_t object, uint32_t holder, int timed);

/* The wait is over: the slot is RUNNING again, the span is written (kind JUGGLER_SPAN_*; flags JUGGLER_JOIN_AT_END …). */
void juggler_recorder_wait_end (JugglerContext *context, uint64_t begin, JugglerSpanKind kind, uint32_t object, uint32_t holder, uint32_t flags);

/* The same, after a system call of the worker's own that keeps the core busy for long (fork, clone): a jump that was
 * no switch is then that call, not STOLEN. */
void juggler_recorder_check_after_call (JugglerContext *context);

/* A lock was got at `got` ticks (from: the owner waited for, JUGGLER_NONE: got at once) and was released at
 * `released`. Alone: a HELD record; in quick succession they are joined into TURNS records. */
void juggler_recorder_held (JugglerContext *context, uint32_t lock, uint64_t got, uint64_t released, uint32_t from);

/* A native loop took and released a lock `turns` times, each about `held_ticks` long, since the last look at the
 * clock; looks at the clock. */
void juggler_recorder_turns (JugglerContext *context, uint32_t lock, uint32_t turns, uint64_t held_ticks);

void juggler_recorder_event (JugglerContext *context, JugglerEventKind kind, uint32_t object, int64_t value);
void juggler_recorder_sample (JugglerContext *context, uint32_t global, int64_t value);
void juggler_recorder_append (JugglerContext *context, uint32_t global, uint32_t index, int64_t value);

/* Writes a line of output, in pieces if it is long; waits for room as long as it must (rings the doorbell), and gives
 * up only when the run is stopped. Stamped with one time for all pieces. */
void juggler_recorder_output (JugglerContext *context, const char *text, size_t length);
/* The pieces of one line: begin with the line's ticks, add what there is, end. For lists that are longer than any buffer. */
void juggler_recorder_output_piece (JugglerContext *context, uint64_t ticks, const char *text, size_t length, int more);

/* A list's value at the worker's end, in pieces; never dropped. */
void juggler_recorder_list (JugglerContext *context, uint32_t global, const int64_t *values, uint32_t first, uint32_t count, uint32_t total);

/* Ends: flushes what is pending, writes END, publishes end_ticks, cpu_ns, switches, cores. */
void juggler_recorder_end (JugglerContext *context);
