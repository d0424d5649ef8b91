"""Text as an output may hold it: nothing that moves a cursor, hides, or cannot be encoded.

May import what the package imports; the formats of reviews and of reports share it.
"""

from __future__ import annotations

import json
import os
import unicodedata
from pathlib import Path
from typing import Any, Final

# Control and format characters, lone surrogates, line and paragraph separators: they move
# the cursor, turn the line round, or hide.
_UNSEEN: Final = {"Cc", "Cf", "Cs", "Zl", "Zp"}
# Scripts and emoji need the joiners to be spelt at all.
_JOINERS: Final = {"\u200c", "\u200d"}


def is_unseen(char: str) -> bool:
    """Whether a character acts on the display or hides, instead of being seen."""
    return unicodedata.category(char) in _UNSEEN and char not in _JOINERS


def visible(text: str) -> str:
    """The text on one line, each character that is not seen as its escape (`\\x1b`)."""
    unseen = {ord(char): _escape(char) for char in set(text) if is_unseen(char)}
    return text.translate(unseen) if unseen else text


def visible_lines(text: str) -> str:
    """The text with its lines kept, otherwise as `visible` gives it."""
    return "\n".join(visible(line) for line in text.split("\n"))


def _escape(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def json_text(value: Any) -> str:
    """The value as JSON, indented by 2, that ends with a line end.

    Plain Chinese; in ASCII where a terminal would act on it or UTF-8 cannot hold it.
    """
    text = json.dumps(value, ensure_ascii=False, indent=2)
    unseen = {ord(char): json.dumps(char)[1:-1] for char in set(text) - {"\n"} if is_unseen(char)}
    return text.translate(unseen) + "\n"


def below_here(file: str) -> Path:
    """The path relative to the current directory where it lies below, else absolute."""
    path = Path(os.path.abspath(file))
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
