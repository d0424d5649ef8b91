"""A rule's `require`, `when` and `that` read into the condition tree and type-checked.

May import `words`, `condition`, `errors`, `source` and `rulebook`. Every fault is
collected with its line; a reader returns None where it found one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from compliance.condition import (
    OPERATORS,
    All,
    AtLeast,
    Condition,
    Every,
    EveryMonthSince,
    FactRef,
    FactType,
    Holds,
    Not,
    Op,
    Operand,
    Requirement,
    Test,
)
from compliance.condition import Any as AnyOf
from compliance.errors import Problem
from compliance.rulebook import INSPECTION_FACTS, Fact
from compliance.source import Document, Path_, hint, is_date, shown
from compliance.structure import truth_hint
from compliance.words import Text
from compliance.words.faults import TYPES

QUANTIFIERS: Final[Mapping[str, tuple[str, ...]]] = {
    "every": ("every", "that", "allow_none"),
    "at_least": ("at_least", "of", "that"),
    "every_month_since": ("every_month_since", "of", "dated_by", "that"),
}
"""The quantifiers and the keys that a requirement with one takes."""

WORDS: Final = frozenset(
    {"all", "any", "not", "fact", "of", "that", "dated_by", "allow_none", *QUANTIFIERS}
    | {op.value for op in Op}
)
"""The words of the language, which are no names of facts."""

_SAFE: Final = Text("", "")


@dataclass
class RequirementReader:
    """Reads the conditions of one document against a vocabulary.

    `facts` are the declared facts by name; `problems` collects what is wrong.
    """

    document: Document
    facts: Mapping[str, Fact]
    problems: list[Problem] = field(default_factory=list)
    fields: Mapping[str, FactType] | None = None  # of the list whose `that` is being read
    list_name: str = ""

    def requirement(self, data: Mapping[str, Any], path: Path_) -> Requirement | None:
        """The requirement at `path`; None where it has a fault."""
        quantifier = next((q for q in QUANTIFIERS if q in data), None)
        if quantifier is None:
            that = self.condition(data, path)
            return None if that is None else Holds(that)
        known = QUANTIFIERS[quantifier]
        before = len(self.problems)
        for name in data:
            if name not in known:
                self._fault(
                    (*path, name),
                    "mixed_quantifier",
                    at_key=True,
                    quantifier=quantifier,
                    found=name,
                    expected=", ".join(known),
                )
        for name in known[1:]:
            if name not in data and name not in _OPTIONAL[quantifier]:
                self._fault(path, "missing_key", expected=name)
        read = {"every": self._every, "at_least": self._at_least}.get(quantifier, self._monthly)
        found = read(data, path)
        return found if len(self.problems) == before else None

    def _every(self, data: Mapping[str, Any], path: Path_) -> Requirement | None:
        that = self._members(data, "every", path)
        allow = data.get("allow_none", False)
        if not isinstance(allow, bool):
            self._type((*path, "allow_none"), "boolean", allow)
        return Every(data["every"], that, bool(allow)) if that is not None else None

    def _at_least(self, data: Mapping[str, Any], path: Path_) -> Requirement | None:
        count = data["at_least"]
        if isinstance(count, bool) or not isinstance(count, int) or count < 1:
            self._type((*path, "at_least"), "count", count)
        that = self._members(data, "of", path)
        return AtLeast(count, data["of"], that) if that is not None else None

    def _monthly(self, data: Mapping[str, Any], path: Path_) -> Requirement | None:
        that = self._members(data, "of", path)
        since = data["every_month_since"]
        at = (*path, "every_month_since")
        if not (
            isinstance(since, dict) and set(since) == {"fact"} and isinstance(since["fact"], str)
        ):
            self._type(at, "object", since)
            return None
        if (found := self._known(since["fact"], (*at, "fact"))) not in (None, FactType.DATE):
            self._type((*at, "fact"), "date", since["fact"])
        dated_by = data.get("dated_by")
        of = self.facts.get(data["of"]) if isinstance(data.get("of"), str) else None
        if of is not None and isinstance(dated_by, str):
            declared = of.field(dated_by)
            if declared is None:
                self._unknown_field((*path, "dated_by"), of, dated_by)
            elif declared.type is not FactType.DATE:
                self._type((*path, "dated_by"), "date", dated_by)
        elif dated_by is not None and not isinstance(dated_by, str):
            self._type((*path, "dated_by"), "text", dated_by)
        if found is None or of is None or not isinstance(dated_by, str):
            return None
        return EveryMonthSince(since["fact"], of.name, dated_by, that if "that" in data else None)

    def _members(self, data: Mapping[str, Any], key: str, path: Path_) -> Condition | None:
        """The condition on the members of the list that `key` names."""
        name, at = data.get(key), (*path, key)
        if key not in data:
            return None
        lists = [f.name for f in self.facts.values() if f.type is FactType.LIST]
        fact = self.facts.get(name) if isinstance(name, str) else None
        if fact is None:
            self._fault(at, "unknown_fact", found=str(name), hint=hint(name, lists))
            return None
        if fact.type is not FactType.LIST:
            self._fault(at, "not_a_list", found=name, expected=", ".join(lists))
            return None
        if "that" not in data:
            return None
        inner = RequirementReader(
            self.document,
            self.facts,
            self.problems,
            {f.name: f.type for f in fact.fields},
            fact.name,
        )
        return inner.condition(data["that"], (*path, "that"))

    def condition(self, data: Any, path: Path_) -> Condition | None:
        """The condition at `path`; None where it has a fault."""
        if not isinstance(data, dict):
            self._type(path, "object", data)
            return None
        if not data:
            self._fault(path, "too_few")
            return None
        items = [self._entry(name, value, (*path, name)) for name, value in data.items()]
        good = [item for item in items if item is not None]
        if len(good) < len(items):
            return None
        return good[0] if len(good) == 1 else All(tuple(good))

    def _entry(self, name: str, value: Any, path: Path_) -> Condition | None:
        if name in ("all", "any"):
            return self._group(name, value, path)
        if name == "not":
            inner = self.condition(value, path)
            return None if inner is None else Not(inner)
        if name in QUANTIFIERS or name in ("of", "that", "dated_by", "allow_none"):
            self._fault(path, "nested_quantifier", at_key=True, found=name)
            return None
        return self._test(name, value, path)

    def _group(self, name: str, value: Any, path: Path_) -> Condition | None:
        if not isinstance(value, list):
            self._type(path, "array", value)
            return None
        if not value:
            self._fault(path, "too_few")
            return None
        items = [self.condition(item, (*path, i)) for i, item in enumerate(value)]
        good = tuple(item for item in items if item is not None)
        if len(good) < len(items):
            return None
        return All(good) if name == "all" else AnyOf(good)

    def _test(self, name: str, value: Any, path: Path_) -> Condition | None:
        type_ = self._known(name, path, left=True)
        if type_ is None:
            return None
        if not isinstance(value, dict):
            operand = self._operand(Op.EQUALS, type_, value, path)
            return None if operand is None else Test(name, type_, Op.EQUALS, operand)
        takes = OPERATORS[type_]
        tests: list[Condition | None] = []
        for word, given in value.items():
            known = {op.value: op for op in takes}
            if word == "fact" and len(value) == 1:
                operand = self._operand(Op.EQUALS, type_, value, path)
                tests.append(None if operand is None else Test(name, type_, Op.EQUALS, operand))
            elif word not in known:
                self._fault(
                    (*path, word),
                    "wrong_operator",
                    at_key=True,
                    fact=name,
                    found=word,
                    type=TYPES[type_.value],
                    expected=", ".join(known),
                    hint=hint(word, known),
                )
                tests.append(None)
            else:
                op = known[word]
                operand = self._operand(op, takes[op], given, (*path, word))
                tests.append(None if operand is None else Test(name, type_, op, operand))
        if not value:
            self._fault(path, "too_few")
        good = tuple(test for test in tests if test is not None)
        if not good or len(good) < len(tests):
            return None
        return good[0] if len(good) == 1 else All(good)

    def _operand(self, op: Op, type_: FactType, value: Any, path: Path_) -> Operand | None:
        if isinstance(value, dict):
            if op is Op.ONE_OF or set(value) != {"fact"} or not isinstance(value["fact"], str):
                self._wrong_operand(op, type_, value, path)
                return None
            name = value["fact"]
            found = self._known(name, (*path, "fact"))
            if found is not None and found is not type_:
                self._wrong_operand(op, type_, f"{name}", (*path, "fact"))
                return None
            return None if found is None else FactRef(name)
        if op is Op.ONE_OF:
            good = isinstance(value, list) and value and all(_fits(v, type_) for v in value)
            if good:
                return tuple(value)
        elif _fits(value, type_) and not (op is Op.WITHIN_DAYS and value < 0):
            return value  # type: ignore[no-any-return]
        self._wrong_operand(op, type_, value, path)
        return None

    def _known(self, name: str, path: Path_, *, left: bool = False) -> FactType | None:
        """The type of a fact in this scope; says so where there is none to compare."""
        if self.fields is not None:
            if name in self.fields:
                return self.fields[name]
            if left:
                self._unknown_field(path, self.facts[self.list_name], name)
                return None
        if name in INSPECTION_FACTS:
            return INSPECTION_FACTS[name]
        if name not in self.facts:
            known = [*self.facts, *INSPECTION_FACTS, *(self.fields or ())]
            self._fault(path, "unknown_fact", at_key=left, found=name, hint=hint(name, known))
            return None
        if self.facts[name].type is FactType.LIST:
            self._fault(path, "list_as_scalar", at_key=left, found=name)
            return None
        return self.facts[name].type

    def _unknown_field(self, path: Path_, of: Fact, found: str) -> None:
        known = [f.name for f in of.fields]
        self._fault(
            path,
            "unknown_field",
            at_key=path[-1] == found,
            list=of.name,
            found=found,
            expected=", ".join(known),
            hint=hint(found, known),
        )

    def _wrong_operand(self, op: Op, type_: FactType, value: Any, path: Path_) -> None:
        self._fault(
            path,
            "wrong_operand",
            op=op.value,
            found=shown(value),
            expected=TYPES[_OPERANDS.get(op, type_.value)],
            hint=truth_hint(value) if type_ is FactType.BOOLEAN else _SAFE,
        )

    def _type(self, path: Path_, expected: str, found: Any) -> None:
        self._fault(path, "wrong_type", expected=TYPES[expected], found=shown(found), hint=_SAFE)

    def _fault(self, path: Path_, name: str, *, at_key: bool = False, **args: Any) -> None:
        self.problems.append(self.document.fault(path, name, at_key=at_key, **args))


_OPERANDS: Final = {Op.ONE_OF: "texts", Op.WITHIN_DAYS: "days"}

_OPTIONAL: Final[Mapping[str, tuple[str, ...]]] = {
    "every": ("allow_none",),
    "at_least": (),
    "every_month_since": ("that",),
}


def _fits(value: Any, type_: FactType) -> bool:
    if type_ is FactType.BOOLEAN:
        return isinstance(value, bool)
    if type_ is FactType.INTEGER:
        return isinstance(value, int) and not isinstance(value, bool)
    if type_ is FactType.DATE:
        return isinstance(value, str) and is_date(value)
    return isinstance(value, str)
