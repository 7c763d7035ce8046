#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Juggler developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A file has at most 700 lines, a C function at most 60 from brace to brace. Lines have 120 columns; what is past 132 is
a fault, but in a header, where prototypes are set as a table, and in tests, which hold documents as they are."""

import unicodedata

from project_files import files, finish, text

FILE_LINES = 700
FUNCTION_LINES = 60
COLUMNS = 132
CODE = ('.c', '.h', '.py', '.sh', '.ui', '.css', '.build')


def width(line):
    return sum(2 if unicodedata.east_asian_width(character) in 'WF' else 1 for character in line.expandtabs(8))


def functions(lines):
    """(first line, lines) of each body that stands in the first column and follows a parameter list."""
    start = None
    for number, line in enumerate(lines, 1):
        if line == '{' and number > 1 and lines[number - 2].rstrip().endswith(')'):
            start = number
        elif line.startswith('}') and start:
            yield start, number - start + 1
            start = None


def main():
    faults = []
    seen = 0
    for path in files():
        if path.suffix not in CODE and path.name not in ('run', 'test') or path.name == 'translatable.c':
            continue
        seen += 1
        lines = text(path).splitlines()
        if len(lines) > FILE_LINES:
            faults.append(f'{path}: {len(lines)} lines; does it still do one thing?')
        for number, line in enumerate(lines, 1):
            if width(line) > COLUMNS and path.suffix != '.h' and path.parts[0] != 'tests':
                faults.append(f'{path}:{number}: {width(line)} columns')
        if path.suffix == '.c':
            for number, length in functions(lines):
                if length > FUNCTION_LINES:
                    faults.append(f'{path}:{number}: a function of {length} lines')
    if not seen:
        faults.append('no sources found')
    finish(faults, f'sizes in {seen} files')


if __name__ == '__main__':
    main()
