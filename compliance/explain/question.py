"""The question "what would make these rules pass" as a formula over cells.

A cell is a scalar fact, a field of a member that is there, a place where a member could be
added, or the remark that a list was looked at and is empty. May import what `cures`
imports, and `formula`, `space` and `values` of this package.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import product
from typing import Final, NamedTuple, Union, cast

from compliance.condition import (
    All,
    AtLeast,
    Condition,
    Every,
    EveryMonthSince,
    FactRef,
    Holds,
    Not,
    Operand,
    Scalar,
    Test,
    facts_of,
)
from compliance.explain.formula import (
    FALSE,
    TRUE,
    Choice,
    Formula,
    Literal,
    conjunction,
    disjunction,
    need,
    smallest,
)
from compliance.explain.space import Constant, Name, Space
from compliance.explain.values import month_number
from compliance.record import Member
from compliance.rulebook import Rule

MOST_MEMBERS: Final = 100
"""So many ways to fill in an added member are looked at."""


class Cell(NamedTuple):
    """One thing that can change; `member` is a position from 0, `slot` tells places apart."""

    fact: str
    member: int | None = None
    field: str = ""
    slot: str = ""


class Slot(NamedTuple):
    """A place for a member of `of` that would meet the condition numbered `home`."""

    cell: Cell
    home: int


Added = tuple[tuple[str, Scalar], ...]
"""The fields stated of an added member; none at all for the remark that a list is empty."""
Scope = Callable[[str], Union[Cell, Constant]]
EMPTY: Final = "empty"
_FRESH: Final = -1


@dataclass(frozen=True)
class Question:
    """The cells of a space, their choices, and the formulas of its rules."""

    space: Space

    # Cells and their choices ------------------------------------------------------------

    def choices(self, cell: Cell) -> tuple[Scalar | Added | None, ...]:
        """What the cell can be; the first is what stands, None for nothing."""
        if cell not in self._choices:
            if cell.slot == EMPTY:
                self._choices[cell] = (None, ())
            elif cell.slot:
                home = next(slot.home for slot in self.slots(cell.fact) if slot.cell == cell)
                self._choices[cell] = (None, *self._members_for(cell.fact, home))
            else:
                self._choices[cell] = self._of_value(cell)
        return self._choices[cell]

    def _of_value(self, cell: Cell) -> tuple[Scalar | None, ...]:
        name = Name(cell.fact, cell.field)
        now = self.now(cell.fact, cell.member, name)
        if now is None:
            return (None, *self.space.values(name))
        kind = self.space.kind(name, now)
        others = self.space.values(name)
        return (now, *(value for value in others if self.space.kind(name, value) != kind))

    def now(self, fact: str, member: int | None, name: Name) -> Scalar | None:
        """What stands in the record; None for a member that is not there."""
        if member == _FRESH:
            return None
        if member is not None:
            return self.members(fact)[member].get(name.field)
        value = self.space.record.observed(fact)
        assert not isinstance(value, tuple), "a list is no scalar"
        return value

    @cached_property
    def _choices(self) -> dict[Cell, tuple[Scalar | Added | None, ...]]:
        return {}

    def lesser(self) -> dict[Choice, tuple[int, ...]]:
        """For each added member, those that state a part of the same."""
        found: dict[Choice, tuple[int, ...]] = {}
        for cell, choices in self._choices.items():
            if cell.slot and cell.slot != EMPTY:
                stated = [set(choice) if isinstance(choice, tuple) else None for choice in choices]
                for n, more in enumerate(stated):
                    found[cell, n] = tuple(
                        m
                        for m, less in enumerate(stated)
                        if less is not None and more is not None and less < more
                    )
        return found

    # Conditions ---------------------------------------------------------------------------

    def condition(self, condition: Condition, scope: Scope, wanted: bool = True) -> Formula:
        """When the condition is known to be as `wanted`."""
        if isinstance(condition, Test):
            return self._test(condition, scope, wanted)
        if isinstance(condition, Not):
            return self.condition(condition.item, scope, not wanted)
        items = (self.condition(item, scope, wanted) for item in condition.items)
        return conjunction(items) if isinstance(condition, All) is wanted else disjunction(items)

    def _test(self, test: Test, scope: Scope, wanted: bool) -> Formula:
        operand = test.operand
        left = scope(test.fact)
        right = scope(operand.name) if isinstance(operand, FactRef) else Constant(operand)
        # With both sides open, one case for each choice of the right side.
        cases = []
        for own, other in self._each(right):
            fits = partial(self._turns_out, test, other, wanted)
            cases.append(conjunction((own, self._picked(left, fits))))
        return disjunction(cases)

    def _turns_out(
        self, test: Test, operand: Operand | None, wanted: bool, value: Operand | None
    ) -> bool:
        return self.space.holds(test, value, operand) is wanted

    def _picked(self, end: Cell | Constant, fits: Callable[[Operand | None], bool]) -> Formula:
        if isinstance(end, Constant):
            return TRUE if fits(end.value) else FALSE
        return self._literal(end, (n for n, v in enumerate(self._scalars(end)) if fits(v)))

    def _each(self, end: Cell | Constant) -> Iterator[tuple[Formula, Operand | None]]:
        if isinstance(end, Constant):
            yield TRUE, end.value
        else:
            for n, value in enumerate(self._scalars(end)):
                yield Literal(end, 1 << n), value

    def _scalars(self, cell: Cell) -> tuple[Scalar | None, ...]:
        return cast("tuple[Scalar | None, ...]", self.choices(cell))  # no slot is in a test

    def _literal(self, cell: Cell, numbers: Iterable[int]) -> Formula:
        mask = sum(1 << n for n in numbers)
        if mask == (1 << len(self.choices(cell))) - 1:
            return TRUE
        return Literal(cell, mask) if mask else FALSE

    def outlet(self, text: str) -> Cell | Constant:
        """The scope of conditions on the outlet."""
        end = self.space.end(text, None)
        return end if isinstance(end, Constant) else self._open(Cell(end.fact))

    def member(self, of: str, position: int) -> Scope:
        """The scope of conditions on the member at `position`."""

        def scope(text: str) -> Cell | Constant:
            if not self._is_field(of, text):
                return self.outlet(text)
            return self._open(Cell(of, position, text))

        return scope

    def _open(self, cell: Cell) -> Cell | Constant:
        now = self.now(cell.fact, cell.member, Name(cell.fact, cell.field))
        return Constant(now) if self.space.unobserved_only and now is not None else cell

    def _is_field(self, of: str, text: str) -> bool:
        return self.space.book.facts[of].field(text) is not None

    # Lists --------------------------------------------------------------------------------

    def members(self, of: str) -> tuple[Member, ...]:
        """The members that are there; none where the list is absent."""
        value = self.space.record.observed(of)
        return value if isinstance(value, tuple) else ()

    def homes(self, of: str) -> tuple[tuple[Rule, Condition], ...]:
        """The conditions on members of `of`, each with its rule; numbered as they stand."""
        if of not in self._homes:
            self._homes[of] = tuple(
                (rule, condition)
                for rule in self.space.rules
                if getattr(rule.require, "of", None) == of
                for condition in self.space.conditions(rule)
            )
        return self._homes[of]

    @cached_property
    def _homes(self) -> dict[str, tuple[tuple[Rule, Condition], ...]]:
        return {}

    def slots(self, of: str) -> tuple[Slot, ...]:
        """The places for members to add: as many as each condition may call for."""
        if self.space.unobserved_only and self.space.record.observed(of) is not None:
            return ()
        found = []
        for home, (rule, _) in enumerate(self.homes(of)):
            many = rule.require.count if isinstance(rule.require, AtLeast) else 1
            if isinstance(rule.require, Every) and self.members(of):
                many = 0
            found += [Slot(Cell(of, slot=f"{home}.{n}"), home) for n in range(many)]
        return tuple(found)

    def _members_for(self, of: str, home: int) -> tuple[Added, ...]:
        """The least that can be said of an added member, for each set of conditions it meets."""
        homes = self.homes(of)
        always = [
            n
            for n, (rule, _) in enumerate(homes)
            if isinstance(rule.require, Every) and rule.when is None
        ]
        found: dict[Added, None] = {}
        waiting = [(tuple(dict.fromkeys([*always, home])), 0)]
        while waiting:
            met, following = waiting.pop(0)
            members = self._least(of, met)
            found.update(dict.fromkeys(members))
            if members:
                waiting += [
                    ((*met, n), n + 1) for n in range(following, len(homes)) if n not in met
                ]
        return tuple(sorted(found, key=len))

    def _least(self, of: str, met: tuple[int, ...]) -> tuple[Added, ...]:
        """The least to say of a fresh member so that it meets these conditions."""
        key = (of, frozenset(met))
        if key not in self._fresh:
            conditions = [self.homes(of)[n][1] for n in met]
            read = dict.fromkeys(name for c in conditions for name in facts_of(c))
            outer = [name for name in read if not self._is_field(of, name)]
            ends = [list(self._each(self.outlet(name))) for name in outer]
            found: dict[Added, None] = {}
            for values in product(*ends):
                fixed = {name: Constant(value) for name, (_, value) in zip(outer, values)}
                found.update(dict.fromkeys(self._fill(of, conditions, fixed)))
            self._fresh[key] = tuple(found)
        return self._fresh[key]

    @cached_property
    def _fresh(self) -> dict[tuple[str, frozenset[int]], tuple[Added, ...]]:
        return {}

    def _fill(
        self, of: str, conditions: list[Condition], fixed: dict[str, Constant]
    ) -> Iterator[Added]:
        def scope(text: str) -> Cell | Constant:
            return fixed[text] if text in fixed else Cell(of, _FRESH, text)

        wanted = conjunction(self.condition(condition, scope) for condition in conditions)
        order = [field.name for field in self.space.book.facts[of].fields]
        for chosen in smallest(wanted, MOST_MEMBERS, {}).sets:
            stated = {cell.field: self.choices(cell)[n] for cell, n in typed(chosen)}
            yield tuple((name, as_scalar(stated[name])) for name in order if name in stated)

    def _added(self, slot: Slot, condition: Condition) -> Formula:
        """When a member is added in the slot and meets the condition."""
        of = slot.cell.fact
        met: list[Formula] = []
        for n, stated in enumerate(self.choices(slot.cell)):
            if isinstance(stated, tuple):
                scope = self._stated(of, dict(stated))
                met.append(
                    conjunction((Literal(slot.cell, 1 << n), self.condition(condition, scope)))
                )
        return disjunction(met)

    def _stated(self, of: str, stated: dict[str, Scalar]) -> Scope:
        def scope(text: str) -> Cell | Constant:
            if not self._is_field(of, text):
                return self.outlet(text)
            return Constant(stated.get(text))

        return scope

    def _present(self, slot: Slot) -> Formula:
        return self._literal(slot.cell, range(1, len(self.choices(slot.cell))))

    # Rules --------------------------------------------------------------------------------

    def applies(self, rule: Rule) -> Formula:
        """When the rule is known to apply."""
        return TRUE if rule.when is None else self.condition(rule.when, self.outlet)

    def spared(self, rule: Rule) -> Formula:
        """When the rule is known not to apply."""
        return FALSE if rule.when is None else self.condition(rule.when, self.outlet, False)

    def passes(self, rule: Rule) -> Formula:
        """When the rule applies and passes."""
        return conjunction((self.applies(rule), self._required(rule)))

    def _required(self, rule: Rule) -> Formula:
        require = rule.require
        if isinstance(require, Holds):
            return self.condition(require.that, self.outlet)
        if isinstance(require, Every):
            return self._every(require)
        if isinstance(require, AtLeast):
            home = next(n for n, (own, _) in enumerate(self.homes(require.of)) if own is rule)
            return self._at_least(require.of, require.that, require.count, home)
        return self._months(rule, require)

    def _every(self, require: Every) -> Formula:
        of, slots = require.of, self.slots(require.of)
        wanted = [
            self.condition(require.that, self.member(of, n)) for n in range(len(self.members(of)))
        ]
        for slot in slots:
            absent = self._literal(slot.cell, (0,))
            wanted.append(disjunction((absent, self._added(slot, require.that))))
        if self.space.record.observed(of) in (None, ()):
            some = [self._present(slot) for slot in slots]
            if require.allow_none:
                seen = self.space.record.observed(of) is not None
                some.append(TRUE if seen else self._literal(Cell(of, slot=EMPTY), (1,)))
            wanted.append(disjunction(some))
        return conjunction(wanted)

    def _at_least(self, of: str, that: Condition, count: int, home: int) -> Formula:
        """Enough members meet `that`; the slots of its own are filled in their order."""
        slots = self.slots(of)
        others = [
            self.condition(that, self.member(of, n)) for n in range(len(self.members(of)))
        ] + [self._added(slot, that) for slot in slots if slot.home != home]
        own = [self._added(slot, that) for slot in slots if slot.home == home]
        return disjunction(
            conjunction((*own[:filled], need(count - filled, others)))
            for filled in range(len(own) + 1)
        )

    def _months(self, rule: Rule, require: EveryMonthSince) -> Formula:
        latest = month_number(self.space.record.inspection.date)
        months = [
            self._at_least(require.of, condition, 1, home)
            for home, (own, condition) in enumerate(self.homes(require.of))
            if own is rule
        ]
        wanted = []
        for since, day in self._each(self.outlet(require.since)):
            if day is None or not 0 <= latest - month_number(day) < len(months):
                continue
            counted = months[len(months) - 1 - (latest - month_number(day)) :]
            wanted.append(conjunction((since, *counted)))
        return disjunction(wanted)


def typed(chosen: Iterable[Choice]) -> Iterator[tuple[Cell, int]]:
    """The choices of a question: their cells are `Cell`s."""
    for cell, number in chosen:
        assert isinstance(cell, Cell)
        yield cell, number


def as_scalar(value: object) -> Scalar:
    """A value that is known to be there and no list."""
    assert isinstance(value, (bool, int, str))
    return value
