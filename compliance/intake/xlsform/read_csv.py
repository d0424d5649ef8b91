"""Submissions as CSV: ODK Central's .zip or a folder of its files, or a table alone.

Central writes `FORM.csv` and, for each repeat, `FORM-REPEAT.csv`, whose PARENT_KEY is the
KEY of the main table. May import `names`, `tables`, `filled` and `media` of this package.
"""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from compliance.condition import FactType
from compliance.errors import Place, Problem
from compliance.intake.draft import Draft
from compliance.intake.xlsform import names
from compliance.intake.xlsform.filled import draft_of
from compliance.intake.xlsform.media import Find, beside, within
from compliance.intake.xlsform.tables import Keys, Table, submissions
from compliance.rulebook import RuleBook
from compliance.source import fault, read_bytes, unreadable

SIZE_LIMIT: Final = 64 * 2**20
"""Bytes of the tables of one export, unpacked."""

_CENTRAL: Final = Keys(own="KEY", parent="PARENT_KEY", id="KEY")
_KOBO: Final = Keys(own="_index", parent="_parent_index", id="_uuid")
_DELIMITERS: Final = ",;\t"


def read(path: Path, book: RuleBook) -> Iterator[Draft | Problem]:
    """The drafts of an export's submissions, or what is wrong with it."""
    if path.is_dir():
        yield from _export(path, _contents(sorted(path.glob("*.csv"))), book, beside(path))
    elif path.suffix.lower() == ".zip":
        yield from _archive(path, book)
    else:
        own = [path, *sorted(path.parent.glob("*.csv"))]
        beside_it = [p for p in own if p == path or p.name.startswith(f"{path.stem}-")]
        yield from _export(path, _contents(beside_it), book, beside(path.parent))


def _contents(paths: list[Path]) -> dict[str, bytes] | Problem:
    held: dict[str, bytes] = {}
    for path in dict.fromkeys(paths):
        left = SIZE_LIMIT - sum(map(len, held.values()))
        content = read_bytes(path, limit=left, too_large="export_too_large")
        if isinstance(content, Problem):
            return content
        held[path.name] = content
    return held


def _archive(path: Path, book: RuleBook) -> Iterator[Draft | Problem]:
    place = Place(str(path))
    if problem := unreadable(path, None):
        yield problem
        return
    try:
        with zipfile.ZipFile(path) as archive:
            tables = [
                info
                for info in archive.infolist()
                if info.filename.lower().endswith(".csv") and "/" not in info.filename
            ]
            size = sum(info.file_size for info in tables)
            if size > SIZE_LIMIT:
                yield fault(place, "export_zip_large", found=size, limit=SIZE_LIMIT)
                return
            held = {info.filename: archive.read(info) for info in tables}
            yield from _export(path, held, book, within(archive))
    except OSError as error:
        yield fault(place, "unreadable", why=error.strerror)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as error:
        # RuntimeError stands for a password, NotImplementedError for a rare compression.
        yield fault(place, "export_zip", why=str(error))


def _export(
    path: Path, held: Mapping[str, bytes] | Problem, book: RuleBook, find: Find
) -> Iterator[Draft | Problem]:
    file = str(path)
    if isinstance(held, Problem):
        yield held
        return
    tables: dict[str, Table] = {}
    for name, content in held.items():
        table = _table(file, name, content)
        if isinstance(table, Problem):
            yield table
            return
        tables[name.removesuffix(".csv")] = table
    main = [name for name, table in tables.items() if table.column(names.VOCABULARY) is not None]
    if len(main) != 1:
        key = "export_two_main_tables" if main else "export_no_main_table"
        yield fault(Place(file), key, found=", ".join(main), count=len(main))
        return
    yield from _joined(file, main[0], tables, book, find)


def _joined(
    file: str, main: str, tables: Mapping[str, Table], book: RuleBook, find: Find
) -> Iterator[Draft | Problem]:
    lists = [name for name, fact in book.facts.items() if fact.type is FactType.LIST]
    repeats = {name: tables[f"{main}-{name}"] for name in lists if f"{main}-{name}" in tables}
    for name in tables:
        repeat = name.removeprefix(f"{main}-")
        if repeat not in (*lists, main) and repeat != name:
            args = {"found": repeat, "form": "?", "book": book.vocabulary}
            yield fault(Place(file, cell=f"{name}.csv"), "export_unknown_question", **args)
    table = tables[main]
    if not table.rows:
        yield fault(Place(file), "export_no_submissions")
    keys = _CENTRAL if table.column("KEY") is not None else _KOBO
    for submission in submissions(file, table, repeats, keys):
        if isinstance(submission, Problem):
            yield submission
        else:
            yield draft_of(submission, file, book, find)


def _table(file: str, name: str, content: bytes) -> Table | Problem:
    """The rows of one CSV text, as wide as its header."""
    text = decoded(content)
    if text is None:
        return fault(Place(file, cell=name), "export_not_utf8_or_gb")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows: list[tuple[int, list[str]]] = []
    number = 1
    try:
        for row in reader:
            if row:
                rows.append((number, row))
            number = reader.line_num + 1
    except csv.Error as error:
        return fault(Place(file, number, cell=name), "syntax", format="CSV", why=error)
    if not rows:
        return fault(Place(file, cell=name), "empty")
    header = rows.pop(0)[1]
    for number, row in rows:
        if len(row) != len(header):
            place = Place(file, cell=f"{name}:{number}")
            return fault(place, "export_uneven_row", found=len(row), expected=len(header))

    def cell(number: int, at: int) -> str:
        return f"{name}:{number}" if at < 0 else f"{name}:{number}!{header[at]}"

    return Table(name.removesuffix(".csv"), header, rows, cell)


def _delimiter(text: str) -> str:
    """What parts the header: Central writes commas, Kobo semicolons."""
    first = text.partition("\n")[0]
    return max(_DELIMITERS, key=first.count)


def decoded(content: bytes) -> str | None:
    """A text in UTF-8 or GB18030; None where it is neither, or UTF-8 that is damaged."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    # Nearly all bytes mean something in GB18030, damaged UTF-8 too: as wrong characters.
    guess = content.decode("utf-8", "replace")
    wrong = guess.count("\ufffd")
    if sum(ord(char) > 0x7F for char in guess) - wrong > wrong:
        return None
    try:
        return content.decode("gb18030")
    except UnicodeDecodeError:
        return None
