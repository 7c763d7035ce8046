#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Juggler developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The timeline against the kernel's own records: four spinning threads, then processes, on one core and on two.

`perf record --switch-events -k CLOCK_MONOTONIC` writes down each switch of each thread; the timeline of the same run,
made by the workers themselves, must have every stretch off the core that is longer than 100 us, none that was not, with
its ends in the same place; and the time on the core must be that of /proc/PID/task/TID/schedstat."""

import argparse
import bisect
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time

SKIP = 77
LONG_US = 100.0
SWITCH = re.compile(r'(\d+)/(\d+)\s.*?(\d+)\.(\d{9}): PERF_RECORD_SWITCH (IN|OUT)')


def document(kind, cores, seconds):
    """Four workers that share `cores` cores for `seconds`, then sleep: schedstat is exact only of one that is off."""
    work = int(seconds * 1000 * cores / 4)
    return {'juggler': 1, 'title': f'Four spinning, {kind}, {cores} cores',
            'tasks': {'spin': {'steps': [{'work': work}, {'sleep': 500}]}},
            'workers': [{'name': 'spinner', 'target': 'spin', 'kind': kind, 'count': 4}],
            'settings': {'cores': cores}}


class Schedstat(threading.Thread):
    """Reads the CPU time of every thread called spinner-N until told to stop; keeps (monotonic ns, CPU ns) of each."""

    def __init__(self):
        super().__init__(daemon=True)
        self.readings = {}
        self.over = threading.Event()

    def run(self):
        while not self.over.wait(0.05):
            for comm in pathlib.Path('/proc').glob('[0-9]*/task/*/comm'):
                try:
                    if not comm.read_text().startswith('spinner-'):
                        continue
                    before = time.monotonic_ns()
                    cpu = int((comm.parent / 'schedstat').read_text().split()[0])
                except (OSError, ValueError, IndexError):
                    continue
                self.readings.setdefault(int(comm.parent.name), []).append((before, cpu))


def run(cli, folder, kind, cores, seconds):
    experiment = folder / 'spin.juggler'
    timeline = folder / 'timeline.json'
    data = folder / 'perf.data'
    experiment.write_text(json.dumps(document(kind, cores, seconds)))
    schedstat = Schedstat()
    schedstat.start()
    recorded = subprocess.run(
        ['perf', 'record', '--quiet', '-e', 'dummy:u', '--switch-events', '-k', 'CLOCK_MONOTONIC', '-m', '1024',
         '-o', data, '--', cli, 'run', experiment, '--json', '--timeline', timeline],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    schedstat.over.set()
    schedstat.join()
    if recorded.returncode:
        sys.exit(f'the run failed: {recorded.stderr}')
    switches = subprocess.run(['perf', 'script', '-i', data, '--show-switch-events', '--ns', '-F', 'comm,pid,tid,time'],
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True).stdout
    return json.loads(timeline.read_text()), switches, schedstat.readings


def kernel_stretches(text, tids):
    """For each thread its stretches off the core, in us of CLOCK_MONOTONIC."""
    left = {}
    stretches = {tid: [] for tid in tids}
    for match in SWITCH.finditer(text):
        tid = int(match[2])
        if tid not in stretches:
            continue
        at = int(match[3]) * 1e6 + int(match[4]) / 1e3
        if match[5] == 'OUT':
            left[tid] = at
        elif tid in left:
            stretches[tid].append((left.pop(tid), at))
    return stretches


def lanes(timeline):
    """For each worker's thread (begin, end, spans): spans are (begin, end, name), in us of CLOCK_MONOTONIC."""
    origin = timeline['juggler']['monotonic_ns'] / 1e3
    found = {}
    names = {}
    for event in timeline['traceEvents']:
        if event['ph'] == 'M' and event['name'] == 'thread_name' and event['args']['name'].startswith('spinner-'):
            names[event['tid']] = event['args']['name']
    for event in timeline['traceEvents']:
        if event['ph'] == 'X' and event['tid'] in names and event.get('cat') == 'worker':
            begin = origin + event['ts']
            found.setdefault(event['tid'], []).append((begin, begin + event['dur'], event['name']))
    return {tid: sorted(spans) for tid, spans in found.items()}


def overlap(stretch, others, begins):
    """The one of `others` (sorted; their begins apart) that covers most of `stretch`, and how much of it."""
    best, best_covered = None, 0.0
    i = max(bisect.bisect_right(begins, stretch[0]) - 2, 0)
    while i < len(others) and others[i][0] < stretch[1]:
        covered = min(stretch[1], others[i][1]) - max(stretch[0], others[i][0])
        if covered > best_covered:
            best, best_covered = others[i], covered
        i += 1
    return best, best_covered / (stretch[1] - stretch[0])


def compare(timeline, switches, readings):
    recorded = lanes(timeline)
    stretches = kernel_stretches(switches, recorded)
    missed = invented = n_kernel = n_lane = 0
    errors = []
    on_core = []
    for tid, spans in recorded.items():
        begin, end = spans[0][0], spans[-1][1]
        # What lies at the lane's own edges (created, not yet running; ended) is nobody's to record.
        kernel = [s for s in stretches[tid] if s[0] > begin and s[1] < end]
        off = [s for s in spans if s[2] not in ('running', 'stolen')]
        preempted = [s for s in off if s[2] == 'preempted']
        for stretch in kernel:
            if stretch[1] - stretch[0] <= LONG_US:
                continue
            n_kernel += 1
            match, covered = overlap(stretch, off, [s[0] for s in off])
            if covered < 0.5:
                missed += 1
            elif match[2] == 'preempted':
                errors += [abs(match[0] - stretch[0]), abs(match[1] - stretch[1])]
        for span in preempted:
            if span[1] - span[0] <= LONG_US:
                continue
            n_lane += 1
            if overlap(span, kernel, [s[0] for s in kernel])[1] < 0.5:
                invented += 1
        on_core.append(compare_on_core(spans, readings.get(tid, [])))
    return {'kernel': n_kernel, 'missed': missed, 'lane': n_lane, 'invented': invented,
            'error_us': statistics.median(errors) if errors else None, 'on_core': max(on_core, default=None)}


def compare_on_core(spans, readings):
    """How far the lane's time on the core is from schedstat's, at the last reading inside the closing sleep."""
    sleeping = [s for s in spans if s[2] == 'sleep']
    inside = [(at / 1e3, cpu / 1e3) for at, cpu in readings
              if sleeping and sleeping[-1][0] + 1000 < at / 1e3 < sleeping[-1][1]]
    if not inside:
        return 1.0
    at, cpu = inside[-1]
    lane = sum(min(s[1], at) - s[0] for s in spans if s[2] in ('running', 'stolen') and s[0] < at)
    return abs(lane - cpu) / cpu


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('cli')
    parser.add_argument('--seconds', type=float, default=5.0)
    arguments = parser.parse_args()
    if not shutil.which('perf') or (os.cpu_count() or 1) < 2:
        print('needs perf and two cores')
        sys.exit(SKIP)
    good = True
    print(f'{"":24} {"off > 100 us":>12} {"found":>8} {"invented":>9} {"edge error":>11} {"on-core error":>14}')
    for kind in ('thread', 'process'):
        for cores in (1, 2):
            with tempfile.TemporaryDirectory() as folder:
                figures = compare(*run(arguments.cli, pathlib.Path(folder), kind, cores, arguments.seconds))
            if figures['kernel'] == 0:
                print('perf recorded no switches: not allowed here')
                sys.exit(SKIP)
            found = 1 - figures['missed'] / figures['kernel']
            invented = figures['invented'] / max(figures['lane'], 1)
            print(f'4 {kind + ("s" if kind == "thread" else "es"):10} {cores} core{"s" if cores > 1 else " "}   '
                  f'{figures["kernel"]:12} {found:8.2%} {invented:9.2%} {figures["error_us"]:8.1f} us '
                  f'{figures["on_core"]:14.3%}', flush=True)
            good &= found >= 0.99 and invented <= 0.01 and figures['error_us'] <= 10 and figures['on_core'] <= 0.005
    print('goals: found >= 99 %, invented <= 1 %, edge error (median) <= 10 us, on-core error <= 0.5 %')
    sys.exit(0 if good else 1)


if __name__ == '__main__':
    main()
