"""The account held against an invented text, and its digests renewed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from compliance.assure.wording import digest
from tests.cli_samples import call
from tests.coverage_samples import ROWS, edit, remarks_of, seen, write_rules, write_standard
from tests.test_load import spoil


@pytest.fixture
def standard(tmp_path: Path) -> Path:
    return write_standard(tmp_path)


@pytest.fixture
def rules(tmp_path: Path, standard: Path) -> Path:
    return write_rules(tmp_path, standard)


def test_a_text_as_it_was_read_has_no_remark(
    rules: Path, standard: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert remarks_of(rules) == ()
    assert seen(capfd, rules, standard) == []
    text = standard.read_text(encoding="utf-8")
    standard.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert seen(capfd, rules, standard) == []


def test_a_changed_sentence(rules: Path, standard: Path, capfd: pytest.CaptureFixture[str]) -> None:
    edit(standard, "样例网点宜播放样例节目", "样例网点宜播放两个样例节目")
    (remark,) = seen(capfd, rules, standard)
    assert remark["check"] == "wording-changed" and remark["case"] == "9.2"
    assert (remark["file"], remark["line"], remark["column"]) == (str(standard), 6, 1)
    assert "rules: 9.2," in remark["text"] and "9.2#1" in remark["text"]
    assert remark["shown_by"] == "# 样例网点宜播放两个样例节目。"


def test_a_changed_introduction_concerns_the_rules_of_its_items(
    rules: Path, standard: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    edit(standard, "应备齐下列样例物品", "应放置下列样例物品")
    (remark,) = seen(capfd, rules, standard)
    assert "rules: 9.1-a, 9.1-b," in remark["text"]


def test_a_rule_that_cites_a_clause_is_read_again_too(
    rules: Path, standard: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    spoil(rules / "sample.yaml", 'clause: "9.1-a"', 'clause: "9.1-a"\n  cites: ["9.4"]')
    edit(standard, "样例门口", "样例窗口")
    (remark,) = seen(capfd, rules, standard)
    assert remark["case"] == "9.4" and "rules: 9.1-a," in remark["text"]


def test_a_new_sentence(rules: Path, standard: Path, capfd: pytest.CaptureFixture[str]) -> None:
    edit(standard, "b)\t样例电视机。", "b)\t样例电视机；\nc)\t样例电话。")
    (remark,) = seen(capfd, rules, standard)
    assert (remark["check"], remark["line"]) == ("wording-new", 6)
    assert "`9.1-b#1`" in remark["text"] and "again: 9.1-b, 9.2" in remark["text"]
    line = f'- {{id: 9.1-b#NUMBER, fate: FATE, digest: "{digest("样例电话")}"}}'
    assert remark["shown_by"] == f"# c)\\t样例电话。\n{line}"


def test_a_new_first_sentence(
    rules: Path, standard: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    edit(standard, "本样例只供测试", "样例前言。\n本样例只供测试")
    (remark,) = seen(capfd, rules, standard)
    assert (remark["check"], remark["line"], remark["case"]) == ("wording-new", 1, "")
    assert "it is the first" in remark["text"] and "CLAUSE#NUMBER" in remark["shown_by"]


def test_a_sentence_that_is_gone(
    rules: Path, standard: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    edit(standard, "a)\t样例书架；\n", "")
    (remark,) = seen(capfd, rules, standard)
    line = (rules / "wording.yaml").read_text(encoding="utf-8").split("\n")[remark["line"] - 1]
    assert (remark["check"], remark["case"]) == ("wording-gone", "9.1-a")
    assert "id: 9.1-a#1" in line and "again: 9.1-a" in remark["text"]


def test_swapped_sentences(rules: Path, standard: Path, capfd: pytest.CaptureFixture[str]) -> None:
    edit(standard, "样例书架；\nb)\t样例电视机。", "样例电视机；\nb)\t样例书架。")
    remarks = seen(capfd, rules, standard)
    assert sorted(r["check"] for r in remarks) == ["wording-gone", "wording-new"]
    new, gone = sorted(remarks, key=lambda r: r["check"] != "wording-new")
    # The line to paste is the one that is to be taken away elsewhere.
    assert re.search(r"id: (9\.1-[ab]#1), fate: requirement,", new["shown_by"])
    assert re.search(r"9\.1-[ab]#1", new["shown_by"])[0] in gone["text"]  # type: ignore[index]


def test_equal_sentences_are_told_apart_by_their_order(
    rules: Path, standard: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    edit(standard, "\t2\n\t□增   □减\n", "\t2\n\t□增   □减\n\t3\n\t□增   □减\n")
    (remark,) = seen(capfd, rules, standard)
    assert remark["check"] == "wording-new"
    edit(
        standard, ROWS.split("\n", 2)[2].replace("\t2\n", "\t2\n\t□增   □减\n\t3\n"), "\t□增 □减\n"
    )
    (remark,) = seen(capfd, rules, standard)
    assert remark["check"] == "wording-gone" and "A.1#" in remark["text"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "holds no sentence"),
        (b"1\n\n2\n", "holds no sentence"),
        ("样例".encode("gb18030"), "is not UTF-8"),
        (None, "no such file"),
    ],
)
def test_a_text_that_cannot_be_read(
    content: bytes | None, expected: str, rules: Path, standard: Path, capfd: Any
) -> None:
    standard.unlink()
    if content is not None:
        standard.write_bytes(content)
    status, out, err = call(
        capfd, "rules", "coverage", rules, "--standard", standard, "--lang", "en"
    )
    assert (status, out) == (2, "") and err.startswith(f"{standard}: ") and expected in err


def test_write_renews_what_has_changed_and_keeps_the_rest(
    rules: Path, standard: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = rules / "wording.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    before = path.read_bytes()
    edit(standard, "宜播放样例节目", "宜播放两个样例节目")
    edit(standard, "样例门口", "样例窗口")
    args = ("rules", "coverage", rules, "--standard", standard, "--write", "--lang", "en")
    status, out, err = call(capfd, *args)
    assert status == 0 and "updated 2 digest(s)" in err and err.endswith(": 9.2#1, 9.4#1\n")
    old = [digest("样例网点宜播放样例节目"), digest("样例牌匾应挂在样例门口")]
    new = [digest("样例网点宜播放两个样例节目"), digest("样例牌匾应挂在样例窗口")]
    for one, other in zip(old, new):
        before = before.replace(one.encode(), other.encode())
    assert path.read_bytes() == before
    status, again, err = call(capfd, *args)
    assert (status, again) == (0, out) and "nothing was written" in err
    assert path.read_bytes() == before


def test_write_leaves_new_and_gone_to_the_author(
    rules: Path, standard: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before = (rules / "wording.yaml").read_bytes()
    edit(standard, "双方互换样例文件。\n", "")
    edit(standard, "样例章\n", "样例章\n样例新句。\n")
    status, out, _ = call(capfd, "rules", "coverage", rules, "--standard", standard, "--write")
    assert status == 1 and "[wording-new]" in out and "[wording-gone]" in out
    assert (rules / "wording.yaml").read_bytes() == before


def test_write_takes_no_other_document(
    rules: Path, standard: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before = (rules / "wording.yaml").read_bytes()
    standard.write_text("另一份样例。\n样例章\n", encoding="utf-8")
    args = ("rules", "coverage", rules, "--standard", standard, "--write", "--lang", "en")
    status, out, err = call(capfd, *args)
    assert (status, out) == (2, "") and "looks like another document" in err
    assert (rules / "wording.yaml").read_bytes() == before


def test_write_needs_a_text_and_a_file(rules: Path, standard: Path, capfd: Any) -> None:
    assert call(capfd, "rules", "coverage", rules, "--write", "--lang", "en")[0::2] == (
        2,
        "--write: digests come from the text of the standard; give --standard FILE as well\n",
    )
    (rules / "wording.yaml").unlink()
    status, _, err = call(capfd, "rules", "coverage", rules, "--standard", standard, "--write")
    assert status == 2 and err.startswith(f"{rules}: ")
