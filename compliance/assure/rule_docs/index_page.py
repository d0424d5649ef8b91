"""The index: rules by clause, outlet type, reason and fact.

May import everything up to `explain`, and `parts` and `rule_page`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from compliance.assure.rule_docs.parts import (
    Block,
    Code,
    Inline,
    Item,
    Items,
    Line,
    Link,
    Mark,
    Pages,
    Paragraph,
    Section,
    Table,
    Target,
    anchor,
)
from compliance.assure.rule_docs.rule_page import (
    Read,
    Telling,
    capital,
    fact_anchor,
    reads,
    rule_page,
    written,
)
from compliance.load import RuleFiles
from compliance.outcome import Reason, Stage
from compliance.rulebook import Clause, OutletType, Rule
from compliance.words import Lang, Text
from compliance.words import explain as explained
from compliance.words import rule_docs as words


def pages(files: RuleFiles, lang: Lang) -> Pages:
    """The index and the page of every rule, in one language."""
    rules = tuple(rule_page(files, rule, lang) for rule in files.book.rules)
    return Pages(_Index(files.book, lang).section(), rules)


class _Index(Telling):
    """The index of one rule book."""

    def section(self) -> Section:
        book = self.book
        about = self.say(
            words.ABOUT,
            standard=book.standard.title.in_(self.lang),
            rules=len(book.rules),
            clauses=len(book.standard.clauses),
            facts=len(book.facts),
        )
        intro = (about, self.say(words.LEGEND), self.say(words.DIGEST, digest=book.digest))
        return Section(
            self.say(words.TITLE),
            tuple(Paragraph((text,)) for text in intro),
            (
                self._part(words.BY_CLAUSE, "index:clauses", (self._clauses(),)),
                self._part(words.BY_TYPE, "index:types", (), self._types()),
                self._part(words.BY_REASON, "index:reasons", (), self._reasons()),
                self._part(words.BY_FACT, "index:facts", (self._facts(),)),
            ),
            anchor="index:top",
        )

    def _part(
        self, heading: Text, anchor: str, blocks: tuple[Block, ...], below: Iterable[Section] = ()
    ) -> Section:
        return Section(self.say(heading), blocks, tuple(below), anchor)

    # By clause ------------------------------------------------------------------------

    def _clauses(self) -> Table:
        heads = (words.CLAUSE, words.SUMMARY, words.VERB, words.FATE)
        rows = (
            (
                (Target(clause.written, anchor("clause", clause.id)),),
                (clause.summary.in_(self.lang),),
                (self._verb(clause),),
                tuple(self._fate(clause)),
            )
            for clause in self.book.standard.clauses.values()
        )
        return Table(tuple(self.say(head) for head in heads), tuple(rows))

    def _verb(self, clause: Clause) -> str:
        said = words.VERBS.get(clause.verb)
        return self.say(said) if said else clause.verb

    def _fate(self, clause: Clause) -> Iterator[Inline]:
        rules = self.book.rules
        answers = [rule for rule in rules if rule.id in clause.answers]
        own = [rule for rule in rules if rule.clause == clause.id and rule not in answers]
        cited = [rule for rule in rules if clause.id in rule.cites and rule.clause != clause.id]
        yield from self._sentence(words.JUDGED_BY, answers)
        if clause.fate != "rules":
            said = words.FATES.get(clause.fate)
            yield Mark(self.say(said) if said else clause.fate)
        if clause.note is not None:
            yield f" {clause.note.in_(self.lang)} "
        yield from self._sentence(words.ALSO, own)
        yield from self._sentence(words.CITED_BY, cited)

    def _sentence(self, opening: Text, rules: Sequence[Rule]) -> Iterator[Inline]:
        if rules:
            yield self.say(opening)
            yield from self._links(rules)
            yield self.say(words.FULL_STOP)

    def _links(self, rules: Iterable[Rule]) -> Iterator[Inline]:
        for position, rule in enumerate(rules):
            if position:
                yield self.say(explained.LIST_SEPARATOR)
            yield Link(rule.id, rule.id)

    # By outlet type and reason --------------------------------------------------------

    def _types(self) -> Iterator[Section]:
        for type_ in OutletType:
            for stage in Stage:
                rules = [r for r in self.book.rules if r.stage is stage and type_ in r.applies_to]
                if rules or stage is Stage.ADAPTATION:
                    said = self.say(explained.STAGES[stage])
                    heading = self.say(words.TYPE_AT_STAGE, type=self.type(type_), stage=said)
                    yield Section(capital(heading), (self._rules(rules),))

    def _reasons(self) -> Iterator[Section]:
        for reason in (*Reason, None):
            rules = [rule for rule in self.book.rules if rule.reason is reason]
            heading = self.box(reason) if reason else self.say(words.NO_BOX)
            yield Section(heading, (self._rules(rules),))

    def _rules(self, rules: Sequence[Rule]) -> Block:
        if not rules:
            return Paragraph((self.say(words.NONE_ASKED),))
        return Items(tuple(Item(self.titled(rule)) for rule in rules))

    # By fact --------------------------------------------------------------------------

    def _facts(self) -> Table:
        heads = (words.FACT, words.QUESTION, words.READ_BY)
        readers: dict[Read, list[Rule]] = {read: [] for read in self._declared()}
        for rule in self.book.rules:
            for read in reads(rule, self.book):
                readers.setdefault(read, []).append(rule)
        rows = tuple(
            (
                (
                    Target(self.fact(read), fact_anchor(read)),
                    " ",
                    Code(written(read)),
                ),
                (self.question(read),),
                tuple(self._links(rules)) or self._unread(read),
            )
            for read, rules in readers.items()
        )
        return Table(tuple(self.say(head) for head in heads), rows)

    def _declared(self) -> Iterator[Read]:
        for fact in self.book.facts.values():
            yield (fact.name, None)
            yield from ((fact.name, field.name) for field in fact.fields)

    def _unread(self, read: Read) -> Line:
        field = self.book.facts[read[0]].field(read[1]) if read[1] else None
        serves = field is not None and field.serves is not None
        return (self.say(words.SERVES if serves else words.UNREAD),)
