"""The command line: options, one call, what is printed, the exit status.

Each command is a module with `add`, which declares its options, and a body that calls and
prints. May import everything; what a command does not need is imported by the commands that do.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from compliance._version import __version__
from compliance.cli import check, checklist, explain, import_, opinion, redact, rules, verify
from compliance.cli.options import print_problems
from compliance.errors import ComplianceError
from compliance.outcome import ExitStatus
from compliance.words.commands import say


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status (design, section 6)."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    options = argparse.Namespace(lang="zh")  # until it is known what is asked for
    try:
        options = parser().parse_args(argv)
        status: ExitStatus = options.command(options)
        sys.stdout.flush()
    except ComplianceError as error:
        print_problems(error.problems, options)
        return error.exit_status
    except KeyboardInterrupt:
        print(say("interrupted", options.lang), file=sys.stderr)
        return ExitStatus.INTERRUPTED
    except BrokenPipeError:
        # The reader has gone (`| head`): nothing more can be said, at exit neither.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitStatus.OK
    return status


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    top = argparse.ArgumentParser(
        prog="compliance",
        description="Inspection records against the standard «“人社+金融”银行服务规范».",
    )
    top.add_argument("--version", action="version", version=f"compliance {__version__}")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    for command in (check, checklist, opinion, explain, import_, redact, verify, rules):
        command.add(commands)
    return top
