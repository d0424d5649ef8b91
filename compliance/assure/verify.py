"""An issued opinion derived again, from the rules and the records that its digests name.

May import `verify_issued`, `verify_books` beside it, `forms`, the engines and what lies below.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Final

from compliance.assure.verify_books import Search, find_book
from compliance.assure.verify_issued import Issued
from compliance.engines import Engine, durable_importable, engine, evaluate
from compliance.errors import Disagreement, InputError, Place, Problem
from compliance.forms import Case
from compliance.forms.derivation import outlet_entry
from compliance.opinion import report_on
from compliance.outcome import ExitStatus
from compliance.record import Record
from compliance.rulebook import RuleBook
from compliance.source import fault
from compliance.submission import read_copies

RECORDS: Final = "inspections"
"""The folder of the current directory in which records are sought, unless one is given."""

_COMPARED: Final = (
    *("bank", "outlet", "inspection", "evaluated_on"),
    *("opinion", "reasons", "failed", "not_observed"),
)


class Result(str, Enum):
    """What came of one outlet."""

    SAME = "same"
    DIFFERS = "differs"
    NO_RECORD = "no_record"
    NOT_DERIVED = "not_derived"  # without the rules
    ENGINES_DISAGREE = "engines_disagree"


@dataclass(frozen=True, slots=True)
class Difference:
    """A key of an entry and its value as issued and as derived."""

    field: str
    issued: Any
    derived: Any


@dataclass(frozen=True, slots=True)
class Derived:
    """One outlet: its issued entry and what came of it.

    `record` is the file of the record; where none has the digest, `changed` are the files of
    others of the same inspection. `problems` say what engines disagree on.
    """

    issued: Mapping[str, Any]
    result: Result
    record: str | None = None
    differences: tuple[Difference, ...] = ()
    changed: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Sought:
    """The files and folders in which records were sought, and the valid ones that they have.

    `faults` counts what is wrong elsewhere in them.
    """

    places: tuple[Path, ...] = ()
    records: tuple[Record, ...] = ()
    faults: int = 0


@dataclass(frozen=True, slots=True)
class Verification:
    """All that came of one file.

    `engines` are the names of those that derived. `differences` are those of the whole.
    """

    issued: Issued
    search: Search
    engines: tuple[str, ...]
    outlets: tuple[Derived, ...]
    sought: Sought
    differences: tuple[Difference, ...]

    @property
    def exit_status(self) -> ExitStatus:
        """The gravest of: engines disagree, something is missing, something differs."""
        results = {outlet.result for outlet in self.outlets}
        if Result.ENGINES_DISAGREE in results:
            return ExitStatus.DISAGREEMENT
        if results & {Result.NO_RECORD, Result.NOT_DERIVED}:
            return ExitStatus.BAD_INPUT
        if Result.DIFFERS in results or self.differences:
            return ExitStatus.FINDINGS
        return ExitStatus.OK


def verify(issued: Issued, rules: str | None, records: Sequence[Path] | None) -> Verification:
    """Derive every outlet of `issued` again and compare.

    `rules` is a folder or revision (see `find_book`); `records` are files and folders, by
    default `inspections` and the folder of what was issued. Raises ComplianceError where what
    is named cannot be read.
    """
    places = _existing(records) if records else tuple(_default(Path(issued.file)))
    search = find_book(issued.rules_digest, rules, issued.without)
    found = search.found
    if found is None or found.book is None:
        left = tuple(Derived(entry, Result.NOT_DERIVED) for entry in issued.outlets)
        return Verification(issued, search, (), left, Sought(), ())
    wanted = {entry["record_digest"] for entry in issued.outlets}
    sought = _seek(wanted, places, found.book)
    again = _Again(found.book, sought.records)
    outlets = tuple(again.derive(entry) for entry in issued.outlets)
    whole = []
    if issued.without is not None and issued.without != found.without:
        whole.append(Difference("without", list(issued.without), list(found.without)))
    names = tuple(used.name for used in again.engines)
    return Verification(issued, search, names, outlets, sought, tuple(whole))


def _existing(paths: Sequence[Path]) -> Sequence[Path]:
    missing = [fault(Place(str(path)), "no_such_path") for path in paths if not path.exists()]
    if missing:
        raise InputError(missing)
    return paths


def _default(issued: Path) -> Iterator[Path]:
    if (folder := Path(RECORDS)).is_dir():
        yield folder
    yield issued.parent


def _seek(wanted: Collection[str], places: Iterable[Path], book: RuleBook) -> Sought:
    """The valid records of one place after another, until all that are wanted are there."""
    sought = Sought()
    for place in places:
        records, faults = read_copies([place], book)
        sought = Sought(
            (*sought.places, place), (*sought.records, *records), sought.faults + len(faults)
        )
        if {record.digest for record in sought.records}.issuperset(wanted):
            break
    return sought


class _Again:
    """Records by digest, and the engines of one rule book to evaluate them."""

    def __init__(self, book: RuleBook, records: Sequence[Record]) -> None:
        self.book, self.records = book, records
        self.by_digest = {record.digest: record for record in reversed(records)}
        names = ("direct",) if durable_importable() else ("durable", "direct")
        self.engines: tuple[Engine, ...] = tuple(engine(name, book) for name in names)

    def derive(self, entry: Mapping[str, Any]) -> Derived:
        record = self.by_digest.get(entry["record_digest"])
        if record is None:
            same = [r.source for r in self.records if r.inspection.id == entry["inspection"]]
            return Derived(entry, Result.NO_RECORD, changed=tuple(same))
        first, *second = self.engines
        try:
            answer = evaluate(self.book, first, second[0] if second else None, record)
        except Disagreement as error:
            problems = error.problems
            return Derived(entry, Result.ENGINES_DISAGREE, record.source, problems=problems)
        report = report_on(self.book, record, answer, first.name)
        derived = {"bank": record.outlet.bank, **outlet_entry(Case(record, report))}
        differences = tuple(
            Difference(key, entry[key], derived[key])
            for key in _COMPARED
            if key in entry and entry[key] != derived[key]
        )
        result = Result.DIFFERS if differences else Result.SAME
        return Derived(entry, result, record.source, differences)
