"""What stands where in the workbook: one layout, by which it is written and read.

Each sheet has a hidden row of column names and a hidden column of line names; where the two
cross stands the sheet's own name. A line or column called `#` is there for people and never
read. The sheet of a single outlet is turned: its names of fields run down the hidden column.
May import `questions` of `intake` and what lies below it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from compliance.condition import FactType
from compliance.intake.questions import Checklist, reads
from compliance.outcome import Stage
from compliance.rulebook import Fact, OutletType, RuleBook
from compliance.words import Lang, Text
from compliance.words import intake_workbook as words
from compliance.words.intake_fields import FIELDS

META: Final = "compliance"
"""The hidden sheet that says what the workbook is: a key and a value a line."""

FORM: Final = "compliance-checklist"
LAYOUT: Final = "1"

MARK: Final = "compliance:"
OUTLETS: Final = f"{MARK}outlets"
CHECKLIST: Final = f"{MARK}checklist"
LIST: Final = f"{MARK}list:"
TURNED: Final = ":down"
"""Ends the name of a sheet whose columns run down."""

ASIDE: Final = "#"
OUTLET: Final = "outlet"
ANSWER: Final = "answer"
NOTE: Final = "note"
LINE: Final = "line"
"""The name of a line that has no other and may not vanish: the entries of a single outlet."""

REQUIRED: Final = (
    *("inspection.id", "inspection.date", "inspection.inspector"),
    *("outlet.id", "outlet.name", "outlet.bank"),
)
_ALWAYS: Final = (
    *REQUIRED,
    *("outlet.district", "outlet.address", "outlet.contact", "outlet.phone"),
)
_DATES: Final = ("inspection.previous_inspection_date", "outlet.listed_on")


@dataclass(frozen=True, slots=True)
class Column:
    """One thing to fill in: its hidden name, its caption, a hint below it, and its type."""

    name: str
    caption: Text
    hint: Text
    type: FactType
    required: bool = False


_PLAIN: Final[dict[str, FactType]] = {
    **dict.fromkeys(_ALWAYS, FactType.TEXT),
    "inspection.date": FactType.DATE,
    **dict.fromkeys(_DATES, FactType.DATE),
}


def outlet_types() -> dict[str, FactType]:
    """Whatever can stand on the sheet of outlets, and its type."""
    return _PLAIN


def outlet_columns(book: RuleBook, type_: OutletType, stage: Stage) -> tuple[Column, ...]:
    """What is asked of visit and outlet: dates beside the visit's only where a rule reads them."""
    read = {
        name
        for rule in book.rules
        if rule.stage is stage and type_ in rule.applies_to
        for name in reads(rule)
    }
    names = (*_ALWAYS, *(name for name in _DATES if name in read))
    return tuple(
        Column(
            name,
            FIELDS[name],
            words.HINTS.get(name, words.HINTS["date"] if name in _DATES else Text("", "")),
            _PLAIN[name],
            name in REQUIRED,
        )
        for name in names
    )


def list_columns(fact: Fact) -> tuple[Column, ...]:
    """The fields of a list's members."""
    return tuple(
        Column(f.name, f.caption, _hint(f.name, f.type, f.required), f.type, f.required)
        for f in fact.fields
    )


def _hint(name: str, type_: FactType, required: bool) -> Text:
    if required:
        return words.HINTS["required"]
    if name in words.HINTS:
        return words.HINTS[name]
    if type_ is FactType.BOOLEAN:
        return words.HINTS["yes_no"]
    return words.HINTS["date"] if type_ is FactType.DATE else Text("", "")


def sheet_title(text: str, taken: set[str]) -> str:
    """A sheet's title made of a caption: what Excel forbids left out, and once in a workbook."""
    plain = "".join(c for c in text if c not in "[]:*?/\\'").strip()[:28] or "…"
    title, number = plain, 2
    while title.lower() in taken:
        title, number = f"{plain} {number}", number + 1
    taken.add(title.lower())
    return title


@dataclass(frozen=True, slots=True)
class Titles:
    """The titles of the sheets in a language; `lists` by fact."""

    instructions: str
    outlets: str
    checklist: str
    lists: dict[str, str]


def titles(checklist: Checklist, lang: Lang) -> Titles:
    """What the sheets are called."""
    taken = {META}
    fixed = {key: sheet_title(text.in_(lang), taken) for key, text in words.SHEETS.items()}
    lists = {f.name: sheet_title(f.caption.in_(lang), taken) for f in list_facts(checklist)}
    return Titles(fixed["instructions"], fixed["outlets"], fixed["checklist"], lists)


def list_facts(checklist: Checklist) -> tuple[Fact, ...]:
    """The lists that are asked, each of which has a sheet."""
    return tuple(q.fact for q in checklist.questions if q.fact.type is FactType.LIST)
