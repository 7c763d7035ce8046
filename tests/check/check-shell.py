#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Juggler developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""shellcheck has nothing to say about any script of the project."""

import shutil
import subprocess
import sys

from project_files import SKIP, files, finish, top


def is_shell(path):
    with open(top() / path, 'rb') as opened:
        first = opened.readline(64)
    return first.startswith(b'#!') and first.rstrip().endswith((b'/sh', b'bash'))


def main():
    if not shutil.which('shellcheck'):
        print('shellcheck is not installed')
        sys.exit(SKIP)
    scripts = [str(path) for path in files() if is_shell(path)]
    faults = []
    for needed in ('run', 'test', '.ci/run'):
        if needed not in scripts:
            faults.append(f'{needed}: no shell script')
    checked = subprocess.run(['shellcheck', *scripts], cwd=top(), capture_output=True, text=True, check=False)
    if checked.returncode:
        faults.append(checked.stdout + checked.stderr)
    finish(faults, ', '.join(scripts))


if __name__ == '__main__':
    main()
