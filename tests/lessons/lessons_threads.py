# SPDX-FileCopyrightText: 2026 The Juggler developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rows of the course about threads and shared data: what must be seen of each."""

import re

from juggler_run import CORES, Run, check, check_equal
from lessons_processes import check_cut_off, check_mixed, numbers

# Under the thread sanitizer, or beside other work, a run takes many times as long; a deadlock is seen in a second.
PATIENCE_MS = 5000


def check_one_process(run):
    """All workers are threads of main, and /proc lists them as such."""
    main = run.result['main']
    for worker in run.result['workers']:
        check_equal((worker['kind'], worker['pid']), ('thread', main['pid']), f'process of {worker["name"]}')
    tids = [worker['tid'] for worker in run.result['workers']]
    check_equal(len(set(tids)), len(tids), 'different TIDs')
    return set(tids)


def threads_in_a_process():
    run = Run('threads-in-a-process')
    main = run.result['main']
    threads = check_one_process(run)
    sighting = run.sighting(main['pid'])
    check(threads | {main['pid']} <= sighting.threads, 'threads in /proc:', sighting.threads, 'in the result:', threads)
    check_equal(numbers(run.lines('main')[0]), [main['pid'], main['pid']], 'PID and TID of the main thread')
    for name in ('work_thread-1', 'work_thread-2'):
        worker = run.worker(name)
        check_equal(run.lines(name), [f'{name}: PID {main["pid"]}, TID {worker["tid"]}'], f'output of {name}')


def two_threads():
    run = Run('two-threads')
    check_one_process(run)
    check_mixed(run, 'coding_thread', 'music_thread', ('coding...', 'music...'))


def thread_args():
    run = Run('thread-args')
    check_one_process(run)
    check_equal(run.lines('coding_thread'), ['coding...'] * 3, 'output of coding')
    check_equal(run.lines('music_thread'), ['music...'], 'output of music')


def main_thread_waits():
    run = Run('main-thread-waits')
    worker = run.worker('work_thread')
    check_one_process(run)
    check_equal(run.lines('work_thread'), ['work...'] * 10 + ['work done'], 'output of the thread')
    check(worker['end_us'] > run.line('main thread done')['t_us'], 'the thread ended before main was done')
    check_equal(run.result['output'][-1]['text'], 'work done', 'last line')


def daemon_thread():
    run = Run('daemon-thread')
    check_one_process(run)
    worker = check_cut_off(run, 'work_thread', 'main thread done')
    check_equal((worker['state'], worker['signal'], worker['exit']), ('vanished', None, None), 'end of the daemon')


def no_order():
    run = Run('no-order', runs=30)
    names = [f'thread-{number}' for number in range(1, 11)]
    orders = set()
    for result in run.results:
        order = [line['text'] for line in result['output']]
        check_equal(sorted(order), sorted(names), 'names printed')
        orders.add(tuple(order))
    check(len(orders) > 1, '30 runs had one and the same order:', orders)


def sharing():
    run = Run('sharing')
    check_one_process(run)
    check_equal(run.lines(), ['add: 0', 'add: 1', 'add: 2', 'write_data [0, 1, 2]', 'read_data [0, 1, 2]',
                              'main [0, 1, 2]'], 'output')
    for name in ('write_thread', 'read_thread'):
        check_equal(run.worker(name)['globals'], {'my_list': [0, 1, 2]}, f'globals of {name}')
    check_equal(run.result['globals'], {'my_list': [0, 1, 2]}, "main's globals")


def check_sum(run, each, exact):
    """Two threads that added 1 so often each; what they ended with is what main ended with, or what was lost."""
    for result in run.results:
        value = result['globals']['g_num']
        check_equal(result['outcome'], 'finished', 'outcome')
        check_equal([worker['increments'] for worker in result['workers']], [each, each], 'increments')
        check_equal(result['expected'], {'g_num': 2 * each}, 'expected')
        check_equal(result['output'][-1]['text'], f'g_num = {value}', 'what main printed')
        if exact:
            check_equal((value, result['right']), (2 * each, True), 'value and whether it is right')
        else:
            check(each // 100 < value < 2 * each, 'nothing was lost, or nearly all:', value)
            check_equal(result['right'], False, 'right')


def running(timeline):
    """The stretches in which each worker had a core: thread number -> [(start, end)] in µs."""
    spans = {}
    for event in timeline['traceEvents']:
        if event.get('ph') == 'X' and event['name'] == 'running' and event.get('cat') != 'core':
            spans.setdefault((event['pid'], event['tid']), []).append((event['ts'], event['ts'] + event['dur']))
    return spans


def ran_together(run):
    """For how many microseconds two workers of a run had a core each."""
    spans = running(run.timeline)
    lanes = [spans[(worker['pid'], worker['tid'])] for worker in run.result['workers']]
    return sum(max(0, min(one[1], two[1]) - max(one[0], two[0])) for one in lanes[0] for two in lanes[1])


def lost_updates():
    # Where other programs have the second core, the workers run one after the other and lose nothing. That is no run of
    # the kind that is asked about, so there must be one in which they were seen side by side; and each such one loses.
    together = 0
    for _ in range(20 if CORES >= 2 else 0):
        run = Run('lost-updates', timeline=True)
        if ran_together(run) > 1000:
            together += 1
            check_sum(run, 50000000, exact=False)
        if together == 3:
            break
    check(together > 0 or CORES < 2, 'in twenty runs the workers were never seen side by side')
    # The course's own number; how much is lost may be nothing, but not a thing may be invented.
    run = Run('lost-updates', sets=['/tasks/sum_num/params/n=1000000', '/expect/g_num=2000000'])
    check(0 < run.result['globals']['g_num'] <= 2000000, 'value', run.result['globals'])


def fastest(run):
    return min(result['wall_ms'] for result in run.results)


def mutex():
    inside = Run('mutex', runs=3)
    check_sum(inside, 1000000, exact=True)
    check(any(worker['wait_ms'] > 0 for worker in inside.result['workers']) or CORES < 2, 'nobody ever waited')


def mutex_around():
    around = Run('mutex-around', runs=3)
    check_sum(around, 1000000, exact=True)
    for result in around.results:
        values = [int(re.search(r'g_num = ([0-9]+)$', line['text']).group(1)) for line in result['output']]
        check(values[0] >= 1000000, 'the first to finish had not the lock for its whole loop:', values)
    check(fastest(around) < fastest(Run('mutex', runs=3)), 'the lock around the loop costs more than inside it')


def atomic():
    check_sum(Run('atomic', runs=3), 1000000, exact=True)


def forgotten_release():
    run = Run('forgotten-release')
    sum1, sum2 = run.worker('sum1'), run.worker('sum2')
    deadlock = run.result['deadlock']
    check_equal(run.result['outcome'], 'deadlock', 'outcome')
    check_equal(run.result['right'], False, 'right')
    check_equal((sum1['state'], sum2['state']), ('finished', 'waiting'), 'states')
    check_equal(deadlock['cycle'],
                [{'worker': 'sum2', 'waits_for': 'mutex', 'held_by': 'sum1', 'owner_ended': 'finished'}], 'cycle')
    check_equal(deadlock['blocked'], ['main'], 'who waits for them')
    seen_after = run.result['wall_ms'] - run.line('sum2 waits for the mutex')['t_us'] / 1000
    check(0 <= seen_after < PATIENCE_MS, 'the deadlock was seen after', seen_after, 'ms')
    check_equal(run.lines()[-1], 'sum2 waits for the mutex', 'last line')


def share_together(spans):
    """Of the time in which at least one runs, the share in which two or more do."""
    edges = sorted([(start, 1) for start, _ in spans] + [(end, -1) for _, end in spans])
    depth, busy, together, last = 0, 0, 0, None
    for when, change in edges:
        if last is not None and depth:
            busy += when - last
            together += when - last if depth > 1 else 0
        depth += change
        last = when
    return together / busy if busy else 0


def busy_four(kind, cores):
    """Four busy workers of a kind on so many cores: the share of the time in which two or more ran, and the time."""
    run = Run('turns-or-together', sets=[f'/workers/0/kind={kind}', f'/settings/cores={cores}'], timeline=True)
    check_equal(run.result['cores'], cores, 'cores')
    check_equal(sorted(run.lines()[:4]), [f'busy-{number} done' for number in range(1, 5)], 'output')
    used = {core for worker in run.result['workers'] for core in worker['cores']}
    check(len(used) <= cores, f'{cores} were allowed, and they ran on', used)
    # 400 ms each of their own CPU time, so 1 600 ms of one core.
    check(run.result['wall_ms'] >= 1600 / cores, 'faster than the work itself:', run.result['wall_ms'])
    workers = {(worker['pid'], worker['tid']) for worker in run.result['workers']}
    spans = running(run.timeline)
    check(workers <= set(spans), 'workers without a lane:', workers - set(spans))
    check(all(len(spans[worker]) > 1 for worker in workers) or cores > 1, 'they did not take turns')
    return share_together([span for worker in workers for span in spans[worker]]), run.result['wall_ms']


def turns_or_together():
    for kind in ('process', 'thread'):
        alone, wall_of_one = busy_four(kind, 1)
        check(alone < 0.02, f'on one core two of kind {kind} ran at the same instant for {alone:.1%} of the time')
        if CORES < 2:
            continue
        # Beside other programs there may be little room on the second core, but not again and again.
        together, wall_of_two = 0, 0
        for _ in range(8):
            together, wall_of_two = max((together, wall_of_two), busy_four(kind, 2))
            if together > 0.5:
                break
        check(together > max(2 * alone, 0.02), f'kind {kind}: on two cores together for {together:.1%} of the time')
        # Nor is there a gain where others had the second core; where it was theirs for most of the time, there is.
        check(together < 0.5 or wall_of_two < wall_of_one, f'kind {kind}: no gain:', wall_of_one, wall_of_two)


LESSONS = {
    'threads-in-a-process': threads_in_a_process, 'two-threads': two_threads, 'thread-args': thread_args,
    'main-thread-waits': main_thread_waits, 'daemon-thread': daemon_thread, 'no-order': no_order, 'sharing': sharing,
    'lost-updates': lost_updates, 'mutex': mutex, 'mutex-around': mutex_around, 'atomic': atomic,
    'forgotten-release': forgotten_release, 'turns-or-together': turns_or_together,
}
