"""Filled forms read into records: each file by the reader of its kind, then one check for all.

May import everything up to `record_check` and `submission`, and the readers of this package.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import Any, Final, cast

from compliance.errors import Place, Problem
from compliance.intake.draft import Draft
from compliance.intake.evidence import keep
from compliance.intake.xlsform.sniff import is_export
from compliance.record import Record
from compliance.record_check import record_checker
from compliance.rulebook import RuleBook
from compliance.source import fault, path_text, shown
from compliance.submission import to_record, without_id_numbers

READERS: Final[Mapping[str, str]] = {
    ".xlsx": "compliance.intake.workbook.read",
    ".json": "compliance.intake.page.read",
    ".txt": "compliance.intake.page.read",  # phones share texts and no JSON
}
"""The ending of a file, and the module whose `read` takes it."""

EXPORTS: Final[Mapping[str, str]] = {
    ".xml": "compliance.intake.xlsform.read_xml",
    ".json": "compliance.intake.xlsform.read_json",
    ".csv": "compliance.intake.xlsform.read_csv",
    ".zip": "compliance.intake.xlsform.read_csv",
    ".xlsx": "compliance.intake.xlsform.read_xlsx",
}
"""The same for what ODK and Kobo export; a file of an ending in both is looked into."""

_OTHERS: Final = dict.fromkeys((".html", ".htm"), "page_itself") | dict.fromkeys(
    (".xls", ".xlsm", ".xlsb", ".ods", ".et"), "save_as_xlsx"
)
"""The ending of a file that people hand in by mistake, and what is said of it."""

Reader = Callable[[Path, RuleBook], Iterator["Draft | Problem"]]


@dataclass(frozen=True, slots=True)
class Filled:
    """One record that a form held: its content, and the record that this makes.

    `files` are the files handed in with it, in the staging folder, named as in `evidence`.
    """

    data: Mapping[str, Any]
    record: Record
    files: tuple[Path, ...] = ()

    @property
    def source(self) -> str:
        """The name of the file, without the folders that it happened to lie in."""
        return PurePosixPath(self.record.source.replace("\\", "/")).name


def read_forms(
    paths: Sequence[Path],
    book: RuleBook,
    staging: Path | None = None,
    *,
    keep_location: bool = False,
) -> tuple[tuple[Filled, ...], tuple[Problem, ...]]:
    """The records in filled forms, and everything that is wrong with the others.

    Each problem names file, sheet and cell, what stands there and what is expected. Photos
    and documents are put into `staging`, for `record_file` to take them from when all is
    good; without it they are left out. Raises OutputError where `staging` cannot be written.
    """
    check = record_checker(book)
    filled: list[Filled] = []
    problems: list[Problem] = []
    for path in paths:
        for draft in _drafts(path, book):
            if isinstance(draft, Problem):
                problems.append(draft)
                continue
            files = _keep(draft, staging, keep_location) if staging and draft.files else ()
            document = draft.document()
            said = {problem.place.path for problem in draft.problems}
            found = [p for p in check(document) if p.place.path not in said]
            if draft.problems or found:
                problems += [*draft.problems, *found]
            else:
                filled.append(Filled(draft.data, to_record(document), files))
    return tuple(filled), tuple(without_id_numbers(problem) for problem in problems)


def _keep(draft: Draft, staging: Path, keep_location: bool) -> tuple[Path, ...]:
    """Keep the files of a draft and list them in its data; what is refused is a problem of it."""
    files: list[Path] = []
    for pending in draft.files:
        entries = draft.data.setdefault("evidence", {}).setdefault(pending.fact, [])
        path = ("evidence", pending.fact, len(entries))
        place = Place(draft.file, path=path_text(path), cell=pending.cell)
        kept = keep(pending, staging, place, keep_location=keep_location)
        if isinstance(kept, Problem):
            draft.problems.append(kept)
        elif kept.sha256 not in [entry["sha256"] for entry in entries]:
            draft.put(path, kept.entry(), pending.cell)
            files.append(staging / PurePosixPath(kept.file).name)
    return tuple(files)


def _drafts(path: Path, book: RuleBook) -> Iterator[Draft | Problem]:
    reader = _reader(path)
    if reader is None and (other := _OTHERS.get(path.suffix.lower())) and path.is_file():
        yield fault(Place(str(path)), other, found=shown(path.suffix)[1:-1])
        return
    if reader is None:
        expected = ", ".join(dict.fromkeys((*READERS, *EXPORTS)))
        found = shown(path.suffix)[1:-1]
        yield fault(Place(str(path)), "wrong_suffix", found=found, expected=expected)
        return
    yield from cast(Reader, import_module(reader).read)(path, book)


def _reader(path: Path) -> str | None:
    """The module whose `read` takes a file: by its ending and, where two share it, its content."""
    suffix = path.suffix.lower()
    if path.is_dir():
        return EXPORTS[".csv"]
    if suffix in READERS and not (suffix in EXPORTS and is_export(path)):
        return READERS[suffix]
    return EXPORTS.get(suffix)
