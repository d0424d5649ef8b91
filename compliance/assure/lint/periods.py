"""Checks of the periods of validity: versions of one requirement follow each other day by day.

Rules of one clause, stage and outlet type that read the same facts are versions of one
requirement where any of them has a period. A rule on trial runs beside what it is to replace,
so it is none of them. May import `material` and everything below `assure`, and `reads`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from compliance.assure.lint.material import Material, remark, scopes
from compliance.assure.reads import names_read
from compliance.remarks import Remark
from compliance.rulebook import Rule
from compliance.words import Text
from compliance.words.lint import say

_FIRST: Final = date.min.isoformat()
_LAST: Final = date.max.isoformat()


def effective_overlap(material: Material) -> Iterator[Remark]:
    """Versions that are in force at once, at the period of the later one."""
    for rule, other in _neighbours(material):
        if _from(rule) > _to(other):
            continue
        period = _period(_from(rule), min(_to(rule), _to(other)))
        advice = say("part-periods")
        if _from(rule) > _from(other):
            day = _shifted(_from(rule), -1)
            advice = say("end-before", rule=rule.id, other=other.id, day=day)
        said = say(
            "effective-overlap",
            rule=rule.id,
            other=other.id,
            clause=rule.clause,
            period=period,
            advice=advice,
        )
        place = material.files.place(rule.id, "effective", key=True)
        yield remark("effective-overlap", place, rule.id, said)


def effective_gap(material: Material) -> Iterator[Remark]:
    """Days between two versions on which none is in force, at the later one's first day."""
    for rule, other in _neighbours(material):
        begin, end = _from(rule), _to(other)
        if begin <= end or begin == _shifted(end, 1):
            continue
        first, last = _shifted(end, 1), _shifted(begin, -1)
        said = say(
            "effective-gap",
            rule=rule.id,
            other=other.id,
            clause=rule.clause,
            days=_period(first, last),
            begin=begin,
            end=end,
            first=first,
            last=last,
        )
        place = material.files.place(rule.id, "effective", "from")
        yield remark("effective-gap", place, rule.id, said)


def versions(one: Rule, other: Rule) -> bool:
    """Whether two rules that apply to an outlet type in common are versions of one requirement."""
    return (one.clause, one.stage, _facts(one)) == (
        other.clause,
        other.stage,
        _facts(other),
    ) and any(_has_period(rule) for rule in (one, other))


def _neighbours(material: Material) -> Iterator[tuple[Rule, Rule]]:
    """Each version, and the one before it that is in force the longest."""
    groups: dict[object, list[Rule]] = {}
    for rule in material.files.book.rules:
        if not rule.trial:
            for scope in scopes(rule):
                groups.setdefault((rule.clause, scope, _facts(rule)), []).append(rule)
    said = set()
    for group in groups.values():
        if not any(_has_period(rule) for rule in group):
            continue
        first, *later = sorted(group, key=lambda rule: (_from(rule), _has_period(rule)))
        for rule in later:
            if (rule.id, first.id) not in said:
                said.add((rule.id, first.id))
                yield rule, first
            first = max(first, rule, key=_to)


def _facts(rule: Rule) -> frozenset[str]:
    return frozenset(names_read(rule)) - {"inspection.date"}


def _has_period(rule: Rule) -> bool:
    return rule.effective_from is not None or rule.effective_to is not None


def _from(rule: Rule) -> str:
    return rule.effective_from or _FIRST


def _to(rule: Rule) -> str:
    return rule.effective_to or _LAST


def _shifted(day: str, days: int) -> str:
    """The day so many days later, or earlier; the calendar's ends stay as they are."""
    if day in (_FIRST, _LAST):
        return day
    return (date.fromisoformat(day) + timedelta(days)).isoformat()


def _period(first: str, last: str) -> Text:
    if first == _FIRST:
        return say("always") if last == _LAST else say("up-to", last=last)
    if last == _LAST:
        return say("from-on", first=first)
    return say("on-day" if first == last else "from-to", first=first, last=last)
