"""What is said of the standard's sentences and what answers them. Imports nothing but Text."""

from __future__ import annotations

from typing import Final

from compliance.words import Text

FATES: Final = {
    "requirement": Text("要求", "requirement"),
    "recommendation": Text("推荐", "recommendation"),
    "procedure": Text("程序", "procedure step"),
    "definition": Text("定义", "definition"),
    "form": Text("表单", "form"),
    "not_checkable": Text("不作检查", "not checkable"),
}
HEADS: Final = (
    Text("条款", "clause"),
    Text("句数", "sentences"),
    Text("去向", "fate"),
    Text("答复", "answer"),
)
ANSWERS: Final = {
    "rules": Text("规则 {rules}", "rules {rules}"),
    "procedure": Text("程序：{text}", "procedure: {text}"),
    "document": Text("文件：{text}", "document: {text}"),
    "form": Text(
        "表{form}，由 `compliance opinion` 填写", "form {form}, filled in by `compliance opinion`"
    ),
    "items": Text("见各项：{items}", "its items: {items}"),
    "why": Text("{text}", "{text}"),
    "not_yet": Text("尚无答复：{text}", "not yet: {text}"),
    "": Text("没有答复", "no answer"),
}
COMMA: Final = Text("、", ", ")
PAIR: Final = Text("{name} {count}", "{name} {count}")
COUNTS: Final = Text("各类句数：{counts}。", "Sentences by fate: {counts}.")
WAITING: Final = Text(
    "尚无答复的 {count} 句，属于：{clauses}。", "Not yet answered, {count} sentences of: {clauses}."
)
SUMMARY: Final = Text(
    "标准共 {sentences} 句：已有答复 {answered} 句，尚无答复 {waiting} 句；{errors} 处问题。",
    "{sentences} sentences of the standard: {answered} answered, {waiting} not yet; {errors} problem(s).",
)
WROTE: Final = Text(
    "已更新 {path} 中的 {count} 个摘要：{names}",
    "updated {count} digest(s) in {path}: {names}",
)
WROTE_NONE: Final = Text(
    "{path} 中的摘要无须更新。", "the digests in {path} are current; nothing was written"
)
NONE_TO_READ: Final = Text("无（该处尚无规则）", "none (no rule answers it yet)")
SAYS: Final[dict[str, Text]] = {
    # the account itself
    "no_wording": Text(
        "规则目录中没有 wording.yaml，无从核对标准的每一句话；请新建该文件，写入 "
        "`parts: {{}}`、`sentences: []` 和 `captions: {{options: {{}}, boxes: {{}}, types: {{}}, captions: {{}}}}`，再运行 `compliance rules coverage DIR "
        "--standard FILE`，它会逐句、逐项列出可直接粘贴的行",
        "the folder has no wording.yaml, so that no sentence of the standard is accounted for; "
        "write one with `parts: {{}}`, `sentences: []` and `captions: {{options: {{}}, boxes: {{}}, types: {{}}, captions: {{}}}}`, then run `compliance rules "
        "coverage DIR --standard FILE`, which lists a line to paste for each sentence and caption",
    ),
    "clause_said_twice": Text(
        "`{found}` 在 standard.yaml 中已有去向，这里又写一次，两处可能不一致；请删去这里的一项",
        "`{found}` has its answer in standard.yaml already, and two answers may come to differ; "
        "take this one away",
    ),
    "two_answers": Text(
        "`{found}` 写了不止一种答复（{names}），无法判断以哪种为准；请只留一种",
        "`{found}` gives more than one answer ({names}), so that none can be relied on; keep one",
    ),
    "part_without_answer": Text(
        "`{found}` 没有答复，其中的句子无人负责；请写 form、items、why、not_yet 之一",
        "`{found}` has no answer, so that nobody answers for its sentences; write one of form, "
        "items, why, not_yet",
    ),
    "items_missing": Text(
        "`{found}` 由其各项答复，但 standard.yaml 中没有以 `{found}-` 开头的条款；"
        "请在那里补上各项，或改写答复",
        "`{found}` is answered by its items, but no clause of standard.yaml begins with "
        "`{found}-`; add the items there or answer otherwise",
    ),
    "rules_missing": Text(
        "条款 `{found}` 写明由规则答复（fate: rules），却没有列出规则；请在 answers 中列出规则编号，"
        "或改写 fate",
        "clause `{found}` is said to be answered by rules but names none; list their ids in "
        "`answers`, or give another fate",
    ),
    "note_missing": Text(
        "条款 `{found}` 没有规则，也没有说明原因，无从得知由谁落实；请用 note 说明由什么落实、在等什么",
        "clause `{found}` has no rule and no note, so that nobody can tell what answers it; say in "
        "`note` what does, or what it waits for",
    ),
    "answers_with_other_fate": Text(
        "条款 `{found}` 的去向是 {fate}，却又列出规则 {rules}；请写 fate: rules，或删去这些规则",
        "clause `{found}` has the fate {fate} and yet names the rules {rules}; write `fate: rules` "
        "or take them away",
    ),
    "fate_differs": Text(
        "句子 `{found}` 的去向是“{fate}”，与 `{part}` 的答复（{answer}）不相称：{why}",
        "sentence `{found}` has the fate {fate}, which does not go with the answer of `{part}` "
        "({answer}): {why}",
    ),
    "why_modal": Text(
        "要求、推荐和程序须有规则、文件、程序或各项答复；确实不能检查的，去向写 not_checkable",
        "what is asked needs rules, a document, a procedure or its items; what cannot be checked "
        "has the fate not_checkable",
    ),
    "why_form": Text(
        "表单须由已有的表单、规则、文件或程序答复",
        "a form needs a form, rules, a document or a procedure",
    ),
    "why_said": Text(
        "定义和不作检查的句子须用 why 说明原因；有规则的是要求或推荐",
        "a definition and what is not checkable need a `why`; what has rules is a requirement or "
        "a recommendation",
    ),
    "unknown_form": Text(
        "没有名为 `{found}` 的表单，现有：{known}；请改用现有的名称，尚未制作的写 not_yet",
        "there is no form `{found}`, only {known}; name one of these, and write `not_yet` for one "
        "still to be made",
    ),
    "unknown_clause": Text(
        "句子 `{found}` 所属的条款 `{part}` 既不在 standard.yaml 中，也不在 parts 中，因此没有答复；"
        "请改正编号，或在 parts 中写明{hint}",
        "sentence `{found}` belongs to `{part}`, which neither standard.yaml nor `parts` knows, so "
        "that nothing answers it; correct the id or add the part{hint}",
    ),
    "duplicate_sentence": Text(
        "句子编号 `{found}` 重复（另见第 {line} 行），一句话只能有一个去向；请改用下一个序号",
        "the sentence id `{found}` stands at line {line} too, and a sentence has one fate; take "
        "the next number",
    ),
    "clause_without_sentence": Text(
        "条款 `{found}` 在 wording.yaml 中没有任何句子，标准改动时不会有人重读它；请补上它的句子",
        "clause `{found}` has no sentence in wording.yaml, so that nobody would read it again when "
        "the standard changes; add its sentences",
    ),
    "sentence_verb": Text(
        "句子 `{found}` 的去向是“{fate}”，条款 `{clause}` 的用语却是 {verb}；“应”“不应”是要求，“宜”是推荐，"
        "请对照原文改正其中一处",
        "sentence `{found}` has the fate {fate}, but clause `{clause}` has the verb {verb}; 应 and "
        "不应 make a requirement, 宜 a recommendation: read the text and correct one of the two",
    ),
    "rule_verb": Text(
        "条款 `{clause}` 的用语是 {verb}，答复它的规则 `{found}` 却用 {other}，约束力因此改变；"
        "请对照原文改正其中一处",
        "clause `{clause}` has the verb {verb}, but the rule `{found}` that answers it has {other}, "
        "so that it binds otherwise than the standard; read the text and correct one of the two",
    ),
    "answer_differs": Text(
        "条款 `{clause}` 列出规则 `{found}`，该规则却写明属于条款 `{other}`；请改正其中一处，"
        "或在规则的 cites 中列出本条款",
        "clause `{clause}` names the rule `{found}`, which says that it is of clause `{other}`; "
        "correct one of the two, or list this clause in the rule's `cites`",
    ),
    "rule_without_clause": Text(
        "规则 `{found}` 以标准为依据，standard.yaml 的条款 `{clause}` 却没有把它列为答复；"
        "请在该条款的 answers 中列出",
        "rule `{found}` is based on the standard, but clause `{clause}` of standard.yaml does not "
        "name it; list it in the clause's `answers`",
    ),
    # against a text
    "wording_changed": Text(
        "句子 `{found}`（条款 {clause}）的文字已变；请重读这句话和规则：{rules}，改好后用 --write 更新摘要",
        "sentence `{found}` (clause {clause}) is worded otherwise; read it again and with it the "
        "rules: {rules}, then renew its digest with --write",
    ),
    "wording_new": Text(
        "这句话在 wording.yaml 中没有对应的一行（{where}）；请定下它的去向，粘贴下面一行，"
        "并重读相邻的规则：{rules}",
        "wording.yaml has no line for this sentence ({where}); decide its fate, paste "
        "the line below, and read the rules beside it again: {rules}",
    ),
    "wording_gone": Text(
        "句子 `{found}`（条款 {clause}）在给出的文本中已经没有；请删去这一行，并重读规则：{rules}",
        "sentence `{found}` (clause {clause}) is no longer in the given text; take its line away "
        "and read the rules again: {rules}",
    ),
    "at_the_beginning": Text("位于开头", "it is the first"),
    "follows": Text("位于 `{found}` 之后", "it follows `{found}`"),
    # captions
    "caption_differs": Text(
        "表单用语“{caption}”与附录B不一致（摘要不同）；表单须逐字照录，请改回原文",
        "the caption `{caption}` is not the one of annex B (their digests differ); the official "
        "form is quoted to the letter, so write what the annex has",
    ),
    "caption_not_in_text": Text(
        "给出的文本的附录B中没有表单用语“{caption}”；表单须逐字照录，请照附录改正",
        "annex B of the given text has no caption `{caption}`; the official form is quoted to the "
        "letter, so write what the annex has",
    ),
    "caption_without_digest": Text(
        "表单用语“{caption}”在 wording.yaml 的 captions 中没有摘要，改动时无从发现；"
        "请补上一行，`compliance rules coverage --standard FILE` 会给出这一行",
        "the caption `{caption}` has no digest in the `captions` of wording.yaml, so that a change "
        "would go unseen; add the line that `compliance rules coverage --standard FILE` shows",
    ),
    "caption_digest_old": Text(
        "表单用语“{caption}”与给出的文本一致，但 wording.yaml 中的摘要不是它的；"
        "请用 `compliance rules coverage --standard FILE --write` 更新",
        "the caption `{caption}` is as the given text has it, but its digest in wording.yaml is of "
        "other letters; renew it with `compliance rules coverage --standard FILE --write`",
    ),
    # the command
    "write_without_standard": Text(
        "没有标准文本就算不出摘要；请同时给出 --standard FILE",
        "digests come from the text of the standard; give --standard FILE as well",
    ),
    "write_without_wording": Text(
        "规则目录中没有 wording.yaml，没有可更新的摘要；请先建立该文件",
        "the folder has no wording.yaml, so that there is no digest to renew; write the file first",
    ),
    "other_text": Text(
        "{known} 句中只有 {same} 句与 wording.yaml 相符，看来不是这份标准；没有写入任何内容，请检查路径",
        "only {same} of {known} sentences are those of wording.yaml, so this looks like another "
        "document; nothing was written, check the path",
    ),
    "no_sentence": Text(
        "文件中没有任何句子；请给出标准全文的文本文件",
        "holds no sentence; give the whole text of the standard",
    ),
}


def say(key: str, /, **args: object) -> Text:
    """The sentence called `key`, its blanks filled in; a Text is filled in by language."""
    return SAYS[key].filled(**args)
