#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Juggler developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the mutated half of corpus/malformed from corpus/valid: each mutation makes a document wrong for certain.
Run it again after a change of the valid ones: the same input gives the same files. What is made by hand (hand-*) stays."""

import pathlib
import random
import re

HERE = pathlib.Path(__file__).parent
VALID = HERE / 'corpus' / 'valid'
MALFORMED = HERE / 'corpus' / 'malformed'
SOURCES = ['format-example', 'every-step', 'later-locks', 'main-first', 'timeouts']
ROUNDS = 4

KEY = re.compile(r'"([^"\\]*)"(\s*:\s*)')
INTEGER = re.compile(r'(?<![-\w.])\d+(?![\w.])')


def without_texts(text):
    """As long as the text, but what stands between quotes is quotes too."""
    return re.sub(r'"[^"]*"', lambda found: '"' * len(found.group()), text)


def pick(chance, pattern, text):
    return chance.choice(list(pattern.finditer(text)))


def pick_integer(chance, text):
    return pick(chance, INTEGER, without_texts(text))


def cut(chance, text):
    """The end is missing."""
    return text[:chance.randrange(1, text.rindex('}'))]


def lose_bracket(chance, text):
    """One bracket outside of texts is gone."""
    outside = without_texts(text)
    at = chance.choice([at for at, character in enumerate(outside) if character in '{}[]'])
    return text[:at] + text[at + 1:]


def lose_quote(chance, text):
    """An odd number of quotes."""
    at = chance.choice([at for at, character in enumerate(text) if character == '"'])
    return text[:at] + text[at + 1:]


def lose_colon(chance, text):
    found = pick(chance, KEY, text)
    return text[:found.start(2)] + ' ' + text[found.end():]


def unknown_key(chance, text):
    """A key of the format is written wrongly; of one that may be left out too."""
    known = re.compile(r'"(juggler|title|tasks|workers|main|steps|name|target|kind|print|repeat|lock|unlock|start|join)"\s*:')
    found = pick(chance, known, text)
    at = found.start(1) + chance.randrange(len(found.group(1)))
    return text[:at] + text[at] + '_' + text[at + 1:]


def second_key(chance, text):
    """An object has the same unknown key twice."""
    outside = without_texts(text)
    at = chance.choice([at for at, character in enumerate(outside) if character == '{' and outside[at + 1] != '}'])
    return text[:at + 1] + ' "twice": 1, "twice": 1, ' + text[at + 1:]


def fraction(chance, text):
    found = pick_integer(chance, text)
    return text[:found.end()] + '.5' + text[found.end():]


def too_large(chance, text):
    found = pick_integer(chance, text)
    return text[:found.start()] + '9' * 30 + text[found.end():]


def not_a_value(chance, text):
    found = pick_integer(chance, text)
    return text[:found.start()] + chance.choice(['None', 'undefined', "'1'", '0x1', '+1', '.1', '1e', '']) + text[found.end():]


def wrong_kind(chance, text):
    found = pick_integer(chance, text)
    return text[:found.start()] + chance.choice(['null', 'false', '{}', '[{}]', '1.0']) + text[found.end():]


def broken_utf8(chance, text):
    at = chance.randrange(1, len(text))
    return text[:at].encode() + chance.choice([b'\xff', b'\xc3', b'\xe4\xb8', b'\xed\xb0\x80', b'\x00']) + text[at:].encode()


MUTATIONS = [cut, lose_bracket, lose_quote, lose_colon, unknown_key, second_key, fraction, too_large, not_a_value, wrong_kind,
             broken_utf8]


def main():
    for old in MALFORMED.glob('mutated-*'):
        old.unlink()
    for source in SOURCES:
        text = (VALID / (source + '.juggler')).read_text()
        for mutation in MUTATIONS:
            for number in range(ROUNDS):
                name = mutation.__name__.replace('_', '-')
                chance = random.Random(f'{source} {name} {number}')
                made = mutation(chance, text)
                path = MALFORMED / f'mutated-{source}-{name}-{number}.juggler'
                path.write_bytes(made if isinstance(made, bytes) else made.encode())


if __name__ == '__main__':
    main()
