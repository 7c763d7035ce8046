/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A line goes out in pieces as the buffer fills: a list of 65 536 numbers is longer than any buffer that a new
 * process should have to touch. Nothing allocates, since a forked child may stand where another thread held the
 * allocator's lock. snprintf() of integers into a given buffer does not. */

#include "juggler-print.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "juggler-list.h"
#include "juggler-recorder.h"

#define BUFFER_SIZE 2048U
#define LIST_PIECE 64U

typedef struct
{
  JugglerContext *context;
  uint64_t        ticks;
  size_t          length;
  char            text[BUFFER_SIZE];
} Line;

static void
line_add (Line       *line,
          const char *text,
          size_t      length)
{
  while (length > 0)
    {
      size_t room = BUFFER_SIZE - line->length;
      size_t part = length < room ? length : room;

      memcpy (line->text + line->length, text, part);
      line->length += part;
      text += part;
      length -= part;
      if (line->length == BUFFER_SIZE)
        {
          juggler_recorder_output_piece (line->context, line->ticks, line->text, line->length, 1);
          line->length = 0;
        }
    }
}

static void
line_add_integer (Line    *line,
                  int64_t  value)
{
  char digits[24];
  int length = snprintf (digits, sizeof digits, "%" PRId64, value);

  line_add (line, digits, (size_t) length);
}

static void
line_add_list (Line     *line,
               uint32_t  global)
{
  int64_t values[LIST_PIECE];
  uint32_t first = 0;
  uint32_t n;

  line_add (line, "[", 1);
  while ((n = juggler_list_read (line->context->process, global, first, LIST_PIECE, values)) > 0)
    {
      for (uint32_t i = 0; i < n; i++)
        {
          if (first + i > 0)
            line_add (line, ", ", 2);
          line_add_integer (line, values[i]);
        }
      first += n;
    }
  line_add (line, "]", 1);
}

static void
line_add_parameter (Line                       *line,
                    const JugglerPlanParameter *parameter)
{
  if (parameter->is_text)
    line_add (line, juggler_plan_string (line->context->process->plan, parameter->text), parameter->text.length);
  else
    line_add_integer (line, parameter->value);
}

static void
line_add_segment (Line                     *line,
                  const JugglerPlanSegment *segment)
{
  JugglerContext *context = line->context;
  const JugglerPlan *plan = context->process->plan;
  JugglerPlanString name;

  switch (segment->kind)
    {
    case JUGGLER_SEGMENT_LITERAL:
      line_add (line, juggler_plan_string (plan, segment->literal), segment->literal.length);
      break;
    case JUGGLER_SEGMENT_NAME:
      name = juggler_plan_worker (plan, context->index)->name;
      line_add (line, juggler_plan_string (plan, name), name.length);
      break;
    case JUGGLER_SEGMENT_PID:
      line_add_integer (line, getpid ());
      break;
    case JUGGLER_SEGMENT_PPID:
      line_add_integer (line, getppid ());
      break;
    case JUGGLER_SEGMENT_TID:
      line_add_integer (line, gettid ());
      break;
    case JUGGLER_SEGMENT_LOOP:
      line_add_integer (line, context->loops[context->n_loops - 1].counter);
      break;
    case JUGGLER_SEGMENT_REGISTER:
      line_add_integer (line, context->tmp);
      break;
    case JUGGLER_SEGMENT_GLOBAL:
      if (juggler_plan_global (plan, segment->index)->is_list)
        line_add_list (line, segment->index);
      else
        line_add_integer (line, atomic_load_explicit (juggler_context_global (context, segment->index),
                                                      memory_order_relaxed));
      break;
    case JUGGLER_SEGMENT_PARAMETER:
      line_add_parameter (line, &context->parameters[segment->index]);
      break;
    default:
      break;
    }
}

void
juggler_print (JugglerContext *context,
               uint32_t        text)
{
  const JugglerPlan *plan = context->process->plan;
  const JugglerPlanText *segments = juggler_plan_text (plan, text);
  Line line;

  line.context = context;
  line.ticks = juggler_context_ticks (context);
  line.length = 0;
  for (uint32_t i = 0; i < segments->n_segments; i++)
    line_add_segment (&line, juggler_plan_segment (plan, segments->first_segment + i));
  juggler_recorder_output_piece (context, line.ticks, line.text, line.length, 0);
}
