"""Records read from and written as files, with their evidence beside them; named by outlet and day.

May import `output`, `dump`, `evidence` and `reading` of this package.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from compliance import output
from compliance.dump import yaml_text
from compliance.errors import InputError, Place, Problem
from compliance.intake.evidence import FOLDER
from compliance.intake.reading import Filled
from compliance.record_check import record_checker
from compliance.rulebook import RuleBook
from compliance.source import Document, fault, read
from compliance.submission import to_record, without_id_numbers

_ONE: Final = (".yaml", ".yml", ".json")
"""Endings of files that hold one record."""

_ORDER: Final = (
    *("inspection", "outlet", "observations", "notes", "evidence"),
    *("disputed", "history", "visit", "vocabulary"),
)


def record_text(data: Mapping[str, Any], ending: str = ".yaml") -> str:
    """A record's content as the text of its file, YAML or JSON; its parts stand in one order."""
    ordered = {name: data[name] for name in _ORDER if data.get(name) not in (None, {}, [])}
    if ending == ".json":
        return json.dumps(ordered, ensure_ascii=False, indent=2) + "\n"
    return yaml_text(ordered, flow=False) + "\n"


def read_record(path: Path, book: RuleBook) -> Filled:
    """The record in one file. Raises InputError where it is no record, or a broken one."""
    if path.suffix.lower() not in _ONE:
        raise InputError([fault(Place("--into"), "into_one_record", found=path)])
    document = read(path)
    if isinstance(document, Problem):
        raise InputError([document])
    return checked(document, book)


def checked(document: Document, book: RuleBook) -> Filled:
    """The record that a document holds. Raises InputError where it is a broken one."""
    if problems := record_checker(book)(document):
        raise InputError(without_id_numbers(problem) for problem in problems)
    return Filled(document.data, to_record(document))


def rewrite(record: Filled, path: Path, files: Sequence[Path]) -> None:
    """Write a completed record where it stood, new evidence beside it.

    Raises InputError where the place of such a file is taken, OutputError where one cannot
    be written.
    """
    if problems := occupied(files, path.parent):
        raise InputError(problems)
    place_evidence(files, path.parent)
    output.write_file(path, record_text(record.data, path.suffix.lower()).encode())


def write_records(filled: Sequence[Filled], folder: Path) -> tuple[Path, ...]:
    """Write each record into `folder`, its evidence into `folder/evidence`; the records' paths.

    Raises InputError, and writes nothing, where a file of that name is there with other
    content or two different records want one name; OutputError where a file cannot be written.
    """
    texts: dict[Path, str] = {}
    problems: list[Problem] = []
    for each in filled:
        stem = f"{each.record.outlet.id}-{each.record.inspection.date}"
        path = folder / f"{output.file_name(stem)}.yaml"
        written = record_text(each.data)
        if texts.get(path, written) != written or not output.free(path, written.encode()):
            problems.append(fault(Place(str(path)), "record_exists", found=each.record.source))
        texts[path] = written
    files = [file for each in filled for file in each.files]
    problems += occupied(files, folder)
    if problems:
        raise InputError(problems)
    place_evidence(files, folder)
    for path, written in texts.items():
        output.write_file(path, written.encode())
    return tuple(texts)


def occupied(files: Iterable[Path], folder: Path) -> list[Problem]:
    """The staged files whose place in the evidence folder holds something else."""
    places = {folder / FOLDER / file.name: file for file in files}
    return [
        fault(Place(str(path)), "evidence_occupied")
        for path, file in places.items()
        if not output.free(path, file.read_bytes())
    ]


def place_evidence(files: Iterable[Path], folder: Path) -> None:
    """Copy staged files into the evidence folder of the records' folder. Raises OutputError."""
    for file in dict.fromkeys(files):
        if not (path := folder / FOLDER / file.name).exists():
            output.write_file(path, file.read_bytes())
