"""The account of the standard: each clause, each sentence, and what answers it.

It is wording.yaml; a clause of standard.yaml keeps its answer there. May import `words`,
`errors`, `source`, `rulebook` and `load`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from compliance.errors import Place
from compliance.load import WORDING, RuleFiles
from compliance.source import Document
from compliance.words import Text


class Fate(str, Enum):
    """What a sentence of the standard is; each has exactly one."""

    REQUIREMENT = "requirement"
    RECOMMENDATION = "recommendation"
    PROCEDURE = "procedure"
    DEFINITION = "definition"
    FORM = "form"
    NOT_CHECKABLE = "not_checkable"


class Answer(str, Enum):
    """What answers the sentences of a clause; NONE where nothing is said to."""

    RULES = "rules"
    PROCEDURE = "procedure"
    DOCUMENT = "document"
    FORM = "form"
    ITEMS = "items"
    WHY = "why"
    NOT_YET = "not_yet"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A clause, or another part of the text, and its answer.

    `verb` is the clause's, empty for what is no clause of standard.yaml; `items` are the
    clauses that answer for it, `text` says what answers it or why nothing has to. `readers`
    are all rules to read again when its wording changes: its answers, and rules that cite it.
    `waits` where it, or one of its items, is not answered yet.
    """

    id: str
    written: Text
    verb: str
    answer: Answer
    rules: tuple[str, ...]
    readers: tuple[str, ...]
    items: tuple[str, ...]
    form: str
    text: Text
    waits: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: `CLAUSE#NUMBER`, its fate and the digest of its wording."""

    id: str
    fate: Fate
    digest: str
    place: Place

    @property
    def part(self) -> str:
        """The clause or other part that the sentence belongs to."""
        return self.id.partition("#")[0]


@dataclass(frozen=True, slots=True)
class Account:
    """Parts by id in the order of their first sentences, and the sentences in their order."""

    parts: Mapping[str, Part]
    sentences: tuple[Sentence, ...]

    def of(self, part: str) -> tuple[Sentence, ...]:
        """The sentences of a part."""
        return tuple(s for s in self.sentences if s.part == part)

    def waiting(self) -> tuple[Sentence, ...]:
        """The sentences that nothing answers yet."""
        return tuple(s for s in self.sentences if s.part in self.parts and self.parts[s.part].waits)


ANSWER_KEYS: Final = ("form", "items", "why", "not_yet")
"""The ways in which wording.yaml answers a part; one each."""

_NO_TEXT: Final = Text("", "")


def read_account(files: RuleFiles) -> Account:
    """The account of a rules folder; without wording.yaml there are clauses but no sentences."""
    document = files.documents.get(WORDING)
    parts = _clauses(files)
    sentences: tuple[Sentence, ...] = ()
    if document is not None:
        for id_, data in document.data["parts"].items():
            if id_ not in parts:
                parts[id_] = _part(document, id_, data, parts)
        sentences = tuple(_sentences(document))
    first = {s.part: n for n, s in reversed(list(enumerate(sentences)))}
    last = len(sentences)
    ordered = sorted(parts.values(), key=lambda part: first.get(part.id, last))
    return Account({part.id: part for part in ordered}, sentences)


def _clauses(files: RuleFiles) -> dict[str, Part]:
    document = files.documents["standard"]
    return {
        clause.id: Part(
            id=clause.id,
            written=Text(clause.written, clause.written),
            verb=clause.verb,
            answer=Answer(clause.fate),
            rules=clause.answers,
            readers=_once(*clause.answers, *_citing(files, clause.id)),
            items=(),
            form="",
            text=clause.note or _NO_TEXT,
            waits=clause.fate == Answer.NOT_YET,
            place=document.place(("clauses", n, "id")),
        )
        for n, clause in enumerate(files.book.standard.clauses.values())
    }


def _citing(files: RuleFiles, clause: str) -> Iterator[str]:
    for rule in files.book.rules:
        if clause in (rule.clause, *rule.cites):
            yield rule.id


def _once(*names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _part(document: Document, id_: str, data: Any, clauses: Mapping[str, Part]) -> Part:
    answer = next((Answer(key) for key in ANSWER_KEYS if key in data), Answer.NONE)
    given = data.get(answer.value) if answer is not Answer.NONE else None
    items = [p for p in clauses.values() if p.verb and p.id.startswith(f"{id_}-")]
    items = items if answer is Answer.ITEMS else []
    written = data.get("written")
    return Part(
        id=id_,
        written=Text(written["zh"], written["en"]) if written else Text(id_, id_),
        verb="",
        answer=answer,
        rules=_once(*(rule for item in items for rule in item.rules)),
        readers=_once(*(rule for item in items for rule in item.readers)),
        items=tuple(item.id for item in items),
        form=str(given) if answer is Answer.FORM else "",
        text=Text(given["zh"], given["en"]) if isinstance(given, dict) else _NO_TEXT,
        waits=answer is Answer.NOT_YET or any(item.waits for item in items),
        place=document.place(("parts", id_), key=True),
    )


def _sentences(document: Document) -> Iterator[Sentence]:
    for n, data in enumerate(document.data["sentences"]):
        place = document.place(("sentences", n, "id"))
        yield Sentence(data["id"], Fate(data["fate"]), data["digest"], place)
