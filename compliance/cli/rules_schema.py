"""`compliance rules schema`: the record's JSON Schema, written anew."""

from __future__ import annotations

import argparse

from compliance.cli.options import Commands, rule_folder
from compliance.load import load_rules, shipped_rules
from compliance.outcome import ExitStatus
from compliance.words.commands import say


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    schema = commands.add_parser(
        "schema",
        parents=[rule_folder()],
        help="write the record's JSON Schema anew from facts.yaml",
    )
    schema.set_defaults(command=run)


def run(options: argparse.Namespace) -> ExitStatus:
    from compliance.output import write_file
    from compliance.record_schema import schema_text

    directory = options.rules or shipped_rules()
    path = directory / "schema" / "record.schema.json"
    write_file(path, schema_text(load_rules(directory)).encode())
    print(say("written", options.lang, path=path))
    return ExitStatus.OK
