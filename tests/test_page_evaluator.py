"""The page's evaluator, run in Chromium, answers as the oracle does; and asks for no less."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from compliance.condition import FactType, Holds, Op
from compliance.condition import Test as FactTest  # pytest collects what is called Test
from compliance.load import load_rules
from compliance.outcome import Answer, Outcome, Reason
from compliance.record import Record
from compliance.rulebook import RuleBook
from compliance.submission import read_submissions
from tests import oracle
from tests.agree import record_of
from tests.page_samples import answer_of, browser, facts_of, needs_chromium, program_for, source
from tests.strategies import cases, scalars
from tests.test_conditions import CASES, book_of, document, observed, requirement, rule_of

pytestmark = needs_chromium
FIXTURES: Final = Path(__file__).parent.parent / "fixtures" / "adaptation"
BATCH: Final = 20
Pair = tuple[RuleBook, Record]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A blank page that holds the evaluator."""
    with browser(tmp_path_factory.mktemp("profile")) as context:
        page = context.new_page()
        page.add_script_tag(content=source("evaluator.js") + "\nwindow.Evaluator = Evaluator;")
        yield page


def said(page: Any, pairs: Sequence[Pair]) -> list[Answer]:
    given = [[program_for(book, record), facts_of(record)] for book, record in pairs]
    found = page.evaluate("given => given.map(([p, f]) => Evaluator.answer(p, f))", given)
    return [answer_of(each) for each in found]


def assert_equal(page: Any, pairs: Sequence[Pair]) -> None:
    for (book, record), found in zip(pairs, said(page, pairs), strict=True):
        assert found == oracle.answer(book, record), f"{record}\n{book.rules}"


def test_on_every_fixture(page: Any) -> None:
    book = load_rules()
    submission = read_submissions([FIXTURES], book)
    records = [r for r in submission.records if r.source.endswith("record.yaml")]
    assert len(records) == len(list(FIXTURES.iterdir())) > 40
    assert_equal(page, [(book, record) for record in records])


def test_on_every_case_of_the_conditions(page: Any) -> None:
    pairs = [
        (book_of(rule_of(requirement(CASES, n, 0))), record_of(observed(facts)))
        for n, (_, facts, _) in enumerate(CASES.data)
    ]
    assert_equal(page, pairs)
    wanted = [Outcome(outcome) for _, _, outcome in CASES.data]
    assert [answer.verdicts[0].outcome for answer in said(page, pairs)] == wanted


SOME: Final = settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    phases=[
        Phase.explicit,
        Phase.generate,
    ],  # shrinking forty records through a browser takes hours
    suppress_health_check=list(HealthCheck),
)


@SOME
@given(drawn=st.lists(cases(), min_size=BATCH, max_size=BATCH))
def test_on_generated_rules_and_records(
    page: Any, drawn: list[tuple[RuleBook, tuple[Record, ...]]]
) -> None:
    assert_equal(page, [(book, record) for book, records in drawn for record in records])


def test_days_are_counted_as_the_calendar_does(page: Any) -> None:
    years = (1, 4, 100, 400, 1582, 1899, 1900, 1970, 2000, 2024, 2026, 2100, 9998)
    days = [date(year, 1, 1) + timedelta(n) for year in years for n in range(366)]
    found = page.evaluate("d => d.map(Evaluator.dayNumber)", [day.isoformat() for day in days])
    assert [n - found[0] for n in found] == [day.toordinal() - 1 for day in days]


# what can still change the result


def gaps(page: Any, pairs: Sequence[Pair]) -> list[set[tuple[str, int | None, str | None]]]:
    given = [[program_for(book, record), facts_of(record)] for book, record in pairs]
    found = page.evaluate("given => given.map(([p, f]) => Evaluator.gaps(p, f))", given)
    return [{(each["fact"], each["member"], each["field"]) for each in one} for one in found]


def binding(book: RuleBook, record: Record) -> list[tuple[str, Outcome]]:
    """What the rules that count say."""
    counted = {rule.id for rule in book.rules if rule.verb.value != "should" and not rule.trial}
    verdicts = oracle.answer(book, record).verdicts
    return [(v.rule, v.outcome) for v in verdicts if v.rule in counted]


def filled(
    book: RuleBook, record: Record, draw: Any
) -> Iterator[tuple[tuple[str, int | None, str | None], Record]]:
    """Each gap of a record with a value of its type in its place."""
    for name, fact in book.facts.items():
        value = record.observations.get(name)
        if fact.type is not FactType.LIST and value is None:
            for given in values(fact.type, draw):
                yield (name, None, None), with_fact(record, name, given)
        elif value is None:
            yield (name, None, None), with_fact(record, name, ())
        elif isinstance(value, tuple):
            for at, member in enumerate(value):
                for field in fact.fields:
                    if member.get(field.name) is None:
                        for given in values(field.type, draw):
                            members = list(value)
                            members[at] = {**member, field.name: given}
                            changed = with_fact(record, name, tuple(members))
                            yield (name, at, field.name), changed


def values(type_: FactType, draw: Any) -> list[Any]:
    if type_ is FactType.BOOLEAN:
        return [True, False]
    return [draw(scalars(type_)), draw(scalars(type_))]


def with_fact(record: Record, name: str, value: Any) -> Record:
    return replace(record, observations={**record.observations, name: value})


@SOME
@given(drawn=st.lists(cases(), min_size=8, max_size=8), data=st.data())
def test_what_is_not_asked_for_changes_no_binding_outcome(
    page: Any, drawn: list[tuple[RuleBook, tuple[Record, ...]]], data: st.DataObject
) -> None:
    pairs = [(book, record) for book, records in drawn for record in records]
    for (book, record), asked in zip(pairs, gaps(page, pairs), strict=True):
        before = binding(book, record)
        for gap, changed in filled(book, record, data.draw):
            if binding(book, changed) != before:
                assert gap in asked, f"{gap}\n{record}\n{book.rules}"


def test_something_is_asked_for_exactly_while_a_binding_rule_waits(page: Any) -> None:
    book = load_rules()
    records = read_submissions([FIXTURES], book).records
    pairs = [(book, record) for record in records]
    for (_, record), asked in zip(pairs, gaps(page, pairs), strict=True):
        waits = Outcome.NOT_OBSERVED in [outcome for _, outcome in binding(book, record)]
        assert bool(asked) is waits, record.source


def test_the_shipped_rules_ask_for_what_matters_alone(page: Any) -> None:
    book = load_rules()
    records = {r.source.split("/")[-2]: r for r in read_submissions([FIXTURES], book).records}
    named = ("branch-staff-gap", "branch-staff-gap-and-untrained", "branch-advice-not-observed")
    found = gaps(page, [(book, records[name]) for name in named])
    assert found[0] == {("staff", 1, "able_to_serve"), ("staff", 2, "pre_job_trained")}
    assert found[1:] == [set(), set()]


# [what is required, the facts observed, what is asked for]; the vocabulary of the cases
ASKED: Final = """
- [{flag: true}, {}, [flag]]
- [{flag: true}, {flag: false}, []]
- [{any: [{flag: true}, {other: true}, {number: 1}]}, {flag: false}, [other, number]]
- [{all: [{any: [{flag: true}, {other: true}]}, {number: 1}]}, {flag: true}, [number]]
- [{not: {all: [{flag: true}, {any: [{other: true}, {number: 1}]}]}}, {other: true}, [flag]]
- [{number: {at_least: {fact: limit}}}, {}, [number, limit]]
- [{number: {at_least: {fact: limit}}}, {number: 3}, [limit]]
- [{day: {within_days: 30}}, {}, [day]]
- [{every: people, that: {trained: true, able: true}}, {}, [people]]
- [{every: people, that: {trained: true, able: true}}, {people: [{trained: true}, {}]}, [people.0.able, people.1.trained, people.1.able]]
- [{every: people, that: {trained: true}}, {people: [{trained: false}, {}]}, []]
- [{every: people, that: {age: {at_least: {fact: limit}}}}, {people: [{}, {age: 3}]}, [people.0.age, limit]]
- [{at_least: 1, of: people, that: {able: true}}, {people: [{able: false}, {}]}, [people.1.able]]
- [{at_least: 1, of: people, that: {able: true}}, {people: [{able: true}, {}]}, []]
- [{every_month_since: {fact: day}, of: events, dated_by: date}, {}, [day, events]]
- [{every_month_since: {fact: day}, of: events, dated_by: date}, {day: 2026-03-02, events: [{date: 2026-04-01}, {}]}, [events.1.date]]
- [{every_month_since: {fact: day}, of: events, dated_by: date}, {day: 2026-03-02, events: [{date: 2026-03-01}]}, []]
- [{every_month_since: {fact: day}, of: events, dated_by: date, that: {held: true}}, {day: 2026-04-02, events: [{date: 2026-04-01}, {date: 2026-03-01}]}, [events.0.held]]
"""  # noqa: E501  # a case a line


def test_what_is_asked_for_case_by_case(page: Any) -> None:
    asked = document(ASKED)
    pairs = [
        (
            book_of(rule_of(requirement(asked, n, 0), reason=Reason.OTHER)),
            record_of(observed(facts)),
        )
        for n, (_, facts, _) in enumerate(asked.data)
    ]
    for (require, facts, wanted), found in zip(asked.data, gaps(page, pairs), strict=True):
        names = {".".join(str(part) for part in gap if part is not None) for gap in found}
        assert names == set(wanted), f"{require} {facts}"


def test_a_fact_may_be_called_like_what_every_object_has(page: Any) -> None:
    require = Holds(FactTest("constructor", FactType.TEXT, Op.CONTAINS, "Object"))
    book = book_of(rule_of(require, reason=Reason.OTHER))
    records = [record_of({}), record_of({"constructor": "Object"})]
    assert_equal(page, [(book, record) for record in records])


def test_without_the_day_of_the_visit_nothing_that_needs_it_is_said(page: Any) -> None:
    within = FactTest("day", FactType.DATE, Op.WITHIN_DAYS, 30)
    dated = replace(rule_of(Holds(within), "4.2", Reason.OTHER), effective_from="2026-01-01")
    flag = rule_of(Holds(FactTest("flag", FactType.BOOLEAN, Op.EQUALS, True)), "4.3", Reason.OTHER)
    book = book_of(dated, replace(flag, effective_to="2026-12-31"))
    facts = {"day": "2026-04-01", "flag": True}
    given = [program_for(book, record_of({})), facts]
    answer = page.evaluate("([p, f]) => Evaluator.answer(p, f)", given)
    assert {verdict["outcome"] for verdict in answer["verdicts"]} == {"not_observed"}
    asked = page.evaluate("([p, f]) => Evaluator.gaps(p, f)", given)
    assert [gap["fact"] for gap in asked] == ["inspection.date"]
