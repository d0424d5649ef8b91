"""`compliance check`: records -> findings."""

from __future__ import annotations

import argparse
import shutil
import sys

from compliance.cli.options import (
    Commands,
    book_of,
    evaluated,
    print_problems,
    print_text,
    record_options,
)
from compliance.outcome import ExitStatus
from compliance.report import REPORTS
from compliance.submission import read_submissions


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    check = commands.add_parser("check", parents=[record_options()], help="records -> findings")
    check.add_argument("--format", choices=list(REPORTS), default="table", help="default: table")
    check.set_defaults(command=run)


def run(options: argparse.Namespace) -> ExitStatus:
    from compliance.intake.evidence_check import check_evidence
    from compliance.report import render

    book = book_of(options)
    submission = read_submissions(options.paths, book)
    done, problems = evaluated(options, book, submission.records)
    reports = [report for _, report in done]
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    if reports or options.format != "table":
        print_text(render(options.format, reports, options.lang, book, width))
    bad = (*submission.problems, *check_evidence(submission.records))
    print_problems((*bad, *problems), options)
    if problems:
        return ExitStatus.DISAGREEMENT
    if bad:
        return ExitStatus.BAD_INPUT
    return ExitStatus.OK if all(report.settled for report in reports) else ExitStatus.FINDINGS
