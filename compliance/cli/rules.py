"""`compliance rules`: the commands on the rule files themselves."""

from __future__ import annotations

import argparse

from compliance.cli import (
    rules_check,
    rules_coverage,
    rules_diff,
    rules_docs,
    rules_mutate,
    rules_schema,
    rules_test,
)
from compliance.cli.options import Commands


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Declare the command and its actions."""
    rules = commands.add_parser("rules", help="the rule files themselves")
    actions = rules.add_subparsers(required=True, metavar="ACTION")
    for action in (
        rules_check,
        rules_coverage,
        rules_diff,
        rules_docs,
        rules_mutate,
        rules_schema,
        rules_test,
    ):
        action.add(actions)
