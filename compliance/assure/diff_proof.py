"""How the demands of two rules compare on all records, by the solver.

May import everything below `assure`, `diff`, `compare`, `solver` and what it is made of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Final

from compliance.assure.compare import difference, scopes
from compliance.assure.diff import Instance
from compliance.assure.reads import counts
from compliance.assure.solver import Undecided, Witness, World
from compliance.outcome import Outcome
from compliance.rulebook import Rule, RuleBook

if TYPE_CHECKING:
    from z3 import BoolRef

_RISES: Final = ((0, 2), (0, 1), (1, 2))
"""Demands before and after, those that are the plainest to see first."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Records on which two rules differ, and None where it is proved that there is none.

    `rise` and `fall` have another demand, `relabelled` another box on a failure; `other` has
    another outcome or is in force on one side alone, all with the demand the same. Where
    `undecided`, some None is no proof.
    """

    rise: Instance | None
    fall: Instance | None
    relabelled: Instance | None
    other: Instance | None
    undecided: bool


def equivalent(book: RuleBook, old: Rule, new: Rule) -> bool:
    """Whether it is proved that two rules always say the same."""
    try:
        return difference(book, old, new) is None
    except Undecided:
        return False


def prove(book: RuleBook, old: Rule | None, new: Rule | None) -> Proof:
    """How the demand changes from `old` to `new`, which read facts of `book`.

    None stands for a rule that is not there, and makes no demand.
    """
    asked = _Questions(book, old, new)
    rise = asked.first(_RISES)
    fall = asked.first([(after, before) for before, after in _RISES])
    relabelled = other = None
    if rise is None and fall is None:
        relabelled, other = asked.relabelled(), asked.other()
    return Proof(rise, fall, relabelled, other, asked.undecided)


class _Questions:
    """The worlds of two rules, one for each outlet type and stage that either is about."""

    def __init__(self, book: RuleBook, old: Rule | None, new: Rule | None) -> None:
        self.old, self.new = old, new
        self.rules = [rule for rule in (old, new) if rule is not None]
        self.worlds = [World(book, *scope, self.rules) for scope in scopes(self.rules)]
        self.undecided = False

    def first(self, steps: Sequence[tuple[int, int]]) -> Instance | None:
        """A record on which the demand takes one of the steps, the first of them if it can be."""
        for world in self.worlds:
            before, after = self._levels(world, self.old), self._levels(world, self.new)
            taken = [before[low] & after[high] for low, high in steps]
            if self._found(world, reduce(or_, taken)) is None:
                continue
            found = (self._found(world, each) for each in taken)
            return next((each for each in found if each is not None), None)
        return None

    def relabelled(self) -> Instance | None:
        """A record on which both fail and tick different boxes."""
        if self.old is None or self.new is None or self.old.reason is self.new.reason:
            return None
        if not (counts(self.old) and counts(self.new)):
            return None
        return self._any(
            self._levels(w, self.old)[2] & self._levels(w, self.new)[2] for w in self.worlds
        )

    def other(self) -> Instance | None:
        """A record on which the outcomes differ, or one rule alone is in force."""
        if self.old is None or self.new is None:
            return None
        return self._any(self._apart(world, self.old, self.new) for world in self.worlds)

    def _apart(self, world: World, old: Rule, new: Rule) -> BoolRef:
        before, after = world.verdict(old), world.verdict(new)
        differs = reduce(or_, [before[each] != after[each] for each in Outcome])
        here = world.in_force(old), world.in_force(new)
        return (here[0] != here[1]) | (here[0] & here[1] & differs)

    def _any(self, formulas: Iterator[BoolRef]) -> Instance | None:
        found = (self._found(world, formula) for world, formula in zip(self.worlds, formulas))
        return next((each for each in found if each is not None), None)

    def _levels(self, world: World, rule: Rule | None) -> tuple[BoolRef, BoolRef, BoolRef]:
        """Where the rule's demand is 0, 1 and 2."""
        if rule is None or not counts(rule):
            never = world.truth(None, holds=False)
            return world.truth(None), never, never
        here, verdict = world.in_force(rule), world.verdict(rule)
        waits, fails = here & verdict.unknown, here & verdict.failed
        return ~waits & ~fails, waits, fails

    def _found(self, world: World, formula: BoolRef) -> Instance | None:
        try:
            found = world.find(formula)
        except Undecided:
            self.undecided = True
            return None
        return None if found is None else self._instance(found)

    def _instance(self, found: Witness) -> Instance:
        visit, outlet = found.record.inspection, found.record.outlet
        said = {
            id(rule): outcome
            for rule, outcome in zip(self.rules, found.outcomes)
            if rule.applies(outlet.type, visit.stage, visit.date)
        }
        return Instance(found.record, said.get(id(self.old)), said.get(id(self.new)))
