"""The output of `check`: one writer a format, each imported when it is asked for.

May import everything up to `remarks`; the writers import the modules beside them and
nothing of the engines, the forms or the command line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Final, cast

from compliance.outcome import Report
from compliance.rulebook import RuleBook
from compliance.words import Lang


@dataclass(frozen=True, slots=True)
class View:
    """How reports are shown: language, rule book of the captions, columns to wrap to, if any."""

    lang: Lang
    book: RuleBook
    width: int | None = None


Writer = Callable[[Sequence[Report], View], str]

REPORTS: Final[Mapping[str, str]] = {
    "table": "compliance.report.table",
    "json": "compliance.report.as_json",
    "csv": "compliance.report.as_csv",
    "html": "compliance.report.page",
    "sarif": "compliance.report.as_sarif",
    "junit": "compliance.report.as_junit",
}
"""Each format and the module whose `write` makes it."""


def render(
    name: str,
    reports: Sequence[Report],
    lang: Lang,
    book: RuleBook,
    width: int | None = None,
) -> str:
    """The reports in the format `name`, as text that ends with a line end.

    `book` must be the rule book that made the reports. `width` is the number of terminal
    columns that the table is wrapped to, None where it is not; other formats have no use
    for it. The text has its own line ends (CSV: CR LF) and, for CSV, a byte order mark:
    write it as UTF-8, unchanged. KeyError for a name that is not in `REPORTS`.
    """
    writer = cast(Writer, import_module(REPORTS[name]).write)
    return writer(reports, View(lang, book, width))
