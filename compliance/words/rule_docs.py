"""What the pages on rules say, and what `rules docs` says of them, in Chinese and English.

Keys are the contract words of outlet types, outcomes, verbs and fates. Imports nothing but Text.
"""

from __future__ import annotations

from typing import Final

from compliance.words import Text

# The index
TITLE: Final = Text("检查规则说明", "The inspection rules")
CONTENTS: Final = Text("目录", "Contents")
TO_CONTENTS: Final = Text("回到目录", "Back to the contents")
TO_INDEX: Final = Text("回到索引", "Back to the index")
ABOUT: Final = Text(
    "对照《{standard}》：{rules} 条规则，{clauses} 个条款，{facts} 项事实。",
    "{standard}: {rules} rules, {clauses} clauses, {facts} facts.",
)
LEGEND: Final = Text(
    "没有观察到的，记为“未观察”，既不算“是”，也不算“否”。“建议”不影响意见；“试行”只报告，"
    "不计入意见；“项目方”是项目方的补充要求，不是标准的要求。",
    "What was not observed counts as “not observed”, never as yes or no. “Advice” has no effect on "
    "the opinion; “trial” is reported and never counted; “owner” is asked by the project's owner "
    "and not by the standard.",
)
DIGEST: Final = Text("规则摘要（SHA-256）：{digest}", "Rule book digest (SHA-256): {digest}")
BY_CLAUSE: Final = Text("按条款", "By clause")
BY_TYPE: Final = Text("按网点类型", "By outlet type")
BY_REASON: Final = Text("按不符合原因（表B.1）", "By reason (form B.1)")
BY_FACT: Final = Text("按事实", "By fact")
RULES: Final = Text("规则", "Rules")
TYPE_AT_STAGE: Final = Text("{type}：{stage}", "{type}: {stage}")
NO_BOX: Final = Text("不勾选任何一项", "Ticks no box")
NONE_ASKED: Final = Text("没有规则。", "No rule.")
JUDGED_BY: Final = Text("由规则判断：", "Judged by ")
FATES: Final = {
    "procedure": Text("办理步骤", "step of the procedure"),
    "document": Text("文书", "document"),
    "not_yet": Text("尚未编成规则", "not yet a rule"),
}
ALSO: Final = Text("另有规则：", "There is also ")
CITED_BY: Final = Text("引用本条的规则：", "Cited by ")
FULL_STOP: Final = Text("。", ". ")
SUMMARY: Final = Text("内容", "What it says")
FATE: Final = Text("处理", "What becomes of it")
READ_BY: Final = Text("读取它的规则", "Rules that read it")
UNREAD: Final = Text("没有规则读取", "None")
SERVES: Final = Text("没有规则读取，用于表格和检查结果", "None; it serves forms and findings")

# The entries of a rule
ENTRY: Final = (Text("项目", "Entry"), Text("内容", "Content"))
CLAUSE: Final = Text("条款", "Clause")
VERB: Final = Text("程度", "Verb")
BASIS: Final = Text("依据", "Basis")
STAGE: Final = Text("阶段", "Stage")
TYPES: Final = Text("适用网点", "Outlet types")
BOX: Final = Text("不通过时在表B.1勾选", "Box that a failure ticks on form B.1")
PERIOD: Final = Text("有效期", "Period of validity")
STATUS: Final = Text("状态", "Status")

VERBS: Final = {
    "shall": Text("应", "shall"),
    "shall_not": Text("不应", "shall not"),
    "should": Text("宜（建议）", "should (advice)"),
    "procedure": Text("程序", "procedure"),
}
BASES: Final = {
    "standard": Text("标准", "the standard"),
    "owner": Text(
        "项目方的补充要求，标准没有这样规定", "the project's owner; the standard does not ask this"
    ),
}
TYPE_NAMES: Final = {
    "bank_branch": Text("{caption}", "bank branch"),
    "rural_point": Text("{caption}", "rural inclusive-finance service point"),
}
BOXED: Final = Text("{caption}", "{caption} ({reason})")
BOXED_ON_TRIAL: Final = Text("{box}（试行期间不勾选）", "{box}; not ticked while on trial")
BOX_OF_ADVICE: Final = Text("不勾选：建议从不勾选任何一项", "none: advice never ticks a box")
BOX_ELSEWHERE: Final = Text(
    "不勾选：只有适配改造阶段填写表B.1", "none: only the adaptation stage fills form B.1"
)
UNBOUNDED: Final = Text("不限", "open")
SINCE: Final = Text("检查日期在 {since} 及以后", "inspections on or after {since}")
UNTIL: Final = Text("检查日期在 {until} 及以前", "inspections on or before {until}")
BETWEEN: Final = Text(
    "检查日期从 {since} 到 {until}（含首尾两天）",
    "inspections from {since} to {until}, both included",
)
TRIAL: Final = Text("试行：只报告，不计入意见", "on trial: reported, never counted")
IN_FORCE: Final = Text("正式", "in force")

# What stands out at a rule's head
OWNER_NOTICE: Final = Text(
    "标准没有这样规定。本规则只出自项目方的补充要求；加上 --without supplementary 即不计入。",
    "The standard does not ask this. The rule rests on the project owner's word alone; "
    "--without supplementary leaves it out.",
)
ADVICE_NOTICE: Final = Text(
    "本条是建议：不影响意见，也从不在表B.1勾选任何一项。",
    "This is advice: it has no effect on the opinion and never ticks a box on form B.1.",
)
TRIAL_NOTICE: Final = Text(
    "本规则正在试行：只报告，不计入意见。",
    "This rule is on trial: it is reported and never counted.",
)

# The headings of a rule
ASKS: Final = Text("要求什么", "What it asks")
EXAMPLES: Final = {
    "pass": Text("通过的样例", "Passes"),
    "fail": Text("不通过的样例", "Fails"),
    "not_observed": Text("未观察的样例", "Not observed"),
    "not_applicable": Text("不适用的样例", "Not applicable"),
}
REMEDY: Final = Text("整改措施", "Remedy")
NOTE: Final = Text("说明", "Note")
CITES: Final = Text("引用的其他条款", "Other clauses that it cites")
FACTS: Final = Text("读取的事实和检查员回答的问题", "Facts it reads and what the inspector answers")
SOURCE: Final = Text("所在文件", "Where it is written")

# Below the headings
WHEN: Final = Text("符合以下条件才适用：", "It applies only if:")
REQUIRE: Final = Text("要求：", "It requires:")
NO_EXAMPLE: Final = Text("规则文件没有给出这种样例。", "The rule file gives no such example.")
ALWAYS_APPLIES: Final = Text(
    "没有适用条件：凡属上述网点类型、阶段和有效期的检查，都按本规则判断。",
    "It has no condition to apply: every inspection of these outlet types, this stage and this "
    "period is judged by it.",
)
NONE: Final = Text("无。", "None.")
STATED: Final = Text("{caption}：{value}", "{caption}: {value}")
SEPARATOR: Final = Text("；", "; ")
MEMBER: Final = Text("第 {position} 个，{stated}", "No. {position} – {stated}")
MEMBERS: Final = Text("{count} 个", "{count}")
NONE_THERE: Final = Text("一个也没有", "none at all")
NOTHING_STATED: Final = Text("没有记录任何内容", "nothing on record")
FIELD: Final = Text("{list} › {field}", "{list} › {field}")
QUESTION: Final = Text("问题", "Question")
FACT: Final = Text("事实", "Fact")
NOT_ASKED: Final = Text(
    "取自检查和网点的登记信息，不另行询问。",
    "Taken from the inspection's own data; nobody is asked.",
)
NO_QUESTION: Final = Text("不单独询问。", "Not asked by itself.")
BELOW_RULES: Final = Text("（在规则文件夹内）", " (below the rules folder)")

# The command
REMARKS: Final = {
    "docs-missing": Text(
        "缺少这一页，读者查不到现行规则；请运行 `{command}`",
        "this page is missing, so readers cannot look the rule up; run `{command}`",
    ),
    "docs-stale": Text(
        "与规则文件不一致，读者看到的不是现行规则；请运行 `{command}`（手工改动会丢失）",
        "differs from what the rule files say, so readers are misled; run `{command}` "
        "(what was edited by hand is lost)",
    ),
    "docs-superfluous": Text(
        "没有规则对应这一页，读者会以为规则仍然有效；请运行 `{command}`，它会删去这一页",
        "no rule has this page any more, so readers take it for one in force; run `{command}`, "
        "which removes it",
    ),
    "docs-foreign": Text(
        "不是本命令生成的文件，却占了一页的位置，因此没有改动；请把它移走或改名，再运行 `{command}`",
        "was not made by this command and stands where a page belongs, so it was left alone; "
        "move or rename it, then run `{command}`",
    ),
    "docs-kept": Text(
        "不是本命令生成的文件，因此保留；若是多余的，请自行删去",
        "was not made by this command and is kept; remove it yourself if it is not wanted",
    ),
}
ALL_MISSING: Final = Text(
    "还没有规则说明，读者查不到现行规则；请运行 `{command}`",
    "holds no pages on the rules, so readers cannot look them up; run `{command}`",
)
CURRENT: Final = Text(
    "规则说明与规则文件一致：{count} 个文件。", "The pages on the rules are current: {count} files."
)
NOT_CURRENT: Final = Text(
    "规则说明与规则文件不一致：{count} 处。",
    "The pages on the rules are not current: {count} matter(s).",
)
WRITTEN: Final = Text("已写入 {path}", "wrote {path}")
REMOVED: Final = Text("已删去 {path}", "removed {path}")
DONE: Final = Text(
    "写入 {written} 个文件，删去 {removed} 个，{unchanged} 个没有变化。",
    "Wrote {written} file(s), removed {removed}, {unchanged} unchanged.",
)
CLASH: Final = Text(
    "规则编号 `{id}` 与 {other} 要用同一个页面文件名（有的系统不分大小写）；请改编号",
    "the rule id `{id}` needs the same page file as {other} (some systems do not tell capitals "
    "apart); change the id",
)
THE_INDEX: Final = Text("索引页", "the index")
