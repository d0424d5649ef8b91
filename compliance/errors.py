"""What is wrong, where, and the exit status that follows.

A problem is a value, so that all of a run's problems can be collected and shown at once;
an exception carries them where a command cannot go on. May import `words` and `outcome`.
No problem ever holds an ID number.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from compliance.outcome import ExitStatus
from compliance.words import Lang, Text


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: a file, a line and column from 1, a path in the data.

    `cell` is the place in a form that has no lines: `检查内容!C7` of a workbook.
    """

    file: str
    line: int | None = None
    column: int | None = None
    path: str = ""
    cell: str = ""

    def __str__(self) -> str:
        numbers = "".join(f":{n}" for n in (self.line, self.column) if n is not None)
        parts = (f"{self.file}{numbers}", self.cell, self.path)
        return ": ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong at one place, said in both languages.

    `text` is a sentence of its own: what was found, what was expected, what to do next.
    `key` is the name of the fault in the catalogue.
    """

    place: Place
    text: Text
    key: str = ""

    def message(self, lang: Lang) -> str:
        """The problem on one line, its place first."""
        return f"{self.place}: {self.text.in_(lang)}"


class ComplianceError(Exception):
    """A command cannot go on; `problems` say why and `exit_status` is the status to end with."""

    exit_status: ClassVar[ExitStatus] = ExitStatus.BAD_INPUT

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.message("en") for problem in self.problems))


class RulesError(ComplianceError):
    """The rule files are not a rule book."""


class InputError(ComplianceError):
    """A path, an option or a record cannot be used."""


class OutputError(ComplianceError):
    """An output cannot be written as asked."""


class Disagreement(ComplianceError):
    """Two engines answer differently for one record: an error of this program."""

    exit_status = ExitStatus.DISAGREEMENT
