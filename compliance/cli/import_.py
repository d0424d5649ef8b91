"""`compliance import`: filled checklists in, as records; a second visit into a record."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from compliance.cli.options import Commands, language, print_problems
from compliance.errors import InputError, Place, Problem
from compliance.load import load_rules
from compliance.outcome import ExitStatus
from compliance.rulebook import RuleBook
from compliance.source import Document, fault
from compliance.words.commands import say

if TYPE_CHECKING:
    from compliance.intake.reading import Filled


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    read = commands.add_parser(
        "import", parents=[language()], help="filled checklists in, as records"
    )
    read.add_argument("paths", nargs="*", type=Path, metavar="FILE", help="filled forms")
    read.add_argument(
        "--out", type=Path, metavar="DIR", default=Path("inspections"), help="default: inspections"
    )
    read.add_argument("--into", type=Path, metavar="RECORD", help="a record to complete")
    read.add_argument(
        "--keep-location", action="store_true", help="leave position data in photos as they are"
    )
    read.add_argument(
        "--redact", action="store_true", help="write records without names, ID and phone numbers"
    )
    read.add_argument(
        "--settle", action="append", default=[], metavar="FACT=VALUE", help="end a dispute"
    )
    read.add_argument("--by", metavar="NAME", help="who settles it")
    read.add_argument("--on", metavar="DATE", help="the day it is settled, YYYY-MM-DD")
    read.add_argument("--reason", metavar="TEXT", help="why it is settled so")
    read.add_argument("--rules", type=Path, metavar="DIR", help="rule files; default: shipped")
    read.set_defaults(command=run)


def run(options: argparse.Namespace) -> ExitStatus:
    from compliance.intake.reading import read_forms

    _refuse_misuse(options)
    book = load_rules(options.rules)
    # What is handed in waits here until all of it is known to be good.
    with tempfile.TemporaryDirectory() as staging:
        filled, problems = read_forms(
            options.paths, book, Path(staging), keep_location=options.keep_location
        )
        if problems:
            print_problems(problems, options)
            return ExitStatus.BAD_INPUT
        if options.into:
            _into(options, book, filled)
        else:
            _out(options, book, filled)
    return ExitStatus.OK


def _refuse_misuse(options: argparse.Namespace) -> None:
    """Raises InputError for options that do not go together."""
    problems: list[Problem] = []
    if options.settle and not options.into:
        problems.append(fault(Place("--settle"), "into_needed"))
    given = {"--by": options.by, "--on": options.on, "--reason": options.reason}
    if not options.settle and (alone := [name for name, text in given.items() if text is not None]):
        problems.append(fault(Place("import"), "settling_alone", found=", ".join(alone)))
    if options.redact and options.into:
        problems.append(fault(Place("--redact"), "redact_into"))
    if not options.paths and not options.settle:
        problems.append(fault(Place("import"), "nothing_to_import"))
    if problems:
        raise InputError(problems)


def _out(options: argparse.Namespace, book: RuleBook, filled: Sequence[Filled]) -> None:
    from compliance.intake.evidence import FOLDER
    from compliance.intake.record_file import write_records
    from compliance.intake.redact import redacted

    if options.redact:
        filled = [redacted(each, book) for each in filled]
    for path in write_records(filled, options.out):
        print(say("written", options.lang, path=path))
    files = {file.name for each in filled for file in each.files}
    if files:
        folder = options.out / FOLDER
        print(say("evidence_kept", options.lang, count=len(files), folder=folder))
    if options.redact:
        print(say("redacted", options.lang))


def _into(options: argparse.Namespace, book: RuleBook, visits: Sequence[Filled]) -> None:
    """Complete the record by the visits, settle what is to be settled, and write it back."""
    from compliance.intake.disputes import settle, settlement
    from compliance.intake.evidence_check import check_evidence
    from compliance.intake.record_file import checked, read_record, rewrite

    found = read_record(options.into, book)
    if problems := check_evidence([found.record]):
        raise InputError(problems)
    record, filled, problems = _completed(found, visits, book)
    settled: tuple[str, ...] = ()
    if options.settle and not problems:
        asked = settlement(options.settle, options.by, options.on, options.reason, book)
        done = settle(record.data, asked, book)
        settled = done.filled
        record = checked(Document(str(options.into), done.data), book)
    if problems:
        raise InputError(problems)
    if record.data != found.data:
        rewrite(record, options.into, [file for visit in visits for file in visit.files])
    _print_completed(options, book, record, found, filled, settled)


def _completed(
    record: Filled, visits: Sequence[Filled], book: RuleBook
) -> tuple[Filled, int, tuple[Problem, ...]]:
    """The record after all visits, how much they filled in, and what is wrong with them."""
    from compliance.intake.merge import complete
    from compliance.intake.record_file import checked

    filled = 0
    problems: list[Problem] = []
    for visit in visits:
        try:
            done = complete(record, visit, book)
            record = checked(Document(record.record.source, done.data), book)
        except InputError as error:
            problems += error.problems
        else:
            filled += len(done.filled)
    return record, filled, tuple(problems)


def _print_completed(
    options: argparse.Namespace,
    book: RuleBook,
    record: Filled,
    found: Filled,
    filled: int,
    settled: Sequence[str],
) -> None:
    from compliance.report import View
    from compliance.report.wording import disputed

    if record.data == found.data:
        print(say("nothing_new", options.lang, path=options.into))
    elif options.paths:
        print(say("completed", options.lang, path=options.into, filled=filled))
    if settled:
        listed = ", ".join(settled)
        print(say("settled", options.lang, path=options.into, settled=listed))
    for dispute in record.record.disputed:
        print("  " + disputed(dispute, View(options.lang, book)))
