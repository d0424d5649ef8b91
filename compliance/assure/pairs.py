"""Two records at once: one observation fewer, members in another order, one field apart.

May import everything below `assure`, `solver` and what it is made of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import z3

from compliance.assure.solver import World
from compliance.record import Record


def observations(world: World) -> Iterator[tuple[z3.BoolRef, str]]:
    """Whether each fact and each member's field was observed, with the name of the fact."""
    yield from ((each.known, name) for name, each in world.scalars.items())
    for listed in world.lists.values():
        for own in listed.fields:
            yield from ((each.known, name) for name, each in own.items())


def without(observed: z3.BoolRef, formula: z3.BoolRef) -> z3.BoolRef:
    """The formula as it is where what was observed had not been."""
    return z3.substitute(formula, (observed, z3.BoolVal(False)))


def same(
    one: World, two: World, order: Sequence[int] | None = None, leaving_out: str = ""
) -> z3.BoolRef:
    """Two worlds of the same rules hold one record.

    `order` says at which place in `two` each member of a list in `one` stands; the field
    `leaving_out` of members may differ.
    """
    parts = [each.same(two.dates[name]) for name, each in one.dates.items()]
    parts += [each.same(two.scalars[name]) for name, each in one.scalars.items()]
    for name, listed in one.lists.items():
        other = two.lists[name]
        places = order or range(len(listed.fields))
        parts.append(listed.known == other.known)
        for here, there in enumerate(places):
            parts.append(listed.present[here] == other.present[there])
            parts += [
                each.same(other.fields[there][field])
                for field, each in listed.fields[here].items()
                if field != leaving_out
            ]
    return z3.And(*parts, *two.valid)


def find_pair(one: World, two: World, *formulas: z3.BoolRef) -> tuple[Record, Record] | None:
    """Two small records in which all formulas are true; None where none can exist.

    Raises Undecided where z3 gives up.
    """
    model = one.model(*two.valid, *formulas)
    if model is None:
        return None
    return one.witness_in(model).record, two.witness_in(model).record
