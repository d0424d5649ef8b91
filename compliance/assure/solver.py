"""Questions about rules that are answered for all records at once, by z3.

A `World` is one symbolic record of an outlet type and stage; a rule's outcome in it is four
formulas, made from the same normal forms as every engine's program. Asked for a record that
fulfils some formulas, a world gives a small one or proves that there is none.

Lists are bounded, and the bound loses nothing: whatever outcome a counting requirement has on
a list, one member (`every`), k members (`at_least: k`) or a member for each month keep it in
any list made shorter by leaving others out, so a list as long as all rules' demands together
shows every combination of outcomes. `every_month_since` alone is cut, at `MONTHS` months.

Modules that import z3, this one and those that speak its formulas, are imported where they are
used. May import everything below `assure`, and `symbols`, `readback`, `reads` and `witness`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any as AnyValue
from typing import Final

import z3

from compliance.assure.readback import record_in
from compliance.assure.reads import MONTHS, fields_read, names_read, room
from compliance.assure.symbols import (
    Day,
    Members,
    Sort,
    Term,
    day_of,
    equal,
    inspection_terms,
    literal,
    members,
    term,
    valid,
    within_days,
)
from compliance.assure.symbols import Undecided as Undecided
from compliance.assure.witness import EXAMPLE_DATE
from compliance.condition import (
    AtLeast,
    Condition,
    Every,
    EveryMonthSince,
    FactRef,
    FactType,
    Holds,
    Op,
    Requirement,
    Test,
)
from compliance.engines.direct import facts, judge
from compliance.engines.program import And, Formula, Literal, normal
from compliance.errors import Disagreement, Place
from compliance.outcome import Outcome, Stage
from compliance.record import Record
from compliance.rulebook import INSPECTION_FACTS, OutletType, Rule, RuleBook
from compliance.source import fault

_FIRST_MONTH: Final = 2000 * 12
"""No inspection lies before the year 2000: with no room before it, odd things would be proved."""
_EFFORT: Final = 20_000_000
"""z3's own count of work after which it gives up: no clock, so that answers stay the same."""

Fields = Mapping[str, Term]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcomes of one rule in a world; exactly one of them is true in each record."""

    passed: z3.BoolRef
    failed: z3.BoolRef
    unknown: z3.BoolRef
    exempt: z3.BoolRef

    def __getitem__(self, outcome: Outcome) -> z3.BoolRef:
        return {
            Outcome.PASS: self.passed,
            Outcome.FAIL: self.failed,
            Outcome.NOT_OBSERVED: self.unknown,
            Outcome.NOT_APPLICABLE: self.exempt,
        }[outcome]


@dataclass(frozen=True, slots=True)
class Witness:
    """A record that was found, and the outcome on it of each rule of the world, in order.

    An outcome is what the rule says whether or not it is in force.
    """

    record: Record
    outcomes: tuple[Outcome, ...]


class World:
    """A symbolic record of one outlet type and stage.

    `rules` are all rules whose verdicts will be asked for; they read facts of `book`. Each
    list has room for what they demand of it, and for `more` members.
    """

    def __init__(
        self,
        book: RuleBook,
        type_: OutletType,
        stage: Stage,
        rules: Sequence[Rule],
        *,
        more: int = 0,
        tag: str = "",
    ) -> None:
        self.book, self.type, self.stage, self.rules = book, type_, stage, tuple(rules)
        self._more, self._tag = more, tag
        read = {name for rule in self.rules for name in names_read(rule)}
        self.dates = inspection_terms(read, tag)
        self.scalars: dict[str, Term] = {}
        self.lists: dict[str, Members] = {}
        self._verdicts: dict[int, Verdict] = {}
        for name in dict.fromkeys(name for rule in self.rules for name in names_read(rule)):
            self._declare(name)

    @property
    def today(self) -> Day:
        """The day of the inspection."""
        day = self.dates["inspection.date"].value
        assert isinstance(day, Day), "the inspection has a date"
        return day

    def _declare(self, name: str) -> None:
        fact = self.book.facts.get(name)
        if fact is None:
            return
        if fact.type is FactType.LIST:
            size = sum(room(rule.require, name) for rule in self.rules) + self._more
            read = {own for rule in self.rules for own in fields_read(rule, name)}
            self.lists[name] = members(fact, max(size, 1), read, self._tag)
        else:
            self.scalars[name] = term(f"{self._tag}{name}", fact.type)

    # What the rules say -----------------------------------------------------------------

    def in_force(self, rule: Rule) -> z3.BoolRef:
        """Whether the rule is in force for this outlet type, stage and inspection date."""
        if rule.stage is not self.stage or self.type not in rule.applies_to:
            return z3.BoolVal(False)
        sides = []
        if rule.effective_from is not None:
            sides.append(self.today.order >= day_of(rule.effective_from).order)
        if rule.effective_to is not None:
            sides.append(self.today.order <= day_of(rule.effective_to).order)
        return z3.And(*sides)

    def verdict(self, rule: Rule) -> Verdict:
        """The rule's outcomes, whether or not it is in force."""
        if id(rule) not in self._verdicts:
            self._verdicts[id(rule)] = self._verdict(rule)
        return self._verdicts[id(rule)]

    def _verdict(self, rule: Rule) -> Verdict:
        passed, failed = self._required(rule.require)
        unknown = z3.Not(z3.Or(passed, failed))
        if rule.when is None:
            return Verdict(passed, failed, unknown, z3.BoolVal(False))
        applies, exempt = self.truth(rule.when), self.truth(rule.when, holds=False)
        return Verdict(
            z3.And(applies, passed),
            z3.And(applies, failed),
            z3.And(z3.Not(exempt), z3.Or(z3.Not(applies), unknown)),
            exempt,
        )

    def truth(
        self, condition: Condition | None, own: Fields | None = None, *, holds: bool = True
    ) -> z3.BoolRef:
        """Where a condition is satisfied, or violated where not `holds`.

        `own` are the fields of the member that it is about, if it is about one.
        """
        if condition is None:
            return z3.BoolVal(holds)
        return self._formula(normal(condition, holds), own or {})

    def _formula(self, formula: Formula, own: Fields) -> z3.BoolRef:
        if isinstance(formula, Literal):
            known, relation = self._test(formula.test, own)
            return z3.And(known, relation if formula.holds else z3.Not(relation))
        items = [self._formula(item, own) for item in formula.items]
        return z3.And(*items) if isinstance(formula, And) else z3.Or(*items)

    def _term(self, name: str, own: Fields) -> Term:
        if name in own:
            return own[name]
        return self.dates[name] if name in INSPECTION_FACTS else self.scalars[name]

    def _test(self, test: Test, own: Fields) -> tuple[z3.BoolRef, z3.BoolRef]:
        """Whether both sides of a test are known, and whether it holds then."""
        left = self._term(test.fact, own)
        if isinstance(test.operand, FactRef):
            right = self._term(test.operand.name, own)
            return z3.And(left.known, right.known), self._compare(test, left, right.value)
        if isinstance(test.operand, tuple):
            choices = [equal(left.value, literal(test.type, item)) for item in test.operand]
            return left.known, z3.Or(*choices)
        if test.op is Op.WITHIN_DAYS and isinstance(test.operand, int):
            assert isinstance(left.value, Day), "days are counted from a date"
            return left.known, within_days(left.value, self.today, test.operand)
        return left.known, self._compare(test, left, literal(test.type, test.operand))

    def _compare(self, test: Test, left: Term, right: Sort) -> z3.BoolRef:
        if test.op is Op.WITHIN_DAYS:
            assert isinstance(left.value, Day), "days are counted from a date"
            past = self.today.ordinal - left.value.ordinal
            return z3.And(past >= 0, past <= right)
        return _RELATIONS[test.op](left.value, right)

    # Counting ---------------------------------------------------------------------------

    def _required(self, require: Requirement) -> tuple[z3.BoolRef, z3.BoolRef]:
        """Where a requirement passes, and where it fails."""
        if isinstance(require, Holds):
            return self.truth(require.that), self.truth(require.that, holds=False)
        listed = self.lists[require.of]
        sides = [
            (self.truth(require.that, own), self.truth(require.that, own, holds=False))
            for own in listed.fields
        ]
        known = listed.known
        if isinstance(require, EveryMonthSince):
            known = z3.And(known, self._term(require.since, {}).known)
            passed, failed = self._months(require, listed, sides)
        else:
            passed, failed = _counted(require, listed, sides)
        return z3.And(known, passed), z3.And(known, failed)

    def _months(
        self,
        require: EveryMonthSince,
        listed: Members,
        sides: Sequence[tuple[z3.BoolRef, z3.BoolRef]],
    ) -> tuple[z3.BoolRef, z3.BoolRef]:
        since = self._term(require.since, {}).value
        assert isinstance(since, Day), "months are counted from a date"
        passed, failed = [], []
        for number in range(MONTHS):
            month = since.month + number
            counts, fails = [], []
            for present, own, (meets, misses) in zip(listed.present, listed.fields, sides):
                dated = own[require.dated_by]
                assert isinstance(dated.value, Day), "members are dated by a date"
                inside = z3.And(dated.known, dated.value.month == month)
                outside = z3.And(dated.known, dated.value.month != month)
                counts.append(z3.And(present, inside, meets))
                fails.append(z3.Implies(present, z3.Or(outside, misses)))
            owed = month <= self.today.month
            passed.append(z3.Implies(owed, z3.Or(*counts)))
            failed.append(z3.And(owed, *fails))
        return z3.And(*passed), z3.Or(*failed)

    # Records ----------------------------------------------------------------------------

    @cached_property
    def valid(self) -> tuple[z3.BoolRef, ...]:
        """What makes the symbolic record a record that would be accepted."""
        terms = [*self.dates.values(), *self.scalars.values()]
        found: list[z3.BoolRef] = [self.today.valid(), self.today.month >= _FIRST_MONTH]
        for listed in self.lists.values():
            pairs = zip(listed.present[1:], listed.present)
            found += [z3.Implies(later, earlier) for later, earlier in pairs]
            found += [z3.Implies(present, listed.known) for present in listed.present]
            terms += [own for each in listed.fields for own in each.values()]
        for each in terms:
            found += valid(each, self.today)
        found += self._near()
        return tuple(found)

    def _near(self) -> Iterator[z3.BoolRef]:
        """The cut: a date that months are counted from lies so many months back at most."""
        for rule in self.rules:
            if isinstance(rule.require, EveryMonthSince):
                since = self._term(rule.require.since, {})
                assert isinstance(since.value, Day), "months are counted from a date"
                yield z3.Implies(since.known, self.today.month - since.value.month < MONTHS)

    def possible(self, *formulas: z3.BoolRef) -> bool:
        """Whether there is a record in which all formulas are true: `find` without the record.

        Raises Undecided where z3 gives up.
        """
        return _satisfied(self._solver(*formulas))

    def _solver(self, *formulas: z3.BoolRef) -> z3.Solver:
        solver = z3.SimpleSolver()
        solver.set("rlimit", _EFFORT)
        solver.add(*self.valid, *formulas)
        return solver

    def find(self, *formulas: z3.BoolRef) -> Witness | None:
        """A small record in which all formulas are true; None where none can exist.

        Raises Undecided where z3 gives up.
        """
        model = self.model(*formulas)
        return None if model is None else self.witness_in(model)

    def model(self, *formulas: z3.BoolRef) -> z3.ModelRef | None:
        """As `find`, the model itself: for formulas that speak of other worlds too."""
        solver = self._solver(*formulas)
        if not _satisfied(solver):
            return None
        for wish in self._wishes():
            solver.push()
            solver.add(wish)
            if not _satisfied(solver):
                solver.pop()
        assert solver.check() == z3.sat, "what is kept has been satisfied"
        return solver.model()

    def _wishes(self) -> Iterator[z3.BoolRef]:
        """What makes a record easy to read, the most welcome first."""
        yield from (z3.Not(listed.known) for listed in self.lists.values())
        for listed in self.lists.values():
            yield from (z3.Not(present) for present in reversed(listed.present))
        yield from (z3.Not(each.known) for each in (*self.scalars.values(), *self.dates.values()))
        for listed in self.lists.values():
            for own in listed.fields:
                yield from (z3.Not(each.known) for each in own.values())
        example = day_of(EXAMPLE_DATE)
        yield equal(self.today, example)
        yield z3.And(self.today.month / 12 == example.month / 12)
        terms = [*self.scalars.values(), *self.dates.values()]
        terms += [each for li in self.lists.values() for own in li.fields for each in own.values()]
        for each in terms:
            if isinstance(each.value, Day):
                yield each.value.month >= self.today.month - MONTHS
            elif each.type is FactType.INTEGER:
                yield z3.And(each.value >= 0, each.value <= 100)

    def witness_in(self, model: z3.ModelRef) -> Witness:
        """The record that a model describes; what it says of the rules is checked by an engine."""
        record = record_in(model, self)
        outcomes = []
        for rule in self.rules:
            outcome = judge(self.book, rule)(facts(record)).outcome
            claimed = model.eval(self.verdict(rule)[outcome], model_completion=True)
            if not z3.is_true(claimed):
                place = Place(rule.file, rule.line)
                raise Disagreement([fault(place, "solver_differs", found=rule.id)])
            outcomes.append(outcome)
        return Witness(record, tuple(outcomes))


def _satisfied(solver: z3.Solver) -> bool:
    answer = solver.check()
    if answer == z3.unknown:
        raise Undecided(solver.reason_unknown())
    return bool(answer == z3.sat)


def _counted(
    require: Every | AtLeast, listed: Members, sides: Sequence[tuple[z3.BoolRef, z3.BoolRef]]
) -> tuple[z3.BoolRef, z3.BoolRef]:
    """Where a counting requirement passes, and where it fails, on a list that is known."""
    meets = [z3.And(there, side[0]) for there, side in zip(listed.present, sides)]
    misses = [z3.And(there, side[1]) for there, side in zip(listed.present, sides)]
    if isinstance(require, AtLeast):
        open_ = [z3.And(there, z3.Not(miss)) for there, miss in zip(listed.present, misses)]
        return _reaches(meets, require.count), z3.Not(_reaches(open_, require.count))
    some = listed.present[0]
    empty = z3.Not(some)
    all_meet = z3.And(*(z3.Implies(there, s[0]) for there, s in zip(listed.present, sides)))
    if require.allow_none:
        return all_meet, z3.Or(*misses)
    return z3.And(some, all_meet), z3.Or(empty, *misses)


def _reaches(items: Sequence[z3.BoolRef], count: int) -> z3.BoolRef:
    return z3.BoolVal(False) if count > len(items) else z3.AtLeast(*items, count)


_RELATIONS: Final[Mapping[Op, Callable[[AnyValue, AnyValue], z3.BoolRef]]] = {
    Op.EQUALS: equal,
    Op.CONTAINS: lambda value, other: z3.Contains(value, other),
    Op.AT_LEAST: lambda value, other: value >= other,
    Op.AT_MOST: lambda value, other: value <= other,
    Op.ON_OR_BEFORE: lambda value, other: value.order <= other.order,
    Op.ON_OR_AFTER: lambda value, other: value.order >= other.order,
    Op.IN_MONTH_OF: lambda value, other: value.month == other.month,
    Op.IN_MONTH_BEFORE: lambda value, other: value.month + 1 == other.month,
}
