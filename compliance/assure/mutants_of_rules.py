"""The mistakes that people make in a rule's quantifier and in what stands beside its conditions.

May import everything below `assure`, `spots`, `written` and `mutants_of_conditions`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import Union

from compliance.assure.mutants_of_conditions import (
    changed,
    days_beside,
    off_by_one_in,
    shown,
)
from compliance.assure.spots import Change, Spot, neighbour, spots
from compliance.assure.written import on_a_line, requirement_data
from compliance.condition import (
    AtLeast,
    Every,
    EveryMonthSince,
    FactRef,
    FactType,
    Holds,
    Op,
    Requirement,
    Test,
)
from compliance.outcome import Reason, Stage, Verb
from compliance.rulebook import OutletType, Rule, RuleBook


def _required(rule: Rule, key: str, require: Requirement) -> Change:
    was, now = _differing(rule.require, require)
    return Change(("require", key), was, now, replace(rule, require=require))


def _differing(one: Requirement, other: Requirement) -> tuple[str, str]:
    """What stands in the one and not in the other, each on a line."""
    sides = [requirement_data(each) for each in (one, other)]
    was, now = (
        {key: value for key, value in own.items() if (key, value) not in rest.items()}
        for own, rest in (sides, sides[::-1])
    )
    return on_a_line(was), on_a_line(now)


def drop_when(rule: Rule, book: RuleBook) -> Iterator[Change]:
    """The rule's `when` is forgotten."""
    if rule.when is not None:
        yield Change(("when",), f"when: {{{shown(rule.when)}}}", "", replace(rule, when=None))


def drop_that(rule: Rule, book: RuleBook) -> Iterator[Change]:
    """What has to hold each month is forgotten, so that a date is enough."""
    if isinstance(rule.require, EveryMonthSince) and rule.require.that is not None:
        yield _required(rule, "that", replace(rule.require, that=None))


def swap_quantifier(rule: Rule, book: RuleBook) -> Iterator[Change]:
    """One member is asked for where every one is needed, or the other way round."""
    if isinstance(rule.require, Every):
        other = AtLeast(1, rule.require.of, rule.require.that)
        yield _required(rule, "every", other)
    elif isinstance(rule.require, AtLeast):
        yield _required(rule, "at_least", Every(rule.require.of, rule.require.that))


def toggle_allow_none(rule: Rule, book: RuleBook) -> Iterator[Change]:
    """An empty list passes where it must fail, or the other way round."""
    if isinstance(rule.require, Every):
        allow = not rule.require.allow_none
        yield _required(rule, "allow_none", replace(rule.require, allow_none=allow))


def off_by_one(rule: Rule, book: RuleBook) -> Iterator[Change]:
    """A number, or a day, is one off."""
    if isinstance(rule.require, AtLeast):
        for count in (rule.require.count - 1, rule.require.count + 1):
            yield _required(rule, "at_least", replace(rule.require, count=count))
    for spot in spots(rule):
        yield from off_by_one_in(spot)


def swap_fact(rule: Rule, book: RuleBook) -> Iterator[Change]:
    """A fact, a field, a date or a list is taken for the next one declared that fits."""
    require = rule.require
    if not isinstance(require, Holds):
        yield from _swap_list(rule, require, book)
    if isinstance(require, EveryMonthSince):
        since = neighbour(book, rule, require.since, FactType.DATE, None)
        if since is not None:
            yield _required(rule, "every_month_since", replace(require, since=since))
        dated_by = neighbour(book, rule, require.dated_by, FactType.DATE, require.of)
        if dated_by is not None:
            yield _required(rule, "dated_by", replace(require, dated_by=dated_by))
    for spot in spots(rule):
        yield from _swap_tested(rule, spot, book)


def _swap_list(
    rule: Rule, require: Union[Every, AtLeast, EveryMonthSince], book: RuleBook
) -> Iterator[Change]:
    of = neighbour(book, rule, require.of, FactType.LIST, None)
    if of is not None:
        key = "every" if isinstance(require, Every) else "of"
        yield _required(rule, key, replace(require, of=of))


def _swap_tested(rule: Rule, spot: Spot, book: RuleBook) -> Iterator[Change]:
    test = spot.condition
    if not isinstance(test, Test):
        return
    fact = neighbour(book, rule, test.fact, test.type, spot.of)
    if fact is not None:
        yield changed(spot, replace(test, fact=fact))
    if isinstance(test.operand, FactRef):
        operand_type = FactType.INTEGER if test.op is Op.WITHIN_DAYS else test.type
        other = neighbour(book, rule, test.operand.name, operand_type, spot.of)
        if other is not None:
            yield changed(spot, replace(test, operand=FactRef(other)))


def other_types(rule: Rule, book: RuleBook) -> Iterator[Change]:
    """The rule is for other outlet types than it should be."""
    types = list(OutletType)
    for size in range(1, len(types) + 1):
        for chosen in combinations(types, size):
            if rule.applies_to != frozenset(chosen):
                other = replace(rule, applies_to=frozenset(chosen))
                yield Change(("applies_to",), _types(rule), _types(other), other)


def _types(rule: Rule) -> str:
    return on_a_line({"applies_to": [type_.value for type_ in sorted(rule.applies_to)]})


def other_reason(rule: Rule, book: RuleBook) -> Iterator[Change]:
    """A failure ticks another box than it should."""
    if rule.reason is not None:
        for reason in Reason:
            if reason is not rule.reason:
                other = replace(rule, reason=reason)
                yield Change(("reason",), _reason(rule), _reason(other), other)


def _reason(rule: Rule) -> str:
    return "" if rule.reason is None else f"reason: {rule.reason.value}"


# Outside the adaptation stage there is no opinion, and no file could state what the next two do.


def swap_verb(rule: Rule, book: RuleBook) -> Iterator[Change]:
    """Advice is taken for a requirement, or a requirement for advice."""
    if rule.stage is not Stage.ADAPTATION:
        return
    advice = rule.verb is Verb.SHOULD
    other = replace(
        rule,
        verb=Verb.SHALL if advice else Verb.SHOULD,
        reason=Reason.OTHER if advice else None,
    )
    was, now = (
        ", ".join(filter(None, (f"verb: {each.verb.value}", _reason(each))))
        for each in (rule, other)
    )
    yield Change(("verb",), was, now, other)


def toggle_trial(rule: Rule, book: RuleBook) -> Iterator[Change]:
    """A rule on trial counts, or one that should count is on trial."""
    if rule.stage is Stage.ADAPTATION:
        sides = ("status: trial", "") if rule.trial else ("", "status: trial")
        yield Change(("status",), *sides, replace(rule, trial=not rule.trial))


def move_period(rule: Rule, book: RuleBook) -> Iterator[Change]:
    """An end of the period of validity is forgotten, or is a day off."""
    first, last = rule.effective_from, rule.effective_to
    for day in _moved(first):
        yield _period("from", first, day, replace(rule, effective_from=day))
    for day in _moved(last):
        yield _period("to", last, day, replace(rule, effective_to=day))


def _moved(day: str | None) -> Iterator[str | None]:
    if day is not None:
        yield None
        yield from days_beside(day)


def _period(key: str, was: str | None, now: str | None, other: Rule) -> Change:
    left = "" if now is None else f"{key}: {now}"
    return Change(("effective", key), f"{key}: {was}", left, other)
