"""Each cure does, no part of it does, and none is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.condition import (
    OPERATORS,
    All,
    Any,
    AtLeast,
    Condition,
    Every,
    EveryMonthSince,
    FactRef,
    FactType,
    Holds,
    Op,
    Operand,
    Requirement,
)
from compliance.condition import Test as FactTest
from compliance.explain.cures import (
    LIMIT,
    cures,
    rule_cures,
)
from compliance.explain.values import compare
from compliance.outcome import Outcome, Stage
from compliance.record import Member, Value
from compliance.rulebook import Rule
from tests import oracle
from tests.brute import (
    DAY,
    FLAG,
    INNER,
    OUTER,
    RECORDS,
    SHIPPED,
    SLOW,
    book_of,
    check_exact,
    check_sound,
    passes,
    passes_under,
    record_of,
    rule_of,
    yes,
)
from tests.strategies import observed_record, rule_books, scalars

# Soundness over everything that a rule book can say -------------------------------------------


@given(st.data())
def test_values_compare_as_the_oracle_says(data: st.DataObject) -> None:
    type_ = data.draw(st.sampled_from(sorted(OPERATORS)))
    op = data.draw(st.sampled_from(sorted(OPERATORS[type_])))
    operand: Operand = data.draw(scalars(OPERATORS[type_][op]))
    if op is Op.ONE_OF:
        operand = tuple(data.draw(st.lists(scalars(type_), min_size=1, max_size=3)))
    value = data.draw(st.none() | scalars(type_))
    day = str(data.draw(scalars(DAY)))
    known: dict[str, Value] = {"it": value, "inspection.date": day}
    said = oracle.truth(FactTest("it", type_, op, operand), known.__getitem__, day)
    assert compare(op, value, operand, day) is said


@pytest.mark.parametrize("days", [0, 1, 30])
def test_the_days_before_the_inspection_count_to_the_last(days: int) -> None:
    first = (date(2026, 4, 12) - timedelta(days)).isoformat()
    before = (date(2026, 4, 11) - timedelta(days)).isoformat()
    assert compare(Op.WITHIN_DAYS, first, days, "2026-04-12") is True
    assert compare(Op.WITHIN_DAYS, before, days, "2026-04-12") is False
    assert compare(Op.WITHIN_DAYS, "2026-04-13", days, "2026-04-12") is False


@SLOW
@given(st.data())
def test_every_cure_does_and_no_part_of_it(data: st.DataObject) -> None:
    book = data.draw(rule_books())
    record = data.draw(observed_record(book))
    for verdict in oracle.answer(book, record).verdicts:
        rule = book.rule(verdict.rule)
        assert rule is not None
        found = rule_cures(book, record, rule, limit=20)
        if verdict.outcome is Outcome.PASS:
            assert found.sets == ((),)
        if verdict.outcome is Outcome.NOT_APPLICABLE:
            assert found.sets == ()
        assert [len(cure) for cure in found.sets] == sorted(len(cure) for cure in found.sets)
        for cure in found.sets[:5]:
            check_sound(record, cure, partial(passes_under, book, rule))


@SLOW
@given(st.data())
def test_no_cure_is_missing_where_facts_are_booleans(data: st.DataObject) -> None:
    that = data.draw(INNER)
    requires: tuple[Requirement, ...] = (
        Every("m", that, allow_none=True),
        Every("m", that),
        AtLeast(1, "m", that),
        AtLeast(2, "m", that),
        Holds(data.draw(OUTER)),
    )
    require = data.draw(st.sampled_from(requires))
    when = data.draw(st.none() | OUTER)
    record = data.draw(RECORDS)
    rule = rule_of(require, when)
    check_exact(book_of(rule), record, rule, most=2)


@SLOW
@given(st.data())
def test_no_value_of_one_fact_is_missing(data: st.DataObject) -> None:
    book = data.draw(rule_books())
    record = data.draw(observed_record(book))
    for rule in book.rules:
        in_force = rule.applies(record.outlet.type, record.inspection.stage, record.inspection.date)
        if not in_force or not isinstance(rule.require, Holds) or passes(book, record, rule):
            continue
        name = data.draw(st.sampled_from([f.name for f in book.facts.values() if not f.fields]))
        other = data.draw(observed_record(book)).observed(name)
        late = book.facts[name].type is DAY and str(other) > record.inspection.date
        if other is None or isinstance(other, tuple) or late:
            continue
        with_it = replace(record, observations={**record.observations, name: other})
        found = rule_cures(book, record, rule)
        alone = [c for cure in found.sets if len(cure) == 1 for c in cure if c.fact == name]
        if passes(book, with_it, rule) and not any("." in c.fact for c in alone):
            spared = oracle.answer(book, record).verdicts
            outcome = next(v.outcome for v in spared if v.rule == rule.id)
            assert alone or outcome is Outcome.NOT_APPLICABLE or not found.complete


# Every state of the shipped rules ---------------------------------------------------------------


def states_of(rule: Rule) -> Iterator[Mapping[str, Value]]:
    """Every state of the rule's booleans, with up to two members in a list."""
    require = rule.require
    if isinstance(require, Holds):
        tests = require.that.items if isinstance(require.that, All) else (require.that,)
        names = [test.fact for test in tests if isinstance(test, FactTest)]
        for values in product((True, False, None), repeat=len(names)):
            yield dict(zip(names, values, strict=True))
        return
    fields = [f.name for f in SHIPPED.facts[require.of].fields if f.type is FLAG]
    members: list[Member] = [
        dict(zip(fields, values, strict=True))
        for values in product((True, False, None), repeat=len(fields))
    ]
    yield {require.of: None}
    for size in range(2):
        yield from ({require.of: chosen} for chosen in product(members, repeat=size))
    yield from ({require.of: pair} for pair in product(members[::5], repeat=2))


BOOLEAN_RULES = [rule for rule in SHIPPED.rules if rule.id != "sup-monthly-publication"]


@pytest.mark.parametrize("rule", BOOLEAN_RULES, ids=lambda rule: rule.id)
def test_cures_of_a_shipped_rule_in_every_state(rule: Rule) -> None:
    if rule.stage is not Stage.ADAPTATION or isinstance(rule.require, EveryMonthSince):
        assert rule.stage is Stage.OPERATION
        return
    read = {n for state in states_of(rule) for n in state}
    facts = {name: declared for name, declared in SHIPPED.facts.items() if name in read}
    book = replace(SHIPPED, rules=(rule,), facts=facts)
    for state in states_of(rule):
        record = record_of(next(iter(rule.applies_to)), **state)
        check_exact(book, record, rule, most=2)


DAYS = ("2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01", None)


@pytest.mark.parametrize("day", DAYS)
def test_cures_of_the_monthly_publication(day: str | None) -> None:
    rule = SHIPPED.rule("sup-monthly-publication")
    assert rule is not None
    record = record_of(publications=({"date": day},))
    found = cures(SHIPPED, record, rule)
    if day is not None and day >= "2026-03":
        assert found == ((),)
        return
    assert [cure[0].path for cure in found] == [
        "observations.publications[0].date",
        "observations.publications[+]",
    ]
    for cure in found:
        assert cure[0].settings[0].values == ("2026-04-12", "2026-03-31")
        check_sound(record, cure, lambda r: passes(SHIPPED, r, rule))


# Single points -----------------------------------------------------------------------------------


def test_nothing_can_move_the_inspection() -> None:
    test = FactTest("inspection.date", DAY, Op.ON_OR_BEFORE, "2026-01-01")
    rule = rule_of(Holds(Any((test, All((yes("a"), yes("a", False)))))))
    found = rule_cures(book_of(rule), record_of(), rule)
    assert found.sets == ()
    assert found.complete


def test_a_rule_that_does_not_apply_has_no_cure() -> None:
    rule = rule_of(Holds(yes("a")), when=yes("b"))
    assert cures(book_of(rule), record_of(b=False), rule) == ()
    assert len(cures(book_of(rule), record_of(b=None), rule)[0]) == 2


def test_too_many_cures_are_counted_and_the_smallest_come_first() -> None:
    def either(n: int) -> Condition:
        return Any((FactTest("n", FactType.INTEGER, Op.EQUALS, n), yes("x"), yes("y")))

    require = Every("m", either(1))
    rule = rule_of(require)
    record = record_of(n=0, m=tuple({"x": False, "y": False} for _ in range(10)))
    found = rule_cures(book_of(rule), record, rule)
    assert len(found.sets) == LIMIT
    assert not found.complete
    assert len(found.sets[0]) == 1
    assert {len(cure) for cure in found.sets[1:]} == {10}


def test_a_large_threshold_is_found_at_once() -> None:
    rule = rule_of(AtLeast(15, "m", yes("x")))
    record = record_of(m=tuple({"x": False} for _ in range(30)))
    found = rule_cures(book_of(rule), record, rule)
    assert len(found.sets) == LIMIT
    assert {len(cure) for cure in found.sets} == {15}


def test_a_date_may_be_any_day_of_the_month_that_has_come() -> None:
    rule = rule_of(Holds(FactTest("since", DAY, Op.IN_MONTH_OF, FactRef("inspection.date"))))
    (cure,) = cures(book_of(rule), record_of(), rule)
    assert cure[0].settings[0].values == ("2026-04-12",)
    ((test, wanted),) = cure[0].settings[0].kinds[0].meets
    assert (test.op, wanted) == (Op.IN_MONTH_OF, True)


def test_a_month_without_a_publication_wants_one() -> None:
    rule = rule_of(EveryMonthSince("since", "p", "on", yes("ok")))
    record = record_of(since="2026-02-10", p=({"on": "2026-02-11", "ok": True},))
    found = rule_cures(book_of(rule), record, rule)
    additions = [cure for cure in found.sets if all(change.added for change in cure)]
    assert len(additions) == 1
    assert [{s.name: s.values for s in c.settings} for c in additions[0]] == [
        {"on": ("2026-03-31",), "ok": (True,)},
        {"on": ("2026-04-12",), "ok": (True,)},
    ]
    for cure in found.sets:
        check_sound(record, cure, lambda r: passes(book_of(rule), r, rule))
