"""Plain sheets as the bytes of a workbook, the same bytes for the same rows.

May import `spreadsheet` of `intake`; openpyxl is imported where used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from compliance.intake.spreadsheet import saved

Row = dict[str, str]


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
    return saved(workbook)
