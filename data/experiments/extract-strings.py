#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Juggler developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes what is shown to people in course.json and *.juggler as C that xgettext reads.

    extract-strings.py > translatable.c

The programs look a text up with g_dpgettext2 (GETTEXT_PACKAGE, "experiment" or "chapter", text): the context keeps a
title from being mistaken for a button's label of the same words.
"""

import json
import pathlib
import sys

FOLDER = pathlib.Path(__file__).resolve().parent


def quoted(text):
    return '"' + text.replace('\\', '\\\\').replace('"', '\\"').replace('\n', '\\n') + '"'


def main():
    course = json.loads((FOLDER / 'course.json').read_text('utf-8'))
    listed = [name for chapter in course['chapters'] for name in chapter['experiments']]
    present = sorted(path.stem for path in FOLDER.glob('*.juggler'))
    if sorted(listed) != present:
        sys.exit('course.json and the folder differ: ' + ' '.join(sorted(set(listed) ^ set(present))))
    # In two pieces: the tool that reads licences must not take them for this file's own.
    lines = ['/* SPDX-' 'FileCopyrightText: 2026 The Juggler developers',
             ' * SPDX-' 'License-Identifier: GPL-3.0-or-later */',
             '',
             '/* Written by data/experiments/extract-strings.py for xgettext; no program compiles it. */',
             '']
    for chapter in course['chapters']:
        lines += ['/* Translators: title of a chapter of the course */',
                  f'NC_ ("chapter", {quoted(chapter["title"])})', '']
        for name in chapter['experiments']:
            document = json.loads((FOLDER / (name + '.juggler')).read_text('utf-8'))
            lines += [f'/* Translators: title of the experiment {name} */',
                      f'NC_ ("experiment", {quoted(document["title"])})',
                      f'/* Translators: what to look for in the experiment {name} */',
                      f'NC_ ("experiment", {quoted(document["description"])})', '']
    sys.stdout.write('\n'.join(lines))


if __name__ == '__main__':
    main()
