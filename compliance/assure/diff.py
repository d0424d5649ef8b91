"""What differs between two rule books, by meaning: rules, vocabulary, captions.

The demand of a rule on a record is 2 where it fails, 1 where it is not observed, and 0 where
it passes, does not apply, is not in force, or is advice or on trial. A rule is tightened where
its demand rises on some record and falls on none. What can be read off the files is, what
cannot is asked of the solver in `diff_proof`, which is imported if z3 is there. May import
everything below `assure`, and `diff_names` and `reads` beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, Final

from compliance.assure import solver_missing
from compliance.assure.diff_names import Entry, Misread, entries, merged, misread
from compliance.assure.reads import counts, names_read
from compliance.condition import EveryMonthSince
from compliance.load import RuleFiles
from compliance.outcome import Outcome
from compliance.record import Record
from compliance.rulebook import Rule, RuleBook

if TYPE_CHECKING:
    from compliance.assure.diff_proof import Proof


class Change(str, Enum):
    """What became of a rule, those that matter most first.

    `changed` is tightened on some records and loosened on others, or a rule that reads a fact
    which is no longer the same. `relabelled` makes the same demand and ticks another box.
    `without_effect` differs in what changes no demand: an outcome of advice, a pass that does
    not apply any more. `reworded` says the same in other words.
    """

    ADDED = "added"
    REMOVED = "removed"
    TIGHTENED = "tightened"
    LOOSENED = "loosened"
    CHANGED = "changed"
    RELABELLED = "relabelled"
    NOT_PROVED = "not_proved"
    WITHOUT_EFFECT = "without_effect"
    RENAMED = "renamed"
    REWORDED = "reworded"
    UNCHANGED = "unchanged"


class Ground(str, Enum):
    """What a change rests on: the files alone, a proof for all records, one for `MONTHS` months.

    `none` where no claim about all records is made.
    """

    WRITTEN = "written"
    PROVED = "proved"
    MONTHS = "proved_for_months"
    NONE = "none"


_DEMANDS: Final = {Outcome.NOT_OBSERVED: 1, Outcome.FAIL: 2}


def demand(outcome: Outcome | None, binding: bool) -> int:
    """0 to 2, as the module says; `outcome` is None where the rule is not in force."""
    return _DEMANDS.get(outcome, 0) if binding and outcome is not None else 0


@dataclass(frozen=True, slots=True)
class Instance:
    """A record on which two rules differ; an outcome is None where its rule is not in force."""

    record: Record
    old: Outcome | None
    new: Outcome | None


@dataclass(frozen=True, slots=True)
class RuleChange:
    """What became of one rule; `old` or `new` is None where there is none.

    `keys` are those of the rule's data that differ. `misread` is the name that keeps the two
    from being compared. `undecided` says that the solver gave up on some question. `rise`,
    `fall` and `other` are records on which the demand rises, falls, or is the same while
    outcome or box differ.
    """

    change: Change
    old: Rule | None
    new: Rule | None
    keys: tuple[str, ...] = ()
    ground: Ground = Ground.NONE
    misread: Misread | None = None
    undecided: bool = False
    rise: Instance | None = None
    fall: Instance | None = None
    other: Instance | None = None

    @property
    def rule(self) -> Rule:
        """The rule as it is, or was."""
        found = self.new or self.old
        assert found is not None, "a change has a rule on one side"
        return found

    @property
    def instances(self) -> tuple[Instance, ...]:
        """The records found, in the order of the fields."""
        return tuple(each for each in (self.rise, self.fall, self.other) if each is not None)


@dataclass(frozen=True, slots=True)
class RulesDiff:
    """All that differs; `rules` holds every rule of both, the unchanged too.

    Rules stand in the order of the new book, those that are gone at the end. `old_name` and
    `new_name` are what the two were asked for by. `solver` says whether z3 was there.
    """

    old: RuleFiles
    new: RuleFiles
    old_name: str
    new_name: str
    rules: tuple[RuleChange, ...]
    entries: tuple[Entry, ...]
    solver: bool

    @property
    def same(self) -> bool:
        """Whether nothing differs, in content or meaning."""
        return self.old.book.digest == self.new.book.digest

    @property
    def differing(self) -> tuple[RuleChange, ...]:
        """The rules that are not unchanged, what matters most first."""
        order = list(Change)
        found = (each for each in self.rules if each.change is not Change.UNCHANGED)
        return tuple(sorted(found, key=lambda each: order.index(each.change)))


def compare(old: RuleFiles, new: RuleFiles, old_name: str, new_name: str) -> RulesDiff:
    """What differs between the rules of `old` and those of `new`."""
    comparison = _Comparison(old, new)
    rules = tuple(comparison.rules())
    found = tuple(entries(old.raw, new.raw))
    return RulesDiff(old, new, old_name, new_name, rules, found, comparison.solver)


class _Comparison:
    def __init__(self, old: RuleFiles, new: RuleFiles) -> None:
        self.old, self.new = old, new
        self.both: RuleBook = merged(old.book, new.book)

    @cached_property
    def solver(self) -> bool:
        """Whether z3 can be imported."""
        return not solver_missing()

    def rules(self) -> Iterator[RuleChange]:
        before = {rule.id: rule for rule in self.old.book.rules}
        removed = [rule for rule in self.old.book.rules if self.new.book.rule(rule.id) is None]
        for rule in self.new.book.rules:
            if rule.id in before:
                yield self.matched(before[rule.id], rule)
                continue
            renamed = self.renamed(removed, rule)
            if renamed is not None:
                removed = [each for each in removed if each is not renamed.old]
            yield renamed or self.alone(Change.ADDED, None, rule)
        for rule in removed:
            yield self.alone(Change.REMOVED, rule, None)

    # One side alone ---------------------------------------------------------------------

    def alone(self, change: Change, old: Rule | None, new: Rule | None) -> RuleChange:
        rule = new or old
        if rule is not None and not counts(rule):
            return RuleChange(change, old, new, ground=Ground.WRITTEN)
        proof = self.proof(old, new)
        if proof is None:
            return RuleChange(change, old, new)
        return RuleChange(
            change,
            old,
            new,
            ground=Ground.NONE if proof.undecided else _ground(old, new),
            undecided=proof.undecided,
            rise=proof.rise,
            fall=proof.fall,
        )

    def renamed(self, removed: Sequence[Rule], new: Rule) -> RuleChange | None:
        """The first of the removed rules that says the same as `new` in every respect."""
        alike = [
            old
            for old in removed
            if (_scope(old), _standing(old)) == (_scope(new), _standing(new))
            and misread(self.both, self.old.book, old, self.new.book, new) is None
        ]
        for old in alike:
            if _meaning(old) == _meaning(new):
                keys = self.keys(old, new)
                return RuleChange(Change.RENAMED, old, new, keys, Ground.WRITTEN)
        for old in alike if self.solver else ():
            from compliance.assure.diff_proof import equivalent

            if set(names_read(old)) & set(names_read(new)) and equivalent(self.both, old, new):
                keys = self.keys(old, new)
                return RuleChange(Change.RENAMED, old, new, keys, _ground(old, new))
        return None

    # Both sides -------------------------------------------------------------------------

    def matched(self, old: Rule, new: Rule) -> RuleChange:
        keys = self.keys(old, new)
        found = misread(self.both, self.old.book, old, self.new.book, new)
        if found is not None:
            return RuleChange(Change.CHANGED, old, new, keys, misread=found)
        if _meaning(old) == _meaning(new):
            return self.written(old, new, keys)
        proof = self.proof(old, new)
        if proof is None:
            return RuleChange(Change.NOT_PROVED, old, new, keys)
        change = _proved(proof, old, new)
        settled = change not in (Change.CHANGED, Change.NOT_PROVED)
        return RuleChange(
            change,
            old,
            new,
            keys,
            ground=_ground(old, new) if settled else Ground.NONE,
            undecided=proof.undecided,
            rise=proof.rise,
            fall=proof.fall,
            other=None if proof.rise or proof.fall else proof.relabelled or proof.other,
        )

    def written(self, old: Rule, new: Rule, keys: tuple[str, ...]) -> RuleChange:
        """What became of a rule whose conditions, scope and weight are the same."""
        if _standing(old) == _standing(new):
            change = Change.REWORDED if keys else Change.UNCHANGED
            return RuleChange(change, old, new, keys, Ground.WRITTEN)
        if old.reason is new.reason or not counts(new):
            return RuleChange(Change.WITHOUT_EFFECT, old, new, keys, Ground.WRITTEN)
        proof = self.proof(old, new)
        shown = proof.relabelled if proof else None
        return RuleChange(Change.RELABELLED, old, new, keys, Ground.WRITTEN, other=shown)

    def keys(self, old: Rule, new: Rule) -> tuple[str, ...]:
        """The keys of the rules' data whose values differ, but for the id."""
        before, after = self.old.raw["rules"][old.id], self.new.raw["rules"][new.id]
        names = dict.fromkeys((*after, *before))
        return tuple(n for n in names if n != "id" and before.get(n) != after.get(n))

    def proof(self, old: Rule | None, new: Rule | None) -> Proof | None:
        """What the solver says of the two; None where there is none."""
        if not self.solver:
            return None
        from compliance.assure.diff_proof import prove

        return prove(self.both, old, new)


def _proved(proof: Proof, old: Rule, new: Rule) -> Change:
    if proof.rise and proof.fall:
        return Change.CHANGED
    if proof.undecided:
        return Change.NOT_PROVED
    if proof.rise or proof.fall:
        return Change.TIGHTENED if proof.rise else Change.LOOSENED
    if proof.relabelled:
        return Change.RELABELLED
    apart = proof.other or _standing(old) != _standing(new)
    return Change.WITHOUT_EFFECT if apart else Change.REWORDED


def _ground(*rules: Rule | None) -> Ground:
    by_month = any(rule and isinstance(rule.require, EveryMonthSince) for rule in rules)
    return Ground.MONTHS if by_month else Ground.PROVED


def _scope(rule: Rule) -> tuple[object, ...]:
    return rule.stage, rule.applies_to, rule.effective_from, rule.effective_to


def _meaning(rule: Rule) -> tuple[object, ...]:
    """All that decides a rule's outcome and whether it counts."""
    return rule.require, rule.when, *_scope(rule), counts(rule)


def _standing(rule: Rule) -> tuple[object, ...]:
    """What a rule is to the opinion and its form, beside its outcome."""
    return rule.verb, rule.basis, rule.trial, rule.reason
