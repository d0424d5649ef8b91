"""The invariants of a rule book: the shipped one holds them, and each breach is shown."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest
import z3

from compliance.assure import invariants, settled, solver, walk
from compliance.assure.components import components
from compliance.assure.readback import record_in
from compliance.assure.solver import Witness, World
from compliance.assure.whole import INVARIANTS, PROVED
from compliance.engines import Engine
from compliance.engines.direct import Direct
from compliance.errors import Disagreement
from compliance.load import RuleFiles, load_rules, read_rules, shipped_rules
from compliance.outcome import Answer, Opinion, Outcome, Reason
from compliance.record import Record
from compliance.remarks import Level, Remark
from compliance.rulebook import OutletType, RuleBook
from compliance.submission import read_submissions
from compliance.words.invariants import VIOLATIONS
from tests import oracle
from tests.cli_samples import call

SHIPPED: Final = read_rules()
RULE: Final[dict[str, Any]] = {
    "title": {"zh": "样例", "en": "Sample"},
    "clause": "4.3.1.2",
    "verb": "shall",
    "basis": "owner",
    "stage": "adaptation",
    "applies_to": ["bank_branch"],
    "reason": "other",
    "remedy": {"zh": "请换下所见的样例设备。", "en": "Replace the sample device that was seen."},
    "examples": [{"given": {}, "then": "not_observed"}],
}


@pytest.fixture
def book_with(tmp_path: Path) -> Callable[..., RuleFiles]:
    """The shipped rules with others, given by what they require, in the owner's place."""

    def make(*requirements: dict[str, Any], **more: Any) -> RuleFiles:
        folder = Path(shutil.copytree(shipped_rules(), tmp_path / "rules", dirs_exist_ok=True))
        rules = [
            {"id": f"sup-{letter}", **RULE, **more, "require": require}
            for letter, require in zip("abcdef", requirements)
        ]
        text = json.dumps(rules, ensure_ascii=False)
        (folder / "supplementary.yaml").write_text(text, encoding="utf-8")
        return read_rules(folder)

    return make


Make = Callable[..., RuleFiles]


def shown(remark: Remark, files: RuleFiles, folder: Path) -> list[Record]:
    """The records that a remark shows; they are valid."""
    folder.mkdir()
    for number, text in enumerate(remark.shown_by.split("\n---\n")):
        own = text.replace("id: EX-1", f"id: EX-{number + 1}")
        (folder / f"{number}.yaml").write_text(own, encoding="utf-8")
    submission = read_submissions([folder], files.book)
    assert [problem.message("en") for problem in submission.problems] == []
    return list(submission.records)


def outcomes(files: RuleFiles, record: Record) -> dict[str, Outcome]:
    return {v.rule: v.outcome for v in oracle.answer(files.book, record).verdicts}


def by_name(files: RuleFiles) -> dict[str, Remark]:
    return {remark.check: remark for remark in invariants.proved(files)}


def test_the_shipped_rules_hold_them_all() -> None:
    assert list(invariants.proved(SHIPPED)) == []
    assert list(walk.walked(SHIPPED)) == []


def test_rules_that_want_opposite_things(book_with: Make, tmp_path: Path) -> None:
    files = book_with({"television": False})
    remark = by_name(files)["good-observation-worsens"]
    assert "`television`" in remark.text.en and remark.level is Level.ERROR
    (after,) = shown(remark, files, tmp_path / "in")
    seen = {k: v for k, v in after.observations.items() if k != "television"}
    before = outcomes(files, replace(after, observations=seen))
    said = outcomes(files, after)
    pair = ["4.3.1.3-d", "sup-a"]
    assert [before[rule] for rule in pair] == [Outcome.NOT_OBSERVED] * 2
    assert {said[rule] for rule in pair} == {Outcome.PASS, Outcome.FAIL}


def test_members_that_are_wanted_in_opposite_ways(book_with: Make) -> None:
    every = {"every": "staff", "that": {"dedicated": False}}
    some = {"at_least": 1, "of": "staff", "that": {"dedicated": True}}
    assert "good-observation-worsens" in by_name(book_with(every, some))
    fine = {"every": "staff", "that": {"able_to_serve": True}}
    assert by_name(book_with(fine, some)) == {}


def test_a_rule_that_reads_a_name(book_with: Make, tmp_path: Path) -> None:
    files = book_with({"at_least": 1, "of": "staff", "that": {"name": {"contains": "示例"}}})
    remark = by_name(files)["reads-identity"]
    assert "`staff.name`" in remark.text.en
    one, two = shown(remark, files, tmp_path / "in")
    assert outcomes(files, one)["sup-a"] is not outcomes(files, two)["sup-a"]
    assert [len(one.observations["staff"]), one.inspection.date] == [  # type: ignore[arg-type]
        len(two.observations["staff"]),  # type: ignore[arg-type]
        two.inspection.date,
    ]


EITHER: Final = {"any": [{"dedicated": True}, {"dedicated": False}]}
BOTH: Final = {"all": [{"dedicated": True}, {"dedicated": False}]}


@pytest.mark.parametrize(
    ("requirements", "agreed"),
    [
        ([{"every": "staff", "that": EITHER}], Opinion.CONFORMING),
        ([{"at_least": 1, "of": "staff", "that": BOTH}], Opinion.NON_CONFORMING),
        (
            [
                {"every": "staff", "that": {"dedicated": True}},
                {"every": "staff", "that": {"dedicated": False}},
            ],
            Opinion.NON_CONFORMING,
        ),
    ],
)
def test_what_waits_in_vain(
    book_with: Make, tmp_path: Path, requirements: list[dict[str, Any]], agreed: Opinion
) -> None:
    files = book_with(*requirements)
    remark = by_name(files)["pending-not-settled"]
    (record,) = shown(remark, files, tmp_path / "in")
    said = {"conforming": "is conforming", "non_conforming": "is not conforming"}
    assert said[agreed.value] in remark.text.en
    own = {rule.id for rule in files.book.rules if rule.id.startswith("sup-")}
    assert Outcome.NOT_OBSERVED in {outcomes(files, record)[rule] for rule in own}


def test_monthly_publication_is_settled_although_it_reads_a_date_twice() -> None:
    rule = SHIPPED.book.rule("sup-monthly-publication")
    assert rule is not None
    assert not settled.read_once(SHIPPED.book, OutletType.BANK_BRANCH, [rule])
    assert settled.agreed_but_pending(SHIPPED.book, OutletType.BANK_BRANCH, [rule]) is None


def test_what_cannot_be_decided_is_said(book_with: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    files = book_with(
        {"any": [{"leaflets": True}, {"leaflets": False}]}, applies_to=["rural_point"]
    )
    monkeypatch.setattr(settled, "_EFFORT", 1)
    remark = by_name(files)["undecided-invariant"]
    assert remark.level is Level.WARNING and "pending-not-settled" in remark.text.en


def test_faults_of_counting_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counting in which only the first member counts, and one in which few are wanted."""
    real, type_ = solver._counted, OutletType.RURAL_POINT
    rules = [rule for rule in SHIPPED.book.rules if rule.id == "4.3.2.2"]
    monkeypatch.setattr(
        World, "witness_in", lambda self, model: Witness(record_in(model, self), ())
    )
    monkeypatch.setattr(
        solver,
        "_counted",
        lambda require, listed, sides: (listed.present[0] & sides[0][0], ~sides[0][0]),
    )
    assert [r.check for r in invariants._order(SHIPPED, type_, rules)] == ["order-matters"]
    few = lambda require, listed, sides: (~listed.present[1], listed.present[1])  # noqa: E731
    monkeypatch.setattr(solver, "_counted", few)
    assert [r.check for r in invariants._member(SHIPPED, type_, rules)] == ["good-member-worsens"]
    monkeypatch.setattr(solver, "_counted", real)
    assert [*invariants._order(SHIPPED, type_, rules)] == []
    assert [*invariants._member(SHIPPED, type_, rules)] == []


class Ticks(Direct):
    """Ticks a box too many."""

    def answer(self, record: Record) -> Answer:
        right = super().answer(record)
        return right._replace(reasons=(*right.reasons, Reason.OTHER)[:2])


class Advised(Direct):
    """Lets advice tick a box."""

    def answer(self, record: Record) -> Answer:
        right = super().answer(record)
        failed = [v.rule for v in right.verdicts if v.outcome is Outcome.FAIL]
        if "4.3.1.4" in failed:
            return right._replace(opinion=Opinion.NON_CONFORMING)
        return right


class Counting(Direct):
    """Gives pending where the book is long: others' rules touch it."""

    def __init__(self, book: RuleBook, /) -> None:
        super().__init__(book)
        self.long = len(book.rules) == len(SHIPPED.book.rules)

    def answer(self, record: Record) -> Answer:
        right = super().answer(record)
        return right._replace(opinion=Opinion.PENDING) if self.long else right


class Leaving(Direct):
    """Forgets a rule of the standard where the owner's are there."""

    def answer(self, record: Record) -> Answer:
        right = super().answer(record)
        owners = any(v.rule.startswith("sup-") for v in right.verdicts)
        return right._replace(verdicts=right.verdicts[1:]) if owners else right


@pytest.mark.parametrize(
    ("build", "name"),
    [
        (Ticks, "box-not-its-own"),
        (Advised, "advice-ticks-box"),
        (Counting, "types-touch"),
        (Leaving, "owner-leaves-trace"),
    ],
)
def test_faults_of_an_engine_would_be_seen(
    build: Callable[[RuleBook], Engine], name: str, tmp_path: Path
) -> None:
    found = {remark.check: remark for remark in walk.walked(SHIPPED, build)}
    assert name in found
    assert len(shown(found[name], SHIPPED, tmp_path / "in")) == 1


def test_each_rule_fails_somewhere_on_the_walk() -> None:
    for type_ in OutletType:
        failed = set()
        for rule, record in walk._failures(SHIPPED.book, type_):
            said = outcomes(SHIPPED, record)
            assert said[rule.id] is Outcome.FAIL
            others = [o for id_, o in said.items() if id_ != rule.id]
            failed |= {rule.id} if set(others) == {Outcome.PASS} else set()
        expected = {r.id for r in SHIPPED.book.rules if type_ in r.applies_to}
        # A list without members fails every rule that counts it, so these fail together.
        assert expected - failed <= {"4.3.2.2", "4.3.2.3"}


def test_the_owners_rules_leave_no_trace(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(shipped_rules(), tmp_path / "rules"))
    (folder / "supplementary.yaml").unlink()
    assert load_rules(folder).digest == load_rules(supplementary=False).digest


def test_rules_that_share_a_fact_stand_together() -> None:
    own = [r for r in SHIPPED.book.rules if OutletType.RURAL_POINT in r.applies_to]
    together = {tuple(rule.id for rule in group) for group in components(own)}
    assert ("4.3.2.2", "4.3.2.3") in together
    assert sum(map(len, together)) == len(own)


def test_groups_are_joined_by_a_rule_between_them(book_with: Make) -> None:
    files = book_with(
        {"leaflets": True}, {"notice_board": True, "leaflets": True}, applies_to=["rural_point"]
    )
    own = [r for r in files.book.rules if OutletType.RURAL_POINT in r.applies_to]
    together = [{rule.id for rule in group} for group in components(own)]
    assert {"4.3.2.1-b", "sup-a", "sup-b"} in together


def test_a_claim_of_the_solver_is_checked_by_an_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = SHIPPED.book.rule("4.3.2.2")
    assert rule is not None
    monkeypatch.setattr(solver, "_counted", lambda *_: (z3.BoolVal(True), z3.BoolVal(False)))
    world = World(SHIPPED.book, OutletType.RURAL_POINT, rule.stage, [rule])
    with pytest.raises(Disagreement, match="differ"):
        world.find(world.verdict(rule).passed, world.lists["staff"].known)


def test_the_command_shows_what_the_whole_book_breaks(
    book_with: Make, capfd: pytest.CaptureFixture[str]
) -> None:
    files = book_with({"at_least": 1, "of": "staff", "that": {"name": {"contains": "示例"}}})
    aside = ("--off", "fact-not-needed", "--off", "unused-fact", "--off", "unasked-field")
    check = ("rules", "check", files.folder, "--lang", "en", *aside)
    status, out, err = call(capfd, *check)
    assert (status, err) == (1, "")
    assert "error: rule sup-a reads `staff.name`" in out and "[reads-identity]" in out
    assert call(capfd, *check, "--warn", "reads-identity")[0] == 0
    assert call(capfd, *check, "--warn", "sup-a")[0] == 0
    status, out, _ = call(capfd, *check, "--off", "reads-identity")
    assert (status, "reads-identity" in out) == (0, False)


def test_what_is_said_of_two_rules_is_not_said_again(
    book_with: Make, capfd: pytest.CaptureFixture[str]
) -> None:
    files = book_with({"television": False})
    _, out, _ = call(capfd, "rules", "check", files.folder, "--lang", "en")
    assert "[contradiction]" in out and "worsens" not in out


def test_every_invariant_is_documented() -> None:
    text = (Path(__file__).parents[1] / "docs" / "checks.md").read_text(encoding="utf-8")
    assert [name for name in INVARIANTS if f"### {name}\n" not in text] == []
    assert set(PROVED) == set(invariants._CHECKS)
    assert set(INVARIANTS) <= set(VIOLATIONS)
