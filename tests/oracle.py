"""The meaning of the rules, written as slowly and plainly as can be.

Every engine must give this module's answers. It follows the design's section 4 and the
docstrings of the types, and shares no code with the engines. It may import the types alone:
`outcome`, `condition`, `rulebook`, `record` and `words`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from compliance.condition import (
    All,
    AtLeast,
    Condition,
    Every,
    EveryMonthSince,
    FactRef,
    FactType,
    Holds,
    Not,
    Op,
    Operand,
    Requirement,
    Test,
)
from compliance.outcome import Answer, Opinion, Outcome, Reason, Stage, Verb, Verdict
from compliance.record import Member, Record, Value
from compliance.rulebook import Rule, RuleBook

Truth = bool | None
"""True, False, or None where it is not known."""

Look = Callable[[str], Value]
"""From the name of a fact to its value, None where it was not observed."""


def answer(book: RuleBook, record: Record) -> Answer:
    """What the rule book says of the record."""
    rules = [rule for rule in book.rules if _in_force(rule, record)]
    verdicts = tuple(_verdict(book, rule, record) for rule in rules)
    if record.inspection.stage is not Stage.ADAPTATION:
        return Answer(verdicts, (), None)
    counted = [
        (rule, verdict.outcome)
        for rule, verdict in zip(rules, verdicts)
        if rule.verb is not Verb.SHOULD
        and not rule.trial
        and verdict.outcome is not Outcome.NOT_APPLICABLE
    ]
    failed = [rule for rule, outcome in counted if outcome is Outcome.FAIL]
    if failed:
        given = [rule.reason for rule in failed]
        reasons = tuple(reason for reason in Reason if reason in given)
        return Answer(verdicts, reasons, Opinion.NON_CONFORMING)
    if counted and all(outcome is Outcome.PASS for _, outcome in counted):
        return Answer(verdicts, (), Opinion.CONFORMING)
    return Answer(verdicts, (), Opinion.PENDING)


def truth(condition: Condition, look: Look, inspected_on: str) -> Truth:
    """The condition's value in strong Kleene logic; `inspected_on` is YYYY-MM-DD."""
    if isinstance(condition, Test):
        return _test(condition, look, inspected_on)
    if isinstance(condition, Not):
        inner = truth(condition.item, look, inspected_on)
        return None if inner is None else not inner
    values = [truth(item, look, inspected_on) for item in condition.items]
    if isinstance(condition, All):
        return _all(values)
    return _any(values)


def _all(values: Sequence[Truth]) -> Truth:
    if False in values:
        return False
    if None in values:
        return None
    return True


def _any(values: Sequence[Truth]) -> Truth:
    if True in values:
        return True
    if None in values:
        return None
    return False


def _in_force(rule: Rule, record: Record) -> bool:
    day = date.fromisoformat(record.inspection.date)
    if rule.effective_from is not None and day < date.fromisoformat(rule.effective_from):
        return False
    if rule.effective_to is not None and day > date.fromisoformat(rule.effective_to):
        return False
    return rule.stage is record.inspection.stage and record.outlet.type in rule.applies_to


def _verdict(book: RuleBook, rule: Rule, record: Record) -> Verdict:
    if rule.when is not None:
        applies = truth(rule.when, record.observed, record.inspection.date)
        if applies is None:
            return Verdict(rule.id, Outcome.NOT_OBSERVED)
        if applies is False:
            return Verdict(rule.id, Outcome.NOT_APPLICABLE)
    return _required(book, rule.id, rule.require, record)


def _required(book: RuleBook, id_: str, require: Requirement, record: Record) -> Verdict:
    if isinstance(require, Holds):
        holds = truth(require.that, record.observed, record.inspection.date)
        return Verdict(id_, _outcome(holds))
    members = record.observed(require.of)
    if members is None:
        return Verdict(id_, Outcome.NOT_OBSERVED)
    assert isinstance(members, tuple), "a list fact holds members"
    if isinstance(require, EveryMonthSince):
        return _months(book, id_, require, members, record)
    values = [_member(book, require.of, require.that, member, record) for member in members]
    if isinstance(require, Every):
        holds = _all(values) if values else require.allow_none
    else:
        holds = _at_least(require, values)
    # The subjects that decided are those whose own value is the requirement's.
    return Verdict(
        id_, _outcome(holds), members=tuple(i for i, value in enumerate(values) if value is holds)
    )


def _at_least(require: AtLeast, values: Sequence[Truth]) -> Truth:
    if values.count(True) >= require.count:
        return True
    if len(values) - values.count(False) < require.count:
        return False
    return None


def _months(
    book: RuleBook, id_: str, require: EveryMonthSince, members: Sequence[Member], record: Record
) -> Verdict:
    since = record.observed(require.since)
    if since is None:
        return Verdict(id_, Outcome.NOT_OBSERVED)
    first, last = _month(_text(since)), _month(record.inspection.date)
    months = [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(first, last + 1)]
    values = [_in_month(book, require, month, members, record) for month in months]
    holds = _all(values) if values else False
    decided = tuple(month for month, value in zip(months, values) if value is holds)
    return Verdict(id_, _outcome(holds), months=decided)


def _in_month(
    book: RuleBook,
    require: EveryMonthSince,
    month: str,
    members: Sequence[Member],
    record: Record,
) -> Truth:
    """Whether some member is dated in `month` (YYYY-MM) and `that` holds for it."""
    found: list[Truth] = []
    for member in members:
        dated = member.get(require.dated_by)
        inside = None if dated is None else _text(dated)[:7] == month
        if require.that is None:
            found.append(inside)
        else:
            that = _member(book, require.of, require.that, member, record)
            found.append(_all([inside, that]))
    return _any(found)


def _member(book: RuleBook, of: str, that: Condition, member: Member, record: Record) -> Truth:
    def look(name: str) -> Value:
        if book.facts[of].field(name) is not None:
            return member.get(name)
        return record.observed(name)

    return truth(that, look, record.inspection.date)


def _outcome(holds: Truth) -> Outcome:
    if holds is None:
        return Outcome.NOT_OBSERVED
    return Outcome.PASS if holds else Outcome.FAIL


def _test(test: Test, look: Look, inspected_on: str) -> Truth:
    value = look(test.fact)
    operand: Operand | Value = test.operand
    if isinstance(operand, FactRef):
        operand = look(operand.name)
    if value is None or operand is None:
        return None
    if test.type is FactType.BOOLEAN:
        assert test.op is Op.EQUALS
        return value is operand
    if test.op is Op.EQUALS:
        return value == operand
    if test.op is Op.ONE_OF:
        assert isinstance(operand, tuple)
        return any(value == choice for choice in operand)
    if test.op is Op.CONTAINS:
        return _text(operand) in _text(value)
    if test.op is Op.AT_LEAST:
        return _number(value) >= _number(operand)
    if test.op is Op.AT_MOST:
        return _number(value) <= _number(operand)
    return _dated(test.op, _text(value), operand, inspected_on)


def _dated(op: Op, value: str, operand: object, inspected_on: str) -> bool:
    day = date.fromisoformat(value)
    if op is Op.WITHIN_DAYS:
        days = (date.fromisoformat(inspected_on) - day).days
        return 0 <= days <= _number(operand)
    other = date.fromisoformat(_text(operand))
    if op is Op.ON_OR_BEFORE:
        return day <= other
    if op is Op.ON_OR_AFTER:
        return day >= other
    months_back = {Op.IN_MONTH_OF: 0, Op.IN_MONTH_BEFORE: 1}[op]
    return _month(value) + months_back == _month(_text(operand))


def _month(day: str) -> int:
    """The months from January of the year 0 to that of `day`."""
    parsed = date.fromisoformat(day)
    return parsed.year * 12 + parsed.month - 1


def _text(value: object) -> str:
    assert isinstance(value, str), f"expected text, got {value!r}"
    return value


def _number(value: object) -> int:
    assert isinstance(value, int) and not isinstance(value, bool), f"expected a number: {value!r}"
    return value
