"""The mistakes made in rules: each as it should be, viable where loading says so, told apart."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from compliance.assure.mutants import OPERATORS, mutants
from compliance.assure.reads import MONTHS
from compliance.assure.viable import refused
from compliance.assure.written import condition_data
from compliance.condition import EveryMonthSince
from compliance.outcome import Outcome, Reason, Stage
from compliance.record import Record
from compliance.rulebook import INSPECTION_FACTS, Rule, RuleBook
from compliance.words.mutate import KINDS
from tests import oracle
from tests.strategies import observed_record, rule_books
from tests.test_conditions import book_of, document, requirement, rule_of

# A requirement, and what each kind of mistake makes of it: `was → now`.
MISTAKES: Final[Mapping[str, tuple[str, list[str]]]] = {
    "drop-conjunct": (
        "{all: [{flag: true}, {number: {at_least: 1, at_most: 3}}]}",
        [
            "flag: true → ",
            "number: {at_least: 1} → ",
            "number: {at_most: 3} → ",
            "all: [{number: {at_least: 1}}, {number: {at_most: 3}}] → ",
        ],
    ),
    "drop-alternative": (
        "{any: [{flag: true}, {not: {any: [{other: true}]}}]}",
        ["flag: true → ", "not: {any: [{other: true}]} → ", "other: true → "],
    ),
    "drop-choice": (
        "{word: {one_of: [甲, 乙]}}",
        [
            "word: {one_of: [甲, 乙]} → word: {one_of: [甲]}",
            "word: {one_of: [甲, 乙]} → word: {one_of: [乙]}",
        ],
    ),
    "flip-value": (
        "{every: people, that: {trained: true, able: {fact: flag}}}",
        ["trained: true → trained: false"],
    ),
    "negate": (
        "{all: [{flag: true}, {not: {word: 甲}}]}",
        [
            "flag: true, not: {word: 甲} → not: {flag: true, not: {word: 甲}}",
            "not: {word: 甲} → word: 甲",
        ],
    ),
    "all-any": (
        "{any: [{flag: true, other: true}, {word: 甲}]}",
        [
            "any: [{flag: true, other: true}, {word: 甲}] → "
            "all: [{flag: true, other: true}, {word: 甲}]",
            "flag: true, other: true → any: [{flag: true}, {other: true}]",
        ],
    ),
    "quantifier": (
        "{at_least: 2, of: people, that: {able: true}}",
        ["at_least: 2, of: people → every: people"],
    ),
    "allow-none": (
        "{every: people, that: {able: true}, allow_none: true}",
        ["allow_none: true → "],
    ),
    "off-by-one": (
        "{at_least: 2, of: people, that: {age: {at_least: 18}, hired: {on_or_after: 2026-03-01}}}",
        [
            "at_least: 2 → at_least: 1",
            "at_least: 2 → at_least: 3",
            "age: {at_least: 18} → age: {at_least: 17}",
            "age: {at_least: 18} → age: {at_least: 19}",
            "hired: {on_or_after: 2026-03-01} → hired: {on_or_after: 2026-02-28}",
            "hired: {on_or_after: 2026-03-01} → hired: {on_or_after: 2026-03-02}",
        ],
    ),
    "wrong-comparison": (
        "{day: {on_or_before: 2026-01-31, in_month_of: {fact: other_day}}}",
        [
            "day: {on_or_before: 2026-01-31} → day: {on_or_after: 2026-01-31}",
            "day: {in_month_of: {fact: other_day}} → day: {in_month_before: {fact: other_day}}",
        ],
    ),
    "wrong-fact": (
        "{every_month_since: {fact: outlet.listed_on}, of: events, dated_by: date, "
        "that: {title: 甲}}",
        [
            "of: events → of: people",
            "every_month_since: {fact: outlet.listed_on} → "
            "every_month_since: {fact: inspection.date}",
        ],
    ),
    "drop-that": (
        "{every_month_since: {fact: day}, of: events, dated_by: date, that: {held: true}}",
        ["that: {held: true} → "],
    ),
    "reason": (
        "{flag: true}",
        [f"reason: equipment → reason: {name}" for name in ("facilities", "personnel", "other")],
    ),
    "outlet-type": (
        "{flag: true}",
        [
            f"applies_to: [bank_branch, rural_point] → applies_to: [{name}]"
            for name in ("bank_branch", "rural_point")
        ],
    ),
    "verb": ("{flag: true}", ["verb: shall, reason: equipment → verb: should"]),
    "trial": ("{flag: true}", [" → status: trial"]),
}
ON_TOP: Final[Mapping[str, tuple[dict[str, Any], list[str]]]] = {
    "drop-when": (
        {"when": condition_data(requirement(document("{other: true}")).that)},
        ["when: {other: true} → "],
    ),
    "effective": (
        {"effective_from": "2026-03-01", "effective_to": "9999-12-31"},
        [
            "from: 2026-03-01 → ",
            "from: 2026-03-01 → from: 2026-02-28",
            "from: 2026-03-01 → from: 2026-03-02",
            "to: 9999-12-31 → ",
            "to: 9999-12-31 → to: 9999-12-30",
        ],
    ),
    "verb": ({"reason": None}, ["verb: should → verb: shall, reason: other"]),
    "trial": ({"trial": True}, ["status: trial → "]),
}


def rule_from(text: str, reason: Reason | None = Reason.EQUIPMENT) -> Rule:
    """A rule with the requirement that a text states."""
    return rule_of(requirement(document(text)), reason=reason)


def made(rule: Rule, operator: str) -> list[str]:
    """What one kind of mistake makes of a rule."""
    found = mutants(rule, book_of(rule))
    return [f"{each.was} → {each.now}" for each in found if each.operator == operator]


@pytest.mark.parametrize("operator", MISTAKES)
def test_each_mistake(operator: str) -> None:
    text, expected = MISTAKES[operator]
    assert sorted(made(rule_from(text), operator)) == sorted(expected)


@pytest.mark.parametrize("operator", ON_TOP)
def test_each_mistake_beside_the_requirement(operator: str) -> None:
    given_, expected = ON_TOP[operator]
    reason = given_.get("reason", Reason.EQUIPMENT)
    rule = rule_from("{flag: true}", reason)
    if "when" in given_:
        rule = replace(rule, when=requirement(document(json.dumps(given_["when"]))).that)
    else:
        rule = replace(rule, **given_)
    assert made(rule, operator) == expected


def test_every_mistake_has_a_case_and_a_name() -> None:
    assert set(OPERATORS) == {*MISTAKES, *ON_TOP} == set(KINDS)


def test_verb_and_trial_are_left_alone_where_there_is_no_opinion() -> None:
    rule = replace(rule_from("{flag: true}", None), stage=Stage.OPERATION)
    assert made(rule, "verb") == made(rule, "trial") == []


def test_the_first_and_the_last_day_have_one_beside_them() -> None:
    rule = rule_from("{day: {on_or_after: 0001-01-01, on_or_before: 9999-12-31}}")
    assert made(rule, "off-by-one") == [
        "day: {on_or_after: 0001-01-01} → day: {on_or_after: 0001-01-02}",
        "day: {on_or_before: 9999-12-31} → day: {on_or_before: 9999-12-30}",
    ]


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60)
@given(rule_books())
def test_no_mutant_is_like_another_or_like_the_rule(book: RuleBook) -> None:
    for rule in book.rules:
        found = [replace(each.rule, examples=()) for each in mutants(rule, book)]
        assert rule not in found
        assert len({repr(each) for each in found}) == len(found)
        assert all(each.id == rule.id for each in found)


# Told apart ---------------------------------------------------------------------------------


def says(book: RuleBook, rule: Rule, record: Record) -> tuple[object, ...] | None:
    """What a rule says of a record and what follows; None where it is not in force."""
    verdicts = oracle.answer(replace(book, rules=(rule,)), record).verdicts
    if not verdicts:
        return None
    outcome = verdicts[0].outcome
    counts = rule.verb.value != "should" and not rule.trial
    if outcome is Outcome.FAIL:
        return outcome, counts, rule.reason
    return (outcome, counts) if outcome is Outcome.NOT_OBSERVED else (outcome,)


def dates(record: Record) -> Iterator[str]:
    """Every date that a generated record holds beside the inspection's."""
    yield from filter(None, (record.observed(name) for name in INSPECTION_FACTS))  # type: ignore[misc]
    for name, value in record.observations.items():
        members = value if isinstance(value, tuple) else ({name: value},)
        for member in members:
            yield from (str(v) for k, v in member.items() if "date" in k and v is not None)


def accepted(book: RuleBook, record: Record) -> bool:
    """Whether loading accepts the record and the solver looks at all its months."""
    day = record.inspection.date
    for rule in book.rules:
        if isinstance(rule.require, EveryMonthSince):
            since = record.observed(rule.require.since)
            if since is not None and oracle._month(day) - oracle._month(str(since)) >= MONTHS:
                return False
    return all(date <= day for date in dates(record))


@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(rule_books(), st.data())
def test_the_solver_tells_apart_what_the_oracle_does(book: RuleBook, data: st.DataObject) -> None:
    pytest.importorskip("z3", reason="the extra `assure` is not installed")
    from compliance.assure.compare import difference
    from compliance.assure.solver import Undecided

    rule = book.rules[0]
    viable = [each for each in mutants(rule, book) if not refused(each.rule, book)]
    assume(viable)
    mutant = data.draw(st.sampled_from(viable))
    both = replace(book, rules=(rule, mutant.rule))
    records = [data.draw(observed_record(both)) for _ in range(6)]
    try:
        found = difference(book, rule, mutant.rule)
    except Undecided:
        assume(False)
    if found is not None:
        assert says(book, rule, found.record) != says(book, mutant.rule, found.record)
        return
    for record in records:
        same = says(book, rule, record) == says(book, mutant.rule, record)
        assert same or not accepted(both, record), (mutant, record)


@pytest.mark.parametrize(
    ("text", "operator"),
    [
        ("{any: [{flag: true}]}", "all-any"),
        ("{all: [{word: 甲}]}", "all-any"),
        ("{every: people, that: {any: [{able: true}]}}", "all-any"),
        ("{all: [{number: {at_least: 2}}, {number: {at_least: 1}}]}", "drop-conjunct"),
        ("{day: {in_month_of: 2026-03-15}}", "off-by-one"),
    ],
)
def test_what_changes_nothing_is_proved_to(text: str, operator: str) -> None:
    pytest.importorskip("z3", reason="the extra `assure` is not installed")
    from compliance.assure.compare import difference

    rule = rule_from(text)
    found = [each for each in mutants(rule, book_of(rule)) if each.operator == operator]
    same = [difference(book_of(rule), rule, each.rule) is None for each in found]
    assert any(same)
    assert all(same) or operator == "drop-conjunct"
