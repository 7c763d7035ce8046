/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A process of the run must not outlive the keeper, but it may outlive its parent: a worker whose parent has ended
 * is an orphan, adopted by the keeper (a subreaper), and goes on. So the signal at the parent's death is one that can
 * be handled, not SIGKILL: whoever finds that its new parent is the keeper lives on, and the keeper decides; whoever
 * finds another knows that the keeper is gone, and ends. prctl(2): the signal is sent again at each re-parenting.
 *
 * A process that is stopped (SIGSTOP) runs no handler. Only SIGKILL reaches it, and its parent is the last one who
 * knows it: so whoever ends here kills the children that it has recorded before it goes. */

#include "juggler-signals.h"

#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "juggler-sanitizer.h"

static JugglerProcess *handled_process;
static pid_t followed_parent;
static int parent_died_signal; /* SIGRTMIN is a call into libc, at a page fault a child */

int
juggler_signal_parent_died (void)
{
  return SIGRTMIN + 1;
}

int
juggler_signal_publish (void)
{
  return SIGRTMIN + 2;
}

static void
kill_recorded_children (void)
{
  const JugglerShared *shared = handled_process->shared;

  for (uint32_t i = 1; i < shared->n_workers; i++)
    {
      JugglerSlot *slot = juggler_shared_slot (shared, i);
      int32_t pid = atomic_load (&slot->pid);

      if (atomic_load (&slot->parent) == handled_process->leader && pid > 0 &&
          atomic_load (&slot->process) == i && !(atomic_load (&slot->flags) & JUGGLER_SLOT_REAPED))
        kill (pid, SIGKILL);
    }
}

static void
parent_died_cb (int signal_number)
{
  pid_t parent = getppid ();

  /* A parent with several threads does not end all at once: when its first thread ends before another, the kernel gives
   * its children to that one, still of the same process, and sends the signal again when that one ends too. */
  if (parent == followed_parent || parent == atomic_load (&handled_process->shared->keeper_pid))
    return;
  kill_recorded_children ();
  _exit (128 + SIGKILL);
}

static void
publish_cb (int signal_number)
{
  const JugglerShared *shared = handled_process->shared;
  _Atomic int64_t *values = juggler_shared_values (shared, handled_process->leader);
  struct timespec cpu;

  for (uint32_t g = 0; g < shared->n_values; g++)
    {
      const void *global = handled_process->globals + (size_t) g * JUGGLER_GLOBAL_STRIDE;

      atomic_store_explicit (&values[g], atomic_load_explicit ((const _Atomic int64_t *) global, memory_order_relaxed),
                             memory_order_relaxed);
    }
  /* clock_gettime(2) is async-signal-safe. */
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &cpu);
  atomic_store (&juggler_shared_slot (shared, handled_process->leader)->cpu_ns,
                (uint64_t) cpu.tv_sec * 1000000000U + (uint64_t) cpu.tv_nsec);
  atomic_fetch_or (&juggler_shared_slot (shared, handled_process->leader)->flags, JUGGLER_SLOT_PUBLISHED);
}

#if defined(JUGGLER_THREAD_SANITIZER) && defined(__x86_64__)
/* ThreadSanitizer keeps a signal back until the program calls into libc again, which a loop over atomics and raw
 * futex calls never does. So here, and only here, the handler goes to the kernel directly. */
struct kernel_action
{
  void (*handler) (int);
  unsigned long flags;
  void (*restorer) (void);
  unsigned long mask;
};

__asm__ (".text\n.type juggler_signal_return, @function\njuggler_signal_return:\n  mov $15, %eax\n  syscall\n");
void juggler_signal_return (void);

static void
install (int signal_number,
         void (*handler) (int))
{
  struct kernel_action action = { handler, 0x04000000UL | SA_RESTART, juggler_signal_return, 0 };

  syscall (SYS_rt_sigaction, signal_number, &action, NULL, 8);
}
#else
static void
install (int signal_number,
         void (*handler) (int))
{
  struct sigaction action = { .sa_handler = handler, .sa_flags = SA_RESTART };

  sigaction (signal_number, &action, NULL);
}
#endif

void
juggler_signals_install (JugglerProcess *process)
{
  handled_process = process;
  parent_died_signal = juggler_signal_parent_died ();
  install (juggler_signal_parent_died (), parent_died_cb);
  install (juggler_signal_publish (), publish_cb);
}

void
juggler_signals_follow_parent (pid_t parent)
{
  pid_t now;

  followed_parent = parent;
  syscall (SYS_prctl, PR_SET_PDEATHSIG, parent_died_signal, 0, 0, 0);
  now = getppid ();
  if (now != parent && now != atomic_load (&handled_process->shared->keeper_pid))
    _exit (128 + SIGKILL);
}
