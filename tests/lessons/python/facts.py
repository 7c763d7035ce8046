# SPDX-FileCopyrightText: 2026 The Juggler developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tells on stderr, when a program has ended as CPython ends it, how its processes ended. Import it before
multiprocessing: what is registered first runs last, so after multiprocessing has seen to the children."""

import atexit
import json
import os
import sys

_processes = []
_main = os.getpid()


def tell_at_exit(*processes):
    _processes.extend(processes)


def _tell():
    # A forked child inherits this function and must keep quiet.
    if os.getpid() == _main:
        json.dump({process.name: process.exitcode for process in _processes}, sys.stderr)


atexit.register(_tell)
