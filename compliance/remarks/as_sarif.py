"""A review as SARIF 2.1.0, for code-scanning services and editors.

May import what the package imports, `sarif` and `visible` beside it.
"""

from __future__ import annotations

from compliance.remarks import Review
from compliance.remarks.sarif import Result, log
from compliance.remarks.visible import visible
from compliance.words import Lang


def write(review: Review, lang: Lang) -> str:
    """A log of one run with a result a remark."""
    results = [
        Result(
            remark.check,
            remark.level.value,
            remark.place,
            remark.text.in_(lang),
            # English in every run: a result stays the same in another language.
            (remark.case, remark.text.en),
            remark.shown_by,
        )
        for remark in review.remarks
    ]
    properties = {"summary": visible(review.summary.in_(lang)), "cases": len(review.cases)}
    return log(review.command, results, {}, properties, lang)
