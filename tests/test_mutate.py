"""Mistakes that nobody notices are said, with what would notice them; shipped rules have none."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from compliance.assure.example_review import review_examples
from compliance.assure.examples import Fixture, Said
from compliance.assure.mutants import mutants
from compliance.assure.mutate import review_mutants
from compliance.assure.noticing import Noticing
from compliance.assure.viable import refused
from compliance.errors import InputError, Problem
from compliance.load import read_rules, shipped_rules
from compliance.outcome import ExitStatus, Reason
from compliance.remarks import FORMATS, Remark, Review, render
from compliance.rulebook import Example, Rule, RuleBook
from compliance.source import Document, parse_yaml
from compliance.submission import to_record
from tests.cli_samples import call
from tests.strategies import rule_books
from tests.test_conditions import book_of, document, requirement, rule_of

FIXTURES: Final = shipped_rules().parent / "fixtures"
needs_solver: Final = pytest.mark.skipif(
    find_spec("z3") is None, reason="z3, of the extra `assure`, is not installed"
)
# Three examples, one for each outcome: what an author in a hurry would write.
WEAK: Final = {
    "4.3.1.5": (
        "{staff: [{name: 甲示例, pre_job_trained: true, able_to_serve: true}]}",
        "{staff: [{name: 甲示例, pre_job_trained: false, able_to_serve: false}]}",
        "{}",
    ),
    "4.3.2.1-b": (
        "{notice_board: true, leaflets: true}",
        "{notice_board: false, leaflets: false}",
        "{}",
    ),
    "4.3.2.2": (
        "{staff: [{name: 甲示例, dedicated: true}]}",
        "{staff: [{name: 甲示例, dedicated: false}]}",
        "{}",
    ),
    "sup-monthly-publication": (
        "{publications: [{date: 2026-01-12}]}",
        "{publications: [{date: 2024-01-12}]}",
        "{}",
    ),
}


@needs_solver
def test_the_shipped_rules_have_no_mistake_that_goes_unnoticed() -> None:
    review = review_mutants(read_rules())
    assert [remark.message("en") for remark in review.remarks] == []
    assert len(review.cases) == len(set(review.cases)) > 200
    assert review.exit_status is ExitStatus.OK


def weakened(folder: Path, id_: str) -> Path:
    """The shipped rules in a folder, one of them with three examples only."""
    rules = Path(shutil.copytree(shipped_rules(), folder / "rules"))
    (file,) = (path for path in rules.rglob("*.yaml") if f"\n- id: {id_}\n" in path.read_text())
    before, rest = file.read_text(encoding="utf-8").split(f"- id: {id_}\n")
    head, tail = rest.split("  examples:\n", 1)
    after = "".join(f"\n\n- id: {other}" for other in tail.split("\n\n- id: ")[1:])
    lines = (
        f"    - {{given: {given_}, then: {then}}}\n"
        for given_, then in zip(WEAK[id_], ("pass", "fail", "not_observed"))
    )
    text = f"{before}- id: {id_}\n{head}  examples:\n{''.join(lines)}{after.lstrip()}"
    file.write_text(text, encoding="utf-8")
    return rules


def paste(rules: Path, fixtures: Path, id_: str, remark: Remark) -> None:
    """Put what a remark shows where its text says."""
    if remark.shown_by.startswith("- "):
        file = Path(remark.place.file)
        before, rest = file.read_text(encoding="utf-8").split(f"- id: {id_}\n")
        rest = rest.replace("  examples:\n", f"  examples:\n    {remark.shown_by}\n", 1)
        file.write_text(f"{before}- id: {id_}\n{rest}", encoding="utf-8")
        return
    case = fixtures / f"pasted-{len(list(fixtures.iterdir()))}"
    case.mkdir()
    for name, text in two_files(remark.shown_by).items():
        (case / name).write_text(text, encoding="utf-8")


def two_files(text: str) -> dict[str, str]:
    """The files of a fixture as they are shown, by name."""
    record, findings = text.removeprefix("# record.yaml\n").split("\n# findings.yaml\n")
    return {"record.yaml": record, "findings.yaml": findings}


def unnoticed(review: Review) -> list[str]:
    """The cases that survive."""
    return [remark.case for remark in review.remarks]


@needs_solver
@pytest.mark.parametrize("id_", WEAK)
def test_what_is_shown_notices_the_mistake_once_it_is_pasted(id_: str, tmp_path: Path) -> None:
    rules, fixtures = weakened(tmp_path, id_), tmp_path / "fixtures"
    fixtures.mkdir()
    review = review_mutants(read_rules(rules), [id_], fixtures)
    assert review.exit_status is ExitStatus.FINDINGS
    kinds = {remark.shown_by.startswith("- ") for remark in review.remarks}
    assert kinds == {True, False}
    again = unnoticed(review)
    while review.remarks:
        remark = review.remarks[0]
        assert remark.check == "survivor" and remark.shown_by
        paste(rules, fixtures, id_, remark)
        review = review_mutants(read_rules(rules), [id_], fixtures)
        left = unnoticed(review)
        assert remark.case not in left and set(left) < set(again)
        again = left
    # What was pasted holds on every engine.
    assert review_examples(read_rules(rules), fixtures).exit_status is ExitStatus.OK


@needs_solver
def test_a_survivor_stands_where_the_rule_would_be_wrong(tmp_path: Path) -> None:
    rules = weakened(tmp_path, "4.3.1.5")
    (tmp_path / "none").mkdir()
    review = review_mutants(read_rules(rules), ["4.3.1.5"], tmp_path / "none")
    text = Path(review.remarks[0].place.file).read_text(encoding="utf-8").splitlines()
    at = {
        remark.case.split()[1].rstrip(":"): text[(remark.place.line or 0) - 1].strip()
        for remark in review.remarks
    }
    assert at["drop-conjunct"] in ("pre_job_trained: true", "able_to_serve: true")
    assert at["all-any"] == "that:"
    assert at["quantifier"] == at["allow-none"] == "every: staff"
    assert at["reason"] == "reason: personnel"
    assert at["verb"] == "verb: shall"
    assert at["trial"] == "- id: 4.3.1.5"
    for name in FORMATS:
        for lang in ("zh", "en"):
            assert "survivor" in render(name, review, lang)  # type: ignore[arg-type]


# What is shown, for any rule ---------------------------------------------------------------


def parsed(text: str) -> Document:
    found = parse_yaml(text, "shown.yaml")
    assert not isinstance(found, Problem), found.message("en")
    return found


def with_example(book: RuleBook, rule: Rule, text: str) -> Noticing:
    """The examples of a rule: the one that is shown."""
    ((entry),) = parsed(text).data
    day = entry.get("date", "2026-01-31")
    own = replace(rule, examples=(Example(entry["given"], entry["then"], day),))
    return Noticing(replace(book, rules=(own,)), (own,), ())


def with_fixture(book: RuleBook, text: str) -> Noticing:
    """The fixtures of a book: the one that is shown."""
    files = {name: parsed(content) for name, content in two_files(text).items()}
    data: dict[str, Any] = files["findings.yaml"].data
    said = Said(data["opinion"], tuple(data["reasons"]), data["findings"])
    record = to_record(files["record.yaml"])
    return Noticing(book, (), (Fixture("shown", record, said, files["findings.yaml"]),))


@needs_solver
@settings(
    max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
@given(rule_books(), st.data())
def test_what_is_shown_holds_for_the_rule_and_not_for_the_mutant(
    book: RuleBook, data: st.DataObject
) -> None:
    from compliance.assure.solver import Undecided
    from compliance.assure.telling import telling

    rule = book.rules[-1]
    viable = [each for each in mutants(rule, book) if not refused(each.rule, book)]
    assume(viable)
    mutant = data.draw(st.sampled_from(viable))
    try:
        told = telling(book, rule, mutant.rule)
    except Undecided:
        assume(False)
    if told is None:
        return
    if told.is_example:
        noticing = with_example(book, rule, told.text)
        assert not noticing.wrong_examples
        assert noticing.by_examples(rule, mutant.rule)
    else:
        noticing = with_fixture(book, told.text)
        assert not noticing.wrong_fixtures
        assert noticing.by_fixtures(rule, mutant.rule)


@needs_solver
def test_where_no_rule_is_in_force_nothing_can_be_shown() -> None:
    from compliance.assure.telling import telling

    rule = replace(
        rule_of(requirement(document("{flag: true}")), reason=Reason.OTHER),
        effective_from="2026-03-01",
    )
    told = {
        mutant.now: telling(book_of(rule), rule, mutant.rule)
        for mutant in mutants(rule, book_of(rule))
        if mutant.operator == "effective"
    }
    # A record of the day before is refused: no rule covers it, so no fixture can hold it.
    assert told[""] is None and told["from: 2026-02-28"] is None
    later = told["from: 2026-03-02"]
    assert later is not None and later.text.startswith("- {date: 2026-03-01, given: {")
    # Beside a rule that covers the day before, a fixture shows that the other is in force too.
    book = book_of(rule, replace(rule, id="4.2", effective_from=None))
    (earlier,) = (m for m in mutants(rule, book) if m.now == "from: 2026-02-28")
    shown = telling(book, rule, earlier.rule)
    assert shown is not None and not shown.is_example and "date: 2026-02-28" in shown.text


# What a run can say beside that ------------------------------------------------------------


@needs_solver
def test_what_is_proved_to_change_nothing_is_counted_and_named(tmp_path: Path) -> None:
    rules = Path(shutil.copytree(shipped_rules(), tmp_path / "rules"))
    file = rules / "adaptation" / "bank_branch.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("television: true\n", "any: [{television: true}]\n", 1), "utf-8")
    review = review_mutants(read_rules(rules), ["4.3.1.3-d"], FIXTURES)
    assert review.remarks == ()
    summary = review.summary.en
    assert "1 equivalent (proved), 0 survivors" in summary
    named = "4.3.1.3-d all-any: `any: [{television: true}]` changed to `all: [{television: true}]`"
    assert summary.endswith(f"equivalent (proved): {named}")


@needs_solver
def test_what_the_solver_cannot_decide_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from compliance.assure import telling
    from compliance.assure.solver import Undecided

    def gives_up(*_: object) -> None:
        raise Undecided

    monkeypatch.setattr(telling, "telling", gives_up)
    review = review_mutants(read_rules(weakened(tmp_path, "4.3.2.2")), ["4.3.2.2"])
    assert {remark.check for remark in review.remarks} == {"undecided"}
    assert review.exit_status is ExitStatus.FINDINGS
    assert str(tmp_path / "fixtures") in review.summary.zh


@needs_solver
def test_an_example_that_is_wrong_already_stops_the_run(tmp_path: Path) -> None:
    rules = weakened(tmp_path, "4.3.2.2")
    file = rules / "adaptation" / "rural_point.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("dedicated: true}]}, then: pass", "dedicated: true}]}, then: fail")
    )
    with pytest.raises(InputError) as raised:
        review_mutants(read_rules(rules), ["4.3.2.2"])
    (problem,) = raised.value.problems
    assert problem.key == "wrong_example" and problem.place.line is not None
    file.write_text(text.replace("notice_board: true, leaflets: true}, then", "leaflets: 1}, then"))
    with pytest.raises(InputError) as raised:
        review_mutants(read_rules(rules), ["4.3.2.1-b"])
    assert [problem.key for problem in raised.value.problems] == ["wrong_type"]


@needs_solver
def test_a_fixture_that_is_wrong_already_stops_the_run(tmp_path: Path) -> None:
    case = Path(shutil.copytree(FIXTURES / "adaptation" / "rural-conforming", tmp_path / "case"))
    findings = case / "findings.yaml"
    text = findings.read_text(encoding="utf-8")
    findings.write_text(text.replace("4.3.2.2: pass", "4.3.2.2: fail"), encoding="utf-8")
    with pytest.raises(InputError) as raised:
        review_mutants(read_rules(), ["4.3.1.2"], tmp_path)
    assert [problem.key for problem in raised.value.problems] == ["wrong_fixture"]


@needs_solver
def test_the_command(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, out, err = call(capfd, "rules", "mutate", "--rule", "4.3.1.2", "--lang", "en")
    assert (status, err) == (0, "")
    assert out.startswith("1 rules, ") and "flip-value true and false mixed up" in out
    assert call(capfd, "rules", "mutate", "--rule", "4.3.1.2", "--lang", "en")[1] == out
    status, out, err = call(capfd, "rules", "mutate", "--rule", "4.3.1.22")
    assert (status, out) == (2, "") and "4.3.1.2" in err
    status, out, err = call(capfd, "rules", "mutate", "--fixtures", tmp_path / "无此 文件夹")
    assert (status, out) == (2, "") and "无此 文件夹" in err
    (tmp_path / "rules").mkdir()
    assert call(capfd, "rules", "mutate", tmp_path / "rules")[0] == 2


def test_without_the_solver_the_command_says_how_to_get_it(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "z3", None)
    status, out, err = call(capfd, "rules", "mutate")
    assert (status, out) == (2, "") and 'pip install "compliance[assure]"' in err
