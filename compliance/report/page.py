"""The reports as one printable page that needs nothing else: no network, no script.

May import everything up to `rulebook`, and the package, `document` and `wording` beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from compliance.outcome import Finding, Outcome, Report
from compliance.report import View
from compliance.report.document import document
from compliance.report.wording import (
    decided,
    evidence,
    marks,
    opinion,
    outcome,
    summary,
    visible,
)
from compliance.words import Text
from compliance.words import report as words

_COLUMNS: Final = (
    (words.OUTCOME, "15%"),
    (words.CLAUSE, "11%"),
    (words.TITLE, "22%"),
    (words.DECIDED, "26%"),
    (words.REMEDY, "26%"),
)
_OVERVIEW: Final = (
    (words.NUMBER, "6%"),
    (words.OUTLET, "16%"),
    (words.INSPECTION, "19%"),
    (words.DATE, "12%"),
    (words.OPINION, "29%"),
    (words.OUTCOMES["fail"], "8%"),
    (words.OUTCOMES["not_observed"], "10%"),
)


def write(reports: Sequence[Report], view: View) -> str:
    """The whole page: the counts, a line an inspection, then each with its findings."""
    title = words.PAGE_TITLE.in_(view.lang)
    standard = words.MEASURED.in_(view.lang).format(
        standard=view.book.standard.title.in_(view.lang)
    )
    many = len(reports) > 1
    body = (
        f"<header>\n<h1>{_text(title)}</h1>",
        f"<p>{_text(standard)}</p>",
        f"<p><strong>{_text(summary(reports, view))}</strong></p>",
        f'<p class="quiet">{_text(words.LEGEND.in_(view.lang))}</p>',
        *([_overview(reports, view)] if many else []),
        "</header>\n<main>",
        *(_section(number, report, view) for number, report in enumerate(reports, 1)),
        "</main>",
        _footer(reports, view),
    )
    return document(visible(title), view.lang, body, kind="many" if many else "")


def _text(text: str) -> str:
    return escape(visible(text))


def _overview(reports: Sequence[Report], view: View) -> str:
    return _table(_OVERVIEW, (_line(n, report, view) for n, report in enumerate(reports, 1)), view)


def _line(number: int, report: Report, view: View) -> str:
    cells = "".join(
        f"<td>{cell}</td>"
        for cell in (
            str(number),
            _text(report.outlet),
            f'<a href="#i{number}">{_text(report.inspection)}</a>',
            _text(report.evaluated_on),
            _opinion(report, view),
        )
    )
    counts = "".join(
        f'<td class="count">{len(report.having(outcome, binding=True))}</td>'
        for outcome in (Outcome.FAIL, Outcome.NOT_OBSERVED)
    )
    return f"<tr>{cells}{counts}</tr>"


def _section(number: int, report: Report, view: View) -> str:
    entries = (
        (words.INSPECTION, _text(report.inspection)),
        (words.DATE, _text(report.evaluated_on)),
        (words.STAGE, _text(words.STAGES[report.stage.value].in_(view.lang))),
        (words.OPINION, _opinion(report, view)),
    )
    rows = (_row(finding, view) for finding in report.findings)
    return "\n".join(
        (
            f'<section id="i{number}">',
            f"<h2>{_text(report.outlet)}</h2>",
            _entries(entries, view),
            _table(_COLUMNS, rows, view)
            if report.findings
            else f"<p>{_text(words.NO_FINDINGS.in_(view.lang))}</p>",
            '<p class="quiet digest">'
            + _said(words.RECORD_DIGEST, report.record_digest, view)
            + "</p>\n</section>",
        )
    )


def _entries(entries: Iterable[tuple[Text, str]], view: View) -> str:
    pairs = "".join(f"<dt>{_text(name.in_(view.lang))}</dt><dd>{dd}</dd>" for name, dd in entries)
    return f"<dl>{pairs}</dl>"


def _table(columns: Sequence[tuple[Text, str]], rows: Iterable[str], view: View) -> str:
    widths = "".join(f'<col style="width: {width}">' for _, width in columns)
    heads = "".join(f'<th scope="col">{_text(name.in_(view.lang))}</th>' for name, _ in columns)
    body = "\n".join(rows)
    return (
        f"<table>\n<colgroup>{widths}</colgroup>\n<thead><tr>{heads}</tr></thead>\n"
        f"<tbody>\n{body}\n</tbody>\n</table>"
    )


def _row(finding: Finding, view: View) -> str:
    open_ = finding.outcome in (Outcome.FAIL, Outcome.NOT_OBSERVED)
    tags = "".join(f'<span class="mark">{_text(mark)}</span>' for mark in marks(finding, view))
    files_ = [evidence(file, view) for file in finding.evidence]
    shown = f'<p class="quiet">{_text(words.EVIDENCE.in_(view.lang))}</p>' if files_ else ""
    cells = (
        _state(finding.outcome.value, outcome(finding, view)),
        _text(finding.clause),
        tags + _text(finding.title.in_(view.lang)),
        _list(decided(finding, view)) + shown + _list(files_),
        _text(finding.remedy.in_(view.lang)) if open_ else "",
    )
    failed = ' class="failed"' if finding.outcome is Outcome.FAIL and finding.binding else ""
    return f"<tr{failed}>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _list(items: Sequence[str]) -> str:
    return "<ul>" + "".join(f"<li>{_text(item)}</li>" for item in items) + "</ul>" if items else ""


def _state(key: str, said: str) -> str:
    return f'<span class="state {key}">{_text(said)}</span>'


def _opinion(report: Report, view: View) -> str:
    return _state(report.opinion.value if report.opinion else "none", opinion(report, view))


def _said(name: Text, value: str, view: View) -> str:
    return _text(words.SAID.in_(view.lang).format(fact=name.in_(view.lang), value=value))


def _footer(reports: Sequence[Report], view: View) -> str:
    made = dict.fromkeys(
        (report.rules_digest, report.tool_version, report.engine) for report in reports
    )
    names = (words.RULES_DIGEST, words.VERSION, words.ENGINE)
    lines = (
        " · ".join(_said(name, value, view) for name, value in zip(names, values, strict=True))
        for values in made
    )
    body = "\n".join(f'<p class="quiet digest">{line}</p>' for line in lines)
    return f"<footer>\n{body}\n</footer>"
