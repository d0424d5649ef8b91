"""`compliance redact`: records and filled forms without personal data, to be passed on."""

from __future__ import annotations

import argparse
from pathlib import Path

from compliance.cli.options import Commands, language, print_problems
from compliance.load import load_rules
from compliance.outcome import ExitStatus
from compliance.submission import SUFFIXES, read_documents
from compliance.words.commands import say


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    redact = commands.add_parser(
        "redact", parents=[language()], help="records without names, ID and phone numbers"
    )
    redact.add_argument(
        "paths", nargs="+", type=Path, metavar="FILE", help="records, folders, filled forms"
    )
    redact.add_argument(
        "--out", type=Path, metavar="DIR", default=Path("redacted"), help="default: redacted"
    )
    redact.add_argument(
        "--keep-notes", action="store_true", help="keep remarks, known names and numbers masked"
    )
    redact.add_argument("--rules", type=Path, metavar="DIR", help="rule files; default: shipped")
    redact.set_defaults(command=run)


def run(options: argparse.Namespace) -> ExitStatus:
    from compliance.intake.reading import Filled, read_forms
    from compliance.intake.record_file import write_records
    from compliance.intake.redact import redacted
    from compliance.intake.xlsform.sniff import is_form

    book = load_rules(options.rules)
    records = [
        path
        for path in options.paths
        if path.is_dir() or (path.suffix.lower() in SUFFIXES and not is_form(path))
    ]
    forms = [path for path in options.paths if path not in records]
    found, problems = read_documents(records, book) if records else ((), ())
    filled, unread = read_forms(forms, book)
    if problems or unread:
        print_problems((*problems, *unread), options)
        return ExitStatus.BAD_INPUT
    held = [*(Filled(document.data, record) for document, record in found), *filled]
    passed_on = [redacted(each, book, keep_notes=options.keep_notes) for each in held]
    for path in write_records(passed_on, options.out):
        print(say("written", options.lang, path=path))
    print(say("redacted", options.lang))
    return ExitStatus.OK
