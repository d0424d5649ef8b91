"""How the checks ask the solver, and what becomes of a question that it leaves open.

May import `material` and everything below `assure`, `solver` and what it is made of.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from compliance.assure.lint.material import Material, about
from compliance.assure.solver import Undecided, World
from compliance.outcome import Outcome
from compliance.remarks import Remark
from compliance.rulebook import OutletType, Rule
from compliance.words import listed


@contextmanager
def asking(material: Material, check: str, *rules: Rule) -> Iterator[None]:
    """Inside, a check asks about some rules; where the solver gives up, that is noted."""
    try:
        yield
    except Undecided:
        material.undecided.append((check, rules))


def possible(world: World, *formulas: Any) -> bool:
    """Whether there is a record in which all formulas are true. Raises Undecided."""
    return world.possible(*formulas)


def undecided(material: Material) -> Iterator[Remark]:
    """What the solver has left open, at the last of the rules that it is about."""
    checks: dict[tuple[str, ...], dict[str, None]] = {}
    for check, rules in material.undecided:
        checks.setdefault(tuple(rule.id for rule in rules), {})[check] = None
    for ids, names in checks.items():
        place = material.files.place(ids[-1], "require", key=True)
        said = {"rules": listed(ids), "checks": listed(tuple(names))}
        yield about("undecided", "undecided", place, ids[-1], **said)


def types_of(types: Iterator[OutletType] | list[OutletType]) -> str:
    """The outlet types as rule files call them."""
    return ", ".join(type_.value for type_ in types)


def outcomes(rules: tuple[Rule, ...], said: tuple[Outcome, ...]) -> str:
    """A comment for a record that is shown: what each rule says of it."""
    return "# " + ", ".join(f"{rule.id}: {each.value}" for rule, each in zip(rules, said))
