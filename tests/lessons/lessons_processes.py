# SPDX-FileCopyrightText: 2026 The Juggler developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rows of the course about processes: what must be seen of each."""

import json
import pathlib
import re
import subprocess
import tempfile

from juggler_run import CLI, EXPERIMENTS, Run, check, check_equal


def numbers(text):
    return [int(number) for number in re.findall(r'[0-9]+', text)]


def check_tree(run, *chain):
    """Each worker of the chain is a process whose parent, as the result and /proc agree, is the one before it."""
    main = run.result['main']
    keeper = run.sighting(main['ppid'])
    check_equal(keeper.parents, [run.pid], 'parents of the keeper')
    check_equal(keeper.program, 'juggler-host', 'program of the keeper')
    check_equal(run.sighting(main['pid']).parents, [main['ppid']], 'parents of main')
    parent = main['pid']
    for name in chain:
        worker = run.worker(name)
        check_equal(worker['kind'], 'process', f'kind of {name}')
        check_equal(worker['ppid'], parent, f'PPID of {name}')
        check_equal(run.sighting(worker['pid']).parents[0], parent, f'parent of {name} in /proc')
        parent = worker['pid']


def check_mixed(run, first, second, words):
    """Neither of two workers waited for the other to finish, and each said its three words."""
    for name, word in zip((first, second), words):
        check_equal(run.lines(name), [word] * 3, f'output of {name}')
        check_equal(run.worker(name)['state'], 'finished', f'state of {name}')
    one, two = run.worker(first), run.worker(second)
    check(two['start_us'] < one['end_us'] and one['start_us'] < two['end_us'], 'they did not run at the same time')
    order = run.lines()
    check(order.index(words[1]) < len(order) - 1 - order[::-1].index(words[0]), 'the output is not mixed:', order)


def main_and_child():
    run = Run('main-and-child')
    main, child = run.result['main'], run.worker('work_process')
    check_tree(run, 'work_process')
    check_equal(numbers(run.lines('main')[0]), [main['pid'], main['ppid']], 'numbers that main printed')
    check_equal(numbers(run.lines('work_process')[0]), [child['pid'], main['pid']], 'numbers that the child printed')
    check(main['pid'] != child['pid'], 'one number for two processes')


def two_processes():
    run = Run('two-processes')
    check_mixed(run, 'coding_process', 'music_process', ('coding...', 'music...'))
    check_tree(run, 'coding_process')
    check_tree(run, 'music_process')


def args():
    run = Run('args')
    check_equal(run.lines(), ['coding...'] * 3, 'output')
    run = Run('args', sets=['/workers/0/args=[5]'])
    check_equal(run.lines(), ['coding...'] * 5, 'output with five')


def kwargs():
    run = Run('kwargs')
    check_equal(run.lines(), ['music...'] * 3, 'output')
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / 'wrong.juggler'
        text = (EXPERIMENTS / 'kwargs.juggler').read_text('utf-8')
        path.write_text(text.replace('"kwargs": { "num"', '"kwargs": { "nun"'), 'utf-8')
        line = 1 + text[:text.index('"kwargs": {')].count('\n')
        refused = subprocess.run([CLI, 'run', str(path), '--json'], capture_output=True, text=True, check=False)
        check_equal(refused.returncode, 2, 'exit status for a wrong name')
        check_equal(refused.stdout, '', 'output for a wrong name')
        message = refused.stderr.splitlines()
        check_equal(len(message), 1, 'lines for one fault')
        check(message[0].startswith(f'{path}:{line}:'), 'place of the fault:', message[0])
        check('/workers/0/kwargs' in message[0] and '"num"' in message[0], 'path and what was meant:', message[0])


def pids():
    run = Run('pids')
    main = run.result['main']
    check_equal(run.lines('main'), [f'main process>>>{main["pid"]}'], 'output of main')
    for name in ('coding', 'music'):
        worker = run.worker(f'{name}_process')
        check_tree(run, f'{name}_process')
        check_equal(run.lines(f'{name}_process'),
                    [f'{name}>>>{worker["pid"]}', f'{name} parent>>>{main["pid"]}'] + [f'{name}...'] * 3,
                    f'output of {name}')


def no_sharing():
    run = Run('no-sharing')
    writer, reader = run.worker('write_process'), run.worker('read_process')
    check_equal(run.lines(), ['add: 0', 'add: 1', 'add: 2', 'write_data [0, 1, 2]', 'read_data []', 'main []'], 'output')
    check_equal(writer['globals'], {'my_list': [0, 1, 2]}, "writer's globals")
    check_equal(reader['globals'], {'my_list': []}, "reader's globals")
    check_equal(run.result['globals'], {'my_list': []}, "main's globals")
    check(int(writer['address']['my_list'], 16) != 0, 'address', writer['address'])
    check_equal(writer['address'], reader['address'], 'addresses')


def main_waits():
    run = Run('main-waits')
    worker = run.worker('work_process')
    check_equal(run.lines('work_process'), ['work...'] * 10 + ['work done'], 'output of the child')
    check_equal(run.result['output'][-1]['text'], 'work done', 'last line')
    check(run.line('main process done')['t_us'] >= 1000000, 'main was done before one second had passed')
    check(worker['end_us'] > run.line('main process done')['t_us'], 'main ended its steps after its child')
    check(run.result['wall_ms'] * 1000 >= worker['end_us'], 'the run was over before the child')
    check_equal((worker['state'], worker['exit']), ('finished', 0), 'state of the child')


def check_cut_off(run, name, said_by_main):
    """A worker that was cut off in the middle of its work, by or with main."""
    worker = run.worker(name)
    lines = run.lines(name)
    check(lines and set(lines) == {'work...'}, 'output of the one cut off:', lines)
    check(len(lines) < 10, 'it was cut off too late:', len(lines))
    check_equal(run.lines('main'), [said_by_main], 'output of main')
    check(worker['end_us'] >= 1000000, 'cut off before main was done, at', worker['end_us'])
    check_equal(run.result['outcome'], 'finished', 'outcome')
    return worker


def daemon_process():
    run = Run('daemon-process')
    worker = check_cut_off(run, 'work_process', 'main process done')
    check_equal((worker['state'], worker['signal'], worker['exit']), ('terminated', 15, None), 'end of the daemon')
    check(worker['end_us'] >= run.line('main process done')['t_us'], 'the daemon ended before main was done')


def terminate():
    run = Run('terminate')
    worker = check_cut_off(run, 'work_process', 'main process done')
    check_equal((worker['state'], worker['signal'], worker['exit']), ('terminated', 15, None), 'end of the child')
    check(run.result['main']['exit'] == 0, 'main went on and ended well', run.result['main'])


def nested_processes():
    run = Run('nested-processes')
    check_tree(run, 'child', 'grandchild-1')
    check_tree(run, 'child', 'grandchild-2')
    check_equal(run.result['globals'], {'g_num': 1}, "main's copy")
    for name in ('child', 'grandchild-1', 'grandchild-2'):
        worker = run.worker(name)
        check_equal(worker['globals'], {'g_num': 2}, f'copy of {name}')
        check_equal(run.lines(name)[0], f'{name} {worker["pid"]}, parent {worker["ppid"]}, g_num = 2', f'output of {name}')
        check_equal((worker['state'], worker['exit']), ('finished', 0), f'end of {name}')


def zombie():
    run = Run('zombie')
    worker = run.worker('work_process')
    sighting = run.sighting(worker['pid'])
    check('Z' in sighting.states, '/proc never showed a zombie:', sighting.states)
    check_equal((worker['state'], worker['exit']), ('finished', 0), 'end of the child')
    check_equal(run.lines(), [f'child process {worker["pid"]} ends', 'main joins its child', 'main process done'], 'output')


def orphan():
    run = Run('orphan')
    parent, child = run.worker('parent_process'), run.worker('child_process')
    keeper = run.result['main']['ppid']
    check_equal(run.sighting(child['pid']).parents, [parent['pid'], keeper], 'parents of the orphan in /proc')
    check_equal(run.lines(), [f'child: my parent is {parent["pid"]}', f'parent {parent["pid"]} leaves',
                              'main process done', f'child: my parent is now {keeper}'], 'output')
    check_equal((parent['state'], parent['exit']), ('finished', 0), 'end of the parent')
    check_equal((child['state'], child['exit']), ('orphan', 0), 'end of the child')
    orphans_of_threads()


def orphans_of_threads():
    """A parent with threads does not end all at once; its child must not take the first of them for all."""
    document = {
        'juggler': 1, 'title': 'A parent with threads leaves', 'tasks': {
            'parent': {'steps': [{'start': 'thread'}, {'start': 'child'}, {'sleep': 20}, {'hard_exit': 0}]},
            'sleep': {'steps': [{'sleep': 30000}]},
            'child': {'steps': [{'sleep': 80}, {'print': 'alive'}]}},
        'workers': [{'name': 'parent', 'target': 'parent', 'kind': 'process'},
                    {'name': 'thread', 'target': 'sleep', 'kind': 'thread', 'count': 30},
                    {'name': 'child', 'target': 'child', 'kind': 'process'}],
        'main': [{'start': 'parent'}, {'join': 'parent'}]}
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / 'orphans.juggler'
        path.write_text(json.dumps(document), 'utf-8')
        for result in Run(path, runs=40).results:
            child = result['workers'][-1]
            check_equal((child['state'], child['exit'], [line['text'] for line in result['output']]),
                        ('orphan', 0, ['alive']), 'end of the child of a parent with threads')


LESSONS = {
    'main-and-child': main_and_child, 'two-processes': two_processes, 'args': args, 'kwargs': kwargs, 'pids': pids,
    'no-sharing': no_sharing, 'main-waits': main_waits, 'daemon-process': daemon_process, 'terminate': terminate,
    'nested-processes': nested_processes, 'zombie': zombie, 'orphan': orphan,
}
