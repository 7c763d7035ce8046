/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-sentence-private.h: the parts of the sentence. Each function returns a whole sentence, or NULL when what it
 * tells about did not happen. */

#pragma once

#include "juggler-facts.h"

G_BEGIN_DECLS

/* juggler-sentence.c */
char       *juggler_sentence_for_facts     (const JugglerFacts *facts);

/* juggler-sentence-outcome.c: runs that did not finish */
char       *juggler_sentence_deadlock      (const JugglerFacts *facts);
char       *juggler_sentence_main_died     (const JugglerFacts *facts);
char       *juggler_sentence_time_limit    (const JugglerFacts *facts);
char       *juggler_sentence_stopped       (const JugglerFacts *facts);

/* juggler-sentence-life.c: how workers lived and died in a run that finished */
char       *juggler_sentence_accident      (const JugglerFacts *facts);
char       *juggler_sentence_hard_exit     (const JugglerFacts *facts);
char       *juggler_sentence_cut           (const JugglerFacts *facts);
char       *juggler_sentence_orphan        (const JugglerFacts *facts);
char       *juggler_sentence_zombie        (const JugglerFacts *facts);
char       *juggler_sentence_exit          (const JugglerFacts *facts);
char       *juggler_sentence_order         (const JugglerFacts *facts);
char       *juggler_sentence_main_waited   (const JugglerFacts *facts);
char       *juggler_sentence_plain         (const JugglerFacts *facts);
char       *juggler_sentence_signal_name   (int                 signal);

/* juggler-sentence-busy.c: workers that computed */
char       *juggler_sentence_together      (const JugglerFacts *facts);

/* juggler-sentence-values.c: what became of the globals in a run that finished */
char       *juggler_sentence_separate      (const JugglerFacts *facts);
char       *juggler_sentence_right_apart   (const JugglerFacts *facts);
char       *juggler_sentence_lost          (const JugglerFacts *facts);
char       *juggler_sentence_wrong         (const JugglerFacts *facts);
char       *juggler_sentence_right         (const JugglerFacts *facts);
char       *juggler_sentence_shared        (const JugglerFacts *facts);

G_END_DECLS
