#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Juggler developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""po/POTFILES.in is sorted and lists each file that has something to translate, and no other."""

import re

from project_files import files, finish, text, top

C_CALL = re.compile(r'(?<![A-Za-z0-9_])(_|N_|C_|NC_|Q_|ngettext|gettext|g_dngettext|g_dpgettext2?)\s?\(\s*"')
UI_MARK = re.compile(r'translatable="(yes|true)"')
COMMENT = re.compile(r'/\*.*?\*/', re.DOTALL)


def translatable(path):
    if path.suffix in ('.c', '.h'):
        return C_CALL.search(COMMENT.sub('', text(path))) is not None
    if path.suffix == '.ui':
        return UI_MARK.search(text(path)) is not None
    return path.name.endswith(('.desktop.in', '.metainfo.xml.in', '.gschema.xml'))


def main():
    listed = [line for line in text('po/POTFILES.in').splitlines() if line and not line.startswith('#')]
    faults = []
    if listed != sorted(set(listed)):
        faults.append('po/POTFILES.in: not sorted, or a file twice')
    needed = {str(path) for path in files() if path.parts[0] in ('src', 'ui', 'data') and translatable(path)}
    faults += [f'{name}: has something to translate, but is not in po/POTFILES.in' for name in needed - set(listed)]
    for name in set(listed) - needed:
        why = 'has nothing to translate' if (top() / name).is_file() else 'is not there'
        faults.append(f'{name}: po/POTFILES.in lists it, but it {why}')
    finish(sorted(faults), f'po/POTFILES.in with {len(listed)} files')


if __name__ == '__main__':
    main()
