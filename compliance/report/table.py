"""The reports as a table for terminals, aligned with Chinese text.

May import everything up to `rulebook`, and the package and `wording` beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tabulate import tabulate
from wcwidth import wcswidth

from compliance.outcome import Finding, Report
from compliance.report import View
from compliance.report.wording import decided, marks, opinion, outcome, summary, visible
from compliance.words import report as words

Cells = tuple[str, ...]

_HEADS: Final = (words.OUTCOME, words.CLAUSE, words.MARKS, words.TITLE, words.DECIDED)
_FREE: Final = 2  # the last columns, requirement and witnesses, share what the others leave
_GAP: Final = 2
_HEAD_ROOM: Final = 2  # tabulate makes a column at least that much wider than its head
_NARROWEST: Final = 14


def write(reports: Sequence[Report], view: View) -> str:
    """An inspection after the other, each finding in the report's order, then the counts."""
    parts = [_inspection(report, view) for report in reports]
    return "\n\n".join([*parts, summary(reports, view)]) + "\n"


def _inspection(report: Report, view: View) -> str:
    head = "  ".join(
        (
            visible(report.outlet),
            visible(report.inspection),
            visible(report.evaluated_on),
            words.STAGES[report.stage.value].in_(view.lang),
            opinion(report, view),
        )
    )
    if not report.findings:
        return f"{head}\n{words.NO_FINDINGS.in_(view.lang)}"
    heads = tuple(text.in_(view.lang) for text in _HEADS)
    rows = [_row(finding, view) for finding in report.findings]
    table = tabulate(
        rows,
        headers=heads,
        tablefmt="simple",
        disable_numparse=True,
        maxcolwidths=_widths(heads, rows, view.width),
    )
    return f"{head}\n" + "\n".join(line.rstrip() for line in table.splitlines())


def _row(finding: Finding, view: View) -> Cells:
    return (
        outcome(finding, view),
        visible(finding.clause),
        words.LISTED.in_(view.lang).join(marks(finding, view)),
        visible(finding.title.in_(view.lang)),
        words.SEMICOLON.in_(view.lang).join(decided(finding, view)),
    )


def _widths(heads: Cells, rows: Sequence[Cells], width: int | None) -> list[int | None] | None:
    """The most columns that each cell may take, None where it may take what it needs."""
    if width is None:
        return None
    natural = [
        max(wcswidth(head) + _HEAD_ROOM, *map(wcswidth, column))
        for head, column in zip(heads, zip(*rows, strict=True), strict=True)
    ]
    title, witnesses = natural[-_FREE:]
    free = width - sum(natural[:-_FREE]) - _GAP * (len(natural) - 1)
    if title + witnesses <= free:
        return None
    share = min(title, max(free // 2, free - witnesses, _NARROWEST))
    return [*[None] * (len(natural) - _FREE), share, max(free - share, _NARROWEST)]
