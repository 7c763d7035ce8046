#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Juggler developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-cpython.py NAME: an experiment, and the same program written by hand in Python (python/NAME.py) and run by
CPython, show the same order of events and the same values."""

import json
import os
import pathlib
import re
import subprocess
import sys

from juggler_run import Run, check, check_equal, main

PROGRAMS = pathlib.Path(__file__).resolve().parent / 'python'
# Where one worker is cut off a second after its start, which was its fifth line or its sixth is a toss-up in both.
CUT_OFF = {'daemon-process', 'daemon-thread', 'terminate'}


def with_roles(name, lines):
    """Numbers of processes, which only the orphan's program prints, replaced by the order of their appearance."""
    if name != 'orphan':
        return lines
    roles = {}

    def role(match):
        return roles.setdefault(match.group(0), f'<process {len(roles) + 1}>')

    return [re.sub(r'[0-9]+', role, line) for line in lines]


def order(lines):
    """Each different line once, in the order in which it was first said."""
    return list(dict.fromkeys(lines))


def ends(run):
    """How each process that main started ended, in the words of Python's exitcode."""
    return {worker['name']: worker['exit'] if worker['signal'] is None else -worker['signal']
            for worker in run.result['workers']
            if worker['kind'] == 'process' and worker['ppid'] == run.result['main']['pid']}


def agrees(name):
    # Unbuffered, Python writes a line and its end apart, and another process may come between.
    environment = {key: value for key, value in os.environ.items() if key != 'PYTHONUNBUFFERED'}
    python = subprocess.run([sys.executable, str(PROGRAMS / f'{name}.py')], env=environment, capture_output=True,
                            text=True, check=False)
    check_equal(python.returncode, 0, f'exit status of python\n{python.stderr}')
    said = python.stdout.splitlines()
    check(said, 'python said nothing')
    run = Run(name)
    lines = run.lines()
    check_equal(order(with_roles(name, lines)), order(with_roles(name, said)), 'order of events, Juggler against Python')
    if name not in CUT_OFF:
        check_equal(sorted(with_roles(name, lines)), sorted(with_roles(name, said)), 'all lines, Juggler against Python')
    if python.stderr:
        check_equal(ends(run), json.loads(python.stderr), 'how the processes ended, Juggler against Python')
    check_equal(run.result['main']['exit'], python.returncode, 'exit status of main')


TABLE = {path.stem: lambda name=path.stem: agrees(name) for path in PROGRAMS.glob('*.py') if path.stem != 'facts'}

if __name__ == '__main__':
    main(TABLE)
