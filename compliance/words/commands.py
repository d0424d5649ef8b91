"""What the commands themselves say: help, summaries, labels."""

from __future__ import annotations

from typing import Final

from compliance.words import Text

SAYS: Final[dict[str, Text]] = {
    "evaluating": Text("评估", "evaluating"),
    "writing": Text("生成", "writing"),
    "rules_good": Text(
        "规则无误：{rules} 条规则，{facts} 项事实，{clauses} 个条款。摘要 {digest}",
        "The rules are well-formed: {rules} rules, {facts} facts, {clauses} clauses. Digest {digest}",
    ),
    "written": Text("已写入 {path}", "wrote {path}"),
    "completed": Text("已补充 {path}：填入 {filled} 项", "completed {path}: {filled} filled in"),
    "nothing_new": Text(
        "{path} 已含这次检查，没有改动", "{path} holds this visit already; nothing is changed"
    ),
    "settled": Text("已了结 {path} 中的争议：{settled}", "settled in {path}: {settled}"),
    "evidence_kept": Text(
        "  佐证 {count} 份，存入 {folder}", "  {count} files of evidence, in {folder}"
    ),
    "redacted": Text(
        "  已去除姓名、证件号码和电话；佐证文件不随附，只留摘要",
        "  without names, ID and phone numbers; evidence stays behind, its digests remain",
    ),
    "counts": Text(
        "  符合 {conforming}　不符合 {non_conforming}　待核实 {pending}",
        "  conforming {conforming}, not conforming {non_conforming}, pending {pending}",
    ),
    "non_conforming": Text(
        "  不符合：{outlet} {name}（{reasons}）", "  not conforming: {outlet} {name} ({reasons})"
    ),
    "pending": Text(
        "  待核实：{outlet} {name}，尚缺 {count} 项：{missing}",
        "  pending: {outlet} {name}, {count} not observed: {missing}",
    ),
    "not_inspected": Text("  已申请、未检查：{outlets}", "  applied for, not inspected: {outlets}"),
    "not_applied": Text(
        "  已检查、未列入申请（不上申请单）：{outlets}",
        "  inspected, not on the application (left off the form): {outlets}",
    ),
    "no_application": Text(
        "  没有申请文件：申请部门信息留空", "  no application file: the applicant's part is blank"
    ),
    "total": Text(
        "{outlets} 个网点：符合 {conforming}，不符合 {non_conforming}，待核实 {pending}。",
        "{outlets} outlets: {conforming} conforming, {non_conforming} not conforming, "
        "{pending} pending.",
    ),
    "paths": Text("已写入 {out}：", "Written to {out}:"),
    "interrupted": Text("已中断；没有留下半成品。", "interrupted; nothing half-written is left."),
    "notices": Text("整改建议", "notices"),
    "notice": Text("整改建议", "notice"),
}


def say(key: str, lang: str, **args: object) -> str:
    """The sentence called `key` in `lang`, its blanks filled in."""
    text = SAYS[key]
    return (text.en if lang == "en" else text.zh).format(**args)
