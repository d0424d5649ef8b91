"""A z3 model read back as a record.

Only `solver` imports this module. May import `symbols` and everything below `assure`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any as AnyValue
from typing import Protocol

import z3

from compliance.assure.symbols import Members, Term, value_in
from compliance.condition import FactType
from compliance.outcome import Stage
from compliance.record import Inspection, Outlet, Record
from compliance.rulebook import Fact, OutletType, RuleBook


class Symbolic(Protocol):
    """The parts of a symbolic record."""

    @property
    def book(self) -> RuleBook: ...
    @property
    def type(self) -> OutletType: ...
    @property
    def stage(self) -> Stage: ...
    @property
    def dates(self) -> Mapping[str, Term]: ...
    @property
    def scalars(self) -> Mapping[str, Term]: ...
    @property
    def lists(self) -> Mapping[str, Members]: ...


def record_in(model: z3.ModelRef, world: Symbolic) -> Record:
    """The record that a model describes; people and places in it are plainly invented."""
    dates = {name: value_in(model, each) for name, each in world.dates.items()}
    observed: dict[str, AnyValue] = {
        name: value_in(model, each) for name, each in world.scalars.items()
    }
    for name, listed in world.lists.items():
        if _true(model, listed.known):
            fact = world.book.facts[name]
            observed[name] = tuple(
                _member(model, fact, listed.fields[n], n)
                for n, present in enumerate(listed.present)
                if _true(model, present)
            )
    return Record(
        Inspection(
            "EX-1",
            world.stage,
            str(dates["inspection.date"]),
            "检查员示例",
            _text(dates.get("inspection.previous_inspection_date")),
        ),
        Outlet(
            "EX", "示例网点", world.type, "示例银行", listed_on=_text(dates.get("outlet.listed_on"))
        ),
        {name: value for name, value in observed.items() if value is not None},
        notes={},
        evidence=(),
        digest="",
        source="",
    )


def _member(
    model: z3.ModelRef, fact: Fact, own: Mapping[str, Term], position: int
) -> dict[str, AnyValue]:
    found = {name: value_in(model, each) for name, each in own.items()}
    for field in fact.fields:
        if field.required and not found.get(field.name) and field.type is FactType.TEXT:
            found[field.name] = f"示例{position + 1}"
    named = (field.name for field in fact.fields)
    return {name: found[name] for name in named if found.get(name) is not None}


def _true(model: z3.ModelRef, formula: z3.BoolRef) -> bool:
    return bool(z3.is_true(model.eval(formula, model_completion=True)))


def _text(value: bool | int | str | None) -> str | None:
    return None if value is None else str(value)
