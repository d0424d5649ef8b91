"""The account of the standard as people and programs read it: a table, counts, JSON.

May import `words` and `remarks`, and `account` beside it; tabulate when asked.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from compliance.assure.account import Account, Answer, Fate, Part, Sentence
from compliance.remarks import Level, Remark, Review, render
from compliance.remarks.visible import json_text, visible
from compliance.words import Lang, Text, listed
from compliance.words import coverage as words

_GAP: Final = 2
_HEAD_ROOM: Final = 2  # tabulate makes a column at least that much wider than its head
_NARROWEST: Final = 24


def review(account: Account, remarks: Sequence[Remark]) -> Review:
    """The remarks as a review whose cases are the clauses and other parts of the text."""
    waiting = len(account.waiting())
    total = len(account.sentences)
    known = sum(s.part in account.parts for s in account.sentences)
    errors = sum(remark.level is Level.ERROR for remark in remarks)
    summary = words.SUMMARY.filled(
        sentences=total, answered=known - waiting, waiting=waiting, errors=errors
    )
    return Review("rules coverage", tuple(account.parts), tuple(remarks), summary)


def as_text(account: Account, review: Review, lang: Lang, width: int | None) -> str:
    """A row for each clause, the counts, then the review; `width` in columns, None for any."""
    counts = _counts(account, lang)
    lines = [*_table(account, lang, width), "", *counts, *([""] if counts else [])]
    return "\n".join(lines) + "\n" + render("text", review, lang)


def as_json(account: Account, review: Review, lang: Lang) -> str:
    """The review as JSON, with every clause and every sentence."""
    data: dict[str, Any] = json.loads(render("json", review, lang))
    data["counts"] = {
        "sentences": len(account.sentences),
        "not_yet": len(account.waiting()),
        "by_fate": {fate.value: count for fate, count in _by_fate(account.sentences).items()},
    }
    data["clauses"] = [_clause(account, part, lang) for part in account.parts.values()]
    data["sentences"] = [
        {
            "id": sentence.id,
            "clause": sentence.part,
            "fate": sentence.fate.value,
            "digest": sentence.digest,
            "line": sentence.place.line,
        }
        for sentence in account.sentences
    ]
    return json_text(data)


def _clause(account: Account, part: Part, lang: Lang) -> dict[str, Any]:
    return {
        "id": part.id,
        "written": part.written.in_(lang),
        "verb": part.verb or None,
        "answer": part.answer.value or None,
        "not_yet": part.waits,
        "rules": list(part.rules),
        "read_again": list(part.readers),
        "items": list(part.items),
        "form": part.form or None,
        "text": part.text.in_(lang) or None,
        "sentences": [sentence.id for sentence in account.of(part.id)],
    }


def _by_fate(sentences: Sequence[Sentence]) -> dict[Fate, int]:
    count = Counter(sentence.fate for sentence in sentences)
    return {fate: count[fate] for fate in Fate if count[fate]}


def _counts(account: Account, lang: Lang) -> list[str]:
    comma = words.COMMA.in_(lang)
    pairs = (
        words.PAIR.filled(name=words.FATES[fate.value], count=count).in_(lang)
        for fate, count in _by_fate(account.sentences).items()
    )
    lines = [words.COUNTS.in_(lang).format(counts=comma.join(pairs))] if account.sentences else []
    if waiting := account.waiting():
        names = dict.fromkeys(account.parts[s.part].written.in_(lang) for s in waiting)
        said = words.WAITING.in_(lang)
        lines.append(said.format(count=len(waiting), clauses=comma.join(names)))
    return lines


def _table(account: Account, lang: Lang, width: int | None) -> list[str]:
    from tabulate import tabulate
    from wcwidth import wcswidth

    heads = [head.in_(lang) for head in words.HEADS]
    rows = [_row(account, part, lang) for part in account.parts.values()]
    most: list[int | None] | None = None
    if width is not None and rows:
        used = [
            max(wcswidth(head) + _HEAD_ROOM, *map(wcswidth, column))
            for head, column in zip(heads[:-1], list(zip(*rows))[:-1])
        ]
        left = width - sum(used) - _GAP * len(used)
        most = [*[None] * len(used), max(left, _NARROWEST)]
    table = tabulate(
        rows, headers=heads, tablefmt="simple", disable_numparse=True, maxcolwidths=most
    )
    return [line.rstrip() for line in table.splitlines()]


def _row(account: Account, part: Part, lang: Lang) -> tuple[str, ...]:
    own = account.of(part.id)
    fates = _by_fate(own)
    said = [words.FATES[fate.value].in_(lang) for fate in fates]
    if len(fates) > 1:
        said = [f"{name} {count}" for name, count in zip(said, fates.values())]
    fate = words.COMMA.in_(lang).join(said)
    answer = visible(_answer(part, account).in_(lang))
    return visible(part.written.in_(lang)), str(len(own)), fate, answer


def _answer(part: Part, account: Account) -> Text:
    items = tuple(account.parts[item].written.zh for item in part.items)
    if part.answer is Answer.ITEMS and part.waits:
        waiting = [
            account.parts[item].written.zh for item in part.items if account.parts[item].waits
        ]
        return words.ANSWERS["not_yet"].filled(text=listed(waiting))
    return words.ANSWERS[part.answer.value].filled(
        rules=listed(part.rules),
        items=listed(items),
        form=part.form,
        text=part.text,
    )
