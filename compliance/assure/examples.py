"""The examples of rules and the fixture records, and what an engine says of them.

May import everything below the package.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, NamedTuple

from compliance.engines import ENGINES, Engine, InBatches, durable_importable, sql_importable
from compliance.errors import InputError, Place, Problem
from compliance.load import RuleFiles
from compliance.outcome import Answer, Opinion, Outcome, Reason
from compliance.record import Record
from compliance.record_check import Check, record_checker
from compliance.rulebook import INSPECTION_FACTS, Example, OutletType, Rule, RuleBook
from compliance.source import Document, Path_, fault, hint, path_text, read
from compliance.structure import check_structure
from compliance.submission import to_record, without_id_numbers
from compliance.words.examples import say

RECORD: Final = "record.yaml"
FINDINGS: Final = "findings.yaml"

_STATED: Final = frozenset(INSPECTION_FACTS) - {"inspection.date"}
_FINDINGS_SCHEMA: Final[Mapping[str, Any]] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["opinion", "reasons", "findings"],
    "properties": {
        "opinion": {"enum": [*(opinion.value for opinion in Opinion), None]},
        "reasons": {"type": "array", "items": {"enum": [reason.value for reason in Reason]}},
        "findings": {
            "type": "object",
            "additionalProperties": {"enum": [outcome.value for outcome in Outcome]},
        },
    },
}


class Said(NamedTuple):
    """What is said of a whole record, in the contract's words; `findings` by rule id."""

    opinion: str | None
    reasons: tuple[str, ...]
    findings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Fixture:
    """A whole record and what must be said of it.

    `name` is its folder below that of all fixtures (`adaptation/branch-untrained`);
    `document` is the file of what is expected, for places.
    """

    name: str
    record: Record
    expected: Said
    document: Document


def available_engines() -> tuple[tuple[str, ...], Mapping[str, str]]:
    """The names of the engines that can be used here, and why each other one cannot."""
    found = {"durable": durable_importable(), "sql": sql_importable()}
    missing = {name: why for name, why in found.items() if why is not None}
    return tuple(name for name in ENGINES if name not in missing), missing


# examples


def alone(book: RuleBook, rule: Rule) -> RuleBook:
    """The book with `rule` as its only rule: an engine for it is built in no time."""
    return replace(book, rules=(rule,))


def example_record(rule: Rule, type_: OutletType, example: Example) -> Record:
    """The record of one example for one outlet type; no file is written or read.

    `given` must fit the vocabulary (`example_problems` says whether it does). Beside the
    facts it may state `outlet.listed_on` and `inspection.previous_inspection_date`.
    """
    return to_record(Document(rule.file, _data(rule, type_, example), rule.line))


def answered(engine: Engine, records: Sequence[Record]) -> list[Answer]:
    """What an engine says of each record; together, where it is faster so."""
    if isinstance(engine, InBatches):
        return list(engine.answers(records))
    return [engine.answer(record) for record in records]


def outcome_of(rule: Rule, answer: Answer) -> Outcome | None:
    """The outcome of a rule in an answer; None where the rule is not in force."""
    found = (verdict.outcome for verdict in answer.verdicts if verdict.rule == rule.id)
    return next(found, None)


def example_problems(files: RuleFiles, rule: Rule, position: int, check: Check) -> list[Problem]:
    """Why the example at `position` is no record, at the lines of the rule file.

    `check` is a `record_checker`. Types of outlet that have the same problem give it once.
    """
    problems: dict[Problem, None] = {}
    for type_ in sorted(rule.applies_to):
        for problem in check(_document(files, rule, type_, position)):
            problems[_relocated(files, rule, position, without_id_numbers(problem))] = None
    day = rule.examples[position].date
    if rule.applies(next(iter(rule.applies_to)), rule.stage, day):
        return list(problems)
    place = files.place(rule.id, "examples", position, "date")
    found = [problem for problem in problems if problem.key != "stage_without_rules"]
    return [*found, Problem(place, say("not_in_force", date=day), "not_in_force")]


def _data(rule: Rule, type_: OutletType, example: Example) -> dict[str, Any]:
    inspection = {
        "id": rule.id,
        "stage": rule.stage.value,
        "date": example.date,
        "inspector": "示例",
    }
    outlet = {"id": rule.id, "name": "示例", "type": type_.value, "bank": "示例"}
    data: dict[str, Any] = {"inspection": inspection, "outlet": outlet, "observations": {}}
    for name, value in example.given.items():
        part, _, key = name.partition(".") if name in _STATED else ("observations", "", name)
        data[part][key] = value
    return data


def _document(files: RuleFiles, rule: Rule, type_: OutletType, position: int) -> Document:
    """The example as a record whose values stand in the rule file."""
    source, at = files.places[rule.id]
    top: Path_ = (at, "examples", position)
    data = _data(rule, type_, rule.examples[position])
    values: dict[Path_, tuple[int, int]] = {(): source.values[top]}
    keys: dict[Path_, tuple[int, int]] = {}
    for path in _paths(data):
        stated = path[0] != "observations" and f"{path[0]}.{path[-1]}" in _STATED
        name = ".".join(str(step) for step in path) if stated else None
        own = (*top, "given", *((name,) if name else path[1:]))
        own = (*top, "date") if path == ("inspection", "date") else own
        if own in source.values:
            values[path] = source.values[own]
        if own in source.keys:
            keys[path] = source.keys[own]
    return Document(source.file, data, None, values, keys)


def _paths(value: Any, path: Path_ = ()) -> Iterator[Path_]:
    if path:
        yield path
    items = value.items() if isinstance(value, dict) else ()
    for step, inner in enumerate(value) if isinstance(value, list) else items:
        yield from _paths(inner, (*path, step))


def _relocated(files: RuleFiles, rule: Rule, position: int, problem: Problem) -> Problem:
    """The problem with its path as it is in the rule file, not in a record."""
    top = path_text((files.places[rule.id][1], "examples", position))
    found = problem.place.path
    part, _, rest = found.partition(".")
    if part == "observations" or found in _STATED:
        path = ".".join(filter(None, (top, "given", rest if part == "observations" else found)))
    else:
        path = f"{top}.date" if found == "inspection.date" else top
    return replace(problem, place=replace(problem.place, path=path))


# fixtures


def read_fixtures(folder: Path, book: RuleBook) -> tuple[Fixture, ...]:
    """Every fixture below `folder`, by name.

    Raises InputError where one is broken.
    """
    fixtures, problems = check_fixtures(folder, book)
    if problems:
        raise InputError(problems)
    return fixtures


def check_fixtures(folder: Path, book: RuleBook) -> tuple[tuple[Fixture, ...], tuple[Problem, ...]]:
    """The good fixtures below `folder`, and what is wrong with the others.

    A fixture is a folder, at any depth, that holds `record.yaml` and `findings.yaml`.
    """
    if not folder.is_dir():
        return (), (fault(Place(str(folder)), "no_such_path"),)
    check = record_checker(book)
    names = {path.parent for name in (RECORD, FINDINGS) for path in folder.rglob(name)}
    fixtures: list[Fixture] = []
    problems: list[Problem] = []
    for case in sorted(names):
        record, findings = read(case / RECORD), read(case / FINDINGS)
        wrong = [*_record_problems(record, check), *_findings_problems(findings, book)]
        if isinstance(record, Problem) or isinstance(findings, Problem) or wrong:
            problems += wrong
            continue
        data = findings.data
        said = Said(data["opinion"], tuple(data["reasons"]), data["findings"])
        name = case.relative_to(folder).as_posix()
        fixtures.append(Fixture(name, to_record(record), said, findings))
    return tuple(fixtures), tuple(problems)


def said_of(answer: Answer) -> Said:
    """An answer as a fixture states it; equal to `expected` where all is well."""
    return Said(
        None if answer.opinion is None else answer.opinion.value,
        tuple(reason.value for reason in answer.reasons),
        {verdict.rule: verdict.outcome.value for verdict in answer.verdicts},
    )


def _record_problems(record: Document | Problem, check: Check) -> list[Problem]:
    found = [record] if isinstance(record, Problem) else check(record)
    return [without_id_numbers(problem) for problem in found]


def _findings_problems(findings: Document | Problem, book: RuleBook) -> list[Problem]:
    if isinstance(findings, Problem):
        return [findings]
    if problems := check_structure(findings, _FINDINGS_SCHEMA):
        return problems
    known = [rule.id for rule in book.rules]
    return [
        findings.fault(
            ("findings", name), "unknown_rule", at_key=True, found=name, hint=hint(name, known)
        )
        for name in findings.data["findings"]
        if name not in known
    ]
