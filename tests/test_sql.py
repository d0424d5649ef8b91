"""The SQL engine: awkward names and values, its three results, Spark's spelling, the command."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings

from compliance import engines
from compliance.condition import (
    OPERATORS,
    AtLeast,
    Every,
    EveryMonthSince,
    FactRef,
    FactType,
    Holds,
    Op,
    Requirement,
)
from compliance.condition import Not as Negated
from compliance.condition import Test as FactTest  # pytest collects what is called Test
from compliance.engines.program import compile_rule
from compliance.errors import InputError, RulesError
from compliance.load import load_rules
from compliance.outcome import Outcome, Reason
from compliance.record import Member, Record, Value
from compliance.report import REPORTS
from compliance.rulebook import RuleBook
from compliance.run import run
from tests import oracle
from tests.agree import assert_all_same, case_text, needs_sql, read_case, record_of
from tests.cli_samples import call
from tests.strategies import LARGEST, TEXTS, cases
from tests.test_conditions import book_of, rule_of

ROOT: Final = Path(__file__).parent.parent
SOME: Final = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
FEW: Final = settings(SOME, max_examples=20)
Case = tuple[RuleBook, tuple[Record, ...]]

pytestmark = needs_sql

# Names of facts, fields and rules for those of the generated cases: words of SQL, and others
# that an engine could take for its own.
AWKWARD: Final = {
    **{"boolean_1": "select", "boolean_2": "order", "integer_1": "from", "integer_2": "limit"},
    **{"text_1": "text", "text_2": "item", "date_1": "date", "date_2": "member"},
    **{"list_1": "group", "list_2": "table", "member_boolean_1": "case", "member_date_1": "day"},
    **{"member_integer_1": "int", "member_text_1": "null", "member_text_2": "index"},
    **{"4.1": "4.3.1.1-a", "4.2": "4.3.1.1-A", "4.3": "sup-select.from-where", "4.4": "x" * 200},
}
DAYS: Final = (
    *("0001-01-01", "0001-01-31", "0001-02-01", "0999-12-31", "1582-10-10", "1900-02-28"),
    *("1970-01-01", "2000-02-29", "2023-12-31", "2024-01-01", "2024-02-29", "2024-03-01"),
    *("2024-03-31", "9999-11-30", "9999-12-01", "9999-12-31"),
)
NUMBERS: Final = (-LARGEST, -(2**31) - 1, -1, 0, 1, 2**31, 2**32, LARGEST)
SPOILED: Final = (*TEXTS, "100%", "%", "_", "''", "\\'", "$1", "?", ":a", "--", "/*", "\u202eABC")
OPERANDS: Final[dict[FactType, tuple[Any, ...]]] = {
    FactType.INTEGER: (*NUMBERS, 2**63, -(2**64), 10**40),
    FactType.TEXT: SPOILED,
    FactType.DATE: DAYS,
}
NAMES: Final = {
    FactType.INTEGER: ("number", "limit", "age"),
    FactType.TEXT: ("word", "phrase", "nickname"),
    FactType.DATE: ("day", "other_day", "hired"),
}


def renamed(case: Case) -> Case:
    """The case with awkward names."""
    records = []
    for record in case[1]:
        text = case_text(case[0], record)
        for name, awkward in AWKWARD.items():
            text = text.replace(json.dumps(name), json.dumps(awkward))
        book, changed = read_case(text)
        records.append(changed)
    return book, tuple(records)


@SOME
@given(case=cases())
def test_names_that_sql_knows(case: Case) -> None:
    assert_all_same(*renamed(case))


def requirements(type_: FactType, op: Op) -> Iterator[Requirement]:
    """Requirements of each kind with an operator, on literals and on facts, as is and negated."""
    fact, _, field = NAMES[type_]
    taken = OPERANDS[OPERATORS[type_][op]]
    operands: Iterable[Any] = [*taken, FactRef(NAMES[OPERATORS[type_][op]][1])]
    if op is Op.ONE_OF:
        operands = [taken, taken[:1], taken[-3:]]
    if op is Op.WITHIN_DAYS:
        operands = [0, 1, 31, 365, 4_000_000, LARGEST, 2**70, FactRef("limit")]
    for operand in operands:
        test = FactTest(fact, type_, op, operand)
        yield Holds(test)
        yield Holds(Negated(test))
        yield AtLeast(1, "people", FactTest(field, type_, op, operand))
    if op is not Op.ONE_OF:
        of_member = {FactType.INTEGER: "age", FactType.TEXT: "nickname", FactType.DATE: "hired"}
        own = FactRef(of_member[OPERATORS[type_][op]])
        yield Every("people", FactTest(field, type_, op, own), allow_none=True)


def awkward_records(type_: FactType) -> list[Record]:
    """Records in which a fact, its operand and a member's field take each extreme value."""
    values: tuple[Any, ...] = {
        FactType.INTEGER: NUMBERS,
        FactType.TEXT: SPOILED,
        FactType.DATE: DAYS,
    }[type_]
    fact, other, field = NAMES[type_]
    found = []
    for number, value in enumerate((*values, None)):
        near = [values[(number + step) % len(values)] for step in (-1, 0, 5)]
        days = near if type_ is FactType.DATE else [DAYS[number % len(DAYS)]]
        for against, day in product((*near, None), days):
            members: tuple[Member, ...] = ({field: value}, {field: against, "age": 3}, {})
            facts: dict[str, Value] = {fact: value, other: against, "inspection.date": day}
            found.append(record_of({"limit": number, **facts, "people": members}))
    return found


OPERATIONS: Final = [
    (type_, op)
    for type_ in (FactType.INTEGER, FactType.TEXT, FactType.DATE)
    for op in OPERATORS[type_]
]


@pytest.mark.parametrize(("type_", "op"), OPERATIONS, ids=lambda each: each.value)
def test_extreme_values(type_: FactType, op: Op) -> None:
    rules = [
        rule_of(require, f"4.{number}", Reason.OTHER)
        for number, require in enumerate(requirements(type_, op))
    ]
    assert_all_same(book_of(*rules), awkward_records(type_))


@pytest.mark.parametrize("that", [None, FactTest("held", FactType.BOOLEAN, Op.EQUALS, True)])
def test_months_at_the_ends_of_the_calendar(that: FactTest | None) -> None:
    book = book_of(rule_of(EveryMonthSince("day", "events", "date", that), "4.1", Reason.OTHER))
    records = [
        record_of(
            {
                "day": since,
                "inspection.date": until,
                "events": tuple({"date": day, "held": held} for day in days),
            }
        )
        for since, until in (
            ("0001-01-31", "0001-03-01"),
            ("9999-10-31", "9999-12-31"),
            ("2024-03-31", "2024-02-29"),
            ("1990-06-30", "2026-04-12"),
        )
        for days in ((), DAYS, ("0001-01-01", "0001-02-28", "0001-03-31"), (None, "9999-11-01"))
        for held in (True, None)
    ]
    every = {"day": "0001-01-01", "inspection.date": "9999-12-31", "events": ()}
    assert_all_same(book, [*records, record_of(every)])


def test_many_records_stay_in_order() -> None:
    from compliance.engines.sql.engine import BATCH, Sql

    book = book_of(rule_of(Holds(FactTest("number", FactType.INTEGER, Op.AT_LEAST, 7)), "4.1"))
    records = [record_of({"number": number % 13}) for number in range(2 * BATCH + 1)]
    found = [answer.verdicts[0].outcome for answer in Sql(book).answers(records)]
    assert found == [oracle.answer(book, record).verdicts[0].outcome for record in records]
    assert list(Sql(book).answers([])) == []


def rows(book: RuleBook, records: Sequence[Record], result: str) -> list[Any]:
    """The rows of `summary` or `findings` on DuckDB."""
    from compliance.engines.sql import engine
    from compliance.engines.sql.dialects import render
    from compliance.engines.sql.relation import row, shape
    from compliance.engines.sql.statement import BookStatement

    columns = shape(book)
    statement = BookStatement(book, engine.relation(columns), {"bank": "outlet.id"})
    text = json.dumps([row(record, columns) for record in records])
    sql = render(getattr(statement, result)(), "duckdb")
    return engine.database().execute(sql, [text]).fetchall()


@SOME
@given(case=cases())
def test_the_summary_says_what_the_answers_say(case: Case) -> None:
    book, records = case
    binding = {rule.id for rule in book.rules if rule.verb.value != "should" and not rule.trial}
    expected = []
    for record in records:
        answer = oracle.answer(book, record)
        failed, waiting = (
            [v.rule for v in answer.verdicts if v.outcome is outcome and v.rule in binding]
            for outcome in (Outcome.FAIL, Outcome.NOT_OBSERVED)
        )
        named = (record.inspection.id, record.outlet.id, record.inspection.stage.value)
        reasons = [reason.value for reason in answer.reasons]
        opinion = None if answer.opinion is None else answer.opinion.value
        expected.append((*named, record.outlet.id, opinion, reasons, failed, waiting))
    assert rows(book, records, "summary") == expected


@SOME
@given(case=cases())
def test_one_row_a_finding(case: Case) -> None:
    book, records = case
    expected = [
        (verdict.rule, verdict.outcome.value, [i + 1 for i in verdict.members], [*verdict.months])
        for record in records
        for verdict in oracle.answer(book, record).verdicts
    ]
    assert [row[4:] for row in rows(book, records, "findings")] == expected


@SOME
@given(case=cases())
def test_violated_is_where_satisfied_is_false(case: Case) -> None:
    """The two normal forms of a condition; the statement holds the first alone."""
    from compliance.engines.sql import engine
    from compliance.engines.sql.conditions import condition
    from compliance.engines.sql.dialects import render
    from compliance.engines.sql.relation import row, shape
    from compliance.engines.sql.terms import Facts, titled

    book, records = case
    facts = Facts()
    forms = {}
    for number, rule in enumerate(book.rules):
        compiled = compile_rule(rule)
        if isinstance(rule.require, Holds) and compiled.that is not None:
            forms[f"satisfied {number}"] = condition(compiled.that.satisfied, facts)
            forms[f"violated {number}"] = condition(compiled.that.violated, facts)
    if not forms:
        return
    columns = shape(book)
    layer = titled(facts.columns).from_(engine.relation(columns).subquery("records"))
    tree = titled(forms).from_(layer.subquery("facts"))
    text = json.dumps([row(record, columns) for record in records])
    for found in engine.database().execute(render(tree, "duckdb"), [text]).fetchall():
        for satisfied, violated in zip(found[::2], found[1::2]):
            assert (satisfied, violated) in ((True, False), (False, True), (None, None))


@FEW
@given(case=cases())
def test_spark_sql_can_be_read(case: Case) -> None:
    from sqlglot import parse_one

    from compliance.engines.sql.dialects import DIALECTS, render
    from compliance.engines.sql.statement import BookStatement

    statement = BookStatement(renamed(case)[0])
    for tree in (statement.summary(), statement.answers(), statement.findings()):
        for dialect, own in DIALECTS.items():
            sql = render(tree, dialect)
            assert not any(f"{name}(" in sql for name in own)
            assert parse_one(sql, read=dialect).named_selects == tree.named_selects


def test_no_column_is_read_that_no_rule_uses() -> None:
    from compliance.engines.sql.dialects import render
    from compliance.engines.sql.relation import shape
    from compliance.engines.sql.statement import BookStatement

    book = load_rules()
    sql = render(BookStatement(book).answers(), "duckdb")
    read = shape(book)["observations"]
    assert read["publications"] == [{"date": "DATE"}]
    assert set(read["staff"][0]) == {"pre_job_trained", "able_to_serve", "dedicated"}
    assert "inspector" not in shape(book)["inspection"]
    unread = ("id_number", "phone", "title", "channel", "name", "inspector", "bank")
    assert not any(f'"{name}"' in sql for name in unread)
    assert all(f'"{name}"' in sql for name in (*read, *read["staff"][0]))


def test_every_operator_has_sql() -> None:
    from compliance.engines.sql.conditions import COMPILED

    assert set(COMPILED) == set(Op)


def test_an_operator_without_sql_is_a_fault_of_the_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    from compliance.engines.sql import conditions

    monkeypatch.delitem(conditions.COMPILED, Op.CONTAINS)  # type: ignore[arg-type]  # a dict
    rule = rule_of(Holds(FactTest("word", FactType.TEXT, Op.CONTAINS, "a")), "4.1")
    book = book_of(replace(rule, file="rules/adaptation/x.yaml", line=7))
    with pytest.raises(RulesError, match=r"rules/adaptation/x\.yaml:7: .*`4\.1`.*`contains`"):
        engines.engine("sql", book)


def test_without_its_libraries(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(engines, "sql_importable", lambda: "No module named 'duckdb'")
    with pytest.raises(InputError, match="compliance\\[sql\\]"):
        engines.engine("sql", load_rules())
    status, _, error = call(capsys, "check", str(ROOT / "inspections"), "--engine", "sql")
    assert status == 2
    assert "No module named 'duckdb'" in error and "pip install" in error


@pytest.mark.parametrize("format_", REPORTS)
def test_check_gives_the_same_but_for_the_engines_name(
    format_: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(ROOT / "inspections")
    found = {}
    for name in ("sql", engines.engine(None, load_rules()).name):
        status, out, error = call(
            capsys, "check", folder, "--engine", name, "--format", format_, "--lang", "en"
        )
        found[name] = (status, out.replace(name, "ENGINE"), error)
    first, second = found.values()
    assert first == second


def test_a_run_asks_in_batches() -> None:
    """Each record keeps its answer, and a wrong one is a difference of that record alone."""
    from compliance.engines.direct import Direct
    from compliance.engines.sql.engine import Sql

    book = book_of(rule_of(Holds(FactTest("flag", FactType.BOOLEAN, Op.EQUALS, True)), "4.1"))
    records = [replace(record_of({"flag": flag}), source=str(flag)) for flag in (True, False, None)]
    steps: list[None] = []
    reports, problems = _run(book, Sql(book), Direct(book), records, steps)
    assert ([record for record, _ in reports], problems, len(steps)) == (records, [], 3)
    other = book_of(rule_of(Holds(FactTest("other", FactType.BOOLEAN, Op.EQUALS, True)), "4.1"))
    reports, problems = _run(book, Sql(other), Direct(book), records, steps)
    assert [record.source for record, _ in reports] == ["None"]
    assert [problem.place.file for problem in problems] == ["True", "False"]


def _run(
    book: RuleBook,
    first: engines.Engine,
    second: engines.Engine,
    records: Sequence[Record],
    steps: list[None],
) -> tuple[list[Any], list[Any]]:
    clause = replace(load_rules().standard)
    known = {**clause.clauses, "4.1": next(iter(clause.clauses.values()))}
    with_clause = replace(book, standard=replace(clause, clauses=known))
    return run(with_clause, first, second, records, lambda: steps.append(None))
