"""The sheets of the workbook drawn: outlets, checklist, lists.

May import `layout`, `plan`, `style`, `checks`, `questions` of `intake` and what lies below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from compliance.condition import FactType
from compliance.intake.questions import Question
from compliance.intake.workbook import layout, style
from compliance.intake.workbook.checks import Checks
from compliance.intake.workbook.layout import ASIDE, Column
from compliance.intake.workbook.plan import TOP, Plan, letter
from compliance.record import Outlet
from compliance.rulebook import Fact
from compliance.words import Text

_FORMS: Final = {
    FactType.DATE: "yyyy-mm-dd",
    FactType.TEXT: "@",
    FactType.BOOLEAN: "@",
    FactType.INTEGER: "0",
    FactType.LIST: "@",
}
_WIDTHS: Final = {
    **{FactType.DATE.value: 14.0, FactType.BOOLEAN.value: 15.0, FactType.INTEGER.value: 12.0},
    **{"id_number": 23.0, "title": 42.0, "outlet.name": 30.0, "outlet.bank": 22.0},
    **{"outlet.address": 34.0, "outlet.id": 13.0, "outlet": 13.0},
}
_LINES: Final = 15  # as many as go on a page
_LINES_EACH: Final = 4
_ROOM: Final = 20_000  # drop-downs go on far below the lines that are drawn


class Head(NamedTuple):
    """A column as it is drawn: hidden name, caption, hint, width."""

    name: str
    caption: str
    hint: str
    width: float


def _head(plan: Plan, column: Column) -> Head:
    width = _WIDTHS.get(column.name, _WIDTHS.get(column.type.value, 18.0))
    return Head(column.name, column.caption.in_(plan.lang), column.hint.in_(plan.lang), width)


def _heads(
    sheet: Any, plan: Plan, mark: str, heads: Sequence[Head], *, landscape: bool = True
) -> None:
    """The hidden names, the title, the captions and their hints."""
    style.put(sheet.cell(1, 1), mark)
    style.title(sheet.cell(2, 2), plan.heading(sheet.title))
    for row in (2, 3, 4):
        style.put(sheet.cell(row, 1), ASIDE)
    for at, head in enumerate(heads, 2):
        style.put(sheet.cell(1, at), head.name)
        style.head(sheet.cell(3, at), head.caption)
        style.below_head(sheet.cell(4, at), head.hint)
        sheet.column_dimensions[letter(at)].width = head.width
    widths = {at: head.width for at, head in enumerate(heads, 2)}
    small = {at: width * 1.25 for at, width in widths.items()}
    captions = {at: head.caption for at, head in enumerate(heads, 2)}
    hints = {at: head.hint for at, head in enumerate(heads, 2)}
    sheet.row_dimensions[3].height = style.height(captions, widths, 26)
    sheet.row_dimensions[4].height = style.height(hints, small, 20)
    _finish(sheet, plan, TOP, landscape=landscape)


def _finish(sheet: Any, plan: Plan, top: int, *, landscape: bool) -> None:
    sheet.row_dimensions[1].hidden = sheet.column_dimensions["A"].hidden = True
    sheet.row_dimensions[2].height = 30
    sheet.freeze_panes = f"B{top}"
    footer = f"{plan.heading(sheet.title).replace('&', '&&')}   {plan.say('pages')}"
    style.paper(sheet, landscape=landscape, repeat=f"2:{top - 1}", footer=footer)
    style.protect(sheet)


def _open_columns(sheet: Any, heads: Sequence[Head], forms: dict[str, str]) -> None:
    """Cells below the drawn lines take entries too, in the same formats."""
    from openpyxl.styles import Protection

    for at, head in enumerate(heads, 2):
        if head.name in forms:
            dimension = sheet.column_dimensions[letter(at)]
            dimension.number_format = forms[head.name]
            dimension.protection = Protection(locked=False)


# outlets


def draw_outlet(sheet: Any, plan: Plan) -> None:
    """The sheet of one outlet: a line a field."""
    outlet = plan.checklist.outlets[0] if plan.checklist.outlets else None
    style.put(sheet.cell(1, 1), f"{layout.OUTLETS}{layout.TURNED}")
    for at, name in enumerate((ASIDE, layout.LINE, ASIDE), 2):
        style.put(sheet.cell(1, at), name)
    style.title(sheet.cell(2, 2), plan.heading(sheet.title))
    for row in (2, 3):
        style.put(sheet.cell(row, 1), ASIDE)
    for at, (key, width) in enumerate((("item", 26.0), ("entry", 44.0), ("hint", 36.0)), 2):
        style.head(sheet.cell(3, at), plan.say(key))
        sheet.column_dimensions[letter(at)].width = width
    sheet.row_dimensions[3].height = 26
    checks = Checks(sheet, plan.lang)
    for row, column in enumerate(plan.outlets, TOP - 1):
        style.put(sheet.cell(row, 1), column.name)
        style.caption(sheet.cell(row, 2), column.caption.in_(plan.lang), bold=True)
        _entry(sheet.cell(row, 3), column, _of(outlet, column.name), left=True)
        style.caption(sheet.cell(row, 4), column.hint.in_(plan.lang))
        sheet.row_dimensions[row].height = 34
        visit = None if column.name == "inspection.date" else plan.visit(row)
        checks.column(column, "C", (row, row), visit)
    checks.place()
    _finish(sheet, plan, TOP - 1, landscape=False)


def draw_outlets(sheet: Any, plan: Plan) -> None:
    """The sheet of many outlets: a line an outlet, its number locked."""
    heads = [_head(plan, column) for column in plan.outlets]
    _heads(sheet, plan, layout.OUTLETS, heads)
    last = TOP - 1 + len(plan.checklist.outlets)
    checks = Checks(sheet, plan.lang)
    for at, column in enumerate(plan.outlets, 2):
        day = f"${letter(2 + [c.name for c in plan.outlets].index('inspection.date'))}{TOP}"
        visit = None if column.name == "inspection.date" else day
        checks.column(column, letter(at), (TOP, last), visit)
        for row, outlet in enumerate(plan.checklist.outlets, TOP):
            if column.name == "outlet.id":
                style.caption(sheet.cell(row, at), outlet.id, bold=True)
            else:
                _entry(sheet.cell(row, at), column, _of(outlet, column.name))
    checks.place()
    widths = {at: head.width for at, head in enumerate(heads, 2)}
    for row, outlet in enumerate(plan.checklist.outlets, TOP):
        texts = {at: _of(outlet, c.name) or "" for at, c in enumerate(plan.outlets, 2)}
        sheet.row_dimensions[row].height = style.height(texts, widths, 24)
    sheet.auto_filter.ref = f"B3:{letter(1 + len(heads))}{last}"


def _of(outlet: Outlet | None, name: str) -> str | None:
    """What is known beforehand of a field."""
    part, _, field = name.partition(".")
    return getattr(outlet, field) if outlet is not None and part == "outlet" else None


def _entry(
    cell: Any, column: Column, value: str | None, *, first: bool = False, left: bool = False
) -> None:
    from datetime import date

    centred = column.type is not FactType.TEXT and not left
    style.entry(cell, _FORMS[column.type], centred=centred, first=first)
    if value is not None and column.type is FactType.DATE:
        cell.value = date.fromisoformat(value)
    elif value is not None:
        style.put(cell, value)


# checklist


def draw_checklist(sheet: Any, plan: Plan) -> None:
    """The questions: a line a question, or a line an outlet and question."""
    whose = [Head(layout.OUTLET, plan.say("outlet"), "", 13.0)] if plan.many else []
    whose += [Head(ASIDE, plan.say("name"), "", 24.0)] if plan.many else []
    heads = [
        *whose,
        Head(ASIDE, plan.say("clause"), plan.say("clauses_hint"), 12.0),
        Head(ASIDE, plan.say("caption"), "", 17.0),
        Head(ASIDE, plan.say("question"), "", 40.0),
        Head(layout.ANSWER, plan.say("answer"), _choices(plan, "yes_no"), 15.0),
        Head(layout.NOTE, plan.say("note"), plan.say("note_hint"), 28.0),
    ]
    _heads(sheet, plan, layout.CHECKLIST, heads, landscape=plan.many)
    checks, row = Checks(sheet, plan.lang), TOP
    for number, outlet in enumerate(plan.checklist.outlets or (None,)):
        for question in plan.checklist.questions:
            first = plan.many and question is plan.checklist.questions[0]
            said = _said(plan, question, outlet if plan.many else None)
            style.put(sheet.cell(row, 1), question.fact.name)
            for at, text in enumerate(said, 2):
                style.caption(sheet.cell(row, at), text, band=number % 2 == 1, first=first)
            answer = len(said) + 2
            _answer(sheet, plan, checks, question.fact, (row, answer), first=first)
            style.entry(sheet.cell(row, answer + 1), "@", first=first)
            widths = {at: head.width for at, head in enumerate(heads, 2)}
            texts = dict(enumerate(said, 2))
            sheet.row_dimensions[row].height = style.height(texts, widths, 38)
            row += 1
    checks.column(_NOTE, letter(len(heads) + 1), (TOP, row - 1))
    checks.place()
    sheet.auto_filter.ref = f"B3:{letter(len(heads) + 1)}{row - 1}" if plan.many else None


_NOTE: Final = Column(layout.NOTE, Text("", ""), Text("", ""), FactType.TEXT)


def _choices(plan: Plan, key: str) -> str:
    return plan.say(key).replace(",", " / ")


def _said(plan: Plan, question: Question, outlet: Outlet | None) -> list[str]:
    """The locked texts of a question's line."""
    fact, lang = question.fact, plan.lang
    asked = fact.question.in_(lang)
    if fact.type is FactType.LIST:
        asked += "\n" + plan.say("any_hint", sheet=plan.titles.lists[fact.name])
    whose = [outlet.id, outlet.name] if outlet is not None else []
    return [*whose, "\n".join(question.clauses), fact.caption.in_(lang), asked]


def _answer(
    sheet: Any, plan: Plan, checks: Checks, fact: Fact, at: tuple[int, int], *, first: bool
) -> None:
    cell = sheet.cell(*at)
    style.entry(cell, _FORMS[fact.type], centred=True, first=first)
    if fact.type is FactType.LIST:
        checks.choice(letter(at[1]), (at[0], at[0]), "any")
    else:
        column = Column(fact.name, fact.caption, fact.question, fact.type)
        checks.column(column, letter(at[1]), (at[0], at[0]), plan.visit(at[0]))


# lists


def draw_list(sheet: Any, plan: Plan, fact: Fact) -> None:
    """The members of a list: a line each, empty; with many outlets, some lines for each."""
    columns = layout.list_columns(fact)
    whose = (
        Head(layout.OUTLET, plan.say("outlet"), "", 13.0)
        if plan.many
        else Head(ASIDE, plan.say("number"), "", 7.0)
    )
    heads = [whose, *(_head(plan, column) for column in columns)]
    _heads(sheet, plan, f"{layout.LIST}{fact.name}", heads)
    _open_columns(sheet, heads, {column.name: _FORMS[column.type] for column in columns})
    checks = Checks(sheet, plan.lang)
    for at, column in enumerate(columns, 3):
        checks.column(column, letter(at), (TOP, _ROOM), plan.visit(TOP))
    if plan.many:
        checks.outlet("B", (TOP, _ROOM), plan.ids())
        _open_columns(sheet, heads[:1], {layout.OUTLET: "@"})
    checks.place()
    owners = [
        (number, outlet.id, line == 0)
        for number, outlet in enumerate(plan.checklist.outlets)
        for line in range(_LINES_EACH)
    ]
    if not plan.many:
        owners = [(0, str(line), False) for line in range(1, _LINES + 1)]
    for row, (number, owner, first) in enumerate(owners, TOP):
        band = number % 2 == 1
        style.caption(sheet.cell(row, 2), owner, band=band, first=first, locked=not plan.many)
        for at, column in enumerate(columns, 3):
            _entry(sheet.cell(row, at), column, None, first=first)
        sheet.row_dimensions[row].height = 26
    if plan.many:
        sheet.auto_filter.ref = f"B3:{letter(len(heads) + 1)}{TOP - 1 + len(owners)}"
