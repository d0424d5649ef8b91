"""A second visit completes a record; what two visits contradict each other on is disputed.

An inspection may take several visits. The record keeps its number; it is dated by its latest
visit and names that visit's inspector, since it then says what is known on that day.
`history` keeps each visit with all that it observed. What was not observed is filled in.
What was observed and is contradicted is *disputed*: null for the rules, both statements kept,
until a named person settles it with a reason, which `history` keeps too. Members that have
names are matched by name, others where no field contradicts; new ones are added. An empty
list against one with members is a contradiction of the list. The outlet, the stage and the
day of the inspection before are no observations: a difference is refused.

May import `disputes`, `members` and `reading` of this package.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any, Final

from compliance.condition import FactType
from compliance.errors import InputError, Place, Problem
from compliance.intake.disputes import Completed, Data, Disputes, observed
from compliance.intake.members import match
from compliance.intake.reading import Filled
from compliance.rulebook import Fact, RuleBook
from compliance.source import fault, path_text, shown

_FIXED: Final = ("id", "name", "type", "bank")
_DETAILS: Final = ("address", "contact", "phone", "district", "listed_on")


def complete(record: Filled, visit: Filled, book: RuleBook) -> Completed:
    """The record with what `visit` adds; the record itself where it holds this visit already.

    Raises InputError where the two are no visits of one inspection, or where it cannot be
    told which member of a list is meant.
    """
    known = [entry.get("digest") for entry in record.data.get("history") or ()]
    if visit.record.digest in (record.record.digest, *known):
        return Completed(dict(record.data))
    return _Completion(record, visit, book).completed()


class _Completion:
    def __init__(self, record: Filled, visit: Filled, book: RuleBook) -> None:
        self.data: Data = deepcopy(dict(record.data))
        self.new = visit.data
        self.place = Place(visit.record.source)
        self.book = book
        self.problems: list[Problem] = []
        self.filled: list[str] = []
        self.disputed: list[str] = []
        history = self.data.get("history") or [_first_visit(record, book)]
        self.disputes = Disputes(self.data, history, book)
        self.statement = _statement(visit)

    def completed(self) -> Completed:
        self._head()
        seen = deepcopy(self.new.get("observations") or {})
        observations = self.data.get("observations") or {}
        self.data["observations"] = observations
        for name in (name for name in self.book.facts if seen.get(name) is not None):
            if self.book.facts[name].type is FactType.LIST:
                seen[name] = self._list(name, observations.get(name), seen[name])
            else:
                self._scalar((name,), observations, name, seen[name])
        if self.problems:
            raise InputError(self.problems)
        self.data["history"] = [
            *self.disputes.history,
            {**self.statement, "observed": observed(seen, self.book)},
        ]
        self.data["disputed"] = self.disputes.entries
        _join_notes(self.data, self.new)
        _join_evidence(self.data, self.new)
        return Completed(self.data, tuple(self.filled), tuple(self.disputed))

    def _head(self) -> None:
        """Outlet, stage and dates: the same in both, or refused."""
        mine, theirs = self.data["outlet"], self.new["outlet"]
        for key in (*_FIXED, *_DETAILS):
            self._same("outlet", mine, theirs, key)
        inspection, visit = self.data["inspection"], self.new["inspection"]
        self._same("inspection", inspection, visit, "stage")
        days = [inspection["date"], *(entry["at"][:10] for entry in self.disputes.history)]
        if visit.get("previous_inspection_date") not in days:  # a visit of this inspection
            self._same("inspection", inspection, visit, "previous_inspection_date")
        if visit["date"] >= inspection["date"]:
            inspection.update(date=visit["date"], inspector=visit["inspector"])
            self.data["visit"] = deepcopy(self.new.get("visit"))
        if self.new.get("vocabulary") and not self.data.get("vocabulary"):
            self.data["vocabulary"] = self.new["vocabulary"]

    def _same(self, part: str, mine: Data, theirs: Mapping[str, Any], key: str) -> None:
        found = theirs.get(key)
        if found is None or found == mine.get(key):
            return
        if mine.get(key) is None:
            mine[key] = found
            return
        recorded, found = ("`…`", "`…`") if key == "phone" else (shown(mine[key]), shown(found))
        self._refuse("other_outlet", item=f"{part}.{key}", recorded=recorded, found=found)

    def _refuse(self, problem: str, **args: object) -> None:
        self.problems.append(fault(self.place, problem, **args))

    def _scalar(self, path: tuple[str | int, ...], held: Data, key: str, value: Any) -> None:
        text = path_text(path)
        if self.disputes.said(text):
            self.disputes.add(text, self.statement, value)
        elif held.get(key) is None:
            held[key] = value
            self.filled.append(text)
        elif held[key] != value:
            self._dispute(text, held, key, value)

    def _dispute(self, text: str, held: Data, key: str, value: Any) -> None:
        self.disputes.open(text, held[key], self.statement, value)
        held[key] = None
        self.disputed.append(text)

    def _list(self, name: str, old: list[Data] | None, new: list[Data]) -> list[Data]:
        """Merge a list; the visit's members at their positions in the record's list."""
        observations = self.data["observations"]
        if said := self.disputes.said(name):
            if new and new not in [each["value"] for each in said]:
                self._refuse("settle_first", found=name)
            self.disputes.add(name, self.statement, deepcopy(new))
            return new
        if old is None:
            observations[name] = deepcopy(new)
            self.filled.append(name)
            return new
        if bool(old) != bool(new):
            self._dispute(name, observations, name, deepcopy(new))
            return new
        fact = self.book.facts[name]
        matched, refused = match(fact, old, new)
        for key, args in refused:
            self._refuse(key, fact=name, **args)
        placed: list[Data] = [{} for _ in old]
        for member, position in zip(new, matched):
            if position is None:
                old.append(deepcopy(member))
                placed.append(member)
                self.filled.append(f"{name}[{len(old) - 1}]")
            else:
                placed[position] = member
                self._member(fact, position, old[position], member)
        return placed

    def _member(self, fact: Fact, position: int, old: Data, new: Data) -> None:
        for field in fact.fields:
            value = new.get(field.name)
            # A name that matched in another spelling stays as it was written first.
            if value is not None and field.name != "name":
                self._scalar((fact.name, position, field.name), old, field.name, value)


def _statement(filled: Filled) -> Data:
    """Who saw it and when: the moment of the visit where the form has it, else the day."""
    inspection = filled.data["inspection"]
    moment = (filled.data.get("visit") or {}).get("time")
    return {
        "inspection": inspection["id"],
        "inspector": inspection["inspector"],
        "at": moment or inspection["date"],
        "source": filled.source,
        "digest": filled.record.digest,
    }


def _first_visit(record: Filled, book: RuleBook) -> Data:
    """What a record without a history says of its own visit; it is its own source."""
    statement: Data = {key: said for key, said in _statement(record).items() if key != "source"}
    return {**statement, "observed": observed(record.data.get("observations") or {}, book)}


def _join_notes(data: Data, new: Mapping[str, Any]) -> None:
    """Both remarks on a fact, one a line, each once."""
    notes = dict(data.get("notes") or {})
    for name, note in (new.get("notes") or {}).items():
        if note is not None and note not in (known := (notes.get(name) or "").split("\n")):
            notes[name] = "\n".join([*filter(None, known), note])
    data["notes"] = notes


def _join_evidence(data: Data, new: Mapping[str, Any]) -> None:
    """The files of both, each once a fact."""
    evidence = {name: list(files or ()) for name, files in (data.get("evidence") or {}).items()}
    for name, files in (new.get("evidence") or {}).items():
        held = evidence.setdefault(name, [])
        known = [(file["file"], file.get("sha256")) for file in held]
        held += [file for file in files or () if (file["file"], file.get("sha256")) not in known]
    data["evidence"] = evidence
