"""The review that `rules check` prints: rule files as they load, each rule, and the whole book.

May import the package, `checks` beside it, `whole`, and everything below `assure`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from compliance.assure import solver_missing
from compliance.assure.lint import Lint, lint
from compliance.assure.lint.checks import CHECKS
from compliance.assure.whole import INVARIANTS, whole
from compliance.errors import InputError, Place, Problem, RulesError
from compliance.load import RuleFiles, read_rules
from compliance.remarks import Level, Review, of_problem
from compliance.rulebook import RuleBook
from compliance.source import hint
from compliance.words import Text, listed
from compliance.words import lint as words
from compliance.words.commands import SAYS
from compliance.words.faults import FAULTS

COMMAND: Final = "rules check"


def review_rules(
    folder: Path, *, off: Sequence[str] = (), warn: Sequence[str] = (), standard: str | None = None
) -> Review:
    """Everything that is wrong or doubtful about the rule files in `folder`.

    Checks in `off` are left out, findings of a check or on a rule in `warn` are warnings;
    `standard` is the text of the standard, with which captions are then compared. Raises
    InputError for a name that is none, RulesError where there is no such folder.
    """
    names = (*CHECKS, *INVARIANTS)
    _known(off, names, "--off", "unknown_check")
    try:
        files = read_rules(folder)
    except RulesError as error:
        if not folder.is_dir():
            raise
        return _refused(error)
    known = (*names, *(rule.id for rule in files.book.rules))
    _known(warn, known, "--warn", "unknown_check_or_rule")
    without, warned = frozenset(off), frozenset(warn)
    found = lint(files, off=without, warn=warned, standard=standard)
    return _linted(files.book, _with_invariants(files, found, without, warned))


def _known(ids: Iterable[str], known: Iterable[str], option: str, key: str) -> None:
    """Refuse an id that is none of the known ones."""
    names = tuple(known)
    problems = []
    for found in ids:
        if found in names:
            continue
        if found.replace("-", "_") in FAULTS:
            said = words.say("loading_fault", found=found)
        else:
            expected = ", ".join((*CHECKS, *INVARIANTS))
            said = words.say(key, found=found, expected=expected, hint=hint(found, names))
        problems.append(Problem(Place(option), said, key))
    if problems:
        raise InputError(problems)


def _with_invariants(
    files: RuleFiles, found: Lint, off: frozenset[str], warn: frozenset[str]
) -> Lint:
    """What was found, with what the whole book breaks; rules that are doubted already aside."""
    wanted = tuple(name for name in INVARIANTS if name not in off)
    if not wanted:
        return found
    if why := solver_missing():
        return replace(found, left_out=(*found.left_out, *wanted), why=why)
    doubted = {remark.case for remark in found.remarks if CHECKS[remark.check].solver}
    broken = whole(files, off=off, warn=warn, doubted=doubted)
    return replace(found, remarks=(*found.remarks, *broken))


def _refused(error: RulesError) -> Review:
    """The review of rule files that cannot be read as a rule book."""
    remarks = tuple(of_problem(problem) for problem in error.problems)
    return Review(COMMAND, (), remarks, words.say("bad", errors=len(remarks), more=Text("", "")))


def _linted(book: RuleBook, found: Lint) -> Review:
    """The review of a rule book."""
    errors = sum(remark.level is Level.ERROR for remark in found.remarks)
    warnings = len(found.remarks) - errors
    names = listed(found.left_out)
    parts = [words.say("no_solver", why=found.why, names=names)] if found.left_out else []
    if errors:
        more = words.say("more", warnings=warnings) if warnings else Text("", "")
        parts = [words.say("bad", errors=errors, more=more), *parts]
    else:
        counts = {
            "rules": len(book.rules),
            "facts": len(book.facts),
            "clauses": len(book.standard.clauses),
            "digest": book.digest,
        }
        parts = [words.say("warned", warnings=warnings), *parts] if warnings else parts
        parts.append(SAYS["rules_good"].filled(**counts))
    summary = Text("".join(t.zh for t in parts), " ".join(t.en for t in parts))
    cases = tuple(rule.id for rule in book.rules)
    return Review(COMMAND, cases, found.remarks, summary)
