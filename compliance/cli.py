"""The command line: options, one call, what is printed, the exit status.

May import everything; what a command does not need is imported by the commands that do.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from compliance._version import __version__
from compliance.engines import ENGINES
from compliance.errors import ComplianceError, InputError, Place, Problem, RulesError
from compliance.load import load_rules, shipped_rules
from compliance.outcome import ExitStatus, Report
from compliance.record import Record
from compliance.report import REPORTS
from compliance.rulebook import RuleBook
from compliance.source import fault, hint
from compliance.submission import read_submissions
from compliance.words import LANGS
from compliance.words.commands import say


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status (design, section 6)."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    options = parser().parse_args(argv)
    try:
        status: ExitStatus = options.command(options)
        sys.stdout.flush()
    except ComplianceError as error:
        _print_problems(error.problems, options)
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
    judged = _judged()

    check = commands.add_parser("check", parents=[judged], help="records -> findings")
    check.add_argument("--format", choices=list(REPORTS), default="table", help="default: table")
    check.set_defaults(command=_check)

    opinion = commands.add_parser(
        "opinion", parents=[judged], help="records -> form B.1, notices and opinions.json"
    )
    opinion.add_argument("--out", type=Path, required=True, help="folder to write to")
    opinion.set_defaults(command=_opinion)

    explain = commands.add_parser(
        "explain", parents=[_common()], help="how an outcome came about and what would change it"
    )
    explain.add_argument("path", type=Path, metavar="PATH", help="a record or a folder of them")
    explain.add_argument(
        "rule", nargs="?", metavar="RULE", help="a rule's id; without: the opinion"
    )
    explain.add_argument("--without", choices=["supplementary"], help="leave the owner's rules out")
    explain.add_argument("--engine", choices=ENGINES, help="default: durable, else direct")
    explain.set_defaults(command=_explain)

    rules = commands.add_parser("rules", help="the rule files themselves")
    actions = rules.add_subparsers(required=True, metavar="ACTION")
    for name, command, what in (
        ("check", _rules_check, "say everything that is wrong with rule files"),
        ("schema", _rules_schema, "write the record's JSON Schema anew from facts.yaml"),
    ):
        action = actions.add_parser(name, help=what)
        action.add_argument("rules", nargs="?", type=Path, metavar="DIR", help="default: shipped")
        action.add_argument("--lang", choices=LANGS, default="zh", help="default: zh")
        action.set_defaults(command=command)
    return top


def _common() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--lang", choices=LANGS, default="zh", help="default: zh")
    common.add_argument("--rules", type=Path, metavar="DIR", help="rule files; default: shipped")
    return common


def _judged() -> argparse.ArgumentParser:
    judged = argparse.ArgumentParser(add_help=False, parents=[_common()])
    judged.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="files or folders")
    judged.add_argument("--engine", choices=ENGINES, help="default: durable, else direct")
    judged.add_argument("--without", choices=["supplementary"], help="leave the owner's rules out")
    return judged


def _check(options: argparse.Namespace) -> ExitStatus:
    from compliance.report import render

    book = _book(options)
    submission = read_submissions(options.paths, book)
    done, problems = _evaluated(options, book, submission.records)
    reports = [report for _, report in done]
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    sys.stdout.flush()
    if reports or options.format != "table":
        sys.stdout.buffer.write(render(options.format, reports, options.lang, book, width).encode())
        sys.stdout.flush()
    _print_problems((*submission.problems, *problems), options)
    if problems:
        return ExitStatus.DISAGREEMENT
    if submission.problems:
        return ExitStatus.BAD_INPUT
    return ExitStatus.OK if all(report.settled for report in reports) else ExitStatus.FINDINGS


def _opinion(options: argparse.Namespace) -> ExitStatus:
    from compliance import filing
    from compliance.forms import Case
    from compliance.progress import progress
    from compliance.summary import summary

    book = _book(options)
    submission = read_submissions(options.paths, book)
    chosen, clashes = filing.latest(submission.records)
    done, differences = _evaluated(options, book, chosen)
    cases = [Case(record, report) for record, report in done]
    filings, foreign = filing.by_bank(cases, submission.applications)
    problems = (*submission.problems, *clashes, *foreign)
    if cases:
        total = sum(1 for _ in filing.documents(filings, book, options.lang))
        with progress(total, say("writing", options.lang), sys.stderr) as step:
            names = filing.write(
                filings,
                book,
                options.out,
                options.lang,
                without=[options.without] if options.without else [],
                step=step,
            )
        print(summary(filings, names, options.out, book, options.lang))
    elif not problems and not differences:
        problems = (fault(Place(str(options.paths[0])), "no_adaptation"),)
    _print_problems((*problems, *differences), options)
    if differences:
        return ExitStatus.DISAGREEMENT
    return ExitStatus.BAD_INPUT if problems else ExitStatus.OK


def _explain(options: argparse.Namespace) -> ExitStatus:
    from compliance.explain import explain_opinion, explain_rule

    book = _book(options)
    rule = book.rule(options.rule) if options.rule else None
    if options.rule and rule is None:
        ids = [known.id for known in book.rules]
        place = Place(str(options.rules or "RULE"))
        raise InputError(
            [fault(place, "unknown_rule", found=options.rule, hint=hint(options.rule, ids))]
        )
    submission = read_submissions([options.path], book)
    # The engines answer and are compared first: what they differ on is not explained.
    done, problems = _evaluated(options, book, submission.records)
    texts = [
        explain_rule(book, record, rule, options.lang)
        if rule
        else explain_opinion(book, record, options.lang)
        for record, _ in done
    ]
    if texts:
        print("\n".join(texts), end="")
    _print_problems((*submission.problems, *problems), options)
    if problems:
        return ExitStatus.DISAGREEMENT
    return ExitStatus.BAD_INPUT if submission.problems else ExitStatus.OK


def _rules_check(options: argparse.Namespace) -> ExitStatus:
    directory = options.rules or shipped_rules()
    try:
        book = load_rules(directory)
    except RulesError as error:
        if not directory.is_dir():
            raise
        _print_problems(error.problems, options)
        print(say("rules_bad", options.lang, n=len(error.problems)), file=sys.stderr)
        return ExitStatus.FINDINGS
    from compliance.record_schema import schema_text

    written = directory / "schema" / "record.schema.json"
    if written.exists() and written.read_text(encoding="utf-8") != schema_text(book):
        _print_problems([fault(Place(str(written)), "stale_schema")], options)
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


def _rules_schema(options: argparse.Namespace) -> ExitStatus:
    from compliance.output import write_file
    from compliance.record_schema import schema_text

    directory = options.rules or shipped_rules()
    path = directory / "schema" / "record.schema.json"
    write_file(path, schema_text(load_rules(directory)).encode())
    print(say("written", options.lang, path=path))
    return ExitStatus.OK


def _book(options: argparse.Namespace) -> RuleBook:
    return load_rules(options.rules, supplementary=options.without != "supplementary")


def _evaluated(
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


def _print_problems(problems: Sequence[Problem], options: argparse.Namespace) -> None:
    for problem in problems:
        print(problem.message(options.lang), file=sys.stderr)
