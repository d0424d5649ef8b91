"""The phone form: what it asks, and that ODK's own converter takes it without a word."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from pyxform.xls2xform import convert

from compliance.condition import EveryMonthSince, FactType
from compliance.intake.checklists import CHECKLISTS, write
from compliance.intake.questions import Checklist, checklist
from compliance.intake.xlsform import form, names
from compliance.outcome import Stage
from compliance.record import Outlet
from compliance.rulebook import Fact, OutletType, RuleBook
from compliance.words import LANGS, Lang, Text
from tests.xlsform_samples import XFORMS, rules

BRANCH: Final = OutletType.BANK_BRANCH
Row = Mapping[str, str]


def other_stage() -> RuleBook:
    """The shipped book with an operation stage that asks a fact of each type."""
    book = rules()
    asked = frozenset({(BRANCH, Stage.OPERATION)})
    plain = (FactType.BOOLEAN, FactType.INTEGER, FactType.DATE, FactType.TEXT)
    facts = {
        f"a_{type_.value}": Fact(
            f"a_{type_.value}", type_, Text("样例", "Sample"), Text("样例？", "Sample?"), asked
        )
        for type_ in plain
    }
    monthly = book.rule("sup-monthly-publication")
    assert monthly is not None
    since = EveryMonthSince("outlet.listed_on", "publications", "date", None)
    rule = replace(monthly, stage=Stage.OPERATION, require=since)
    staff = replace(book.facts["staff"], asked=book.facts["staff"].asked | asked)
    return replace(book, facts={**book.facts, **facts, "staff": staff}, rules=(*book.rules, rule))


OUTLETS: Final = (
    Outlet("YL 001", "“样例”支行", BRANCH, "=样例银行", "样例'路\"1 号", phone="0775-2345678"),
    Outlet("YL-002", "<b>${outlet__name}</b>", BRANCH, "样例银行"),
    Outlet("YL-003", "=1+1", BRANCH, "样例银行", contact="  样例\x01丁"),
)
ASKED: Final[Mapping[str, tuple[RuleBook, Checklist]]] = {
    f"{type_.value} {stage.value}{' listed' if outlets else ''}": (
        book,
        checklist(book, type_, stage, outlets),
    )
    for book in (rules(), other_stage())
    for type_ in OutletType
    for stage in Stage
    for outlets in ((), tuple(replace(o, type=type_) for o in OUTLETS))
    if any((type_, stage) in fact.asked for fact in book.facts.values())
}
each_asked = pytest.mark.parametrize("case", ASKED)


def sheets(case: str, lang: Lang = "zh") -> dict[str, list[dict[str, str]]]:
    book, asked = ASKED[case]
    workbook = openpyxl.load_workbook(io.BytesIO(form.write(asked, book, lang)))
    found = {}
    for sheet in workbook:
        header, *rows = sheet.iter_rows(values_only=True)
        found[sheet.title] = [
            {str(k): str(v) for k, v in zip(header, row) if v is not None} for row in rows
        ]
    return found


def survey(case: str) -> dict[str, dict[str, str]]:
    return {row["name"]: row for row in sheets(case)["survey"] if "end_" not in row["type"]}


@each_asked
@pytest.mark.parametrize("lang", LANGS)
def test_pyxform_converts_it_without_a_warning(case: str, lang: Lang) -> None:
    book, asked = ASKED[case]
    warnings: list[str] = []
    written = form.write(asked, book, lang)
    made = convert(io.BytesIO(written), warnings=warnings, pretty_print=True, file_type=".xlsx")
    assert warnings == []
    assert write("xform", asked, book, lang) == made.xform.encode()


@each_asked
def test_equal_input_gives_equal_bytes(case: str) -> None:
    book, asked = ASKED[case]
    for name in ("xlsform", "xform"):
        assert write(name, asked, book, "zh") == write(name, asked, book, "zh")


def test_neither_clock_nor_hash_seed_is_in_the_bytes() -> None:
    code = (
        "import hashlib; from tests.test_xlsform import ASKED; from compliance.intake.checklists "
        "import write; book, asked = ASKED['bank_branch adaptation listed']; print(*("
        "hashlib.sha256(write(n, asked, book, 'zh')).hexdigest() for n in ('xlsform', 'xform')))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "Asia/Shanghai"), ("2", "America/Lima"))
    }
    assert len(runs) == 1


@each_asked
def test_each_fact_that_is_asked_has_its_question_note_and_photo(case: str) -> None:
    book, asked = ASKED[case]
    found = survey(case)
    for question in asked.questions:
        fact = question.fact
        row = found[fact.name]
        assert (row["label::中文 (zh)"], row["label::English (en)"]) == tuple(fact.question)
        assert found[f"note__{fact.name}"]["type"] == "text"
        assert found[f"photo__{fact.name}"]["type"] == "image"
    others = {name for name in book.facts if name not in {q.fact.name for q in asked.questions}}
    assert not others & set(found)


@each_asked
def test_whatever_is_shown_is_in_both_languages(case: str) -> None:
    all_sheets = sheets(case)
    hidden = ("start", "end", "calculate", "end_group", "end_repeat")
    for row in all_sheets["survey"]:
        texts = {key.partition("::")[0] for key in row if "::" in key}
        assert ("label" in texts) == (row["type"] not in hidden)
        for text in texts:
            assert row[f"{text}::中文 (zh)"] and row[f"{text}::English (en)"]
    for row in all_sheets["choices"]:
        assert row["label::中文 (zh)"] and row["label::English (en)"]


@each_asked
def test_no_more_is_required_than_a_record_requires(case: str) -> None:
    found = survey(case)
    required = {name for name, row in found.items() if "required" in row}
    typed = {"outlet__id", "outlet__name", "outlet__bank"}
    outlet = {"outlet__pick"} if "listed" in case else typed
    assert required == {"inspection__date", "inspection__inspector", "name"} | outlet


def test_the_first_language_is_the_one_asked_for() -> None:
    said = {lang: sheets("bank_branch adaptation", lang)["settings"][0] for lang in LANGS}
    assert said["zh"]["default_language"] == "中文 (zh)"
    assert said["en"]["default_language"] == "English (en)"
    assert said["zh"]["form_title"] == "“人社+金融”银行服务规范检查表：银行营业网点，适配改造"
    assert said["zh"]["form_id"] == said["en"]["form_id"] == "compliance_bank_branch_adaptation"


def test_a_changed_question_or_outlet_gives_another_version() -> None:
    def version(case: str) -> str:
        return sheets(case)["settings"][0]["version"]

    cases = [case for case in ASKED if "adaptation" in case]
    assert len({version(case) for case in cases}) == len(cases)
    assert all(version(case).startswith(f"{rules().vocabulary}-") for case in cases)


def bound(case: str) -> dict[str, dict[str, str]]:
    """The XForm's binds by the last part of their path."""
    book, asked = ASKED[case]
    root = ET.fromstring(write("xform", asked, book, "zh"))
    return {
        bind.attrib["nodeset"].rpartition("/")[2]: dict(bind.attrib)
        for bind in root.iter(f"{XFORMS}bind")
    }


def test_type_stage_and_vocabulary_are_fixed_in_the_form() -> None:
    binds = bound("rural_point adaptation")
    assert binds["outlet__type"]["calculate"] == "'rural_point'"
    assert binds["inspection__stage"]["calculate"] == "'adaptation'"
    assert binds[names.VOCABULARY]["calculate"] == f"'{rules().vocabulary}'"


def test_dates_numbers_and_lists_are_held_in_bounds() -> None:
    binds = bound("bank_branch adaptation")
    assert binds["inspection__date"]["constraint"] == ". <= today()"
    assert re.fullmatch(r"\. <=\s+/data/visit/inspection__date\s*", binds["date"]["constraint"])
    assert binds["id_number"]["constraint"] == "regex(., '^[0-9]{17}[0-9X]$')"
    assert binds["staff"]["relevant"].split() == ["/data/q__staff/any__staff", "=", "'yes'"]
    assert "required" not in binds["television"] and "constraint" not in binds["television"]


@pytest.mark.parametrize(
    ("number", "right"),
    [
        ("13800138000", True),
        ("+86 138-0013-8000", True),
        ("0775-2345678转801", True),
        ("(0775) 2345678", True),
        ("12333", True),
        ("样例", False),
        ("123", False),
        ("0775-2345678;rm", False),
    ],
)
def test_the_phone_pattern(number: str, right: bool) -> None:
    found = re.search(r"'(.*)'", bound("bank_branch adaptation")["phone"]["constraint"])
    assert found is not None
    assert (re.search(found.group(1), number) is not None) is right


def test_days_that_no_fact_holds_are_asked_where_a_rule_reads_them() -> None:
    assert "outlet__listed_on" in survey("bank_branch operation")
    assert "outlet__listed_on" in survey("bank_branch operation listed")
    assert "outlet__listed_on" not in survey("bank_branch adaptation")
    assert "inspection__previous_inspection_date" not in survey("bank_branch operation")


def test_listed_outlets_are_chosen_and_bring_their_data_along() -> None:
    book, asked = ASKED["bank_branch adaptation listed"]
    root = ET.fromstring(write("xform", asked, book, "zh"))
    items = root.findall(f".//{XFORMS}instance[@id='outlets']/{XFORMS}root/{XFORMS}item")
    held: list[dict[str, Any]] = [
        {child.tag.removeprefix(XFORMS): child.text for child in item} for item in items
    ]
    # pyxform makes typographic quotation marks ASCII; ours come back.
    assert names.as_read(held[0]["outlet__name"]) == "“样例”支行"
    assert held[0]["outlet__bank"] == "=样例银行"
    assert held[0]["outlet__address"] == "样例'路\"1 号"
    assert held[1]["outlet__name"] == "<b>${outlet__name}</b>"
    calculated = bound("bank_branch adaptation listed")["outlet__bank"]["calculate"]
    assert re.sub(r"\s+", " ", calculated) == (
        "instance('outlets')/root/item[name = /data/outlet/outlet__pick ]/outlet__bank"
    )


def test_no_cell_is_a_formula() -> None:
    book, asked = ASKED["bank_branch adaptation listed"]
    workbook = openpyxl.load_workbook(io.BytesIO(form.write(asked, book, "zh")))
    cells = [cell for sheet in workbook for row in sheet for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert any(cell.value == "=1+1" for cell in cells)


def test_a_vocabulary_with_a_quotation_mark_stays_a_text() -> None:
    book, asked = ASKED["bank_branch adaptation"]
    made = write("xform", replace(asked, vocabulary="a'b"), book, "zh")
    assert b"concat('a', &quot;'&quot;, 'b')" in made


def test_the_forms_are_registered() -> None:
    assert CHECKLISTS["xlsform"].ending == ".xlsform.xlsx"
    assert CHECKLISTS["xform"].ending == ".xml"
