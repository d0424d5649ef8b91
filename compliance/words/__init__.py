"""The one catalogue of what people read, in Chinese and English.

Each table of this package maps a key to its two texts; `say` fills one in. The
vocabulary and the official captions are data of the rule book and not kept here.
A table imports no more than the module whose words it holds; this module imports nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

Lang = Literal["zh", "en"]
LANGS: Final[tuple[Lang, ...]] = ("zh", "en")


class Text(NamedTuple):
    """One text in Chinese and in English."""

    zh: str
    en: str

    def in_(self, lang: Lang) -> str:
        """The text in `lang`."""
        return self.en if lang == "en" else self.zh

    def filled(self, /, **blanks: object) -> Text:
        """The text with its blanks filled in; a Text is filled in by language."""
        sides = ({k: v[i] if isinstance(v, Text) else v for k, v in blanks.items()} for i in (0, 1))
        return Text(*(own.format(**side) for own, side in zip(self, sides)))


def listed(names: Iterable[str]) -> Text:
    """The names one after the other."""
    known = tuple(names)
    return Text("、".join(known), ", ".join(known))
