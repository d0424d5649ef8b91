"""What the questions of the phone form are called, so that a name tells its place in a record.

A fact is called by its own name; everything else by two words with `__` between them:
`inspection__date`, `note__television`. Servers put the names of groups before these, with
`/`, `-` or as nested data; only the last part counts. May import `rulebook` and `source`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from compliance.condition import FactType
from compliance.rulebook import RuleBook
from compliance.source import Path_

VOCABULARY: Final = "form__vocabulary"
POSITION: Final = "visit__position"
START: Final = "visit__start"
END: Final = "visit__end"
NUMBER: Final = "inspection__number"
UUID: Final = "form__uuid"
PICK: Final = "outlet__pick"

YES: Final = "yes"
NO: Final = "no"
UNSEEN: Final = "unseen"
"""The values of a choice; the texts that people see stand in the form."""

UNUSED: Final = frozenset({NUMBER, UUID, PICK, END})
"""Questions that a record has no place for, or whose answers another question holds."""

_STRAIGHTENED: Final = ("“”‘’", "〝〞‵′")

_INSPECTION: Final = ("id", "stage", "date", "inspector", "previous_inspection_date")
_OUTLET: Final = (
    *("id", "name", "type", "bank", "address", "contact", "phone", "district", "listed_on"),
)
_DAYS: Final = ("date", "previous_inspection_date", "listed_on")
_LAST: Final = re.compile(r"[^/.-]*\Z")


def note(fact: str) -> str:
    """The question that takes the inspector's remark on a fact."""
    return f"note__{fact}"


def photo(fact: str) -> str:
    """The question that takes a photo of a fact."""
    return f"photo__{fact}"


def any_of(fact: str) -> str:
    """The question whether a list has members: no repeat at all would not tell."""
    return f"any__{fact}"


def last(key: str) -> str:
    """A question's own name, without the groups that a server put before it."""
    found = _LAST.search(key)
    return found.group() if found else key


def as_kept(text: str) -> str:
    """A text of an outlet as the form holds it: pyxform would make its quotation marks ASCII."""
    return text.translate(str.maketrans(*_STRAIGHTENED))


def as_read(text: str) -> str:
    """What `as_kept` made, as it was."""
    return text.translate(str.maketrans(*reversed(_STRAIGHTENED)))


def questions(book: RuleBook) -> Mapping[str, tuple[Path_, FactType]]:
    """Each question with one plain answer: where it goes in a record, and its type."""
    named: dict[str, tuple[Path_, FactType]] = {VOCABULARY: (("vocabulary",), FactType.TEXT)}
    for part, names in (("inspection", _INSPECTION), ("outlet", _OUTLET)):
        for name in names:
            type_ = FactType.DATE if name in _DAYS else FactType.TEXT
            named[f"{part}__{name}"] = ((part, name), type_)
    for name, fact in book.facts.items():
        named[note(name)] = (("notes", name), FactType.TEXT)
        if fact.type is not FactType.LIST:
            named[name] = (("observations", name), fact.type)
    return named
