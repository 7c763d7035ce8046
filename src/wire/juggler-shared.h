/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-shared.h: the memory that the window and the host share, one memfd a run.
 *
 *   page 0          JugglerShared: where the rest is, who runs, how it ended
 *   plan            the compiled experiment (juggler-plan.h), read only
 *   locks           one JugglerLock each
 *   globals         the globals block, if the experiment's globals are shared; else each process has its own
 *                   copy-on-write block of the same layout in private memory
 *   edges           the deadlock that ended the run, one JugglerEdge a worker at most
 *   workers         one block a worker (0 is main), page-aligned: JugglerSlot, published values, ring
 *
 * No pointers, fixed widths. The engine makes it and fills in the header and the plan, the host verifies both before
 * use; after that each field has one writer, named at the field. */

#pragma once

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "juggler-plan.h"
#include "juggler-ring.h"

#define JUGGLER_SHARED_MAGIC 0x5248534aU /* "JSHR" */
#define JUGGLER_SHARED_VERSION 1U

/* Inherited by the host, in this order. */
#define JUGGLER_FD_SOCKET 3
#define JUGGLER_FD_SHARED 4
#define JUGGLER_FD_DOORBELL 5 /* eventfd: a worker waits for room in its ring */

typedef enum
{
  JUGGLER_OUTCOME_NONE,
  JUGGLER_OUTCOME_FINISHED,
  JUGGLER_OUTCOME_DEADLOCK,
  JUGGLER_OUTCOME_TIME_LIMIT,
  JUGGLER_OUTCOME_STOPPED,
  JUGGLER_OUTCOME_MAIN_DIED,
  JUGGLER_OUTCOME_REFUSED, /* the machine said no: see JugglerShared.refusal */
  JUGGLER_N_OUTCOMES,
} JugglerOutcome;

typedef enum
{
  JUGGLER_REFUSED_NOTHING,
  JUGGLER_REFUSED_PROCESS, /* fork */
  JUGGLER_REFUSED_THREAD,  /* pthread_create */
  JUGGLER_REFUSED_MEMORY,  /* mmap */
  JUGGLER_REFUSED_AFFINITY, /* sched_setaffinity */
  JUGGLER_REFUSED_NICE,    /* setpriority */
  JUGGLER_REFUSED_DESCRIPTOR, /* a file descriptor of the keeper's */
  JUGGLER_N_REFUSALS,
} JugglerRefusal;

/* What made a worker `failed`; the engine puts it into words. */
typedef enum
{
  JUGGLER_FAILURE_NONE,
  JUGGLER_FAILURE_START_TWICE,       /* object: worker */
  JUGGLER_FAILURE_JOIN_NOT_STARTED,  /* object: worker */
  JUGGLER_FAILURE_JOIN_FOREIGN,      /* object: worker; started by another */
  JUGGLER_FAILURE_JOIN_SELF,         /* object: worker */
  JUGGLER_FAILURE_SIGNAL_NOT_STARTED,/* object: worker */
  JUGGLER_FAILURE_SIGNAL_FOREIGN,    /* object: worker */
  JUGGLER_FAILURE_SIGNAL_THREAD,     /* object: worker */
  JUGGLER_FAILURE_START_BY_DAEMON,   /* object: worker */
  JUGGLER_FAILURE_UNLOCK_NOT_HELD,   /* object: lock */
  JUGGLER_FAILURE_LIST_FULL,         /* object: global */
  JUGGLER_FAILURE_LOCK_DEPTH,        /* object: lock; an rlock taken 2^31 times */
  JUGGLER_N_FAILURES,
} JugglerFailure;

typedef enum
{
  JUGGLER_SLOT_NEVER_STARTED,
  JUGGLER_SLOT_STARTING,     /* fork or pthread_create was called */
  JUGGLER_SLOT_RUNNING,
  JUGGLER_SLOT_SLEEPING,
  JUGGLER_SLOT_WAITING_LOCK, /* wait_object: lock, wait_holder */
  JUGGLER_SLOT_WAITING_JOIN, /* wait_object: worker */
  JUGGLER_SLOT_WAITING_OUTPUT,
  JUGGLER_SLOT_FINISHED,     /* reached its end, or exit, or hard_exit */
  JUGGLER_SLOT_FAILED,
  JUGGLER_N_SLOT_STATES,
} JugglerSlotState;

/* How to read the end of a worker: FINISHED and FAILED stand in `state`. Else REAPED or ZOMBIE (then wait_status holds
 * the status of wait(2), or that in /proc/PID/stat) says how its process ended before the outcome was known; VANISHED,
 * that its process ended under a thread. Who has none of these lived when the run was cut short (time limit, stopped,
 * deadlock, refused), and keeps the state it had: the keeper's own SIGKILL afterwards leaves no mark in its slot. After
 * `main died` it does, since there the format calls the workers killed. */
#define JUGGLER_SLOT_DAEMON_CUT 1U     /* by its parent: terminated because it is a daemon */
#define JUGGLER_SLOT_LEFT 2U           /* by itself: hard_exit; its children live on */
#define JUGGLER_SLOT_EXACT 4U          /* by itself: the values published are those at its own end */
#define JUGGLER_SLOT_JOINED 8U         /* by its parent */
#define JUGGLER_SLOT_REAPED 16U        /* by its reaper, after wait_status */
#define JUGGLER_SLOT_ORPHAN 32U        /* by the keeper: its parent ended before it */
#define JUGGLER_SLOT_STOPPED 64U       /* by the keeper: held by SIGSTOP now */
#define JUGGLER_SLOT_WAS_STOPPED 128U  /* by the keeper */
#define JUGGLER_SLOT_VANISHED 256U     /* by the keeper: its process ended under it */
#define JUGGLER_SLOT_ZOMBIE 512U       /* by the keeper: ended, not yet reaped */
#define JUGGLER_SLOT_STEPS_DONE 1024U  /* by itself: the last step was reached; it may still wait for others */
#define JUGGLER_SLOT_WAIT_TIMED 2048U  /* by itself: the wait of now has a time-out */
#define JUGGLER_SLOT_CUT_ORPHAN 4096U  /* by the keeper: an orphan that the end of the run ended */

#define JUGGLER_SLOT_PUBLISHED 8192U   /* by itself: the values of now were published at the keeper's request */

#define JUGGLER_WAIT_SEQUENCE_IDLE 1U /* wait_sequence is odd while waiting */

/* Written by the worker itself unless it says otherwise. Atomic so that others may look at any moment: relaxed,
 * but `state`, which is released after what it tells about. */
typedef struct
{
  _Atomic uint32_t life; /* the kernel sets FUTEX_OWNER_DIED here when the process ends, however (robust list) */
  _Atomic uint32_t state; /* JugglerSlotState; STARTING by the parent */
  _Atomic uint32_t flags; /* JUGGLER_SLOT_*, or-ed atomically */
  _Atomic int32_t  pid;
  _Atomic int32_t  ppid; /* at its start */
  _Atomic int32_t  tid;
  _Atomic uint32_t parent;  /* the worker that started it; by that one */
  _Atomic uint32_t process; /* the worker whose process it lives in: itself, or for a thread that process's own worker */
  _Atomic uint64_t start_ticks;
  _Atomic uint64_t end_ticks;   /* by itself; by the keeper where it died */
  _Atomic int32_t  exit_code;   /* valid with FINISHED */
  _Atomic int32_t  wait_status; /* of wait(2); by whoever reaped it, before REAPED */
  _Atomic int32_t  new_ppid;    /* of an orphan; by the keeper */
  _Atomic uint32_t pc;          /* the instruction that it is at */

  /* While state is WAITING_* or SLEEPING. */
  _Alignas (64) _Atomic uint32_t wait_sequence; /* counts up when a wait begins and when it ends */
  _Atomic uint32_t wait_object;
  _Atomic uint32_t wait_holder;
  _Atomic uint32_t done_word; /* futex: 1 once a thread worker has ended, for joins with a time-out */
  _Atomic uint64_t state_ticks; /* since when the state holds */
  _Atomic uint64_t progress_ticks; /* when it last wrote progress */
  _Atomic uint64_t increments; /* increments and atomic adds made */
  _Atomic uint32_t failure;    /* JugglerFailure */
  _Atomic uint32_t failure_object;

  /* Sums, written at waits' ends, at checks and at the end. */
  _Alignas (64) _Atomic uint64_t cpu_ns;
  _Atomic uint64_t waited_ticks; /* for locks */
  _Atomic uint64_t preempted_ticks;
  _Atomic uint64_t stolen_ticks;
  _Atomic uint64_t voluntary;
  _Atomic uint64_t involuntary;
  _Atomic uint64_t globals_address; /* where the globals block begins for this worker */
  _Atomic uint64_t death_ticks;     /* by the keeper or the reaper: when its process was seen to be dead */

  _Alignas (64) _Atomic uint64_t cores[JUGGLER_MAX_CORES / 64]; /* those it ran on, a bit each */
} JugglerSlot;

typedef struct
{
  _Alignas (128) _Atomic uint32_t word; /* futex: owner's worker index + 1, with JUGGLER_LOCK_WAITERS; 0: free */
  _Atomic uint32_t depth;      /* of an rlock; written by the owner */
  _Atomic uint32_t last_owner; /* worker index + 1; written by the owner after it got it */
  _Atomic uint32_t owner_died; /* robust: the worker index + 1 of the owner that died, until the next owner takes note */
  _Atomic uint64_t turns;      /* how often it was got, as far as published; by the owner */
} JugglerLock;

#define JUGGLER_LOCK_WAITERS 0x80000000U
#define JUGGLER_LOCK_DIED 0x40000000U /* robust: handed on by the keeper after its owner's death */
#define JUGGLER_LOCK_OWNER_MASK 0x3fffffffU

/* One member of the deadlock, or one who waits for it; by the keeper. */
typedef struct
{
  uint32_t worker;
  uint32_t is_join;   /* 1: waits for the end of a worker, 0: for a lock */
  uint32_t object;    /* lock or worker */
  uint32_t holder;    /* worker that has the lock, or JUGGLER_NONE */
  uint32_t in_cycle;  /* in order: the members of the cycle first */
  uint32_t owner_end; /* 0: lives; else JugglerOwnerEnd */
} JugglerEdge;

typedef enum
{
  JUGGLER_OWNER_LIVES,
  JUGGLER_OWNER_FINISHED,
  JUGGLER_OWNER_KILLED,
  JUGGLER_OWNER_FAILED,
  JUGGLER_OWNER_VANISHED,
} JugglerOwnerEnd;

typedef struct
{
  /* Filled in by the engine before the host starts, then never changed. */
  uint32_t magic;
  uint32_t version;
  uint64_t size; /* of the whole memfd */
  uint64_t plan_offset;
  uint64_t plan_size;
  uint64_t locks_offset;
  uint64_t globals_offset; /* 0: not shared */
  uint64_t globals_size;   /* of the block, shared or not */
  uint64_t edges_offset;
  uint64_t workers_offset;
  uint64_t main_stride;   /* of main's block, which comes first */
  uint64_t worker_stride; /* of each further one */
  uint32_t n_workers; /* main included */
  uint32_t n_values;  /* published values a worker: one a global (of a list its length) */
  uint32_t values_offset; /* in a worker's block */
  uint32_t ring_offset;   /* in a worker's block: JugglerRingShared, then ring_size bytes */
  uint32_t ring_size;     /* a power of two */
  uint32_t main_ring_size; /* main's own, for it writes down each start and join */
  uint32_t clock;         /* JugglerClockSource */
  uint32_t record;        /* 0: no timeline is recorded (benchmarks) */
  uint64_t ticks_per_second; /* about, for thresholds */

  /* Set once by the keeper: hot loops end, nobody begins another step. */
  _Alignas (64) _Atomic uint32_t stop;

  /* By the keeper, but start_* by main. */
  _Alignas (64) _Atomic int32_t keeper_pid;
  _Atomic int32_t  main_pid;
  _Atomic uint64_t start_ticks; /* main's first step */
  _Atomic uint64_t start_monotonic_ns;
  _Atomic uint64_t end_ticks; /* when the outcome was known */
  _Atomic uint32_t outcome;   /* JugglerOutcome */
  _Atomic uint32_t n_edges;
  _Atomic uint32_t cores_used; /* how many cores main may use */

  /* By the worker that was refused (compare-and-swap of `refusal` from 0, the rest before it). */
  _Alignas (64) _Atomic uint32_t refusal; /* JugglerRefusal */
  _Atomic int32_t  refusal_errno;
  _Atomic uint32_t refusal_worker;
} JugglerShared;

_Static_assert (sizeof (JugglerShared) <= 4096, "the header is one page");
_Static_assert (sizeof (JugglerLock) == 128, "shared layout");
_Static_assert (sizeof (JugglerEdge) == 24, "shared layout");
_Static_assert (sizeof (JugglerSlot) == 320, "shared layout");

/* The globals block: a line of its own for each global. An integer is one word. A list is a head and a region of
 * elements behind the block's heads. */
#define JUGGLER_GLOBAL_STRIDE 128U

typedef struct
{
  _Alignas (JUGGLER_GLOBAL_STRIDE) _Atomic uint64_t claimed; /* places given to appends */
  uint64_t elements; /* offset of element 0 from the start of the block; constant */
} JugglerListHead;

/* written is 1 once value is. */
typedef struct
{
  _Atomic int64_t  value;
  _Atomic uint64_t written;
} JugglerListElement;

/* Bytes of the globals block of a plan: the heads, then JUGGLER_LIST_CAPACITY elements a list. */
uint64_t juggler_globals_size (const JugglerPlan *plan);

/* Fills in a fresh zeroed block with the initial values. */
void juggler_globals_init (void *block, const JugglerPlan *plan);

/* Fills in the layout fields of `header` (those that the engine fills in, without clock and record) for a plan.
 * `ring_size` 0 chooses one by the number of workers. Returns the size of the memfd. */
uint64_t juggler_shared_layout (JugglerShared *header, const JugglerPlan *plan, uint32_t ring_size);

/* Checks a mapped memfd of `size` bytes: the header's fields against what juggler_shared_layout() says for its plan,
 * and the plan. Returns NULL or what is wrong (a static string). */
const char *juggler_shared_validate (const void *data, uint64_t size);

static inline const JugglerPlan *
juggler_shared_plan (const JugglerShared *shared)
{
  return (const JugglerPlan *) ((const char *) shared + shared->plan_offset);
}

static inline JugglerSlot *
juggler_shared_slot (const JugglerShared *shared,
                     uint32_t             worker)
{
  uint64_t offset = worker == 0 ? 0 : shared->main_stride + shared->worker_stride * (worker - 1);

  return (JugglerSlot *) ((char *) shared + shared->workers_offset + offset);
}

static inline _Atomic int64_t *
juggler_shared_values (const JugglerShared *shared,
                       uint32_t             worker)
{
  return (_Atomic int64_t *) ((char *) juggler_shared_slot (shared, worker) + shared->values_offset);
}

static inline JugglerRingShared *
juggler_shared_ring (const JugglerShared *shared,
                     uint32_t             worker)
{
  return (JugglerRingShared *) ((char *) juggler_shared_slot (shared, worker) + shared->ring_offset);
}

static inline uint32_t
juggler_shared_ring_size (const JugglerShared *shared,
                          uint32_t             worker)
{
  return worker == 0 ? shared->main_ring_size : shared->ring_size;
}

static inline JugglerLock *
juggler_shared_lock (const JugglerShared *shared,
                     uint32_t             lock)
{
  return (JugglerLock *) ((char *) shared + shared->locks_offset) + lock;
}

static inline JugglerEdge *
juggler_shared_edges (const JugglerShared *shared)
{
  return (JugglerEdge *) ((char *) shared + shared->edges_offset);
}
