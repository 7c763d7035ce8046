#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Juggler developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the machine refuses something, juggler-cli says so in one line, exits with 3 and leaves nothing behind.

First by limits, as an ordinary user has them (root is exempt from that of processes), then by a preloaded library that
makes one call after the other fail."""

import errno
import os
import pathlib
import re
import resource
import shutil
import subprocess

from cli_run import CLI, Call, Skip, check, check_equal, experiment, main

SANITIZER = os.environ.get('JUGGLER_SANITIZER', 'none')
# A user that nobody else is, so that only our own processes count against the limit.
USER = 54321
FAMILY = experiment(
    [{'name': 'p', 'target': 'work', 'kind': 'process', 'count': 3},
     {'name': 't', 'target': 'work', 'kind': 'thread', 'count': 3},
     {'name': 'parent', 'target': 'start', 'kind': 'process'}, {'name': 'child', 'target': 'work', 'kind': 'process'}],
    {'work': {'steps': [{'append': 'l', 'value': 1}, {'increment': 'g'}, {'print': '{g}'}]},
     'start': {'steps': [{'start': 'child'}, {'join': 'child'}]}},
    globals={'g': 0, 'l': []}, main=[{'start': 'p'}, {'start': 't'}, {'start': 'parent'}])


def as_user():
    """Words before the command that make it an ordinary user's."""
    if os.getuid() != 0:
        return []
    setpriv = shutil.which('setpriv')
    if not setpriv:
        raise Skip('setpriv is not there')
    words = [setpriv, f'--reuid={USER}', f'--regid={USER}', '--clear-groups', '--no-new-privs', '--bounding-set=-all',
             '--inh-caps=-all', '--']
    if subprocess.run([*words, CLI, '--version'], check=False, capture_output=True).returncode != 0:
        raise Skip('an ordinary user cannot reach the build')
    return words


def check_reason(line, what):
    """The line says why, in the system's words, and something before and behind it."""
    reasons = [os.strerror(code) for code in (errno.EAGAIN, errno.ENOMEM, errno.EMFILE, errno.ENFILE)]
    check(any(re.search(f'.: {re.escape(reason)}[.;] .', line) for reason in reasons),
          f'{what}: {line!r} does not say what was refused')


def limited(folder, document, name, limit):
    """Runs under a limit. Returns whether it was refused; anything else than a clean result or refusal is a failure."""
    if 'thread' in SANITIZER:
        raise Skip('the thread sanitizer needs a thread and much memory of its own')
    before = [*as_user(), 'prlimit', f'--{name}={limit}:{limit}', '--core=0:0']
    # The search for leaks needs a process of its own.
    call = Call('run', folder.write(document), '--json', before=before, status=None,
                variables={'ASAN_OPTIONS': os.environ.get('ASAN_OPTIONS', '') + ':detect_leaks=0'})
    what = f'{name} {limit}'
    check(call.status in (0, 3), f'{what}: exit status {call.status}, {call.stderr!r}')
    if call.status == 0:
        check_equal(call.stderr, '', what)
        check_equal(call.results()[0]['outcome'], 'finished', what)
        return False
    check_reason(call.one_line(), what)
    return True


def processes(folder):
    refused = [limited(folder, FAMILY, 'nproc', limit) for limit in range(1, 16)]
    check(refused[0], 'one process was enough')
    check(not refused[-1], 'fifteen were too few')


def many_processes(folder):
    many = experiment([{'name': 'w', 'target': 'work', 'kind': 'process', 'count': 1000}],
                      {'work': {'steps': [{'sleep': 20000}]}})
    check(limited(folder, many, 'nproc', 50), 'a thousand processes with a limit of fifty')
    many['workers'][0]['kind'] = 'thread'
    check(limited(folder, many, 'nproc', 50), 'a thousand threads with a limit of fifty')


def descriptors(folder):
    # With fewer than six the program itself is not loaded.
    refused = [limited(folder, FAMILY, 'nofile', limit) for limit in range(6, 40)]
    check(refused[0] and not refused[-1], 'refusals by limit', refused)


def least_memory():
    """MiB of address space with which the program is loaded at all."""
    for size in range(4, 400, 4):
        done = subprocess.run(['prlimit', f'--as={size << 20}', CLI, '--version'], check=False, capture_output=True)
        if done.returncode == 0:
            return size
    raise Skip('the program needs more than 400 MiB (a sanitizer?)')


def memory(folder):
    least = least_memory() + 4
    refused = [limited(folder, FAMILY, 'as', size << 20) for size in range(least, least + 160, 8)]
    check(refused[0] and not refused[-1], 'refusals by limit', refused)


def refuse_each(folder, call_name):
    """Makes the first, second, third … call fail, until there are no more. Returns how many there were."""
    library = os.environ.get('JUGGLER_REFUSE')
    if not library:
        raise Skip('a sanitizer does not go together with preloading')
    document = folder.write(FAMILY)
    count = pathlib.Path(folder.path('count'))
    for number in range(1, 200):
        count.write_bytes(bytes(8))
        call = Call('run', document, '--json', status=None,
                    variables={'LD_PRELOAD': library, 'JUGGLER_REFUSE_CALL': call_name, 'JUGGLER_REFUSE_AT': str(number),
                               'JUGGLER_REFUSE_COUNT': str(count)})
        calls = int.from_bytes(count.read_bytes(), 'little')
        what = f'{call_name} {number}'
        if calls < number:
            check_equal((call.status, call.stderr), (0, ''), f'{what}: nothing was refused')
            return number - 1
        check_equal(call.status, 3, f'{what}: exit status; stderr {call.stderr!r}')
        check_reason(call.one_line(), what)
    raise AssertionError(f'{call_name} was called 200 times')


def refuse_fork(folder):
    # Main, three processes, a parent and its child.
    check_equal(refuse_each(folder, 'fork'), 6, 'forks')


def refuse_pthread_create(folder):
    check_equal(refuse_each(folder, 'pthread_create'), 3, 'threads')


def refuse_mmap(folder):
    check(refuse_each(folder, 'mmap') >= 2, 'the shared memory is mapped twice')


def refuse_memfd_create(folder):
    check_equal(refuse_each(folder, 'memfd_create'), 1, 'memfds')


def refuse_socketpair(folder):
    check_equal(refuse_each(folder, 'socketpair'), 1, 'sockets')


if __name__ == '__main__':
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main([processes, many_processes, descriptors, memory, refuse_fork, refuse_pthread_create, refuse_mmap,
          refuse_memfd_create, refuse_socketpair])
