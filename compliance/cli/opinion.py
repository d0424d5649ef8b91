"""`compliance opinion`: records -> form B.1, notices and opinions.json."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from compliance.cli.options import Commands, book_of, evaluated, print_problems, record_options
from compliance.errors import Place
from compliance.outcome import ExitStatus
from compliance.source import fault
from compliance.submission import read_submissions
from compliance.words.commands import say


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    opinion = commands.add_parser(
        "opinion",
        parents=[record_options()],
        help="records -> form B.1, notices and opinions.json",
    )
    opinion.add_argument("--out", type=Path, required=True, help="folder to write to")
    opinion.set_defaults(command=run)


def run(options: argparse.Namespace) -> ExitStatus:
    from compliance import filing
    from compliance.forms import Case
    from compliance.intake.evidence_check import check_evidence
    from compliance.progress import progress
    from compliance.summary import summary

    book = book_of(options)
    submission = read_submissions(options.paths, book)
    chosen, clashes = filing.latest(submission.records)
    done, differences = evaluated(options, book, chosen)
    cases = [Case(record, report) for record, report in done]
    filings, foreign = filing.by_bank(cases, submission.applications)
    problems = (*submission.problems, *check_evidence(chosen), *clashes, *foreign)
    if cases:
        total = sum(1 for _ in filing.documents(filings, book, options.lang))
        with progress(total, say("writing", options.lang), sys.stderr) as step:
            names = filing.write(
                filings,
                book,
                options.out,
                options.lang,
                without=[options.without] if options.without else [],
                step=step,
            )
        print(summary(filings, names, options.out, book, options.lang))
    elif not problems and not differences:
        problems = (fault(Place(str(options.paths[0])), "no_adaptation"),)
    print_problems((*problems, *differences), options)
    if differences:
        return ExitStatus.DISAGREEMENT
    return ExitStatus.BAD_INPUT if problems else ExitStatus.OK
