"""Checks of what can come of a rule by itself: does it ever apply, fail, pass?

May import `asking`, `material` and everything below `assure`, `solver` and what it is made of.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from compliance.assure.lint.asking import asking, possible, types_of
from compliance.assure.lint.material import Material, about, remark
from compliance.assure.solver import Undecided, Witness, World
from compliance.assure.witness import example
from compliance.condition import All, Holds
from compliance.remarks import Remark
from compliance.rulebook import OutletType, Rule, RuleBook
from compliance.words.lint import say


@dataclass(frozen=True, slots=True)
class Outlook:
    """What can come of a rule for an outlet type while it is in force.

    What cannot is proved: no valid record is such.
    """

    type: OutletType
    applies: bool
    fails: bool
    passes: bool


def never_applies(material: Material) -> Iterator[Remark]:
    """Rules whose `when` no valid record fulfils, at the `when`."""
    for rule, outlooks in _outlooks(material, "never-applies"):
        types = [each.type for each in outlooks if not each.applies]
        if types:
            place = material.files.place(rule.id, "when", key=True)
            yield about("never-applies", "never-applies", place, rule.id, types=types_of(types))


def never_fails(material: Material) -> Iterator[Remark]:
    """Rules that no valid record fails, with a record that passes."""
    for rule, outlooks in _outlooks(material, "never-fails"):
        types = [each.type for each in outlooks if each.applies and not each.fails]
        if types:
            world = World(material.files.book, types[0], rule.stage, (rule,))
            shown = world.find(world.in_force(rule), world.verdict(rule).passed)
            yield _never(material, "never-fails", rule, types, shown)


def never_passes(material: Material) -> Iterator[Remark]:
    """Rules that no valid record passes, with one that goes as far as it can."""
    for rule, outlooks in _outlooks(material, "never-passes"):
        types = [each.type for each in outlooks if each.applies and not each.passes]
        if types:
            world = World(material.files.book, types[0], rule.stage, (rule,))
            yield _never(material, "never-passes", rule, types, _best(world, rule))


def _never(
    material: Material, check: str, rule: Rule, types: list[OutletType], shown: Witness | None
) -> Remark:
    place = material.files.place(rule.id, "require", key=True)
    record = example(shown.record, shown.outcomes[0]) if shown else ""
    return remark(check, place, rule.id, say(check, types=types_of(types)), shown=record)


def _outlooks(material: Material, check: str) -> Iterator[tuple[Rule, tuple[Outlook, ...]]]:
    for rule in material.files.book.rules:
        with asking(material, check, rule):
            yield rule, outlooks_of(material, rule)


def outlooks_of(material: Material, rule: Rule) -> tuple[Outlook, ...]:
    """What can come of the rule for each of its outlet types. Raises Undecided."""
    if rule.id not in material.outlooks:
        material.outlooks[rule.id] = None
        book = material.files.book
        material.outlooks[rule.id] = tuple(_outlook(book, rule, t) for t in sorted(rule.applies_to))
    known = material.outlooks[rule.id]
    if known is None:
        raise Undecided("asked before")
    return known


def _outlook(book: RuleBook, rule: Rule, type_: OutletType) -> Outlook:
    world = World(book, type_, rule.stage, (rule,))
    here, verdict = world.in_force(rule), world.verdict(rule)
    fails, passes = (possible(world, here, each) for each in (verdict.failed, verdict.passed))
    applies = fails or passes or possible(world, here, world.truth(rule.when))
    return Outlook(type_, applies, fails, passes)


def odd(material: Material, rule: Rule) -> bool:
    """Whether a check of this module finds anything about the rule. Raises Undecided."""
    return not all(each.fails and each.passes for each in outlooks_of(material, rule))


def _best(world: World, rule: Rule) -> Witness | None:
    """A record that fails the rule, if there is one though it fulfils all conditions but one."""
    that, given, own = rule.require.that, [], {}
    if not isinstance(rule.require, Holds):
        listed = world.lists[rule.require.of]
        own = listed.fields[0]
        given = [listed.present[0]]
    failing = world.in_force(rule) & world.verdict(rule).failed
    items = that.items if isinstance(that, All) else ()
    for left_out in reversed(range(len(items))):
        others = [world.truth(each, own) for n, each in enumerate(items) if n != left_out]
        found = world.find(failing, *given, *others)
        if found is not None:
            return found
    return world.find(failing)
