"""Reports as SARIF and JUnit: levels, places down to the line, and what is left out."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

import pytest

from compliance.load import load_rules
from compliance.outcome import Outcome, Report
from compliance.report import render
from compliance.submission import read_submissions
from compliance.words import LANGS
from tests.cli_samples import call
from tests.report_samples import (
    BOOK,
    HOSTILE,
    NON_CONFORMING,
    OPERATION,
    PENDING,
    SAMPLES,
    hostile,
    many,
)
from tests.sarif_check import check_sarif

RECORD: Final = """\
inspection: {id: T-1, stage: adaptation, date: 2026-04-12, inspector: 检查员示例}
outlet: {id: YL-1, name: 样例服务点, type: rural_point, bank: 玉林甲样例银行}
observations:
  convenience_items: true
  notice_board: true
  leaflets: false
  farmer_terminal: true
  staff:
    - {name: 甲示例, pre_job_trained: true, able_to_serve: true, dedicated: true}
    - name: 乙示例
      id_number: 11010119900307002X
      pre_job_trained: false
      able_to_serve: true
  publications: []
"""


def results(*reports: Report) -> list[dict[str, Any]]:
    """The results of reports, which are held against the schema."""
    return list(check_sarif(render("sarif", reports, "en", BOOK))["results"])


def suites(*reports: Report) -> list[ElementTree.Element]:
    """The test suites of reports; their counts are true."""
    root = ElementTree.fromstring(render("junit", reports, "en", BOOK).encode())
    found = root.findall("testsuite")
    for suite in found:
        for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert suite.get(name) == str(len(suite.findall(f"testcase/{tag}")))
        assert suite.get("tests") == str(len(suite.findall("testcase")))
    return found


# SARIF


@pytest.mark.parametrize("lang", LANGS)
def test_sarif_holds_to_the_schema(lang: str) -> None:
    run = check_sarif(render("sarif", SAMPLES, lang, BOOK))  # type: ignore[arg-type]
    assert [i["inspection"] for i in run["properties"]["inspections"]] == [
        report.inspection for report in SAMPLES
    ]
    titles = {
        rule["id"]: rule["shortDescription"]["text"] for rule in run["tool"]["driver"]["rules"]
    }
    assert titles["4.3.1.3-d"] == {"zh": "电视机", "en": "Television"}[lang]


def test_sarif_tells_failures_gaps_and_advice_apart() -> None:
    levels = {(r["properties"]["inspection"], r["ruleId"]): r["level"] for r in results(*SAMPLES)}
    for report in SAMPLES:
        for finding in report.findings:
            expected = {
                (Outcome.FAIL, True): "error",
                (Outcome.FAIL, False): "note",
                (Outcome.NOT_OBSERVED, True): "warning",
            }.get((finding.outcome, finding.binding))
            assert levels.get((report.inspection, finding.rule)) == expected


def test_sarif_says_file_line_and_column() -> None:
    found = {r["ruleId"]: r["locations"][0]["physicalLocation"] for r in results(NON_CONFORMING)}
    uri = "inspections/%E6%A0%B7%E4%BE%8B%20%E7%94%B2/YL-002.yaml"
    assert found["4.3.1.3-d"] == {
        "artifactLocation": {"uri": uri},
        "region": {"startLine": 17, "startColumn": 15},
    }
    assert found["4.3.1.1-a"] == {"artifactLocation": {"uri": uri}}
    (lined,) = results(OPERATION)
    assert lined["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "inspections/%E5%9B%9B%E6%9C%88.ndjson"},
        "region": {"startLine": 12},
    }


def test_sarif_results_are_told_apart_and_stay_the_same() -> None:
    reports = many(12)
    prints = [r["partialFingerprints"]["primaryLocationLineHash"] for r in results(*reports)]
    assert len(set(prints)) == len(prints) > 20
    moved = replace(PENDING, findings=PENDING.findings[1:])
    known = [r["partialFingerprints"] for r in results(PENDING)]
    assert [r["partialFingerprints"] for r in results(moved)] == known[1:]


@pytest.mark.parametrize("text", HOSTILE)
def test_sarif_holds_whatever_a_record_says(text: str) -> None:
    if "\ud800" not in text:  # no record can hold it, and strict readers of JSON refuse it
        (result,) = results(hostile(text))
        assert result["properties"]["outlet"] == text


# JUnit


def test_junit_has_a_suite_an_inspection_and_a_case_a_requirement() -> None:
    made = suites(*SAMPLES)
    assert [suite.get("name") for suite in made] == [f"{r.outlet} {r.inspection}" for r in SAMPLES]
    for suite, report in zip(made, SAMPLES, strict=True):
        cases = suite.findall("testcase")
        for case, finding in zip(cases, report.findings, strict=True):
            assert str(case.get("name")).startswith(f"{finding.rule} ")
            expected = {
                Outcome.PASS: [],
                Outcome.NOT_APPLICABLE: ["skipped"],
                Outcome.FAIL: ["failure"] if finding.binding else ["system-out"],
                Outcome.NOT_OBSERVED: ["error"] if finding.binding else ["system-out"],
            }[finding.outcome]
            assert [element.tag for element in case] == expected


def test_junit_fails_where_check_does() -> None:
    for report in SAMPLES:
        (suite,) = suites(report)
        wrong = int(suite.get("failures", "")) + int(suite.get("errors", ""))
        assert (wrong == 0) is report.settled


@pytest.mark.parametrize("text", HOSTILE)
def test_junit_is_well_formed_whatever_a_record_says(text: str) -> None:
    (suite,) = suites(hostile(text))
    assert len(suite.findall("testcase/failure")) == 1


# From a record's file


def test_findings_know_their_lines(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("记录").mkdir()
    Path("记录/一 号.yaml").write_text(RECORD, encoding="utf-8")
    status, out, err = call(capfd, "check", "记录", "--format", "sarif", "--engine", "direct")
    assert (status, err) == (1, "")
    regions = {
        result["ruleId"]: result["locations"][0]["physicalLocation"].get("region")
        for result in check_sarif(out)["results"]
    }
    assert regions == {
        "4.3.2.1-b": {"startLine": 5, "startColumn": 17},
        "4.3.2.3": {"startLine": 10, "startColumn": 7},
        "sup-monthly-publication": {"startLine": 14, "startColumn": 17},
    }
    assert "11010119900307002X" not in out
    status, out, _ = call(capfd, "check", "记录", "--format", "junit", "--engine", "direct")
    root = ElementTree.fromstring(out.encode())
    lines = [case.get("line") for case in root.iter("testcase") if case.get("line")]
    assert (status, lines) == (1, ["5", "10", "14"])
    assert "11010119900307002X" not in out


def test_lines_are_kept_for_facts_and_members_alone(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(RECORD, encoding="utf-8")
    (record,) = read_submissions([tmp_path], load_rules()).records
    assert set(record.lines) == {*record.observations, "staff[0]", "staff[1]"}
    assert record.lines["staff[1]"] == (10, 7)


def test_json_has_no_lines_but_those_of_ndjson(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.yaml").write_text(RECORD, encoding="utf-8")
    (first,) = read_submissions([tmp_path], load_rules()).records
    data = {
        "inspection": {
            "id": "T-1",
            "stage": "adaptation",
            "date": "2026-04-12",
            "inspector": "示例",
        },
        "outlet": {"id": "YL-1", "name": "示例", "type": "rural_point", "bank": "示例"},
        "observations": {
            k: [dict(m) for m in v] if isinstance(v, tuple) else v
            for k, v in first.observations.items()
        },
    }
    shutil.rmtree(tmp_path)
    tmp_path.mkdir()
    text = json.dumps(data)
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    (tmp_path / "b.ndjson").write_text(f"\n{text.replace('T-1', 'T-2')}\n", encoding="utf-8")
    status, out, _ = call(capfd, "check", tmp_path, "--format", "sarif", "--engine", "direct")
    assert status == 1
    places = [r["locations"][0]["physicalLocation"] for r in check_sarif(out)["results"]]
    for place in places:
        file = place["artifactLocation"]["uri"]
        assert place.get("region") == ({"startLine": 2} if file.endswith("b.ndjson") else None)


def test_no_output_holds_an_id_number(capfd: pytest.CaptureFixture[str]) -> None:
    folder = Path(__file__).parents[1] / "inspections"
    for name in ("sarif", "junit"):
        _, out, _ = call(capfd, "check", folder, "--format", name, "--engine", "direct")
        assert not re.search(r"(?<![0-9a-f])[0-9]{17}[0-9X](?![0-9a-f])", out)
