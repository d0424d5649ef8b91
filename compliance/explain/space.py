"""The values that a declared thing can take under some rules, one for each kind.

May import what `cures` imports, and `values` of this package.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from compliance.condition import (
    All,
    Condition,
    EveryMonthSince,
    FactRef,
    FactType,
    Op,
    Operand,
    Scalar,
    Test,
    tests_of,
)
from compliance.explain.values import candidates, compare, month_number, month_of, ordinal
from compliance.record import Record
from compliance.rulebook import INSPECTION_FACTS, Rule, RuleBook

MOST_MONTHS: Final = 120
"""A changeable `since` is not moved back further than so many months."""


class Name(NamedTuple):
    """A declared thing: a fact, or a field of the members of the list `fact`."""

    fact: str
    field: str = ""

    @property
    def own(self) -> str:
        """The name of the field, or of the fact itself."""
        return self.field or self.fact


class Constant(NamedTuple):
    """What cannot change: its value, None where it was not observed."""

    value: Operand | None


def in_month(require: EveryMonthSince, number: int) -> Condition:
    """What a member must be to serve for one month."""
    dated = Test(require.dated_by, FactType.DATE, Op.IN_MONTH_OF, f"{month_of(number)}-01")
    return dated if require.that is None else All((dated, require.that))


@dataclass(frozen=True)
class Space:
    """What can change in one record under some rules, and how.

    Where `unobserved_only`, what was observed stays: only gaps are filled.
    """

    book: RuleBook
    record: Record
    rules: tuple[Rule, ...]
    unobserved_only: bool

    def end(self, text: str, of: str | None) -> Name | Constant:
        """What `text` stands for in a condition, on members of the list `of` if one is given."""
        if of is not None and self.book.facts[of].field(text) is not None:
            return Name(of, text)
        if text in INSPECTION_FACTS:
            value = self.record.observed(text)
            assert not isinstance(value, tuple), "the inspection's facts are dates"
            return Constant(value)
        return Name(text)

    def type_of(self, name: Name) -> FactType:
        """The declared type."""
        fact = self.book.facts[name.fact]
        field = fact.field(name.field) if name.field else None
        return field.type if field else fact.type

    def standing(self, name: Name) -> tuple[Scalar, ...]:
        """The values of `name` that stand in the record."""
        value = self.record.observed(name.fact)
        found = [m.get(name.field) for m in value] if isinstance(value, tuple) else [value]
        return tuple(item for item in found if item is not None)

    def holds(self, test: Test, value: Operand | None, operand: Operand | None) -> bool | None:
        """How a test turns out for these values."""
        assert not isinstance(value, (tuple, FactRef)), "a test reads one value"
        return compare(test.op, value, operand, self.record.inspection.date)

    # The conditions ---------------------------------------------------------------------

    def conditions(self, rule: Rule) -> tuple[Condition, ...]:
        """What the rule asks of the outlet or of members, a condition for each month."""
        require = rule.require
        if not isinstance(require, EveryMonthSince):
            return (require.that,)
        latest = month_number(self.record.inspection.date)
        earliest = min(map(month_number, self.starts(require)), default=latest + 1)
        return tuple(in_month(require, number) for number in range(earliest, latest + 1))

    def starts(self, require: EveryMonthSince) -> tuple[str, ...]:
        """The dates from which the months may have to be counted."""
        since, end = self.record.observed(require.since), self.end(require.since, None)
        standing = () if since is None else (str(since),)
        if isinstance(end, Constant) or (standing and self.unobserved_only):
            return standing
        today = self.record.inspection.date
        days = [today, *map(str, self.standing(Name(require.of, require.dated_by)))]
        reach = range(MOST_MONTHS)
        near = (day for day in days if month_number(today) - month_number(day) in reach)
        return tuple(dict.fromkeys([*standing, *near]))

    @cached_property
    def readings(self) -> tuple[tuple[str | None, Test], ...]:
        """Each test of the rules, with the list whose members it tests."""
        found: dict[tuple[str | None, Test], None] = {}
        for rule in self.rules:
            if rule.when is not None:
                found.update(dict.fromkeys((None, test) for test in tests_of(rule.when)))
            of: str | None = getattr(rule.require, "of", None)
            for condition in self.conditions(rule):
                found.update(dict.fromkeys((of, test) for test in tests_of(condition)))
        return tuple(found)

    @cached_property
    def comparisons(self) -> tuple[tuple[Test, Name | Constant, Name | Constant], ...]:
        """Each test with what stands on its two sides."""
        return tuple(
            (
                test,
                self.end(test.fact, of),
                self.end(test.operand.name, of)
                if isinstance(test.operand, FactRef)
                else Constant(test.operand),
            )
            for of, test in self.readings
        )

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """Everything that the rules read and that can change, in the order read."""
        ends = [end for _, *both in self.comparisons for end in both]
        ends += [self.end(require.since, None) for require in self._months]
        return tuple(dict.fromkeys(end for end in ends if isinstance(end, Name)))

    # The values -------------------------------------------------------------------------

    def values(self, name: Name) -> tuple[Scalar, ...]:
        """One value of each kind that the tests tell apart."""
        if name not in self._values:
            kinds: dict[object, Scalar] = {}
            for value in self.raw(name):
                kinds.setdefault(self.kind(name, value), value)
            self._values[name] = tuple(kinds.values())
        return self._values[name]

    def kind(self, name: Name, value: Scalar) -> object:
        """How every test of `name` turns out; values of one kind are alike."""
        turns: list[object] = []
        for test, left, right in self.comparisons:
            if left == name:
                turns.extend(self.holds(test, value, other) for other in self._sides(right))
            if right == name:
                turns.extend(self.holds(test, other, value) for other in self._sides(left))
        for require in self._months:
            if self.end(require.since, None) == name:
                turns.append(month_number(value))
        return tuple(turns)

    def raw(self, name: Name) -> tuple[Scalar, ...]:
        """The values worth trying, before those alike are put together."""
        if name not in self._raw:
            group = self._linked(name)
            type_ = self.type_of(name)
            marks, days = self._marks(group, type_)
            today = self.record.inspection.date
            self._raw[name] = candidates(type_, marks, days, today, linked=len(group) > 1)
        return self._raw[name]

    def _sides(self, end: Name | Constant) -> tuple[Operand | None, ...]:
        if isinstance(end, Constant):
            return (end.value,)
        return (*self.raw(end), *self.standing(end))

    def _linked(self, name: Name) -> set[Name]:
        """The names that `name` is compared with, over any number of steps."""
        group = {name}
        while True:
            more = {
                end
                for _, *ends in self.comparisons
                if group.intersection(ends)
                for end in ends
                if isinstance(end, Name)
            }
            if more <= group:
                return group
            group |= more

    def _marks(self, group: set[Name], type_: FactType) -> tuple[list[Scalar], list[int]]:
        """The group's values of `type_` that tests compare with, and its numbers of days."""
        standing = [(item, self.type_of(name)) for name in group for item in self.standing(name)]
        linked = standing if len(group) > 1 else []
        marks = [item for item, own in linked if own is type_]
        days = [item for item, own in linked if own is FactType.INTEGER and isinstance(item, int)]
        if type_ is FactType.INTEGER:
            today = ordinal(self.record.inspection.date)
            marks += [today - ordinal(item) for item, own in linked if own is FactType.DATE]
        for test, left, right in self.comparisons:
            if left not in group and right not in group:
                continue
            for item in [*_items(left), *_items(right)]:
                if test.op is Op.WITHIN_DAYS and isinstance(item, int):
                    days.append(item)
                elif test.type is type_:
                    marks.append(item)
        for require in self._months:
            if self.end(require.since, None) in group:
                marks += self.starts(require)
        return marks, days

    @cached_property
    def _months(self) -> tuple[EveryMonthSince, ...]:
        required = (rule.require for rule in self.rules)
        return tuple(require for require in required if isinstance(require, EveryMonthSince))

    @cached_property
    def _values(self) -> dict[Name, tuple[Scalar, ...]]:
        return {}

    @cached_property
    def _raw(self) -> dict[Name, tuple[Scalar, ...]]:
        return {}


def _items(end: Name | Constant) -> Iterator[Scalar]:
    if isinstance(end, Constant):
        for item in end.value if isinstance(end.value, tuple) else (end.value,):
            if item is not None and not isinstance(item, FactRef):
                yield item
