"""Checks of what is quoted or derived: the captions of the form, the schema of records.

May import `material` and everything below `assure`, and `captions`.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from compliance.assure.captions import caption_remarks
from compliance.assure.lint.material import Material
from compliance.errors import Place
from compliance.record_schema import schema_text
from compliance.remarks import Remark, of_problem
from compliance.source import fault, read_text


def caption_differs(material: Material) -> Iterator[Remark]:
    """Captions that are not those of annex B."""
    yield from caption_remarks(material.files, material.standard)


def stale_schema(material: Material) -> Iterator[Remark]:
    """A schema of records beside the rules that is not the one that follows from them."""
    path = material.files.folder / "schema" / "record.schema.json"
    if path.exists() and read_text(path) != schema_text(material.files.book):
        folder = shlex.quote(str(material.files.folder))
        yield of_problem(fault(Place(str(path)), "stale_schema", folder=folder))
