"""A review as workflow commands, which GitHub shows as annotations at the lines.

May import what the package imports, and `visible` beside it.
"""

from __future__ import annotations

from collections.abc import Iterator

from compliance.remarks import Remark, Review
from compliance.remarks.visible import below_here, visible, visible_lines
from compliance.words import Lang


def write(review: Review, lang: Lang) -> str:
    """A command a remark; the summary is a line of the log."""
    lines = [_command(remark, lang) for remark in review.remarks]
    return "\n".join([*lines, visible(review.summary.in_(lang))]) + "\n"


def _command(remark: Remark, lang: Lang) -> str:
    message = remark.text.in_(lang) + (f"\n{remark.shown_by}" if remark.shown_by else "")
    properties = ",".join(f"{name}={_property(value)}" for name, value in _properties(remark))
    return f"::{remark.level.value} {properties}::{_data(visible_lines(message))}"


def _properties(remark: Remark) -> Iterator[tuple[str, str]]:
    place = remark.place
    if place.file:
        yield "file", visible(below_here(place.file).as_posix())
    if place.line is not None:
        yield "line", str(place.line)
        if place.column is not None:
            yield "col", str(place.column)
    yield "title", visible(remark.check)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
