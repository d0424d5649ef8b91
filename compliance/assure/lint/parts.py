"""Checks of the parts of a condition: items of `any` and `all` that decide nothing.

An item decides nothing where it is never the only one of its group that holds, or fails in an
`all`; such an item may still keep a rule open while what it reads is not observed. Nor does one
where the rule, rebuilt without it, says the same of every record. May import `asking`,
`material`, `outcomes` and everything below `assure`, `compare`, `spots`, `written`, and
`solver` and what it is made of.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Union

from compliance.assure.compare import difference
from compliance.assure.lint.asking import asking, possible
from compliance.assure.lint.material import Material, about, scopes
from compliance.assure.lint.outcomes import odd
from compliance.assure.solver import World
from compliance.assure.spots import Spot, spots
from compliance.assure.written import data_path
from compliance.condition import All, Any, Condition, Not
from compliance.remarks import Remark
from compliance.rulebook import Rule, RuleBook
from compliance.source import Path_

Group = Union[Any, All]


@dataclass(frozen=True, slots=True)
class Idle:
    """An item of a group that decides nothing; `path` leads to it in the rule's data."""

    group: type[Any] | type[All]
    path: Path_


def unreachable_branch(material: Material) -> Iterator[Remark]:
    """Items of an `any` without which the rule decides the same."""
    yield from _remarks(material, "unreachable-branch", Any)


def redundant_condition(material: Material) -> Iterator[Remark]:
    """Items of an `all`, written or meant, without which the rule decides the same."""
    yield from _remarks(material, "redundant-condition", All)


def _remarks(material: Material, check: str, group: type[Any] | type[All]) -> Iterator[Remark]:
    for rule in material.files.book.rules:
        if rule.id not in material.idle:
            material.idle[rule.id] = []
            with asking(material, check, rule):
                material.idle[rule.id] += _idle(material, rule)
        for item in material.idle[rule.id]:
            if item.group is group:
                named = isinstance(item.path[-1], str)
                place = material.files.place(rule.id, *item.path, key=named)
                yield about(check, check, place, rule.id)


def _idle(material: Material, rule: Rule) -> Iterator[Idle]:
    """The items that decide nothing, none inside another; none of a rule that is odd as a whole."""
    groups = [(s, s.condition) for s in spots(rule) if isinstance(s.condition, (Any, All))]
    if not groups or odd(material, rule):
        return
    data, found = material.files.raw["rules"][rule.id], list[Path_]()
    for spot, group in groups:
        if any(spot.at[: len(at)] == at for at in found):
            continue
        for position in _idle_items(material.files.book, rule, spot, group):
            found.append((*spot.at, position))
            path = data_path(data, spot.at)
            listed = path[-1] in ("any", "all")
            at = (*path, position) if listed else data_path(data, (*spot.at, position))
            yield Idle(type(group), at)


def _idle_items(book: RuleBook, rule: Rule, spot: Spot, group: Group) -> Iterator[int]:
    """The positions of items that can be left out together: of two that say the same, the later."""
    kept = list(range(len(group.items)))
    for position in reversed(range(len(group.items))):
        rest = [each for each in kept if each != position]
        if not rest:
            return
        others = tuple(group.items[each] for each in rest)
        needed = _is_needed(book, rule, spot, group.items[position], others)
        # What stands in nothing else is all that is required, so there it matters.
        inner = len(spot.at) > 1
        if not needed or (
            inner and difference(book, rule, spot.put(replace(group, items=others))) is None
        ):
            kept = rest
            yield position


def _is_needed(
    book: RuleBook, rule: Rule, spot: Spot, item: Condition, others: tuple[Condition, ...]
) -> bool:
    """Whether some record has the item hold, or fail in an `all`, and none of the others.

    An item of an `any` is needed only where nothing around it fails, so that it matters.
    """
    holds = isinstance(spot.condition, Any)
    for type_, stage in scopes(rule):
        world = World(book, type_, stage, (rule,))
        own, given = {}, [world.in_force(rule)]
        if spot.at[0] == "require":
            given.append(world.truth(rule.when))
        if spot.of is not None:
            own = world.lists[spot.of].fields[0]
            given.append(world.lists[spot.of].present[0])
        if holds:
            given += [~world.truth(each, own, holds=False) for each in _around(rule, spot)]
        given += [~world.truth(each, own, holds=holds) for each in others]
        if possible(world, *given, world.truth(item, own, holds=holds)):
            return True
    return False


def _around(rule: Rule, spot: Spot) -> list[Condition]:
    """The items of each `all` around a spot that must hold beside it."""
    here, found = rule.when if spot.at[0] == "when" else rule.require.that, list[Condition]()
    for step in spot.at[1:]:
        if isinstance(here, Not):
            here, found = here.item, []
        elif isinstance(here, (Any, All)):
            if isinstance(here, All):
                found += [item for n, item in enumerate(here.items) if n != step]
            here = here.items[int(step)]
    return found
