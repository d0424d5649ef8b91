"""Every engine answers as the oracle does, for generated rule books and records.

Records generated without regard to any rule book are read, or refused with the reasons.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance.load import load_rules
from compliance.record import Record
from compliance.rulebook import RuleBook
from compliance.submission import read_submissions
from tests import oracle
from tests.agree import (
    DISAGREEMENTS,
    EVERY_ENGINE,
    assert_all_same,
    case_text,
    disagreement,
    engine,
    engines,
    read_case,
)
from tests.strategies import any_record, cases

MANY = settings(
    max_examples=600,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
Case = tuple[RuleBook, tuple[Record, ...]]


@pytest.mark.parametrize("name", EVERY_ENGINE)
@MANY
@given(case=cases())
def test_engine_equals_oracle(name: str, case: Case) -> None:
    book, records = case
    assert_all_same(book, records, {name: engine(name, book)})


@settings(MANY, max_examples=50)
@given(case=cases())
def test_a_case_survives_being_written(case: Case) -> None:
    book, (record, *_) = case
    assert read_case(case_text(book, record)) == (book, record)


def test_kept_disagreements_are_settled() -> None:
    for folder in sorted(DISAGREEMENTS.iterdir()):
        if folder.is_dir():
            book, record = read_case((folder / "case.json").read_text(encoding="utf-8"))
            message = disagreement(book, record, engines(book))
            assert message is None, f"{folder.name}: {message}"


@settings(MANY, max_examples=60)
@given(mappings=st.lists(any_record(), min_size=10, max_size=10))
def test_what_is_no_record_is_refused_with_reasons(
    mappings: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    book = load_rules()
    file = tmp_path_factory.getbasetemp() / "generated.ndjson"
    for number, mapping in enumerate(mappings):
        if isinstance(mapping.get("inspection"), dict) and "id" in mapping["inspection"]:
            mapping["inspection"]["id"] = f"YL-{number}"  # repeated ids are refused together
    file.write_text("".join(f"{json.dumps(m)}\n" for m in mappings), encoding="utf-8")
    submission = read_submissions([Path(file)], book)
    refused = {problem.place.line for problem in submission.problems}
    read = {int(record.source.rsplit(":", 1)[1]) for record in submission.records}
    assert refused | read == set(range(1, 11))
    assert not refused & read
    assert_all_same(book, submission.records)


def test_generated_cases_reach_every_outcome_of_every_requirement() -> None:
    seen: Counter[tuple[str, str]] = Counter()

    @settings(MANY, max_examples=600)
    @given(case=cases())
    def count(case: Case) -> None:
        book, records = case
        for answer in [oracle.answer(book, record) for record in records]:
            seen[("opinion", str(answer.opinion))] += 1
            for verdict in answer.verdicts:
                rule = book.rule(verdict.rule)
                assert rule is not None
                seen[(type(rule.require).__name__, verdict.outcome.value)] += 1

    count()
    kinds = ("Holds", "Every", "AtLeast", "EveryMonthSince")
    outcomes = ("pass", "fail", "not_observed")
    assert {(kind, outcome) for kind in kinds for outcome in outcomes} <= set(seen)
    assert "not_applicable" in {outcome for _, outcome in seen}
    assert len([what for what, _ in seen if what == "opinion"]) == 4
