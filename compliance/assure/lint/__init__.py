"""The linter: what is doubtful about rule files that load.

Each check is a function of its own, called after its name, from the rule files to remarks.
May import everything below `assure`, and what lies beside it; the solver is loaded with the
checks that need it, and those are left out where it is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from compliance.assure import solver_missing
from compliance.assure.lint.checks import CHECKS
from compliance.assure.lint.material import Material
from compliance.load import RuleFiles
from compliance.remarks import Remark, warned

Finder = Callable[[Material], Iterator[Remark]]


@dataclass(frozen=True, slots=True)
class Lint:
    """What was found, in the order of places; the checks left out for want of a solver, and why."""

    remarks: tuple[Remark, ...]
    left_out: tuple[str, ...]
    why: str


def lint(
    files: RuleFiles,
    *,
    off: frozenset[str] = frozenset(),
    warn: frozenset[str] = frozenset(),
    standard: str | None = None,
) -> Lint:
    """Every check of the rule files but those in `off`.

    Findings of a check or on a rule in `warn` are warnings. `standard` is the text of the
    standard, with which captions are then compared.
    """
    wanted = [name for name in CHECKS if name not in off]
    why = solver_missing() if any(CHECKS[name].solver for name in wanted) else ""
    left_out = tuple(name for name in wanted if CHECKS[name].solver) if why else ()
    material = Material(files, standard, warn)
    found = [each for name in wanted if name not in left_out for each in finder(name)(material)]
    return Lint(warned(tuple(sorted(found, key=_order)), warn), left_out, why)


def finder(name: str) -> Finder:
    """The function that makes the check called `name`."""
    module = import_module(f"{__name__}.{CHECKS[name].module}")
    return cast(Finder, getattr(module, name.replace("-", "_")))


def _order(found: Remark) -> tuple[str, int, int, str]:
    place = found.place
    return place.file, place.line or 0, place.column or 0, found.check
