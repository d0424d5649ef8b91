"""Checks of the vocabulary: what is asked and never used, or used and never asked.

May import `material` and everything below `assure`, and `reads`.
"""

from __future__ import annotations

from collections.abc import Iterator

from compliance.assure.lint.material import Material, Scope, about, scopes
from compliance.assure.reads import fields_read, names_read
from compliance.condition import Holds
from compliance.remarks import Remark
from compliance.rulebook import Fact


def _needed(material: Material) -> dict[str, set[Scope]]:
    """Each name that rules read, and the outlet types and stages for which they do."""
    needed: dict[str, set[Scope]] = {}
    for rule in material.files.book.rules:
        for name in names_read(rule):
            needed.setdefault(name, set()).update(scopes(rule))
    return needed


def unused_fact(material: Material) -> Iterator[Remark]:
    """Facts that no rule reads, at their names."""
    needed, document = _needed(material), material.files.documents["facts"]
    for name in material.files.book.facts:
        if name not in needed:
            place = document.place(("facts", name), key=True)
            yield about("unused-fact", "unused-fact", place, name, fact=name)


def unused_field(material: Material) -> Iterator[Remark]:
    """Fields of members that no rule reads and no form needs, in lists that rules read."""
    needed, document = _needed(material), material.files.documents["facts"]
    read = _fields(material)
    for fact in material.files.book.facts.values():
        for field in fact.fields if fact.name in needed else ():
            if field.serves is None and (fact.name, field.name) not in read:
                place = document.place(("facts", fact.name, "fields", field.name), key=True)
                said = {"list": fact.name, "field": field.name}
                yield about("unused-field", "unused-field", place, fact.name, **said)


def unasked_field(material: Material) -> Iterator[Remark]:
    """Fields of members that a rule reads and that no question asks for."""
    document, read = material.files.documents["facts"], _fields(material)
    for fact in material.files.book.facts.values():
        for field in fact.fields:
            if field.question is None and (fact.name, field.name) in read:
                place = document.place(("facts", fact.name, "fields", field.name), key=True)
                said = {"list": fact.name, "field": field.name}
                yield about("unasked-field", "unasked-field", place, fact.name, **said)


def _fields(material: Material) -> set[tuple[str, str]]:
    """Each list, with a field of its members that some rule reads."""
    return {
        (rule.require.of, field)
        for rule in material.files.book.rules
        if not isinstance(rule.require, Holds)
        for field in fields_read(rule, rule.require.of)
    }


def fact_not_needed(material: Material) -> Iterator[Remark]:
    """Outlet types and stages that are asked for a fact which rules read of others only."""
    needed = _needed(material)
    for fact in material.files.book.facts.values():
        if fact.name in needed:
            yield from _not_needed(material, fact, needed[fact.name])


def _not_needed(material: Material, fact: Fact, needed: set[Scope]) -> Iterator[Remark]:
    document = material.files.documents["facts"]
    data = document.data["facts"][fact.name]
    types = {type_.value for type_, _ in needed}
    stages = {stage.value for _, stage in needed}
    pairs = {(type_.value, stage.value) for type_, stage in needed}
    for i, type_ in enumerate(data["asked_of"]):
        place = document.place(("facts", fact.name, "asked_of", i))
        if type_ not in types:
            key = "not-needed-of-type"
            yield about("fact-not-needed", key, place, fact.name, fact=fact.name, type=type_)
            continue
        for stage in data["stages"]:
            if stage in stages and (type_, stage) not in pairs:
                said = {"fact": fact.name, "type": type_, "stage": stage}
                yield about("fact-not-needed", "not-needed-there", place, fact.name, **said)
    for i, stage in enumerate(data["stages"]):
        if stage not in stages:
            place = document.place(("facts", fact.name, "stages", i))
            key = "not-needed-in-stage"
            yield about("fact-not-needed", key, place, fact.name, fact=fact.name, stage=stage)
