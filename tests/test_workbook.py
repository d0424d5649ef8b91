"""The workbook: what is handed out, and what is read back from it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance.cli import main
from compliance.condition import FactType
from compliance.intake.workbook import layout
from compliance.outcome import Stage
from compliance.record import Outlet
from compliance.rulebook import Fact, Field, OutletType
from compliance.words import LANGS, Lang, Text
from tests.workbook_samples import (
    BOOK,
    BRANCH,
    ID_NUMBERS,
    OUTLETS,
    PUBLICATIONS,
    RECORD,
    STAFF,
    answer,
    blank,
    column_of,
    fill,
    member,
    only,
    opened,
    outlet_cell,
    put,
    records,
    saved,
    sheet_of,
    visit,
)

# what is handed out


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("type_", OutletType)
@pytest.mark.parametrize("outlets", [(), OUTLETS], ids=["one", "many"])
def test_equal_input_gives_equal_bytes(
    type_: OutletType, lang: Lang, outlets: Sequence[Outlet]
) -> None:
    content = blank(BOOK, type_, outlets, lang)
    assert content == blank(BOOK, type_, outlets, lang)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("type_", OutletType)
def test_every_question_and_caption_comes_from_the_vocabulary(
    type_: OutletType, lang: Lang
) -> None:
    workbook = opened(blank(BOOK, type_, lang=lang))
    asked = [f for f in BOOK.facts.values() if (type_, Stage.ADAPTATION) in f.asked]
    sheet = sheet_of(workbook, layout.CHECKLIST)
    lines = {row[0].value: [cell.value for cell in row] for row in sheet.iter_rows(min_row=5)}
    assert list(lines) == [fact.name for fact in asked]
    for fact in asked:
        clause, caption, question, *entries = lines[fact.name][1:]
        assert caption == fact.caption.in_(lang)
        assert question.startswith(fact.question.in_(lang))
        assert clause.startswith(("4.", "5."))
        assert entries == [None, None]
    for fact in asked:
        if fact.fields:
            heads = sheet_of(workbook, f"{layout.LIST}{fact.name}")
            captions = [cell.value for cell in heads[3][2:]]
            assert captions == [field.caption.in_(lang) for field in fact.fields]
            assert [c.value for c in heads[1][2:]] == [field.name for field in fact.fields]


def test_captions_are_locked_and_entries_are_not() -> None:
    workbook = opened(blank(BOOK))
    for sheet in workbook:
        assert sheet.protection.sheet
        assert not sheet.protection.password
    assert workbook.security.lockStructure
    assert [answer(workbook, "television", n).protection.locked for n in ("answer", "note")] == [
        False,
        False,
    ]
    sheet = sheet_of(workbook, layout.CHECKLIST)
    assert all(sheet.cell(5, column).protection.locked for column in (1, 2, 3, 4))
    assert not member(workbook, "name").protection.locked
    assert not sheet_of(workbook, STAFF).column_dimensions["C"].protection.locked
    assert not outlet_cell(workbook, "outlet.name").protection.locked


def test_formats_and_checks() -> None:
    workbook = opened(blank(BOOK))
    assert member(workbook, "id_number").number_format == "@"
    assert member(workbook, "phone").number_format == "@"
    assert member(workbook, "date", mark=PUBLICATIONS).number_format == "yyyy-mm-dd"
    checks = {
        (check.type, check.formula1): str(check.sqref)
        for mark in (layout.CHECKLIST, STAFF, PUBLICATIONS, layout.OUTLETS)
        for check in sheet_of(workbook, mark).data_validations.dataValidation
    }
    assert ("list", '"是,否,未检查"') in checks
    assert ("list", '"有,无,未检查"') in checks
    assert ("textLength", "18") in checks
    dates = sheet_of(workbook, PUBLICATIONS).data_validations.dataValidation
    day = next(check for check in dates if check.type == "date")
    place = outlet_cell(workbook, "inspection.date")
    assert f"'网点'!$C${place.row}" in day.formula2
    assert all(check.showErrorMessage and check.allow_blank for check in dates)


@pytest.mark.parametrize("outlets", [(), OUTLETS], ids=["one", "many"])
def test_paper(outlets: Sequence[Outlet]) -> None:
    for sheet in opened(blank(BOOK, outlets=outlets)):
        if sheet.title == layout.META:
            assert sheet.sheet_state == "hidden"
            continue
        assert sheet.page_setup.paperSize == 9
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert "&P" in sheet.oddFooter.center.text
        if sheet.title != "填写说明":
            assert sheet.print_title_rows.startswith("$2:$")
            assert sheet.row_dimensions[1].hidden and sheet.column_dimensions["A"].hidden


def test_texts_that_look_like_formulas_are_stored_as_texts(tmp_path: Path) -> None:
    names = ("=1+1", "+86", "-1", "@A1", "#N/A", "=cmd|' /C calc'!A0", "_x000D_", "<b>&amp;")
    outlets = tuple(Outlet(f"={n}", name, BRANCH, "示例银行") for n, name in enumerate(names))
    content = blank(BOOK, outlets=outlets)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        sheets = [package.read(n) for n in package.namelist() if n.startswith("xl/worksheets/")]
    assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)
    sheet = sheet_of(opened(content), layout.OUTLETS)
    cell = sheet.cell(5, column_of(sheet, "outlet.name"))
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)
    made = records(fill(content, BOOK, [only(outlet) for outlet in outlets]), tmp_path)
    assert [record["outlet"]["name"] for record in made] == list(names)


# the same record


def phones() -> st.SearchStrategy[str]:
    return st.sampled_from(["13800000001", "0775-2000001", "12333", "+86 138 0000 0001"])


def texts() -> st.SearchStrategy[str]:
    """Texts that a cell and a record can hold; blanks around them are not kept."""
    odd = st.sampled_from(["=1+1", "@x", "-1", "'", '"', "是", "#REF!", "001", "1e5", "😀", "a\nb"])
    plain = st.text(
        st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co")), min_size=1, max_size=9
    )
    return odd | plain.map(str.strip).filter(bool)


def values(name: str, type_: FactType) -> st.SearchStrategy[Any]:
    if name == "id_number":
        return st.sampled_from(ID_NUMBERS)
    if name in ("phone", "outlet.phone"):
        return phones()
    if type_ is FactType.BOOLEAN:
        return st.booleans()
    days = st.dates(date(1990, 1, 1), date(2026, 4, 12)).map(date.isoformat)
    return days if type_ is FactType.DATE else texts()


@st.composite
def visits(draw: st.DrawFn, type_: OutletType, number: int) -> dict[str, Any]:
    """A record that a checklist of this type can hold."""
    asked = [f for f in BOOK.facts.values() if (type_, Stage.ADAPTATION) in f.asked]
    observed: dict[str, Any] = {}
    for fact in asked:
        if not draw(st.booleans()):
            continue
        if not fact.fields:
            observed[fact.name] = draw(values(fact.name, fact.type))
            continue
        members = st.fixed_dictionaries(
            {f.name: values(f.name, f.type) for f in fact.fields if f.required},
            optional={f.name: values(f.name, f.type) for f in fact.fields if not f.required},
        )
        observed[fact.name] = draw(st.lists(members.filter(bool), max_size=3))
    known = {
        name.partition(".")[2]: values(name, FactType.TEXT)
        for name in layout.outlet_types()
        if name.startswith("outlet.") and name not in ("outlet.listed_on", *layout.REQUIRED)
    }
    outlet = draw(st.fixed_dictionaries({}, optional=known))
    notes = st.dictionaries(st.sampled_from([f.name for f in asked]), texts(), max_size=4)
    record = {
        "inspection": {
            "id": f"V{number}",
            "stage": "adaptation",
            "date": "2026-04-12",
            "inspector": draw(texts()),
        },
        "outlet": {"id": f"={number}", "name": draw(texts()), "bank": draw(texts()), **outlet},
        "observations": observed,
        "vocabulary": BOOK.vocabulary,
    }
    record["outlet"]["type"] = type_.value
    said = draw(notes)
    return {**record, "notes": said} if said else record


@given(data=st.data(), type_=st.sampled_from(OutletType), count=st.sampled_from((0, 1, 2, 3)))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_was_written_reads_as_the_same_record(
    data: st.DataObject, type_: OutletType, count: int, tmp_path: Path
) -> None:
    visited = [data.draw(visits(type_, n)) for n in range(max(count, 1))]
    outlets = [Outlet(**{**record["outlet"], "type": type_}) for record in visited[: count or None]]
    given_out = blank(BOOK, type_, outlets if count else (), data.draw(st.sampled_from(LANGS)))
    assert records(fill(given_out, BOOK, visited), tmp_path) == visited


def test_facts_of_every_type(tmp_path: Path) -> None:
    asked = frozenset({(BRANCH, Stage.ADAPTATION)})
    plain = {
        name: Fact(name, type_, Text(f"{name}[项]", name), Text("？", "?"), asked)
        for name, type_ in (
            ("counters", FactType.INTEGER),
            ("opened_on", FactType.DATE),
            ("sign", FactType.TEXT),
        )
    }
    devices = Fact(
        *("devices", FactType.LIST, Text("设备/终端*", "Devices"), Text("？", "?"), asked),
        (Field("seats", FactType.INTEGER, Text("座位", "Seats"), None, False, False),),
    )
    book = replace(BOOK, facts={**BOOK.facts, **plain, "devices": devices})
    observed = {"counters": 7, "opened_on": "2020-02-29", "sign": "=1"}
    for record in (RECORD, visit(OUTLETS[1])):
        record = {**record, "observations": {**observed, "devices": [{"seats": -3}, {"seats": 0}]}}
        outlets = OUTLETS[1:2] * (record["outlet"]["id"] == "YL-102")
        assert records(fill(blank(book, outlets=outlets), book, [record]), tmp_path, book) == [
            record
        ]
    titles = opened(blank(book)).sheetnames
    assert "设备终端" in titles


# the commands


def test_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed, out = tmp_path / "网点 名单.csv", tmp_path / "检查 表.xlsx"
    listed.write_text("网点编号,网点名称,所属银行\nYL-1,甲支行,示例银行\nYL-2,乙支行,示例银行\n")
    arguments = ["--type", "bank_branch", "--outlets", str(listed), "--out", str(out)]
    assert main(["checklist", *arguments]) == 0
    first = out.read_bytes()
    assert main(["checklist", *arguments]) == 0
    assert out.read_bytes() == first
    empty = tmp_path / "records"
    assert main(["import", str(out), "--out", str(empty)]) == 2
    assert not empty.exists()
    workbook = opened(first)
    sheet = sheet_of(workbook, layout.OUTLETS)
    for name, value in (("id", "V1"), ("date", date(2026, 4, 12)), ("inspector", "覃示例")):
        sheet.cell(5, column_of(sheet, f"inspection.{name}")).value = value
    put(answer(workbook, "television"), True, FactType.BOOLEAN)
    out.write_bytes(saved(workbook))
    assert main(["import", str(out), "--out", str(empty)]) == 0
    (made,) = empty.iterdir()
    assert main(["check", str(made), "--format", "json"]) == 1
    assert "television: true" in made.read_text(encoding="utf-8")
    capsys.readouterr()


def test_a_stage_that_asks_nothing_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["checklist", "--type", "bank_branch", "--stage", "termination"]) == 2
    assert "--type bank_branch --stage adaptation" in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["xlsx", "html"])
def test_a_filled_checklist_is_not_overwritten(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / f"检查 表.{kind}"
    out.write_bytes(b"a day's answers")
    arguments = ["--type", "bank_branch", "--format", kind, "--out", str(out)]
    assert main(["checklist", *arguments]) == 2
    assert out.read_bytes() == b"a day's answers"
    assert f"{out}: 这里已有另一份检查表" in capsys.readouterr().err


def test_a_folder_is_no_name_for_a_checklist(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "out").mkdir()
    for folder in (".", "out"):
        assert main(["checklist", "--type", "bank_branch", "--out", folder]) == 2
        assert "无法写入" in capsys.readouterr().err
    assert [path.name for path in tmp_path.rglob("*")] == ["out"]
