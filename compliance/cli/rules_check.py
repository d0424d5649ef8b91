"""`compliance rules check`: everything that is wrong or doubtful about rule files."""

from __future__ import annotations

import argparse
from pathlib import Path

from compliance.cli.options import Commands, print_review, remark_formats, rule_folder
from compliance.load import shipped_rules
from compliance.outcome import ExitStatus


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
    from compliance.assure.edition import standard_text
    from compliance.assure.lint.review import review_rules

    folder = options.rules or shipped_rules()
    text = standard_text(options.standard) if options.standard else None
    review = review_rules(folder, off=options.off, warn=options.warn, standard=text)
    print_review(review, options)
    return review.exit_status
