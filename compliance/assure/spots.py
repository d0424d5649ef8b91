"""The places of a rule at which a condition stands, and the names that could stand there.

May import everything below `assure`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple, Union

from compliance.condition import All, Any, Condition, FactType, Holds, Not, Test
from compliance.rulebook import INSPECTION_FACTS, Rule, RuleBook
from compliance.source import Path_


@dataclass(frozen=True, slots=True)
class Spot:
    """A condition inside a rule.

    `at` is a way as `written.data_path` takes it; `inside` is what directly holds the condition,
    if a condition does; `of` is the list whose members it is about, if it is about members.
    `put` gives the rule with another condition in its place.
    """

    at: Path_
    condition: Condition
    inside: Condition | None
    of: str | None
    put: Callable[[Condition], Rule]


class Change(NamedTuple):
    """A changed rule; `at`, `was` and `now` are what a `mutants.Mutant` says of it."""

    at: Path_
    was: str
    now: str
    rule: Rule


def everywhere(
    change: Callable[[Spot], Iterator[Change]],
) -> Callable[[Rule, RuleBook], Iterator[Change]]:
    """The function that makes a change at every spot of a rule."""

    def changes(rule: Rule, book: RuleBook) -> Iterator[Change]:
        for spot in spots(rule):
            yield from change(spot)

    return changes


def spots(rule: Rule) -> Iterator[Spot]:
    """Every condition of a rule, each before what it is made of."""
    if rule.when is not None:
        yield from _below(Spot(("when",), rule.when, None, None, partial(_with_when, rule)))
    if rule.require.that is not None:
        of = None if isinstance(rule.require, Holds) else rule.require.of
        yield from _below(
            Spot(("require",), rule.require.that, None, of, partial(_with_that, rule))
        )


def _with_when(rule: Rule, condition: Condition) -> Rule:
    return replace(rule, when=condition)


def _with_that(rule: Rule, condition: Condition) -> Rule:
    return replace(rule, require=replace(rule.require, that=condition))


def _below(spot: Spot) -> Iterator[Spot]:
    yield spot
    whole = spot.condition
    if isinstance(whole, Test):
        return
    for i, item in enumerate((whole.item,) if isinstance(whole, Not) else whole.items):
        put = partial(_with_item, spot, whole, i)
        yield from _below(Spot((*spot.at, i), item, whole, spot.of, put))


def _with_item(spot: Spot, whole: Union[All, Any, Not], i: int, item: Condition) -> Rule:
    if isinstance(whole, Not):
        return spot.put(Not(item))
    items = (*whole.items[:i], item, *whole.items[i + 1 :])
    return spot.put(replace(whole, items=items))


def neighbour(book: RuleBook, rule: Rule, name: str, type_: FactType, of: str | None) -> str | None:
    """The next name declared with the same type that could stand where `name` does.

    A field's is one of the same list; a fact's is one that is asked wherever the rule applies.
    After the last comes the first; None where there is no other.
    """
    listed = book.facts[of] if of is not None else None
    if listed is not None and listed.field(name) is not None:
        names = [field.name for field in listed.fields if field.type is type_]
    elif name in INSPECTION_FACTS:
        names = [each for each, other in INSPECTION_FACTS.items() if other is type_]
    else:
        scopes = {(each, rule.stage) for each in rule.applies_to}
        facts = book.facts.values()
        names = [fact.name for fact in facts if fact.type is type_ and scopes <= fact.asked]
    after = names[(names.index(name) + 1) % len(names)] if name in names else name
    return None if after == name else after
