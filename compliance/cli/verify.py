"""`compliance verify`: issued opinions -> whether rules and records still give them."""

from __future__ import annotations

import argparse
from pathlib import Path

from compliance.cli.options import Commands, language, print_problems, print_text
from compliance.outcome import ExitStatus


def add(commands: Commands[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    verify = commands.add_parser(
        "verify", parents=[language()], help="derive issued opinions again and compare"
    )
    verify.add_argument(
        "opinion",
        type=Path,
        metavar="OPINION",
        help="opinions.json, or a form B.1 or notice as DOCX or PDF",
    )
    verify.add_argument(
        "--rules",
        metavar="DIR|REV[:PATH]",
        help="rule files or a git revision; default: shipped, then the history of rules/",
    )
    verify.add_argument(
        "--records",
        nargs="+",
        type=Path,
        metavar="PATH",
        help="files or folders; default: inspections/ and the folder of OPINION",
    )
    verify.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    verify.set_defaults(command=run)


def run(options: argparse.Namespace) -> ExitStatus:
    from compliance.assure.verify import verify
    from compliance.assure.verify_issued import read_issued
    from compliance.assure.verify_text import as_json, as_text
    from compliance.intake.evidence_check import check_evidence

    found = verify(read_issued(options.opinion), options.rules, options.records)
    print_text(as_json(found) if options.format == "json" else as_text(found, options.lang))
    used = {outlet.record for outlet in found.outlets}
    bad = check_evidence([r for r in found.sought.records if r.source in used])
    print_problems(bad, options)
    if bad and found.exit_status is not ExitStatus.DISAGREEMENT:
        return ExitStatus.BAD_INPUT
    return found.exit_status
