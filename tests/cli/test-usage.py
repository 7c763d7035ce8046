#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Juggler developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What juggler-cli says to words that it does not know, and to documents that are wrong."""

import os
import re
import subprocess

from cli_run import SOURCE, Call, check, check_equal, counter, experiment, main

FAULT = re.compile(r'^(?P<file>.*):(?P<line>\d+):(?P<column>\d+): (?P<path>/[^:]*): (?P<what>.+)$')


def help_and_version(_folder):
    for words in (['--help'], ['-h'], ['help'], ['run', '--help'], ['check', 'x', '--help']):
        call = Call(*words)
        check_equal(call.stderr, '', 'stderr of --help')
        for word in ('run', 'check', '--json', '--runs', '--set', '--timeline', '--version'):
            check(word in call.stdout, f'--help does not tell of {word}')
    version = re.search(r"version: '([^']+)'", (SOURCE / 'meson.build').read_text('utf-8')).group(1)
    call = Call('--version')
    check_equal((call.stdout, call.stderr), (f'juggler-cli {version}\n', ''), '--version')


def bad_usage(folder):
    good = folder.write(counter())
    for words in ([], ['walk'], ['--walk'], ['run'], ['check'], ['run', good, good], ['run', good, '--walk'],
                  ['run', good, '-x'], ['run', good, '--runs'], ['run', good, '--runs', '0'], ['run', good, '--runs', '-1'],
                  ['run', good, '--runs', 'two'], ['run', good, '--runs', '1.5'], ['run', good, '--runs='],
                  ['run', good, '--runs', '99999999999999999999'], ['run', good, '--set'], ['run', good, '--set', '/title'],
                  ['run', good, '--timeline'], ['run', ''], ['run', good, '--json=yes'], ['check', good, '--json'],
                  ['check', good, '--runs', '2'], ['run', good, '--runs', '2', '--timeline', 'x.json']):
        line = Call(*words, status=2).one_line()
        check(line.endswith('Try --help.'), f'{words}: {line!r} does not say what to do')
    check_equal(os.path.exists('x.json'), False, 'a timeline was written')


def unreadable(folder):
    missing = folder.path('missing.juggler')
    for path in (missing, folder.path('')):
        for command in ('run', 'check'):
            check(path in Call(command, path, status=2).one_line(), f'{path} is not named')


def check_good(folder):
    paths = [folder.write(counter()), folder.write(experiment(), '多任务.juggler'), folder.write(experiment(), '-x.juggler')]
    call = Call('check', *paths)
    check_equal(call.stderr, '', 'stderr')
    check_equal(len(call.lines()), 3, 'lines')
    check('多任务' in call.lines()[1], 'a name that is not ASCII', call.stdout)
    check_equal(Call('check', '--', '-x.juggler', cwd=os.path.dirname(paths[2])).status, 0, 'behind --')


def check_faulty(folder):
    good = folder.write(counter())
    bad = folder.write('{"juggler": 1,\n "title": "Bad",\n "tilte": 2, "workers": [{"target": "x"}]}')
    broken = folder.write('{"juggler": 1,\n  "title": }')
    call = Call('check', good, bad, broken, folder.path('missing'), status=2)
    check_equal(len(call.lines()), 1, 'good files')
    faults = [FAULT.match(line) for line in call.faults()[:-1]]
    check(all(faults), 'every line but the last has a place:', call.stderr)
    check_equal({fault['file'] for fault in faults}, {bad, broken}, 'files with faults')
    check('missing' in call.faults()[-1], 'the missing file is told of:', call.faults()[-1])
    places = {(fault['line'], fault['column'], fault['path']) for fault in faults if fault['file'] == bad}
    check(('3', '2', '/tilte') in places, 'an unknown key', places)
    check(len(places) >= 3, 'all faults are told', call.stderr)


def run_faulty(folder):
    bad = folder.write('{"juggler": 1, "title": "Bad", "tilte": 2}')
    line = Call('run', bad, '--json', status=2).one_line()
    check_equal(line.startswith(f'{bad}:1:32: /tilte: '), True, line)
    check('did you mean "title"?' in line, line)


def setting(folder):
    path = folder.write(counter())
    call = Call('run', path, '--json', '--set', '/settings/cores=1', '--set=/title=Another title',
                '--set', '/expect/g_num=7')
    result = call.results()[0]
    check_equal((result['cores'], result['title'], result['expected']), (1, 'Another title', {'g_num': 7}), 'what was set')
    check_equal(call.stderr, '', 'stderr')


def setting_faults(folder):
    path = folder.write(counter())
    for change, place in (('/settings/cores=0', '/settings/cores'), ('/settings/cores=many', '/settings/cores'),
                          ('/settings/corse=1', '/settings/corse'), ('no-slash=1', 'no-slash'),
                          ('/workers/9/name=x', '/workers/9/name')):
        call = Call('run', path, '--json', '--set', change, status=2)
        check_equal(call.stdout, '', 'stdout')
        check(call.faults() and all(line.startswith(f'--set {place}: ') for line in call.faults()), change, call.stderr)


def standard_input(_folder):
    done = Call('run', '-', '--json', stdin=subprocess.PIPE, status=2)
    check_equal(done.one_line().startswith('-:1:1: /: '), True, done.stderr)


if __name__ == '__main__':
    main([help_and_version, bad_usage, unreadable, check_good, check_faulty, run_faulty, setting, setting_faults,
          standard_input])
