"""The reports as JSON, the contract of the design, section 6.

May import everything up to `rulebook`, and the package and `wording` beside it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from compliance.outcome import Finding, Report, Witness
from compliance.report import View
from compliance.report.wording import is_unseen


def write(reports: Sequence[Report], view: View) -> str:
    """One array with an element a report; keys in a fixed order, indented by 2."""
    text = json.dumps([_report(report, view) for report in reports], ensure_ascii=False, indent=2)
    # The same value, in ASCII where a terminal would act on it or UTF-8 cannot hold it.
    unseen = {ord(char): json.dumps(char)[1:-1] for char in set(text) - {"\n"} if is_unseen(char)}
    return text.translate(unseen) + "\n"


def _report(report: Report, view: View) -> dict[str, Any]:
    return {
        "inspection": report.inspection,
        "outlet": report.outlet,
        "stage": report.stage.value,
        "opinion": report.opinion.value if report.opinion else None,
        "reasons": [reason.value for reason in report.reasons],
        "findings": [_finding(finding, view) for finding in report.findings],
        "rules_digest": report.rules_digest,
        "record_digest": report.record_digest,
        "tool_version": report.tool_version,
        "engine": report.engine,
        "evaluated_on": report.evaluated_on,
    }


def _finding(finding: Finding, view: View) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "clause": finding.clause,
        "verb": finding.verb.value,
        "basis": finding.basis.value,
        "outcome": finding.outcome.value,
        "reason": finding.reason.value if finding.reason else None,
        "title": finding.title.in_(view.lang),
        "remedy": finding.remedy.in_(view.lang),
        "witnesses": [_witness(witness) for witness in finding.witnesses],
        "evidence": [
            {"fact": file.fact, "file": file.file, "sha256": file.sha256}
            for file in finding.evidence
        ],
        **({"trial": True} if finding.trial else {}),
    }


def _witness(witness: Witness) -> dict[str, Any]:
    said = {
        "path": witness.path,
        "position": witness.position,
        "name": witness.name,
        "month": witness.month,
        "value": witness.value,
    }
    return {key: value for key, value in said.items() if value is not None}
