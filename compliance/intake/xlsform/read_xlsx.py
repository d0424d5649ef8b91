"""Submissions as Kobo exports them as a workbook, a sheet for each repeat.

A repeat's `_parent_index` is the `_index` of the first sheet. Nothing is computed: a text
that begins with `=` is the text that somebody wrote. May import `names`, `tables`,
`filled` and `media` of this package. openpyxl is imported where used.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from compliance.condition import FactType
from compliance.errors import Place, Problem
from compliance.intake.draft import Draft
from compliance.intake.xlsform import names
from compliance.intake.xlsform.filled import draft_of
from compliance.intake.xlsform.media import beside
from compliance.intake.xlsform.tables import Keys, Table, submissions
from compliance.rulebook import RuleBook
from compliance.source import fault, unreadable

SIZE_LIMIT: Final = 256 * 2**20
"""Bytes of a workbook, unpacked."""

_KOBO: Final = Keys(own="_index", parent="_parent_index", id="_uuid")
_TITLE_LIMIT: Final = 31


def read(path: Path, book: RuleBook) -> Iterator[Draft | Problem]:
    """The drafts of an export's submissions, or what is wrong with it."""
    file = str(path)
    tables = _tables(path)
    if isinstance(tables, Problem):
        yield tables
        return
    main = tables[0] if tables else None
    if main is not None and main.name == "survey":
        yield fault(Place(file), "export_blank_form")
        return
    if main is None or main.column(names.VOCABULARY) is None:
        found = main.name if main else "?"
        yield fault(Place(file), "export_other_form", found=found)
        return
    if not main.rows:
        yield fault(Place(file), "export_no_submissions")
    repeats: dict[str, Table] = {}
    for table in tables[1:]:
        name = _list(table.name, book)
        if name is None:
            args = {"found": table.name, "form": "?", "book": book.vocabulary}
            yield fault(Place(file, cell=table.name), "export_unknown_question", **args)
        else:
            repeats[name] = table
    find = beside(path.parent)
    for submission in submissions(file, main, repeats, _KOBO):
        if isinstance(submission, Problem):
            yield submission
        else:
            yield draft_of(submission, file, book, find)


def _list(title: str, book: RuleBook) -> str | None:
    """The list that a sheet holds; a long name is cut and ends in dots."""
    for name, fact in book.facts.items():
        cut = name if len(name) <= _TITLE_LIMIT else name[: _TITLE_LIMIT - 3] + "..."
        if fact.type is FactType.LIST and title == cut:
            return name
    return None


def _tables(path: Path) -> list[Table] | Problem:
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    place = Place(str(path))
    if problem := unreadable(path, SIZE_LIMIT, too_large="export_too_large"):
        return problem
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(info.file_size for info in archive.infolist())
        if size > SIZE_LIMIT:
            return fault(place, "export_zip_large", found=size, limit=SIZE_LIMIT)
        workbook = openpyxl.load_workbook(path, read_only=True, keep_links=False)
        try:
            return [_table(sheet) for sheet in workbook.worksheets]
        finally:
            workbook.close()
    except OSError as error:
        return fault(place, "unreadable", why=error.strerror or str(error))
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError) as error:
        return fault(place, "export_xlsx", why=str(error))
    except (SyntaxError, KeyError, ValueError, TypeError, InvalidFileException) as error:
        # What openpyxl and its parsers raise for parts that are missing, damaged or unsafe.
        return fault(place, "export_xlsx", why=str(error))


def _table(sheet: Any) -> Table:
    # The size that the file gives for itself may be wrong.
    sheet.reset_dimensions()
    found = [list(row) for row in sheet.iter_rows(values_only=True)]
    header = [str(key) if key is not None else "" for key in (found[0] if found else [])]
    width = len(header)
    rows = [
        (number, (row + [None] * width)[:width])
        for number, row in enumerate(found[1:], 2)
        if any(value is not None for value in row)
    ]

    def cell(number: int, at: int) -> str:
        from openpyxl.utils import get_column_letter

        column = "" if at < 0 else get_column_letter(at + 1)
        return f"{sheet.title}!{column}{number}"

    return Table(sheet.title, header, rows, cell)
