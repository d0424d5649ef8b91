"""Drop-downs and checks that office programs enforce while the workbook is filled in.

They help whoever types; what is pasted passes them by, so reading checks all again. May
import `layout` and what lies below `intake`; openpyxl where a function is called.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from compliance.condition import FactType
from compliance.intake.workbook.layout import Column
from compliance.record_schema import TEXT_LIMIT
from compliance.words import Lang
from compliance.words import intake_workbook as words

_FIRST: Final = "DATE(1990,1,1)"
_LAST: Final = "DATE(2999,12,31)"
_LENGTHS: Final = {"id_number": 18}
_LARGEST: Final = str(2**53 - 1)

Rows = tuple[int, int]
"""The first and the last row of a range."""


class _Check(NamedTuple):
    """What is enforced, by the names of openpyxl, and what is said of anything else."""

    kind: str
    said: str
    operator: str | None
    first: str
    second: str | None = None


class Checks:
    """The checks of one sheet, each with the ranges that it holds for."""

    def __init__(self, sheet: Any, lang: Lang) -> None:
        self.sheet = sheet
        self.lang = lang
        self.ranges: dict[_Check, list[tuple[str, int, int]]] = {}

    def column(self, column: Column, at: str, rows: Rows, visit: str | None = None) -> None:
        """What an entry of a column must be; `visit` is a formula of the day of the visit."""
        if column.type is FactType.BOOLEAN:
            self.choice(at, rows, "yes_no")
        elif column.type is FactType.DATE:
            self._day(at, rows, visit)
        elif column.type is FactType.INTEGER:
            said = self._say("whole")
            self._add(at, rows, _Check("whole", said, "between", f"-{_LARGEST}", _LARGEST))
        elif column.name in _LENGTHS:
            length = str(_LENGTHS[column.name])
            self._add(at, rows, _Check("textLength", self._say("id_number"), "equal", length))
        else:
            said = self._say("length", limit=TEXT_LIMIT)
            limit = str(TEXT_LIMIT)
            self._add(at, rows, _Check("textLength", said, "lessThanOrEqual", limit))

    def choice(self, at: str, rows: Rows, key: str) -> None:
        """A drop-down of the choices called `key`."""
        choices = self._say(key)
        said = self._say("choose", choices=choices.replace(",", " / "))
        self._add(at, rows, _Check("list", said, None, f'"{choices}"'))

    def outlet(self, at: str, rows: Rows, ids: str) -> None:
        """A drop-down of the outlets' numbers, which stand in the range `ids`."""
        self._add(at, rows, _Check("list", self._say("choose_outlet"), None, ids))

    def _day(self, at: str, rows: Rows, visit: str | None) -> None:
        """A day, not after that of the visit once this is filled in."""
        last = _LAST if visit is None else f"IF(N({visit})=0,{_LAST},{visit})"
        said = self._say("visit_date" if visit is None else "past_date")
        self._add(at, rows, _Check("date", said, "between", _FIRST, last))

    def _say(self, key: str, **args: object) -> str:
        return words.SAYS[key].in_(self.lang).format(**args)

    def _add(self, at: str, rows: Rows, check: _Check) -> None:
        ranges = self.ranges.setdefault(check, [])
        first, last = rows
        if ranges and ranges[-1][0] == at and ranges[-1][2] == first - 1:
            ranges[-1] = (at, ranges[-1][1], last)
        else:
            ranges.append((at, first, last))

    def place(self) -> None:
        """Put the checks on the sheet; range by range, openpyxl compares each with all others."""
        from openpyxl.worksheet.datavalidation import DataValidation

        for check, ranges in self.ranges.items():
            cells = " ".join(f"{at}{first}:{at}{last}" for at, first, last in ranges)
            made = DataValidation(
                check.kind, check.first, check.second, allow_blank=True, sqref=cells
            )
            made.operator, made.showErrorMessage = check.operator, True
            made.errorTitle, made.error = self._say("wrong"), check.said
            self.sheet.add_data_validation(made)
