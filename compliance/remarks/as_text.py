"""A review as plain text: a line a remark, what shows it below, the summary last.

May import what the package imports.
"""

from __future__ import annotations

from collections.abc import Iterator

from compliance.remarks import Review
from compliance.words import Lang


def write(review: Review, lang: Lang) -> str:
    """The review as lines that a terminal or an editor takes for places in files."""
    return "\n".join(_lines(review, lang)) + "\n"


def _lines(review: Review, lang: Lang) -> Iterator[str]:
    for remark in review.remarks:
        yield remark.message(lang)
        yield from (f"    {line}".rstrip() for line in remark.shown_by.splitlines())
    yield review.summary.in_(lang)
