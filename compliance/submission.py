"""Submitted files read into records and applications; what is wrong is a problem, never a stop.

May import `words`, `outcome`, `rulebook`, `record`, `record_check`, `errors` and `source`.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

from compliance.errors import Place, Problem
from compliance.outcome import Dispute, EvidenceFile, Stage, Statement
from compliance.record import Application, Inspection, Outlet, Record
from compliance.record_check import application_checker, record_checker
from compliance.rulebook import OutletType, RuleBook
from compliance.source import (
    LINE_LIMIT,
    Document,
    Path_,
    fault,
    parse_json,
    path_text,
    read,
    shown,
)
from compliance.words import Text

SUFFIXES: Final = (".yaml", ".yml", ".json", ".ndjson")
APPLICATIONS: Final = "applications"

_EXPECTED: Final = ", ".join(SUFFIXES)
_LIKE_ID_NUMBER: Final = re.compile(r"[0-9]{17,}[Xx]?")

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Submission:
    """What was handed in: the valid records and applications in reading order, and the rest.

    Records are sorted by file within a folder; `problems` are in reading order too.
    """

    records: tuple[Record, ...]
    applications: tuple[Application, ...]
    problems: tuple[Problem, ...]


class _File(NamedTuple):
    path: Path
    is_application: bool


def read_submissions(paths: Sequence[Path], book: RuleBook) -> Submission:
    """The records and applications in `paths`, files or folders, each file read once.

    Nothing is raised for what is handed in: every broken record becomes problems.
    """
    problems: list[Problem] = []
    records, applications = _read(paths, book, problems)
    kept, twice = _unique(
        records, lambda r: r.inspection.id, ("inspection", "id"), "duplicate_record"
    )
    problems += twice
    applied, again = _unique(
        applications, lambda a: a.bank, ("application", "bank"), "duplicate_application"
    )
    problems += again
    if not kept and not problems:
        problems += [fault(Place(str(p)), "nothing_found", expected=_EXPECTED) for p in paths]
    return Submission(kept, applied, tuple(without_id_numbers(p) for p in problems))


def read_documents(
    paths: Sequence[Path], book: RuleBook
) -> tuple[tuple[tuple[Document, Record], ...], tuple[Problem, ...]]:
    """Every valid record in `paths` with the data it was read from; what is wrong elsewhere."""
    problems: list[Problem] = []
    found, _ = _read(paths, book, problems)
    return tuple(found), tuple(without_id_numbers(p) for p in problems)


def read_copies(
    paths: Sequence[Path], book: RuleBook
) -> tuple[tuple[Record, ...], tuple[Problem, ...]]:
    """Every valid record in `paths`, several of one inspection id too; what is wrong elsewhere."""
    found, problems = read_documents(paths, book)
    return tuple(record for _, record in found), problems


def _read(
    paths: Sequence[Path], book: RuleBook, problems: list[Problem]
) -> tuple[list[tuple[Document, Record]], list[tuple[Document, Application]]]:
    records: list[tuple[Document, Record]] = []
    applications: list[tuple[Document, Application]] = []
    check_record, check_application = record_checker(book), application_checker()
    for file in _files(paths, problems):
        for document in _documents(file.path):
            if isinstance(document, Problem):
                problems.append(document)
            elif file.path not in paths and _is_index(document):
                continue
            elif found := (check_application if file.is_application else check_record)(document):
                problems += found
            elif file.is_application:
                applications.append((document, _application(document)))
            else:
                records.append((document, to_record(document)))
    return records, applications


def _unique(
    items: Sequence[tuple[Document, Item]],
    key: Callable[[Item], str],
    path: Path_,
    name: str,
) -> tuple[tuple[Item, ...], list[Problem]]:
    """The items whose key stands once; a problem for every copy of the others."""
    places: dict[str, list[Place]] = {}
    for document, item in items:
        places.setdefault(key(item), []).append(document.place(path))
    kept = tuple(item for _, item in items if len(places[key(item)]) == 1)
    problems = []
    for document, item in items:
        same, here = places[key(item)], document.place(path)
        if len(same) > 1:
            other = next((p for p in same if p != here), here)
            where = str(replace(other, path=""))
            found = shown(key(item))[1:-1]
            problems.append(fault(here, name, found=found, count=len(same), other=where))
    return kept, problems


def without_id_numbers(problem: Problem) -> Problem:
    """The problem with whatever could be an ID number taken out."""
    if not _LIKE_ID_NUMBER.search(problem.text.zh + problem.text.en + problem.place.path):
        return problem
    text = Text(*(_LIKE_ID_NUMBER.sub("…", t) for t in problem.text))
    place = replace(problem.place, path=_LIKE_ID_NUMBER.sub("…", problem.place.path))
    return Problem(place, text, problem.key)


# files


def _files(paths: Iterable[Path], problems: list[Problem]) -> Iterator[_File]:
    seen: set[str] = set()
    for path in paths:
        for file in _in_folder(path, problems) if os.path.isdir(path) else _alone(path, problems):
            real = os.path.realpath(file.path)
            if real not in seen:
                seen.add(real)
                yield file


def _alone(path: Path, problems: list[Problem]) -> list[_File]:
    # What does not exist is left to reading, which says so.
    if path.suffix.lower() not in SUFFIXES and os.path.isfile(path):
        found = shown(path.suffix)[1:-1]
        problems.append(fault(Place(str(path)), "wrong_suffix", found=found, expected=_EXPECTED))
        return []
    return [_File(path, Path(os.path.abspath(path)).parent.name == APPLICATIONS)]


def _in_folder(folder: Path, problems: list[Problem]) -> list[_File]:
    def refused(error: OSError) -> None:
        place = Place(str(error.filename or folder))
        problems.append(fault(place, "unreadable", why=error.strerror))

    before = len(problems)
    found = sorted(
        Path(root) / name
        for root, _, names in os.walk(folder, onerror=refused)
        for name in names
        if Path(name).suffix.lower() in SUFFIXES
    )
    if not found and len(problems) == before:
        problems.append(fault(Place(str(folder)), "nothing_found", expected=_EXPECTED))
    # Folders above the given one say nothing: a whole project may stand under `applications`.
    top = Path(os.path.abspath(folder)).name
    return [
        _File(path, APPLICATIONS in (top, *path.relative_to(folder).parts[:-1])) for path in found
    ]


def _is_index(document: Document) -> bool:
    """Whether this is the index of an opinion run that was written into an inspected folder."""
    named = Path(document.file).name == "opinions.json"
    data = document.data
    return named and isinstance(data, dict) and {"rules_digest", "banks", "files"} <= data.keys()


def _documents(path: Path) -> Iterator[Document | Problem]:
    if path.suffix.lower() != ".ndjson" or not os.path.isfile(path):
        yield read(path)
        return
    empty = True
    try:
        with path.open("rb") as stream:
            for document in _lines(stream, str(path)):
                empty = False
                yield document
    except OSError as error:
        yield fault(Place(str(path)), "unreadable", why=error.strerror)
        return
    if empty:
        yield fault(Place(str(path)), "empty")


def _lines(stream: Any, file: str) -> Iterator[Document | Problem]:
    number = 0
    while raw := stream.readline(LINE_LIMIT + 1):
        number += 1
        place = Place(file, number)
        if number == 1 and raw.startswith((b"\xff\xfe", b"\xfe\xff")):
            # UTF-16 has no lines to go on with.
            yield fault(Place(file), "not_utf8", offset=1)
            return
        if len(raw) > LINE_LIMIT:
            while raw and not raw.endswith(b"\n"):
                raw = stream.readline(LINE_LIMIT)
            yield fault(place, "line_too_long", limit=LINE_LIMIT)
            continue
        try:
            text = raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            yield fault(place, "not_utf8", offset=error.start + 1)
            continue
        if text.strip():
            yield parse_json(text.rstrip(), file, number)


# values


def to_record(document: Document) -> Record:
    """The record that a document holds; `record_checker` must have found nothing in it."""
    data = document.data
    visit, outlet = data["inspection"], data["outlet"]
    observations = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in (data.get("observations") or {}).items()
    }
    return Record(
        Inspection(**{**visit, "stage": Stage(visit["stage"])}),
        Outlet(**{**outlet, "type": OutletType(outlet["type"])}),
        observations,
        {name: note for name, note in (data.get("notes") or {}).items() if note is not None},
        tuple(
            EvidenceFile(
                fact,
                file["file"],
                file.get("sha256"),
                file.get("name"),
                file.get("withheld") or False,
            )
            for fact, files in (data.get("evidence") or {}).items()
            for file in files or ()
        ),
        _digest(data),
        _source(document),
        _lines_of(document),
        tuple(
            Dispute(entry["path"], tuple(_statement(said) for said in entry["said"]))
            for entry in data.get("disputed") or ()
        ),
    )


def _statement(said: dict[str, Any]) -> Statement:
    value = said["value"]
    members = len(value) if isinstance(value, list) else None
    shown_ = value if members is None else None
    return Statement(shown_, said["inspector"], said["at"], said.get("inspection"), members)


def _lines_of(document: Document) -> dict[str, tuple[int, int]]:
    """Where each fact and each member stands: what a finding can name, and no more."""
    return {
        path_text(path[1:]): mark
        for path, mark in document.values.items()
        if 2 <= len(path) <= 3 and path[0] == "observations"
    }


def _application(document: Document) -> Application:
    applied = document.data["application"]
    return Application(
        applied["bank"],
        applied.get("contact"),
        applied.get("phone"),
        applied.get("address"),
        applied.get("submitted_on"),
        tuple(document.data.get("outlets") or ()),
        _source(document),
    )


def _source(document: Document) -> str:
    return document.file if document.line is None else f"{document.file}:{document.line}"


def _digest(data: Any) -> str:
    """SHA-256 (hex) over the canonical form of RFC 8785."""
    import rfc8785

    return hashlib.sha256(rfc8785.dumps(data)).hexdigest()
