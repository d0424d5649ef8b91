"""The shipped rules: their examples, the fixture records, the form's captions, the digest."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from compliance.load import load_rules, shipped_rules
from compliance.outcome import Answer, Outcome, Verb
from compliance.record import Record
from compliance.record_schema import schema_text
from compliance.rulebook import Example, OutletType, Rule
from compliance.submission import read_submissions
from tests import oracle
from tests.agree import engines

BOOK: Final = load_rules()
ENGINES: Final = engines(BOOK)
FIXTURES: Final = sorted((Path(__file__).parents[1] / "fixtures" / "adaptation").iterdir())
EXAMPLES: Final = [
    pytest.param(rule, type_, example, id=f"{rule.id} {type_.value} {position}")
    for rule in BOOK.rules
    for type_ in sorted(rule.applies_to)
    for position, example in enumerate(rule.examples)
]


def read(path: Path) -> Record:
    """The one record of a file without faults."""
    submission = read_submissions([path], BOOK)
    assert [problem.message("en") for problem in submission.problems] == []
    (record,) = submission.records
    return record


def answers(record: Record) -> Answer:
    """What the oracle and every engine say; they say the same."""
    expected = oracle.answer(BOOK, record)
    for name, engine in ENGINES.items():
        assert engine.answer(record) == expected, name
    return expected


@pytest.mark.parametrize(("rule", "type_", "example"), EXAMPLES)
def test_example(rule: Rule, type_: OutletType, example: Example, tmp_path: Path) -> None:
    data: dict[str, Any] = {
        "inspection": {
            "id": "YL-2026-9001",
            "stage": rule.stage.value,
            "date": example.date,
            "inspector": "检查员示例",
        },
        "outlet": {"id": "YL-901", "name": "示例网点", "type": type_.value, "bank": "甲样例银行"},
        "observations": example.given,
    }
    path = tmp_path / "example.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    outcomes = {verdict.rule: verdict.outcome for verdict in answers(read(path)).verdicts}
    assert outcomes[rule.id] is Outcome(example.then)


@pytest.mark.parametrize("rule", BOOK.rules, ids=lambda rule: rule.id)
def test_binding_rules_show_each_outcome(rule: Rule) -> None:
    shown = {example.then for example in rule.examples}
    assert rule.verb is Verb.SHOULD or shown >= {"pass", "fail", "not_observed"}


@pytest.mark.parametrize("folder", FIXTURES, ids=lambda folder: folder.name)
def test_fixture(folder: Path) -> None:
    answer = answers(read(folder / "record.yaml"))
    assert {
        "opinion": answer.opinion and answer.opinion.value,
        "reasons": [reason.value for reason in answer.reasons],
        "findings": {verdict.rule: verdict.outcome.value for verdict in answer.verdicts},
    } == yaml.safe_load((folder / "findings.yaml").read_text(encoding="utf-8"))


def test_the_committed_schema_is_current() -> None:
    written = shipped_rules() / "schema" / "record.schema.json"
    assert written.read_text(encoding="utf-8") == schema_text(BOOK)


def test_the_digest_is_of_the_content(tmp_path: Path) -> None:
    rules = Path(shutil.copytree(shipped_rules(), tmp_path / "rules"))
    file = rules / "supplementary.yaml"
    text = file.read_text(encoding="utf-8")
    verb, reason = "  verb: shall\n", "  reason: other\n"
    assert verb in text and reason in text
    spaced = "# a remark\n\n" + text.replace(": {", ":   {") + "\n\n"
    moved = text.replace(verb, "").replace(reason, reason + verb)
    changed = text.replace(reason, "  reason: personnel\n")
    for written, same in ((spaced, True), (moved, True), (changed, False)):
        assert written != text
        file.write_text(written, encoding="utf-8")
        assert (load_rules(rules).digest == BOOK.digest) is same
    assert load_rules(rules, supplementary=False).digest != BOOK.digest
