"""Filled forms for tests of what all forms share: a reader of forms written as JSON.

`form` writes one, `read` reads it as a reader of `intake` does. Photos are drawn here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from PIL import Image

from compliance.errors import Problem
from compliance.intake.draft import Draft, Pending
from compliance.intake.reading import Filled
from compliance.intake.record_file import checked
from compliance.load import load_rules
from compliance.rulebook import RuleBook
from compliance.source import Document

BOOK: Final = load_rules()
ENDING: Final = ".form"
READER: Final = {ENDING: __name__}

OUTLET: Final = {"id": "YL-901", "name": "示例支行", "type": "bank_branch", "bank": "甲样例银行"}
GPS: Final = 0x8825
TAKEN: Final = "2026:04:12 09:30:00"


def record(
    observations: Mapping[str, Any] | None = None,
    *,
    id: str = "YL-2026-9001",
    date: str = "2026-04-12",
    inspector: str = "覃样例",
    outlet: Mapping[str, Any] | None = None,
    **parts: Any,
) -> dict[str, Any]:
    """The content of a record of one visit to the sample outlet."""
    return {
        "inspection": {"id": id, "stage": "adaptation", "date": date, "inspector": inspector},
        "outlet": {**OUTLET, **(outlet or {})},
        "observations": dict(observations or {}),
        **parts,
    }


def filled(data: Mapping[str, Any], file: str = "检查表.form") -> Filled:
    """A valid record as a form gives it."""
    return checked(Document(file, data), BOOK)


def form(path: Path, *records: Mapping[str, Any], photos: Mapping[str, str] | None = None) -> Path:
    """A form of records; `photos` are files beside it, by fact, all of the first record."""
    path.parent.mkdir(parents=True, exist_ok=True)
    said = {"records": records, "photos": photos or {}}
    path.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    return path


def read(path: Path, book: RuleBook) -> Iterator[Draft | Problem]:
    """The drafts of such a form."""
    said = json.loads(path.read_text(encoding="utf-8"))
    for number, data in enumerate(said["records"]):
        draft = Draft(str(path), data)
        if number == 0:
            draft.files += [
                Pending(fact, name, path.parent / name, f"照片!{fact}")
                for fact, name in said["photos"].items()
            ]
        yield draft


def photo(format: str = "JPEG", *, orientation: int = 6, located: bool = True, **how: Any) -> bytes:
    """A picture with all that a phone writes into it."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = "Sample", "Phone 1", orientation
    exif[0x8769] = {0x9003: TAKEN, 0x9011: "+08:00", 0x927C: b"maker 22.63N 110.15E"}
    if located:
        exif[GPS] = {1: "N", 2: (22.0, 37.0, 48.0), 3: "E", 4: (110.0, 9.0, 0.0)}
        if format != "PNG":
            how["xmp"] = b"<x:xmpmeta exif:GPSLatitude='22,37.8N'/>"
    held = BytesIO()
    picture = Image.linear_gradient("L").resize((96, 64)).convert("RGB")
    picture.save(held, format, exif=exif, **how)
    return held.getvalue()


def pdf() -> bytes:
    """A document of one page."""
    held = BytesIO()
    Image.new("L", (20, 20), 200).save(held, "PDF")
    return held.getvalue()
