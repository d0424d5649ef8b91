"""`compliance rules check`: everything that is wrong with rule files."""

from __future__ import annotations

import argparse
import sys

from compliance.cli.options import Commands, print_problems, rule_folder
from compliance.errors import Place, RulesError
from compliance.load import load_rules, shipped_rules
from compliance.outcome import ExitStatus
from compliance.source import fault
from compliance.words.commands import say


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    check = commands.add_parser(
        "check", parents=[rule_folder()], help="say everything that is wrong with rule files"
    )
    check.set_defaults(command=run)


def run(options: argparse.Namespace) -> ExitStatus:
    directory = options.rules or shipped_rules()
    try:
        book = load_rules(directory)
    except RulesError as error:
        if not directory.is_dir():
            raise
        print_problems(error.problems, options)
        print(say("rules_bad", options.lang, n=len(error.problems)), file=sys.stderr)
        return ExitStatus.FINDINGS
    from compliance.record_schema import schema_text

    written = directory / "schema" / "record.schema.json"
    if written.exists() and written.read_text(encoding="utf-8") != schema_text(book):
        print_problems([fault(Place(str(written)), "stale_schema")], options)
        return ExitStatus.FINDINGS
    print(
        say(
            "rules_good",
            options.lang,
            rules=len(book.rules),
            facts=len(book.facts),
            clauses=len(book.standard.clauses),
            digest=book.digest,
        )
    )
    return ExitStatus.OK
