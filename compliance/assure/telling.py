"""The record that tells a changed rule from the rule, ready to paste; None proves that none does.

May import everything below `assure`, `compare`, `solver` and what they are made of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import z3

from compliance.assure import witness
from compliance.assure.compare import difference, scopes
from compliance.assure.reads import counts
from compliance.assure.solver import World
from compliance.assure.written import Data
from compliance.dump import yaml_text
from compliance.engines.direct import Direct
from compliance.outcome import Reason
from compliance.record import Record
from compliance.rulebook import Rule, RuleBook


@dataclass(frozen=True, slots=True)
class Telling:
    """What would notice the change: an entry for the rule's examples, or a fixture's two files."""

    is_example: bool
    text: str


def telling(book: RuleBook, rule: Rule, changed: Rule) -> Telling | None:
    """An example, or where that cannot be, a fixture that holds for the rule alone.

    None where it is proved that no record that is accepted under the rule book tells the two
    apart. Raises Undecided where the solver gives up.
    """
    found = difference(book, rule, changed)
    if found is None:
        return None
    if found.first is not None and found.first is not found.second:
        return Telling(True, witness.example(found.record, found.first))
    record = _whole(book, rule, changed)
    return None if record is None else Telling(False, _fixture(book, record))


def _fixture(book: RuleBook, record: Record) -> str:
    """The two files of a fixture, each below its name."""
    answer = Direct(book).answer(record)
    findings: Data = {
        "opinion": None if answer.opinion is None else answer.opinion.value,
        "reasons": [reason.value for reason in answer.reasons],
        "findings": {verdict.rule: verdict.outcome.value for verdict in answer.verdicts},
    }
    files = {"record.yaml": witness.file(record), "findings.yaml": yaml_text(findings, flow=False)}
    return "\n".join(f"# {name}\n{text}" for name, text in files.items())


def _whole(book: RuleBook, rule: Rule, changed: Rule) -> Record | None:
    """A record of which the whole book says something else once the rule is changed."""
    for type_, stage in scopes((rule, changed)):
        here = [each for each in book.rules if each.stage is stage and type_ in each.applies_to]
        if not here:
            continue
        others = [each for each in here if each is not rule]
        world = World(book, type_, stage, [*others, rule, changed])
        accepted = z3.Or(*(world.in_force(each) for each in here))
        for apart in _apart(world, rule, changed, others):
            if (found := world.find(accepted, apart)) is not None:
                return found.record
    return None


def _apart(world: World, rule: Rule, changed: Rule, others: Sequence[Rule]) -> Iterator[z3.BoolRef]:
    """Each way in which what is said of a record, as a fixture states it, can differ."""
    yield world.in_force(rule) != world.in_force(changed)
    before, after = [*others, rule], [*others, changed]
    for reason in Reason:
        yield _ticked(world, before, reason) != _ticked(world, after, reason)
    yield _conforming(world, before) != _conforming(world, after)


def _ticked(world: World, rules: Sequence[Rule], reason: Reason) -> z3.BoolRef:
    """Where a box of form B.1 is ticked."""
    return z3.Or(
        *(
            z3.And(world.in_force(rule), world.verdict(rule).failed)
            for rule in rules
            if counts(rule) and rule.reason is reason
        )
    )


def _conforming(world: World, rules: Sequence[Rule]) -> z3.BoolRef:
    """Where the opinion is conforming."""
    some, good = [], []
    for rule in filter(counts, rules):
        here, verdict = world.in_force(rule), world.verdict(rule)
        some.append(z3.And(here, verdict.passed))
        good.append(z3.Implies(here, z3.Or(verdict.passed, verdict.exempt)))
    return z3.And(z3.Or(*some), *good)
