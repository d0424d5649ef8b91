"""The engines, and the comparison of one's answer with another's.

An engine's library is imported when the engine is asked for. May import `source` and what
lies below it, and `record`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Final, Protocol, runtime_checkable

from compliance.errors import Disagreement, InputError, Place
from compliance.outcome import Answer, Verdict
from compliance.record import Record
from compliance.rulebook import RuleBook
from compliance.source import fault

ENGINES: Final = ("durable", "direct", "sql")
"""The names of the engines; the default comes first."""


class Engine(Protocol):
    """What every engine does; `name` is one of ENGINES."""

    @property
    def name(self) -> str:
        """What a report calls the engine."""

    def answer(self, record: Record) -> Answer:
        """What the rule book says of the record."""


@runtime_checkable
class InBatches(Protocol):
    """An engine that answers many records faster than each by itself."""

    def answers(self, records: Sequence[Record]) -> Iterator[Answer]:
        """What the rule book says of each record in turn."""


def durable_importable() -> str | None:
    """Why durable-rules cannot be imported here, None where it can."""
    return _why_not("durable.engine")


def sql_importable() -> str | None:
    """Why what the engine sql needs cannot be imported here, None where it can."""
    return _why_not("sqlglot", "duckdb")


def _why_not(*modules: str) -> str | None:
    try:
        for module in modules:
            import_module(module)
    except ImportError as error:
        return str(error)
    return None


def engine(name: str | None, book: RuleBook) -> Engine:
    """The engine called `name`, one of ENGINES, built for `book`.

    None takes durable where it can be imported, else direct. Raises InputError where
    what is asked for cannot be imported, and RulesError where a rule has no SQL.
    """
    if name == "sql":
        if (why := sql_importable()) is not None:
            raise InputError([fault(Place("--engine"), "sql_missing", why=why)])
        from compliance.engines.sql.engine import Sql

        return Sql(book)
    missing = None if name == "direct" else durable_importable()
    if name == "durable" and missing is not None:
        raise InputError([fault(Place("--engine"), "durable_missing", why=missing)])
    if name == "direct" or missing is not None:
        from compliance.engines.direct import Direct

        return Direct(book)
    from compliance.engines.durable import Durable

    return Durable(book)


def evaluate(book: RuleBook, engine: Engine, second: Engine | None, record: Record) -> Answer:
    """The answer of `engine`, which `second` must give too.

    `second` is None where one engine alone is wanted. Raises Disagreement with the rules
    on which the two differ.
    """
    return compared(book, engine.answer(record), second, record)


def compared(book: RuleBook, answer: Answer, second: Engine | None, record: Record) -> Answer:
    """An engine's answer for the record, which `second` must give too; as `evaluate`."""
    if second is None:
        return answer
    other = second.answer(record)
    if answer == other:
        return answer
    answers = "; ".join(_differences(book, answer, other))
    raise Disagreement([fault(Place(record.source), "engines_differ", answers=answers)])


def _differences(book: RuleBook, answer: Answer, other: Answer) -> list[str]:
    """Each rule with both verdicts where they differ, the opinions where those differ."""
    ours = {verdict.rule: verdict for verdict in answer.verdicts}
    theirs = {verdict.rule: verdict for verdict in other.verdicts}
    found = [
        f"{rule.id}: {_shown(ours.get(rule.id))} / {_shown(theirs.get(rule.id))}"
        for rule in book.rules
        if ours.get(rule.id) != theirs.get(rule.id)
    ]
    sides = [
        " ".join([a.opinion.value if a.opinion else "-", *(r.value for r in a.reasons)])
        for a in (answer, other)
    ]
    return found if sides[0] == sides[1] else [*found, f"opinion: {sides[0]} / {sides[1]}"]


def _shown(verdict: Verdict | None) -> str:
    if verdict is None:
        return "-"
    deciding = ",".join([*(str(i + 1) for i in verdict.members), *verdict.months])
    return verdict.outcome.value + (f" ({deciding})" if deciding else "")
