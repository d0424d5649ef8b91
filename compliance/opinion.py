"""From verdicts to the opinion of form B.1, and from an engine's answer to the report.

Pure functions. May import `words`, `outcome`, `condition`, `rulebook` and `record`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from compliance._version import __version__
from compliance.condition import Condition, EveryMonthSince, Holds, facts_of
from compliance.outcome import (
    Answer,
    Finding,
    Opinion,
    Outcome,
    Reason,
    Report,
    Stage,
    Verb,
    Verdict,
    Witness,
)
from compliance.record import Record
from compliance.rulebook import Rule, RuleBook


def decide(
    rules: Sequence[Rule], verdicts: Sequence[Verdict], stage: Stage = Stage.ADAPTATION
) -> tuple[Opinion | None, tuple[Reason, ...]]:
    """The opinion and, where it is non_conforming, its reasons in the form's order.

    `rules` are those in force and stand in the order of their `verdicts`. Only the
    adaptation stage has an opinion.
    """
    if stage is not Stage.ADAPTATION:
        return None, ()
    counted = [
        (rule, verdict.outcome)
        for rule, verdict in zip(rules, verdicts, strict=True)
        if rule.verb is not Verb.SHOULD
        and not rule.trial
        and verdict.outcome is not Outcome.NOT_APPLICABLE
    ]
    failed = {rule.reason for rule, outcome in counted if outcome is Outcome.FAIL}
    if failed:
        return Opinion.NON_CONFORMING, tuple(reason for reason in Reason if reason in failed)
    if counted and all(outcome is Outcome.PASS for _, outcome in counted):
        return Opinion.CONFORMING, ()
    return Opinion.PENDING, ()


def report_on(book: RuleBook, record: Record, answer: Answer, engine: str) -> Report:
    """The report of one record from the answer of the engine called `engine`."""
    inspection = record.inspection
    rules = {rule.id: rule for rule in book.rules}
    return Report(
        inspection=inspection.id,
        outlet=record.outlet.id,
        stage=inspection.stage,
        opinion=answer.opinion,
        reasons=answer.reasons,
        findings=tuple(
            _finding(book, rules[verdict.rule], record, verdict) for verdict in answer.verdicts
        ),
        rules_digest=book.digest,
        record_digest=record.digest,
        tool_version=__version__,
        engine=engine,
        evaluated_on=inspection.date,
        source=record.source,
    )


def _finding(book: RuleBook, rule: Rule, record: Record, verdict: Verdict) -> Finding:
    read = set(_facts_read(rule))
    return Finding(
        rule=rule.id,
        clause=book.standard.clauses[rule.clause].written,
        verb=rule.verb,
        basis=rule.basis,
        outcome=verdict.outcome,
        reason=rule.reason,
        title=rule.title,
        remedy=rule.remedy,
        witnesses=tuple(
            _told(book, rule, record, _placed(witness, record))
            for witness in _witnesses(book, rule, record, verdict)
        ),
        evidence=tuple(file for file in record.evidence if file.fact in read),
        trial=rule.trial,
    )


def _facts_of(condition: Condition | None) -> Iterator[str]:
    if condition is not None:
        yield from facts_of(condition)


def _facts_read(rule: Rule) -> Iterator[str]:
    """What a rule reads of the outlet; a member's fields count as their list."""
    yield from _facts_of(rule.when)
    if isinstance(rule.require, Holds):
        yield from facts_of(rule.require.that)
        return
    yield rule.require.of
    if isinstance(rule.require, EveryMonthSince):
        yield rule.require.since


def _witnesses(book: RuleBook, rule: Rule, record: Record, verdict: Verdict) -> Iterator[Witness]:
    require = rule.require
    if verdict.outcome is Outcome.NOT_APPLICABLE:
        yield from _scalars(record, _facts_of(rule.when))
    elif isinstance(require, Holds):
        yield from _scalars(record, _facts_read(rule))
    elif verdict.members:
        yield from _members(book, require.of, record, verdict.members)
    elif verdict.months:
        yield from (Witness(require.of, month=month) for month in verdict.months)
    else:
        missing = [
            witness
            for witness in _scalars(record, (n for n in _facts_read(rule) if n != require.of))
            if witness.value is None and verdict.outcome is Outcome.NOT_OBSERVED
        ]
        yield from missing
        if not missing or record.observed(require.of) is None:
            yield Witness(require.of)


def _placed(witness: Witness, record: Record) -> Witness:
    """The witness with the line and column at which the record says so, where known."""
    line, column = record.lines.get(witness.path, (None, None))
    return witness if line is None else replace(witness, line=line, column=column)


def _told(book: RuleBook, rule: Rule, record: Record, witness: Witness) -> Witness:
    """The witness with the disputes that keep it from being observed.

    They are of the fact itself, or of the fields that the rule reads of the member or, of a
    month, of any member.
    """
    require = rule.require
    fields = set() if isinstance(require, Holds) else set(_facts_of(require.that))
    if isinstance(require, EveryMonthSince):
        fields.add(require.dated_by)
    disputed = tuple(
        dispute
        for dispute in record.disputed
        if dispute.path == witness.path
        or (
            dispute.path.startswith((f"{witness.path}.", f"{witness.path}["))
            and dispute.path.rpartition(".")[2] in fields - _personal(book, witness.path)
        )
    )
    return replace(witness, disputed=disputed) if disputed else witness


def _personal(book: RuleBook, path: str) -> set[str]:
    """The fields of a list that no finding shows."""
    fact = book.facts.get(path.partition("[")[0])
    return {field.name for field in fact.fields if field.personal} if fact else set()


def _scalars(record: Record, names: Iterator[str]) -> Iterator[Witness]:
    for name in dict.fromkeys(names):
        value = record.observed(name)
        yield Witness(name, value=None if isinstance(value, tuple) else value)


def _members(
    book: RuleBook, list_: str, record: Record, positions: Sequence[int]
) -> Iterator[Witness]:
    members = record.observed(list_)
    assert isinstance(members, tuple), "an engine counted members, so the fact is a list"
    field = book.facts[list_].field("name")
    for i in positions:
        name = members[i].get("name") if field is not None and not field.personal else None
        yield Witness(f"{list_}[{i}]", i + 1, name if isinstance(name, str) else None)
