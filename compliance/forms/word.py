"""The few pieces of WordprocessingML that the documents are built from.

python-docx gives the package, the styles and the settings; tables are built here, which is
faster than through its cells and takes what it has no words for (repeated head rows, rows
that stay whole, East Asian fonts). Texts are set as text, never as markup.
"""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime, timezone
from typing import Any, Final, NamedTuple, cast
from xml.sax.saxutils import escape

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm, Pt
from docx.styles.style import ParagraphStyle

from compliance.forms.derivation import NAMESPACE
from compliance.output import zipped

# In every office that writes Chinese, and with ○ ● □ ■ in one design.
SONG: Final = "宋体"
_TWIPS_A_CM: Final = 567
Element = Any  # lxml's elements have no types of their own


class Cell(NamedTuple):
    """A table cell. `merge` is `restart` or `continue` for one that spans rows."""

    paragraphs: Sequence[Element]
    span: int = 1
    merge: str | None = None
    shaded: bool = False


def el(tag: str, *children: Element, **attributes: object) -> Element:
    """The element `w:tag` with attributes `w:…` and children."""
    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    for child in children:
        element.append(child)
    return element


def run(text: str, points: float | None = None) -> Element:
    """A run of `text`, spaces kept."""
    piece = el("t")
    piece.text = text
    piece.set(qn("xml:space"), "preserve")
    # The hint makes Word take the East Asian font for ○ ● □ ■, which belong to no script.
    properties = el("rPr", el("rFonts", hint="eastAsia"))
    if points is not None:
        properties.append(el("sz", val=round(points * 2)))
    return el("r", properties, piece)


def paragraph(
    *runs: Element,
    align: str = "left",
    before: int = 0,
    after: int = 0,
    indent: float = 0,
    keep: bool = False,
    new_page: bool = False,
) -> Element:
    """A paragraph; `before` and `after` in points, `indent` in cm, `keep` ties it to the next."""
    properties = el("pPr")
    if keep:
        properties.append(el("keepNext"))
    if new_page:
        properties.append(el("pageBreakBefore"))
    properties.append(el("spacing", before=before * 20, after=after * 20))
    if indent:
        properties.append(el("ind", left=round(indent * _TWIPS_A_CM)))
    properties.append(el("jc", val=align))
    return el("p", properties, *runs)


def line(text: str, points: float | None = None, align: str = "left") -> Element:
    """A paragraph of one run."""
    return paragraph(run(text, points), align=align)


def hairline() -> Element:
    """An empty paragraph one point high: keeps two tables apart without showing."""
    properties = el(
        "pPr",
        el("spacing", before=0, after=0, line=20, lineRule="exact"),
        el("rPr", el("sz", val=2)),
    )
    return el("p", properties)


def row(cells: Iterable[Cell], widths: Sequence[float], *, head: bool = False) -> Element:
    """A table row that stays whole; `head` rows repeat on each page. Widths in cm."""
    properties = el("trPr", el("cantSplit"))
    if head:
        properties.append(el("tblHeader"))
    built, column = el("tr", properties), 0
    for cell in cells:
        width = sum(widths[column : column + cell.span])
        column += cell.span
        built.append(_cell(cell, width))
    return built


def _cell(cell: Cell, width: float) -> Element:
    properties = el("tcPr", el("tcW", w=round(width * _TWIPS_A_CM), type="dxa"))
    if cell.span > 1:
        properties.append(el("gridSpan", val=cell.span))
    if cell.merge:
        properties.append(el("vMerge", val=cell.merge))
    if cell.shaded:
        properties.append(el("shd", val="clear", color="auto", fill="EBEBEB"))
    properties.append(el("vAlign", val="center"))
    return el("tc", properties, *(cell.paragraphs or [paragraph()]))


def table(rows: Iterable[Element], widths: Sequence[float], *, open_below: bool = False) -> Element:
    """A ruled table of fixed widths in cm; `open_below` leaves its last rule out."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    rules = (
        el(side, val="nil")
        if open_below and side == "bottom"
        else el(side, val="single", sz=4, space=0, color="000000")
        for side in sides
    )
    margins = (
        el(side, w=twips, type="dxa")
        for side, twips in (("top", 28), ("left", 57), ("bottom", 28), ("right", 57))
    )
    properties = el(
        "tblPr",
        el("tblW", w=round(sum(widths) * _TWIPS_A_CM), type="dxa"),
        el("tblInd", w=57, type="dxa"),
        el("tblBorders", *rules),
        el("tblLayout", type="fixed"),
        el("tblCellMar", *margins),
    )
    grid = el("tblGrid", *(el("gridCol", w=round(w * _TWIPS_A_CM)) for w in widths))
    return el("tbl", properties, grid, *rows)


def document(title: str, date: str, *, landscape: bool, points: float) -> Document:
    """An empty A4 document, dated `date` (YYYY-MM-DD), in 宋体 for every range."""
    made = docx.Document()
    section = made.sections[0]
    size = (Cm(21), Cm(29.7))
    section.page_width, section.page_height = reversed(size) if landscape else size
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = Cm(1.8 if landscape else 2.2)
    section.top_margin, section.bottom_margin = Cm(1.5), Cm(1.6)
    section.header_distance, section.footer_distance = Cm(0.7), Cm(0.7)
    styles = made.styles
    normal = cast(ParagraphStyle, styles["Normal"])
    normal.font.name, normal.font.size = SONG, Pt(points)
    for fonts in styles.element.iter(qn("w:rFonts")):
        fonts.attrib.clear()
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{script}"), SONG)
    day = datetime.fromisoformat(date)
    core = made.core_properties
    core.title, core.author, core.comments, core.last_modified_by = title, "", "", ""
    core.created = core.modified = day.replace(tzinfo=timezone.utc)
    core.revision = 1
    return made


def foot(made: Document, lines: Sequence[str], page: str) -> None:
    """Sets the foot of every page: `lines`, then `page` with its numbers as fields."""
    *others, last = lines
    runs = [run(last + "　", 6)]
    before, rest = page.split("{page}")
    between, after = rest.split("{pages}")
    for words, field in ((before, "PAGE"), (between, "NUMPAGES"), (after, None)):
        runs.append(run(words, 6))
        if field:
            runs.append(el("fldSimple", run("1", 6), instr=field))
    empty = made.sections[0].footer.paragraphs[0]._p
    for text in others:
        empty.addprevious(line(text, 6))
    empty.getparent().replace(empty, paragraph(*runs))


def carry(made: Document, text: str) -> None:
    """Puts `text` into the file as a custom XML part, which editing leaves alone."""
    package = made.part.package
    head = '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
    item = f'{head}<derivation xmlns="{NAMESPACE}">{escape(text)}</derivation>'
    name = str(uuid.uuid5(uuid.NAMESPACE_URL, NAMESPACE)).upper()
    schema = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
    properties = (
        f'{head}<ds:datastoreItem ds:itemID="{{{name}}}" xmlns:ds="{schema}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    held, about = (
        Part(package.next_partname(f"/customXml/{stem}%d.xml"), kind, content.encode(), package)
        for stem, kind, content in (
            ("item", CONTENT_TYPE.XML, item),
            ("itemProps", CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES, properties),
        )
    )
    held.relate_to(about, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)
    made.part.relate_to(held, RELATIONSHIP_TYPE.CUSTOM_XML)


def add(made: Document, *blocks: Element) -> None:
    """Appends paragraphs and tables to the body, before the section's properties."""
    body = made.element.body
    for block in blocks:
        body.insert(len(body) - 1, block)


def to_bytes(made: Document) -> bytes:
    """The file; its parts bear no date of their own, so equal documents are equal bytes."""
    held = io.BytesIO()
    made.save(held)
    with zipfile.ZipFile(held) as source:
        return zipped({name: source.read(name) for name in source.namelist()})
