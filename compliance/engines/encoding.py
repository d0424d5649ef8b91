"""Subjects as durable-rules sees them: numbers, and texts that are no numbers.

The library takes `1`, `"1"` and true for equal, and reads a missing field as it likes: so
truth values are words, a text begins with `=`, a date is the number of its day, and
`<field>k` says whether a number or a text is known. May import `condition`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any as AnyValue
from typing import Final

from compliance.condition import FactRef, FactType, Op, Test
from compliance.record import Value

Fact = dict[str, AnyValue]
Look = Callable[[str], Value]

AT_LEAST: Final = (Op.AT_LEAST, Op.ON_OR_AFTER)
AT_MOST: Final = (Op.AT_MOST, Op.ON_OR_BEFORE)
MONTHS: Final[Mapping[Op, int]] = {Op.IN_MONTH_OF: 0, Op.IN_MONTH_BEFORE: -1}
TRUTHS: Final = (Op.ONE_OF, Op.CONTAINS, Op.WITHIN_DAYS)


def measure(test: Test) -> tuple[AnyValue, ...]:
    """What field a test needs; tests with one measure share the field.

    `truth` is the test itself, worked out beforehand; `months`, `difference` compare the
    fact with the operand; the others are the fact's value.
    """
    if test.op in TRUTHS:
        return ("truth", test)
    if test.op in MONTHS:
        return ("months", test.fact, test.operand)
    if isinstance(test.operand, FactRef):
        if test.type in (FactType.BOOLEAN, FactType.TEXT):
            return ("truth", test)
        return ("difference", test.fact, test.operand)
    return (test.type.value, test.fact)


def encoded_operand(test: Test) -> int | str:
    if test.op in MONTHS:
        return MONTHS[test.op]
    if isinstance(test.operand, FactRef):
        return 0
    if test.type is FactType.TEXT:
        return f"={test.operand}"
    return _number(test.type, test.operand)


def _number(type_: FactType, value: AnyValue) -> int:
    return date.fromisoformat(value).toordinal() if type_ is FactType.DATE else int(value)


def encoded(measure: str, field: str, test: Test, look: Look, inspected_on: str) -> Fact:
    """A subject's field for a test, with `<field>k` saying whether it is known."""
    value: AnyValue = look(test.fact)
    other: AnyValue = look(test.operand.name) if isinstance(test.operand, FactRef) else test.operand
    if measure == "truth":
        known = value is not None and other is not None
        holds = known and _holds(test.op, value, other, inspected_on)
        return {field: ("true" if holds else "false") if known else "unknown"}
    compares = measure in ("months", "difference")
    if value is None or (compares and other is None):
        return {field: "unknown" if measure in ("text", "boolean") else 0, f"{field}k": "unknown"}
    seen: int | str
    if measure == "months":
        seen = (month_of(value) or 0) - (month_of(other) or 0)
    elif measure == "difference":
        seen = _number(test.type, value) - _number(test.type, other)
    elif measure == "boolean":
        seen = "true" if value else "false"
    else:
        seen = f"={value}" if measure == "text" else _number(test.type, value)
    return {field: seen, f"{field}k": "true"}


def _holds(op: Op, value: AnyValue, other: AnyValue, inspected_on: str) -> bool:
    if op is Op.ONE_OF:
        return bool(value in other)
    if op is Op.CONTAINS:
        return bool(other in value)
    if op is Op.WITHIN_DAYS:
        days = date.fromisoformat(inspected_on) - date.fromisoformat(value)
        return bool(0 <= days.days <= other)
    return bool(value == other)


def month_of(day: AnyValue) -> int | None:
    """The calendar month of a date YYYY-MM-DD, counted from the year 0."""
    if day is None:
        return None
    parsed = date.fromisoformat(day)
    return parsed.year * 12 + parsed.month - 1
