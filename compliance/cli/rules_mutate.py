"""`compliance rules mutate`: the mistakes in rules that no example or fixture would notice."""

from __future__ import annotations

import argparse
from pathlib import Path

from compliance.cli.options import Commands, print_review, remark_formats, rule_folder
from compliance.load import read_rules
from compliance.outcome import ExitStatus


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    mutate = commands.add_parser(
        "mutate",
        parents=[rule_folder(), remark_formats()],
        help="change each rule in the ways people err; say what goes unnoticed",
    )
    mutate.add_argument(
        "--rule", action="append", default=[], metavar="ID", help="this rule only; repeatable"
    )
    mutate.add_argument(
        "--fixtures", type=Path, metavar="DIR", help="default: fixtures beside the rules"
    )
    mutate.set_defaults(command=run)


def run(options: argparse.Namespace) -> ExitStatus:
    from compliance.assure.mutate import review_mutants

    review = review_mutants(read_rules(options.rules), options.rule, options.fixtures)
    print_review(review, options)
    return review.exit_status
