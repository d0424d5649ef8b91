"""A filled workbook read into drafts, one an outlet that was visited.

Entries are found by hidden names, never by captions; an empty cell is not observed, never no.
May import `opening`, `table`, `visit`, `layout`, `draft` of `intake` and what lies below it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from compliance.condition import FactType
from compliance.errors import Place, Problem
from compliance.intake.draft import Draft
from compliance.intake.workbook import layout
from compliance.intake.workbook.cells import Sheet
from compliance.intake.workbook.layout import ANSWER, NOTE, OUTLET
from compliance.intake.workbook.opening import open_workbook
from compliance.intake.workbook.table import Line, Table, read_table
from compliance.intake.workbook.visit import Visit
from compliance.outcome import Stage
from compliance.rulebook import OutletType, RuleBook
from compliance.source import fault, hint, shown
from compliance.words import Text
from compliance.words import intake_workbook as words


def read(path: Path, book: RuleBook) -> Iterator[Draft | Problem]:
    """What a filled workbook holds: its records as drafts, and what is wrong with the whole."""
    sheets = open_workbook(path)
    if isinstance(sheets, Problem):
        yield sheets
        return
    meta = next((sheet for sheet in sheets if sheet.title == layout.META), None)
    if meta is None:
        yield fault(Place(str(path)), "not_our_workbook", expected=layout.META)
        return
    said = {
        str(cell.value): str(meta.cells[row, 2].value)
        for (row, column), cell in meta.cells.items()
        if column == 1 and (row, 2) in meta.cells
    }
    wrong = list(_wrong_meta(said, str(path)))
    if wrong:
        yield from wrong
        return
    yield from _Reading(str(path), book, said).drafts(sheets)


def _wrong_meta(said: Mapping[str, str], file: str) -> Iterator[Problem]:
    """What the hidden sheet says that cannot be."""
    known = {
        "form": (layout.FORM,),
        "layout": (layout.LAYOUT,),
        "type": tuple(type_.value for type_ in OutletType),
        "stage": tuple(stage.value for stage in Stage),
    }
    for name, values in known.items():
        if said.get(name) not in values:
            found, expected = shown(said.get(name, "")), " / ".join(values)
            place = Place(file, cell=layout.META)
            yield fault(place, "bad_hidden_sheet", name=name, found=found, expected=expected)


class _Reading:
    """One run over a workbook. Drafts are kept by the outlet's number as written."""

    def __init__(self, file: str, book: RuleBook, said: Mapping[str, str]) -> None:
        self.file, self.book, self.said = file, book, said
        self.problems: list[Problem] = []
        self.visits: list[Visit] = []
        self.by_id: dict[str, Visit] = {}
        self.unknown: set[str] = set()
        self.tables: list[Table] = []

    def drafts(self, sheets: tuple[Sheet, ...]) -> Iterator[Draft | Problem]:
        """What is wrong with the workbook, then a draft for each visit."""
        tables = self._tables(sheets)
        if tables is not None:
            self._outlets(tables.pop(layout.OUTLETS))
            self._checklist(tables.pop(layout.CHECKLIST))
            for table in tables.values():
                self._members(table)
            for visit in self.visits:
                visit.settle(self.book)
            self._left_over()
        made = [visit.draft for visit in self.visits if visit.made]
        if not made and not self.problems:
            self.problems.append(fault(Place(self.file), "nothing_filled"))
        yield from self.problems
        yield from made

    def _left_over(self) -> None:
        """Say what is wrong with cells that went into no draft."""
        said = {problem.place.cell for visit in self.visits for problem in visit.draft.problems}
        for table in self.tables:
            for line in table.lines:
                for written in line.written.values():
                    if written.problem is not None and written.cell not in said:
                        self.problems.append(written.problem)

    # sheets

    def _tables(self, sheets: tuple[Sheet, ...]) -> dict[str, Table] | None:
        """The tables by hidden name; None, and problems, where one is missing."""
        found: dict[str, Table] = {}
        for sheet in sheets:
            table = read_table(sheet, self.file)
            if table is None:
                continue
            place = Place(self.file, cell=table.title)
            if table.mark in found:
                other = found[table.mark].title
                self.problems.append(fault(place, "sheet_twice", other=other))
                continue
            found[table.mark] = table
            self.tables.append(table)
            self.problems += table.problems
            if table.hidden:
                self.problems.append(fault(place, "sheet_hidden"))
        lists = [name for name in self.said.get("lists", "").split(",") if name]
        marks = (layout.OUTLETS, layout.CHECKLIST, *(f"{layout.LIST}{name}" for name in lists))
        missing = [mark for mark in marks if mark not in found]
        for mark in missing:
            place = Place(self.file)
            self.problems.append(fault(place, "sheet_missing", expected=self._called(mark)))
        return None if missing else found

    def _called(self, mark: str) -> Text | str:
        fact = self.book.facts.get(mark.removeprefix(layout.LIST))
        return fact.caption if fact else words.SHEETS.get(mark.removeprefix(layout.MARK), mark)

    # names

    def _problem(self, cell: str, key: str, **args: object) -> None:
        self.problems.append(fault(Place(self.file, cell=cell), key, **args))

    def _no_name(self, name: str, cell: str, known: Any) -> None:
        """Say once that a hidden name is none of the vocabulary's."""
        if name in self.unknown:
            return
        self.unknown.add(name)
        found, version = shown(name)[1:-1], self.said.get("vocabulary", "")
        if version != self.book.vocabulary:
            versions = {"form": shown(version)[1:-1], "book": self.book.vocabulary}
            self._problem(cell, "name_stale", found=found, **versions)
        else:
            self._problem(cell, "name_unknown", found=found, hint=hint(name, known))

    def _columns(self, table: Table, known: Any, required: tuple[str, ...]) -> None:
        """Refuse columns that nobody knows and miss those that must be there."""
        for name, column in table.columns.items():
            if name not in known:
                at = table.lines[0].at if table.lines else 1
                self._no_name(name, table.named(at, column), known)
        for name in required:
            if name not in table.columns:
                self._problem(table.title, "column_missing", expected=name)

    def _unnamed(self, line: Line, *, named: bool) -> bool:
        """Refuse what is entered where a hidden name is missing."""
        lost = line.unnamed
        if not named and lost is None:
            lost = next(iter(line.entries.values()), line.aside)
        if lost is not None:
            self._problem(lost.cell, "name_missing", found=lost.shown(""))
        return lost is not None

    # outlets

    def _outlets(self, table: Table) -> None:
        known = layout.outlet_types()
        self._columns(table, known, layout.REQUIRED)
        numbers: dict[str, str] = {}
        outlets: dict[str, str] = {}
        for line in table.lines:
            if self._unnamed(line, named=True) or not (line.written or line.name):
                continue
            visit = Visit(Draft(self.file), table, line, self.said)
            visit.begin(known)
            self.visits.append(visit)
            self._once(numbers, visit, "inspection", "inspection_twice")
            if self._once(outlets, visit, "outlet", "outlet_twice"):
                self.by_id[str(visit.draft.data["outlet"]["id"])] = visit

    def _once(self, seen: dict[str, str], visit: Visit, part: str, key: str) -> bool:
        """Whether a number is there and for the first time."""
        id_, cell = visit.draft.data[part].get("id"), visit.draft.cells.get((part, "id"), "")
        if id_ is None:
            return False
        if id_ in seen:
            self._problem(cell, key, found=shown(id_)[1:-1], other=seen[id_])
            return False
        seen[id_] = cell
        return True

    def _whose(self, table: Table, line: Line) -> Visit | None:
        """The visit that a line belongs to; with a single outlet nobody need say so."""
        written = line.written.get(OUTLET)
        if written is None and len(self.visits) == 1:
            return self.visits[0]
        if written is None:
            self._problem(table.cell(line, OUTLET), "outlet_unsaid")
            return None
        number = Draft(self.file)
        number.answer((OUTLET,), FactType.TEXT, written.value, written.cell)
        id_ = str(number.data.get(OUTLET))
        if id_ not in self.by_id and written.problem is None:
            sheet, near = words.SHEETS["outlets"], hint(id_, self.by_id)
            found = {"found": shown(id_), "sheet": sheet, "hint": near}
            self._problem(written.cell, "outlet_unknown", **found)
        return self.by_id.get(id_)

    # checklist

    def _checklist(self, table: Table) -> None:
        self._columns(table, (OUTLET, ANSWER, NOTE), (ANSWER, NOTE))
        for line in table.lines:
            if self._unnamed(line, named=bool(line.name)):
                continue
            fact = self.book.facts.get(line.name)
            if fact is None:
                place = table.cell(line, ANSWER)
                self._no_name(line.name, place, self.book.facts)
            elif line.entries and (visit := self._whose(table, line)) is not None:
                other = visit.asked.setdefault(fact.name, table.cell(line, ANSWER))
                if other != table.cell(line, ANSWER):
                    place = table.cell(line, ANSWER)
                    self._problem(place, "question_twice", found=fact.caption, other=other)
                    continue
                visit.question(fact, line)

    # lists

    def _members(self, table: Table) -> None:
        fact = self.book.facts.get(table.mark.removeprefix(layout.LIST))
        if fact is None or fact.type is not FactType.LIST:
            name = table.mark.removeprefix(layout.LIST)
            self._no_name(name, table.title, self.book.facts)
            return
        fields = {field.name: field for field in fact.fields}
        required = tuple(field.name for field in fact.fields if field.required)
        self._columns(table, (OUTLET, *fields), required)
        for line in table.lines:
            lost = self._unnamed(line, named=not line.name)
            if lost or not line.entries:
                continue
            if (visit := self._whose(table, line)) is not None:
                visit.member(fact, table, line)
