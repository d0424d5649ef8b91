"""`compliance rules docs`: pages on the rules, written or held against the rule files."""

from __future__ import annotations

import argparse
import os
import shlex
from pathlib import Path

from compliance.cli.options import Commands, print_review, rule_folder
from compliance.load import read_rules, shipped_rules
from compliance.outcome import ExitStatus


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    docs = commands.add_parser(
        "docs",
        parents=[rule_folder()],
        help="write a page a rule and an index, in both languages",
    )
    docs.add_argument("--out", type=Path, metavar="FOLDER", help="default: docs/rules beside DIR")
    docs.add_argument(
        "--check", action="store_true", help="write nothing; say which pages are not current"
    )
    docs.set_defaults(command=run, format="text")


def run(options: argparse.Namespace) -> ExitStatus:
    from compliance.assure import rule_docs
    from compliance.words import rule_docs as words

    directory: Path = options.rules or shipped_rules()
    # Not `directory.parent`: that of `.` is `.` again.
    beside = Path(os.path.normpath(directory / os.pardir / "docs" / "rules"))
    out: Path = options.out or beside
    made = rule_docs.documentation(read_rules(directory))
    found = rule_docs.compare(made, out)
    if options.check:
        review = rule_docs.check_review(found, out, _command(options))
    else:
        done = rule_docs.update(found, made, out)
        for text, names in ((words.WRITTEN, done.written), (words.REMOVED, done.removed)):
            for name in names:
                print(text.in_(options.lang).format(path=out / name))
        review = rule_docs.update_review(found, done, out, _command(options))
    print_review(review, options)
    return review.exit_status


def _command(options: argparse.Namespace) -> str:
    """The command that writes these pages, as a shell takes it."""
    words = ["compliance", "rules", "docs"]
    words += [str(options.rules)] if options.rules else []
    words += ["--out", str(options.out)] if options.out else []
    return shlex.join(words)
