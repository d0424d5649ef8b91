"""Records answered by the statement, on DuckDB in memory.

May import `opinion` and what lies below it, and this package's modules; duckdb and sqlglot.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any, Final

import duckdb
from sqlglot import exp

from compliance.engines.sql.dialects import call, render
from compliance.engines.sql.relation import Shape, row, shape
from compliance.engines.sql.statement import BookStatement
from compliance.engines.sql.terms import titled
from compliance.outcome import Answer, Opinion, Outcome, Reason, Verdict
from compliance.record import Record
from compliance.rulebook import RuleBook

BATCH: Final = 1000
"""The most records that one run of the statement answers."""


class Sql:
    """Answers for batches of records by one SQL statement.

    Raises RulesError, with the rule's file and line, for what has no SQL.
    """

    name: Final = "sql"

    def __init__(self, book: RuleBook, /) -> None:
        self._shape = shape(book)
        self._statement = render(BookStatement(book, relation(self._shape)).answers(), "duckdb")
        self._connection = database().cursor()

    def answer(self, record: Record) -> Answer:
        """What the rule book says of the record."""
        (answer,) = self.answers([record])
        return answer

    def answers(self, records: Sequence[Record]) -> Iterator[Answer]:
        """What the rule book says of each record in turn; looked at a batch at a time."""
        rest = iter(records)
        while batch := list(islice(rest, BATCH)):
            text = json.dumps([row(record, self._shape) for record in batch])
            rows = self._connection.execute(self._statement, [text]).fetchall()
            yield from map(_answer, rows)


def relation(shape: Shape) -> exp.Select:
    """The relation of the records in the statement's one parameter, a JSON array."""
    typed = call("FROM_JSON", exp.Placeholder(), exp.Literal.string(json.dumps([shape])))
    each = titled({"record": exp.Explode(this=typed)})
    parts = {name: exp.column(name, "record") for name in shape}
    return titled(parts).from_(each.subquery("given"), copy=False)


@cache
def database() -> duckdb.DuckDBPyConnection:
    """One database in memory for all, since opening one takes longer than a statement."""
    # One thread gives the rows in the order of the records.
    return duckdb.connect(config={"threads": 1})


def _answer(columns: Sequence[Any]) -> Answer:
    """The answer in a row of `BookStatement.answers`."""
    _, _, _, opinion, reasons, findings = columns
    return Answer(
        verdicts=tuple(
            Verdict(
                finding["rule"],
                Outcome(finding["outcome"]),
                tuple(position - 1 for position in finding["members"]),
                tuple(finding["months"]),
            )
            for finding in findings or ()
        ),
        reasons=tuple(Reason(reason) for reason in reasons),
        opinion=None if opinion is None else Opinion(opinion),
    )
