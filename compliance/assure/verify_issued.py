"""What was issued, read back from `opinions.json` or from a DOCX or PDF of an opinion run.

A document is read by the data that it carries, not by its text; nothing in a file is trusted
to be small or well-formed. May import `forms` and what lies below it.
"""

from __future__ import annotations

import base64
import binascii
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

from compliance.errors import InputError, Place, Problem
from compliance.forms.derivation import KEYWORD, NAMESPACE
from compliance.output import sha256
from compliance.source import SIZE_LIMIT, Document, fault, parse_json, read, read_text
from compliance.structure import check_structure
from compliance.words.verify import FAULTS

INDEX: Final = "opinions.json"
FILE_LIMIT: Final = 64 * 2**20  # bytes of a document; the largest form is far below one of them
PART_LIMIT: Final = 5000  # entries of a DOCX

_CARRIED: Final = re.compile(KEYWORD.encode() + rb"([A-Za-z0-9+/]{4,}={0,2})")
_PART: Final = re.compile(r"customXml/[^/]+\.xml\Z")
_TEXTS: Final = {"type": "array", "items": {"type": "string"}}
_SHA256: Final = {"type": "string", "pattern": "^[0-9a-f]{64}$", "x-kind": "sha256"}
_OUTLETS: Final = {
    "type": "array",
    "items": {
        "type": "object",
        "required": [
            *("outlet", "inspection", "evaluated_on", "opinion"),
            *("reasons", "failed", "not_observed", "record_digest"),
        ],
        "properties": {
            **{key: {"type": "string"} for key in ("outlet", "inspection", "evaluated_on")},
            "opinion": {"type": ["string", "null"]},
            **dict.fromkeys(("reasons", "failed", "not_observed"), _TEXTS),
            "record_digest": _SHA256,
        },
    },
}
_DERIVATION: Final = {
    "type": "object",
    "required": ["rules_digest", "tool_version"],
    "properties": {
        "rules_digest": _SHA256,
        "tool_version": {"type": "string"},
        "without": _TEXTS,
        "outlets": _OUTLETS,
        "banks": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["bank", "outlets"],
                "properties": {"bank": {"type": "string"}, "outlets": _OUTLETS},
            },
        },
        "files": {"type": "object"},
    },
}


class Kind(str, Enum):
    """What an opinion was read from."""

    INDEX = "index"
    DOCX = "docx"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Issued:
    """What was issued, as it says itself.

    `outlets` are entries of `opinions.json`, with the name of the bank where it is given.
    `without` is None in a document, whose rule digest says it. `as_issued` says whether a
    document's bytes are those that the index beside it notes; None where nothing notes them.
    """

    file: str
    kind: Kind
    rules_digest: str
    tool_version: str
    without: tuple[str, ...] | None
    outlets: tuple[Mapping[str, Any], ...]
    as_issued: bool | None


def read_issued(path: Path) -> Issued:
    """The opinions that a file gives or carries. Raises InputError where it has none."""
    content = _bytes(path)
    if content.startswith(b"%PDF"):
        kind, carried = Kind.PDF, _from_pdf(content)
    elif content.startswith(b"PK"):
        kind, carried = Kind.DOCX, _from_docx(content, path)
    else:
        return _issued(path, Kind.INDEX, _parsed(_read_index(path)), None)
    found = parse_json(carried, str(path)) if carried is not None else None
    if not isinstance(found, Document):
        raise _refused(path, "nothing_carried")
    return _issued(path, kind, _parsed(found), _as_issued(path, sha256(content)))


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise _refused(path, "a_folder", expected=INDEX)
        if not path.is_file():
            raise InputError(
                [fault(Place(str(path)), "not_a_file" if path.exists() else "no_such_path")]
            )
        if (size := path.stat().st_size) > FILE_LIMIT:
            raise _refused(path, "document_too_large", found=size, limit=FILE_LIMIT)
        return path.read_bytes()
    except OSError as error:
        raise InputError([fault(Place(str(path)), "unreadable", why=error.strerror)]) from error


def _read_index(path: Path) -> Document | Problem:
    text = read_text(path)
    if isinstance(text, Problem):
        return text
    if not text.strip():
        return fault(Place(str(path)), "empty")
    found = parse_json(text, str(path))
    # Of a file that does not call itself JSON, the syntax is not what is wrong.
    foreign = isinstance(found, Problem) and found.key == "syntax" and path.suffix != ".json"
    return _problem(str(path), "no_opinions") if foreign else found


def _parsed(document: Document | Problem) -> Document:
    if isinstance(document, Problem):
        raise InputError([document])
    data = document.data
    if (
        not isinstance(data, dict)
        or "rules_digest" not in data
        or not {"banks", "outlets"} & {*data}
    ):
        raise InputError([_problem(document.file, "no_opinions")])
    if problems := check_structure(document, _DERIVATION):
        raise InputError(problems)
    return document


def _issued(path: Path, kind: Kind, document: Document, as_issued: bool | None) -> Issued:
    data = document.data
    outlets = [*data.get("outlets", ())]
    for bank in data.get("banks", ()):
        outlets += [{"bank": bank["bank"], **outlet} for outlet in bank["outlets"]]
    if not outlets:
        raise _refused(path, "no_outlets")
    without = tuple(data.get("without", ())) if kind is Kind.INDEX else None
    digest, version = data["rules_digest"], data["tool_version"]
    return Issued(str(path), kind, digest, version, without, tuple(outlets), as_issued)


# documents


def _from_pdf(content: bytes) -> str | None:
    """The text that a PDF carries; the last one, for what edits a PDF appends to it.

    PDF/A keeps its metadata in plain bytes, to be found without reading the file's structure.
    """
    for packed in reversed(_CARRIED.findall(content)):
        try:
            unpacking = zlib.decompressobj()
            text = unpacking.decompress(base64.b64decode(packed, validate=True), SIZE_LIMIT)
            if unpacking.eof:
                return text.decode("ascii")
        except (binascii.Error, zlib.error, UnicodeDecodeError):
            continue
    return None


def _from_docx(content: bytes, path: Path) -> str | None:
    """The text that a DOCX carries in a custom XML part, whatever its name."""
    # Counted before zipfile makes an object of each.
    if content.count(b"PK\x01\x02") > PART_LIMIT:
        raise _refused(path, "bad_document", why=f"> {PART_LIMIT}")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return next(_carried(package), None)
    except (
        *(zipfile.BadZipFile, zlib.error, EOFError, OSError),
        *(ValueError, NotImplementedError, RuntimeError),  # damaged, unknown method, encrypted
    ) as error:
        raise _refused(path, "bad_document", why=error) from error


def _carried(package: zipfile.ZipFile) -> Iterator[str]:
    for name in package.namelist():
        if not _PART.match(name):
            continue
        with package.open(name) as part:
            content = part.read(SIZE_LIMIT + 1)
        # What it declares of itself could grow beyond any limit when it is read.
        if len(content) > SIZE_LIMIT or b"<!" in content:
            continue
        try:
            root = ElementTree.fromstring(content)
        except ElementTree.ParseError:
            continue
        if root.tag == f"{{{NAMESPACE}}}derivation" and root.text:
            yield root.text


def _as_issued(path: Path, digest: str) -> bool | None:
    """Whether the index in the folder of a document, or in that above, notes these bytes."""
    place = path.resolve()
    for folder in place.parents[:2]:
        index = read(folder / INDEX)
        data = index.data if isinstance(index, Document) else None
        files = data.get("files") if isinstance(data, dict) else None
        if isinstance(files, dict) and digest in files.values():
            return True
        if isinstance(files, dict) and place.relative_to(folder).as_posix() in files:
            return False
    return None


def _refused(path: Path, key: str, **args: object) -> InputError:
    return InputError([_problem(str(path), key, **args)])


def _problem(file: str, key: str, **args: object) -> Problem:
    return Problem(Place(file), FAULTS[key].filled(**args), key)
