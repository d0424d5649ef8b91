"""The reports as JUnit XML: a suite an inspection, a test case a requirement.

May import everything up to `remarks`, and the package and the modules beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from compliance.outcome import Finding, Outcome, Report
from compliance.remarks.junit import Case, Said, Suite, document
from compliance.report import View
from compliance.report.place import place_of
from compliance.report.wording import opinion, sentence
from compliance.words import report as words


def write(reports: Sequence[Report], view: View) -> str:
    """A failure where a binding requirement fails, an error where it was not observed.

    Both keep an inspection from conforming. Advice and trials pass, and say what they found.
    """
    return document([_suite(report, view) for report in reports])


def _suite(report: Report, view: View) -> Suite:
    cases = tuple(_case(report, finding, view) for finding in report.findings)
    said = words.SAID.in_(view.lang).format(
        fact=words.OPINION.in_(view.lang), value=opinion(report, view)
    )
    return Suite(f"{report.outlet} {report.inspection}", cases, said)


def _case(report: Report, finding: Finding, view: View) -> Case:
    name = f"{finding.rule} {finding.title.in_(view.lang)}"
    case = Case(f"{report.outlet} {report.inspection}", name)
    if finding.outcome is Outcome.PASS:
        return case
    if finding.outcome is Outcome.NOT_APPLICABLE:
        return replace(case, skipped=True)
    text = sentence(report, finding, view)
    place = place_of(report, finding)
    case = replace(case, file=place.file, line=place.line)
    if not finding.binding:
        return replace(case, output=text)
    said = (Said(finding.outcome.value, text),)
    failed = finding.outcome is Outcome.FAIL
    return replace(case, failures=said) if failed else replace(case, errors=said)
