"""What the sheets of one workbook have in common: their texts, and where they point.

May import `layout`, `questions` of `intake` and what lies below it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from compliance.intake.questions import Checklist
from compliance.intake.workbook.layout import Column, Titles
from compliance.words import Lang
from compliance.words import intake_workbook as words
from compliance.words.report import OUTLET_TYPES, STAGES

TOP: Final = 5
"""The first line of entries, below hidden names, title, captions and hints."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is drawn, in which language, on which sheets; `outlets` are the columns of theirs."""

    checklist: Checklist
    outlets: tuple[Column, ...]
    titles: Titles
    lang: Lang

    @property
    def many(self) -> bool:
        """Whether there are several outlets, so that every line says whose it is."""
        return len(self.checklist.outlets) > 1

    def say(self, key: str, **args: object) -> str:
        """A text of the workbook."""
        return words.SAYS[key].in_(self.lang).format(**args)

    @property
    def scope(self) -> dict[str, str]:
        """Outlet type and stage, as texts."""
        return {
            "type": OUTLET_TYPES[self.checklist.type.value].in_(self.lang),
            "stage": STAGES[self.checklist.stage.value].in_(self.lang),
        }

    def heading(self, sheet: str) -> str:
        """The title line of a sheet."""
        return self.say("heading", sheet=sheet, **self.scope)

    def ids(self) -> str:
        """The range of the outlets' numbers, where there are many."""
        return self._range("outlet.id")

    def visit(self, line: int) -> str:
        """A formula of the day of the visit that a line of a list or of the checklist is for."""
        if not self.many:
            at = [column.name for column in self.outlets].index("inspection.date")
            return f"'{self.titles.outlets}'!$C${TOP - 1 + at}"
        days = self._range("inspection.date")
        return f"IFERROR(INDEX({days},MATCH($B{line},{self.ids()},0)),0)"

    def _range(self, name: str) -> str:
        column = letter(2 + [column.name for column in self.outlets].index(name))
        last = TOP - 1 + len(self.checklist.outlets)
        return f"'{self.titles.outlets}'!${column}${TOP}:${column}${last}"


def letter(column: int) -> str:
    """The letters of a column, counted from 1."""
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column))
