"""What the phone page exported, read back: records with their photos.

May import `words`, `errors`, `source`, `output` and what the package imports. Nothing in
the file is trusted: it went through a phone and a messenger.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from compliance.errors import Place, Problem
from compliance.intake.draft import Draft, Pending
from compliance.intake.page import FORM, LIMIT, VERSION
from compliance.output import sha256
from compliance.rulebook import RuleBook
from compliance.source import Document, Path_, fault, parse_json, path_text, read_text, shown
from compliance.words.intake_fields import FIELDS

_NAME: Final = re.compile(r"[^/\\\x00-\x1f]{1,200}")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


def read(path: Path, book: RuleBook) -> Iterator[Draft | Problem]:
    """A draft for each record of the export, or what keeps the file from being read.

    The place of a value names the outlet and the question. Photos stand in `files`.
    """
    text = read_text(path, limit=LIMIT)
    document = text if isinstance(text, Problem) else parse_json(text, str(path))
    if isinstance(document, Problem):
        yield document
        return
    problems = list(_head(document, book))
    if problems:
        yield from problems
        return
    photos: dict[str, Any] = document.data["photos"]
    shown_photos: set[str] = set()
    for at, record in enumerate(document.data["records"]):
        if not isinstance(record, dict):
            yield document.fault(("records", at), "page_broken", found=shown(record))
            continue
        yield _draft(str(path), record, photos, shown_photos, book)
    for digest in photos.keys() - shown_photos:
        # Quietly leaving out what somebody put in is no better than quietly taking it.
        yield document.fault(("photos",), "page_photo_spare", found=shown(digest))


def _head(document: Document, book: RuleBook) -> Iterator[Problem]:
    """What is wrong with the export as a whole."""
    data = document.data
    if not isinstance(data, dict) or data.get("form") != FORM:
        yield document.fault((), "page_not_export")
        return
    for name, expected, key in (
        ("version", VERSION, "page_version"),
        ("vocabulary", book.vocabulary, "page_vocabulary"),
    ):
        found = data.get(name)
        if type(found) is not type(expected) or found != expected:
            yield document.fault((name,), key, found=shown(found), expected=shown(expected))
    for name, type_ in (("records", list), ("photos", dict)):
        if not isinstance(data.get(name), type_):
            yield document.fault((name,), "page_broken", found=shown(data.get(name)))
    if data.get("records") == []:
        yield document.fault(("records",), "page_broken", found="[]")
    for name in data.keys() - {"form", "version", "vocabulary", "records", "photos"}:
        yield document.fault((name,), "page_broken", found=shown(name))


def _draft(
    file: str, record: dict[str, Any], photos: Mapping[str, Any], used: set[str], book: RuleBook
) -> Draft:
    data = {name: value for name, value in record.items() if name != "evidence"}
    outlet = _outlet(record)
    draft = Draft(file, data, dict(_cells(data, outlet, book)))
    evidence = record.get("evidence", {})
    if not isinstance(evidence, dict):
        _refuse(draft, ("evidence",), outlet, "page_broken", evidence)
        return draft
    for fact, entries in evidence.items():
        if fact not in book.facts or not isinstance(entries, list):
            found = entries if fact in book.facts else fact
            _refuse(draft, ("evidence", fact), outlet, "page_broken", found)
            continue
        cell = f"{outlet} {book.facts[fact].caption.zh}"
        for at, entry in enumerate(entries):
            _photo(draft, ("evidence", fact, at), cell, entry, photos, used)
    return draft


def _photo(
    draft: Draft, path: Path_, cell: str, entry: Any, photos: Mapping[str, Any], used: set[str]
) -> None:
    """Take in one photo: its name is one, and its content is what the digest says."""
    if not isinstance(entry, dict) or set(entry) != {"file", "sha256"}:
        return _refuse(draft, path, cell, "page_broken", entry)
    name, digest = entry["file"], entry["sha256"]
    if not isinstance(name, str) or not _NAME.fullmatch(name) or name in (".", ".."):
        return _refuse(draft, path, cell, "page_photo_name", name)
    if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
        return _refuse(draft, path, cell, "page_broken", digest)
    if digest not in photos:
        return _refuse(draft, path, cell, "page_no_photo", name)
    used.add(digest)
    content = _decoded(photos[digest])
    if content is None:
        return _refuse(draft, path, cell, "page_broken", photos[digest])
    if sha256(content) != digest:
        return _refuse(draft, path, cell, "page_photo_altered", name)
    draft.files.append(Pending(str(path[1]), name, content, cell))


def _decoded(text: Any) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True) if isinstance(text, str) else None
    except (binascii.Error, ValueError):
        return None


def _refuse(draft: Draft, path: Path_, cell: str, key: str, found: Any) -> None:
    place = Place(draft.file, path=path_text(path), cell=cell)
    draft.problems.append(fault(place, key, found=shown(found)))


def _outlet(record: Mapping[str, Any]) -> str:
    """What the outlet of a record is called in a message, on one line."""
    outlet = record.get("outlet")
    names = [outlet.get(key) for key in ("id", "name")] if isinstance(outlet, dict) else []
    said = [shown(name)[1:-1] for name in names if isinstance(name, str)]
    return " ".join(said) or "…"


def _cells(data: Mapping[str, Any], outlet: str, book: RuleBook) -> Iterator[tuple[Path_, str]]:
    """For each value, whose it is and which question it answers, in the page's first language."""
    for part in ("inspection", "outlet", "observations", "notes"):
        yield (part,), outlet
        held = data.get(part)
        for name, value in held.items() if isinstance(held, dict) else ():
            fact = book.facts.get(name)
            caption = fact.caption if fact else FIELDS.get(f"{part}.{name}")
            said = f"{outlet} {caption.zh}" if caption else outlet
            yield (part, name), said
            for at, member in enumerate(value if isinstance(value, list) else ()):
                yield (part, name, at), f"{said} {at + 1}"
                for key in member if isinstance(member, dict) else ():
                    field = fact.field(key) if fact else None
                    caption_ = field.caption.zh if field else ""
                    yield (part, name, at, key), f"{said} {at + 1} {caption_}".rstrip()
