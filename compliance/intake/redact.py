"""A record that can be passed on: no names, no ID numbers, no phone numbers.

What rules read stays, so that findings and opinion stay what they were. People become 人员1,
检查员1; what they are called elsewhere in the record is replaced too. Free remarks are left
out, since nothing tells for sure whom they are about; `keep_notes` keeps them with known names
and all numbers masked. Evidence files stay behind, since pictures may show people: the record
keeps their digests and says that they are withheld. Digests of whole records are left out: a
number can be found by trying all that fit. May import `forms.clean`, `record_file` and
`reading` of this package.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import PurePosixPath
from typing import Any, Final

from compliance.condition import FactType
from compliance.forms.clean import masked
from compliance.intake.reading import Filled
from compliance.intake.record_file import checked
from compliance.rulebook import Fact, RuleBook
from compliance.source import Document, subject_path

Data = dict[str, Any]

PERSON: Final = "人员"
INSPECTOR: Final = "检查员"
CONTACT: Final = "联系人"
LEFT_OUT: Final = "……"

_LANDLINE: Final = re.compile(r"(?<!\d)0\d{2,3}[ -]?\d{7,8}(?!\d)")
_ENDING: Final = re.compile(r"\.[A-Za-z0-9]{1,5}")


def redacted(record: Filled, book: RuleBook, *, keep_notes: bool = False) -> Filled:
    """The record without personal data; it is valid where the record was."""
    data = _Redaction(record.data, book, keep_notes).data()
    return checked(Document(record.record.source, data), book)


class _Redaction:
    def __init__(self, data: Mapping[str, Any], book: RuleBook, keep_notes: bool) -> None:
        self.old = data
        self.book = book
        self.keep_notes = keep_notes
        self.aliases: dict[str, str] = {}
        number = 0
        for number, name in enumerate(_members(data), 1):  # namesakes stay two people
            self.aliases.setdefault(name, f"{PERSON}{number}")
        gone = dict.fromkeys(name for name in self._elsewhere() if name not in self.aliases)
        self.aliases |= {name: f"{PERSON}{at}" for at, name in enumerate(gone, number + 1)}
        inspectors = dict.fromkeys(who["inspector"] for who in _witnesses(data))
        for number, name in enumerate(inspectors, 1):
            self.aliases.setdefault(name, f"{INSPECTOR}{number}")
        if contact := data["outlet"].get("contact"):
            self.aliases.setdefault(contact, CONTACT)

    def _elsewhere(self) -> Iterator[str]:
        """The names of members in disputes and in the history."""
        for entry in self.old.get("disputed") or ():
            for said in entry["said"]:
                yield from _names(said["value"])
        for entry in self.old.get("history") or ():
            for path, value in entry["observed"].items():
                if path.endswith("].name"):
                    yield value

    def data(self) -> Data:
        """The record's content, redacted."""
        new: Data = deepcopy(dict(self.old))
        new["inspection"]["inspector"] = self.aliases[new["inspection"]["inspector"]]
        outlet = new["outlet"]
        for key in ("contact", "phone"):
            outlet.pop(key, None)
        for key in ("name", "address"):
            if outlet.get(key):
                outlet[key] = self.text(outlet[key])
        new["observations"] = {
            name: self.value(self.book.facts[name], value)
            for name, value in (new.get("observations") or {}).items()
        }
        named = (m for value in new["observations"].values() for m in _named(value))
        for number, member in enumerate(named, 1):
            member["name"] = f"{PERSON}{number}"
        notes = new.pop("notes", None) or {}
        if self.keep_notes:
            new["notes"] = {name: self.text(note) for name, note in notes.items() if note}
        new["evidence"] = self._evidence(new.get("evidence") or {})
        new["disputed"] = [*self._disputed(new.get("disputed") or ())]
        new["history"] = [self._visited(entry) for entry in new.get("history") or ()]
        if new.get("visit"):
            new["visit"] = {"time": new["visit"].get("time")}
        return new

    def text(self, text: str) -> str:
        """A text with known names replaced and numbers masked."""
        for name in sorted(self.aliases, key=len, reverse=True):
            if len(name) > 1:  # a single character stands in other words too
                text = text.replace(name, self.aliases[name])
        return _LANDLINE.sub("…", masked(text, frozenset(), "zh"))

    def value(self, fact: Fact, value: Any) -> Any:
        """A fact's value: names replaced, personal fields left out, texts masked."""
        if isinstance(value, list):
            return [self._member(fact, member) for member in value]
        return self.text(value) if fact.type is FactType.TEXT and value else value

    def _member(self, fact: Fact, member: Data) -> Data:
        return {
            field.name: self._field(field.name, field.type, member[field.name])
            for field in fact.fields
            if not field.personal and field.name in member
        }

    def _field(self, name: str, type_: FactType, value: Any) -> Any:
        if type_ is not FactType.TEXT or not value:
            return value
        return self.aliases.get(value, PERSON) if name == "name" else self.text(value)

    def _at(self, path: str, value: Any) -> Any:
        """The value at a path of the observations, as `history` and `disputed` hold it."""
        name, *steps = subject_path(path) or ("",)
        fact = self.book.facts[str(name)]
        field = fact.field(str(steps[-1])) if steps else None
        return self._field(field.name, field.type, value) if field else self.value(fact, value)

    def _disputed(self, entries: Any) -> Iterator[Data]:
        for entry in entries:
            name, *steps = subject_path(entry["path"]) or ("",)
            field = self.book.facts[str(name)].field(str(steps[-1])) if steps else None
            if field is None or not field.personal:
                said = [
                    {**self._who(each), "value": self._at(entry["path"], each["value"])}
                    for each in entry["said"]
                ]
                yield {"path": entry["path"], "said": said}

    def _visited(self, entry: Data) -> Data:
        observed = {path: self._at(path, value) for path, value in entry["observed"].items()}
        reason = entry.get("reason")
        kept = {"reason": self.text(reason) if self.keep_notes else LEFT_OUT} if reason else {}
        return {**self._who(entry), **kept, "observed": observed}

    def _who(self, entry: Data) -> Data:
        """Who and when, without the name of the file, which may be a person's."""
        who: Data = {key: entry[key] for key in ("inspection", "at") if entry.get(key)}
        return {**who, "inspector": self.aliases[entry["inspector"]]}

    def _evidence(self, evidence: Mapping[str, Any]) -> Data:
        withheld: Data = {}
        for fact, files in evidence.items():
            withheld[fact] = []
            for number, file in enumerate(files or (), 1):
                ending = PurePosixPath(file["file"]).suffix
                ending = ending if _ENDING.fullmatch(ending) else ""
                digest = file.get("sha256")
                stem = digest or f"{fact}-{number}"
                named = {"file": f"evidence/{stem}{ending}", "withheld": True}
                withheld[fact].append({**named, "sha256": digest} if digest else named)
        return withheld


def _members(data: Mapping[str, Any]) -> Iterator[str]:
    """The names of the members that stand in a record, in its order."""
    for value in (data.get("observations") or {}).values():
        yield from _names(value)


def _names(value: Any) -> Iterator[str]:
    yield from (str(member["name"]) for member in _named(value))


def _named(value: Any) -> list[Data]:
    """The members of a list that have names."""
    return [m for m in value if m.get("name")] if isinstance(value, list) else []


def _witnesses(data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Whatever names an inspector."""
    yield data["inspection"]
    yield from data.get("history") or ()
    for entry in data.get("disputed") or ():
        yield from entry["said"]
