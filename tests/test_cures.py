"""Each cure does, no part of it does, and none is missing: held against brute force."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, combinations, product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance.condition import (
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
    Requirement,
    Scalar,
)
from compliance.condition import Test as FactTest
from compliance.explain.cures import (
    LIMIT,
    Change,
    Cure,
    Kind,
    Setting,
    changed,
    cures,
    each_value,
    opinion_cures,
    rule_cures,
)
from compliance.explain.outlook import outlook
from compliance.load import load_rules
from compliance.outcome import Basis, Opinion, Outcome, Reason, Stage, Verb
from compliance.record import Inspection, Member, Outlet, Record, Value
from compliance.rulebook import Fact, Field, FormB1, OutletType, Rule, RuleBook, Standard
from compliance.words import Text
from tests import oracle
from tests.strategies import Scope, conditions, observed_record, rule_books

Good = Callable[[Record], bool]
BLANK = Text("", "")
ASKED = frozenset((outlet, stage) for outlet in OutletType for stage in Stage)
SHIPPED = load_rules()
SLOW = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))


def fact(name: str, type_: FactType, **fields: FactType) -> Fact:
    """A fact that everybody is asked."""
    own = tuple(
        Field(f, t, BLANK, BLANK, required=False, personal=False) for f, t in fields.items()
    )
    return Fact(name, type_, BLANK, BLANK, ASKED, own)


FLAG, DAY = FactType.BOOLEAN, FactType.DATE
SMALL = {
    f.name: f
    for f in (
        fact("a", FLAG),
        fact("b", FLAG),
        fact("n", FactType.INTEGER),
        fact("since", DAY),
        fact("m", FactType.LIST, x=FLAG, y=FLAG),
        fact("p", FactType.LIST, on=DAY, ok=FLAG),
    )
}


def rule_of(require: Requirement, when: Condition | None = None, id_: str = "4.1") -> Rule:
    """A binding rule of the standard."""
    return Rule(
        id=id_,
        title=BLANK,
        clause=id_,
        cites=(),
        verb=Verb.SHALL,
        basis=Basis.STANDARD,
        stage=Stage.ADAPTATION,
        applies_to=frozenset(OutletType),
        require=require,
        when=when,
        reason=Reason.OTHER,
        remedy=BLANK,
        note=None,
        effective_from=None,
        effective_to=None,
        trial=False,
        examples=(),
        file="",
        line=0,
    )


def book_of(*rules: Rule) -> RuleBook:
    """A rule book over the small vocabulary."""
    return RuleBook(Standard(BLANK, "", {}), SMALL, rules, FormB1({}, {}, {}, {}), "0" * 64)


def record_of(type_: OutletType = OutletType.BANK_BRANCH, **observations: Value) -> Record:
    """A record of an adaptation inspection on 2026-04-12."""
    visit = Inspection("YL-1", Stage.ADAPTATION, "2026-04-12", "示例")
    outlet = Outlet("YL-001", "示例网点", type_, "示例银行")
    return Record(visit, outlet, observations, {}, (), "0" * 64, "sample.yaml")


def yes(name: str, value: bool = True) -> FactTest:
    """The test that a boolean is `value`."""
    return FactTest(name, FLAG, Op.EQUALS, value)


def passes(book: RuleBook, record: Record, rule: Rule) -> bool:
    """What the oracle says."""
    verdicts = oracle.answer(book, record).verdicts
    return next(v.outcome for v in verdicts if v.rule == rule.id) is Outcome.PASS


def conforms(book: RuleBook, record: Record) -> bool:
    """What the oracle says."""
    return oracle.answer(book, record).opinion is Opinion.CONFORMING


# Brute force, of its own making -------------------------------------------------------------

POOL: dict[FactType, tuple[Scalar, ...]] = {
    FLAG: (True, False),
    FactType.INTEGER: (),
    FactType.TEXT: (),
    DAY: (),
}


def to(name: str, value: Scalar) -> Setting:
    """One value."""
    return Setting(name, (Kind((value,)),))


def single_changes(book: RuleBook, record: Record, gaps_only: bool) -> Iterator[Change]:
    """Every change of one boolean, and every member of booleans that could be added."""
    for declared in book.facts.values():
        value = record.observed(declared.name)
        if declared.type is not FactType.LIST:
            if value is None or not gaps_only:
                new = (v for v in POOL[declared.type] if v is not value)
                yield from (Change(declared.name, (to(declared.name, v),)) for v in new)
            continue
        for n, member in enumerate(value if isinstance(value, tuple) else ()):
            for field in declared.fields:
                if member.get(field.name) is None or not gaps_only:
                    new = (v for v in POOL[field.type] if v is not member.get(field.name))
                    for v in new:
                        yield Change(declared.name, (to(field.name, v),), n)
        if value is None:
            yield Change(declared.name, ())
        if value is None or not gaps_only:
            states = [[None, *POOL[field.type]] for field in declared.fields]
            for values in product(*states):
                stated = zip(declared.fields, values, strict=True)
                own = tuple(to(f.name, v) for f, v in stated if v is not None)
                yield Change(declared.name, own, added=True)


def is_set(changes: Sequence[Change]) -> bool:
    """Whether no two of the changes are of one cell."""
    cells = [(c.fact, c.member, [s.name for s in c.settings]) for c in changes if not c.added]
    lists = {c.fact for c in changes if c.added}
    empties = {c.fact for c in changes if not c.added and not c.settings}
    return not lists & empties and all(cells.count(cell) == 1 for cell in cells)


def parts(cure: Cure) -> Iterator[Cure]:
    """Every proper part: fewer changes, or one thing less said of an added member."""
    for size in range(len(cure)):
        yield from combinations(cure, size)
    for n, change in enumerate(cure):
        if change.added:
            for setting in change.settings:
                rest = tuple(s for s in change.settings if s is not setting)
                yield (*cure[:n], replace(change, settings=rest), *cure[n + 1 :])


def key(cure: Cure) -> tuple[str, ...]:
    """A cure of single values, in one order."""
    return tuple(sorted(repr((c.path, [(s.name, s.values) for s in c.settings])) for c in cure))


def brute(
    book: RuleBook, record: Record, good: Good, most: int, gaps_only: bool
) -> set[tuple[str, ...]]:
    """The minimal sets of up to `most` changes for which `good` holds."""
    singles = list(single_changes(book, record, gaps_only))
    again = [] if gaps_only else [c for c in singles if c.added] * (most - 1)
    pairs = singles + again
    sets = chain.from_iterable(combinations(pairs, size) for size in range(most + 1))
    found: set[tuple[str, ...]] = set()
    for cure in sets:
        if not is_set(cure) or key(cure) in found or not good(changed(record, cure)):
            continue
        if not any(good(changed(record, part)) for part in parts(cure)):
            found.add(key(cure))
    return found


def spread(found: Sequence[Cure]) -> Iterator[Cure]:
    """Each cure as one cure for each choice of its values."""
    for cure in found:
        choices = [
            [
                replace(change, settings=stated)
                for stated in product(*([to(s.name, v) for v in s.values] for s in change.settings))
            ]
            for change in cure
        ]
        yield from product(*choices)


def check_exact(book: RuleBook, record: Record, rule: Rule, most: int) -> None:
    """The cures of up to `most` changes are those that brute force finds."""
    found = rule_cures(book, record, rule)
    assert found.complete
    ours = [key(cure) for cure in spread(found.sets) if len(cure) <= most]
    assert len(ours) == len(set(ours)), "a set is listed twice"
    wanted = brute(book, record, lambda r: passes(book, r, rule), most, gaps_only=False)
    if oracle.answer(book, record).verdicts[0].outcome is Outcome.NOT_APPLICABLE:
        wanted = set()
    assert set(ours) == wanted


# Soundness over everything that a rule book can say -------------------------------------------


def check_sound(record: Record, cure: Cure, good: Good) -> None:
    """The cure does, whichever of its values is taken, and no part of it does."""
    for one in (cure, *each_value(cure)):
        assert good(changed(record, one))
    for part in parts(cure) if len(cure) < 6 else combinations(cure, len(cure) - 1):
        assert not good(changed(record, part))


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
            check_sound(record, cure, lambda r, rule=rule: passes(book, r, rule))


@SLOW
@given(st.data())
def test_every_cure_of_an_opinion_does_and_no_part_of_it(data: st.DataObject) -> None:
    names = {"a": FLAG, "b": FLAG}
    outer = conditions(Scope(names, names), 3)
    fields = {"x": FLAG, "y": FLAG}
    inner = conditions(Scope(fields, {**names, **fields}), 3)
    kinds = st.one_of(
        outer.map(Holds),
        st.builds(Every, st.just("m"), inner, st.booleans()),
        st.builds(AtLeast, st.integers(1, 2), st.just("m"), inner),
    )
    whens = st.none() | st.none() | outer
    pairs = data.draw(st.lists(st.tuples(kinds, whens), min_size=1, max_size=3))
    book = book_of(*(rule_of(kind, when, f"4.{n}") for n, (kind, when) in enumerate(pairs)))
    record = data.draw(observed_record(book))
    record = replace(record, inspection=record_of().inspection)
    for cure in opinion_cures(book, record)[:5]:
        check_sound(record, cure, lambda r: conforms(book, r))


@SLOW
@given(st.data())
def test_no_cure_is_missing_where_facts_are_booleans(data: st.DataObject) -> None:
    names = {"a": FLAG, "b": FLAG}
    fields = {"x": FLAG, "y": FLAG}
    that = data.draw(conditions(Scope(fields, {**names, **fields}), 4))
    requires: tuple[Requirement, ...] = (
        Every("m", that, allow_none=True),
        Every("m", that),
        AtLeast(1, "m", that),
        AtLeast(2, "m", that),
        Holds(data.draw(conditions(Scope(names, names), 5))),
    )
    require = data.draw(st.sampled_from(requires))
    when = data.draw(st.none() | conditions(Scope(names, names), 2))
    states = st.sampled_from((True, False, None))
    members = st.lists(st.fixed_dictionaries({"x": states, "y": states}), max_size=2).map(tuple)
    lists: Value = data.draw(st.none() | members)
    record = record_of(a=data.draw(states), b=data.draw(states), m=lists)
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


# The whole opinion -------------------------------------------------------------------------------

POINT = OutletType.RURAL_POINT
GOOD_STAFF: Member = {
    "name": "甲示例",
    "dedicated": True,
    "pre_job_trained": True,
    "able_to_serve": True,
}
GOOD_POINT: dict[str, Value] = {
    "convenience_items": True,
    "notice_board": True,
    "leaflets": True,
    "farmer_terminal": True,
    "staff": (GOOD_STAFF,),
    "publications": ({"date": "2026-04-02"},),
}
STATES: dict[str, tuple[Value, ...]] = {
    "notice_board": (True, False, None),
    "leaflets": (True, None),
    "staff": (
        None,
        (),
        (GOOD_STAFF,),
        ({**GOOD_STAFF, "dedicated": None},),
        ({**GOOD_STAFF, "dedicated": False},),
        ({**GOOD_STAFF, "pre_job_trained": None}, {**GOOD_STAFF, "able_to_serve": False}),
    ),
}
POINTS = [
    record_of(POINT, **{**GOOD_POINT, **dict(zip(STATES, values, strict=True))})
    for values in product(*STATES.values())
]
NARROW = replace(
    SHIPPED, facts={n: SHIPPED.facts[n] for n in ("notice_board", "leaflets", "staff")}
)


@pytest.mark.parametrize("record", POINTS)
def test_cures_of_an_opinion_are_those_of_brute_force(record: Record) -> None:
    found = opinion_cures(SHIPPED, record)
    ours = {key(cure) for cure in spread(found) if len(cure) <= 2}
    assert ours == brute(NARROW, record, lambda r: conforms(SHIPPED, r), 2, gaps_only=False)
    for cure in found:
        check_sound(record, cure, lambda r: conforms(SHIPPED, r))


@pytest.mark.parametrize("record", POINTS)
def test_the_outlook_is_that_of_enumeration(record: Record) -> None:
    ahead = outlook(SHIPPED, record)
    answer = oracle.answer(SHIPPED, record)
    assert ahead.opinion is answer.opinion
    every: set[tuple[str, ...]] = set()
    for most in range(4):
        every = every or brute(NARROW, record, lambda r: conforms(SHIPPED, r), most, True)
    least = min(map(len, every), default=0)
    wanted = {cure for cure in every if len(cure) == least}
    assert {key(cure) for cure in spread(ahead.shortest.sets)} == wanted
    assert ahead.possible is bool(every)
    if answer.opinion is not Opinion.PENDING:
        assert ahead.spoilers == ()
        return
    single = [c for c in single_changes(NARROW, record, gaps_only=True) if len(c.settings) < 2]
    bad = {
        key((change,))
        for change in single
        if oracle.answer(SHIPPED, changed(record, (change,))).opinion is Opinion.NON_CONFORMING
    }
    assert {key(cure) for cure in spread([(change,) for change in ahead.spoilers])} == bad


def test_an_empty_record_needs_everything_once() -> None:
    ahead = outlook(SHIPPED, record_of(POINT))
    assert ahead.possible
    assert [change.path for change in ahead.shortest.sets[0]] == [
        "observations.convenience_items",
        "observations.notice_board",
        "observations.leaflets",
        "observations.farmer_terminal",
        "observations.staff[+]",
        "observations.publications[+]",
    ]


def test_a_gap_that_two_rules_need_otherwise_cannot_be_filled() -> None:
    book = book_of(rule_of(Holds(yes("a"))), rule_of(Holds(yes("a", False)), id_="4.2"))
    ahead = outlook(book, record_of())
    assert ahead.opinion is Opinion.PENDING
    assert not ahead.possible
    assert ahead.shortest.complete
    assert opinion_cures(book, record_of()) == ()


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
