# SPDX-FileCopyrightText: 2026 The Juggler developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which files the project has, for the checks: what git would take, or, without git, all but build folders."""

import os
import pathlib
import subprocess
import sys

SKIP = 77


def top():
    return pathlib.Path(__file__).resolve().parents[2]


def files():
    """Paths relative to top(), sorted."""
    # The tree may belong to somebody else, as when it is mounted into a container; git must read it all the same.
    environment = dict(os.environ, GIT_CONFIG_COUNT='1', GIT_CONFIG_KEY_0='safe.directory', GIT_CONFIG_VALUE_0='*')
    try:
        listed = subprocess.run(['git', 'ls-files', '--cached', '--others', '--exclude-standard', '-z'], cwd=top(),
                                env=environment, check=True, capture_output=True, text=True).stdout
        names = [name for name in listed.split('\0') if name]
    except (OSError, subprocess.CalledProcessError):
        names = []
        for folder, subfolders, entries in os.walk(top()):
            subfolders[:] = [name for name in subfolders
                             if not name.startswith('build') and name not in ('.git', 'subprojects', '__pycache__')]
            names += [os.path.relpath(os.path.join(folder, entry), top()) for entry in entries]
    return sorted(pathlib.PurePosixPath(name) for name in names if (top() / name).is_file())


def text(name):
    return (top() / name).read_text('utf-8')


def finish(faults, what):
    """Ends the check: prints each fault, or what was looked at."""
    for fault in faults:
        print(fault)
    if faults:
        sys.exit(1)
    print(f'{what}: right')
