"""Plain sheets as the bytes of a workbook, the same bytes for the same rows.

Imports the standard library and, where used, openpyxl.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

Row = dict[str, str]

_DAY: Final = datetime(2000, 1, 1)
_STAMP: Final = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


def workbook_bytes(sheets: Mapping[str, Sequence[Row]]) -> bytes:
    """A workbook with one sheet a table; its columns are the rows' keys in order of use."""
    import openpyxl
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for title, rows in sheets.items():
        sheet = workbook.create_sheet(title)
        columns = list(dict.fromkeys(key for row in rows for key in row))
        for at, values in enumerate(
            [columns, *([row.get(c, "") for c in columns] for row in rows)]
        ):
            for column, value in enumerate(values, 1):
                if value:
                    cell = sheet.cell(at + 1, column, ILLEGAL_CHARACTERS_RE.sub("", value))
                    # A text that starts with `=` is no formula.
                    cell.data_type = "s"
        sheet.freeze_panes = "A2"
    held = io.BytesIO()
    workbook.save(held)
    return _without_clock(held.getvalue())


def _without_clock(saved: bytes) -> bytes:
    """The package with the time of writing taken out."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved)) as source, zipfile.ZipFile(written, "w") as target:
        for member in source.infolist():
            content = source.read(member)
            if member.filename == "docProps/core.xml":
                content = _STAMP.sub(rb"\g<1>2000-01-01T00:00:00Z", content)
            fixed = zipfile.ZipInfo(member.filename, _DAY.timetuple()[:6])
            fixed.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(fixed, content)
    return written.getvalue()
