"""What two visits contradict each other on, and how that ends; what a history holds of values.

May import `answers` of this package and what lies below.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from compliance.condition import FactType
from compliance.errors import InputError, Place, Problem
from compliance.intake.answers import ANSWERS, Unclear
from compliance.rulebook import RuleBook
from compliance.source import fault, is_date, shown, subject_path

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Completed:
    """A record after a visit or a settlement, and the paths of what that changed."""

    data: Data
    filled: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()


class Disputes:
    """The disputes of a record, and the history from which the first statement is taken."""

    def __init__(self, data: Data, history: list[Data], book: RuleBook) -> None:
        self.entries: list[Data] = list(data.get("disputed") or ())
        self.history = history
        self.book = book

    def said(self, path: str) -> list[Data]:
        """What was said on a disputed path; empty where there is no dispute."""
        return next((entry["said"] for entry in self.entries if entry["path"] == path), [])

    def open(self, path: str, value: Any, statement: Data, contrary: Any) -> None:
        """A new dispute between whoever observed `value` and the visit that contradicts."""
        first = next(
            (entry for entry in reversed(self.history) if entry["observed"].get(path) == value),
            self.history[0],
        )
        said = [_said(first, value), _said(statement, contrary)]
        self.entries.append({"path": path, "said": said})

    def add(self, path: str, statement: Data, value: Any) -> None:
        """One more statement on a path that is disputed already."""
        if (said := _said(statement, value)) not in self.said(path):
            self.said(path).append(said)

    def close(self, path: str) -> None:
        """End a dispute."""
        self.entries = [entry for entry in self.entries if entry["path"] != path]


def _said(entry: Data, value: Any) -> Data:
    who: Data = {
        key: entry[key] for key in ("inspection", "inspector", "at", "source") if key in entry
    }
    return {**who, "value": value}


def observed(observations: Mapping[str, Any], book: RuleBook) -> Data:
    """Each value that was observed by its path, personal numbers left out."""
    found: Data = {}
    for name, value in observations.items():
        personal = {field.name for field in book.facts[name].fields if field.personal}
        if value == []:
            found[name] = []
        elif isinstance(value, list):
            for position, member in enumerate(value):
                for field, seen in member.items():
                    if seen is not None and field not in personal:
                        found[f"{name}[{position}].{field}"] = seen
        elif value is not None:
            found[name] = value
    return found


@dataclass(frozen=True, slots=True)
class Settlement:
    """Who settles disputes, on which day (YYYY-MM-DD) and why; `values` by path."""

    by: str
    on: str
    reason: str
    values: Mapping[str, Any]


def settle(data: Mapping[str, Any], settlement: Settlement, book: RuleBook) -> Completed:
    """The record with disputes ended; a list is settled by True (has members) or False (none).

    Raises InputError where a path is not disputed, or lies in a list that is.
    """
    settled: Data = deepcopy(dict(data))
    disputes = Disputes(settled, list(settled.get("history") or ()), book)
    _refuse(settlement, settled["inspection"]["date"], [e["path"] for e in disputes.entries])
    problems: list[Problem] = []
    seen: Data = {}
    for path, value in sorted(settlement.values.items()):
        fact, *steps = subject_path(path) or ()
        held: Any = settled["observations"]
        if steps and not held[fact]:
            problems.append(fault(Place("--settle"), "settle_first", found=fact))
            continue
        if steps:
            held, fact = held[fact][steps[0]], steps[1]
        elif book.facts[path].type is FactType.LIST:
            value = _members(disputes.said(path)) if value else []
        held[fact] = value
        seen.update(_recorded(path, value, book))
        disputes.close(path)
    if problems:
        raise InputError(problems)
    entry = {
        "inspection": settled["inspection"]["id"],
        "inspector": settlement.by,
        "at": settlement.on,
        "reason": settlement.reason,
        "observed": seen,
    }
    settled.update(disputed=disputes.entries, history=[*disputes.history, entry])
    return Completed(settled, tuple(settlement.values))


def _refuse(settlement: Settlement, visited: str, disputed: Sequence[str]) -> None:
    """Raises InputError for a day before the visit, and for paths that are not disputed."""
    if settlement.on < visited:
        raise InputError(
            [fault(Place("--on"), "settled_too_early", found=settlement.on, date=visited)]
        )
    expected = ", ".join(disputed) or "—"
    problems = [
        fault(Place("--settle"), "not_disputed", found=path, expected=expected)
        for path in settlement.values
        if path not in disputed
    ]
    if problems:
        raise InputError(problems)


def _members(said: Sequence[Data]) -> list[Data]:
    """The members of the visit that found some; no two such visits can stand there."""
    return deepcopy(next(entry["value"] for entry in said if entry["value"]))


def _recorded(path: str, value: Any, book: RuleBook) -> Data:
    """A settled value as `history` has it: personal numbers are left out."""
    if isinstance(value, list):
        return observed({path: value}, book)
    name, _, field = path.partition(".")
    declared = book.facts[name.partition("[")[0]].field(field)
    return {} if declared is not None and declared.personal else {path: value}


def settlement(
    written: Sequence[str], by: str | None, on: str | None, reason: str | None, book: RuleBook
) -> Settlement:
    """What the options of a settlement say: FACT=VALUE, each value read by the fact's type.

    Raises InputError for what is missing or unclear.
    """
    place = Place("--settle")
    given = {"--by": by, "--on": on, "--reason": reason}
    missing = [name for name, text in given.items() if not (text and text.strip())]
    problems = [fault(place, "settling_needs", expected=", ".join(missing))] if missing else []
    if on and not is_date(on):
        problems.append(fault(Place("--on"), "bad_date", found=shown(on)))
    values: Data = {}
    for text in written:
        path, _, said = text.partition("=")
        type_ = _type(path, book)
        value = ANSWERS[FactType.BOOLEAN if type_ is FactType.LIST else type_](said)
        if isinstance(value, Unclear):
            problems.append(fault(place, value.fault, found=shown(text)))
        elif value is None:
            problems.append(fault(place, "settled_with_nothing", found=shown(text)[1:-1]))
        else:
            values[path] = value
    if problems or by is None or on is None or reason is None:
        raise InputError(problems)
    return Settlement(by.strip(), on, reason.strip(), values)


def _type(path: str, book: RuleBook) -> FactType:
    """The type of a fact or a member's field; text where there is none, which is refused later."""
    steps = subject_path(path) or ("",)
    fact = book.facts.get(str(steps[0]))
    if fact is None or len(steps) == 1:
        return fact.type if fact else FactType.TEXT
    field = fact.field(str(steps[-1]))
    return field.type if field else FactType.TEXT
