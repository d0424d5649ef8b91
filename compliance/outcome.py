"""Outcomes, findings, opinions and reports: data alone, no decisions beyond counting.

May import `words` only. The meaning of the four outcomes and three opinions is that of
the design, section 4; their values are contract words that are never translated.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import NamedTuple

from compliance.words import Text


class Outcome(str, Enum):
    """What a rule says of an inspection."""

    PASS = "pass"
    FAIL = "fail"
    NOT_OBSERVED = "not_observed"
    NOT_APPLICABLE = "not_applicable"


class Opinion(str, Enum):
    """What the adaptation rules together say of an outlet."""

    CONFORMING = "conforming"
    NON_CONFORMING = "non_conforming"
    PENDING = "pending"


class Reason(str, Enum):
    """The boxes of form B.1 under 不符合适配改造要求, in the form's order."""

    FACILITIES = "facilities"
    EQUIPMENT = "equipment"
    PERSONNEL = "personnel"
    OTHER = "other"


class Verb(str, Enum):
    """The modal verb of a requirement (GB/T 1.1: 应, 不应, 宜)."""

    SHALL = "shall"
    SHALL_NOT = "shall_not"
    SHOULD = "should"


class Basis(str, Enum):
    """Who asks: the standard, or the project's owner."""

    STANDARD = "standard"
    OWNER = "owner"


class Stage(str, Enum):
    """When a requirement is checked."""

    ADAPTATION = "adaptation"
    LISTING = "listing"
    OPERATION = "operation"
    TERMINATION = "termination"


class ExitStatus(IntEnum):
    """Exit statuses of the commands (design, section 6)."""

    OK = 0
    FINDINGS = 1
    BAD_INPUT = 2
    DISAGREEMENT = 3
    INTERRUPTED = 130


class Verdict(NamedTuple):
    """An engine's answer for one rule.

    `members` (positions from 0) and `months` (`YYYY-MM`) are the subjects of a counting
    requirement that decided it: the satisfied of a pass, the violated of a fail, the
    undecided of what is not observed; ascending, and empty for other requirements.
    """

    rule: str
    outcome: Outcome
    members: tuple[int, ...] = ()
    months: tuple[str, ...] = ()


class Answer(NamedTuple):
    """What an engine says of one record; equal answers mean that two engines agree.

    Verdicts stand in the order of the rule book's rules, those in force alone. `reasons`
    are in the form's order. `opinion` is None outside the adaptation stage.
    """

    verdicts: tuple[Verdict, ...]
    reasons: tuple[Reason, ...]
    opinion: Opinion | None


@dataclass(frozen=True, slots=True)
class Statement:
    """What one visit found where two contradict each other.

    `value` is the observed scalar, or None and `members` counts a list's members. `at` is a
    day YYYY-MM-DD or a moment YYYY-MM-DDTHH:MM:SS+08:00.
    """

    value: bool | int | str | None
    inspector: str
    at: str
    inspection: str | None = None
    members: int | None = None


@dataclass(frozen=True, slots=True)
class Dispute:
    """What is not observed because visits contradict each other: a path in the observations."""

    path: str
    said: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Witness:
    """What decided a finding: a fact, a member of a list, or a calendar month.

    `path` is the place in the observations (`television`, `staff[2]`, `publications`);
    `position` counts members from 1; `name` is the member's name where the list has
    names; `month` is `YYYY-MM`; `value` is the observed value of a scalar fact as it
    stands in the record, None where it was not observed; `line` and `column` (from 1) are
    where the record says so, where that is known. `disputed` is what keeps the subject from
    being observed. Never holds an ID number.
    """

    path: str
    position: int | None = None
    name: str | None = None
    month: str | None = None
    value: bool | int | str | None = None
    line: int | None = None
    column: int | None = None
    disputed: tuple[Dispute, ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file that an inspector attached to a fact.

    `name` is what it was called when it was handed in; `withheld` says that the file was
    not passed on with the record.
    """

    fact: str
    file: str
    sha256: str | None
    name: str | None = None
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says of one inspection, with the clause and the witnesses."""

    rule: str
    clause: str
    verb: Verb
    basis: Basis
    outcome: Outcome
    reason: Reason | None
    title: Text
    remedy: Text
    witnesses: tuple[Witness, ...]
    evidence: tuple[EvidenceFile, ...]
    trial: bool = False

    @property
    def binding(self) -> bool:
        """Whether the finding counts towards the opinion (advice and trials never do)."""
        return self.verb is not Verb.SHOULD and not self.trial


@dataclass(frozen=True, slots=True)
class Report:
    """All findings of one inspection and the opinion that follows from them.

    `opinion` is None outside the adaptation stage. `evaluated_on` is the inspection's
    date as `YYYY-MM-DD`: no clock decides anything. `source` names the record's file and,
    in NDJSON, line; empty where it has none.
    """

    inspection: str
    outlet: str
    stage: Stage
    opinion: Opinion | None
    reasons: tuple[Reason, ...]
    findings: tuple[Finding, ...]
    rules_digest: str
    record_digest: str
    tool_version: str
    engine: str
    evaluated_on: str
    source: str = ""

    def having(self, outcome: Outcome, *, binding: bool | None = None) -> tuple[Finding, ...]:
        """The findings with `outcome`; only binding ones, or only advice, where asked."""
        return tuple(
            finding
            for finding in self.findings
            if finding.outcome is outcome and (binding is None or finding.binding is binding)
        )

    @property
    def settled(self) -> bool:
        """Whether nothing fails and nothing waits among the binding findings."""
        if self.opinion is not None:
            return self.opinion is Opinion.CONFORMING
        binding = [f.outcome for f in self.findings if f.binding]
        return Outcome.FAIL not in binding and Outcome.NOT_OBSERVED not in binding
