"""`compliance rules check`: everything that is wrong or doubtful about rule files."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from compliance.cli.options import Commands, print_review, remark_formats, rule_folder
from compliance.errors import InputError, Place, Problem, RulesError
from compliance.load import read_rules, shipped_rules
from compliance.outcome import ExitStatus
from compliance.words import Text
from compliance.words import lint as words

if TYPE_CHECKING:
    from compliance.assure.lint import Lint
    from compliance.load import RuleFiles
    from compliance.remarks import Review
    from compliance.rulebook import RuleBook

COMMAND = "rules check"


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    check = commands.add_parser(
        "check",
        parents=[rule_folder(), remark_formats()],
        help="say everything that is wrong with rule files",
    )
    check.add_argument(
        "--warn",
        action="append",
        default=[],
        metavar="ID",
        help="findings of this check, or on this rule, do not fail the run; repeatable",
    )
    check.add_argument(
        "--off", action="append", default=[], metavar="ID", help="leave this check out; repeatable"
    )
    check.add_argument(
        "--standard",
        type=Path,
        metavar="FILE",
        help="the text of the standard, to compare captions with",
    )
    check.set_defaults(command=run)


def run(options: argparse.Namespace) -> ExitStatus:
    from compliance.assure.lint import lint
    from compliance.assure.lint.checks import CHECKS
    from compliance.assure.whole import INVARIANTS

    folder = options.rules or shipped_rules()
    names = (*CHECKS, *INVARIANTS)
    _known(options.off, names, "--off", "unknown_check")
    text = None
    if options.standard:
        from compliance.assure.edition import standard_text

        text = standard_text(options.standard)
    try:
        files = read_rules(folder)
    except RulesError as error:
        if not folder.is_dir():
            raise
        review = _refused(error)
    else:
        known = (*names, *(rule.id for rule in files.book.rules))
        _known(options.warn, known, "--warn", "unknown_check_or_rule")
        off, warn = frozenset(options.off), frozenset(options.warn)
        found = lint(files, off=off, warn=warn, standard=text)
        review = _linted(files.book, _with_invariants(files, found, off, warn))
    print_review(review, options)
    return review.exit_status


def _known(ids: Iterable[str], known: Iterable[str], option: str, key: str) -> None:
    """Refuse an id that is none of the known ones."""
    from compliance.assure.lint.checks import CHECKS
    from compliance.assure.whole import INVARIANTS
    from compliance.source import hint
    from compliance.words.faults import FAULTS

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
    from compliance.assure.lint import solver_missing
    from compliance.assure.lint.checks import CHECKS
    from compliance.assure.whole import INVARIANTS, whole

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
    from compliance.remarks import Review, of_problem

    remarks = tuple(of_problem(problem) for problem in error.problems)
    return Review(COMMAND, (), remarks, words.say("bad", errors=len(remarks), more=Text("", "")))


def _linted(book: RuleBook, found: Lint) -> Review:
    """The review of a rule book."""
    from compliance.remarks import Level, Review
    from compliance.words.commands import SAYS

    errors = sum(remark.level is Level.ERROR for remark in found.remarks)
    warnings = len(found.remarks) - errors
    names = words.listed(found.left_out)
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
        parts.append(Text(*(text.format(**counts) for text in SAYS["rules_good"])))
    summary = Text("".join(t.zh for t in parts), " ".join(t.en for t in parts))
    cases = tuple(rule.id for rule in book.rules)
    return Review(COMMAND, cases, found.remarks, summary)
