"""Records and examples as YAML that can be pasted into a file.

May import everything below `assure`.
"""

from __future__ import annotations

from typing import Any, Final

from compliance.dump import yaml_text
from compliance.outcome import Outcome
from compliance.record import Record
from compliance.rulebook import INSPECTION_FACTS

EXAMPLE_DATE: Final = "2026-01-31"
"""The date of the inspection in an example that names none."""


def example(record: Record, then: Outcome) -> str:
    """The record as an entry of a rule's `examples`, on one line."""
    entry: dict[str, Any] = {"given": _given(record), "then": then.value}
    if record.inspection.date != EXAMPLE_DATE:
        entry = {"date": record.inspection.date, **entry}
    return "- " + yaml_text(entry, flow=True)


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
    return yaml_text(data, flow=False)


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
