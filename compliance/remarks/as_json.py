"""A review as JSON, for scripts.

May import what the package imports, and `visible` beside it.
"""

from __future__ import annotations

from typing import Any

from compliance.remarks import Remark, Review
from compliance.remarks.visible import json_text
from compliance.words import Lang


def write(review: Review, lang: Lang) -> str:
    """One object; the keys stand in a fixed order."""
    return json_text(
        {
            "command": review.command,
            "cases": list(review.cases),
            "summary": review.summary.in_(lang),
            "remarks": [_remark(remark, lang) for remark in review.remarks],
        }
    )


def _remark(remark: Remark, lang: Lang) -> dict[str, Any]:
    return {
        "check": remark.check,
        "level": remark.level.value,
        "file": remark.place.file,
        "line": remark.place.line,
        "column": remark.place.column,
        "path": remark.place.path,
        "case": remark.case,
        "text": remark.text.in_(lang),
        "shown_by": remark.shown_by,
    }
