"""The text as sentences, and the captions of form B.1 held against it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from compliance.assure.captions import annex_captions, caption_remarks
from compliance.assure.wording import Change, annex, differences, digest, normal, sentences
from compliance.load import read_rules
from tests.cli_samples import call
from tests.coverage_samples import edit, write_rules, write_standard
from tests.test_load import spoil


@pytest.fixture
def standard(tmp_path: Path) -> Path:
    return write_standard(tmp_path)


@pytest.fixture
def rules(tmp_path: Path, standard: Path) -> Path:
    return write_rules(tmp_path, standard)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("样例网点 应 备齐", "样例网点应备齐"),
        ("样例（甲），备齐", "样例(甲),备齐"),
        ("a)\t样例书架；", "样例书架。"),
        ("2) 样例书架", "样例书架"),
        ("1. 样例书架", "样例书架；"),
        ("样\u200b例\ufeff书架", "样例书架"),
        ("３０ d", "30 d"),
    ],
)
def test_what_says_nothing_does_not_count(one: str, other: str) -> None:
    assert normal(one) == normal(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("提前30 d告知", "提前60 d告知"),
        ("30 d前告知", "d前告知"),
        ("1.5 m", "5 m"),
        ("应备齐", "宜备齐"),
        ("应备齐", "不应备齐"),
        ("甲、乙", "甲乙"),
        ("□样例", "○样例"),
    ],
)
def test_what_says_something_counts(one: str, other: str) -> None:
    assert normal(one) != normal(other)


def test_a_digest_is_the_beginning_of_a_sha256() -> None:
    assert digest("样例书架") == hashlib.sha256("样例书架".encode()).hexdigest()[:16]
    assert sentences(" a)\t样例 书架；")[0].digest == digest("样例书架")


def test_sentences_stand_where_an_editor_shows_them() -> None:
    text = "\r\n 甲样例。乙样例。”丙（丁。）戊\r己\n1\n……\n—\n  \x0c\n庚。。"
    assert [(s.line, s.column, s.text) for s in sentences(text)] == [
        (2, 2, "甲样例。"),
        (2, 6, "乙样例。”"),
        (2, 11, "丙（丁。）"),
        (2, 16, "戊"),
        (3, 1, "己"),
        (8, 1, "庚。"),
    ]


def test_differences_keep_the_order_and_count_what_stands_before() -> None:
    assert differences("abc", "abc") == ()
    assert differences("abc", "axc") == (Change(1, 1, 1),)
    assert differences("ac", "abc") == (Change(None, 1, 1),)
    assert differences("abc", "ac") == (Change(1, None, 1),)
    assert differences("aab", "aaab") in ((Change(None, n, n),) for n in range(3))
    assert differences("", "ab") == (Change(None, 0, 0), Change(None, 1, 0))


def test_annexes_are_counted() -> None:
    text = "正文见附录B\n（资料性）\n甲\n （规范性） \n乙\n丙（资料性）丁"
    assert annex(text, "A").split() == ["（资料性）", "甲"]
    assert annex(text, "B").split() == ["（规范性）", "乙", "丙（资料性）丁"]
    assert annex(text, "C") == ""


def test_a_caption_that_differs(rules: Path, standard: Path) -> None:
    text = standard.read_text(encoding="utf-8")
    assert caption_remarks(read_rules(rules), None) == ()
    assert caption_remarks(read_rules(rules), text) == ()
    spoil(rules / "opinion.yaml", "outlet_type: 网点类型", "outlet_type: 网点种类")
    for given in (None, text):
        (remark,) = caption_remarks(read_rules(rules), given)
        assert remark.check == "caption-differs" and remark.place.path == "captions.outlet_type"
        assert remark.place.file == str(rules / "opinion.yaml") and "网点种类" in remark.text.zh
        lines = (rules / "opinion.yaml").read_text(encoding="utf-8").split("\n")
        assert lines[(remark.place.line or 0) - 1] == "  outlet_type: 网点种类"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("contact: 联系人", "contact: 联系"),
        ("signature: 签名：", "signature: 签名"),
        ("other: 其他", "other: 其它"),
        ("（公章）", "(公章)"),
        ("table_label: 表B.1", "table_label: 表B.3"),
    ],
)
def test_a_caption_is_the_whole_caption_to_the_letter(
    old: str, new: str, rules: Path, standard: Path
) -> None:
    spoil(rules / "opinion.yaml", old, new)
    files = read_rules(rules)
    assert len(caption_remarks(files, None)) == 1
    assert len(caption_remarks(files, standard.read_text(encoding="utf-8"))) == 1


@pytest.mark.parametrize(
    ("old", "new"), [("      年   月   日", "年 月 日"), ("签名：", "签 名：")]
)
def test_blanks_of_a_caption_do_not_count(old: str, new: str, rules: Path, standard: Path) -> None:
    spoil(rules / "opinion.yaml", old, new)
    files = read_rules(rules)
    assert caption_remarks(files, None) == ()
    assert caption_remarks(files, standard.read_text(encoding="utf-8")) == ()


def test_captions_of_a_new_edition(
    rules: Path, standard: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    edit(standard, "　确认人 ", "　样例确认人 ")
    spoil(rules / "opinion.yaml", "confirmer: 确认人", "confirmer: 样例确认人")
    text = standard.read_text(encoding="utf-8")
    (remark,) = caption_remarks(read_rules(rules), text)
    assert "renew it with" in remark.text.en
    args = ("rules", "coverage", rules, "--standard", standard, "--write", "--lang", "en")
    status, _, err = call(capfd, *args)
    assert status == 0 and ": B.1#" in err and err.endswith("captions.confirmer\n")
    assert caption_remarks(read_rules(rules), text) == ()


def test_a_caption_without_digest_and_a_folder_without_account(rules: Path, standard: Path) -> None:
    path = rules / "wording.yaml"
    lines = path.read_text(encoding="utf-8").split("\n")
    kept = [line for line in lines if not line.startswith("    confirmer:")]
    path.write_text("\n".join(kept), encoding="utf-8")
    files, text = read_rules(rules), standard.read_text(encoding="utf-8")
    (remark,) = caption_remarks(files, None)
    assert "no digest" in remark.text.en and remark.shown_by == ""
    (remark,) = caption_remarks(files, text)
    assert remark.shown_by == f'confirmer: "{digest("确认人")}"'
    path.unlink()
    files = read_rules(rules)
    assert caption_remarks(files, None) == caption_remarks(files, text) == ()


def test_annex_captions_are_pieces_pairs_and_labels() -> None:
    text = "见附录B中的表B.1\n（资料性）\n甲附录\n（资料性）\n网点\n种类\n\n○甲，其中：□乙、□丙"
    found = annex_captions(text)
    assert {"附录B", "表B.1", "网点种类", "甲", "，其中：", "乙", "丙"} <= found
    assert "甲附录" not in found and "" not in found
