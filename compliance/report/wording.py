"""Findings and opinions in words, shared by the formats that people read.

May import everything up to `remarks`, and the package. All text that comes from a
record passes through `visible`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from compliance.condition import FactType
from compliance.outcome import (
    Basis,
    Dispute,
    EvidenceFile,
    Finding,
    Opinion,
    Outcome,
    Report,
    Statement,
    Verb,
    Witness,
)
from compliance.remarks.visible import is_unseen as is_unseen
from compliance.remarks.visible import visible as visible
from compliance.report import View
from compliance.words import report as words


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
        subject = text.in_(view.lang).format(
            fact=subject, position=witness.position, name=visible(witness.name or "")
        )
    told = [_dispute(dispute, view) for dispute in witness.disputed]
    if witness.month is not None:
        month = words.MONTH[outcome.value].in_(view.lang).format(month=visible(witness.month))
        told.insert(0, month)
    if told:
        value = words.COMMA.in_(view.lang).join(told)
    elif witness.position is not None:
        return subject
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


def disputed(dispute: Dispute, view: View) -> str:
    """A contradiction on one line: of what, and what each visit found."""
    subject, _, rest = dispute.path.partition(".")
    root, _, at = subject.partition("[")
    position = int(at[:-1]) + 1 if rest else None
    witness = Witness(subject if rest else root, position, disputed=(dispute,))
    return _witness(witness, Outcome.NOT_OBSERVED, view)


def _dispute(dispute: Dispute, view: View) -> str:
    """A contradiction: which field, where it is one, and what each visit found."""
    root, _, rest = dispute.path.partition("[")
    fact = view.book.facts.get(root)
    field = fact.field(rest.rpartition(".")[2]) if fact and rest else None
    hidden = field is not None and field.personal
    said = words.LISTED.in_(view.lang).join(
        _statement(each, view, hidden=hidden) for each in dispute.said
    )
    text = words.DISPUTED.in_(view.lang).format(said=said)
    if field is None:
        return text
    return words.SAID.in_(view.lang).format(fact=visible(field.caption.in_(view.lang)), value=text)


def _statement(said: Statement, view: View, *, hidden: bool) -> str:
    if hidden:
        value = "…"
    elif said.members is None:
        value = _value(said.value, view)
    else:
        value = words.MEMBERS.in_(view.lang).format(count=said.members)
    return words.STATEMENT.in_(view.lang).format(
        value=value, inspector=visible(said.inspector), at=visible(said.at[:10])
    )


def _value(value: bool | int | str | None, view: View) -> str:
    if value is None:
        return words.NOT_OBSERVED.in_(view.lang)
    if isinstance(value, bool):
        return (words.YES if value else words.NO).in_(view.lang)
    return visible(str(value))


def sentence(report: Report, finding: Finding, view: View) -> str:
    """A finding on one line: whose, which clause, the outcome, why, and what to do."""
    said = words.SAID.in_(view.lang)
    where = f"{report.outlet} {finding.clause} {finding.title.in_(view.lang)}"
    found = outcome(finding, view)
    if apart := marks(finding, view):
        listed = words.LISTED.in_(view.lang).join(apart)
        found += words.BRACKETS.in_(view.lang).format(text=listed)
    parts = [said.format(fact=visible(where), value=found)]
    if because := words.LISTED.in_(view.lang).join(decided(finding, view)):
        parts.append(said.format(fact=words.DECIDED.in_(view.lang), value=because))
    if finding.outcome is Outcome.FAIL:
        remedy = visible(finding.remedy.in_(view.lang))
        parts.append(said.format(fact=words.REMEDY.in_(view.lang), value=remedy))
    return words.SEMICOLON.in_(view.lang).join(parts)


def evidence(file: EvidenceFile, view: View) -> str:
    """A file and the caption of the fact that it shows."""
    fact = view.book.facts.get(file.fact)
    caption = visible(fact.caption.in_(view.lang) if fact else file.fact)
    return words.SAID.in_(view.lang).format(fact=caption, value=visible(file.name or file.file))


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
