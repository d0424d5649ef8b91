"""The captions of form B.1 held against annex B, by digest or in a given text.

May import `words`, `errors`, `remarks`, `load` and `wording` beside it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

from compliance.assure.wording import annex, digest
from compliance.load import WORDING, RuleFiles
from compliance.remarks import Level, Remark
from compliance.remarks.visible import visible
from compliance.words.coverage import say

SECTIONS: Final = ("options", "boxes", "types", "captions")
"""The parts of opinion.yaml that quote the form."""

_MARKS: Final = "□○"
_PIECE: Final = re.compile(r"[□○、]|(?=，)")
_LABEL: Final = re.compile(r"(?:附录|表|图)[A-Z](?:\.[0-9]+)?")


def letters(caption: str) -> str:
    """A caption without white space, invisible characters and the marks □ and ○.

    Blanks on a form are as wide as its printer likes, and the marks are drawn by who fills it
    in; all else, punctuation and its width too, is the caption.
    """
    return "".join(
        c
        for c in caption
        if not c.isspace() and c not in _MARKS and unicodedata.category(c) != "Cf"
    )


def captions(files: RuleFiles) -> Iterator[tuple[str, str, str]]:
    """Section, key and text of each caption in opinion.yaml, in the file's order."""
    data: Any = files.documents["opinion"].data
    for section in SECTIONS:
        for key, text in data[section].items():
            yield section, key, text


def annex_captions(standard: str) -> frozenset[str]:
    """The letters of all that may be a caption in annex B of a text of the standard.

    That is each line, each piece of a line between marks, enumeration commas and before a
    comma, and each two lines that follow each other, since a narrow cell breaks its caption;
    also the labels of annexes, tables and figures, wherever the text refers to them.
    """
    lines = annex(standard, "B").split("\n")
    found = {letters(line) for line in lines}
    found |= {letters(piece) for line in lines for piece in _PIECE.split(line)}
    found |= {letters(one + two) for one, two in pairwise(lines)}
    found |= set(_LABEL.findall(letters(standard)))
    return frozenset(found - {""})


def caption_remarks(files: RuleFiles, standard: str | None) -> tuple[Remark, ...]:
    """Each caption of opinion.yaml that is not as annex B has it: `caption-differs`.

    With the text of the standard the caption is looked up in its annex; without, and for a
    caption that the annex has, its digest must be the one in wording.yaml. A folder that has
    no wording.yaml is held against the text only.
    """
    known = annex_captions(standard) if standard is not None else None
    wording = files.documents.get(WORDING)
    digests: Any = wording.data["captions"] if wording else None
    found = []
    for section, key, text in captions(files):
        caption = letters(text)
        name, shown = "", ""
        if known is not None and caption not in known:
            name = "caption_not_in_text"
        elif digests is not None and key not in digests[section]:
            name = "caption_without_digest"
            shown = f'{key}: "{digest(caption)}"' if known is not None else ""
        elif digests is not None and digests[section][key] != digest(caption):
            name = "caption_differs" if known is None else "caption_digest_old"
        if name:
            place = files.documents["opinion"].place((section, key))
            said = say(name, caption=visible(caption))
            found.append(Remark("caption-differs", Level.ERROR, place, said, shown_by=shown))
    return tuple(found)
