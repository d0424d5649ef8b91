"""Form B.1 and the rectification notice, read back from the files they are written to."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import unicodedata
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from compliance.forms import Case, Dossier, b1_docx, b1_pdf, notice_docx, notice_pdf, pdf, sheet
from compliance.forms.glyphs import fonts_for
from compliance.outcome import Opinion, Outcome, Reason, Witness
from compliance.words import Lang
from tests.forms_samples import (
    APPLICATION,
    BOOK,
    CAPTIONS,
    FORM,
    ID_NUMBER,
    PHONE,
    RULES,
    case,
    dossier,
    everything,
    finding,
    pages,
    rows,
)

BLANK_OPINION = (
    "○符合适配改造要求\n"
    "○不符合适配改造要求，其中：\n□未按标准配备设施、\n□未按标准配备设备、\n"
    "□未按要求配备人员、□其他"
)
HOSTILE = (
    "<b>",
    "{{ bank }}",
    "=cmd|' /C calc'!A0",
    '#panic("x")',
    "$x^2$ *粗* _斜_ `raw` @label \\",
    "../../etc/passwd",
    "&amp;<w:p/>",
    "甲" * 300,
    "W" * 300,
    "示例 https://example.invalid/" + "a" * 120,
)


def test_docx_has_the_captions_to_the_letter() -> None:
    raw = b1_docx(dossier(1, None), BOOK, "zh")
    assert [row[:2] for row in rows(raw, 0)] == [
        ["备案申请部门（公章）", "玉林示例银行"],
        ["备案申请部门信息", "联系人"],
        ["备案申请部门信息", "地址"],
    ]
    assert rows(raw, 0)[1][2:] == ["", "联系电话", ""]
    assert rows(raw, 0)[2][2:] == ["", "申请提交日期", "      年   月   日"]
    assert rows(raw, 1)[:2] == [
        ["序号", "合作网点信息", "人力资源和社会保障部门确认信息"],
        [
            "序号",
            "合作网点名称",
            "网点类型",
            "网点地址",
            "联系人",
            "联系电话",
            "确认意见",
            "确认人",
        ],
    ]
    assert [p.text for p in Document(io.BytesIO(raw)).paragraphs][:2] == [
        "附录B　表B.1",
        "合作网点备案申请单",
    ]


def test_shipped_rule_book_has_the_same_captions() -> None:
    from compliance.load import load_rules

    form = load_rules().form
    assert dict(form.captions) == CAPTIONS
    assert form.options == FORM.options
    assert list(form.boxes.items()) == list(FORM.boxes.items())
    assert list(form.types.items()) == list(FORM.types.items())


def test_docx_ticks_and_leaves_signature_blank() -> None:
    table = rows(b1_docx(dossier(3), BOOK, "zh"), 1)
    assert [row[0] for row in table[2:]] == ["1", "2", "3"]
    assert table[2][2] == "■银行营业网点\n□农村普惠金融综合服务点"
    assert table[3][2] == "□银行营业网点\n■农村普惠金融综合服务点"
    assert table[2][6] == BLANK_OPINION.replace("○符合", "●符合", 1)
    assert table[3][6] == (
        "○符合适配改造要求\n"
        "●不符合适配改造要求，其中：\n■未按标准配备设施、\n□未按标准配备设备、\n"
        "■未按要求配备人员、■其他"
    )
    assert table[4][6] == BLANK_OPINION
    assert {row[7] for row in table[2:]} == {"签名：\n日期：    年  月  日"}


def test_docx_takes_the_applicant_from_the_application() -> None:
    raw = b1_docx(dossier(1), BOOK, "zh")
    assert rows(raw, 0)[1][2:] == ["示例丁", "联系电话", "0775-1111111"]
    assert rows(raw, 0)[2][2:] == [
        "玉林市玉州区示例路 2 号",
        "申请提交日期",
        "2026 年 4 月 1 日",
    ]


def test_docx_repeats_heads_keeps_rows_whole_and_names_a_chinese_font() -> None:
    made = Document(io.BytesIO(b1_docx(dossier(3), BOOK, "zh")))
    trs = list(made.tables[1]._tbl.iter(qn("w:tr")))
    heads = [tr.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None for tr in trs]
    assert heads == [True, True, False, False, False]
    assert all(tr.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None for tr in trs)
    section = made.sections[0]
    assert section.page_width is not None and section.page_height is not None
    assert section.page_width > section.page_height
    fonts = made.styles["Normal"].element.find(qn("w:rPr")).find(qn("w:rFonts"))
    assert {fonts.get(qn(f"w:{a}")) for a in ("ascii", "hAnsi", "eastAsia", "cs")} == {"宋体"}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_annex_page_says_what_each_row_rests_on(lang: Lang) -> None:
    whole = dossier(3)
    raw = b1_docx(whole, BOOK, lang)
    annex = rows(raw, 2)
    assert [row[4] for row in annex[1:]] == [c.record.digest for c in whole.cases]
    assert annex[1][5] == ""
    owner, waits = annex[2][5].split("\n")
    if lang == "zh":
        assert owner == "所勾选的“其他”仅依据项目方补充要求，不是标准的要求：每月宣传公示"
        assert waits == "另有未核实事项：4.3.1.3 d) 电视机"
        assert annex[3][5] == "出具意见前仍须核实：4.3.1.3 d) 电视机"
        assert annex[3][3] == "待核实（未勾选）"
    else:
        assert "owner's supplementary rule alone" in owner
        assert waits == "Also still not observed: 4.3.1.3 d) Requirement 4.3.1.3-d"
        assert annex[3][3] == "pending (nothing ticked)"
    assert "合作网点备案申请单" in everything(raw)


def test_box_that_rests_on_standard_and_owner_says_both() -> None:
    one = case(1, Opinion.NON_CONFORMING)
    findings = tuple(replace(f, reason=Reason.OTHER) for f in one.report.findings)
    report = replace(one.report, findings=findings, reasons=(Reason.OTHER,))
    raw = b1_docx(Dossier("甲", None, (Case(one.record, report),)), BOOK, "zh")
    assert rows(raw, 2)[1][5].startswith("所勾选的“其他”除标准外还依据项目方补充要求")


def test_foot_carries_the_digests() -> None:
    one, three = dossier(1), dossier(3)
    assert one.records_digest == one.cases[0].record.digest
    assert three.records_digest not in {c.record.digest for c in three.cases}
    for whole in (one, three):
        text = everything(b1_docx(whole, BOOK, "zh"))
        assert f"规则摘要 {BOOK.digest}　记录摘要 {whole.records_digest}　" in text
        for page in pages(b1_pdf(whole, BOOK, "zh")):
            assert BOOK.digest in page and whole.records_digest in page


def test_pdf_has_captions_and_page_numbers() -> None:
    whole = pages(b1_pdf(dossier(3), BOOK, "zh"))
    for caption in (*CAPTIONS.values(), *FORM.options.values(), *FORM.boxes.values()):
        assert re.sub(r"\s", "", caption) in whole[0], caption
    assert [f"第{n}页/共{len(whole)}页" in page for n, page in enumerate(whole, 1)] == [True] * len(
        whole
    )
    assert "核验附页" in whole[-1]


@pytest.mark.parametrize(
    ("opinion", "discs", "ticks"),
    [
        (Opinion.CONFORMING, 1, 1),
        (Opinion.NON_CONFORMING, 1, 4),
        (Opinion.PENDING, 0, 1),
    ],
)
def test_pdf_draws_the_ticks(opinion: Opinion, discs: int, ticks: int) -> None:
    whole = Dossier("甲", None, (case(1, opinion),))
    page = PdfReader(io.BytesIO(b1_pdf(whole, BOOK, "zh"))).pages[0]
    stream = page.get_contents()
    assert stream is not None
    drawn = stream.get_data().decode("latin-1")
    # A ring ends in a curve and is stroked (S), a disc is filled too (B); a tick is 1.3 pt wide.
    rings = re.findall(r" c\s+(?:h\s+)?([SB])\s", drawn)
    assert (rings.count("S"), rings.count("B")) == (2 - discs, discs)
    assert len(re.findall(r"\b1\.3 w\b", drawn)) == ticks


@pytest.mark.parametrize("count", [1, 3, 500])
def test_any_number_of_outlets(count: int) -> None:
    whole = dossier(count)
    table = rows(b1_docx(whole, BOOK, "zh"), 1)
    assert len(table) == count + 2
    text = pages(b1_pdf(whole, BOOK, "zh"))
    form = [page for page in text if "核验附页" not in page and "确认意见" in page]
    assert sum(page.count("签名：") for page in text) == count
    assert all("人力资源和社会保障部门确认信息" in page for page in form)
    assert sum("备案申请部门（公章）" in page for page in text) == 1


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_texts(text: str) -> None:
    one = case(2, Opinion.NON_CONFORMING, name=text, address=text, contact=text, phone=text)
    whole = Dossier(text, replace(APPLICATION, contact=text, address=text), (one,))
    assert rows(b1_docx(whole, BOOK, "zh"), 1)[2][1] == text
    wanted = re.sub(r"\s", "", text)
    # A PDF's text layer keeps the compatibility forms apart; typst may join f and i.
    shown = unicodedata.normalize("NFKC", "".join(pages(b1_pdf(whole, BOOK, "zh"))))
    assert unicodedata.normalize("NFKC", wanted) in shown
    assert wanted in re.sub(r"\s", "", "".join(rows(notice_docx(one, BOOK, "zh"), 0)[0]))
    assert notice_pdf(one, BOOK, "zh").startswith(b"%PDF")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_notice_says_what_was_seen_and_what_to_do(lang: Lang) -> None:
    one = case(1, Opinion.NON_CONFORMING)
    raw = notice_docx(one, BOOK, lang)
    tables = [rows(raw, n) for n in range(5)]
    assert [row[1] for row in tables[0]] == [
        "玉林示例银行玉州支行",
        "YL-001",
        "玉林示例银行",
        "玉林市玉州区示例路 1 号",
        "YL-2026-0001",
        "2026-04-12",
    ]
    seen: list[dict[str, str]] = [{row[0]: row[1] for row in table[1:]} for table in tables[1:]]
    if lang == "zh":
        assert [table[0][0] for table in tables[1:]] == [
            "4.3.1.1 b) 导办区",
            "4.3.1.5 岗前培训",
            "（项目方） sup monthly-publication) 每月宣传公示",
            "4.3.1.4 专职人员",
        ]
        assert seen[0]["检查所见"] == "导办区：否"
        assert seen[0]["检查备注"] == "<b>尚未划出</b>；联系 ［已隐去］，证件 ［已隐去］"
        assert seen[0]["佐证材料"] == "导办区-［已隐去］.jpg"
        assert seen[0]["整改措施"] == "请补齐：导办区。"
        assert seen[0]["依据"] == "标准条款 4.3.1.1 b)"
        assert (
            seen[1]["检查所见"] == "工作人员第 2 项 示例乙：已接受岗前培训 否，具备服务能力 未核实"
        )
        assert seen[1]["检查备注"] == "座机 ［已隐去］"
        assert seen[2]["检查所见"] == "宣传公示：没有任何记录"
        assert seen[2]["依据"].startswith("项目方补充要求，不是标准的要求")
        assert "二、改进建议（不影响意见）" in everything(raw)
        assert "4.3.1.3 d) 电视机" in everything(raw)
    else:
        assert seen[0]["Seen"] == "guidance_area: no"
        assert "Rectification notice" in everything(raw)
    for secret in (PHONE, ID_NUMBER, "0775-0000000"):
        assert secret not in everything(raw)
        assert secret not in "".join(pages(notice_pdf(one, BOOK, lang)))
    assert one.record.digest in pages(notice_pdf(one, BOOK, lang))[0]


def test_notice_names_months_and_values() -> None:
    one = case(1, Opinion.NON_CONFORMING)
    witnesses = (
        Witness("publications", month="2026-03"),
        Witness("guidance_area", value="=1+1"),
        Witness("television"),
        Witness("staff"),
    )
    months = replace(finding(RULES[0], Outcome.FAIL), witnesses=witnesses)
    none = replace(months, witnesses=())
    report = replace(one.report, findings=(months, none))
    raw = notice_docx(Case(one.record, report), BOOK, "zh")
    assert rows(raw, 1)[1][1].split("\n") == [
        "宣传公示：缺 2026-03",
        "导办区：=1+1",
        "电视机：未核实",
        "工作人员：没有符合要求的记录",
    ]
    assert rows(raw, 2)[1][1] == "导办区：否"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_equal_input_gives_equal_bytes(lang: Lang) -> None:
    one = case(2, Opinion.NON_CONFORMING)
    for made in (
        [b1_docx(dossier(3), BOOK, lang) for _ in range(2)],
        [b1_pdf(dossier(3), BOOK, lang) for _ in range(2)],
        [notice_docx(one, BOOK, lang) for _ in range(2)],
        [notice_pdf(one, BOOK, lang) for _ in range(2)],
    ):
        assert made[0] == made[1]


def test_pdf_is_an_archive_file_dated_by_the_inspection() -> None:
    raw = b1_pdf(dossier(1), BOOK, "zh")
    assert b"<pdfaid:part>2</pdfaid:part>" in raw
    metadata = PdfReader(io.BytesIO(raw)).metadata
    assert metadata is not None
    assert str(metadata["/CreationDate"]).startswith("D:20260412")


def test_template_reads_no_file_and_no_clock() -> None:
    for template in ("b1.typ", "notice.typ"):
        text = (Path(pdf.__file__).parent / template).read_text("utf-8")
        assert not re.search(r"\b(read|import|include|datetime)\b", text)


def test_template_compiles_to_a_picture() -> None:
    made = asdict(sheet.sheet(dossier(1), BOOK, "zh"))
    assert pdf.compiled("b1.typ", made, fonts_for(()), format="svg", ppi=None)


def test_importing_the_forms_is_light() -> None:
    code = (
        "import sys, compliance.forms;"
        "print([m for m in ('docx', 'typst', 'fontTools', 'lxml') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_dossier_has_a_case() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Dossier("甲", None, ())
