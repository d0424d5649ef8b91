"""The reports as JSON, the contract of the design, section 6.

May import everything up to `remarks`, and the package.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from compliance.outcome import Dispute, Finding, Report, Witness
from compliance.remarks.visible import json_text
from compliance.report import View


def write(reports: Sequence[Report], view: View) -> str:
    """One array with an element a report; keys in a fixed order, indented by 2."""
    return json_text([_report(report, view) for report in reports])


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
        "disputed": [_dispute(dispute) for dispute in witness.disputed] or None,
    }
    return {key: value for key, value in said.items() if value is not None}


def _dispute(dispute: Dispute) -> dict[str, Any]:
    said = (
        {
            "value": each.value,
            "members": each.members,
            "inspector": each.inspector,
            "inspection": each.inspection,
            "at": each.at,
        }
        for each in dispute.said
    )
    kept = [{key: value for key, value in each.items() if value is not None} for each in said]
    return {"path": dispute.path, "said": kept}
