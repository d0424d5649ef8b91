"""What `rules test` finds: examples and fixtures that turn out otherwise than they say.

May import what `examples` imports, and `skeleton`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from compliance.assure.examples import (
    Fixture,
    Said,
    alone,
    answered,
    available_engines,
    check_fixtures,
    example_problems,
    example_record,
    outcome_of,
    said_of,
)
from compliance.engines import engine
from compliance.errors import InputError, Place
from compliance.load import RuleFiles
from compliance.outcome import Outcome
from compliance.record_check import record_checker
from compliance.remarks import Level, Remark, Review
from compliance.rulebook import Rule
from compliance.source import Path_, fault
from compliance.words import Text, listed
from compliance.words.examples import say

SHOWN: Final = 5
"""Differences of a fixture that its remark lists before it counts the rest."""

REQUIRED: Final = (Outcome.PASS, Outcome.FAIL, Outcome.NOT_OBSERVED)
"""The outcomes of which every rule has an example."""


def review_examples(files: RuleFiles, fixtures: Path | None = None) -> Review:
    """Every example and fixture run on every engine that can be used here.

    `fixtures` is by default the folder of that name beside the rules', if there is one.
    Raises InputError where a folder was given and is none.
    """
    if fixtures is not None and not fixtures.is_dir():
        raise InputError([fault(Place(str(fixtures)), "no_such_path")])
    folder = fixtures or Path(os.path.normpath(files.folder / ".." / "fixtures"))
    names, missing = available_engines()
    tests = _Tests(files, names)
    tests.run_examples()
    found = folder.is_dir()
    count = tests.run_fixtures(folder) if found else 0
    notes = [say("engine_missing", engine=name, why=why) for name, why in missing.items()]
    notes += [] if found else [say("no_fixtures", folder=folder)]
    wrong = len(tests.remarks)
    summary = say(
        "summary",
        rules=len(files.book.rules),
        examples=sum(len(rule.examples) for rule in files.book.rules),
        fixtures=count,
        engines=listed(dict.fromkeys(names)),
        result=say("some_bad", count=wrong) if wrong else say("all_good"),
    )
    text = Text("".join(t.zh for t in (summary, *notes)), " ".join(t.en for t in (summary, *notes)))
    return Review("rules test", tuple(tests.cases), tuple(tests.remarks), text)


class _Tests:
    """The cases run so far, and what is to be said of them."""

    def __init__(self, files: RuleFiles, names: tuple[str, ...]) -> None:
        self.files, self.names = files, names
        self.check = record_checker(files.book)
        self.cases: list[str] = []
        self.remarks: list[Remark] = []

    def run_examples(self) -> None:
        """Each rule's examples, the rule alone on each engine."""
        for rule in self.files.book.rules:
            sound = [n for n in range(len(rule.examples)) if self._sound(rule, n)]
            tries = [(n, type_) for n in sound for type_ in sorted(rule.applies_to)]
            records = [example_record(rule, type_, rule.examples[n]) for n, type_ in tries]
            wrong: dict[int, dict[Outcome | None, list[tuple[str, str]]]] = {n: {} for n in sound}
            for name in self.names:
                answers = answered(engine(name, alone(self.files.book, rule)), records)
                for (n, type_), answer in zip(tries, answers, strict=True):
                    got = outcome_of(rule, answer)
                    if got is not Outcome(rule.examples[n].then):
                        wrong[n].setdefault(got, []).append((name, type_.value))
            for n, found in wrong.items():
                self._wrong(rule, n, found)
            self._missing(rule)

    def _sound(self, rule: Rule, position: int) -> bool:
        """Whether an example is a record; what keeps it from being one is said."""
        number = position + 1
        case = f"{rule.id} example {number}"
        self.cases.append(case)
        problems = example_problems(self.files, rule, position, self.check)
        for problem in problems:
            text = say("example-invalid", rule=rule.id, number=number, why=problem.text)
            self._say("example-invalid", problem.place, text, case)
        return not problems

    def _wrong(
        self, rule: Rule, position: int, wrong: Mapping[Outcome | None, list[tuple[str, str]]]
    ) -> None:
        """Say which engines give another outcome than an example states, and for which types."""
        place = self.files.place(rule.id, "examples", position, "then")
        for got, by in wrong.items():
            text = say(
                "example-wrong",
                rule=rule.id,
                number=position + 1,
                engines=listed(dict.fromkeys(engine for engine, _ in by)),
                types=listed(dict.fromkeys(type_ for _, type_ in by)),
                expected=rule.examples[position].then,
                got=got.value if got else say("nothing"),
            )
            self._say("example-wrong", place, text, f"{rule.id} example {position + 1}")

    def _missing(self, rule: Rule) -> None:
        shown = {example.then for example in rule.examples}
        missing = [outcome for outcome in REQUIRED if outcome.value not in shown]
        if not missing:
            return
        from compliance.assure.skeleton import skeleton

        lines = "\n".join(skeleton(self.files.book, rule, outcome) for outcome in missing)
        place = self.files.place(rule.id, "examples", key=True)
        text = say(
            "missing-example", rule=rule.id, missing=listed(outcome.value for outcome in missing)
        )
        self._say("missing-example", place, text, rule.id, lines)

    def run_fixtures(self, folder: Path) -> int:
        """Every fixture on each engine with all rules; how many there are, broken ones too."""
        fixtures, problems = check_fixtures(folder, self.files.book)
        for problem in problems:
            text = say("fixture-invalid", why=problem.text)
            self._say("fixture-invalid", problem.place, text, "")
        records = [fixture.record for fixture in fixtures]
        answers = [answered(engine(name, self.files.book), records) for name in self.names]
        for fixture, *said in zip(fixtures, *answers, strict=True):
            self._fixture(fixture, [said_of(answer) for answer in said])
        return len(fixtures)

    def _fixture(self, fixture: Fixture, said: Sequence[Said]) -> None:
        """Say which engines differ from what a fixture states; `said` stands in their order."""
        self.cases.append(fixture.name)
        found: dict[tuple[tuple[Path_, Text], ...], list[str]] = {}
        for name, got in zip(self.names, said, strict=True):
            wrong = tuple(_differences(fixture.expected, got))
            found.setdefault(wrong, []).append(name)
        found.pop((), None)
        for differences, names in found.items():
            shown = [text for _, text in differences[:SHOWN]]
            if len(differences) > SHOWN:
                shown.append(say("more", count=len(differences) - SHOWN))
            text = say(
                "fixture-wrong",
                fixture=fixture.name,
                engines=listed(dict.fromkeys(names)),
                differences=Text("；".join(t.zh for t in shown), "; ".join(t.en for t in shown)),
            )
            place = fixture.document.place(differences[0][0])
            self._say("fixture-wrong", place, text, fixture.name)

    def _say(self, check: str, place: Place, text: Text, case: str, shown_by: str = "") -> None:
        self.remarks.append(Remark(check, Level.ERROR, place, text, case, shown_by))


def _differences(expected: Said, got: Said) -> Iterator[tuple[Path_, Text]]:
    """Where a fixture's file and an answer differ, and how."""
    for rule in dict.fromkeys((*expected.findings, *got.findings)):
        sides = (expected.findings.get(rule), got.findings.get(rule))
        if sides[0] != sides[1]:
            yield ("findings", rule), _difference(rule, *sides)
    if expected.reasons != got.reasons:
        sides = (", ".join(expected.reasons) or None, ", ".join(got.reasons) or None)
        yield ("reasons",), _difference("reasons", *sides)
    if expected.opinion != got.opinion:
        yield ("opinion",), _difference("opinion", expected.opinion, got.opinion)


def _difference(what: str, expected: str | None, got: str | None) -> Text:
    nothing = say("nothing")
    return say("difference", what=what, expected=expected or nothing, got=got or nothing)
