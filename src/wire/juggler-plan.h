/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* juggler-plan.h: the compiled experiment, as the host interprets it.
 *
 * A plan is one block of memory without pointers: a JugglerPlan header, then tables that the header names by byte
 * offset. The model writes it, the host only reads it. Everything in it is fixed before the run: which value a
 * parameter has, where a jump goes, which workers a group has. Code is flat: loops and conditions are jumps inside
 * one array of instructions, so that a worker's place is one number. */

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define JUGGLER_PLAN_MAGIC 0x4e4c504aU /* "JPLN" */
#define JUGGLER_PLAN_VERSION 1U

#define JUGGLER_MAX_WORKERS 10000U
#define JUGGLER_MAX_LOOP_DEPTH 32U
#define JUGGLER_MAX_CORES 1024U
#define JUGGLER_LIST_CAPACITY 65536U

/* No text, no worker, no parameter … */
#define JUGGLER_NONE UINT32_MAX

typedef enum
{
  JUGGLER_OP_END,         /* the last step was reached */
  JUGGLER_OP_PRINT,       /* a: text */
  JUGGLER_OP_SLEEP,       /* x: milliseconds */
  JUGGLER_OP_WORK,        /* x: milliseconds of own CPU time */
  JUGGLER_OP_READ,        /* a: global; register <- global */
  JUGGLER_OP_ADD,         /* x: what is added to the register */
  JUGGLER_OP_WRITE,       /* a: global; global <- register */
  JUGGLER_OP_INCREMENT,   /* a: global, x: by; three atoms, in a register of its own */
  JUGGLER_OP_ATOMIC_ADD,  /* a: global, x: by */
  JUGGLER_OP_SET,         /* a: global, x: to */
  JUGGLER_OP_APPEND,      /* a: global (a list), x: value */
  JUGGLER_OP_LOCK,        /* a: lock, mode; with TIMEOUT y: milliseconds, b: where a time-out jumps to */
  JUGGLER_OP_UNLOCK,      /* a: lock, mode */
  JUGGLER_OP_ACQUIRE,     /* a: lock (a semaphore) */
  JUGGLER_OP_RELEASE,     /* a: lock (a semaphore) */
  JUGGLER_OP_BARRIER,     /* a: lock (a barrier) */
  JUGGLER_OP_WAIT,        /* a: lock (a condition), x comparison y: until */
  JUGGLER_OP_NOTIFY,      /* a: lock (a condition) */
  JUGGLER_OP_NOTIFY_ALL,  /* a: lock (a condition) */
  JUGGLER_OP_REPEAT,      /* x: how often, b: the instruction behind the matching REPEAT_END; native: see below */
  JUGGLER_OP_REPEAT_END,  /* b: the matching REPEAT */
  JUGGLER_OP_BRANCH_UNLESS, /* x comparison y; b: where to go when it does not hold. One atom. */
  JUGGLER_OP_JUMP,        /* b: where to; no atom */
  JUGGLER_OP_START,       /* a: first worker, b: how many */
  JUGGLER_OP_JOIN,        /* a: first worker, b: how many; with TIMEOUT y: milliseconds (for each of them) */
  JUGGLER_OP_TERMINATE,   /* a: first worker, b: how many */
  JUGGLER_OP_KILL,        /* a: first worker, b: how many */
  JUGGLER_OP_EXIT,        /* x: code */
  JUGGLER_OP_HARD_EXIT,   /* x: code */
  JUGGLER_OP_CRASH,
  JUGGLER_N_OPS,
} JugglerOp;

typedef enum
{
  JUGGLER_OPERAND_NONE,
  JUGGLER_OPERAND_INTEGER,   /* value */
  JUGGLER_OPERAND_PARAMETER, /* index: which of the task's parameters */
  JUGGLER_OPERAND_LOOP,      /* i, the counter of the innermost loop */
  JUGGLER_OPERAND_REGISTER,  /* tmp */
  JUGGLER_OPERAND_GLOBAL,    /* index: the global; only in comparisons and prints */
  JUGGLER_N_OPERANDS,
} JugglerOperandKind;

typedef struct
{
  uint32_t kind; /* JugglerOperandKind */
  uint32_t index;
  int64_t  value;
} JugglerOperand;

typedef enum
{
  JUGGLER_COMPARE_LESS,
  JUGGLER_COMPARE_LESS_EQUAL,
  JUGGLER_COMPARE_GREATER,
  JUGGLER_COMPARE_GREATER_EQUAL,
  JUGGLER_COMPARE_EQUAL,
  JUGGLER_COMPARE_NOT_EQUAL,
  JUGGLER_N_COMPARES,
} JugglerCompare;

/* A loop that the host runs as a native compiled loop. The instructions of its body stand behind it all the same:
 * the native loop takes its operands from there, and a gear that stops before every atom interprets them. */
typedef enum
{
  JUGGLER_NATIVE_NONE,
  JUGGLER_NATIVE_INCREMENT,        /* repeat n { increment g } */
  JUGGLER_NATIVE_LOCKED_INCREMENT, /* repeat n { lock m; increment g; unlock m }; m: mutex, robust, spin or rlock, no time-out */
  JUGGLER_NATIVE_ATOMIC_ADD,       /* repeat n { atomic_add g } */
  JUGGLER_N_NATIVES,
} JugglerNative;

#define JUGGLER_INSTRUCTION_TIMEOUT 1U /* y is a time-out */
#define JUGGLER_INSTRUCTION_READ_MODE 2U /* LOCK/UNLOCK of a rw lock: for reading */

typedef struct
{
  uint8_t        op;      /* JugglerOp */
  uint8_t        compare; /* JugglerCompare */
  uint8_t        native;  /* JugglerNative */
  uint8_t        flags;
  uint32_t       step; /* the step in the document, numbered in document order; JUGGLER_NONE: none */
  uint32_t       a;
  uint32_t       b;
  JugglerOperand x;
  JugglerOperand y;
} JugglerInstruction;

typedef struct
{
  uint32_t offset; /* in the plan's strings */
  uint32_t length; /* bytes, without the NUL that follows */
} JugglerPlanString;

typedef struct
{
  JugglerPlanString name;
  uint32_t          is_list;
  uint32_t          first_element; /* of a list: in the table of elements */
  uint32_t          n_elements;
  uint32_t          reserved;
  int64_t           initial; /* of an integer */
} JugglerPlanGlobal;

typedef enum
{
  JUGGLER_LOCK_MUTEX,
  JUGGLER_LOCK_ROBUST,
  JUGGLER_LOCK_SPIN,
  JUGGLER_LOCK_RLOCK,
  JUGGLER_LOCK_RW,
  JUGGLER_LOCK_SEMAPHORE,
  JUGGLER_LOCK_BARRIER,
  JUGGLER_LOCK_CONDITION,
  JUGGLER_N_LOCK_KINDS,
} JugglerLockKind;

typedef struct
{
  JugglerPlanString name;
  uint32_t          kind; /* JugglerLockKind */
  uint32_t          reserved;
  int64_t           n; /* of a semaphore or a barrier */
} JugglerPlanLock;

/* The steps of main (code 0) or of a task (code 1 + task). */
typedef struct
{
  JugglerPlanString name;              /* of the task; "main" */
  uint32_t          first_instruction; /* in the table of instructions; jumps are relative to it */
  uint32_t          n_instructions;    /* the last one is END */
  uint32_t          n_parameters;
  uint32_t          reserved;
} JugglerPlanCode;

typedef enum
{
  JUGGLER_KIND_PROCESS,
  JUGGLER_KIND_THREAD,
} JugglerWorkerKind;

/* One entry of the document's "workers": all of its count. Group 0 is main. */
typedef struct
{
  JugglerPlanString name;
  uint32_t          kind; /* JugglerWorkerKind; main is a process */
  uint32_t          code;
  uint32_t          daemon;
  int32_t           nice;
  uint32_t          first_worker;
  uint32_t          n_workers;
  uint32_t          first_parameter; /* in the table of parameters: the values bound, one each of the code's */
  uint32_t          first_core;      /* in the table of cores */
  uint32_t          n_cores;         /* 0: any core of the run */
  uint32_t          reserved;
} JugglerPlanGroup;

/* Worker 0 is main, then the workers in the document's order, a group's one after the other. */
typedef struct
{
  JugglerPlanString name;
  uint32_t          group;
  uint32_t          reserved;
} JugglerPlanWorker;

/* The value that a parameter has for a group: an integer, or text for printing. */
typedef struct
{
  uint32_t          is_text;
  uint32_t          reserved;
  int64_t           value;
  JugglerPlanString text;
} JugglerPlanParameter;

typedef enum
{
  JUGGLER_SEGMENT_LITERAL,
  JUGGLER_SEGMENT_NAME,
  JUGGLER_SEGMENT_PID,
  JUGGLER_SEGMENT_PPID,
  JUGGLER_SEGMENT_TID,
  JUGGLER_SEGMENT_LOOP,
  JUGGLER_SEGMENT_REGISTER,
  JUGGLER_SEGMENT_GLOBAL,    /* index */
  JUGGLER_SEGMENT_PARAMETER, /* index */
  JUGGLER_N_SEGMENTS,
} JugglerSegmentKind;

typedef struct
{
  uint32_t          kind; /* JugglerSegmentKind */
  uint32_t          index;
  JugglerPlanString literal;
} JugglerPlanSegment;

/* What a print prints: a run of segments. */
typedef struct
{
  uint32_t first_segment;
  uint32_t n_segments;
} JugglerPlanText;

typedef enum
{
  JUGGLER_TABLE_GLOBALS,      /* JugglerPlanGlobal */
  JUGGLER_TABLE_ELEMENTS,     /* int64_t */
  JUGGLER_TABLE_LOCKS,        /* JugglerPlanLock */
  JUGGLER_TABLE_CODES,        /* JugglerPlanCode */
  JUGGLER_TABLE_INSTRUCTIONS, /* JugglerInstruction */
  JUGGLER_TABLE_GROUPS,       /* JugglerPlanGroup */
  JUGGLER_TABLE_WORKERS,      /* JugglerPlanWorker */
  JUGGLER_TABLE_PARAMETERS,   /* JugglerPlanParameter */
  JUGGLER_TABLE_TEXTS,        /* JugglerPlanText */
  JUGGLER_TABLE_SEGMENTS,     /* JugglerPlanSegment */
  JUGGLER_TABLE_CORES,        /* uint32_t */
  JUGGLER_TABLE_STRINGS,      /* char, every string NUL-terminated */
  JUGGLER_N_TABLES,
} JugglerPlanTable;

typedef struct
{
  uint32_t offset; /* bytes from the start of the plan, a multiple of 8 */
  uint32_t count;  /* entries */
} JugglerPlanRange;

typedef struct
{
  uint32_t         magic;
  uint32_t         version;
  uint32_t         size; /* bytes, header included */
  uint32_t         cores; /* how many cores the run may use; 0: all */
  uint32_t         shared_globals;
  uint32_t         gil;
  uint32_t         race_window_us;
  uint32_t         time_limit_ms;
  JugglerPlanRange tables[JUGGLER_N_TABLES];
} JugglerPlan;

_Static_assert (sizeof (JugglerOperand) == 16, "plan layout");
_Static_assert (sizeof (JugglerInstruction) == 48, "plan layout");
_Static_assert (sizeof (JugglerPlanGlobal) == 32, "plan layout");
_Static_assert (sizeof (JugglerPlanLock) == 24, "plan layout");
_Static_assert (sizeof (JugglerPlanCode) == 24, "plan layout");
_Static_assert (sizeof (JugglerPlanGroup) == 48, "plan layout");
_Static_assert (sizeof (JugglerPlanWorker) == 16, "plan layout");
_Static_assert (sizeof (JugglerPlanParameter) == 24, "plan layout");
_Static_assert (sizeof (JugglerPlanSegment) == 16, "plan layout");
_Static_assert (sizeof (JugglerPlan) == 32 + 8 * JUGGLER_N_TABLES, "plan layout");

size_t juggler_plan_entry_size (JugglerPlanTable table);

/* Checks that each table, string, index, jump and enumeration in a plan of `size` bytes is inside its bounds, so
 * that the interpreter need not. Returns NULL, or what is wrong (a static string). Any thread. */
const char *juggler_plan_validate (const void *data, size_t size);

static inline const void *
juggler_plan_table (const JugglerPlan *plan,
                    JugglerPlanTable   table)
{
  return (const char *) plan + plan->tables[table].offset;
}

static inline uint32_t
juggler_plan_count (const JugglerPlan *plan,
                    JugglerPlanTable   table)
{
  return plan->tables[table].count;
}

static inline const char *
juggler_plan_string (const JugglerPlan *plan,
                     JugglerPlanString  string)
{
  return (const char *) juggler_plan_table (plan, JUGGLER_TABLE_STRINGS) + string.offset;
}

#define JUGGLER_PLAN_ACCESSOR(name, Type, TABLE)                                                                       \
  static inline const Type *juggler_plan_##name (const JugglerPlan *plan, uint32_t index)                              \
  {                                                                                                                    \
    return (const Type *) juggler_plan_table (plan, TABLE) + index;                                                    \
  }

JUGGLER_PLAN_ACCESSOR (global, JugglerPlanGlobal, JUGGLER_TABLE_GLOBALS)
JUGGLER_PLAN_ACCESSOR (element, int64_t, JUGGLER_TABLE_ELEMENTS)
JUGGLER_PLAN_ACCESSOR (lock, JugglerPlanLock, JUGGLER_TABLE_LOCKS)
JUGGLER_PLAN_ACCESSOR (code, JugglerPlanCode, JUGGLER_TABLE_CODES)
JUGGLER_PLAN_ACCESSOR (instruction, JugglerInstruction, JUGGLER_TABLE_INSTRUCTIONS)
JUGGLER_PLAN_ACCESSOR (group, JugglerPlanGroup, JUGGLER_TABLE_GROUPS)
JUGGLER_PLAN_ACCESSOR (worker, JugglerPlanWorker, JUGGLER_TABLE_WORKERS)
JUGGLER_PLAN_ACCESSOR (parameter, JugglerPlanParameter, JUGGLER_TABLE_PARAMETERS)
JUGGLER_PLAN_ACCESSOR (text, JugglerPlanText, JUGGLER_TABLE_TEXTS)
JUGGLER_PLAN_ACCESSOR (segment, JugglerPlanSegment, JUGGLER_TABLE_SEGMENTS)
JUGGLER_PLAN_ACCESSOR (core, uint32_t, JUGGLER_TABLE_CORES)

#undef JUGGLER_PLAN_ACCESSOR
