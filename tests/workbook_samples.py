"""Workbooks made as people make them: written by the program, then filled in with openpyxl."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from openpyxl import load_workbook

from compliance.condition import FactType
from compliance.intake.questions import checklist
from compliance.intake.reading import read_forms
from compliance.intake.workbook import layout
from compliance.intake.workbook.write import write
from compliance.load import load_rules
from compliance.outcome import Stage
from compliance.record import Outlet
from compliance.rulebook import OutletType, RuleBook
from compliance.words import Lang

Data = Mapping[str, Any]
BRANCH, RURAL = OutletType.BANK_BRANCH, OutletType.RURAL_POINT
BOOK: Final = load_rules()
STAFF: Final = f"{layout.LIST}staff"
PUBLICATIONS: Final = f"{layout.LIST}publications"
ID_NUMBERS: Final = ("452521190001010011", "45252119000101002X")
RECORD: Final[dict[str, Any]] = {
    "inspection": {
        "id": "YL-2026-0101",
        "stage": "adaptation",
        "date": "2026-04-12",
        "inspector": "覃示例",
    },
    "outlet": {
        "id": "YL-101",
        "name": "示例银行样例支行",
        "type": "bank_branch",
        "bank": "示例银行",
        "phone": "0775-2000001",
    },
    "observations": {
        "waiting_area": True,
        "television": False,
        "staff": [
            {"name": "样甲", "id_number": ID_NUMBERS[0], "phone": "13800000001", "dedicated": True},
            {"name": "样乙", "pre_job_trained": False},
        ],
        "publications": [{"date": "2026-04-02", "title": "参保问答", "channel": "宣传栏"}],
    },
    "notes": {"television": "待安装"},
    "vocabulary": "2026-1",
}
OUTLETS: Final = tuple(
    Outlet(f"YL-10{n}", f"示例银行第{n}支行", BRANCH, "示例银行", phone="0775-2000001")
    for n in range(1, 4)
)
WORDS: Final = {True: "是", False: "否"}


def blank(
    book: RuleBook,
    type_: OutletType = OutletType.BANK_BRANCH,
    outlets: Sequence[Outlet] = (),
    lang: Lang = "zh",
) -> bytes:
    """The workbook as it is handed out."""
    return write(checklist(book, type_, Stage.ADAPTATION, tuple(outlets)), book, lang)


def opened(content: bytes) -> Any:
    """The workbook as openpyxl opens it."""
    return load_workbook(io.BytesIO(content))


def saved(workbook: Any) -> bytes:
    """The file that openpyxl saves."""
    held = io.BytesIO()
    workbook.save(held)
    return held.getvalue()


def sheet_of(workbook: Any, mark: str) -> Any:
    """The sheet with a hidden name."""
    return next(s for s in workbook if str(s["A1"].value).removesuffix(layout.TURNED) == mark)


def column_of(sheet: Any, name: str) -> int:
    """The column with a hidden name, from 1."""
    return next(c.column for c in sheet[1] if c.value == name)


def rows_of(sheet: Any, name: str) -> list[int]:
    """The lines with a hidden name, from 1."""
    return [c.row for c in sheet["A"] if c.value == name]


def text(cell: Any, value: str) -> None:
    """Write a text as typing it into a text cell does."""
    cell.value = value
    cell.data_type = "s"


def put(cell: Any, value: object, type_: FactType) -> None:
    """Write a record's value as a person would."""
    if value is None:
        return
    if isinstance(value, bool):
        cell.value = WORDS[value]
    elif type_ is FactType.DATE:
        cell.value = date.fromisoformat(str(value))
    elif isinstance(value, int):
        cell.value = value
    else:
        text(cell, str(value))


def fill(content: bytes, book: RuleBook, records: Sequence[Data]) -> bytes:
    """The workbook filled in with what records say; they stand in the order of its outlets."""
    workbook = opened(content)
    next_line = dict.fromkeys(book.facts, 5)
    for number, record in enumerate(records):
        _outlet(sheet_of(workbook, layout.OUTLETS), number, record)
        _answers(sheet_of(workbook, layout.CHECKLIST), number, book, record)
        for fact in book.facts.values():
            members = record["observations"].get(fact.name) if fact.fields else None
            if members:
                sheet = sheet_of(workbook, f"{layout.LIST}{fact.name}")
                next_line[fact.name] = _members(
                    sheet, next_line[fact.name], book, fact.name, record
                )
    return saved(workbook)


def _outlet(sheet: Any, number: int, record: Data) -> None:
    turned = sheet["A1"].value.endswith(layout.TURNED)
    for name, type_ in layout.outlet_types().items():
        part, _, key = name.partition(".")
        if key not in record[part]:
            continue
        if turned:
            cell = sheet.cell(rows_of(sheet, name)[0], 3)
        else:
            cell = sheet.cell(5 + number, column_of(sheet, name))
        put(cell, record[part][key], type_)


def _answers(sheet: Any, number: int, book: RuleBook, record: Data) -> None:
    for name, fact in book.facts.items():
        rows = rows_of(sheet, name)
        if not rows:
            continue
        value = record["observations"].get(name)
        answer = sheet.cell(rows[number], column_of(sheet, layout.ANSWER))
        if fact.fields:
            answer.value = None if value is None else "有" if value else "无"
        else:
            put(answer, value, fact.type)
        if name in record.get("notes", {}):
            text(sheet.cell(rows[number], column_of(sheet, layout.NOTE)), record["notes"][name])


def _members(sheet: Any, line: int, book: RuleBook, name: str, record: Data) -> int:
    types = {field.name: field.type for field in book.facts[name].fields}
    for member in record["observations"][name]:
        if sheet["B1"].value == layout.OUTLET:
            text(sheet.cell(line, 2), record["outlet"]["id"])
        for field, value in member.items():
            put(sheet.cell(line, column_of(sheet, field)), value, types[field])
        line += 1
    return line


# a sample, changed as people change it


def records(content: bytes, folder: Path, book: RuleBook = BOOK) -> list[Any]:
    """The records that a workbook makes; there must be nothing wrong with it."""
    path = folder / "检查表.xlsx"
    path.write_bytes(content)
    filled, problems = read_forms([path], book)
    assert [problem.message("zh") for problem in problems] == []
    return [each.data for each in filled]


def wrong(content: bytes, folder: Path, book: RuleBook = BOOK) -> list[str]:
    """What is said of a workbook, without the path; nothing may come of it but that."""
    path = folder / "检查表.xlsx"
    path.write_bytes(content)
    problems = read_forms([path], book)[1]
    assert problems
    assert all(problem.message("en") for problem in problems)
    return [problem.message("zh").removeprefix(f"{path}: ") for problem in problems]


def changed(change: Callable[[Any], None], outlets: Sequence[Outlet] = ()) -> bytes:
    """The sample record's workbook after a change."""
    everyone = [visit(outlet) for outlet in outlets] or [RECORD]
    workbook = opened(fill(blank(BOOK, outlets=outlets), BOOK, everyone))
    change(workbook)
    return saved(workbook)


def visit(outlet: Outlet) -> dict[str, Any]:
    """The sample record, of another outlet."""
    said = {"id": outlet.id, "name": outlet.name, "type": "bank_branch", "bank": outlet.bank}
    number = f"YL-2026-{outlet.id[-3:]}"
    return {
        **RECORD,
        "inspection": {**RECORD["inspection"], "id": number},
        "outlet": {**said, "phone": outlet.phone},
    }


def only(outlet: Outlet) -> dict[str, Any]:
    """A record that says no more of an outlet than what the workbook holds already."""
    inspection = {**RECORD["inspection"], "id": f"V{outlet.id}"}
    return {"inspection": inspection, "outlet": {}, "observations": {}}


def answer(workbook: Any, fact: str, name: str = layout.ANSWER, line: int = 0) -> Any:
    """The cell of a fact's answer."""
    sheet = sheet_of(workbook, layout.CHECKLIST)
    return sheet.cell(rows_of(sheet, fact)[line], column_of(sheet, name))


def member(workbook: Any, field: str, line: int = 0, mark: str = STAFF) -> Any:
    """The cell of a member's field."""
    sheet = sheet_of(workbook, mark)
    return sheet.cell(5 + line, column_of(sheet, field))


def outlet_cell(workbook: Any, name: str) -> Any:
    """The entry of a field on the sheet of one outlet."""
    sheet = sheet_of(workbook, layout.OUTLETS)
    return sheet.cell(rows_of(sheet, name)[0], 3)


def put_value(cell: Any, value: Any) -> None:
    cell.value = value
