# SPDX-FileCopyrightText: 2026 The Juggler developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The course's program: main waits for its child process."""

import facts
import multiprocessing
import time


def work():
    for _ in range(10):
        print('work...', flush=True)
        time.sleep(0.2)
    print('work done', flush=True)


if __name__ == '__main__':
    multiprocessing.set_start_method('fork')
    work_process = multiprocessing.Process(target=work, name='work_process')
    facts.tell_at_exit(work_process)
    work_process.start()
    time.sleep(1)
    print('main process done', flush=True)
