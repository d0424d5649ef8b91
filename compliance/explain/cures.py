"""What would have to be observed for a rule, or for the whole opinion, to turn out well.

A cure is a smallest set of changes to a record: with all of them the rule passes (or the
opinion is conforming), without any of them it does not. A change gives a scalar fact or a
field of a member a value, adds a member of whom a few things are stated, or notes that a
list was looked at and is empty. The inspection's own data never change, and taking a member
off a list is not offered: what an outlet can do is the remedy's to say, and here we only say
what an inspector would have to see.

May import `words`, `outcome`, `condition`, `rulebook`, `record`, the `direct` engine, and
`question`, `space` and `formula` of this package.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations
from typing import Final, NamedTuple

from compliance.condition import Scalar, Test
from compliance.explain.formula import FALSE, Choices, Formula, conjunction, disjunction, smallest
from compliance.explain.question import EMPTY, Question, typed
from compliance.explain.space import Constant, Name, Space
from compliance.outcome import Stage, Verb
from compliance.record import Member, Record, Value
from compliance.rulebook import Rule, RuleBook

LIMIT: Final = 200
"""So many cures are looked for unless more are asked for."""


class Kind(NamedTuple):
    """Values that will do, one an instance of each sort, and what they share.

    `meets` holds tests with how they must turn out; it is empty where the values speak for
    themselves.
    """

    values: tuple[Scalar, ...]
    meets: tuple[tuple[Test, bool], ...] = ()


class Setting(NamedTuple):
    """A value to be observed of a fact or a member's field; any of `kinds` will do."""

    name: str
    kinds: tuple[Kind, ...]

    @property
    def values(self) -> tuple[Scalar, ...]:
        """An instance of each sort of value; any of them will do."""
        return tuple(value for kind in self.kinds for value in kind.values)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing to be observed of `fact`.

    A scalar fact has one setting; so has a field of the member at position `member` (from
    0). Where `added`, a member with these settings is added to the list; with no settings
    and not `added`, the list is noted as empty.
    """

    fact: str
    settings: tuple[Setting, ...]
    member: int | None = None
    added: bool = False

    @property
    def path(self) -> str:
        """The place in the record, such as `observations.staff[2].dedicated`."""
        if self.member is not None:
            return f"observations.{self.fact}[{self.member}].{self.settings[0].name}"
        return f"observations.{self.fact}" + ("[+]" if self.added else "")


Cure = tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Cures:
    """The cures found, the smallest first; all there are where `complete`."""

    sets: tuple[Cure, ...]
    complete: bool


def cures(book: RuleBook, record: Record, rule: Rule) -> tuple[Cure, ...]:
    """The smallest sets of changes with which `rule` applies and passes, at most `LIMIT`.

    One empty set where it passes already; none where nothing can make it pass, or where it
    is known not to apply.
    """
    return rule_cures(book, record, rule).sets


def opinion_cures(book: RuleBook, record: Record) -> tuple[Cure, ...]:
    """The smallest sets of changes with which the opinion is conforming, at most `LIMIT`."""
    return conforming(book, record, unobserved_only=False).sets


def rule_cures(book: RuleBook, record: Record, rule: Rule, limit: int = LIMIT) -> Cures:
    """As `cures`, with whether these are all."""
    question = Question(Space(book, record, (rule,), unobserved_only=False))
    known = question.spared(rule)
    if known != FALSE and smallest(known, 1, {}).sets == (frozenset(),):
        return Cures((), complete=True)
    return _found(question, question.passes(rule), limit)


def conforming(
    book: RuleBook, record: Record, *, unobserved_only: bool, limit: int = LIMIT
) -> Cures:
    """What makes the opinion conforming; where `unobserved_only`, by filling gaps alone."""
    rules = binding(book, record)
    question = Question(Space(book, record, rules, unobserved_only))
    passing = [question.passes(rule) for rule in rules]
    spared = [question.spared(rule) for rule in rules]
    each = [disjunction(pair) for pair in zip(spared, passing, strict=True)]
    return _found(question, conjunction((*each, disjunction(passing))), limit)


def binding(book: RuleBook, record: Record) -> tuple[Rule, ...]:
    """The rules in force that count towards the opinion; none outside the adaptation stage."""
    visit = record.inspection
    if visit.stage is not Stage.ADAPTATION:
        return ()
    in_force = book.in_force(record.outlet.type, visit.stage, visit.date)
    return tuple(rule for rule in in_force if rule.verb is not Verb.SHOULD and not rule.trial)


def changed(record: Record, changes: Iterable[Change]) -> Record:
    """The record with the first value of each setting; its digest is that of the original."""
    observations = dict(record.observations)
    for change in changes:
        stated = {setting.name: setting.values[0] for setting in change.settings}
        observations[change.fact] = _changed(observations.get(change.fact), change, stated)
    return replace(record, observations=observations)


def _changed(value: Value, change: Change, stated: dict[str, Scalar]) -> Value:
    members: list[Member] = list(value) if isinstance(value, tuple) else []
    if change.member is not None:
        members[change.member] = {**members[change.member], **stated}
        return tuple(members)
    if change.added:
        return (*members, stated)
    return stated[change.fact] if stated else ()


# From choices to changes ------------------------------------------------------------------


class _Atom(NamedTuple):
    """A value within a cure: of a scalar, of a member's field, or stated of an added one."""

    fact: str
    member: int | None
    added: int | None
    field: str


_Plain = tuple[tuple[_Atom, frozenset[Scalar]], ...]


def _found(question: Question, wanted: Formula, limit: int) -> Cures:
    found = smallest(wanted, limit, question.lesser())
    plain = _minimal(list(dict.fromkeys(_plain(question, chosen) for chosen in found.sets)))
    merged = _merged(plain)
    sets = sorted((_cure(question, atoms) for atoms in merged), key=len)
    return Cures(tuple(sets), found.complete)


def _plain(question: Question, chosen: Choices) -> _Plain:
    """The choices as atoms; added members are put in one order, wherever they stood."""
    atoms: list[tuple[_Atom, frozenset[Scalar]]] = []
    added: dict[str, list[tuple[tuple[str, Scalar], ...]]] = {}
    for cell, number in typed(chosen):
        value = question.choices(cell)[number]
        if isinstance(value, tuple):
            added.setdefault(cell.fact, []).append(value)
            if cell.slot == EMPTY:
                atoms.append((_Atom(cell.fact, None, None, EMPTY), frozenset()))
                del added[cell.fact]
        elif value is not None:
            atom = _Atom(cell.fact, cell.member, None, cell.field)
            atoms.append((atom, frozenset((value,))))
    for fact, members in added.items():
        for n, stated in enumerate(sorted(members, key=repr)):
            for name, value in stated or (("", True),):
                atoms.append((_Atom(fact, None, n, name), frozenset((value,))))
    return tuple(sorted(atoms, key=repr))


def _minimal(found: list[_Plain]) -> list[_Plain]:
    """Without those that contain another; only added members can be placed differently."""
    kept: list[_Plain] = []
    for atoms in sorted(found, key=len):
        if not any(_within(other, atoms) for other in kept):
            kept.append(atoms)
    return kept


def _within(less: _Plain, more: _Plain) -> bool:
    """Whether all of `less` stands in `more`, an added member within an added member."""
    fixed = {atom for atom in less if atom[0].added is None}
    return fixed <= set(more) and _placed(_added(less), _added(more))


def _added(atoms: _Plain) -> list[set[tuple[object, ...]]]:
    groups: dict[tuple[str, int], set[tuple[object, ...]]] = {}
    for atom, values in atoms:
        if atom.added is not None:
            stated = groups.setdefault((atom.fact, atom.added), {(atom.fact,)})
            if atom.field:
                stated.add((atom.fact, atom.field, values))
    return list(groups.values())


def _placed(less: Sequence[set[tuple[object, ...]]], more: list[set[tuple[object, ...]]]) -> bool:
    if not less:
        return True
    return any(
        less[0] <= member and _placed(less[1:], more[:n] + more[n + 1 :])
        for n, member in enumerate(more)
    )


def _merged(found: list[_Plain]) -> list[_Plain]:
    """Sets that differ in one value alone are put together, until none are left."""
    before = -1
    while before != len(found):
        before = len(found)
        for atom in dict.fromkeys(atom for atoms in found for atom, _ in atoms):
            together: dict[_Plain, _Plain] = {}
            for atoms in found:
                values = dict(atoms)
                rest = tuple(pair for pair in atoms if pair[0] != atom)
                key = (*rest, (atom, frozenset())) if atom in values else atoms
                known = dict(together.get(key, ())).get(atom, frozenset())
                if atom in values:
                    values[atom] |= known
                together[key] = tuple(values.items())
            found = list(together.values())
    return found


def _cure(question: Question, atoms: _Plain) -> Cure:
    grouped: dict[tuple[str, int | None, int | None, str], list[Setting]] = {}
    for atom, values in atoms:
        apart = "" if atom.added is not None else atom.field
        settings = grouped.setdefault((atom.fact, atom.member, atom.added, apart), [])
        if values and (atom.field or atom.added is None):
            name = Name(atom.fact, atom.field)
            now = None if atom.added is not None else question.now(atom.fact, atom.member, name)
            settings.append(described(question.space, name, values, now))
    facts = question.space.book.facts
    places = {
        (fact.name, name): (m, n)
        for m, fact in enumerate(facts.values())
        for n, name in enumerate(("", *(field.name for field in fact.fields)))
    }
    changes = []
    for (fact, member, added, field), settings in grouped.items():
        settings.sort(key=partial(_place, places, fact))
        place = places[fact, "" if field == EMPTY else field]
        order = (place[0], -1 if member is None else member, place[1])
        changes.append((order, Change(fact, tuple(settings), member, added is not None)))
    return tuple(change for _, change in sorted(changes, key=lambda pair: pair[0]))


def _place(
    places: dict[tuple[str, str], tuple[int, int]], fact: str, setting: Setting
) -> tuple[int, int]:
    return places.get((fact, setting.name), (0, 0))


# What the values of a setting share --------------------------------------------------------


def described(space: Space, name: Name, values: Iterable[Scalar], now: Scalar | None) -> Setting:
    """A setting to `values`, said by the fewest tests that hold of these and no others.

    `now` is what stands in the record: it must not fit the words.
    """
    order = tuple(value for value in space.values(name) if value in values)
    known = (*space.values(name), *(() if now is None else (now,)))
    whole = _shared(space, name, order, [value for value in known if value not in order])
    if whole or len(order) == 1:
        return Setting(name.own, (Kind(order, whole),))
    apart = (
        Kind((value,), _shared(space, name, (value,), [v for v in known if v != value]))
        for value in order
    )
    return Setting(name.own, tuple(apart))


def _shared(
    space: Space, name: Name, values: Sequence[Scalar], others: list[Scalar]
) -> tuple[tuple[Test, bool], ...]:
    """The fewest tests, three at most, that hold of `values` and of no other."""
    known: list[tuple[Test, bool]] = []
    turns: dict[tuple[Test, bool], tuple[bool, ...]] = {}
    for test, left, right in space.comparisons:
        if left != name or not isinstance(right, Constant):
            continue
        for wanted in (True, False):
            if all(space.holds(test, value, right.value) is wanted for value in values):
                pair = (test, wanted)
                known.append(pair)
                turns[pair] = tuple(
                    space.holds(test, value, right.value) is wanted for value in others
                )
    pairs = list(dict.fromkeys(known))
    for size in (1, 2, 3):
        for few in combinations(pairs, size):
            if not any(all(turn) for turn in zip(*(turns[pair] for pair in few))):
                return few
    return ()


def each_value(cure: Cure) -> Iterator[Cure]:
    """The cure with each of its values in turn, one at a time, the others their first."""
    for n, change in enumerate(cure):
        for k, setting in enumerate(change.settings):
            for value in setting.values:
                settings = list(change.settings)
                settings[k] = Setting(setting.name, (Kind((value,)),))
                yield (*cure[:n], replace(change, settings=tuple(settings)), *cure[n + 1 :])
