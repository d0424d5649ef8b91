"""A submission as the draft of a record; what cannot be read is a problem, never a guess.

May import `names`, `submission` and `media` of this package, and `answers`, `draft` and
`times` of `intake`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from compliance.condition import FactType
from compliance.errors import Place, Problem
from compliance.intake import answers, times
from compliance.intake.draft import Draft, Pending
from compliance.intake.xlsform import names
from compliance.intake.xlsform.media import Find, is_name
from compliance.intake.xlsform.submission import Answer, Answers, Submission
from compliance.rulebook import Fact, RuleBook
from compliance.source import Path_, fault, path_text, shown

_POSITION: Final = ("latitude", "longitude", "altitude", "accuracy")
_NUMBER: Final = re.compile(r"[-+]?[0-9]+(\.[0-9]*)?([eE][-+]?[0-9]+)?")
_NONE: Final = Answer(None, "")


def draft_of(submission: Submission, file: str, book: RuleBook, find: Find) -> Draft | Problem:
    """The draft of a record, or the problem where this is no submission of our form."""
    vocabulary = submission.answers.get(names.VOCABULARY, _NONE)
    if not vocabulary.given:
        form = shown(submission.form)[1:-1] or "?"
        return fault(Place(file, cell=submission.at), "export_other_form", found=form)
    return _Filling(submission, file, book, find).draft()


class _Filling:
    """One submission on its way into a draft."""

    def __init__(self, submission: Submission, file: str, book: RuleBook, find: Find) -> None:
        self.submission, self.book, self.find = submission, book, find
        self.made = Draft(file)
        # What is missing altogether is missing in this submission.
        self.made.cells[()] = submission.at
        self.picked = submission.answers.get(names.PICK, _NONE).given

    def draft(self) -> Draft:
        known = names.questions(self.book)
        facts = self.book.facts
        for name, (path, type_) in known.items():
            if name not in facts:
                self._answer(path, type_, self._held(name))
        for name, fact in facts.items():
            if fact.type is FactType.LIST:
                self._list(fact)
            else:
                self._answer(*known[name], self._held(name))
        self._time(self._held(names.START))
        self._position(self._held(names.POSITION))
        for fact in facts.values():
            self._photo(fact)
        special = {names.START, names.POSITION, *names.UNUSED, *known}
        special |= {question(name) for name in facts for question in (names.photo, names.any_of)}
        self._unknown(self.submission.answers, special)
        for answer in self.submission.twice:
            found = shown(names.last(answer.cell))[1:-1]
            self._problem((), answer, "export_twice", found=found)
        return self.made

    def _held(self, name: str) -> Answer:
        return self.submission.answers.get(name, _NONE)

    def _problem(self, path: Path_, answer: Answer, key: str, **args: object) -> None:
        place = Place(self.made.file, path=path_text(path), cell=answer.cell or self.submission.at)
        self.made.problems.append(fault(place, key, **args))

    def _unknown(self, held: Answers, known: set[str]) -> None:
        form = shown(self._held(names.VOCABULARY).value)[1:-1]
        for name, answer in held.items():
            if name not in known and answer.given:
                self._problem(
                    (),
                    answer,
                    "export_unknown_question",
                    found=shown(name)[1:-1],
                    form=form,
                    book=self.book.vocabulary,
                )

    def _answer(self, path: Path_, type_: FactType, answer: Answer) -> None:
        value = answer.value
        if isinstance(value, (list, dict)):
            self._problem(path, answer, "export_not_a_value", found=shown(value))
            return
        if type_ is FactType.BOOLEAN and value == names.UNSEEN:
            return
        if path[0] == "outlet" and self.picked and isinstance(value, str):
            value = names.as_read(value)
        self.made.answer(path, type_, value, answer.cell)

    def _list(self, fact: Fact) -> None:
        path: Path_ = ("observations", fact.name)
        asked = self._held(names.any_of(fact.name))
        said = None if asked.value == names.UNSEEN else answers.yes_no(asked.value)
        if isinstance(said, answers.Unclear):
            self._problem(path, asked, said.fault, found=shown(asked.value))
            return
        members = [
            member
            for member in self.submission.members.get(fact.name, ())
            if any(answer.given for answer in member.values())
        ]
        if members and asked.given and not said:
            self._problem(path, asked, "export_members_denied", found=fact.name)
        elif said and not members:
            self._problem(path, asked, "export_members_missing", found=fact.name)
        elif said is False:
            self.made.put(path, [], asked.cell)
        for at, member in enumerate(members):
            first = next(answer for answer in member.values() if answer.given)
            self.made.put((*path, at), {}, first.cell.partition("!")[0])
            for field in fact.fields:
                self._answer((*path, at, field.name), field.type, member.get(field.name, _NONE))
            self._unknown(member, {field.name for field in fact.fields})

    def _time(self, answer: Answer) -> None:
        if not answer.given:
            return
        value = answer.value
        written = value.isoformat() if isinstance(value, datetime) else str(value)
        moment = times.local(written)
        if moment is None:
            self._problem(("visit", "time"), answer, "export_unclear_time", found=shown(value))
        else:
            self.made.put(("visit", "time"), moment, answer.cell)

    def _position(self, answer: Answer) -> None:
        if not answer.given:
            return
        numbers = _numbers(answer.value)
        path: Path_ = ("visit", "position")
        if numbers is None:
            self._problem(path, answer, "export_unclear_position", found=shown(answer.value))
        elif numbers:
            self.made.put(path, numbers, answer.cell)

    def _photo(self, fact: Fact) -> None:
        question = names.photo(fact.name)
        answer = self._held(question)
        if not answer.given:
            return
        path: Path_ = ("evidence", fact.name)
        stored = self.submission.stored.get(question)
        for name in (answer.value, *([stored] if stored else ())):
            if not isinstance(name, str) or not is_name(name):
                self._problem(path, answer, "export_media_name", found=shown(name))
                return
            content = self.find(name, self.submission.id)
            if content is not None:
                self.made.files.append(Pending(fact.name, name, content, answer.cell))
                return
        self._problem(path, answer, "export_media_missing", found=shown(answer.value))


def _numbers(value: Any) -> Mapping[str, float] | None:
    """A position by name; empty where there is none, None where this is no position."""
    parts: list[Any]
    if isinstance(value, Mapping):
        # GeoJSON has the longitude first, and the accuracy aside.
        at = value.get("coordinates")
        if not isinstance(at, list) or len(at) not in (2, 3):
            return None
        aside = value.get("properties")
        accuracy = aside.get("accuracy") if isinstance(aside, Mapping) else None
        parts = [at[1], at[0], at[2] if len(at) == 3 else None, accuracy]
    else:
        parts = list(value) if isinstance(value, (list, tuple)) else str(value).split()
    texts = ["" if part is None else str(part).strip() for part in parts]
    if not any(texts):
        return {}
    if not 2 <= len(texts) <= 4 or not all(_NUMBER.fullmatch(text) for text in texts if text):
        return None
    if not texts[0] or not texts[1]:
        return None
    return {name: float(text) for name, text in zip(_POSITION, texts) if text}
