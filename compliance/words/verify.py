"""What `verify` says: wrong files, what was looked through, what came of each outlet."""

from __future__ import annotations

from typing import Final

from compliance.words import Text

FAULTS: Final[dict[str, Text]] = {
    "a_folder": Text(
        "是文件夹；请给出其中的 {expected}，或一份 B.1、整改建议（DOCX、PDF）",
        "is a folder; give the {expected} in it, or a form B.1 or notice (DOCX, PDF)",
    ),
    "document_too_large": Text(
        "文件有 {found} 字节，上限为 {limit} 字节，不会是本程序出具的文件；请核对文件",
        "has {found} bytes and the limit is {limit}; no document of this program is that large, check which file it is",
    ),
    "no_opinions": Text(
        "不是 `compliance opinion` 写出的意见；请给出 opinions.json、B.1 或整改建议（DOCX、PDF）",
        "holds no opinions as `compliance opinion` writes them; give an opinions.json, a form B.1 or a notice (DOCX, PDF)",
    ),
    "no_outlets": Text(
        "其中没有任何网点，无可核验", "names no outlet, so there is nothing to verify"
    ),
    "nothing_carried": Text(
        "文件里没有可供核验的数据：不是本程序出具的，或被别的程序另存时丢失，或网点过多而 PDF 放不下；请改用同一批的 opinions.json 或 DOCX",
        "carries nothing to verify: it is not of this program, or was saved by a program that dropped it, or is a PDF of too many outlets to hold it; give the opinions.json or the DOCX of the same run",
    ),
    "bad_document": Text(
        "不是完好的 DOCX 文件（{why}）；请给出未损坏的原件，或同一批的 opinions.json",
        "is not a sound DOCX ({why}); give an undamaged copy, or the opinions.json of the same run",
    ),
}

KINDS: Final = {
    "index": Text("意见索引", "index of opinions"),
    "docx": Text("DOCX", "DOCX"),
    "pdf": Text("PDF", "PDF"),
}
ISSUED: Final = Text(
    "核验：{file}（{kind}），{n} 个网点", "Verified: {file} ({kind}), outlets: {n}"
)
AS_ISSUED: Final = Text(
    "文件：与出具时相同（依据旁边的 opinions.json）",
    "File: as it was issued, by the opinions.json beside it",
)
EDITED: Final = Text(
    "文件：出具后被改动过（与旁边的 opinions.json 不符）；下面核验的是它所带的数据，不是改动后的文字",
    "File: edited since it was issued, by the opinions.json beside it; what is verified is the data it carries, not its text",
)
UNKNOWN: Final = Text(
    "文件：旁边没有记载它的 opinions.json，不知是否被改动过；下面核验的是它所带的数据，不是文字",
    "File: no opinions.json beside it knows it, so it may have been edited; what is verified is the data it carries, not its text",
)
RULES_FOUND: Final = Text("规则：{digest}，见于{place}", "Rules: {digest}, found in {place}")
SHIPPED: Final = Text("随程序提供的规则", "the rules that come with the program")
WITHOUT: Final = Text("（不含项目方补充规则）", " (without the owner's rules)")
RULES_MISSING: Final = Text("规则：{digest}，没有找到", "Rules: {digest}, not found")
LOOKED: Final = Text("  查过：{place}（摘要 {digest}）", "  looked in: {place} (digest {digest})")
LOOKED_HISTORY: Final = Text(
    "  查过：git 历史中 {folder} 的 {n} 个版本",
    "  looked in: git history, revisions of {folder}: {n}",
)
NO_HISTORY: Final = Text("  没有可查的 git 历史：{why}", "  no git history to look in: {why}")
SHALLOW: Final = Text(
    "  这份克隆的历史不完整；请先运行 git fetch --unshallow",
    "  the history of this clone is cut short; run git fetch --unshallow first",
)
SKIPPED: Final = Text(
    "  跳过 {place}：当前程序已不能载入该版本的规则",
    "  passed over {place}: its rules no longer load in this version",
)
RULES_ADVICE: Final = Text(
    "  请用 --rules 给出出具意见时的规则（文件夹、REV 或 REV:PATH）。用别的规则算出的结果不是核验，因此没有推导。",
    "  Give the rules of that time by --rules (a folder, REV or REV:PATH). What other rules would give is no verification, so nothing was derived.",
)
ENGINES: Final = Text(
    "引擎：{names}，每条记录两者结论相同才算核验",
    "Engines: {names}, which must agree on each record",
)
ONE_ENGINE: Final = Text(
    "引擎：仅 {names}；durable-rules 不能在此导入，没有第二个引擎比对",
    "Engine: {names} alone; durable-rules cannot be imported here, so there is no second answer",
)
VERSION: Final = Text(
    "程序版本：出具时 {issued}，现为 {current}；结果只看规则、记录和日期，版本不同本身不算差异",
    "Version: {issued} when issued, now {current}; this alone is no difference",
)

SAME: Final = Text("一致", "same")
DIFFERS: Final = Text("不一致", "differs")
ENGINES_DISAGREE: Final = Text(
    "两个引擎结论不同，无法核验", "the engines disagree, nothing can be said"
)
NO_RECORD: Final = Text("找不到记录 {digest}", "no record of digest {digest}")
NOT_DERIVED: Final = Text("没有推导", "not derived")
CHANGED: Final = Text(
    "    {place} 是同一次检查的记录，但内容已不是出具意见时的：请找回原来的记录",
    "    {place} is the record of this inspection, but no longer as it was: find the record of that time",
)
DIFFERENCE: Final = Text(
    "    {field}：出具为 {issued}，推导为 {derived}",
    "    {field}: issued {issued}, derived {derived}",
)
RECORDS_LOOKED: Final = Text(
    "记录查过：{places}；有效记录 {n} 条，不能作记录的内容 {bad} 处（用 `compliance check` 查看）。请用 --records 给出当时的记录。",
    "Looked for records in: {places}; valid records: {n}, faults in what is no record: {bad} (`compliance check` shows them). Give the records of that time by --records.",
)
TOTAL: Final = Text(
    "{n} 个网点：一致 {same}，不一致 {differs}，未能核验 {open}。",
    "Outlets: {n}; same {same}, different {differs}, not verified {open}.",
)
NOTHING: Final = Text("（无）", "none")

FIELDS: Final = {
    "bank": Text("银行", "bank"),
    "outlet": Text("网点", "outlet"),
    "inspection": Text("检查编号", "inspection"),
    "evaluated_on": Text("评估日期", "evaluated on"),
    "opinion": Text("意见", "opinion"),
    "reasons": Text("理由", "reasons"),
    "failed": Text("不通过的规则", "failed rules"),
    "not_observed": Text("未观察的规则", "rules not observed"),
    "without": Text("略去的规则", "rules left out"),
}
