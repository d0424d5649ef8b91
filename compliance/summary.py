"""What `opinion` prints when it is done: each bank in a few lines, then what was written.

May import `filing` and everything below it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from compliance.filing import BankFiling
from compliance.forms import Case
from compliance.forms.derivation import rules_having
from compliance.outcome import Opinion, Outcome
from compliance.report.wording import visible
from compliance.rulebook import RuleBook
from compliance.words import Lang
from compliance.words.commands import say
from compliance.words.report import REASONS


def summary(
    filings: Sequence[BankFiling], names: Sequence[str], out: Path, book: RuleBook, lang: Lang
) -> str:
    """The opinions of a run by bank, who waits for what, and the paths written."""
    lines = [visible(line) for filing in filings for line in _bank(filing, lang)]
    cases = [case for filing in filings for case in filing.cases]
    lines += ["", say("total", lang, outlets=len(cases), **_counts(cases))]
    lines += [say("paths", lang, out=out), *(f"  {out / name}" for name in names)]
    return "\n".join(lines)


def _counts(cases: Iterable[Case]) -> dict[str, int]:
    counts = Counter(case.report.opinion for case in cases)
    return {opinion.value: counts[opinion] for opinion in Opinion}


def _bank(filing: BankFiling, lang: Lang) -> Iterator[str]:
    yield filing.bank
    yield say("counts", lang, **_counts(filing.cases))
    if filing.application is None:
        yield say("no_application", lang)
    for case in filing.cases:
        outlet, report = case.record.outlet, case.report
        if report.opinion is Opinion.NON_CONFORMING:
            reasons = "、" if lang == "zh" else ", "
            yield say(
                "non_conforming",
                lang,
                outlet=outlet.id,
                name=outlet.name,
                reasons=reasons.join(REASONS[r.value].in_(lang) for r in report.reasons),
            )
        elif report.opinion is Opinion.PENDING:
            missing = rules_having(report, Outcome.NOT_OBSERVED)
            yield say(
                "pending",
                lang,
                outlet=outlet.id,
                name=outlet.name,
                count=len(missing),
                missing=", ".join(missing),
            )
    if filing.not_inspected:
        yield say("not_inspected", lang, outlets=", ".join(filing.not_inspected))
    if filing.aside:
        ids = ", ".join(case.record.outlet.id for case in filing.aside)
        yield say("not_applied", lang, outlets=ids)
