#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Juggler developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""src/DESIGN.md has a heading for each folder under src/, and names no folder and no file that is not there; no link
between the project's own pages leads nowhere."""

import re

from project_files import files, finish, text, top


def main():
    design = text('src/DESIGN.md')
    sources = [path for path in files() if path.parts[0] == 'src' and len(path.parts) > 2]
    folders = {path.parts[1] for path in sources}
    headings = set(re.findall(r'^##+ `?src/([a-z]+)`?', design, re.MULTILINE))
    faults = [f'src/DESIGN.md: no heading for src/{name}' for name in sorted(folders - headings)]
    faults += [f'src/DESIGN.md: there is no src/{name}' for name in sorted(headings - folders)]
    names = {path.name for path in files()}
    for name in sorted(set(re.findall(r'`([a-z][a-z-]*\.[ch])`', design)) - names):
        faults.append(f'src/DESIGN.md: there is no {name}')
    for page in [path for path in files() if path.suffix == '.md']:
        for link in re.findall(r'\]\(([^)#:]+)(?:#[^)]*)?\)', text(page)):
            if not (top() / page.parent / link).exists():
                faults.append(f'{page}: there is no {link}')
    finish(faults, 'src/DESIGN.md, and the links of all pages')


if __name__ == '__main__':
    main()
