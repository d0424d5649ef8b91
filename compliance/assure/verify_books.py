"""The rule book of a digest: given, shipped, or out of the history of the rules.

May import `revisions` beside it and `load`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from compliance.assure.revisions import FOLDER, history, is_shallow, read_rules_at
from compliance.errors import ComplianceError, InputError, Problem
from compliance.load import RuleFiles, digest_of, read_rules
from compliance.rulebook import RuleBook

SHIPPED: Final = "shipped"
"""The place of the rules that come with the program."""


@dataclass(frozen=True, slots=True)
class Look:
    """One place looked in: SHIPPED, a folder or a revision.

    `digest` is that of all its rules, None where they do not load. `book` is the rule book
    sought, if it is here; `without` are the groups of rules that it leaves out.
    """

    place: str
    digest: str | None = None
    book: RuleBook | None = None
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Search:
    """Where a rule book was sought: at the place named first, then in `revisions`.

    `no_history` says why there are no revisions where there could have been; `shallow`
    that a clone does not have all of them.
    """

    first: Look
    revisions: tuple[Look, ...] = ()
    no_history: Problem | None = None
    shallow: bool = False

    @property
    def found(self) -> Look | None:
        """The look that found it: always the last."""
        last = self.revisions[-1] if self.revisions else self.first
        return last if last.book else None


def find_book(digest: str, where: str | None, without: Sequence[str] | None) -> Search:
    """The rule book of `digest`, with the owner's rules or without them.

    It is sought in `where` (a folder or revision) alone or, if that is None, in the shipped
    rules and then in the history of `rules` in the current repository, newest first. `without`
    is what was left out, None if that is not known. Raises ComplianceError where `where`
    cannot be read.
    """
    order = (False, True) if without else (True, False)
    first = _look(where or SHIPPED, digest, order)
    if first.book or where is not None:
        return Search(first)
    try:
        commits = list(history())
    except InputError as error:
        return Search(first, no_history=error.problems[0])
    looks: list[Look] = []
    for commit in commits:
        place = f"{commit[:12]}:{FOLDER}"
        try:
            looks.append(_look(place, digest, order))
        except ComplianceError:  # rules of another time, not of this program's schema: said so
            looks.append(Look(place))
        if looks[-1].book:
            break
    return Search(first, tuple(looks), shallow=is_shallow())


def _look(place: str, digest: str, order: Sequence[bool]) -> Look:
    files = _read(place, supplementary=True)
    standard = {id_: rule for id_, rule in files.raw["rules"].items() if rule["basis"] != "owner"}
    digests = {True: files.book.digest, False: digest_of({**files.raw, "rules": standard})}
    for supplementary in order:
        if digests[supplementary] == digest:
            book = files.book if supplementary else _read(place, supplementary=False).book
            return Look(place, digest, book, () if supplementary else ("supplementary",))
    return Look(place, digests[True])


def _read(place: str, *, supplementary: bool) -> RuleFiles:
    if place == SHIPPED:
        return read_rules(supplementary=supplementary)
    return read_rules_at(place, supplementary=supplementary)
