"""Checks of two rules that are in force together: do they exclude, or repeat, each other?

Pairs are looked at where they share something that they read, so that a book of rules that
share nothing takes no longer a rule than a short one. The day of the inspection is shared by
those that say something of that day itself; whoever compares another date with it shares that
date. May import `asking`, `material`, `outcomes` and `periods`, everything below `assure`,
`reads`, and `solver` and what it is made of.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations

from compliance.assure.lint.asking import asking, outcomes, possible, types_of
from compliance.assure.lint.material import Material, remark
from compliance.assure.lint.outcomes import odd
from compliance.assure.lint.periods import versions
from compliance.assure.reads import conditions_of, counts, names_read
from compliance.assure.solver import Witness, World
from compliance.assure.witness import file
from compliance.condition import tests_of
from compliance.outcome import Basis
from compliance.remarks import Level, Remark
from compliance.rulebook import OutletType, Rule
from compliance.words import Text
from compliance.words.lint import say

INSPECTED_ON = "inspection.date"


@dataclass(frozen=True, slots=True)
class Relation:
    """What is proved of two rules, the one that is written first called `one`.

    `against` are the outlet types for which they contradict each other, with a record that
    passes the one and fails the other, and one for the reverse; `follows` and `leads` are the
    types for which `other` cannot fail unless `one` does, and the reverse. What is not observed
    plays no part in this: a rule that waits for another fact asks no more for that.
    """

    one: Rule
    other: Rule
    against: dict[OutletType, tuple[Witness, Witness]] = field(default_factory=dict)
    follows: list[OutletType] = field(default_factory=list)
    leads: list[OutletType] = field(default_factory=list)


def contradiction(material: Material) -> Iterator[Remark]:
    """Pairs that no outlet passes together, though it could pass each, at the later rule."""
    for each in _relations(material):
        if not each.against:
            continue
        pair, types = (each.one, each.other), list(each.against)
        binding = counts(each.one) and counts(each.other)
        key = "contradiction" if binding else "contradicting-advice"
        said = say(key, rule=each.other.id, other=each.one.id, types=types_of(types))
        shown = "\n---\n".join(
            f"{outcomes(pair, found.outcomes)}\n{file(found.record)}"
            for found in each.against[types[0]]
        )
        level = None if binding else Level.WARNING
        yield _remark(material, "contradiction", pair, said, level, shown)


def implied(material: Material) -> Iterator[Remark]:
    """Rules that cannot fail unless another does whose finding would stand without them."""
    for each in _relations(material):
        one, other = each.one, each.other
        both = [type_ for type_ in each.follows if type_ in each.leads]
        if both and _covers(one, other) and _covers(other, one):
            said = say("identical", rule=other.id, other=one.id, types=types_of(both))
            yield _remark(material, "implied", (one, other), said)
        elif each.follows and _covers(one, other):
            said = say("implied", rule=other.id, other=one.id, types=types_of(each.follows))
            yield _remark(material, "implied", (one, other), said)
        elif each.leads and _covers(other, one):
            said = say("implied", rule=one.id, other=other.id, types=types_of(each.leads))
            yield _remark(material, "implied", (other, one), said)


def _remark(
    material: Material,
    check: str,
    pair: tuple[Rule, Rule],
    said: Text,
    level: Level | None = None,
    shown: str = "",
) -> Remark:
    """The remark at the second of the rules; a warning where either is only to be warned of."""
    rule = pair[1]
    place = material.files.place(rule.id, "require", key=True)
    if material.warn & {each.id for each in pair}:
        level = Level.WARNING
    return remark(check, place, rule.id, said, level=level, shown=shown)


def _covers(one: Rule, other: Rule) -> bool:
    """Whether what `one` finds would stand if `other` were taken away.

    Advice and trials do not count in place of what binds, and the owner's rules can be left
    out while the standard's stay.
    """
    if counts(other) and not counts(one):
        return False
    return one.basis is Basis.STANDARD or other.basis is Basis.OWNER


def _relations(material: Material) -> list[Relation]:
    """What is proved of each pair that has to be looked at; worked out once."""
    if not material.relations:
        material.relations.extend(_relation(material, *pair) for pair in _pairs(material))
    return material.relations


def _relation(material: Material, one: Rule, other: Rule) -> Relation:
    found = Relation(one, other)
    for type_ in sorted(one.applies_to & other.applies_to):
        world, together = World(material.files.book, type_, one.stage, (one, other)), False
        here = world.in_force(one) & world.in_force(other)
        first, second = world.verdict(one), world.verdict(other)
        with asking(material, "contradiction", one, other):
            together = possible(world, here, first.passed, second.passed)
            there = None if together else world.find(here, first.passed, second.failed)
            back = world.find(here, first.failed, second.passed) if there else None
            if there and back:
                found.against[type_] = (there, back)
        if not together or versions(one, other):
            continue
        with asking(material, "implied", one, other):
            done = first.passed | first.exempt, second.passed | second.exempt
            if not possible(world, here, done[0], second.failed) and not odd(material, other):
                found.follows.append(type_)
            if not possible(world, here, done[1], first.failed) and not odd(material, one):
                found.leads.append(type_)
    return found


def _pairs(material: Material) -> Iterator[tuple[Rule, Rule]]:
    """The rules that share something they read and are in force together on some day."""
    rules = material.files.book.rules
    readers: dict[str, list[int]] = {}
    for position, rule in enumerate(rules):
        for name in _tied_by(rule):
            readers.setdefault(name, []).append(position)
    pairs = {pair for positions in readers.values() for pair in combinations(positions, 2)}
    for i, j in sorted(pairs):
        if _together(rules[i], rules[j]):
            yield rules[i], rules[j]


def _tied_by(rule: Rule) -> set[str]:
    """The names through which a rule can have to do with another."""
    names = set(names_read(rule))
    tested = {test.fact for condition in conditions_of(rule) for test in tests_of(condition)}
    return names if INSPECTED_ON in tested else names - {INSPECTED_ON}


def _together(one: Rule, other: Rule) -> bool:
    starts = max(one.effective_from or "", other.effective_from or "")
    ends = [end for end in (one.effective_to, other.effective_to) if end is not None]
    return (
        one.stage is other.stage
        and bool(one.applies_to & other.applies_to)
        and all(starts <= end for end in ends)
    )
