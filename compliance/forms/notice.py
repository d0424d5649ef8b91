"""The rectification notice (整改建议) as texts, before any layout.

May import everything below the engines and `dossier`, `derivation`, `clean`, `sheet` beside it.
No ID number or phone of a member of staff gets into it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from compliance.condition import EveryMonthSince, FactType, Holds, Test, tests_of
from compliance.forms.clean import clean, masked
from compliance.forms.derivation import derivation
from compliance.forms.dossier import Case
from compliance.forms.sheet import foot
from compliance.outcome import Basis, Finding, Outcome, Witness
from compliance.record import Member, Value
from compliance.rulebook import Fact, Rule, RuleBook
from compliance.words import Lang
from compliance.words import forms as words


@dataclass(frozen=True, slots=True)
class Entry:
    """A label and what stands beside it, a line each."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One requirement that was not met."""

    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with items or plain lines; `lines` says so where there is nothing."""

    heading: str
    items: tuple[Item, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """All of the notice. `facts` names outlet, bank and inspection; `blanks` are left open.

    `page` has the places {page} and {pages}; `date` (YYYY-MM-DD) is the file's own; `carried`
    is not shown (see `derivation`).
    """

    lang: str
    title: str
    facts: tuple[Entry, ...]
    intro: str
    sections: tuple[Section, ...]
    blanks: tuple[str, ...]
    foot: tuple[str, ...]
    page: str
    date: str
    carried: str


def notice(case: Case, book: RuleBook, lang: Lang) -> Notice:
    """The notice of one outlet: what failed, the advice that failed, what waits."""
    record, report = case.record, case.report
    none = (words.NONE.in_(lang),)
    values = (
        record.outlet.name,
        record.outlet.id,
        record.outlet.bank,
        record.outlet.address,
        record.inspection.id,
        record.inspection.date,
    )
    must, advice = (
        tuple(_item(case, f, book, lang) for f in report.having(Outcome.FAIL, binding=binding))
        for binding in (True, False)
    )
    waiting = tuple(_line(f, lang) for f in report.having(Outcome.NOT_OBSERVED))
    return Notice(
        lang=lang,
        title=words.NOTICE_TITLE.in_(lang),
        facts=tuple(
            Entry(label.in_(lang), (clean(value),))
            for label, value in zip(words.NOTICE_FACTS, values, strict=True)
        ),
        intro=words.NOTICE_INTRO.in_(lang).format(standard=book.standard.title.in_(lang)),
        sections=(
            Section(words.FAILED_HEAD.in_(lang), must, () if must else none),
            Section(words.ADVICE_HEAD.in_(lang), advice, () if advice else none),
            Section(words.WAITING_HEAD.in_(lang), (), waiting or none),
        ),
        blanks=(words.SEAL.in_(lang), words.DATED.in_(lang)),
        foot=foot(book.digest, report.record_digest, case, lang),
        page=words.PAGE.in_(lang),
        date=record.inspection.date,
        carried=derivation((case,), book.digest),
    )


def _line(finding: Finding, lang: Lang) -> str:
    mark = words.OWNER_MARK.in_(lang) + " " if finding.basis is Basis.OWNER else ""
    return f"{mark}{clean(finding.clause)} {clean(finding.title.in_(lang))}"


def _item(case: Case, finding: Finding, book: RuleBook, lang: Lang) -> Item:
    private = _private(case)
    rule = book.rule(finding.rule)
    names = dict.fromkeys(_facts(finding, rule))
    notes = tuple(
        masked(case.record.notes[name], private, lang)
        for name in names
        if case.record.notes.get(name)
    )
    files = tuple(dict.fromkeys(masked(e.name or e.file, private, lang) for e in finding.evidence))
    basis = words.BASES[finding.basis].in_(lang).format(clause=clean(finding.clause))
    entries = (
        Entry(words.SEEN.in_(lang), tuple(_seen(case, finding, rule, book, lang))),
        Entry(words.NOTE.in_(lang), notes),
        Entry(words.EVIDENCE.in_(lang), files),
        Entry(words.REMEDY.in_(lang), (clean(finding.remedy.in_(lang)),)),
        Entry(words.RESTS_ON.in_(lang), (basis,)),
    )
    return Item(_line(finding, lang), tuple(entry for entry in entries if entry.lines))


def _private(case: Case) -> frozenset[str]:
    staff = case.record.observations.get("staff")
    members = staff if isinstance(staff, tuple) else ()
    return frozenset(
        text
        for member in members
        for field in ("id_number", "phone")
        if (text := clean(str(member.get(field) or "")))
    )


def _facts(finding: Finding, rule: Rule | None) -> Iterator[str]:
    """The facts that a finding is about: those of its witnesses, else those its rule reads."""
    for witness in finding.witnesses:
        yield witness.path.split("[")[0]
    if not finding.witnesses and rule is not None:
        if isinstance(rule.require, Holds):
            yield from (test.fact for test in tests_of(rule.require.that))
        else:
            yield rule.require.of


def _seen(
    case: Case, finding: Finding, rule: Rule | None, book: RuleBook, lang: Lang
) -> Iterator[str]:
    witnesses = finding.witnesses or tuple(Witness(name) for name in _facts(finding, rule))
    for witness in witnesses:
        fact = book.facts.get(witness.path.split("[")[0])
        caption = clean(fact.caption.in_(lang)) if fact else clean(witness.path)
        if witness.month is not None:
            yield words.MISSING_MONTH.in_(lang).format(list=caption, month=witness.month)
        elif witness.position is not None:
            yield _member(case, witness, caption, fact, rule, lang)
        else:
            value = witness.value
            if value is None:
                value = _said(case.record.observed(witness.path), lang)
            yield caption + words.COLON.in_(lang) + _value(value, lang)


def _said(value: Value, lang: Lang) -> bool | int | str | None:
    if isinstance(value, tuple):
        return (words.NONE_SUITABLE if value else words.NONE_LISTED).in_(lang)
    return value


def _value(value: bool | int | str | None, lang: Lang) -> str:
    if value is None:
        return words.NOT_OBSERVED.in_(lang)
    if isinstance(value, bool):
        return (words.YES if value else words.NO).in_(lang)
    return clean(str(value))


def _member(
    case: Case,
    witness: Witness,
    caption: str,
    fact: Fact | None,
    rule: Rule | None,
    lang: Lang,
) -> str:
    """A member by position and name, with what was seen of it where the rule asks."""
    head = words.MEMBER.in_(lang).format(list=caption, position=witness.position)
    if witness.name:
        head += " " + masked(witness.name, _private(case), lang)
    listed = case.record.observations.get(fact.name) if fact else None
    position = witness.position or 0
    if fact is None or rule is None or not isinstance(listed, tuple) or position > len(listed):
        return head
    seen = words.COMMA.in_(lang).join(_fields(listed[position - 1], fact, rule, lang))
    return head + words.COLON.in_(lang) + seen if seen else head


def _fields(member: Member, fact: Fact, rule: Rule, lang: Lang) -> Iterator[str]:
    require = rule.require
    if isinstance(require, Holds) or (isinstance(require, EveryMonthSince) and not require.that):
        return
    tests: Iterator[Test] = tests_of(require.that) if require.that else iter(())
    for name in dict.fromkeys(test.fact for test in tests):
        field = fact.field(name)
        if field is not None and not field.personal and field.type is not FactType.LIST:
            yield f"{clean(field.caption.in_(lang))} {_value(member.get(name), lang)}"
