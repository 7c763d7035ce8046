# SPDX-FileCopyrightText: 2026 The Juggler developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A process that leaves while its child still works: the child gets another parent."""

import facts
import multiprocessing
import os
import time


def parent():
    multiprocessing.Process(target=child, name='child_process').start()
    time.sleep(0.5)
    print(f'parent {os.getpid()} leaves', flush=True)
    os._exit(0)


def child():
    print(f'child: my parent is {os.getppid()}', flush=True)
    time.sleep(1)
    print(f'child: my parent is now {os.getppid()}', flush=True)


if __name__ == '__main__':
    multiprocessing.set_start_method('fork')
    parent_process = multiprocessing.Process(target=parent, name='parent_process')
    facts.tell_at_exit(parent_process)
    parent_process.start()
    parent_process.join()
    print('main process done', flush=True)
