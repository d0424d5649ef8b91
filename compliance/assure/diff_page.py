"""A comparison of rule books, and the forecast, as one printable page: no network, no script.

May import `diff_said` and what it imports, and, of the report, the frame of its page, whose style
stands here with what is new in `diff.css`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from compliance._version import __version__
from compliance.assure.diff import RuleChange, RulesDiff
from compliance.assure.diff_said import Part, Said
from compliance.assure.forecast import Forecast, Told
from compliance.remarks.visible import visible
from compliance.report.document import document
from compliance.words import Lang, Text
from compliance.words import diff as words
from compliance.words import report as reported


def as_page(diff: RulesDiff, ahead: Forecast | None, lang: Lang) -> str:
    """The whole page: the counts, the outlets to be told, then rule by rule."""
    page, title = _Page(Said(diff, lang)), visible(words.TITLE.in_(lang))
    body = (
        f"<header>\n<h1>{escape(title)}</h1>",
        *page.summary(ahead),
        "</header>\n<main>",
        *(page.forecast(ahead) if ahead else ()),
        *page.rules(),
        "</main>",
        page.footer(),
    )
    return document(title, lang, body, kind="diff", style=("compliance.assure", "diff.css"))


def _text(text: str) -> str:
    return escape(visible(text))


class _Page:
    def __init__(self, said: Said) -> None:
        self.said, self.diff = said, said.diff

    def say(self, text: Text, **values: object) -> str:
        return _text(self.said.say(text, **values))

    def summary(self, ahead: Forecast | None) -> Iterator[str]:
        standard = self.diff.new.book.standard.title.in_(self.said.lang)
        yield f"<p>{self.say(reported.MEASURED, standard=standard)}</p>"
        pairs = ((words.OLD, self.diff.old_name), (words.NEW, self.diff.new_name))
        names = "".join(f"<dt>{self.say(side)}</dt><dd>{_text(name)}</dd>" for side, name in pairs)
        yield f"<dl>{names}</dl>"
        lines = [self.said.say(words.SAME) if self.diff.same else self.said.counts()]
        lines += self.said.judged(ahead) if ahead else ()
        yield from (f"<p><strong>{_text(line)}</strong></p>" for line in lines)
        if not self.diff.solver:
            yield f'<p class="notice">{self.say(words.NO_SOLVER)}</p>'

    # Inspections ------------------------------------------------------------------------

    def forecast(self, ahead: Forecast) -> Iterator[str]:
        yield f'<section id="told">\n<h2>{self.say(words.TOLD)}</h2>'
        if not ahead.told:
            yield f"<p>{self.say(words.NOBODY)}</p>"
        for bank, outlets in ahead.banks():
            yield f"<h3>{self.say(words.BANK, bank=bank, count=len(outlets))}</h3>"
            yield self.table("outlets", words.TOLD_HEADS, map(self.told, outlets))
        yield "</section>"
        if ahead.moves or ahead.tallies:
            yield f'<section id="forecast">\n<h2>{self.say(words.FORECAST)}</h2>'
            for kind, heading, heads, rows in (
                ("moves", words.MOVES, words.MOVE_HEADS, self.said.moves(ahead)),
                ("tallies", words.TALLIES, words.TALLY_HEADS, self.said.tallies(ahead)),
            ):
                if rows:
                    yield f"<h3>{self.say(heading)}</h3>"
                    yield self.table(kind, heads, (map(_text, row) for row in rows))
            yield "</section>"

    def told(self, each: Told) -> tuple[str, ...]:
        record = each.judged.record
        states = [
            f'<span class="state {report.opinion.value if report.opinion else "none"}">'
            f"{_text(text)}</span>"
            for report, text in zip(
                (each.judged.old, each.judged.new), self.said.opinions(each.judged)
            )
        ]
        moved = f"<p>{states[0]}</p><p>→ {states[1]}</p>"
        direction = self.say(words.DIRECTIONS[each.direction.value])
        to_do = dict.fromkeys(filter(None, map(self.said.to_do, each.causes)))
        return (
            f"<strong>{_text(record.outlet.id)}</strong> {_text(record.outlet.name)}"
            f'<p class="quiet">{_text(self.said.latest(record))}</p>',
            f'{moved}<p class="quiet">{direction}</p>',
            _list(map(self.said.cause, each.causes)),
            _list(to_do) or self.say(words.DO_NOTHING),
        )

    # Rules ------------------------------------------------------------------------------

    def rules(self) -> Iterator[str]:
        if self.diff.same:
            return
        yield f'<section id="rules">\n<h2>{self.say(words.RULES)}</h2>'
        differing = self.diff.differing
        if not differing:
            yield f"<p>{self.say(words.NO_RULES)}</p>"
        yield from ("\n".join(self.rule(each)) for each in differing)
        yield "</section>"
        if self.diff.entries:
            yield f'<section id="entries">\n<h2>{self.say(words.ENTRIES)}</h2>'
            yield _list(map(self.said.entry, self.diff.entries)) + "\n</section>"

    def rule(self, each: RuleChange) -> Iterator[str]:
        change = each.change.value
        mark = f'<span class="mark {change}">{self.say(words.CHANGES[change])}</span>'
        name = f"{_text(self.said.id(each))} {_text(self.said.title(each))}"
        yield f"<article>\n<h3>{mark}{name}</h3>"
        yield f"<p>{_text(self.said.claim(each))}</p>"
        if parts := list(self.said.parts(each)):
            yield self.table("parts", words.PART_HEADS, map(self.part, parts))
        for shown in self.said.instances(each):
            yield f'<p class="quiet">{_text(shown.heading)}</p>'
            yield f"<pre>{_text(shown.example)}</pre>"
        yield "</article>"

    def part(self, part: Part) -> tuple[str, ...]:
        if part.note:
            return _text(part.name), "", _text(part.note)
        sides = ("\n".join(map(_text, lines)) for lines in (part.old, part.new))
        nothing = self.say(words.NOTHING)
        return (
            _text(part.name),
            *(f'<div class="lines">{side or nothing}</div>' for side in sides),
        )

    def footer(self) -> str:
        lines = [
            *self.said.sides(),
            self.say(reported.SAID, fact=self.said.say(reported.VERSION), value=__version__),
        ]
        body = "\n".join(f'<p class="quiet digest">{_text(line)}</p>' for line in lines)
        return f"<footer>\n{body}\n</footer>"

    def table(self, kind: str, heads: Sequence[Text], rows: Iterable[Iterable[str]]) -> str:
        """A table of cells that are HTML already; each cell knows its head, for narrow screens."""
        named = [self.say(head) for head in heads]
        head = "".join(f'<th scope="col">{name}</th>' for name in named)
        body = "\n".join(
            "<tr>"
            + "".join(f'<td data-head="{name}">{cell}</td>' for name, cell in zip(named, row))
            + "</tr>"
            for row in rows
        )
        return (
            f'<table class="{kind}">\n<thead><tr>{head}</tr></thead>\n'
            f"<tbody>\n{body}\n</tbody>\n</table>"
        )


def _list(items: Iterable[str]) -> str:
    said = "".join(f"<li>{_text(item)}</li>" for item in items)
    return f"<ul>{said}</ul>" if said else ""
