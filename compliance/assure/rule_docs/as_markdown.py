"""Pages as Markdown: one file for the index and one for each rule.

May import `parts`. What texts hold is escaped, so that it is read and never marked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
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
from compliance.words import Lang
from compliance.words import rule_docs as words

INDEX: Final = "index.md"
_SPECIAL: Final = re.compile(r"[\\`*_\[\]<>|~&$#]")
# What would begin a list, a heading, a rule or a table at the start of a line.
_OPENING: Final = re.compile(r"(\d*)([-+=:.)])")


def write(pages: Pages, lang: Lang) -> Mapping[str, str]:
    """Each file's name and text."""
    back = Paragraph((Link(words.TO_INDEX.in_(lang), "index:top"),))
    files = {INDEX: _text(_section(_with_contents(pages.index, lang), 1, ""))}
    for rule in pages.rules:
        lines = (*_section(rule, 1, f"{rule.anchor}.md"), "", *_block(back, f"{rule.anchor}.md"))
        files[f"{rule.anchor}.md"] = _text(iter(lines))
    return files


def _text(lines: Iterator[str]) -> str:
    return "\n".join(lines) + "\n"


def _with_contents(index: Section, lang: Lang) -> Section:
    links = tuple(Item((Link(part.heading, part.anchor),)) for part in index.below)
    heading = Section(words.CONTENTS.in_(lang), (Items(links),))
    return Section(index.heading, index.blocks, (heading, *index.below))


def _section(section: Section, level: int, file: str) -> Iterator[str]:
    """The lines of a section; `file` is the page they stand in, empty for the index."""
    if section.anchor and not file:
        yield f'<a id="{section.anchor}"></a>'
        yield ""
    yield f"{'#' * level} {_escaped(section.heading)}"
    for block in section.blocks:
        yield ""
        yield from _block(block, file)
    for below in section.below:
        yield ""
        yield from _section(below, level + 1, file)


def _block(block: Block, file: str) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield ("> " if block.notice else "") + _line(block.line, file)
    elif isinstance(block, Items):
        yield from (line for item in block.items for line in _item(item, file))
    elif isinstance(block, Entries):
        rows = tuple(((name,), line) for name, line in block.rows)
        yield from _table(Table(block.heads, rows), file)
    else:
        yield from _table(block, file)


def _table(table: Table, file: str) -> Iterator[str]:
    yield f"| {' | '.join(map(_escaped, table.heads))} |"
    yield "|---" * len(table.heads) + "|"
    for row in table.rows:
        yield f"| {' | '.join(_line(cell, file) for cell in row)} |"


def _item(item: Item, file: str) -> Iterator[str]:
    yield f"- {_line(item.line, file)}"
    yield from (f"  {line}" for below in item.below for line in _item(below, file))


def _line(line: Line, file: str) -> str:
    text = "".join(_inline(part, file) for part in line).strip()
    return _OPENING.sub(r"\1\\\2", text, count=1) if _OPENING.match(text) else text


def _inline(part: Inline, file: str) -> str:
    if isinstance(part, Code):
        return _code(plain(part.text))
    if isinstance(part, Mark):
        return f"**\\[{_escaped(part.text)}\\]**"
    if isinstance(part, Link):
        return f"[{_escaped(part.text)}]({_address(part.to, file)})"
    if isinstance(part, Target):
        return f'<a id="{part.anchor}"></a>{_escaped(part.text)}'
    return _escaped(part)


def _address(anchor: str, file: str) -> str:
    if ":" not in anchor:
        return f"{anchor}.md"
    index = INDEX if file else ""
    return index if anchor == "index:top" and file else f"{index}#{anchor}"


def _code(text: str) -> str:
    """A code span; its fence is longer than any run of backticks in the text."""
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", plain(text))
