"""The text of the standard as sentences with digests, and one edition aligned with another.

The text is no part of this project: it is read from the file a user names, and only digests
are kept. May import nothing but the standard library.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

DIGITS: Final = 16
"""Hex digits of a digest: 64 bits. They tell an edition's few hundred sentences apart by
accident, not against an attack, and two lines of a file stay readable."""

_LINE: Final = re.compile(r"\r\n|\r|\n")
_END: Final = re.compile(r"(?<=。)(?![”’」』）)])|(?<=。[”’」』）)])")
_MARK: Final = re.compile(r"(?:[a-z]\)|[0-9]{1,2}[.)])(?=\D)")
_STOPS: Final = "。;；"
_NATURE: Final = ("(资料性)", "(规范性)")


@dataclass(frozen=True, slots=True)
class SourceSentence:
    """A sentence of a given text: its line and column from 1, its words, their digest."""

    line: int
    column: int
    text: str
    digest: str


@dataclass(frozen=True, slots=True)
class Change:
    """A difference: the position of a known sentence and of a given one.

    Changed where there are both, new without the known one, gone without the given one.
    `before` counts the known sentences that stand before it.
    """

    known: int | None
    given: int | None
    before: int


def normal(text: str) -> str:
    """The wording of a sentence without what says nothing.

    NFKC, so that full and half width are one; no white space and no invisible characters; no
    list mark (`a)`, `1)`, `1.`) before it and no full stop or semicolon after it, since an
    item that is no longer the last of its list asks for the same as before.
    """
    wide = unicodedata.normalize("NFKC", text)
    seen = "".join(c for c in wide if not c.isspace() and unicodedata.category(c) != "Cf")
    return _MARK.sub("", seen, count=1).rstrip(_STOPS) if _MARK.match(seen) else seen.rstrip(_STOPS)


def digest(letters: str) -> str:
    """The first `DIGITS` hex digits of the SHA-256 of the UTF-8 of `letters`."""
    return hashlib.sha256(letters.encode()).hexdigest()[:DIGITS]


def sentences(text: str) -> tuple[SourceSentence, ...]:
    """The sentences of a text in its order.

    A line is a sentence (an item of a list, a cell of a form, a heading), divided after each
    full stop. A line without any letter is none: it numbers a row or fills a cell with dots.
    """
    return tuple(_sentences(text))


def _sentences(text: str) -> Iterator[SourceSentence]:
    for number, line in enumerate(_LINE.split(text), start=1):
        start = 0
        for part in _END.split(line):
            letters = normal(part)
            if any(c.isalpha() for c in letters):
                column = start + len(part) - len(part.lstrip()) + 1
                yield SourceSentence(number, column, part.strip(), digest(letters))
            start += len(part)


def differences(known: Sequence[str], given: Sequence[str]) -> tuple[Change, ...]:
    """Where the digests of a given text differ from the known ones, in the text's order.

    Within a stretch of the text, the first known sentence is taken for the first given one and
    so on: what is paired has changed, what is left over is gone or new.
    """
    found: list[Change] = []
    matcher = SequenceMatcher(None, known, given, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        pairs = min(i2 - i1, j2 - j1)
        found += [Change(i1 + n, j1 + n, i1 + n) for n in range(pairs)]
        found += [Change(i, None, i) for i in range(i1 + pairs, i2)]
        found += [Change(None, j, i2) for j in range(j1 + pairs, j2)]
    return tuple(found)


def annex(text: str, letter: str) -> str:
    """The text of annex `letter`, empty where there is none.

    An annex opens with a line that says its nature (GB/T 1.1) and nothing else; the letters
    themselves are numbering that a text may have lost, so the annexes are counted.
    """
    wanted = ord(letter) - ord("A") + 1
    count, lines = 0, []
    for line in _LINE.split(text):
        count += normal(line) in _NATURE
        if count == wanted:
            lines.append(line)
    return "\n".join(lines)
