"""What the output of `check` says, as a table, a spreadsheet and a page.

Keys are the contract words of outcomes, opinions, reasons and stages. Words of the table
keep clear of characters that terminals draw one or two columns wide as they please.
"""

from __future__ import annotations

from typing import Final

from compliance.words import Text

OUTCOMES: Final = {
    "pass": Text("通过", "pass"),
    "fail": Text("不通过", "fail"),
    "not_observed": Text("未观察", "not observed"),
    "not_applicable": Text("不适用", "not applicable"),
}
OPINIONS: Final = {
    "conforming": Text("符合", "conforming"),
    "non_conforming": Text("不符合", "not conforming"),
    "pending": Text("待核实", "pending"),
}
NO_OPINION: Final = Text("本阶段不出具意见", "no opinion at this stage")
REASONS: Final = {
    "facilities": Text("设施", "facilities"),
    "equipment": Text("设备", "equipment"),
    "personnel": Text("人员", "personnel"),
    "other": Text("其他", "other"),
}
STAGES: Final = {
    "adaptation": Text("适配改造", "adaptation"),
    "listing": Text("挂牌", "listing"),
    "operation": Text("运行", "operation"),
    "termination": Text("终止", "termination"),
}
OUTLET_TYPES: Final = {
    "bank_branch": Text("银行营业网点", "bank branch"),
    "rural_point": Text("农村普惠金融综合服务点", "rural service point"),
}

# Marks of a finding that differs from a requirement of the standard
ADVICE: Final = Text("建议", "advice")
TRIAL: Final = Text("试行", "trial")
OWNER: Final = Text("项目方", "owner")

# What decided a finding
SAID: Final = Text("{fact}：{value}", "{fact}: {value}")
MEMBER: Final = Text("{fact}第{position}项", "{fact} no. {position}")
PERSON: Final = Text("{fact}第{position}名 {name}", "{fact} no. {position} {name}")
MONTH: Final = {
    "pass": Text("{month} 有", "{month} has one"),
    "fail": Text("缺 {month}", "nothing in {month}"),
    "not_observed": Text("{month} 未观察", "{month} not observed"),
    "not_applicable": Text("{month}", "{month}"),
}
DISPUTED: Final = Text("有争议（{said}）", "disputed ({said})")
STATEMENT: Final = Text("{inspector} {at} 记为{value}", "{value} by {inspector} on {at}")
MEMBERS: Final = Text("{count} 项", "{count} listed")
NOT_OBSERVED: Final = Text("未观察", "not observed")
NONE_LISTED: Final = Text("没有记录", "nothing on record")
NONE_SUITABLE: Final = Text("没有符合要求的记录", "nothing on record that meets this")
YES: Final = Text("是", "yes")
NO: Final = Text("否", "no")
DATES: Final = {
    "inspection.date": Text("检查日期", "Date of the inspection"),
    "inspection.previous_inspection_date": Text("上次检查日期", "Date of the inspection before"),
    "outlet.listed_on": Text("挂牌日期", "Date of listing"),
}

# Punctuation
COMMA: Final = Text("，", ", ")
LISTED: Final = Text("、", ", ")
SEMICOLON: Final = Text("；", "; ")
BRACKETS: Final = Text("（{text}）", " ({text})")

# Heads
INSPECTION: Final = Text("检查", "Inspection")
OUTLET: Final = Text("网点", "Outlet")
DATE: Final = Text("检查日期", "Date")
STAGE: Final = Text("阶段", "Stage")
OPINION: Final = Text("意见", "Opinion")
OUTCOME: Final = Text("结果", "Result")
CLAUSE: Final = Text("条款", "Clause")
TITLE: Final = Text("要求", "Requirement")
MARKS: Final = Text("标注", "Marks")
DECIDED: Final = Text("认定依据", "Decided by")
REMEDY: Final = Text("整改措施", "What to do")
EVIDENCE: Final = Text("佐证", "Evidence")
NO_FINDINGS: Final = Text("没有适用的要求。", "No requirement applies.")

# Summary
TOTAL: Final = Text("共 {count} 次检查", "{count} inspections")
TOTAL_ONE: Final = Text("共 1 次检查", "1 inspection")
SUMMARY: Final = Text("{total}：{counts}", "{total}: {counts}")
COUNT: Final = Text("{name} {count}", "{count} {name}")

# The page alone
PAGE_TITLE: Final = Text("合规检查结果", "Results of the compliance check")
MEASURED: Final = Text("对照《{standard}》", "Measured against: {standard}")
NUMBER: Final = Text("序号", "No.")
# Straight quotation marks in English: fonts for Chinese draw the curly ones a full width.
LEGEND: Final = Text(
    "“建议”不影响意见；“试行”只报告，不计入意见；“项目方”是项目方的补充要求，不是标准的要求。",
    '"advice" has no effect on the opinion; "trial" is reported and never counted; "owner" is '
    "asked by the project's owner and not by the standard.",
)
RULES_DIGEST: Final = Text("规则摘要（SHA-256）", "Rule book digest (SHA-256)")
RECORD_DIGEST: Final = Text("记录摘要（SHA-256）", "Record digest (SHA-256)")
VERSION: Final = Text("合规检查工具版本", "Version of compliance")
ENGINE: Final = Text("引擎", "Engine")
