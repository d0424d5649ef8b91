"""The page of one rule.

May import everything up to `explain`, and `parts`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from compliance.assure.rule_docs.parts import (
    Block,
    Code,
    Entries,
    Item,
    Items,
    Line,
    Link,
    Mark,
    Paragraph,
    Section,
    anchor,
)
from compliance.condition import EveryMonthSince, Holds, facts_of
from compliance.explain.describe import Outline, Wording
from compliance.load import RuleFiles
from compliance.outcome import Basis, Outcome, Reason, Stage, Verb
from compliance.record import Value
from compliance.rulebook import Example, Fact, OutletType, Rule, RuleBook
from compliance.words import Lang, Text
from compliance.words import explain as explained
from compliance.words import report as reported
from compliance.words import rule_docs as words

Read = tuple[str, "str | None"]
"""What a rule reads: a fact, or a field of the members of a list fact."""


def capital(text: str) -> str:
    """The text with a capital at its head."""
    return text[:1].upper() + text[1:]


def reads(rule: Rule, book: RuleBook) -> tuple[Read, ...]:
    """Each fact and field that a rule reads, in the order written, none twice."""
    found: list[Read] = [(name, None) for name in facts_of(rule.when)] if rule.when else []
    require = rule.require
    if isinstance(require, Holds):
        return tuple(dict.fromkeys(found + [(name, None) for name in facts_of(require.that)]))
    listed = book.facts[require.of]
    found.append((require.of, None))
    if isinstance(require, EveryMonthSince):
        found += [(require.of, require.dated_by), (require.since, None), ("inspection.date", None)]
    for name in facts_of(require.that) if require.that is not None else ():
        found.append((require.of, name) if listed.field(name) else (name, None))
    return tuple(dict.fromkeys(found))


def written(read: Read) -> str:
    """A fact or field as files write it: `staff.dedicated`."""
    return ".".join(filter(None, read))


def fact_anchor(read: Read) -> str:
    """Where the index lists a fact or field."""
    return anchor("fact", written(read))


class Telling(Wording):
    """What pages say of a rule book's parts, in one language."""

    def value(self, value: Any, *, personal: bool = False) -> str:
        """A value inside a sentence: yes and no stand in quotation marks there."""
        said = super().value(value, personal=personal)
        if isinstance(value, bool):
            return self.say(explained.QUOTED, text=said)
        return said

    def observed(self, value: Value, *, personal: bool = False) -> str:
        """A value that stands by itself."""
        return super().value(value, personal=personal)

    def type(self, type_: OutletType) -> str:
        """An outlet type; in Chinese to the letter of form B.1."""
        caption = self.book.form.types[type_]
        return self.say(words.TYPE_NAMES[type_.value], caption=caption)

    def box(self, reason: Reason) -> str:
        """A box of form B.1, to the letter."""
        reason_said = self.say(explained.REASONS[reason])
        return self.say(words.BOXED, caption=self.book.form.boxes[reason], reason=reason_said)

    def fact(self, read: Read) -> str:
        """The caption of a fact, or those of a list and its field."""
        name, field = read
        if field is None:
            return self.caption(name)
        return self.say(words.FIELD, list=self.caption(name), field=self.caption(field, name))

    def question(self, read: Read) -> str:
        """What the inspector answers, or where the value comes from otherwise."""
        declared = self.declared(read[1], read[0]) if read[1] else self.declared(read[0])
        if declared is None:
            return self.say(words.NOT_ASKED)
        asked = declared.question
        return asked.in_(self.lang) if asked else self.say(words.NO_QUESTION)

    def marks(self, rule: Rule) -> Line:
        """What sets a rule apart from a binding one of the standard."""
        said = (
            (rule.verb is Verb.SHOULD, reported.ADVICE),
            (rule.trial, reported.TRIAL),
            (rule.basis is Basis.OWNER, reported.OWNER),
        )
        return tuple(Mark(self.say(text)) for holds, text in said if holds)

    def titled(self, rule: Rule) -> Line:
        """A rule's id as a link, its title and marks."""
        return (Link(rule.id, rule.id), f" {rule.title.in_(self.lang)} ", *self.marks(rule))


def rule_page(files: RuleFiles, rule: Rule, lang: Lang) -> Section:
    """All that there is to say of one rule, under headings that every rule has."""
    return _Page(files, rule, lang).section()


class _Page(Telling):
    """The page of one rule."""

    def __init__(self, files: RuleFiles, rule: Rule, lang: Lang) -> None:
        super().__init__(files.book, lang)
        self.files = files
        self.rule = rule
        self.reads = reads(rule, files.book)

    def section(self) -> Section:
        rule = self.rule
        return Section(
            f"{rule.id} {rule.title.in_(self.lang)}",
            (*self._notices(), self._entries()),
            (
                Section(self.say(words.ASKS), tuple(self._asks())),
                *(self._examples(outcome) for outcome in Outcome),
                self._text(words.REMEDY, rule.remedy),
                self._text(words.NOTE, rule.note),
                self._listed(words.CITES, self._cites()),
                self._listed(words.FACTS, self._facts()),
                Section(self.say(words.SOURCE), (Paragraph(self._source()),)),
            ),
            anchor=rule.id,
        )

    # Head -----------------------------------------------------------------------------

    def _notices(self) -> Iterator[Block]:
        said = (
            (self.rule.basis is Basis.OWNER, words.OWNER_NOTICE),
            (self.rule.verb is Verb.SHOULD, words.ADVICE_NOTICE),
            (self.rule.trial, words.TRIAL_NOTICE),
        )
        yield from (Paragraph((self.say(t),), notice=True) for holds, t in said if holds)

    def _entries(self) -> Entries:
        rule = self.rule
        separator = self.say(explained.LIST_SEPARATOR)
        types = separator.join(self.type(type_) for type_ in OutletType if type_ in rule.applies_to)
        entries = (
            (words.CLAUSE, self._clause(rule.clause)),
            (words.VERB, (self.say(words.VERBS[rule.verb.value]),)),
            (words.BASIS, (self.say(words.BASES[rule.basis.value]),)),
            (words.STAGE, (self.say(explained.STAGES[rule.stage]),)),
            (words.TYPES, (types,)),
            (words.BOX, (self._box(),)),
            (words.PERIOD, (self._period(),)),
            (words.STATUS, (self.say(words.TRIAL if rule.trial else words.IN_FORCE),)),
        )
        rows = tuple((self.say(name), line) for name, line in entries)
        entry, content = words.ENTRY
        return Entries((self.say(entry), self.say(content)), rows)

    def _clause(self, id_: str) -> Line:
        clause = self.book.standard.clauses[id_]
        return (Link(clause.written, anchor("clause", id_)), f" {clause.summary.in_(self.lang)}")

    def _box(self) -> str:
        if self.rule.reason is None:
            advice = self.rule.verb is Verb.SHOULD and self.rule.stage is Stage.ADAPTATION
            return self.say(words.BOX_OF_ADVICE if advice else words.BOX_ELSEWHERE)
        box = self.box(self.rule.reason)
        return self.say(words.BOXED_ON_TRIAL, box=box) if self.rule.trial else box

    def _period(self) -> str:
        since, until = self.rule.effective_from, self.rule.effective_to
        if since and until:
            return self.say(words.BETWEEN, since=since, until=until)
        if since:
            return self.say(words.SINCE, since=since)
        return self.say(words.UNTIL, until=until) if until else self.say(words.UNBOUNDED)

    # Sections -------------------------------------------------------------------------

    def _asks(self) -> Iterator[Block]:
        if self.rule.when is not None:
            yield Paragraph((self.say(words.WHEN),))
            yield Items((_item(self.condition(self.rule.when)),))
            yield Paragraph((self.say(words.REQUIRE),))
        yield Items((_item(self.requirement(self.rule.require)),))

    def _examples(self, outcome: Outcome) -> Section:
        shown = dict.fromkeys(
            self._example(example)
            for example in self.rule.examples
            if example.then == outcome.value
        )
        none = words.NO_EXAMPLE
        if outcome is Outcome.NOT_APPLICABLE and self.rule.when is None:
            none = words.ALWAYS_APPLIES
        block = Items(tuple(shown)) if shown else Paragraph((self.say(none),))
        heading = self.say(words.EXAMPLES[outcome.value])
        return Section(heading, (block,), outcome=outcome.value)

    def _example(self, example: Example) -> Item:
        """The facts of an example that are given, and those that the rule reads and are not."""
        wanted = [name for name, field in self.reads if field is None and name != "inspection.date"]
        given = {**dict.fromkeys(wanted), **example.given}
        stated, members = [], []
        if self._by_date():
            stated.append(self._stated("inspection.date", None, example.date))
        for name, value in given.items():
            stated.append(self._stated(name, None, value))
            if isinstance(value, list):
                members += [self._member(name, n, member) for n, member in enumerate(value, 1)]
        return Item((self.say(words.SEPARATOR).join(stated),), tuple(members))

    def _by_date(self) -> bool:
        """Whether the inspection's date has a part in the outcome."""
        bounds = (self.rule.effective_from, self.rule.effective_to)
        return ("inspection.date", None) in self.reads or bounds != (None, None)

    def _stated(self, name: str, of: str | None, value: Any) -> str:
        known = self.book.facts[of].field(name) if of else self._known(name)
        caption = self.caption(name, of) if known else name
        if isinstance(value, list):
            text = words.MEMBERS if value else words.NONE_THERE
            return self.say(words.STATED, caption=caption, value=self.say(text, count=len(value)))
        personal = bool(known) and self.personal(name, of)
        return self.say(
            words.STATED, caption=caption, value=self.observed(value, personal=personal)
        )

    def _known(self, name: str) -> bool:
        return name in self.book.facts or name in explained.INSPECTION_FACTS

    def _member(self, of: str, position: int, member: Any) -> Item:
        declared = self.book.facts.get(of)
        wanted = [field for name, field in self.reads if name == of and field]
        if not isinstance(member, Mapping) or not isinstance(declared, Fact):
            return Item((self.say(words.MEMBER, position=position, stated=self.observed(member)),))
        given = {**member, **{name: None for name in wanted if name not in member}}
        stated = self.say(words.SEPARATOR).join(
            self._stated(name, of, value) for name, value in given.items()
        )
        stated = stated or self.say(words.NOTHING_STATED)
        return Item((self.say(words.MEMBER, position=position, stated=stated),))

    def _text(self, heading: Text, text: Text | None) -> Section:
        said = text.in_(self.lang) if text else ""
        return Section(self.say(heading), (Paragraph((said or self.say(words.NONE),)),))

    def _listed(self, heading: Text, items: Iterator[Item]) -> Section:
        listed = tuple(items)
        block = Items(listed) if listed else Paragraph((self.say(words.NONE),))
        return Section(self.say(heading), (block,))

    def _cites(self) -> Iterator[Item]:
        others = dict.fromkeys(id_ for id_ in self.rule.cites if id_ != self.rule.clause)
        yield from (Item(self._clause(id_)) for id_ in others)

    def _facts(self) -> Iterator[Item]:
        for read in self.reads:
            named = (Link(self.fact(read), fact_anchor(read)), " ", Code(written(read)))
            yield Item(named, (Item((self.question(read),)),))

    def _source(self) -> Line:
        document, _ = self.files.places[self.rule.id]
        path = Path(document.file).relative_to(self.files.folder).as_posix()
        return (Code(path), self.say(words.BELOW_RULES))


def _item(outline: Outline) -> Item:
    return Item((capital(outline.text),), tuple(_item(below) for below in outline.below))
