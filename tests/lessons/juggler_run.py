# SPDX-FileCopyrightText: 2026 The Juggler developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs an experiment with juggler-cli, watches its processes in /proc meanwhile, and holds the result against the
contract in docs/experiment-format.md."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

CLI = os.environ['JUGGLER_CLI']
EXPERIMENTS = pathlib.Path(os.environ['JUGGLER_EXPERIMENTS'])
CORES = len(os.sched_getaffinity(0))

RESULT_KEYS = ['title', 'gear', 'outcome', 'right', 'provoked', 'globals', 'expected', 'lost', 'wall_ms', 'cores', 'main',
               'workers', 'output', 'deadlock']
MAIN_KEYS = ['pid', 'ppid', 'exit', 'cpu_ms']
WORKER_KEYS = ['name', 'kind', 'pid', 'ppid', 'tid', 'started', 'state', 'exit', 'signal', 'globals', 'globals_exact',
               'address', 'start_us', 'end_us', 'cpu_ms', 'wait_ms', 'switches', 'cores', 'increments']
OUTCOMES = {'finished', 'deadlock', 'time limit', 'stopped', 'main died'}
STATES = {'never started', 'running', 'waiting', 'finished', 'terminated', 'killed', 'crashed', 'vanished', 'failed',
          'orphan'}


def check(condition, *what):
    """Unlike assert it stays under python -O, and says what it saw."""
    if not condition:
        raise AssertionError(' '.join(str(part) for part in what))


def check_equal(seen, wanted, what):
    check(seen == wanted, f'{what}: saw {seen!r}, wanted {wanted!r}')


def document(name):
    return json.loads((EXPERIMENTS / f'{name}.juggler').read_text('utf-8'))


class Sighting:
    """What /proc said of one process, over all looks: its parents, states and threads."""

    def __init__(self):
        self.parents = []
        self.states = set()
        self.threads = set()
        self.program = ''

    def add(self, parent, state, threads, program):
        if self.parents[-1:] != [parent]:
            self.parents.append(parent)
        self.states.add(state)
        self.threads |= threads
        self.program = program or self.program


def look(root, sightings):
    """One look at all processes that descend from root."""
    seen = {}
    for entry in os.listdir('/proc'):
        if not entry.isdigit():
            continue
        try:
            # The name stands in parentheses and may hold any character, so count from the last one.
            state, parent = pathlib.Path(f'/proc/{entry}/stat').read_text('utf-8', 'replace').rpartition(')')[2].split()[:2]
        except (OSError, ValueError):
            continue
        seen[int(entry)] = (int(parent), state)
    family = {root}
    grown = True
    while grown:
        more = {pid for pid, (parent, _) in seen.items() if parent in family} - family
        family |= more
        grown = bool(more)
    for pid in family - {root}:
        try:
            threads = {int(thread) for thread in os.listdir(f'/proc/{pid}/task')}
        except OSError:
            threads = set()
        try:
            program = os.path.basename(os.readlink(f'/proc/{pid}/exe'))
        except OSError:
            program = ''
        sightings.setdefault(pid, Sighting()).add(*seen[pid], threads, program)


def left_over(sightings):
    """Those of the seen processes that are juggler-host's and still there."""
    left = []
    for pid in sightings:
        try:
            if os.path.basename(os.readlink(f'/proc/{pid}/exe')) == 'juggler-host':
                left.append(pid)
        except OSError:
            pass
    return left


class Run:
    """One call of `juggler-cli run`: the results, and what /proc showed of it."""

    def __init__(self, name, sets=(), runs=None, timeline=False):
        path = name if isinstance(name, pathlib.Path) else EXPERIMENTS / f'{name}.juggler'
        command = [CLI, 'run', str(path), '--json']
        command += [part for path_and_value in sets for part in ('--set', path_and_value)]
        command += ['--runs', str(runs)] if runs else []
        self.timeline = None
        self.sightings = {}
        with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile('w+') as output, \
             tempfile.TemporaryFile('w+') as errors:
            if timeline:
                command += ['--timeline', f'{folder}/timeline.json']
            with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=errors) as process:
                while process.poll() is None:
                    look(process.pid, self.sightings)
                    time.sleep(0.01)
            self.pid = process.pid
            self.status = process.returncode
            output.seek(0)
            errors.seek(0)
            self.stdout = output.read()
            self.stderr = errors.read()
            if timeline and self.status == 0:
                self.timeline = json.loads(pathlib.Path(f'{folder}/timeline.json').read_text('utf-8'))
        check(self.status == 0, f'{" ".join(command)}: exit status {self.status}\n{self.stdout}{self.stderr}')
        self.results = [json.loads(line) for line in self.stdout.splitlines()]
        check_equal(len(self.results), runs or 1, 'results')
        for result in self.results:
            check_result(result)
        self.result = self.results[0]
        check_equal(left_over(self.sightings), [], 'processes left')

    def worker(self, name):
        found = [worker for worker in self.result['workers'] if worker['name'] == name]
        check_equal(len(found), 1, f'workers named {name}')
        return found[0]

    def lines(self, worker=None):
        return [line['text'] for line in self.result['output'] if worker in (None, line['worker'])]

    def line(self, text):
        """The output entry with this text; there must be just one."""
        found = [line for line in self.result['output'] if line['text'] == text]
        check_equal(len(found), 1, f'lines {text!r}')
        return found[0]

    def sighting(self, pid):
        check(pid in self.sightings, f'/proc never showed process {pid}; it showed {sorted(self.sightings)}')
        return self.sightings[pid]


def check_result(result):
    """The form that the contract gives a result, whatever was run."""
    check_equal(list(result)[:len(RESULT_KEYS)], RESULT_KEYS, 'keys of the result')
    check_equal(list(result['main'])[:len(MAIN_KEYS)], MAIN_KEYS, 'keys of main')
    check_equal(result['gear'], 'real', 'gear')
    check(result['outcome'] in OUTCOMES, 'outcome', result['outcome'])
    check_equal(result['provoked'], [], 'provoked')
    check(result['wall_ms'] > 0, 'wall_ms', result['wall_ms'])
    check(1 <= result['cores'] <= os.cpu_count(), 'cores', result['cores'])
    check_equal(result['lost'], {name: value - result['globals'][name] for name, value in result['expected'].items()},
                'lost')
    right = None
    if result['expected']:
        right = result['outcome'] == 'finished' and not any(result['lost'].values())
    check_equal(result['right'], right, 'right')
    check_equal(result['deadlock'] is not None, result['outcome'] == 'deadlock', 'a deadlock is described')
    times = [line['t_us'] for line in result['output']]
    check_equal(times, sorted(times), 'times of the output')
    for line in result['output']:
        check_equal(list(line)[:3], ['t_us', 'worker', 'text'], 'keys of an output line')
    for worker in result['workers']:
        check_worker(result, worker)


def check_worker(result, worker):
    what = worker['name']
    check_equal(list(worker)[:len(WORKER_KEYS)], WORKER_KEYS, f'keys of {what}')
    check(worker['state'] in STATES, 'state of', what, worker['state'])
    check(worker['kind'] in ('process', 'thread'), 'kind of', what, worker['kind'])
    check_equal(list(worker['globals']), list(result['globals']), f'globals of {what}')
    if not worker['started']:
        check_equal(worker['state'], 'never started', f'state of {what}')
        return
    check_equal(list(worker['address']), list(result['globals']), f'addresses of {what}')
    check_equal(list(worker['switches']), ['voluntary', 'involuntary'], f'switches of {what}')
    if worker['kind'] == 'process':
        check_equal(worker['tid'], worker['pid'], f'first thread of {what}')
    elif worker['state'] != 'vanished':
        # One that was cut off before it ever ran could not tell its TID.
        check(worker['tid'] != worker['pid'], f'{what} has the TID of its process')
    if worker['state'] in ('finished', 'terminated', 'killed', 'vanished'):
        check(0 <= worker['start_us'] <= worker['end_us'], f'times of {what}', worker['start_us'], worker['end_us'])
    if worker['state'] == 'finished':
        check(isinstance(worker['exit'], int) and worker['signal'] is None, f'exit of {what}', worker)
        check_equal(worker['globals_exact'], True, f'globals_exact of {what}')


def main(table):
    """Runs the check that the command line names; once, or 20 times in a row when everything is to be tested."""
    name = sys.argv[1]
    if name not in table:
        sys.exit(f'no such check: {name}')
    times = 20 if os.environ.get('JUGGLER_TEST_ALL') else 1
    for number in range(times):
        try:
            table[name]()
        except AssertionError as error:
            sys.exit(f'{name}, run {number + 1} of {times}: {error}')
    print(f'{name}: right in {times} of {times}')
