# SPDX-FileCopyrightText: 2026 The Juggler developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The course's program: processes do not share globals."""

import facts
import multiprocessing
import time

my_list = []


def write_data():
    for i in range(3):
        my_list.append(i)
        print('add:', i, flush=True)
    print('write_data', my_list, flush=True)


def read_data():
    print('read_data', my_list, flush=True)


if __name__ == '__main__':
    multiprocessing.set_start_method('fork')
    write_process = multiprocessing.Process(target=write_data, name='write_process')
    read_process = multiprocessing.Process(target=read_data, name='read_process')
    facts.tell_at_exit(write_process, read_process)
    write_process.start()
    time.sleep(1)
    read_process.start()
    read_process.join()
    print('main', my_list, flush=True)
