"""A condition as rule files write it, and where in a file a part of it stands.

May import everything below `assure`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any as AnyValue

from compliance.condition import (
    Any,
    AtLeast,
    Condition,
    Every,
    FactRef,
    Holds,
    Not,
    Op,
    Requirement,
    Test,
)
from compliance.dump import yaml_text
from compliance.source import Path_

Data = dict[str, AnyValue]


def condition_data(condition: Condition) -> Data:
    """The data that loading reads as this condition."""
    if isinstance(condition, Test):
        return {condition.fact: _value(condition)}
    if isinstance(condition, Not):
        return {"not": condition_data(condition.item)}
    parts = [condition_data(item) for item in condition.items]
    if isinstance(condition, Any):
        return {"any": parts}
    merged = {name: value for part in parts for name, value in part.items()}
    whole = len(parts) > 1 and len(merged) == len(parts) == sum(map(len, parts))
    return merged if whole else {"all": parts}


def _value(test: Test) -> AnyValue:
    operand: AnyValue = test.operand
    if isinstance(operand, FactRef):
        operand = {"fact": operand.name}
    elif isinstance(operand, tuple):
        operand = list(operand)
    return operand if test.op is Op.EQUALS else {test.op.value: operand}


def requirement_data(require: Requirement) -> Data:
    """The data that loading reads as this requirement."""
    that = {} if require.that is None else {"that": condition_data(require.that)}
    if isinstance(require, Holds):
        return condition_data(require.that)
    if isinstance(require, Every):
        allow = {"allow_none": True} if require.allow_none else {}
        return {"every": require.of, **that, **allow}
    if isinstance(require, AtLeast):
        return {"at_least": require.count, "of": require.of, **that}
    since = {"fact": require.since}
    return {"every_month_since": since, "of": require.of, "dated_by": require.dated_by, **that}


def on_a_line(data: Data) -> str:
    """The data as YAML on one line, without the outermost braces."""
    return yaml_text(data, flow=True)[1:-1]


def data_path(data: Mapping[str, AnyValue], at: Path_) -> Path_:
    """The way through a rule's data to what `at` leads to.

    After `require` or `when`, `at` counts down the condition tree: the position of an item
    of `All` or `Any`, 0 for what is in a `Not`. Any other way is one through the data already.
    """
    top, steps = at[0], [step for step in at[1:] if isinstance(step, int)]
    if top not in ("require", "when") or len(steps) < len(at) - 1:
        return at
    path: Path_ = (top,)
    here = data[str(top)]
    if "that" in here:
        path, here = (*path, "that"), here["that"]
    while True:
        if len(here) > 1:
            if not steps:
                return path
            name = list(here)[steps.pop(0)]
        else:
            (name,) = here
        path, value = (*path, name), here[name]
        if name in ("all", "any", "not") and steps:
            step = steps.pop(0)
            path, here = (path, value) if name == "not" else ((*path, step), value[step])
        elif steps:  # one fact with several operators
            return (*path, list(value)[steps[0]])
        else:
            return path
