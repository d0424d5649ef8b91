"""Two rule books compared by meaning: each class with its witness, and what inspections come to."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from compliance import condition, filing, output
from compliance.assure.diff import Change, Ground, Instance, RuleChange, RulesDiff, compare
from compliance.assure.diff_names import Subject
from compliance.assure.diff_said import Said
from compliance.assure.forecast import Direction, Forecast, Judged, forecast
from compliance.assure.mutants import mutants
from compliance.assure.reads import conditions_of, names_read
from compliance.assure.revisions import read_rules_at
from compliance.assure.viable import refused
from compliance.engines.direct import Direct
from compliance.errors import Problem
from compliance.load import RuleFiles, load_rules, read_rules, shipped_rules
from compliance.opinion import report_on
from compliance.outcome import Opinion, Outcome, Verb
from compliance.record import Record, Value
from compliance.rulebook import Rule, RuleBook
from compliance.source import parse_yaml
from compliance.submission import read_submissions
from tests import oracle
from tests.cli_samples import call, record, submit
from tests.strategies import observed_record, rule_books
from tests.test_solver import within_cut

BRANCH: Final = "adaptation/bank_branch.yaml"
RURAL: Final = "adaptation/rural_point.yaml"
OWNER: Final = "supplementary.yaml"
MONTHLY: Final = "sup-monthly-publication"
INSPECTIONS: Final = Path(__file__).parents[1] / "inspections"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A copy of the shipped rules that a test may change."""
    return Path(shutil.copytree(shipped_rules(), tmp_path / "新 规则"))


def edit(folder: Path, file: str, rule: str, old: str, new: str) -> None:
    """Put `new` in the place of the first `old` in the rule's entry."""
    text = (folder / file).read_text(encoding="utf-8")
    start = text.index(f"- id: {rule}\n")
    following = text.find("\n- id:", start)
    end = len(text) if following < 0 else following
    assert old in text[start:end]
    entry = text[start:end].replace(old, new, 1)
    (folder / file).write_text(text[:start] + entry + text[end:], encoding="utf-8")


def reword(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def remove(folder: Path, file: str, rule: str) -> str:
    """Take a rule out of its file and out of the answers of clauses; its entry.

    A file without a rule is no rule file: it goes too.
    """
    text = (folder / file).read_text(encoding="utf-8")
    start = text.index(f"- id: {rule}\n")
    following = text.find("\n- id:", start)
    end = len(text) if following < 0 else following
    left = (text[:start] + text[end:]).strip("\n") + "\n"
    (folder / file).write_text(left, encoding="utf-8")
    if "- id:" not in left:
        (folder / file).unlink()
    standard = (folder / "standard.yaml").read_text(encoding="utf-8")
    for answers in (f"[{rule}]", f'["{rule}"]'):
        standard = standard.replace(f"answers: {answers}", "answers: []")
    (folder / "standard.yaml").write_text(standard, encoding="utf-8")
    return text[start:end]


def compared(rules: Path) -> RulesDiff:
    """The shipped rules compared with `rules`."""
    return compare(read_rules(shipped_rules()), read_rules(rules), "old", "new")


def the_change(diff: RulesDiff) -> RuleChange:
    """The one rule that differs."""
    (found,) = diff.differing
    return found


def demand(book: RuleBook, rule: Rule | None, record: Record) -> int:
    """What a rule demands of a record, by the oracle."""
    if rule is None or rule.verb is Verb.SHOULD or rule.trial:
        return 0
    alone = replace(book, rules=(rule,))
    levels = {Outcome.FAIL: 2, Outcome.NOT_OBSERVED: 1}
    return sum(levels.get(said.outcome, 0) for said in oracle.answer(alone, record).verdicts)


def outcome(book: RuleBook, rule: Rule | None, record: Record) -> Outcome | None:
    """What a rule says of a record, by the oracle; None where it is not in force."""
    if rule is None:
        return None
    verdicts = oracle.answer(replace(book, rules=(rule,)), record).verdicts
    return verdicts[0].outcome if verdicts else None


def demands(diff: RulesDiff, each: RuleChange, record: Record) -> tuple[int, int]:
    return (
        demand(diff.old.book, each.old, record),
        demand(diff.new.book, each.new, record),
    )


def assert_shown(diff: RulesDiff, each: RuleChange) -> None:
    """What a change claims of its records is so, by the oracle."""
    if each.rise:
        before, after = demands(diff, each, each.rise.record)
        assert before < after
    if each.fall:
        before, after = demands(diff, each, each.fall.record)
        assert before > after
    if each.other:
        before, after = demands(diff, each, each.other.record)
        assert before == after
    for found in each.instances:
        assert_said(diff, each, found)


def assert_said(diff: RulesDiff, each: RuleChange, found: Instance) -> None:
    assert found.old is outcome(diff.old.book, each.old, found.record)
    assert found.new is outcome(diff.new.book, each.new, found.record)


# Each class -------------------------------------------------------------------------------

EVERY, ONE = "every: staff", "at_least: 1\n    of: staff"
CASES: Final = [
    (Change.TIGHTENED, RURAL, "4.3.2.2", ONE, EVERY),
    (Change.LOOSENED, RURAL, "4.3.2.3", EVERY, ONE),
    (Change.LOOSENED, BRANCH, "4.3.1.5", "      able_to_serve: true\n", ""),
    (Change.TIGHTENED, RURAL, "4.3.2.2", "dedicated: true", "dedicated: true, able_to_serve: true"),
    (Change.CHANGED, RURAL, "4.3.2.2", "{dedicated: true}", "{able_to_serve: true}"),
    (Change.CHANGED, BRANCH, "4.3.1.1-a", "    waiting_area: true", "    waiting_area: false"),
    (Change.LOOSENED, BRANCH, "4.3.1.1-a", "  verb:", "  status: trial\n  verb:"),
    (Change.LOOSENED, BRANCH, "4.3.1.1-a", "  verb:", "  effective: {from: 2026-06-01}\n  verb:"),
    (Change.LOOSENED, OWNER, MONTHLY, "[bank_branch, rural_point]", "[bank_branch]"),
    (Change.TIGHTENED, OWNER, MONTHLY, "at_least: 1", "at_least: 2"),
    (Change.RELABELLED, BRANCH, "4.3.1.1-a", "reason: facilities", "reason: equipment"),
    (Change.WITHOUT_EFFECT, OWNER, MONTHLY, "basis: owner", "basis: standard"),
    (Change.WITHOUT_EFFECT, BRANCH, "4.3.1.1-a", "verb: shall", "verb: shall_not"),
    (Change.REWORDED, BRANCH, "4.3.1.1-a", "en: Waiting area", "en: The waiting area"),
    (Change.REWORDED, BRANCH, "4.3.1.1-a", "given: {waiting_area: null}", "given: {}"),
    (
        Change.REWORDED,
        BRANCH,
        "4.3.1.1-a",
        "    waiting_area: true",
        "    not: {waiting_area: false}",
    ),
]


@pytest.mark.parametrize(
    ("expected", "file", "rule", "old", "new"), CASES, ids=[f"{c[0].value}-{c[2]}" for c in CASES]
)
def test_a_change_is_classified_and_shown(
    rules: Path, expected: Change, file: str, rule: str, old: str, new: str
) -> None:
    edit(rules, file, rule, old, new)
    diff = compared(rules)
    each = the_change(diff)
    assert (each.rule.id, each.change) == (rule, expected)
    assert bool(each.rise) is (expected in (Change.TIGHTENED, Change.CHANGED))
    assert bool(each.fall) is (expected in (Change.LOOSENED, Change.CHANGED))
    assert_shown(diff, each)
    assert not diff.same


def test_a_box_alone_is_shown_by_a_failure(rules: Path) -> None:
    edit(rules, BRANCH, "4.3.1.1-a", "reason: facilities", "reason: equipment")
    each = the_change(compared(rules))
    assert each.ground is Ground.WRITTEN and each.other is not None
    assert each.other.old is each.other.new is Outcome.FAIL


def test_what_is_proved_and_what_is_read_off_are_told_apart(rules: Path) -> None:
    edit(rules, BRANCH, "4.3.1.1-a", "    waiting_area: true", "    not: {waiting_area: false}")
    edit(rules, BRANCH, "4.3.1.1-b", "zh: 导办区", "zh: 导办区域")
    found = {each.rule.id: each for each in compared(rules).differing}
    assert {each.change for each in found.values()} == {Change.REWORDED}
    assert found["4.3.1.1-a"].ground is Ground.PROVED
    assert found["4.3.1.1-b"].ground is Ground.WRITTEN
    assert found["4.3.1.1-b"].keys == ("title",)


def test_a_change_of_advice_has_no_effect(rules: Path, tmp_path: Path) -> None:
    edit(rules, BRANCH, "4.3.1.1-a", "  verb: shall", "  verb: should")
    edit(rules, BRANCH, "4.3.1.1-a", "  reason: facilities\n", "")
    changed = Path(shutil.copytree(rules, tmp_path / "changed"))
    edit(changed, BRANCH, "4.3.1.1-a", "    waiting_area: true", "    waiting_area: false")
    diff = compare(read_rules(rules), read_rules(changed), "old", "new")
    each = the_change(diff)
    assert each.change is Change.WITHOUT_EFFECT and each.ground is Ground.PROVED
    assert each.other is not None and each.other.old is not each.other.new
    assert_shown(diff, each)


def test_months_are_proved_within_the_cut_only(rules: Path, tmp_path: Path) -> None:
    text = (
        "  require:\n    every_month_since: {fact: outlet.listed_on}\n"
        "    of: publications\n    dated_by: date\n"
    )
    entry = remove(rules, OWNER, MONTHLY)
    entry = re.sub(r"  require:\n(?:    .*\n)+", text, entry)
    entry = re.sub(r"  examples:\n(?:    .*\n?)+", "  examples: [{given: {}, then: fail}]\n", entry)
    (rules / OWNER).write_text(entry, encoding="utf-8")
    changed = Path(shutil.copytree(rules, tmp_path / "changed"))
    that = "    dated_by: date\n    that: {title: 样例}\n"
    edit(changed, OWNER, MONTHLY, "    dated_by: date\n", that)
    diff = compare(read_rules(rules), read_rules(changed), "old", "new")
    each = the_change(diff)
    assert (each.change, each.ground) == (Change.TIGHTENED, Ground.MONTHS)
    assert_shown(diff, each)


def test_added_and_removed_rules_show_what_they_ask(rules: Path) -> None:
    remove(rules, BRANCH, "4.3.1.1-a")
    old, new = read_rules(shipped_rules()), read_rules(rules)
    gone, come = compare(old, new, "a", "b"), compare(new, old, "b", "a")
    removed, added = the_change(gone), the_change(come)
    assert (removed.change, added.change) == (Change.REMOVED, Change.ADDED)
    assert removed.fall and removed.fall.old is Outcome.FAIL and not removed.rise
    assert added.rise and added.rise.new is Outcome.FAIL and not added.fall
    assert_shown(gone, removed)
    assert_shown(come, added)
    assert [entry.key for entry in gone.entries] == ["answers"]


def test_a_rule_under_another_id_is_renamed(rules: Path) -> None:
    entry = remove(rules, OWNER, MONTHLY).replace(MONTHLY, "sup-other", 1)
    (rules / OWNER).write_text(entry, encoding="utf-8")
    each = the_change(compared(rules))
    assert (each.change, each.ground) == (Change.RENAMED, Ground.WRITTEN)
    assert each.old and each.new and (each.old.id, each.new.id) == (MONTHLY, "sup-other")


def test_a_renamed_rule_may_be_written_otherwise(rules: Path) -> None:
    entry = remove(rules, OWNER, MONTHLY).replace(MONTHLY, "sup-other", 1)
    one, two = re.findall(r"        - date: .*\n", entry)
    (rules / OWNER).write_text(entry.replace(one + two, two + one), encoding="utf-8")
    each = the_change(compared(rules))
    assert (each.change, each.ground, each.keys) == (Change.RENAMED, Ground.PROVED, ("require",))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("at_least: 1", "at_least: 2"),
        ("reason: other", "reason: personnel"),
        ("basis: owner", "basis: standard"),
    ],
)
def test_what_is_not_quite_the_same_is_not_renamed(rules: Path, old: str, new: str) -> None:
    entry = remove(rules, OWNER, MONTHLY).replace(MONTHLY, "sup-other", 1)
    (rules / OWNER).write_text(entry.replace(old, new, 1), encoding="utf-8")
    found = {each.change for each in compared(rules).differing}
    assert found == {Change.ADDED, Change.REMOVED}


def retype(rules: Path) -> None:
    """The television becomes the date since which there is one."""
    text = (rules / "facts.yaml").read_text(encoding="utf-8")
    text = re.sub(r"(  television:\n    type: )boolean", r"\1date", text)
    (rules / "facts.yaml").write_text(text, encoding="utf-8")
    text = (rules / BRANCH).read_text(encoding="utf-8")
    now = "television: {on_or_before: {fact: inspection.date}}"
    text = text.replace("    television: true", f"    {now}")
    text = text.replace("television: true}", "television: 2026-01-02}")
    text = text.replace("television: false}, then: fail", "television: 2026-01-03}, then: pass")
    (rules / BRANCH).write_text(text, encoding="utf-8")


def test_a_retyped_fact_is_compared_with_nothing(rules: Path) -> None:
    retype(rules)
    diff = compared(rules)
    each = the_change(diff)
    assert (each.change, each.ground, each.instances) == (Change.CHANGED, Ground.NONE, ())
    assert each.misread and each.misread.name == "television"
    assert [(e.subject, e.name, e.key, e.old, e.new) for e in diff.entries] == [
        (Subject.FACT, "television", "type", "boolean", "date")
    ]


def test_a_field_that_became_a_fact_is_another_thing(rules: Path, tmp_path: Path) -> None:
    edit(rules, OWNER, MONTHLY, "        - date: {in_month_before", "        - date: {on_or_before")
    edit(
        rules, OWNER, MONTHLY, "on_or_before: {fact: inspection.date}", "on_or_before: {fact: due}"
    )
    as_fact = Path(shutil.copytree(rules, tmp_path / "fact"))
    due = "due:\n{0}  type: date\n{0}  caption: {{zh: 期限, en: Due}}\n"
    due += "{0}  question: {{zh: 期限？, en: Due?}}\n"
    asked = "    asked_of: [bank_branch, rural_point]\n    stages: [adaptation]\n"
    reword(as_fact, "facts.yaml", "facts:\n", f"facts:\n  {due.format('  ')}{asked}")
    reword(rules, "facts.yaml", "      channel:\n", f"      {due.format('      ')}      channel:\n")
    diff = compare(read_rules(rules), read_rules(as_fact), "field", "fact")
    each = the_change(diff)
    assert (each.rule.id, each.change, each.keys) == (MONTHLY, Change.CHANGED, ())
    assert each.misread and (each.misread.name, each.misread.new) == ("due", None)
    assert "- " + Said(diff, "en").keys(each) == "- a fact it reads"


def test_order_and_white_space_change_nothing(rules: Path) -> None:
    text = (rules / BRANCH).read_text(encoding="utf-8")
    text = re.sub(r"(  verb: .*\n)(  basis: .*\n)", r"\2\1", text).replace("\n\n", "\n\n\n")
    entries = text.split("\n- id:")
    (rules / BRANCH).write_text("\n- id:".join([*entries[:1], *entries[:0:-1]]), encoding="utf-8")
    diff = compared(rules)
    assert diff.same and not diff.differing and not diff.entries


def test_vocabulary_clauses_and_captions_are_compared(rules: Path) -> None:
    reword(rules, "facts.yaml", 'version: "2026-1"', 'version: "2026-2"')
    reword(rules, "facts.yaml", "      channel:\n", "      way:\n")
    reword(rules, "facts.yaml", "{zh: 书架, en: Bookshelf}", "{zh: 书架, en: Shelf}")
    reword(rules, "facts.yaml", "asked_of: [rural_point]", "asked_of: [rural_point, bank_branch]")
    reword(rules, "opinion.yaml", "  signature: 签名：", "  signature: 签字：")
    reword(rules, "standard.yaml", "summary: {zh: ", "summary: {zh: 关于")
    diff = compared(rules)
    assert diff.differing == ()
    assert [(e.subject.value, e.name, e.key) for e in diff.entries] == [
        ("vocabulary", "version", "value"),
        ("fact", "bookshelf", "caption"),
        ("fact", "leaflets", "asked_of"),
        ("field", "publications.way", None),
        ("field", "publications.channel", None),
        ("clause", diff.entries[5].name, "summary"),
        ("form", "captions.signature", "value"),
    ]


def test_without_the_solver_nothing_is_claimed(
    rules: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "z3", None)
    edit(rules, RURAL, "4.3.2.2", ONE, EVERY)
    edit(rules, BRANCH, "4.3.1.1-a", "zh: 业务等候区", "zh: 等候区")
    remove(rules, BRANCH, "4.3.1.1-b")
    diff = compared(rules)
    assert not diff.solver
    assert [(each.rule.id, each.change) for each in diff.differing] == [
        ("4.3.1.1-b", Change.REMOVED),
        ("4.3.2.2", Change.NOT_PROVED),
        ("4.3.1.1-a", Change.REWORDED),
    ]
    status, out, err = call(capfd, "rules", "diff", shipped_rules(), rules, "--lang", "en")
    assert status == 0 and "not proved" in out
    assert 'pip install "compliance[assure]"' in err and len(err.splitlines()) == 1


def test_what_the_solver_cannot_decide_is_said(
    rules: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("compliance.assure.solver._EFFORT", 1)
    edit(rules, OWNER, MONTHLY, "at_least: 1", "at_least: 2")
    each = the_change(compared(rules))
    assert (each.change, each.undecided, each.ground) == (Change.NOT_PROVED, True, Ground.NONE)
    _, out, _ = call(capfd, "rules", "diff", shipped_rules(), rules, "--lang", "en")
    assert "could not decide" in out


# Generated rules --------------------------------------------------------------------------


@st.composite
def versions(draw: st.DrawFn) -> tuple[RuleBook, Rule, Rule]:
    """A rule book and two states of a rule: another rule's, or a slip of the pen."""
    book = draw(rule_books())
    rule = draw(st.sampled_from(book.rules))
    slips = [m.rule for m in mutants(rule, book) if not refused(m.rule, book)]
    other = draw(st.sampled_from([*slips, *book.rules]) if slips else st.sampled_from(book.rules))
    # z3 has no characters beyond U+2FFFF: the solver spells them in two, and may find one half.
    assume(max(texts_in(rule) + texts_in(other), default="") <= "\U0002ffff")
    return book, rule, replace(other, id=rule.id)


def texts_in(rule: Rule) -> str:
    """All texts that a rule compares with, in one."""
    operands = [test.operand for each in conditions_of(rule) for test in condition.tests_of(each)]
    listed = [each if isinstance(each, tuple) else (each,) for each in operands]
    return "".join(own for each in listed for own in each if isinstance(own, str))


def files_of(book: RuleBook, rule: Rule) -> RuleFiles:
    """Rule files that hold one rule; its data are no more than its name."""
    raw = {
        "facts": {"facts": {}},
        "standard": {"clauses": []},
        "opinion": {},
        "rules": {rule.id: {"id": rule.id, "said": repr(rule)}},
    }
    return RuleFiles(Path("."), replace(book, rules=(rule,)), {}, {}, raw)


def accepted(record: Record) -> Record:
    """The record without dates after the inspection, which loading refuses."""
    day, visit, outlet = record.inspection.date, record.inspection, record.outlet

    def kept(value: Value) -> Any:
        if isinstance(value, tuple):
            return tuple({name: kept(own) for name, own in member.items()} for member in value)
        is_date = isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value)
        return None if is_date and str(value) > day else value

    return replace(
        record,
        inspection=replace(visit, previous_inspection_date=kept(visit.previous_inspection_date)),
        outlet=replace(outlet, listed_on=kept(outlet.listed_on)),
        observations={name: kept(value) for name, value in record.observations.items()},
    )


@given(versions(), st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_no_record_contradicts_a_claim(
    versions: tuple[RuleBook, Rule, Rule], data: st.DataObject
) -> None:
    book, old, new = versions
    with pytest.MonkeyPatch.context() as patch:
        # What takes the solver long it may leave undecided here: that contradicts nothing.
        patch.setattr("compliance.assure.solver._EFFORT", 2_000_000)
        diff = compare(files_of(book, old), files_of(book, new), "old", "new")
    (each,) = diff.rules
    if each.change not in (Change.RELABELLED, Change.NOT_PROVED):
        assert_shown(diff, each)
    both = replace(book, rules=(old, new))
    for _ in range(3):
        found = accepted(data.draw(observed_record(both)))
        if found.inspection.date < "2000" or not within_cut(both, found):
            continue
        before, after = demands(diff, each, found)
        if each.change is not Change.NOT_PROVED:
            assert before >= after or each.change in (Change.TIGHTENED, Change.CHANGED)
            assert before <= after or each.change in (Change.LOOSENED, Change.CHANGED)
        if each.change in (Change.REWORDED, Change.UNCHANGED):
            assert outcome(book, old, found) is outcome(book, new, found)


# Inspections ------------------------------------------------------------------------------


def predicted(diff: RulesDiff) -> Forecast:
    """What the change does to the inspections of this project, by the direct engine."""
    old, new = (read_submissions([INSPECTIONS], side.book) for side in (diff.old, diff.new))
    assert not old.problems and not new.problems
    latest, clashes = filing.latest(old.records)
    assert not clashes

    def reports(book: RuleBook, record: Record) -> Any:
        return report_on(book, record, Direct(book).answer(record), "direct")

    judged = [
        Judged(each, reports(diff.old.book, each), reports(diff.new.book, each))
        for each in old.records
    ]
    ahead = forecast(diff, judged, {each.inspection.id for each in latest})
    assert_opinions(diff, ahead, latest)
    return ahead


def assert_opinions(diff: RulesDiff, ahead: Forecast, latest: tuple[Record, ...]) -> None:
    """The outlets to be told are those whose opinion or demands change, by the oracle."""
    told = {each.judged.record.outlet.id: each for each in ahead.told}
    ranks = [Opinion.CONFORMING, Opinion.PENDING, Opinion.NON_CONFORMING]
    for visit in latest:
        old, new = (oracle.answer(side.book, visit) for side in (diff.old, diff.new))
        moved = [each.rule.id for each in diff.rules if len({*demands(diff, each, visit)}) > 1]
        each = told.pop(visit.outlet.id, None)
        assert (each is not None) is bool(moved or old[1:] != new[1:])
        if each is None:
            continue
        assert old.opinion and new.opinion
        step = ranks.index(new.opinion) - ranks.index(old.opinion)
        same = Direction.RULES if old.reasons == new.reasons else Direction.REASONS
        assert each.direction is [same, Direction.WORSE, Direction.BETTER][(step > 0) - (step < 0)]
        if moved:
            assert {cause.finding.rule for cause in each.causes} >= set(moved)
    assert not told


def test_a_loosened_rule_makes_opinions_better(rules: Path) -> None:
    edit(rules, RURAL, "4.3.2.3", EVERY, ONE)
    edit(rules, BRANCH, "4.3.1.5", EVERY, ONE)
    ahead = predicted(compared(rules))
    assert not ahead.going(Direction.WORSE)
    assert ahead.told and sum(tally.falls for tally in ahead.tallies) > 0
    assert {tally.cause.finding.rule for tally in ahead.tallies} <= {"4.3.2.3", "4.3.1.5"}


def test_a_tightened_rule_makes_opinions_worse(rules: Path) -> None:
    edit(rules, RURAL, "4.3.2.2", ONE, EVERY)
    ahead = predicted(compared(rules))
    assert ahead.going(Direction.WORSE) and not ahead.going(Direction.BETTER)
    for each in ahead.told:
        assert [cause.finding.rule for cause in each.causes] == ["4.3.2.2"]
    banks = [bank for bank, _ in ahead.banks()]
    assert banks == sorted(banks) and len(banks) > 1
    for _, own in ahead.banks():
        ids = [each.judged.record.outlet.id for each in own]
        assert ids == sorted(ids)


def test_a_removed_rule_frees_those_who_failed_it_alone(rules: Path) -> None:
    remove(rules, OWNER, MONTHLY)
    diff = compared(rules)
    ahead = predicted(diff)
    assert ahead.going(Direction.BETTER) and not ahead.going(Direction.WORSE)
    assert all(cause.new is None for each in ahead.told for cause in each.causes)
    without = load_rules(supplementary=False)
    assert [r.id for r in without.rules] == [r.id for r in diff.new.book.rules]


def test_a_new_trial_rule_changes_no_opinion(rules: Path) -> None:
    entry = remove(Path(shutil.copytree(rules, rules.parent / "copy")), OWNER, MONTHLY)
    entry = entry.replace(MONTHLY, "sup-trial").replace("at_least: 1", "at_least: 3")
    entry = entry.replace("  stage:", "  status: trial\n  stage:")
    text = (rules / OWNER).read_text(encoding="utf-8")
    (rules / OWNER).write_text(f"{text}\n{entry}", encoding="utf-8")
    diff = compared(rules)
    each = the_change(diff)
    assert (each.change, each.ground, each.instances) == (Change.ADDED, Ground.WRITTEN, ())
    ahead = predicted(diff)
    (tally,) = ahead.tallies
    assert ahead.told == () and (tally.rises, tally.falls) == (0, 0)
    assert tally.failing[0] == 0 < tally.failing[1]  # what it would do is to be seen
    assert ahead.earlier == 0  # nor does any inspection come out otherwise


def test_a_renamed_rule_changes_nothing(rules: Path) -> None:
    entry = remove(rules, OWNER, MONTHLY).replace(MONTHLY, "sup-other", 1)
    (rules / OWNER).write_text(entry, encoding="utf-8")
    ahead = predicted(compared(rules))
    assert ahead.told == () and ahead.tallies == () and ahead.earlier == 0


def test_another_box_is_a_change_of_reasons(rules: Path) -> None:
    edit(rules, OWNER, MONTHLY, "reason: other", "reason: facilities")
    ahead = predicted(compared(rules))
    assert ahead.going(Direction.REASONS)
    assert not ahead.going(Direction.WORSE) and not ahead.going(Direction.BETTER)
    for each in ahead.going(Direction.REASONS):
        assert [cause.finding.rule for cause in each.causes] == [MONTHLY]


# The command ------------------------------------------------------------------------------


def forecast_of(capfd: pytest.CaptureFixture[str], *args: object) -> tuple[int, Any, str]:
    status, out, err = call(capfd, "rules", "diff", *args, "--format", "json")
    return status, json.loads(out), err


def test_nothing_differs(rules: Path, capfd: pytest.CaptureFixture[str]) -> None:
    status, out, err = call(capfd, "rules", "diff", shipped_rules(), rules)
    assert (status, err) == (0, "")
    assert "没有任何差别" in out and out.count(load_rules().digest) == 2


def test_text_names_change_witness_and_outlets(
    rules: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    edit(rules, RURAL, "4.3.2.2", ONE, EVERY)
    args = ("rules", "diff", shipped_rules(), rules, "--records", INSPECTIONS)
    status, out, err = call(capfd, *args, "--lang", "en")
    assert (status, err) == (0, "")
    assert "Rules: 1 tightened, 19 unchanged." in out
    assert "proved: it asks less of none." in out
    example = next(line for line in out.splitlines() if "- {given" in line)
    read = parse_yaml(example.strip(), "example.yaml")
    assert not isinstance(read, Problem) and read.data[0]["then"] == "fail"
    assert "What to do: Assign at least one person" in out


def test_equal_input_gives_equal_bytes(rules: Path) -> None:
    edit(rules, RURAL, "4.3.2.2", ONE, EVERY)
    edit(rules, OWNER, MONTHLY, "{in_month_of: {fact: inspection.date}}", "{within_days: 20}")
    program = "import sys; from compliance.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", program, "rules", "diff", shipped_rules(), rules]
    command += ["--records", INSPECTIONS, "--format", "html"]
    made = set()
    for seed in ("0", "1"):
        kept = {**os.environ, "PYTHONHASHSEED": seed}
        made.add(subprocess.run(command, check=True, capture_output=True, env=kept).stdout)
    assert len(made) == 1


def test_json_has_its_keys(rules: Path, capfd: pytest.CaptureFixture[str]) -> None:
    edit(rules, RURAL, "4.3.2.2", ONE, EVERY)
    status, data, _ = forecast_of(
        capfd, shipped_rules(), rules, "--records", INSPECTIONS / "bobai", INSPECTIONS / "xingye"
    )
    assert status == 0
    assert list(data) == [
        *("old", "new", "same", "solver", "unchanged", "rules", "entries", "forecast")
    ]
    (rule,) = data["rules"]
    assert (rule["rule"], rule["change"], rule["ground"]) == ("4.3.2.2", "tightened", "proved")
    assert rule["rise"]["old"] == "pass" and rule["rise"]["new"] == "fail" and not rule["fall"]
    assert rule["new"]["line"] > 1
    ahead = data["forecast"]
    assert sum(move["outlets"] for move in ahead["moves"]) == ahead["outlets"]
    assert {told["direction"] for told in ahead["told"]} <= {each.value for each in Direction}
    assert all(told["rules"][0]["rule"] == "4.3.2.2" for told in ahead["told"])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_needs_nothing_else_and_escapes(
    rules: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], lang: str
) -> None:
    edit(rules, RURAL, "4.3.2.2", ONE, EVERY)
    edit(rules, RURAL, "4.3.2.2", "zh: 专职人员", "zh: 专职<b>人员</b>")
    edit(rules, RURAL, "4.3.2.2", "en: Dedicated staff", "en: Dedicated <b>staff</b>")
    staff = [{"name": "甲示例", "pre_job_trained": True, "able_to_serve": True, "dedicated": True}]
    staff.append({**staff[0], "name": "<i>乙</i>", "dedicated": False})
    records = submit(tmp_path / "记录", [record(1, bank="<script>甲样例", staff=staff)])
    out = tmp_path / "预测 表" / "页.html"
    args = ("rules", "diff", shipped_rules(), rules, "--records", records, "--format", "html")
    status, said, err = call(capfd, *args, "--out", out, "--lang", lang)
    assert (status, err) == (0, "") and str(out) in said
    page = out.read_text(encoding="utf-8")
    assert "<script" not in page and "<b>" not in page and "http" not in page.replace("http-", "")
    assert "&lt;script&gt;甲样例" in page and "YL-1" in page
    assert f'lang="{"zh-CN" if lang == "zh" else "en"}"' in page
    assert [path.name for path in out.parent.iterdir()] == ["页.html"]


def test_git_revisions_are_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    top = tmp_path / "样例 仓库"
    shutil.copytree(shipped_rules(), top / "rules")
    monkeypatch.chdir(top)
    identity = ("-c", "user.name=样例", "-c", "user.email=sample@example.invalid")

    def git(*command: str) -> None:
        subprocess.run(["git", *identity, *command], check=True, capture_output=True)

    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-q", "-m", "第一版")
    edit(top / "rules", RURAL, "4.3.2.2", ONE, EVERY)
    git("commit", "-q", "-a", "-m", "第二版")
    status, data, _ = forecast_of(capfd, "HEAD~1", "HEAD:rules")
    assert status == 0 and data["old"]["name"] == "HEAD~1"
    assert [rule["change"] for rule in data["rules"]] == ["tightened"]
    assert data["rules"][0]["old"]["file"] == "HEAD~1:rules/adaptation/rural_point.yaml"
    assert forecast_of(capfd, "HEAD", "rules")[1]["same"]
    assert compare(*(read_rules_at(where) for where in ("HEAD", "rules")), "a", "b").same
    status, out, err = call(capfd, "rules", "diff", "HEAD~9", "rules")
    assert (status, out) == (2, "") and "HEAD~9" in err


def test_without_supplementary(rules: Path, capfd: pytest.CaptureFixture[str]) -> None:
    edit(rules, OWNER, MONTHLY, "at_least: 1", "at_least: 2")
    _, data, _ = forecast_of(capfd, shipped_rules(), rules, "--without", "supplementary")
    assert data["same"] and data["rules"] == []


def test_records_that_one_side_cannot_read_are_problems(
    rules: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    retype(rules)
    submit(tmp_path / "records", [record(1), "{"])
    branch = INSPECTIONS / "yuzhou" / "YL-001-2026-03-05.yaml"
    args = (shipped_rules(), rules, "--records", tmp_path / "records", branch)
    status, data, err = forecast_of(capfd, *args, "--lang", "en")
    assert status == 2 and data["forecast"]["inspections"] == 1
    assert "by the new rules: " in err and "by the old rules" not in err
    assert len(err.splitlines()) == data["forecast"]["problems"] == 2


def test_an_earlier_inspection_never_stands_in_for_one_that_cannot_be_read(
    rules: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    reword(rules, "facts.yaml", "  leaflets:\n    type: boolean", "  leaflets:\n    type: integer")
    (rule,) = (r.id for r in load_rules().rules if "leaflets" in names_read(r))
    edit(rules, RURAL, rule, "leaflets: true", "leaflets: {at_least: 1}")
    for value, count in (("true", 5), ("false", 0)):
        edit(rules, RURAL, rule, f"leaflets: {value}}}", f"leaflets: {count}}}")
    early = record(1, outlet="YL-9", day="2026-04-12")
    del early["observations"]["leaflets"]
    late = record(2, outlet="YL-9", day="2026-04-13")
    records = submit(tmp_path / "records", [early, late])
    status, data, _ = forecast_of(capfd, shipped_rules(), rules, "--records", records)
    assert status == 2
    assert (data["forecast"]["inspections"], data["forecast"]["outlets"]) == (1, 0)


def test_engines_that_disagree_are_an_error(
    rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("durable.engine", reason="without it there is one engine alone")
    answer = Direct.answer
    monkeypatch.setattr(
        Direct, "answer", lambda self, seen: answer(self, seen)._replace(opinion=Opinion.PENDING)
    )
    records = submit(tmp_path / "records", [record(1)])
    status, data, err = forecast_of(capfd, shipped_rules(), rules, "--records", records)
    assert status == 3 and data["forecast"]["inspections"] == 0 and err


def test_a_file_that_cannot_be_written_is_said(
    rules: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    target = tmp_path / "taken" / "page.html"
    status, out, err = call(capfd, "rules", "diff", rules, rules, "--out", target)
    assert (status, out) == (2, "") and str(target) in err


def test_the_file_is_put_in_place_whole(
    rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    written: list[Path] = []
    monkeypatch.setattr(output, "write_file", lambda path, data: written.append(path))
    assert call(capfd, "rules", "diff", rules, rules, "--out", tmp_path / "x.txt")[0] == 0
    assert written == [tmp_path / "x.txt"]


def both_languages(rules: Path, capfd: pytest.CaptureFixture[str]) -> Iterator[str]:
    for lang in ("zh", "en"):
        yield call(capfd, "rules", "diff", shipped_rules(), rules, "--lang", lang)[1]


def test_what_differs_in_the_other_language_alone_is_shown_in_it(
    rules: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    edit(rules, BRANCH, "4.3.1.1-a", "en: Waiting area", "en: Area to wait in")
    for text in both_languages(rules, capfd):
        assert "Area to wait in" in text


def everything(rules: Path) -> None:
    """One change of most kinds, and something of the vocabulary."""
    retype(rules)
    remove(rules, BRANCH, "4.3.1.1-b")
    edit(rules, BRANCH, "4.3.1.1-a", "  verb:", "  when: {notice_board: true}\n  verb:")
    edit(rules, BRANCH, "4.3.1.1-c", "    acceptance_area: true", "    acceptance_area:  true")
    edit(rules, BRANCH, "4.3.1.1-c", "{given: {acceptance_area: null}", "{given: {}")
    edit(rules, BRANCH, "4.3.1.1-d", "  verb:", "  effective: {from: 2026-06-01}\n  verb:")
    edit(
        rules,
        BRANCH,
        "4.3.1.1-e",
        "    self_service_area: true",
        "    all: [self_service_area: true]",
    )
    entry = remove(rules, OWNER, MONTHLY).replace(MONTHLY, "sup-other", 1)
    trial = entry.replace("sup-other", "sup-trial", 1).replace(
        "  stage:", "  status: trial\n  stage:"
    )
    always = entry.replace("sup-other", "sup-always", 1).replace(
        "at_least: 1", "every: publications"
    )
    (rules / OWNER).write_text(f"{entry}\n{trial}\n{always}", encoding="utf-8")
    text = (rules / OWNER).read_text(encoding="utf-8")
    required = "  require:\n    any: [{notice_board: true}, {not: {notice_board: true}}]\n"
    head, tail = text.rsplit("  require:\n", 1)
    tail = tail[tail.index("  reason:") :]
    (rules / OWNER).write_text(f"{head}{required}{tail}", encoding="utf-8")
    reword(rules, "facts.yaml", "      channel:\n", "      way:\n")
    reword(rules, "facts.yaml", "        personal: true\n", "")
    reword(rules, "facts.yaml", "en: Bookshelf}", "en: Shelf}")


SAID: Final = {
    "zh": (
        *("类型由“是或否”改为“日期”", "新规则中没有这一条", "它是建议或在试行", "除编号外"),
        *("适用条件", "2026-06-01 至 不限", "个数相同，内容有变", "（无）", "删除（“渠道”）"),
    ),
    "en": (
        *("which was yes or no and is now a date", "The new rules do not have it."),
        *("It is advice or on trial", "But for the id", "when it applies", "2026-06-01 to open"),
        *("as many, others", "(none)", "field publications.channel: removed"),
    ),
}


@pytest.mark.parametrize("format_", ["text", "html"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_kind_is_said(
    rules: Path, capfd: pytest.CaptureFixture[str], format_: str, lang: str
) -> None:
    everything(rules)
    args = ("--records", INSPECTIONS, "--format", format_, "--lang", lang)
    status, out, err = call(capfd, "rules", "diff", shipped_rules(), rules, *args)
    assert status == 2 and len(err.splitlines()) > 1  # no television has a date
    assert [said for said in SAID[lang] if said not in out] == []
    assert not re.search(r"\{[a-z_]+\}|None|Traceback", out)


def test_a_forecast_without_effect_says_so(rules: Path, capfd: pytest.CaptureFixture[str]) -> None:
    edit(rules, BRANCH, "4.3.1.1-a", "zh: 业务等候区", "zh: 等候区")
    for format_ in ("text", "html"):
        args = ("--records", INSPECTIONS, "--format", format_)
        status, out, err = call(capfd, "rules", "diff", shipped_rules(), rules, *args)
        assert (status, err) == (0, "")
        assert "没有一份检查的结果会变" in out and "没有需要告知的网点" in out
