"""`compliance rules diff`: what a change of rules means, and what it does to inspections."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from compliance.cli.options import Commands, evaluated, language, print_problems, print_text
from compliance.errors import Problem
from compliance.outcome import ExitStatus
from compliance.words.commands import say

if TYPE_CHECKING:
    from compliance.assure.diff import RulesDiff
    from compliance.assure.forecast import Forecast, Judged
    from compliance.record import Record


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    diff = commands.add_parser(
        "diff",
        parents=[language()],
        help="compare two states of the rules by meaning, and forecast what changes",
    )
    for name in ("old", "new"):
        diff.add_argument(
            name, metavar=name.upper(), help="a folder or a git revision: DIR, REV or REV:PATH"
        )
    diff.add_argument(
        "--records",
        nargs="+",
        action="extend",
        type=Path,
        metavar="PATH",
        help="files or folders of records, judged by both",
    )
    diff.add_argument(
        "--format", choices=("text", "json", "html"), default="text", help="default: text"
    )
    diff.add_argument("--out", type=Path, metavar="FILE", help="default: standard output")
    diff.add_argument("--without", choices=["supplementary"], help="leave the owner's rules out")
    diff.set_defaults(command=run, engine=None)


def run(options: argparse.Namespace) -> ExitStatus:
    from compliance.assure.diff import compare
    from compliance.assure.revisions import read_rules_at
    from compliance.words import diff as words

    supplementary = options.without != "supplementary"
    old = read_rules_at(options.old, supplementary=supplementary)
    new = read_rules_at(options.new, supplementary=supplementary)
    diff = compare(old, new, options.old, options.new)
    ahead: Forecast | None = None
    problems: Sequence[Problem] = ()
    differences: Sequence[Problem] = ()
    if options.records:
        ahead, problems, differences = _forecast(diff, options)
    _write(diff, ahead, options)
    if not (diff.solver or diff.same):
        print(words.NO_SOLVER.in_(options.lang), file=sys.stderr)
    print_problems((*problems, *differences), options)
    if differences:
        return ExitStatus.DISAGREEMENT
    return ExitStatus.BAD_INPUT if problems else ExitStatus.OK


def _forecast(
    diff: RulesDiff, options: argparse.Namespace
) -> tuple[Forecast, Sequence[Problem], Sequence[Problem]]:
    """The forecast, what is wrong with the records, and what engines disagree on."""
    from compliance import filing
    from compliance.assure import forecast
    from compliance.submission import read_submissions

    books = (diff.old.book, diff.new.book)
    old, new = (read_submissions(options.records, book) for book in books)
    chosen, clashes = filing.latest(forecast.joined(old, new))
    judged, differences = _judged(diff, old.records, new.records, options)
    problems = (*forecast.problems(old, new), *clashes)
    latest = {record.inspection.id for record in chosen}
    count = len(problems) + len(differences)
    return forecast.forecast(diff, judged, latest, count), problems, differences


def _judged(
    diff: RulesDiff,
    old: Sequence[Record],
    new: Sequence[Record],
    options: argparse.Namespace,
) -> tuple[list[Judged], list[Problem]]:
    """The records that are valid under both rule books, evaluated under each."""
    from compliance.assure.forecast import Judged

    kept = {record.inspection.id for record in new}
    common = [record for record in old if record.inspection.id in kept]
    before, differences = evaluated(options, diff.old.book, common)
    after, others = evaluated(options, diff.new.book, common)
    reports = {record.inspection.id: report for record, report in after}
    judged = [
        Judged(record, report, reports[record.inspection.id])
        for record, report in before
        if record.inspection.id in reports
    ]
    return judged, [*differences, *others]


def _write(diff: RulesDiff, ahead: Forecast | None, options: argparse.Namespace) -> None:
    text = _rendered(diff, ahead, options)
    if options.out is None:
        print_text(text)
        return
    from compliance import output

    output.write_file(options.out, text.encode("utf-8", "backslashreplace"))
    print(say("written", options.lang, path=options.out))


def _rendered(diff: RulesDiff, ahead: Forecast | None, options: argparse.Namespace) -> str:
    if options.format == "json":
        from compliance.assure.diff_json import as_json

        return as_json(diff, ahead)
    if options.format == "html":
        from compliance.assure.diff_page import as_page

        return as_page(diff, ahead, options.lang)
    from compliance.assure.diff_text import as_text

    to_terminal = options.out is None and sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if to_terminal else None
    return as_text(diff, ahead, options.lang, width)
