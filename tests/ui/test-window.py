#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Juggler developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window from outside, as a screen reader sees it: choose, run, look, stop, close, kill.

usage: test-window.py JUGGLER   (on a display and a session bus of its own)"""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import traceback

# Fatal warnings are for the window. This program looks at things that go away while it looks, and is warned of it.
G_DEBUG = os.environ.pop('G_DEBUG', '')

import gi  # noqa: E402

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

LONG_RUN = {
    'juggler': 1,
    'title': 'A long run',
    'description': 'Two processes that would sleep for half a minute.',
    'tasks': {'rest': {'steps': [{'print': 'good night'}, {'sleep': 30000}, {'print': 'good morning'}]}},
    'workers': [{'name': 'sleeper', 'target': 'rest', 'kind': 'process', 'count': 2},
                {'name': 'dozer', 'target': 'rest', 'kind': 'thread'}],
}

PATIENCE = 30  # seconds until a condition that must come true is given up; nothing is measured by it


def until(condition, what, patience=PATIENCE):
    """Waits for a condition and returns its value."""
    end = time.monotonic() + patience
    while True:
        try:
            value = condition()
        except GLib.Error:  # what was looked at is gone
            value = None
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f'in vain waited for {what}')
        time.sleep(0.05)


def walk(accessible):
    """All accessibles below one, as they are now."""
    accessible.clear_cache()
    yield accessible
    for i in range(accessible.get_child_count()):
        child = accessible.get_child_at_index(i)
        if child is not None:
            yield from walk(child)


def children_of(pid):
    """All processes below one: pid and start time, which together name a process for good."""
    parents = {}
    for name in os.listdir('/proc'):
        if name.isdigit():
            try:
                with open(f'/proc/{name}/stat') as file:
                    fields = file.read().rpartition(')')[2].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            parents[int(name)] = (int(fields[1]), fields[19], fields[0])
    found = {pid}
    grown = True
    while grown:
        new = {child for child, (parent, _, _) in parents.items() if parent in found and child not in found}
        found |= new
        grown = bool(new)
    return {(child, parents[child][1]) for child in found - {pid}}


def alive(processes):
    """Those of the processes that are still there; a zombie whose new parent is slow is not."""
    left = set()
    for pid, start in processes:
        try:
            with open(f'/proc/{pid}/stat') as file:
                fields = file.read().rpartition(')')[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if fields[19] == start and fields[0] not in 'ZX':
            left.add((pid, start))
    return left


class Window:
    """A running Juggler."""

    def __init__(self, *arguments):
        environment = dict(os.environ, GTK_A11Y='atspi', G_DEBUG=G_DEBUG)
        environment['ASAN_OPTIONS'] = environment.get('ASAN_OPTIONS', '') + ':detect_leaks=0'  # GTK's own, with AT-SPI
        self.process = subprocess.Popen([sys.argv[1], *arguments], env=environment)
        self.application = until(self.find_application, 'the application on the accessibility bus')

    def find_application(self):
        if self.process.poll() is not None:
            raise AssertionError(f'the window ended with {self.process.returncode}')
        desktop = Atspi.get_desktop(0)
        desktop.clear_cache()
        for i in range(desktop.get_child_count()):
            application = desktop.get_child_at_index(i)
            if application is not None and application.get_process_id() == self.process.pid:
                return application
        return None

    def all(self, role, pattern):
        expression = re.compile(pattern)
        return [a for a in walk(self.application)
                if a.get_role() == role and expression.match(a.get_name() or '')]

    def find(self, role, pattern, what=None):
        found = until(lambda: self.all(role, pattern), what or f'{role.value_nick} “{pattern}”')
        return found[0]

    def labels(self):
        return [a.get_name() for a in walk(self.application) if a.get_role() == Atspi.Role.LABEL]

    def number_below(self, caption):
        """The big number that follows a caption."""
        def look():
            labels = self.labels()
            for i, text in enumerate(labels[:-1]):
                if re.match(caption, text or ''):
                    digits = (labels[i + 1] or '').replace('\u2009', '')
                    return (int(digits),) if digits.isdigit() else None
            return None
        return until(look, f'a number below “{caption}”')[0]

    def click(self, name):
        button = self.find(Atspi.Role.PUSH_BUTTON, f'^{name}$')
        assert Atspi.Action.do_action(button, 0), name

    def choose(self, title):
        """Selects an experiment in the list at left."""
        def row():
            for listbox in walk(self.application):
                if listbox.get_role() != Atspi.Role.LIST:
                    continue
                for i in range(listbox.get_child_count()):
                    item = listbox.get_child_at_index(i)
                    if any((a.get_name() or '') == title for a in walk(item)):
                        return listbox, i
            return None
        listbox, index = until(row, f'the experiment “{title}”')
        assert Atspi.Selection.select_child(listbox, index), title

    def run_begins(self):
        """Waits until the processes of a run are there: keeper, main and two workers."""
        return until(lambda: (lambda all: all if len(all) >= 4 else None)(children_of(self.process.pid)),
                     'the processes of the run')

    def close(self):
        self.process.send_signal(signal.SIGTERM)  # the window closes as by hand
        assert self.process.wait(PATIENCE) == 0, self.process.returncode


def test_lost_updates():
    window = Window()
    try:
        window.choose('Lost updates')
        window.find(Atspi.Role.FRAME, '^Lost updates$')
        window.click('Run')
        if len(os.sched_getaffinity(0)) >= 2:
            lost = window.number_below(r'^Lost, ')
            assert 0 < lost < 100000000, lost
            actual = window.number_below(r'^Actual$')
            assert actual + lost == 100000000, (actual, lost)
        else:
            until(lambda: any(re.match('^(Lost,|Nothing lost)', t or '') for t in window.labels()), 'an end')
        window.find(Atspi.Role.PUSH_BUTTON, '^Run$')
        labels = window.labels()
        assert any(re.match(r'^Run 1$', t or '') for t in labels), labels
        assert sum(1 for t in labels if re.match(r'^sum[12] done, g_num = \d+$', t or '')) == 2, labels
        assert any(re.match(r'^PID \d+$', t or '') for t in labels), labels

        window.choose('Mutex')
        window.find(Atspi.Role.FRAME, '^Mutex$')
        window.click('Run')
        assert window.number_below('^Nothing lost$') == 0
        assert not children_of(window.process.pid)

        # What was chosen before is still there with its last run.
        window.choose('Lost updates')
        until(lambda: any(re.match('^Run 1$', t or '') for t in window.labels()), 'the first run')
    finally:
        window.close()


def test_stop(path):
    window = Window(path)
    try:
        window.find(Atspi.Role.FRAME, '^A long run$')
        window.click('Run')
        processes = window.run_begins()
        until(lambda: sum(1 for t in window.labels() if t == 'good night') == 3, 'the output of all three')

        # While it runs another experiment can be looked at, and Stop still stops the run.
        window.choose('Mutex')
        window.find(Atspi.Role.FRAME, '^Mutex$')
        window.click('Stop')
        window.find(Atspi.Role.PUSH_BUTTON, '^Run$')
        until(lambda: not alive(processes), 'the end of all processes of the run')
        window.choose('A long run')
        until(lambda: any('stopped' in (t or '').lower() for t in window.labels()), 'a sentence that says so')
        assert not any(t == 'good morning' for t in window.labels())
    finally:
        window.close()


def test_close(path):
    window = Window(path)
    window.find(Atspi.Role.FRAME, '^A long run$')
    window.click('Run')
    processes = window.run_begins()
    window.click('Close')
    assert window.process.wait(PATIENCE) == 0, window.process.returncode
    assert not alive(processes), alive(processes)


def test_kill(path):
    window = Window(path)
    window.find(Atspi.Role.FRAME, '^A long run$')
    window.click('Run')
    processes = window.run_begins()
    window.process.kill()
    window.process.wait()
    time.sleep(1)
    assert not alive(processes), alive(processes)


def test_faults(path):
    window = Window(path)
    try:
        window.find(Atspi.Role.LABEL, r'^2 faults, so it cannot run yet$')
        window.find(Atspi.Role.LABEL, r'.*did you mean “workers”')
        assert not window.all(Atspi.Role.PUSH_BUTTON, '^Run$')
        window.choose('Mutex')
        window.find(Atspi.Role.PUSH_BUTTON, '^Run$')
    finally:
        window.close()


def write(folder, name, document):
    path = os.path.join(folder, name)
    with open(path, 'w') as file:
        json.dump(document, file)
    return path


def main():
    with tempfile.TemporaryDirectory() as folder:
        long_run = write(folder, 'long.juggler', LONG_RUN)
        faulty = dict(LONG_RUN, workres=[], globals={'g': 1.5})
        faulty = write(folder, 'faulty.juggler', faulty)
        tests = [('lost updates are seen', test_lost_updates, []),
                 ('Stop stops', test_stop, [long_run]),
                 ('closing the window ends the run', test_close, [long_run]),
                 ('a killed window leaves nothing', test_kill, [long_run]),
                 ('faults are listed', test_faults, [faulty])]
        print(f'1..{len(tests)}', flush=True)
        failed = False
        for number, (name, function, arguments) in enumerate(tests, 1):
            try:
                function(*arguments)
                print(f'ok {number} - {name}', flush=True)
            except Exception:  # pylint: disable=broad-except
                failed = True
                for line in traceback.format_exc().splitlines():
                    print(f'# {line}')
                print(f'not ok {number} - {name}', flush=True)
        return failed


if __name__ == '__main__':
    sys.exit(main())
