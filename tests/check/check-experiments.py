#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Juggler developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is shown of the experiments can be translated, and each experiment is installed."""

import re
import subprocess
import sys

from project_files import files, finish, text, top


def main():
    faults = []
    written = subprocess.run([sys.executable, 'data/experiments/extract-strings.py'], cwd=top(), capture_output=True,
                             text=True, check=False)
    if written.returncode:
        faults.append(written.stderr.strip())
    elif written.stdout != text('data/experiments/translatable.c'):
        faults.append('data/experiments/translatable.c is old: write it again with extract-strings.py')
    present = {path.stem for path in files() if path.suffix == '.juggler' and path.parts[:2] == ('data', 'experiments')}
    block = re.search(r'experiments = \[(.*?)\]', text('data/meson.build'), re.DOTALL)
    installed = set(re.findall(r"'([^']+)'", block.group(1))) if block else set()
    faults += [f'data/meson.build: {name} is not installed, or not there' for name in sorted(present ^ installed)]
    if not present:
        faults.append('no experiments found')
    finish(faults, f'{len(present)} experiments')


if __name__ == '__main__':
    main()
