"""An example that a rule lacks, found by trying values and shown ready to paste.

May import what `examples` imports, `explain` and `witness`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from typing import Any, Final

from compliance.assure.examples import example_record
from compliance.assure.witness import EXAMPLE_DATE, example
from compliance.condition import AtLeast, EveryMonthSince, facts_of
from compliance.engines.direct import facts, judge
from compliance.explain.space import Name, Space
from compliance.outcome import Outcome
from compliance.record import Record
from compliance.rulebook import INSPECTION_FACTS, Example, Fact, Rule, RuleBook

TRIES: Final = 4000
"""Combinations of values tried before the author is left to fill in the blanks."""

Given = dict[str, Any]


def skeleton(book: RuleBook, rule: Rule, outcome: Outcome) -> str:
    """An example of `rule` that gives `outcome`, as YAML.

    The first one found among the values that the rule tells apart; where none is found
    soon, the facts that the rule reads, each to be filled in.
    """
    date = rule.effective_from or (rule.examples[0].date if rule.examples else EXAMPLE_DATE)
    type_ = min(rule.applies_to)

    def record(given: Given) -> Record:
        return example_record(rule, type_, Example(given, outcome.value, date))

    space = Space(book, record({}), (rule,), unobserved_only=False)
    judged, known = judge(book, rule), facts(record({}))
    for given in islice(_tried(space, rule, date), TRIES):
        if judged({**known, **given}).outcome is outcome:
            return example(record(given), outcome)
    return example(record(dict.fromkeys(name.fact for name in space.names)), outcome)


def _tried(space: Space, rule: Rule, date: str) -> Iterator[Given]:
    """Observations to try, from none at all on."""
    fields: dict[str, list[Name]] = {}
    for name in space.names:
        fields.setdefault(name.fact, []).append(name)
    if of := getattr(rule.require, "of", None):
        fields.setdefault(of, [])
    copies = rule.require.count if isinstance(rule.require, AtLeast) else 1
    options = []
    for fact, names in fields.items():
        if space.book.facts[fact].fields:
            options.append([_Left, *_members(space, space.book.facts[fact], names, copies)])
        else:
            options.append([_Left, *space.values(names[0])])
    stated = dict.fromkeys(_stated(rule), date)
    for values in product(*options):
        given = {fact: value for fact, value in zip(fields, values) if value is not _Left}
        yield given
        if stated:
            yield {**stated, **given}


class _Left:
    """Stands for a fact that an example does not mention."""


def _members(space: Space, fact: Fact, names: list[Name], copies: int) -> Iterator[list[Given]]:
    """The list empty, and with one member of each kind, as often as is asked for."""
    yield []
    required = {field.name: "示例" for field in fact.fields if field.required}
    tested = [name for name in names if name.field]
    for values in product(*([_Left, *space.values(name)] for name in tested)):
        member = {n.field: v for n, v in zip(tested, values) if v is not _Left}
        yield [{**required, **member}] * copies


def _stated(rule: Rule) -> set[str]:
    """The dates of outlet and inspection that the rule reads and an example may state."""
    read = set(facts_of(rule.when)) if rule.when is not None else set()
    if isinstance(rule.require, EveryMonthSince):
        read.add(rule.require.since)
    if (that := rule.require.that) is not None:
        read.update(facts_of(that))
    return {name for name in read if name in INSPECTION_FACTS} - {"inspection.date"}
