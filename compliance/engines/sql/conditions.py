"""A condition's normal form as one expression: TRUE, FALSE, or NULL where it is not known.

May import `condition`, `rulebook`, `program` and `terms`, and sqlglot.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from sqlglot import exp

from compliance.condition import OPERATORS, FactRef, FactType, Op, Test
from compliance.engines.program import And, Formula, Literal
from compliance.engines.sql import terms
from compliance.engines.sql.dialects import Expression, all_of, any_of, not_
from compliance.engines.sql.terms import Facts

LONGEST: Final = (date.max - date.min).days
"""No two dates are more days apart."""

Derive = Callable[[Expression], Expression]


class NoSuchOperator(Exception):
    """An operator has no SQL."""


def condition(formula: Formula, facts: Facts) -> Expression:
    """The expression of a formula. Raises NoSuchOperator with the operator's word."""
    if isinstance(formula, Literal):
        test = _test(formula.test, facts)
        return test if formula.holds else not_(test)
    items = [condition(item, facts) for item in formula.items]
    return all_of(*items) if isinstance(formula, And) else any_of(*items)


def _test(test: Test, facts: Facts) -> Expression:
    if test.op not in COMPILED or test.op not in OPERATORS[test.type]:
        raise NoSuchOperator(test.op.value)
    return COMPILED[test.op](test, facts)


def _operand(test: Test, facts: Facts) -> Expression:
    if isinstance(test.operand, FactRef):
        return facts.read(test.operand.name)
    assert not isinstance(test.operand, tuple), "only one_of takes several"
    return terms.literal(OPERATORS[test.type][test.op], test.operand)


def _equals(test: Test, facts: Facts) -> Expression:
    value = facts.read(test.fact)
    if test.type is FactType.BOOLEAN and not isinstance(test.operand, FactRef):
        return value if test.operand else not_(value)
    return exp.EQ(this=value, expression=_operand(test, facts))


def _compared(by: type[exp.Expression]) -> Callable[[Test, Facts], Expression]:
    return lambda test, facts: by(this=facts.read(test.fact), expression=_operand(test, facts))


def _one_of(test: Test, facts: Facts) -> Expression:
    assert isinstance(test.operand, tuple), "one_of takes literals"
    choices = [terms.literal(test.type, choice) for choice in test.operand]
    return exp.In(this=facts.read(test.fact), expressions=choices)


def _contains(test: Test, facts: Facts) -> Expression:
    return exp.Contains(this=facts.read(test.fact), expression=_operand(test, facts))


def _within_days(test: Test, facts: Facts) -> Expression:
    value, inspected_on = facts.read(test.fact), facts.read("inspection.date")
    if not isinstance(test.operand, FactRef):
        assert isinstance(test.operand, int), "a number of days"
        days = min(test.operand, LONGEST)

        def earliest(inspected_on: Expression) -> Expression:
            return exp.Sub(this=inspected_on, expression=terms.number(days))

        low = facts.derived("inspection.date", f"minus {days}", earliest)
        return exp.Between(this=value, low=low, high=inspected_on)
    limit = facts.read(test.operand.name)
    days_ago = exp.DateDiff(this=inspected_on, expression=value, unit=exp.var("day"))
    inside = exp.Between(this=days_ago, low=terms.number(0), high=limit)
    # FALSE AND NULL is FALSE, but a limit that is not known decides nothing.
    known = terms.is_known(limit)
    return terms.case((known, inside))


def _in_month(
    first: tuple[str, Derive], last: tuple[str, Derive]
) -> Callable[[Test, Facts], Expression]:
    """A date between two bounds that follow from the operand."""

    def bound(test: Test, facts: Facts, what: str, derive: Derive) -> Expression:
        if isinstance(test.operand, FactRef):
            return facts.derived(test.operand.name, what, derive)
        return derive(_operand(test, facts))

    return lambda test, facts: exp.Between(
        this=facts.read(test.fact), low=bound(test, facts, *first), high=bound(test, facts, *last)
    )


COMPILED: Final[Mapping[Op, Callable[[Test, Facts], Expression]]] = {
    Op.EQUALS: _equals,
    Op.ONE_OF: _one_of,
    Op.CONTAINS: _contains,
    Op.AT_LEAST: _compared(exp.GTE),
    Op.AT_MOST: _compared(exp.LTE),
    Op.ON_OR_BEFORE: _compared(exp.LTE),
    Op.ON_OR_AFTER: _compared(exp.GTE),
    Op.WITHIN_DAYS: _within_days,
    Op.IN_MONTH_OF: _in_month(
        ("month from", terms.first_of_month), ("month to", terms.last_of_month)
    ),
    Op.IN_MONTH_BEFORE: _in_month(
        ("month before from", terms.first_of_month_before),
        ("month before to", terms.last_of_month_before),
    ),
}
"""Each operator's expression, from a test and what it may read."""
