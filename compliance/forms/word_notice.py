"""The rectification notice as DOCX. May import `notice` and `word` beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from compliance.forms.notice import Entry, Item, Notice
from compliance.forms.word import (
    Cell,
    Element,
    add,
    carry,
    document,
    foot,
    line,
    paragraph,
    row,
    run,
    table,
    to_bytes,
)

_WIDTHS: Final = {"zh": (2.4, 14.2), "en": (3.2, 13.4)}


def render(notice: Notice) -> bytes:
    """The notice as a file that a clerk can edit; seal and date stay blank."""
    widths = _WIDTHS[notice.lang]
    made = document(notice.title, notice.date, landscape=False, points=10)
    foot(made, notice.foot, notice.page)
    add(
        made,
        paragraph(run(notice.title, 16), align="center", after=6),
        table((_entry(fact, widths) for fact in notice.facts), widths),
        paragraph(run(notice.intro), before=6, after=4),
        *_sections(notice, widths),
        *(paragraph(run(text), before=24, indent=9) for text in notice.blanks),
    )
    carry(made, notice.carried)
    return to_bytes(made)


def _sections(notice: Notice, widths: tuple[float, float]) -> Iterator[Element]:
    for section in notice.sections:
        yield paragraph(run(section.heading, 12), before=10, after=4, keep=True)
        for item in section.items:
            yield table(_item(item, widths), widths)
            yield paragraph(after=2)
        for text in section.lines:
            yield line(text)


def _item(item: Item, widths: tuple[float, float]) -> Iterator[Element]:
    yield row([Cell([line(item.heading)], 2, shaded=True)], widths, head=True)
    for entry in item.entries:
        yield _entry(entry, widths)


def _entry(entry: Entry, widths: tuple[float, float]) -> Element:
    cells = (Cell([line(entry.label)]), Cell([line(text) for text in entry.lines]))
    return row(cells, widths)
