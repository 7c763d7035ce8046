#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Juggler developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What `juggler-cli run` writes, and how it ends, in every outcome."""

import json
import os
import pty
import re
import signal
import subprocess

from cli_run import Call, Started, check, check_equal, check_left, counter, experiment, main, sleeper

KEYS = ['title', 'gear', 'outcome', 'right', 'provoked', 'globals', 'expected', 'lost', 'wall_ms', 'cores', 'main',
        'workers', 'output', 'deadlock']
WORKER_KEYS = ['name', 'kind', 'pid', 'ppid', 'tid', 'started', 'state', 'exit', 'signal', 'globals', 'globals_exact',
               'address', 'start_us', 'end_us', 'cpu_ms', 'wait_ms', 'switches', 'cores', 'increments']
STYLE = re.compile(r'\x1b\[[0-9;]*m')


def one_result(call):
    check_equal(call.stdout.count('\n'), 1, 'lines on stdout')
    check(call.stdout.endswith('\n'), 'the line ends')
    return call.results()[0]


def json_object(folder):
    call = Call('run', folder.write(counter()), '--json')
    check_equal(call.stderr, '', 'stderr')
    result = one_result(call)
    check_equal(list(result)[:len(KEYS)], KEYS, 'keys')
    check_equal(list(result['workers'][0])[:len(WORKER_KEYS)], WORKER_KEYS, 'keys of a worker')
    check_equal((result['outcome'], result['right'], result['globals']), ('finished', True, {'g_num': 2000}), 'result')


def runs(folder):
    call = Call('run', folder.write(counter()), '--json', '--runs', '3')
    results = call.results()
    check_equal(len(results), 3, 'results')
    check_equal(len({result['main']['pid'] for result in results}), 3, 'every run has processes of its own')
    call = Call('run', folder.write(counter()), '--runs', '3')
    check_equal([line.split()[0] for line in call.lines()[:3]], ['1', '2', '3'], 'a line a run')
    check('3 runs, and all of them came out right.' in call.stdout, call.stdout)


def outcomes(folder):
    crash = experiment([], main=[{'crash': True}])
    dead = experiment([], locks={'m': 'mutex'}, main=[{'lock': 'm'}, {'lock': 'm'}])
    long = sleeper(settings={'time_limit_s': 1})
    for document, outcome, sentence in (
            (crash, 'main died', 'crashed with SIGABRT (6)'),
            (dead, 'deadlock', 'Deadlock of one: main waits for m, which it holds itself.'),
            (long, 'time limit', 'The time limit of 1.00 s ended the run: a still slept.'),
            (experiment([]), 'finished', 'started no workers')):
        path = folder.write(document)
        call = Call('run', path, '--json')
        check_equal(one_result(call)['outcome'], outcome, 'outcome')
        call = Call('run', path)
        check(sentence in call.lines()[-1], f'{outcome}: {call.stdout}')


def plain_text(folder):
    document = experiment(
        [{'name': 'one', 'target': 'say', 'kind': 'process'}, {'name': 'another', 'target': 'say', 'kind': 'thread'}],
        {'say': {'steps': [{'print': 'first\nsecond'}, {'print': '多任务 \x1b[31m'}]}}, globals={'g': 1234567})
    call = Call('run', folder.write(document), variables={'TERM': 'xterm-256color'})
    check_equal(call.stderr, '', 'stderr')
    check('\x1b' not in call.stdout, 'an escape sequence went into a pipe:', repr(call.stdout))
    check(re.search(r'^ +[0-9.]+ .?s  A one +first\n +second$', call.stdout, re.MULTILINE), call.stdout)
    check(re.search(r'^ +[0-9.]+ .?s  B another +first\n +second$', call.stdout, re.MULTILINE), call.stdout)
    check('多任务' in call.stdout and ' 1234567' in call.stdout, call.stdout)
    rows = [line for line in call.lines() if re.match(r'^[MAB] ', line)]
    check_equal(len(rows), 3, 'rows of workers')
    check_equal(len({row.index('finished') for row in rows}), 1, 'the states stand below each other')


def run_on_terminal(words, variables):
    """Runs with stdout and stderr on terminals of their own; returns what each showed."""
    shown = {}
    ends = {name: pty.openpty() for name in ('stdout', 'stderr')}
    with Started(*words, variables=variables, stdout=ends['stdout'][1], stderr=ends['stderr'][1]) as started:
        for name, (near, far) in ends.items():
            os.close(far)
        for name, (near, far) in ends.items():
            shown[name] = b''
            try:
                while part := os.read(near, 65536):
                    shown[name] += part
            except OSError:
                pass  # EIO: the other end was closed
            os.close(near)
        check_equal(started.process.wait(60), 0, 'exit status')
        check_left(started.mark)
    return {name: content.decode().replace('\r\n', '\n') for name, content in shown.items()}


def terminal(folder):
    path = folder.write(counter(main=[{'start': 'a'}, {'start': 'b'}, {'join': 'a'}, {'join': 'b'},
                                      {'print': '{g_num}'}, {'sleep': 1500}]))
    shown = run_on_terminal(['run', path], {'TERM': 'xterm-256color', 'NO_COLOR': ''})
    check('\x1b[38;5;69mA' in shown['stdout'], 'A has its colour:', repr(shown['stdout']))
    check('\x1b[1mM' in shown['stdout'], 'main is bold:', repr(shown['stdout']))
    check('2\u2009000' in shown['stdout'], 'numbers are grouped:', repr(shown['stdout']))
    check(re.search('Running for [1-9]', shown['stderr']), 'a progress line:', repr(shown['stderr']))
    check(shown['stderr'].endswith('\r\x1b[K'), 'the progress line is taken away:', repr(shown['stderr']))
    for variables in ({'TERM': 'xterm-256color', 'NO_COLOR': '1'}, {'TERM': 'dumb', 'NO_COLOR': ''}):
        plain = run_on_terminal(['run', path], variables)
        check(not STYLE.search(plain['stdout']), variables, repr(plain['stdout']))
    check_equal(plain['stderr'], '', 'no progress on a dumb terminal')


def interrupted(folder):
    path = folder.write(sleeper())
    for number in (signal.SIGINT, signal.SIGTERM):
        with Started('run', path, '--json') as started:
            started.wait_for_processes(3)
            os.kill(started.process.pid, number)
            status, stdout, stderr = started.end()
        check_equal((status, stderr), (130, ''), 'exit status and stderr')
        check_equal(json.loads(stdout)['outcome'], 'stopped', 'outcome')
    with Started('run', path) as started:
        started.wait_for_processes(3)
        # What a terminal does: all processes of the foreground group get it.
        os.killpg(started.process.pid, signal.SIGINT)
        status, stdout, stderr = started.end()
    check_equal((status, stderr), (130, ''), 'exit status and stderr')
    check('The run was stopped after' in stdout, stdout)
    with Started('run', path, '--json', '--runs', '1000') as started:
        started.wait_for_processes(3)
        os.kill(started.process.pid, signal.SIGINT)
        status, stdout, stderr = started.end()
    check_equal((status, len(stdout.splitlines())), (130, 1), 'the other runs are not begun')


def interrupted_twice(folder):
    with Started('run', folder.write(sleeper())) as started:
        started.wait_for_processes(3)
        # While it is stopped both signals wait for it.
        os.kill(started.process.pid, signal.SIGSTOP)
        os.kill(started.process.pid, signal.SIGINT)
        os.kill(started.process.pid, signal.SIGTERM)
        os.kill(started.process.pid, signal.SIGCONT)
        status, stdout, stderr = started.end()
    check_equal((status, stderr), (130, ''), 'exit status and stderr')
    check('stopped' not in stdout, 'the second one does not wait for a result', stdout)


def closed_output(folder):
    path = folder.write(experiment([], main=[{'print': 'hello'}]))
    with open('/dev/full', 'wb') as full:
        for words in (['run', path], ['run', path, '--json'], ['run', path, '--json', '--runs', '50'], ['check', path],
                      ['--help'], ['--version']):
            check_equal(len(Call(*words, status=1, stdout=full).faults()), 1, f'/dev/full: {words}')
            near, far = os.pipe()
            os.close(near)
            check_equal(len(Call(*words, status=1, stdout=far).faults()), 1, f'a pipe without a reader: {words}')
            os.close(far)
            call = closed_stdout(words)
            check_equal((call.returncode, call.stderr.count(b'\n')), (1, 1), f'closed: {words}: {call.stderr}')


def closed_stdout(words):
    return subprocess.run(['sh', '-c', 'exec "$0" "$@" >&-', os.environ['JUGGLER_CLI'], *words], check=False,
                          stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=60)


def output_goes_away(folder):
    """A reader that leaves in the middle ends the run at once."""
    says = experiment([], main=[{'repeat': 600, 'steps': [{'print': 'line {i}'}, {'sleep': 100}]}])
    with Started('run', folder.write(says)) as started:
        check(started.process.stdout.readline().strip().endswith(b'line 0'), 'the first line comes at once')
        started.process.stdout.close()
        check_equal(started.process.wait(30), 1, 'exit status')
        check_equal(len(started.process.stderr.read().splitlines()), 1, 'lines on stderr')
        check_left(started.mark)


def timeline(folder):
    path = folder.write(counter())
    out = folder.path('out.json')
    Call('run', path, '--json', '--timeline', out)
    with open(out, encoding='utf-8') as file:
        trace = json.load(file)
    check('traceEvents' in trace and trace['juggler']['source'] == 'workers', list(trace))
    check_equal(sorted(os.listdir(os.path.dirname(out))), sorted(os.path.basename(name) for name in (path, out)),
                'files in the folder')
    call = Call('run', path, '--timeline', '/dev/full', status=1)
    check(len(call.faults()) == 1 and '/dev/full' in call.stderr, call.stderr)
    missing = folder.path('no/such/folder.json')
    line = Call('run', folder.write(sleeper()), '--json', '--timeline', missing, status=1).one_line()
    check(missing in line, line)
    # A file that is there stays what it is when the document is wrong.
    Call('run', folder.write('{'), '--timeline', out, status=2)
    with open(out, encoding='utf-8') as file:
        check_equal(json.load(file), trace, 'the old timeline')


def keeper_killed(folder):
    out = folder.path('out.json')
    with Started('run', folder.write(sleeper()), '--json', '--timeline', out) as started:
        started.wait_for_processes(3)
        children = [pid for pid in started.hosts() if parent(pid) == started.process.pid]
        check_equal(len(children), 1, 'children of juggler-cli')
        os.kill(children[0], signal.SIGKILL)
        status, stdout, stderr = started.end()
    check_equal((status, stdout, len(stderr.splitlines())), (1, '', 1), f'result of a dead keeper: {stderr}')
    with open(out, encoding='utf-8') as file:
        names = {event['name'] for event in json.load(file)['traceEvents']}
    check('sleep' in names, 'the timeline up to the death of the keeper', names)


def parent(pid):
    with open(f'/proc/{pid}/stat', encoding='utf-8', errors='replace') as file:
        return int(file.read().rpartition(')')[2].split()[1])


def killed(folder):
    """Nothing outlives juggler-cli, however it ends."""
    with Started('run', folder.write(sleeper())) as started:
        started.wait_for_processes(3)
        started.process.kill()
        check_equal(started.process.wait(60), -signal.SIGKILL, 'status')
        check_left(started.mark)


def not_yet(folder):
    """What a later version will do is refused with the file, but is no fault of the document."""
    path = folder.write(counter(locks={'c': 'condition'}))
    used = folder.write(experiment([], locks={'s': {'semaphore': 1}}, main=[{'acquire': 's'}]))
    for words, where in (([path, '--set', '/settings/gil=true'], f'{path}: /settings/gil: '),
                         ([path, '--set', '/settings/race_window_us=5'], f'{path}: /settings/race_window_us: '),
                         ([used], f'{used}: /locks/s: ')):
        for more in ([], ['--json']):
            line = Call('run', *words, *more, status=1).one_line()
            check(line.startswith(where) and line.endswith(' comes in a later version'), line)
    for document in (path, used):
        check_equal(Call('check', document).status, 0, 'it is no fault of the document')


def signalled_from_outside(folder):
    """What somebody else does to a worker is told apart from what its steps do."""
    for number, sentence in ((signal.SIGKILL, 'a was killed from outside the experiment with SIGKILL (9) after '),
                             (signal.SIGTERM, 'in the middle of its work, by a SIGTERM (15) from outside'),
                             (signal.SIGSTOP, 'a was stopped by SIGSTOP, and nobody let it continue.')):
        path = folder.write(sleeper(settings={'time_limit_s': 5 if number == signal.SIGSTOP else 60}))
        with Started('run', path) as started:
            line = started.process.stdout.readline().decode()
            check(line.rstrip().endswith('sleeping'), line)
            os.kill(worker_of(started), number)
            status, stdout, stderr = started.end()
        check_equal((status, stderr), (0, ''), 'exit status and stderr')
        check(sentence in stdout.splitlines()[-1], f'{number.name}: {stdout}')


def worker_of(started):
    """The process whose parent's parent's parent is juggler-cli: keeper, main, worker."""
    found = [pid for pid in started.hosts() if parent(parent(parent(pid))) == started.process.pid]
    check_equal(len(found), 1, 'workers')
    return found[0]


def output_as_it_comes(folder):
    document = experiment([], main=[{'print': 'early'}, {'sleep': 60000}])
    with Started('run', folder.write(document)) as started:
        check(started.process.stdout.readline().rstrip().endswith(b'early'), 'a line before the end of the run')
        started.process.send_signal(signal.SIGINT)
        check_equal(started.end()[0], 130, 'status')


if __name__ == '__main__':
    main([json_object, runs, outcomes, plain_text, terminal, interrupted, interrupted_twice, closed_output,
          output_goes_away, timeline, keeper_killed, killed, signalled_from_outside, not_yet,
          output_as_it_comes])
