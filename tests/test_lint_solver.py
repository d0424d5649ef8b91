"""What the linter proves, held against the engine on every record of a small vocabulary."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.assure import solver
from compliance.assure.examples import example_record
from compliance.assure.lint import lint
from compliance.assure.lint.checks import CHECKS
from compliance.assure.lint.material import Material
from compliance.assure.lint.relations import _pairs
from compliance.engines.direct import facts, judge
from compliance.load import RuleFiles, build_rules, read_rules
from compliance.outcome import Outcome
from compliance.remarks import Level, Remark
from compliance.rulebook import Example, Rule
from compliance.source import Document, parse_yaml, read
from compliance.submission import read_submissions
from tests.doubtful import BOOK, CASES, FOLDER, build

NAMES: Final = ("alarm", "lamp", "desk")
PROVED: Final = frozenset(name for name, check in CHECKS.items() if check.solver)
OTHERS: Final = frozenset(CHECKS) - PROVED
Data = dict[str, Any]


def rule_data(id_: str, **parts: Any) -> Data:
    """A rule as a file has it."""
    return {
        "id": id_,
        "title": {"zh": "样例", "en": "Sample"},
        "clause": "1.1",
        "verb": "shall",
        "basis": "standard",
        "stage": "adaptation",
        "applies_to": ["bank_branch"],
        "reason": "other",
        "remedy": {"zh": "改正样例。", "en": "Mend the sample."},
        "examples": [{"given": {}, "then": "not_observed"}],
        **parts,
    }


def files_of(rules: list[Data]) -> RuleFiles:
    """The small vocabulary with these rules."""
    found = {name: read(BOOK / f"{name}.yaml") for name in ("facts", "opinion", "standard")}
    found["rules"] = parse_yaml(json.dumps(rules), "rules.yaml")
    assert all(isinstance(file, Document) for file in found.values())
    return build_rules(Path("rules"), found)


def records() -> Iterator[dict[str, bool | None]]:
    """Every record of three facts that are true, false or not observed."""
    for values in product((True, False, None), repeat=len(NAMES)):
        yield dict(zip(NAMES, values))


def complete(record: dict[str, bool | None]) -> bool:
    return None not in record.values()


def outcomes(files: RuleFiles, rule: Rule) -> list[tuple[dict[str, bool | None], Outcome]]:
    """What the engine says of every record."""
    judged = judge(files.book, rule)
    every = [(record, {k: v for k, v in record.items() if v is not None}) for record in records()]
    return [(r, judged({**seen, "inspection.date": "2026-01-31"}).outcome) for r, seen in every]


tests = st.builds(lambda name, value: {name: value}, st.sampled_from(NAMES), st.booleans())
conditions = st.recursive(
    tests,
    lambda inner: st.one_of(
        st.builds(lambda items: {"any": items}, st.lists(inner, min_size=2, max_size=3)),
        st.builds(lambda items: {"all": items}, st.lists(inner, min_size=2, max_size=3)),
        st.builds(lambda item: {"not": item}, inner),
    ),
    max_leaves=5,
)
parts = st.fixed_dictionaries({"require": conditions}, optional={"when": tests})


def found_of(rules: list[Data]) -> tuple[RuleFiles, tuple[Remark, ...]]:
    files = files_of(rules)
    return files, lint(files, off=OTHERS).remarks


def said(found: tuple[Remark, ...], check: str) -> set[str]:
    return {remark.case for remark in found if remark.check == check}


def oddities(files: RuleFiles, rule: Rule) -> str:
    """Which of the checks of a rule by itself finds something, by all records."""
    seen = {outcome for _, outcome in outcomes(files, rule)}
    when = rule.when is None or Outcome.PASS in seen or Outcome.FAIL in seen
    if not when:
        return "never-applies"
    if Outcome.FAIL not in seen:
        return "never-fails"
    return "" if Outcome.PASS in seen else "never-passes"


@given(parts)
@settings(max_examples=60)
def test_what_can_come_of_a_rule(one: Data) -> None:
    files, found = found_of([rule_data("1.1", **one)])
    (rule,) = files.book.rules
    expected = oddities(files, rule)
    names = {name for name in ("never-applies", "never-fails", "never-passes") if said(found, name)}
    assert names == ({expected} if expected else set())


@given(parts, parts)
@settings(max_examples=60)
def test_two_rules(one: Data, other: Data) -> None:
    files, found = found_of([rule_data("1.1", **one), rule_data("1.1-b", **other)])
    rules = files.book.rules
    pairs = [
        (record, first, second)
        for (record, first), (_, second) in zip(*(outcomes(files, rule) for rule in rules))
    ]
    seen = {(first, second) for _, first, second in pairs}
    together = (Outcome.PASS, Outcome.PASS) in seen
    apart = {(Outcome.PASS, Outcome.FAIL), (Outcome.FAIL, Outcome.PASS)} <= seen
    assert bool(said(found, "contradiction")) is (not together and apart)
    decided = {(first, second) for record, first, second in pairs if complete(record)}
    good = (Outcome.PASS, Outcome.NOT_APPLICABLE)
    implied = {
        rule.id
        for n, rule in enumerate(rules)
        if together
        and not oddities(files, rule)
        and not any(each[n] is Outcome.FAIL and each[1 - n] in good for each in decided)
    }
    assert said(found, "implied") == (implied if len(implied) < 2 else {"1.1-b"})


def without(data: Data, path: str) -> Data:
    """The rule's data without the item at a place such as `[0].require.any[1]`."""
    steps = [int(s) if s.isdigit() else s for s in re.findall(r"\w+", path)][1:]
    changed = copy.deepcopy(data)
    holder: Any = changed
    for step in steps[:-1]:
        holder = holder[step]
    del holder[steps[-1]]
    return changed


@given(parts)
@settings(max_examples=80)
def test_parts_that_decide_nothing(one: Data) -> None:
    data = rule_data("1.1", **one)
    files, found = found_of([data])
    places = [
        r.place.path for r in found if r.check in ("unreachable-branch", "redundant-condition")
    ]
    if oddities(files, files.book.rules[0]):
        assert places == []
        return
    before = outcomes(files, files.book.rules[0])
    for path in places:
        left = files_of([without(data, path)])
        after = outcomes(left, left.book.rules[0])
        assert [(r, o) for r, o in after if complete(r)] == [
            (r, o) for r, o in before if complete(r)
        ]
    for path in items(data["require"], "[0].require"):
        left = files_of([without(data, path)])
        if outcomes(left, left.book.rules[0]) == before:
            # It is said, or the group is inside or beside one that is said.
            assert places


def items(condition: Data, path: str) -> Iterator[str]:
    """The places of the items of each `any` and `all`."""
    for name, inner in condition.items():
        if name == "not":
            yield from items(inner, f"{path}.not")
        elif name in ("any", "all"):
            for n, item in enumerate(inner):
                yield f"{path}.{name}[{n}]"
                yield from items(item, f"{path}.{name}[{n}]")


# what is shown

SHOWN: Final = [path for path in CASES if re.match("never-(fails|passes)|contradiction", path.stem)]


@pytest.mark.parametrize("path", SHOWN, ids=lambda path: path.stem)
def test_what_is_shown_is_so(path: Path, tmp_path: Path) -> None:
    files = read_rules(build(path, tmp_path).book)
    for remark in lint(files).remarks:
        assert remark.shown_by
        if remark.check == "contradiction":
            shown = remark.shown_by.split("---\n")
            assert [shown_outcomes(files, text, tmp_path) for text in shown] == [
                [Outcome.PASS, Outcome.FAIL],
                [Outcome.FAIL, Outcome.PASS],
            ]
            continue
        rule = files.book.rule(remark.case)
        assert rule is not None
        (entry,) = yaml.load(remark.shown_by, Loader=yaml.BaseLoader)
        document = parse_yaml(remark.shown_by, "shown.yaml")
        assert isinstance(document, Document)
        data = document.data[0]
        example = Example(data["given"], data["then"], data.get("date", "2026-01-31"))
        record = example_record(rule, min(rule.applies_to), example)
        assert judge(files.book, rule)(facts(record)).outcome.value == entry["then"]
        assert rule.applies(record.outlet.type, rule.stage, record.inspection.date)


def shown_outcomes(files: RuleFiles, text: str, folder: Path) -> list[Outcome]:
    """What the engine says of a shown record by the two rules that are named above it."""
    file = folder / "shown.yaml"
    file.write_text(text, encoding="utf-8")
    submission = read_submissions([file], files.book)
    assert submission.problems == ()
    (record,) = submission.records
    named = re.findall(r"(\S+): (pass|fail)", text.splitlines()[0])
    rules = [files.book.rule(name) for name, _ in named]
    found = [judge(files.book, rule)(facts(record)).outcome for rule in rules if rule]
    assert [outcome.value for outcome in found] == [claimed for _, claimed in named]
    return found


# what is left open, and what is not looked at


def test_what_the_solver_leaves_open_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = read_rules(build(FOLDER / "contradiction-number.yaml", tmp_path).book)
    monkeypatch.setattr(solver, "_EFFORT", 1)
    found = lint(files).remarks
    assert {(r.check, r.level) for r in found} == {("undecided", Level.WARNING)}
    assert [(r.case, r.place.line) for r in found] == [("1.1", 10), ("1.3", 22), ("1.3", 22)]
    assert "never-applies, never-fails, never-passes for 1.1," in found[0].text.en
    assert "decide contradiction for 1.1, 1.3," in found[2].text.en
    assert lint(files, off=frozenset({"undecided"})).remarks == ()


def pairs_of(rules: list[Data]) -> list[tuple[str, str]]:
    return [(a.id, b.id) for a, b in _pairs(Material(files_of(rules)))]


def test_only_rules_that_share_something_are_compared() -> None:
    day = {"inspection.date": {"on_or_after": "2026-01-01"}}
    month = {"opened": {"in_month_of": {"fact": "inspection.date"}}}
    visits = {"at_least": 1, "of": "visits", "that": {"day": {"within_days": 9}}}
    requires = [{"alarm": True}, {"lamp": True}, day, day, month, visits, {"alarm": False}]
    rules = [rule_data(f"1.1-{n}", require=each) for n, each in enumerate(requires)]
    assert pairs_of(rules) == [("1.1-0", "1.1-6"), ("1.1-2", "1.1-3")]


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ({"to": "2026-06-30"}, {"from": "2026-06-30"}, True),
        ({"to": "2026-06-30"}, {"from": "2026-07-01"}, False),
        ({"from": "2026-07-01"}, {"to": "2026-06-30"}, False),
        ({"from": "2026-07-01"}, {"from": "2027-07-01"}, True),
    ],
)
def test_rules_are_compared_where_both_are_in_force(one: Data, other: Data, together: bool) -> None:
    rules = [
        rule_data("1.1-a1", require={"alarm": True}, effective=one),
        rule_data("1.1-a2", require={"alarm": False}, effective=other),
    ]
    assert bool(pairs_of(rules)) is together


def test_a_rule_of_another_stage_is_not_compared() -> None:
    facts_ = (BOOK / "facts.yaml").read_text(encoding="utf-8")
    text = facts_.replace("stages: [adaptation]", "stages: [adaptation, operation]", 1)
    rules = [
        rule_data("1.1", require={"alarm": True}),
        rule_data("1.1-b", require={"alarm": False}),
    ]
    rules[1]["stage"] = "operation"
    del rules[1]["reason"]
    found = {name: read(BOOK / f"{name}.yaml") for name in ("opinion", "standard")}
    found["facts"] = parse_yaml(text, "facts.yaml")
    found["rules"] = parse_yaml(json.dumps(rules), "rules.yaml")
    assert list(_pairs(Material(build_rules(Path("rules"), found)))) == []
