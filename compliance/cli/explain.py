"""`compliance explain`: how an outcome came about and what would change it."""

from __future__ import annotations

import argparse
from pathlib import Path

from compliance.cli.options import Commands, book_of, evaluated, evaluation_options, print_problems
from compliance.errors import InputError, Place
from compliance.outcome import ExitStatus
from compliance.source import fault, hint
from compliance.submission import read_submissions


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    explain = commands.add_parser(
        "explain",
        parents=[evaluation_options()],
        help="how an outcome came about and what would change it",
    )
    explain.add_argument("path", type=Path, metavar="PATH", help="a record or a folder of them")
    explain.add_argument(
        "rule", nargs="?", metavar="RULE", help="a rule's id; without: the opinion"
    )
    explain.set_defaults(command=run)


def run(options: argparse.Namespace) -> ExitStatus:
    from compliance.explain import explain_opinion, explain_rule
    from compliance.intake.evidence_check import check_evidence

    book = book_of(options)
    rule = book.rule(options.rule) if options.rule else None
    if options.rule and rule is None:
        ids = [known.id for known in book.rules]
        place = Place(str(options.rules or "RULE"))
        raise InputError(
            [fault(place, "unknown_rule", found=options.rule, hint=hint(options.rule, ids))]
        )
    submission = read_submissions([options.path], book)
    # The engines answer and are compared first: what they differ on is not explained.
    done, problems = evaluated(options, book, submission.records)
    texts = [
        explain_rule(book, record, rule, options.lang)
        if rule
        else explain_opinion(book, record, options.lang)
        for record, _ in done
    ]
    if texts:
        print("\n".join(texts), end="")
    bad = (*submission.problems, *check_evidence(submission.records))
    print_problems((*bad, *problems), options)
    if problems:
        return ExitStatus.DISAGREEMENT
    return ExitStatus.BAD_INPUT if bad else ExitStatus.OK
