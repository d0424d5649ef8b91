"""What a pending opinion still waits for.

May import what `cures` imports, and `cures`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from compliance.condition import FactType
from compliance.engines.direct import Direct
from compliance.explain.cures import (
    LIMIT,
    Change,
    Cures,
    Kind,
    Setting,
    binding,
    changed,
    conforming,
    described,
)
from compliance.explain.space import Name, Space
from compliance.outcome import Opinion
from compliance.record import Record
from compliance.rulebook import RuleBook


@dataclass(frozen=True, slots=True)
class Outlook:
    """What can still become of an opinion by filling gaps alone.

    `shortest` are the sets of fewest observations that make it conforming; it has none
    where that is out of reach, and it is not complete where the search gave up. Each of
    `spoilers`, observed alone, makes it non-conforming; its settings hold every such value.
    """

    opinion: Opinion | None
    shortest: Cures
    spoilers: tuple[Change, ...]

    @property
    def possible(self) -> bool:
        """Whether the opinion is known to be able to become conforming."""
        return bool(self.shortest.sets)


def outlook(book: RuleBook, record: Record, limit: int = LIMIT) -> Outlook:
    """What the gaps of `record` can still bring."""
    engine = Direct(book)
    opinion = engine.answer(record).opinion
    found = conforming(book, record, unobserved_only=True, limit=limit)
    least = min(map(len, found.sets), default=0)
    shortest = Cures(
        tuple(cure for cure in found.sets if len(cure) == least),
        found.complete or any(len(cure) > least for cure in found.sets),
    )
    spoilers: tuple[Change, ...] = ()
    if opinion is Opinion.PENDING:
        spoilers = tuple(_spoilers(Space(book, record, binding(book, record), True), engine))
    return Outlook(opinion, shortest, spoilers)


def _spoilers(space: Space, engine: Direct) -> Iterator[Change]:
    """Each gap with the values of it that alone make the opinion non-conforming."""
    for fact in space.book.facts.values():
        if fact.type is FactType.LIST and space.record.observed(fact.name) is None:
            empty = Change(fact.name, ())
            if any(name.fact == fact.name for name in space.names) and _spoils(
                space, engine, empty
            ):
                yield empty
    for name in space.names:
        for change in _gaps(space, name):
            bad = tuple(
                value
                for value in space.values(name)
                if _spoils(space, engine, _filled(change, Setting(name.own, (Kind((value,)),))))
            )
            if bad:
                yield _filled(change, described(space, name, bad, None))


def _gaps(space: Space, name: Name) -> Iterator[Change]:
    """Where `name` was not observed, as changes without a setting."""
    value = space.record.observed(name.fact)
    if isinstance(value, tuple):
        for position, member in enumerate(value):
            if member.get(name.field) is None:
                yield Change(name.fact, (), position)
    elif value is None:
        yield Change(name.fact, (), added=bool(name.field))


def _filled(change: Change, setting: Setting) -> Change:
    return replace(change, settings=(setting,))


def _spoils(space: Space, engine: Direct, change: Change) -> bool:
    answer = engine.answer(changed(space.record, (change,)))
    return answer.opinion is Opinion.NON_CONFORMING
