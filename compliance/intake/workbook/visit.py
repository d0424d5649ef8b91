"""One outlet's entries while they become a draft: visit and outlet, answers, members of lists.

May import `table`, `layout`, `answers` and `draft` of `intake` and what lies below it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from compliance.condition import FactType
from compliance.errors import Place, Problem
from compliance.intake.answers import Unclear, yes_no
from compliance.intake.draft import Draft
from compliance.intake.workbook import layout
from compliance.intake.workbook.layout import ANSWER, NOTE
from compliance.intake.workbook.table import Line, Table, Written
from compliance.rulebook import Fact, RuleBook
from compliance.source import Path_, fault, path_text
from compliance.words import Text
from compliance.words.intake_fields import FIELDS

_INSPECTION: Final = ("id", "stage", "date", "inspector", "previous_inspection_date")
_OUTLET: Final = (
    *("id", "name", "type", "bank", "district", "address", "contact", "phone", "listed_on"),
)


class Visit:
    """One outlet's line while its record is put together."""

    def __init__(self, draft: Draft, table: Table, line: Line, said: Mapping[str, str]) -> None:
        self.draft, self.table, self.line, self.said = draft, table, line, said
        self.asked: dict[str, str] = {}  # facts of the checklist, and their cells
        self.any: dict[str, Written] = {}  # what it says of lists
        self.visited = False

    @property
    def made(self) -> bool:
        """Whether there is anything to make a record of: an outlet not visited is none."""
        return self.visited or bool(self.draft.problems)

    def begin(self, types: Mapping[str, FactType]) -> None:
        """Take over what is said of visit and outlet."""
        draft = self.draft
        draft.data |= {"inspection": {}, "outlet": {}}
        for name, written in self.line.written.items():
            if name in types:
                part, _, key = name.partition(".")
                self._take((part, key), types[name], written)
        self.visited = bool(draft.data["inspection"])
        draft.data["inspection"]["stage"] = self.said["stage"]
        draft.data["outlet"]["type"] = self.said["type"]
        for part, order in (("inspection", _INSPECTION), ("outlet", _OUTLET)):
            held = draft.data[part]
            draft.data[part] = {key: held[key] for key in order if key in held}
        draft.data |= {"observations": {}, "vocabulary": self.said.get("vocabulary", "")}

    def _take(self, path: Path_, type_: FactType, written: Written) -> None:
        if written.problem is None:
            self.draft.answer(path, type_, written.value, written.cell)
        else:
            self._fault(path, written.problem)

    def _fault(self, path: Path_, problem: Problem) -> None:
        """Say what is wrong with a value; null in its place keeps anything else from being said."""
        place = replace(problem.place, path=path_text(path))
        self.draft.problems.append(replace(problem, place=place))
        self.draft.put(path, None, place.cell)

    def question(self, fact: Fact, line: Line) -> None:
        """Take over an answer and its note."""
        self.visited |= bool(line.entries)
        if (note := line.written.get(NOTE)) is not None:
            self._take(("notes", fact.name), FactType.TEXT, note)
        answer = line.written.get(ANSWER)
        if answer is None:
            return
        if fact.type is not FactType.LIST:
            self._take(("observations", fact.name), fact.type, answer)
        elif answer.problem is not None or isinstance(yes_no(answer.value), Unclear):
            self._take(("observations", fact.name), FactType.BOOLEAN, answer)
        else:
            self.any[fact.name] = answer

    def member(self, fact: Fact, table: Table, line: Line) -> None:
        """Take over a line of a list; a line without what its members need is refused."""
        self.visited = True
        observed = self.draft.data["observations"]
        if fact.name in observed and observed[fact.name] is None:
            return  # what the checklist says of the list was refused already
        at = len(observed.get(fact.name, ()))
        path: Path_ = ("observations", fact.name, at)
        types = {field.name: field.type for field in fact.fields}
        for name, written in line.entries.items():
            if name in types:
                self._take((*path, name), types[name], written)
        if len(observed.get(fact.name, ())) == at:
            return  # nothing but «not inspected»
        self.draft.cells[path] = next(iter(line.entries.values())).cell
        for field in fact.fields:
            if field.required and field.name not in observed[fact.name][at]:
                self._missing((*path, field.name), table.cell(line, field.name), field.caption)

    def _missing(self, path: Path_, cell: str, caption: Text) -> None:
        place = Place(self.draft.file, cell=cell)
        self._fault(path, fault(place, "field_missing", expected=caption))

    def settle(self, book: RuleBook) -> None:
        """Miss what is required, and hold what is said of lists against their lines."""
        if not self.made:
            return
        for name in layout.REQUIRED:
            part, _, key = name.partition(".")
            if key not in self.draft.data[part]:
                cell = self.table.cell(self.line, name)
                self._missing((part, key), cell, FIELDS[name])
        for name, answer in self.any.items():
            count = len(self.draft.data["observations"].get(name) or ())
            exists, caption = yes_no(answer.value), book.facts[name].caption
            place, path = Place(self.draft.file, cell=answer.cell), ("observations", name)
            if exists is True and not count:
                self._fault(path, fault(place, "members_missing", list=caption))
            elif exists is False and not count:
                self.draft.put(path, [], answer.cell)
            elif exists is not True and count:
                found = {"found": answer.shown(name), "list": caption, "count": count}
                self._fault(path, fault(place, "members_denied", **found))
