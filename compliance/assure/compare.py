"""Whether two rules ever say different things, and on which record.

May import everything below `assure`, and `solver` and what it is made of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from compliance.assure.reads import counts
from compliance.assure.solver import World
from compliance.outcome import Outcome, Stage
from compliance.record import Record
from compliance.rulebook import OutletType, Rule, RuleBook


@dataclass(frozen=True, slots=True)
class Difference:
    """A record on which two rules differ; None stands for a rule that is not in force.

    Where both outcomes are the same, they differ in what follows from it: the box that is
    ticked, or whether the rule counts at all.
    """

    record: Record
    first: Outcome | None
    second: Outcome | None


def scopes(rules: Iterable[Rule]) -> Iterator[tuple[OutletType, Stage]]:
    """Each outlet type and stage that some of the rules are about, in the types' order."""
    pairs = {(type_, rule.stage) for rule in rules for type_ in rule.applies_to}
    yield from sorted(pairs)


def difference(book: RuleBook, first: Rule, second: Rule) -> Difference | None:
    """A record on which the rules do not say the same; None where it is proved they always do.

    Both read facts of `book`. Compared are being in force, the outcome, and on a failure the
    box that it ticks. Raises Undecided where the solver gives up.
    """
    for type_, stage in scopes((first, second)):
        world = World(book, type_, stage, (first, second))
        here = [world.in_force(rule) for rule in world.rules]
        verdicts = [world.verdict(rule) for rule in world.rules]
        apart = [here[0] != here[1]]
        apart += [here[0] & (verdicts[0][o] != verdicts[1][o]) for o in Outcome]
        both = here[0] & here[1]
        if counts(first) is not counts(second):
            apart.append(both & (verdicts[0].failed | verdicts[0].unknown))
        elif counts(first) and first.reason is not second.reason:
            apart.append(both & verdicts[0].failed)
        for formula in apart:
            found = world.find(formula)
            if found is not None:
                day = found.record.inspection.date
                said = [
                    outcome if rule.applies(type_, stage, day) else None
                    for rule, outcome in zip(world.rules, found.outcomes)
                ]
                return Difference(found.record, *said)
    return None
