"""Whether the examples of a rule, or the fixtures, notice that the rule has been changed.

Only the changed rule is judged again: what the others say of a fixture stays as it was. May
import what `examples` imports, and `examples`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from compliance.assure.examples import Fixture, Said, example_record, said_of
from compliance.engines.direct import Direct, Judge, Values, facts, judge
from compliance.opinion import decide
from compliance.outcome import Verdict
from compliance.record import Record
from compliance.rulebook import Rule, RuleBook


@dataclass(frozen=True, slots=True)
class _Shown:
    """A record that an example stands for, and the outcome that it states."""

    record: Record
    values: Values
    then: str


@dataclass(frozen=True, slots=True)
class _Filed:
    """A fixture's record, what every rule in force says of it, and what must be said."""

    record: Record
    values: Values
    verdicts: dict[str, Verdict]
    expected: Said


class Noticing:
    """The examples and fixtures of a rule book, ready to be held against changed rules.

    An example or fixture that does not hold for the rules as they are would notice everything:
    `wrong_examples` (rule and position) and `wrong_fixtures` are those.
    """

    def __init__(self, book: RuleBook, rules: Iterable[Rule], fixtures: Sequence[Fixture]) -> None:
        self.book = book
        self.wrong_examples: list[tuple[Rule, int]] = []
        self.wrong_fixtures: list[Fixture] = []
        self._shown = {rule.id: tuple(self._examples(rule)) for rule in rules}
        self._filed = tuple(self._fixtures(fixtures))

    def _examples(self, rule: Rule) -> Iterator[_Shown]:
        judged = judge(self.book, rule)
        for position, example in enumerate(rule.examples):
            records = [example_record(rule, type_, example) for type_ in sorted(rule.applies_to)]
            shown = [_Shown(record, facts(record), example.then) for record in records]
            if any(_outcome(rule, judged, each) != example.then for each in shown):
                self.wrong_examples.append((rule, position))
            else:
                yield from shown

    def _fixtures(self, fixtures: Sequence[Fixture]) -> Iterator[_Filed]:
        engine = Direct(self.book)
        for fixture in fixtures:
            if said_of(engine.answer(fixture.record)) != fixture.expected:
                self.wrong_fixtures.append(fixture)
                continue
            verdicts = {each.rule: each for each in engine.answer(fixture.record).verdicts}
            yield _Filed(fixture.record, facts(fixture.record), verdicts, fixture.expected)

    def by_examples(self, rule: Rule, changed: Rule) -> bool:
        """Whether an example of the rule does not hold for the changed one."""
        judged = judge(self.book, changed)
        return any(_outcome(changed, judged, each) != each.then for each in self._shown[rule.id])

    def by_fixtures(self, rule: Rule, changed: Rule) -> bool:
        """Whether a fixture does not hold where the changed rule stands in the rule's place."""
        judged = judge(self.book, changed)
        return any(self._differs(each, rule, changed, judged) for each in self._filed)

    def _differs(self, filed: _Filed, rule: Rule, changed: Rule, judged: Judge) -> bool:
        if _outcome(changed, judged, filed) != filed.expected.findings.get(rule.id):
            return True
        if rule.id not in filed.verdicts or _effect(rule) == _effect(changed):
            return False
        rules = [
            changed if each is rule else each
            for each in self.book.rules
            if each.id in filed.verdicts
        ]
        verdicts = [filed.verdicts[each.id] for each in rules]
        opinion, reasons = decide(rules, verdicts, filed.record.inspection.stage)
        said = (opinion.value if opinion else None, tuple(reason.value for reason in reasons))
        return said != (filed.expected.opinion, filed.expected.reasons)


def _effect(rule: Rule) -> tuple[object, ...]:
    """What decides what becomes of an outcome."""
    return rule.verb, rule.reason, rule.trial


def _outcome(rule: Rule, judged: Judge, each: _Shown | _Filed) -> str | None:
    """What the rule says of a record, None where it is not in force."""
    record = each.record
    if not rule.applies(record.outlet.type, record.inspection.stage, record.inspection.date):
        return None
    return judged(each.values).outcome.value
