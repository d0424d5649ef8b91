"""How the workbook looks: colours, borders, widths, and paper.

Imports nothing but openpyxl, where a function is called, and the standard library.
"""

from __future__ import annotations

import re
from math import ceil
from typing import Any, Final

from wcwidth import wcswidth

FONT: Final = "等线"
LINE: Final = 15.5
"""Height of one line of text, in points."""

_GREEN, _PALE, _ENTRY, _EDGE, _GREY = "1F4E5F", "E3ECEF", "FFFBE6", "9FB3BA", "5F6B70"
_BAND: Final = "F3F6F7"
_LIKE_ESCAPE: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def _dress(cell: Any, name: str, **how: Any) -> None:
    """Give a cell a named style; applying its parts one by one takes ten times as long."""
    book = cell.parent.parent
    if name not in book.named_styles:
        book.add_named_style(_style(name, **how))
    cell.style = name


def _style(
    name: str,
    *,
    size: float = 11,
    bold: bool = False,
    colour: str = "000000",
    fill: str = "",
    edge: str = "",
    centred: bool = False,
    wrap: bool = True,
    form: str = "General",
    locked: bool = True,
) -> Any:
    from openpyxl.styles import (
        Alignment,
        Border,
        Font,
        NamedStyle,
        PatternFill,
        Protection,
        Side,
    )

    style = NamedStyle(name, number_format=form, protection=Protection(locked=locked))
    style.font = Font(name=FONT, size=size, bold=bold, color=colour)
    style.alignment = Alignment(
        "center" if centred else "left",
        "center",
        wrap_text=wrap,
        indent=int(bool(edge) and not centred),
    )
    if fill:
        style.fill = PatternFill("solid", fgColor=fill)
    if edge:
        thin = Side("thin", color=_EDGE)
        style.border = Border(left=thin, right=thin, top=Side(edge, color=_EDGE), bottom=thin)
    return style


def title(cell: Any, text: str) -> None:
    """The title of a sheet."""
    _dress(cell, "title", size=15, bold=True, colour=_GREEN, wrap=False)
    put(cell, text)


def subtle(cell: Any, text: str) -> None:
    """A line below a title."""
    _dress(cell, "subtle", size=10, colour=_GREY, wrap=False)
    put(cell, text)


def head(cell: Any, text: str) -> None:
    """The caption of a column."""
    _dress(cell, "head", bold=True, colour="FFFFFF", fill=_GREEN, edge="thin", centred=True)
    put(cell, text)


def below_head(cell: Any, text: str) -> None:
    """The hint below a caption."""
    _dress(cell, "hint", size=9, colour=_GREY, fill=_PALE, edge="thin", centred=True)
    put(cell, text)


def caption(
    cell: Any,
    text: str,
    *,
    bold: bool = False,
    band: bool = False,
    first: bool = False,
    locked: bool = True,
) -> None:
    """A cell that says something; `band` tells outlets apart, `first` begins one."""
    fill, edge = _PALE if bold else _BAND if band else "FFFFFF", "medium" if first else "thin"
    name = f"caption {fill} {edge}{'' if locked else ' open'}"
    _dress(cell, name, bold=bold, fill=fill, edge=edge, form="@", locked=locked)
    put(cell, text)


def entry(cell: Any, form: str, *, centred: bool = False, first: bool = False) -> None:
    """A cell to be filled in, of the number format `form`."""
    edge = "medium" if first else "thin"
    name = f"entry {form} {edge}{' centred' if centred else ''}"
    _dress(cell, name, fill=_ENTRY, edge=edge, centred=centred, form=form, locked=False)


def put(cell: Any, text: str) -> None:
    """A text as a text, whatever it begins with: never a formula."""
    # Office programs read `_x000D_` as a character; what only looks like one is escaped.
    cell.value = _LIKE_ESCAPE.sub("_x005F_", text)
    if text[:1] in ("=", "+", "-", "@", "#"):
        cell.data_type, cell.quotePrefix = "s", True


def height(texts: dict[int, str], widths: dict[int, float], least: float) -> float:
    """The height of a row of wrapped texts, by column, in points."""
    lines = [
        sum(ceil(max(wcswidth(part), 1) * 1.08 / widths[column]) for part in text.split("\n"))
        for column, text in texts.items()
    ]
    return max([least, *(count * LINE + 6 for count in lines)])


def paper(sheet: Any, *, landscape: bool, repeat: str | None, footer: str) -> None:
    """A4, as wide as the page, with repeated head rows and page numbers."""
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.5
    margins.top, margins.bottom = 0.6, 0.7
    margins.header = margins.footer = 0.3
    sheet.print_title_rows = repeat
    sheet.oddFooter.center.text, sheet.oddFooter.center.size = footer, 9
    sheet.sheet_view.showGridLines = False


def protect(sheet: Any) -> None:
    """Captions locked without a password; rows and columns may be sized, filters used."""
    protection = sheet.protection
    protection.sheet = True
    protection.formatColumns = protection.formatRows = protection.autoFilter = False
