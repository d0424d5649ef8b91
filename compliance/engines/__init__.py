"""The engines, and the comparison of one's answer with another's.

An engine's library is imported when the engine is asked for. May import `source` and what
lies below it, and `record`.
"""

from __future__ import annotations

from importlib import import_module
from typing import Final, Protocol

from compliance.errors import Disagreement, InputError, Place
from compliance.outcome import Answer, Verdict
from compliance.record import Record
from compliance.rulebook import RuleBook
from compliance.source import fault

ENGINES: Final = ("durable", "direct")
"""The names of the engines; the default comes first."""


class Engine(Protocol):
    """What every engine does; `name` is one of ENGINES."""

    @property
    def name(self) -> str:
        """What a report calls the engine."""

    def answer(self, record: Record) -> Answer:
        """What the rule book says of the record."""


def durable_importable() -> str | None:
    """Why durable-rules cannot be imported here, None where it can."""
    try:
        import_module("durable.engine")
    except ImportError as error:
        return str(error)
    return None


def engine(name: str | None, book: RuleBook) -> Engine:
    """The engine called `name`, one of ENGINES, built for `book`.

    None takes durable where it can be imported, else direct. Raises InputError where
    durable is asked for and cannot be imported.
    """
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
    answer = engine.answer(record)
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
