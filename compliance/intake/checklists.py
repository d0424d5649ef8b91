"""The forms that a checklist can take: one module each, imported when asked for.

May import `questions` of this package and what lies below.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Final, NamedTuple, cast

from compliance.intake.questions import Checklist
from compliance.rulebook import RuleBook
from compliance.words import Lang

Writer = Callable[[Checklist, RuleBook, Lang], bytes]


class Form(NamedTuple):
    """The module whose `write` makes it, and the ending of its file."""

    module: str
    ending: str


CHECKLISTS: Final[Mapping[str, Form]] = {
    "xlsx": Form("compliance.intake.workbook.write", ".xlsx"),
    "xlsform": Form("compliance.intake.xlsform.form", ".xlsform.xlsx"),
    "xform": Form("compliance.intake.xlsform.xform", ".xml"),
    "html": Form("compliance.intake.page.write", ".html"),
}


def write(name: str, checklist: Checklist, book: RuleBook, lang: Lang) -> bytes:
    """The file of the form called `name`; equal input gives equal bytes."""
    writer = cast(Writer, import_module(CHECKLISTS[name].module).write)
    return writer(checklist, book, lang)
