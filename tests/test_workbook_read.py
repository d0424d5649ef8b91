"""A filled workbook read back: what is taken over, and what is refused cell by cell."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl.styles import Font

from compliance.intake.workbook import layout
from compliance.words import LANGS, Lang
from tests.workbook_samples import (
    BOOK,
    OUTLETS,
    PUBLICATIONS,
    RECORD,
    STAFF,
    answer,
    blank,
    changed,
    column_of,
    fill,
    member,
    outlet_cell,
    put_value,
    records,
    rows_of,
    sheet_of,
    text,
    visit,
    wrong,
)

# what is read back


def test_the_sample_comes_back(tmp_path: Path) -> None:
    assert records(fill(blank(BOOK), BOOK, [RECORD]), tmp_path) == [RECORD]


@pytest.mark.parametrize("lang", LANGS)
def test_a_blank_workbook_is_no_record(tmp_path: Path, lang: Lang) -> None:
    assert wrong(blank(BOOK, lang=lang), tmp_path)[0].startswith("没有填写任何一次检查")
    assert wrong(blank(BOOK, outlets=OUTLETS, lang=lang), tmp_path)[0].startswith("没有填写")


def test_an_outlet_that_was_not_visited_makes_no_record(tmp_path: Path) -> None:
    content = fill(blank(BOOK, outlets=OUTLETS), BOOK, [visit(OUTLETS[0])])
    assert [record["outlet"]["id"] for record in records(content, tmp_path)] == ["YL-101"]


def test_empty_is_not_observed_and_none_is_an_empty_list(tmp_path: Path) -> None:
    def change(workbook: Any) -> None:
        answer(workbook, "television").value = "未检查"
        answer(workbook, "waiting_area").value = " "
        answer(workbook, "publications").value = "无"
        for column in range(3, 6):
            sheet_of(workbook, PUBLICATIONS).cell(5, column).value = None

    observed = records(changed(change), tmp_path)[0]["observations"]
    assert set(observed) == {"staff", "publications"}
    assert observed["publications"] == []


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("√", True),
        ("×", False),
        ("Y", True),
        ("无", False),
        (True, True),
        (False, False),
        ("有", True),
    ],
)
def test_answers_in_the_usual_ways(tmp_path: Path, written: Any, read: bool) -> None:
    content = changed(lambda w: put_value(answer(w, "television"), written))
    assert records(content, tmp_path)[0]["observations"]["television"] is read


@pytest.mark.parametrize(
    "written",
    [
        *("2026年4月3日", "2026/4/3", "2026.4.3", "２０２６-４-３"),
        *(date(2026, 4, 3), datetime(2026, 4, 3, 9, 30)),
    ],
)
def test_days_in_the_usual_ways(tmp_path: Path, written: Any) -> None:
    content = changed(lambda w: put_value(member(w, "date", mark=PUBLICATIONS), written))
    made = records(content, tmp_path)[0]
    assert made["observations"]["publications"][0]["date"] == "2026-04-03"


def test_a_serial_number_is_never_taken_for_a_day(tmp_path: Path) -> None:
    def change(workbook: Any) -> None:
        cell = member(workbook, "date", mark=PUBLICATIONS)
        cell.value, cell.number_format = 46115, "General"

    assert wrong(changed(change), tmp_path) == [
        "宣传公示!C5: observations.publications[0].date: `46115` 不是可以确认的日期；"
        "请写成 2026-04-03（2026年4月3日、2026/4/3、2026.4.3 也可），纯数字不予猜测"
    ]


def test_numbers_where_texts_belong(tmp_path: Path) -> None:
    content = changed(lambda w: put_value(member(w, "phone"), 13800000002))
    assert records(content, tmp_path)[0]["observations"]["staff"][0]["phone"] == "13800000002"
    said = wrong(changed(lambda w: put_value(member(w, "id_number"), 452521190001010011)), tmp_path)
    assert len(said) == 1
    assert said[0].startswith("工作人员!D5: observations.staff[0].id_number: 这个号码是按数字存的")
    assert "4525" not in said[0]
    assert wrong(changed(lambda w: put_value(member(w, "name"), True)), tmp_path)[0].startswith(
        "工作人员!C5: observations.staff[0].name: `true` 应为文本"
    )


def test_a_formula_is_never_computed(tmp_path: Path) -> None:
    def change(workbook: Any) -> None:
        answer(workbook, "television").value = '=IF(1,"是","否")'
        member(workbook, "id_number").value = "=D6"
        outlet_cell(workbook, "inspection.id").value = '=HYPERLINK("http://x.example")'

    assert [message.split("，")[0] for message in wrong(changed(change), tmp_path)] == [
        '网点!C4: inspection.id: 是公式 `=HYPERLINK("http://x.example")`',
        '检查内容!E16: observations.television: 是公式 `=IF(1,"是","否")`',
        "工作人员!D5: observations.staff[0].id_number: 是公式 `=D6`",
    ]


def test_an_error_is_no_answer(tmp_path: Path) -> None:
    said = wrong(changed(lambda w: put_value(answer(w, "television"), "#N/A")), tmp_path)
    assert said == [
        "检查内容!E16: observations.television: 是错误值 `#N/A`，不是答案；请清除后重填"
    ]


def test_captions_may_be_edited(tmp_path: Path) -> None:
    def change(workbook: Any) -> None:
        answer(workbook, "television", name=layout.ANSWER).offset(0, -2).value = "彩电"
        sheet_of(workbook, STAFF)["C3"].value = "姓名"
        sheet_of(workbook, layout.OUTLETS)["B4"].value = None
        sheet_of(workbook, STAFF).title = "员工"

    assert records(changed(change), tmp_path) == [RECORD]


def test_moved_columns_and_lines_are_found(tmp_path: Path) -> None:
    def change(workbook: Any) -> None:
        sheet = sheet_of(workbook, STAFF)
        sheet.move_range("C1:C7", cols=10)
        sheet.insert_rows(1, 3)
        questions = sheet_of(workbook, layout.CHECKLIST)
        questions.move_range("A5:F6", rows=30)
        sheet_of(workbook, layout.OUTLETS).insert_rows(6)

    assert records(changed(change), tmp_path) == [RECORD]


def test_a_lost_or_edited_name_is_refused(tmp_path: Path) -> None:
    def lost(workbook: Any) -> None:
        sheet = sheet_of(workbook, layout.CHECKLIST)
        sheet.cell(rows_of(sheet, "television")[0], 1).value = None

    assert wrong(changed(lost), tmp_path)[0].startswith(
        "检查内容!E16: 这里填了 `否`，但旁边隐藏的名称不见了"
    )

    def edited(workbook: Any) -> None:
        sheet = sheet_of(workbook, layout.CHECKLIST)
        sheet.cell(rows_of(sheet, "television")[0], 1).value = "televisoin"

    assert wrong(changed(edited), tmp_path) == [
        "检查内容!E16: 隐藏的名称 `televisoin` 被改动过，不知道这里填的是什么；请改回原名，"
        "或重新生成检查表；是否想写 `television`？"
    ]

    def column(workbook: Any) -> None:
        sheet = sheet_of(workbook, STAFF)
        sheet.cell(1, column_of(sheet, "phone")).value = None

    said = wrong(changed(column), tmp_path)[0]
    assert said.startswith("工作人员!E5: 这里填了 `…`")
    assert "138" not in said

    def needed(workbook: Any) -> None:
        sheet = sheet_of(workbook, layout.CHECKLIST)
        sheet.cell(1, column_of(sheet, "answer")).value = None

    assert any("缺少隐藏的列名 `answer`" in said for said in wrong(changed(needed), tmp_path))


def test_a_lost_sheet_is_refused_and_an_added_one_ignored(tmp_path: Path) -> None:
    assert wrong(changed(lambda w: w.remove(sheet_of(w, STAFF))), tmp_path) == [
        "找不到工作表“工作人员”的隐藏名称，它被删除或改动过，填的内容会丢失；请重新生成检查表，把内容复制过去"
    ]
    assert records(changed(lambda w: put_value(w.create_sheet("草稿")["A1"], "=1")), tmp_path)
    copied = wrong(changed(lambda w: w.copy_worksheet(sheet_of(w, STAFF))), tmp_path)
    assert "与工作表“工作人员”的隐藏名称相同" in copied[0]
    hidden = wrong(
        changed(lambda w: setattr(sheet_of(w, STAFF), "sheet_state", "hidden")), tmp_path
    )
    assert hidden[0].startswith("工作人员: 工作表被隐藏了")


def test_merged_entries_are_refused(tmp_path: Path) -> None:
    said = wrong(changed(lambda w: sheet_of(w, layout.CHECKLIST).merge_cells("E16:E17")), tmp_path)
    assert said == [
        "检查内容!E16: E16:E17 被合并了，合并掉的格子填了什么已经丢失；请取消合并，把每一格填好"
    ]
    # Merging headings, or lines that nobody filled in, takes nothing away.
    unharmed = changed(lambda w: sheet_of(w, STAFF).merge_cells("B2:F2"))
    assert records(unharmed, tmp_path) == [RECORD]


def test_hidden_entries_are_refused_and_filtered_ones_read(tmp_path: Path) -> None:
    def row(workbook: Any) -> None:
        sheet_of(workbook, STAFF).row_dimensions[6].hidden = True

    assert wrong(changed(row), tmp_path)[0].startswith(
        "工作人员!C6: 这一格在隐藏的行或列里，却填了 `样乙`"
    )

    def column(workbook: Any) -> None:
        sheet_of(workbook, STAFF).column_dimensions["D"].hidden = True

    assert wrong(changed(column), tmp_path)[0].startswith(
        "工作人员!D5: 这一格在隐藏的行或列里，却填了 `…`"
    )

    def filtered(workbook: Any) -> None:
        sheet = sheet_of(workbook, layout.CHECKLIST)
        sheet.auto_filter.add_filter_column(0, ["YL-101"])
        for line in range(25, 50):
            sheet.row_dimensions[line].hidden = True

    assert len(records(changed(filtered, OUTLETS), tmp_path)) == 3


def test_versions_of_the_vocabulary(tmp_path: Path) -> None:
    def older(workbook: Any) -> None:
        workbook[layout.META]["B3"].value = "2025-4"

    made = records(changed(older), tmp_path)
    assert made == [{**RECORD, "vocabulary": "2025-4"}]

    def stale(workbook: Any) -> None:
        older(workbook)
        sheet = sheet_of(workbook, layout.CHECKLIST)
        sheet.cell(rows_of(sheet, "television")[0], 1).value = "radio"

    assert wrong(changed(stale), tmp_path) == [
        "检查内容!E16: 检查表的项目版本是 2025-4，现在的规则是 2026-1，已经没有 `radio` 这一项；"
        "请用现在的规则重新生成检查表，或用 --rules 给出当时的规则"
    ]

    def newer(workbook: Any) -> None:
        workbook[layout.META]["B2"].value = "2"

    assert wrong(changed(newer), tmp_path)[0].startswith("compliance: 隐藏的工作表里 layout 是 `2`")


# lines


def test_what_is_missing_is_named_by_its_cell(tmp_path: Path) -> None:
    def change(workbook: Any) -> None:
        outlet_cell(workbook, "inspection.id").value = None
        outlet_cell(workbook, "outlet.bank").value = "  "
        outlet_cell(workbook, "inspection.date").value = "4月12日"
        member(workbook, "name", line=1).value = None

    assert [message.split("；")[0] for message in wrong(changed(change), tmp_path)] == [
        "网点!C5: inspection.date: `4月12日` 不是可以确认的日期",
        "工作人员!C6: observations.staff[1].name: “人员姓名”没有填",
        "网点!C4: inspection.id: “检查编号”没有填",
        "网点!C9: outlet.bank: “所属银行”没有填",
    ]


def test_the_records_own_check_names_cells_too(tmp_path: Path) -> None:
    def change(workbook: Any) -> None:
        text(member(workbook, "id_number"), "452521190001010012")
        member(workbook, "date", mark=PUBLICATIONS).value = date(2026, 5, 1)
        text(outlet_cell(workbook, "outlet.phone"), "12")

    said = wrong(changed(change), tmp_path)
    assert sorted(message.split(": ")[0] for message in said) == [
        "宣传公示!C5",
        "工作人员!D5",
        "网点!C13",
    ]


def test_lists_and_the_checklist_must_agree(tmp_path: Path) -> None:
    denied = wrong(changed(lambda w: put_value(answer(w, "staff"), "无")), tmp_path)
    assert denied == [
        "检查内容!E18: observations.staff: “工作人员”填的是 `无`，却登记了 2 行；请改正其中之一"
    ]
    unseen = wrong(changed(lambda w: put_value(answer(w, "staff"), "未检查")), tmp_path)
    assert "却登记了 2 行" in unseen[0]
    unclear = wrong(changed(lambda w: put_value(answer(w, "staff"), "两人")), tmp_path)
    assert len(unclear) == 1 and "`两人` 看不出" in unclear[0]
    # Whoever enters people need not say that there are some.
    assert records(changed(lambda w: put_value(answer(w, "staff"), None)), tmp_path) == [RECORD]

    def missing(workbook: Any) -> None:
        for column in range(3, 6):
            sheet_of(workbook, PUBLICATIONS).cell(5, column).value = None

    assert wrong(changed(missing), tmp_path)[0].startswith(
        "检查内容!E19: observations.publications: “宣传公示”选了“有”，却没有登记任何一行"
    )


def test_outlets_are_told_apart(tmp_path: Path) -> None:
    def change(workbook: Any) -> None:
        sheet = sheet_of(workbook, layout.OUTLETS)
        sheet.cell(7, column_of(sheet, "outlet.id")).value = "YL-102"
        sheet.cell(6, column_of(sheet, "inspection.id")).value = "YL-2026-101"
        member(workbook, "outlet").value = "YL-110"
        member(workbook, "outlet", line=1).value = None
        questions = sheet_of(workbook, layout.CHECKLIST)
        for line in (5, 6):
            questions.cell(line, column_of(questions, "outlet")).value = None

    said = wrong(changed(change, OUTLETS), tmp_path)
    starts = [message.split("，")[0] for message in said]
    assert "网点!E7: 网点编号 `YL-102` 已在 网点!E6 用过" in starts
    assert any(
        start.startswith("网点!B6: 检查编号 `YL-2026-101` 已在 网点!B5 用过") for start in starts
    )
    assert "工作人员!B5: “网点”表里没有网点编号 `YL-110`" in starts
    assert "工作人员!B6: 这一行填了内容" in starts
    assert "检查内容!B5: 这一行填了内容" in starts
    assert "检查内容!B6: 这一行填了内容" not in starts  # nothing is answered there


def test_a_copied_question_is_refused(tmp_path: Path) -> None:
    def change(workbook: Any) -> None:
        sheet = sheet_of(workbook, layout.CHECKLIST)
        sheet["A30"].value, sheet["E30"].value = "television", "是"

    assert wrong(changed(change), tmp_path) == [
        "检查内容!E30: 同一网点的“电视机”已在 检查内容!E16 出现过，"
        "分不清以哪一行为准；请删去复制出来的一行"
    ]


def test_an_entry_beside_the_columns_is_refused(tmp_path: Path) -> None:
    said = wrong(changed(lambda w: put_value(sheet_of(w, STAFF)["K5"], "备注")), tmp_path)
    assert said == [
        "工作人员!K5: 这里填了 `备注`，但旁边隐藏的名称不见了，不知道回答的是什么；"
        "请重新生成检查表，把内容复制过去"
    ]


def test_formats_fonts_and_blank_lines_do_not_matter(tmp_path: Path) -> None:
    def change(workbook: Any) -> None:
        sheet = sheet_of(workbook, STAFF)
        sheet.cell(500, 3).font = Font(bold=True)
        sheet.cell(400, 3).value = "   "
        sheet.move_range("B6:H6", rows=5)

    assert records(changed(change), tmp_path) == [RECORD]
