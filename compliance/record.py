"""An inspection record as an immutable value.

May import `words`, `outcome`, `condition`, `rulebook` and `errors`. Built by `submission`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Union

from compliance.condition import Scalar
from compliance.outcome import Dispute, EvidenceFile, Stage
from compliance.rulebook import OutletType

Member = Mapping[str, Union[Scalar, None]]
Value = Union[Scalar, tuple[Member, ...], None]
"""A fact's value: a scalar, the members of a list, or None where it was not observed."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """The visit; dates are texts YYYY-MM-DD."""

    id: str
    stage: Stage
    date: str
    inspector: str
    previous_inspection_date: str | None = None


@dataclass(frozen=True, slots=True)
class Outlet:
    """The outlet visited; what B.1 asks about it."""

    id: str
    name: str
    type: OutletType
    bank: str
    address: str | None = None
    contact: str | None = None
    phone: str | None = None
    district: str | None = None
    listed_on: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """A valid record. `digest` is SHA-256 (hex) over the RFC 8785 form of its content.

    `observations` holds what stands in the record, None included; a fact that is absent
    or None is not observed. `source` names file and, in NDJSON, line. `lines` says at which
    line and column, from 1, a fact (`television`) or a member (`staff[2]`) stands, where the
    file has lines; it is no part of what the record says. What stands in `disputed` is not
    observed.
    """

    inspection: Inspection
    outlet: Outlet
    observations: Mapping[str, Value]
    notes: Mapping[str, str]
    evidence: tuple[EvidenceFile, ...]
    digest: str
    source: str
    lines: Mapping[str, tuple[int, int]] = field(default_factory=dict, compare=False)
    disputed: tuple[Dispute, ...] = ()

    def observed(self, name: str) -> Value:
        """The value of a fact, None where it was not observed.

        `name` is a declared fact, or `inspection.date`,
        `inspection.previous_inspection_date` or `outlet.listed_on`.
        """
        if name == "inspection.date":
            return self.inspection.date
        if name == "inspection.previous_inspection_date":
            return self.inspection.previous_inspection_date
        if name == "outlet.listed_on":
            return self.outlet.listed_on
        return self.observations.get(name)


@dataclass(frozen=True, slots=True)
class Application:
    """What a bank applied with: the applicant's part of B.1; `outlets` in its order."""

    bank: str
    contact: str | None
    phone: str | None
    address: str | None
    submitted_on: str | None
    outlets: tuple[str, ...]
    source: str
