"""The reports as CSV for spreadsheets: RFC 4180, a row a finding, safe to open.

May import everything up to `remarks`, and the package and `wording` beside it.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from compliance.outcome import EvidenceFile, Finding, Report
from compliance.remarks.visible import is_unseen
from compliance.report import View
from compliance.report.wording import decided, visible

COLUMNS: Final = (
    *("inspection", "outlet", "stage", "opinion", "reasons"),
    *("rule", "clause", "verb", "basis", "outcome", "reason", "trial"),
    *("title", "remedy", "witnesses", "evidence"),
    *("rules_digest", "record_digest", "tool_version", "engine", "evaluated_on"),
)
"""The columns; contract words stay untranslated, texts are in the language asked for."""

_BYTE_ORDER_MARK: Final = "\ufeff"  # without it Excel reads Chinese as a local code page
_SEPARATOR: Final = "; "
_FORMULA: Final = ("=", "+", "-", "@")


def write(reports: Sequence[Report], view: View) -> str:
    """A head and one row a finding; an inspection without findings has one row as well."""
    out = io.StringIO(newline="")
    out.write(_BYTE_ORDER_MARK)
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow(COLUMNS)
    for report in reports:
        lines.writerows([safe(cell) for cell in row] for row in _rows(report, view))
    return out.getvalue()


def safe(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula.

    What a spreadsheet might skip or widen before it looks is looked through here:
    white space, unseen characters and the full-width forms of the signs.
    """
    if text[:1] in ("\t", "\r"):
        return "'" + visible(text)
    first = next((char for char in text if not (char.isspace() or is_unseen(char))), "")
    formula = unicodedata.normalize("NFKC", first).startswith(_FORMULA)
    return ("'" if formula else "") + visible(text)


def _rows(report: Report, view: View) -> Iterator[tuple[str, ...]]:
    head = (
        report.inspection,
        report.outlet,
        report.stage.value,
        report.opinion.value if report.opinion else "",
        _SEPARATOR.join(reason.value for reason in report.reasons),
    )
    foot = (
        report.rules_digest,
        report.record_digest,
        report.tool_version,
        report.engine,
        report.evaluated_on,
    )
    blank = ("",) * (len(COLUMNS) - len(head) - len(foot))
    for cells in [_finding(finding, view) for finding in report.findings] or [blank]:
        yield (*head, *cells, *foot)


def _finding(finding: Finding, view: View) -> tuple[str, ...]:
    return (
        finding.rule,
        finding.clause,
        finding.verb.value,
        finding.basis.value,
        finding.outcome.value,
        finding.reason.value if finding.reason else "",
        "true" if finding.trial else "false",
        finding.title.in_(view.lang),
        finding.remedy.in_(view.lang),
        _SEPARATOR.join(decided(finding, view)),
        _SEPARATOR.join(_evidence(file) for file in finding.evidence),
    )


def _evidence(file: EvidenceFile) -> str:
    return f"{file.fact}: {file.file}" + (f" ({file.sha256})" if file.sha256 else "")
