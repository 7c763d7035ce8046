/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "juggler-sentence.h"
#include "result-maker.h"

/* KIND, LOCKS and BODY of a task that two workers run; n times each. */
#define COUNTER(kind, settings, body)                                                                                  \
  "{\"juggler\": 1, \"title\": \"Counter\", \"globals\": {\"g_num\": 0}, \"locks\": {\"mutex\": \"mutex\"},"            \
  "\"tasks\": {\"sum\": {\"params\": {\"n\": 1000000}, \"steps\": [{\"repeat\": \"n\", \"steps\": [" body "]}]}},"      \
  "\"workers\": [{\"name\": \"a\", \"target\": \"sum\", \"kind\": \"" kind "\"},"                                      \
  "{\"name\": \"b\", \"target\": \"sum\", \"kind\": \"" kind "\"}],"                                                   \
  "\"main\": [{\"start\": \"a\"}, {\"start\": \"b\"}, {\"join\": \"a\"}, {\"join\": \"b\"}],"                          \
  "\"settings\": {" settings "}, \"expect\": {\"g_num\": 2000000}}"
#define INCREMENT "{\"increment\": \"g_num\"}"
#define LOCKED "{\"lock\": \"mutex\"}, {\"increment\": \"g_num\"}, {\"unlock\": \"mutex\"}"
#define ATOMIC "{\"atomic_add\": \"g_num\"}"

static void
init_counter (ResultMaker *maker,
              const char  *document,
              gint64       value)
{
  result_maker_init (maker, document, JUGGLER_OUTCOME_FINISHED);
  for (guint worker = 0; worker < 3; worker++)
    result_maker_set_value (maker, worker, 0, value);
  for (guint worker = 1; worker < 3; worker++)
    result_maker_worker (maker, worker)->increments = 1000000;
}

static void
test_lost_threads (void)
{
  ResultMaker maker;

  init_counter (&maker, COUNTER ("thread", "", INCREMENT), 1137402);
  result_maker_assert (&maker, "Lost updates: g_num should be 2000000 and is 1137402, 862598 (43 %) are lost: two "
                               "threads read the same value, both add to it, and the one that writes last undoes what "
                               "the other wrote.");
  maker.result->cores = 1;
  result_maker_assert (&maker, "Lost updates, even on one core: g_num should be 2000000 and is 1137402, 862598 (43 %) "
                               "are lost: a worker was interrupted between its read and its write, and when it came "
                               "back it wrote its old value over all that the other had added.");
  result_maker_clear (&maker);
}

static void
test_lost_processes (void)
{
  ResultMaker maker;

  init_counter (&maker, COUNTER ("process", "\"shared_globals\": true", INCREMENT), 1999999);
  result_maker_assert (&maker, "Lost updates: g_num should be 2000000 and is 1999999, 1 (<0.1 %) are lost: two "
                               "processes read the same shared value, both add to it, and the one that writes last "
                               "undoes what the other wrote.");
  result_maker_clear (&maker);
}

/* A daemon thread that was cut off had not added all it would have: that is no lost update. */
static void
test_cut_is_not_lost (void)
{
  ResultMaker maker;

  init_counter (&maker, COUNTER ("thread", "", INCREMENT), 1137402);
  result_maker_end (&maker, 2, JUGGLER_RESULT_VANISHED, 0);
  result_maker_worker (&maker, 2)->daemon = TRUE;
  result_maker_worker (&maker, 2)->increments = 137402;
  result_maker_assert (&maker, "b was cut off after 20.0 ms: it is a daemon thread, so main did not wait for it, and it "
                               "vanished with main’s process.");
  result_maker_clear (&maker);
}

static void
test_wrong (void)
{
  ResultMaker maker;

  /* All that was added has arrived; the experiment expects too much. */
  init_counter (&maker, COUNTER ("thread", "", INCREMENT), 1999990);
  result_maker_worker (&maker, 1)->increments = 999990;
  result_maker_assert (&maker, "Wrong: g_num should be 2000000 and is 1999990, which is 10 less.");
  result_maker_set_value (&maker, 0, 0, 2000010);
  result_maker_assert (&maker, "Wrong: g_num should be 2000000 and is 2000010, which is 10 more.");
  result_maker_clear (&maker);
}

static void
test_separate (void)
{
  ResultMaker maker;

  init_counter (&maker, COUNTER ("process", "", INCREMENT), 0);
  result_maker_set_value (&maker, 1, 0, 1000000);
  result_maker_set_value (&maker, 2, 0, 1000000);
  result_maker_assert (&maker, "Separate copies: each process counts in a g_num of its own (1000000 in a), and main’s "
                               "still is 0.");
  result_maker_clear (&maker);
}

/* A thread and a process add one each: both see 6, and it should have been 7. */
static void
test_separate_by_chance_alike (void)
{
  static const char document[] =
    "{\"juggler\": 1, \"title\": \"Mixed\", \"globals\": {\"g\": 5},"
    "\"tasks\": {\"add\": {\"steps\": [{\"increment\": \"g\"}]}},"
    "\"workers\": [{\"name\": \"x\", \"target\": \"add\", \"kind\": \"thread\"},"
    "{\"name\": \"y\", \"target\": \"add\", \"kind\": \"process\"}], \"expect\": {\"g\": 7}}";
  ResultMaker maker;

  init_counter (&maker, document, 6);
  result_maker_worker (&maker, 1)->increments = 1;
  result_maker_assert (&maker, "Separate copies: each process counts in a g of its own, so 6 in y does not reach main, "
                               "whose g has only what was added in its own process: 6.");
  /* Main's own threads lose updates beside it: that is not the copy's doing. */
  result_maker_worker (&maker, 1)->increments = 10;
  result_maker_assert (&maker, "Separate copies: each process counts in a g of its own, so 6 in y does not reach main. "
                               "And g in main is 6 though 9 more were added there: two threads read the same value, and "
                               "the one that writes last undoes what the other wrote.");
  result_maker_clear (&maker);
}

/* What main's own copy should be, it is. */
static void
test_separate_and_right (void)
{
  static const char document[] =
    "{\"juggler\": 1, \"title\": \"Apart\", \"globals\": {\"g\": 9},"
    "\"tasks\": {\"add\": {\"steps\": [{\"increment\": \"g\"}]}},"
    "\"workers\": [{\"name\": \"x\", \"target\": \"add\", \"kind\": \"process\"}], \"expect\": {\"g\": 9}}";
  ResultMaker maker;

  result_maker_init (&maker, document, JUGGLER_OUTCOME_FINISHED);
  result_maker_set_value (&maker, 0, 0, 9);
  result_maker_set_value (&maker, 1, 0, 10);
  result_maker_assert (&maker, "Right: g is 9 in main, as expected; each process has a copy of its own, and it is 10 in x.");
  result_maker_set_value (&maker, 1, 0, 9);
  result_maker_assert (&maker, "Right: g is 9, as expected.");
  result_maker_clear (&maker);
}

static void
test_exact (void)
{
  ResultMaker maker;

  init_counter (&maker, COUNTER ("thread", "", LOCKED), 2000000);
  result_maker_assert (&maker, "Exact: g_num is 2000000, as expected: only one at a time can hold mutex, though this "
                               "time nobody had to wait for it.");
  result_maker_worker (&maker, 1)->wait_ms = 4.5;
  result_maker_worker (&maker, 2)->wait_ms = 7.5;
  result_maker_assert (&maker, "Exact: g_num is 2000000, as expected: only one at a time can hold mutex, and whoever "
                               "came late waited for it, 12.0 ms in all.");
  maker.facts.waits = 2769;
  maker.facts.waits_exact = TRUE;
  result_maker_assert (&maker, "Exact: g_num is 2000000, as expected: only one at a time can hold mutex, and a worker "
                               "that came late had to wait 2769 times for it, 12.0 ms in all.");
  maker.facts.waits = 1;
  result_maker_assert (&maker, "Exact: g_num is 2000000, as expected: only one at a time can hold mutex, and a worker "
                               "that came late had to wait 1 time for it, 12.0 ms in all.");
  result_maker_clear (&maker);

  init_counter (&maker, COUNTER ("thread", "", ATOMIC), 2000000);
  result_maker_assert (&maker, "Exact: g_num is 2000000, as expected: an atomic add reads, adds and writes in one "
                               "indivisible step, so nothing can come in between.");
  result_maker_clear (&maker);
}

static void
test_luck (void)
{
  ResultMaker maker;

  init_counter (&maker, COUNTER ("thread", "", INCREMENT), 2000000);
  result_maker_assert (&maker, "Nothing was lost this time: g_num is 2000000, as expected, but only by luck: without a "
                               "lock two workers may read the same value, and one update is then lost.");
  maker.result->cores = 1;
  result_maker_assert (&maker, "Nothing was lost this time: g_num is 2000000, as expected: on one core the workers take "
                               "turns, and none was interrupted just between a read and its write; without a lock that "
                               "stays luck.");
  result_maker_worker (&maker, 1)->end_us = 2000;
  result_maker_worker (&maker, 2)->start_us = 2100;
  result_maker_assert (&maker, "Nothing was lost: g_num is 2000000, as expected, since the workers ran one after the "
                               "other; at the same time they might have overwritten each other.");
  result_maker_clear (&maker);
}

#define LISTS(kind)                                                                                                    \
  "{\"juggler\": 1, \"title\": \"Lists\", \"globals\": {\"my_list\": []},"                                             \
  "\"tasks\": {\"write\": {\"steps\": [{\"append\": \"my_list\", \"value\": 0}]}, \"read\": {\"steps\": []}},"         \
  "\"workers\": [{\"name\": \"writer\", \"target\": \"write\", \"kind\": \"" kind "\"},"                               \
  "{\"name\": \"reader\", \"target\": \"read\", \"kind\": \"" kind "\"}]}"

static void
test_lists (void)
{
  ResultMaker maker;

  result_maker_init (&maker, LISTS ("process"), JUGGLER_OUTCOME_FINISHED);
  result_maker_set_list (&maker, 1, 0, 3);
  result_maker_assert (&maker, "Separate copies: each process has a my_list of its own; it is [0, 1, 2] in writer and "
                               "[] in main.");
  result_maker_clear (&maker);

  result_maker_init (&maker, LISTS ("thread"), JUGGLER_OUTCOME_FINISHED);
  for (guint worker = 0; worker < 3; worker++)
    result_maker_set_list (&maker, worker, 0, 3);
  result_maker_assert (&maker, "Shared: the threads of a process have one my_list in common; at the end it is [0, 1, 2] "
                               "for all of them.");
  result_maker_clear (&maker);
}

/* Without a timeline and without a document the sentence says less, but nothing that is not so. */
static void
test_result_only (void)
{
  ResultMaker      maker;
  g_autofree char *with = NULL;
  g_autofree char *without = NULL;

  init_counter (&maker, COUNTER ("thread", "", INCREMENT), 1137402);
  with = juggler_sentence_for_result (maker.result, maker.document);
  without = juggler_sentence_for_result (maker.result, NULL);
  g_assert_true (g_str_has_prefix (with, "Lost updates: g_num should be "));
  g_assert_true (g_str_has_prefix (without, "Lost updates: g_num should be "));
  result_maker_clear (&maker);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sentence/values/lost-threads", test_lost_threads);
  g_test_add_func ("/sentence/values/lost-processes", test_lost_processes);
  g_test_add_func ("/sentence/values/cut-is-not-lost", test_cut_is_not_lost);
  g_test_add_func ("/sentence/values/wrong", test_wrong);
  g_test_add_func ("/sentence/values/separate", test_separate);
  g_test_add_func ("/sentence/values/separate-by-chance-alike", test_separate_by_chance_alike);
  g_test_add_func ("/sentence/values/separate-and-right", test_separate_and_right);
  g_test_add_func ("/sentence/values/exact", test_exact);
  g_test_add_func ("/sentence/values/luck", test_luck);
  g_test_add_func ("/sentence/values/lists", test_lists);
  g_test_add_func ("/sentence/values/result-only", test_result_only);
  return g_test_run ();
}
