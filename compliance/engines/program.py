"""The one compiled form of a rule, from which every engine works.

A condition becomes two formulas without negation: one matches where it is satisfied, one
where it is violated. A fact that is not observed matches neither, which is the third value.
May import `condition` and `rulebook`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Union

from compliance.condition import CASE_LIMIT, All, Condition, Not, Requirement, Test
from compliance.rulebook import Rule


@dataclass(frozen=True, slots=True)
class Literal:
    """Matches where the test's value is known and is `holds`."""

    test: Test
    holds: bool


@dataclass(frozen=True, slots=True)
class And:
    """Matches where every item matches; without items always."""

    items: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Matches where an item matches; without items never."""

    items: tuple[Formula, ...]


Formula = Union[Literal, And, Or]


@dataclass(frozen=True, slots=True)
class Branches:
    """Where a condition is satisfied and where it is violated; never both at once."""

    satisfied: Formula
    violated: Formula


@dataclass(frozen=True, slots=True)
class Compiled:
    """A rule with its two conditions compiled; `that` is None where a date alone counts."""

    rule: Rule
    require: Requirement
    when: Branches | None
    that: Branches | None


def compile_rule(rule: Rule) -> Compiled:
    """The compiled form of a rule."""
    return Compiled(rule, rule.require, _branches(rule.when), _branches(rule.require.that))


def _branches(condition: Condition | None) -> Branches | None:
    if condition is None:
        return None
    return Branches(normal(condition, True), normal(condition, False))


def normal(condition: Condition, holds: bool) -> Formula:
    """The negation normal form of the condition, or of its negation where not `holds`."""
    if isinstance(condition, Test):
        return Literal(condition, holds)
    if isinstance(condition, Not):
        return normal(condition.item, not holds)
    items = tuple(normal(item, holds) for item in condition.items)
    return And(items) if isinstance(condition, All) is holds else Or(items)


Case = tuple[Literal, ...]
"""Literals that must all match; none is there twice."""


class TooManyCases(Exception):
    """A formula has more than CASE_LIMIT cases."""


def cases(formula: Formula) -> tuple[Case, ...]:
    """The disjunctive normal form: the formula matches where any of the cases does.

    A case that contains another adds nothing and is left out. Raises TooManyCases.
    """
    if isinstance(formula, Literal):
        return ((formula,),)
    parts = [cases(item) for item in formula.items]
    found: dict[frozenset[Literal], Case] = {}
    if isinstance(formula, Or):
        found = {frozenset(case): case for part in parts for case in part}
    else:
        size = 1
        for part in parts:
            size *= len(part)
        if size > 16 * CASE_LIMIT:  # comparing them pairwise takes seconds beyond this
            raise TooManyCases
        for choice in product(*parts):
            case = tuple(dict.fromkeys(literal for case in choice for literal in case))
            found[frozenset(case)] = case
    least = tuple(case for key, case in found.items() if not any(key > other for other in found))
    if len(least) > CASE_LIMIT:
        raise TooManyCases
    return least
