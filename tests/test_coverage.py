"""The account of the standard: what answers each sentence, and what is wrong with it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from wcwidth import wcswidth

from compliance.assure.account import Fate, read_account
from compliance.assure.captions import caption_remarks
from compliance.assure.coverage import account_remarks
from compliance.assure.wording import digest
from compliance.load import read_rules, shipped_rules
from compliance.remarks import FORMATS
from tests.cli_samples import call
from tests.coverage_samples import NOTE, remarks_of, seen, write_rules, write_standard
from tests.test_load import spoil


@pytest.fixture
def standard(tmp_path: Path) -> Path:
    return write_standard(tmp_path)


@pytest.fixture
def rules(tmp_path: Path, standard: Path) -> Path:
    return write_rules(tmp_path, standard)


def test_the_shipped_account_has_no_error() -> None:
    files = read_rules()
    account = read_account(files)
    assert account_remarks(files, account) == () == caption_remarks(files, None)
    assert {s.part for s in account.sentences} == set(account.parts)
    assert set(files.book.standard.clauses) <= set(account.parts)
    assert {s.fate for s in account.sentences} == set(Fate)


def test_the_shipped_digests_are_quoted() -> None:
    # Digits with an e between them would be a number to YAML.
    text = (shipped_rules() / "wording.yaml").read_text(encoding="utf-8")
    bare = re.sub(r'"[0-9a-f]{16}"', "", text)
    assert re.findall(r"\b[0-9a-f]{16}\b", bare) == []


def test_the_digest_of_the_rule_book_is_not_of_the_account(rules: Path) -> None:
    before = read_rules(rules).book.digest
    (rules / "wording.yaml").unlink()
    assert read_rules(rules).book.digest == before


@pytest.mark.parametrize(
    ("file", "old", "new", "check", "said"),
    [
        ("wording", 'foreword: {why: {zh: 样例, en: Sample}}', "foreword: {}",
         "sentence-without-answer", "`foreword` has no answer"),
        ("wording", 'foreword: {why', "foreword: {form: B.1, why", "two-answers", "form, why"),
        ("wording", '"9.1": {items', '"8": {items', "sentence-without-answer", "`8-`"),
        ("wording", "form: B.1}", "form: B.2}", "unknown-form", "no form `B.2`, only B.1"),
        ("wording", "parts:\n", 'parts:\n  "9.4": {not_yet: {zh: 样, en: x}}\n',
         "clause-said-twice", "`9.4`"),
        ("wording", "id: 9.3#1", "id: 9.33#1", "unknown-clause", "did you mean `9.3`"),
        ("wording", "id: 9.3#1", "id: 9.4#2", "clause-without-sentence", "clause `9.3`"),
        ("wording", "id: 9.3#1", "id: 9.4#1", "duplicate-sentence", "`9.4#1` stands at line"),
        ("wording", "9.2#1, fate: recommendation", "9.2#1, fate: requirement",
         "verb-differs", "the fate requirement, but clause `9.2` has the verb should"),
        ("wording", "9.1#1, fate: requirement", "9.1#1, fate: recommendation",
         "verb-differs", "clause `9.1-a` has the verb shall"),
        ("wording", "9.2#1, fate: recommendation", "9.2#1, fate: not_checkable",
         "fate-differs", "need a `why`"),
        ("wording", "foreword#1, fate: not_checkable", "foreword#1, fate: requirement",
         "fate-differs", "needs rules, a document"),
        ("wording", "foreword#1, fate: not_checkable", "foreword#1, fate: form",
         "fate-differs", "a form needs"),
        ("standard", 'fate: rules, answers: ["9.2"]', "fate: rules, answers: []",
         "sentence-without-answer", "names none"),
        ("standard", 'fate: rules, answers: ["9.2"]', "fate: rules, answers: []",
         "rule-without-clause", "rule `9.2`"),
        ("standard", "fate: document, answers: []" + NOTE, "fate: document, answers: []",
         "sentence-without-answer", "no rule and no note"),
        ("standard", "fate: document, answers: []", 'fate: document, answers: ["9.2"]',
         "fate-differs", "the fate document and yet names the rules 9.2"),
        ("standard", 'answers: ["9.2"]', 'answers: ["9.2", "9.1-a"]',
         "answer-differs", "says that it is of clause `9.1-a`"),
        ("standard", 'written: "9.2", verb: should', 'written: "9.2", verb: shall',
         "verb-differs", "the rule `9.2` that answers it has should"),
    ],
)  # fmt: skip
def test_a_fault_of_the_account(
    file: str, old: str, new: str, check: str, said: str, rules: Path
) -> None:
    spoil(rules / f"{file}.yaml", old, new)
    found = [r for r in remarks_of(rules) if r.check == check and said in r.text.en]
    assert len(found) >= 1
    place = found[0].place
    assert place.line and place.column
    line = Path(place.file).read_text(encoding="utf-8").split("\n")[place.line - 1]
    assert len(line) >= place.column


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("fate: procedure", "fate: Procedure", "did you mean `procedure`?"),
        ("id: 9.3#1", "id: 9.3", "expected text"),
        ("id: 9.3#1", "id: 9.3a", "is not written as CLAUSE#NUMBER"),
        (
            digest("双方互换样例文件"),
            "12",
            "is not written as a digest of 16 lower-case hex digits",
        ),
        ("items: true", "items: false", "expected one of true"),
    ],
)
def test_a_malformed_account_is_refused(
    old: str, new: str, said: str, rules: Path, capfd: Any
) -> None:
    spoil(rules / "wording.yaml", old, new)
    status, out, err = call(capfd, "rules", "coverage", rules, "--lang", "en")
    assert (status, out) == (2, "") and said in err
    assert err.startswith(f"{rules / 'wording.yaml'}:") and err.count("\n") == 1


def test_what_waits_is_counted_and_named(rules: Path, capfd: pytest.CaptureFixture[str]) -> None:
    status, out, _ = call(capfd, "rules", "coverage", rules, "--lang", "en")
    assert status == 0
    assert "Not yet answered, 3 sentences of: 9.4, A.1." in out
    status, out, _ = call(capfd, "rules", "coverage", rules, "--format", "json")
    data = json.loads(out)
    assert data["counts"]["not_yet"] == 3
    assert sum(data["counts"]["by_fate"].values()) == data["counts"]["sentences"]
    assert [c["id"] for c in data["clauses"] if c["not_yet"]] == ["9.4", "A.1"]
    assert [s["id"] for s in data["sentences"]][:3] == ["foreword#1", "heading#9", "9.1#1"]
    (clause,) = (c for c in data["clauses"] if c["id"] == "9.1")
    assert clause["items"] == clause["rules"] == ["9.1-a", "9.1-b"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_table_keeps_to_a_width(lang: Any) -> None:
    from compliance.assure.coverage_report import as_text, review

    account = read_account(read_rules())
    text = as_text(account, review(account, ()), lang, 100)
    table = text.split("\n\n")[0].split("\n")
    assert max(wcswidth(line) for line in table) <= 100
    assert len(table) > len(account.parts)


def test_no_wording(rules: Path, standard: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The lines to paste, fates put in, make the account that was taken away."""
    whole = (rules / "wording.yaml").read_text(encoding="utf-8")
    (rules / "wording.yaml").unlink()
    (remark,) = remarks_of(rules)
    assert remark.check == "no-wording" and remark.place.file == str(rules)
    remarks = seen(capfd, rules, standard)
    assert [r["check"] for r in remarks[:2]] == ["no-wording", "wording-new"]
    lines = [f"  {r['shown_by'].splitlines()[-1]}\n" for r in remarks[1:]]
    given = yaml.safe_load("".join(lines))
    assert [s["digest"] for s in given] == [s["digest"] for s in yaml.safe_load(whole)["sentences"]]


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_says_it(format_: str, rules: Path, capfd: Any) -> None:
    spoil(rules / "wording.yaml", "id: 9.3#1", "id: 9.33#1")
    first = call(capfd, "rules", "coverage", rules, "--format", format_)
    assert first[0] == 1 and "unknown-clause" in first[1] and first[2] == ""
    assert call(capfd, "rules", "coverage", rules, "--format", format_) == first
