"""Where a finding is decided: the record's file and, where known, the line in it.

May import everything up to `remarks`, and the package.
"""

from __future__ import annotations

from compliance.errors import Place
from compliance.outcome import Finding, Report
from compliance.rulebook import INSPECTION_FACTS


def place_of(report: Report, finding: Finding) -> Place:
    """The place of the first witness that has one, else of the record."""
    file, line = _file(report.source)
    for witness in finding.witnesses:
        if witness.line is not None:
            return Place(file, witness.line, witness.column, _path(witness.path))
    path = _path(finding.witnesses[0].path) if finding.witnesses else ""
    return Place(file, line, None, path)


def _path(witness: str) -> str:
    return witness if witness in INSPECTION_FACTS else f"observations.{witness}"


def _file(source: str) -> tuple[str, int | None]:
    """The file of a source and, where it names a line of NDJSON, that line."""
    file, _, line = source.rpartition(":")
    if file.lower().endswith(".ndjson") and line.isdecimal():
        return file, int(line)
    return source, None
