"""The formats of reviews: contents, escaping, places, and SARIF against its schema."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

import pytest

from compliance import __version__
from compliance.cli import main
from compliance.errors import Place
from compliance.remarks import FORMATS, Level, Remark, Review, render
from compliance.remarks.sarif import uri
from compliance.remarks.visible import is_unseen, visible_lines
from compliance.words import LANGS, Lang, Text
from tests.report_samples import HOSTILE
from tests.sarif_check import check_sarif

WRONG: Final = Remark(
    "example-wrong",
    Level.ERROR,
    Place("rules/适配 甲/branch.yaml", 12, 7, "[0].examples[1].then"),
    Text("应为 pass，得到 fail", "expected pass, got fail"),
    "4.3.1.5 example 2",
    "- {given: {waiting_area: true}, then: pass}\n- {given: {}, then: not_observed}",
)
UNUSED: Final = Remark(
    "unused-fact",
    Level.WARNING,
    Place("rules/facts.yaml", 9),
    Text("没有规则用到", "no rule uses it"),
)
REVIEW: Final = Review(
    "rules test",
    ("4.3.1.5 example 1", "4.3.1.5 example 2"),
    (WRONG, UNUSED),
    Text("2 处问题。", "2 problems."),
)
EMPTY: Final = Review("rules test", (), (), Text("无", "nothing"))


def hostile(text: str) -> Review:
    """A review that has `text` wherever rule files can put one."""
    file = text.replace("\ud800", "\udc80")  # half characters in names of files are bytes
    remark = Remark(text, Level.ERROR, Place(file, 1, 2, text), Text(text, text), text, text)
    return Review("rules test", (text, "x"), (remark, replace(remark, case="")), Text(text, text))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", FORMATS)
def test_every_format_ends_a_line_and_repeats_itself(name: str, lang: Lang) -> None:
    for review in (REVIEW, EMPTY):
        made = render(name, review, lang)
        assert made.endswith("\n") and not made.endswith("\n\n")
        assert made == render(name, review, lang)


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "text"])
@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_unseen_gets_out(name: str, text: str) -> None:
    made = render(name, hostile(text), "zh")
    made.encode("utf-8")
    assert not {char for char in made if is_unseen(char)} - {"\n"}


# JSON


def test_json_has_the_keys_in_their_order() -> None:
    made = json.loads(render("json", REVIEW, "en"))
    assert list(made) == ["command", "cases", "summary", "remarks"]
    assert (made["command"], made["cases"]) == ("rules test", list(REVIEW.cases))
    assert made["summary"] == "2 problems."
    first, second = made["remarks"]
    assert list(first.items()) == [
        ("check", "example-wrong"),
        ("level", "error"),
        ("file", "rules/适配 甲/branch.yaml"),
        ("line", 12),
        ("column", 7),
        ("path", "[0].examples[1].then"),
        ("case", "4.3.1.5 example 2"),
        ("text", "expected pass, got fail"),
        ("shown_by", WRONG.shown_by),
    ]
    assert (second["column"], second["case"], second["level"]) == (None, "", "warning")


@pytest.mark.parametrize("text", HOSTILE)
def test_json_gives_every_text_back(text: str) -> None:
    made = json.loads(render("json", hostile(text), "zh"))
    assert made["summary"] == made["remarks"][0]["text"] == made["remarks"][0]["case"] == text


# SARIF


def sarif(review: Review, lang: Lang = "en") -> dict[str, Any]:
    """The run of a review, which is held against the schema."""
    return check_sarif(render("sarif", review, lang))


def test_sarif_has_a_result_a_remark() -> None:
    run = sarif(REVIEW)
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("compliance", __version__)
    assert [rule["id"] for rule in driver["rules"]] == ["example-wrong", "unused-fact"]
    assert run["automationDetails"]["id"] == "compliance/rules-test/"
    first, second = run["results"]
    assert (first["ruleId"], first["ruleIndex"], first["level"]) == ("example-wrong", 0, "error")
    assert (second["ruleId"], second["ruleIndex"], second["level"]) == ("unused-fact", 1, "warning")
    assert first["message"]["text"] == f"expected pass, got fail\n\n{WRONG.shown_by}"
    (location,) = first["locations"]
    assert location == {
        "physicalLocation": {
            "artifactLocation": {"uri": "rules/%E9%80%82%E9%85%8D%20%E7%94%B2/branch.yaml"},
            "region": {"startLine": 12, "startColumn": 7},
        },
        "logicalLocations": [{"fullyQualifiedName": "[0].examples[1].then"}],
    }
    assert second["locations"][0]["physicalLocation"]["region"] == {"startLine": 9}


@pytest.mark.parametrize("text", HOSTILE)
def test_sarif_holds_to_the_schema_whatever_it_says(text: str) -> None:
    assert sarif(hostile(text))["results"][0]["message"]["text"] == visible_lines(
        f"{text}\n\n{text}"
    )


def test_sarif_of_no_remark_and_of_no_place() -> None:
    assert sarif(EMPTY)["results"] == []
    nowhere = replace(REVIEW, remarks=(replace(UNUSED, place=Place("")),))
    assert "locations" not in sarif(nowhere)["results"][0]


def fingerprints(review: Review, lang: Lang = "en") -> list[str]:
    """What a code-scanning service knows the results by."""
    found = sarif(review, lang)["results"]
    return [result["partialFingerprints"]["primaryLocationLineHash"] for result in found]


def test_sarif_results_keep_their_identity() -> None:
    moved = replace(WRONG, place=replace(WRONG.place, line=40, column=1, path="[2]"))
    first = fingerprints(REVIEW)
    assert len(set(first)) == 2
    assert fingerprints(replace(REVIEW, remarks=(moved, UNUSED))) == first
    assert fingerprints(REVIEW, "zh") == first
    other = replace(WRONG, case="4.3.1.5 example 1")
    assert fingerprints(replace(REVIEW, remarks=(other,)))[0] not in first
    twice = fingerprints(replace(REVIEW, remarks=(WRONG, WRONG)))
    assert twice == [first[0], first[0].removesuffix(":1") + ":2"]


def test_addresses_are_relative_below_the_current_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "工 程"
    here.mkdir()
    monkeypatch.chdir(here)
    assert uri("a b#?.yaml") == "a%20b%23%3F.yaml"
    assert uri(str(here / "rules" / ".." / "x.yaml")) == "x.yaml"
    assert uri("c:d.yaml") == "c%3Ad.yaml"
    assert uri("../x.yaml").startswith("file:///")
    assert uri("\udcff.yaml") == "%FF.yaml"


# JUnit


def cases(review: Review, lang: Lang = "en") -> dict[str, ElementTree.Element]:
    """The test cases of a review by name."""
    root = ElementTree.fromstring(render("junit", review, lang).encode())
    (suite,) = root.findall("testsuite")
    found = suite.findall("testcase")
    assert suite.get("tests") == str(len(found))
    assert suite.get("failures") == str(len(suite.findall("testcase/failure")))
    assert {case.get("classname") for case in found} <= {review.command}
    return {str(case.get("name")): case for case in found}


def test_junit_has_a_test_case_a_case_and_one_for_each_remark_outside() -> None:
    made = cases(REVIEW)
    outside = "unused-fact rules/facts.yaml:9"
    assert list(made) == ["4.3.1.5 example 1", "4.3.1.5 example 2", outside]
    assert len(made["4.3.1.5 example 1"]) == 0
    (failure,) = made["4.3.1.5 example 2"]
    assert (failure.tag, failure.get("type")) == ("failure", "example-wrong")
    assert failure.text == f"{WRONG.message('en')}\n{WRONG.shown_by}"
    assert failure.get("message") == WRONG.message("en")
    assert (made[outside].get("file"), made[outside].get("line")) == ("rules/facts.yaml", "9")
    (output,) = made[outside]
    assert (output.tag, output.text) == ("system-out", UNUSED.message("en"))


def test_junit_puts_all_that_is_wrong_with_a_case_into_one_failure() -> None:
    other = replace(WRONG, check="example-invalid")
    mild = replace(WRONG, check="mild", level=Level.WARNING)
    case = cases(replace(REVIEW, remarks=(WRONG, mild, other)))["4.3.1.5 example 2"]
    failure, output = case
    assert failure.text is not None and "[example-wrong]" in failure.text
    assert "[example-invalid]" in failure.text and "[mild]" not in failure.text
    assert output.text is not None and output.text.startswith(mild.message("en"))


@pytest.mark.parametrize("text", [*HOSTILE, "\x00\x0b\ufffe", "]]>", "a\r\nb"])
def test_junit_is_well_formed_whatever_it_says(text: str) -> None:
    assert len(cases(hostile(text))) == 3


# GitHub


def unescaped(text: str) -> str:
    """What GitHub makes of a message."""
    return text.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")


def test_github_gets_a_command_a_remark() -> None:
    wrong, unused, summary = render("github", REVIEW, "en").splitlines()
    assert wrong == (
        "::error file=rules/适配 甲/branch.yaml,line=12,col=7,title=example-wrong::"
        "expected pass, got fail%0A- {given: {waiting_area: true}, then: pass}%0A"
        "- {given: {}, then: not_observed}"
    )
    assert unused == "::warning file=rules/facts.yaml,line=9,title=unused-fact::no rule uses it"
    assert summary == "2 problems."


def test_github_escapes_what_would_end_a_property_or_a_line() -> None:
    remark = replace(UNUSED, place=Place("a,b:c%.yaml"), text=Text("", "100%\n::error::x"))
    line, _ = render("github", replace(REVIEW, remarks=(remark,)), "en").splitlines()
    start = "::warning file=a%2Cb%3Ac%25.yaml,title=unused-fact::"
    assert line == f"{start}100%25%0A::error::x"
    assert unescaped(line.removeprefix(start)) == remark.text.en


@pytest.mark.parametrize("text", HOSTILE)
def test_github_keeps_a_remark_on_its_line(text: str) -> None:
    *lines, summary = render("github", hostile(text), "zh").splitlines()
    assert len(lines) == 2
    assert all(re.match(r"::error file=[^,]*,line=1,col=2,title=[^,:]*::", line) for line in lines)
    assert summary.strip()


# The command line


@pytest.mark.parametrize("name", FORMATS)
def test_the_command_prints_the_format_as_utf8(
    name: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["rules", "test", "--format", name]) == 0
    out, err = capfdbinary.readouterr()
    assert out.decode("utf-8").endswith("\n")
    assert err == b""
