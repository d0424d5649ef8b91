"""What `rules diff` says: what became of each rule, and what that does to inspections."""

from __future__ import annotations

from typing import Final

from compliance.words import Text

TITLE: Final = Text("规则变更与影响预测", "Changes of the rules and what they would do")
OLD: Final = Text("旧规则", "Old rules")
NEW: Final = Text("新规则", "New rules")
SIDE: Final = Text("{side}：{name}（摘要 {digest}）", "{side}: {name} (digest {digest})")
SAME: Final = Text(
    "新旧规则没有任何差别：规则、事实、条款和表格文字都相同。",
    "Nothing differs: the rules, the facts, the clauses and the captions of the form are the same.",
)
NO_RULES: Final = Text("没有一条规则有变动。", "No rule differs.")
NO_SOLVER: Final = Text(
    "缺少求解器 z3，无法证明规则是收紧还是放宽，这些规则列为“未能证明”；"
    '请安装：pip install "compliance[assure]"',
    "the solver z3 is missing, so that tightened and loosened could not be proved and such rules "
    'are shown as "not proved"; install it: pip install "compliance[assure]"',
)

# What became of a rule
CHANGES: Final = {
    "added": Text("新增", "added"),
    "removed": Text("删除", "removed"),
    "tightened": Text("收紧", "tightened"),
    "loosened": Text("放宽", "loosened"),
    "changed": Text("改变", "changed"),
    "relabelled": Text("改勾选项", "relabelled"),
    "not_proved": Text("未能证明", "not proved"),
    "without_effect": Text("变动不影响意见", "changed without effect on the opinion"),
    "renamed": Text("改编号", "renamed"),
    "reworded": Text("等义改写", "reworded"),
    "unchanged": Text("未变", "unchanged"),
}
COUNT: Final = Text("{name} {count}", "{count} {name}")
RULES_ARE: Final = Text("规则：{counts}。", "Rules: {counts}.")
NOT_COUNTED: Final = Text("（不计入意见）", " (not counted)")
RENAMED: Final = Text("{old} → {new}", "{old} → {new}")

# What a change rests on, by change and ground
CLAIMS: Final = {
    "added": Text("旧规则中没有这一条。", "The old rules do not have it."),
    "removed": Text("新规则中没有这一条。", "The new rules do not have it."),
    "tightened": Text(
        "在有的记录上要求变高；已证明：没有一份记录的要求变低{cut}。",
        "It asks more of some records; proved: it asks less of none{cut}.",
    ),
    "loosened": Text(
        "在有的记录上要求变低；已证明：没有一份记录的要求变高{cut}。",
        "It asks less of some records; proved: it asks more of none{cut}.",
    ),
    "changed": Text(
        "在有的记录上要求变高，在有的记录上变低。",
        "It asks more of some records and less of others.",
    ),
    "relabelled": Text(
        "已证明：对每份记录的要求都不变{cut}；不符合时表 B.1 上勾选的项不同。",
        "Proved: it asks the same of every record{cut}; a failure ticks another box of form B.1.",
    ),
    "without_effect": Text(
        "已证明：对每份记录的要求都不变{cut}；变的是不计入意见的结果、规则的性质，或从通过变为不适用。",
        "Proved: it asks the same of every record{cut}; what differs is an outcome that does not "
        "count, what kind of rule it is, or whether a rule that asks nothing applies.",
    ),
    "renamed": Text(
        "已证明：除编号外，在每份记录上都与原规则说法一致{cut}。",
        "Proved: but for the id it says the same of every record{cut}.",
    ),
    "reworded": Text(
        "已证明：在每份记录上都与原来说法一致{cut}。",
        "Proved: it says the same of every record as before{cut}.",
    ),
}
CLAIMS_WRITTEN: Final = {
    "relabelled": Text(
        "条件、范围和效力都没有改，要求不变；不符合时表 B.1 上勾选的项不同。",
        "Conditions, scope and weight are as they were, so it asks the same; a failure ticks "
        "another box of form B.1.",
    ),
    "without_effect": Text(
        "条件、范围和效力都没有改，对意见没有影响；变的是规则的性质。",
        "Conditions, scope and weight are as they were, so no opinion changes; what differs is "
        "what kind of rule it is.",
    ),
    "renamed": Text(
        "除编号外，条件、范围和效力都相同。",
        "But for the id, conditions, scope and weight are the same.",
    ),
    "reworded": Text(
        "条件、范围和效力都没有改，结果不会变。",
        "Conditions, scope and weight are as they were, so no outcome changes.",
    ),
}
NOT_PROVED: Final = Text(
    "缺少求解器 z3，没有证明要求是变高还是变低。",
    "The solver z3 is missing: whether it asks more or less was not proved.",
)
GAVE_UP: Final = Text(
    "求解器未能判定：不能排除要求还在别处变高或变低，请人工核对。",
    "The solver could not decide: it may ask more or less elsewhere, so read it yourself.",
)
CUT: Final = Text(
    "（“每月”的要求只证明到 {months} 个月）",
    " (proved for up to {months} months of a monthly requirement)",
)
NEVER: Final = Text(
    "已证明：它对任何记录都没有要求{cut}。", "Proved: it asks nothing of any record{cut}."
)
UNCOUNTED: Final = Text(
    "它是建议或在试行，不计入意见。", "It is advice or on trial and does not count."
)
RETYPED: Final = Text(
    "规则所读的“{name}”，类型由“{old}”改为“{new}”，两者无从比较，没有作出证明。",
    "The rule reads {name}, which was {old} and is now {new}; the two cannot be compared and "
    "nothing was proved.",
)
MOVED: Final = Text(
    "规则所读的“{name}”在新旧规则中一个是事实、一个是列表成员的字段，两者无从比较，没有作出证明。",
    "The rule reads {name}, which is a fact on one side and a field of a list on the other; the "
    "two cannot be compared and nothing was proved.",
)
TYPES: Final = {
    "boolean": Text("是或否", "yes or no"),
    "integer": Text("整数", "a whole number"),
    "text": Text("文字", "a text"),
    "date": Text("日期", "a date"),
    "list": Text("列表", "a list"),
}

# A record that shows it
INSTANCES: Final = {
    "rise": Text("要求变高的一份记录", "A record of which more is asked"),
    "fall": Text("要求变低的一份记录", "A record of which less is asked"),
    "other": Text("结果或勾选项不同的一份记录", "A record with another outcome or box"),
}
INSTANCE: Final = Text(
    "{kind}（{type}，{stage}，检查日期 {date}）：旧规则 {old}，新规则 {new}",
    "{kind} ({type}, {stage}, inspected on {date}): old {old}, new {new}",
)
NOT_IN_FORCE: Final = Text("不适用于它", "does not cover it")
NO_RULE: Final = Text("没有这一条", "has no such rule")

# What of a rule differs
KEYS: Final = {
    "title": Text("名称", "title"),
    "clause": Text("条款", "clause"),
    "cites": Text("引用条款", "clauses cited"),
    "verb": Text("程度", "verb"),
    "basis": Text("依据", "basis"),
    "stage": Text("阶段", "stage"),
    "applies_to": Text("网点类型", "outlet types"),
    "require": Text("要求", "what is required"),
    "when": Text("适用条件", "when it applies"),
    "reason": Text("勾选项", "box ticked"),
    "remedy": Text("整改措施", "remedy"),
    "note": Text("说明", "note"),
    "effective": Text("有效期", "effective period"),
    "status": Text("状态", "status"),
    "examples": Text("示例", "examples"),
}
WAS: Final = Text("旧：{text}", "old: {text}")
IS: Final = Text("新：{text}", "new: {text}")
NOTHING: Final = Text("（无）", "(none)")
SAME_IN_WORDS: Final = Text("写法不同，说法相同", "written otherwise, reads the same")
OTHER_EXAMPLES: Final = Text("个数相同，内容有变", "as many, others")
PERIOD: Final = Text("{since} 至 {until}", "{since} to {until}")
OPEN: Final = Text("不限", "open")
TRIAL: Final = Text("试行", "on trial")
VERBS: Final = {
    "shall": Text("应", "shall"),
    "shall_not": Text("不应", "shall not"),
    "should": Text("宜（建议）", "should (advice)"),
}
BASES: Final = {
    "standard": Text("标准", "the standard"),
    "owner": Text("项目方补充要求", "the project's owner"),
}

# Vocabulary, clauses, captions
ENTRIES: Final = Text("词汇、条款与表格文字", "Vocabulary, clauses and captions")
SUBJECTS: Final = {
    "fact": Text("事实", "fact"),
    "field": Text("字段", "field"),
    "clause": Text("条款", "clause"),
    "form": Text("表格文字", "form"),
    "standard": Text("标准信息", "standard"),
    "vocabulary": Text("词汇表", "vocabulary"),
}
ENTRY_ADDED: Final = Text(
    "{subject} {name}：新增（{caption}）", "{subject} {name}: added ({caption})"
)
ENTRY_REMOVED: Final = Text(
    "{subject} {name}：删除（{caption}）", "{subject} {name}: removed ({caption})"
)
ENTRY_CHANGED: Final = Text(
    "{subject} {name}：{key}由{old}改为{new}", "{subject} {name}: {key} was {old}, is now {new}"
)
ENTRY_KEYS: Final = {
    "type": Text("类型", "type"),
    "caption": Text("名称", "caption"),
    "question": Text("问题", "question"),
    "asked_of": Text("询问的网点类型", "outlet types asked"),
    "stages": Text("询问的阶段", "stages asked"),
    "required": Text("必填", "required"),
    "personal": Text("个人信息", "personal"),
    "serves": Text("用途", "serves"),
    "value": Text("内容", "content"),
    "written": Text("编号", "number"),
    "verb": Text("程度", "verb"),
    "bearers": Text("责任方", "bearers"),
    "types": Text("网点类型", "outlet types"),
    "stage": Text("阶段", "stage"),
    "summary": Text("摘要", "summary"),
    "fate": Text("处理方式", "fate"),
    "answers": Text("对应规则", "rules that answer"),
    "note": Text("说明", "note"),
}
VALUE: Final = Text("“{text}”", '"{text}"')
UNSET: Final = Text("（未填）", "(nothing)")

# Inspections
BY_OLD: Final = Text("按旧规则：{problem}", "by the old rules: {problem}")
BY_NEW: Final = Text("按新规则：{problem}", "by the new rules: {problem}")
FORECAST: Final = Text("对检查结果的影响", "What inspections come to")
JUDGED: Final = Text(
    "检查记录 {inspections} 份；以最近一次适配改造检查为准的网点 {outlets} 个。",
    "Inspections: {inspections}; outlets, by their latest adaptation inspection: {outlets}.",
)
LEFT_OUT: Final = Text(
    "材料中有 {count} 处问题，所涉记录没有计入；问题另见错误输出。",
    "Problems in what was handed in: {count}; the records concerned are left out, and the "
    "problems are listed on standard error.",
)
DIRECTIONS_ARE: Final = Text("网点：{counts}。", "Outlets: {counts}.")
STAYS: Final = Text("不变", "unchanged")
EARLIER: Final = Text(
    "另有 {count} 份不代表网点现状的检查（较早的，或其他阶段的），其检查结果也会变。",
    "Of the inspections that do not speak for an outlet (earlier ones, other stages), {count} "
    "would have other findings too.",
)
DIRECTIONS: Final = {
    "worse": Text("意见变差", "worse opinion"),
    "better": Text("意见变好", "better opinion"),
    "reasons": Text("仅勾选项变", "other boxes alone"),
    "rules": Text("仅依据的规则变", "other rules alone"),
}
NO_EFFECT: Final = Text("没有一份检查的结果会变。", "No inspection would come to anything else.")
MOVES: Final = Text("意见的变化（网点数）", "Opinions before and after (outlets)")
MOVE_HEADS: Final = (
    Text("旧意见", "Old opinion"),
    Text("新意见", "New opinion"),
    Text("网点", "Outlets"),
)
TALLIES: Final = Text("各规则的影响（检查份数）", "Rule by rule (inspections)")
TALLY_HEADS: Final = (
    Text("规则", "Rule"),
    Text("要求", "Requirement"),
    Text("变高", "More asked"),
    Text("变低", "Less asked"),
    Text("其他变化", "Otherwise"),
    Text("不通过", "Fail"),
    Text("未观察", "Not observed"),
)
STEP: Final = Text("{old} → {new}", "{old} → {new}")
TOLD: Final = Text("需要告知的网点", "Outlets to be told")
NOBODY: Final = Text("没有需要告知的网点。", "No outlet has to be told.")
TOLD_HEADS: Final = (
    Text("网点", "Outlet"),
    Text("意见", "Opinion"),
    Text("因为", "Because of"),
    Text("要做什么", "What to do"),
)
BANK: Final = Text("{bank}（{count} 个）", "{bank} ({count})")
LATEST: Final = Text("检查 {inspection}，{date}", "inspection {inspection}, {date}")
CAUSE: Final = Text("{rule} {title}：{old} → {new}", "{rule} {title}: {old} → {new}")
DO_NOTHING: Final = Text("无待办事项", "Nothing")
DO_OBSERVE: Final = Text("请补充核实：{what}", "Have it observed: {what}")
NONE: Final = Text("无此项", "not asked")
OTHER_BOX: Final = Text("{outcome}（{reason}）", "{outcome} ({reason})")

# Heads of the table of rules
RULES: Final = Text("规则的变化", "What became of the rules")
RULE_HEADS: Final = (
    Text("变化", "Change"),
    Text("规则", "Rule"),
    Text("名称", "Title"),
    Text("改动之处", "What differs"),
)
PART_HEADS: Final = (
    Text("改动之处", "What differs"),
    Text("旧规则", "Old rules"),
    Text("新规则", "New rules"),
)
VOCABULARY_ALONE: Final = Text("所读的事实", "a fact it reads")
