"""The vocabularies of two rule books: as one, where a rule is read differently, what differs.

May import everything below `assure`, and `reads` beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any as AnyValue

from compliance.assure.reads import fields_read, names_read
from compliance.condition import FactType, Holds
from compliance.rulebook import INSPECTION_FACTS, Fact, Rule, RuleBook

Data = Mapping[str, AnyValue]


# Rules of both in one vocabulary ----------------------------------------------------------


def merged(old: RuleBook, new: RuleBook) -> RuleBook:
    """The new rule book with all facts and fields of both; where they differ, the new ones.

    A field must be there only where both demand it, or the one that has it.
    """
    facts = {**old.facts, **new.facts}
    for name in old.facts.keys() & new.facts.keys():
        facts[name] = _merged(old.facts[name], new.facts[name])
    return replace(new, facts=facts)


def _merged(old: Fact, new: Fact) -> Fact:
    before = {field.name: field for field in old.fields}
    fields = dict(before)
    for field in new.fields:
        required = field.required and before.get(field.name, field).required
        fields[field.name] = replace(field, required=required)
    return replace(new, asked=old.asked | new.asked, fields=tuple(fields.values()))


@dataclass(frozen=True, slots=True)
class Misread:
    """A name that is not the same thing in the two vocabularies: its types then and now.

    `name` is a fact or `LIST.FIELD`. Where a fact has become a field, or a field a fact, both
    types are None.
    """

    name: str
    old: FactType | None
    new: FactType | None


def misread(
    both: RuleBook, old_book: RuleBook, old: Rule, new_book: RuleBook, new: Rule
) -> Misread | None:
    """The first name that a rule reads otherwise in `both` than in its own book, if any."""
    for rule, book in ((old, old_book), (new, new_book)):
        here, there = _read(rule, book), _read(rule, both)
        for name, type_ in here.items():
            if there.get(name) is not type_:
                return (
                    Misread(name, type_, there[name])
                    if name in there
                    else Misread(name, None, None)
                )
    return None


def _read(rule: Rule, book: RuleBook) -> dict[str, FactType]:
    """Each fact and field that a rule reads, as written in full, and its type."""
    of = None if isinstance(rule.require, Holds) else rule.require.of
    members = set() if of is None else set(fields_read(rule, of))
    found: dict[str, FactType] = {}
    for name in names_read(rule):
        field = book.facts[of].field(name) if of is not None and name in members else None
        if field is not None:
            found[f"{of}.{name}"] = field.type
        elif name in book.facts:
            found[name] = book.facts[name].type
        else:
            found[name] = INSPECTION_FACTS[name]
    return found


# What differs in the files beside the rules -----------------------------------------------


class Subject(str, Enum):
    """What an entry is about; `form` is what is printed on form B.1."""

    FACT = "fact"
    FIELD = "field"
    CLAUSE = "clause"
    FORM = "form"
    STANDARD = "standard"
    VOCABULARY = "vocabulary"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that differs; `key` is what of it, None where the whole came or went.

    `old` and `new` are data as the files hold them, None where there is none.
    """

    subject: Subject
    name: str
    key: str | None
    old: AnyValue
    new: AnyValue


def entries(old: Data, new: Data) -> Iterator[Entry]:
    """What differs between the raw content of two rule books, their rules left aside."""
    before, after = old["facts"], new["facts"]
    yield from _items(Subject.VOCABULARY, _rest(before, "facts"), _rest(after, "facts"))
    yield from _facts(before["facts"], after["facts"])
    before, after = old["standard"], new["standard"]
    yield from _items(Subject.STANDARD, _rest(before, "clauses"), _rest(after, "clauses"))
    named = [{each["id"]: each for each in side["clauses"]} for side in (before, after)]
    yield from _parts(Subject.CLAUSE, named[0], named[1])
    yield from _items(Subject.FORM, _captions(old["opinion"]), _captions(new["opinion"]))


def _facts(old: Data, new: Data) -> Iterator[Entry]:
    plain = [{name: _rest(fact, "fields") for name, fact in side.items()} for side in (old, new)]
    yield from _parts(Subject.FACT, plain[0], plain[1])
    for name in (name for name in new if name in old):
        before, after = (side[name].get("fields", {}) for side in (old, new))
        yield from _parts(Subject.FIELD, before, after, f"{name}.")


def _parts(subject: Subject, old: Data, new: Data, prefix: str = "") -> Iterator[Entry]:
    """What came, what went, and each key that differs of what stayed."""
    for name in dict.fromkeys((*new, *old)):
        before, after = old.get(name), new.get(name)
        if before is None or after is None:
            yield Entry(subject, prefix + name, None, before, after)
            continue
        for key in dict.fromkeys((*after, *before)):
            if before.get(key) != after.get(key):
                yield Entry(subject, prefix + name, key, before.get(key), after.get(key))


def _items(subject: Subject, old: Data, new: Data) -> Iterator[Entry]:
    for name in dict.fromkeys((*new, *old)):
        if old.get(name) != new.get(name):
            yield Entry(subject, name, "value", old.get(name), new.get(name))


def _rest(data: Data, key: str) -> dict[str, AnyValue]:
    return {name: value for name, value in data.items() if name != key}


def _captions(data: Data) -> dict[str, AnyValue]:
    return {f"{part}.{name}": text for part, texts in data.items() for name, text in texts.items()}
