"""What a rule reads: facts, fields of members, and how much of a list it can tell apart.

May import everything below `assure`; nothing here needs the solver.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from compliance.condition import (
    AtLeast,
    Condition,
    EveryMonthSince,
    FactRef,
    Holds,
    Op,
    Requirement,
    tests_of,
)
from compliance.outcome import Verb
from compliance.rulebook import Rule

MONTHS: Final = 4
"""So many calendar months are looked at where a rule counts every month since a date."""


def counts(rule: Rule) -> bool:
    """Whether a rule's outcome counts towards the opinion, where it is in force."""
    return rule.verb is not Verb.SHOULD and not rule.trial


def conditions_of(rule: Rule) -> Iterator[Condition]:
    """The rule's `when` and what it requires, those that it has."""
    yield from (each for each in (rule.when, rule.require.that) if each is not None)


def names_in(condition: Condition) -> Iterator[str]:
    """Each name that a condition reads, as it stands there; names may repeat."""
    for test in tests_of(condition):
        yield test.fact
        if isinstance(test.operand, FactRef):
            yield test.operand.name
        if test.op is Op.WITHIN_DAYS:
            yield "inspection.date"


def names_read(rule: Rule) -> Iterator[str]:
    """Each name that a rule reads: facts, lists, fields of members, the inspection's dates."""
    for condition in conditions_of(rule):
        yield from names_in(condition)
    if not isinstance(rule.require, Holds):
        yield rule.require.of
    if isinstance(rule.require, EveryMonthSince):
        yield rule.require.since
        yield "inspection.date"


def fields_read(rule: Rule, of: str) -> Iterator[str]:
    """Each name read in what a rule requires of the members of the list `of`."""
    if isinstance(rule.require, Holds) or rule.require.of != of:
        return
    if rule.require.that is not None:
        yield from names_in(rule.require.that)
    if isinstance(rule.require, EveryMonthSince):
        yield rule.require.dated_by


def room(require: Requirement, of: str) -> int:
    """The members that the list `of` must have room for, so that every outcome can be shown."""
    if isinstance(require, Holds) or require.of != of:
        return 0
    if isinstance(require, AtLeast):
        return require.count
    return MONTHS if isinstance(require, EveryMonthSince) else 1
