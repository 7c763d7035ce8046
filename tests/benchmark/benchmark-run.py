#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Juggler developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The hot loops of a whole run, by juggler-cli, against the bare C program: one worker and two, without a lock and with
a mutex inside the loop. Two workers must also be proved to have run at the same time, and unlocked to have lost.

Each pair is measured in turn; the ratio is speed (bare time / our time) by the minima, that of the medians beside it."""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile

ROWS = (('200 M unlocked', False, 200_000_000, 1, 0.95), ('20 M with a mutex', True, 20_000_000, 1, 0.95),
        ('200 M unlocked each', False, 200_000_000, 2, 0.75), ('20 M with a mutex each', True, 20_000_000, 2, 0.75))


def document(locked, n, workers):
    body = [{'increment': 'g_num'}]
    if locked:
        body = [{'lock': 'mutex'}, *body, {'unlock': 'mutex'}]
    return {'juggler': 1, 'title': 'loop', 'globals': {'g_num': 0}, 'locks': {'mutex': 'mutex'},
            'tasks': {'sum_num': {'steps': [{'repeat': n, 'steps': body}]}},
            'workers': [{'name': 'sum', 'target': 'sum_num', 'kind': 'thread', 'count': workers}]}


def output(command):
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout


def run_juggler(cli, path):
    """Seconds from the first worker's begin to the last one's end, their overlap, and how many increments were lost."""
    result = json.loads(output([cli, 'run', path, '--json']))
    begins = [worker['start_us'] for worker in result['workers']]
    ends = [worker['end_us'] for worker in result['workers']]
    shorter = min(end - begin for begin, end in zip(begins, ends))
    lost = sum(worker['increments'] for worker in result['workers']) - result['globals']['g_num']
    return (max(ends) - min(begins)) / 1e6, (min(ends) - max(begins)) / shorter, lost


def compare(arguments, path, row):
    name, locked, n, workers, goal = row
    path.write_text(json.dumps(document(locked, n, workers)))
    ours, bare, overlaps, losses = [], [], [], []
    for _ in range(arguments.pairs):
        seconds, overlap, lost = run_juggler(arguments.cli, path)
        ours.append(seconds)
        overlaps.append(overlap)
        losses.append(lost)
        bare.append(float(output([arguments.bare, 'mutex' if locked else 'plain', str(n), str(workers)])))
    ratio = min(bare) / min(ours)
    good = ratio >= goal
    print(f'{workers} worker{"s" if workers > 1 else ""}, {name:24} {min(ours):9.4f} {min(bare):9.4f} {ratio:6.2f}   '
          f'{statistics.median(ours):9.4f} {statistics.median(bare):9.4f} '
          f'{statistics.median(bare) / statistics.median(ours):6.2f}   >= {goal}{"" if good else "  MISSED"}', flush=True)
    if locked or workers == 1:
        good &= not any(losses)
    if workers > 1:
        print(f'    overlap: median {statistics.median(overlaps):.1%}, least {min(overlaps):.1%} (goal: median >= 90 %)'
              + ('' if locked else f'; lost updates in {sum(loss > 0 for loss in losses)} of {len(losses)} runs'))
        good &= statistics.median(overlaps) >= 0.9 and (locked or all(loss > 0 for loss in losses))
    return good


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('cli')
    parser.add_argument('bare')
    parser.add_argument('--pairs', type=int, default=20)
    arguments = parser.parse_args()
    print(f'{"seconds":34} {"Juggler":>9} {"bare C":>9} {"ratio":>6}   {"Juggler":>9} {"bare C":>9} {"ratio":>6}   goal')
    print(f'{"":34} {"minimum":>9} {"minimum":>9} {"":6}   {"median":>9} {"median":>9}')
    with tempfile.TemporaryDirectory() as folder:
        results = [compare(arguments, pathlib.Path(folder) / 'loop.juggler', row) for row in ROWS]
    sys.exit(0 if all(results) else 1)


if __name__ == '__main__':
    main()
