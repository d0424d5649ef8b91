"""The rule book: every requirement and the vocabulary, as immutable values.

May import `words`, `outcome` and `condition`. Built by `load`; nothing here reads a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any as AnyValue
from typing import Final

from compliance.condition import Condition, FactType, Requirement
from compliance.outcome import Basis, Opinion, Reason, Stage, Verb
from compliance.words import Text

INSPECTION_FACTS: Final[Mapping[str, FactType]] = {
    "inspection.date": FactType.DATE,
    "inspection.previous_inspection_date": FactType.DATE,
    "outlet.listed_on": FactType.DATE,
}
"""What a condition may read beside the declared facts; they are never asked."""


class OutletType(str, Enum):
    """The kinds of outlet: 银行营业网点 and 农村普惠金融综合服务点."""

    BANK_BRANCH = "bank_branch"
    RURAL_POINT = "rural_point"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the members of a list fact. `serves` says why no rule need read it."""

    name: str
    type: FactType
    caption: Text
    question: Text | None
    required: bool
    personal: bool
    serves: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A declared fact: what it is called, what is asked, and of whom.

    `asked` holds the pairs of outlet type and stage that ask for it; `fields` is empty
    except for lists.
    """

    name: str
    type: FactType
    caption: Text
    question: Text
    asked: frozenset[tuple[OutletType, Stage]]
    fields: tuple[Field, ...] = ()

    def field(self, name: str) -> Field | None:
        """The field called `name`, if the members have one."""
        return next((field for field in self.fields if field.name == name), None)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of the standard and what becomes of it."""

    id: str
    written: str
    verb: str
    bearers: tuple[str, ...]
    types: tuple[OutletType, ...]
    stage: str
    summary: Text
    fate: str
    answers: tuple[str, ...]
    note: Text | None


@dataclass(frozen=True, slots=True)
class Standard:
    """The standard that the rules encode."""

    title: Text
    edition: str
    clauses: Mapping[str, Clause]


@dataclass(frozen=True, slots=True)
class Example:
    """A record's worth of observations and the outcome the rule must give."""

    given: Mapping[str, AnyValue]
    then: str
    date: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One requirement. `effective_from` and `effective_to` are YYYY-MM-DD, inclusive."""

    id: str
    title: Text
    clause: str
    cites: tuple[str, ...]
    verb: Verb
    basis: Basis
    stage: Stage
    applies_to: frozenset[OutletType]
    require: Requirement
    when: Condition | None
    reason: Reason | None
    remedy: Text
    note: Text | None
    effective_from: str | None
    effective_to: str | None
    trial: bool
    examples: tuple[Example, ...]
    file: str
    line: int

    def applies(self, type_: OutletType, stage: Stage, date: str) -> bool:
        """Whether the rule is in force for this type and stage on `date` (YYYY-MM-DD)."""
        return (
            type_ in self.applies_to
            and stage is self.stage
            and (self.effective_from is None or self.effective_from <= date)
            and (self.effective_to is None or date <= self.effective_to)
        )


@dataclass(frozen=True, slots=True)
class FormB1:
    """The captions of form B.1 to the letter of annex B.

    `captions` maps a short key to the official text; `options` the opinions, `boxes`
    the reasons and `types` the outlet types to theirs.
    """

    captions: Mapping[str, str]
    options: Mapping[Opinion, str]
    boxes: Mapping[Reason, str]
    types: Mapping[OutletType, str]


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All that the rule files say, with the digest (SHA-256, hex) of their content.

    `vocabulary` is the version that facts.yaml gives itself.
    """

    standard: Standard
    facts: Mapping[str, Fact]
    rules: tuple[Rule, ...]
    form: FormB1
    digest: str
    vocabulary: str = ""

    def rule(self, id_: str) -> Rule | None:
        """The rule called `id_`, if there is one."""
        return next((rule for rule in self.rules if rule.id == id_), None)

    def in_force(self, type_: OutletType, stage: Stage, date: str) -> tuple[Rule, ...]:
        """The rules that an inspection of this type and stage is judged by on `date`."""
        return tuple(rule for rule in self.rules if rule.applies(type_, stage, date))
