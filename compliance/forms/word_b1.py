"""Form B.1 as DOCX. May import `sheet` and `word` beside it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Final

from compliance.forms.sheet import Annex, Mark, Row, Sheet
from compliance.forms.word import (
    Cell,
    Element,
    add,
    carry,
    document,
    foot,
    hairline,
    line,
    paragraph,
    row,
    run,
    table,
    to_bytes,
)

_WIDTHS: Final = (1.1, 3.8, 4.2, 3.8, 1.8, 2.7, 5.2, 3.5)
_ANNEX_WIDTHS: Final = (1.1, 4.3, 3.0, 2.8, 8.0, 6.9)
_POINTS: Final = 9.0
_POINTS_A_CM: Final = 28.35
_RING: Final = {False: "○", True: "●"}
_SQUARE: Final = {False: "□", True: "■"}


def render(sheet: Sheet) -> bytes:
    """The form as a file that a clerk can edit; signature and date stay blank."""
    captions = sheet.captions
    made = document(captions["title"], sheet.date, landscape=True, points=_POINTS)
    foot(made, ["　".join(sheet.foot)], sheet.page)
    add(
        made,
        line(f"{captions['annex']}　{captions['table_label']}", 10),
        paragraph(run(captions["title"], 16), align="center", after=4),
        table(_applicant(sheet), _WIDTHS, open_below=True),
        # Word repeats head rows only from the top of a table: the outlets have their own.
        hairline(),
        table((*_heads(sheet), *(_outlet(r, sheet) for r in sheet.rows)), _WIDTHS),
        *_annex(sheet.annex),
    )
    carry(made, sheet.carried)
    return to_bytes(made)


def _centred(text: str, span: int = 1, merge: str | None = None) -> Cell:
    return Cell([line(text, align="center")], span, merge)


def _left(text: str, span: int = 1) -> Cell:
    return Cell([line(text)], span)


def _applied(text: str) -> Cell:
    return Cell([line(text, _points(text, _WIDTHS[3], 3))])


def _applicant(sheet: Sheet) -> Iterator[Element]:
    captions, applicant = sheet.captions, sheet.applicant
    first = (_centred(captions["applicant_department"], 2), _left(applicant["bank"], 6))
    second = (
        _centred(captions["applicant"], 2, "restart"),
        _centred(captions["contact"]),
        _applied(applicant["contact"]),
        _centred(captions["phone"], 2),
        _left(applicant["phone"], 2),
    )
    third = (
        Cell((), 2, "continue"),
        _centred(captions["address"]),
        _applied(applicant["address"]),
        _centred(captions["submitted_on"], 2),
        _left(applicant["submitted_on"], 2),
    )
    for cells in (first, second, third):
        yield row(cells, _WIDTHS)


def _heads(sheet: Sheet) -> Iterator[Element]:
    captions = sheet.captions
    first = (
        _centred(captions["number"], 1, "restart"),
        _centred(captions["outlets"], 5),
        _centred(captions["confirmation"], 2),
    )
    names = ("name", "type", "address", "contact", "phone")
    second = (
        Cell((), 1, "continue"),
        *(_centred(captions[f"outlet_{name}"]) for name in names),
        _centred(captions["opinion"]),
        _centred(captions["confirmer"]),
    )
    for cells in (first, second):
        yield row(cells, _WIDTHS, head=True)


def _outlet(outlet: Row, sheet: Sheet) -> Element:
    captions = sheet.captions
    fits, fails = outlet.options
    *boxes, last = (_boxed(mark) for mark in outlet.boxes)
    # A line each, so that no box ends a line with its words on the next.
    opinion = (
        line(_RING[fits.ticked] + fits.caption),
        line(_RING[fails.ticked] + fails.caption + captions["of_which"]),
        *(line(f"{box}、") for box in boxes[:-1]),
        line(f"{boxes[-1]}、{last}"),
    )
    name, address, contact, phone = (
        line(text, _points(text, _WIDTHS[column]), align)
        for text, column, align in (
            (outlet.name, 1, "left"),
            (outlet.address, 3, "left"),
            (outlet.contact, 4, "center"),
            (outlet.phone, 5, "center"),
        )
    )
    cells = (
        _centred(outlet.number),
        Cell([name]),
        Cell([line(_boxed(mark)) for mark in outlet.types]),
        Cell([address]),
        Cell([contact]),
        Cell([phone]),
        Cell(opinion),
        Cell([line(captions["signature"]), line(captions["date"])]),
    )
    return row(cells, _WIDTHS)


def _points(text: str, width: float, height: float = 11) -> float | None:
    """Smaller type for a text too long for `width` times `height` (cm), which keeps its row
    on one page; else None.
    """
    for points in (_POINTS, 7.5, 6.0):
        # Every character counted as wide as a Chinese one; a line is 1.3 times its type.
        lines = math.ceil(len(text) / max(1, int(width * _POINTS_A_CM / points) - 1))
        if lines * points * 1.3 <= height * _POINTS_A_CM:
            return None if points == _POINTS else points
    return 5.0


def _boxed(mark: Mark) -> str:
    return _SQUARE[mark.ticked] + mark.caption


def _annex(annex: Annex) -> Iterable[Element]:
    rows = [row((_centred(head) for head in annex.heads), _ANNEX_WIDTHS, head=True)]
    for trace in annex.traces:
        cells = (
            _centred(trace.number),
            _left(trace.outlet),
            Cell([line(trace.inspection), line(trace.date)]),
            _centred(trace.opinion),
            Cell([line(trace.digest, 6, align="center")]),
            Cell([line(remark) for remark in trace.remarks]),
        )
        rows.append(row(cells, _ANNEX_WIDTHS))
    return (
        paragraph(run(annex.title, 13), align="center", new_page=True),
        *(line(text, 8) for text in annex.lines),
        hairline(),
        table(rows, _ANNEX_WIDTHS),
    )
