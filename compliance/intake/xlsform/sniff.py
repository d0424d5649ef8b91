"""Which files are exports of the phone form, where other forms have the same ending.

Imports `names` of this package only; looks at no more than the beginning of a file.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path
from typing import Final

from compliance.intake.xlsform.names import VOCABULARY

_LOOK: Final = 4 * 2**20  # the texts of a sheet's first row stand far before this
_SHEETS: Final = ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml")
_MARK: Final = VOCABULARY.encode()
_PAGE: Final = re.compile(rb'(\xef\xbb\xbf)?\s*\{\s*"form"\s*:\s*"compliance-page"')


def is_export(path: Path) -> bool:
    """Whether a file looks like an export of ODK or Kobo; what cannot be opened does not.

    A table is one by a column of our form, JSON unless it begins as the phone page's.
    """
    suffix = path.suffix.lower()
    if not path.is_file():  # a device may have no end
        return False
    try:
        if suffix == ".xlsx":
            return any(_MARK in text for text in _texts(path))
        with path.open("rb") as stream:
            start = stream.read(_LOOK)
    except OSError:
        return False
    return not _PAGE.match(start) if suffix == ".json" else _MARK in start


def is_form(path: Path) -> bool:
    """Whether a JSON file begins as a filled form, of phone page, ODK or Kobo, and is no record."""
    if path.suffix.lower() != ".json" or not path.is_file():
        return False
    try:
        with path.open("rb") as stream:
            start = stream.read(_LOOK)
    except OSError:
        return False
    return bool(_PAGE.match(start)) or _MARK in start


def _texts(path: Path) -> list[bytes]:
    try:
        with zipfile.ZipFile(path) as archive:
            held = [name for name in _SHEETS if name in archive.namelist()]
            texts = []
            for name in held:
                with archive.open(name) as stream:
                    texts.append(stream.read(_LOOK))
            return texts
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError):
        # Its reader says what is wrong with it.
        return []
