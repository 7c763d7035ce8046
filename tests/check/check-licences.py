#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Juggler developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every file says whose it is and under which licence (REUSE), in its own head wherever it can hold a comment."""

import pathlib
import shutil
import subprocess
import sys
import tempfile

from project_files import SKIP, files, finish, top

COMMENTED = {'.c', '.h', '.py', '.sh', '.build', '.ui', '.css', '.xml', '.md', '.po', '.txt', '.supp', '.svg'}


def main():
    if not shutil.which('reuse'):
        print('reuse is not installed')
        sys.exit(SKIP)
    faults = []
    # A copy of the project's files alone: what lies about in a build tree has no licence of ours.
    with tempfile.TemporaryDirectory() as folder:
        for path in files():
            copy = pathlib.Path(folder) / path
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(top() / path, copy)
            if path.suffix in COMMENTED and path.parts[0] != 'LICENSES':
                head = (top() / path).read_bytes()[:600]
                if b'SPDX-' b'License-Identifier:' not in head:
                    faults.append(f'{path}: no SPDX lines at its head')
        linted = subprocess.run(['reuse', '--root', folder, 'lint'], capture_output=True, text=True, check=False)
        if linted.returncode:
            faults.append(linted.stdout + linted.stderr)
    finish(faults, 'licences')


if __name__ == '__main__':
    main()
