# SPDX-FileCopyrightText: 2026 The Juggler developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs juggler-cli as a user would, and finds what it may have left behind. Says TAP."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import traceback
import uuid

CLI = os.environ['JUGGLER_CLI']
SOURCE = pathlib.Path(__file__).resolve().parents[2]
TIME = 60
MARK = 'JUGGLER_TEST_MARK'


class Skip(Exception):
    """The machine lacks what the test needs."""


def check(condition, *what):
    """Unlike assert it stays under python -O, and says what it saw."""
    if not condition:
        raise AssertionError(' '.join(str(part) for part in what))


def check_equal(seen, wanted, what):
    check(seen == wanted, f'{what}: saw {seen!r}, wanted {wanted!r}')


def marked(mark):
    """PIDs of the processes that have the mark in their environment, whatever program they run, zombies not."""
    found = []
    for entry in os.listdir('/proc'):
        if not entry.isdigit():
            continue
        try:
            content = pathlib.Path(f'/proc/{entry}/environ').read_bytes()
        except OSError:
            continue
        if f'{MARK}={mark}'.encode() in content.split(b'\0'):
            found.append(int(entry))
    return found


def wait_until(condition, what, seconds=TIME):
    end = time.monotonic() + seconds
    while not condition():
        check(time.monotonic() < end, f'waited {seconds} s for', what)
        time.sleep(0.01)


class Folder:
    """A folder for the documents of a test, for whoever may read it."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix='juggler-cli-')
        os.chmod(self.folder.name, 0o777)
        self.number = 0

    def __enter__(self):
        return self

    def __exit__(self, *what):
        self.folder.cleanup()

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def write(self, content, name=None):
        self.number += 1
        path = self.path(name or f'{self.number}.juggler')
        text = content if isinstance(content, (str, bytes)) else json.dumps(content)
        pathlib.Path(path).write_bytes(text.encode() if isinstance(text, str) else text)
        os.chmod(path, 0o666)
        return path


class Call:
    """One call of juggler-cli that has ended, and left nothing."""

    def __init__(self, *words, status=0, before=(), variables=None, **options):
        self.mark = str(uuid.uuid4())
        environment = dict(os.environ, **{MARK: self.mark}, **(variables or {}))
        options.setdefault('stdin', subprocess.DEVNULL)
        options.setdefault('stdout', subprocess.PIPE)
        options.setdefault('stderr', subprocess.PIPE)
        done = subprocess.run([*before, CLI, *words], env=environment, timeout=TIME, check=False, **options)
        self.stdout = (done.stdout or b'').decode()
        self.stderr = (done.stderr or b'').decode()
        self.status = done.returncode
        self.words = ' '.join(words)
        check_left(self.mark)
        if status is not None:
            check_equal(self.status, status, f'exit status of “{self.words}”, which said {self.stderr!r}')

    def lines(self):
        return self.stdout.splitlines()

    def faults(self):
        return self.stderr.splitlines()

    def results(self):
        return [json.loads(line) for line in self.lines()]

    def one_line(self):
        """The one line of stderr; nothing stands on stdout."""
        check_equal(self.stdout, '', f'stdout of “{self.words}”')
        check_equal(len(self.faults()), 1, f'lines of stderr of “{self.words}”: {self.stderr!r}')
        return self.faults()[0]


def check_left(mark):
    """Whatever became of the run, a second later nothing of it is left."""
    wait_until(lambda: not marked(mark), 'the end of all processes of the run', 2)


class Started:
    """A call of juggler-cli that goes on."""

    def __init__(self, *words, variables=None, **options):
        self.mark = str(uuid.uuid4())
        environment = dict(os.environ, **{MARK: self.mark}, **(variables or {}))
        options.setdefault('stdin', subprocess.DEVNULL)
        options.setdefault('stdout', subprocess.PIPE)
        options.setdefault('stderr', subprocess.PIPE)
        self.process = subprocess.Popen([CLI, *words], env=environment, start_new_session=True, **options)

    def __enter__(self):
        return self

    def __exit__(self, *what):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for stream in (self.process.stdout, self.process.stderr):
            if stream:
                stream.close()

    def hosts(self):
        """PIDs of the processes of the run, without juggler-cli itself."""
        return [pid for pid in marked(self.mark) if pid != self.process.pid]

    def wait_for_processes(self, count):
        wait_until(lambda: len(self.hosts()) >= count, f'{count} processes of the run')

    def end(self):
        """Waits for the end; returns exit status, stdout, stderr."""
        stdout, stderr = self.process.communicate(timeout=TIME)
        check_left(self.mark)
        return self.process.returncode, stdout.decode(), stderr.decode()


def main(tests):
    print(f'1..{len(tests)}', flush=True)
    failed = 0
    for number, test in enumerate(tests, 1):
        name = test.__name__.replace('_', '-')
        try:
            with Folder() as folder:
                test(folder)
        except Skip as reason:
            print(f'ok {number} {name} # SKIP {reason}', flush=True)
            continue
        except Exception:  # pylint: disable=broad-except
            failed += 1
            for line in traceback.format_exc().splitlines():
                print(f'# {line}')
            print(f'not ok {number} {name}', flush=True)
            continue
        print(f'ok {number} {name}', flush=True)
    sys.exit(1 if failed else 0)


def experiment(workers=(), tasks=None, **more):
    """A document; what is left out has its default."""
    return {'juggler': 1, 'title': 'Test', 'tasks': tasks or {}, 'workers': list(workers), **more}


def counter(kind='thread', n=1000, **more):
    """Two workers that add n each to g_num."""
    return experiment(
        [{'name': name, 'target': 'add', 'kind': kind} for name in ('a', 'b')],
        {'add': {'params': {'n': n}, 'steps': [{'repeat': 'n', 'steps': [{'atomic_add': 'g_num'}]}]}},
        globals={'g_num': 0}, expect={'g_num': 2 * n}, **more)


def sleeper(milliseconds=60000, kind='process', **more):
    """A worker that says so and sleeps."""
    return experiment([{'name': 'a', 'target': 'sleep', 'kind': kind}],
                      {'sleep': {'steps': [{'print': 'sleeping'}, {'sleep': milliseconds}]}}, **more)
