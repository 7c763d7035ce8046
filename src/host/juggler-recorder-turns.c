/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Locks that change hands faster than anybody can look
 *
 * Two workers in a loop hand a mutex over every microsecond or two. Single records of that would be millions, and none
 * of them would be seen. So holds and waits of one lock that follow each other within a jump (about 20 us) are joined,
 * and written about once a millisecond, or before any other span, as one TURNS record: how many, how many after a
 * wait, how long held and waited in all. A hold or a wait that stayed alone is written as what it is. */

#include "juggler-recorder.h"

#include <string.h>

#include "juggler-recorder-private.h"

static void
write_held (JugglerContext *context,
            uint32_t        lock,
            uint64_t        got,
            uint64_t        released,
            uint32_t        from)
{
  JugglerRecordHeld *held = juggler_recorder_begin (context, JUGGLER_RECORD_HELD, sizeof *held, released);

  if (held == NULL)
    return;
  held->begin = got;
  held->lock = lock;
  held->from = from;
  juggler_ring_commit (&context->ring);
}

static void
write_turns (JugglerContext *context)
{
  const JugglerRecordTurns *turns = &context->recorder.turns;
  JugglerRecordTurns       *record;

  record = juggler_recorder_begin (context, JUGGLER_RECORD_TURNS, sizeof *record, turns->head.ticks);
  if (record == NULL)
    return;
  record->begin = turns->begin;
  record->lock = turns->lock;
  record->turns = turns->turns;
  record->waits = turns->waits;
  record->from = turns->from;
  record->held_ticks = turns->held_ticks;
  record->waited_ticks = turns->waited_ticks;
  juggler_ring_commit (&context->ring);
}

/* A single wait, a single hold: as what they are. */
static void
write_single (JugglerContext *context)
{
  const JugglerRecorder    *self = &context->recorder;
  const JugglerRecordTurns *turns = &self->turns;
  uint64_t                  wait_end = self->turns_wait_begin + turns->waited_ticks;
  bool                      waited_first = turns->waits == 1 && (turns->turns == 0 || wait_end <= self->turns_released);

  if (waited_first)
    juggler_recorder_write_span (context, JUGGLER_SPAN_LOCK, self->turns_wait_begin, wait_end, turns->lock,
                                 self->turns_holder, JUGGLER_SPAN_GRANTED);
  if (turns->turns == 1)
    write_held (context, turns->lock, self->turns_got, self->turns_released, waited_first ? turns->from : JUGGLER_NONE);
  if (turns->waits == 1 && !waited_first)
    juggler_recorder_write_span (context, JUGGLER_SPAN_LOCK, self->turns_wait_begin, wait_end, turns->lock,
                                 self->turns_holder, JUGGLER_SPAN_GRANTED);
}

void
juggler_recorder_flush_turns (JugglerContext *context)
{
  JugglerRecorder    *self = &context->recorder;
  JugglerRecordTurns *turns = &self->turns;

  if (turns->begin == 0)
    return;
  if (turns->turns <= 1 && turns->waits <= 1)
    {
      write_single (context);
    }
  else
    {
      uint64_t time = turns->head.ticks - turns->begin;

      if (turns->waited_ticks > time)
        turns->waited_ticks = time;
      /* Held is estimated from samples; it cannot be more than what is left of the time. */
      if (turns->held_ticks > time - turns->waited_ticks)
        turns->held_ticks = time - turns->waited_ticks;
      write_turns (context);
      self->floor_ticks = turns->head.ticks;
    }
  memset (turns, 0, sizeof *turns);
}

/* Makes sure that what is joined now is of `lock` and began, or went on, no longer than a jump before `begin`; and
 * that it is written about once a millisecond. */
static JugglerRecordTurns *
join_turns (JugglerContext *context,
            uint32_t        lock,
            uint64_t        begin)
{
  JugglerRecorder    *self = &context->recorder;
  JugglerRecordTurns *turns = &self->turns;

  if (turns->begin != 0
      && (turns->lock != lock || begin > turns->head.ticks + context->process->jump_ticks
          || begin > turns->begin + juggler_recorder_flush_ticks (context)))
    juggler_recorder_flush_turns (context);
  if (turns->begin == 0)
    {
      turns->begin = begin > self->floor_ticks ? begin : self->floor_ticks;
      turns->head.ticks = turns->begin;
      turns->lock = lock;
      turns->from = JUGGLER_NONE;
    }
  return turns;
}

void
juggler_recorder_join_wait (JugglerContext *context,
                            uint32_t        lock,
                            uint64_t        begin,
                            uint64_t        end,
                            uint32_t        holder)
{
  JugglerRecordTurns *turns = join_turns (context, lock, begin);

  if (turns->waits == 0)
    {
      context->recorder.turns_wait_begin = begin;
      context->recorder.turns_holder = holder;
    }
  turns->waits++;
  turns->waited_ticks += end - begin;
  turns->from = context->recorder.got_from;
  turns->head.ticks = end;
}

void
juggler_recorder_held (JugglerContext *context,
                       uint32_t        lock,
                       uint64_t        got,
                       uint64_t        released,
                       uint32_t        from)
{
  JugglerRecordTurns *turns;

  if (!context->recorder.enabled)
    return;
  /* A hold that began before the last span is none of a quick succession, however short. */
  if (released - got > context->process->jump_ticks || got < context->recorder.floor_ticks)
    {
      juggler_recorder_flush_turns (context);
      write_held (context, lock, got, released, from);
      return;
    }
  turns = join_turns (context, lock, got);
  if (turns->turns == 0)
    {
      context->recorder.turns_got = got;
      context->recorder.turns_released = released;
    }
  turns->turns++;
  turns->held_ticks += released - got;
  if (from != JUGGLER_NONE)
    turns->from = from;
  turns->head.ticks = released;
}

void
juggler_recorder_turns (JugglerContext *context,
                        uint32_t        lock,
                        uint32_t        turns,
                        uint64_t        held_ticks)
{
  JugglerRecorder    *self = &context->recorder;
  JugglerRecordTurns *joined;
  uint64_t            now;
  uint64_t            last = self->last_ticks;

  if (!self->enabled)
    return;
  now = juggler_context_ticks (context);
  joined = join_turns (context, lock, last);
  joined->held_ticks += turns * held_ticks;
  /* Before a jump the turns were made up to the last look; the jump itself is a span of its own. */
  if (now - last <= context->process->jump_ticks)
    joined->head.ticks = now;
  else if (last > joined->head.ticks)
    joined->head.ticks = last;
  if (joined->turns == 0)
    {
      self->turns_got = joined->begin;
      self->turns_released = joined->head.ticks;
    }
  joined->turns += turns;
  juggler_recorder_look_at (context, now);
}
