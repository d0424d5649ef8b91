"""What form B.1's annex page, its foot and the rectification notice say in our own words.

The official captions of form B.1 are data of the rule book and stay Chinese. Keys are the
contract words of opinions and bases.
"""

from __future__ import annotations

from typing import Final

from compliance.words import Text

FOOT: Final = (
    Text("规则摘要 {rules}", "Rules {rules}"),
    Text("记录摘要 {records}", "Records {records}"),
    Text("合规检查工具 {version}", "compliance {version}"),
)
PAGE: Final = Text("第 {page} 页 / 共 {pages} 页", "Page {page} / {pages}")
COLON: Final = Text("：", ": ")
COMMA: Final = Text("，", ", ")
SEMICOLON: Final = Text("；", "; ")

# Annex page of form B.1
ANNEX_TITLE: Final = Text("核验附页", "Verification page")
ANNEX_INTRO: Final = Text(
    "本页不属于标准表格，供核对表B.1中各行意见的由来。意见由规则和检查记录推导得出，"
    "签名和日期由确认人填写。",
    "This page is no part of the standard's form; it shows what each row of form B.1 rests on. "
    "The opinions follow from the rules and the inspection records; the confirming officer "
    "signs and dates.",
)
ANNEX_RULES: Final = Text("规则摘要（SHA-256）：{rules}", "Rule book digest (SHA-256): {rules}")
ANNEX_VERSION: Final = Text("合规检查工具版本：{version}", "Version of compliance: {version}")
ANNEX_RECORDS: Final = Text(
    "页脚的记录摘要：各行记录摘要按表中顺序以换行符连接后的 SHA-256 值：{records}",
    "Records digest in the foot: SHA-256 over the record digests below, in row order, "
    "joined by newlines: {records}",
)
ANNEX_RECORD: Final = Text(
    "页脚的记录摘要即下表中该记录的摘要。",
    "The records digest in the foot is that of the one record below.",
)
ANNEX_HEADS: Final = (
    Text("序号", "No."),
    Text("网点", "Outlet"),
    Text("检查编号和日期", "Inspection and date"),
    Text("意见", "Opinion"),
    Text("检查记录摘要（SHA-256）", "Record digest (SHA-256)"),
    Text("说明", "Remarks"),
)
OPINIONS: Final = {
    "conforming": Text("符合", "conforming"),
    "non_conforming": Text("不符合", "not conforming"),
    "pending": Text("待核实（未勾选）", "pending (nothing ticked)"),
}
STILL_NEEDED: Final = Text("出具意见前仍须核实", "To be observed before an opinion")
STILL_OPEN: Final = Text("另有未核实事项", "Also still not observed")
OWNER_ALONE: Final = Text(
    "所勾选的“{box}”仅依据项目方补充要求，不是标准的要求：{titles}",
    "The box “{box}” rests on the owner's supplementary rule alone, not on the standard: {titles}",
)
OWNER_TOO: Final = Text(
    "所勾选的“{box}”除标准外还依据项目方补充要求：{titles}",
    "The box “{box}” rests on the standard and also on the owner's supplementary rule: {titles}",
)

# Rectification notice
NOTICE_TITLE: Final = Text("整改建议", "Rectification notice")
NOTICE_INTRO: Final = Text(
    "对照《{standard}》，本次检查发现下列事项尚不符合适配改造要求，请逐项整改后申请复查。",
    "Measured against “{standard}”, this inspection found the following not yet as required. "
    "Please put each right and ask for a new inspection.",
)
NOTICE_FACTS: Final = (
    Text("合作网点", "Outlet"),
    Text("网点编号", "Outlet id"),
    Text("合作银行", "Bank"),
    Text("网点地址", "Address"),
    Text("检查编号", "Inspection"),
    Text("检查日期", "Date"),
)
FAILED_HEAD: Final = Text("一、需要整改的事项", "1. To be put right")
ADVICE_HEAD: Final = Text("二、改进建议（不影响意见）", "2. Advice (no effect on the opinion)")
WAITING_HEAD: Final = Text("三、尚未核实的事项", "3. Still not observed")
NONE: Final = Text("无。", "None.")
SEEN: Final = Text("检查所见", "Seen")
NOTE: Final = Text("检查备注", "Inspector's note")
EVIDENCE: Final = Text("佐证材料", "Evidence")
REMEDY: Final = Text("整改措施", "What to do")
RESTS_ON: Final = Text("依据", "Rests on")
BASES: Final = {
    "standard": Text("标准条款 {clause}", "the standard, clause {clause}"),
    "owner": Text(
        "项目方补充要求，不是标准的要求（相关条款 {clause}）",
        "the owner's supplementary rule, not the standard (related clause {clause})",
    ),
}
OWNER_MARK: Final = Text("（项目方）", "(owner)")
SEAL: Final = Text("签发单位（盖章）：", "Issued by (seal):")
DATED: Final = Text("日期：      年   月   日", "Date:")
YES: Final = Text("是", "yes")
NO: Final = Text("否", "no")
NOT_OBSERVED: Final = Text("未核实", "not observed")
NONE_LISTED: Final = Text("没有任何记录", "nothing on record")
NONE_SUITABLE: Final = Text("没有符合要求的记录", "nothing on record that meets this")
MEMBER: Final = Text("{list}第 {position} 项", "{list}, no. {position}")
MISSING_MONTH: Final = Text("{list}：缺 {month}", "{list}: nothing in {month}")
MASKED: Final = Text("［已隐去］", "[withheld]")

UNPRINTABLE: Final = Text(
    "`{outlet}` 的文字里有 `{char}`（U+{code}），随附的字体和本机的字体都没有这个字，"
    "无法印在表上；请安装有该字的字体，或改用别的写法",
    "the texts of `{outlet}` have `{char}` (U+{code}), which neither the bundled font nor "
    "any font of this machine has; install a font that has it, or write it differently",
)
