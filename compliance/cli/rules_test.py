"""`compliance rules test`: each rule's examples and the fixtures, on every engine."""

from __future__ import annotations

import argparse
from pathlib import Path

from compliance.cli.options import Commands, print_review, remark_formats, rule_folder
from compliance.load import read_rules
from compliance.outcome import ExitStatus


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    test = commands.add_parser(
        "test",
        parents=[rule_folder(), remark_formats()],
        help="run the rules' examples, and fixtures, on every engine",
    )
    test.add_argument(
        "--fixtures", type=Path, metavar="DIR", help="default: fixtures beside the rules"
    )
    test.set_defaults(command=run)


def run(options: argparse.Namespace) -> ExitStatus:
    from compliance.assure.example_review import review_examples

    review = review_examples(read_rules(options.rules), options.fixtures)
    print_review(review, options)
    return review.exit_status
