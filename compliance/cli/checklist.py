"""`compliance checklist`: a blank checklist out, as workbook, phone form or phone page."""

from __future__ import annotations

import argparse
from pathlib import Path

from compliance.cli.options import Commands, language
from compliance.errors import OutputError, Place
from compliance.intake.checklists import CHECKLISTS
from compliance.load import load_rules
from compliance.outcome import ExitStatus, Stage
from compliance.rulebook import OutletType
from compliance.source import fault
from compliance.words.commands import say


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    blank = commands.add_parser(
        "checklist", parents=[language()], help="a checklist to fill in, made from facts.yaml"
    )
    types, stages = [t.value for t in OutletType], [s.value for s in Stage]
    blank.add_argument("--type", choices=types, required=True, help="the kind of outlet")
    blank.add_argument("--stage", choices=stages, default="adaptation", help="default: adaptation")
    blank.add_argument("--format", choices=list(CHECKLISTS), default="xlsx", help="default: xlsx")
    blank.add_argument(
        "--outlets", type=Path, metavar="FILE", help="outlets to fill in beforehand: CSV or YAML"
    )
    blank.add_argument("--out", type=Path, metavar="FILE", help="default: checklist-TYPE.ENDING")
    blank.add_argument("--rules", type=Path, metavar="DIR", help="rule files; default: shipped")
    blank.set_defaults(command=run)


def run(options: argparse.Namespace) -> ExitStatus:
    from compliance.intake.checklists import write
    from compliance.intake.outlets import read_outlets
    from compliance.intake.questions import checklist
    from compliance.output import free, write_file

    book = load_rules(options.rules)
    type_, stage = OutletType(options.type), Stage(options.stage)
    outlets = read_outlets(options.outlets, type_) if options.outlets else ()
    asked = checklist(book, type_, stage, outlets)
    path = options.out or Path(f"checklist-{type_.value}{CHECKLISTS[options.format].ending}")
    data = write(options.format, asked, book, options.lang)
    if path.is_file() and not free(path, data):
        # A day's answers may stand in it: a checklist is filled in under the name it was made with.
        raise OutputError([fault(Place(str(path)), "checklist_there")])
    write_file(path, data)
    print(say("written", options.lang, path=path))
    return ExitStatus.OK
