"""One submission as every export holds it, whatever its shape: answers by question.

May import `names` of this package.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from compliance.intake.xlsform.names import last

_SERVERS: Final = frozenset(
    (
        *("SubmissionDate", "KEY", "PARENT_KEY", "SubmitterID", "SubmitterName", "Status"),
        *("AttachmentsPresent", "AttachmentsExpected", "ReviewState", "DeviceID", "Edits"),
        *("FormVersion", "instanceID", "instanceName", "deprecatedID", "rootUuid"),
    )
)
"""What a server or the phone's program adds to the answers (`_…` aside)."""
_SERVERS_GROUPS: Final = ("meta", "orx:meta", "formhub")


class Answer(NamedTuple):
    """What was answered, as the export holds it, and where it stands there."""

    value: Any
    cell: str

    @property
    def given(self) -> bool:
        """Whether there is an answer at all: an empty text is none."""
        return self.value is not None and self.value != "" and self.value != []


Answers = dict[str, Answer]


@dataclass(slots=True)
class Submission:
    """One filled form: its own name on the server, and where it stands in the export.

    `members` holds the repeats by the fact's name, `stored` the name under which the server
    keeps the file of a photo's question, `form` what the form is called, `twice` the
    questions that stand there more than once.
    """

    id: str
    at: str
    form: str = ""
    answers: Answers = field(default_factory=dict)
    members: dict[str, list[Answers]] = field(default_factory=dict)
    stored: dict[str, str] = field(default_factory=dict)
    twice: list[Answer] = field(default_factory=list)

    def add(self, name: str, value: object, cell: str, *, member: Answers | None = None) -> None:
        """Take in an answer; of two to one question the second is told, unless it is empty."""
        held, answer = self.answers if member is None else member, Answer(value, cell)
        if name not in held or not held[name].given:
            held[name] = answer
        elif answer.given:
            self.twice.append(answer)


def is_servers(key: str) -> bool:
    """Whether a key or column is the server's or the phone's own and no question's."""
    group = key.replace("-", "/").split("/")[0]
    return (
        key.startswith("_")
        or "@odata." in key
        or group in _SERVERS_GROUPS
        or last(key) in _SERVERS
        or last(key).startswith("_")
    )


def take(submission: Submission, data: Mapping[str, Any], lists: frozenset[str]) -> None:
    """Take in answers held as data: groups nest or stand before the names with `/`.

    `lists` are the names of the repeats.
    """
    _take(submission, data, lists, None)


def _take(
    submission: Submission, data: Mapping[str, Any], lists: frozenset[str], member: Answers | None
) -> None:
    for key, value in data.items():
        name = last(key)
        if is_servers(key):
            continue
        if isinstance(value, Mapping) and value.get("type") != "Point":
            _take(submission, value, lists, member)
        elif name in lists and member is None and isinstance(value, list):
            for each in value:
                answers: Answers = {}
                submission.members.setdefault(name, []).append(answers)
                if isinstance(each, Mapping):
                    _take(submission, each, lists, answers)
        else:
            submission.add(name, value, f"{submission.at}!{key}", member=member)
