#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Juggler developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each layer under src/ includes only itself and those below it, and none of the libraries that it must do without."""

import re

from project_files import files, finish, text

BELOW = {
    'wire': (),
    'host': ('wire',),
    'model': ('wire',),
    'engine': ('model', 'wire'),
    'lab': ('engine', 'model', 'wire'),
    'cli': ('lab', 'engine', 'model', 'wire'),
    'ui': ('lab', 'engine', 'model', 'wire'),
}
# Of wire these need the plan's words alone: they know nothing of shared memory and messages.
ONLY = {(layer, 'wire'): {'juggler-plan.h'} for layer in ('model', 'cli', 'ui')}
SYSTEM = r'^(glib|gio|gmodule|gobject|json-glib|gtk|gdk|gsk|adwaita|pango|cairo|graphene)'
GTK = r'^(gtk|gdk|gsk|adwaita|pango|cairo|graphene)'
FORBIDDEN = {
    'wire': SYSTEM,
    'host': SYSTEM,
    'model': r'^(gio/gunix|gtk|gdk|gsk|adwaita|pango|cairo|graphene)',
    'engine': GTK,
    'lab': GTK,
    'cli': GTK,
}
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)


def main():
    sources = [path for path in files()
               if path.parts[0] == 'src' and len(path.parts) > 2 and path.suffix in ('.c', '.h')]
    home = {path.name: path.parts[1] for path in sources if path.suffix == '.h'}
    faults = []
    for path in sources:
        layer = path.parts[1]
        if layer not in BELOW:
            faults.append(f'{path}: {layer} is no known layer; name it in {__file__} and src/DESIGN.md')
            continue
        for sign, name in INCLUDE.findall(text(path)):
            base = name.rsplit('/', 1)[-1]
            if sign == '<' and layer in FORBIDDEN and re.match(FORBIDDEN[layer], name):
                faults.append(f'{path}: {layer} must do without <{name}>')
            other = home.get(base)
            if other in (None, layer):
                continue
            if other not in BELOW[layer]:
                faults.append(f'{path}: {layer} must not include {name}, which is of {other}')
            elif base not in ONLY.get((layer, other), {base}):
                allowed = ', '.join(ONLY[(layer, other)])
                faults.append(f'{path}: of {other} {layer} may include only {allowed}, not {name}')
    if not sources:
        faults.append('no sources found')
    finish(faults, f'layers of {len(sources)} files')


if __name__ == '__main__':
    main()
