"""What is said of wrong rule files, records, paths and outputs.

Imports nothing but Text, and the faults of other tables, which are found here with the rest.
"""

from __future__ import annotations

from typing import Final

from compliance.words import Text
from compliance.words.filled import FILLED
from compliance.words.intake_page import PAGE_FAULTS
from compliance.words.intake_workbook import WORKBOOK
from compliance.words.intake_xlsform import EXPORTS

FAULTS: Final[dict[str, Text]] = {
    **FILLED,
    **EXPORTS,
    **PAGE_FAULTS,
    **WORKBOOK,
    # files
    "no_such_path": Text(
        "路径不存在；请检查拼写，或先建立该文件",
        "there is no such file or folder; check the spelling",
    ),
    "unreadable": Text(
        "无法读取（{why}）；请检查权限", "cannot be read ({why}); check its permissions"
    ),
    "not_a_file": Text(
        "不是普通文件；请给出文件或文件夹", "is not a regular file; give a file or a folder"
    ),
    "wrong_suffix": Text(
        "文件类型 `{found}` 不能读取；应为 {expected}",
        "cannot read a file of type `{found}`; expected one of {expected}",
    ),
    "nothing_found": Text(
        "没有找到检查记录；文件夹内应有 {expected} 文件",
        "holds no inspection record; expected files ending in {expected}",
    ),
    "too_large": Text(
        "文件有 {found} 字节，上限为 {limit} 字节；大量记录请改用 NDJSON（一行一条）",
        "has {found} bytes and the limit is {limit}; write many records as NDJSON, one a line",
    ),
    "line_too_long": Text(
        "该行超过 {limit} 字节；一行只写一条记录",
        "the line is longer than {limit} bytes; write one record a line",
    ),
    "not_utf8": Text(
        "不是 UTF-8 编码（第 {offset} 字节起）；请以 UTF-8 另存",
        "is not UTF-8 text (from byte {offset} on); save it again as UTF-8",
    ),
    "empty": Text("文件为空；应有内容", "is empty; expected content"),
    # syntax
    "syntax": Text(
        "{format} 语法有误：{why}；请改正后再提交",
        "is not valid {format}: {why}; correct it and run again",
    ),
    "alias": Text(
        "不接受锚点、别名和合并键 `{found}`；请把内容写全",
        "anchors, aliases and merge keys are not accepted, found `{found}`; write the value out",
    ),
    "tag": Text(
        "不接受类型标签 `{found}`；请删去", "tags are not accepted, found `{found}`; take it away"
    ),
    "many_documents": Text(
        "一个文件只能有一份 YAML 文档；请分成多个文件",
        "holds more than one YAML document; write one a file",
    ),
    "too_deep": Text(
        "嵌套超过 {limit} 层；请减少层次", "nests deeper than {limit} levels; write it flatter"
    ),
    "duplicate_key": Text(
        "键 `{found}` 重复；每个键只写一次", "the key `{found}` stands twice; keep one of them"
    ),
    "key_not_text": Text(
        "键 `{found}` 应为文本；请加引号", "the key `{found}` is not text; quote it"
    ),
    "bad_number": Text(
        "数字 `{found}` 超出可用范围（±{limit}）；请改正",
        "the number `{found}` is out of range (±{limit}); correct it",
    ),
    "bad_character": Text(
        "文本含有不能使用的字符 {found}；请删去",
        "the text holds the unusable character {found}; take it away",
    ),
    # structure
    "unknown_key": Text(
        "不认识的键 `{found}`；可用的键：{expected}{hint}",
        "unknown key `{found}`; expected one of {expected}{hint}",
    ),
    "missing_key": Text(
        "缺少必填键 `{expected}`；请补上", "the key `{expected}` is missing; add it"
    ),
    "missing_translation": Text(
        "缺少 `{expected}` 文本，这种语言的读者看不到这一条；请补上译文",
        "the text in `{expected}` is missing, so readers of that language are told nothing; add it",
    ),
    "missing_remedy": Text(
        "缺少 `remedy`，整改建议书上这一条将是空白；请写明网点应当怎样整改",
        "`remedy` is missing, so the rectification notice would say nothing; write what the outlet has to do",
    ),
    "wrong_type": Text(
        "应为{expected}，现为 {found}{hint}", "expected {expected}, got {found}{hint}"
    ),
    "not_one_of": Text(
        "应为 {expected} 之一，现为 {found}{hint}", "expected one of {expected}, got {found}{hint}"
    ),
    "too_few": Text("此处不能为空；至少写一项", "must not be empty; write at least one entry"),
    "empty_text": Text("文本不能为空；请填写", "the text must not be empty; fill it in"),
    "text_too_long": Text(
        "文本有 {found} 字，上限 {limit} 字；请缩短",
        "the text has {found} characters and the limit is {limit}; shorten it",
    ),
    "bad_pattern": Text(
        "`{found}` 的写法不对；应为{expected}", "`{found}` is not written as {expected}"
    ),
    # rules
    "unknown_fact": Text(
        "没有名为 `{found}` 的事实；请在 facts.yaml 声明或改正名称{hint}",
        "there is no fact `{found}`; declare it in facts.yaml or correct the name{hint}",
    ),
    "unknown_field": Text(
        "`{list}` 的成员没有 `{found}` 这一项；可用：{expected}{hint}",
        "members of `{list}` have no field `{found}`; expected one of {expected}{hint}",
    ),
    "list_as_scalar": Text(
        "`{found}` 是列表，不能直接比较；请用 every 或 at_least",
        "`{found}` is a list and cannot be compared; use `every` or `at_least`",
    ),
    "not_a_list": Text(
        "`{found}` 不是列表；此处应为列表事实，如 {expected}",
        "`{found}` is no list; expected a list fact such as {expected}",
    ),
    "wrong_operator": Text(
        "`{fact}` 是{type}，不能用 `{found}`；可用：{expected}{hint}",
        "`{fact}` is {type} and takes no `{found}`; expected one of {expected}{hint}",
    ),
    "wrong_operand": Text(
        "`{op}` 的操作数应为{expected}，现为 {found}{hint}",
        "the operand of `{op}` should be {expected}, got {found}{hint}",
    ),
    "nested_quantifier": Text(
        "`{found}` 只能写在 require 的最外层；请移出或拆成两条规则",
        "`{found}` may stand at the top of `require` only; move it there or write two rules",
    ),
    "mixed_quantifier": Text(
        "带 `{quantifier}` 的 require 不能再有 `{found}`；可用：{expected}",
        "a requirement with `{quantifier}` takes no `{found}`; expected {expected}",
    ),
    "not_asked": Text(
        "`{found}` 不向 {type} 在 {stage} 阶段询问，规则无从判断；请改 applies_to 或 facts.yaml",
        "`{found}` is not asked of {type} in {stage}; change `applies_to` or facts.yaml",
    ),
    "unknown_clause": Text(
        "standard.yaml 中没有条款 `{found}`{hint}",
        "there is no clause `{found}` in standard.yaml{hint}",
    ),
    "unknown_rule": Text("没有规则 `{found}`{hint}", "there is no rule `{found}`{hint}"),
    "duplicate_id": Text(
        "编号 `{found}` 已用于 {other}；编号不能重复",
        "the id `{found}` is taken by {other}; ids are unique",
    ),
    "reserved_name": Text(
        "`{found}` 是规则语言的保留字，不能作事实名；请改名",
        "`{found}` is a word of the rule language and no name for a fact; rename it",
    ),
    "name_clash": Text(
        "成员字段 `{found}` 与事实同名；请改名",
        "the field `{found}` has the name of a fact; rename one of them",
    ),
    "hash_clash": Text(
        "名称 `{found}` 与 `{other}` 的 32 位散列相同，durable-rules 会混淆；请改其中之一",
        "the names `{found}` and `{other}` have one 32-bit hash, so durable-rules would take "
        "one for the other; rename one",
    ),
    "too_complex": Text(
        "条件展开后有 {found} 种情形，上限 {limit}；请拆成多条规则",
        "the condition unfolds into {found} cases and the limit is {limit}; split the rule",
    ),
    "reason_of_should": Text(
        "推荐性条款（should）不影响意见，不能写 reason；请删去",
        "a `should` ticks no box; take `reason` away",
    ),
    "reason_missing": Text(
        "强制性规则须写 reason（{expected}）", "a binding rule needs a `reason`: {expected}"
    ),
    "reason_elsewhere": Text(
        "reason 只用于 adaptation 阶段；请删去",
        "`reason` belongs to the adaptation stage only; take it away",
    ),
    "period_reversed": Text(
        "effective 的起始日晚于截止日；请改正",
        "`effective` ends before it begins; correct the dates",
    ),
    "no_standard": Text(
        "缺少 {expected}；规则文件夹须有 standard.yaml、facts.yaml、opinion.yaml",
        "{expected} is missing; a rules folder has standard.yaml, facts.yaml and opinion.yaml",
    ),
    "not_a_rules_folder": Text(
        "是文件，不是文件夹；请给出规则文件夹，其中须有 standard.yaml、facts.yaml、opinion.yaml",
        "is a file; give the rules folder, which has standard.yaml, facts.yaml and opinion.yaml",
    ),
    "clause_without_rule": Text(
        "条款 `{clause}` 说由规则 `{found}` 回答，但没有这条规则{hint}",
        "clause `{clause}` says that rule `{found}` answers it, but there is none{hint}",
    ),
    "stale_schema": Text(
        "与 facts.yaml 不一致，编辑器会按旧词汇校验检查记录；请运行 `compliance rules schema {folder}` 更新",
        "differs from what facts.yaml says, so editors check records against an old vocabulary; "
        "run `compliance rules schema {folder}` to write it again",
    ),
    # records
    "not_asked_here": Text(
        "`{found}` 不向 {type} 在 {stage} 阶段询问；请删去该值或写 null",
        "`{found}` is not asked of a {type} in {stage}; take the value away or write null",
    ),
    "bad_date": Text(
        "没有 {found} 这一天；日期应写成 YYYY-MM-DD",
        "there is no date {found}; write a date as YYYY-MM-DD",
    ),
    "late_date": Text(
        "{found} 晚于检查日期 {date}；请改正其中之一",
        "{found} lies after the inspection on {date}; correct one of them",
    ),
    "bad_id_number": Text(
        "身份证号码不成立（位数、日期或校验码有误，末位 X 须大写）；请核对证件",
        "no such ID number can exist (length, date or check digit; the last X is a "
        "capital); compare it with the card",
    ),
    "bad_phone": Text(
        "电话号码不成立；请写手机号、带区号的座机号或服务热线",
        "no such phone number can exist; write a mobile, a landline with area code or a hotline",
    ),
    "unknown_noted_fact": Text(
        "notes 或 evidence 提到未声明的事实 `{found}`{hint}",
        "`{found}` is no declared fact{hint}",
    ),
    "duplicate_record": Text(
        "检查编号 `{found}` 在本次提交中出现 {count} 次（另见 {other}）；全部拒收，请改正编号",
        "the inspection id `{found}` stands {count} times in this run (see {other}); every copy "
        "is refused, correct the ids",
    ),
    "stage_without_rules": Text(
        "没有规则适用于 {type} 的 {stage} 阶段（{date}）；请检查阶段或规则文件夹",
        "no rule is in force for a {type} in {stage} on {date}; check the stage or the rules",
    ),
    # filled forms
    "unclear_yes_no": Text(
        "{found} 看不出是“是”还是“否”；请填 是、否 或 未检查（有/无、√/×、Y/N 也可）",
        "{found} is neither yes nor no; write 是, 否 or 未检查 (yes/no, 有/无, √/×, Y/N will do)",
    ),
    "unclear_date": Text(
        "{found} 不是可以确认的日期；请写成 2026-04-03（2026年4月3日、2026/4/3、2026.4.3 也可），纯数字不予猜测",
        "{found} is no date that can be told for sure; write 2026-04-03 (2026年4月3日, 2026/4/3 and 2026.4.3 "
        "will do); a bare number is not guessed at",
    ),
    "unclear_number": Text(
        "{found} 不是整数；请填整数", "{found} is no whole number; write a whole number"
    ),
    "unclear_text": Text(
        "{found} 应为文本；请把单元格设为文本格式后重填",
        "{found} should be text; set the cell's format to text and write it again",
    ),
    "nothing_asked": Text(
        "{stage} 阶段没有向 {type} 提出的问题；现有规则中有问题的：{expected}",
        "nothing is asked of a {type} in {stage}; by these rules something is in: {expected}",
    ),
    "checklist_there": Text(
        "这里已有另一份检查表或填过的内容，不予覆盖；请移走它，或用 --out 换一个文件名",
        "another checklist, or one that was filled in, is here and is not overwritten; move it away "
        "or choose another name with --out",
    ),
    "record_exists": Text(
        "已有内容不同的记录（来自 {found} 的记录也要用这个文件名）；补充已有记录请用 --into，"
        "或换一个 --out 文件夹",
        "another record has this file name ({found} wants it too); use --into to complete a record, "
        "or choose another --out folder",
    ),
    # applications and the opinion run
    "duplicate_application": Text(
        "银行 `{found}` 已有申请文件 {other}；一家银行一份",
        "`{found}` has an application already, {other}; keep one a bank",
    ),
    "foreign_outlet": Text(
        "网点 `{found}` 的检查记录写的是银行 `{bank}`；请核对申请或记录",
        "outlet `{found}` belongs to `{bank}` by its record; correct the application or the record",
    ),
    "same_day": Text(
        "网点 `{outlet}` 在 {date} 有两次适配检查（{other}）；请合并或改正日期",
        "outlet `{outlet}` has two adaptation inspections on {date} (see {other}); merge them or "
        "correct a date",
    ),
    "no_adaptation": Text(
        "没有可出具意见的适配检查记录", "there is no adaptation inspection to give an opinion on"
    ),
    # outputs and engines
    "cannot_write": Text(
        "无法写入（{why}）；请换一个可写的位置", "cannot be written ({why}); choose another place"
    ),
    "edited_output": Text(
        "该文件生成后被改动过；请移走它，或换一个 --out 文件夹",
        "has been edited since it was written; move it away or choose another --out folder",
    ),
    "durable_missing": Text(
        "durable-rules 不能在此导入（{why}）；请安装 extra `durable`，或用 --engine direct",
        "durable-rules cannot be imported here ({why}); install the extra `durable`, or use "
        "--engine direct",
    ),
    "durable_failed": Text(
        "durable-rules 在此记录上出错：{why}；未出具意见，请报告此问题",
        "durable-rules failed on this record: {why}; no opinion is issued, please report it",
    ),
    "sql_missing": Text(
        'SQL 引擎所需的库不能在此导入（{why}）；请安装：pip install "compliance[sql]"，'
        "或用 --engine direct",
        "what the SQL engine needs cannot be imported here ({why}); install it with "
        'pip install "compliance[sql]", or use --engine direct',
    ),
    "no_sql": Text(
        "规则 `{rule}` 的运算 `{found}` 不能译成 SQL；请改用其他运算",
        "rule `{rule}` uses `{found}`, which has no SQL; use another operator",
    ),
    "solver_differs": Text(
        "求解器与引擎 direct 对规则 `{found}` 的结论不同；未作任何判定，请报告此问题",
        "the solver and the engine `direct` differ on rule `{found}`; nothing is claimed, please report it",
    ),
    "engines_differ": Text(
        "两个引擎结论不同：{answers}；未出具意见，请报告此问题",
        "the engines differ: {answers}; no opinion is issued, please report it",
    ),
    "unquoted": Text(
        "应为文本，现为 {found}；请加引号", "expected text, got {found}; put it in quotes"
    ),
    "repeated": Text("此项已列过；请删去重复的一项", "is listed already; take one of the two away"),
}

HINT: Final = Text("；是否想写 `{name}`？", "; did you mean `{name}`?")

TYPES: Final[dict[str, Text]] = {
    "boolean": Text(" true 或 false", "true or false"),
    "fact_boolean": Text(" true、false 或 null", "true, false or null"),
    "integer": Text("整数", "a whole number"),
    "count": Text("不小于 1 的整数", "a whole number from 1"),
    "days": Text("不小于 0 的天数", "a number of days from 0"),
    "text": Text("文本", "text"),
    "string": Text("文本", "text"),
    "date": Text("日期 YYYY-MM-DD", "a date YYYY-MM-DD"),
    "list": Text("列表", "a list"),
    "array": Text("列表", "a list"),
    "object": Text("映射（键: 值）", "a mapping (key: value)"),
    "null": Text(" null", "null"),
    "number": Text("数字", "a number"),
    "texts": Text("非空的值列表", "a list of values that is not empty"),
    "id": Text(
        "字母、数字、点、连字符组成的编号",
        "an id of letters, digits, dots and hyphens",
    ),
    "name": Text("小写字母开头的名称", "a name of lower-case letters, digits and underscores"),
    "sha256": Text("64 位小写十六进制摘要", "a SHA-256 digest of 64 lower-case hex digits"),
    "moment": Text(
        "上海时间 YYYY-MM-DDTHH:MM:SS+08:00", "a time in Shanghai YYYY-MM-DDTHH:MM:SS+08:00"
    ),
    "day_or_moment": Text(
        "日期 YYYY-MM-DD 或上海时间 YYYY-MM-DDTHH:MM:SS+08:00",
        "a date YYYY-MM-DD or a time in Shanghai YYYY-MM-DDTHH:MM:SS+08:00",
    ),
    "value": Text("单个值或列表", "a single value or a list"),
    "digest16": Text("16 位小写十六进制摘要", "a digest of 16 lower-case hex digits"),
    "sentence_id": Text("条款号#序号，如 `4.3.1.5#1`", "CLAUSE#NUMBER, such as `4.3.1.5#1`"),
}
