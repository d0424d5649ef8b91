"""What `explain` says, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from compliance.condition import Op
from compliance.outcome import Basis, Opinion, Outcome, Reason, Stage, Verb
from compliance.words import Text

# One rule
HEADING: Final = Text("规则 {rule}　{title}", "Rule {rule}   {title}")
CLAUSE: Final = Text("条款：{clause}", "Clause: {clause}")
VERB: Final = Text("程度：{verb}", "Verb: {verb}")
BASIS: Final = Text("依据：{basis}", "Basis: {basis}")
INSPECTED: Final = Text(
    "检查：{inspection}　网点：{name}（{outlet}）　检查日期：{date}",
    "Inspection: {inspection}   Outlet: {name} ({outlet})   Date: {date}",
)
SOURCE: Final = Text("记录来源：{source}", "Record: {source}")
OUTCOME: Final = Text("结果：{outcome}", "Outcome: {outcome}")
TRIAL: Final = Text(
    "本规则处于试行阶段，只报告，不计入意见。",
    "This rule is on trial: it is reported and never counted.",
)
ADVICE: Final = Text("本条是建议，不影响意见。", "This is advice: it never changes an opinion.")
OWNER_ALONE: Final = Text(
    "本规则只出自项目方的补充要求，标准没有这样规定；加上 --without supplementary 即不计入。",
    "This rule rests on the project owner's word alone, not on the standard; "
    "--without supplementary leaves it out.",
)
WHEN: Final = Text("适用条件：", "Applies when:")
REQUIRE: Final = Text("要求：", "Requires:")
FACTS: Final = Text("所依据的事实：", "Facts read:")
REMEDY: Final = Text("整改：{remedy}", "Remedy: {remedy}")
DECIDED: Final[Mapping[Outcome, Text]] = {
    Outcome.PASS: Text("决定结果的（满足）：{subjects}", "Decided by (satisfied): {subjects}"),
    Outcome.FAIL: Text("决定结果的（不满足）：{subjects}", "Decided by (violated): {subjects}"),
    Outcome.NOT_OBSERVED: Text(
        "决定结果的（尚不能判断）：{subjects}", "Decided by (undecided): {subjects}"
    ),
}
NOT_IN_FORCE: Final = Text(
    "本规则不用于这次检查：{why}", "This inspection is not judged by this rule: {why}"
)
OTHER_TYPE: Final = Text(
    "网点类型不同（本规则适用于{wanted}）。", "the outlet is of another type (the rule: {wanted})."
)
OTHER_STAGE: Final = Text(
    "检查阶段不同（本规则用于{wanted}）。", "the stage is another (the rule: {wanted})."
)
OTHER_DATE: Final = Text(
    "检查日期不在规则有效期内（{since} 至 {until}）。",
    "the inspection's date is outside the rule's term ({since} to {until}).",
)
UNBOUNDED: Final = Text("不限", "open")

VERBS: Final[Mapping[Verb, Text]] = {
    Verb.SHALL: Text("应（shall）", "shall"),
    Verb.SHALL_NOT: Text("不应（shall_not）", "shall not"),
    Verb.SHOULD: Text("宜（should）", "should"),
}
BASES: Final[Mapping[Basis, Text]] = {
    Basis.STANDARD: Text("标准", "the standard"),
    Basis.OWNER: Text("项目方补充要求", "the project's owner"),
}
STAGES: Final[Mapping[Stage, Text]] = {
    Stage.ADAPTATION: Text("适配改造", "adaptation"),
    Stage.LISTING: Text("挂牌", "listing"),
    Stage.OPERATION: Text("运行", "operation"),
    Stage.TERMINATION: Text("终止", "termination"),
}
OUTCOMES: Final[Mapping[Outcome, Text]] = {
    Outcome.PASS: Text("通过（pass）", "pass"),
    Outcome.FAIL: Text("不通过（fail）", "fail"),
    Outcome.NOT_OBSERVED: Text("未观察，不能判断（not_observed）", "not observed"),
    Outcome.NOT_APPLICABLE: Text("不适用（not_applicable）", "not applicable"),
}
OPINIONS: Final[Mapping[Opinion, Text]] = {
    Opinion.CONFORMING: Text("符合（conforming）", "conforming"),
    Opinion.NON_CONFORMING: Text("不符合（non_conforming）", "non-conforming"),
    Opinion.PENDING: Text("待定（pending）", "pending"),
}
REASONS: Final[Mapping[Reason, Text]] = {
    Reason.FACILITIES: Text("设施", "facilities"),
    Reason.EQUIPMENT: Text("设备", "equipment"),
    Reason.PERSONNEL: Text("人员", "personnel"),
    Reason.OTHER: Text("其他", "other"),
}

# Conditions
ALL: Final = Text("以下各项都成立：", "all of these hold:")
ANY: Final = Text("以下至少一项成立：", "at least one of these holds:")
NOT: Final = Text("以下不成立：", "this does not hold:")
EVERY: Final = Text(
    "“{list}”中的每一个都满足（一个也没有时{empty}）：",
    "every member of “{list}” meets (with none at all: {empty}):",
)
AT_LEAST: Final = Text(
    "“{list}”中至少有 {count} 个满足：", "at least {count} of “{list}” must meet:"
)
EVERY_MONTH: Final = Text(
    "从“{since}”所在月到检查当月，每个月“{list}”中至少有一个的“{dated}”在该月内",
    "in each month from that of “{since}” to that of the inspection, "
    "at least one of “{list}” has its “{dated}”",
)
AND_MEETS: Final = Text("，并且满足：", ", and meets:")
OPERATORS: Final[Mapping[Op, tuple[Text, Text]]] = {
    Op.EQUALS: (Text("为{v}", "is {v}"), Text("不为{v}", "is not {v}")),
    Op.AT_LEAST: (Text("不小于{v}", "is at least {v}"), Text("小于{v}", "is less than {v}")),
    Op.AT_MOST: (Text("不大于{v}", "is at most {v}"), Text("大于{v}", "is more than {v}")),
    Op.ON_OR_BEFORE: (Text("不晚于{v}", "is on or before {v}"), Text("晚于{v}", "is after {v}")),
    Op.ON_OR_AFTER: (Text("不早于{v}", "is on or after {v}"), Text("早于{v}", "is before {v}")),
    Op.ONE_OF: (Text("是{v}之一", "is one of {v}"), Text("不是{v}之一", "is none of {v}")),
    Op.CONTAINS: (Text("包含{v}", "contains {v}"), Text("不包含{v}", "does not contain {v}")),
    Op.WITHIN_DAYS: (
        Text("在检查日期当天或之前 {v} 天内", "is within {v} days up to the inspection"),
        Text("不在检查日期当天或之前 {v} 天内", "is not within {v} days up to the inspection"),
    ),
    Op.IN_MONTH_OF: (
        Text("在{v}的当月", "is in the month of {v}"),
        Text("不在{v}的当月", "is not in the month of {v}"),
    ),
    Op.IN_MONTH_BEFORE: (
        Text("在{v}的上月", "is in the month before {v}"),
        Text("不在{v}的上月", "is not in the month before {v}"),
    ),
}
INSPECTION_FACTS: Final[Mapping[str, Text]] = {
    "inspection.date": Text("检查日期", "Date of the inspection"),
    "inspection.previous_inspection_date": Text("上次检查日期", "Date of the inspection before"),
    "outlet.listed_on": Text("挂牌日期", "Date of listing"),
}

# Values and members
YES: Final = Text("是", "yes")
NO: Final = Text("否", "no")
DISPUTED: Final = Text("有争议（{said}）", "disputed ({said})")
STATEMENT: Final = Text("{inspector} {at} 记为{value}", "{value} by {inspector} on {at}")
NOTHING: Final = Text("未观察", "not observed")
PERSONAL: Final = Text("已登记，不显示", "on record, not shown")
MASKED: Final = Text("[号码不显示]", "[number not shown]")
MEMBERS: Final = Text("共 {count} 个", "{count} in all")
NONE_THERE: Final = Text("一个也没有", "none at all")
QUOTED: Final = Text("“{text}”", "“{text}”")
FACT: Final = Text("{caption}：{value}　[{path}]", "{caption}: {value}   [{path}]")
MEMBER: Final = Text("{list}第 {position} 个（{name}）", "{list} no. {position} ({name})")
NAMELESS: Final = Text("{list}第 {position} 个", "{list} no. {position}")
FIELD_OF: Final = Text("{member}的“{field}”", "{member}, “{field}”")
LIST_SEPARATOR: Final = Text("、", ", ")
OR: Final = Text("，或", ", or ")
AND: Final = Text("，且", ", and ")

# Changes
NOTHING_TO_CHANGE: Final = Text(
    "已经通过，无须改变。", "It passes as it is: there is nothing to change."
)
CANNOT_APPLY: Final = Text(
    "适用条件不成立，所以本规则不适用，也没有要改变的。",
    "The condition for the rule to apply is false, so it does not apply and nothing can cure it.",
)
IMPOSSIBLE: Final = Text(
    "没有任何观察能使其通过（检查日期等检查本身的数据不变）。",
    "Nothing that could be observed would make it pass (the inspection's own data stay).",
)
UNDECIDED: Final = Text(
    "搜索达到上限，没有找到，不能断定没有。",
    "The search stopped at its limit without finding any; there may be some.",
)
CURES: Final[Mapping[Outcome, Text]] = {
    Outcome.FAIL: Text(
        "怎样改变才会通过（各组最小：少一项即不够）：",
        "What would make it pass (each set is smallest: without any part it does not do):",
    ),
    Outcome.NOT_OBSERVED: Text(
        "观察到什么就会通过（各组最小：少一项即不够）：",
        "What, once observed, would make it pass (each set is smallest):",
    ),
}
NEEDED: Final = Text("以下各项都需要：", "All of these are needed:")
AND_ONE_OF: Final = Text("此外再取以下任意一组：", "and any one of these sets as well:")
ONE_OF: Final = Text("以下任意一组：", "any one of these sets:")
OPTION: Final = Text("第 {n} 组：", "Set {n}:")
MORE: Final = Text(
    "只列出最小的 {count} 组，还有更多未列出。",
    "Only the {count} smallest sets are shown; there are more.",
)
TO: Final = Text("{what}：{old} → {new}　[{path}]", "{what}: {old} → {new}   [{path}]")
ADD: Final = Text(
    "“{list}”增加一个，其中{stated}　[{path}]", "“{list}” has one more, whose {stated}   [{path}]"
)
ADD_FIRST: Final = Text(
    "查明“{list}”有一个，其中{stated}　[{path}]",
    "“{list}” is found to have one, whose {stated}   [{path}]",
)
ADD_ANY: Final = Text("“{list}”增加一个　[{path}]", "“{list}” has one more   [{path}]")
EMPTY: Final = Text(
    "确认“{list}”一个也没有　[{path}]", "“{list}” is seen to have none at all   [{path}]"
)
STATED: Final = Text("“{field}”{value}", "“{field}” {value}")
SAMPLE: Final = Text("{range}（例如 {value}）", "{range} (such as {value})")
AS: Final = Text("为{value}", "is {value}")

# The opinion
OPINION_HEADING: Final = Text("适配改造意见", "Opinion on the adaptation")
OPINION: Final = Text("意见：{opinion}", "Opinion: {opinion}")
NO_OPINION: Final = Text(
    "{stage}阶段没有意见；下面是各规则的结果。",
    "The {stage} stage has no opinion; these are the outcomes of its rules.",
)
REASON: Final = Text("原因：{reason}", "Reason: {reason}")
RULE: Final = Text("{rule}　{title}", "{rule}   {title}")
RULE_OWNER: Final = Text(
    "{rule}　{title}　[依据：项目方，非标准]", "{rule}   {title}   [basis: owner, not the standard]"
)
RULE_OUTCOME: Final = Text("{rule}：{outcome}", "{rule}: {outcome}")
OPEN_RULES: Final = Text("尚不能判断的规则：", "Rules that wait for observations:")
ALL_PASS: Final = Text(
    "适用的各项要求都通过，无须改变。", "All requirements that apply pass: nothing to change."
)
OWNER_FAILS: Final = Text(
    "不符合只因项目方的补充要求（{rules}），标准本身没有不通过的；"
    "加上 --without supplementary 即不计入。",
    "It is non-conforming only because of what the owner asks ({rules}); nothing that the "
    "standard asks fails. --without supplementary leaves it out.",
)
OWNER_WAITS: Final = Text(
    "待定只因项目方的补充要求（{rules}），标准的要求都已通过；加上 --without supplementary 即不计入。",
    "It is pending only because of what the owner asks ({rules}); all that the standard asks "
    "passes. --without supplementary leaves it out.",
)
OPINION_CURES: Final = Text(
    "怎样改变才会成为符合（各组最小：少一项即不够）：",
    "What would make it conforming (each set is smallest: without any part it does not do):",
)
CAN_CONFORM: Final = Text(
    "仍可能成为符合。最少再观察 {count} 项，结果如下即为符合：",
    "It can still become conforming. At least {count} more observations settle it so:",
)
CANNOT_CONFORM: Final = Text(
    "无论尚未观察的结果如何，都不能成为符合。",
    "Whatever is still observed, it cannot become conforming.",
)
SPOILERS: Final = Text(
    "以下任何一项单独观察到，即为不符合：",
    "Any one of these, observed alone, settles it as non-conforming:",
)
NO_RULES: Final = Text(
    "没有适用的约束性规则，因此不出具意见。", "No binding rule applies, so no opinion can be given."
)
