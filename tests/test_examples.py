"""Examples and fixtures on every engine, and what is said of those that are wrong."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import pytest

from compliance.assure import examples
from compliance.assure.example_review import SHOWN, review_examples
from compliance.assure.examples import (
    alone,
    answered,
    available_engines,
    check_fixtures,
    example_record,
    outcome_of,
    read_fixtures,
    said_of,
)
from compliance.assure.skeleton import skeleton
from compliance.engines import engine
from compliance.errors import InputError
from compliance.load import load_rules, read_rules, shipped_rules
from compliance.outcome import Answer, ExitStatus, Outcome
from compliance.record import Record
from compliance.remarks import Remark, Review
from compliance.rulebook import Example, OutletType, Rule
from compliance.source import parse_yaml
from tests.agree import ENGINE_NAMES
from tests.cli_samples import call

BOOK: Final = load_rules()
FIXTURES: Final = Path(__file__).parents[1] / "fixtures"
FILE: Final = "adaptation/bank_branch.yaml"
TELEVISION: Final = "    - {given: {television: true}, then: pass}\n"
Change = Callable[[str, str], Review]


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A copy of the shipped rules."""
    return Path(shutil.copytree(shipped_rules(), tmp_path / "规 则"))


@pytest.fixture
def change(rules: Path) -> Change:
    """Puts one text of the branch's rules in place of another and reviews the examples."""

    def changed(old: str, new: str) -> Review:
        file = rules / FILE
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        return review_examples(read_rules(rules))

    return changed


def only(review: Review) -> Remark:
    """The one remark of a review that fails."""
    assert review.exit_status is ExitStatus.FINDINGS
    (remark,) = review.remarks
    return remark


def stands(remark: Remark, text: str) -> bool:
    """Whether the remark's place is where `text` begins in its file."""
    line = Path(remark.place.file).read_text(encoding="utf-8").splitlines()
    assert remark.place.line is not None and remark.place.column is not None
    return line[remark.place.line - 1][remark.place.column - 1 :].startswith(text)


def rule(id_: str) -> Rule:
    """A shipped rule."""
    found = BOOK.rule(id_)
    assert found is not None
    return found


# The shipped rules


def test_shipped_rules_are_as_their_examples_and_fixtures_say() -> None:
    review = review_examples(read_rules(), FIXTURES)
    assert [remark.message("en") for remark in review.remarks] == []
    assert review.exit_status is ExitStatus.OK
    pairs = len(list(FIXTURES.rglob("findings.yaml")))
    written = sum(len(rule.examples) for rule in BOOK.rules)
    assert len(review.cases) == len(set(review.cases)) == written + pairs
    start = f"{written} examples of {len(BOOK.rules)} rules and {pairs} fixtures on "
    assert review.summary.en.startswith(start)
    assert all(name in review.summary.en for name in ENGINE_NAMES)


@pytest.mark.parametrize("name", ENGINE_NAMES)
def test_a_rule_alone_gives_what_the_whole_book_gives(name: str) -> None:
    whole = engine(name, BOOK)
    for each in BOOK.rules:
        one = engine(name, alone(BOOK, each))
        tries = [(type_, example) for type_ in each.applies_to for example in each.examples]
        records = [example_record(each, type_, example) for type_, example in tries]
        outcomes = [outcome_of(each, answer) for answer in answered(one, records)]
        assert outcomes == [Outcome(example.then) for _, example in tries]
        assert outcomes == [outcome_of(each, whole.answer(record)) for record in records]


def test_an_example_may_state_the_dates_that_are_no_facts() -> None:
    given = {"outlet.listed_on": "2026-01-05", "inspection.previous_inspection_date": "2026-01-09"}
    example = Example({**given, "television": True}, "pass", "2026-04-12")
    record = example_record(rule("4.3.1.3-d"), OutletType.BANK_BRANCH, example)
    assert dict(record.observations) == {"television": True}
    assert {name: record.observed(name) for name in given} == given
    assert record.observed("inspection.date") == "2026-04-12"


# Wrong examples


def test_a_wrong_example_is_named_at_its_outcome(change: Change) -> None:
    wrong = TELEVISION.replace("pass", "not_observed")
    remark = only(change(TELEVISION, TELEVISION + wrong))
    assert (remark.check, remark.case) == ("example-wrong", "4.3.1.3-d example 2")
    assert stands(remark, "not_observed}")
    assert "says not_observed, the rule gives pass for bank_branch" in remark.text.en
    assert all(name in remark.text.en and name in remark.text.zh for name in ENGINE_NAMES)


def test_engines_that_differ_are_told_apart(
    change: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    if len(ENGINE_NAMES) == 1:
        pytest.skip("there is one engine here")
    told = answered

    def mistaken(built: examples.Engine, records: Sequence[Record]) -> list[Answer]:
        right = told(built, records)
        if built.name != "durable":
            return right
        return [
            a._replace(verdicts=tuple(v._replace(outcome=Outcome.FAIL) for v in a.verdicts))
            for a in right
        ]

    monkeypatch.setattr("compliance.assure.example_review.answered", mistaken)
    remarks = change(TELEVISION, TELEVISION.replace("pass", "not_observed")).remarks
    said = [r.text.en for r in remarks if r.case == "4.3.1.3-d example 1"]
    assert ["(on durable)" in said[0], "(on direct" in said[1]] == [True, True]


@pytest.mark.parametrize(
    ("given", "at", "why"),
    [
        ("televsion: true", "televsion: true", "did you mean `television`?"),
        ("television: yes", "yes", "expected true, false or null"),
        ("leaflets: true", "leaflets: true", "`leaflets`"),
        ("staff: [{name: 甲示例, dedicated: 1}]", "1}", "expected true, false or null"),
        ("publications: [{date: 2026-02-30}]", "2026-02-30", "there is no date"),
        ("publications: [{date: 2026-02-01}]", "2026-02-01", "lies after the inspection"),
        ("inspection.date: 2026-01-01", "inspection.date", "unknown key"),
        ("outlet.listed_on: 2026-02-30", "2026-02-30", "there is no date"),
    ],
)
def test_an_example_that_is_no_record_is_not_run(
    change: Change, given: str, at: str, why: str
) -> None:
    remark = only(
        change("{given: {television: true}, then: pass}", f"{{given: {{{given}}}, then: pass}}")
    )
    assert (remark.check, remark.case) == ("example-invalid", "4.3.1.3-d example 1")
    assert why in remark.text.en
    assert stands(remark, at)
    assert remark.place.path.startswith("[11].examples[0].given.")


def test_no_id_number_is_repeated(change: Change) -> None:
    number = "110101199003070000"
    given = f"staff: [{{name: 甲示例, id_number: '{number}'}}], '{number}': 1"
    review = change("given: {television: true}", f"given: {{{given}}}")
    assert {remark.check for remark in review.remarks} == {"example-invalid"}
    assert number not in repr(review)


def test_an_example_outside_of_the_period_is_invalid(change: Change) -> None:
    title = "  title: {zh: 电视机, en: Television set}\n"
    review = change(title, f"{title}  effective: {{from: 2027-01-01}}\n")
    assert {remark.check for remark in review.remarks} == {"example-invalid"}
    assert len(review.remarks) == len(rule("4.3.1.3-d").examples)
    assert "write a `date`" in review.remarks[0].text.en


def test_one_invalid_example_keeps_no_other_from_running(change: Change) -> None:
    wrong = TELEVISION.replace("true", "1") + TELEVISION.replace("pass", "fail")
    checks = [remark.check for remark in change(TELEVISION, wrong + TELEVISION).remarks]
    assert checks == ["example-invalid", "example-wrong"]


# Missing examples


@pytest.mark.parametrize("id_", ["4.3.1.3-d", "4.3.1.4"])
@pytest.mark.parametrize("missing", ["pass", "fail"])
def test_a_missing_example_is_shown_ready_to_paste(rules: Path, id_: str, missing: str) -> None:
    fact = {"4.3.1.3-d": "television", "4.3.1.4": "staff_relatively_fixed"}[id_]
    value = "true" if missing == "pass" else "false"
    line = f"    - {{given: {{{fact}: {value}}}, then: {missing}}}\n"
    file = rules / FILE
    text = file.read_text(encoding="utf-8")
    assert line in text
    file.write_text(text.replace(line, ""), encoding="utf-8")
    remark = only(review_examples(read_rules(rules)))
    assert (remark.check, remark.case) == ("missing-example", id_)
    assert stands(remark, "examples:")
    assert f"no example that gives {missing};" in remark.text.en
    assert f"    {remark.shown_by}\n" == line


@pytest.mark.parametrize("outcome", [Outcome.PASS, Outcome.FAIL, Outcome.NOT_OBSERVED])
@pytest.mark.parametrize("each", BOOK.rules, ids=lambda rule: rule.id)
def test_what_is_shown_gives_the_outcome(each: Rule, outcome: Outcome) -> None:
    document = parse_yaml(skeleton(BOOK, each, outcome), "shown.yaml")
    (data,) = document.data  # type: ignore[union-attr]
    example = Example(data["given"], data["then"], data.get("date", "2026-01-31"))
    assert example.then == outcome.value
    for type_ in each.applies_to:
        direct = engine("direct", alone(BOOK, each))
        answer = direct.answer(example_record(each, type_, example))
        assert outcome_of(each, answer) is outcome


# Fixtures


@pytest.fixture
def fixtures(tmp_path: Path) -> Path:
    """Two fixtures, at different depths, beside files that are none."""
    folder = tmp_path / "样例"
    shutil.copytree(FIXTURES / "adaptation" / "branch-conforming", folder / "a" / "b" / "good")
    shutil.copytree(FIXTURES / "adaptation" / "rural-three-reasons", folder / "rural")
    (folder / "notes.yaml").write_text("none: true\n", encoding="utf-8")
    return folder


def reviewed(fixtures: Path) -> Review:
    """The review of the shipped rules with these fixtures."""
    return review_examples(read_rules(), fixtures)


def test_fixtures_are_found_at_any_depth(fixtures: Path) -> None:
    found = read_fixtures(fixtures, BOOK)
    assert [fixture.name for fixture in found] == ["a/b/good", "rural"]
    for name in ENGINE_NAMES:
        built = engine(name, BOOK)
        assert [said_of(built.answer(f.record)) == f.expected for f in found] == [True, True]
    assert {"a/b/good", "rural"} <= set(reviewed(fixtures).cases)


def test_a_wrong_fixture_is_named_at_its_first_difference(fixtures: Path) -> None:
    file = fixtures / "rural" / "findings.yaml"
    text = file.read_text(encoding="utf-8")
    text = text.replace("4.3.2.2: fail", "4.3.2.2: pass").replace("personnel, ", "")
    file.write_text(text.replace("4.3.2.1-a: pass\n", "4.3.1.2: pass\n"), encoding="utf-8")
    remark = only(reviewed(fixtures))
    assert (remark.check, remark.case) == ("fixture-wrong", "rural")
    assert stands(remark, "pass")
    for difference in (
        "4.3.1.2: expected pass, got nothing",
        "4.3.2.2: expected pass, got fail",
        "4.3.2.1-a: expected nothing, got pass",
        "reasons: expected equipment, other, got equipment, personnel, other",
    ):
        assert difference in remark.text.en


def test_many_differences_are_counted(fixtures: Path) -> None:
    file = fixtures / "a" / "b" / "good" / "findings.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(": pass", ": fail"), encoding="utf-8")
    wrong = text.count(": pass")
    assert f"; {wrong - SHOWN} more; correct the rule" in only(reviewed(fixtures)).text.en


@pytest.mark.parametrize(
    ("file", "old", "new", "why"),
    [
        ("record.yaml", None, None, "there is no such file"),
        ("findings.yaml", None, None, "there is no such file"),
        ("record.yaml", "farmer_terminal", "terminal", "unknown key `terminal`"),
        ("record.yaml", "inspection:", "inspection: [", "is not valid YAML"),
        ("findings.yaml", "4.3.2.2", "4.3.2.9", "there is no rule `4.3.2.9`"),
        ("findings.yaml", "4.3.2.2: fail", "4.3.2.2: failed", "did you mean `fail`?"),
        ("findings.yaml", "non_conforming", "no", "expected one of"),
        ("findings.yaml", "opinion: non_conforming", "", "opinion"),
        ("findings.yaml", "findings:", "findings: null\nx:", "findings"),
    ],
)
def test_a_broken_fixture_is_a_remark(
    fixtures: Path, file: str, old: str | None, new: str | None, why: str
) -> None:
    path = fixtures / "rural" / file
    if old is None or new is None:
        path.unlink()
    else:
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    review = reviewed(fixtures)
    assert {remark.check for remark in review.remarks} == {"fixture-invalid"}
    assert why in review.remarks[0].text.en
    assert review.remarks[0].place.file == str(path)
    assert "a/b/good" in review.cases and "rural" not in review.cases
    with pytest.raises(InputError):
        read_fixtures(fixtures, BOOK)
    assert len(check_fixtures(fixtures, BOOK)[0]) == 1


# Engines and the command


def test_a_missing_engine_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examples, "durable_importable", lambda: "no compiler")
    monkeypatch.setattr(examples, "sql_importable", lambda: "no duckdb")
    assert available_engines() == (("direct",), {"durable": "no compiler", "sql": "no duckdb"})
    review = review_examples(read_rules())
    assert review.exit_status is ExitStatus.OK
    assert "The engine durable is missing (no compiler)." in review.summary.en
    assert "durable" in review.summary.zh


def test_the_command_takes_fixtures_beside_the_rules(
    rules: Path,
    fixtures: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    status, out, _ = call(capfd, "rules", "test", rules, "--lang", "en")
    assert status == 0 and "only the examples were run" in out
    fixtures.rename(rules.parent / "fixtures")
    monkeypatch.chdir(rules)
    status, out, err = call(capfd, "rules", "test", ".", "--lang", "en")
    assert (status, err) == (0, "") and "and 2 fixtures on" in out
    (rules.parent / "fixtures" / "rural" / "findings.yaml").unlink()
    status, out, _ = call(capfd, "rules", "test", "--lang", "en")
    assert status == 0
    status, out, _ = call(capfd, "rules", "test", ".", "--lang", "en")
    assert status == 1 and "[fixture-invalid]" in out


def test_what_is_no_folder_is_bad_input(rules: Path, capfd: pytest.CaptureFixture[str]) -> None:
    missing = rules / "nowhere"
    for args in ((missing,), (rules, "--fixtures", missing)):
        status, out, err = call(capfd, "rules", "test", *args, "--lang", "en")
        assert (status, out) == (2, "")
        assert err.startswith(f"{missing}: there is no such file or folder")
    (rules / FILE).write_text("", encoding="utf-8")
    status, out, err = call(capfd, "rules", "test", rules, "--lang", "en")
    assert (status, out) == (2, "") and "is empty" in err
