"""Pages as one HTML page that needs nothing else: no network, no script.

May import `parts` and, of the report, the frame of its page, whose style stands here with what
is new in `rules.css`.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from compliance.assure.rule_docs.parts import (
    Block,
    Code,
    Entries,
    Inline,
    Item,
    Items,
    Line,
    Link,
    Mark,
    Pages,
    Paragraph,
    Section,
    Table,
    Target,
    plain,
)
from compliance.report.document import document
from compliance.words import Lang
from compliance.words import rule_docs as words

_STYLE: Final = ("compliance.assure.rule_docs", "rules.css")


def write(pages: Pages, lang: Lang, marker: str) -> str:
    """The whole page: contents, index, then every rule. `marker` stands in its second line."""
    index, title = pages.index, plain(pages.index.heading)
    rules = Section(words.RULES.in_(lang), (), pages.rules, "index:rules")
    body = (
        f'<header id="{index.anchor}">\n<h1>{escape(title)}</h1>',
        *map(_block, index.blocks),
        "</header>",
        *_contents((*index.below, rules), lang),
        "<main>",
        *(line for part in index.below for line in _section(part, 2)),
        *_rules(rules, lang),
        "</main>",
    )
    return document(title, lang, body, kind="rules", style=_STYLE, comment=marker)


def _contents(parts: tuple[Section, ...], lang: Lang) -> Iterator[str]:
    heading = _text(words.CONTENTS.in_(lang))
    yield '<nav id="contents" aria-labelledby="contents-heading">'
    yield f'<h2 id="contents-heading">{heading}</h2>\n<ul>'
    for part in parts:
        below = [section for section in part.below if section.anchor]
        links = "".join(f"<li>{_heading_link(section)}</li>" for section in below)
        yield f"<li>{_heading_link(part)}{f'<ul>{links}</ul>' if links else ''}</li>"
    yield "</ul>\n</nav>"


def _heading_link(section: Section) -> str:
    return f'<a href="#{escape(section.anchor)}">{_text(section.heading)}</a>'


def _rules(rules: Section, lang: Lang) -> Iterator[str]:
    back = f'<p class="back"><a href="#contents">{_text(words.TO_CONTENTS.in_(lang))}</a></p>'
    yield f'<section id="{rules.anchor}">\n<h2>{_text(rules.heading)}</h2>'
    for rule in rules.below:
        *lines, end = _section(rule, 3, "rule")
        yield from (*lines, back, end)
    yield "</section>"


def _section(section: Section, level: int, kind: str = "") -> Iterator[str]:
    id_ = f' id="{escape(section.anchor)}"' if section.anchor else ""
    state = f' class="state {section.outcome}"' if section.outcome else ""
    yield f"<section{id_}{f' class={chr(34)}{kind}{chr(34)}' if kind else ''}>"
    yield f"<h{level}{state}>{_text(section.heading)}</h{level}>"
    yield from map(_block, section.blocks)
    for below in section.below:
        yield from _section(below, level + 1)
    yield "</section>"


def _block(block: Block) -> str:
    if isinstance(block, Paragraph):
        return f"<p{' class=notice' if block.notice else ''}>{_line(block.line)}</p>"
    if isinstance(block, Items):
        return _list(block.items)
    if isinstance(block, Entries):
        rows = "".join(f"<dt>{_text(name)}</dt><dd>{_line(line)}</dd>" for name, line in block.rows)
        return f"<dl>{rows}</dl>"
    return _table(block)


def _list(items: tuple[Item, ...]) -> str:
    said = (f"<li>{_line(i.line)}{_list(i.below) if i.below else ''}</li>" for i in items)
    return f"<ul>{''.join(said)}</ul>"


def _table(table: Table) -> str:
    heads = "".join(f'<th scope="col">{_text(head)}</th>' for head in table.heads)
    rows = "\n".join(
        "<tr>"
        + "".join(
            f'<td data-head="{_text(head)}">{_line(cell)}</td>'
            for head, cell in zip(table.heads, row, strict=True)
        )
        + "</tr>"
        for row in table.rows
    )
    columns = f' class="columns-{len(table.heads)}"'
    return f"<table{columns}>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"


def _line(line: Line) -> str:
    return "".join(map(_inline, line)).strip()


def _inline(part: Inline) -> str:
    if isinstance(part, Code):
        return f"<code>{_text(part.text)}</code>"
    if isinstance(part, Mark):
        return f'<span class="mark">{_text(part.text)}</span>'
    if isinstance(part, Link):
        return f'<a href="#{escape(part.to)}">{_text(part.text)}</a>'
    if isinstance(part, Target):
        return f'<span id="{escape(part.anchor)}">{_text(part.text)}</span>'
    return _text(part)


def _text(text: str) -> str:
    return escape(plain(text))
