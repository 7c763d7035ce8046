/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-tally.h"

#include "juggler-worker.h"

/**
 * juggler_tally_is_known:
 * @plan: a valid plan
 * @global: index of an integer global
 *
 * Says whether the sum of all increments made is the sum of all that was added to the global. Thread: any.
 *
 * Returns: whether it is
 */
gboolean
juggler_tally_is_known (const JugglerPlan *plan,
                        guint              global)
{
  gboolean counted = FALSE;

  for (guint i = 0; i < juggler_plan_count (plan, JUGGLER_TABLE_INSTRUCTIONS); i++)
    {
      const JugglerInstruction *instruction = juggler_plan_instruction (plan, i);

      switch ((JugglerOp) instruction->op)
        {
        case JUGGLER_OP_INCREMENT:
        case JUGGLER_OP_ATOMIC_ADD:
          if (instruction->a != global || instruction->x.kind != JUGGLER_OPERAND_INTEGER || instruction->x.value != 1)
            return FALSE;
          counted = TRUE;
          break;
        case JUGGLER_OP_WRITE:
        case JUGGLER_OP_SET:
          if (instruction->a == global)
            return FALSE;
          break;
        default:
          break;
        }
    }
  return counted;
}

/**
 * juggler_tally_count:
 * @plan: a valid plan
 * @global: index of a global for which juggler_tally_is_known()
 * @workers: the run's workers
 *
 * Adds up what all workers have added so far. Thread: that of the run.
 *
 * Returns: what the global would be had nothing been lost
 */
gint64
juggler_tally_count (const JugglerPlan *plan,
                     guint              global,
                     GListModel        *workers)
{
  guint64 sum = (guint64) juggler_plan_global (plan, global)->initial;

  for (guint i = 0; i < g_list_model_get_n_items (workers); i++)
    {
      g_autoptr (JugglerWorker) worker = g_list_model_get_item (workers, i);

      sum += juggler_worker_get_increments (worker);
    }
  return (gint64) sum;
}
