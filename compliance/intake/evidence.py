"""Photos and documents kept under their SHA-256: checked by content, without position data.

A PDF is kept as it is: photos inside it are not looked into. May import `output`, and
`draft` and `pictures` of this package.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

from compliance import output
from compliance.errors import Place, Problem
from compliance.intake.draft import Pending
from compliance.intake.pictures import (
    PIXELS,
    Broken,
    TooManyPixels,
    bare,
    is_heic,
    look,
    picture,
)
from compliance.source import fault, shown

FOLDER: Final = "evidence"
"""The folder beside the records."""

SIZE_LIMIT: Final = 40 * 2**20
PDF: Final = ".pdf"

_PICTURE_NAMES: Final = re.compile(r"(?i)\.(jpe?g|png|webp|heic|heif|gif|bmp)\Z")
_PDF_START, _PDF_END = 1024, 2048  # readers look this far for the marks of a PDF


class Kept(NamedTuple):
    """A file in the evidence folder.

    `file` is its path from the record, `sha256` its digest, `name` a safe form of the name
    that it came under.
    """

    file: str
    sha256: str
    name: str

    def entry(self) -> dict[str, str]:
        """What the record says of it."""
        return self._asdict()


def keep(pending: Pending, folder: Path, place: Place, *, keep_location: bool) -> Kept | Problem:
    """Put the file into `folder` as `<sha256>.<ending>`, or say why it is refused.

    Position data, and all else that a picture carries beside itself, is left out unless
    `keep_location`: then the file is kept byte for byte. Raises OutputError.
    """
    data = _read(pending, place)
    if isinstance(data, Problem):
        return data
    name = _base(pending.name)
    kind = picture(data)
    if kind is None:
        problem = _not_a_document(data, name, place)
        if problem is not None:
            return problem
        return _put(data, PDF, name, folder)
    found = _said(name)
    try:
        exif = look(data, kind)
        data = data if keep_location else bare(data, kind, exif)
    except Broken:
        return fault(place, "broken_picture", found=found)
    except TooManyPixels:
        return fault(place, "too_many_pixels", found=found, limit=PIXELS // 10_000)
    return _put(data, kind.value, name, folder)


def _read(pending: Pending, place: Place) -> bytes | Problem:
    content = pending.content
    found = _said(_base(pending.name))
    try:
        if isinstance(content, Path):
            if not content.is_file():
                return fault(Place(str(content)), "no_such_path")
            if content.stat().st_size <= SIZE_LIMIT:
                content = content.read_bytes()
    except OSError as error:
        return fault(Place(str(content)), "unreadable", why=error.strerror)
    if isinstance(content, Path) or len(content) > SIZE_LIMIT:
        return fault(place, "evidence_too_large", found=found, limit=SIZE_LIMIT // 2**20)
    return content


def _not_a_document(data: bytes, name: str, place: Place) -> Problem | None:
    """Why what is no picture is not a PDF either."""
    found = _said(name)
    if is_heic(data):
        return fault(place, "picture_heic", found=found)
    if b"%PDF-" not in data[:_PDF_START]:
        return fault(place, "not_a_picture", found=found)
    if _PICTURE_NAMES.search(name):
        return fault(place, "picture_is_pdf", found=found)
    return None if b"%%EOF" in data[-_PDF_END:] else fault(place, "broken_pdf", found=found)


def _put(data: bytes, ending: str, name: str, folder: Path) -> Kept:
    digest = output.sha256(data)
    path = folder / f"{digest}{ending}"
    if not path.exists():
        output.write_file(path, data)
    safe = output.file_name(PurePosixPath(name).stem) + ending
    return Kept(f"{FOLDER}/{path.name}", digest, safe)


def _base(name: str) -> str:
    """The last part of a name, whichever system's separators it has."""
    return re.split(r"[/\\]", name)[-1]


def _said(name: str) -> str:
    return shown(name)[1:-1]
