/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-record.h: what a worker writes into its ring.
 *
 * Records are multiples of 8 bytes: a 16-byte head, then the payload of their type. A span is written once, at its
 * end, with both of its ends: so half as many records are written, and a lost one leaves a gap, not a wrong state.
 * The state that is going on now stands in the worker's slot. Between START and END a lane is `running` wherever no
 * span says otherwise; spans of one worker come in order and never overlap. */

#pragma once

#include <stdint.h>

typedef enum
{
  JUGGLER_RECORD_PAD,      /* filler up to the end of the ring */
  JUGGLER_RECORD_START,    /* ticks: the worker's first instant; core */
  JUGGLER_RECORD_END,      /* ticks: its last; after it only LIST records come */
  JUGGLER_RECORD_SPAN,     /* ticks: the span's end; JugglerRecordSpan */
  JUGGLER_RECORD_HELD,     /* ticks: the release; JugglerRecordHeld: a lock was held */
  JUGGLER_RECORD_TURNS,    /* ticks: the end; JugglerRecordTurns: many short holds and waits of one lock in one record */
  JUGGLER_RECORD_CORE,     /* core: where the worker runs from `ticks` on */
  JUGGLER_RECORD_SAMPLE,   /* JugglerRecordSample: the value of an integer global, as this worker sees it */
  JUGGLER_RECORD_APPEND,   /* JugglerRecordAppend */
  JUGGLER_RECORD_LIST,     /* JugglerRecordList: a part of a list's value at the worker's end; never dropped */
  JUGGLER_RECORD_OUTPUT,   /* JugglerRecordOutput; never dropped */
  JUGGLER_RECORD_EVENT,    /* JugglerRecordEvent: start, join, terminate … */
  JUGGLER_RECORD_DROPPED,  /* JugglerRecordDropped: so many records before this one found no room; ticks 0, no core */
  JUGGLER_N_RECORDS,
} JugglerRecordType;

typedef struct
{
  uint32_t size; /* bytes, head included, a multiple of 8 */
  uint16_t type; /* JugglerRecordType */
  uint16_t core; /* where the worker was when it wrote; JUGGLER_RECORD_NO_CORE: not known */
  uint64_t ticks;
} JugglerRecordHead;

#define JUGGLER_RECORD_NO_CORE UINT16_MAX

typedef enum
{
  JUGGLER_SPAN_PREEMPTED, /* switched out while it wanted to run */
  JUGGLER_SPAN_STOLEN,    /* an interrupt or the virtual machine's host had the core */
  JUGGLER_SPAN_LOCK,      /* object: lock, holder: the worker that had it when the wait began (JUGGLER_NONE: not known) */
  JUGGLER_SPAN_SLEEP,
  JUGGLER_SPAN_JOIN,      /* object: the worker waited for; flags: JUGGLER_JOIN_AT_END when nobody's step but the end of main */
  JUGGLER_SPAN_OUTPUT,    /* waits for room in its ring, as at a full pipe */
  JUGGLER_SPAN_GATE,      /* held at a gate (Step gear; later) */
  JUGGLER_N_SPANS,
} JugglerSpanKind;

typedef struct
{
  JugglerRecordHead head;
  uint64_t          begin;
  uint32_t          kind; /* JugglerSpanKind */
  uint32_t          object;
  uint32_t          holder;
  uint32_t          flags;
} JugglerRecordSpan;

#define JUGGLER_JOIN_AT_END 1U
#define JUGGLER_SPAN_TIMED_OUT 2U
#define JUGGLER_SPAN_GRANTED 4U /* LOCK: the lock was got at the end of the span */

typedef struct
{
  JugglerRecordHead head;
  uint64_t          begin; /* when the lock was got */
  uint32_t          lock;
  uint32_t          from; /* the worker that had it just before and was waited for (a hand-over), else JUGGLER_NONE */
} JugglerRecordHeld;

/* From `begin` to the head's ticks the worker took the lock so often that single holds and waits would be too fast
 * to draw: so many turns, so many of them after a wait, so much time held and waited. */
typedef struct
{
  JugglerRecordHead head;
  uint64_t          begin;
  uint32_t          lock;
  uint32_t          turns;
  uint32_t          waits; /* hand-overs to this worker */
  uint32_t          from;  /* whom it got it from last, or JUGGLER_NONE */
  uint64_t          held_ticks; /* may be estimated from samples of turns */
  uint64_t          waited_ticks; /* measured, each wait */
} JugglerRecordTurns;

typedef struct
{
  JugglerRecordHead head;
  uint32_t          global;
  uint32_t          reserved;
  int64_t           value;
  uint64_t          done; /* increments (and atomic adds) that this worker has made so far */
} JugglerRecordSample;

typedef struct
{
  JugglerRecordHead head;
  uint32_t          global;
  uint32_t          index; /* where in the list the value went */
  int64_t           value;
} JugglerRecordAppend;

typedef struct
{
  JugglerRecordHead head;
  uint32_t          global;
  uint32_t          first; /* index of values[0] */
  uint32_t          count; /* how many values follow */
  uint32_t          total; /* length of the whole list */
  int64_t           values[];
} JugglerRecordList;

typedef struct
{
  JugglerRecordHead head;
  uint32_t          length; /* bytes of text */
  uint32_t          more;   /* 1: the next OUTPUT record of this worker goes on with the same line */
  char              text[]; /* UTF-8, not terminated; filled up to a multiple of 8 */
} JugglerRecordOutput;

typedef enum
{
  JUGGLER_EVENT_STARTED,    /* object: the worker started; in the ring of the one that started it */
  JUGGLER_EVENT_JOINED,     /* object: the worker joined */
  JUGGLER_EVENT_REAPED,     /* object: the process whose exit status was taken; value: the status of wait(2) */
  JUGGLER_EVENT_SIGNALLED,  /* object: the worker; value: the signal */
  JUGGLER_EVENT_STEPS_DONE, /* the last step was reached (or exit); what follows is waiting for others */
  JUGGLER_EVENT_OWNER_DIED, /* object: a robust lock that was got from an owner who had died; value: that worker */
  JUGGLER_N_EVENTS,
} JugglerEventKind;

typedef struct
{
  JugglerRecordHead head;
  uint32_t          kind; /* JugglerEventKind */
  uint32_t          object;
  int64_t           value;
} JugglerRecordEvent;

typedef struct
{
  JugglerRecordHead head;
  uint64_t          count;
} JugglerRecordDropped;

_Static_assert (sizeof (JugglerRecordHead) == 16, "record layout");
_Static_assert (sizeof (JugglerRecordSpan) == 40, "record layout");
_Static_assert (sizeof (JugglerRecordHeld) == 32, "record layout");
_Static_assert (sizeof (JugglerRecordTurns) == 56, "record layout");
_Static_assert (sizeof (JugglerRecordSample) == 40, "record layout");
_Static_assert (sizeof (JugglerRecordAppend) == 32, "record layout");
_Static_assert (sizeof (JugglerRecordList) == 32, "record layout");
_Static_assert (sizeof (JugglerRecordOutput) == 24, "record layout");
_Static_assert (sizeof (JugglerRecordEvent) == 32, "record layout");
_Static_assert (sizeof (JugglerRecordDropped) == 24, "record layout");

/* Returns whether a record of `size` bytes, read from a ring whose writer is not trusted, has a known type and the
 * size that its type (and the counts inside) ask for. A kind of span or event is in range, too; the rest of the
 * payload is for the reader to judge. */
int juggler_record_valid (const JugglerRecordHead *head, uint32_t size);
