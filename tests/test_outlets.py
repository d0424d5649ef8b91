"""Lists of outlets that a checklist is made for."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.errors import InputError
from compliance.intake.outlets import read_outlets
from compliance.record import Outlet
from compliance.rulebook import OutletType

BRANCH = OutletType.BANK_BRANCH
CSV = "id,name,bank,phone\nYL-001,示例一支行,示例银行,0775-2000001\nYL-002,示例二支行,示例银行,\n"
OUTLETS = (
    Outlet("YL-001", "示例一支行", BRANCH, "示例银行", phone="0775-2000001"),
    Outlet("YL-002", "示例二支行", BRANCH, "示例银行"),
)
ZH = "网点编号,网点名称,所属银行,联系电话\n" + CSV.partition("\n")[2]
EN = "Outlet's number,Outlet's name,Bank that runs it,Contact's phone\n" + CSV.partition("\n")[2]


def write(folder: Path, content: bytes | str, name: str = "网点 名单.csv") -> Path:
    """A file with this content; texts in UTF-8."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def said(path: Path, type_: OutletType = BRANCH) -> list[str]:
    """What is wrong with a list, in both languages."""
    with pytest.raises(InputError) as caught:
        read_outlets(path, type_)
    messages = [p.message(lang) for p in caught.value.problems for lang in ("zh", "en")]
    assert all(str(path) in message for message in messages)
    return [message.removeprefix(str(path)) for message in messages]


@pytest.mark.parametrize(
    "content",
    [
        *(CSV, ZH, EN, CSV.encode("utf-8-sig"), CSV.encode("gb18030"), ZH.encode("gb18030")),
        *(
            CSV.replace("\n", "\r\n"),
            CSV.replace(",", ";"),
            CSV.replace(",", "\t"),
            CSV + "\n,,,\n",
        ),
        *(CSV.replace("id,", "ID,"), CSV.replace("示例一支行", '" 示例一支行 "')),
    ],
)
def test_csv(tmp_path: Path, content: bytes | str) -> None:
    assert read_outlets(write(tmp_path, content), BRANCH) == OUTLETS


@pytest.mark.parametrize("name", ["outlets.yaml", "outlets.json"])
def test_yaml_and_json(tmp_path: Path, name: str) -> None:
    content = (
        '[{"id": "YL-001", "name": "示例一支行", "bank": "示例银行", "type": "bank_branch", '
        '"phone": "0775-2000001"}, {"id": "YL-002", "name": "示例二支行", "bank": "示例银行", '
        '"address": null}]'
    )
    assert read_outlets(write(tmp_path, content, name), BRANCH) == OUTLETS


def test_types_and_dates(tmp_path: Path) -> None:
    content = (
        "id,name,bank,网点类型,listed_on\nYL-1,样例,示例银行,农村普惠金融综合服务点,2026年4月3日\n"
    )
    outlet = read_outlets(write(tmp_path, content), OutletType.RURAL_POINT)[0]
    assert (outlet.type, outlet.listed_on) == (OutletType.RURAL_POINT, "2026-04-03")
    zh, en = said(write(tmp_path, content))
    assert zh.startswith(":2: type: 此网点的类型是 农村普惠金融综合服务点，要生成的是 银行营业网点")
    assert "rural service point" in en


def test_everything_wrong_is_said_at_once_by_line(tmp_path: Path) -> None:
    content = (
        "id,name,bank,type,listed_on\n"
        "YL-1,样例,示例银行,bank,2026-02-30\n"
        ",无编号,,,\n"
        "YL-3,样例,示例银行,,46115\n"
        "YL-3,样例,示例银行,,,多\n"
        "YL-4,样例,示例银行,,\n"
        "YL-4,再一次,示例银行,,\n"
    )
    messages = said(write(tmp_path, content))[::2]
    assert [message.split("；")[0] for message in messages] == [
        ":2: type: 应为 bank_branch, rural_point 之一，现为 `bank`",
        ":2: listed_on: `2026-02-30` 不是可以确认的日期",
        ":3: id: “网点编号”没有填",
        ":3: bank: “所属银行”没有填",
        ":4: listed_on: `46115` 不是可以确认的日期",
        ":5: 此行有 6 栏，首行只有 5 栏",
        f":7: id: 网点编号 `YL-4` 已在 {tmp_path / '网点 名单.csv'}:6 用过，检查内容会混在一起",
    ]


def test_formulas_stay_texts(tmp_path: Path) -> None:
    content = "id,name,bank\n=1+1,\"=cmd|' /C calc'!A0\",@示例银行\n"
    outlet = read_outlets(write(tmp_path, content), BRANCH)[0]
    assert (outlet.id, outlet.name, outlet.bank) == ("=1+1", "=cmd|' /C calc'!A0", "@示例银行")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", ": 文件为空"),
        ("\n\n", ": 文件为空"),
        ("id,name,bank\n", ": 名单里没有网点"),
        ("id,name\nYL-1,x\n", ":1: 首行缺少列名 bank (所属银行)"),
        ("id,nmae,bank\nYL-1,x,y\n", ":1: 不认识的列名 `nmae`"),
        ("id,name,bank,name\nYL-1,x,y,z\n", ":1: 首行的列名 `name` 出现两次"),
        ('id,name,bank\nYL-1,"x,y\n', ":2: CSV 有误"),
        ("id,name,bank\nYL-1,a\0b,y\n", ":2"),
        (f"id,name,bank\nYL-1,{'长' * 10_001},y\n", ":2: name: 文本有 10001 字"),
        (CSV.encode("utf-16"), ": 既不是完好的 UTF-8"),
        (CSV.encode()[:-20] + b"\xe7" + CSV.encode()[-20:], ": 既不是完好的 UTF-8"),
        (ZH.encode("gb18030") + b"\xff\xff", ": 既不是完好的 UTF-8"),
        (b"PK\x03\x04" + bytes(range(256)), ": 既不是完好的 UTF-8"),
    ],
)
def test_what_is_no_list(tmp_path: Path, content: bytes | str, expected: str) -> None:
    zh, en = said(write(tmp_path, content))
    assert zh.startswith(expected), zh
    assert en


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.yaml", "outlets: []", ":1:1: 不是网点名单"),
        ("a.yaml", "- YL-1", ":1:3: [0]: 不是网点名单"),
        ("a.yaml", "- {id: 7, name: x, bank: y}", ":1:8: [0].id: 应为文本，现为 `7`"),
        ("a.yaml", "- {id: x, nmae: x, name: x, bank: y}", ":1:11: [0].nmae: 不认识的键 `nmae`"),
        ("a.yaml", "[]", ": 名单里没有网点"),
        ("a.json", "[", ":1"),
        ("a.xlsx", "x", ": 文件类型 `.xlsx` 不能读取"),
    ],
)
def test_other_files(tmp_path: Path, name: str, content: str, expected: str) -> None:
    zh, _ = said(write(tmp_path, content, name))
    assert zh.startswith(expected), zh


def test_no_file(tmp_path: Path) -> None:
    assert "路径不存在" in said(tmp_path / "没有.csv")[0]
    assert "不是普通文件" in said(tmp_path)[0]
