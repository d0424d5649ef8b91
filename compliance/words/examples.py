"""What `rules test` says of examples and fixtures."""

from __future__ import annotations

from typing import Final

from compliance.words import Text

SAYS: Final[dict[str, Text]] = {
    "not_in_force": Text(
        "规则在 {date} 不在有效期（effective）内，示例无从判定；请在示例中写上有效期内的 date",
        "the rule is not in force on {date}, so that nothing is judged; write a `date` that lies "
        "within its `effective` period",
    ),
    "example-wrong": Text(
        "规则 {rule} 的示例 {number} 写的是 {expected}，规则对 {types} 却得出 {got}（引擎 {engines}）；"
        "规则与示例必有一错：请对照条款改正 require，或改正 given、then",
        "example {number} of {rule} says {expected}, the rule gives {got} for {types} (on {engines}); rule or "
        "example is wrong: hold both against the clause, then correct `require`, `given` or `then`",
    ),
    "example-invalid": Text(
        "规则 {rule} 的示例 {number} 不能作为检查记录，没有运行：{why}",
        "example {number} of {rule} cannot be a record and was not run: {why}",
    ),
    "missing-example": Text(
        "规则 {rule} 没有结果为 {missing} 的示例；缺少它，规则改错了也不会有人发现；请在 examples 下补上",
        "{rule} has no example that gives {missing}; without it nobody notices when the rule is changed "
        "by mistake; add one under `examples`",
    ),
    "fixture-wrong": Text(
        "样例 {fixture} 与规则的结论不符（引擎 {engines}）：{differences}；"
        "请改正规则；若规则无误，请改正 findings.yaml",
        "fixture {fixture} is not what the rules find (on {engines}): {differences}; correct the "
        "rule, or findings.yaml where the rule is right",
    ),
    "fixture-invalid": Text(
        "样例不能使用，没有运行：{why}；样例文件夹应有 record.yaml（记录）和 findings.yaml（应得结论）",
        "the fixture cannot be used and was not run: {why}; its folder holds record.yaml, the "
        "record, and findings.yaml, what must be found",
    ),
    "difference": Text(
        "{what} 应为 {expected}，得到 {got}", "{what}: expected {expected}, got {got}"
    ),
    "more": Text("另有 {count} 处", "{count} more"),
    "nothing": Text("（无）", "nothing"),
    "summary": Text(
        "{rules} 条规则的 {examples} 个示例、{fixtures} 个样例，引擎 {engines}：{result}。",
        "{examples} examples of {rules} rules and {fixtures} fixtures on {engines}: {result}.",
    ),
    "all_good": Text("全部符合", "all as expected"),
    "some_bad": Text("{count} 处问题", "{count} problem(s)"),
    "engine_missing": Text(
        "引擎 {engine} 不可用（{why}）。", "The engine {engine} is missing ({why})."
    ),
    "no_fixtures": Text(
        "没有样例文件夹 {folder}，只运行了示例。",
        "There is no folder {folder}: only the examples were run.",
    ),
}


def say(key: str, **args: object) -> Text:
    """The sentence called `key`, its blanks filled in; an argument that is a Text by language."""
    return SAYS[key].filled(**args)
