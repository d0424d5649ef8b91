"""What must hold of the answers to a rule book, walked over records in which each rule fails.

- A failure ticks exactly its own box.
- Advice and trial rules never tick one.
- Rules for one outlet type never touch another.
- Without the owner's rules the rest is as if these had never been written.

May import everything below `assure`, and of it `invariants` and what that imports.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from compliance.assure.components import components
from compliance.assure.invariants import violation
from compliance.assure.reads import counts
from compliance.assure.solver import World
from compliance.assure.symbols import day_of, equal
from compliance.assure.witness import EXAMPLE_DATE
from compliance.engines import Engine
from compliance.engines.direct import Direct
from compliance.load import RuleFiles
from compliance.outcome import Answer, Basis, Outcome, Reason, Stage
from compliance.record import Inspection, Outlet, Record, Value
from compliance.remarks import Remark
from compliance.rulebook import OutletType, Rule, RuleBook
from compliance.words import Text
from compliance.words.invariants import OPINIONS, PENDING
from compliance.words.report import REASONS

Build = Callable[[RuleBook], Engine]


def walked(files: RuleFiles, build: Build = Direct) -> Iterator[Remark]:
    """A remark for each invariant that an answer breaks, the first such answer of each.

    `build` makes the engine that answers.
    """
    book = files.book
    whole = build(book)
    parts = {name: build(part) for name, part in _parts(book).items()}
    said: set[str] = set()
    for type_ in OutletType:
        for rule, record in _failures(book, type_):
            for name, found, expected in _broken(book, record, whole, parts):
                if name not in said:
                    said.add(name)
                    yield violation(
                        files, rule, name, record, found=found, expected=expected, type=type_.value
                    )


def _parts(book: RuleBook) -> Mapping[str, RuleBook]:
    """The rule book without what must make no difference, by the invariant that says so."""

    def only(keep: Callable[[Rule], bool]) -> RuleBook:
        return replace(book, rules=tuple(rule for rule in book.rules if keep(rule)))

    return {
        "advice-ticks-box": only(counts),
        "owner-leaves-trace": only(lambda rule: rule.basis is not Basis.OWNER),
        **{type_.value: only(partial(_applies, type_)) for type_ in OutletType},
    }


def _applies(type_: OutletType, rule: Rule) -> bool:
    return type_ in rule.applies_to


def _broken(
    book: RuleBook, record: Record, whole: Engine, parts: Mapping[str, Engine]
) -> Iterator[tuple[str, Text, Text]]:
    """Each invariant that the answers break: its name, what was said and what should be."""
    answer = whole.answer(record)
    own = _own_boxes(book, answer)
    if answer.reasons != own:
        yield "box-not-its-own", _boxes(answer.reasons), _boxes(own)
    bare = parts["advice-ticks-box"].answer(record)
    if (bare.opinion, bare.reasons) != (answer.opinion, answer.reasons):
        yield "advice-ticks-box", _opinion(answer), _opinion(bare)
    alone = parts[record.outlet.type.value].answer(record)
    if alone != answer:
        yield "types-touch", _opinion(answer), _opinion(alone)
    standard = {rule.id for rule in book.rules if rule.basis is not Basis.OWNER}
    kept = tuple(verdict for verdict in answer.verdicts if verdict.rule in standard)
    left = parts["owner-leaves-trace"].answer(record)
    if left.verdicts != kept:
        yield "owner-leaves-trace", _opinion(answer), _opinion(left)


def _own_boxes(book: RuleBook, answer: Answer) -> tuple[Reason, ...]:
    """The boxes of the binding rules that fail, in the form's order."""
    failed = {verdict.rule for verdict in answer.verdicts if verdict.outcome is Outcome.FAIL}
    ticked = {rule.reason for rule in book.rules if rule.id in failed and counts(rule)}
    return tuple(reason for reason in Reason if reason in ticked)


def _boxes(reasons: Sequence[Reason]) -> Text:
    named = [REASONS[reason.value] for reason in reasons]
    return Text("、".join(t.zh for t in named) or "—", ", ".join(t.en for t in named) or "—")


def _opinion(answer: Answer) -> Text:
    opinion = OPINIONS.get(answer.opinion.value if answer.opinion else "", PENDING)
    boxes = _boxes(answer.reasons)
    return Text(f"{opinion.zh}（{boxes.zh}）", f"{opinion.en} ({boxes.en})")


def _failures(book: RuleBook, type_: OutletType) -> Iterator[tuple[Rule, Record]]:
    """For each rule a record on which it fails, and as few others as possible, on each day.

    The days are that of an example and those on which a period of validity begins or ends.
    """
    ends = [day for rule in book.rules for day in (rule.effective_from, rule.effective_to) if day]
    for day in dict.fromkeys([EXAMPLE_DATE, *ends]):
        groups = components(book.in_force(type_, Stage.ADAPTATION, day))
        good = [_seen(book, type_, day, rules, rules) for rules in groups]
        for group, rules in enumerate(groups):
            others: dict[str, Value] = {}
            for number, seen in enumerate(good):
                others |= (seen or {}) if number != group else {}
            for rule in rules:
                rest = [other for other in rules if other is not rule]
                seen = _seen(book, type_, day, rules, rest, rule)
                if seen is None:
                    seen = _seen(book, type_, day, rules, (), rule)
                if seen is not None:
                    yield rule, _record(type_, day, {**others, **seen})


def _seen(
    book: RuleBook,
    type_: OutletType,
    day: str,
    rules: Sequence[Rule],
    passing: Sequence[Rule],
    failing: Rule | None = None,
) -> dict[str, Value] | None:
    """Observations on which some of the rules pass and one fails; None where none can be."""
    world = World(book, type_, Stage.ADAPTATION, rules)
    wanted = [world.verdict(rule).passed for rule in passing]
    if failing is not None:
        wanted.append(world.verdict(failing).failed)
    found = world.find(equal(world.today, day_of(day)), *wanted)
    return None if found is None else dict(found.record.observations)


def _record(type_: OutletType, day: str, observations: Mapping[str, Value]) -> Record:
    return Record(
        Inspection("EX-1", Stage.ADAPTATION, day, "检查员示例"),
        Outlet("EX", "示例网点", type_, "示例银行"),
        observations,
        notes={},
        evidence=(),
        digest="",
        source="",
    )
