"""A page as a value: what it says and in which order, before it is Markdown or HTML.

May import `remarks.visible`. Texts stand here as the rule files have them; a writer passes
each through `plain` and escapes it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Union

from compliance.remarks.visible import visible


@dataclass(frozen=True, slots=True)
class Code:
    """A name as files write it."""

    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A short word that sets a rule apart."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to the anchor `to`."""

    text: str
    to: str


@dataclass(frozen=True, slots=True)
class Target:
    """A text that `anchor` leads to."""

    text: str
    anchor: str


Inline = Union[str, Code, Mark, Link, Target]
Line = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a list and the list below it."""

    line: Line
    below: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; a notice stands out."""

    line: Line
    notice: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Entries:
    """What is so, by name; `heads` are shown where a format has them."""

    heads: tuple[str, str]
    rows: tuple[tuple[str, Line], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a row of heads."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]


Block = Union[Paragraph, Items, Entries, Table]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, what stands under it, and the sections below.

    `anchor` is unique in its language: a rule's id for the page of a rule, and with a colon
    (`clause:5.4`) for what stands in the index; empty where nothing leads to the section.
    `outcome` is the outcome whose examples it holds.
    """

    heading: str
    blocks: tuple[Block, ...] = ()
    below: tuple[Section, ...] = ()
    anchor: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Pages:
    """All pages of one language: the index, and one for each rule in the order of the book."""

    index: Section
    rules: tuple[Section, ...]


def anchor(kind: str, name: str) -> str:
    """An anchor of the index that HTML and Markdown take as it is; no rule's id has a colon."""
    return f"{kind}:{re.sub(r'[^0-9A-Za-z_.-]', '-', name)}"


def plain(text: str) -> str:
    """A text on one line, with nothing in it that cannot be seen."""
    return visible(re.sub(r"\s+", " ", text))
