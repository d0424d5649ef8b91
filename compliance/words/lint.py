"""What `rules check` says of rule files that load and are doubtful all the same."""

from __future__ import annotations

from typing import Final

from compliance.words import Text

SAYS: Final[dict[str, Text]] = {
    # the vocabulary
    "unused-fact": Text(
        "没有规则读取 `{fact}`，检查员填了也无人使用；请补上读取它的规则，或从 facts.yaml 删去",
        "no rule reads `{fact}`, so inspectors are asked for nothing; write the rule that reads it, "
        "or take the fact away",
    ),
    "unasked-field": Text(
        "规则读取 `{list}` 成员的 `{field}`，却没有向检查员提出的问题，只能得到未观察；请写上 `question`",
        "a rule reads `{field}` of the members of `{list}` and no question asks for it, so that it stays "
        "not observed; write its `question`",
    ),
    "unused-field": Text(
        "没有规则读取 `{list}` 成员的 `{field}`，检查员填了也无人使用；"
        "请补上读取它的规则或删去此项；只供表格使用的，请写明 `serves: forms`",
        "no rule reads `{field}` of the members of `{list}`, so inspectors are asked for nothing; "
        "write the rule that reads it, take the field away, or say `serves: forms` where a form "
        "needs it",
    ),
    "not-needed-of-type": Text(
        "`{fact}` 要问 {type}，却没有适用于 {type} 的规则读取它，检查员白问一项；"
        "请从 `asked_of` 删去 `{type}`，或补上规则",
        "`{fact}` is asked of {type} and no rule for {type} reads it, so inspectors are asked for "
        "nothing; take `{type}` out of `asked_of`, or write the rule",
    ),
    "not-needed-in-stage": Text(
        "`{fact}` 要在 {stage} 阶段问，却没有该阶段的规则读取它，检查员白问一项；"
        "请从 `stages` 删去 `{stage}`，或补上规则",
        "`{fact}` is asked in {stage} and no rule of that stage reads it, so inspectors are asked "
        "for nothing; take `{stage}` out of `stages`, or write the rule",
    ),
    "not-needed-there": Text(
        "`{fact}` 要在 {stage} 阶段问 {type}，却没有规则在该阶段对该类型读取它，检查员白问一项；"
        "请补上规则，或把它拆成两项事实，各写各的 `asked_of` 和 `stages`",
        "`{fact}` is asked of {type} in {stage} and no rule for both reads it, so inspectors are "
        "asked for nothing; write the rule, or declare two facts, each with its own `asked_of` and "
        "`stages`",
    ),
    # the texts
    "no-chinese": Text(
        "`zh` 文本 {found} 里没有汉字，中文读者看不懂；请写成中文",
        "the text in `zh`, {found}, has no Chinese character, so Chinese readers cannot read it; "
        "write it in Chinese",
    ),
    "no-english": Text(
        "`en` 文本 {found} 里没有拉丁字母，英文读者看不懂；请写成英文",
        "the text in `en`, {found}, has no Latin letter, so English readers cannot read it; write "
        "it in English",
    ),
    "same-text": Text(
        "`en` 与 `zh` 是同一段文本，没有翻译；请写上英文译文",
        "`en` is the same text as `zh`, so it is not translated; write it in English",
    ),
    "placeholder": Text(
        "{found} 只是占位，读者得不到任何说明；请写上正式文本",
        "{found} only keeps a place, so readers are told nothing; write the text",
    ),
    "empty-remedy": Text(
        "整改措施 {found} 没有说明怎样整改，整改建议书上等于空白；请写明网点具体要做什么",
        "the remedy {found} says nothing, and the rectification notice quotes it; write what the "
        "outlet has to do",
    ),
    "remedy-is-title": Text(
        "整改措施只重复了标题，网点从整改建议书上看不出要做什么；请写明具体要做什么",
        "the remedy repeats the title, so the rectification notice does not say what to do; write "
        "what the outlet has to do",
    ),
    # names, verbs, periods
    "id-not-clause": Text(
        "规则 `{id}` 出自条款 {clause}，编号却不是该条款号，读者会查错条款；"
        "请改为 `{clause}` 或 `{clause}-…`，或改正 `clause`",
        "`{id}` is about clause {clause} and not called after it, so readers look up the wrong "
        "clause; call it `{clause}` or `{clause}-…`, or correct `clause`",
    ),
    "id-of-other-clause": Text(
        "规则 `{id}` 出自条款 {clause}，编号却是另一条款的编号，读者会查错条款；"
        "请改为 `{clause}` 或加别的后缀，或改正 `clause`",
        "`{id}` is about clause {clause} and has the number of another clause, so readers look up "
        "the wrong one; call it `{clause}` or give it another suffix, or correct `clause`",
    ),
    "id-of-owner": Text(
        "规则 `{id}` 是项目方的要求（basis: owner），编号却不以 `sup-` 开头，会被当成标准的要求；"
        "请改为 `sup-…`；确为标准要求的，请写 `basis: standard`",
        "`{id}` is asked by the owner and not called `sup-…`, so readers take it for the standard's; "
        "call it `sup-…`, or write `basis: standard` where the standard asks it",
    ),
    "id-of-standard": Text(
        "规则 `{id}` 写明出自标准，`sup-` 却专用于项目方的要求，读者会误以为标准没有这一条；"
        "请改为 `{clause}` 或 `{clause}-…`；确为项目方要求的，请写 `basis: owner`",
        "`{id}` is the standard's, and `sup-` is for what the owner asks, so readers think the "
        "standard does not ask it; call it `{clause}` or `{clause}-…`, or write `basis: owner` "
        "where the owner asks it",
    ),
    "verb-differs": Text(
        "规则写 {verb}，standard.yaml 中条款 {clause} 写 {expected}，"
        "检查结论的约束力会与标准不同；请对照原文，改正其中之一",
        "the rule says {verb} and standard.yaml has {expected} for clause {clause}, so outlets are "
        "held to something else than the standard says; hold both against it and correct one",
    ),
    "effective-overlap": Text(
        "`{rule}` 与 `{other}` 是条款 {clause} 同一要求的两个版本，{period}同时有效，"
        "同一问题会计两次；{advice}",
        "`{rule}` and `{other}` are versions of one requirement of clause {clause} and both in force "
        "{period}, so one failure counts twice; {advice}",
    ),
    "end-before": Text(
        "请让 `{other}` 止于 {day}，即 `{rule}` 生效的前一天",
        "let `{other}` end on {day}, the day before `{rule}` begins",
    ),
    "part-periods": Text(
        "请给两条各写互不重叠的 `effective`，或只保留一条",
        "give each an `effective` of its own that do not overlap, or keep one",
    ),
    "effective-gap": Text(
        "条款 {clause} 的这项要求{days}没有有效的版本：`{other}` 止于 {end}，"
        "`{rule}` 自 {begin} 起，其间的检查不查这一条；请让 `{rule}` 自 {first} 起，"
        "或把 `{other}` 延至 {last}",
        "{days} no version of this requirement of clause {clause} is in force: "
        "`{other}` ends on {end} and `{rule}` begins on {begin}, so inspections between are not "
        "judged by it; let `{rule}` begin on {first}, or `{other}` end on {last}",
    ),
    "always": Text("一直", "always"),
    "from-on": Text("自 {first} 起", "from {first} on"),
    "up-to": Text("至 {last} 止", "up to {last}"),
    "from-to": Text("{first} 至 {last} ", "from {first} to {last}"),
    "on-day": Text("{first} 当天", "on {first}"),
    # what the solver proves
    "never-applies": Text(
        "已证明：{types} 的任何有效记录都不满足 `when`，这条规则从不适用；请改正 `when`，或删去规则",
        "proved: no valid record of {types} fulfils `when`, so the rule never applies; correct "
        "`when`, or take the rule away",
    ),
    "never-fails": Text(
        "已证明：{types} 的任何有效记录都不可能判为不通过，这条规则查不出问题；请对照条款改正 `require`",
        "proved: no valid record of {types} fails, so the rule finds nothing; hold `require` "
        "against the clause and correct it",
    ),
    "never-passes": Text(
        "已证明：{types} 的任何有效记录都不可能通过，网点无论怎样整改都不合格；"
        "请对照条款改正 `require`",
        "proved: no valid record of {types} passes, so an outlet can do nothing about it; hold "
        "`require` against the clause and correct it",
    ),
    "contradiction": Text(
        "`{rule}` 与 `{other}` 互相矛盾（已证明，{types}）：满足一条就违反另一条，两条都适用的网点永远不会合格；"
        "请改正其中之一，或用 `when`、`effective`、`applies_to` 把两条分开",
        "`{rule}` and `{other}` contradict each other (proved for {types}): what passes one fails "
        "the other, so an outlet that both apply to cannot conform; correct one, or part them by "
        "`when`, `effective` or `applies_to`",
    ),
    "contradicting-advice": Text(
        "`{rule}` 与 `{other}` 互相矛盾（已证明，{types}）：满足一条就违反另一条，网点无法两条都照办；"
        "请改正其中之一，或用 `when`、`effective`、`applies_to` 把两条分开",
        "`{rule}` and `{other}` contradict each other (proved for {types}): what passes one fails "
        "the other, so an outlet cannot follow both; correct one, or part them by `when`, "
        "`effective` or `applies_to`",
    ),
    "implied": Text(
        "`{other}` 通过时，`{rule}` 就不可能判为不通过（已证明，{types}），后者没有新的要求，"
        "同一问题会报两次；请删去，或在 `require` 里写明它比 `{other}` 多要求什么",
        "where `{other}` passes, `{rule}` cannot fail (proved for {types}), so it asks nothing "
        "new and one failure is reported twice; take it away, or put into `require` what it asks "
        "beyond `{other}`",
    ),
    "identical": Text(
        "`{rule}` 与 `{other}` 的要求相同（已证明，{types}），同一问题会报两次；请只保留一条",
        "`{rule}` and `{other}` ask the same (proved for {types}), so one failure is reported twice; "
        "keep one",
    ),
    "unreachable-branch": Text(
        "已证明：`any` 的这一项不起作用，需要它时它从不成立"
        "（其余各项之一已经成立，或它不可能成立）；请对照条款改正，或删去这一项",
        "proved: this item of `any` decides nothing, for it never holds where it would be needed "
        "(another item holds then, or it cannot hold at all); hold it against the clause and "
        "correct it, or take it away",
    ),
    "redundant-condition": Text(
        "已证明：这一条件不起作用，它从不单独决定结果"
        "（它不成立时其余条件之一也不成立，或它不可能不成立）；请对照条款改正，或删去这一条件",
        "proved: this condition decides nothing, for it never fails where that would matter (another "
        "one fails then, or it cannot fail at all); hold it against the clause and correct it, or "
        "take it away",
    ),
    "undecided": Text(
        "求解器未能判定 {rules} 的 {checks}，可能有问题未被发现；请把条件写得简单些，或拆成几条规则",
        "the solver could not decide {checks} for {rules}, so a fault may be missed; write the "
        "conditions more simply, or split the rule",
    ),
    # the run
    "no_solver": Text(
        '缺少求解器 z3（{why}），未做：{names}；请安装：pip install "compliance[assure]"。',
        'The solver z3 is missing ({why}), left out: {names}; install it: pip install "compliance[assure]".',
    ),
    "bad": Text("{errors} 处问题{more}。", "{errors} problem(s){more}."),
    "more": Text("，{warnings} 处提醒", ", {warnings} warning(s)"),
    "warned": Text("{warnings} 处提醒。", "{warnings} warning(s)."),
    "unknown_check": Text(
        "没有检查项 `{found}`{hint}；可用：{expected}",
        "there is no check `{found}`{hint}; expected one of {expected}",
    ),
    "unknown_check_or_rule": Text(
        "没有名为 `{found}` 的检查项或规则{hint}；检查项有：{expected}",
        "there is no check or rule `{found}`{hint}; the checks are {expected}",
    ),
    "loading_fault": Text(
        "`{found}` 是加载时的错误，规则本身读不进来，不能关闭或降为提醒；请改正规则文件",
        "`{found}` is a fault for which a rule file cannot be read, so it can neither be left out "
        "nor be a warning; correct the rule file",
    ),
}


def say(key: str, **args: object) -> Text:
    """The sentence called `key`, its blanks filled in; an argument that is a Text by language."""
    return SAYS[key].filled(**args)
