/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "juggler-check.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* What stands inside a step: numbers, names, comparisons. */

#define MAX_MILLISECONDS (G_MAXINT64 / 1000000)

int
juggler_walk_find_param (const JugglerWalk *self,
                         const char        *name)
{
  return juggler_experiment_find (self->code->param_index, name);
}

static void
need_of_param (JugglerWalk *self,
               int          param,
               guint        flags)
{
  guint needs = JUGGLER_NEED_NUMBER;

  if ((flags & (JUGGLER_VALUE_NOT_NEGATIVE | JUGGLER_VALUE_MILLISECONDS)) != 0)
    needs |= JUGGLER_NEED_NOT_NEGATIVE;
  if ((flags & JUGGLER_VALUE_MILLISECONDS) != 0)
    needs |= JUGGLER_NEED_MILLISECONDS;
  if ((flags & JUGGLER_VALUE_CODE) != 0)
    needs |= JUGGLER_NEED_CODE;
  g_array_index (self->code->params, JugglerParam, param).needs |= needs;
}

static void
fault_unknown_value (JugglerWalk           *self,
                     const JugglerJsonNode *node,
                     const char            *name)
{
  g_autofree char *quoted = juggler_json_quote (name);

  if (juggler_experiment_find (self->check->experiment->global_index, name) >= 0 || g_str_equal (name, "tmp"))
    juggler_check_fault (self->check, node, NULL,
                         _ ("%s cannot stand here, only an integer or a parameter can; \"read\", \"add\" and \"write\" "
                            "work with other values"),
                         quoted);
  else if (self->code->node == NULL)
    juggler_check_fault (self->check, node, NULL, _ ("must be an integer: main has no parameters such as %s"), quoted);
  else
    juggler_check_fault (self->check, node, juggler_check_suggest (self->check, name, self->code->param_index),
                         _ ("the task has no parameter %s"), quoted);
}

static gboolean
name_to_operand (JugglerWalk           *self,
                 const JugglerJsonNode *node,
                 const char            *name,
                 guint                  flags,
                 JugglerOperand        *operand)
{
  int param = juggler_walk_find_param (self, name);

  if (param >= 0)
    {
      *operand = (JugglerOperand) { .kind = JUGGLER_OPERAND_PARAMETER, .index = (guint32) param };
      need_of_param (self, param, flags);
      return TRUE;
    }
  if (!g_str_equal (name, "i"))
    {
      fault_unknown_value (self, node, name);
      return FALSE;
    }
  if ((flags & JUGGLER_VALUE_LOOP) == 0)
    {
      juggler_check_fault (self->check, node, NULL, _ ("\"i\" cannot stand here, only an integer or a parameter can"));
      return FALSE;
    }
  if (self->loop == 0)
    {
      juggler_check_fault (self->check, node, NULL, _ ("\"i\" stands outside a \"repeat\""));
      return FALSE;
    }
  *operand = (JugglerOperand) { .kind = JUGGLER_OPERAND_LOOP };
  return TRUE;
}

gboolean
juggler_walk_value (JugglerWalk           *self,
                    const JugglerJsonNode *node,
                    guint                  flags,
                    JugglerOperand        *operand)
{
  gint64 least = G_MININT64;
  gint64 most = G_MAXINT64;
  gint64 value;

  if ((flags & (JUGGLER_VALUE_NOT_NEGATIVE | JUGGLER_VALUE_MILLISECONDS)) != 0)
    least = 0;
  else if ((flags & JUGGLER_VALUE_CODE) != 0)
    least = G_MININT32;
  if ((flags & JUGGLER_VALUE_MILLISECONDS) != 0)
    most = MAX_MILLISECONDS;
  else if ((flags & JUGGLER_VALUE_CODE) != 0)
    most = G_MAXINT32;
  if (node->kind == JUGGLER_JSON_TEXT)
    return name_to_operand (self, node, node->value.text, flags, operand);
  if (node->kind != JUGGLER_JSON_INTEGER && node->kind != JUGGLER_JSON_HUGE && node->kind != JUGGLER_JSON_FRACTION)
    {
      juggler_check_fault (self->check, node, NULL, _ ("must be an integer or the name of a parameter"));
      return FALSE;
    }
  if (!juggler_check_range (self->check, node, least, most, &value))
    return FALSE;
  *operand = (JugglerOperand) { .kind = JUGGLER_OPERAND_INTEGER, .value = value };
  return TRUE;
}

gboolean
juggler_walk_global (JugglerWalk           *self,
                     const JugglerJsonNode *node,
                     gboolean               is_list,
                     guint32               *global)
{
  JugglerExperiment *experiment = self->check->experiment;
  g_autofree char   *quoted = NULL;
  int                index;

  if (!juggler_check_kind (self->check, node, JUGGLER_JSON_TEXT))
    return FALSE;
  index = juggler_experiment_find (experiment->global_index, node->value.text);
  quoted = juggler_json_quote (node->value.text);
  if (juggler_walk_find_param (self, node->value.text) >= 0)
    juggler_check_fault (self->check, node, NULL, _ ("%s is a parameter here, not a global"), quoted);
  else if (index < 0)
    juggler_check_fault (self->check, node,
                         juggler_check_suggest (self->check, node->value.text, experiment->global_index),
                         _ ("there is no global %s"), quoted);
  else if (g_array_index (experiment->globals, JugglerDocumentGlobal, index).is_list != is_list)
    juggler_check_fault (self->check, node, NULL,
                         is_list ? _ ("%s is an integer; only to a list can something be appended")
                                 : _ ("%s is a list, not an integer"),
                         quoted);
  else
    {
      *global = (guint32) index;
      return TRUE;
    }
  return FALSE;
}

gboolean
juggler_walk_lock (JugglerWalk           *self,
                   const JugglerJsonNode *node,
                   guint                  kinds,
                   guint32               *lock)
{
  JugglerExperiment *experiment = self->check->experiment;
  g_autofree char   *quoted = NULL;
  JugglerLockKind    kind;
  int                index;

  if (!juggler_check_kind (self->check, node, JUGGLER_JSON_TEXT))
    return FALSE;
  index = juggler_experiment_find (experiment->lock_index, node->value.text);
  quoted = juggler_json_quote (node->value.text);
  if (index < 0)
    {
      juggler_check_fault (self->check, node,
                           juggler_check_suggest (self->check, node->value.text, experiment->lock_index),
                           _ ("there is no lock %s"), quoted);
      return FALSE;
    }
  kind = g_array_index (experiment->locks, JugglerDocumentLock, index).kind;
  if ((kinds & (1U << kind)) == 0)
    {
      juggler_check_fault (self->check, node, NULL, _ ("%s is a lock of the kind \"%s\", for which this step is not"),
                           quoted, juggler_lock_kind_to_text (kind));
      return FALSE;
    }
  *lock = (guint32) index;
  return TRUE;
}

/* May the code that is being checked do this to those workers? */
static gboolean
may_do (JugglerWalk           *self,
        const JugglerJsonNode *node,
        JugglerOp              op,
        const JugglerGroup    *group)
{
  GPtrArray  *groups = self->check->experiment->groups;
  JugglerCode *code = self->code;
  const char *runner;

  if ((op == JUGGLER_OP_TERMINATE || op == JUGGLER_OP_KILL) && group->worker.kind == JUGGLER_KIND_THREAD)
    {
      juggler_check_fault (self->check, node, NULL, _ ("\"%s\" is a thread, and only a process can be ended by others"),
                           group->worker.name);
      return FALSE;
    }
  if (code->thread >= 0)
    {
      runner = ((JugglerGroup *) g_ptr_array_index (groups, code->thread))->worker.name;
      juggler_check_fault (self->check, node, NULL,
                           _ ("the thread \"%s\" runs this task; only processes start, join and end workers"), runner);
      return FALSE;
    }
  if (op == JUGGLER_OP_START && code->daemon >= 0)
    {
      runner = ((JugglerGroup *) g_ptr_array_index (groups, code->daemon))->worker.name;
      juggler_check_fault (self->check, node, NULL,
                           _ ("the daemon process \"%s\" runs this task; those may not start workers"), runner);
      return FALSE;
    }
  return TRUE;
}

gboolean
juggler_walk_workers (JugglerWalk           *self,
                      const JugglerJsonNode *node,
                      JugglerOp              op,
                      guint32               *first,
                      guint32               *n_workers)
{
  JugglerExperiment  *experiment = self->check->experiment;
  const JugglerGroup *group;
  g_autofree char    *quoted = NULL;

  if (!juggler_check_kind (self->check, node, JUGGLER_JSON_TEXT))
    return FALSE;
  group = juggler_experiment_find_workers (experiment, node->value.text, first, n_workers);
  if (group == NULL)
    {
      quoted = juggler_json_quote (node->value.text);
      juggler_check_fault (self->check, node,
                           juggler_check_suggest (self->check, node->value.text, experiment->group_index),
                           _ ("there is no worker %s"), quoted);
      return FALSE;
    }
  return may_do (self, node, op, group);
}

/* Cuts `g < 10` into its three parts. */
static gboolean
split_comparison (const char         *text,
                  char              **left,
                  JugglerCompare     *compare,
                  char              **right)
{
  static const struct
  {
    const char     *sign;
    JugglerCompare  compare;
  } signs[] = {
    { "<=", JUGGLER_COMPARE_LESS_EQUAL }, { ">=", JUGGLER_COMPARE_GREATER_EQUAL }, { "==", JUGGLER_COMPARE_EQUAL },
    { "!=", JUGGLER_COMPARE_NOT_EQUAL },  { "<", JUGGLER_COMPARE_LESS },           { ">", JUGGLER_COMPARE_GREATER },
  };
  gsize begin = strcspn (text, "<>=!");

  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    {
      if (!g_str_has_prefix (text + begin, signs[i].sign))
        continue;
      *left = g_strstrip (g_strndup (text, begin));
      *right = g_strstrip (g_strdup (text + begin + strlen (signs[i].sign)));
      *compare = signs[i].compare;
      return **left != '\0' && **right != '\0';
    }
  return FALSE;
}

static gboolean
left_to_operand (JugglerWalk           *self,
                 const JugglerJsonNode *node,
                 const char            *name,
                 JugglerOperand        *operand)
{
  JugglerExperiment *experiment = self->check->experiment;
  int                global = juggler_experiment_find (experiment->global_index, name);
  g_autofree char   *quoted = juggler_json_quote (name);

  if (g_str_equal (name, "tmp"))
    {
      *operand = (JugglerOperand) { .kind = JUGGLER_OPERAND_REGISTER };
      return TRUE;
    }
  if (g_str_equal (name, "i") || juggler_walk_find_param (self, name) >= 0)
    return name_to_operand (self, node, name, JUGGLER_VALUE_LOOP, operand);
  if (global < 0)
    {
      juggler_check_fault (self->check, node, juggler_check_suggest (self->check, name, experiment->global_index),
                           _ ("what is compared must be a global, a parameter, tmp or i, and %s is none"), quoted);
      return FALSE;
    }
  if (g_array_index (experiment->globals, JugglerDocumentGlobal, global).is_list)
    {
      juggler_check_fault (self->check, node, NULL, _ ("%s is a list, not an integer"), quoted);
      return FALSE;
    }
  *operand = (JugglerOperand) { .kind = JUGGLER_OPERAND_GLOBAL, .index = (guint32) global };
  return TRUE;
}

/* As JSON writes them (RFC 8259, 6). */
static gboolean
is_integer (const char *text)
{
  const char *digits = *text == '-' ? text + 1 : text;

  if (*digits == '\0' || (*digits == '0' && digits[1] != '\0'))
    return FALSE;
  return digits[strspn (digits, "0123456789")] == '\0';
}

static gboolean
right_to_operand (JugglerWalk           *self,
                  const JugglerJsonNode *node,
                  const char            *text,
                  JugglerOperand        *operand)
{
  gint64 value;

  if (g_ascii_isalpha (*text) || *text == '_')
    return name_to_operand (self, node, text, 0, operand);
  if (!is_integer (text))
    {
      juggler_check_fault (self->check, node, NULL,
                           _ ("must be a comparison such as \"g < 10\", with an integer or a parameter at its right"));
      return FALSE;
    }
  if (!g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &value, NULL))
    {
      juggler_check_fault (self->check, node, NULL, _ ("what it is compared with does not fit 64 bits"));
      return FALSE;
    }
  *operand = (JugglerOperand) { .kind = JUGGLER_OPERAND_INTEGER, .value = value };
  return TRUE;
}

gboolean
juggler_walk_comparison (JugglerWalk           *self,
                         const JugglerJsonNode *node,
                         JugglerInstruction    *instruction)
{
  g_autofree char *left = NULL;
  g_autofree char *right = NULL;
  JugglerCompare   compare;

  if (!juggler_check_kind (self->check, node, JUGGLER_JSON_TEXT))
    return FALSE;
  if (!split_comparison (node->value.text, &left, &compare, &right))
    {
      juggler_check_fault (self->check, node, NULL,
                           _ ("must be a comparison such as \"g < 10\", with one of < <= > >= == !="));
      return FALSE;
    }
  instruction->compare = (guint8) compare;
  return left_to_operand (self, node, left, &instruction->x) && right_to_operand (self, node, right, &instruction->y);
}
