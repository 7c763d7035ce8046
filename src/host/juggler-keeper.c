/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The host's first process. It starts main, and from then on only looks: at the socket, at dead children (it is the
 * subreaper, so every orphan of the run becomes its child), and every TICK_MS at the shared memory. It does nothing that
 * costs the experiment time; the tick is as long as the answers may take, since each tick may take a core from a worker
 * for some microseconds.
 *
 * Whatever happens, it leaves nothing behind: when the window's end of the socket closes, when main dies, and when the
 * run is over, every process of the run is killed and reaped before the keeper itself ends. */

#include "juggler-keeper.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "juggler-deadlock.h"
#include "juggler-life.h"
#include "juggler-lock.h"
#include "juggler-message.h"
#include "juggler-signals.h"

#define TICK_MS 20
#define HURRIED_TICKS 20       /* after a worker signalled another: so many looks, a millisecond apart */
#define SLOW_LOOK_NS 80000000U /* deadlocks and stopped processes are looked for so seldom */
#define STOPPED_LOOKS 32U      /* so many /proc/PID/stat at a time, in turn */
#define PUBLISH_WAIT_US 20000U /* how long processes that are cut short may take to publish their values */

typedef struct
{
  JugglerShared  *shared;
  int             socket;
  int             signals; /* signalfd */
  pid_t           main_pid;
  int             main_ended;
  int             tearing_down;
  int             main_status;
  uint64_t        deadline_ns; /* CLOCK_MONOTONIC; 0: main has not begun */
  uint32_t        next_look;   /* whose /proc/PID/stat comes next */
  JugglerDeadlock deadlock;
} Keeper;

static uint64_t
ticks (const Keeper *self)
{
  return juggler_clock_ticks ((JugglerClockSource) self->shared->clock);
}

static int
is_process (const Keeper *self,
            uint32_t      worker)
{
  const JugglerSlot *slot = juggler_shared_slot (self->shared, worker);

  return atomic_load (&slot->pid) > 0 && atomic_load (&slot->process) == worker &&
         (worker == 0 || atomic_load (&slot->parent) != JUGGLER_NONE);
}

/* The state letter and the exit status in /proc/PID/stat, proc(5): fields 3 and 52; the name may hold anything, so
 * they are counted from the last ")". Returns the letter, or 0 where there is no such process. */
static char
read_stat (pid_t  pid,
           int   *status)
{
  char path[32], text[1024];
  char *field;
  ssize_t length;
  int fd;

  snprintf (path, sizeof path, "/proc/%d/stat", pid);
  fd = open (path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return 0;
  length = read (fd, text, sizeof text - 1);
  close (fd);
  if (length <= 0)
    return 0;
  text[length] = '\0';
  field = strrchr (text, ')');
  if (field == NULL || strlen (field) < 3)
    return 0;
  if (status != NULL)
    {
      char *last = strrchr (field, ' ');

      *status = last != NULL ? atoi (last) : 0;
    }
  return field[2];
}

/* Whether a worker's steps start others at all: most do not, and then nobody depends on its process. */
static int
starts_others (const JugglerShared *shared,
               uint32_t             worker)
{
  const JugglerPlan *plan = juggler_shared_plan (shared);
  const JugglerPlanGroup *group = juggler_plan_group (plan, juggler_plan_worker (plan, worker)->group);
  const JugglerPlanCode *code = juggler_plan_code (plan, group->code);

  for (uint32_t pc = 0; pc < code->n_instructions; pc++)
    if (juggler_plan_instruction (plan, code->first_instruction + pc)->op == JUGGLER_OP_START)
      return 1;
  return 0;
}

/* Whether a child has outlived its parent, which is gone. Where the keeper came late, on a busy machine, both may have
 * ended: then their own last stamps tell. */
static int
outlives (const JugglerSlot *child,
          const JugglerSlot *parent)
{
  uint64_t end = atomic_load (&child->end_ticks);
  uint64_t parent_end = atomic_load (&parent->end_ticks);

  if (!(atomic_load (&child->flags) & (JUGGLER_SLOT_REAPED | JUGGLER_SLOT_ZOMBIE)) &&
      !(atomic_load (&child->life) & FUTEX_OWNER_DIED))
    return 1;
  return end != 0 && parent_end != 0 && end > parent_end;
}

/* The process of `worker` is gone: its threads with it, and its children have a new parent. */
static void
note_dependents (Keeper   *self,
                 uint32_t  worker)
{
  uint64_t death = atomic_load (&juggler_shared_slot (self->shared, worker)->death_ticks);
  int by_signal = worker == 0 && self->main_ended && WIFSIGNALED (self->main_status);

  for (uint32_t i = 0; i < self->shared->n_workers; i++)
    {
      JugglerSlot *other = juggler_shared_slot (self->shared, i);
      uint32_t state = atomic_load (&other->state);
      uint64_t none = 0;

      if (i == worker || state == JUGGLER_SLOT_NEVER_STARTED)
        continue;
      if (atomic_load (&other->process) == worker)
        {
          juggler_lock_worker_died (self->shared, i);
          if (state == JUGGLER_SLOT_FINISHED || state == JUGGLER_SLOT_FAILED)
            continue;
          atomic_compare_exchange_strong (&other->death_ticks, &none, death);
          atomic_fetch_or (&other->flags, JUGGLER_SLOT_VANISHED);
        }
      /* Those of a main that died of a signal are about to be killed: they are no orphans. */
      else if (!by_signal && !self->tearing_down && atomic_load (&other->parent) == worker && is_process (self, i) &&
               outlives (other, juggler_shared_slot (self->shared, worker)))
        {
          atomic_store (&other->new_ppid, getpid ());
          atomic_fetch_or (&other->flags, JUGGLER_SLOT_ORPHAN);
        }
    }
}

/* A process of the run is dead; perhaps nobody has taken its exit status yet. */
static void
note_death (Keeper   *self,
            uint32_t  worker)
{
  JugglerSlot *slot = juggler_shared_slot (self->shared, worker);
  uint64_t none = 0;
  int status = 0;

  /* The kernel marks the life word a moment before the process is a zombie. */
  if (!(atomic_load (&slot->flags) & JUGGLER_SLOT_REAPED))
    {
      char letter = read_stat (atomic_load (&slot->pid), &status);

      if (letter != 'Z' && letter != 'X' && letter != 0)
        return;
      if (letter == 'Z' && !(atomic_load (&slot->flags) & JUGGLER_SLOT_REAPED))
        atomic_store (&slot->wait_status, status);
    }
  atomic_compare_exchange_strong (&slot->death_ticks, &none, ticks (self));
  juggler_lock_worker_died (self->shared, worker);
  if (starts_others (self->shared, worker))
    note_dependents (self, worker);
  atomic_fetch_or (&slot->flags, JUGGLER_SLOT_ZOMBIE);
}

static void
look_for_deaths (Keeper *self)
{
  /* Main is the keeper's own child: its death comes by SIGCHLD, with its status. */
  for (uint32_t i = 1; i < self->shared->n_workers; i++)
    {
      JugglerSlot *slot = juggler_shared_slot (self->shared, i);

      uint32_t life = atomic_load_explicit (&slot->life, memory_order_relaxed);
      /* A child killed before its first instruction has not registered its life word. */
      int suspected = (life & FUTEX_OWNER_DIED) || (life == 0 && is_process (self, i) &&
                                                    atomic_load (&slot->state) == JUGGLER_SLOT_STARTING);

      if (suspected && !(atomic_load (&slot->flags) & JUGGLER_SLOT_ZOMBIE))
        note_death (self, i);
    }
}

/* Processes that SIGSTOP holds: only /proc tells, so a few are looked at each time. */
static void
look_for_stopped (Keeper *self)
{
  uint32_t looks = 0;

  for (uint32_t n = 0; n < self->shared->n_workers && looks < STOPPED_LOOKS; n++)
    {
      uint32_t i = self->next_look++ % self->shared->n_workers;
      JugglerSlot *slot = juggler_shared_slot (self->shared, i);

      if (!is_process (self, i) || !juggler_deadlock_lives (self->shared, i))
        continue;
      looks++;
      if (read_stat (atomic_load (&slot->pid), NULL) == 'T')
        atomic_fetch_or (&slot->flags, JUGGLER_SLOT_STOPPED | JUGGLER_SLOT_WAS_STOPPED);
      else
        atomic_fetch_and (&slot->flags, ~JUGGLER_SLOT_STOPPED);
    }
}

static void
note_reaped (Keeper *self,
             pid_t   pid,
             int     status)
{
  if (pid == self->main_pid)
    {
      JugglerSlot *slot = juggler_shared_slot (self->shared, 0);
      uint64_t none = 0;

      self->main_ended = 1;
      self->main_status = status;
      atomic_compare_exchange_strong (&slot->death_ticks, &none, ticks (self));
      atomic_store (&slot->wait_status, status);
      atomic_fetch_or (&slot->flags, JUGGLER_SLOT_REAPED);
      note_death (self, 0);
      return;
    }
  for (uint32_t i = 1; i < self->shared->n_workers; i++)
    {
      JugglerSlot *slot = juggler_shared_slot (self->shared, i);

      if (atomic_load (&slot->pid) == pid && is_process (self, i))
        {
          uint64_t none = 0;

          atomic_compare_exchange_strong (&slot->death_ticks, &none, ticks (self));
          atomic_store (&slot->wait_status, status);
          atomic_fetch_or (&slot->flags, JUGGLER_SLOT_REAPED);
          note_death (self, i);
          return;
        }
    }
}

/* Returns 0 when no child is left at all. */
static int
reap_all (Keeper *self)
{
  pid_t pid;
  int status;

  while ((pid = waitpid (-1, &status, WNOHANG)) > 0)
    note_reaped (self, pid, status);
  return pid == 0 || errno != ECHILD;
}

/* Ending */

static void
kill_children (void)
{
  char path[64], text[4096];
  size_t kept = 0;
  ssize_t length;
  int fd;

  /* Those that the slots do not know (yet): a child killed between fork and its first instruction. Needs
   * CONFIG_PROC_CHILDREN; without it, they end by their parent's death signal. */
  snprintf (path, sizeof path, "/proc/self/task/%d/children", gettid ());
  fd = open (path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return;
  while ((length = read (fd, text + kept, sizeof text - 1 - kept)) > 0)
    {
      char *at = text;
      char *space;

      text[kept + (size_t) length] = '\0';
      while ((space = strchr (at, ' ')) != NULL)
        {
          kill (atoi (at), SIGKILL);
          at = space + 1;
        }
      kept = strlen (at);
      memmove (text, at, kept + 1);
    }
  close (fd);
}

/* Kills and reaps all that is left. With `record` what became of them goes into the slots. */
static void
tear_down (Keeper *self,
           int     record)
{
  self->tearing_down = 1;
  /* A dying process's children become the keeper's one by one: kill and reap until none is left. */
  for (;;)
    {
      pid_t pid;
      int status;

      for (uint32_t i = 0; i < self->shared->n_workers; i++)
        {
          JugglerSlot *slot = juggler_shared_slot (self->shared, i);

          if (is_process (self, i) && !(atomic_load (&slot->flags) & JUGGLER_SLOT_REAPED))
            kill (atomic_load (&slot->pid), SIGKILL);
        }
      kill_children ();
      pid = waitpid (-1, &status, 0);
      if (pid < 0 && errno == ECHILD)
        break;
      if (pid > 0 && record)
        note_reaped (self, pid, status);
      else if (pid > 0)
        for (uint32_t i = 0; i < self->shared->n_workers; i++)
          {
            JugglerSlot *slot = juggler_shared_slot (self->shared, i);

            if (atomic_load (&slot->pid) != pid || !is_process (self, i))
              continue;
            /* Who was dead before the end of the run keeps its status; who lived keeps its state. */
            if (atomic_load (&slot->flags) & JUGGLER_SLOT_ZOMBIE)
              atomic_store (&slot->wait_status, status);
            else if (atomic_load (&slot->flags) & JUGGLER_SLOT_ORPHAN)
              atomic_fetch_or (&slot->flags, JUGGLER_SLOT_CUT_ORPHAN);
            /* Whoever is not ours any more must not be signalled again. */
            atomic_store (&slot->pid, -pid);
            break;
          }
    }
  for (uint32_t i = 0; i < self->shared->n_workers; i++)
    {
      JugglerSlot *slot = juggler_shared_slot (self->shared, i);
      int32_t pid = atomic_load (&slot->pid);

      if (pid < 0)
        atomic_store (&slot->pid, -pid);
    }
}

/* Processes that are cut short say once more what their globals are now: main's own copy shows what its threads
 * have done while it waited. */
static void
ask_for_values (Keeper *self)
{
  const struct timespec pause = { .tv_nsec = 200000 };
  uint64_t deadline = juggler_clock_monotonic_ns () + PUBLISH_WAIT_US * 1000U;
  uint32_t waiting;

  for (uint32_t i = 0; i < self->shared->n_workers; i++)
    if (is_process (self, i) && juggler_deadlock_lives (self->shared, i))
      syscall (SYS_tgkill, atomic_load (&juggler_shared_slot (self->shared, i)->pid),
               atomic_load (&juggler_shared_slot (self->shared, i)->pid), juggler_signal_publish ());
  do
    {
      waiting = 0;
      for (uint32_t i = 0; i < self->shared->n_workers; i++)
        if (is_process (self, i) && juggler_deadlock_lives (self->shared, i) &&
            !(atomic_load (&juggler_shared_slot (self->shared, i)->flags) & JUGGLER_SLOT_PUBLISHED))
          waiting++;
      if (waiting > 0)
        nanosleep (&pause, NULL);
    }
  while (waiting > 0 && juggler_clock_monotonic_ns () < deadline);
}

static void
end_run (Keeper         *self,
         JugglerOutcome  outcome,
         uint64_t        at)
{
  JugglerShared *shared = self->shared;

  atomic_store (&shared->end_ticks, at);
  atomic_store (&shared->outcome, outcome);
  atomic_store (&shared->stop, 1);
  if (outcome != JUGGLER_OUTCOME_FINISHED && outcome != JUGGLER_OUTCOME_MAIN_DIED)
    ask_for_values (self);
  juggler_message_send (self->socket, JUGGLER_MESSAGE_OUTCOME, 0, outcome, 0);
  tear_down (self, outcome == JUGGLER_OUTCOME_MAIN_DIED);
  juggler_message_send (self->socket, JUGGLER_MESSAGE_ENDED, 0, outcome, 0);
}

/* Nobody of the run is left: it ended when the last of its processes did. */
static uint64_t
last_end (const Keeper *self)
{
  uint64_t last = 0;

  for (uint32_t i = 0; i < self->shared->n_workers; i++)
    {
      const JugglerSlot *slot = juggler_shared_slot (self->shared, i);
      uint64_t end = atomic_load (&slot->end_ticks);

      if (end == 0)
        end = atomic_load (&slot->death_ticks);
      if (end > last)
        last = end;
    }
  return last != 0 ? last : ticks (self);
}

/* Returns 1 when the run has ended. */
static int
look_at_end (Keeper *self,
             int     children_left)
{
  JugglerShared *shared = self->shared;

  if (atomic_load (&shared->refusal) != JUGGLER_REFUSED_NOTHING)
    {
      end_run (self, JUGGLER_OUTCOME_REFUSED, ticks (self));
      return 1;
    }
  if (self->main_ended && WIFSIGNALED (self->main_status))
    {
      end_run (self, JUGGLER_OUTCOME_MAIN_DIED, atomic_load (&juggler_shared_slot (shared, 0)->death_ticks));
      return 1;
    }
  if (self->main_ended && !children_left)
    {
      end_run (self, JUGGLER_OUTCOME_FINISHED, last_end (self));
      return 1;
    }
  if (self->deadline_ns == 0 && atomic_load (&shared->start_ticks) != 0)
    self->deadline_ns = atomic_load (&shared->start_monotonic_ns) +
                        (uint64_t) juggler_shared_plan (shared)->time_limit_ms * 1000000U;
  if (self->deadline_ns != 0 && juggler_clock_monotonic_ns () >= self->deadline_ns)
    {
      end_run (self, JUGGLER_OUTCOME_TIME_LIMIT, ticks (self));
      return 1;
    }
  return 0;
}

/* Messages; returns 1 when the run has ended, -1 when the window is gone. */
static int
look_at_socket (Keeper *self)
{
  JugglerMessage message;
  int result;

  while ((result = juggler_message_receive (self->socket, &message, self->shared->n_workers)) == 1)
    {
      if (message.type == JUGGLER_MESSAGE_STOP)
        {
          end_run (self, JUGGLER_OUTCOME_STOPPED, ticks (self));
          return 1;
        }
      if (message.type == JUGGLER_MESSAGE_SIGNAL && is_process (self, message.worker) &&
          juggler_deadlock_lives (self->shared, message.worker))
        kill (atomic_load (&juggler_shared_slot (self->shared, message.worker)->pid), message.value);
    }
  return result == -EAGAIN || result == -EBADMSG ? 0 : -1;
}

static int
loop (Keeper *self)
{
  struct pollfd fds[] = { { .fd = self->socket, .events = POLLIN }, { .fd = self->signals, .events = POLLIN } };
  struct signalfd_siginfo info;
  uint64_t next_slow_look = 0;
  unsigned hurried = 0;

  for (;;)
    {
      int children_left;
      int result;

      poll (fds, 2, hurried > 0 ? 1 : TICK_MS);
      if (hurried > 0)
        hurried--;
      while (read (self->signals, &info, sizeof info) > 0)
        if (info.ssi_signo == SIGUSR1)
          hurried = HURRIED_TICKS;
      look_for_deaths (self);
      children_left = reap_all (self);
      result = look_at_socket (self);
      if (result < 0)
        {
          tear_down (self, 0);
          return 1;
        }
      if (result > 0 || look_at_end (self, children_left))
        return 0;
      if (juggler_clock_monotonic_ns () < next_slow_look)
        continue;
      next_slow_look = juggler_clock_monotonic_ns () + SLOW_LOOK_NS;
      look_for_stopped (self);
      if (juggler_deadlock_look (&self->deadlock))
        {
          end_run (self, JUGGLER_OUTCOME_DEADLOCK, ticks (self));
          return 0;
        }
    }
}

/* Starting */

/* Main and all that it starts may use the first `cores` of those that the host may use. */
static int
restrict_cores (JugglerShared   *shared,
                const cpu_set_t *machine,
                cpu_set_t       *cores)
{
  uint32_t wanted = juggler_shared_plan (shared)->cores;
  uint32_t n = 0;

  CPU_ZERO (cores);
  for (unsigned core = 0; core < CPU_SETSIZE && (wanted == 0 || n < wanted); core++)
    if (CPU_ISSET (core, machine))
      {
        CPU_SET (core, cores);
        n++;
      }
  atomic_store (&shared->cores_used, n);
  return sched_setaffinity (0, sizeof *cores, cores);
}

static _Noreturn void
main_process (JugglerShared   *shared,
              int              socket,
              int              signals,
              int              doorbell,
              const cpu_set_t *machine,
              const sigset_t  *mask)
{
  cpu_set_t cores;

  close (socket);
  close (signals);
  sigprocmask (SIG_SETMASK, mask, NULL);
  if (restrict_cores (shared, machine, &cores) < 0)
    juggler_life_refused (shared, JUGGLER_REFUSED_AFFINITY, errno, 0);
  juggler_life_main (shared, doorbell, &cores);
}

static int
start (Keeper *self,
       int     doorbell)
{
  JugglerShared *shared = self->shared;
  cpu_set_t machine;
  sigset_t mask, old;
  int result;

  prctl (PR_SET_CHILD_SUBREAPER, 1);
  prctl (PR_SET_NAME, "juggler-keeper");
  atomic_store (&shared->keeper_pid, getpid ());
  if (sched_getaffinity (0, sizeof machine, &machine) < 0)
    return -errno;
  sigemptyset (&mask);
  sigaddset (&mask, SIGCHLD);
  sigaddset (&mask, SIGUSR1);
  sigprocmask (SIG_BLOCK, &mask, &old);
  self->signals = signalfd (-1, &mask, SFD_CLOEXEC | SFD_NONBLOCK);
  if (self->signals < 0)
    return -errno;
  result = juggler_deadlock_init (&self->deadlock, shared);
  if (result < 0)
    return result;

  self->main_pid = fork ();
  if (self->main_pid == 0)
    main_process (shared, self->socket, self->signals, doorbell, &machine, &old);
  if (self->main_pid < 0)
    {
      /* There is no worker yet who could tell: it is main itself that was refused. */
      atomic_store (&shared->refusal_errno, errno);
      atomic_store (&shared->refusal, JUGGLER_REFUSED_PROCESS);
      return 0;
    }
  atomic_store (&shared->main_pid, self->main_pid);
  return 0;
}

int
juggler_keeper_run (JugglerShared *shared,
                    int            socket,
                    int            doorbell)
{
  Keeper self = { .shared = shared, .socket = socket, .signals = -1 };
  int result = start (&self, doorbell);

  if (result < 0)
    {
      juggler_message_send (socket, JUGGLER_MESSAGE_FAULT, 0, JUGGLER_FAULT_SYSTEM, -result);
      return 1;
    }
  juggler_message_send (socket, JUGGLER_MESSAGE_READY, 0, JUGGLER_SHARED_VERSION, 0);
  result = loop (&self);
  close (self.signals);
  return result;
}
