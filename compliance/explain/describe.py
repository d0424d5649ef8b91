"""Conditions, values and members in words.

May import what `cures` imports, and `cures`. What records say is data: it stands on one
line, control and direction marks are written out, and personal numbers are not shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from compliance.condition import (
    All,
    Any,
    AtLeast,
    Condition,
    Every,
    EveryMonthSince,
    FactRef,
    Holds,
    Not,
    Op,
    Operand,
    Requirement,
    Test,
)
from compliance.explain.cures import Change, Setting
from compliance.outcome import Outcome
from compliance.record import Record, Value
from compliance.rulebook import Fact, Field, RuleBook
from compliance.words import Lang, Text
from compliance.words import explain as words

INDENT: Final = "  "
_HEADS: Final[Mapping[type, Text]] = {All: words.ALL, Any: words.ANY, Not: words.NOT}
LONGEST: Final = 120
"""Longer texts from records are cut."""
_NUMBER: Final = re.compile(
    r"(?<!\d)(?:\d{6}[ -]?\d{8}[ -]?\d{3}[\dXxＸｘ]|\d{15}|1[3-9]\d[ -]?\d{4}[ -]?\d{4})(?!\d)"
)


def shown(text: str, lang: Lang) -> str:
    """A record's text on one short line, with nothing invisible and no personal number."""
    plain = " ".join(text.split())
    plain = _NUMBER.sub(words.MASKED.in_(lang), plain)
    plain = plain if len(plain) <= LONGEST else plain[:LONGEST] + "…"
    return "".join(c if c.isprintable() else f"[U+{ord(c):04X}]" for c in plain)


@dataclass(frozen=True, slots=True)
class Outline:
    """A line and what stands below it."""

    text: str
    below: tuple[Outline, ...] = ()

    def lines(self) -> Iterator[str]:
        """The outline as text, each level indented and dashed."""
        yield f"- {self.text}"
        yield from (INDENT + line for item in self.below for line in item.lines())


class Wording:
    """Says what a rule book asks, in one language."""

    def __init__(self, book: RuleBook, lang: Lang) -> None:
        self.book = book
        self.lang: Lang = lang

    def say(self, text: Text, /, **values: object) -> str:
        """A text of the catalogue, filled in."""
        return text.in_(self.lang).format(**values)

    # Names and values -----------------------------------------------------------------

    def declared(self, name: str, of: str | None = None) -> Fact | Field | None:
        """What `name` was declared as; None for a date of the inspection."""
        field = self.book.facts[of].field(name) if of is not None else None
        return field or self.book.facts.get(name)

    def caption(self, name: str, of: str | None = None) -> str:
        """The caption of a fact, a field or a date of the inspection."""
        declared = self.declared(name, of)
        text = declared.caption if declared else words.INSPECTION_FACTS[name]
        return text.in_(self.lang) or name

    def value(self, value: Value | Operand, *, personal: bool = False) -> str:
        """A value as people read it."""
        if value is None:
            return self.say(words.NOTHING)
        if personal:
            return self.say(words.PERSONAL)
        if isinstance(value, bool):
            return self.say(words.YES if value else words.NO)
        if isinstance(value, int) or self._dated(value):
            return str(value)
        return self.say(words.QUOTED, text=shown(str(value), self.lang))

    def _dated(self, value: object) -> bool:
        return isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.A) is not None

    def personal(self, name: str, of: str | None) -> bool:
        """Whether the values of `name` are never shown."""
        declared = self.declared(name, of)
        return isinstance(declared, Field) and declared.personal

    # Conditions -----------------------------------------------------------------------

    def requirement(self, require: Requirement) -> Outline:
        """What must hold; below a quantifier, what it asks of the members."""
        if isinstance(require, Holds):
            return self.condition(require.that)
        kind = self.caption(require.of)
        if isinstance(require, Every):
            empty = words.OUTCOMES[Outcome.PASS if require.allow_none else Outcome.FAIL]
            text = self.say(words.EVERY, list=kind, empty=empty.in_(self.lang))
        elif isinstance(require, AtLeast):
            text = self.say(words.AT_LEAST, list=kind, count=require.count)
        else:
            text = self._months(require, kind)
        that = require.that
        return Outline(text, () if that is None else (self.condition(that, require.of),))

    def _months(self, require: EveryMonthSince, kind: str) -> str:
        since, dated = self.caption(require.since), self.caption(require.dated_by, require.of)
        text = self.say(words.EVERY_MONTH, since=since, list=kind, dated=dated)
        return text + (self.say(words.AND_MEETS) if require.that is not None else "")

    def condition(self, condition: Condition, of: str | None = None) -> Outline:
        """A condition as an outline; `of` is the list whose members it is about."""
        if isinstance(condition, Test):
            wanted = self.say(words.QUOTED, text=self.caption(condition.fact, of))
            space = " " if self.lang == "en" else ""
            return Outline(f"{wanted}{space}{self.test(condition, of)}")
        items = (condition.item,) if isinstance(condition, Not) else condition.items
        head = self.say(_HEADS[type(condition)])
        return Outline(head, tuple(self.condition(item, of) for item in items))

    def test(self, test: Test, of: str | None, wanted: bool = True) -> str:
        """What a test asks of its fact's value, or its contrary."""
        operand = test.operand
        if isinstance(operand, FactRef):
            text = self.say(words.QUOTED, text=self.caption(operand.name, of))
        elif test.op in (Op.IN_MONTH_OF, Op.IN_MONTH_BEFORE):
            text = str(operand)[:7]
        elif isinstance(operand, tuple):
            text = self.say(words.LIST_SEPARATOR).join(self.value(item) for item in operand)
        else:
            text = self.value(operand)
        positive, negative = words.OPERATORS[test.op]
        return self.say(positive if wanted else negative, v=text)


class Describer(Wording):
    """Says things of one rule book and record in one language."""

    def __init__(self, book: RuleBook, record: Record, lang: Lang) -> None:
        super().__init__(book, lang)
        self.record = record

    def member(self, of: str, position: int) -> str:
        """A member by position and, where the list has names, by name."""
        members = self.record.observed(of)
        name = members[position].get("name") if isinstance(members, tuple) else None
        values = {"list": self.caption(of), "position": position + 1}
        if not isinstance(name, str) or not name.strip() or self.personal("name", of):
            return self.say(words.NAMELESS, **values)
        return self.say(words.MEMBER, **values, name=shown(name, self.lang))

    def change(self, change: Change) -> str:
        """One change: what, from what to what, and where."""
        kind = self.caption(change.fact)
        if change.added:
            stated = self.say(words.LIST_SEPARATOR).join(
                self.say(
                    words.STATED,
                    field=self.caption(setting.name, change.fact),
                    value=self.goal(setting, change.fact, words.AS),
                )
                for setting in change.settings
            )
            text = words.ADD_FIRST if self.record.observed(change.fact) is None else words.ADD
            text = text if stated else words.ADD_ANY
            return self.say(text, list=kind, stated=stated, path=change.path)
        if not change.settings:
            return self.say(words.EMPTY, list=kind, path=change.path)
        return self._to(change, change.settings[0])

    def _to(self, change: Change, setting: Setting) -> str:
        old = self.record.observed(change.fact)
        what, of = self.caption(change.fact), None
        if change.member is not None and isinstance(old, tuple):
            of = change.fact
            old = old[change.member].get(setting.name)
            member = self.member(of, change.member)
            what = self.say(words.FIELD_OF, member=member, field=self.caption(setting.name, of))
        before = self.value(old, personal=self.personal(setting.name, of))
        goal = self.goal(setting, of, Text("{value}", "{value}"))
        return self.say(words.TO, what=what, old=before, new=goal, path=change.path)

    def goal(self, setting: Setting, of: str | None, exactly: Text) -> str:
        """The values that will do: those that are named, or what they share and an instance."""
        personal = self.personal(setting.name, of)
        said = []
        for kind in setting.kinds:
            values = [self.value(value, personal=personal) for value in kind.values]
            named = any(wanted and test.op is Op.EQUALS for test, wanted in kind.meets)
            if named or not kind.meets or isinstance(kind.values[0], bool):
                said.append(self.say(exactly, value=self.say(words.OR).join(values)))
                continue
            tests = (self.test(test, of, wanted) for test, wanted in kind.meets)
            shared = self.say(words.AND).join(tests)
            sample = self.say(words.SAMPLE, range=shared, value=values[0])
            said.append(shared if personal else sample)
        return self.say(words.OR).join(dict.fromkeys(said))
