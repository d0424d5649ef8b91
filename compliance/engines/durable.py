"""The rules run by durable-rules, inside the narrow subset of it that holds.

Forward chaining in four passes over one session: subjects (the outlet, each member, each
calendar month) to marks, tallies of marks to outcomes, findings to reasons, the case to the
opinion. Actions only note marks: an action of this library that asserts a fact can be cut
short without a word, so each pass is asserted from here. Every element begins with an
equality on `kind`, and there is no negation, no `any` and no counting in the library.
May import `outcome`, `condition`, `rulebook`, `record`, `source`, `program`,
`encoding` and `chain`.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any as AnyValue
from typing import Final

from durable.engine import Host

from compliance.condition import CASE_LIMIT, AtLeast, Every, EveryMonthSince, Holds, Test
from compliance.engines.chain import CHAIN, NAMES, Mark, refuse_collisions
from compliance.engines.encoding import (
    AT_LEAST,
    AT_MOST,
    Fact,
    Look,
    encoded,
    encoded_operand,
    measure,
    month_of,
)
from compliance.engines.program import (
    Branches,
    Compiled,
    Formula,
    Literal,
    TooManyCases,
    cases,
    compile_rule,
)
from compliance.errors import Disagreement, Place, RulesError
from compliance.outcome import Answer, Opinion, Outcome, Reason, Stage, Verb, Verdict
from compliance.record import Member, Record
from compliance.rulebook import Rule, RuleBook
from compliance.source import fault

RULES: Final = "rules"
OUTLET: Final = "outlet"


class _Host(Host):  # type: ignore[misc]  # the library has no types
    def _run(self) -> None:
        """Start none of the library's timer threads: nothing here waits for time."""


class Durable:
    """Answers for one record after another, each in a session of its own; not for threads."""

    name: Final = "durable"

    def __init__(self, book: RuleBook, /) -> None:
        self._book = book
        self._rules = [compile_rule(rule) for rule in book.rules]
        self._kinds = list(dict.fromkeys(_kind(rule) for rule in self._rules))
        self._fields: dict[str, dict[tuple[AnyValue, ...], tuple[str, Test]]] = {}
        self._names = (f"f{n}" for n in count())
        self._marks: set[tuple[Mark, str]] = set()
        self._sessions = count(1)
        definition = self._definition()
        names = [name for fields in self._fields.values() for name, _ in fields.values()]
        refuse_collisions([*NAMES, *names, *(f"{name}k" for name in names)])
        self._host = _Host()
        self._host.register_rulesets({RULES: definition})

    def answer(self, record: Record) -> Answer:
        """What the rule book says of the record.

        Raises Disagreement where the library fails.
        """
        session = str(next(self._sessions))
        self._marks = set()
        with _quiet():
            try:
                return self._chain(session, record)
            except Disagreement:
                raise
            except Exception as error:
                raise _failed(record, type(error).__name__) from error
            finally:
                self._host.delete_state(RULES, session)

    # Building the rule set.

    def _definition(self) -> Fact:
        elements: list[tuple[Mark, list[Fact]]] = [(("anchor",), [{"kind": "anchor"}])]
        for n, rule in enumerate(self._rules):
            elements += self._sides(n, rule, "when", OUTLET, rule.when)
            elements += self._sides(n, rule, "that", _kind(rule), rule.that)
        elements += CHAIN
        definition: Fact = {
            f"r{n}": {
                "all": [{"m": {"$and": tests} if len(tests) > 1 else tests[0]}],
                "run": self._noting(mark),
            }
            for n, (mark, tests) in enumerate(elements)
        }
        # A fact that no rule matches is an error to the library.
        definition["rest"] = {"all": [{"m": {"$ex": {"kind": 1}}}], "run": lambda c: None}
        return definition

    def _noting(self, mark: Mark) -> Callable[[AnyValue], None]:
        def note(c: AnyValue) -> None:
            self._marks.add((mark, c.m.id))

        return note

    def _sides(
        self, n: int, rule: Compiled, part: str, kind: str, branches: Branches | None
    ) -> Iterator[tuple[Mark, list[Fact]]]:
        if branches is None:
            return
        for side, formula in (("true", branches.satisfied), ("false", branches.violated)):
            for case in _cases(rule.rule, formula):
                tests = [test for literal in case for test in self._element(kind, literal)]
                yield (part, str(n), side), [{"kind": kind}, *_unique(tests)]

    def _element(self, kind: str, literal: Literal) -> list[Fact]:
        """The library's tests of one literal; what is known is tested first."""
        test, holds = literal.test, literal.holds
        fields = self._fields.setdefault(kind, {})
        key = measure(test)
        if key not in fields:
            fields[key] = (next(self._names), test)
        field = fields[key][0]
        if key[0] == "truth":
            return [{field: "true" if holds else "false"}]
        known = {f"{field}k": "true"}
        if key[0] == "boolean":
            return [known, {field: "true" if test.operand is holds else "false"}]
        operand = encoded_operand(test)
        if test.op in AT_LEAST:
            return [known, {"$gte" if holds else "$lt": {field: operand}}]
        if test.op in AT_MOST:
            return [known, {"$lte" if holds else "$gt": {field: operand}}]
        return [known, {field: operand} if holds else {"$neq": {field: operand}}]

    # Answering.

    def _chain(self, session: str, record: Record) -> Answer:
        self._assert(session, [{"kind": "anchor", "id": "a"}])
        rules = [
            (n, rule)
            for n, rule in enumerate(self._rules)
            if rule.rule.applies(
                record.outlet.type, record.inspection.stage, record.inspection.date
            )
        ]
        self._assert(session, self._subjects(record, rules))
        self._assert(session, [month for n, r in rules for month in self._months(n, r, record)])
        self._assert(session, [self._tally(n, rule, record) for n, rule in rules])
        verdicts = [self._verdict(n, rule, record) for n, rule in rules]
        self._assert(
            session,
            [_finding(n, r.rule, v, record) for (n, r), v in zip(rules, verdicts, strict=True)],
        )
        opinion, reasons = self._opinion(session, record)
        exception = self._host.get_state(RULES, session).get("exception")
        if exception is not None:
            raise _failed(record, "exception")
        return Answer(tuple(verdicts), reasons, opinion)

    def _assert(self, session: str, facts: Iterable[Fact]) -> None:
        for fact in facts:
            self._host.assert_fact(RULES, {**fact, "sid": session})

    def _subjects(self, record: Record, rules: list[tuple[int, Compiled]]) -> Iterator[Fact]:
        """The outlet and the members of each list that a rule in force reads."""
        yield {"kind": OUTLET, "id": "o", **self._values(OUTLET, record.observed, record)}
        for kind in dict.fromkeys(_kind(rule) for _, rule in rules):
            list_ = kind.removeprefix("of ")
            members = None if kind == OUTLET else record.observed(list_)
            if not isinstance(members, tuple):
                continue
            own = frozenset(field.name for field in self._book.facts[list_].fields)
            for i, member in enumerate(members):
                values = self._values(kind, _look(own, member, record), record)
                yield {"kind": kind, "id": self._subject(kind, i), **values}

    def _subject(self, kind: str, i: int) -> str:
        return f"m{self._kinds.index(kind)}_{i}"

    def _values(self, kind: str, look: Look, record: Record) -> Fact:
        values: Fact = {}
        for key, (field, test) in self._fields.get(kind, {}).items():
            values.update(encoded(key[0], field, test, look, record.inspection.date))
        return values

    def _truth(self, part: str, n: int, subject: str) -> str:
        """What the marks say of a condition for a subject: true, false or unknown."""
        sides = [s for s in ("true", "false") if ((part, str(n), s), subject) in self._marks]
        return sides[0] if len(sides) == 1 else "unknown" if not sides else "both"

    def _thats(self, n: int, rule: Compiled, record: Record) -> list[str] | None:
        """The truth of `that` for each subject; None where the list is not observed."""
        if isinstance(rule.require, Holds):
            return [self._truth("that", n, "o")]
        members = record.observed(rule.require.of)
        if not isinstance(members, tuple):
            return None
        if rule.that is None:
            return ["true"] * len(members)
        kind = _kind(rule)
        return [self._truth("that", n, self._subject(kind, i)) for i in range(len(members))]

    def _months(self, n: int, rule: Compiled, record: Record) -> Iterator[Fact]:
        """A fact a calendar month: how many members lie in it surely, and how many may."""
        thats = self._thats(n, rule, record)
        require = rule.require
        if not isinstance(require, EveryMonthSince) or thats is None:
            return
        members = record.observed(require.of)
        assert isinstance(members, tuple), "the list is observed"
        dated = [month_of(member.get(require.dated_by)) for member in members]
        for month in _month_range(require, record):
            sure = sum(
                that == "true" and day == month for that, day in zip(thats, dated, strict=True)
            )
            possible = sum(
                that != "false" and day in (month, None)
                for that, day in zip(thats, dated, strict=True)
            )
            yield {"kind": "month", "id": f"{n}c{month}", "sure": sure, "possible": possible}

    def _counted(self, n: int, rule: Compiled, record: Record) -> list[str] | None:
        """The truth for each subject that the requirement counts, None where not known."""
        if not isinstance(rule.require, EveryMonthSince):
            return self._thats(n, rule, record)
        if record.observed(rule.require.since) is None or record.observed(rule.require.of) is None:
            return None
        found = []
        for month in _month_range(rule.require, record):
            sides = [s for s in ("true", "false") if (("month", s), f"{n}c{month}") in self._marks]
            found.append(sides[0] if len(sides) == 1 else "unknown" if not sides else "both")
        return found

    def _tally(self, n: int, rule: Compiled, record: Record) -> Fact:
        counted = self._counted(n, rule, record)
        truths = counted or []
        satisfied, violated = truths.count("true"), truths.count("false")
        require = rule.require
        fact: Fact = {
            "kind": "some" if isinstance(require, AtLeast) else "every",
            "id": f"t{n}",
            "when": "true" if rule.when is None else self._truth("when", n, "o"),
            "known": "unknown" if counted is None else "true",
            "n": len(truths),
            "violated": violated,
            "rest": len(truths) - satisfied - violated,
            "none": "true" if isinstance(require, Every) and require.allow_none else "false",
        }
        if isinstance(require, AtLeast):
            fact["over"] = satisfied - require.count
            fact["reach"] = len(truths) - violated - require.count
        return fact

    def _verdict(self, n: int, rule: Compiled, record: Record) -> Verdict:
        found = [o for o in Outcome if (("outcome", o.value), f"t{n}") in self._marks]
        if len(found) != 1:
            raise _failed(record, f"{rule.rule.id}: {len(found)} outcomes")
        outcome = found[0]
        if rule.when is not None and self._truth("when", n, "o") != "true":
            return Verdict(rule.rule.id, outcome)
        wanted = {Outcome.PASS: "true", Outcome.FAIL: "false"}.get(outcome, "unknown")
        truths = self._counted(n, rule, record) or []
        deciding = tuple(i for i, truth in enumerate(truths) if truth == wanted)
        if isinstance(rule.require, Holds):
            return Verdict(rule.rule.id, outcome)
        if not isinstance(rule.require, EveryMonthSince):
            return Verdict(rule.rule.id, outcome, deciding)
        months = list(_month_range(rule.require, record)) if truths else []
        return Verdict(rule.rule.id, outcome, (), tuple(_written(months[i]) for i in deciding))

    def _opinion(self, session: str, record: Record) -> tuple[Opinion | None, tuple[Reason, ...]]:
        marks = [mark for mark, _ in self._marks]
        counts = {name: marks.count(("binding", name)) for name in ("fail", "not_observed", "pass")}
        case = {"kind": "case", "id": "case", "stage": record.inspection.stage.value, **counts}
        self._assert(session, [case])
        found = [o for o in Opinion if (("opinion", o.value), "case") in self._marks]
        if len(found) != (record.inspection.stage is Stage.ADAPTATION):
            raise _failed(record, f"{len(found)} opinions")
        reasons = tuple(reason for reason in Reason if ("reason", reason.value) in marks)
        return (found[0] if found else None), reasons


def _finding(n: int, rule: Rule, verdict: Verdict, record: Record) -> Fact:
    return {
        "kind": "finding",
        "id": f"v{n}",
        "binding": "true" if rule.verb is not Verb.SHOULD and not rule.trial else "false",
        "outcome": verdict.outcome.value,
        "reason": rule.reason.value if rule.reason else "none",
        "stage": record.inspection.stage.value,
    }


def _look(own: frozenset[str], member: Member, record: Record) -> Look:
    """Reads a member's own fields, and of the record what the member has no field for."""
    return lambda name: member.get(name) if name in own else record.observed(name)


def _failed(record: Record, why: str) -> Disagreement:
    return Disagreement([fault(Place(record.source), "durable_failed", why=why)])


def _kind(rule: Compiled) -> str:
    return OUTLET if isinstance(rule.require, Holds) else f"of {rule.require.of}"


def _cases(rule: Rule, formula: Formula) -> tuple[tuple[Literal, ...], ...]:
    try:
        return cases(formula)
    except TooManyCases as error:
        place = Place(rule.file, rule.line)
        limit = CASE_LIMIT
        raise RulesError([fault(place, "too_complex", found=f">{limit}", limit=limit)]) from error


def _unique(tests: list[Fact]) -> list[Fact]:
    return [test for i, test in enumerate(tests) if test not in tests[:i]]


@contextmanager
def _quiet() -> Iterator[None]:
    """Let the library's call of utcfromtimestamp pass, which Python 3.12 deprecates."""
    if sys.version_info < (3, 12):
        yield
        return
    with warnings.catch_warnings():
        warnings.filterwarnings(
            "ignore", ".*utcfromtimestamp", DeprecationWarning, r"durable\.engine"
        )
        yield


def _month_range(require: EveryMonthSince, record: Record) -> range:
    since, last = month_of(record.observed(require.since)), month_of(record.inspection.date)
    if since is None or last is None:
        return range(0)
    return range(since, last + 1)


def _written(month: int) -> str:
    return f"{month // 12:04}-{month % 12 + 1:02}"
