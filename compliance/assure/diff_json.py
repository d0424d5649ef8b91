"""A comparison of rule books, and the forecast, as JSON.

May import `diff`, `diff_names`, `forecast`, `witness` and everything below `assure`.

    {"old", "new": {"name", "digest"}, "same", "solver",
     "rules": [{"rule", "change", "ground", "old", "new", "keys", "misread", "undecided",
                "rise", "fall", "other"}],
     "entries": [{"subject", "name", "key", "old", "new"}],
     "forecast": null or {"inspections", "outlets", "moves", "rules", "told", "earlier",
                           "problems"}}

Values are the contract words of `Change`, `Ground`, `Subject`, `Direction` and the outcomes.
Rules that are unchanged are left out and counted in "unchanged".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from compliance.assure import witness
from compliance.assure.diff import Change, Instance, RuleChange, RulesDiff
from compliance.assure.diff_names import Entry, Misread
from compliance.assure.forecast import Cause, Forecast, Tally, Told
from compliance.outcome import Finding, Outcome, Report
from compliance.record import Record
from compliance.remarks.visible import json_text
from compliance.rulebook import INSPECTION_FACTS, Rule

Data = dict[str, Any]


def as_json(diff: RulesDiff, ahead: Forecast | None) -> str:
    """One object, as the module says; keys in a fixed order."""
    sides = ((diff.old_name, diff.old), (diff.new_name, diff.new))
    old, new = ({"name": name, "digest": files.book.digest} for name, files in sides)
    return json_text(
        {
            "old": old,
            "new": new,
            "same": diff.same,
            "solver": diff.solver,
            "unchanged": sum(each.change is Change.UNCHANGED for each in diff.rules),
            "rules": [_rule(each) for each in diff.differing],
            "entries": [_entry(each) for each in diff.entries],
            "forecast": None if ahead is None else _forecast(ahead),
        }
    )


def _rule(each: RuleChange) -> Data:
    return {
        "rule": each.rule.id,
        "change": each.change.value,
        "ground": each.ground.value,
        "old": _place(each.old),
        "new": _place(each.new),
        "keys": list(each.keys),
        "misread": _misread(each.misread),
        "undecided": each.undecided,
        "rise": _instance(each.rise),
        "fall": _instance(each.fall),
        "other": _instance(each.other),
    }


def _place(rule: Rule | None) -> Data | None:
    return None if rule is None else {"rule": rule.id, "file": rule.file, "line": rule.line}


def _misread(found: Misread | None) -> Data | None:
    if found is None:
        return None
    types = (None if type_ is None else type_.value for type_ in (found.old, found.new))
    return dict(zip(("name", "old", "new"), (found.name, *types)))


def _instance(found: Instance | None) -> Data | None:
    """A record on which the rules differ; an outcome is null where its rule is not in force."""
    if found is None:
        return None
    then = found.new or found.old
    assert then is not None, "one of the rules is in force where they differ"
    return {
        **_observed(found.record),
        "old": _outcome(found.old),
        "new": _outcome(found.new),
        "example": witness.example(found.record, then),
    }


def _observed(record: Record) -> Data:
    dates = {name: record.observed(name) for name in INSPECTION_FACTS if name != "inspection.date"}
    return {
        "type": record.outlet.type.value,
        "stage": record.inspection.stage.value,
        "date": record.inspection.date,
        "given": {
            **{name: day for name, day in dates.items() if day is not None},
            **{
                name: [dict(member) for member in value] if isinstance(value, tuple) else value
                for name, value in record.observations.items()
            },
        },
    }


def _outcome(outcome: Outcome | None) -> str | None:
    return None if outcome is None else outcome.value


def _entry(entry: Entry) -> Data:
    return {
        "subject": entry.subject.value,
        "name": entry.name,
        "key": entry.key,
        "old": entry.old,
        "new": entry.new,
    }


def _forecast(ahead: Forecast) -> Data:
    return {
        "inspections": ahead.inspections,
        "outlets": ahead.outlets,
        "moves": [
            {"old": old.value, "new": new.value, "outlets": count}
            for (old, new), count in ahead.moves.items()
        ],
        "rules": [_tally(each) for each in ahead.tallies],
        "told": [_told(each) for each in ahead.told],
        "earlier": ahead.earlier,
        "problems": ahead.problems,
    }


def _tally(tally: Tally) -> Data:
    return {
        "rule": tally.cause.finding.rule,
        "rises": tally.rises,
        "falls": tally.falls,
        "others": tally.others,
        "fail": list(tally.failing),
        "not_observed": list(tally.waiting),
    }


def _told(told: Told) -> Data:
    record = told.judged.record
    return {
        "bank": record.outlet.bank,
        "outlet": record.outlet.id,
        "name": record.outlet.name,
        "inspection": record.inspection.id,
        "date": record.inspection.date,
        "direction": told.direction.value,
        "old": _opinion(told.judged.old),
        "new": _opinion(told.judged.new),
        "rules": [_cause(cause) for cause in told.causes],
    }


def _opinion(report: Report) -> Mapping[str, Any]:
    return {
        "opinion": report.opinion.value if report.opinion else None,
        "reasons": [reason.value for reason in report.reasons],
    }


def _cause(cause: Cause) -> Data:
    finding = cause.finding
    return {
        "rule": finding.rule,
        "title": finding.title._asdict(),
        "old": _finding(cause.old),
        "new": _finding(cause.new),
        "remedy": finding.remedy._asdict(),
    }


def _finding(finding: Finding | None) -> Data | None:
    if finding is None:
        return None
    return {
        "rule": finding.rule,
        "outcome": finding.outcome.value,
        "reason": finding.reason.value if finding.reason else None,
        "binding": finding.binding,
    }
