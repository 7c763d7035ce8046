# SPDX-FileCopyrightText: 2026 The Juggler developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The course's program: a daemon thread vanishes with main. (setDaemon(True) is the old way to say daemon=True.)"""

import threading
import time


def work():
    for _ in range(10):
        print('work...', flush=True)
        time.sleep(0.2)
    print('work done', flush=True)


if __name__ == '__main__':
    work_thread = threading.Thread(target=work, name='work_thread', daemon=True)
    work_thread.start()
    time.sleep(1)
    print('main thread done', flush=True)
