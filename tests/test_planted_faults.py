"""The generated cases find a fault planted in either engine, each in turn.

A fault planted around an engine makes it misread the rules, the record or its own result in
one way; a fault planted inside replaces one of its parts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import import_module
from types import ModuleType
from typing import Any, Final

import pytest
from hypothesis import Phase, given, settings

from compliance import condition as c
from compliance import opinion
from compliance.engines import direct, program
from compliance.outcome import Answer, Opinion, Outcome, Reason, Verb, Verdict
from compliance.record import Record, Value
from compliance.rulebook import Rule, RuleBook
from tests.agree import EVERY_ENGINE, Engine, disagreement, engine, needs_durable, needs_sql
from tests.strategies import cases

Case = tuple[RuleBook, tuple[Record, ...]]

Misread = Callable[[c.Condition], c.Condition]


def rewritten(condition: c.Condition, misread: Misread) -> c.Condition:
    """The condition with each of its parts misread, the innermost first."""
    if isinstance(condition, c.Not):
        return misread(c.Not(rewritten(condition.item, misread)))
    if isinstance(condition, c.All):
        return misread(c.All(tuple(rewritten(item, misread) for item in condition.items)))
    if isinstance(condition, c.Any):
        return misread(c.Any(tuple(rewritten(item, misread) for item in condition.items)))
    return misread(condition)


def misread_condition(misread: Misread) -> Callable[[Rule], Rule]:
    """A fault in how every condition of a rule is read."""

    def change(rule: Rule) -> Rule:
        when = None if rule.when is None else rewritten(rule.when, misread)
        if rule.require.that is None:
            return replace(rule, when=when)
        require = replace(rule.require, that=rewritten(rule.require.that, misread))
        return replace(rule, when=when, require=require)

    return change


def operator(right: c.Op, wrong: c.Op) -> Callable[[Rule], Rule]:
    """One operator taken for another."""

    def misread(condition: c.Condition) -> c.Condition:
        if isinstance(condition, c.Test) and condition.op is right:
            return replace(condition, op=wrong)
        return condition

    return misread_condition(misread)


def any_as_all(condition: c.Condition) -> c.Condition:
    return c.All(condition.items) if isinstance(condition, c.Any) else condition


def all_as_any(condition: c.Condition) -> c.Condition:
    return c.Any(condition.items) if isinstance(condition, c.All) else condition


def not_forgotten(condition: c.Condition) -> c.Condition:
    return condition.item if isinstance(condition, c.Not) else condition


def last_choice_forgotten(condition: c.Condition) -> c.Condition:
    if isinstance(condition, c.Test) and isinstance(condition.operand, tuple):
        return replace(condition, operand=condition.operand[:-1] or condition.operand)
    return condition


def empty_list_taken(rule: Rule) -> Rule:
    if isinstance(rule.require, c.Every):
        return replace(rule, require=replace(rule.require, allow_none=True))
    return rule


def one_too_many(rule: Rule) -> Rule:
    if isinstance(rule.require, c.AtLeast):
        return replace(rule, require=replace(rule.require, count=rule.require.count + 1))
    return rule


def advice_binds(rule: Rule) -> Rule:
    return replace(rule, verb=Verb.SHALL)


RULE_FAULTS: Final[Mapping[str, Callable[[Rule], Rule]]] = {
    "at_least read as at_most": operator(c.Op.AT_LEAST, c.Op.AT_MOST),
    "at_most read as equals": operator(c.Op.AT_MOST, c.Op.EQUALS),
    "on_or_before read as on_or_after": operator(c.Op.ON_OR_BEFORE, c.Op.ON_OR_AFTER),
    "on_or_after read as equals": operator(c.Op.ON_OR_AFTER, c.Op.EQUALS),
    "contains read as equals": operator(c.Op.CONTAINS, c.Op.EQUALS),
    "in_month_of read as equals": operator(c.Op.IN_MONTH_OF, c.Op.EQUALS),
    "in_month_before read as in_month_of": operator(c.Op.IN_MONTH_BEFORE, c.Op.IN_MONTH_OF),
    "any read as all": misread_condition(any_as_all),
    "all read as any": misread_condition(all_as_any),
    "not forgotten": misread_condition(not_forgotten),
    "last choice of one_of forgotten": misread_condition(last_choice_forgotten),
    "empty list passes every": empty_list_taken,
    "at_least counts one too many": one_too_many,
    "when forgotten": lambda rule: replace(rule, when=None),
    "advice binds": advice_binds,
    "trials bind": lambda rule: replace(rule, trial=False),
    "effective_from forgotten": lambda rule: replace(rule, effective_from=None),
    "effective_to forgotten": lambda rule: replace(rule, effective_to=None),
}


def unknown_as_false(name: str, value: Value) -> Value:
    return False if value is None and "boolean" in name else value


def unknown_list_as_empty(name: str, value: Value) -> Value:
    return () if value is None and "list" in name else value


def last_member_lost(name: str, value: Value) -> Value:
    return value[:-1] if isinstance(value, tuple) else value


def text_as_truth(name: str, value: Value) -> Value:
    return "1" if value in ("1", "01", "1.0", "true", "True") else value


def integers_of_32_bits(name: str, value: Value) -> Value:
    return value % 2**32 if "integer" in name and isinstance(value, int) else value


VALUE_FAULTS: Final[Mapping[str, Callable[[str, Value], Value]]] = {
    "not observed taken for false": unknown_as_false,
    "a list not observed taken for empty": unknown_list_as_empty,
    "the last member lost": last_member_lost,
    "texts compared as truth values": text_as_truth,
    "large integers wrap": integers_of_32_bits,
}


def reasons_forgotten(answer: Answer) -> Answer:
    return answer._replace(reasons=answer.reasons[:1])


def other_reason_ignored(answer: Answer) -> Answer:
    if answer.reasons != (Reason.OTHER,):
        return answer
    return answer._replace(reasons=(), opinion=Opinion.CONFORMING)


def pending_as_conforming(answer: Answer) -> Answer:
    pending = answer.opinion is Opinion.PENDING
    return answer._replace(opinion=Opinion.CONFORMING) if pending else answer


def each_verdict(change: Callable[[Verdict], Verdict]) -> Callable[[Answer], Answer]:
    """A fault in the verdict on every rule."""
    return lambda answer: answer._replace(verdicts=tuple(map(change, answer.verdicts)))


def not_observed_fails(verdict: Verdict) -> Verdict:
    unknown = verdict.outcome is Outcome.NOT_OBSERVED
    return verdict._replace(outcome=Outcome.FAIL) if unknown else verdict


def not_applicable_passes(verdict: Verdict) -> Verdict:
    idle = verdict.outcome is Outcome.NOT_APPLICABLE
    return verdict._replace(outcome=Outcome.PASS) if idle else verdict


ANSWER_FAULTS: Final[Mapping[str, Callable[[Answer], Answer]]] = {
    "reasons after the first forgotten": reasons_forgotten,
    "a reason ignored": other_reason_ignored,
    "pending taken for conforming": pending_as_conforming,
    "not observed fails": each_verdict(not_observed_fails),
    "not applicable passes": each_verdict(not_applicable_passes),
    "members counted from 1": each_verdict(
        lambda verdict: verdict._replace(members=tuple(n + 1 for n in verdict.members))
    ),
    "last month forgotten": each_verdict(
        lambda verdict: verdict._replace(months=verdict.months[:-1])
    ),
}


class Faulty:
    """An engine with one fault planted in it."""

    def __init__(self, right: Engine, fault: str) -> None:
        self._right = right
        self._fault = fault

    def answer(self, record: Record) -> Answer:
        """The answer of an engine that has this fault."""
        value_fault = VALUE_FAULTS.get(self._fault)
        if value_fault is not None:
            record = replace(record, observations=misseen(record.observations, value_fault))
        answer = self._right.answer(record)
        answer_fault = ANSWER_FAULTS.get(self._fault)
        return answer if answer_fault is None else answer_fault(answer)


def misseen(
    observations: Mapping[str, Value], fault: Callable[[str, Value], Value]
) -> dict[str, Value]:
    """The observations with each value, and each of a member's, seen wrongly."""
    seen: dict[str, Value] = {}
    for name, value in observations.items():
        wrong = fault(name, value)
        if isinstance(wrong, tuple):
            wrong = tuple(misseen(member, fault) for member in wrong)  # type: ignore[misc]
        seen[name] = wrong
    return seen


@pytest.fixture(scope="module")
def corpus() -> list[Case]:
    """The generated cases, the same in every run."""
    found: list[Case] = []

    @settings(max_examples=1000, deadline=None, derandomize=True, phases=[Phase.generate])
    @given(cases())
    def collect(case: Case) -> None:
        found.append(case)

    collect()
    assert len(found) > 800
    return found


def is_found(name: str, fault: str, case: Case) -> bool:
    """Whether this case finds `fault`, planted around the engine `name`."""
    book, records = case
    rule_fault = RULE_FAULTS.get(fault, lambda rule: rule)
    misread = replace(book, rules=tuple(map(rule_fault, book.rules)))
    if fault in RULE_FAULTS and misread == book:
        return False
    faulty = Faulty(engine(name, misread), fault)
    return any(disagreement(book, record, {name: faulty}) for record in records)


@pytest.mark.parametrize("name", EVERY_ENGINE)
@pytest.mark.parametrize("fault", [*RULE_FAULTS, *VALUE_FAULTS, *ANSWER_FAULTS])
def test_a_fault_around_an_engine_is_found(name: str, fault: str, corpus: list[Case]) -> None:
    assert any(is_found(name, fault, case) for case in corpus)


def without_de_morgan(condition: c.Condition, holds: bool) -> program.Formula:
    """The normal form of a negation whose `and` and `or` stay what they were."""
    if isinstance(condition, c.Test):
        return program.Literal(condition, holds)
    if isinstance(condition, c.Not):
        return without_de_morgan(condition.item, not holds)
    items = tuple(without_de_morgan(item, holds) for item in condition.items)
    return program.And(items) if isinstance(condition, c.All) else program.Or(items)


Patch = pytest.MonkeyPatch


def strict_at_least(patch: Patch) -> None:
    patch.setitem(direct.COMPARE, c.Op.AT_LEAST, lambda value, other: value > other)


def month_without_year(patch: Patch) -> None:
    patch.setattr(direct, "month_number", lambda day: int(day[5:7]) - 1)


def lenient_count(patch: Patch) -> None:
    right = direct.count
    patch.setattr(
        direct, "count", lambda require, n, yes, no: right(require, n, yes, no) is not False
    )


def decision_without_last_reason(patch: Patch) -> None:
    right = opinion.decide

    def decide(*arguments: Any) -> tuple[Opinion | None, tuple[Reason, ...]]:
        decided, reasons = right(*arguments)
        return decided, reasons[:-1]

    patch.setattr(direct, "decide", decide)


def durable_module() -> ModuleType:
    """The engine's module, imported only where a test runs that needs it."""
    from compliance.engines import durable

    return durable


def comparison_as_equality(patch: Patch) -> None:
    patch.setattr(durable_module(), "AT_MOST", ())


def missing_number_as_zero(patch: Patch) -> None:
    right = durable_module().encoded

    def encoded(*arguments: Any) -> dict[str, Any]:
        return {k: "true" if k.endswith("k") else v for k, v in right(*arguments).items()}

    patch.setattr(durable_module(), "encoded", encoded)


def last_subject_lost(patch: Patch) -> None:
    right = durable_module().Durable._subjects

    def subjects(self: Any, record: Record, rules: Any) -> list[Any]:
        first, *others = right(self, record, rules)
        return [first, *others[:-1]]

    patch.setattr(durable_module().Durable, "_subjects", subjects)


def first_month_lost(patch: Patch) -> None:
    right = durable_module()._month_range
    patch.setattr(durable_module(), "_month_range", lambda *args: right(*args)[1:])


def chain_of_one_reason(patch: Patch) -> None:
    chain = [item for item in durable_module().CHAIN if item[0] != ("reason", "personnel")]
    patch.setattr(durable_module(), "CHAIN", chain)


def chain_that_guesses(patch: Patch) -> None:
    guess = {("opinion", "pending"): ("opinion", "conforming")}
    chain = [(guess.get(mark, mark), tests) for mark, tests in durable_module().CHAIN]
    patch.setattr(durable_module(), "CHAIN", chain)


DIRECT_PARTS: Final = (
    strict_at_least,
    month_without_year,
    lenient_count,
    decision_without_last_reason,
)
DURABLE_PARTS: Final = (
    comparison_as_equality,
    missing_number_as_zero,
    last_subject_lost,
    first_month_lost,
    chain_of_one_reason,
    chain_that_guesses,
)


def sql_part(name: str) -> Any:
    """A module of the SQL engine, imported only where a test runs that needs it."""
    return import_module(f"compliance.engines.sql.{name}")


def unknown_item_as_false(patch: Patch) -> None:
    def any_true(truths: Any) -> Any:
        dialects = sql_part("dialects")
        return dialects.call("LIST_CONTAINS", truths, dialects.exp.true())

    patch.setitem(sql_part("dialects").DIALECTS["duckdb"], "ANY_TRUE", any_true)


def empty_list_unlooked_at(patch: Patch) -> None:
    patch.setattr(sql_part("members"), "_any_member", lambda truths: sql_part("dialects").all_of())


def month_by_its_first_day(patch: Patch) -> None:
    terms = sql_part("terms")
    patch.setattr(terms, "last_of_month", terms.first_of_month)


def days_cut_short(patch: Patch) -> None:
    patch.setattr(sql_part("conditions"), "LONGEST", 30)


def exempt_counts(patch: Patch) -> None:
    patch.setattr(sql_part("layers").Verdict, "or_exempt", property(lambda self: self.value))


SQL_PARTS: Final = (
    unknown_item_as_false,
    empty_list_unlooked_at,
    month_by_its_first_day,
    days_cut_short,
    exempt_counts,
)


def any_case_differs(name: str, corpus: list[Case]) -> bool:
    """Whether the engine `name`, as it now is, differs from the oracle in some case."""
    for book, records in corpus:
        built = {name: engine(name, book)}
        if any(disagreement(book, record, built) for record in records):
            return True
    return False


@pytest.mark.parametrize("name", EVERY_ENGINE)
def test_nothing_is_found_where_nothing_is_planted(name: str, corpus: list[Case]) -> None:
    assert not any_case_differs(name, corpus[:100])


@pytest.mark.parametrize("plant", DIRECT_PARTS)
def test_a_fault_inside_direct_is_found(
    plant: Callable[[Patch], None], corpus: list[Case], monkeypatch: Patch
) -> None:
    plant(monkeypatch)
    assert any_case_differs("direct", corpus)


@needs_durable
@pytest.mark.parametrize("plant", DURABLE_PARTS)
def test_a_fault_inside_durable_is_found(
    plant: Callable[[Patch], None], corpus: list[Case], monkeypatch: Patch
) -> None:
    plant(monkeypatch)
    assert any_case_differs("durable", corpus)


@needs_sql
@pytest.mark.parametrize("plant", SQL_PARTS)
def test_a_fault_inside_sql_is_found(
    plant: Callable[[Patch], None], corpus: list[Case], monkeypatch: Patch
) -> None:
    plant(monkeypatch)
    assert any_case_differs("sql", corpus)


@pytest.mark.parametrize("name", EVERY_ENGINE)
def test_a_fault_in_what_the_engines_share_is_found(
    name: str, corpus: list[Case], monkeypatch: Patch
) -> None:
    monkeypatch.setattr(program, "normal", without_de_morgan)
    assert any_case_differs(name, corpus)
