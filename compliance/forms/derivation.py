"""What a document carries, unseen, so that its opinions can be derived again.

A DOCX holds it as a custom XML part, a PDF among its keywords; both are kept by programs that
edit the file. Outlets by id, no personal data. May import `outcome` and `dossier` beside it.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Sequence
from typing import Any, Final

from compliance.forms.dossier import Case
from compliance.outcome import Outcome, Report

NAMESPACE: Final = "urn:compliance:derivation"
"""The XML namespace of the custom part's one element, `derivation`."""

KEYWORD: Final = "compliance-derivation:"
"""What the keyword of a PDF begins with; base64 of the deflated text follows."""

_KEYWORD_LIMIT: Final = 32_767  # characters of a string in PDF/A-2


def outlet_entry(case: Case) -> dict[str, Any]:
    """One outlet as `opinions.json` has it: its opinion, what it follows from, the record."""
    report = case.report
    return {
        "outlet": report.outlet,
        "inspection": report.inspection,
        "evaluated_on": report.evaluated_on,
        "opinion": report.opinion.value if report.opinion else None,
        "reasons": [reason.value for reason in report.reasons],
        "failed": rules_having(report, Outcome.FAIL),
        "not_observed": rules_having(report, Outcome.NOT_OBSERVED),
        "record_digest": report.record_digest,
    }


def rules_having(report: Report, outcome: Outcome) -> list[str]:
    """The ids of the binding rules with an outcome; advice is left out."""
    return [finding.rule for finding in report.having(outcome, binding=True)]


def derivation(cases: Sequence[Case], rules_digest: str) -> str:
    """What a document of these cases carries: JSON in ASCII, the keys of `opinions.json`."""
    content = {
        "rules_digest": rules_digest,
        "tool_version": cases[0].report.tool_version,
        "outlets": [outlet_entry(case) for case in cases],
    }
    return json.dumps(content, separators=(",", ":"))


def keywords(carried: str) -> tuple[str, ...]:
    """The keyword of a PDF that carries this; none where PDF/A has no room for it.

    There is room for some 450 outlets.
    """
    packed = base64.b64encode(zlib.compress(carried.encode("ascii"), 9)).decode("ascii")
    word = KEYWORD + packed
    return (word,) if len(word) <= _KEYWORD_LIMIT else ()
