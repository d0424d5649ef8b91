"""Lists of outlets that a checklist is made for: CSV, YAML or JSON.

A CSV file has a line with the names of its columns first: a record's keys, or the captions
that the forms use. May import `words`, `errors`, `source`, `record` and `answers` of this
package.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from compliance.condition import FactType
from compliance.errors import InputError, Place, Problem
from compliance.intake.answers import ANSWERS, Unclear, plain
from compliance.record import Outlet
from compliance.record_schema import TEXT_LIMIT
from compliance.rulebook import OutletType
from compliance.source import Path_, fault, hint, read, read_bytes, shown
from compliance.words.intake_fields import FIELDS
from compliance.words.report import OUTLET_TYPES

KEYS: Final = (
    *("id", "name", "type", "bank", "district", "address", "contact", "phone", "listed_on"),
)
REQUIRED: Final = ("id", "name", "bank")
_ENDINGS: Final = (".csv", ".yaml", ".yml", ".json")


class _Value(NamedTuple):
    """A value as written, and where."""

    written: object
    place: Place


_Row = tuple[Place, dict[str, _Value]]


class _Wrong(Exception):
    """Raised inside this module where a file cannot be read any further; carries the problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message("en"))
        self.problem = problem


def read_outlets(path: Path, type_: OutletType) -> tuple[Outlet, ...]:
    """The outlets that a file lists, all of one type, in its order.

    Raises InputError with everything that is wrong, by line.
    """
    problems: list[Problem] = []
    outlets: dict[str, Outlet] = {}
    places: dict[str, Place] = {}
    try:
        for place, row in _rows(path, problems):
            outlet = _outlet(place, row, type_, problems)
            if outlet is None:
                continue
            if outlet.id in outlets:
                other = f"{places[outlet.id].file}:{places[outlet.id].line}"
                found = shown(outlet.id)[1:-1]
                at = row["id"].place
                problems.append(fault(at, "outlet_twice", found=found, other=other))
            outlets.setdefault(outlet.id, outlet)
            places.setdefault(outlet.id, row["id"].place)
    except _Wrong as wrong:
        problems.append(wrong.problem)
    if not outlets and not problems:
        problems.append(fault(Place(str(path)), "no_outlets"))
    if problems:
        raise InputError(problems)
    return tuple(outlets.values())


def _rows(path: Path, problems: list[Problem]) -> Iterator[_Row]:
    suffix = path.suffix.lower()
    if suffix not in _ENDINGS and path.is_file():
        expected = ", ".join(_ENDINGS)
        found = shown(path.suffix)[1:-1]
        raise _Wrong(fault(Place(str(path)), "wrong_suffix", found=found, expected=expected))
    return _table(path, problems) if suffix == ".csv" else _list(path, problems)


# values


def _outlet(
    place: Place, row: Mapping[str, _Value], type_: OutletType, problems: list[Problem]
) -> Outlet | None:
    """The outlet of a row; None, and problems, where it is none."""
    before = len(problems)
    values: dict[str, str] = {}
    for key, (written, at) in row.items():
        if key == "type":
            _check_type(written, at, type_, problems)
            continue
        kind = FactType.DATE if key == "listed_on" else FactType.TEXT
        value = ANSWERS[kind](written)
        if isinstance(value, Unclear):
            problems.append(fault(at, value.fault, found=_shown(key, written)))
        elif value is not None:
            values[key] = str(value)
            problems += _odd(at, str(value))
    for key in REQUIRED:
        if key not in values and (key not in row or _blank(row[key].written)):
            expected = FIELDS[f"outlet.{key}"]
            at = row[key].place if key in row else place
            problems.append(fault(at, "field_missing", expected=expected))
    if len(problems) > before:
        return None
    return Outlet(type=type_, **values)


def _blank(written: object) -> bool:
    return written is None or not str(written).strip()


def _shown(key: str, written: object) -> str:
    return "`…`" if key == "phone" else shown(str(written))


def _check_type(written: object, place: Place, type_: OutletType, problems: list[Problem]) -> None:
    texts = {
        name: kind
        for kind, text in OUTLET_TYPES.items()
        for name in (kind, text.zh, text.en.lower())
    }
    if _blank(written):
        return
    kind = texts.get(plain(written).lower())
    expected = ", ".join(OUTLET_TYPES)
    if kind is None:
        near = hint(written, texts)
        problems.append(
            fault(place, "not_one_of", expected=expected, found=shown(str(written)), hint=near)
        )
    elif kind != type_.value:
        problems.append(
            fault(place, "other_type", found=OUTLET_TYPES[kind], expected=OUTLET_TYPES[type_.value])
        )


def _odd(place: Place, text: str) -> list[Problem]:
    """Characters that no workbook can hold, and texts too long for one."""
    if len(text) > TEXT_LIMIT:
        return [fault(place, "text_too_long", found=len(text), limit=TEXT_LIMIT)]
    bad = next((c for c in text if unicodedata.category(c) in ("Cc", "Cn", "Cs", "Co")), None)
    return [fault(place, "bad_character", found=f"U+{ord(bad):04X}")] if bad else []


# YAML and JSON


def _list(path: Path, problems: list[Problem]) -> Iterator[_Row]:
    document = read(path)
    if isinstance(document, Problem):
        raise _Wrong(document)
    if not isinstance(document.data, list):
        raise _Wrong(document.fault((), "not_outlets", expected=", ".join(REQUIRED)))
    for at, item in enumerate(document.data):
        path_: Path_ = (at,)
        if not isinstance(item, dict):
            problems.append(document.fault(path_, "not_outlets", expected=", ".join(REQUIRED)))
            continue
        row = {}
        for key, value in item.items():
            where: Path_ = (at, key)
            if key not in KEYS:
                expected = ", ".join(KEYS)
                found, near = shown(key)[1:-1], hint(key, KEYS)
                problems.append(
                    document.fault(
                        where, "unknown_key", at_key=True, found=found, expected=expected, hint=near
                    )
                )
            elif value is not None and not isinstance(value, str):
                # An id such as 007 would come in as 7.
                problems.append(document.fault(where, "unquoted", found=_shown(key, value)))
                row[key] = _Value(str(value), document.place(where))
            else:
                row[key] = _Value(value, document.place(where))
        yield document.place(path_), row


# CSV


def _table(path: Path, problems: list[Problem]) -> Iterator[_Row]:
    text = _decoded(path)
    first = text.partition("\n")[0]
    comma = max(",;\t", key=lambda mark: (first.count(mark), mark == ","))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=comma, strict=True)
    head: list[str] | None = None
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise _Wrong(fault(Place(str(path), line), "bad_csv", why=error)) from None
        if cells is None:
            return
        if not any(cell.strip() for cell in cells):
            continue
        place = Place(str(path), line)
        if head is None:
            head = _head(cells, place)
        elif len(cells) > len(head) and any(cell.strip() for cell in cells[len(head) :]):
            found = {"found": len(cells), "expected": len(head)}
            problems.append(fault(place, "row_too_long", **found))
        else:
            yield (
                place,
                {k: _Value(v, Place(str(path), line, path=k)) for k, v in zip(head, cells) if k},
            )


def _head(cells: list[str], place: Place) -> list[str]:
    """The keys of the columns; "" for one that is not used because it is empty."""
    known = {key: key for key in KEYS}
    for key in KEYS:
        known |= {plain(t).lower(): key for t in FIELDS[f"outlet.{key}"]}
    keys = []
    for cell in cells:
        name = plain(cell).lower()
        if name and name not in known:
            expected = ", ".join(f"{k} ({FIELDS[f'outlet.{k}'].zh})" for k in KEYS)
            near = hint(name, known)
            raise _Wrong(
                fault(place, "column_unknown", found=shown(cell), expected=expected, hint=near)
            )
        key = known.get(name, "")
        if key and key in keys:
            raise _Wrong(fault(place, "heading_twice", found=shown(cell)[1:-1]))
        keys.append(key)
    for key in REQUIRED:
        if key not in keys:
            expected = f"{key} ({FIELDS[f'outlet.{key}'].zh})"
            raise _Wrong(fault(place, "heading_missing", expected=expected))
    return keys


def _decoded(path: Path) -> str:
    """The text of a file in UTF-8 or GB18030, whichever it is; gibberish is refused."""
    place = Place(str(path))
    content = read_bytes(path)
    if isinstance(content, Problem):
        raise _Wrong(content)
    if not content.strip():
        raise _Wrong(fault(place, "empty"))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        offset = error.start + 1
    # A damaged UTF-8 file is GB18030 by its bytes all the same, and reads as gibberish.
    lenient = content.decode("utf-8", "replace")
    damaged = sum("\u4e00" <= c <= "\u9fff" for c in lenient) > lenient.count("\ufffd")
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError as error:
        damaged, offset, text = True, error.start + 1, ""
    odd = any(unicodedata.category(c) in ("Cn", "Co") or c == "\0" for c in text)
    if damaged or odd:
        raise _Wrong(fault(place, "not_utf8_nor_gb", offset=offset))
    return text
