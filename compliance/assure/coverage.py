"""Where the account of the standard fails: an answer, a clause or a rule that does not fit.

May import `words`, `outcome`, `errors`, `source`, `load` and `remarks`, and `account` beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from compliance.assure.account import ANSWER_KEYS, Account, Answer, Fate, Part, Sentence
from compliance.errors import Place
from compliance.load import WORDING, RuleFiles
from compliance.outcome import Basis
from compliance.remarks import Level, Remark
from compliance.remarks.visible import visible
from compliance.source import Document, hint
from compliance.words import listed
from compliance.words.coverage import FATES, say

_MODAL: Final = (Fate.REQUIREMENT, Fate.RECOMMENDATION, Fate.PROCEDURE)
_DONE: Final = (Answer.RULES, Answer.PROCEDURE, Answer.DOCUMENT, Answer.NOT_YET, Answer.NONE)
_SUITS: Final[Mapping[Fate, tuple[Answer, ...]]] = {
    **dict.fromkeys(_MODAL, (*_DONE, Answer.ITEMS)),
    Fate.FORM: (*_DONE, Answer.FORM),
    **dict.fromkeys(
        (Fate.DEFINITION, Fate.NOT_CHECKABLE), (Answer.WHY, Answer.NOT_YET, Answer.NONE)
    ),
}
"""The answers that go with a fate; one that is missing is said once, at its part."""

_REASONS: Final[Mapping[Fate, str]] = {
    **dict.fromkeys(_MODAL, "why_modal"),
    Fate.FORM: "why_form",
    Fate.DEFINITION: "why_said",
    Fate.NOT_CHECKABLE: "why_said",
}
_VERBS: Final[Mapping[Fate, tuple[str, ...]]] = {
    Fate.REQUIREMENT: ("shall", "shall_not"),
    Fate.RECOMMENDATION: ("should",),
    Fate.PROCEDURE: ("procedure",),
}
_ITEM_VERBS: Final[Mapping[Fate, tuple[str, ...]]] = {
    Fate.REQUIREMENT: ("shall", "shall_not", "procedure"),
    Fate.RECOMMENDATION: ("should",),
    Fate.PROCEDURE: ("shall", "shall_not", "should", "procedure"),
}
"""What items may be introduced by: a step of a procedure may hold a recommendation."""

_RULE_VERBS: Final[Mapping[str, tuple[str, ...]]] = {
    "shall": ("shall",),
    "shall_not": ("shall_not",),
    "should": ("should",),
    "procedure": ("shall", "shall_not"),
}


def account_remarks(files: RuleFiles, account: Account) -> tuple[Remark, ...]:
    """Everything that is wrong with the account of a rules folder, without the text.

    A folder without wording.yaml accounts for nothing, which is an error: `no-wording`.
    """
    remarks = list(_clause_remarks(files))
    document = files.documents.get(WORDING)
    if document is None:
        remark = Remark("no-wording", Level.ERROR, Place(str(files.folder)), say("no_wording"))
        return (remark, *remarks)
    for id_, data in document.data["parts"].items():
        remarks += _part_remarks(document, id_, data, account, files)
    remarks += _sentence_remarks(account)
    return tuple(remarks)


def _clause_remarks(files: RuleFiles) -> Iterator[Remark]:
    """What is wrong with the clauses of standard.yaml and the rules that answer them."""
    document = files.documents["standard"]
    for n, clause in enumerate(files.book.standard.clauses.values()):
        place = document.place(("clauses", n, "fate"))
        if clause.fate == Answer.RULES and not clause.answers:
            yield _error("sentence-without-answer", place, clause.id, "rules_missing")
        elif clause.fate != Answer.RULES and not clause.note:
            yield _error("sentence-without-answer", place, clause.id, "note_missing")
        if clause.fate != Answer.RULES and clause.answers:
            more = {"fate": clause.fate, "rules": listed(clause.answers)}
            yield _error("fate-differs", place, clause.id, "answers_with_other_fate", **more)
        for i, name in enumerate(clause.answers):
            rule = files.book.rule(name)
            if rule is None:  # an owner's rule that was left out
                continue
            at = document.place(("clauses", n, "answers", i))
            more = {"clause": clause.id, "verb": clause.verb, "other": rule.verb.value}
            if rule.verb.value not in _RULE_VERBS[clause.verb]:
                yield _error("verb-differs", at, name, "rule_verb", **more)
            if clause.id not in (rule.clause, *rule.cites):
                more["other"] = rule.clause
                yield _error("answer-differs", at, name, "answer_differs", **more)
    for rule in files.book.rules:
        named = files.book.standard.clauses[rule.clause].answers
        if rule.basis is Basis.STANDARD and rule.id not in named:
            at = files.place(rule.id, "clause")
            yield _error(
                "rule-without-clause", at, rule.id, "rule_without_clause", clause=rule.clause
            )


def _part_remarks(
    document: Document, id_: str, data: Any, account: Account, files: RuleFiles
) -> Iterator[Remark]:
    place = document.place(("parts", id_), key=True)
    if id_ in files.book.standard.clauses:
        yield _error("clause-said-twice", place, id_, "clause_said_twice")
        return
    keys = [key for key in ANSWER_KEYS if key in data]
    if not keys:
        yield _error("sentence-without-answer", place, id_, "part_without_answer")
    elif len(keys) > 1:
        yield _error("two-answers", place, id_, "two_answers", names=listed(keys))
    elif keys == ["items"] and not account.parts[id_].items:
        yield _error("sentence-without-answer", place, id_, "items_missing")
    known = files.book.form.captions["table_label"].removeprefix("表")
    if data.get("form", known) != known:
        at = document.place(("parts", id_, "form"))
        said = say("unknown_form", found=visible(data["form"]), known=known)
        yield Remark("unknown-form", Level.ERROR, at, said, id_)


def _sentence_remarks(account: Account) -> Iterator[Remark]:
    seen: dict[str, Sentence] = {}
    for sentence in account.sentences:
        at = sentence.place
        if sentence.id in seen:
            line = seen[sentence.id].place.line
            yield _error("duplicate-sentence", at, sentence.id, "duplicate_sentence", line=line)
        seen.setdefault(sentence.id, sentence)
        part = account.parts.get(sentence.part)
        if part is None:
            more = {"part": sentence.part, "hint": hint(sentence.part, account.parts)}
            yield _error("unknown-clause", at, sentence.id, "unknown_clause", **more)
        else:
            yield from _suits(sentence, part, account.parts)
    accounted = {sentence.part for sentence in account.sentences}
    for part in account.parts.values():
        if part.id not in accounted:
            yield _error("clause-without-sentence", part.place, part.id, "clause_without_sentence")


def _suits(sentence: Sentence, part: Part, parts: Mapping[str, Part]) -> Iterator[Remark]:
    """Whether the fate goes with the answer and with the verb of what is asked."""
    fate = FATES[sentence.fate.value]
    if part.answer not in _SUITS[sentence.fate]:
        more = {"part": part.id, "answer": part.answer.value, "why": say(_REASONS[sentence.fate])}
        yield _error("fate-differs", sentence.place, sentence.id, "fate_differs", fate=fate, **more)
    if sentence.fate not in _MODAL:
        return
    asked = [part, *(parts[item] for item in part.items)]
    for other in asked:
        verbs = (_VERBS if other is part else _ITEM_VERBS)[sentence.fate]
        if other.verb and other.verb not in verbs:
            more = {"clause": other.id, "verb": other.verb}
            yield _error(
                "verb-differs", sentence.place, sentence.id, "sentence_verb", fate=fate, **more
            )


def _error(check: str, place: Place, found: str, key: str, **args: object) -> Remark:
    """An error about `found`: a clause, or a sentence or a rule of one, which is the case."""
    case = str(args.get("clause", found)).partition("#")[0]
    return Remark(check, Level.ERROR, place, say(key, found=visible(found), **args), case)
