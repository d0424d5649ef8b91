"""Form B.1 as texts and ticks, before any layout.

May import everything below the engines and `dossier`, `derivation`, `clean` beside it. Every
text from a record is cleaned here; the captions come from the rule book to the letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from compliance.forms.clean import clean
from compliance.forms.derivation import derivation
from compliance.forms.dossier import Case, Dossier
from compliance.outcome import Basis, Finding, Opinion, Outcome, Reason
from compliance.rulebook import FormB1, RuleBook
from compliance.words import Lang
from compliance.words import forms as words


@dataclass(frozen=True, slots=True)
class Mark:
    """A caption with a circle or box before it, ticked or not."""

    caption: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One outlet on the form. `options` holds the two opinions, `boxes` the reasons."""

    number: str
    name: str
    types: tuple[Mark, ...]
    address: str
    contact: str
    phone: str
    options: tuple[Mark, ...]
    boxes: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """One outlet on the annex page: what its row rests on."""

    number: str
    outlet: str
    inspection: str
    date: str
    opinion: str
    digest: str
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Annex:
    """Our own page after the form."""

    title: str
    lines: tuple[str, ...]
    heads: tuple[str, ...]
    traces: tuple[Trace, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All of form B.1. `applicant` holds bank, contact, phone, address, submitted_on.

    `page` has the places {page} and {pages}; `date` (YYYY-MM-DD) is the file's own; `carried`
    is not shown (see `derivation`).
    """

    captions: Mapping[str, str]
    applicant: Mapping[str, str]
    rows: tuple[Row, ...]
    annex: Annex
    foot: tuple[str, ...]
    page: str
    date: str
    carried: str


def sheet(dossier: Dossier, book: RuleBook, lang: Lang) -> Sheet:
    """The form of one bank; `lang` is that of the annex page and the foot."""
    return Sheet(
        captions=book.form.captions,
        applicant=_applicant(dossier, book.form),
        rows=tuple(_row(n, case, book.form) for n, case in enumerate(dossier.cases, 1)),
        annex=_annex(dossier, book, lang),
        foot=foot(book.digest, dossier.records_digest, dossier.cases[0], lang),
        page=words.PAGE.in_(lang),
        date=dossier.latest,
        carried=derivation(dossier.cases, book.digest),
    )


def foot(rules: str, records: str, case: Case, lang: Lang) -> tuple[str, ...]:
    """What stands at the foot of each page: both digests in full and the tool's version."""
    values = {
        "rules": rules,
        "records": records,
        "version": clean(case.report.tool_version),
    }
    return tuple(part.in_(lang).format(**values) for part in words.FOOT)


def items(findings: Iterable[Finding], lang: Lang) -> str:
    """Findings named by clause and title, in one line."""
    return words.SEMICOLON.in_(lang).join(
        f"{clean(f.clause)} {clean(f.title.in_(lang))}" for f in findings
    )


def _applicant(dossier: Dossier, form: FormB1) -> dict[str, str]:
    application = dossier.application
    submitted = application.submitted_on if application else None
    date = form.captions["blank_date"]
    if submitted:
        year, month, day = submitted.split("-")
        date = f"{year} 年 {int(month)} 月 {int(day)} 日"
    return {
        "bank": clean(dossier.bank),
        "contact": clean(application.contact) if application else "",
        "phone": clean(application.phone) if application else "",
        "address": clean(application.address) if application else "",
        "submitted_on": date,
    }


def _row(number: int, case: Case, form: FormB1) -> Row:
    outlet, report = case.record.outlet, case.report
    reasons = report.reasons if report.opinion is Opinion.NON_CONFORMING else ()
    return Row(
        number=str(number),
        name=clean(outlet.name),
        types=tuple(Mark(text, type_ is outlet.type) for type_, text in form.types.items()),
        address=clean(outlet.address),
        contact=clean(outlet.contact),
        phone=clean(outlet.phone),
        options=tuple(
            Mark(form.options[opinion], opinion is report.opinion)
            for opinion in (Opinion.CONFORMING, Opinion.NON_CONFORMING)
        ),
        boxes=tuple(Mark(form.boxes[reason], reason in reasons) for reason in Reason),
    )


def _annex(dossier: Dossier, book: RuleBook, lang: Lang) -> Annex:
    version = clean(dossier.cases[0].report.tool_version)
    records = words.ANNEX_RECORD if len(dossier.cases) == 1 else words.ANNEX_RECORDS
    return Annex(
        title=words.ANNEX_TITLE.in_(lang),
        lines=(
            words.ANNEX_INTRO.in_(lang),
            words.ANNEX_RULES.in_(lang).format(rules=book.digest),
            words.ANNEX_VERSION.in_(lang).format(version=version),
            records.in_(lang).format(records=dossier.records_digest),
        ),
        heads=tuple(head.in_(lang) for head in words.ANNEX_HEADS),
        traces=tuple(_trace(n, case, book.form, lang) for n, case in enumerate(dossier.cases, 1)),
    )


def _trace(number: int, case: Case, form: FormB1, lang: Lang) -> Trace:
    record, report = case.record, case.report
    opinion = report.opinion
    return Trace(
        number=str(number),
        outlet=f"{clean(record.outlet.name)} {clean(record.outlet.id)}",
        inspection=clean(report.inspection),
        date=record.inspection.date,
        opinion=words.OPINIONS[opinion].in_(lang) if opinion else "",
        digest=report.record_digest,
        remarks=tuple(_remarks(case, form, lang)),
    )


def _remarks(case: Case, form: FormB1, lang: Lang) -> Iterable[str]:
    report = case.report
    failed = report.having(Outcome.FAIL, binding=True)
    for reason in report.reasons:
        ours = [f for f in failed if f.reason is reason and f.basis is Basis.OWNER]
        if ours:
            alone = all(f.basis is Basis.OWNER for f in failed if f.reason is reason)
            text = words.OWNER_ALONE if alone else words.OWNER_TOO
            titles = words.SEMICOLON.in_(lang).join(clean(f.title.in_(lang)) for f in ours)
            yield text.in_(lang).format(box=form.boxes[reason], titles=titles)
    waiting = report.having(Outcome.NOT_OBSERVED, binding=True)
    if waiting:
        pending = report.opinion is Opinion.PENDING
        head = words.STILL_NEEDED if pending else words.STILL_OPEN
        yield head.in_(lang) + words.COLON.in_(lang) + items(waiting, lang)
