"""`compliance rules coverage`: every clause and sentence of the standard and what answers it."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from compliance.cli.options import (
    Commands,
    print_review,
    print_text,
    remark_formats,
    rule_folder,
)
from compliance.errors import InputError, Place, Problem
from compliance.load import WORDING, read_rules
from compliance.outcome import ExitStatus
from compliance.words import coverage as words
from compliance.words import listed


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    coverage = commands.add_parser(
        "coverage",
        parents=[rule_folder(), remark_formats()],
        help="what answers each clause and each sentence of the standard",
    )
    coverage.add_argument(
        "--standard", type=Path, metavar="FILE", help="the text of the standard, to compare with"
    )
    coverage.add_argument(
        "--write", action="store_true", help="renew the digests of what has been read again"
    )
    coverage.set_defaults(command=run)


def run(options: argparse.Namespace) -> ExitStatus:
    from compliance.assure.account import read_account
    from compliance.assure.captions import caption_remarks
    from compliance.assure.coverage import account_remarks
    from compliance.assure.coverage_report import as_json, as_text, review
    from compliance.assure.edition import edition_remarks, standard_text

    if options.write and options.standard is None:
        said = words.say("write_without_standard")
        raise InputError([Problem(Place("--write"), said, "write_without_standard")])
    text = standard_text(options.standard) if options.standard else None
    if options.write and text is not None:
        _renew(options, text)
    files = read_rules(options.rules)
    account = read_account(files)
    remarks = [*account_remarks(files, account), *caption_remarks(files, text)]
    if text is not None:
        remarks += edition_remarks(account, text, str(options.standard))
    reviewed = review(account, remarks)
    if options.format == "text":
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        print_text(as_text(account, reviewed, options.lang, width))
    elif options.format == "json":
        print_text(as_json(account, reviewed, options.lang))
    else:
        print_review(reviewed, options)
    return reviewed.exit_status


def _renew(options: argparse.Namespace, text: str) -> None:
    """Renew the digests; say which, where it does not disturb what is printed."""
    from compliance.assure.account import read_account
    from compliance.assure.edition import renew

    files = read_rules(options.rules)
    names = renew(files, read_account(files), text, str(options.standard))
    said = (words.WROTE if names else words.WROTE_NONE).filled(
        path=files.documents[WORDING].file,
        count=len(names),
        names=listed(names),
    )
    print(said.in_(options.lang), file=sys.stderr)
