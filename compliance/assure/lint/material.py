"""What the checks of the linter look at, and how they say what they find.

May import `checks` and everything below `assure`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compliance.assure.lint.checks import CHECKS
from compliance.errors import Place
from compliance.load import RuleFiles
from compliance.outcome import Stage
from compliance.remarks import Level, Remark
from compliance.rulebook import OutletType, Rule
from compliance.words import Text
from compliance.words.lint import say

if TYPE_CHECKING:
    from compliance.assure.lint.outcomes import Outlook
    from compliance.assure.lint.parts import Idle
    from compliance.assure.lint.relations import Relation

Scope = tuple[OutletType, Stage]


@dataclass(frozen=True, slots=True)
class Material:
    """The rule files under the linter.

    `standard` is the text of the standard, where it was given. `warn` are the names and rule
    ids whose findings are only warnings. `undecided` collects the checks that the solver left
    open, each with the rules it was about; `outlooks`, `relations` and `idle` keep
    what it has answered, by rule ids, for the checks that ask the same.
    """

    files: RuleFiles
    standard: str | None = None
    warn: frozenset[str] = frozenset()
    undecided: list[tuple[str, tuple[Rule, ...]]] = field(default_factory=list)
    outlooks: dict[str, tuple[Outlook, ...] | None] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    idle: dict[str, list[Idle]] = field(default_factory=dict)


def remark(
    check: str, place: Place, case: str, text: Text, *, level: Level | None = None, shown: str = ""
) -> Remark:
    """What `check` has found; its level is the check's unless it is given."""
    return Remark(check, level or CHECKS[check].level, place, text, case, shown)


def about(check: str, key: str, place: Place, case: str, **said: str | Text) -> Remark:
    """What `check` has found, said by the sentence `key`."""
    return remark(check, place, case, say(key, **said))


def scopes(rule: Rule) -> Iterator[Scope]:
    """The outlet types and stage that a rule is about, in the types' order."""
    yield from ((type_, rule.stage) for type_ in sorted(rule.applies_to))
