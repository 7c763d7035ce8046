/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A run can be told in many ways; the sentence tells what a teacher would point at. So there is an order: what ended
 * the run too early, what befell a worker against its will, what became of the values that the experiment is about, and
 * only then how the workers lived. Each candidate is a whole sentence of its own, since sentences put together from
 * pieces cannot be translated. */

#include "config.h"

#include "juggler-sentence.h"

#include <glib/gi18n-lib.h>

#include "juggler-sentence-private.h"

typedef char *(*Candidate) (const JugglerFacts *facts);

static char *
first_of (const JugglerFacts *facts,
          const Candidate    *candidates)
{
  for (; *candidates != NULL; candidates++)
    {
      char *sentence = (*candidates) (facts);

      if (sentence != NULL)
        return sentence;
    }
  return NULL;
}

static char *
for_finished (const JugglerFacts *facts)
{
  static const Candidate wrong[] = {
    juggler_sentence_accident, juggler_sentence_hard_exit, juggler_sentence_separate, juggler_sentence_lost,
    juggler_sentence_cut,      juggler_sentence_wrong,     NULL,
  };
  static const Candidate right[] = {
    juggler_sentence_accident, juggler_sentence_right_apart, juggler_sentence_right, NULL,
  };
  static const Candidate open[] = {
    juggler_sentence_accident,    juggler_sentence_hard_exit, juggler_sentence_orphan, juggler_sentence_cut,
    juggler_sentence_separate,    juggler_sentence_shared,    juggler_sentence_exit,   juggler_sentence_together,
    juggler_sentence_zombie,      juggler_sentence_order,     juggler_sentence_main_waited,
    juggler_sentence_plain,       NULL,
  };
  char *sentence = NULL;

  if (juggler_result_get_has_expect (facts->result))
    sentence = first_of (facts, juggler_result_get_right (facts->result) ? right : wrong);
  return sentence != NULL ? sentence : first_of (facts, open);
}

static char *
for_outcome (const JugglerFacts *facts)
{
  switch (juggler_result_get_outcome (facts->result))
    {
    case JUGGLER_OUTCOME_FINISHED:
      return for_finished (facts);
    case JUGGLER_OUTCOME_DEADLOCK:
      return juggler_sentence_deadlock (facts);
    case JUGGLER_OUTCOME_TIME_LIMIT:
      return juggler_sentence_time_limit (facts);
    case JUGGLER_OUTCOME_STOPPED:
      return juggler_sentence_stopped (facts);
    case JUGGLER_OUTCOME_MAIN_DIED:
      return juggler_sentence_main_died (facts);
    case JUGGLER_OUTCOME_REFUSED:
      return g_strdup (_("The machine refused what the experiment asked for, so it could not run."));
    case JUGGLER_OUTCOME_NONE:
    case JUGGLER_N_OUTCOMES:
    default:
      return g_strdup (_("The run has not ended yet."));
    }
}

/* A translation has a space around a name for Latin ones. Where both neighbours are Chinese there is none. */
static char *
join_wide (const char *sentence)
{
  GString *joined = g_string_new (NULL);
  gunichar before = 0;

  for (const char *at = sentence; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);

      if (letter != ' ' || !g_unichar_iswide (before) || !g_unichar_iswide (g_utf8_get_char (at + 1)))
        g_string_append_unichar (joined, letter);
      before = letter;
    }
  return g_string_free (joined, FALSE);
}

char *
juggler_sentence_for_facts (const JugglerFacts *facts)
{
  g_autofree char *sentence = for_outcome (facts);

  return join_wide (sentence);
}

/**
 * juggler_sentence_for_run:
 * @run: a run that is over
 *
 * Says what happened and why in one plain sentence in the language of the moment. It knows more than
 * juggler_sentence_for_result(), since it has the timeline: who sent a signal, how long a zombie stood, how often a
 * lock was waited for, when main reached its last step. Main context of the run.
 *
 * Returns: (transfer full): the sentence; of a run without a result what stood in its way
 */
char *
juggler_sentence_for_run (JugglerRun *run)
{
  g_autoptr (GBytes) plan = NULL;
  JugglerFacts   facts;
  JugglerResult *result;
  char          *sentence;

  g_return_val_if_fail (JUGGLER_IS_RUN (run), NULL);

  result = juggler_run_get_result (run);
  if (result == NULL)
    return g_strdup (juggler_run_get_error (run) != NULL ? juggler_run_get_error (run)->message
                                                         : _("The run has not ended yet."));
  plan = juggler_document_compile (juggler_run_get_document (run), NULL);
  juggler_facts_init (&facts, result, plan != NULL ? g_bytes_get_data (plan, NULL) : NULL,
                      juggler_run_get_timeline (run));
  sentence = juggler_sentence_for_facts (&facts);
  juggler_facts_clear (&facts);
  return sentence;
}

/**
 * juggler_sentence_for_result:
 * @result: what came out of a run
 * @document: (nullable): the experiment, as it was when it ran
 *
 * Says what happened and why in one plain sentence in the language of the moment. Any thread that may use @document.
 *
 * Returns: (transfer full): the sentence
 */
char *
juggler_sentence_for_result (JugglerResult   *result,
                             JugglerDocument *document)
{
  g_autoptr (GBytes) plan = NULL;
  JugglerFacts facts;
  char        *sentence;

  g_return_val_if_fail (JUGGLER_IS_RESULT (result), NULL);
  g_return_val_if_fail (document == NULL || JUGGLER_IS_DOCUMENT (document), NULL);

  if (document != NULL)
    plan = juggler_document_compile (document, NULL);
  juggler_facts_init (&facts, result, plan != NULL ? g_bytes_get_data (plan, NULL) : NULL, NULL);
  sentence = juggler_sentence_for_facts (&facts);
  juggler_facts_clear (&facts);
  return sentence;
}
