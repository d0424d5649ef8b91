"""A sheet's part read as XML: its cells, and what hides or merges them.

Nothing is expanded or computed: a formula is told from a value and left alone. May import
`parts`; of openpyxl only which day a number is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from math import isfinite
from typing import Final, NamedTuple

from compliance.intake.workbook.parts import TRUE, Attributes, Unreadable, parse, plain

CELL_LIMIT: Final = 1_000_000
"""The most cells that are not empty; a checklist of 500 outlets has some 75,000."""

_REFERENCE: Final = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})", re.ASCII)
_WHOLE: Final = re.compile(r"-?[0-9]{1,15}", re.ASCII)


class TooManyCells(Exception):
    """A workbook has more cells than a checklist ever has."""


class Kind(Enum):
    """What a cell holds."""

    VALUE = "value"
    FORMULA = "formula"
    ERROR = "error"


class Cell(NamedTuple):
    """What stands in a cell: a text, number, truth value or datetime, a formula or an error."""

    value: object
    kind: Kind = Kind.VALUE


class Range(NamedTuple):
    """A range of cells, rows and columns from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """A sheet: cells that are not empty by row and column from 1, and what hides or merges.

    `filtered` says that a filter is at work, which hides rows as a view.
    """

    title: str
    hidden: bool
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Range] = field(default_factory=list)
    filtered: bool = False


@cache
def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _position(reference: str) -> tuple[int, int]:
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise Unreadable(f"r={reference[:20]!r}")
    return int(found[2]), _column(found[1])


def fill(
    sheet: Sheet,
    content: bytes,
    shared: Sequence[str],
    dated: frozenset[int],
    since_1904: bool,
    room: int = CELL_LIMIT,
) -> None:
    """Read a sheet's part into `sheet`, at most `room` cells.

    Raises Declares, TooManyCells, Unreadable, ExpatError.
    """
    reader = _Cells(sheet, shared, dated, since_1904, room)
    parse(
        content,
        {
            "row": reader.row,
            "c": reader.cell,
            "f": reader.formula,
            "v": reader.value,
            "t": reader.value,
            "rPh": reader.aloud,
            "col": reader.column,
            "mergeCell": reader.merge,
            "filterColumn": reader.filter,
        },
        {"c": reader.close, "f": reader.rest, "v": reader.rest, "t": reader.rest},
        reader.text,
    )


class _Cells:
    """One run over a sheet's part."""

    def __init__(
        self,
        sheet: Sheet,
        shared: Sequence[str],
        dated: frozenset[int],
        since_1904: bool,
        room: int,
    ) -> None:
        self.sheet, self.shared, self.dated, self.since_1904 = sheet, shared, dated, since_1904
        self.room = room
        self.at = (0, 0)
        self.columns = 0
        self.open = False  # within a cell
        self.attributes: Attributes = {}
        self.pieces: list[str] = []
        self.into: list[str] | None = None
        self.computed: list[str] | None = None

    def row(self, a: Attributes) -> None:
        self.at = (self._counted(a.get("r", str(self.at[0] + 1)), "row"), 0)
        if a.get("hidden") in TRUE or a.get("ht") in ("0", "0.0"):
            self.sheet.hidden_rows.add(self.at[0])

    def column(self, a: Attributes) -> None:
        first, last = (self._counted(a.get(end, ""), "col") for end in ("min", "max"))
        if not self.columns < first <= last <= 16_384:  # in order, so that each is seen once
            raise Unreadable("col min, max")
        self.columns = last
        if a.get("hidden") in TRUE or a.get("width") in ("0", "0.0"):
            self.sheet.hidden_columns |= set(range(first, last + 1))

    def _counted(self, written: str, what: str) -> int:
        if not _WHOLE.fullmatch(written) or not 1 <= int(written) <= 2**20:
            raise Unreadable(f"{what} {written[:20]!r}")
        return int(written)

    def merge(self, a: Attributes) -> None:
        first, _, last = a.get("ref", "").partition(":")
        self.sheet.merged.append(Range(*_position(first), *_position(last or first)))

    def filter(self, a: Attributes) -> None:
        self.sheet.filtered = True

    def cell(self, a: Attributes) -> None:
        reference = a.get("r")
        self.at = _position(reference) if reference else (self.at[0], self.at[1] + 1)
        self.open, self.attributes, self.pieces, self.computed = True, a, [], None

    def formula(self, a: Attributes) -> None:
        if self.open:
            self.into = self.computed = []

    def value(self, a: Attributes) -> None:
        if self.open:
            self.into = self.pieces

    def aloud(self, a: Attributes) -> None:
        # What follows says how the text is read aloud; the text itself stands before it.
        self.open = False

    def text(self, text: str) -> None:
        if self.into is not None:
            self.into.append(text)

    def rest(self) -> None:
        self.into = None

    def close(self) -> None:
        self.open, self.into = False, None
        cell = self._read()
        if cell is None:
            return
        self.sheet.cells[self.at] = cell
        if len(self.sheet.cells) > self.room:
            raise TooManyCells

    def _read(self) -> Cell | None:
        if self.computed is not None:
            return Cell("=" + "".join(self.computed), Kind.FORMULA)
        text, type_ = "".join(self.pieces), self.attributes.get("t", "n")
        if not text.strip():
            return None
        if type_ == "s":
            if not _WHOLE.fullmatch(text) or not 0 <= int(text) < len(self.shared):
                raise Unreadable(f"shared text {text[:20]!r}")
            held = self.shared[int(text)]
            return Cell(held) if held.strip() else None
        if type_ == "b":
            return Cell(text in TRUE)
        if type_ == "e":
            return Cell(text, Kind.ERROR)
        return Cell(self._number(text) if type_ == "n" else plain(text))

    def _number(self, text: str) -> object:
        try:
            number = int(text) if _WHOLE.fullmatch(text) else float(text)
        except ValueError:
            raise Unreadable(f"number {text[:20]!r}") from None
        if not isfinite(number):
            raise Unreadable(f"number {text[:20]!r}")
        style = self.attributes.get("s", "0")
        dated = _WHOLE.fullmatch(style) and int(style) in self.dated
        return self._day(number) if dated else number

    def _day(self, number: float) -> object:
        """The day that a number stands for; the number itself where there is no such day."""
        from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

        try:
            return from_excel(number, MAC_EPOCH if self.since_1904 else WINDOWS_EPOCH)
        except (ValueError, OverflowError):
            return number
