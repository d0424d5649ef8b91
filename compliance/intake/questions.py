"""What a checklist asks: the facts of an outlet type and stage, with the clauses behind them.

May import everything up to `opinion`. Nothing is asked that the vocabulary does not declare.
"""

from __future__ import annotations

from dataclasses import dataclass

from compliance.condition import EveryMonthSince, Holds, facts_of
from compliance.errors import InputError, Place
from compliance.outcome import Stage
from compliance.record import Outlet
from compliance.rulebook import Fact, OutletType, Rule, RuleBook
from compliance.source import fault


@dataclass(frozen=True, slots=True)
class Question:
    """A fact that is asked, and the clauses, as written, of the rules that read it."""

    fact: Fact
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checklist:
    """What is to be filled in: for which outlets, and which questions, in facts.yaml's order.

    Without `outlets` it is blank, for one outlet.
    """

    type: OutletType
    stage: Stage
    outlets: tuple[Outlet, ...]
    questions: tuple[Question, ...]
    vocabulary: str


def checklist(
    book: RuleBook, type_: OutletType, stage: Stage, outlets: tuple[Outlet, ...] = ()
) -> Checklist:
    """The checklist of an outlet type and stage. Raises InputError where nothing is asked."""
    questions = tuple(
        Question(fact, _clauses(book, fact, type_, stage))
        for fact in book.facts.values()
        if (type_, stage) in fact.asked
    )
    if not questions:
        pairs = sorted({(t.value, s.value) for fact in book.facts.values() for t, s in fact.asked})
        named = {"type": type_.value, "stage": stage.value}
        expected = ", ".join(f"--type {t} --stage {s}" for t, s in pairs)
        raise InputError([fault(Place("--stage"), "nothing_asked", expected=expected, **named)])
    return Checklist(type_, stage, outlets, questions, book.vocabulary)


def _clauses(book: RuleBook, fact: Fact, type_: OutletType, stage: Stage) -> tuple[str, ...]:
    written = (
        book.standard.clauses[rule.clause].written
        for rule in book.rules
        if rule.stage is stage and type_ in rule.applies_to and fact.name in reads(rule)
    )
    return tuple(dict.fromkeys(written))


def reads(rule: Rule) -> frozenset[str]:
    """The declared facts that a rule reads; a member's fields count as their list."""
    require = rule.require
    names = set(facts_of(rule.when)) if rule.when is not None else set()
    if isinstance(require, Holds):
        return frozenset(names | set(facts_of(require.that)))
    names.add(require.of)
    if isinstance(require, EveryMonthSince):
        names.add(require.since)
    if require.that is not None:
        names |= set(facts_of(require.that))
    return frozenset(names)
