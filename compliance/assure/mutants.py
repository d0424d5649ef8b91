"""A rule changed in the ways people err, one change at a time.

May import everything below `assure`, and `spots` and `written`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from compliance.assure import mutants_of_conditions as conditions
from compliance.assure import mutants_of_rules as rules
from compliance.assure.spots import Change, everywhere
from compliance.rulebook import Rule, RuleBook
from compliance.source import Path_
from compliance.words import Text
from compliance.words.mutate import say


@dataclass(frozen=True, slots=True)
class Mutant:
    """A rule with one mistake in it.

    `operator` is the kind of mistake, one of `OPERATORS`. `was` and `now` are what was changed,
    as a file has it and would have it; one of them is empty where something was left out or put
    in. `at` leads to it as `written.data_path` takes it.
    """

    operator: str
    at: Path_
    was: str
    now: str
    rule: Rule

    @property
    def description(self) -> Text:
        """What was changed from what to what."""
        key = "changed" if self.was and self.now else "left_out" if self.was else "put_in"
        return say(key, was=self.was, now=self.now)


Operator = Callable[[Rule, RuleBook], Iterator[Change]]

OPERATORS: Final[Mapping[str, Operator]] = {
    "drop-conjunct": everywhere(conditions.drop_conjunct),
    "drop-alternative": everywhere(conditions.drop_alternative),
    "drop-choice": everywhere(conditions.drop_choice),
    "drop-when": rules.drop_when,
    "drop-that": rules.drop_that,
    "flip-value": everywhere(conditions.flip_value),
    "negate": everywhere(conditions.negate),
    "all-any": everywhere(conditions.swap_all_and_any),
    "quantifier": rules.swap_quantifier,
    "allow-none": rules.toggle_allow_none,
    "off-by-one": rules.off_by_one,
    "wrong-comparison": everywhere(conditions.swap_comparison),
    "wrong-fact": rules.swap_fact,
    "outlet-type": rules.other_types,
    "reason": rules.other_reason,
    "verb": rules.swap_verb,
    "trial": rules.toggle_trial,
    "effective": rules.move_period,
}
"""Each kind of mistake and the function that makes it."""


def mutants(rule: Rule, book: RuleBook) -> Iterator[Mutant]:
    """The rule with each mistake, no two alike and none like the rule.

    Some of them loading would refuse: `viable.refused` says which.
    """
    seen = {_content(rule)}
    for operator, make in OPERATORS.items():
        for at, was, now, changed in make(rule, book):
            if _content(changed) not in seen:
                seen.add(_content(changed))
                yield Mutant(operator, at, was, now, changed)


def _content(rule: Rule) -> tuple[object, ...]:
    """What an operator may change."""
    return (
        rule.require,
        rule.when,
        rule.verb,
        rule.reason,
        rule.applies_to,
        rule.trial,
        rule.effective_from,
        rule.effective_to,
    )
