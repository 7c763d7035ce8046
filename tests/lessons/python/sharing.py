# SPDX-FileCopyrightText: 2026 The Juggler developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The course's program: threads share globals."""

import threading
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
    write_thread = threading.Thread(target=write_data, name='write_thread')
    read_thread = threading.Thread(target=read_data, name='read_thread')
    write_thread.start()
    time.sleep(1)
    read_thread.start()
    read_thread.join()
    print('main', my_list, flush=True)
