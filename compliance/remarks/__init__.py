"""What is to be said of rule files: one remark a matter, and the formats that show them.

A remark is a value with the name of its check, its place, a text and, where it helps, a
record that shows what is meant. The writers are imported when asked for. May import `words`,
`outcome`, `errors` and `source`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from importlib import import_module
from typing import Final, cast

from compliance.errors import Place, Problem
from compliance.outcome import ExitStatus
from compliance.words import Lang, Text


class Level(str, Enum):
    """How much a remark counts: an error fails the run, a warning is only said."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Remark:
    """One matter at one place.

    `check` names what was found (`never-fails`), as the documentation lists it; `text` says
    what is wrong, why it matters and what to write instead. `case` is the case of the review
    that it belongs to, mostly a rule's id, and empty where it belongs to none. `shown_by` is
    YAML, ready to paste: a record or an example that shows the matter.
    """

    check: str
    level: Level
    place: Place
    text: Text
    case: str = ""
    shown_by: str = ""

    def message(self, lang: Lang) -> str:
        """The remark on one line, its place and level first, its check's name last."""
        return f"{self.place}: {self.level.value}: {self.text.in_(lang)} [{self.check}]"


@dataclass(frozen=True, slots=True)
class Review:
    """All that one command has to say.

    `command` is what was run (`rules check`); `cases` are all cases looked at, whether or not
    a remark belongs to them; `summary` says in a sentence how it went.
    """

    command: str
    cases: tuple[str, ...]
    remarks: tuple[Remark, ...]
    summary: Text

    @property
    def exit_status(self) -> ExitStatus:
        """FINDINGS where an error is among the remarks; warnings do not count."""
        errors = any(remark.level is Level.ERROR for remark in self.remarks)
        return ExitStatus.FINDINGS if errors else ExitStatus.OK


def of_problem(problem: Problem, case: str = "") -> Remark:
    """A fault that loading refuses, as a remark; its check is the fault's name."""
    check = problem.key.replace("_", "-")
    return Remark(check, Level.ERROR, problem.place, problem.text, case)


def warned(remarks: tuple[Remark, ...], names: frozenset[str]) -> tuple[Remark, ...]:
    """The remarks, as warnings where the check or the case is among `names`."""
    return tuple(
        replace(remark, level=Level.WARNING) if names & {remark.check, remark.case} else remark
        for remark in remarks
    )


Writer = Callable[[Review, Lang], str]

FORMATS: Final[Mapping[str, str]] = {
    "text": "compliance.remarks.as_text",
    "json": "compliance.remarks.as_json",
    "sarif": "compliance.remarks.as_sarif",
    "junit": "compliance.remarks.as_junit",
    "github": "compliance.remarks.as_github",
}
"""Each format and the module whose `write` makes it."""


def render(name: str, review: Review, lang: Lang) -> str:
    """The review in the format `name`, as text that ends with a line end.

    KeyError for a name that is not in `FORMATS`.
    """
    writer = cast(Writer, import_module(FORMATS[name]).write)
    return writer(review, lang)
