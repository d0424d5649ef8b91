"""An invented standard, in our own words, and a rules folder that accounts for its sentences."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from compliance.assure.account import read_account
from compliance.assure.captions import SECTIONS, letters
from compliance.assure.coverage import account_remarks
from compliance.assure.wording import digest, sentences
from compliance.load import read_rules, shipped_rules
from compliance.remarks import Remark
from tests.cli_samples import call

BODY = """本样例只供测试。
样例章
样例网点应备齐下列样例物品：
a)\t样例书架；
b)\t样例电视机。
样例网点宜播放样例节目。样例节目单见样例表。
双方互换样例文件。
样例牌匾应挂在样例门口。
"""
ROWS = "\n\t1\n\t□增   □减\n\t2\n\t□增   □减\n\t……\n"
FATES = [
    ("foreword#1", "not_checkable"),
    ("heading#9", "not_checkable"),
    ("9.1#1", "requirement"),
    ("9.1-a#1", "requirement"),
    ("9.1-b#1", "requirement"),
    ("9.2#1", "recommendation"),
    ("9.2#2", "form"),
    ("9.3#1", "procedure"),
    ("9.4#1", "requirement"),
    ("heading#A-nature", "not_checkable"),
    ("heading#A", "not_checkable"),
    ("A.1#1", "form"),
    ("A.1#2", "form"),
    ("heading#B-nature", "not_checkable"),
]
PARTS = """\
  foreword: {why: {zh: 样例, en: Sample}}
  heading: {written: {zh: 标题, en: Headings}, why: {zh: 样例, en: Sample}}
  "9.1": {items: true}
  A.1: {not_yet: {zh: 待样例, en: Waits}}
  B.1: {written: {zh: 表B.1, en: Table B.1}, form: B.1}
"""
RULE = """\
- id: "{id}"
  title: {{zh: 样例, en: Sample}}
  clause: "{id}"
  verb: {verb}
  basis: standard
  stage: adaptation
  applies_to: [bank_branch]
  require: {{{fact}: true}}
  {reason}remedy: {{zh: 样例, en: Sample}}
  examples: [{{given: {{{fact}: true}}, then: pass}}]
"""
CLAUSE = """\
  - {{id: "{id}", written: "{id}", verb: {verb}, bearers: [outlet], types: [bank_branch],
     stage: adaptation, summary: {{zh: 样例, en: Sample}},
     fate: {fate}, answers: [{answers}]{note}}}
"""
NOTE = ", note: {zh: 待样例, en: Waits}"


def captions_of(folder: Path) -> dict[str, dict[str, str]]:
    data: Any = yaml.safe_load((folder / "opinion.yaml").read_text(encoding="utf-8"))
    return {section: data[section] for section in SECTIONS}


def write_standard(folder: Path) -> Path:
    """An invented text whose annex B has the captions of form B.1, some broken over lines."""
    form = captions_of(shipped_rules())
    lines = [f"　{c} " for c in form["captions"].values() if c not in ("网点类型", "，其中：")]
    lines += ["网点\n类型", *(f"□{type_}" for type_ in form["types"].values())]
    options = list(form["options"].values())
    boxes = "、".join(f"□{box}" for box in form["boxes"].values())
    lines += [f"○{options[0]}", f"○{options[1]}，其中：{boxes}"]
    text = f"{BODY}（资料性）\n样例附录\n{ROWS}（资料性）\n\t" + "\n\t".join(lines) + "\n"
    path = folder / "样例 标准.txt"
    path.write_text(text, encoding="utf-8")
    return path


def write_rules(parent: Path, standard: Path) -> Path:
    """A rules folder for the invented text: four clauses answered, one not yet."""
    folder = parent / "规则 样例"
    folder.mkdir()
    for name in ("facts.yaml", "opinion.yaml"):
        shutil.copy(shipped_rules() / name, folder)
    asked = [
        ("9.1-a", "shall", "bookshelf", "reason: equipment\n  "),
        ("9.1-b", "shall", "television", "reason: equipment\n  "),
        ("9.2", "should", "staff_relatively_fixed", ""),
    ]
    (folder / "sample.yaml").write_text(
        "".join(RULE.format(id=i, verb=v, fact=f, reason=r) for i, v, f, r in asked),
        encoding="utf-8",
    )
    clauses = [
        CLAUSE.format(id=i, verb=v, fate="rules", answers=f'"{i}"', note="") for i, v, _, _ in asked
    ]
    for id_, verb, fate in (("9.3", "procedure", "document"), ("9.4", "shall", "not_yet")):
        clauses.append(CLAUSE.format(id=id_, verb=verb, fate=fate, answers="", note=NOTE))
    head = 'title: {zh: 样例, en: Sample}\nedition: "sample"\nclauses:\n'
    (folder / "standard.yaml").write_text(head + "".join(clauses), encoding="utf-8")
    (folder / "wording.yaml").write_text(account_text(folder, standard), encoding="utf-8")
    return folder


def account_text(folder: Path, standard: Path) -> str:
    given = sentences(standard.read_text(encoding="utf-8"))
    rest = [(f"B.1#{n}", "form") for n in range(1, len(given) - len(FATES) + 1)]
    lines = [
        f'  - {{id: {id_}, fate: {fate}, digest: "{sentence.digest}"}}  # 样例注\n'
        for (id_, fate), sentence in zip([*FATES, *rest], given, strict=True)
    ]
    text = f"# 样例\nparts:\n{PARTS}sentences:\n{''.join(lines)}captions:\n"
    for section, entries in captions_of(folder).items():
        text += f"  {section}:\n"
        text += "".join(f'    {k}: "{digest(letters(c))}"\n' for k, c in entries.items())
    return text


def remarks_of(folder: Path) -> tuple[Remark, ...]:
    files = read_rules(folder)
    remarks = account_remarks(files, read_account(files))
    for remark in remarks:
        assert not re.search(r"\{\w+\}", remark.text.zh + remark.text.en)
    return remarks


def edit(standard: Path, old: str, new: str) -> None:
    """Put `new` in the place of the only `old` in the text."""
    text = standard.read_text(encoding="utf-8")
    assert text.count(old) == 1
    standard.write_text(text.replace(old, new), encoding="utf-8")


def seen(capfd: pytest.CaptureFixture[str], rules: Path, standard: Path) -> list[dict[str, Any]]:
    """The remarks of coverage against a text; the exit status has to fit them."""
    args = ("rules", "coverage", rules, "--standard", standard, "--format", "json", "--lang", "en")
    status, out, err = call(capfd, *args)
    remarks: list[dict[str, Any]] = json.loads(out)["remarks"]
    assert status == (1 if remarks else 0) and err == ""
    return remarks
