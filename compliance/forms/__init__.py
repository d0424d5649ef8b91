"""The official form B.1 and the rectification notice, as DOCX and PDF.

    from compliance.forms import Case, Dossier, b1_docx, b1_pdf, notice_docx, notice_pdf

`dossier` says what goes in; `sheet` and `notice` turn it into texts and ticks, the same for
both formats; `word*` and `pdf` set them; `clean` and `glyphs` see to it that every character
appears. python-docx, typst and fontTools are imported when a function is called. May import
everything below the engines; nothing of its siblings `report` and `explain`.
"""

from __future__ import annotations

from compliance.forms.dossier import Case, Dossier
from compliance.rulebook import RuleBook
from compliance.words import Lang

__all__ = ["Case", "Dossier", "b1_docx", "b1_pdf", "notice_docx", "notice_pdf"]


def b1_docx(dossier: Dossier, book: RuleBook, lang: Lang) -> bytes:
    """Form B.1 (annex B) of one bank as a DOCX file; equal input gives equal bytes."""
    from compliance.forms import sheet, word_b1

    return word_b1.render(sheet.sheet(dossier, book, lang))


def b1_pdf(dossier: Dossier, book: RuleBook, lang: Lang) -> bytes:
    """Form B.1 (annex B) of one bank as PDF/A-2b; equal input gives equal bytes.

    Raises `InputError`, naming outlet and character, where no font has a character.
    """
    from compliance.forms import pdf, sheet

    return pdf.b1(sheet.sheet(dossier, book, lang), dossier)


def notice_docx(case: Case, book: RuleBook, lang: Lang) -> bytes:
    """The rectification notice of one outlet as a DOCX file; equal input gives equal bytes."""
    from compliance.forms import notice, word_notice

    return word_notice.render(notice.notice(case, book, lang))


def notice_pdf(case: Case, book: RuleBook, lang: Lang) -> bytes:
    """The rectification notice of one outlet as PDF/A-2b; equal input gives equal bytes.

    Raises `InputError`, naming outlet and character, where no font has a character.
    """
    from compliance.forms import notice, pdf

    return pdf.notice(notice.notice(case, book, lang), case)
