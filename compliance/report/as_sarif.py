"""The reports as SARIF 2.1.0: what fails or waits, at the line of the record that says so.

May import everything up to `remarks`, and the package and the modules beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal

from compliance.outcome import Finding, Outcome, Report
from compliance.remarks.sarif import Result, log
from compliance.report import View
from compliance.report.place import place_of
from compliance.report.wording import sentence
from compliance.words import Text


def write(reports: Sequence[Report], view: View) -> str:
    """A log of one run. Passes are left out; every inspection stands in the run's properties."""
    results = [result for report in reports for result in _results(report, view)]
    titles: dict[str, Text] = {}
    for report in reports:
        titles.update({finding.rule: finding.title for finding in report.findings})
    properties = {
        "rules_digest": view.book.digest,
        "inspections": [_inspection(report) for report in reports],
    }
    return log("check", results, titles, properties, view.lang)


def _results(report: Report, view: View) -> Iterator[Result]:
    for finding in report.findings:
        if (level := _level(finding)) is not None:
            yield Result(
                finding.rule,
                level,
                place_of(report, finding),
                sentence(report, finding, view),
                (report.inspection, finding.outcome.value),
                properties={
                    "inspection": report.inspection,
                    "outlet": report.outlet,
                    "clause": finding.clause,
                    "outcome": finding.outcome.value,
                    "binding": finding.binding,
                },
            )


def _level(finding: Finding) -> Literal["error", "warning", "note"] | None:
    """How much a finding counts; None where nothing is to be said of it."""
    if finding.outcome is Outcome.FAIL:
        return "error" if finding.binding else "note"
    return "warning" if finding.outcome is Outcome.NOT_OBSERVED and finding.binding else None


def _inspection(report: Report) -> dict[str, Any]:
    return {
        "inspection": report.inspection,
        "outlet": report.outlet,
        "stage": report.stage.value,
        "opinion": report.opinion.value if report.opinion else None,
        "reasons": [reason.value for reason in report.reasons],
        "record_digest": report.record_digest,
        "engine": report.engine,
        "evaluated_on": report.evaluated_on,
    }
