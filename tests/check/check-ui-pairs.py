#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Juggler developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each template ui/NAME.ui belongs to a class of its own, src/ui/NAME.c, and stands in the bundle of resources."""

import re

from project_files import files, finish, text

# GTK itself looks the window of shortcuts up by its name; it has no class.
WITHOUT_CLASS = {'help-overlay', 'shortcuts'}


def main():
    names = files()
    templates = [path for path in names if path.parts[0] == 'ui' and path.suffix == '.ui']
    classes = {path.stem for path in names if path.parts[:2] == ('src', 'ui') and path.suffix == '.c'}
    bundles = ''.join(text(path) for path in names if path.name.endswith('.gresource.xml'))
    bundled = set(re.findall(r'>\s*(?:[^<>]*/)?([^<>/]+\.ui)\s*</file>', bundles))
    faults = []
    for path in templates:
        if path.stem not in classes | WITHOUT_CLASS:
            faults.append(f'{path}: there is no src/ui/{path.stem}.c')
        if path.name not in bundled:
            faults.append(f'{path}: in no gresource.xml')
    faults += [f'{name}: bundled, but not in ui/' for name in sorted(bundled - {path.name for path in templates})]
    if not templates:
        faults.append('no templates found')
    finish(faults, f'{len(templates)} templates')


if __name__ == '__main__':
    main()
