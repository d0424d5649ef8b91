"""Findings and opinions in words, shared by the formats that people read.

May import everything up to `rulebook`, and the package. All text that comes from a
record passes through `visible`.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import Final

from compliance.condition import FactType
from compliance.outcome import Basis, EvidenceFile, Finding, Opinion, Outcome, Report, Verb, Witness
from compliance.report import View
from compliance.words import report as words

# Control and format characters, lone surrogates, line and paragraph separators: they move
# the cursor, turn the line round, or hide.
_UNSEEN: Final = {"Cc", "Cf", "Cs", "Zl", "Zp"}
# Scripts and emoji need the joiners to be spelt at all.
_JOINERS: Final = {"\u200c", "\u200d"}


def is_unseen(char: str) -> bool:
    """Whether a character acts on the display or hides, instead of being seen."""
    return unicodedata.category(char) in _UNSEEN and char not in _JOINERS


def visible(text: str) -> str:
    """The text on one line, each character that is not seen as its escape (`\\x1b`)."""
    unseen = {ord(char): _escape(char) for char in set(text) if is_unseen(char)}
    return text.translate(unseen) if unseen else text


def _escape(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def outcome(finding: Finding, view: View) -> str:
    """The outcome in words."""
    return words.OUTCOMES[finding.outcome.value].in_(view.lang)


def marks(finding: Finding, view: View) -> tuple[str, ...]:
    """What sets a finding apart from a requirement of the standard: advice, trial, owner."""
    said = (
        (finding.verb is Verb.SHOULD, words.ADVICE),
        (finding.trial, words.TRIAL),
        (finding.basis is Basis.OWNER, words.OWNER),
    )
    return tuple(text.in_(view.lang) for holds, text in said if holds)


def decided(finding: Finding, view: View) -> tuple[str, ...]:
    """Each witness of a finding in words."""
    return tuple(_witness(witness, finding.outcome, view) for witness in finding.witnesses)


def _witness(witness: Witness, outcome: Outcome, view: View) -> str:
    root = witness.path.partition("[")[0]
    fact = view.book.facts.get(root)
    caption = fact.caption if fact else words.DATES.get(root)
    subject = visible(caption.in_(view.lang) if caption else witness.path)
    if witness.position is not None:
        text = words.MEMBER if witness.name is None else words.PERSON
        return text.in_(view.lang).format(
            fact=subject, position=witness.position, name=visible(witness.name or "")
        )
    if witness.month is not None:
        value = words.MONTH[outcome.value].in_(view.lang).format(month=visible(witness.month))
    elif witness.value is None and fact and fact.type is FactType.LIST:
        value = _LIST[outcome].in_(view.lang)
    else:
        value = _value(witness.value, view)
    return words.SAID.in_(view.lang).format(fact=subject, value=value)


_LIST: Final = {
    Outcome.PASS: words.NONE_LISTED,
    Outcome.FAIL: words.NONE_SUITABLE,
    Outcome.NOT_OBSERVED: words.NOT_OBSERVED,
    Outcome.NOT_APPLICABLE: words.NONE_LISTED,
}


def _value(value: bool | int | str | None, view: View) -> str:
    if value is None:
        return words.NOT_OBSERVED.in_(view.lang)
    if isinstance(value, bool):
        return (words.YES if value else words.NO).in_(view.lang)
    return visible(str(value))


def evidence(file: EvidenceFile, view: View) -> str:
    """A file and the caption of the fact that it shows."""
    fact = view.book.facts.get(file.fact)
    caption = visible(fact.caption.in_(view.lang) if fact else file.fact)
    return words.SAID.in_(view.lang).format(fact=caption, value=visible(file.file))


def opinion(report: Report, view: View) -> str:
    """The opinion in words, with its reasons in brackets."""
    text = _opinion(report.opinion, view)
    if not report.reasons:
        return text
    reasons = words.LISTED.in_(view.lang).join(
        words.REASONS[reason.value].in_(view.lang) for reason in report.reasons
    )
    return text + words.BRACKETS.in_(view.lang).format(text=reasons)


def _opinion(opinion: Opinion | None, view: View) -> str:
    text = words.NO_OPINION if opinion is None else words.OPINIONS[opinion.value]
    return text.in_(view.lang)


def summary(reports: Sequence[Report], view: View) -> str:
    """How many inspections there are, and how many of each opinion."""
    counts = Counter(report.opinion for report in reports)
    total = words.TOTAL_ONE if len(reports) == 1 else words.TOTAL
    said = total.in_(view.lang).format(count=len(reports))
    listed = words.COMMA.in_(view.lang).join(
        words.COUNT.in_(view.lang).format(name=_opinion(opinion, view), count=counts[opinion])
        for opinion in (*Opinion, None)
        if counts[opinion]
    )
    return words.SUMMARY.in_(view.lang).format(total=said, counts=listed) if listed else said
