"""What the forms are filled from: one bank's inspected outlets in the form's order.

May import `outcome` and `record`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from compliance.outcome import Report
from compliance.record import Application, Record


@dataclass(frozen=True, slots=True)
class Case:
    """One outlet's inspection and what the rules say of it."""

    record: Record
    report: Report


@dataclass(frozen=True, slots=True)
class Dossier:
    """One bank's rows of form B.1. `cases` has at least one, in the form's order."""

    bank: str
    application: Application | None
    cases: tuple[Case, ...]

    def __post_init__(self) -> None:
        if not self.cases:
            raise ValueError("a dossier has at least one case")

    @property
    def records_digest(self) -> str:
        """SHA-256 (hex) that stands for the records.

        That of the record where there is one; else over the record digests in row order,
        joined by newlines.
        """
        digests = [case.report.record_digest for case in self.cases]
        if len(digests) == 1:
            return digests[0]
        return hashlib.sha256("\n".join(digests).encode("ascii")).hexdigest()

    @property
    def latest(self) -> str:
        """The date of the latest inspection (YYYY-MM-DD): the documents' own date."""
        return max(case.record.inspection.date for case in self.cases)
