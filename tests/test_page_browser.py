"""The phone page in Chromium, at a phone's size and offline: filled, closed, exported, checked."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest

from compliance import cli
from compliance.intake.page.write import write
from compliance.intake.questions import checklist
from compliance.load import load_rules
from compliance.outcome import Stage
from compliance.record import Outlet
from compliance.rulebook import OutletType, RuleBook
from compliance.words import Lang
from tests.page_samples import browser, needs_chromium, photo, source

pytestmark = needs_chromium
BOOK: Final = load_rules()
OUTLETS: Final = tuple(
    Outlet(f"YL-90{n}", f"样例银行{name}支行", OutletType.BANK_BRANCH, "玉林甲样例银行")
    for n, name in enumerate("甲乙丙", 1)
)
HOSTILE: Final = "<img src=x onerror=\"document.title='broken'\"></script><b>粗</b>"
AREAS: Final = tuple(f.name for f in BOOK.facts.values() if f.name.endswith("_area"))
ROOMS: Final = (*AREAS, "accessible_facilities", "convenience_items", "bookshelf", "notice_board")


def page_file(
    folder: Path,
    *outlets: Outlet,
    type_: OutletType = OutletType.BANK_BRANCH,
    lang: Lang = "zh",
    book: RuleBook = BOOK,
) -> Path:
    path = folder / "检查 表.html"
    path.write_bytes(write(checklist(book, type_, Stage.ADAPTATION, outlets), book, lang))
    return path


@contextmanager
def opened(path: Path, profile: Path, **options: Any) -> Iterator[Any]:
    """The page in a browser; whatever it says of itself or asks of a network fails the test."""
    with browser(profile, reduced_motion="reduce", **options) as context:
        page = context.new_page()
        page.set_default_timeout(10_000)
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text))
        page.on("request", lambda asked: faults.extend(outside(asked.url)))
        page.goto(path.as_uri())
        page.wait_for_selector("h1")
        yield page
        assert faults == []


def outside(url: str) -> list[str]:
    return [] if url.startswith(("file:", "blob:", "data:")) else [url]


def visit(page: Any, number: str = "YL-2026-9001", day: str = "2026-04-12") -> None:
    page.fill("#f-inspection-id", number)
    page.fill("#f-inspection-date", day)
    page.fill("#f-inspection-inspector", "检查员示例")


def outlet(page: Any) -> None:
    page.fill("#f-outlet-id", "YL-901")
    page.fill("#f-outlet-name", "样例网点")
    page.fill("#f-outlet-bank", "玉林甲样例银行")


def all_rooms(page: Any) -> None:
    for name in ROOMS:
        page.check(f"#f-{name}")


def staff(page: Any, at: int = 0) -> None:
    page.click("#f-staff")
    page.fill(f"#f-staff-{at}-name", "甲示例")
    page.check(f"#f-staff-{at}-pre_job_trained")
    page.check(f"#f-staff-{at}-able_to_serve")


def publication(page: Any, day: str = "2026-04-02") -> None:
    page.click("#f-publications")
    page.fill("#f-publications-0-date", day)


def status(page: Any) -> str:
    return str(page.inner_text(".bar [role=status]"))


def exported(page: Any, folder: Path, name: str = "导出本网点") -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name, exact=True).click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def shown_outcomes(page: Any) -> dict[str, int]:
    """How many findings of each outcome the page lists."""
    kinds = ("pass", "fail", "not_observed", "not_applicable")
    return {kind: page.locator(f".finding.{kind}").count() for kind in kinds}


def test_filled_closed_opened_exported_imported_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, profile = page_file(tmp_path), tmp_path / "profile"
    shot = tmp_path / "照片.jpg"
    shot.write_bytes(photo())
    with opened(path, profile) as page:
        visit(page)
        outlet(page)
        all_rooms(page)
        page.check("#f-television-no")
        page.get_by_role("button", name="备注：电视机").click()
        page.fill("#f-note-television", HOSTILE)
        page.set_input_files("#f-photo-television", shot)
        page.wait_for_selector("[data-fact=television] img")
        staff(page)
    with opened(path, profile) as page:  # the browser was closed in between
        assert page.is_checked("#f-television-no")
        assert page.input_value("#f-note-television") == HOSTILE
        page.wait_for_selector("[data-fact=television] img")
        publication(page)
        assert status(page) == "不符合（设备）"
        outcomes = shown_outcomes(page)
        export = exported(page, tmp_path)
        assert page.title() == "样例网点"
    assert export.name == "检查-YL-901-2026-04-12.json"

    data = json.loads(export.read_text("utf-8"))
    assert set(data) == {"form", "version", "vocabulary", "records", "photos"}
    monkeypatch.chdir(tmp_path)
    assert cli.main(["import", str(export), "--out", "records"]) == 0
    capsys.readouterr()
    assert cli.main(["check", "records", "--format", "json"]) == 1
    (report,) = json.loads(capsys.readouterr().out)
    assert (report["opinion"], report["reasons"]) == ("non_conforming", ["equipment"])
    found = [finding["outcome"] for finding in report["findings"]]
    assert {kind: found.count(kind) for kind in outcomes} == outcomes
    assert (tmp_path / "records" / "evidence").is_dir()


def test_a_photo_is_scaled_down_and_loses_its_position(tmp_path: Path) -> None:
    from PIL import Image

    shot = tmp_path / "a.jpg"
    shot.write_bytes(photo())
    with Image.open(shot) as before:
        assert dict(before.getexif().get_ifd(0x8825))
    with opened(page_file(tmp_path), tmp_path / "profile") as page:
        visit(page)
        outlet(page)
        page.set_input_files("#f-photo-bookshelf", shot)
        page.wait_for_selector("[data-fact=bookshelf] img")
        data = json.loads(exported(page, tmp_path).read_text("utf-8"))
    ((digest, text),) = data["photos"].items()
    content = base64.b64decode(text)
    assert hashlib.sha256(content).hexdigest() == digest
    picture = Image.open(io.BytesIO(content))
    assert (picture.format, picture.size) == ("JPEG", (1600, 1067))
    assert not picture.getexif() and b"Exif" not in content
    (entry,) = data["records"][0]["evidence"]["bookshelf"]
    assert entry == {"file": f"bookshelf-{digest[:12]}.jpg", "sha256": digest}


def test_what_is_no_photo_is_said_and_not_added(tmp_path: Path) -> None:
    bad = tmp_path / "x.jpg"
    bad.write_bytes(b"no picture")
    with opened(page_file(tmp_path), tmp_path / "profile") as page:
        page.set_input_files("#f-photo-bookshelf", bad)
        page.wait_for_selector(".notice .bad")
        assert "x.jpg" in page.inner_text(".notice")
        assert page.locator("[data-fact=bookshelf] img").count() == 0


def test_it_asks_for_what_can_change_the_result_until_nothing_can(tmp_path: Path) -> None:
    with opened(page_file(tmp_path), tmp_path / "profile") as page:
        visit(page)
        assert status(page) == "待核实"
        assert page.locator(".result .next li").count() == 14  # the advice is not asked for
        page.get_by_role("button", name="下一项").click()
        assert page.evaluate("document.activeElement.id") == "f-waiting_area"
        all_rooms(page)
        staff(page)
        publication(page)
        assert page.inner_text(".result .next") == "电视机\n若“是”即符合；若“否”即不符合"
        page.check("#f-television")
        assert status(page) == "符合"
        assert page.locator(".result .next").count() == 0
        assert "没有项目能再改变意见" in page.inner_text(".result")
        page.check("#f-waiting_area-no")
        assert status(page) == "不符合（设施）"
        page.check("#f-television-unseen")
        assert "意见已定" in page.inner_text(".result .outlook")
        assert page.inner_text(".result .next") == "电视机"


def test_a_list_that_nobody_looked_at_is_not_an_empty_one(tmp_path: Path) -> None:
    with opened(page_file(tmp_path, type_=OutletType.RURAL_POINT), tmp_path / "profile") as page:
        assert status(page) == "待核实"
        page.check("#f-none-staff")
        assert status(page) == "不符合（人员）"
        page.uncheck("#f-none-staff")
        assert status(page) == "待核实"
        staff(page)
        page.check("#f-staff-0-dedicated-no")
        assert status(page) == "不符合（人员）"
        page.get_by_role("button", name=re.compile("删除：第 1 名.甲示例")).click()
        assert status(page) == "待核实" and not page.is_checked("#f-none-staff")
        page.get_by_role("button", name="撤销").click()
        assert page.input_value("#f-staff-0-name") == "甲示例"
        assert status(page) == "不符合（人员）"


WRONG: Final = (
    ("#f-staff-0-id_number", "45090219900101123", "应为 18 位"),
    ("#f-staff-0-id_number", "450902199013011230", "出生日期"),
    ("#f-staff-0-id_number", "450902199001011230", "校验"),
    ("#f-staff-0-phone", "123", "11 位"),
    ("#f-outlet-phone", "电话", "11 位"),
    ("#f-publications-0-date", "2026-04-13", "晚于检查日期 2026-04-12"),
)


def test_wrong_values_are_said_at_the_field_and_keep_the_export_back(tmp_path: Path) -> None:
    with opened(page_file(tmp_path), tmp_path / "profile") as page:
        visit(page)
        outlet(page)
        staff(page)
        publication(page, "2026-04-12")
        for field, value, said in WRONG:
            page.fill(field, value)
            page.locator(field).blur()
            page.wait_for_selector(f"{field}-wrong:not([hidden])")
            assert said in page.inner_text(f"{field}-wrong"), value
            assert page.get_attribute(field, "aria-invalid") == "true"
            page.get_by_role("button", name="导出本网点").click()
            assert said in page.inner_text(".notice .bad")
            page.fill(field, "" if "date" not in field else "2026-04-12")
            page.locator(field).blur()
            page.wait_for_selector(f"{field}-wrong", state="hidden")
        page.fill("#f-staff-0-id_number", "45090219900101123x")
        page.locator("#f-staff-0-id_number").blur()
        assert page.input_value("#f-staff-0-id_number") == "45090219900101123X"


def test_an_export_without_what_it_needs_names_it(tmp_path: Path) -> None:
    with opened(page_file(tmp_path), tmp_path / "profile") as page:
        page.click("#f-staff")
        page.get_by_role("button", name="导出本网点").click()
        said = page.inner_text(".notice .bad")
        for name in ("检查编号", "检查日期", "检查人", "网点编号", "网点名称", "所属银行"):
            assert f"{name}：尚未填写" in said
        assert "工作人员 第 1 名：人员姓名：尚未填写" in said
        assert page.evaluate("document.activeElement.id") == "f-inspection-id"


def test_many_outlets_are_exported_in_one_file(tmp_path: Path) -> None:
    with opened(page_file(tmp_path, *OUTLETS), tmp_path / "profile") as page:
        assert page.locator(".outlet").count() == 3
        for n in (0, 2):
            page.locator(".outlet").nth(n).click()
            visit(page, f"YL-2026-900{n}")
            page.check("#f-waiting_area-no")
            page.get_by_role("button", name="网点", exact=True).click()
        page.get_by_role("button", name="增加一个网点").click()
        assert page.input_value("#f-inspection-inspector") == "检查员示例"
        page.get_by_role("button", name="网点", exact=True).click()
        assert page.locator(".outlet .status").all_inner_texts() == [
            *("不符合（设施） · 已查 1/15", "未开始", "不符合（设施） · 已查 1/15", "未开始"),
        ]
        path = exported(page, tmp_path, "导出全部已查网点")
    records = json.loads(path.read_text("utf-8"))["records"]
    assert [record["outlet"]["id"] for record in records] == ["YL-901", "YL-903"]


def test_what_outlets_and_people_are_called_is_shown_as_text(tmp_path: Path) -> None:
    hostile = Outlet("YL-<b>", HOSTILE, OutletType.BANK_BRANCH, "玉林甲样例银行")
    with opened(page_file(tmp_path, hostile, *OUTLETS), tmp_path / "profile") as page:
        assert page.inner_text(".outlet .title >> nth=0") == HOSTILE
        page.locator(".outlet").first.click()
        assert page.inner_text("h1") == HOSTILE and page.title() == HOSTILE
        visit(page)
        page.click("#f-staff")
        page.fill("#f-staff-0-name", HOSTILE)
        page.check("#f-staff-0-able_to_serve-no")
        assert page.inner_text(".member h4").endswith(HOSTILE)
        assert HOSTILE in page.inner_text(".finding.fail")
        assert page.locator("main b, main img").filter(has_text="粗").count() == 0
        name = exported(page, tmp_path).name
    assert not set(name) & set('<>:"/\\|?* ')


def test_clearing_is_asked_for_and_takes_the_photos_with_it(tmp_path: Path) -> None:
    shot = tmp_path / "a.jpg"
    shot.write_bytes(photo(size=(20, 20)))
    path, profile = page_file(tmp_path, OUTLETS[0]), tmp_path / "profile"
    held = "async () => (await (await Store.open()).keys('')).filter(k => !k.endsWith('/lang/'))"
    script = source("store.js") + "\nwindow.Store = Store;"
    with opened(path, profile) as page:
        page.check("#f-waiting_area")
        page.set_input_files("#f-photo-bookshelf", shot)
        page.wait_for_selector("[data-fact=bookshelf] img")
        page.get_by_role("button", name="清空本网点").click()
        page.get_by_role("dialog").get_by_role("button", name="取消").click()
        assert page.is_checked("#f-waiting_area")
        page.get_by_role("button", name="清空本网点").click()
        page.get_by_role("dialog").get_by_role("button", name="清空").click()
        page.wait_for_selector(".notice span")
        assert not page.is_checked("#f-waiting_area")
        assert page.locator("h1").inner_text() == "样例银行甲支行"
    with opened(path, profile) as page:
        assert not page.is_checked("#f-waiting_area")
    empty = tmp_path / "empty.html"
    empty.write_text("<h1>-</h1>")
    with opened(empty, profile) as page:  # pages from files share what they keep
        page.add_script_tag(content=script)
        assert page.evaluate(held) == []


def test_both_languages_and_the_choice_is_kept(tmp_path: Path) -> None:
    path, profile = page_file(tmp_path), tmp_path / "profile"
    with opened(path, profile) as page:
        page.check("#f-waiting_area-no")
        page.get_by_role("button", name="English").click()
        assert page.evaluate("document.documentElement.lang") == "en"
        assert status(page) == "Not conforming (facilities)"
        assert page.is_checked("#f-waiting_area-no")
        cards = page.inner_text(".question >> nth=0")
        assert cards.startswith("Waiting area")
    with opened(path, profile) as page:
        assert status(page) == "Not conforming (facilities)"
        page.get_by_role("button", name="中文").click()
        assert page.evaluate("document.documentElement.lang") == "zh-CN"


def test_the_keyboard_is_enough(tmp_path: Path) -> None:
    with opened(page_file(tmp_path), tmp_path / "profile") as page:
        page.focus("#f-waiting_area-unseen")
        page.keyboard.press("ArrowLeft")
        assert page.is_checked("#f-waiting_area-no")
        page.keyboard.press("ArrowLeft")
        assert page.is_checked("#f-waiting_area")
        page.focus("#f-staff")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "f-staff-0-name"
        page.keyboard.type("甲示例")
        page.get_by_role("button", name="清空本网点").focus()
        page.keyboard.press("Enter")
        assert page.get_by_role("dialog").is_visible()
        page.keyboard.press("Escape")
        assert page.locator("dialog").count() == 0


def test_without_a_database_the_work_is_kept_in_texts_or_the_page_says_so(tmp_path: Path) -> None:
    path = page_file(tmp_path)
    no_database = "Object.defineProperty(window, 'indexedDB', {get() { throw new Error('no'); }});"
    nothing = no_database + "Object.defineProperty(window, 'localStorage', {get() { throw 1; }});"
    for script, kept in ((no_database, True), (nothing, False)):
        with browser(tmp_path / str(kept)) as context:
            context.add_init_script(script)
            for _ in range(2):
                page = context.new_page()
                page.goto(path.as_uri())
                page.wait_for_selector("h1")
                assert page.locator(".warning").count() == (0 if kept else 1)
                page.check("#f-bookshelf") if _ == 0 else None
            assert page.is_checked("#f-bookshelf") is kept


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_axe_finds_nothing(tmp_path: Path, lang: Lang) -> None:
    from axe_playwright_python.sync_playwright import Axe

    with browser(tmp_path / "profile", bypass_csp=True, reduced_motion="reduce") as context:
        page = context.new_page()
        page.goto(page_file(tmp_path, *OUTLETS, lang=lang).as_uri())
        page.wait_for_selector("h1")

        def judged() -> list[str]:
            found = Axe().run(page).response["violations"]
            return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found]

        assert judged() == []
        page.locator(".outlet").first.click()
        page.check("#f-television-no")
        staff(page)
        page.fill("#f-staff-0-phone", "1")
        publication(page, "2026-04-02")
        page.locator("details").evaluate_all("all => all.forEach(each => { each.open = true; })")
        page.locator("#export .primary").click()
        assert judged() == []
        page.locator("#export .danger").click()
        assert judged() == []


def test_touch_targets_are_large(tmp_path: Path) -> None:
    with opened(page_file(tmp_path), tmp_path / "profile") as page:
        staff(page)
        publication(page)
        small = page.evaluate(
            """() => Array.from(document.querySelectorAll("button, input, textarea, summary"))
              .filter((each) => each.checkVisibility() && each.type !== "checkbox")
              .map((each) => [each.id || each.textContent, each.getBoundingClientRect()])
              .filter(([, box]) => box.width < 44 || box.height < 44)
              .map(([name]) => name)"""
        )
        assert small == []
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        box = page.locator(".nothing, .add").first.bounding_box()
        assert box["height"] >= 44


def test_digests_are_those_of_hashlib(tmp_path: Path) -> None:
    with browser(tmp_path / "profile") as context:
        page = context.new_page()
        page.add_script_tag(content=source("digest.js") + "\nwindow.Digest = Digest;")
        for size in (0, 1, 55, 56, 63, 64, 65, 119, 120, 1000, 100_001):
            data = bytes(n * 7 % 256 for n in range(size))
            found = page.evaluate("d => Digest.sha256(Uint8Array.from(d))", list(data))
            assert found == hashlib.sha256(data).hexdigest(), size


def test_id_numbers_and_phones_that_pass_here_pass_the_import(tmp_path: Path) -> None:
    from compliance.record_check import _is_id_number, _is_phone

    numbers = [f"45090219900101{n:03}{last}" for n in range(40) for last in "0123456789X"]
    numbers += ["", "45090219900101123x", "450902190002290017", "110101299901010011"]
    phones = [
        *("13800000000", "138 0000 0000", "+86 138-0000-0000", "0775-2000003", "(0775) 2000003"),
        *("07752000003转12", "400-800-1234", "12333", "95588", "96533", "10086", "1380000000"),
        *("0775", "2000003", "+852 2345 6789", "abc", "123", "0775-200000", "+86 0775 2000003"),
    ]
    with browser(tmp_path / "profile") as context:
        page = context.new_page()
        page.add_script_tag(content=source("checks.js") + "\nwindow.Checks = Checks;")
        said = "([kind, all]) => all.map(each => Checks.check(kind, each, '2026-04-12') === null)"
        found = page.evaluate(said, ["id_number", numbers])
        assert found == [_is_id_number(number, "2026-04-12") for number in numbers]
        found = page.evaluate(said, ["phone", phones])
        passed = [number for number, good in zip(phones, found, strict=True) if good]
        assert [number for number in passed if not _is_phone(number)] == []
        assert len(passed) >= 11
