"""Every state of the facts that a shipped rule reads, through the oracle and the engines.

A boolean is true, false, null or absent; a number or a text is each literal it is compared
with and its neighbours; a date lies in the inspection's month, in one of the two before it,
or is missing; a list is absent, null, empty, or any one or two members in any states.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain, combinations_with_replacement, product
from typing import Final

import pytest

from compliance.condition import OPERATORS, Condition, EveryMonthSince, FactRef, FactType, Holds
from compliance.condition import Test as FactTest  # pytest collects what is called Test
from compliance.condition import tests_of as each_test_of
from compliance.load import load_rules
from compliance.outcome import Outcome
from compliance.record import Member, Value
from compliance.rulebook import Rule
from tests import oracle
from tests.agree import assert_all_same, engines, record_of

BOOK: Final = load_rules()
# The month before the first is in another year; that before the second is shorter.
DATES: Final = {
    "2026-01-15": ("2026-01-15", "2025-12-31", "2025-11-30"),
    "2026-03-31": ("2026-03-01", "2026-02-28", "2026-01-31"),
}
ABSENT: Final = object()
Facts = dict[str, Value]


def scalar_states(type_: FactType, tests: list[FactTest], days: tuple[str, ...]) -> list[object]:
    """The values of a fact that its tests can tell apart, null and absence among them."""
    if type_ is FactType.BOOLEAN:
        return [True, False, None, ABSENT]
    literals = {
        value
        for test in tests
        for value in (test.operand if isinstance(test.operand, tuple) else (test.operand,))
        if not isinstance(value, FactRef)
    }
    if type_ is FactType.DATE:
        return [*days, None, ABSENT]
    if type_ is FactType.INTEGER:
        near = {int(value) + step for value in literals for step in (-1, 0, 1)} or {0, 1}
        return [*sorted(near), None, ABSENT]
    return [*sorted(map(str, literals)), "", "其他", None, ABSENT]


def given(states: Mapping[str, list[object]]) -> Iterator[dict[str, object]]:
    """Each combination of the states, facts that are absent left out."""
    for values in product(*states.values()):
        yield {name: value for name, value in zip(states, values) if value is not ABSENT}


def conditions(rule: Rule) -> tuple[list[FactTest], list[FactTest]]:
    """The tests of the outlet's facts and those of a member's fields."""

    def listed(condition: Condition | None) -> list[FactTest]:
        return [] if condition is None else list(each_test_of(condition))

    if isinstance(rule.require, Holds):
        return listed(rule.when) + listed(rule.require.that), []
    return listed(rule.when), listed(rule.require.that)


def read(tests: list[FactTest]) -> dict[str, FactType]:
    """The facts that the tests read, operands included, and their types."""
    names = {test.fact: test.type for test in tests}
    references = {
        test.operand.name: OPERATORS[test.type][test.op]
        for test in tests
        if isinstance(test.operand, FactRef)
    }
    return {**references, **names}


def states_of(rule: Rule, date: str) -> Iterator[Facts]:
    """Each state of the facts that the rule reads, for an inspection on `date`."""
    days = DATES[date]
    outer, inner = conditions(rule)
    top, own = read(outer), read(inner)
    members: list[object] = []
    if not isinstance(rule.require, Holds):
        fields = {field.name for field in BOOK.facts[rule.require.of].fields}
        top.update({name: type_ for name, type_ in own.items() if name not in fields})
        own = {name: type_ for name, type_ in own.items() if name in fields}
        if isinstance(rule.require, EveryMonthSince):
            top[rule.require.since] = FactType.DATE
            own[rule.require.dated_by] = FactType.DATE
        members = list(lists(own, inner, days))
    top.pop("inspection.date", None)
    states = {
        name: scalar_states(type_, [t for t in outer + inner if t.fact == name], days)
        for name, type_ in top.items()
    }
    if not isinstance(rule.require, Holds):
        states[rule.require.of] = members
    for facts in given(states):
        yield {"inspection.date": date, **facts}  # type: ignore[dict-item]  # built above


def lists(
    own: Mapping[str, FactType], tests: list[FactTest], days: tuple[str, ...]
) -> Iterator[object]:
    """The states of a list: absent, null, empty, and up to two members in each state."""
    states = {
        name: scalar_states(type_, [t for t in tests if t.fact == name], days)
        for name, type_ in own.items()
    }
    each: list[Member] = list(given(states))  # type: ignore[arg-type]  # built above
    two = combinations_with_replacement(each, 2)
    return chain([ABSENT, None, ()], ((member,) for member in each), two)


@pytest.mark.parametrize("rule", BOOK.rules, ids=[rule.id for rule in BOOK.rules])
def test_every_state_of_a_rule(rule: Rule) -> None:
    book = replace(BOOK, rules=(replace(rule, effective_from=None, effective_to=None),))
    built = engines(book)
    seen: set[Outcome] = set()
    for date, type_ in product(DATES, sorted(rule.applies_to)):
        records = [record_of(facts, type_, rule.stage) for facts in states_of(rule, date)]
        assert_all_same(book, records, built)
        seen |= {oracle.answer(book, record).verdicts[0].outcome for record in records}
    assert seen >= {Outcome.PASS, Outcome.FAIL, Outcome.NOT_OBSERVED}
