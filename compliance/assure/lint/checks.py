"""The checks of the linter by name: what `--off` and `--warn` take and the documentation lists.

May import `remarks`. What a check does stands in a module of the package under the check's
name, and is imported when the check is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from compliance.remarks import Level


@dataclass(frozen=True, slots=True)
class Check:
    """A check: how much its findings count, and which module of the package makes it.

    Those with `solver` need z3.
    """

    level: Level
    module: str
    solver: bool = False


CHECKS: Final[Mapping[str, Check]] = {
    "unused-fact": Check(Level.ERROR, "vocabulary"),
    "unused-field": Check(Level.ERROR, "vocabulary"),
    "unasked-field": Check(Level.ERROR, "vocabulary"),
    "fact-not-needed": Check(Level.ERROR, "vocabulary"),
    "missing-translation": Check(Level.ERROR, "texts"),
    "missing-remedy": Check(Level.ERROR, "texts"),
    "id-clause-mismatch": Check(Level.ERROR, "clauses"),
    "verb-differs": Check(Level.ERROR, "clauses"),
    "effective-overlap": Check(Level.ERROR, "periods"),
    "effective-gap": Check(Level.ERROR, "periods"),
    "caption-differs": Check(Level.ERROR, "derived"),
    "stale-schema": Check(Level.ERROR, "derived"),
    "never-applies": Check(Level.ERROR, "outcomes", solver=True),
    "never-fails": Check(Level.ERROR, "outcomes", solver=True),
    "never-passes": Check(Level.ERROR, "outcomes", solver=True),
    "contradiction": Check(Level.ERROR, "relations", solver=True),
    "implied": Check(Level.ERROR, "relations", solver=True),
    "unreachable-branch": Check(Level.ERROR, "parts", solver=True),
    "redundant-condition": Check(Level.ERROR, "parts", solver=True),
    # Says what the others have left open, so it comes last.
    "undecided": Check(Level.WARNING, "asking", solver=True),
}
