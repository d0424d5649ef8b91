"""A sheet's entries found by their hidden names, wherever rows and columns have gone.

What hides, merges away or computes an entry is refused here, cell by cell. May import
`layout`, `cells`, `errors` and `source`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from compliance.errors import Place, Problem
from compliance.intake.workbook.cells import Cell, Kind, Sheet
from compliance.intake.workbook.layout import ASIDE, MARK, OUTLET, TURNED
from compliance.source import fault, shown

_PRIVATE: Final = ("id_number", "phone", "outlet.phone")
_NUMBER: Final = re.compile(r"[0-9]{7}")
_FAULTS: Final = {Kind.FORMULA: "formula", Kind.ERROR: "error_cell"}

Cells = Mapping[tuple[int, int], Cell]


class Written(NamedTuple):
    """What stands in a cell, and why it is refused if it is."""

    value: object
    cell: str
    problem: Problem | None = None

    def shown(self, name: str) -> str:
        """The value as a message may show it: nobody's number, whatever cell it strayed into."""
        private = name in _PRIVATE or _NUMBER.search(str(self.value))
        return "`…`" if private else shown(str(self.value))


@dataclass(slots=True)
class Line:
    """A line of entries: its hidden name, and what is written, by the name of the column.

    `unnamed` stands in a column without a name, `aside` in one that is there for people.
    """

    at: int
    name: str = ""
    written: dict[str, Written] = field(default_factory=dict)
    unnamed: Written | None = None
    aside: Written | None = None

    @property
    def entries(self) -> dict[str, Written]:
        """What was entered, beside whose line it is."""
        return {name: written for name, written in self.written.items() if name != OUTLET}


@dataclass(slots=True)
class Table:
    """A sheet of the workbook: its own hidden name and its lines, headings left out."""

    file: str
    title: str
    mark: str
    turned: bool
    hidden: bool
    columns: dict[str, int] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def cell(self, line: Line, name: str) -> str:
        """Where the entry called `name` of a line stands, or would stand."""
        column = self.columns.get(name)
        return self.named(line.at, column) if column else self.title

    def named(self, at: int, column: int) -> str:
        """A cell as `检查内容!C7`."""
        from openpyxl.utils import get_column_letter

        row, number = (column, at) if self.turned else (at, column)
        return f"{self.title}!{get_column_letter(number)}{row}"

    def fault(self, cell: str, key: str, **args: object) -> None:
        """Say that something is wrong at a cell."""
        self.problems.append(fault(Place(self.file, cell=cell), key, **args))


def read_table(sheet: Sheet, file: str) -> Table | None:
    """The table on a sheet, None where the sheet has no hidden name of ours."""
    marks = (at for at, cell in sheet.cells.items() if str(cell.value).strip().startswith(MARK))
    corner = next(iter(sorted(marks)), None)
    if corner is None:
        return None
    mark = str(sheet.cells[corner].value).strip()
    table = Table(file, sheet.title, mark.removesuffix(TURNED), mark.endswith(TURNED), sheet.hidden)
    cells: Cells = sheet.cells
    if table.turned:
        cells = {(column, row): cell for (row, column), cell in cells.items()}
        corner = (corner[1], corner[0])
    aside = _columns(table, cells, *corner)
    _lines(table, cells, aside, *corner)
    _check_hidden(table, sheet)
    _check_merged(table, sheet)
    return table


def _columns(table: Table, cells: Cells, top: int, left: int) -> set[int]:
    """Find the named columns; those that are there for people."""
    aside = set()
    for at, column in sorted(key for key in cells if key[0] == top and key[1] != left):
        name = str(cells[at, column].value).strip()
        if name == ASIDE:
            aside.add(column)
        elif name in table.columns:
            table.fault(table.named(at, column), "column_twice", found=shown(name)[1:-1])
        else:
            table.columns[name] = column
    return aside


def _lines(table: Table, cells: Cells, aside: set[int], top: int, left: int) -> None:
    headings = {
        at
        for (at, column), cell in cells.items()
        if column == left and at != top and str(cell.value).strip() == ASIDE
    }
    names = {column: name for name, column in table.columns.items()}
    lines: dict[int, Line] = {}
    for (at, column), cell in cells.items():
        if at == top or at in headings:
            continue
        line = lines.get(at)
        if line is None:
            line = lines[at] = Line(at)
        if column == left:
            line.name = str(cell.value).strip()
        elif column in names:
            line.written[names[column]] = _written(table, table.named(at, column), cell)
        elif column in aside:
            line.aside = Written(cell.value, table.named(at, column))
        else:
            line.unnamed = Written(cell.value, table.named(at, column))
    table.lines = [lines[at] for at in sorted(lines)]


def _written(table: Table, place: str, cell: Cell) -> Written:
    """What stands in a cell; formulas and errors are refused, never computed."""
    if cell.kind is Kind.VALUE:
        return Written(cell.value, place)
    found = shown(str(cell.value))
    problem = fault(Place(table.file, cell=place), _FAULTS[cell.kind], found=found)
    return Written(cell.value, place, problem)


def _check_hidden(table: Table, sheet: Sheet) -> None:
    """Refuse entries that nobody sees. Lines that a filter hides are a view and stay."""
    rows = set() if sheet.filtered and not table.turned else sheet.hidden_rows
    hidden = (rows, sheet.hidden_columns)
    lines, fields = reversed(hidden) if table.turned else hidden
    if not lines and not fields:
        return
    for line in table.lines:
        for name, written in line.entries.items():
            if line.at in lines or table.columns[name] in fields:
                table.fault(written.cell, "hidden_entry", found=written.shown(name))


def _check_merged(table: Table, sheet: Sheet) -> None:
    """Refuse merged cells where entries stand."""
    from openpyxl.utils import get_column_letter

    lines, columns = [line.at for line in table.lines], sorted(table.columns.values())
    for merged in sheet.merged:
        rows, across = (merged.top, merged.bottom), (merged.left, merged.right)
        down, over = (across, rows) if table.turned else (rows, across)
        if _any_within(lines, *down) and _any_within(columns, *over):
            first = f"{get_column_letter(merged.left)}{merged.top}"
            found = f"{first}:{get_column_letter(merged.right)}{merged.bottom}"
            table.fault(f"{table.title}!{first}", "merged", found=found)


def _any_within(ordered: Sequence[int], first: int, last: int) -> bool:
    at = bisect_left(ordered, first)
    return at < len(ordered) and ordered[at] <= last
