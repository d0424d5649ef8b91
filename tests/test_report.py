"""The output of `check`: golden files, the contract of the JSON, alignment, hostile texts.

REWRITE_GOLDEN=1 in the environment writes the golden files anew; review them as a diff.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import unicodedata
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from wcwidth import wcswidth

from compliance.outcome import Opinion, Outcome, Report, Stage, Witness
from compliance.remarks.visible import is_unseen, visible
from compliance.report import REPORTS, View, render
from compliance.report.as_csv import COLUMNS, safe
from compliance.report.wording import decided
from compliance.words import LANGS, Lang
from tests.report_samples import (
    BOOK,
    CONFORMING,
    HOSTILE,
    NON_CONFORMING,
    OPERATION,
    PENDING,
    SAMPLES,
    finding,
    hostile,
    many,
    members,
    publication,
    staff,
)
from tests.report_schema import FINDING, SCHEMA

GOLDEN = Path(__file__).parents[1] / "fixtures" / "reports"
ENDINGS = {
    "table": "txt",
    "json": "json",
    "csv": "csv",
    "html": "html",
    "sarif": "sarif",
    "junit": "xml",
}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", REPORTS)
def test_output_equals_the_golden_file(name: str, lang: Lang) -> None:
    made = render(name, SAMPLES, lang, BOOK).encode()
    golden = GOLDEN / f"check.{lang}.{ENDINGS[name]}"
    if os.environ.get("REWRITE_GOLDEN") == "1":
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_bytes(made)
    assert made == golden.read_bytes()


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", REPORTS)
def test_no_report_at_all_is_still_an_output(name: str, lang: Lang) -> None:
    assert render(name, (), lang, BOOK).endswith("\n")


@pytest.mark.parametrize("name", REPORTS)
def test_inspection_without_findings_is_listed(name: str) -> None:
    assert CONFORMING.inspection in render(name, [replace(CONFORMING, findings=())], "zh", BOOK)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", REPORTS)
def test_every_stage_is_said(name: str, lang: Lang) -> None:
    for stage in Stage:
        assert render(name, [replace(OPERATION, stage=stage)], lang, BOOK)


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_unseen_gets_out_and_all_is_utf8(name: str, text: str) -> None:
    made = render(name, [hostile(text)], "zh", BOOK)
    made.encode("utf-8")
    allowed = {"\n"} | ({"\ufeff", "\r"} if name == "csv" else set())
    assert not {char for char in made.removeprefix("\ufeff") if is_unseen(char)} - allowed


def test_formats_import_only_what_they_need() -> None:
    heavy = ("tabulate", "wcwidth", "compliance.report.page", "compliance.report.as_csv")
    code = (
        "import sys; from compliance.report import render;"
        "from tests.report_samples import BOOK, SAMPLES;"
        "render('json', SAMPLES, 'zh', BOOK);"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    root = Path(__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root
    )
    assert done.stdout.strip() == "[]"


def test_unknown_format_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        render("xml", SAMPLES, "zh", BOOK)


# Words


@pytest.mark.parametrize(
    ("witness", "outcome", "zh", "en"),
    [
        (
            members("张三示例")[0],
            Outcome.FAIL,
            "工作人员第1名 张三示例",
            "Serving staff no. 1 张三示例",
        ),
        (Witness("publications[3]", 3), Outcome.PASS, "宣传公示第3项", "Publications no. 3"),
        (Witness("staff"), Outcome.NOT_OBSERVED, "工作人员：未观察", "Serving staff: not observed"),
        (Witness("staff"), Outcome.PASS, "工作人员：没有记录", "Serving staff: nothing on record"),
        (Witness("television", value=False), Outcome.FAIL, "电视机：否", "Television: no"),
        (Witness("television"), Outcome.FAIL, "电视机：未观察", "Television: not observed"),
        (Witness("elsewhere", value=0), Outcome.FAIL, "elsewhere：0", "elsewhere: 0"),
        (
            Witness("outlet.listed_on", value="2026-01-05"),
            Outcome.PASS,
            "挂牌日期：2026-01-05",
            "Date of listing: 2026-01-05",
        ),
        (
            Witness("publications", month="2026-03"),
            Outcome.NOT_OBSERVED,
            "宣传公示：2026-03 未观察",
            "Publications: 2026-03 not observed",
        ),
    ],
)
def test_witness_in_words(witness: Witness, outcome: Outcome, zh: str, en: str) -> None:
    judged = finding(outcome, witness)
    assert decided(judged, View("zh", BOOK)) == (zh,)
    assert decided(judged, View("en", BOOK)) == (en,)


def test_visible_keeps_what_is_seen() -> None:
    for text in ("张三示例", "👩‍🏫", "e\u0301", "a b", "C:\\x"):
        assert visible(text) == text
    assert visible("甲\x1b[2J\u202e\n\U000e0041") == "甲\\x1b[2J\\u202e\\n\\U000e0041"


# Table


def _starts(rule: str) -> list[int]:
    return [found.start() for found in re.finditer("-+", rule)]


def _displayed(line: str, column: int) -> str:
    """What a line shows from a display column on."""
    for index in range(len(line) + 1):
        if wcswidth(line[:index]) >= column:
            return line[index:]
    return ""


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("width", [None, 100, 72])
def test_columns_line_up_by_display_width(lang: Lang, width: int | None) -> None:
    for block in render("table", SAMPLES, lang, BOOK, width).split("\n\n")[:-1]:
        _, heads, rule, *rows = block.splitlines()
        for start in _starts(rule)[1:]:
            for line in (heads, *rows):
                before = line[: len(line) - len(_displayed(line, start))]
                assert wcswidth(before) in (start, wcswidth(line)), line
                assert before.endswith("  ") or wcswidth(line) <= start, line


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("width", [72, 90, 200])
def test_table_keeps_to_the_width_and_loses_nothing(lang: Lang, width: int) -> None:
    long = "很长的姓名示例" * 40
    judged = staff(Outcome.FAIL, *members(long, "乙示例"))
    made = render("table", [replace(NON_CONFORMING, findings=(judged,))], lang, BOOK, width)
    assert all(wcswidth(line) <= width for line in made.splitlines()[1:])
    column = _starts(made.splitlines()[2])[-1]
    shown = "".join(_displayed(line, column).strip() for line in made.splitlines()[3:])
    assert long in shown
    assert "乙示例" in shown


def test_table_too_narrow_to_keep_to_still_shows_all() -> None:
    made = render("table", [NON_CONFORMING], "zh", BOOK, 10)
    assert "李四示例" in made.replace("\n", "")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_on_its_row_of_the_table(text: str) -> None:
    made = render("table", [hostile(text)], "zh", BOOK)
    assert len(made.splitlines()) == len(render("table", [hostile("甲")], "zh", BOOK).splitlines())
    assert visible(text).strip() in made


def test_table_counts_the_opinions() -> None:
    zh, en = (render("table", SAMPLES, lang, BOOK).splitlines()[-1] for lang in LANGS)
    assert zh == "共 4 次检查：符合 1，不符合 1，待核实 1，本阶段不出具意见 1"
    assert en.startswith("4 inspections: 1 conforming, 1 not conforming, 1 pending, 1 no opinion")
    assert render("table", (), "zh", BOOK) == "共 0 次检查\n"
    assert render("table", [PENDING], "en", BOOK).endswith("1 inspection: 1 pending\n")


# JSON


@pytest.mark.parametrize("lang", LANGS)
def test_json_keeps_the_contract(lang: Lang) -> None:
    made = json.loads(render("json", SAMPLES, lang, BOOK))
    Draft202012Validator(SCHEMA).validate(made)
    for element, report in zip(made, SAMPLES, strict=True):
        assert list(element) == list(SCHEMA["items"]["properties"])
        assert element["opinion"] == (report.opinion and report.opinion.value)
        for got, meant in zip(element["findings"], report.findings, strict=True):
            assert [key for key in FINDING["properties"] if key in got] == list(got)
            assert (got["title"], got["remedy"]) == (meant.title.in_(lang), meant.remedy.in_(lang))
            assert ("trial" in got) == meant.trial


def test_json_witness_has_the_keys_that_have_values() -> None:
    judged = staff(
        Outcome.FAIL,
        members("李四示例")[0],
        Witness("television", value=False),
        Witness("publications", month="2026-03"),
        Witness("waiting_area"),
    )
    (made,) = json.loads(render("json", [replace(CONFORMING, findings=(judged,))], "zh", BOOK))
    assert made["findings"][0]["witnesses"] == [
        {"path": "staff[1]", "position": 1, "name": "李四示例"},
        {"path": "television", "value": False},
        {"path": "publications", "month": "2026-03"},
        {"path": "waiting_area"},
    ]


def test_json_is_plain_chinese_indented_by_two() -> None:
    made = render("json", [CONFORMING], "zh", BOOK)
    assert '\n  {\n    "inspection": "YL-2026-0001",\n' in made
    assert "业务等候区" in made
    assert made.endswith("]\n")


@pytest.mark.parametrize("text", HOSTILE)
def test_json_gives_every_text_back(text: str) -> None:
    (made,) = json.loads(render("json", [hostile(text)], "zh", BOOK))
    judged = made["findings"][0]
    assert made["inspection"] == made["outlet"] == judged["title"] == judged["remedy"] == text
    assert judged["witnesses"][0]["name"] == judged["witnesses"][1]["value"] == text
    assert judged["evidence"] == [{"fact": text, "file": text, "sha256": None}]


# CSV


def _cells(made: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(made.removeprefix("\ufeff"), newline=""), strict=True))


@pytest.mark.parametrize("lang", LANGS)
def test_csv_has_a_row_a_finding_and_machine_names(lang: Lang) -> None:
    made = render("csv", SAMPLES, lang, BOOK)
    assert made.startswith("\ufeffinspection,outlet,stage,opinion,")
    assert made.count("\r\n") == made.count("\n") == made.count("\r")
    head, *rows = _cells(made)
    assert tuple(head) == COLUMNS
    findings = [finding for report in SAMPLES for finding in report.findings]
    assert len(rows) == len(findings)
    for row, meant in zip(rows, findings, strict=True):
        cells = dict(zip(head, row, strict=True))
        assert cells["rule"] == meant.rule
        assert cells["outcome"] == meant.outcome.value
        assert cells["title"] == meant.title.in_(lang)
        assert cells["trial"] == ("true" if meant.trial else "false")


@pytest.mark.parametrize("text", HOSTILE)
def test_csv_has_no_formula(text: str) -> None:
    head, *rows = _cells(render("csv", [hostile(text)], "zh", BOOK))
    assert [len(row) for row in rows] == [len(head)]
    for cell in rows[0]:
        first = unicodedata.normalize("NFKC", cell.strip())[:1]
        assert not first or first not in "=+-@\t\r"


@pytest.mark.parametrize(
    "text", ["=1", " +1", "\u3000-1", "\u200b@a", "＝1", "﹣1", "\t1", "\r1", "\n=1"]
)
def test_formula_gets_an_apostrophe(text: str) -> None:
    assert safe(text) == "'" + visible(text)


@pytest.mark.parametrize("text", ["", "a=1", "4.3.1.1 a)", "张三示例", "'=1", " 甲", "1-1"])
def test_plain_text_is_left_alone(text: str) -> None:
    assert safe(text) == text


# HTML


class _Shape(HTMLParser):
    """The tags with their attributes, and the text between them."""

    def __init__(self, made: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.texts: list[str] = []
        self.feed(made)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@pytest.mark.parametrize("text", HOSTILE)
def test_html_shape_does_not_depend_on_texts(text: str) -> None:
    plain, made = (
        _Shape(render("html", [hostile(each), CONFORMING], "zh", BOOK)) for each in ("甲", text)
    )
    assert made.tags == plain.tags
    assert visible(text) in made.texts


@pytest.mark.parametrize("lang", LANGS)
def test_html_needs_nothing_from_elsewhere(lang: Lang) -> None:
    made = render("html", many(30), lang, BOOK)
    assert f'<html lang="{"zh-CN" if lang == "zh" else "en"}">' in made
    assert "default-src 'none'; style-src 'unsafe-inline'" in made
    assert not re.search(r"https?:|<script|src=|url\(|@import|<link", made)
    tags = {tag for tag, _ in _Shape(made).tags}
    assert not tags & {"script", "link", "img", "iframe", "object", "form", "base"}


def test_html_links_each_inspection_and_carries_the_digests() -> None:
    reports = many(30)
    made = render("html", reports, "zh", BOOK)
    for number, report in enumerate(reports, 1):
        assert f'<a href="#i{number}">{report.inspection}</a>' in made
        assert f'<section id="i{number}">' in made
        assert report.record_digest in made
    assert made.count(BOOK.digest) == 1


@pytest.mark.parametrize(
    ("report", "shown"),
    [
        (CONFORMING, '<span class="state conforming">符合</span>'),
        (NON_CONFORMING, '<span class="state non_conforming">不符合（设备、人员、其他）</span>'),
        (PENDING, '<span class="mark">试行</span><span class="mark">项目方</span>每月宣传公示'),
        (OPERATION, '<span class="state none">本阶段不出具意见</span>'),
    ],
)
def test_html_says_in_words_what_colours_show(report: Report, shown: str) -> None:
    assert shown in render("html", [report], "zh", BOOK)


def test_html_tints_only_what_counts() -> None:
    advice_alone = render("html", [CONFORMING], "zh", BOOK)
    trial_alone = replace(
        PENDING, opinion=Opinion.CONFORMING, findings=(publication(Outcome.FAIL, trial=True),)
    )
    assert '<tr class="failed">' not in advice_alone
    assert '<tr class="failed">' not in render("html", [trial_alone], "zh", BOOK)
    assert render("html", [NON_CONFORMING], "zh", BOOK).count('<tr class="failed">') == 3
