"""Which member of one list is which of another. May import nothing of this package."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from compliance.rulebook import Fact
from compliance.source import shown

Member = Mapping[str, Any]
Refusal = tuple[str, dict[str, str]]
"""The key of a fault and what fills it in."""


def match(
    fact: Fact, old: Sequence[Member], new: Sequence[Member]
) -> tuple[list[int | None], list[Refusal]]:
    """For each new member its position among the old, None where it is another one.

    Members that have names are matched by name and ID number, others by all their fields.
    """
    if fact.field("name") is None:
        return _by_fields(old, new), []
    return _by_name(old, new)


def _name(member: Member) -> str:
    """A name as it is compared: blanks and the width of letters do not count."""
    return "".join(unicodedata.normalize("NFKC", str(member["name"])).split())


def _by_name(
    old: Sequence[Member], new: Sequence[Member]
) -> tuple[list[int | None], list[Refusal]]:
    positions: list[int | None] = []
    refused: list[Refusal] = []
    for member in new:
        number, name = member.get("id_number"), {"name": shown(member["name"])[1:-1]}
        same = [at for at, other in enumerate(old) if _name(other) == _name(member)]
        known = [at for at in same if number and old[at].get("id_number") == number]
        open_ = [at for at in same if not number or not old[at].get("id_number")]
        namesakes = sum(_name(other) == _name(member) for other in new) > 1
        holder = next((o for o in old if number and o.get("id_number") == number), None)
        if holder is not None and not known:
            refused.append(("two_names", {**name, "other": shown(holder["name"])[1:-1]}))
        elif known:
            positions.append(known[0])
            continue
        elif len(open_) > 1 or (open_ and (namesakes or len(same) > 1)):
            refused.append(("namesakes", name))
        elif same and not open_:
            refused.append(("two_people", name))
        positions.append(open_[0] if open_ else None)
    return positions, refused


def _by_fields(old: Sequence[Member], new: Sequence[Member]) -> list[int | None]:
    """Pairs that contradict each other nowhere, the most alike first.

    Within one likeness the first comes first: so the pairs are the same whichever list is
    called the old one.
    """
    alike = []
    for at, member in enumerate(new):
        for position, other in enumerate(old):
            mine = {key: value for key, value in member.items() if value is not None}
            theirs = {key: value for key, value in other.items() if value is not None}
            shared = mine.keys() & theirs.keys()
            if shared and all(mine[key] == theirs[key] for key in shared):
                alike.append((-len(shared), len(mine.keys() ^ theirs.keys()), at, position))
    positions: list[int | None] = [None] * len(new)
    for _, _, at, position in sorted(alike):
        if positions[at] is None and position not in positions:
            positions[at] = position
    return positions
