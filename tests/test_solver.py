"""The solver's outcomes are the oracle's, and what it finds or excludes is right."""

from __future__ import annotations

from datetime import date

import pytest
import z3
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from compliance.assure.reads import MONTHS
from compliance.assure.solver import World
from compliance.assure.symbols import Day, Members, Term, day_of, equal, literal, within_days
from compliance.assure.witness import example, file
from compliance.condition import EveryMonthSince, FactType
from compliance.errors import Problem
from compliance.load import load_rules
from compliance.outcome import Outcome
from compliance.record import Record, Value
from compliance.rulebook import OutletType, Rule, RuleBook
from compliance.source import parse_yaml
from tests import oracle
from tests.agree import record_of
from tests.strategies import TEXTS, cases
from tests.test_conditions import CASES, book_of, observed, requirement, rule_of

BOOK = load_rules()


def fixed(found: Term, value: Value) -> z3.BoolRef:
    """The term has the value, or is not observed."""
    if value is None:
        return z3.Not(found.known)
    return z3.And(found.known, equal(found.value, literal(found.type, value)))


def fixed_list(found: Members, value: Value) -> list[z3.BoolRef]:
    if not isinstance(value, tuple):
        return [z3.Not(found.known), *(z3.Not(there) for there in found.present)]
    assert len(value) <= len(found.present)
    parts = [found.known]
    for n, there in enumerate(found.present):
        parts.append(there if n < len(value) else z3.Not(there))
        if n < len(value):
            parts += [fixed(own, value[n].get(name)) for name, own in found.fields[n].items()]
    return parts


def fixing(world: World, record: Record) -> list[z3.BoolRef]:
    """The formulas that leave the world this record alone."""
    parts = [fixed(own, record.observed(name)) for name, own in world.dates.items()]
    parts += [fixed(own, record.observed(name)) for name, own in world.scalars.items()]
    for name, own in world.lists.items():
        parts += fixed_list(own, record.observed(name))
    return parts


def outcome_in(world: World, rule: Rule, record: Record) -> Outcome:
    """The one outcome that the solver leaves the rule for this record."""
    # Dates after the inspection are refused by the loader; the engines give them a meaning too.
    solver = z3.SimpleSolver()
    solver.add(*fixing(world, record))
    assert solver.check() == z3.sat
    left = []
    for each in Outcome:
        solver.push()
        solver.add(world.verdict(rule)[each])
        if solver.check() == z3.sat:
            left.append(each)
        solver.pop()
    (found,) = left
    return found


def within_cut(book: RuleBook, record: Record) -> bool:
    """Whether the solver looks at every month that the rules count on this record."""
    months = oracle._month
    for rule in book.rules:
        if isinstance(rule.require, EveryMonthSince):
            since = record.observed(rule.require.since)
            if since is not None:
                back = months(record.inspection.date) - months(str(since))
                if not 0 <= back < MONTHS:
                    return False
    return True


@settings(
    max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
@given(cases())
def test_outcomes_are_those_of_the_oracle(case: tuple[RuleBook, tuple[Record, ...]]) -> None:
    book, records = case
    for record in records:
        stage, type_ = record.inspection.stage, record.outlet.type
        if not within_cut(book, record):
            continue
        world = World(book, type_, stage, book.rules, more=3)
        verdicts = {v.rule: v.outcome for v in oracle.answer(book, record).verdicts}
        for rule in book.rules:
            force = z3.simplify(z3.And(*fixing(world, record), z3.Not(world.in_force(rule))))
            solver = z3.SimpleSolver()
            solver.add(force)
            assert (solver.check() == z3.unsat) is (rule.id in verdicts)
            if rule.id in verdicts:
                assert outcome_in(world, rule, record) is verdicts[rule.id]


def test_each_case_of_the_conditions() -> None:
    beyond = 0
    for position, case in enumerate(CASES.data):
        rule = rule_of(requirement(CASES, position, 0))
        record = record_of(observed(case[1]))
        if within_cut(book_of(rule), record):
            agrees(rule, record, Outcome(case[2]))
        else:
            beyond += 1
    assert beyond < 5 < len(CASES.data)


def agrees(rule: Rule, record: Record, then: Outcome) -> None:
    """The solver gives the outcome that a case of the conditions states."""
    book = book_of(rule)
    world = World(book, record.outlet.type, record.inspection.stage, [rule], more=3)
    assert outcome_in(world, rule, record) is then, (rule, record)


@given(st.dates(), st.dates())
def test_days(first: date, second: date) -> None:
    days = [day_of(each.isoformat()) for each in (first, second)]
    assert z3.simplify(days[0].ordinal).as_long() == first.toordinal()
    assert z3.is_true(z3.simplify(days[0].valid()))
    assert z3.is_true(z3.simplify(days[0].order < days[1].order)) is (first < second)


@pytest.mark.parametrize("year", [1900, 2000, 2023, 2024])
def test_days_that_no_calendar_has(year: int) -> None:
    for month in range(1, 13):
        last = (date(year + month // 12, month % 12 + 1, 1)).toordinal() - 1
        length = date.fromordinal(last).day
        for day in (0, length, length + 1):
            at = Day(z3.IntVal(year * 12 + month - 1), z3.IntVal(day))
            assert z3.is_true(z3.simplify(at.valid())) is (day == length)


@given(st.dates(), st.integers(0, 4000), st.integers(-70, 70), st.booleans())
def test_days_are_counted_as_a_calendar_does(last: date, days: int, more: int, near: bool) -> None:
    past = days + more if near else more
    assume(1 <= last.toordinal() - past <= date.max.toordinal())
    day = date.fromordinal(last.toordinal() - past)
    said = z3.simplify(within_days(day_of(day.isoformat()), day_of(last.isoformat()), days))
    assert z3.is_true(said) is (0 <= past <= days)


@given(st.sampled_from(TEXTS) | st.text(st.characters(exclude_categories=("Cs",)), max_size=6))
def test_texts_come_back(text: str) -> None:
    from compliance.assure.symbols import term, value_in

    found = term("word", FactType.TEXT, known=True)
    solver = z3.SimpleSolver()
    solver.add(equal(found.value, literal(FactType.TEXT, text)))
    assert solver.check() == z3.sat
    assert value_in(solver.model(), found) == text


@pytest.mark.parametrize("rule", BOOK.rules, ids=lambda rule: rule.id)
def test_each_outcome_of_a_shipped_rule_is_shown(rule: Rule) -> None:
    for type_ in sorted(rule.applies_to):
        world = World(BOOK, type_, rule.stage, [rule])
        for outcome in (Outcome.PASS, Outcome.FAIL, Outcome.NOT_OBSERVED):
            found = world.find(world.in_force(rule), world.verdict(rule)[outcome])
            assert found is not None and found.outcomes == (outcome,)
            verdicts = {v.rule: v.outcome for v in oracle.answer(BOOK, found.record).verdicts}
            assert verdicts[rule.id] is outcome
        assert world.find(world.verdict(rule).exempt) is None


def test_what_is_found_is_small_and_can_be_pasted() -> None:
    rule = BOOK.rule("4.3.2.2")
    assert rule is not None
    world = World(BOOK, OutletType.RURAL_POINT, rule.stage, [rule])
    found = world.find(world.verdict(rule).passed)
    assert found is not None
    text = example(found.record, Outcome.PASS)
    assert text == "- {given: {staff: [{name: 示例1, dedicated: true}]}, then: pass}"
    read = parse_yaml(file(found.record), "record.yaml")
    assert not isinstance(read, Problem)
    assert read.data["observations"] == {"staff": [{"name": "示例1", "dedicated": True}]}
    assert read.data["inspection"]["date"] == "2026-01-31"
