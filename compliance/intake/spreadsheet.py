"""An openpyxl workbook as bytes, the same bytes for the same content. May import `output`."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any, Final

from compliance.output import zipped

_CORE: Final = "docProps/core.xml"
_STAMP: Final = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


def saved(workbook: Any) -> bytes:
    """The workbook's file; openpyxl puts the time of writing in, which is taken out again."""
    held = io.BytesIO()
    workbook.save(held)
    with zipfile.ZipFile(held) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    parts[_CORE] = _STAMP.sub(rb"\g<1>2000-01-01T00:00:00Z", parts[_CORE])
    return zipped(parts)
