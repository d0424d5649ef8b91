"""A review as JUnit XML: a case of the review is a test case.

May import what the package imports, and `junit` beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from compliance.remarks import Level, Remark, Review
from compliance.remarks.junit import Case, Said, Suite, document
from compliance.words import Lang


def write(review: Review, lang: Lang) -> str:
    """One suite; a remark that belongs to none of the cases is a case of its own."""
    known = set(review.cases)
    named: dict[str, list[Remark]] = {case: [] for case in review.cases}
    for remark in review.remarks:
        case = remark.case if remark.case in known else f"{remark.check} {remark.place}"
        named.setdefault(case, []).append(remark)
    cases = [_case(review.command, name, found, lang) for name, found in named.items()]
    suite = Suite(f"compliance {review.command}", tuple(cases), review.summary.in_(lang))
    return document([suite])


def _case(command: str, name: str, remarks: Sequence[Remark], lang: Lang) -> Case:
    failures = [remark for remark in remarks if remark.level is Level.ERROR]
    warnings = [remark for remark in remarks if remark.level is not Level.ERROR]
    case = Case(
        command,
        name,
        failures=tuple(Said(remark.check, _text(remark, lang)) for remark in failures),
        output="\n".join(_text(remark, lang) for remark in warnings),
    )
    if not remarks:
        return case
    place = (failures or warnings)[0].place
    return replace(case, file=place.file, line=place.line)


def _text(remark: Remark, lang: Lang) -> str:
    said = remark.message(lang)
    return f"{said}\n{remark.shown_by}" if remark.shown_by else said
