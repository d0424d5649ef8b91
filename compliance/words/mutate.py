"""What `rules mutate` says of mistakes that nobody would notice."""

from __future__ import annotations

from typing import Final

from compliance.words import Text

KINDS: Final[dict[str, Text]] = {
    "drop-conjunct": Text("漏写并列条件", "a condition left out"),
    "drop-alternative": Text("漏写可选条件", "an alternative left out"),
    "drop-choice": Text("漏写可选取值", "an allowed value left out"),
    "drop-when": Text("漏写适用前提", "`when` left out"),
    "drop-that": Text("漏写每月应满足的条件", "the monthly condition left out"),
    "flip-value": Text("是否颠倒", "true and false mixed up"),
    "negate": Text("多写或漏写 not", "a `not` too many or too few"),
    "all-any": Text("all 与 any 混淆", "all and any mixed up"),
    "quantifier": Text("“每个”与“至少一个”混淆", "every and at least one mixed up"),
    "allow-none": Text("名单为空时的结论颠倒", "an empty list judged the other way"),
    "off-by-one": Text("数字或日期差一", "a number or day off by one"),
    "wrong-comparison": Text("比较方向或月份写错", "the wrong comparison"),
    "wrong-fact": Text("事实写错", "the wrong fact"),
    "outlet-type": Text("网点类型写错", "the wrong outlet types"),
    "reason": Text("原因选错", "the wrong reason"),
    "verb": Text("“应”与“宜”混淆", "shall and should mixed up"),
    "trial": Text("试行状态写错", "on trial by mistake"),
    "effective": Text("有效期写错", "the wrong period of validity"),
}
"""What people call each kind of mistake."""

FATES: Final[dict[str, Text]] = {
    "total": Text("变异", "mutants"),
    "examples": Text("示例发现", "by examples"),
    "fixtures": Text("样例发现", "by fixtures"),
    "refused": Text("加载拒绝", "refused"),
    "equivalent": Text("等价", "equivalent"),
    "survivor": Text("漏网", "survivors"),
    "undecided": Text("未定", "undecided"),
}

SAYS: Final[dict[str, Text]] = {
    "changed": Text("`{was}` 改成 `{now}`", "`{was}` changed to `{now}`"),
    "left_out": Text("删去 `{was}`", "`{was}` left out"),
    "put_in": Text("加上 `{now}`", "`{now}` put in"),
    "survivor_example": Text(
        "{kind}（{change}）无人察觉：示例和样例全部照旧通过，日后这样改错不会被发现；"
        "请对照条款核对下面的示例，无误后加到本规则的 examples 下",
        "{kind} ({change}) goes unnoticed: every example and fixture still holds, so nobody would "
        "see the mistake; hold the example below against the clause and add it to the rule's "
        "`examples`",
    ),
    "survivor_fixture": Text(
        "{kind}（{change}）无人察觉：示例和样例全部照旧通过，日后这样改错不会被发现；"
        "示例写不出这一差别，请对照条款核对下面的样例，无误后把两个文件存入样例文件夹",
        "{kind} ({change}) goes unnoticed: every example and fixture still holds, so nobody would "
        "see the mistake; no example can state the difference: hold the fixture below against the "
        "clause and save its two files",
    ),
    "undecided": Text(
        "{kind}（{change}）：示例和样例都没有察觉，求解器也未能判定它与原规则是否等价；"
        "请自行补一个能区分两者的示例",
        "{kind} ({change}): no example or fixture notices, and the solver could not decide whether "
        "it says the same as the rule; add an example that tells the two apart",
    ),
    "wrong_example": Text(
        "规则还没有改动，示例 {number} 就已不成立，改动后是否有人察觉也就无从谈起；"
        "请先运行 compliance rules test 并改正",
        "example {number} does not hold even for the rule as it stands, so it would notice any "
        "change; run `compliance rules test` and correct it first",
    ),
    "wrong_fixture": Text(
        "规则还没有改动，样例 {name} 就已不成立，改动后是否有人察觉也就无从谈起；"
        "请先运行 compliance rules test 并改正",
        "the fixture {name} does not hold even for the rules as they stand, so it would notice any "
        "change; run `compliance rules test` and correct it first",
    ),
    "no_solver": Text(
        "缺少求解器 z3（{why}），无法区分漏网的变异与等价的变异；"
        '请安装：pip install "compliance[assure]"',
        "the solver z3 is missing ({why}): without it a mistake that nobody notices cannot be told "
        'from one that changes nothing; install it: pip install "compliance[assure]"',
    ),
    "summary": Text(
        "{rules} 条规则，{total} 个变异：示例发现 {examples}，样例发现 {fixtures}，"
        "加载时即被拒绝 {refused}，等价（已证明）{equivalent}，漏网 {survivor}，未定 {undecided}。",
        "{rules} rules, {total} mutants: {examples} noticed by examples, {fixtures} by fixtures, "
        "{refused} refused by loading, {equivalent} equivalent (proved), {survivor} survivors, "
        "{undecided} undecided.",
    ),
    "kind": Text("错误类型", "mistake"),
    "equivalent": Text("等价（已证明）：{case}", "equivalent (proved): {case}"),
    "no_fixtures": Text(
        "没有样例文件夹 {folder}，只用了示例。",
        "There is no folder {folder}: the examples alone were used.",
    ),
}


def say(key: str, **args: object) -> Text:
    """The sentence called `key`, its blanks filled in; an argument that is a Text by language."""
    return SAYS[key].filled(**args)
