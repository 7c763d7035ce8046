#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Juggler developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-lesson.py NAME: runs an experiment of the course and looks for what its row of the course says must be seen."""

import gettext
import json
import os
import subprocess

import lessons_processes
import lessons_threads
from juggler_run import CLI, EXPERIMENTS, check, check_equal, main


def course():
    """Each experiment has a check, is a good document, and is there in Chinese."""
    names = sorted(path.stem for path in EXPERIMENTS.glob('*.juggler'))
    check_equal(sorted(set(LESSONS) - {'course'}), names, 'experiments with a check')
    checked = subprocess.run([CLI, 'check', *[str(EXPERIMENTS / f'{name}.juggler') for name in names]],
                             capture_output=True, text=True, check=False)
    check_equal((checked.returncode, checked.stderr), (0, ''), 'juggler-cli check')
    chinese = gettext.translation('juggler', os.environ['JUGGLER_LOCALE_DIR'], ['zh_CN'])
    chapters = json.loads((EXPERIMENTS / 'course.json').read_text('utf-8'))['chapters']
    for chapter in chapters:
        check(chinese.pgettext('chapter', chapter['title']) != chapter['title'], 'not in Chinese:', chapter['title'])
    for name in names:
        document = json.loads((EXPERIMENTS / f'{name}.juggler').read_text('utf-8'))
        for text in (document['title'], document['description']):
            translated = chinese.pgettext('experiment', text)
            check(any('\u4e00' <= character <= '\u9fff' for character in translated), f'{name}, not in Chinese: {text}')


LESSONS = {**lessons_processes.LESSONS, **lessons_threads.LESSONS, 'course': course}

if __name__ == '__main__':
    main(LESSONS)
