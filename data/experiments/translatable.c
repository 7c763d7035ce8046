/* SPDX-FileCopyrightText: 2026 The Juggler developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Written by data/experiments/extract-strings.py for xgettext; no program compiles it. */

/* Translators: title of a chapter of the course */
NC_ ("chapter", "Multitasking")

/* Translators: title of the experiment turns-or-together */
NC_ ("experiment", "Taking turns or together")
/* Translators: what to look for in the experiment turns-or-together */
NC_ ("experiment", "Four busy tasks. On one core they are concurrent: they take turns, and at any instant only one of them runs. On two or more cores as many run at the same instant as there are cores: they are parallel. Compare the total time on one core and on all of them, and try threads in place of processes.")

/* Translators: title of a chapter of the course */
NC_ ("chapter", "Processes")

/* Translators: title of the experiment main-and-child */
NC_ ("experiment", "Main process and child process")
/* Translators: what to look for in the experiment main-and-child */
NC_ ("experiment", "A running program is a process, the main process. It starts a second one, its child. Look at the numbers of the workers: each has one of its own (PID), and the child's parent number (PPID) is the main process's PID.")

/* Translators: title of the experiment two-processes */
NC_ ("experiment", "Two processes")
/* Translators: what to look for in the experiment two-processes */
NC_ ("experiment", "Coding and listening to music at the same time, each in a process of its own. The lines of the two are mixed in the output: neither waits for the other to finish. Both together take as long as one alone.")

/* Translators: title of the experiment args */
NC_ ("experiment", "Arguments by position: args")
/* Translators: what to look for in the experiment args */
NC_ ("experiment", "The task takes a parameter num, and the worker is created with args: [3]. The values go to the parameters by their position, so coding is done three times and not once.")

/* Translators: title of the experiment kwargs */
NC_ ("experiment", "Arguments by name: kwargs")
/* Translators: what to look for in the experiment kwargs */
NC_ ("experiment", "The worker is created with kwargs: {\"num\": 3}. The value goes to the parameter of that name. Misspell the name and the experiment is refused, with the name that was probably meant.")

/* Translators: title of the experiment pids */
NC_ ("experiment", "Process numbers: getpid and getppid")
/* Translators: what to look for in the experiment pids */
NC_ ("experiment", "Main and its two children print their own number and their parent's. The numbers in the output are those of the workers: both children name the main process as their parent.")

/* Translators: title of the experiment no-sharing */
NC_ ("experiment", "Processes do not share globals")
/* Translators: what to look for in the experiment no-sharing */
NC_ ("experiment", "One process fills my_list, and a second later another one reads it. The writer has [0, 1, 2]; the reader and main have []. A child process gets a copy of main's variables: they stand at the same address in each, and hold other contents.")

/* Translators: title of the experiment main-waits */
NC_ ("experiment", "Main waits for its children")
/* Translators: what to look for in the experiment main-waits */
NC_ ("experiment", "Main has done its last step after one second, and its child needs two. Main does not end with its last line of output: it waits for the child and ends with it.")

/* Translators: title of the experiment daemon-process */
NC_ ("experiment", "A daemon process goes with main")
/* Translators: what to look for in the experiment daemon-process */
NC_ ("experiment", "The child would work for six seconds, but it is a daemon. Main is done after one second, and the child is cut off with it: it never prints its last line.")

/* Translators: title of the experiment terminate */
NC_ ("experiment", "Terminating a child: terminate")
/* Translators: what to look for in the experiment terminate */
NC_ ("experiment", "Main ends its child after one second: the child gets the signal SIGTERM (15) in the middle of its work and never prints its last line. Then main goes on.")

/* Translators: title of a chapter of the course */
NC_ ("chapter", "Threads")

/* Translators: title of the experiment threads-in-a-process */
NC_ ("experiment", "Threads in a process")
/* Translators: what to look for in the experiment threads-in-a-process */
NC_ ("experiment", "A process has at least one thread, which runs its program; it may start more. All threads have the PID of their process. Each has a number of its own (TID), and the main thread's TID is the PID.")

/* Translators: title of the experiment two-threads */
NC_ ("experiment", "Two threads")
/* Translators: what to look for in the experiment two-threads */
NC_ ("experiment", "Coding and listening to music again, now as two threads of one process. The output is mixed as it was with two processes, but there is only one PID.")

/* Translators: title of the experiment thread-args */
NC_ ("experiment", "Arguments of threads")
/* Translators: what to look for in the experiment thread-args */
NC_ ("experiment", "Threads take arguments as processes do: coding gets args: [3] and is done three times, music gets kwargs: {\"count\": 1} and is done once.")

/* Translators: title of the experiment main-thread-waits */
NC_ ("experiment", "The main thread waits for its threads")
/* Translators: what to look for in the experiment main-thread-waits */
NC_ ("experiment", "The main thread has done its last step after one second, and its thread needs two. The process lives until the thread has ended.")

/* Translators: title of the experiment daemon-thread */
NC_ ("experiment", "A daemon thread vanishes with main")
/* Translators: what to look for in the experiment daemon-thread */
NC_ ("experiment", "The thread would work for two seconds, but it is a daemon. The main thread is done after one second: the process ends, and the thread vanishes in the middle of its work. It never prints its last line.")

/* Translators: title of the experiment no-order */
NC_ ("experiment", "The order of threads is not fixed")
/* Translators: what to look for in the experiment no-order */
NC_ ("experiment", "Ten threads are started one after the other and sleep equally long. In which order do they print their names? The scheduler decides. Run it several times and compare.")

/* Translators: title of the experiment sharing */
NC_ ("experiment", "Threads share globals")
/* Translators: what to look for in the experiment sharing */
NC_ ("experiment", "One thread fills my_list, and a second later another one reads it. Writer, reader and main all see [0, 1, 2]: the threads of a process use one and the same list.")

/* Translators: title of a chapter of the course */
NC_ ("chapter", "Shared data")

/* Translators: title of the experiment lost-updates */
NC_ ("experiment", "Lost updates")
/* Translators: what to look for in the experiment lost-updates */
NC_ ("experiment", "Two threads add 1 to the same counter, 50 000 000 times each. An increment reads the counter, adds, and writes it back; what the other thread wrote in between is lost. On two or more cores the end value is less than 100 000 000 every time, and hardly ever the same. On one core the threads take turns: few interruptions fall between read and write, but where one does, all that the other thread added in its turn is lost.")

/* Translators: title of the experiment mutex */
NC_ ("experiment", "Mutex")
/* Translators: what to look for in the experiment mutex */
NC_ ("experiment", "The same two threads, 1 000 000 increments each, with a mutex taken and released around every single increment. Only the thread that holds it may touch the counter; whoever comes late waits. The result is exact every time, and the waiting costs time.")

/* Translators: title of the experiment mutex-around */
NC_ ("experiment", "Mutex around the whole loop")
/* Translators: what to look for in the experiment mutex-around */
NC_ ("experiment", "The mutex is taken once before the loop and released once after it. The result is exact, and quicker than with the mutex inside the loop; but the second thread waits until the first has finished, so they no longer run at the same time.")

/* Translators: title of the experiment atomic */
NC_ ("experiment", "Atomic increments")
/* Translators: what to look for in the experiment atomic */
NC_ ("experiment", "The same two threads, 1 000 000 additions each, without a lock: every addition is one indivisible instruction of the processor. Nothing can come between read and write, so the result is exact.")

/* Translators: title of a chapter of the course */
NC_ ("chapter", "Deadlock")

/* Translators: title of the experiment forgotten-release */
NC_ ("experiment", "A lock that is never released")
/* Translators: what to look for in the experiment forgotten-release */
NC_ ("experiment", "The first thread takes the mutex, does its work, and ends without releasing it. The second waits for the mutex, and main waits for the second: nothing can ever wake them. The run is recognised as a deadlock, and the thread that took the lock with it is named.")

/* Translators: title of a chapter of the course */
NC_ ("chapter", "Beyond the course")

/* Translators: title of the experiment nested-processes */
NC_ ("experiment", "Processes that start processes")
/* Translators: what to look for in the experiment nested-processes */
NC_ ("experiment", "Main starts a child, and the child starts two of its own, main's grandchildren. So there are three levels, and each PPID is the PID one level up. The grandchildren's g_num is a copy of the child's, as it was when they were started.")

/* Translators: title of the experiment zombie */
NC_ ("experiment", "Zombie")
/* Translators: what to look for in the experiment zombie */
NC_ ("experiment", "The child ends at once, but main does not ask for its exit code before two seconds have passed. Until then the child is a zombie: it has ended, runs nothing and uses no memory, and still has its entry in the process table. When main joins it, it is gone.")

/* Translators: title of the experiment orphan */
NC_ ("experiment", "Orphan")
/* Translators: what to look for in the experiment orphan */
NC_ ("experiment", "A parent process starts a child and leaves without waiting for it. The child goes on as an orphan: its PPID changes from its parent's number to that of the process that takes orphans in. In old books that is process 1; on a desktop it is the nearest subreaper, and here the keeper of the experiment.")
