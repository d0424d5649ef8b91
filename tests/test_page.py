"""The phone page as a file, and reading what it exports; in a browser: test_page_browser."""

from __future__ import annotations

import base64
import copy
import hashlib
import json
import re
from pathlib import Path
from typing import Any, Final

import pytest

from compliance.intake.page import LIMIT, program
from compliance.intake.page.write import write
from compliance.intake.questions import checklist
from compliance.intake.reading import Filled, read_forms
from compliance.load import load_rules
from compliance.outcome import Stage
from compliance.record import Outlet
from compliance.rulebook import OutletType
from compliance.words import LANGS
from tests.page_samples import photo

BOOK: Final = load_rules()
BLANK: Final = checklist(BOOK, OutletType.BANK_BRANCH, Stage.ADAPTATION)
FOLDER: Final = Path(program.__file__).parent


def page(lang: Any = "zh", *outlets: Outlet) -> str:
    asked = checklist(BOOK, OutletType.BANK_BRANCH, Stage.ADAPTATION, outlets)
    return write(asked, BOOK, lang).decode()


def embedded(text: str) -> Any:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.S)
    assert found
    return json.loads(found[1])


# the file


@pytest.mark.parametrize("lang", LANGS)
def test_equal_input_gives_equal_bytes(lang: Any) -> None:
    assert write(BLANK, BOOK, lang) == write(BLANK, load_rules(), lang)


def test_the_policy_allows_this_script_and_style_and_no_network() -> None:
    text = page()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert policy
    style = re.search(r"<style>(.*?)</style>", text, re.S)
    script = re.search(r"<script>(.*?)</script>", text, re.S)
    assert style and script
    for kind, found in (("style", style[1]), ("script", script[1])):
        digest = base64.b64encode(hashlib.sha256(found.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy[1]
    assert "default-src 'none'" in policy[1] and "connect-src 'none'" in policy[1]
    assert "unsafe" not in policy[1]


def test_the_page_names_no_address() -> None:
    text = page().replace("http://www.w3.org/2000/svg", "")
    assert re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}", text) == []


def test_no_script_makes_markup_of_a_text() -> None:
    for path in FOLDER.glob("*.js"):
        sinks = (
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|\.style\b"
        )
        assert re.findall(sinks, path.read_text("utf-8")) == [], path.name


def test_every_script_is_in_the_page_and_short() -> None:
    text = page()
    for path in [*FOLDER.glob("*.js"), FOLDER / "page.css"]:
        held = path.read_text("utf-8")
        assert held in text, path.name
        assert len(held.splitlines()) <= 400, path.name


def test_every_text_that_the_scripts_ask_for_is_there() -> None:
    words = embedded(page())["words"]
    scripts = "".join(path.read_text("utf-8") for path in FOLDER.glob("*.js"))
    asked = re.findall(r'say\(\s*"(\w+)"\s*[,)]', scripts)
    assert len(asked) > 60
    assert sorted(set(asked) - set(words)) == []
    for name, text in words.items():
        assert text["zh"] and text["en"], name
        blanks = [sorted(re.findall(r"\{\w+\}", text[lang])) for lang in ("zh", "en")]
        assert blanks[0] == blanks[1], name


def test_what_an_outlet_is_called_cannot_leave_its_place() -> None:
    name = "</script><script>alert(1)</script><!--\u2028$title"
    outlet = Outlet("YL-1", name, OutletType.BANK_BRANCH, "玉林甲样例银行")
    text = page("zh", outlet)
    assert "alert(1)</script>" not in text
    assert embedded(text)["outlets"][0]["name"] == name


def test_the_work_is_kept_under_the_questions_and_the_outlets() -> None:
    outlet = Outlet("YL-1", "样例网点", OutletType.BANK_BRANCH, "玉林甲样例银行")
    other = Outlet("YL-2", "样例网点", OutletType.BANK_BRANCH, "玉林甲样例银行")
    keys = [embedded(page(*given))["key"] for given in (("zh",), ("zh", outlet), ("zh", other))]
    assert len(set(keys)) == 3
    assert embedded(page("en", outlet))["key"] == keys[1]


# an export read back


def picture(colour: str = "seagreen") -> tuple[str, str]:
    """A photo as the page keeps it: digest and base64."""
    from io import BytesIO

    from PIL import Image

    held = BytesIO()
    Image.open(BytesIO(photo(colour, (30, 20)))).save(held, "JPEG")
    data = held.getvalue()
    return hashlib.sha256(data).hexdigest(), base64.b64encode(data).decode()


DIGEST, CONTENT = picture()
RECORD: Final[dict[str, Any]] = {
    "inspection": {
        "id": "YL-2026-9001",
        "date": "2026-04-12",
        "inspector": "检查员示例",
        "stage": "adaptation",
    },
    "outlet": {"id": "YL-901", "name": "样例网点", "bank": "玉林甲样例银行", "type": "bank_branch"},
    "observations": {
        "waiting_area": True,
        "television": False,
        "staff": [{"name": "甲示例", "pre_job_trained": True, "able_to_serve": True}],
        "publications": [],
    },
    "notes": {"television": "待安装"},
    "evidence": {"television": [{"file": "television-1.jpg", "sha256": DIGEST}]},
    "vocabulary": BOOK.vocabulary,
}  # fmt: skip
EXPORT: Final[dict[str, Any]] = {
    "form": "compliance-page",
    "version": 1,
    "vocabulary": BOOK.vocabulary,
    "records": [RECORD],
    "photos": {DIGEST: CONTENT},
}


def imported(tmp_path: Path, export: Any, name: str = "检查 导出.json") -> tuple[Any, list[str]]:
    """The records of an export, and the problems in English, without the folder."""
    path = tmp_path / name
    path.write_text(export if isinstance(export, str) else json.dumps(export), encoding="utf-8")
    filled, problems = read_forms([path], BOOK, tmp_path / "staging")
    return filled, [p.message("en").replace(f"{tmp_path}/", "") for p in problems]


def changed(*way: Any, to: Any) -> dict[str, Any]:
    export = copy.deepcopy(EXPORT)
    held: Any = export
    for step in way[:-1]:
        held = held[step]
    held[way[-1]] = to
    return export


@pytest.mark.parametrize("name", ["导出.json", "导出.txt", "a.JSON"])
def test_an_export_is_read_with_its_photo(tmp_path: Path, name: str) -> None:
    (filled,), problems = imported(tmp_path, EXPORT, name)
    assert isinstance(filled, Filled) and problems == []
    record = filled.record
    assert (record.outlet.id, record.inspection.date) == ("YL-901", "2026-04-12")
    assert record.observed("television") is False and record.observed("bookshelf") is None
    assert record.observed("publications") == ()
    (file,) = record.evidence
    assert (file.fact, file.sha256) == ("television", DIGEST)
    assert [path.read_bytes() for path in filled.files] == [base64.b64decode(CONTENT)]


def test_a_wrong_value_is_named_by_outlet_and_question(tmp_path: Path) -> None:
    _, problems = imported(tmp_path, changed("records", 0, "observations", "television", to="是"))
    assert len(problems) == 1
    assert problems[0].startswith(
        "检查 导出.json: YL-901 样例网点 电视机: observations.television: "
    )
    member = changed("records", 0, "observations", "staff", 0, "able_to_serve", to="x")
    _, problems = imported(tmp_path, member)
    assert (
        "YL-901 样例网点 工作人员 1 具备服务能力: observations.staff[0].able_to_serve"
        in problems[0]
    )


def named(name: str) -> dict[str, Any]:
    return changed("records", 0, "evidence", "television", 0, "file", to=name)


LATE: Final = changed("records", 0, "observations", "publications", to=[{"date": "2026-05-01"}])
ALTERED: Final = {
    "not ours": (changed("form", to="other"), "is no export of the phone page"),
    "a list": ([], "is no export of the phone page"),
    "no JSON": ('{"form": "compliance-page", ', "JSON"),
    "version": (changed("version", to=2), "format version `2` and this program reads `1`"),
    "version true": (changed("version", to=True), "format version"),
    "vocabulary": (changed("vocabulary", to="1999"), "the page asked by vocabulary `1999`"),
    "records": (changed("records", to={}), "not what an export holds"),
    "no record": (changed("records", to=[]), "not what an export holds"),
    "record": (changed("records", to=[7]), "not what an export holds"),
    "photos": (changed("photos", to=[]), "not what an export holds"),
    "extra key": (changed("more", to=1), "`more` is not what an export holds"),
    "extra in record": (changed("records", 0, "more", to=1), "more"),
    "evidence": (changed("records", 0, "evidence", to=[]), "not what an export holds"),
    "unknown fact": (changed("records", 0, "evidence", "no_such", to=[]), "`no_such`"),
    "no photo": (changed("photos", to={}), "`television-1.jpg` is not in the export"),
    "altered photo": (changed("photos", DIGEST, to="AAAA"), "does not have the digest"),
    "no base64": (changed("photos", DIGEST, to="!!"), "not what an export holds"),
    "folder": (named("../a.jpg"), "`../a.jpg` cannot be used"),
    "backslash": (named("..\\a"), "cannot be used"),
    "long name": (named("长" * 300), "cannot be used"),
    "spare photo": (changed("photos", "0" * 64, to=""), "no record shows the photo"),
    "late": (LATE, "2026-05-01"),
}


@pytest.mark.parametrize("name", ALTERED)
def test_an_altered_export_is_refused_and_nothing_is_kept(tmp_path: Path, name: str) -> None:
    export, expected = ALTERED[name]
    # What is named .txt is always taken for a page's export.
    filled, problems = imported(tmp_path, export, "导出.txt")
    if name != "spare photo":
        assert filled == ()
    assert any(expected in problem for problem in problems), problems
    assert all(len(problem) < 700 for problem in problems)


def test_a_photo_that_is_no_picture_is_refused(tmp_path: Path) -> None:
    data = b"<svg onload=alert(1)>"
    digest = hashlib.sha256(data).hexdigest()
    export = changed("photos", to={digest: base64.b64encode(data).decode()})
    export["records"][0]["evidence"]["television"][0]["sha256"] = digest
    filled, problems = imported(tmp_path, export)
    assert filled == () and "television-1.jpg" in problems[0]


def test_a_huge_export_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.json"
    with path.open("wb") as stream:
        stream.write(b'{"form": "compliance-page"}')
        stream.truncate(LIMIT + 1)
    filled, problems = read_forms([path], BOOK, tmp_path / "staging")
    assert filled == () and [problem.key for problem in problems] == ["too_large"]


def test_no_problem_says_an_id_number(tmp_path: Path) -> None:
    for number in ("450902199001011234", 450902199001011234, ["450902199001011234"]):
        export = changed("records", 0, "observations", "staff", 0, "id_number", to=number)
        _, problems = imported(tmp_path, export)
        assert problems and not any("450902199001011234" in problem for problem in problems)


def test_what_is_written_is_kept_as_text(tmp_path: Path) -> None:
    text = "=cmd|' /C calc'!A0 <img src=x onerror=alert(1)> 😀 \u202e"
    (filled,), problems = imported(tmp_path, changed("records", 0, "notes", "television", to=text))
    assert problems == [] and filled.record.notes["television"] == text
