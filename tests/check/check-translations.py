#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Juggler developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each catalogue is complete: what xgettext finds today is translated, nothing is fuzzy, every format fits."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from project_files import SKIP, finish, text, top

# As meson's preset "glib" has them.
KEYWORDS = ['_', 'N_', 'C_:1c,2', 'NC_:1c,2', 'g_dcgettext:2', 'g_dngettext:2,3', 'g_dpgettext2:2c,3', 'ngettext:1,2']
FLAGS = ['N_:1:pass-c-format', 'C_:2:pass-c-format', 'NC_:2:pass-c-format', 'g_dngettext:2:pass-c-format',
         'g_strdup_printf:1:c-format', 'g_string_printf:2:c-format', 'g_string_append_printf:2:c-format',
         'g_error_new:3:c-format', 'g_set_error:4:c-format', 'g_print:1:c-format', 'g_printerr:1:c-format']
ENVIRONMENT = dict(os.environ, LC_ALL='C.UTF-8', LANGUAGE='')


def run(*command):
    return subprocess.run(command, cwd=top(), env=ENVIRONMENT, capture_output=True, text=True, check=False)


def main():
    if not shutil.which('xgettext'):
        print('gettext is not installed')
        sys.exit(SKIP)
    faults = []
    languages = [line for line in text('po/LINGUAS').splitlines() if line and not line.startswith('#')]
    if 'zh_CN' not in languages:
        faults.append('po/LINGUAS: zh_CN is missing')
    with tempfile.TemporaryDirectory() as folder:
        template = pathlib.Path(folder) / 'juggler.pot'
        made = run('xgettext', '--files-from=po/POTFILES.in', '--from-code=UTF-8', '--add-comments=Translators',
                   *[f'--keyword={keyword}' for keyword in KEYWORDS], *[f'--flag={flag}' for flag in FLAGS],
                   f'--output={template}')
        if made.returncode or not template.exists():
            sys.exit('xgettext: ' + made.stderr)
        # Such as a macro inside a text that only the compiler can resolve: nobody could translate it.
        faults += [line for line in made.stderr.splitlines() if 'warning:' in line]
        for language in languages:
            catalogue = f'po/{language}.po'
            checked = run('msgfmt', '--check', '--statistics', '--output-file=/dev/null', catalogue)
            if checked.returncode or re.search('fuzzy|untranslated', checked.stderr):
                faults.append(f'{catalogue}: {checked.stderr.strip()}')
            compared = run('msgcmp', catalogue, str(template))
            if compared.returncode:
                faults.append(f'{catalogue}: {compared.stderr.strip()}')
    finish(faults, f'catalogues of {", ".join(languages)}')


if __name__ == '__main__':
    main()
