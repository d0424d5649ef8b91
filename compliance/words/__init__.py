"""The one catalogue of what people read, in Chinese and English.

Each table of this package maps a key to its two texts; `say` fills one in. The
vocabulary and the official captions are data of the rule book and not kept here.
A table imports no more than the module whose words it holds; this module imports nothing.
"""

from __future__ import annotations

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
