"""Texts from records made fit to print: one line, nothing invisible, nobody's numbers.

Imports the standard library and `words` only.
"""

from __future__ import annotations

import re
from typing import Final

from compliance.words import Lang
from compliance.words import forms as words

# ID numbers of 18 and 15 digits and mobile numbers, also in groups; \d takes full width too.
_PERSONAL: Final = re.compile(
    r"(?<!\d)(?:\d{6}[ -]?\d{8}[ -]?\d{3}[\dXxＸｘ]|\d{15}|1[3-9]\d[ -]?\d{4}[ -]?\d{4})(?!\d)"
)


def clean(text: str | None) -> str:
    """`text` on one line, each control, format or unassigned character as its code point.

    A code point stands in brackets, such as `[U+202E]`. Marks that turn the writing
    direction and lone surrogates are among these.
    """
    return "".join(
        char if char.isprintable() else f"[U+{ord(char):04X}]"
        for char in " ".join((text or "").split())
    )


def masked(text: str, private: frozenset[str], lang: Lang) -> str:
    """`text` cleaned, without ID numbers, mobile numbers and the texts in `private`."""
    text = clean(text)
    for secret in sorted(private, key=len, reverse=True):
        text = text.replace(secret, words.MASKED.in_(lang))
    return _PERSONAL.sub(words.MASKED.in_(lang), text)
