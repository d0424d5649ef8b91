"""Trials and periods of validity, as `compliance check` applies them to records."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from compliance.load import shipped_rules
from tests.agree import needs_durable
from tests.cli_samples import call, record, submit

Capture = pytest.CaptureFixture[str]
ENGINES = ["direct", pytest.param("durable", marks=needs_durable)]

RULE = """
- id: {id}
  title: {{zh: 宣传公示有标题, en: Publications have titles}}
  clause: "5.4"
  verb: shall
  basis: owner
  stage: adaptation
  applies_to: [rural_point]
  require:
    every: publications
    that: {{title: {{one_of: [样例一, 样例二]}}}}
{more}  remedy: {{zh: 给宣传公示加上样例标题。, en: Give publications a sample title.}}
  examples:
    - {{given: {{publications: [{{title: 样例一}}]}}, then: pass}}
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return Path(shutil.copytree(shipped_rules(), tmp_path / "rules"))


def add(rules: Path, id_: str, *lines: str) -> None:
    """A rule that the sample record fails, with further lines."""
    more = "".join(f"  {line}\n" for line in (*lines, "reason: other"))
    text = RULE.format(id=id_, more=more)
    (rules / f"{id_}.yaml").write_text(text, encoding="utf-8")


def reported(capfd: Capture, rules: Path, folder: Path, engine: str) -> tuple[int, dict[str, Any]]:
    """Exit status and report of the one record in a folder."""
    args = ("--rules", rules, "--format", "json", "--engine", engine)
    status, out, err = call(capfd, "check", folder, *args)
    assert err == ""
    (report,) = json.loads(out)
    return status, report


def outcomes(report: dict[str, Any]) -> dict[str, str]:
    return {finding["rule"]: finding["outcome"] for finding in report["findings"]}


@pytest.mark.parametrize("engine", ENGINES)
def test_a_trial_is_reported_and_never_counts(
    engine: str, tmp_path: Path, capfd: Capture, rules: Path
) -> None:
    folder = submit(tmp_path / "in", [record()])
    status, before = reported(capfd, rules, folder, engine)
    assert (status, before["opinion"], before["reasons"]) == (0, "conforming", [])
    add(rules, "sup-titles", "status: trial")
    status, trial = reported(capfd, rules, folder, engine)
    assert (status, trial["opinion"], trial["reasons"]) == (0, "conforming", [])
    assert outcomes(trial) == {**outcomes(before), "sup-titles": "fail"}
    add(rules, "sup-titles")
    status, bound = reported(capfd, rules, folder, engine)
    assert (status, bound["opinion"], bound["reasons"]) == (1, "non_conforming", ["other"])


@pytest.mark.parametrize("engine", ENGINES)
def test_a_trial_that_waits_leaves_nothing_pending(
    engine: str, tmp_path: Path, capfd: Capture, rules: Path
) -> None:
    day = {"date": "2026-04-02"}
    folder = submit(tmp_path / "in", [record(publications=[day])])
    add(rules, "sup-titles", "status: trial")
    status, report = reported(capfd, rules, folder, engine)
    assert outcomes(report)["sup-titles"] == "not_observed"
    assert (status, report["opinion"]) == (0, "conforming")
    add(rules, "sup-titles")
    status, report = reported(capfd, rules, folder, engine)
    assert (status, report["opinion"]) == (1, "pending")


def test_a_trial_beside_a_failure_changes_no_reason(
    tmp_path: Path, capfd: Capture, rules: Path
) -> None:
    folder = submit(tmp_path / "in", [record(leaflets=False)])
    _, before = reported(capfd, rules, folder, "direct")
    add(rules, "sup-titles", "status: trial")
    _, trial = reported(capfd, rules, folder, "direct")
    assert trial["reasons"] == before["reasons"] == ["equipment"]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("day", "in_force"),
    [
        ("2026-04-09", []),
        ("2026-04-10", ["sup-titles"]),
        ("2026-04-20", ["sup-titles"]),
        ("2026-04-21", ["sup-titles-later"]),
        ("2027-12-31", ["sup-titles-later"]),
    ],
)
def test_an_inspection_is_judged_by_the_rules_of_its_day(
    day: str, in_force: list[str], engine: str, tmp_path: Path, capfd: Capture, rules: Path
) -> None:
    add(rules, "sup-titles", "effective: {from: 2026-04-10, to: 2026-04-20}")
    add(rules, "sup-titles-later", "effective: {from: 2026-04-21}")
    seen = [{"date": day, "title": "别的"}]
    folder = submit(tmp_path / "in", [record(day=day, publications=seen)])
    status, report = reported(capfd, rules, folder, engine)
    assert [rule for rule in outcomes(report) if rule.startswith("sup-titles")] == in_force
    assert report["opinion"] == ("non_conforming" if in_force else "conforming")
    assert status == int(bool(in_force))


def test_the_later_version_leaves_the_earlier_opinion_as_it_was(
    tmp_path: Path, capfd: Capture, rules: Path
) -> None:
    """A rule that comes into force tomorrow changes nothing about today's inspection."""
    folder = submit(tmp_path / "in", [record()])
    _, before = reported(capfd, rules, folder, "direct")
    add(rules, "sup-titles", "effective: {from: 2026-04-13}")
    _, after = reported(capfd, rules, folder, "direct")
    changing = {"rules_digest"}
    assert {k: v for k, v in after.items() if k not in changing} == {
        k: v for k, v in before.items() if k not in changing
    }
