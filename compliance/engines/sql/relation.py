"""The relation of records that the statement reads: which columns, of which types.

One row a record, in the shape of the record schema: the columns `inspection` and `outlet` and,
where a rule reads an observation, `observations`, each a struct. A list fact is a list of
structs. Booleans are BOOLEAN, integers BIGINT, texts VARCHAR (STRING on Spark), dates DATE;
NULL is not observed. More columns and fields may be there; they are not read. The inspection's
id, stage and date and the outlet's id and type are never NULL.

May import `condition`, `rulebook` and `record`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from compliance.condition import Condition, EveryMonthSince, FactType, Holds, facts_of
from compliance.record import Record
from compliance.rulebook import INSPECTION_FACTS, Rule, RuleBook

Shape = dict[str, Any]
"""Types by name: a text, or the Shape of a struct, or a list with that of its members."""

NAMING: Final[Mapping[str, FactType]] = {
    "inspection.id": FactType.TEXT,
    "inspection.stage": FactType.TEXT,
    "inspection.date": FactType.DATE,
    "outlet.id": FactType.TEXT,
    "outlet.type": FactType.TEXT,
}
"""What is read of every record, by path."""

TYPES: Final[Mapping[FactType, str]] = {
    FactType.BOOLEAN: "BOOLEAN",
    FactType.INTEGER: "BIGINT",
    FactType.TEXT: "VARCHAR",
    FactType.DATE: "DATE",
}


def shape(book: RuleBook) -> Shape:
    """What the statement of a rule book reads, as DuckDB's `from_json` and `read_json` take it.

    A list is as `[{'pre_job_trained': 'BOOLEAN', 'able_to_serve': 'BOOLEAN'}]`.
    """
    found: dict[str, Shape] = {"inspection": {}, "outlet": {}, "observations": {}}
    names = dict.fromkeys(name for rule in book.rules for name in _tops(book, rule))
    named = {name: INSPECTION_FACTS[name] for name in names if name in INSPECTION_FACTS}
    for path, type_ in {**NAMING, **named}.items():
        struct, _, name = path.partition(".")
        found[struct][name] = TYPES[type_]
    for name in names:
        if name in INSPECTION_FACTS:
            continue
        fact = book.facts[name]
        if fact.type is FactType.LIST:
            read = {n for rule in book.rules for n in _of_members(rule, name)}
            fields = {f.name: TYPES[f.type] for f in fact.fields if f.name in read}
            found["observations"][name] = [fields]
        else:
            found["observations"][name] = TYPES[fact.type]
    return {name: struct for name, struct in found.items() if struct}


def row(record: Record, shape: Shape) -> dict[str, Any]:
    """What a record holds of a shape, as JSON."""
    parts = {"inspection": record.inspection, "outlet": record.outlet}
    values: dict[str, Any] = {
        name: {field: getattr(part, field) for field in shape[name]} for name, part in parts.items()
    }
    observed = {name: record.observations.get(name) for name in shape.get("observations", ())}
    for name, value in observed.items():
        if isinstance(value, tuple):
            fields = shape["observations"][name][0]
            observed[name] = [{f: member.get(f) for f in fields} for member in value]  # type: ignore[assignment]  # JSON's list
    return {**values, "observations": observed}


def _names(condition: Condition | None) -> Iterator[str]:
    if condition is not None:
        yield from facts_of(condition)


def _tops(book: RuleBook, rule: Rule) -> Iterator[str]:
    """The names that a rule reads of the record; a list's is that of its members' fields."""
    yield from _names(rule.when)
    if isinstance(rule.require, Holds):
        yield from _names(rule.require.that)
        return
    of = book.facts[rule.require.of]
    yield of.name
    yield from (name for name in _names(rule.require.that) if of.field(name) is None)
    if isinstance(rule.require, EveryMonthSince):
        yield rule.require.since


def _of_members(rule: Rule, of: str) -> Iterator[str]:
    """The names that a rule reads of the members of a list, and more where they are no fields."""
    if not isinstance(rule.require, Holds) and rule.require.of == of:
        yield from _names(rule.require.that)
        if isinstance(rule.require, EveryMonthSince):
            yield rule.require.dated_by
