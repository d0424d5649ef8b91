"""Checks of the texts that people read: are they there in both languages, and do they say anything.

May import `material` and everything below `assure`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from compliance.assure.lint.material import Material, about
from compliance.remarks import Remark
from compliance.source import Document, Path_, shown

_HAN: Final = re.compile("[〇㐀-鿿豈-﫿\U00020000-\U0003ffff]")
_LATIN: Final = re.compile("[A-Za-zÀ-ɏ]")
_NOTE_TO_SELF: Final = re.compile("(?<![A-Za-z])(?:TODO|TBD|TBA|FIXME|XXX+)(?![A-Za-z])", re.I)
_PLACEHOLDERS: Final = frozenset(
    {
        "待补",
        "待补充",
        "待定",
        "待译",
        "待翻译",
        "待填",
        "待填写",
        "待完善",
        "未翻译",
        "略",
        "无",
        "暂无",
        "占位",
        "na",
        "none",
        "nil",
        "placeholder",
        "translate",
        "translation",
        "untranslated",
        "tobedone",
        "tobetranslated",
        "tobedefined",
        "tobecompleted",
    }
)
_EMPTY_REMEDIES: Final = frozenset(
    {
        "整改",
        "请整改",
        "及时整改",
        "限期整改",
        "立即整改",
        "按要求整改",
        "按标准整改",
        "改正",
        "请改正",
        "同上",
        "见标准",
        "见条款",
        "correctit",
        "fixit",
        "rectify",
        "rectifyit",
        "improve",
        "improveit",
        "remedyit",
        "comply",
        "seestandard",
        "seethestandard",
        "seeclause",
        "seetheclause",
        "asabove",
        "ditto",
    }
)

Spoken = tuple[Document, Path_, str, dict[str, str]]
"""A text: its file, the way to it, the case it belongs to, and its words by language."""


def _texts(material: Material) -> Iterator[Spoken]:
    """Every text in two languages of rules, facts and clauses."""
    files = material.files
    for rule in files.book.rules:
        document, position = files.places[rule.id]
        for name in ("title", "remedy", "note"):
            yield from _text(document, (position,), name, rule.id)
    facts = files.documents["facts"]
    for fact in files.book.facts.values():
        at: Path_ = ("facts", fact.name)
        for path in (at, *((*at, "fields", field.name) for field in fact.fields)):
            for name in ("caption", "question"):
                yield from _text(facts, path, name, fact.name)
    standard = files.documents["standard"]
    for position, clause in enumerate(files.book.standard.clauses):
        for name in ("summary", "note"):
            yield from _text(standard, ("clauses", position), name, clause)


def _text(document: Document, path: Path_, name: str, case: str) -> Iterator[Spoken]:
    holder: Any = document.data
    for step in path:
        holder = holder[step]
    if name in holder:
        yield document, (*path, name), case, holder[name]


def missing_translation(material: Material) -> Iterator[Remark]:
    """Texts that are there and in the wrong language, or only keep a place."""
    for document, path, case, text in _texts(material):
        for lang, key in _untranslated(text, remedy=path[-1] == "remedy").items():
            place = document.place((*path, lang))
            yield about("missing-translation", key, place, case, found=shown(text[lang]))


def missing_remedy(material: Material) -> Iterator[Remark]:
    """Remedies that say nothing, or no more than the title."""
    for document, path, case, text in _texts(material):
        if path[-1] != "remedy":
            continue
        title = document.data[path[0]]["title"]
        untranslated = _untranslated(text, remedy=True)
        for lang, words in text.items():
            if lang in untranslated:
                continue
            place, bare = document.place((*path, lang)), _bare(words)
            if _keeps_a_place(words) or bare in _EMPTY_REMEDIES:
                yield about("missing-remedy", "empty-remedy", place, case, found=shown(words))
            elif bare == _bare(title[lang]):
                yield about("missing-remedy", "remedy-is-title", place, case)


def _untranslated(text: dict[str, str], *, remedy: bool) -> dict[str, str]:
    """The sentence to be said of each language in which a text is not there.

    A remedy that keeps a place is a missing remedy.
    """
    zh, en = text["zh"], text["en"]
    found = {}
    for lang, words in text.items():
        if _keeps_a_place(words):
            found[lang] = "" if remedy else "placeholder"
    if "zh" not in found and not _HAN.search(zh):
        found["zh"] = "no-chinese"
    if "en" not in found and not _LATIN.search(en) and (_HAN.search(en) or not _bare(en)):
        found["en"] = "no-english"
    if not found and zh.strip() == en.strip():
        found["en"] = "same-text"
    return {lang: key for lang, key in found.items() if key}


def _keeps_a_place(words: str) -> bool:
    return not _bare(words) or _bare(words) in _PLACEHOLDERS or bool(_NOTE_TO_SELF.search(words))


def _bare(words: str) -> str:
    """The words in small letters, without what is neither letter nor digit."""
    return "".join(char for char in words.casefold() if char.isalnum())
