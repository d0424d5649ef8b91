"""The rules as plain Python closures.

May import `opinion` and what lies below it, and `program`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any as AnyValue
from typing import Final

from compliance.condition import AtLeast, Every, EveryMonthSince, FactRef, Holds, Op, Test
from compliance.engines.program import And, Branches, Formula, Literal, compile_rule
from compliance.opinion import decide
from compliance.outcome import Answer, Outcome, Stage, Verdict
from compliance.record import Record
from compliance.rulebook import OutletType, Rule, RuleBook

Values = Mapping[str, AnyValue]
Truth = bool | None
"""True, False, or None where it is not known."""

Evaluate = Callable[[Values, Values], Truth]
Match = Callable[[Values, Values], bool]
Judge = Callable[[Values], Verdict]
Read = Callable[[Values, Values], AnyValue]
"""These take the outlet's facts and the member's; the outlet's twice where there is none."""

OUTCOMES: Final[Mapping[Truth, Outcome]] = {
    True: Outcome.PASS,
    False: Outcome.FAIL,
    None: Outcome.NOT_OBSERVED,
}


class Direct:
    """Answers for one record after another by calling closures built once."""

    name: Final = "direct"

    def __init__(self, book: RuleBook, /) -> None:
        judges = {rule.id: judge(book, rule) for rule in book.rules}
        self._scopes: dict[tuple[OutletType, Stage], tuple[tuple[Rule, Judge], ...]] = {
            (type_, stage): tuple(
                (rule, judges[rule.id])
                for rule in book.rules
                if rule.stage is stage and type_ in rule.applies_to
            )
            for type_ in OutletType
            for stage in Stage
        }
        self._dated = {
            scope
            for scope, pairs in self._scopes.items()
            if any(rule.effective_from or rule.effective_to for rule, _ in pairs)
        }

    def answer(self, record: Record) -> Answer:
        """What the rule book says of the record."""
        inspection = record.inspection
        scope = (record.outlet.type, inspection.stage)
        pairs = self._scopes[scope]
        if scope in self._dated:
            pairs = tuple(pair for pair in pairs if pair[0].applies(*scope, inspection.date))
        values = facts(record)
        verdicts = tuple([judge(values) for _, judge in pairs])
        opinion, reasons = decide([rule for rule, _ in pairs], verdicts, inspection.stage)
        return Answer(verdicts, reasons, opinion)


def facts(record: Record) -> Values:
    """All that a condition may read of a record, by name."""
    return {
        **record.observations,
        "inspection.date": record.inspection.date,
        "inspection.previous_inspection_date": record.inspection.previous_inspection_date,
        "outlet.listed_on": record.outlet.listed_on,
    }


def judge(book: RuleBook, rule: Rule) -> Judge:
    """The function that judges a record's facts by one rule."""
    compiled = compile_rule(rule)
    require = compiled.require
    fields: frozenset[str] = frozenset()
    if not isinstance(require, Holds):
        fields = frozenset(field.name for field in book.facts[require.of].fields)
    that = _truth(compiled.that, fields)
    if isinstance(require, Holds):
        required = _holds(rule.id, that)
    elif isinstance(require, EveryMonthSince):
        required = _months(rule.id, require, that)
    else:
        required = _members(rule.id, require, that)
    if compiled.when is None:
        return required
    when = _truth(compiled.when, frozenset())
    unknown = Verdict(rule.id, Outcome.NOT_OBSERVED)
    exempt = Verdict(rule.id, Outcome.NOT_APPLICABLE)

    def conditional(top: Values) -> Verdict:
        applies = when(top, top)
        if applies is None:
            return unknown
        return required(top) if applies else exempt

    return conditional


def _holds(id_: str, that: Evaluate) -> Judge:
    verdicts = {truth: Verdict(id_, outcome) for truth, outcome in OUTCOMES.items()}
    return lambda top: verdicts[that(top, top)]


def _members(id_: str, require: Every | AtLeast, that: Evaluate) -> Judge:
    unknown = Verdict(id_, Outcome.NOT_OBSERVED)

    def counted(top: Values) -> Verdict:
        members = top.get(require.of)
        if members is None:
            return unknown
        truths = [that(top, member) for member in members]
        holds = count(require, len(truths), truths.count(True), truths.count(False))
        deciding = tuple([i for i, truth in enumerate(truths) if truth is holds])
        return Verdict(id_, OUTCOMES[holds], deciding)

    return counted


def count(require: Every | AtLeast, n: int, satisfied: int, violated: int) -> Truth:
    """What a counting requirement says of `n` members."""
    if isinstance(require, AtLeast):
        if satisfied >= require.count:
            return True
        return False if n - violated < require.count else None
    if n == 0:
        return require.allow_none
    if violated:
        return False
    return True if satisfied == n else None


def _months(id_: str, require: EveryMonthSince, that: Evaluate) -> Judge:
    unknown = Verdict(id_, Outcome.NOT_OBSERVED)

    def counted(top: Values) -> Verdict:
        members, since = top.get(require.of), top.get(require.since)
        if members is None or since is None:
            return unknown
        sure: set[str] = set()
        possible: set[str] = set()
        anywhere = False
        for member in members:
            holds, dated = that(top, member), member.get(require.dated_by)
            if holds is False:
                continue
            if dated is None:
                anywhere = True
            else:
                (sure if holds else possible).add(dated[:7])
        months = calendar_months(since, top["inspection.date"])
        truths: list[Truth] = [
            True if month in sure else None if anywhere or month in possible else False
            for month in months
        ]
        overall = False if False in truths or not truths else None if None in truths else True
        deciding = tuple([m for m, truth in zip(months, truths, strict=True) if truth is overall])
        return Verdict(id_, OUTCOMES[overall], (), deciding)

    return counted


def calendar_months(since: str, until: str) -> list[str]:
    """The months (YYYY-MM) from that of one date to that of another, both included."""
    numbers = range(month_number(since), month_number(until) + 1)
    return [f"{n // 12:04}-{n % 12 + 1:02}" for n in numbers]


def month_number(day: str) -> int:
    """The months from January of the year 0 to that of a date YYYY-MM-DD."""
    return int(day[:4]) * 12 + int(day[5:7]) - 1


def _truth(branches: Branches | None, fields: frozenset[str]) -> Evaluate:
    if branches is None:
        return lambda top, own: True
    satisfied = _match(branches.satisfied, fields)
    violated = _match(branches.violated, fields)

    def truth(top: Values, own: Values) -> Truth:
        if satisfied(top, own):
            return True
        return False if violated(top, own) else None

    return truth


def _match(formula: Formula, fields: frozenset[str]) -> Match:
    if isinstance(formula, Literal):
        test, wanted = _test(formula.test, fields), formula.holds
        return lambda top, own: test(top, own) is wanted
    items: Sequence[Match] = [_match(item, fields) for item in formula.items]
    if len(items) == 1:
        return items[0]
    if isinstance(formula, And):
        return lambda top, own: all(item(top, own) for item in items)
    return lambda top, own: any(item(top, own) for item in items)


def _read(name: str, fields: frozenset[str]) -> Read:
    if name in fields:
        return lambda top, own: own.get(name)
    return lambda top, own: top.get(name)


def _test(test: Test, fields: frozenset[str]) -> Evaluate:
    read = _read(test.fact, fields)
    operand = test.operand
    if isinstance(operand, FactRef):
        read_operand = _read(operand.name, fields)
    else:

        def read_operand(top: Values, own: Values) -> AnyValue:
            return operand

    if test.op is Op.WITHIN_DAYS:
        return _within_days(read, read_operand)
    compare = COMPARE[test.op]

    def evaluate(top: Values, own: Values) -> Truth:
        value, other = read(top, own), read_operand(top, own)
        return None if value is None or other is None else compare(value, other)

    return evaluate


def _within_days(read: Read, read_operand: Read) -> Evaluate:
    def evaluate(top: Values, own: Values) -> Truth:
        value, days = read(top, own), read_operand(top, own)
        if value is None or days is None:
            return None
        return bool(0 <= days_between(value, top["inspection.date"]) <= days)

    return evaluate


def days_between(first: str, second: str) -> int:
    """The days from one date YYYY-MM-DD to another; negative where that is the earlier."""
    return (date.fromisoformat(second) - date.fromisoformat(first)).days


# Dates are compared as texts: YYYY-MM-DD sorts as the days do.
COMPARE: Final[Mapping[Op, Callable[[AnyValue, AnyValue], bool]]] = {
    Op.EQUALS: lambda value, other: bool(value == other),
    Op.ONE_OF: lambda value, other: value in other,
    Op.CONTAINS: lambda value, other: other in value,
    Op.AT_LEAST: lambda value, other: bool(value >= other),
    Op.AT_MOST: lambda value, other: bool(value <= other),
    Op.ON_OR_BEFORE: lambda value, other: bool(value <= other),
    Op.ON_OR_AFTER: lambda value, other: bool(value >= other),
    Op.IN_MONTH_OF: lambda value, other: bool(value[:7] == other[:7]),
    Op.IN_MONTH_BEFORE: lambda value, other: month_number(value) + 1 == month_number(other),
}
