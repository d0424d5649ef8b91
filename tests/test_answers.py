"""What people write in forms, and drafts made of it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.condition import FactType
from compliance.intake.answers import Unclear, day, text, whole, yes_no
from compliance.intake.draft import Draft

YES = ["是", "有", "√", "✓", "✔", "✔\ufe0f", "☑", "对", "Y", "y", "YES", "true", " 是 ", "Ｙ", True]
NO = ["否", "无", "没有", "×", "✗", "错", "N", "no", "False", " 否", False]
UNSEEN = [None, "", "  ", "\u3000", "未检查", "未观察", "Not inspected"]
UNCLEAR = ["x", "X", "1", "0", 1, 0, 1.0, "可能", "是否", "是/否", "√×", "V", "-", "?", "是。"]


@pytest.mark.parametrize("written", YES)
def test_yes(written: object) -> None:
    assert yes_no(written) is True


@pytest.mark.parametrize("written", NO)
def test_no(written: object) -> None:
    assert yes_no(written) is False


@pytest.mark.parametrize("written", UNSEEN)
def test_empty_is_not_observed(written: object) -> None:
    assert yes_no(written) is None
    assert day(written) is None
    assert whole(written) is None


@pytest.mark.parametrize("written", UNCLEAR)
def test_what_could_mean_two_things_is_neither(written: object) -> None:
    assert yes_no(written) == Unclear("unclear_yes_no")


@pytest.mark.parametrize(
    "written",
    [
        *("2026年4月3日", "2026年4月3号", "2026/4/3", "2026.4.3", "2026-4-3", "2026-04-03"),
        *(" 2026 年 4 月 3 日 ", "２０２６年４月３日", "2026年04月03日", "2026／4／3"),
        *(date(2026, 4, 3), datetime(2026, 4, 3), datetime(2026, 4, 3, 23, 59)),
    ],
)
def test_days(written: object) -> None:
    assert day(written) == "2026-04-03"


@pytest.mark.parametrize(
    "written",
    [
        *(46115, 46115.0, "46115", "20260403", "26-4-3", "4月3日", "2026-4", "3/4/2026", "昨天"),
        *("2026-02-30", "2026-13-01", "2025-02-29", "0000-1-1", True, time(10), timedelta(1)),
    ],
)
def test_what_is_no_certain_day(written: object) -> None:
    assert day(written) == Unclear("unclear_date")


def test_whole_numbers() -> None:
    assert [whole(n) for n in (3, 3.0, "3", " -3 ", "３")] == [3, 3, 3, -3, 3]
    assert {whole(n) for n in (3.5, "3.5", "三", True, "1e3", "9" * 16)} == {
        Unclear("unclear_number")
    }


def test_texts() -> None:
    assert text(" 覃示例 ") == "覃示例"
    assert text(13800000001) == text(13800000001.0) == "13800000001"
    assert text("=1+1") == "=1+1"
    assert text("  ") is None
    assert text(3.5) == "3.5"
    assert text(False) == Unclear("unclear_text")
    assert text(date(2026, 4, 3)) == text(time(1)) == Unclear("unclear_text")


@given(st.integers(10**15, 10**18) | st.floats(1e15, 1e18))
def test_a_number_that_a_spreadsheet_cut_off_is_refused(number: float) -> None:
    assert text(number) == text(-number) == Unclear("digits_lost")


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_shorter_numbers_keep_every_digit(number: int) -> None:
    assert text(float(number)) == text(number) == str(number)


@given(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.dates(), st.datetimes()
    )
)
def test_anything_at_all_is_a_value_or_unclear(written: Any) -> None:
    for read, types in ((yes_no, bool), (day, str), (whole, int), (text, str)):
        found = read(written)
        assert found is None or isinstance(found, (types, Unclear))


def test_a_draft_keeps_values_and_their_cells() -> None:
    draft = Draft("检查.xlsx")
    draft.answer(("observations", "television"), FactType.BOOLEAN, "√", "检查内容!F5")
    draft.answer(("observations", "bookshelf"), FactType.BOOLEAN, "", "检查内容!F6")
    draft.answer(("observations", "staff", 0, "name"), FactType.TEXT, "样甲", "工作人员!C5")
    draft.answer(("observations", "staff", 1, "name"), FactType.TEXT, "样乙", "工作人员!C6")
    assert draft.data == {
        "observations": {"television": True, "staff": [{"name": "样甲"}, {"name": "样乙"}]}
    }
    assert draft.document().place(("observations", "staff", 1, "name")).cell == "工作人员!C6"
    assert draft.problems == []


def test_a_draft_says_what_it_cannot_read_and_no_personal_number() -> None:
    draft = Draft("检查.xlsx")
    draft.answer(("observations", "television"), FactType.BOOLEAN, "x", "检查内容!F5")
    draft.answer(("observations", "staff", 0, "id_number"), FactType.TEXT, 4.5e17, "工作人员!D5")
    said = [problem.message("zh") for problem in draft.problems]
    assert said[0].startswith("检查.xlsx: 检查内容!F5: observations.television: `x` 看不出")
    assert "45" not in said[1] and "末几位已经丢失" in said[1]
    # Null stands in the place, so that the record's check does not miss the value as well.
    assert draft.data["observations"] == {"television": None, "staff": [{"id_number": None}]}
