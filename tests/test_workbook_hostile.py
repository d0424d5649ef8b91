"""Workbooks that are none, that attack whoever opens them, or that other programs saved."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance.cli import main
from compliance.errors import Problem
from compliance.intake.reading import read_forms
from compliance.intake.workbook import cells, opening
from compliance.intake.workbook.opening import open_workbook
from compliance.load import load_rules
from tests.workbook_samples import BOOK, OUTLETS, RECORD, blank, fill, opened, visit

FIXTURES: Final = Path(__file__).parent.parent / "fixtures" / "intake"
FILLED: Final = fill(blank(BOOK), BOOK, [RECORD])
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
BOMB: Final = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    b'<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet><sheetData><row r="1">'
    b'<c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'
)
EXTERNAL: Final = (
    b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    b'<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row>'
    b"</sheetData></worksheet>"
)
SHEET: Final = "xl/worksheets/sheet3.xml"


def package(changes: Mapping[str, bytes], base: bytes = FILLED) -> bytes:
    """The filled workbook with parts replaced or added."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(base)) as old:
        content = {name: old.read(name) for name in old.namelist()} | dict(changes)
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for name, part in content.items():
            new.writestr(name, part)
    return held.getvalue()


def part(name: str, base: bytes = FILLED) -> bytes:
    """A part of the filled workbook."""
    with zipfile.ZipFile(io.BytesIO(base)) as old:
        return old.read(name)


def edited(change: Callable[[bytes], bytes], name: str = SHEET, base: bytes = FILLED) -> bytes:
    """The filled workbook with the XML of one part changed."""
    return package({name: change(part(name, base))}, base)


def xlsxwritten() -> bytes:
    """The filled workbook's cells written by another library."""
    held = io.BytesIO()
    target = xlsxwriter.Workbook(held, {"in_memory": True, "remove_timezone": True})
    day = target.add_format({"num_format": "yyyy-mm-dd"})
    for sheet in opened(FILLED):
        copy = target.add_worksheet(sheet.title)
        for row in sheet.iter_rows():
            for cell in row:
                if cell.is_date and cell.value is not None:
                    copy.write_datetime(cell.row - 1, cell.column - 1, cell.value, day)
                elif cell.value is not None:
                    copy.write_string(cell.row - 1, cell.column - 1, str(cell.value))
    target.close()
    return held.getvalue()


def locked() -> bytes:
    """The start of an encrypted package as Excel saves it."""
    return OLE + "EncryptedPackage".encode("utf-16-le") + bytes(512)


def zipped(names: Mapping[str, bytes]) -> bytes:
    """Any other package."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as target:
        for name, content in names.items():
            target.writestr(name, content)
    return held.getvalue()


HOSTILE: Final[dict[str, tuple[Callable[[], bytes], str]]] = {
    "empty": (lambda: b"", "其实是空文件"),
    "html": (lambda: b"<html><table><tr><td>1</td></tr></table></html>", "其实是网页"),
    "csv": (lambda: "网点编号,结果\nYL-1,是\n".encode(), "其实是文本文件"),
    "csv in gb18030": (lambda: "网点编号,结果\nYL-1,是\n".encode("gb18030"), "其实是文本文件"),
    "docx": (lambda: zipped({"word/document.xml": b"<x/>"}), "其实是别的压缩文件或文档"),
    "binary": (lambda: bytes(range(256)), "其实是别的文件"),
    "password": (locked, "工作簿设了打开密码"),
    "old": (lambda: OLE, "是旧格式（.xls）的工作簿"),
    "truncated": (lambda: FILLED[: len(FILLED) // 2], "工作簿已损坏或不完整"),
    "no meta": (lambda: xlsx_of_others(), "不是本软件生成的检查表"),
    "entities": (lambda: package({SHEET: BOMB}), "带有文档类型或实体定义"),
    "external entity": (lambda: package({SHEET: EXTERNAL}), "带有文档类型或实体定义"),
    "entities in texts": (lambda: package({"xl/sharedStrings.xml": BOMB}), "带有文档类型"),
    "entities in utf-16": (
        lambda: package(
            {SHEET: BOMB.decode().replace("?>", ' encoding="UTF-16"?>').encode("utf-16")}
        ),
        "带有文档类型",
    ),
    "no xml": (lambda: package({SHEET: b"\0\1\2"}), "工作簿已损坏或不完整"),
    "cut xml": (lambda: edited(lambda x: x[: len(x) // 2]), "工作簿已损坏或不完整"),
    "bad text": (
        lambda: edited(lambda x: re.sub(rb"<v>\d+<", b"<v>99999<", x), SHEET, xlsxwritten()),
        "已损坏",
    ),
    "bad place": (lambda: edited(lambda x: x.replace(b'r="C5"', b'r="ZZZZ9"')), "已损坏"),
    "bad number": (
        lambda: edited(
            lambda x: x.replace(b"<sheetData>", b'<sheetData><row r="1"><c><v>x</v></c></row>')
        ),
        "已损坏",
    ),
}


def xlsx_of_others() -> bytes:
    """A workbook that is not ours."""
    held = io.BytesIO()
    target = xlsxwriter.Workbook(held, {"in_memory": True})
    target.add_worksheet("Sheet1").write_string(0, 0, "1")
    target.close()
    return held.getvalue()


@pytest.mark.parametrize("name", HOSTILE)
def test_bad_files_are_refused_and_nothing_is_written(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make, expected = HOSTILE[name]
    path, out = tmp_path / "检查 表.xlsx", tmp_path / "out"
    path.write_bytes(make())
    assert main(["import", str(path), "--out", str(out)]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"{path}: ") and expected in said
    assert len(said.splitlines()) == 1
    assert not out.exists()
    assert main(["import", str(path), "--out", str(out), "--lang", "en"]) == 2


@pytest.mark.parametrize(
    ("suffix", "key"),
    [
        *((suffix, "save_as_xlsx") for suffix in (".xls", ".xlsm", ".et", ".ODS")),
        *((suffix, "page_itself") for suffix in (".html", ".htm")),
        *((suffix, "wrong_suffix") for suffix in (".docx", "")),
    ],
)
def test_wrong_endings_are_refused(suffix: str, key: str, tmp_path: Path) -> None:
    path = tmp_path / f"检查表{suffix}"
    path.write_bytes(FILLED)
    assert [problem.key for problem in read_forms([path], BOOK)[1]] == [key]


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(package({SHEET: b" " * (opening.UNZIPPED_LIMIT + 1)}))
    assert path.stat().st_size < 200_000
    monkeypatch.setattr(zipfile.ZipFile, "read", None)  # adding up needs no reading
    found = open_workbook(path)
    assert isinstance(found, Problem) and found.key == "zip_bomb"


def test_a_size_that_lies_is_found_out(tmp_path: Path) -> None:
    path = tmp_path / "lies.xlsx"
    content = bytearray(package({SHEET: b" " * 2_000_000}))
    at = content.find(b"PK\x01\x02")
    while content[at + 46 : at + 46 + len(SHEET)] != SHEET.encode():
        at = content.find(b"PK\x01\x02", at + 1)
    content[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    path.write_bytes(content)
    found = open_workbook(path)
    assert isinstance(found, Problem) and found.key == "broken_workbook"


def test_too_many_cells_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "CELL_LIMIT", 150)
    path = tmp_path / "cells.xlsx"
    path.write_bytes(FILLED)
    found = open_workbook(path)
    assert isinstance(found, Problem) and found.key == "too_many_cells"


def test_a_large_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    with path.open("wb") as stream:
        stream.truncate(100 * 2**20)
    (problem,) = read_forms([path], BOOK)[1]
    assert problem.message("zh").startswith(f"{path}: 文件有 100 MB，上限为 20 MB")


def test_pictures_macros_and_links_are_never_opened(tmp_path: Path) -> None:
    path = tmp_path / "检查表.xlsx"
    path.write_bytes(
        package(
            {
                "xl/vbaProject.bin": b"Sub AutoOpen()",
                "xl/media/image1.png": b"no picture",
                "xl/drawings/drawing1.xml": BOMB,
                "xl/externalLinks/externalLink1.xml": EXTERNAL,
                "xl/worksheets/_rels/sheet3.xml.rels": BOMB,
                "docProps/core.xml": b"no xml",
                "../../evil": b"",
            }
        )
    )
    filled, problems = read_forms([path], BOOK)
    assert problems == () and [each.data for each in filled] == [RECORD]


def test_ranges_without_end_cost_nothing(tmp_path: Path) -> None:
    huge = (
        b'<mergeCells><mergeCell ref="A2:XFD2"/><mergeCell ref="A900:XFD1048576"/></mergeCells>'
        b'<hyperlinks><hyperlink ref="A1:XFD1048576"/></hyperlinks></worksheet>'
    )
    path = tmp_path / "检查表.xlsx"
    path.write_bytes(edited(lambda x: x.replace(b"</worksheet>", huge)))
    filled, problems = read_forms([path], BOOK)
    assert problems == () and [each.data for each in filled] == [RECORD]


@pytest.mark.parametrize("name", ["libreoffice", "libreoffice-many"])
def test_what_libreoffice_saved_is_read(name: str) -> None:
    filled, problems = read_forms([FIXTURES / f"{name}.xlsx"], BOOK)
    assert problems == ()
    expected = [RECORD] if name == "libreoffice" else [visit(outlet) for outlet in OUTLETS]
    assert [each.data for each in filled] == expected


def test_what_xlsxwriter_saved_is_read(tmp_path: Path) -> None:
    path = tmp_path / "检查表.xlsx"
    path.write_bytes(xlsxwritten())
    filled, problems = read_forms([path], BOOK)
    assert problems == () and [each.data for each in filled] == [RECORD]


@pytest.mark.parametrize(
    "change",
    [
        lambda x: x.replace(b"<worksheet ", b'<x:worksheet xmlns:x="u" ', 1).replace(
            b"</worksheet>", b"</x:worksheet>"
        ),
        lambda x: x.replace(b"<sheetData>", b'<dimension ref="A1"/><sheetData>'),
        lambda x: x.replace(b"<v>", b"\n <v>"),
    ],
)
def test_other_ways_to_write_the_same(change: Callable[[bytes], bytes], tmp_path: Path) -> None:
    path = tmp_path / "检查表.xlsx"
    path.write_bytes(edited(change))
    filled, problems = read_forms([path], BOOK)
    assert problems == () and [each.data for each in filled] == [RECORD]


def test_days_since_1904(tmp_path: Path) -> None:
    """A workbook from an old Mac counts days from 1904; they are other days by number only."""
    book = re.sub(b"<workbookPr[^>]*>", b'<workbookPr date1904="1"/>', part("xl/workbook.xml"))
    path = tmp_path / "检查表.xlsx"
    path.write_bytes(package({"xl/workbook.xml": book}))
    sheets = open_workbook(path)
    assert not isinstance(sheets, Problem)
    assert datetime(2030, 4, 13) in [cell.value for cell in sheets[1].cells.values()]


def test_how_a_text_is_read_aloud_is_no_part_of_it(tmp_path: Path) -> None:
    aloud = (
        b'<c r="C7" t="inlineStr"><is><r><t>\xe6\xa0\xb7</t></r><r><t>\xe4\xb8\x99</t></r>'
        b'<rPh sb="0" eb="1"><t>yang</t></rPh></is></c>'
    )
    path = tmp_path / "检查表.xlsx"
    name = "xl/worksheets/sheet4.xml"
    sheet = part(name)
    start = sheet.index(b'<c r="C7"')
    end = sheet.index(b'<c r="D7"')
    path.write_bytes(package({name: sheet[:start] + aloud + sheet[end:]}))
    (filled,) = read_forms([path], load_rules())[0]
    assert filled.data["observations"]["staff"][2] == {"name": "样丙"}


@given(data=st.data())
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_damage_ends_in_a_traceback(data: st.DataObject, tmp_path: Path) -> None:
    """Bytes changed in the package or within a part: a record or problems, never an exception."""
    name = data.draw(
        st.sampled_from(
            (
                *(None, SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"),
                *("xl/_rels/workbook.xml.rels", "xl/worksheets/sheet6.xml"),
            )
        )
    )
    base = xlsxwritten() if name == "xl/sharedStrings.xml" else FILLED
    content = bytearray(FILLED if name is None else part(name, base))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    path = tmp_path / "检查表.xlsx"
    path.write_bytes(bytes(content) if name is None else package({name: bytes(content)}, base))
    filled, problems = read_forms([path], BOOK)
    assert filled or problems
    assert all(isinstance(problem.message("zh"), str) for problem in problems)


def test_every_hostile_text_stays_a_text(tmp_path: Path) -> None:
    evil = '=HYPERLINK("http://x.example","点")<script>alert(1)</script>&{{7*7}}'
    record: dict[str, Any] = {**RECORD, "notes": {"television": evil}}
    path = tmp_path / "检查表.xlsx"
    path.write_bytes(fill(blank(BOOK), BOOK, [record]))
    ((filled,), problems) = read_forms([path], BOOK)
    assert problems == () and filled.data["notes"] == {"television": evil}
