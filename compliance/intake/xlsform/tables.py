"""Submissions out of a main table and a table for each repeat, whoever wrote them.

May import `names` and `submission` of this package, and `source`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from compliance.errors import Place, Problem
from compliance.intake.xlsform import names
from compliance.intake.xlsform.submission import Submission, is_servers
from compliance.source import fault, shown

_PARTS: Final = ("-Latitude", "-Longitude", "-Altitude", "-Accuracy")
_URL: Final = "_URL"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its first row as `header`; `rows` are numbered as people see them.

    `cell` says where a value stands, by the row's number and the column from 0.
    """

    name: str
    header: Sequence[str]
    rows: Sequence[tuple[int, Sequence[Any]]]
    cell: Callable[[int, int], str]

    def column(self, name: str) -> int | None:
        """The column of that name, groups before it or not."""
        return next((at for at, key in enumerate(self.header) if names.last(key) == name), None)

    def value(self, row: Sequence[Any], name: str) -> str:
        """What a row holds under a name, empty where there is no such column."""
        at = self.column(name)
        return "" if at is None or row[at] is None else str(row[at])


@dataclass(frozen=True, slots=True)
class Keys:
    """The columns that join a repeat's rows to the main table's, and that name a submission."""

    own: str
    parent: str
    id: str


def submissions(
    file: str, main: Table, repeats: Mapping[str, Table], keys: Keys
) -> Iterator[Submission | Problem]:
    """Each row of the main table with its repeats; a row that belongs to none is a problem."""
    made: dict[str, Submission] = {}
    for number, row in main.rows:
        id_ = main.value(row, keys.id).removeprefix("uuid:")
        at = main.cell(number, -1)
        submission = Submission(id_, f"{at} ({id_})" if id_ else at, main.name)
        for name, value, cell in _answers(main, number, row):
            submission.add(name, value, cell)
        made[main.value(row, keys.own) or at] = submission
    for list_, table in repeats.items():
        for number, row in table.rows:
            parent = table.value(row, keys.parent)
            if parent not in made:
                found = shown(parent)
                yield fault(
                    Place(file, cell=table.cell(number, -1)), "export_no_parent", found=found
                )
                continue
            member: dict[str, Any] = {}
            made[parent].members.setdefault(list_, []).append(member)
            for name, value, cell in _answers(table, number, row):
                made[parent].add(name, value, cell, member=member)
    yield from made.values()


def _answers(table: Table, number: int, row: Sequence[Any]) -> Iterator[tuple[str, Any, str]]:
    header = table.header
    for at, key in enumerate(header):
        if not key or is_servers(key):
            continue
        if key.endswith(_PARTS):
            if key.endswith(_PARTS[0]):
                base = key.removesuffix(_PARTS[0])
                where = {header[n]: row[n] for n in range(len(header))}
                parts = [where.get(base + part) for part in _PARTS]
                yield names.last(base), parts if any(parts) else None, table.cell(number, at)
            continue
        if key.endswith(_URL) and key.removesuffix(_URL) in header:
            continue
        yield names.last(key), row[at], table.cell(number, at)
