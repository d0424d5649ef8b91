"""Options that several commands share, and what follows from them.

May import everything below the command line.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from compliance.engines import ENGINES
from compliance.errors import Problem
from compliance.load import load_rules
from compliance.outcome import Report
from compliance.record import Record
from compliance.rulebook import RuleBook
from compliance.words import LANGS
from compliance.words.commands import say

if TYPE_CHECKING:
    from compliance.remarks import Review

Commands = argparse._SubParsersAction  # argparse gives no public name to what holds commands


def language() -> argparse.ArgumentParser:
    """The option `--lang`."""
    parent = argparse.ArgumentParser(add_help=False)
    parent.add_argument("--lang", choices=LANGS, default="zh", help="default: zh")
    return parent


def rule_folder() -> argparse.ArgumentParser:
    """The optional argument DIR of the commands on rule files, with `--lang`."""
    parent = argparse.ArgumentParser(add_help=False, parents=[language()])
    parent.add_argument("rules", nargs="?", type=Path, metavar="DIR", help="default: shipped")
    return parent


def evaluation_options() -> argparse.ArgumentParser:
    """What every command that evaluates records takes: rules, engine, language."""
    parent = argparse.ArgumentParser(add_help=False, parents=[language()])
    parent.add_argument("--rules", type=Path, metavar="DIR", help="rule files; default: shipped")
    parent.add_argument("--engine", choices=ENGINES, help="default: durable, else direct")
    parent.add_argument("--without", choices=["supplementary"], help="leave the owner's rules out")
    return parent


def record_options() -> argparse.ArgumentParser:
    """The arguments PATH… of records, with the options of `evaluation_options`."""
    parent = argparse.ArgumentParser(add_help=False, parents=[evaluation_options()])
    parent.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="files or folders")
    return parent


def book_of(options: argparse.Namespace) -> RuleBook:
    """The rule book that `--rules` and `--without` ask for."""
    return load_rules(options.rules, supplementary=options.without != "supplementary")


def evaluated(
    options: argparse.Namespace, book: RuleBook, records: Sequence[Record]
) -> tuple[list[tuple[Record, Report]], list[Problem]]:
    """The records' reports by the engine asked for, compared with the second; the differences."""
    from compliance.engines import engine
    from compliance.progress import progress
    from compliance.run import run

    first = engine(options.engine, book)
    second = engine("direct", book) if first.name != "direct" else None
    label = say("evaluating", options.lang)
    with progress(len(records), label, sys.stderr) as step:
        return run(book, first, second, records, step)


def print_problems(problems: Sequence[Problem], options: argparse.Namespace) -> None:
    """Each problem on a line of standard error."""
    for problem in problems:
        print(problem.message(options.lang), file=sys.stderr)


def remark_formats() -> argparse.ArgumentParser:
    """The option `--format` of the commands that give remarks."""
    from compliance.remarks import FORMATS

    parent = argparse.ArgumentParser(add_help=False)
    parent.add_argument("--format", choices=list(FORMATS), default="text", help="default: text")
    return parent


def print_review(review: Review, options: argparse.Namespace) -> None:
    """The review in the format asked for, on standard output."""
    from compliance.remarks import render

    print_text(render(options.format, review, options.lang))


def print_text(text: str) -> None:
    """A whole text on standard output, its line ends as they are on every system."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.flush()
