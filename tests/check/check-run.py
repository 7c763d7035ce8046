#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Juggler developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""./run on systems that this one is not: without apt, without root, with package lists too old. The commands that it
calls are replaced by small scripts that write down how they were called."""

import os
import pathlib
import shutil
import subprocess
import tempfile

from project_files import finish, top

ORDINARY = ('sh', 'env', 'dirname', 'sed', 'head', 'grep')
HAS_ALL = 'echo installed'
LACKS_MESON = 'case "$*" in *" meson"*) exit 1 ;; *) echo installed ;; esac'


class System:
    """A folder of commands, and what ./run --packages does where there are no others."""

    def __init__(self, **commands):
        self.folder = tempfile.TemporaryDirectory()
        self.path = pathlib.Path(self.folder.name)
        for name in ORDINARY:
            (self.path / name).symlink_to(shutil.which(name))
        for name, body in commands.items():
            self.command(name.replace('_', '-'), body)

    def command(self, name, body):
        script = self.path / name
        script.write_text(f'#!/bin/sh\necho "{name} $*" >>"$0.called"\n{body}\n', 'utf-8')
        script.chmod(0o755)

    def run(self, *arguments):
        return subprocess.run([str(top() / 'run'), *arguments], env={'PATH': str(self.path), 'LC_ALL': 'C.UTF-8'},
                              cwd=self.path, capture_output=True, text=True, check=False)

    def called(self, name):
        record = self.path / f'{name}.called'
        return record.read_text('utf-8').splitlines() if record.exists() else []


def expect(faults, what, condition, seen):
    if not condition:
        faults.append(f'{what}: saw {seen!r}')


def nothing_missing(faults):
    system = System(apt_get='exit 100', dpkg_query=HAS_ALL, id='echo 0')
    done = system.run('--packages')
    expect(faults, 'all there: status and words', (done.returncode, done.stdout, done.stderr) == (0, '', ''), done)
    expect(faults, 'all there: apt must not be called', system.called('apt-get') == [], system.called('apt-get'))


def as_root(faults):
    system = System(apt_get='exit 0', dpkg_query=LACKS_MESON, id='echo 0')
    done = system.run('--packages')
    expect(faults, 'as root: status', done.returncode == 0, done)
    expect(faults, 'as root: says first what', 'Installing with apt: meson' in done.stderr, done.stderr)
    installed = [call for call in system.called('apt-get') if ' install ' in call]
    expect(faults, 'as root: one install, of that alone, without questions',
           len(installed) == 1 and installed[0].endswith(' meson') and ' -y ' in installed[0], installed)


def old_lists(faults):
    body = 'case "$*" in *" update"*) : >"$0.updated" ;; *) [ -e "$0.updated" ] || exit 100 ;; esac'
    system = System(apt_get=body, dpkg_query=LACKS_MESON, id='echo 0')
    done = system.run('--packages')
    calls = [call.split()[-1] for call in system.called('apt-get')]
    expect(faults, 'old lists: status', done.returncode == 0, done)
    expect(faults, 'old lists: update, then the install', calls[-2:] == ['update', 'meson'], calls)


def refused(faults):
    system = System(apt_get='exit 100', dpkg_query=LACKS_MESON, id='echo 0')
    done = system.run('--packages')
    expect(faults, 'apt refuses: status', done.returncode == 1, done)
    expect(faults, 'apt refuses: last words', done.stderr.endswith('apt could not install: meson\n'), done.stderr)


def not_root(faults):
    system = System(apt_get='exit 0', dpkg_query=LACKS_MESON, id='echo 1000')
    done = system.run('--packages')
    expect(faults, 'without sudo: status', done.returncode == 1, done)
    expect(faults, 'without sudo: what root must do', 'apt-get install meson' in done.stderr, done.stderr)
    expect(faults, 'without sudo: apt must not be called', system.called('apt-get') == [], system.called('apt-get'))
    system.command('sudo', 'exec "$@"')
    done = system.run('--packages')
    expect(faults, 'with sudo: status', done.returncode == 0, done)
    expect(faults, 'with sudo: it is called', len(system.called('sudo')) >= 1, done)


def no_apt(faults):
    system = System()
    done = system.run('--build')
    expect(faults, 'no apt: status', done.returncode == 1, done)
    for word in ('dnf install', 'pacman -S', 'libadwaita', ' meson'):
        expect(faults, f'no apt: {word}', word in done.stderr, done.stderr)


def bad_usage(faults):
    done = System().run('--no-such-option')
    expect(faults, 'unknown option: status', done.returncode == 2, done)
    expect(faults, 'unknown option: the ones there are', '--cli' in done.stdout + done.stderr, done)


def main():
    # The user's PATH must not shine through in what ./run finds.
    os.environ.pop('BASH_ENV', None)
    faults = []
    for case in (nothing_missing, as_root, old_lists, refused, not_root, no_apt, bad_usage):
        case(faults)
    finish(faults, './run on seven systems')


if __name__ == '__main__':
    main()
