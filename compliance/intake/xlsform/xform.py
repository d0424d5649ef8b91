"""The checklist as an XForm, the XML that ODK phones take directly, made by pyxform.

May import `form` and `packages` of this package.
"""

from __future__ import annotations

import io

from compliance.intake.questions import Checklist
from compliance.intake.xlsform import form
from compliance.intake.xlsform.packages import package
from compliance.rulebook import RuleBook
from compliance.words import Lang


def write(checklist: Checklist, book: RuleBook, lang: Lang) -> bytes:
    """The XForm; equal input gives equal bytes. Raises InputError where pyxform is missing."""
    convert = package("pyxform.xls2xform", "xform").convert
    workbook = io.BytesIO(form.write(checklist, book, lang))
    xform: str = convert(workbook, pretty_print=True, file_type=".xlsx").xform
    return xform.encode()
