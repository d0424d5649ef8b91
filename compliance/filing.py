"""The opinion run: which inspection speaks for an outlet, and what each bank is handed.

May import everything below and `forms`. Writes B.1 for each bank, a notice for each
non-conforming outlet, and `opinions.json` from which each opinion can be derived again.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from compliance import output
from compliance.errors import Place, Problem
from compliance.forms import Case, Dossier, b1_docx, b1_pdf, notice_docx, notice_pdf
from compliance.forms.derivation import outlet_entry
from compliance.outcome import Opinion, Stage
from compliance.record import Application, Record
from compliance.rulebook import RuleBook
from compliance.source import fault
from compliance.words import Lang

INDEX: Final = "opinions.json"
NOTICES: Final = "整改建议"


@dataclass(frozen=True, slots=True)
class BankFiling:
    """One bank's dossier, and the outlets that are on one side only.

    `dossier` is None where no outlet of the bank stands on the form. `aside` are cases of
    outlets that the bank did not apply for; `not_inspected` the ids applied for in vain.
    """

    bank: str
    dossier: Dossier | None
    aside: tuple[Case, ...]
    not_inspected: tuple[str, ...]
    application: Application | None

    @property
    def cases(self) -> tuple[Case, ...]:
        """All cases of the bank, those on the form first."""
        return (*(self.dossier.cases if self.dossier else ()), *self.aside)


def latest(records: Sequence[Record]) -> tuple[tuple[Record, ...], tuple[Problem, ...]]:
    """The latest adaptation inspection of each outlet, by outlet id.

    Two of one outlet and date are a problem each, and the outlet is left out.
    """
    by_outlet: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        if record.inspection.stage is Stage.ADAPTATION:
            by_outlet[record.outlet.id].append(record)
    chosen, problems = [], []
    for outlet, visits in sorted(by_outlet.items()):
        day = max(visit.inspection.date for visit in visits)
        last = [visit for visit in visits if visit.inspection.date == day]
        if len(last) == 1:
            chosen.append(last[0])
            continue
        for visit in last:
            others = ", ".join(other.source for other in last if other is not visit)
            problems.append(
                fault(Place(visit.source), "same_day", outlet=outlet, date=day, other=others)
            )
    return tuple(chosen), tuple(problems)


def by_bank(
    cases: Sequence[Case], applications: Sequence[Application]
) -> tuple[tuple[BankFiling, ...], tuple[Problem, ...]]:
    """The cases of each bank in its application's order, by outlet id where there is none."""
    problems: list[Problem] = []
    known = {case.record.outlet.id: case for case in cases}
    applied = {application.bank: application for application in applications}
    filings = []
    for bank in sorted({case.record.outlet.bank for case in cases} | set(applied)):
        own = [case for case in cases if case.record.outlet.bank == bank]
        application = applied.get(bank)
        if application is None:
            filings.append(BankFiling(bank, Dossier(bank, None, tuple(own)), (), (), None))
            continue
        wanted = list(dict.fromkeys(application.outlets))
        rows = [known[i] for i in wanted if i in known and known[i] in own]
        for i in wanted:
            if i in known and known[i] not in own:
                place = Place(application.source, path="outlets")
                theirs = known[i].record.outlet.bank
                problems.append(fault(place, "foreign_outlet", found=i, bank=theirs))
        filings.append(
            BankFiling(
                bank,
                Dossier(bank, application, tuple(rows)) if rows else None,
                tuple(case for case in own if case.record.outlet.id not in wanted),
                tuple(i for i in wanted if i not in known),
                application,
            )
        )
    return tuple(filings), tuple(problems)


def write(
    filings: Sequence[BankFiling],
    book: RuleBook,
    out: Path,
    lang: Lang,
    *,
    without: Sequence[str] = (),
    step: Callable[[], None] = lambda: None,
) -> tuple[str, ...]:
    """Write everything into `out`, whole or not at all; the names of what was written.

    `step` is called after each document. Raises OutputError where the folder cannot be
    written or holds a document that was edited, InputError where no font has a character.
    """
    with output.folder(out) as partial:
        digests: dict[str, str] = {}
        for name, render in documents(filings, book, lang):
            data = render()
            (partial / name).parent.mkdir(parents=True, exist_ok=True)
            (partial / name).write_bytes(data)
            digests[name] = output.sha256(data)
            step()
        index = json.dumps(_index(filings, book, without, digests), ensure_ascii=False, indent=2)
        (partial / INDEX).write_bytes((index + "\n").encode())
        output.place_all(partial, out, INDEX, digests)
    return (*digests, INDEX)


def documents(
    filings: Sequence[BankFiling], book: RuleBook, lang: Lang
) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """The name of each document and what makes its bytes."""
    for filing in filings:
        dossier = filing.dossier
        if dossier is not None:
            stem = f"B.1-{output.file_name(filing.bank)}"
            yield f"{stem}.docx", lambda d=dossier: b1_docx(d, book, lang)  # type: ignore[misc]
            yield f"{stem}.pdf", lambda d=dossier: b1_pdf(d, book, lang)  # type: ignore[misc]
        for case in filing.cases:
            if case.report.opinion is Opinion.NON_CONFORMING:
                stem = _notice_stem(case)
                yield f"{stem}.docx", lambda c=case: notice_docx(c, book, lang)  # type: ignore[misc]
                yield f"{stem}.pdf", lambda c=case: notice_pdf(c, book, lang)  # type: ignore[misc]


def _notice_stem(case: Case) -> str:
    return f"{NOTICES}/{NOTICES}-{output.file_name(case.record.outlet.id)}"


def _index(
    filings: Sequence[BankFiling],
    book: RuleBook,
    without: Sequence[str],
    digests: Mapping[str, str],
) -> dict[str, Any]:
    reports = [case.report for filing in filings for case in filing.cases]
    return {
        "rules_digest": book.digest,
        "without": list(without),
        "tool_version": reports[0].tool_version if reports else None,
        "engine": reports[0].engine if reports else None,
        "banks": [_bank(filing, digests) for filing in filings],
        "files": dict(digests),
    }


def _bank(filing: BankFiling, digests: Mapping[str, str]) -> dict[str, Any]:
    stem = f"B.1-{output.file_name(filing.bank)}"
    on_form = filing.dossier.cases if filing.dossier else ()
    return {
        "bank": filing.bank,
        "application": filing.application is not None,
        "form": [name for name in (f"{stem}.docx", f"{stem}.pdf") if name in digests],
        "outlets": [
            {"row": row, **_outlet(case, digests)} for row, case in enumerate(on_form, start=1)
        ]
        + [{"row": None, **_outlet(case, digests)} for case in filing.aside],
        "not_inspected": list(filing.not_inspected),
    }


def _outlet(case: Case, digests: Mapping[str, str]) -> dict[str, Any]:
    stem = _notice_stem(case)
    return {
        **outlet_entry(case),
        "notice": [name for name in (f"{stem}.docx", f"{stem}.pdf") if name in digests],
    }
