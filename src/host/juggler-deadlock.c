/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Each waiting worker waits for exactly one thing: a lock, which has one owner, or the end of one worker. So the
 * wait-for graph has at most one edge out of each worker, and whether somebody is blocked for good is found by
 * following edges: they lead to a worker that can go on, to an owner who is dead, or around in a cycle.
 *
 * A single look can lie: a worker that was just granted a lock and pre-empted before it cleared its mark still looks
 * like a waiter. So a deadlock is believed only when two looks some tens of milliseconds apart show every member with
 * the same wait_sequence and the same lock word.
 *
 * A cycle is final only when no worker that can still run has a terminate or kill of a member ahead of it (or leaves
 * the process that the member lives in, or is the parent that ends its daemons when it ends). What is ahead is read
 * from the plan: every instruction that the worker's place can reach. */

#include "juggler-deadlock.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#define GOES_ON UINT32_MAX
#define DEAD_OWNER (UINT32_MAX - 1U)

enum
{
  WHITE,
  GREY,
  FREE,
  BLOCKED,
};

int
juggler_deadlock_init (JugglerDeadlock *self,
                       JugglerShared   *shared)
{
  size_t size = sizeof (JugglerDeadlockNode) * shared->n_workers * 2;
  void *memory = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  if (memory == MAP_FAILED)
    return -errno;
  *self = (JugglerDeadlock){ .shared = shared, .now = memory };
  self->before = self->now + shared->n_workers;
  return 0;
}

static const JugglerPlanGroup *
group_of (const JugglerShared *shared,
          uint32_t             worker)
{
  const JugglerPlan *plan = juggler_shared_plan (shared);

  return juggler_plan_group (plan, juggler_plan_worker (plan, worker)->group);
}

int
juggler_deadlock_lives (const JugglerShared *shared,
                        uint32_t             worker)
{
  const JugglerSlot *slot = juggler_shared_slot (shared, worker);
  uint32_t state = atomic_load_explicit (&slot->state, memory_order_acquire);

  return state != JUGGLER_SLOT_NEVER_STARTED && state != JUGGLER_SLOT_FINISHED && state != JUGGLER_SLOT_FAILED &&
         !(atomic_load (&slot->flags) & (JUGGLER_SLOT_ZOMBIE | JUGGLER_SLOT_REAPED | JUGGLER_SLOT_VANISHED));
}

/* Where the worker's wait leads, and the facts that must be the same at the next look. */
static void
look_at (const JugglerShared *shared,
         uint32_t             worker,
         JugglerDeadlockNode *node)
{
  const JugglerSlot *slot = juggler_shared_slot (shared, worker);
  uint32_t state = atomic_load_explicit (&slot->state, memory_order_acquire);
  uint32_t object = atomic_load (&slot->wait_object);

  *node = (JugglerDeadlockNode){ .next = GOES_ON, .sequence = atomic_load (&slot->wait_sequence) };
  if (!juggler_deadlock_lives (shared, worker) || !(node->sequence & JUGGLER_WAIT_SEQUENCE_IDLE) ||
      (atomic_load (&slot->flags) & JUGGLER_SLOT_WAIT_TIMED))
    return;

  if (state == JUGGLER_SLOT_WAITING_JOIN && object < shared->n_workers)
    {
      if (juggler_deadlock_lives (shared, object))
        node->next = object;
    }
  else if (state == JUGGLER_SLOT_WAITING_LOCK && object < juggler_plan_count (juggler_shared_plan (shared),
                                                                              JUGGLER_TABLE_LOCKS))
    {
      uint32_t owner;

      node->word = atomic_load (&juggler_shared_lock (shared, object)->word);
      owner = node->word & JUGGLER_LOCK_OWNER_MASK;
      if (owner == 0 || owner > shared->n_workers)
        return;
      if (juggler_deadlock_lives (shared, owner - 1))
        node->next = owner - 1;
      else if (juggler_plan_lock (juggler_shared_plan (shared), object)->kind != JUGGLER_LOCK_ROBUST)
        node->next = DEAD_OWNER;
    }
}

/* Colours every worker FREE or BLOCKED by following the edges once. */
static void
colour_all (JugglerDeadlock *self)
{
  JugglerDeadlockNode *nodes = self->now;

  for (uint32_t first = 0; first < self->shared->n_workers; first++)
    {
      uint32_t at = first;
      uint32_t verdict;

      while (nodes[at].colour == WHITE && nodes[at].next < self->shared->n_workers)
        {
          nodes[at].colour = GREY;
          at = nodes[at].next;
        }
      if (nodes[at].colour == GREY)
        verdict = BLOCKED; /* around in a cycle */
      else if (nodes[at].colour != WHITE)
        verdict = nodes[at].colour;
      else
        verdict = nodes[at].colour = nodes[at].next == DEAD_OWNER ? BLOCKED : FREE;
      for (uint32_t again = first; nodes[again].colour == GREY; again = nodes[again].next)
        nodes[again].colour = verdict;
    }
}

/* Whether the steps of `worker` from its place on can reach an instruction that may end `victim`'s process: a signal to
 * it, or (`leaves`) an end of the worker's own process; where main crashes, everybody ends. */
static int
may_reach (const JugglerShared *shared,
           uint32_t             worker,
           uint32_t             victim,
           int                  leaves)
{
  const JugglerPlan *plan = juggler_shared_plan (shared);
  const JugglerPlanCode *code = juggler_plan_code (plan, group_of (shared, worker)->code);
  const JugglerInstruction *instructions = juggler_plan_instruction (plan, code->first_instruction);
  uint32_t first = atomic_load (&juggler_shared_slot (shared, worker)->pc);

  if (atomic_load (&juggler_shared_slot (shared, worker)->flags) & JUGGLER_SLOT_STEPS_DONE)
    return 0;
  /* Jumps go forward, but for the ends of loops: so all that can be reached lies behind the first instruction of the
   * outermost loop around this place. */
  for (uint32_t pc = 0; pc < first && first < code->n_instructions; pc++)
    if (instructions[pc].op == JUGGLER_OP_REPEAT && instructions[pc].b > first)
      {
        first = pc;
        break;
      }
  for (uint32_t pc = 0; pc < code->n_instructions; pc++)
    if (instructions[pc].op == JUGGLER_OP_JUMP && instructions[pc].b <= first && pc >= first)
      first = instructions[pc].b;

  for (uint32_t pc = first; pc < code->n_instructions; pc++)
    {
      const JugglerInstruction *in = &instructions[pc];

      if ((in->op == JUGGLER_OP_TERMINATE || in->op == JUGGLER_OP_KILL) && victim - in->a < in->b)
        return 1;
      if ((leaves && in->op == JUGGLER_OP_HARD_EXIT) || ((leaves || worker == 0) && in->op == JUGGLER_OP_CRASH))
        return 1;
    }
  return 0;
}

static int
unchanged (const JugglerDeadlock *self,
           uint32_t               worker)
{
  const JugglerDeadlockNode *now = &self->now[worker];
  const JugglerDeadlockNode *before = &self->before[worker];

  return now->sequence == before->sequence && now->word == before->word && now->next == before->next;
}

/* Whether somebody who can still run may end this blocked worker. Who was not seen blocked in both looks can run. */
static int
may_be_ended (const JugglerDeadlock *self,
              uint32_t               member)
{
  const JugglerShared *shared = self->shared;
  const JugglerSlot *slot = juggler_shared_slot (shared, member);
  uint32_t process = atomic_load (&slot->process);
  uint32_t parent = atomic_load (&slot->parent);
  uint32_t daemon = group_of (shared, member)->daemon;

  if (process >= shared->n_workers)
    return 0;
  for (uint32_t w = 0; w < shared->n_workers; w++)
    {
      if ((self->now[w].colour != FREE && unchanged (self, w)) || !juggler_deadlock_lives (shared, w))
        continue;
      if (w == parent && daemon)
        return 1;
      if (may_reach (shared, w, process, atomic_load (&juggler_shared_slot (shared, w)->process) == process))
        return 1;
    }
  return 0;
}

static uint32_t
owner_end (const JugglerShared *shared,
           uint32_t             worker)
{
  const JugglerSlot *slot = juggler_shared_slot (shared, worker);

  switch (atomic_load (&slot->state))
    {
    case JUGGLER_SLOT_FINISHED:
      return JUGGLER_OWNER_FINISHED;
    case JUGGLER_SLOT_FAILED:
      return JUGGLER_OWNER_FAILED;
    default:
      return atomic_load (&slot->flags) & JUGGLER_SLOT_VANISHED ? JUGGLER_OWNER_VANISHED : JUGGLER_OWNER_KILLED;
    }
}

static void
write_edge (const JugglerDeadlock *self,
            uint32_t               n,
            uint32_t               worker,
            uint32_t               in_cycle)
{
  JugglerShared *shared = self->shared;
  const JugglerSlot *slot = juggler_shared_slot (shared, worker);
  uint32_t object = atomic_load (&slot->wait_object);
  JugglerEdge edge = { .worker = worker, .object = object, .holder = object, .in_cycle = in_cycle };

  edge.is_join = atomic_load (&slot->state) == JUGGLER_SLOT_WAITING_JOIN;
  if (!edge.is_join)
    edge.holder = (self->now[worker].word & JUGGLER_LOCK_OWNER_MASK) - 1U;
  if (self->now[worker].next == DEAD_OWNER)
    edge.owner_end = owner_end (shared, edge.holder);
  juggler_shared_edges (shared)[n] = edge;
}

/* Whether the edges from `worker` lead to `root`, or to the dead owner that `root` waits for. They end: it is BLOCKED,
 * and at most n_workers long. */
static int
leads_to (const JugglerDeadlock *self,
          uint32_t               worker,
          uint32_t               root)
{
  for (uint32_t i = 0; i <= self->shared->n_workers && worker < self->shared->n_workers; i++)
    {
      if (worker == root || (self->now[worker].next == DEAD_OWNER && self->now[root].next == DEAD_OWNER &&
                             atomic_load (&juggler_shared_slot (self->shared, worker)->wait_object) ==
                               atomic_load (&juggler_shared_slot (self->shared, root)->wait_object)))
        return 1;
      worker = self->now[worker].next;
    }
  return 0;
}

/* A member of the cycle, or the one who waits for a dead owner, that a blocked worker's edges lead to. */
static uint32_t
root_of (const JugglerDeadlock *self,
         uint32_t               worker)
{
  uint32_t smallest;
  uint32_t at;

  /* After n_workers edges one is inside the cycle, if there is one. */
  for (uint32_t i = 0; i < self->shared->n_workers; i++)
    {
      if (self->now[worker].next >= self->shared->n_workers)
        return worker;
      worker = self->now[worker].next;
    }
  smallest = worker;
  for (at = self->now[worker].next; at != worker; at = self->now[at].next)
    if (at < smallest)
      smallest = at;
  return smallest;
}

/* The members of one cycle: are they final, and as they were before? */
static int
is_final (const JugglerDeadlock *self,
          uint32_t               root)
{
  uint32_t at = root;

  do
    {
      if (!unchanged (self, at) || may_be_ended (self, at))
        return 0;
      at = self->now[at].next;
    }
  while (at < self->shared->n_workers && at != root);
  return 1;
}

static void
report (JugglerDeadlock *self,
        uint32_t         root)
{
  JugglerShared *shared = self->shared;
  uint32_t n = 0;
  uint32_t at = root;

  do
    {
      write_edge (self, n++, at, 1);
      self->now[at].colour = GREY; /* told */
      at = self->now[at].next;
    }
  while (at < shared->n_workers && at != root);
  for (uint32_t i = 0; i < shared->n_workers; i++)
    if (self->now[i].colour == BLOCKED && leads_to (self, i, root))
      write_edge (self, n++, i, 0);
  atomic_store (&shared->n_edges, n);
}

int
juggler_deadlock_look (JugglerDeadlock *self)
{
  JugglerDeadlockNode *swap = self->before;
  int was_suspected = self->suspected;

  self->before = self->now;
  self->now = swap;
  for (uint32_t i = 0; i < self->shared->n_workers; i++)
    look_at (self->shared, i, &self->now[i]);
  colour_all (self);

  self->suspected = 0;
  for (uint32_t i = 0; i < self->shared->n_workers; i++)
    if (self->now[i].colour == BLOCKED)
      {
        uint32_t root = root_of (self, i);

        self->suspected = 1;
        if (was_suspected && is_final (self, root))
          {
            report (self, root);
            return 1;
          }
        /* Others on the way to the same root need not be asked again; another root is looked for behind. */
      }
  return 0;
}
