#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Juggler developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What `juggler-cli run` tells people: lines, tables, notes and sentences, and what becomes of them after Ctrl+C."""

import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios

from cli_run import Call, Started, check, check_equal, check_left, counter, experiment, main, sleeper, wait_until

LOUD = [{'repeat': 20000, 'steps': [{'print': 'line {i} ' + 60 * '.'}]}, {'sleep': 60000}]


def full(pipe):
    """Whether a write to the pipe would wait."""
    return not select.select([], [pipe], [], 0)[1]


def interrupted_and_unread(words, stderr, is_ready):
    """Nobody reads the pipe on stdout (and stderr): Ctrl+C ends it all the same, and long before the time limit."""
    near, far = os.pipe()
    with Started(*words, stdout=far, stderr=far if stderr == subprocess.STDOUT else stderr) as started:
        wait_until(lambda: is_ready(far, started), 'a full pipe')
        started.process.send_signal(signal.SIGINT)
        check_equal(started.process.wait(20), 130, f'exit status of {words}')
        if stderr == subprocess.PIPE:
            check_equal(started.process.stderr.read(), b'', 'stderr')
        check_left(started.mark)
    os.close(near)
    os.close(far)


def blocked(folder):
    path = folder.write(experiment([], main=LOUD))
    silent = folder.write(sleeper())

    def is_full(pipe, _):
        return full(pipe)

    for stderr in (subprocess.PIPE, subprocess.STDOUT):
        interrupted_and_unread(['run', path], stderr, is_full)
    many = folder.write(experiment([], main=[{'print': 1000 * 'x'}]))
    interrupted_and_unread(['run', many, '--json', '--runs', '1000'], subprocess.PIPE, is_full)
    # The pipe has room: the result still comes.
    interrupted_and_unread(['run', silent], subprocess.PIPE, lambda _, started: len(started.hosts()) >= 3)


def blocked_and_read_again(folder):
    """A reader that only was slow gets all of it, also after Ctrl+C."""
    document = experiment([], main=[LOUD[0], {'print': 'the last'}])
    near, far = os.pipe()
    with Started('run', folder.write(document), stdout=far) as started:
        wait_until(lambda: full(far), 'a full pipe')
        os.close(far)
        with open(near, encoding='utf-8') as reader:
            text = reader.read()
        check_equal(started.process.wait(60), 0, 'exit status')
        check_left(started.mark)
    check_equal(text.count(60 * '.'), 20000, 'lines')
    check('the last' in text and text.rstrip().endswith('.'), text[-300:])


def stopped_runs(folder):
    """A run that was stopped is not wrong."""
    slow = counter(main=[{'sleep': 60000}])
    with Started('run', folder.write(slow), '--runs', '1000') as started:
        started.wait_for_processes(2)
        started.process.send_signal(signal.SIGINT)
        status, stdout, stderr = started.end()
    check_equal((status, stderr), (130, ''), 'exit status and stderr')
    check_equal(stdout.splitlines()[-1], 'Stopped: none of the 1000 runs had come to its end.', 'sentence')
    check('wrong' not in stdout and 'missing' not in stdout, stdout)
    with Started('run', folder.write(counter()), '--runs', '1000000') as started:
        first = started.process.stdout.readline().decode()
        started.process.send_signal(signal.SIGINT)
        status, stdout, stderr = started.end()
    check_equal((status, stderr), (130, ''), 'exit status and stderr')
    lines = (first + stdout).splitlines()
    whole = [line for line in lines if re.match(r' *[0-9]+  .*, right$', line)]
    check(re.fullmatch(f'Stopped after {len(whole)} of 1000000 runs. {len(whole)} runs?, and (it|all of them) came out '
                       r'right\.', lines[-1]), lines[-1], len(whole))


def narrow_terminal(folder):
    """The progress line never breaks: only one line can be taken away again."""
    near, far = pty.openpty()
    fcntl.ioctl(far, termios.TIOCSWINSZ, struct.pack('HHHH', 10, 25, 0, 0))
    shown = b''
    with Started('run', folder.write(sleeper(2500)), variables={'TERM': 'xterm'}, stdout=subprocess.DEVNULL,
                 stderr=far) as started:
        os.close(far)
        try:
            while part := os.read(near, 65536):
                shown += part
        except OSError:
            pass  # EIO: the other end was closed
        os.close(near)
        check_equal(started.process.wait(60), 0, 'exit status')
        check_left(started.mark)
    pieces = shown.decode().split('\r\x1b[K')
    check(any(piece.startswith('Running for') for piece in pieces), repr(shown))
    check(max(len(piece) for piece in pieces) <= 24, repr(shown))
    check('\n' not in shown.decode() and pieces[-1] == '', repr(shown))


def long_names(folder):
    """Lines stand below each other from the first one on, whoever writes it."""
    names = ['a', 'a_name_of_20_columns', 'a_name_that_is_longer_than_that']
    say = {'say': {'steps': [{'print': 'here I am'}]}}
    for count, widest in ((1, 'a'), (2, names[1]), (3, 'a_name_that_is_longer_t…')):
        workers = [{'name': name, 'target': 'say', 'kind': 'thread'} for name in names[:count]]
        call = Call('run', folder.write(experiment(workers, say)))
        lines = [line for line in call.lines() if line.endswith('here I am')]
        check_equal(len(lines), count, 'lines')
        check_equal({line.index('here I am') for line in lines}, {8 + 2 + 2 + max(len(widest), len('main')) + 2}, 'column')
        check(any(f' {widest} ' in line for line in lines), call.stdout)


def expected_of_processes(folder):
    """Copies of processes are not lost, and what is expected of main's is told."""
    add = {'add': {'steps': [{'increment': 'g'}]}}
    document = experiment([{'name': 'coding', 'target': 'add', 'kind': 'process'}], add, globals={'g': 9},
                          expect={'g': 9})
    call = Call('run', folder.write(document))
    check(re.search(r'^global  expected  in main  in coding$', call.stdout, re.MULTILINE), call.stdout)
    check(re.search(r'^g +9 +9 +10$', call.stdout, re.MULTILINE), call.stdout)
    check_equal(call.lines()[-1], 'Right: g is 9 in main, as expected; each process has a copy of its own, and it is 10 '
                'in coding.', 'sentence')
    wrong = folder.write(dict(document, expect={'g': 10}))
    call = Call('run', wrong)
    check(re.search(r'^g +10 +9 +10$', call.stdout, re.MULTILINE), call.stdout)
    check('Separate copies' in call.lines()[-1] and 'lost' not in call.stdout, call.stdout)
    call = Call('run', wrong, '--runs', '2')
    check(call.lines()[0].endswith('g = 9 in main, not 10: separate copies') and 'lost' not in call.stdout, call.stdout)
    call = Call('run', wrong, '--set', '/settings/shared_globals=true')
    check(re.search(r'^global +expected +actual +lost$', call.stdout, re.MULTILINE), call.stdout)
    del document['expect']
    call = Call('run', folder.write(document))
    check(re.search(r'^global  in main  in coding$', call.stdout, re.MULTILINE), call.stdout)


def dropped_note(folder):
    """What the timeline lacks is told to those who get it. Many workers have small rings, and nobody empties them while
    juggler-cli is stopped."""
    busy = experiment([{'name': 'a', 'target': 'naps', 'kind': 'process'},
                       {'name': 'b', 'target': 'naps', 'kind': 'thread', 'count': 9000}],
                      {'naps': {'steps': [{'sleep': 1000}, {'repeat': 5000, 'steps': [{'sleep': 0}]}]}},
                      main=[{'start': 'a'}])
    path = folder.write(busy)
    for words, told in (([], False), (['--timeline', folder.path('out.json')], True), (['--json'], True)):
        with Started('run', path, *words) as started:
            started.wait_for_processes(3)
            started.process.send_signal(signal.SIGSTOP)
            wait_until(lambda: len(started.hosts()) < 3, 'the end of the worker')
            started.process.send_signal(signal.SIGCONT)
            status, stdout, stderr = started.end()
        check_equal((status, stderr), (0, ''), 'exit status and stderr')
        check_equal('records of the timeline found no room' in stdout, told, f'note with {words}')
        if '--json' in words:
            check_equal(len(json.loads(stdout)['notes']), 1, 'notes')


def hard_exit_of_a_thread(folder):
    tasks = {'leave': {'steps': [{'sleep': 50}, {'hard_exit': 3}]}, 'wait': {'steps': [{'sleep': 60000}]}}
    workers = [{'name': 'leaver', 'target': 'leave', 'kind': 'thread'},
               {'name': 'waiter', 'target': 'wait', 'kind': 'thread'}]
    call = Call('run', folder.write(experiment(workers, tasks)))
    check(call.lines()[-1].startswith('leaver ended the whole process of main with exit code 3 after '), call.stdout)


def busy_workers(folder):
    """Whether they took turns or ran together; the rest is up to the machine."""
    tasks = {'busy': {'steps': [{'work': 100}]}}
    for kind in ('process', 'thread'):
        path = folder.write(experiment([{'name': 'busy', 'target': 'busy', 'kind': kind, 'count': 3}], tasks))
        call = Call('run', path, '--set', '/settings/cores=1')
        check(re.fullmatch(r'3 workers needed [0-9.]+ ms of processor time in all; on one core it took [0-9.]+ m?s: they '
                           r'took turns, only one at any instant\.', call.lines()[-1]), call.lines()[-1])
        call = Call('run', path)
        check(re.match(r'3 workers needed [0-9.]+ ms of processor time in all', call.lines()[-1]), call.lines()[-1])


if __name__ == '__main__':
    main([blocked, blocked_and_read_again, stopped_runs, narrow_terminal, long_names, expected_of_processes, dropped_note,
          hard_exit_of_a_thread, busy_workers])
