"""How an outcome or an opinion came about, and what would change it, as plain text.

May import every module below: `words`, `outcome`, `condition`, `rulebook`, `record` and the
`direct` engine. `cures` and `outlook` hold the data that the texts are made of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from compliance.condition import EveryMonthSince, Holds, facts_of
from compliance.engines.direct import Direct
from compliance.explain.cures import (
    Change,
    Cure,
    Cures,
    binding,
    conforming,
    cures,
    opinion_cures,
    rule_cures,
)
from compliance.explain.describe import INDENT, Describer, shown
from compliance.explain.outlook import Outlook, outlook
from compliance.outcome import Basis, Opinion, Outcome, Stage, Verb, Verdict
from compliance.record import Record, Value
from compliance.rulebook import Rule, RuleBook
from compliance.words import Lang
from compliance.words import explain as words

__all__ = [
    "Change",
    "Cure",
    "Cures",
    "Outlook",
    "cures",
    "explain_opinion",
    "explain_rule",
    "opinion_cures",
    "outlook",
]


def explain_rule(book: RuleBook, record: Record, rule: Rule, lang: Lang) -> str:
    """How the outcome of `rule` came about, fact by fact, and what would make it pass.

    The text ends with a line break. ID numbers and phone numbers never stand in it.
    """
    telling = _Telling(book, record, lang)
    return "\n".join(telling.rule(rule)) + "\n"


def explain_opinion(book: RuleBook, record: Record, lang: Lang) -> str:
    """How the opinion came about and what would make it conforming.

    Outside the adaptation stage there is no opinion, and the outcomes stand alone.
    """
    telling = _Telling(book, record, lang)
    return "\n".join(telling.opinion()) + "\n"


class _Telling(Describer):
    """The texts of one record."""

    # One rule -------------------------------------------------------------------------

    def rule(self, rule: Rule) -> Iterator[str]:
        yield from self._head(rule)
        visit = self.record.inspection
        if not rule.applies(self.record.outlet.type, visit.stage, visit.date):
            yield self.say(words.NOT_IN_FORCE, why=self._not_in_force(rule))
            return
        verdicts = Direct(self.book).answer(self.record).verdicts
        verdict = next(verdict for verdict in verdicts if verdict.rule == rule.id)
        yield self.say(words.OUTCOME, outcome=self.say(words.OUTCOMES[verdict.outcome]))
        yield ""
        if rule.when is not None:
            yield self.say(words.WHEN)
            yield from _in(self.condition(rule.when).lines())
        yield self.say(words.REQUIRE)
        yield from _in(self._required(rule))
        yield self.say(words.FACTS)
        yield from _in(f"- {line}" for line in self._facts(rule))
        subjects = self._subjects(rule, verdict)
        if subjects:
            yield self.say(
                words.DECIDED[verdict.outcome],
                subjects=self.say(words.LIST_SEPARATOR).join(subjects),
            )
        yield ""
        yield from self._change_of(rule, verdict.outcome)

    def _required(self, rule: Rule) -> Iterator[str]:
        outline = self.requirement(rule.require)
        if isinstance(rule.require, Holds):
            yield from outline.lines()
            return
        yield outline.text
        yield from _in(line for item in outline.below for line in item.lines())

    def _head(self, rule: Rule) -> Iterator[str]:
        clause = self.book.standard.clauses.get(rule.clause)
        yield self.say(words.HEADING, rule=rule.id, title=rule.title.in_(self.lang))
        yield self.say(words.CLAUSE, clause=clause.written if clause else rule.clause)
        yield self.say(words.VERB, verb=self.say(words.VERBS[rule.verb]))
        yield self.say(words.BASIS, basis=self.say(words.BASES[rule.basis]))
        if rule.basis is Basis.OWNER:
            yield self.say(words.OWNER_ALONE)
        if rule.note is not None:
            yield rule.note.in_(self.lang)
        if rule.verb is Verb.SHOULD:
            yield self.say(words.ADVICE)
        if rule.trial:
            yield self.say(words.TRIAL)
        yield from self._inspected()

    def _inspected(self) -> Iterator[str]:
        visit, outlet = self.record.inspection, self.record.outlet
        yield self.say(
            words.INSPECTED,
            inspection=shown(visit.id, self.lang),
            name=shown(outlet.name, self.lang),
            outlet=shown(outlet.id, self.lang),
            date=visit.date,
        )
        yield self.say(words.SOURCE, source=shown(self.record.source, self.lang))

    def _not_in_force(self, rule: Rule) -> str:
        if self.record.outlet.type not in rule.applies_to:
            types = sorted(self.book.form.types.get(t, t.value) for t in rule.applies_to)
            return self.say(words.OTHER_TYPE, wanted=self.say(words.LIST_SEPARATOR).join(types))
        if self.record.inspection.stage is not rule.stage:
            return self.say(words.OTHER_STAGE, wanted=self.say(words.STAGES[rule.stage]))
        unbounded = self.say(words.UNBOUNDED)
        since, until = rule.effective_from or unbounded, rule.effective_to or unbounded
        return self.say(words.OTHER_DATE, since=since, until=until)

    def _facts(self, rule: Rule) -> Iterator[str]:
        """Each fact read: its value and its place in the record."""
        require = rule.require
        names = list(facts_of(rule.when)) if rule.when is not None else []
        fields: list[str] = []
        if isinstance(require, Holds):
            names += facts_of(require.that)
        else:
            if isinstance(require, EveryMonthSince):
                names += [require.since, "inspection.date"]
                fields.append(require.dated_by)
            read = list(facts_of(require.that)) if require.that is not None else []
            listed = self.book.facts[require.of]
            fields += [name for name in read if listed.field(name) is not None]
            names += [name for name in read if listed.field(name) is None]
        for name in dict.fromkeys(names):
            path = name if "." in name else f"observations.{name}"
            yield self._fact(self.caption(name), self._seen(name, self.record.observed(name)), path)
        if not isinstance(require, Holds):
            yield from self._list(require.of, list(dict.fromkeys(fields)))

    def _fact(self, caption: str, value: str, path: str) -> str:
        return self.say(words.FACT, caption=caption, value=value, path=path)

    def _list(self, of: str, fields: Sequence[str]) -> Iterator[str]:
        members = self.record.observed(of)
        count = self._seen(of, None)
        if isinstance(members, tuple):
            count = self.say(words.MEMBERS if members else words.NONE_THERE, count=len(members))
        yield self._fact(self.caption(of), count, f"observations.{of}")
        for position, member in enumerate(members if isinstance(members, tuple) else ()):
            for name in fields:
                caption = self.say(
                    words.FIELD_OF,
                    member=self.member(of, position),
                    field=self.caption(name, of),
                )
                path = f"{of}[{position}].{name}"
                value = self._seen(path, member.get(name), personal=self.personal(name, of))
                yield self._fact(caption, value, f"observations.{path}")

    def _seen(self, path: str, value: Value, *, personal: bool = False) -> str:
        """A value of the record or, of what is disputed, what each visit found."""
        disputes = (each for each in self.record.disputed if each.path == path)
        if (dispute := next(disputes, None)) is None:
            return self.value(value, personal=personal)
        said = (
            self.say(
                words.STATEMENT,
                value=self.value(each.value, personal=personal)
                if each.members is None
                else self.say(
                    words.MEMBERS if each.members else words.NONE_THERE, count=each.members
                ),
                inspector=shown(each.inspector, self.lang),
                at=each.at[:10],
            )
            for each in dispute.said
        )
        return self.say(words.DISPUTED, said=self.say(words.LIST_SEPARATOR).join(said))

    def _subjects(self, rule: Rule, verdict: Verdict) -> tuple[str, ...]:
        if isinstance(rule.require, Holds):
            return ()
        of = rule.require.of
        return (*(self.member(of, position) for position in verdict.members), *verdict.months)

    def _change_of(self, rule: Rule, outcome: Outcome) -> Iterator[str]:
        if outcome is Outcome.PASS:
            yield self.say(words.NOTHING_TO_CHANGE)
        elif outcome is Outcome.NOT_APPLICABLE:
            yield self.say(words.CANNOT_APPLY)
        else:
            found = rule_cures(self.book, self.record, rule)
            yield from self._cures(found, self.say(words.CURES[outcome]))
            if outcome is Outcome.FAIL:
                yield self.say(words.REMEDY, remedy=rule.remedy.in_(self.lang))

    # Cures ----------------------------------------------------------------------------

    def _cures(self, found: Cures, heading: str) -> Iterator[str]:
        """What all sets have in common, then the sets."""
        if not found.sets:
            yield self.say(words.IMPOSSIBLE if found.complete else words.UNDECIDED)
            return
        yield heading
        first, *others = found.sets
        common = [change for change in first if all(change in other for other in others)]
        if common:
            yield from _in(self._needed(common))
        if others:
            text = words.AND_ONE_OF if common else words.ONE_OF
            yield INDENT + self.say(text)
            for number, cure in enumerate(found.sets, 1):
                own = [change for change in cure if change not in common]
                yield from _in(_in(self._option(number, own)))
        if not found.complete:
            yield self.say(words.MORE, count=len(found.sets))

    def _needed(self, changes: Sequence[Change]) -> Iterator[str]:
        if len(changes) > 1:
            yield self.say(words.NEEDED)
        yield from (f"- {self.change(change)}" for change in changes)

    def _option(self, number: int, changes: Sequence[Change]) -> Iterator[str]:
        yield self.say(words.OPTION, n=number)
        yield from (f"{INDENT}- {self.change(change)}" for change in changes)

    # The opinion ----------------------------------------------------------------------

    def opinion(self) -> Iterator[str]:
        answer = Direct(self.book).answer(self.record)
        outcomes = {verdict.rule: verdict.outcome for verdict in answer.verdicts}
        if self.record.inspection.stage is not Stage.ADAPTATION or answer.opinion is None:
            stage = self.say(words.STAGES[self.record.inspection.stage])
            yield from self._inspected()
            yield self.say(words.NO_OPINION, stage=stage)
            yield from _in(self._outcomes(outcomes))
            return
        yield self.say(words.OPINION_HEADING)
        yield from self._inspected()
        yield self.say(words.OPINION, opinion=self.say(words.OPINIONS[answer.opinion]))
        rules = binding(self.book, self.record)
        failed = [rule for rule in rules if outcomes[rule.id] is Outcome.FAIL]
        waiting = [rule for rule in rules if outcomes[rule.id] is Outcome.NOT_OBSERVED]
        for reason in answer.reasons:
            yield self.say(words.REASON, reason=self.say(words.REASONS[reason]))
            yield from self._rules(rule for rule in failed if rule.reason is reason)
        if waiting:
            yield self.say(words.OPEN_RULES)
            yield from self._rules(waiting)
        yield from self._owner_alone(answer.opinion, failed or waiting)
        yield ""
        yield from self._future(answer.opinion, bool(waiting))

    def _outcomes(self, outcomes: dict[str, Outcome]) -> Iterator[str]:
        for rule in self.book.rules:
            if rule.id in outcomes:
                outcome = self.say(words.OUTCOMES[outcomes[rule.id]])
                yield "- " + self.say(words.RULE_OUTCOME, rule=self._titled(rule), outcome=outcome)

    def _titled(self, rule: Rule) -> str:
        text = words.RULE_OWNER if rule.basis is Basis.OWNER else words.RULE
        return self.say(text, rule=rule.id, title=rule.title.in_(self.lang))

    def _rules(self, rules: Iterable[Rule]) -> Iterator[str]:
        yield from (f"{INDENT}- {self._titled(rule)}" for rule in rules)

    def _owner_alone(self, opinion: Opinion, blamed: Sequence[Rule]) -> Iterator[str]:
        if blamed and all(rule.basis is Basis.OWNER for rule in blamed):
            text = words.OWNER_FAILS
            if opinion is Opinion.PENDING:
                text = words.OWNER_WAITS
            yield self.say(
                text, rules=self.say(words.LIST_SEPARATOR).join(rule.id for rule in blamed)
            )

    def _future(self, opinion: Opinion, waiting: bool) -> Iterator[str]:
        if opinion is Opinion.CONFORMING:
            yield self.say(words.ALL_PASS)
        elif opinion is Opinion.NON_CONFORMING:
            found = conforming(self.book, self.record, unobserved_only=False)
            yield from self._cures(found, self.say(words.OPINION_CURES))
        elif not waiting:
            yield self.say(words.NO_RULES)
        else:
            yield from self._outlook(outlook(self.book, self.record))

    def _outlook(self, ahead: Outlook) -> Iterator[str]:
        if ahead.possible:
            count = len(ahead.shortest.sets[0])
            yield from self._cures(ahead.shortest, self.say(words.CAN_CONFORM, count=count))
        else:
            text = words.CANNOT_CONFORM if ahead.shortest.complete else words.UNDECIDED
            yield self.say(text)
        if ahead.spoilers:
            yield self.say(words.SPOILERS)
            yield from (f"{INDENT}- {self.change(change)}" for change in ahead.spoilers)


def _in(lines: Iterable[str]) -> Iterator[str]:
    return (INDENT + line for line in lines)
