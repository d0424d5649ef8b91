"""Rules that hang together: those that read a fact in common, directly or through others.

May import `reads` and everything below `assure`.
"""

from __future__ import annotations

from collections.abc import Iterable

from compliance.assure.reads import names_read
from compliance.rulebook import Rule

INSPECTED_ON = "inspection.date"


def components(rules: Iterable[Rule]) -> tuple[tuple[Rule, ...], ...]:
    """The rules in groups that share no fact; the date of the inspection ties none together.

    That date is known in every record, so what becomes of one group does not depend on what
    becomes of another. Groups stand in the order of their first rules.
    """
    groups: dict[int, list[Rule]] = {}
    group_of: dict[str, int] = {}
    for number, rule in enumerate(rules):
        names = set(names_read(rule)) - {INSPECTED_ON}
        joined = sorted({group_of[name] for name in names if name in group_of})
        home = joined[0] if joined else number
        own = groups.setdefault(home, [])
        for other in joined[1:]:
            own += groups.pop(other)
            group_of.update({name: home for name, at in group_of.items() if at == other})
        own.append(rule)
        group_of.update(dict.fromkeys(names, home))
    return tuple(tuple(own) for own in groups.values())
