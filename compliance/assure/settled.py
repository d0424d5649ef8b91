"""Whether a pending opinion is settled as soon as all ways to fill its gaps agree.

An outcome that is not observed though every completion gives the same one is a gap in the
rules, not in the record: a condition such as «a or not a» is undecided while `a` is. May
import everything below `assure`, `compare`, `reads`, `solver` and what they are made of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import z3

from compliance.assure.components import INSPECTED_ON
from compliance.assure.reads import conditions_of, names_in
from compliance.assure.solver import Undecided, World
from compliance.assure.symbols import Day, Term, equal
from compliance.condition import EveryMonthSince, Test, tests_of
from compliance.outcome import Opinion, Stage
from compliance.record import Record
from compliance.rulebook import OutletType, Rule, RuleBook

_EFFORT = 20_000_000


def agreed_but_pending(
    book: RuleBook, type_: OutletType, rules: Sequence[Rule]
) -> tuple[Record, Opinion] | None:
    """A record on which these binding rules wait although all completions agree, and on what.

    The rules are all of a component's: what others say cannot depend on them. None where it
    is proved that there is no such record. Raises Undecided where the solver gives up.
    """
    if read_once(book, type_, rules):
        return None
    now = World(book, type_, Stage.ADAPTATION, rules)
    later = World(book, type_, Stage.ADAPTATION, rules, tag="later ")
    fails = [z3.Or(*(w.in_force(r) & w.verdict(r).failed for r in rules)) for w in (now, later)]
    waits = z3.Or(*(now.in_force(r) & now.verdict(r).unknown for r in rules))
    completion = z3.And(*_completes(now, later), *_possible_days(later))
    unknowns = list(_unknowns(later))
    for opinion, agreed in (
        (Opinion.CONFORMING, z3.Not(fails[1])),
        (Opinion.NON_CONFORMING, fails[1]),
    ):
        every = z3.ForAll(unknowns, z3.Implies(completion, agreed))
        record = _record(now, [z3.Not(fails[0]), waits, every])
        if record is not None:
            return record, opinion
    return None


def read_once(book: RuleBook, type_: OutletType, rules: Sequence[Rule]) -> bool:
    """Whether no fact is read twice and each test can turn out both ways.

    Then every gap can be filled either way without regard to another, so that what waits can
    still pass and can still fail: nothing is left to prove.
    """
    if any(isinstance(rule.require, EveryMonthSince) for rule in rules):
        return False
    read: Counter[str] = Counter()
    for rule in rules:
        read.update(name for condition in conditions_of(rule) for name in names_in(condition))
        if rule.when is not None:
            return False
    del read[INSPECTED_ON]
    if any(times > 1 for times in read.values()):
        return False
    return all(_contingent(book, type_, rule) for rule in rules)


def _contingent(book: RuleBook, type_: OutletType, rule: Rule) -> bool:
    world = World(book, type_, rule.stage, (rule,))
    own = next((listed.fields[0] for listed in world.lists.values()), None)
    tests: list[Test] = [test for each in conditions_of(rule) for test in tests_of(each)]
    return all(
        _possible(world, world.truth(test, own, holds=holds))
        for test in tests
        for holds in (True, False)
    )


def _possible(world: World, formula: z3.BoolRef) -> bool:
    solver = z3.SimpleSolver()
    solver.add(*world.valid, formula)
    return bool(solver.check() == z3.sat)


def _completes(now: World, later: World) -> Iterator[z3.BoolRef]:
    """All that is observed now is so later, and later everything is observed."""
    for name, each in {**now.dates, **now.scalars}.items():
        yield from _filled(each, {**later.dates, **later.scalars}[name], z3.BoolVal(True))
    for name, listed in now.lists.items():
        other = later.lists[name]
        yield other.known
        for here, there in zip(listed.present, other.present):
            yield z3.Implies(listed.known, here == there)
        for own, then in zip(listed.fields, other.fields):
            for field, each in own.items():
                yield from _filled(each, then[field], listed.known)


def _possible_days(world: World) -> Iterator[z3.BoolRef]:
    """What makes a completion one that could be filed, months taken as of 31 days.

    The calendar under a quantifier takes z3 seconds; a day too many can only make completions
    disagree, so that nothing is called certain which is not.
    """
    for each in _terms(world):
        if isinstance(each.value, Day):
            day = each.value
            yield z3.And(day.month >= 12, day.day >= 1, day.day <= 31)
            yield day.order <= world.today.order


def _filled(now: Term, later: Term, looked_at: z3.BoolRef) -> Iterator[z3.BoolRef]:
    yield later.known
    yield z3.Implies(z3.And(looked_at, now.known), equal(now.value, later.value))


def _unknowns(world: World) -> Iterator[z3.ExprRef]:
    """Every variable of a world."""
    for listed in world.lists.values():
        yield listed.known
        yield from listed.present
    for each in _terms(world):
        if z3.is_const(each.known) and not (z3.is_true(each.known) or z3.is_false(each.known)):
            yield each.known
        value = each.value
        yield from (value.month, value.day) if isinstance(value, Day) else (value,)


def _terms(world: World) -> Iterator[Term]:
    yield from (*world.dates.values(), *world.scalars.values())
    for listed in world.lists.values():
        yield from (each for own in listed.fields for each in own.values())


def _record(world: World, formulas: Sequence[z3.BoolRef]) -> Record | None:
    solver = z3.Solver()
    solver.set("rlimit", _EFFORT)
    solver.add(*world.valid, *formulas)
    answer = solver.check()
    if answer == z3.unknown:
        raise Undecided(solver.reason_unknown())
    return world.witness_in(solver.model()).record if answer == z3.sat else None
