"""What a change of rules does to inspections: opinions that change, and because of which rules.

Pure functions over reports of the same records under both rule books. May import everything
below `assure`, and `diff` beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import groupby
from typing import Final

from compliance.assure.diff import Change, RulesDiff, demand
from compliance.errors import Problem
from compliance.outcome import Finding, Opinion, Outcome, Report
from compliance.record import Record
from compliance.submission import Submission
from compliance.words import Text
from compliance.words import diff as words


class Direction(str, Enum):
    """How an outlet's standing changes.

    `worse` and `better` are by opinion, from conforming over pending to non_conforming;
    `reasons` has the opinion and other boxes; `rules` has both, for other rules.
    """

    WORSE = "worse"
    BETTER = "better"
    REASONS = "reasons"
    RULES = "rules"


_ORDER: Final = (Opinion.CONFORMING, Opinion.PENDING, Opinion.NON_CONFORMING)


@dataclass(frozen=True, slots=True)
class Judged:
    """One inspection and what the old and the new rules say of it."""

    record: Record
    old: Report
    new: Report


@dataclass(frozen=True, slots=True)
class Cause:
    """A rule behind a change: its findings before and after, None where it is not in force."""

    old: Finding | None
    new: Finding | None

    @property
    def finding(self) -> Finding:
        """The finding as it is, or was."""
        found = self.new or self.old
        assert found is not None, "a cause has a finding on one side"
        return found


@dataclass(frozen=True, slots=True)
class Told:
    """An outlet to be told: how its latest inspection comes out, and because of which rules."""

    judged: Judged
    direction: Direction
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of a rule's findings over all inspections.

    `rises` and `falls` count inspections on which its demand rose and fell, `others` those on
    which the outcome alone changed. `failing` and `waiting` are the numbers of inspections
    that fail and that are not observed, before and after, whether or not the rule counts.
    """

    cause: Cause
    rises: int
    falls: int
    others: int
    failing: tuple[int, int]
    waiting: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Forecast:
    """All that changes. `told` stands by bank and outlet.

    `inspections` are all that were judged, `outlets` those that have an opinion. `moves`
    counts the outlets by opinion before and after. `earlier` counts the inspections that
    come out otherwise, as those told do, and that do not speak for an outlet. `problems`
    counts what is wrong with what was handed in, and keeps records out.
    """

    inspections: int
    outlets: int
    moves: Mapping[tuple[Opinion, Opinion], int]
    told: tuple[Told, ...]
    tallies: tuple[Tally, ...]
    earlier: int
    problems: int = 0

    def going(self, direction: Direction) -> tuple[Told, ...]:
        """The outlets to be told whose standing changes so."""
        return tuple(each for each in self.told if each.direction is direction)

    def banks(self) -> Iterator[tuple[str, tuple[Told, ...]]]:
        """Each bank with its outlets to be told."""
        for bank, own in groupby(self.told, key=lambda each: each.judged.record.outlet.bank):
            yield bank, tuple(own)


def forecast(
    diff: RulesDiff, judged: Sequence[Judged], latest: Collection[str], problems: int = 0
) -> Forecast:
    """What changes in `judged`; `latest` are the ids of the inspections that speak for outlets."""
    before = {
        each.new.id: each.old.id
        for each in diff.rules
        if each.change is Change.RENAMED and each.new and each.old
    }
    speaking = [each for each in judged if each.record.inspection.id in latest]
    causes = {id(each): tuple(_causes(each, before)) for each in judged}
    told = [
        Told(each, _direction(each), causes[id(each)])
        for each in speaking
        if _moved(each, causes[id(each)])
    ]
    moves = Counter(
        (each.old.opinion, each.new.opinion)
        for each in speaking
        if each.old.opinion and each.new.opinion
    )
    spoken = {id(each) for each in speaking}
    return Forecast(
        inspections=len(judged),
        outlets=len(speaking),
        moves={(a, b): moves[a, b] for a in _ORDER for b in _ORDER if moves[a, b]},
        told=tuple(sorted(told, key=_by_bank)),
        tallies=tuple(_tallies(diff, judged, before)),
        earlier=sum(_moved(each, causes[id(each)]) for each in judged if id(each) not in spoken),
        problems=problems,
    )


def joined(old: Submission, new: Submission) -> tuple[Record, ...]:
    """Every record that is valid under either rule book, once."""
    known = {record.inspection.id for record in old.records}
    return (*old.records, *(r for r in new.records if r.inspection.id not in known))


def problems(old: Submission, new: Submission) -> tuple[Problem, ...]:
    """What is wrong with what was handed in; said by which rules where not by both."""
    found = [p if p in new.problems else _prefixed(p, words.BY_OLD) for p in old.problems]
    found += [_prefixed(p, words.BY_NEW) for p in new.problems if p not in old.problems]
    return tuple(found)


def _prefixed(problem: Problem, text: Text) -> Problem:
    said = (part.format(problem=own) for part, own in zip(text, problem.text))
    return replace(problem, text=Text(*said))


def _by_bank(told: Told) -> tuple[str, str]:
    outlet = told.judged.record.outlet
    return outlet.bank, outlet.id


def _moved(judged: Judged, causes: Sequence[Cause]) -> bool:
    old, new = judged.old, judged.new
    return (old.opinion, old.reasons) != (new.opinion, new.reasons) or any(map(_weighs, causes))


def _direction(judged: Judged) -> Direction:
    old, new = judged.old, judged.new
    if old.opinion and new.opinion and old.opinion is not new.opinion:
        worse = _ORDER.index(new.opinion) > _ORDER.index(old.opinion)
        return Direction.WORSE if worse else Direction.BETTER
    return Direction.RULES if old.reasons == new.reasons else Direction.REASONS


def _pairs(judged: Judged, before: Mapping[str, str]) -> Iterator[Cause]:
    """Each rule's findings side by side, a renamed rule's too, in the new book's order."""
    old = {finding.rule: finding for finding in judged.old.findings}
    for finding in judged.new.findings:
        yield Cause(old.pop(before.get(finding.rule, finding.rule), None), finding)
    yield from (Cause(finding, None) for finding in old.values())


def _causes(judged: Judged, before: Mapping[str, str]) -> Iterator[Cause]:
    """The rules whose weight changes; where none does, those whose outcome does."""
    pairs = list(_pairs(judged, before))
    weighing = [pair for pair in pairs if _weighs(pair)]
    yield from weighing or (pair for pair in pairs if _outcome(pair.old) is not _outcome(pair.new))


def _weighs(cause: Cause) -> bool:
    """Whether the demand changes, or the box that a failure ticks."""
    return _weight(cause.old) != _weight(cause.new)


def _weight(finding: Finding | None) -> tuple[int, object]:
    level = _demand(finding)
    return level, finding.reason if finding and level == _FAILS else None


_FAILS: Final = demand(Outcome.FAIL, True)


def _demand(finding: Finding | None) -> int:
    return demand(finding.outcome, finding.binding) if finding else 0


def _outcome(finding: Finding | None) -> Outcome | None:
    return finding.outcome if finding else None


def _tallies(
    diff: RulesDiff, judged: Sequence[Judged], before: Mapping[str, str]
) -> Iterator[Tally]:
    """Each rule whose findings change somewhere, in the order of the comparison."""
    by_rule: dict[str, list[Cause]] = {each.rule.id: [] for each in diff.rules}
    for each in judged:
        for pair in _pairs(each, before):
            by_rule[pair.finding.rule].append(pair)
    for pairs in by_rule.values():
        changed = [p for p in pairs if _weighs(p) or _outcome(p.old) is not _outcome(p.new)]
        if not changed:
            continue
        steps = [_demand(pair.new) - _demand(pair.old) for pair in changed]
        yield Tally(
            changed[0],
            rises=sum(step > 0 for step in steps),
            falls=sum(step < 0 for step in steps),
            others=sum(step == 0 for step in steps),
            failing=_counted(pairs, Outcome.FAIL),
            waiting=_counted(pairs, Outcome.NOT_OBSERVED),
        )


def _counted(pairs: Sequence[Cause], outcome: Outcome) -> tuple[int, int]:
    return (
        sum(_outcome(pair.old) is outcome for pair in pairs),
        sum(_outcome(pair.new) is outcome for pair in pairs),
    )
