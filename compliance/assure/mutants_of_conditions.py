"""The mistakes that people make in a condition; each function makes one kind at one spot.

May import everything below `assure`, and `spots` and `written`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Final, Union

from compliance.assure.spots import Change, Spot
from compliance.assure.written import condition_data, on_a_line
from compliance.condition import All, Any, Condition, FactType, Not, Op, Test

COMPARISONS: Final[Mapping[Op, Op]] = {
    Op.ON_OR_BEFORE: Op.ON_OR_AFTER,
    Op.ON_OR_AFTER: Op.ON_OR_BEFORE,
    Op.IN_MONTH_OF: Op.IN_MONTH_BEFORE,
    Op.IN_MONTH_BEFORE: Op.IN_MONTH_OF,
    Op.AT_LEAST: Op.AT_MOST,
    Op.AT_MOST: Op.AT_LEAST,
}
"""Each comparison and the one that is taken for it."""


def changed(spot: Spot, other: Condition) -> Change:
    """The change that puts another condition at a spot."""
    return Change(spot.at, shown(spot.condition), shown(other), spot.put(other))


def shown(condition: Condition) -> str:
    """The condition on one line."""
    return on_a_line(condition_data(condition))


def drop_conjunct(spot: Spot) -> Iterator[Change]:
    """One of several conditions that must all hold is forgotten."""
    if isinstance(spot.condition, All):
        yield from _without_each(spot, spot.condition)


def drop_alternative(spot: Spot) -> Iterator[Change]:
    """One of several conditions of which one is enough is forgotten."""
    if isinstance(spot.condition, Any):
        yield from _without_each(spot, spot.condition)


def _without_each(spot: Spot, whole: Union[All, Any]) -> Iterator[Change]:
    for i, item in enumerate(whole.items):
        rest = (*whole.items[:i], *whole.items[i + 1 :])
        left = rest[0] if len(rest) == 1 else replace(whole, items=rest)
        yield Change((*spot.at, i), shown(item), "", spot.put(left))


def drop_choice(spot: Spot) -> Iterator[Change]:
    """One of the values that are allowed is forgotten."""
    test = spot.condition
    if isinstance(test, Test) and isinstance(test.operand, tuple):
        for i in range(len(test.operand)):
            rest = (*test.operand[:i], *test.operand[i + 1 :])
            yield changed(spot, replace(test, operand=rest))


def flip_value(spot: Spot) -> Iterator[Change]:
    """True is written for false, or false for true."""
    test = spot.condition
    if isinstance(test, Test) and isinstance(test.operand, bool):
        yield changed(spot, replace(test, operand=not test.operand))


def negate(spot: Spot) -> Iterator[Change]:
    """A `not` is forgotten, or is one too many.

    A boolean value is not negated but flipped, and what is in a `not` has the `not` dropped.
    """
    whole = spot.condition
    if isinstance(whole, Not):
        yield changed(spot, whole.item)
    elif not isinstance(spot.inside, Not):
        flipped = isinstance(whole, Test) and isinstance(whole.operand, bool)
        if not flipped:
            yield changed(spot, Not(whole))


def swap_all_and_any(spot: Spot) -> Iterator[Change]:
    """All are asked for where one is enough, or one where all are."""
    whole = spot.condition
    if isinstance(whole, All):
        yield changed(spot, Any(whole.items))
    elif isinstance(whole, Any):
        yield changed(spot, All(whole.items))


def swap_comparison(spot: Spot) -> Iterator[Change]:
    """The comparison is the wrong way round, or is with the wrong month."""
    test = spot.condition
    if isinstance(test, Test) and test.op in COMPARISONS:
        yield changed(spot, replace(test, op=COMPARISONS[test.op]))


def off_by_one_in(spot: Spot) -> Iterator[Change]:
    """A number, or a day, is one off."""
    test = spot.condition
    if not isinstance(test, Test) or isinstance(test.operand, bool):
        return
    if isinstance(test.operand, int):
        for number in (test.operand - 1, test.operand + 1):
            yield changed(spot, replace(test, operand=number))
    elif isinstance(test.operand, str) and test.type is FactType.DATE:
        for day in days_beside(test.operand):
            yield changed(spot, replace(test, operand=day))


def days_beside(day: str) -> Iterator[str]:
    """The day before and the day after, those that a date can name."""
    number = date.fromisoformat(day).toordinal()
    for other in (number - 1, number + 1):
        if date.min.toordinal() <= other <= date.max.toordinal():
            yield date.fromordinal(other).isoformat()
