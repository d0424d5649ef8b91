"""The parts of a workbook's package read as XML: its contents, texts and styles.

Nothing is expanded, fetched or computed: a document type, without which there are no
entities, ends the reading. Source: ECMA-376 part 1, 18.2 to 18.8. May import nothing of the
project; of openpyxl only which number formats are dates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple
from xml.parsers import expat

_ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
TRUE: Final = ("1", "true", "on")


class Declares(Exception):
    """A part declares a document type."""


class Unreadable(Exception):
    """A part is XML and yet no part of a workbook; says why."""


class Contents(NamedTuple):
    """Title, relation and hiddenness of each sheet; whether days are counted from 1904."""

    sheets: list[tuple[str, str, bool]]
    since_1904: bool


Attributes = Mapping[str, str]
_Starts = Mapping[str, Callable[[Attributes], None]]
_Ends = Mapping[str, Callable[[], None]]


def parse(
    content: bytes | None,
    starts: _Starts,
    ends: _Ends | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Call what is given for the elements of each name, whatever its namespace."""
    if content is None:
        return
    closing = ends or {}

    def start(name: str, attributes: Attributes) -> None:
        call = starts.get(name.rpartition(":")[2])
        if call is not None:
            call(attributes)

    def end(name: str) -> None:
        call = closing.get(name.rpartition(":")[2])
        if call is not None:
            call()

    def declares(*_: object) -> None:
        raise Declares

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = declares
    parser.StartElementHandler, parser.EndElementHandler = start, end
    if text is not None:
        parser.CharacterDataHandler = text
    parser.Parse(content, True)


def contents(content: bytes) -> Contents:
    """What `xl/workbook.xml` lists."""
    sheets: list[tuple[str, str, bool]] = []
    since_1904: list[bool] = []

    def sheet(a: Attributes) -> None:
        id_ = next((v for k, v in a.items() if k.endswith(":id")), "")
        sheets.append((a.get("name", ""), id_, a.get("state", "visible") != "visible"))

    def settings(a: Attributes) -> None:
        since_1904.append(a.get("date1904") in TRUE)

    parse(content, {"sheet": sheet, "workbookPr": settings})
    return Contents(sheets, any(since_1904))


def targets(content: bytes | None) -> dict[str, str]:
    """The sheets' parts by relation; a target outside of the package is never one of them."""
    found: dict[str, str] = {}

    def relation(a: Attributes) -> None:
        target = a.get("Target", "")
        if a.get("Type", "").endswith("/worksheet") and a.get("TargetMode") != "External":
            found[a.get("Id", "")] = target[1:] if target[:1] == "/" else f"xl/{target}"

    parse(content, {"Relationship": relation})
    return found


def texts(content: bytes | None) -> list[str]:
    """The shared texts by number; how a word is read aloud is left out."""
    found: list[str] = []
    pieces: list[str] = []
    within = {"text": False, "aloud": False}

    def add(text: str) -> None:
        if within["text"] and not within["aloud"]:
            pieces.append(text)

    def close() -> None:
        found.append(plain("".join(pieces)))
        pieces.clear()

    parse(
        content,
        {
            "t": lambda _: within.update(text=True),
            "rPh": lambda _: within.update(aloud=True),
        },
        {
            "t": lambda: within.update(text=False),
            "rPh": lambda: within.update(aloud=False),
            "si": close,
        },
        add,
    )
    return found


def plain(text: str) -> str:
    """A text with its escaped characters, such as the half of a line end that XML drops."""
    if "_x" not in text:
        return text
    text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def date_styles(content: bytes | None) -> frozenset[int]:
    """The cell styles, by number, whose format shows a number as a date."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

    formats: dict[str, str] = {str(number): code for number, code in BUILTIN_FORMATS.items()}
    used: list[str] = []
    within = {"cells": False, "formats": False}

    def number_format(a: Attributes) -> None:
        if within["formats"]:
            formats[a.get("numFmtId", "")] = a.get("formatCode", "")

    def style(a: Attributes) -> None:
        if within["cells"]:
            used.append(a.get("numFmtId", "0"))

    parse(
        content,
        {
            "numFmts": lambda _: within.update(formats=True),
            "numFmt": number_format,
            "cellXfs": lambda _: within.update(cells=True),
            "xf": style,
        },
        {
            "numFmts": lambda: within.update(formats=False),
            "cellXfs": lambda: within.update(cells=False),
        },
    )
    return frozenset(
        at
        for at, number in enumerate(used)
        if (code := formats.get(number, ""))
        and is_date_format(code)
        and not is_timedelta_format(code)
    )
