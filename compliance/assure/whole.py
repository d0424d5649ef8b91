"""What must hold of the rule book as a whole: the invariants by name, proved or walked.

May import everything below `assure`; `invariants` and `walk`, which need the solver, are
imported when they are asked for.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from compliance.load import RuleFiles
from compliance.remarks import Remark, warned

PROVED: Final = (
    "good-observation-worsens",
    "good-member-worsens",
    "order-matters",
    "reads-identity",
    "pending-not-settled",
)
"""The breaches that the solver looks for among all records."""

WALKED: Final = ("box-not-its-own", "advice-ticks-box", "types-touch", "owner-leaves-trace")
"""The breaches that are looked for in answers, over records in which each rule fails."""

INVARIANTS: Final = (*PROVED, *WALKED, "undecided-invariant")


def whole(
    files: RuleFiles, *, off: frozenset[str], warn: frozenset[str], doubted: Collection[str]
) -> tuple[Remark, ...]:
    """Each breach but those in `off`, in the order of the rules; in `warn`, a warning.

    Rules in `doubted` are left out: what is said of them already would be said again.
    ImportError where the solver is missing.
    """
    from compliance.assure.invariants import proved
    from compliance.assure.walk import walked

    rules = tuple(rule for rule in files.book.rules if rule.id not in doubted)
    trusted = replace(files, book=replace(files.book, rules=rules))
    wanted = [name for name in INVARIANTS if name not in off]
    found = [*proved(trusted)] if {*wanted} & {*PROVED} else []
    found += walked(trusted) if {*wanted} & {*WALKED} else ()
    return warned(tuple(remark for remark in found if remark.check in wanted), warn)
