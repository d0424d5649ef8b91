"""Conditions as a tree, and the requirement that quantifies over it.

A condition tests facts; `All`, `Any` and `Not` combine tests. A requirement states what
must hold, of the outlet or of the members of a list. May import `words` and `outcome`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from math import prod
from typing import Final, Union


class FactType(str, Enum):
    """The types a fact can be declared with; a date is written YYYY-MM-DD."""

    BOOLEAN = "boolean"
    INTEGER = "integer"
    TEXT = "text"
    DATE = "date"
    LIST = "list"


class Op(str, Enum):
    """How a fact's value is compared with its operand.

    `within_days: n` holds for a date from n days before the inspection up to its day;
    `in_month_of` and `in_month_before` hold for a date in the operand's calendar month,
    and in the calendar month before it.
    """

    EQUALS = "equals"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ON_OR_BEFORE = "on_or_before"
    ON_OR_AFTER = "on_or_after"
    ONE_OF = "one_of"
    CONTAINS = "contains"
    WITHIN_DAYS = "within_days"
    IN_MONTH_OF = "in_month_of"
    IN_MONTH_BEFORE = "in_month_before"


# Which operators a type of fact takes, and the type of the operator's operand.
OPERATORS: Final[Mapping[FactType, Mapping[Op, FactType]]] = {
    FactType.BOOLEAN: {Op.EQUALS: FactType.BOOLEAN},
    FactType.INTEGER: dict.fromkeys(
        (Op.EQUALS, Op.ONE_OF, Op.AT_LEAST, Op.AT_MOST), FactType.INTEGER
    ),
    FactType.TEXT: dict.fromkeys((Op.EQUALS, Op.ONE_OF, Op.CONTAINS), FactType.TEXT),
    FactType.DATE: {
        **dict.fromkeys(
            (
                Op.EQUALS,
                Op.ONE_OF,
                Op.ON_OR_BEFORE,
                Op.ON_OR_AFTER,
                Op.IN_MONTH_OF,
                Op.IN_MONTH_BEFORE,
            ),
            FactType.DATE,
        ),
        Op.WITHIN_DAYS: FactType.INTEGER,
    },
}

CASE_LIMIT: Final = 256
"""The most cases that a condition may unfold into, satisfied or violated."""

Scalar = Union[bool, int, str]
"""A fact's plain value as it stands in a record; a date is its text YYYY-MM-DD."""


@dataclass(frozen=True, slots=True)
class FactRef:
    """An operand that is another fact's value."""

    name: str


Operand = Union[bool, int, str, tuple[Scalar, ...], FactRef]


@dataclass(frozen=True, slots=True)
class Test:
    """One fact compared with one operand; a date literal is its text YYYY-MM-DD."""

    fact: str
    type: FactType
    op: Op
    operand: Operand


@dataclass(frozen=True, slots=True)
class All:
    """Every item holds."""

    items: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one item holds."""

    items: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The item does not hold."""

    item: Condition


Condition = Union[Test, All, Any, Not]


@dataclass(frozen=True, slots=True)
class Holds:
    """The condition holds for the outlet."""

    that: Condition


@dataclass(frozen=True, slots=True)
class Every:
    """The condition holds for every member of the list `of`; an empty list fails."""

    of: str
    that: Condition
    allow_none: bool = False


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The condition holds for at least `count` members of the list `of` (`count` ≥ 1)."""

    count: int
    of: str
    that: Condition


@dataclass(frozen=True, slots=True)
class EveryMonthSince:
    """Each calendar month has a member of `of`, dated in it, for which `that` holds.

    The months run from that of the date fact `since` to that of the inspection, both
    included. `dated_by` is the members' date field. `that` is None where the date alone
    counts.
    """

    since: str
    of: str
    dated_by: str
    that: Condition | None


Requirement = Union[Holds, Every, AtLeast, EveryMonthSince]


def tests_of(condition: Condition) -> Iterator[Test]:
    """Each test of a condition, in the order written."""
    if isinstance(condition, Test):
        yield condition
    elif isinstance(condition, Not):
        yield from tests_of(condition.item)
    else:
        for item in condition.items:
            yield from tests_of(item)


def facts_of(condition: Condition) -> Iterator[str]:
    """Each fact that a condition reads, operands included; names may repeat."""
    for test in tests_of(condition):
        yield test.fact
        if isinstance(test.operand, FactRef):
            yield test.operand.name
        if test.op is Op.WITHIN_DAYS:
            yield "inspection.date"


def case_count(condition: Condition, holds: bool = True) -> int:
    """In how many ways a condition can be satisfied, or violated where not `holds`.

    The size of its disjunctive normal form before equal cases are merged.
    """
    if isinstance(condition, Test):
        return 1
    if isinstance(condition, Not):
        return case_count(condition.item, not holds)
    counts = [case_count(item, holds) for item in condition.items]
    return prod(counts) if isinstance(condition, All) is holds else sum(counts)
