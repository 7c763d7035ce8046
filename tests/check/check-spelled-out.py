#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Juggler developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules of CONTRIBUTING.md that a pattern can see: header guards, own header first, telling assertions, no leftovers."""

import re

from project_files import files, finish, text

LEFTOVER = re.compile(r'\b(' + '|'.join(('TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X')) + r')\b')
INCLUDE = re.compile(r'^#include\s+[<"]([^>"]+)[>"]', re.MULTILINE)
# g_assert() may be compiled out; g_assert_*() tells the values and stays.
BARE_ASSERT = re.compile(r'(?<![A-Za-z0-9_])(g_assert|assert) \(')


def faults_of(path, content, headers):
    if LEFTOVER.search(content):
        yield f'{path}: something was left for later: {LEFTOVER.search(content).group(0)}'
    if path.suffix == '.h' and '#pragma once' not in content:
        yield f'{path}: no #pragma once'
    if path.suffix == '.c' and path.parts[0] == 'src':
        # A private header includes the public one.
        own = {f'{path.stem}.h', f'{path.stem}-private.h'} & headers
        included = [name.rsplit('/', 1)[-1] for name in INCLUDE.findall(content) if name != 'config.h']
        if own and included and included[0] not in own:
            yield f'{path}: its own header is not included first'
    if path.parts[0] == 'tests' and path.suffix == '.c' and BARE_ASSERT.search(content):
        yield f'{path}: a bare assert says nothing about the values; use g_assert_*()'


def main():
    names = [path for path in files() if path.suffix in ('.c', '.h') and path.parts[0] in ('src', 'tests')]
    headers = {path.name for path in names}
    faults = [fault for path in names for fault in faults_of(path, text(path), headers)]
    if not names:
        faults.append('no sources found')
    finish(faults, f'{len(names)} C files')


if __name__ == '__main__':
    main()
