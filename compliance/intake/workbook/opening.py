"""A workbook that came back opened without trusting it.

Only the parts that hold entries are looked at: sheets, texts and number formats. Pictures,
macros, links to other files and whatever else lies in the package are never opened. Openpyxl
is not used here: it opens pictures, makes a cell for each one that a merged range or a link
covers, and refuses whole files over a style that it does not know. May import `parts`,
`cells`, `errors`, `source` and `words`.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from lzma import LZMAError
from pathlib import Path
from typing import Final
from xml.parsers.expat import ExpatError

from compliance.errors import Place, Problem
from compliance.intake.workbook import cells, parts
from compliance.intake.workbook.cells import Sheet
from compliance.source import fault, shown
from compliance.words.intake_workbook import KINDS

FILE_LIMIT: Final = 20 * 2**20
UNZIPPED_LIMIT: Final = 64 * 2**20

_WORKBOOK: Final = "xl/workbook.xml"
_READ: Final = re.compile(
    r"xl/(workbook\.xml|_rels/workbook\.xml\.rels|worksheets/[^/]+\.xml"
    r"|sharedStrings\.xml|styles\.xml)"
)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_HTML: Final = (b"<html", b"<!doctype", b"<table", b"<meta", b"<head", b"<?xml")
_UNZIPPING: Final = (
    *(zipfile.BadZipFile, zlib.error, LZMAError, EOFError, OSError, struct.error),
    *(NotImplementedError, RuntimeError, ValueError),
)


def open_workbook(path: Path) -> tuple[Sheet, ...] | Problem:
    """The sheets of a workbook in its order, nothing evaluated; or why it cannot be opened."""
    place = Place(str(path))
    try:
        if not path.is_file():
            return fault(place, "not_a_file" if path.exists() else "no_such_path")
        size = path.stat().st_size
        if size > FILE_LIMIT:
            found, limit = (f"{-(-n // 2**20)}" for n in (size, FILE_LIMIT))
            return fault(place, "workbook_too_large", found=found, limit=limit)
        content = path.read_bytes()
    except OSError as error:
        return fault(place, "unreadable", why=error.strerror)
    if not content.startswith(b"PK"):
        return _no_package(place, content)
    unpacked = _unpacked(place, content)
    return unpacked if isinstance(unpacked, Problem) else _sheets(place, unpacked)


def _no_package(place: Place, content: bytes) -> Problem:
    """What a file is that is no package at all."""
    if content.startswith(_OLE):
        return fault(place, "workbook_locked" if _ENCRYPTED in content else "old_workbook")
    if not content.strip():
        kind = "empty"
    elif content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_HTML):
        kind = "html"
    else:
        kind = "other" if b"\0" in content[:4096] else "text"
    return fault(place, "no_workbook", found=KINDS[kind])


def _unpacked(place: Place, content: bytes) -> dict[str, bytes] | Problem:
    """The parts that are read, by name; their sizes are added up before they are unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            found = {i.filename: i for i in package.infolist() if _READ.fullmatch(i.filename)}
            if _WORKBOOK not in found:
                return fault(place, "no_workbook", found=KINDS["zip"])
            if any(info.flag_bits & 1 for info in found.values()):
                return fault(place, "workbook_locked")
            size = sum(info.file_size for info in found.values())
            if size > UNZIPPED_LIMIT:
                megabytes = (f"{-(-n // 2**20)} MB" for n in (size, UNZIPPED_LIMIT))
                return fault(place, "zip_bomb", **dict(zip(("found", "limit"), megabytes)))
            return {name: package.read(info) for name, info in found.items()}
    except _UNZIPPING as error:
        return _broken(place, str(error))


def _sheets(place: Place, unpacked: dict[str, bytes]) -> tuple[Sheet, ...] | Problem:
    name = ""
    try:
        name = "xl/sharedStrings.xml"
        texts = parts.texts(unpacked.get(name))
        name = "xl/styles.xml"
        dated = parts.date_styles(unpacked.get(name))
        name = "xl/_rels/workbook.xml.rels"
        targets = parts.targets(unpacked.get(name))
        name = _WORKBOOK
        contents = parts.contents(unpacked[name])
        sheets: list[Sheet] = []
        for title, id_, hidden in contents.sheets:
            name = targets.get(id_, "")
            if name in unpacked:  # else a chart
                sheet = Sheet(title, hidden)
                room = cells.CELL_LIMIT - sum(len(each.cells) for each in sheets)
                cells.fill(sheet, unpacked[name], texts, dated, contents.since_1904, room)
                sheets.append(sheet)
        return tuple(sheets)
    except parts.Declares:
        return fault(place, "xml_declares", found=name)
    except cells.TooManyCells:
        return fault(place, "too_many_cells", limit=f"{cells.CELL_LIMIT:,}")
    except (ExpatError, parts.Unreadable) as error:
        return _broken(place, f"{name}: {error}")


def _broken(place: Place, why: str) -> Problem:
    return fault(place, "broken_workbook", why=shown(" ".join(why.split()) or "zip")[1:-1])
