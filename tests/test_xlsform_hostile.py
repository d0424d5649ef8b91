"""Photos of exports, and exports made to harm: found or refused, never followed or expanded."""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance.errors import InputError, Problem
from compliance.intake.draft import Draft
from compliance.intake.reading import read_forms
from compliance.intake.xlsform import packages, read_csv, read_json, read_xlsx, read_xml
from compliance.intake.xlsform.media import is_name
from compliance.intake.xlsform.read_csv import decoded
from compliance.intake.xlsform.sniff import is_export
from tests import xlsform_samples as samples
from tests.xlsform_samples import (
    FORM,
    ID,
    PICTURE,
    RURAL,
    SAMPLE,
    SHAPES,
    keys,
    records,
    refused,
    rules,
    submission,
    write,
)

each_shape = pytest.mark.parametrize("shape", SHAPES)


# photos


def photo_problems(tmp_path: Path, name: str) -> list[Problem]:
    root = submission(RURAL, photos={"leaflets": name})
    return refused(write(tmp_path, "kobo", [root]))


@pytest.mark.parametrize("place", ["media", "", "attachments", ID, f"media/{ID}"])
@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape != "zip"])
def test_photos_are_found_beside_the_export(tmp_path: Path, shape: str, place: str) -> None:
    folder = tmp_path / place
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "照片😀 1.png").write_bytes(PICTURE)
    root = submission(RURAL, photos={"leaflets": "照片😀 1.png"})
    staging = tmp_path / "staging"
    (found,) = records(write(tmp_path, shape, [root]), staging=staging)
    ((entry,),) = found.data["evidence"].values()
    assert set(found.data["evidence"]) == {"leaflets"} and len(entry["sha256"]) == 64
    assert [path.is_file() for path in found.files] == [True]
    assert found.record.evidence[0].fact == "leaflets"


@pytest.mark.parametrize("place", ["", f"{ID}/"])
def test_photos_are_found_within_centrals_archive(tmp_path: Path, place: str) -> None:
    root = submission(RURAL, photos={"leaflets": "1.png"})
    path = tmp_path / "odk.zip"
    path.write_bytes(samples.as_zip([root], {f"{place}1.png": PICTURE}))
    (found,) = records(path, staging=tmp_path / "staging")
    assert len(found.data["evidence"]["leaflets"]) == 1


def test_a_submissions_own_folder_goes_before_the_shared_one(tmp_path: Path) -> None:
    (tmp_path / "media" / ID).mkdir(parents=True)
    (tmp_path / "media" / "1.png").write_bytes(b"another")
    (tmp_path / "media" / ID / "1.png").write_bytes(PICTURE)
    path = write(tmp_path, "xml", [submission(RURAL, photos={"leaflets": "1.png"})])
    (draft,) = read_xml.read(path, rules())
    assert isinstance(draft, Draft)
    assert [pending.content for pending in draft.files] == [tmp_path / "media" / ID / "1.png"]


def test_a_photo_that_kobo_renamed_is_found(tmp_path: Path) -> None:
    root = submission(RURAL, photos={"leaflets": "a b (1).png"})
    (tmp_path / "a_b_1.png").write_bytes(PICTURE)
    path = tmp_path / "kobo.json"
    path.write_bytes(samples.as_kobo([root], {"photo__leaflets": "a_b_1.png"}))
    assert "evidence" in records(path, staging=tmp_path / "staging")[0].data


@each_shape
def test_a_missing_photo_is_named(tmp_path: Path, shape: str) -> None:
    root = submission(RURAL, photos={"leaflets": "gone.png"})
    (problem,) = refused(write(tmp_path, shape, [root]))
    assert (problem.key, problem.place.path) == ("export_media_missing", "evidence.leaflets")
    assert "gone.png" in problem.text.zh and "media" in problem.text.zh


@pytest.mark.parametrize(
    "name",
    [
        "../secret.png",
        "/etc/passwd",
        "a\\b.png",
        "..",
        "C:x.png",
        "a\u202eb.png",
        "字" * 100 + ".png",
    ],
)
def test_a_photos_name_leads_nowhere_else(tmp_path: Path, name: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.png").write_bytes(PICTURE)
    assert keys(photo_problems(tmp_path / "in", name)) == ["export_media_name"]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(PICTURE)
    os.symlink(tmp_path / "secret.png", folder / "1.png")
    assert keys(photo_problems(folder, "1.png")) == ["export_media_missing"]


def test_what_kobo_says_of_a_stored_file_leads_nowhere_either(tmp_path: Path) -> None:
    root = submission(RURAL, photos={"leaflets": "a.png"})
    path = tmp_path / "kobo.json"
    for stored in ("..", "../../secret.png"):
        path.write_bytes(samples.as_kobo([root], {"photo__leaflets": stored}))
        assert keys(refused(path)) in (["export_media_name"], ["export_media_missing"])


@given(st.text(max_size=300))
def test_a_name_stays_in_its_folder(name: str) -> None:
    if is_name(name):
        assert Path("folder", name).parent == Path("folder")
        assert len(os.fsencode(name)) <= 255


# hostile files


BOMB: Final = """<?xml version="1.0"?>
<!DOCTYPE data [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<data id="x"><form__vocabulary>&b;</form__vocabulary></data>"""
OUTSIDE: Final = """<?xml version="1.0"?>
<!DOCTYPE data [<!ENTITY a SYSTEM "file:///etc/hostname">]><data id="x">&a;</data>"""
XML: Final = {
    "export_xml_unsafe": [BOMB, OUTSIDE, '<!DOCTYPE data SYSTEM "http://example.org/x"><data/>'],
    "export_xml": [
        "",
        "<data>",
        "样例",
        '<?xml version="1.0" encoding="x-none"?><data/>',
        "<a>\0</a>",
    ],
    "too_deep": ["<a>" * 60 + "</a>" * 60],
    "export_other_form": ["<data id='other'><q>1</q></data>", "<a/>"],
}


@pytest.mark.parametrize(("key", "text"), [(k, text) for k, texts in XML.items() for text in texts])
def test_hostile_xml(tmp_path: Path, key: str, text: str) -> None:
    path = tmp_path / "a.xml"
    path.write_text(text, encoding="utf-8")
    assert keys(refused(path)) == [key]


JSON: Final = {
    "empty": [" "],
    "syntax": ["{", "样例"],
    "export_not_an_export": ["{}", '{"value": 3}', "[1]", '"a"', '{"inspection": {}}'],
    "export_no_submissions": ['{"value": []}', "[]"],
    "export_other_form": ['{"results": [{"q": "1"}]}', "[{}]"],
    "too_deep": ["[" * 100_000],
    "duplicate_key": ['{"value": [], "value": []}'],
}


@pytest.mark.parametrize(
    ("key", "text"), [(k, text) for k, texts in JSON.items() for text in texts]
)
def test_hostile_json(tmp_path: Path, key: str, text: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text, encoding="utf-8")
    assert keys(refused(path)) == [key]


@pytest.mark.parametrize(
    "value", [[], {}, {"a": {"b": [1]}}, [[1]], True, 10**20, "x" * 20_000, "\x00\x1b[31m"]
)
def test_any_value_anywhere_is_an_answer_or_a_problem(tmp_path: Path, value: Any) -> None:
    root = submission(SAMPLE)
    (data,) = json.loads(samples.as_odata([root]))["value"]
    names = [
        *("__id", "__system", "meta", "visit", "visit__start", "form__vocabulary", "q__staff"),
        *("inspection__id", "_attachments", "meta/instanceID", "_uuid"),
    ]
    for name in names:
        (tmp_path / "a.json").write_text(json.dumps([{**data, name: value}]), encoding="utf-8")
        assert any(read_forms([tmp_path / "a.json"], rules()))
    for group, name in (
        ("visit", "visit__position"),
        ("q__staff", "staff"),
        ("q__staff", "any__staff"),
    ):
        changed_ = {**data, group: {**data[group], name: value}}
        (tmp_path / "a.json").write_text(json.dumps([changed_]), encoding="utf-8")
        assert any(read_forms([tmp_path / "a.json"], rules()))


def test_tables_in_gb18030_are_read_and_damaged_ones_refused(tmp_path: Path) -> None:
    root = submission({**RURAL, "observations": {"leaflets": False}})
    text = samples.as_tables([root])[f"{FORM}.csv"]
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode("gb18030"))
    assert records(path)[0].record.outlet.name == "样例村服务点"
    path.write_bytes(text.encode().replace("样".encode(), "样".encode()[:2], 1))
    assert keys(refused(path)) == ["export_not_utf8_or_gb"]
    path.write_bytes(text.encode("gb18030").replace("样".encode("gb18030"), b"\xff\xff", 1))
    assert keys(refused(path)) == ["export_not_utf8_or_gb"]
    path.write_bytes(text.encode("utf-16"))
    assert keys(refused(path)) == ["export_not_utf8_or_gb"] or refused(path)


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=8))
def test_gb18030_is_told_from_damaged_utf8(text: str) -> None:
    assert decoded(text.encode()) == text
    damaged = text.encode()[:-1]
    assert decoded(damaged) is None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "empty"),
        ("a,b\n1,2\n", "export_no_main_table"),
        ("form__vocabulary,KEY\n", "export_no_submissions"),
        ("form__vocabulary,KEY\n1,2,3\n", "export_uneven_row"),
        ('form__vocabulary,KEY\n"1,2\n', "syntax"),
        ("form__vocabulary,KEY\n,uuid:1\n", "export_other_form"),
        ("form__vocabulary,KEY\n" + "x" * 200_000 + ",uuid:1\n", "syntax"),
    ],
)
def test_hostile_tables(tmp_path: Path, text: str, key: str) -> None:
    path = tmp_path / "表 一.csv"
    path.write_text(text, encoding="utf-8")
    assert keys(refused(path)) == [key]


def packed(path: Path, members: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_hostile_archives(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK\x03\x04 no archive")
    assert keys(refused(path)) == ["export_zip"]
    packed(path, {"a.csv": b"0" * (65 * 2**20)})
    assert keys(refused(path)) == ["export_zip_large"]
    packed(path, {"../../a.csv": b"form__vocabulary,KEY\n2026-1,1\n"})
    assert keys(refused(path)) == ["export_no_main_table"]
    main = b"form__vocabulary,KEY\n2026-1,1\n"
    packed(path, {"a.csv": main, "b.csv": main})
    assert keys(refused(path)) == ["export_two_main_tables"]
    whole = samples.as_zip([submission(SAMPLE)])
    path.write_bytes(whole[:300] + b"\xff\xff\xff" + whole[303:])
    assert keys(refused(path)) == ["export_zip"]


def test_an_unknown_repeat_is_named(tmp_path: Path) -> None:
    tables = samples.as_tables([submission(SAMPLE)])
    members = {name: text.encode() for name, text in tables.items()}
    path = packed(tmp_path / "a.zip", {**members, f"{FORM}-cars.csv": b"a,PARENT_KEY,KEY\n"})
    _, problems = read_forms([path], rules())
    assert keys(problems) == ["export_unknown_question"] and "cars" in problems[0].text.en


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" * 200, b"<html></html>"]
)
def test_hostile_workbooks(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert [p.key for p in read_xlsx.read(path, rules()) if isinstance(p, Problem)] == [
        "export_xlsx"
    ]


def test_a_workbook_with_damaged_or_hostile_parts(tmp_path: Path) -> None:
    good = write(tmp_path, "xlsx", [submission(SAMPLE)])
    with zipfile.ZipFile(good) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    bomb = BOMB.replace("data", "worksheet").encode()
    for name, content in (
        ("xl/worksheets/sheet1.xml", bomb),
        ("xl/workbook.xml", b"<a/>"),
        ("[Content_Types].xml", b"<a"),
    ):
        path = packed(tmp_path / "bad.xlsx", {**parts, name: content})
        found = list(read_xlsx.read(path, rules()))
        assert found and all(isinstance(each, Problem) for each in found), name
    path = packed(tmp_path / "bad.xlsx", {**parts, "xl/media/x": b"0" * (257 * 2**20)})
    (found,) = read_xlsx.read(path, rules())
    assert isinstance(found, Problem) and found.key == "export_zip_large"


@pytest.mark.parametrize("name", ["a.xml", "a.json", "a.csv", "a.zip", "a.xlsx"])
def test_a_file_that_is_not_there_or_too_large(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    assert keys(refused(path)) == ["no_such_path"]
    if name not in ("a.zip", "a.xlsx"):
        with path.open("wb") as stream:
            stream.truncate(100 * 2**20)
        assert keys(refused(path)) == ["export_too_large"]


@each_shape
def test_texts_that_look_like_formulas_or_markup_stay_texts(tmp_path: Path, shape: str) -> None:
    texts = ("=cmd|'/c calc'!A1", "+1-1", "@SUM(1)", "<script>alert(1)</script>", "&amp;", "${x}")
    data = {**RURAL, "notes": dict(zip(rules().facts, texts))}
    data["notes"] = {k: v for k, v in data["notes"].items() if k in ("convenience_items",)}
    for text in texts:
        data["notes"] = {"leaflets": text}
        (found,) = records(write(tmp_path, shape, [submission(data)]))
        assert found.record.notes == {"leaflets": text}


def test_a_missing_package_is_said_with_its_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(packages, "import_module", gone)
    with pytest.raises(InputError, match=r'pip install "compliance\[xform\]"'):
        packages.package("pyxform.xls2xform", "xform")


def test_which_files_are_exports(tmp_path: Path) -> None:
    for shape in ("odata", "kobo", "xlsx"):
        assert is_export(write(tmp_path, shape, [submission(SAMPLE)]))
    (tmp_path / "page.json").write_text('{"form": "compliance-page"}', encoding="utf-8")
    openpyxl.Workbook().save(tmp_path / "other.xlsx")
    (tmp_path / "other.csv").write_text("a,b\n", encoding="utf-8")
    (tmp_path / "broken.xlsx").write_bytes(b"PK")
    for name in ("page.json", "other.xlsx", "other.csv", "broken.xlsx", "gone.json"):
        assert not is_export(tmp_path / name)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(0, 4000), insert=st.binary(max_size=6), shape=st.sampled_from(list(SHAPES)))
def test_damage_is_a_problem_or_a_record_never_a_crash(
    tmp_path: Path, cut: int, insert: bytes, shape: str
) -> None:
    path = write(tmp_path, shape, [submission(SAMPLE)])
    whole = path.read_bytes()
    path.write_bytes(whole[: cut % len(whole)] + insert + whole[(cut % len(whole)) + len(insert) :])
    assert any(read_forms([path], rules()))


def test_reading_writes_nothing(tmp_path: Path) -> None:
    for shape in SHAPES:
        path = write(tmp_path, shape, [submission(SAMPLE)])
        for module in (read_csv, read_json, read_xlsx, read_xml):
            list(module.read(path, rules()))
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(name for name, _ in SHAPES.values())


def test_the_picture_of_these_tests_is_one() -> None:
    from PIL import Image

    with Image.open(io.BytesIO(PICTURE)) as image:
        image.load()
        assert image.size == (1, 1)
