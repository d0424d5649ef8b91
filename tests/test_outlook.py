"""The cures of an opinion, and what a pending one waits for."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.condition import (
    AtLeast,
    Every,
    Holds,
)
from compliance.explain.cures import (
    changed,
    opinion_cures,
)
from compliance.explain.outlook import outlook
from compliance.outcome import Opinion
from compliance.record import Member, Record, Value
from compliance.rulebook import OutletType
from tests import oracle
from tests.brute import (
    INNER,
    OUTER,
    RECORDS,
    SHIPPED,
    SLOW,
    book_of,
    brute,
    check_sound,
    conforms,
    key,
    record_of,
    rule_of,
    single_changes,
    spread,
    yes,
)


@SLOW
@given(st.data())
def test_every_cure_of_an_opinion_does_and_no_part_of_it(data: st.DataObject) -> None:
    kinds = st.one_of(
        OUTER.map(Holds),
        st.builds(Every, st.just("m"), INNER, st.booleans()),
        st.builds(AtLeast, st.integers(1, 2), st.just("m"), INNER),
    )
    whens = st.none() | st.none() | OUTER
    pairs = data.draw(st.lists(st.tuples(kinds, whens), min_size=1, max_size=3))
    book = book_of(*(rule_of(kind, when, f"4.{n}") for n, (kind, when) in enumerate(pairs)))
    record = data.draw(RECORDS)
    for cure in opinion_cures(book, record)[:5]:
        check_sound(record, cure, lambda r: conforms(book, r))


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
