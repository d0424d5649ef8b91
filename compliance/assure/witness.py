"""Records and examples as YAML that can be pasted into a file.

May import everything below `assure`.
"""

from __future__ import annotations

import re
from typing import Any, Final

import yaml

from compliance.outcome import Outcome
from compliance.record import Record
from compliance.rulebook import INSPECTION_FACTS

EXAMPLE_DATE: Final = "2026-01-31"
"""The date of the inspection in an example that names none."""


class _Dumper(yaml.SafeDumper):
    """Quotes what would otherwise be read as no text by YAML 1.2; dates stay plain."""

    def ignore_aliases(self, data: object) -> bool:
        return True


_PLAIN: Final = (
    ("tag:yaml.org,2002:bool", "true|True|TRUE|false|False|FALSE", "tTfF"),
    ("tag:yaml.org,2002:null", "~|null|Null|NULL|", "~nN\0"),
    ("tag:yaml.org,2002:int", "[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    (
        "tag:yaml.org,2002:float",
        r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?",
        "-+.0123456789",
    ),
)
_Dumper.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in _PLAIN:
    _Dumper.add_implicit_resolver(_tag, re.compile(f"(?:{_pattern})$"), [*_first])


def example(record: Record, then: Outcome) -> str:
    """The record as an entry of a rule's `examples`, on one line."""
    entry: dict[str, Any] = {"given": _given(record), "then": then.value}
    if record.inspection.date != EXAMPLE_DATE:
        entry = {"date": record.inspection.date, **entry}
    return "- " + _yaml(entry, flow=True)


def file(record: Record) -> str:
    """The record as a file of its own."""
    visit, outlet = record.inspection, record.outlet
    inspection = {
        "id": visit.id,
        "stage": visit.stage.value,
        "date": visit.date,
        "inspector": visit.inspector,
        "previous_inspection_date": visit.previous_inspection_date,
    }
    place = {
        "id": outlet.id,
        "name": outlet.name,
        "type": outlet.type.value,
        "bank": outlet.bank,
        "listed_on": outlet.listed_on,
    }
    data = {
        "inspection": {key: value for key, value in inspection.items() if value is not None},
        "outlet": {key: value for key, value in place.items() if value is not None},
        "observations": _observed(record),
    }
    return _yaml(data, flow=False)


def _given(record: Record) -> dict[str, Any]:
    """What an example states: the observations, and the dates that are no observations."""
    dates = {name: record.observed(name) for name in INSPECTION_FACTS if name != "inspection.date"}
    return {
        **{name: value for name, value in dates.items() if value is not None},
        **_observed(record),
    }


def _observed(record: Record) -> dict[str, Any]:
    return {
        name: [dict(member) for member in value] if isinstance(value, tuple) else value
        for name, value in record.observations.items()
    }


def _yaml(data: Any, *, flow: bool) -> str:
    text: str = yaml.dump(
        data,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=flow,
        width=10**6,
    )
    return text.rstrip("\n")
