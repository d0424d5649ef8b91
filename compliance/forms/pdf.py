"""Form B.1 and the notice as PDF/A-2b, set by typst.

The templates `b1.typ` and `notice.typ` get the texts as JSON; nothing is pasted into
markup. Imports typst when called.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, astuple
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from compliance.forms.clean import clean
from compliance.forms.derivation import keywords
from compliance.forms.dossier import Case, Dossier
from compliance.forms.glyphs import Fonts, Piece, fonts_for
from compliance.forms.notice import Notice
from compliance.forms.sheet import Sheet

if TYPE_CHECKING:
    from typst import OutputFormat

_TEMPLATES: Final = Path(__file__).parent


def b1(sheet: Sheet, dossier: Dossier) -> bytes:
    """Form B.1 as PDF/A-2b; `dossier` is what `sheet` was made from."""
    fonts = fonts_for(_b1_pieces(sheet, dossier))
    return _pdf("b1.typ", asdict(sheet), fonts, sheet.date)


def notice(notice: Notice, case: Case) -> bytes:
    """The rectification notice as PDF/A-2b; `case` is what `notice` was made from."""
    outlet = clean(case.record.outlet.id)
    source = case.record.source
    fonts = fonts_for(Piece(text, source, outlet) for text in texts_of(asdict(notice)))
    return _pdf("notice.typ", asdict(notice), fonts, notice.date)


def texts_of(value: object) -> Iterator[str]:
    """Every text in nested mappings, tuples and lists."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from texts_of(item)
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from texts_of(item)


def compiled(template: str, data: Mapping[str, Any], fonts: Fonts, **options: Any) -> bytes:
    """What typst makes of a template and its data, in the format that `options` names."""
    import typst

    sent = json.dumps({**data, "fonts": fonts.families}, ensure_ascii=False)
    made: bytes = typst.compile(
        (_TEMPLATES / template).read_bytes(),
        font_paths=fonts.loaded,
        ignore_system_fonts=True,
        sys_inputs={"data": sent},
        **options,
    )
    return made


def _pdf(template: str, data: Mapping[str, Any], fonts: Fonts, date: str) -> bytes:
    data = {**data, "keywords": keywords(data["carried"])}
    day = datetime.fromisoformat(date).replace(tzinfo=timezone.utc)
    kind: OutputFormat = "pdf"
    # PDF/A also makes typst refuse a character without a glyph, which it else leaves out.
    # Tags are off: typst 0.15 crashes on tagging a spanning cell that breaks over pages.
    return compiled(
        template,
        data,
        fonts,
        format=kind,
        pdf_standards="a-2b",
        pdf_tags=False,
        timestamp=day,
    )


def _b1_pieces(sheet: Sheet, dossier: Dossier) -> Iterator[Piece]:
    application = dossier.application
    source = application.source if application else dossier.cases[0].record.source
    bank = clean(dossier.bank)
    common = (dict(sheet.captions), dict(sheet.applicant), sheet.foot, sheet.page)
    annex = (sheet.annex.title, sheet.annex.lines, sheet.annex.heads)
    for text in texts_of((common, annex)):
        yield Piece(text, source, bank)
    for case, row, trace in zip(dossier.cases, sheet.rows, sheet.annex.traces, strict=True):
        outlet = clean(case.record.outlet.id)
        for text in texts_of((astuple(row), astuple(trace))):
            yield Piece(text, case.record.source, outlet)
